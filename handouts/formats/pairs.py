"""Reads "ID: value" pairs, as the command line and the cells of a table hold them."""

from __future__ import annotations

import re

from handouts.formats.readers import ID_PATTERN

PAIR_HINTS = {
    "dose": 'write it like "figure-four: 2 x 30 s"',
    "side": 'write it like "figure-four: left"',
    "note": 'write it like "figure-four: text"',
    "override": 'write it like "figure-four: reason"',
}


def split_pair(words: str) -> tuple[str, str]:
    """Return the id and the value of "ID: value"; raises ValueError when it is not such a pair."""
    exercise, colon, value = words.partition(":")
    if not colon or not value.strip() or not re.fullmatch(ID_PATTERN, exercise.strip()):
        raise ValueError(words)
    return exercise.strip(), value.strip()
