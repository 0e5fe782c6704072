"""Paths of a drawing: closed shapes and lines made of straight and cubic pieces, in millimetres of body, y down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from handouts.illustrate.curves import fit_curves, simplify
from handouts.illustrate.rotations import Floats
from handouts.nouns import dataclass

_FLAT = 0.6  # a curve nowhere farther than this from its chord is a line
AREA_ERROR, LINE_ERROR, THING_ERROR, FACE_ERROR = 2.0, 1.1, 1.8, 0.5
"""How far areas, lines, lines of things and the face may be off, in millimetres of body: at 45 mm a person, 1 mm is 0.03 mm on
paper. Areas may be off more than lines because lines cover their borders."""


@dataclass(frozen=True, slots=True)
class Path:
    """Pieces one after another: (2, 2) a line, (4, 2) a cubic curve."""

    pieces: tuple[Floats, ...]
    closed: bool

    def points(self) -> Floats:
        """All its points, inner ones of curves included: the path lies inside their hull."""
        return np.vstack(self.pieces)


def closed_path(outline: Floats, error: float = AREA_ERROR, *, of_thing: bool = False) -> Path | None:
    """A shape around an outline whose last point is its first; None when nothing is left of it.

    A body is drawn with smooth curves; a thing may have straight sides, where these take fewer numbers.
    """
    return _path(outline, error, closed=True, of_thing=of_thing)


def open_path(line: Floats, error: float = LINE_ERROR, *, ring: bool = False, of_thing: bool = False) -> Path | None:
    """A line through points, as `closed_path` draws shapes."""
    return _path(line, error, closed=ring, of_thing=of_thing)


def _path(points: Floats, error: float, *, closed: bool, of_thing: bool) -> Path | None:
    pieces = tuple(_flattened(piece) for piece in fit_curves(points, error, closed=closed))
    if of_thing:
        straight = tuple(np.array(side) for side in pairwise(simplify(points, error)))
        pieces = min(straight, pieces, key=_numbers)
    return Path(pieces, closed) if pieces else None


def _numbers(pieces: tuple[Floats, ...]) -> int:
    """How many numbers pieces are written with."""
    return sum(2 * (len(piece) - 1) for piece in pieces)


def polygon(corners: Floats | Sequence[Sequence[float]]) -> Path:
    """A shape with straight sides."""
    points = np.asarray(corners, float)
    return Path(tuple(np.array(side) for side in zip(points, np.roll(points, -1, axis=0), strict=True)), closed=True)


def _flattened(curve: Floats) -> Floats:
    """A line in place of a curve that is as good as straight."""
    start, end = curve[0], curve[3]
    along = end - start
    length = float(np.linalg.norm(along))
    if length < 1e-6:
        return np.array([start, end])
    off = np.abs(np.cross(np.append(along, 0.0), np.c_[curve[1:3] - start, np.zeros(2)])[:, 2]) / length
    share = (curve[1:3] - start) @ along / length**2
    return np.array([start, end]) if off.max() < _FLAT and (share > -0.01).all() and (share < 1.01).all() else curve
