"""Triangles to pixels: an orthographic camera and one z-buffer, one pixel for each millimetre of body.

Triangles are expanded to the pixels of their boxes, many at a time, and the nearest hit of each pixel is kept; with NumPy alone
this takes about half a second for 100,000 triangles.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from handouts.illustrate.body import Ints
from handouts.illustrate.rotations import Floats, about_x, about_y
from handouts.model.poses import Camera
from handouts.nouns import dataclass

FINE, COARSE = 1000.0, 400.0
"""Pixels a metre: to draw, and to check."""

_EDGE = 1e-7  # hits on an edge belong to both triangles
_AT_ONCE = 1_500_000  # candidate pixels expanded at a time
_PAD = 40  # pixels kept free around the body


@dataclass(frozen=True, slots=True)
class Frame:
    """A window of the camera's plane as an image; `turn` takes the room to camera axes (right, up, towards the eye)."""

    turn: Floats
    left: float  # metres in the camera's plane
    top: float
    width: int  # pixels
    height: int
    scale: float = FINE  # pixels a metre

    def project(self, points: Floats) -> Floats:
        """Pixel x, pixel y (down) and nearness of points in the room (…, 3)."""
        seen = points @ self.turn.T
        return np.stack(
            [(seen[..., 0] - self.left) * self.scale + _PAD, (self.top - seen[..., 1]) * self.scale + _PAD, seen[..., 2]], axis=-1
        )

    def to_units(self, pixels: Floats) -> Floats:
        """Pixel positions as drawing units: millimetres of body in the camera's plane, y down."""
        unit = 1000 / self.scale
        return pixels[..., :2] * unit + np.array([self.left * 1000 - _PAD * unit, -self.top * 1000 - _PAD * unit])

    def place(self, points: Floats) -> Floats:
        """Points in the room as drawing units."""
        return self.to_units(self.project(points))


@dataclass(frozen=True, slots=True)
class Hits:
    """What each pixel sees: nearness, the triangle (-1: nothing), and the values interpolated over it."""

    nearness: Floats
    triangle: NDArray[np.int64]
    values: Floats  # (height, width, k)

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Where anything is seen."""
        return self.triangle >= 0


def camera_turn(camera: Camera) -> Floats:
    """The turn from room axes to camera axes."""
    return about_x(np.radians(camera.rise)) @ about_y(np.radians(-camera.turn))


def frame_around(points: Floats, turn: Floats, scale: float = FINE) -> Frame:
    """The window that shows all points of the room."""
    seen = points @ turn.T
    low, high = seen.min(axis=0), seen.max(axis=0)
    width, height = (int((high[k] - low[k]) * scale) + 2 * _PAD for k in (0, 1))
    return Frame(turn, float(low[0]), float(high[1]), width, height, scale)


def rasterise(projected: Floats, triangles: Ints, values: Floats, width: int, height: int) -> Hits:
    """The nearest triangle at each pixel, with `values` (points, k) interpolated there; points are pixel x, y and nearness."""
    best = np.full(height * width, -np.inf)
    owner = np.full(height * width, -1, np.int64)
    shares = np.zeros((height * width, 3))
    for number, pixel, share in _expand(projected, triangles, width, height):
        nearness = (share * projected[triangles[number], 2]).sum(axis=1)
        order = np.argsort(nearness, kind="stable")  # the nearest is written last and stays
        front = order[nearness[order] > best[pixel[order]]]
        where = pixel[front]
        best[where], owner[where], shares[where] = nearness[front], number[front], share[front]
    filled = np.zeros((height * width, values.shape[1]))
    hit = np.flatnonzero(owner >= 0)
    corners = triangles[owner[hit]]
    for k in range(3):
        filled[hit] += shares[hit, k, None] * values[corners[:, k]]
    shape = (height, width)
    return Hits(best.reshape(shape), owner.reshape(shape), filled.reshape(*shape, -1))


def _expand(projected: Floats, triangles: Ints, width: int, height: int) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Triangle number, pixel and barycentric shares of all pixels inside triangles, about `_AT_ONCE` pixels at a time."""
    x, y = projected[triangles, 0], projected[triangles, 1]
    left, right = (np.clip(np.ceil(edge - 0.5).astype(np.int64), 0, width) for edge in (x.min(axis=1), x.max(axis=1) + 1e-6))
    top, bottom = (np.clip(np.ceil(edge - 0.5).astype(np.int64), 0, height) for edge in (y.min(axis=1), y.max(axis=1) + 1e-6))
    twice_area = (y[:, 1] - y[:, 2]) * (x[:, 0] - x[:, 2]) + (x[:, 2] - x[:, 1]) * (y[:, 0] - y[:, 2])
    wide, tall = right - left, bottom - top
    kept = np.flatnonzero((wide > 0) & (tall > 0) & (twice_area != 0))
    counts = (wide * tall)[kept]
    chunk = np.cumsum(counts) // _AT_ONCE
    for part in np.split(kept, np.flatnonzero(np.diff(chunk)) + 1):
        if not len(part):
            continue
        each = (wide * tall)[part]
        number = np.repeat(part, each)
        within = np.arange(len(number)) - np.repeat(np.cumsum(each) - each, each)
        px = left[number] + within % wide[number]
        py = top[number] + within // wide[number]
        cx, cy = px + 0.5 - x[number, 2], py + 0.5 - y[number, 2]
        u = ((y[number, 1] - y[number, 2]) * cx + (x[number, 2] - x[number, 1]) * cy) / twice_area[number]
        v = ((y[number, 2] - y[number, 0]) * cx + (x[number, 0] - x[number, 2]) * cy) / twice_area[number]
        w = 1 - u - v
        inside = (u >= -_EDGE) & (v >= -_EDGE) & (w >= -_EDGE)
        yield number[inside], (py * width + px)[inside], np.stack([u, v, w], axis=1)[inside]
