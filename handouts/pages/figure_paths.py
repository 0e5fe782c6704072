"""Paths of our own figures: relative steps in millimetres of body become PDF path operators, which are absolute."""

from __future__ import annotations

import re

GRID = 2
"""Millimetres of body that a unit of a drawn figure is. Why: 2 mm are a twentieth of a millimetre on paper, nobody sees it, and
a figure is an eighth smaller."""

_FARTHEST = 1_000_000  # millimetres; bodies are two thousand long
_MOST_WRITTEN = 10_000
_OPERANDS = {"m": 2, "l": 2, "c": 6, "h": 0}
_OPERATOR = re.compile("([mlch])")


class _Written(dict[int, str]):
    """Coordinates as they are written: by millimetres, in units of the grid. Why: pictures have the same ones over and over."""

    def __missing__(self, place: int) -> str:
        if abs(place) > _FARTHEST:
            raise ValueError(f"{place} is farther than any body reaches")
        text = str(round(place / GRID))
        if len(self) < _MOST_WRITTEN:
            self[place] = text
        return text


_WRITTEN = _Written()


def absolute_path(moves: str, *, repeats: bool) -> tuple[str, int]:
    """Return the path as operators that count units of the grid, and its highest point in millimetres of body.

    `repeats`: numbers without an operator before them repeat the last one, or draw lines after an `m`.

    Raises:
        ValueError: it is no such path.

    """
    first, *parts = _OPERATOR.split(moves)
    if first.strip():
        raise ValueError("a path begins without an operator")
    written = _WRITTEN
    out: list[str] = []
    x = y = start_x = start_y = highest = 0
    for operator, numbers in zip(parts[::2], parts[1::2], strict=True):
        values = list(map(int, numbers.split()))
        count = _OPERANDS[operator]
        if (not values or len(values) % count) if repeats and count else len(values) != count:
            raise ValueError(f"{len(values)} numbers after {operator!r}")
        each = iter(values)
        if operator == "c":
            for ax, ay, bx, by, dx, dy in zip(each, each, each, each, each, each, strict=True):
                out += (written[x + ax], written[y + ay], written[x + bx], written[y + by])
                out += (written[x := x + dx], written[y := y + dy], "c")
                if y > highest:  # noqa: PLR1730 - max takes longer
                    highest = y
        elif operator == "h":
            x, y = start_x, start_y
            out.append("h")
        else:
            if operator == "m":
                start_x, start_y = x + values[0], y + values[1]
            for dx, dy in zip(each, each, strict=True):
                out += (written[x := x + dx], written[y := y + dy], operator)
                operator = "l"  # noqa: PLW2901 - after an m come lines
                if y > highest:  # noqa: PLR1730 - max takes longer
                    highest = y
    return " ".join(out), highest
