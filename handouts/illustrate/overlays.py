"""What is laid over and under a figure: the target area with its hatching, arrows, the mat and the contact shadow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from scipy import ndimage

from handouts.illustrate.body import Body, Ints
from handouts.illustrate.curves import across, resample
from handouts.illustrate.paths import LINE_ERROR, Path, closed_path, open_path, polygon
from handouts.illustrate.planar import PlanarMap
from handouts.illustrate.raster import Frame, rasterise
from handouts.illustrate.rotations import Floats, unit
from handouts.illustrate.scene import Mask, Scene
from handouts.illustrate.skinning import Shape
from handouts.illustrate.tracing import Layers, outline_mask
from handouts.model.poses import Arrow, ArrowEnd, Target, TurnArrow, Vector
from handouts.nouns import dataclass

ARROW_WIDTH, ARROW_HEAD, ARROW_BARB = 34.0, 105.0, 46.0
"""Millimetres of body: the shaft at its head end, the length of the head, half its width."""

_SHAFT_START = 0.5  # width of the shaft where it begins, as a part of its full width
_HATCH, _SHORTEST_HATCH = 28.0, 8
_NOTCH = 0.018  # metres: half the width of a notch between two areas that is filled
_SHADOW_BLUR = 4.0
_SHADOW_SIGMA = 12.0
_SHADOW_HEIGHT = 0.22  # metres: a raised limb casts no shadow, which would read as another limb


@dataclass(frozen=True, slots=True)
class Area:
    """An ellipsoid on the resting body of the left side: middle and radii in metres."""

    middle: Vector
    radii: Vector
    sided: bool = True


AREAS: dict[str, Area] = {
    "buttock": Area((0.095, 0.825, -0.070), (0.090, 0.100, 0.085)),
    "outer_hip": Area((0.155, 0.850, 0.000), (0.055, 0.105, 0.085)),
    "groin": Area((0.088, 0.830, 0.100), (0.062, 0.125, 0.075)),
    "thigh_front": Area((0.110, 0.660, 0.100), (0.070, 0.160, 0.075)),
    "thigh_back": Area((0.118, 0.640, -0.020), (0.070, 0.160, 0.050)),
    "inner_thigh": Area((0.055, 0.680, 0.040), (0.050, 0.130, 0.075)),
    "calf": Area((0.150, 0.360, -0.010), (0.085, 0.120, 0.075)),
    "flank": Area((0.140, 1.030, 0.000), (0.060, 0.150, 0.100)),
    "side_chest": Area((0.130, 1.130, -0.030), (0.050, 0.140, 0.080)),
    "shoulder": Area((0.165, 1.300, 0.000), (0.085, 0.085, 0.085)),
    "low_back": Area((0.000, 0.985, -0.070), (0.130, 0.115, 0.085), sided=False),
    "mid_back": Area((0.000, 1.150, -0.090), (0.105, 0.125, 0.075), sided=False),
    "belly": Area((0.000, 1.000, 0.100), (0.140, 0.150, 0.085), sided=False),
}
"""Target areas by name; sided ones are written `buttock.right`."""


def target_mask(scene: Scene, targets: Sequence[Target], body: Body) -> Mask:
    """Where target areas are seen, joined without notches."""
    mask = np.zeros(scene.materials.shape, bool)
    for target in targets:
        mask |= area_mask(scene, target, body)
    free = scene.body & ((scene.arm < 0.5) | mask)
    return _rounded(mask, scene.frame.scale) & free


def area_mask(scene: Scene, target: Target, body: Body) -> Mask:
    """Where one target area is seen; never on the arms, except the shoulder."""
    name, _, side = target.area.partition(".")
    area = AREAS[name]
    mirror = np.array([-1.0 if side == "right" else 1.0, 1.0, 1.0])
    middle = (np.array(area.middle) + target.shift) * mirror * [1, body.scale, 1]
    off = (scene.rest - middle) / (np.array(area.radii) * target.grow)
    inside = (np.linalg.norm(off, axis=-1) < 1) & scene.body
    return inside if name == "shoulder" else inside & (scene.arm < 0.5)


def _rounded(mask: Mask, scale: float) -> Mask:
    """A mask without notches between neighbouring areas and without thin ends."""
    if not mask.any():
        return mask
    notch = max(1, round(_NOTCH * scale))
    padded = np.pad(mask, notch + 1)
    closed = ndimage.binary_closing(padded, iterations=notch)[notch + 1 : -notch - 1, notch + 1 : -notch - 1]
    return ndimage.binary_opening(closed, iterations=2)


def draw_target(layers: Layers, scene: Scene, mask: Mask) -> None:
    """The area as a light shape with hatching over it: hatching alone is lost on dark shorts in grey."""
    if not mask.any():
        return
    layers["target"] = outline_mask(mask, scene)
    layers["target-hatch"] = _hatch(mask, scene)


def _hatch(mask: Mask, scene: Scene) -> list[Path]:
    """Lines at 45 degrees inside a mask."""
    height, width = mask.shape
    paths = []
    for start in np.arange(-height, width, _HATCH):
        y = np.arange(0, height, 0.5)
        x = start + y
        kept = (x >= 0) & (x < width - 1)
        x, y = x[kept], y[kept]
        if not len(y):
            continue
        inside = mask[y.astype(np.int64), x.astype(np.int64)].astype(np.int64)
        turns = np.flatnonzero(np.diff(np.r_[0, inside, 0]))
        for first, last in zip(turns[::2], turns[1::2], strict=True):
            if last - first > _SHORTEST_HATCH:
                ends = np.array([[x[first], y[first]], [x[last - 1], y[last - 1]]])
                paths.append(Path((scene.frame.to_units(ends),), closed=False))
    return paths


# ------------------------------------------------------------------------------------------------ arrows

Locate = Callable[[ArrowEnd], Floats]
"""Finds the point of an arrow's end in the room."""


