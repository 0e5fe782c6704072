"""JSON whose strings stay text where the file is opened in a spreadsheet: no part of a line begins a formula there."""

from __future__ import annotations

import json
import re
from typing import Any

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_BEGINS_FORMULA = re.compile(r"(?<!\w)[=+@-]")


def plain_json(value: Any, *, indent: int | None = None, sort_keys: bool = False) -> str:
    """Return the value as JSON that any reader reads as it is.

    Why: a spreadsheet divides the line `"A,=1+1.pdf"` at its comma and would count the rest as a formula; an escape stays text.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, sort_keys=sort_keys)
    return _STRING.sub(_defuse, text) if _BEGINS_FORMULA.search(text) else text


def _defuse(string: re.Match[str]) -> str:
    return _BEGINS_FORMULA.sub(lambda sign: f"\\u{ord(sign.group()):04x}", string.group())
