"""Smooth curves: chains of points smoothed and fitted with cubic Bézier curves, lines with thin ends.

The fit is Schneider's ("An algorithm for automatically fitting digitized curves", Graphics Gems, 1990): least squares for the
two inner points of each curve, better parameters by Newton's rule, and a split where the error stays too large.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.ndimage import gaussian_filter1d

from handouts.illustrate.rotations import Floats

_TINY = 1e-9
_CORNER_REACH = 4  # points before and after that decide whether there is a corner
_CORNER = 0.35  # cosine of the turn at a corner: 70 degrees
_ROUNDS = 5  # of better parameters
_HOPELESS = 16.0  # times the error: split at once


def smooth_chain(points: Floats, sigma: float, *, closed: bool) -> Floats:
    """Gaussian smoothing along a chain; the ends of an open one stay (odd reflection)."""
    count = len(points)
    if closed:
        if count < 9:
            return points
        spread = min(sigma, (count - 1) / 8)
        ring = np.stack([gaussian_filter1d(points[:-1, k], spread, mode="wrap") for k in (0, 1)], axis=1)
        return np.vstack([ring, ring[:1]])
    if count < 4:
        return points
    spread = min(sigma, count / 4)
    reach = min(int(4 * spread) + 1, count - 1)
    before = 2 * points[0] - points[1 : reach + 1][::-1]
    after = 2 * points[-1] - points[-reach - 1 : -1][::-1]
    longer = np.vstack([before, points, after])
    smooth = np.stack([gaussian_filter1d(longer[:, k], spread) for k in (0, 1)], axis=1)[reach : reach + count]
    smooth[0], smooth[-1] = points[0], points[-1]
    return smooth


def fit_curves(points: Floats, error: float, *, closed: bool = False) -> list[Floats]:
    """Cubic curves (4, 2) through a chain of points, at most `error` away from it; corners of 70 degrees and more are kept."""
    apart = np.linalg.norm(np.diff(points, axis=0), axis=1)
    points = points[np.r_[True, apart > 1e-6]]
    if len(points) < 2:
        return []
    if len(points) == 2:
        return [straight(points[0], points[1])]
    corners = [0, *_find_corners(points), len(points) - 1]
    curves: list[Floats] = []
    for first, last in pairwise(corners):
        part = points[first : last + 1]
        start, end = _tangent(part), _tangent(part[::-1])
        if closed and len(corners) == 2:
            along = points[1] - points[-2]
            if (length := float(np.linalg.norm(along))) > 0:
                start, end = along / length, -along / length
        curves += _fit(part, start, end, error)
    return curves


def straight(start: Floats, end: Floats) -> Floats:
    """A straight line as a cubic curve."""
    return np.array([start, start + (end - start) / 3, start + (end - start) * 2 / 3, end])


def _find_corners(points: Floats) -> list[int]:
    reach, count = _CORNER_REACH, len(points)
    if count <= 3 * reach:
        return []
    before, after = points[reach:-reach] - points[: -2 * reach], points[2 * reach :] - points[reach:-reach]
    lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    turn = (before * after).sum(axis=1) / np.maximum(lengths, _TINY)
    corners: list[int] = []
    sharp = np.flatnonzero(turn < _CORNER) + reach
    for group in np.split(sharp, np.flatnonzero(np.diff(sharp) >= 3) + 1):
        if not len(group):
            continue
        corner = int(group[np.argmin(turn[group - reach])])
        if corner - (corners[-1] if corners else 0) > 2 * reach and count - 1 - corner > 2 * reach:
            corners.append(corner)
    return corners


def _tangent(points: Floats) -> Floats:
    along = points[min(4, len(points) - 1)] - points[0]
    return along / max(float(np.linalg.norm(along)), _TINY)


def bezier(curve: Floats, at: Floats) -> Floats:
    """Points of a cubic curve at parameters 0 to 1."""
    t = at[:, None]
    return (1 - t) ** 3 * curve[0] + 3 * (1 - t) ** 2 * t * curve[1] + 3 * (1 - t) * t * t * curve[2] + t**3 * curve[3]


def _best_curve(points: Floats, at: Floats, start: Floats, end: Floats) -> Floats:
    """The curve with these end tangents that fits the points at these parameters best."""
    b0, b1, b2, b3 = (1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at * at * (1 - at), at**3
    first, second = b1[:, None] * start, b2[:, None] * end
    matrix = np.array([[(first * first).sum(), (first * second).sum()], [(first * second).sum(), (second * second).sum()]])
    rest = points - (points[0] * (b0 + b1)[:, None] + points[-1] * (b2 + b3)[:, None])
    right = np.array([(first * rest).sum(), (second * rest).sum()])
    length = float(np.linalg.norm(points[-1] - points[0]))
    arms = np.linalg.solve(matrix, right) if abs(np.linalg.det(matrix)) > 1e-12 else np.full(2, length / 3)
    if arms.min() < 1e-3 * length or arms.max() > 3 * length + 10:
        arms = np.full(2, length / 3)
    return np.array([points[0], points[0] + start * arms[0], points[-1] + end * arms[1], points[-1]])


def _better_parameters(curve: Floats, points: Floats, at: Floats) -> Floats:
    """One step of Newton's rule towards the nearest point of the curve."""
    off, t = bezier(curve, at) - points, at[:, None]
    a, b, c = curve[1] - curve[0], curve[2] - curve[1], curve[3] - curve[2]
    speed = 3 * ((1 - t) ** 2 * a + 2 * (1 - t) * t * b + t * t * c)
    bend = 6 * ((1 - t) * (b - a) + t * (c - b))
    slope = (speed * speed).sum(axis=1) + (off * bend).sum(axis=1)
    safe = np.where(np.abs(slope) > 1e-12, slope, 1.0)
    moved = np.where(np.abs(slope) > 1e-12, at - (off * speed).sum(axis=1) / safe, at)
    return np.maximum.accumulate(np.clip(moved, 0, 1))


