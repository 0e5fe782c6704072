"""The clothed body in a pose: cloth and hair laid on at rest, carried by the bones, smoothed where joints fold, subdivided.

Bones alone (linear blend skinning) make joints collapse. "Delta mush" (Mancewicz, Derksen and Wilson, DigiPro 2014) repairs
that: smooth the posed mesh, then put back, in each vertex' own frame, the detail that smoothing takes away at rest.
"""

from __future__ import annotations

import numpy as np

from handouts.illustrate import meshes
from handouts.illustrate.body import Body, Ints
from handouts.illustrate.clothing import HAIR_KNOT, Wardrobe
from handouts.illustrate.rotations import Floats, unit
from handouts.illustrate.skeleton import Frames
from handouts.nouns import dataclass

_UNDER_CLOTH = 60  # smoothing steps that take the body's small forms away below cloth
_CHEST = 0.030  # metres: forms smaller than this vanish over the chest, where cloth hangs from the highest points
_CHEST_HEIGHTS, _CHEST_FRONT = (1.06, 1.32), 0.045  # metres
_MUSH, _MUSH_AMOUNT = 10, 0.6
_DRAPE = 14  # smoothing steps of the shirt after posing: cloth spans a fold, skin goes into it
_SHIRT, _SLEEVE_MORE, _SHORTS, _HAIR, _SHOE = 0.012, 0.006, 0.010, 0.013, 0.007  # thickness in metres
_KNOT_HEIGHT, _KNOT_BACK = 0.150, -0.062
_KNOT_RADII = np.array([0.034, 0.030, 0.034])
EYE_RADIUS = 0.0125
"""Metres; the mesh has holes where the eyes are."""


@dataclass(frozen=True, slots=True)
class Ball:
    """Round parts that the head carries: points in the room and at rest, and triangles."""

    points: Floats
    rest: Floats
    triangles: Ints


@dataclass(frozen=True, slots=True)
class Shape:
    """A clothed body in a pose: fine points and their triangles, and what is known of each point."""

    points: Floats  # (n, 3), metres in the room
    triangles: Ints
    rest: Floats  # (n, 3): where each point is at rest
    parts: Floats  # (n, 4): how much arms, head, left side and feet move it
    eyes: Ball
    knot: Ball | None  # of hair
    head_place: Floats  # (3,) and (3, 3): how the head is carried
    head_turn: Floats
    head_rest: Floats  # (3,): where the head's bone begins at rest

    def all_points(self) -> list[Floats]:
        """Everything of the person that can be seen."""
        return [self.points, *([self.knot.points] if self.knot else [])]

    def carry_with_head(self, rest: Floats) -> Floats:
        """Where points that the head carries are, from their places at rest."""
        return self.head_place + (rest - self.head_rest) @ self.head_turn.T