def draw_arrow(arrow: Arrow | TurnArrow, locate: Locate, frame: Frame) -> Path | None:
    """An arrow as one closed shape; None when its ends meet on the picture."""
    line = _turn_line(arrow, locate, frame) if isinstance(arrow, TurnArrow) else _move_line(arrow, locate, frame)
    length = float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())
    if length < ARROW_WIDTH:
        return None
    return _arrow_shape(resample(line, 48), length, both=isinstance(arrow, TurnArrow) and arrow.both)


def _move_line(arrow: Arrow, locate: Locate, frame: Frame) -> Floats:
    points = frame.place(np.array([locate(end) for end in arrow.points]))
    if len(points) == 2:
        start, end = points
        along = end - start
        sideways = np.array([-along[1], along[0]])
        bend = (start + end) / 2 + sideways * arrow.bulge
        points = np.array([start, bend, end])
    at = np.linspace(0, 1, 40)[:, None]
    if len(points) == 3:
        return (1 - at) ** 2 * points[0] + 2 * (1 - at) * at * points[1] + at * at * points[2]
    return resample(points, 40)


def _turn_line(arrow: TurnArrow, locate: Locate, frame: Frame) -> Floats:
    """A circle in the plane across the axis; angle 0 is the direction nearest to forward (z), or up if the axis is z."""
    axis = unit(np.array(arrow.axis, float))
    zero = np.array([0.0, 0.0, 1.0]) if abs(axis[2]) < 0.9 else np.array([0.0, 1.0, 0.0])
    zero = unit(zero - axis * (zero @ axis))
    other = np.cross(axis, zero)
    angle = np.radians(np.linspace(arrow.start, arrow.end, 60))
    ring = arrow.radius * (np.outer(np.cos(angle), zero) + np.outer(np.sin(angle), other))
    return frame.place(locate(arrow.centre) + ring)


