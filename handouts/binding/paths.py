"""Measures the path that a content stream builds: how much work its segments are, and which box it fills.

Numbers are read only where somebody asks for the box: Python needs some microseconds for each.
"""

from __future__ import annotations

import re

from handouts.document import Box

BUILDING = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4, b"re": 4}  # with how many numbers
_CURVES = frozenset(b"c v y".split())
_BLANK = rb"[\0\t\n\f\r ]"
_NUMBER = rb"([-+]?(?:\d{1,9}(?:\.\d{0,15})?|\.\d{1,15}))"
_NUMBERS = {
    count: re.compile(_BLANK + rb"*+" + (_BLANK + rb"++").join([_NUMBER] * count) + _BLANK + rb"*+") for count in (1, 2, 4, 6)
}
_MOST_MEASURED = 100_000  # parts of paths


class PathMeter:
    """The path in the making, in the space it is built in."""

    def __init__(self) -> None:
        self._parts: list[tuple[bytes, bytes]] = []
        self._measured = 0
        self.segments = 0
        """Lines, and curves as two."""

    def add(self, operator: bytes, operands: bytes) -> None:
        """An operator of BUILDING."""
        self._parts.append((operator, operands))
        self.segments += 2 if operator in _CURVES else 1

    def end(self) -> None:
        """The path is done with."""
        self._parts.clear()
        self.segments = 0

    @property
    def is_rectangle(self) -> bool:
        """Whether the path is one `re`."""
        return len(self._parts) == 1 and self._parts[0][0] == b"re"

    def box(self, reach: float = 0) -> Box | None:
        """The box around the path, `reach` wider on each side; None where it is not known."""
        self._measured += len(self._parts)
        if not self._parts or self._measured > _MOST_MEASURED:
            return None
        xs: list[float] = []
        ys: list[float] = []
        for operator, operands in self._parts:
            found = read_numbers(operands, BUILDING[operator])
            if found is None:
                return None
            if operator == b"re":
                x, y, width, height = found
                found = (x, y, x + width, y + height)
            xs += found[::2]
            ys += found[1::2]
        return Box(left=min(xs) - reach, bottom=min(ys) - reach, right=max(xs) + reach, top=max(ys) + reach)


def read_numbers(operands: bytes, count: int) -> tuple[float, ...] | None:
    """Operands that are so many plain numbers and nothing else; None for others."""
    found = _NUMBERS[count].fullmatch(operands)
    return tuple(map(float, found.groups())) if found else None
