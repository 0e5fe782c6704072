"""Places on a page: matrices of six numbers (ISO 32000-1, 8.3.3), and a page as a viewer crops and turns it."""

from __future__ import annotations

import math
from typing import TypeAlias

from handouts.measured import Box

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def joined(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does the one and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(x: float, y: float, by: Matrix) -> tuple[float, float]:
    """Return where a point comes to lie."""
    return x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5]


def placed(box: Box, by: Matrix) -> Box:
    """Return the upright box around a moved one."""
    corners = [moved(x, y, by) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(left=min(xs), bottom=min(ys), right=max(xs), top=max(ys))


def rises(by: Matrix) -> float:
    """Return by how much a matrix scales heights."""
    return math.hypot(by[2], by[3])


def scales(by: Matrix) -> float:
    """Return by how much a matrix scales lines, whatever their direction."""
    return math.sqrt(abs(by[0] * by[3] - by[1] * by[2]))


def is_level(by: Matrix) -> bool:
    """Tell whether text stays upright and runs from left to right."""
    return by[0] > 0 and by[3] > 0 and abs(by[1]) < 0.02 * by[0]


def leans(by: Matrix) -> bool:
    """Tell whether a matrix slants letters as italics are: 5 degrees or more."""
    return by[0] > 0 and by[3] > 0 and abs(by[1]) < 0.02 * by[0] and by[2] / by[3] > 0.087


def as_seen(crop: Box, turned: int) -> Matrix:
    """Return the matrix from the space of a page to what a viewer shows, for a turn of 0, 90, 180 or 270 degrees clockwise."""
    if turned == 90:
        return (0.0, -1.0, 1.0, 0.0, -crop.bottom, crop.right)
    if turned == 180:
        return (-1.0, 0.0, 0.0, -1.0, crop.right, crop.top)
    if turned == 270:
        return (0.0, 1.0, -1.0, 0.0, crop.top, -crop.left)
    return (1.0, 0.0, 0.0, 1.0, -crop.left, -crop.bottom)


def joint_box(boxes: list[Box]) -> Box:
    """Return the box around several; there is at least one."""
    return Box(
        left=min(box.left for box in boxes),
        bottom=min(box.bottom for box in boxes),
        right=max(box.right for box in boxes),
        top=max(box.top for box in boxes),
    )
