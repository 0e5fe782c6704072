"""The `{knee.near}` tokens in the words of an exercise: which parts have sides, and whether a text uses them rightly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.errors import did_you_mean
from handouts.model import SIDED_PARTS

_BRACED = re.compile(r"\{([^{}]*)\}|[{}]")
_NEAR_FAR = ("near", "far")


def find_token_faults(text: str, *, sided: bool) -> Iterator[tuple[str, str]]:
    """Each wrong token of a text with the cure. `sided`: the exercise is done for one side or direction, then the other."""
    for match in _BRACED.finditer(text):
        token = match.group(1)
        if token is None:
            yield "a { or } stands alone", "write a token like {knee.near}"
            continue
        part, _, end = token.rpartition(".")
        if end not in _NEAR_FAR or (part and part not in SIDED_PARTS) or token.startswith("."):
            near = did_you_mean(part, SIDED_PARTS) if part else None
            yield f"{{{token}}} is not a side token", near or "write it like {knee.near} or {far}"
        elif not sided:
            yield f"{{{token}}} names a side, but the exercise is not done one side at a time", "leave the token out"