def _arrow_shape(line: Floats, length: float, *, both: bool) -> Path:
    """A shaft that grows towards its head, or is even between two heads."""
    head = min(ARROW_HEAD, length * (0.42 if both else 0.6))
    travelled = np.linspace(0, length, len(line))
    body = line[(travelled <= length - head * 0.8) & (travelled >= (head * 0.8 if both else 0))]
    if len(body) < 2:
        body = line[:2]
    full = ARROW_WIDTH / 2 * min(1.0, head / ARROW_HEAD + 0.25)
    half = np.full(len(body), full) if both else np.linspace(_SHAFT_START, 1, len(body)) * full
    sideways = across(body) * half[:, None]
    left, right = body + sideways, body - sideways
    end = _barbs(line, travelled, head)
    start = _barbs(line[::-1], travelled, head) if both else None
    sides = [_line_pieces(left)]
    sides.append(_straights([left[-1], end[0], end[1], end[2], right[-1]]))
    sides.append(_line_pieces(right[::-1]))
    sides.append(_straights([right[0], start[0], start[1], start[2], left[0]] if start else [right[0], left[0]]))
    return Path(tuple(piece for side in sides for piece in side), closed=True)


def _barbs(line: Floats, travelled: Floats, head: float) -> tuple[Floats, Floats, Floats]:
    """The three outer corners of a head at the end of a line: left, tip, right."""
    tip = line[-1]
    base = line[min(int(np.searchsorted(travelled, travelled[-1] - head * 0.8)), len(line) - 2)]
    along = (tip - base) / max(float(np.linalg.norm(tip - base)), 1e-9)
    sideways = np.array([-along[1], along[0]]) * ARROW_BARB * head / ARROW_HEAD
    back = tip - along * head
    return back + sideways, tip, back - sideways


def _line_pieces(points: Floats) -> tuple[Floats, ...]:
    path = open_path(points, LINE_ERROR)
    return path.pieces if path else ()


def _straights(points: list[Floats]) -> tuple[Floats, ...]:
    return tuple(np.array(pair) for pair in pairwise(points))


# ------------------------------------------------------------------------------------------------ the ground


def draw_shadow(shape: Shape, extra: Sequence[tuple[Floats, Ints]], scene: Scene) -> list[Path]:
    """The contact shadow: everything near the floor pressed flat on it, seen through the same camera."""
    points = np.vstack([shape.points, *(points for points, _ in extra)])
    offsets = np.cumsum([0, len(shape.points), *(len(points) for points, _ in extra)])
    triangles = np.vstack([shape.triangles, *(each + offsets[k + 1] for k, (_, each) in enumerate(extra))])
    triangles = triangles[points[triangles, 1].min(axis=1) < _SHADOW_HEIGHT]
    flat = scene.frame.project(points * [1, 0, 1])
    low = flat[:, :2].min(axis=0) - 30
    flat[:, :2] -= low
    width, height = (int(size) + 30 for size in flat[:, :2].max(axis=0))
    hit = rasterise(flat, triangles, np.zeros((len(points), 1)), width, height).seen
    blurred = ndimage.gaussian_filter(hit.astype(float), _SHADOW_BLUR) > 0.5
    return _shadow_outlines(ndimage.binary_fill_holes(blurred), low, scene)


def _shadow_outlines(mask: Mask, low: Floats, scene: Scene) -> list[Path]:
    chart = PlanarMap(np.pad(mask, 2).astype(np.int64))
    points = [chain - 2 + low for chain in chart.smoothed(_SHADOW_SIGMA)]
    outlines = chart.outlines(lambda label: label > 0, points)
    paths = (closed_path(scene.frame.to_units(outline), 4.0) for outline in outlines if len(outline) > 20)
    return [path for path in paths if path is not None]


def draw_mat(corner: tuple[float, float], opposite: tuple[float, float], frame: Frame) -> Path:
    """A mat on the floor between two corners (x, z)."""
    (x0, z0), (x1, z1) = corner, opposite
    corners = np.array([[x0, 0, z0], [x1, 0, z0], [x1, 0, z1], [x0, 0, z1]], float)
    return polygon(frame.place(corners))
