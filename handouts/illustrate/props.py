"""Furniture and small things around a person, made of boxes, cylinders and bands that share the body's z-buffer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from handouts.illustrate.body import Ints
from handouts.illustrate.rotations import Floats, about_x, about_y, unit
from handouts.model.poses import Prop, Vector
from handouts.nouns import dataclass

SEAT_HEIGHT, SEAT_DEPTH, SEAT_WIDTH, BACK_HEIGHT = 0.45, 0.42, 0.44, 0.92
_LEG, _BOARD = 0.035, 0.035
AXLE_HEIGHT, SADDLE_HEIGHT, SADDLE_LEAN, GRIP_OUT, GRIP_HEIGHT = 0.42, 0.445, 16.0, 0.255, 0.53
_ROUND = 40  # sides of a cylinder
_BELT_WIDTH = 0.038
_RIM = ((0.0, 0.35), (0.15, 0.1), (0.4, 0.0), (0.7, 0.06), (0.9, 0.22), (1.0, 0.5))
"""The rim of a cushion from the floor up: height, and how far it is drawn in, as parts of the cushion's height."""

_CORNERS = np.array([[x, y, z] for y in (-0.5, 0.5) for z in (-0.5, 0.5) for x in (-0.5, 0.5)])
_SIDES = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))


@dataclass(frozen=True, slots=True)
class Facet:
    """A face of a prop: flat or smoothly curved pieces that no line divides, each a convex polygon (n, 3)."""

    pieces: tuple[Floats, ...]
    shade: str  # "prop" or "pad"
    holds: bool = True  # a person can lean on it; a strap holds nobody


@dataclass(frozen=True, slots=True)
class Solid:
    """All facets of the props of a picture as triangles, each with corners of its own."""

    points: Floats  # (3 t, 3)
    triangles: Ints  # (t, 3)
    facet: Ints  # (3 t,): the facet of each point
    is_pad: np.ndarray  # (3 t,)


def build_props(props: Sequence[Prop], landmarks: Mapping[str, Floats], resting: Mapping[str, Floats]) -> tuple[Facet, ...]:
    """The facets of all props. `resting` are the first picture's landmarks: furniture stays, straps follow `landmarks`."""
    facets: list[Facet] = []
    for prop in props:
        if prop.kind == "strap":
            facets += _strap([landmarks[place] for place in prop.places], prop)
            continue
        origin = np.array(prop.point, float)
        if prop.beside is not None:
            origin = origin + resting[prop.beside] * [1, 0, 1]  # heights are the prop's own
        facets += [_placed(facet, prop, origin) for facet in _KINDS[prop.kind](prop.size, prop.shade)]
    return tuple(facets)


def solidify(facets: Sequence[Facet]) -> Solid:
    """Triangles of facets."""
    points, facet_of, pad = [], [], []
    for number, facet in enumerate(facets):
        for piece in facet.pieces:
            for k in range(1, len(piece) - 1):
                points.append(piece[[0, k, k + 1]])
                facet_of += [number] * 3
                pad += [facet.shade == "pad"] * 3
    joined = np.vstack(points) if points else np.zeros((0, 3))
    return Solid(joined, np.arange(len(joined)).reshape(-1, 3), np.array(facet_of, np.int64), np.array(pad, bool))


def _placed(facet: Facet, prop: Prop, origin: Floats) -> Facet:
    return _moved(facet, about_y(np.radians(prop.turn)) @ about_x(np.radians(prop.tilt)), origin)


def _moved(facet: Facet, turn: Floats, to: Floats) -> Facet:
    return replace(facet, pieces=tuple(piece @ turn.T + to for piece in facet.pieces))


def _box(middle: Vector, size: Vector, shade: str) -> list[Facet]:
    corners = _CORNERS * np.array(size) + np.array(middle)
    return [Facet((corners[list(side)],), shade) for side in _SIDES]


def _cylinder(start: Vector, end: Vector, radius: float, shade: str) -> list[Facet]:
    first, second = np.array(start, float), np.array(end, float)
    along = unit(second - first)
    sideways = unit(np.cross(along, [0, 1, 0] if abs(along[1]) < 0.9 else [1, 0, 0]))
    other = np.cross(along, sideways)
    angle = np.linspace(0, 2 * np.pi, _ROUND, endpoint=False)
    ring = radius * (np.outer(np.cos(angle), sideways) + np.outer(np.sin(angle), other))
    following = np.roll(ring, -1, axis=0)
    mantle = tuple(np.array([first + a, first + b, second + b, second + a]) for a, b in zip(ring, following, strict=True))
    return [Facet(mantle, shade), Facet((first + ring[::-1],), shade), Facet((second + ring,), shade)]