class ClothedBody:
    """A body with its clothes on, ready to be posed."""

    def __init__(self, body: Body, *, shoes: bool = False) -> None:
        self.body = body
        self.shoes = shoes
        self.wardrobe = Wardrobe(body)
        self._mean = meshes.neighbour_mean(body.faces, len(body.vertices))
        self.coarse_triangles = meshes.triangulate(body.faces)
        self._neighbour = self._mean.indices[np.minimum(self._mean.indptr[:-1], len(self._mean.indices) - 1)]
        arm = body.weight_of(body.bones_named("upperarm", "lowerarm", "wrist", "metacarpal", "finger"))
        head = body.weight_of({body.bone[name] for name in ("head", "neck03", "neck02")})
        left = body.weight_of({number for number, name in enumerate(body.bones) if name.endswith(".L")})
        foot = body.weight_of(body.bones_named("foot", "toe"))
        self.parts = np.stack([arm, head, left, foot], axis=1)
        self._lay_cloth_on(shoes=shoes)
        relaxed = self._mush(self._dressed)
        frames = meshes.local_frames(relaxed, self.coarse_triangles, self._neighbour)
        self._detail = np.einsum("nji,nj->ni", frames, self._dressed - relaxed)
        self._finer, quads = meshes.subdivide(body.faces, len(body.vertices))
        self.triangles = meshes.triangulate(quads)
        self._fine_rest, self._fine_parts = self._finer @ body.vertices, self._finer @ self.parts
        middle = body.head("head") + np.array([0, _KNOT_HEIGHT * body.scale, _KNOT_BACK])
        self._knot = _make_balls(middle[None], _KNOT_RADII, 20) if HAIR_KNOT[body.id] else None
        self._eyes = _make_balls(body.eyes, np.full(3, EYE_RADIUS), 10)

    def _lay_cloth_on(self, *, shoes: bool) -> None:
        """Smooth what lies under cloth, then move it out along smooth normals by the thickness of the cloth."""
        body = self.body
        cover = self.wardrobe.cover(body.vertices, *self.parts[:, [0, 1, 3]].T)
        shirt = _ramp(cover.shirt, -0.004, 0.012)
        shorts = _ramp(cover.shorts, -0.004, 0.012) * (1 - shirt)
        hair = _ramp(cover.hair, -0.002, 0.022)
        shoe = _ramp(cover.shoes, -0.004, 0.006) if shoes else np.zeros_like(shirt)
        under = np.clip(shirt + shorts + shoe * 0.7, 0, 1)
        skin = meshes.smooth(body.vertices, self._mean, _UNDER_CLOTH, (under * 0.5)[:, None])
        skin = meshes.level_out(skin, body.faces, _CHEST * self._chest(shirt))
        normals = meshes.vertex_normals(skin, self.coarse_triangles)
        for _ in range(6):
            normals = self._mean @ normals
        sleeve = _ramp(self.parts[:, 0], 0.3, 0.8)
        thick = shirt * (_SHIRT + _SLEEVE_MORE * sleeve) + shorts * _SHORTS + hair * _HAIR + shoe * _SHOE
        thick = self._mean @ thick
        thick = 0.5 * thick + 0.5 * (self._mean @ thick)
        self._dressed = skin + unit(normals) * thick[:, None]
        self._drape = (shirt * (1 - sleeve) * 0.5)[:, None]

    def _chest(self, shirt: Floats) -> Floats:
        """How much each vertex belongs to the front of the chest under the shirt."""
        height, depth = self.body.vertices[:, 1] / self.body.scale, self.body.vertices[:, 2]
        low, high = _CHEST_HEIGHTS
        within = _ramp(height, low - 0.05, low + 0.03) * (1 - _ramp(height, high - 0.03, high + 0.05))
        return within * _ramp(depth, _CHEST_FRONT - 0.03, _CHEST_FRONT + 0.02) * shirt * (1 - self.parts[:, 0])

    def _mush(self, points: Floats) -> Floats:
        return meshes.smooth(points, self._mean, _MUSH, _MUSH_AMOUNT)

    def pose(self, frames: Frames) -> Shape:
        """The clothed body in the first pose of a batch."""
        body = self.body
        places, turns = frames.places[0], frames.turns[0]
        carried = np.zeros_like(self._dressed)
        for k in range(body.bone_of.shape[1]):
            bone = body.bone_of[:, k]
            offset = self._dressed - body.heads[bone]
            carried += body.weights[:, k, None] * (places[bone] + np.einsum("nij,nj->ni", turns[bone], offset))
        relaxed = self._mush(carried)
        axes = meshes.local_frames(relaxed, self.coarse_triangles, self._neighbour)
        coarse = relaxed + np.einsum("nij,nj->ni", axes, self._detail)
        coarse = meshes.smooth(coarse, self._mean, _DRAPE, self._drape)
        head = body.bone["head"]

        def carry(ball: tuple[Floats, Ints]) -> Ball:
            return Ball(places[head] + (ball[0] - body.heads[head]) @ turns[head].T, *ball)

        return Shape(
            points=self._finer @ coarse,
            triangles=self.triangles,
            rest=self._fine_rest,
            parts=self._fine_parts,
            eyes=carry(self._eyes),
            knot=carry(self._knot) if self._knot else None,
            head_place=places[head],
            head_turn=turns[head],
            head_rest=body.heads[head],
        )


def _make_balls(middles: Floats, radii: Floats, rings: int) -> tuple[Floats, Ints]:
    """Ellipsoids around points, at rest: points and triangles."""
    columns = 2 * rings
    down, round_ = np.meshgrid(np.linspace(0, np.pi, rings), np.arange(columns) * 2 * np.pi / columns, indexing="ij")
    ball = np.stack([np.sin(down) * np.cos(round_), np.cos(down), np.sin(down) * np.sin(round_)], axis=-1).reshape(-1, 3)
    ring, column = (axis.ravel() for axis in np.meshgrid(np.arange(rings - 1), np.arange(columns), indexing="ij"))
    a, b = ring * columns + column, ring * columns + (column + 1) % columns
    triangles = meshes.triangulate(np.stack([a, b, b + columns, a + columns], axis=1))
    points = np.vstack([middle + ball * radii for middle in middles])
    return points, np.vstack([triangles + k * len(ball) for k in range(len(middles))])


def _ramp(values: Floats, low: float, high: float) -> Floats:
    """A smooth step from 0 below `low` to 1 above `high`."""
    share = np.clip((values - low) / (high - low), 0, 1)
    return share * share * (3 - 2 * share)
