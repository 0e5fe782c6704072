"""The operators of a drawn piece, read back: the glyphs it shows, and all that stands outside of strings."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRING = r"\(((?:[^()\\]|\\.)*)\)"


def shown_glyphs(operators: str) -> Iterator[tuple[str, list[int]]]:
    """The resource name of a font, and the glyph ids shown in it, text by text."""
    for name, string in re.findall(rf"/(\w+) [\d.]+ Tf {_STRING} Tj", operators, re.DOTALL):
        plain = re.sub(r"\\(.)", lambda found: "\r" if found[1] == "r" else found[1], string.replace("%%", "%"), flags=re.DOTALL)
        content = plain.encode("latin-1")
        yield name, [int.from_bytes(content[at : at + 2], "big") for at in range(0, len(content), 2)]


def outside_strings(operators: str) -> str:
    """The operators with every string empty."""
    return re.sub(_STRING, "()", operators, flags=re.DOTALL)