def _chair(_size: Vector | None, shade: str) -> list[Facet]:
    """A kitchen chair: the middle of its seat over the origin, its back at -z."""
    half_width, half_depth = SEAT_WIDTH / 2 - _LEG / 2, SEAT_DEPTH / 2 - _LEG / 2
    facets = _box((0, SEAT_HEIGHT - _BOARD / 2, 0), (SEAT_WIDTH, _BOARD, SEAT_DEPTH), shade)
    for x in (-half_width, half_width):
        facets += _box((x, (SEAT_HEIGHT - _BOARD) / 2, half_depth), (_LEG, SEAT_HEIGHT - _BOARD, _LEG), shade)
        facets += _box((x, (SEAT_HEIGHT - _BOARD) / 2, -half_depth), (_LEG, SEAT_HEIGHT - _BOARD, _LEG), shade)
        tall = BACK_HEIGHT - 0.14 - SEAT_HEIGHT
        facets += _box((x, SEAT_HEIGHT + tall / 2, -half_depth), (_LEG, tall, _LEG * 0.8), shade)
    facets += _box((0, BACK_HEIGHT - 0.09, -half_depth), (SEAT_WIDTH + 0.006, 0.18, _LEG * 0.9), shade)  # no face in another
    return facets


def _counter(size: Vector | None, shade: str) -> list[Facet]:
    """A kitchen counter: its top over the origin."""
    width, height, depth = size or (0.9, 0.9, 0.5)
    return [
        *_box((0, height - 0.02, 0), (width, 0.04, depth), shade),
        *_box((0, (height - 0.04) / 2, -0.02), (width - 0.04, height - 0.04, depth - 0.06), shade),
    ]


def _slab(default: Vector) -> Callable[[Vector | None, str], list[Facet]]:
    """A thing like a box that stands on the origin: a block, a wall."""

    def build(size: Vector | None, shade: str) -> list[Facet]:
        width, height, depth = size or default
        return _box((0, height / 2, 0), (width, height, depth), shade)

    return build


def _soft(default: Vector, squareness: float) -> Callable[[Vector | None, str], list[Facet]]:
    """A thing filled with foam that stands on the origin: rounded at its rim, with no edge that a line would draw.

    Seen from above it is a superellipse: round where `squareness` is 2, nearly a rectangle from 6 on.
    """

    def build(size: Vector | None, shade: str) -> list[Facet]:
        width, height, depth = size or default
        angle = np.linspace(0, 2 * np.pi, 2 * _ROUND, endpoint=False)
        x, z = (np.sign(wave) * np.abs(wave) ** (2 / squareness) for wave in (np.cos(angle), np.sin(angle)))
        rings = []
        for level, inset in _RIM:
            reach = [max(half - inset * height, 0.01) for half in (width / 2, depth / 2)]
            rings.append(np.stack([x * reach[0], np.full(len(x), level * height), z * reach[1]], axis=1))
        pieces = [rings[-1][::-1]]
        for low, high in pairwise(rings):
            sides = (low, np.roll(low, -1, axis=0), np.roll(high, -1, axis=0), high)
            pieces += [np.array(corners) for corners in zip(*sides, strict=True)]
        return [Facet(tuple(pieces), shade)]

    return build


def _bike(_size: Vector | None, shade: str) -> list[Facet]:
    """The frame of a recumbent exercise bike, facing +z: the axle of its cranks above the origin, no cranks and no seat."""
    facets = [
        *_box((0, 0.05, -0.34), (0.10, 0.06, 1.24), shade),
        *_box((0, 0.015, -0.90), (0.55, 0.03, 0.10), shade),
        *_box((0, 0.015, 0.24), (0.55, 0.03, 0.10), shade),
        *_cylinder((-0.055, AXLE_HEIGHT - 0.05, 0.02), (0.055, AXLE_HEIGHT - 0.05, 0.02), 0.24, shade),
    ]
    lean = about_x(np.radians(-10))
    mast = [*_box((0, 0.46, 0), (0.06, 0.92, 0.06), shade), *_box((0, 0.98, -0.01), (0.26, 0.20, 0.04), "pad")]
    return facets + [_moved(facet, lean, np.array([0, 0.08, 0.30])) for facet in mast]