def _fit(points: Floats, start: Floats, end: Floats, error: float) -> list[Floats]:
    count = len(points)
    if count == 2:
        arm = float(np.linalg.norm(points[1] - points[0])) / 3
        return [np.array([points[0], points[0] + start * arm, points[1] + end * arm, points[1]])]
    travelled = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    at = travelled / travelled[-1]
    curve = _best_curve(points, at, start, end)
    worst = 0
    for round_ in range(_ROUNDS):
        missed = ((bezier(curve, at) - points) ** 2).sum(axis=1)
        worst = int(missed.argmax())
        if missed[worst] < error * error:
            return [curve]
        if missed[worst] > _HOPELESS * error * error and round_ > 0:
            break
        at = _better_parameters(curve, points, at)
        curve = _best_curve(points, at, start, end)
    split = min(max(worst, 1), count - 2)
    reach = min(3, split, count - 1 - split)
    along = points[split - reach] - points[split + reach]
    along = along / max(float(np.linalg.norm(along)), _TINY)
    return _fit(points[: split + 1], start, along, error) + _fit(points[split:], -along, end, error)


def simplify(points: Floats, error: float) -> Floats:
    """Those points of a line that a polygon needs to stay within `error` of it (Ramer, Douglas and Peucker)."""
    kept = np.zeros(len(points), bool)
    kept[[0, -1]] = True
    open_parts = [(0, len(points) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        if last - first < 2:
            continue
        along, off = points[last] - points[first], points[first + 1 : last] - points[first]
        length = float(np.linalg.norm(along))
        from_line = np.abs(along[0] * off[:, 1] - along[1] * off[:, 0]) / max(length, _TINY)
        distance = from_line if length > _TINY else np.linalg.norm(off, axis=1)
        if distance.max() > error:
            farthest = first + 1 + int(distance.argmax())
            kept[farthest] = True
            open_parts += [(first, farthest), (farthest, last)]
    return points[kept]


def resample(points: Floats, count: int) -> Floats:
    """Points evenly spread along a line."""
    travelled = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    wanted = np.linspace(0, travelled[-1], count)
    return np.stack([np.interp(wanted, travelled, points[:, k]) for k in (0, 1)], axis=1)


def across(points: Floats) -> Floats:
    """Unit vectors across a line at each of its points."""
    along = np.gradient(points, axis=0)
    along = along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), _TINY)
    return np.stack([-along[:, 1], along[:, 0]], axis=1)


def taper(points: Floats, width: float, *, start: bool, end: bool, length: float = 70.0) -> Floats:
    """A line as a closed shape that grows thin towards its free ends: this takes the stiff look off a drawing."""
    total = float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())
    length = min(length, total * (0.45 if start and end else 0.8))
    count = max(int(total / 6), 6)
    line, along = resample(points, count), np.linspace(0, total, count)
    half = np.full(count, width / 2)
    if start:
        half = np.minimum(half, np.clip(along / length, 0.12, 1) ** 0.8 * width / 2)
    if end:
        half = np.minimum(half, np.clip((total - along) / length, 0.12, 1) ** 0.8 * width / 2)
    sideways = across(line) * half[:, None]
    return np.vstack([line + sideways, (line - sideways)[::-1], (line + sideways)[:1]])
