"""The frame of an SVG: how large the drawing is, and where its units are in the form."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handouts.nouns import dataclass
from handouts.pages.svg.numbers import Matrix, multiply, read_length, read_numbers
from handouts.pages.svg.tree import Element, SvgError

_LONGEST_SHAPE = 20  # times longer than wide
_FORM = 2000.0
"""Units of the longer side of the form; coordinates are written to a fortieth of one."""

_ALIGNED = re.compile(r"x(Min|Mid|Max)Y(Min|Mid|Max)(?:\s+meet)?")
_SHARES = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The size of the drawing in px, of its form, and the matrix from the drawing's units to the form's."""

    width: float
    height: float
    across: float
    up: float
    matrix: Matrix


def read_frame(root: Element) -> Frame:
    """Return the frame of a drawing (SVG 2, 8.2); without a viewBox its units are px. Raises SvgError."""
    try:
        return _read_frame(root.attributes)
    except ValueError as error:
        raise SvgError(str(error), "set width, height and viewBox in the drawing program", root.line) from error


def _read_frame(said: Mapping[str, str]) -> Frame:
    box = read_numbers(said["viewBox"]) if "viewBox" in said else None
    if box is not None and (len(box) != 4 or box[2] <= 0 or box[3] <= 0):
        raise ValueError("the viewBox is not four numbers, the last two above 0")
    sides = [_side(said.get(key)) for key in ("width", "height")]
    if box is None and None in sides:
        raise ValueError("the drawing says neither viewBox nor width and height")
    left, top, wide, high = box or (0.0, 0.0, sides[0] or 0.0, sides[1] or 0.0)
    width, height = _complete(sides[0], sides[1], wide, high)
    if width <= 0 or height <= 0 or max(width, height) > _LONGEST_SHAPE * min(width, height):
        raise ValueError("the drawing has no size, or is a strip far longer than wide")
    fit = _fit(said.get("preserveAspectRatio", "xMidYMid"), width, height, wide, high)
    form = _FORM / max(width, height)
    down: Matrix = (form, 0, 0, -form, 0, height * form)
    matrix = multiply(multiply(down, fit), (1, 0, 0, 1, -left, -top))
    return Frame(width=width, height=height, across=width * form, up=height * form, matrix=matrix)


def _side(said: str | None) -> float | None:
    return None if said is None or said.strip().endswith("%") or said.strip() == "auto" else read_length(said)


def _complete(width: float | None, height: float | None, wide: float, high: float) -> tuple[float, float]:
    """Width and height, what is left out in the shape of the viewBox."""
    if width is None:
        return (wide, high) if height is None else (height * wide / high, height)
    return width, width * high / wide if height is None else height


def _fit(align: str, width: float, height: float, wide: float, high: float) -> Matrix:
    across, up = width / wide, height / high
    if align.strip() == "none":
        return (across, 0, 0, up, 0, 0)
    found = _ALIGNED.fullmatch(align.strip())
    if found is None:
        raise ValueError(f'preserveAspectRatio "{align[:30]}" is not drawn here')
    scale = min(across, up)
    x, y = (_SHARES[share] for share in found.groups())
    return (scale, 0, 0, scale, (width - wide * scale) * x, (height - high * scale) * y)