def _bike_seat(_size: Vector | None, shade: str) -> list[Facet]:
    """The seat of a recumbent bike, the middle of its pan above the origin: post, backrest and the grips beside it."""
    facets = [
        *_box((0, 0.23, 0.08), (0.075, 0.30, 0.20), shade),
        *_box((0, SADDLE_HEIGHT - 0.04, 0.10), (0.40, 0.08, 0.36), "pad"),
    ]
    lean = about_x(np.radians(-SADDLE_LEAN))
    backrest = _box((0, 0.30, -0.035), (0.38, 0.56, 0.07), "pad")
    facets += [_moved(facet, lean, np.array([0, SADDLE_HEIGHT, -0.045])) for facet in backrest]
    for x in (-GRIP_OUT, GRIP_OUT):
        line = [(x, 0.42, -0.03), (x, GRIP_HEIGHT, -0.03), (x, GRIP_HEIGHT, 0.19)]
        facets.append(_tube(np.array(line), 0.014, shade))
    return facets


def _crank(size: Vector | None, shade: str) -> list[Facet]:
    """The cranks of a bike on their axle at the origin, the left one forward: size is pedal to pedal, thickness, length."""
    width, thickness, length = size or (0.28, 0.032, 0.15)
    arm = 0.085  # how far from the middle the arms turn, beside the frame
    facets = _cylinder((-arm - 0.02, 0, 0), (arm + 0.02, 0, 0), 0.024, shade)
    for side in (1, -1):
        facets += _box((side * arm, 0, side * length / 2), (0.022, thickness, length + thickness), shade)
        facets += _cylinder((side * arm, 0, side * length), (side * width / 2, 0, side * length), 0.009, shade)
    return facets


def _rod(size: Vector | None, shade: str) -> list[Facet]:
    """A round bar along x, its middle on the origin: size is length, thickness, thickness."""
    length, thickness, _ = size or (0.3, 0.03, 0.03)
    return _cylinder((-length / 2, 0, 0), (length / 2, 0, 0), thickness / 2, shade)


def _plate(size: Vector | None, shade: str) -> list[Facet]:
    """A box with its middle on the origin."""
    return _box((0, 0, 0), size or (0.1, 0.02, 0.2), shade)


def _belt(size: Vector | None, shade: str) -> list[Facet]:
    """A flat strap laid down in soft waves around the origin: how far it reaches, nothing, how wide its waves are."""
    length, _, depth = size or (0.5, 0.0, 0.12)
    along = np.linspace(-0.5, 0.5, 60)
    line = np.stack([along * length, np.sin(along * 3 * np.pi) * depth / 2], axis=1)
    forward = np.gradient(line, axis=0)
    sideways = unit(np.stack([-forward[:, 1], forward[:, 0]], axis=1)) * _BELT_WIDTH / 2
    edges = [np.insert(edge, 1, 0.004, axis=1) for edge in (line + sideways, line - sideways)]
    corners = zip(edges[0][:-1], edges[0][1:], edges[1][1:], edges[1][:-1], strict=True)
    return [Facet(tuple(np.array(piece) for piece in corners), shade, holds=False)]


def _strap(points: list[Floats], prop: Prop) -> list[Facet]:
    """A strap drawn tight along points of the body."""
    return [replace(_tube(np.array(points) + np.array(prop.point), 0.014, prop.shade), holds=False)]


def _tube(middle: Floats, radius: float, shade: str) -> Facet:
    """A thin tube along a line, as one facet, so that no line divides it."""
    parts = (_cylinder(tuple(a), tuple(b), radius, shade)[0] for a, b in pairwise(middle))
    return Facet(tuple(piece for part in parts for piece in part.pieces), shade)


_KINDS: Mapping[str, Callable[[Vector | None, str], list[Facet]]] = {
    "chair": _chair,
    "counter": _counter,
    "cushion": _soft((0.34, 0.05, 0.34), 2.0),
    "pillow": _soft((0.42, 0.06, 0.26), 7.0),
    "block": _slab((0.10, 0.16, 0.22)),
    "box": _slab((0.4, 0.4, 0.4)),
    "plate": _plate,
    "rod": _rod,
    "bike": _bike,
    "bike-seat": _bike_seat,
    "crank": _crank,
    "belt": _belt,
}
PROP_KINDS = (*_KINDS, "strap")
"""What a pose sheet can put around a person."""
