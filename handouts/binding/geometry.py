"""Where a page of a clinic's PDF lies and how it is turned upright (ISO 32000-1, 7.7.3.3 and 14.11.2)."""

from __future__ import annotations

from collections.abc import Callable

from pypdf.generic import PdfObject

from handouts.binding.faults import SheetError
from handouts.binding.streams import numbers, whole_number
from handouts.document import Box
from handouts.nouns import dataclass

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_LETTER = (0.0, 0.0, 612.0, 792.0)  # what viewers assume when a page names no size
_SMALLEST, _LARGEST = 1.0, 14400.0  # points
_FARTHEST = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """A page as seen: its size in points, the visible part in its own space, and the way from there to upright."""

    width: float
    height: float
    visible: Box
    matrix: Matrix


def lie_of(entry: Callable[[str], PdfObject | None]) -> Lie:
    """The lie of the page whose (inherited) entries `entry` looks up; raises SheetError for a useless size."""
    media = _corners(entry("/MediaBox")) or _LETTER
    crop = _corners(entry("/CropBox")) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    unit = entry("/UserUnit")
    scale = float(unit) if isinstance(unit, int | float) and 0 < float(unit) <= 1000 else 1.0
    width, height = (right - left) * scale, (top - bottom) * scale
    if not (_SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST):
        raise SheetError("has a page of an unusable size", "make the page the size of the paper")
    s, x, y = scale, left * scale, bottom * scale
    matrix: Matrix
    match whole_number(entry("/Rotate")) % 360:
        case 90:
            matrix = (0, -s, s, 0, -y, width + x)
            width, height = height, width
        case 180:
            matrix = (-s, 0, 0, -s, width + x, height + y)
        case 270:
            matrix = (0, s, -s, 0, height + y, -x)
            width, height = height, width
        case _:
            matrix = (s, 0, 0, s, -x, -y)
    a, b, c, d, e, f = (round(value, 6) + 0.0 for value in matrix)
    return Lie(
        width=round(width, 4),
        height=round(height, 4),
        visible=Box(left=left, bottom=bottom, right=right, top=top),
        matrix=(a, b, c, d, e, f),
    )


def _corners(value: PdfObject | None) -> tuple[float, float, float, float] | None:
    found = numbers(value, 4)
    if found is None:
        return None
    left, bottom, right, top = found[0], found[1], found[2], found[3]
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def box_of(value: PdfObject | None) -> Box | None:
    """A rectangle with its corners in order; None when it is none."""
    found = _corners(value)
    return Box(left=found[0], bottom=found[1], right=found[2], top=found[3]) if found else None


def overlap(one: Box, other: Box) -> Box | None:
    """The common part of two boxes; None when there is none."""
    left, bottom = max(one.left, other.left), max(one.bottom, other.bottom)
    right, top = min(one.right, other.right), min(one.top, other.top)
    return Box(left=left, bottom=bottom, right=right, top=top) if right > left and top > bottom else None


def carried(box: Box, matrix: Matrix) -> Box:
    """A box carried through `matrix`."""
    a, b, c, d, e, f = matrix
    points = [(a * x + c * y + e, b * x + d * y + f) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    return Box(
        left=min(x for x, _ in points),
        bottom=min(y for _, y in points),
        right=max(x for x, _ in points),
        top=max(y for _, y in points),
    )


def joined(inner: tuple[float, ...] | None, outer: Matrix | None) -> Matrix | None:
    """A change of space inside another one; None where one is not known, or beyond what a page can need."""
    if inner is None or outer is None:
        return None
    a, b, c, d, e, f = inner
    k, l, m, n, x, y = outer  # noqa: E741 - the letters of a matrix
    found = (a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + x, e * l + f * n + y)
    return found if all(abs(value) < _FARTHEST for value in found) else None


def area(box: Box) -> float:
    """Square points, where the box is in points."""
    return (box.right - box.left) * (box.top - box.bottom)


def is_upright(matrix: Matrix | None) -> bool:
    """Whether what is upright is known to stay so, or to be turned by a quarter."""
    return matrix is not None and (matrix[1] == matrix[2] == 0 or matrix[0] == matrix[3] == 0)
