"""Clothes and hair without any asset: fields of the body at rest that say what covers a point.

A field is positive inside a garment, in metres from its hem. The fields are computed for every pixel of a picture from the rest
position seen there, so hems are smooth whatever the mesh; the same fields at the vertices give the cloth its thickness.
Heights below are those of the body they were drawn on and grow with a body's own height.
"""

from __future__ import annotations

import numpy as np

from handouts.illustrate.body import Body
from handouts.illustrate.rotations import Floats, unit
from handouts.nouns import dataclass

_HEM, _SLEEVE, _SHORTS, _NECK = 0.845, 0.15, 0.60, 1.372  # metres: shirt hem, length of sleeve, leg hem, neckline
_UNDER_SHIRT = 0.03  # how far the shorts go up below the shirt
_SHOE_TOP = 0.095
_HAIRLINES = {  # outline in the side view: z forward, y up
    "female": (
        (0.15, 1.596), (0.110, 1.594), (0.088, 1.583), (0.074, 1.555), (0.062, 1.527), (0.056, 1.500), (0.048, 1.503),
        (0.040, 1.533), (0.018, 1.545), (0.000, 1.53), (-0.006, 1.49), (-0.014, 1.452), (-0.05, 1.43), (-0.2, 1.43),
        (-0.2, 1.8), (0.2, 1.8), (0.2, 1.596),
    ),
    "male": (
        (0.15, 1.594), (0.112, 1.590), (0.094, 1.574), (0.082, 1.556), (0.072, 1.546), (0.066, 1.520), (0.060, 1.498),
        (0.050, 1.498), (0.044, 1.532), (0.020, 1.546), (0.002, 1.535), (-0.004, 1.50), (-0.008, 1.468), (-0.05, 1.452),
        (-0.2, 1.452), (-0.2, 1.8), (0.2, 1.8), (0.2, 1.594),
    ),
}  # fmt: skip
HAIR_KNOT = {"female": True, "male": False}
"""A knot on top of the head, which clears the floor when the person lies down."""


@dataclass(frozen=True, slots=True)
class Cover:
    """How far inside each garment points are: metres, negative outside."""

    shirt: Floats
    shorts: Floats
    hair: Floats
    shoes: Floats


class Wardrobe:
    """The clothes and the hair of one body."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._scale = body.scale
        shoulder, elbow = body.head("upperarm01.L"), body.head("lowerarm01.L")
        self._shoulder, self._along = shoulder, unit(elbow - shoulder)
        self._hairline = np.array(_HAIRLINES[body.id]) * [1.0, self._scale]

    def cover(self, rest: Floats, arm: Floats, head: Floats, foot: Floats) -> Cover:
        """Say what covers points (…, 3) at rest; `arm`, `head` and `foot` are how much those parts move each point (0 to 1)."""
        x, height, z = np.abs(rest[..., 0]), rest[..., 1] / self._scale, rest[..., 2]
        from_shoulder = np.stack([x, rest[..., 1], z], axis=-1) - self._shoulder
        down_the_arm = from_shoulder @ self._along
        on_arm = arm > 0.5
        neckline = (_NECK - height) - 0.42 * z + 0.10 * np.minimum(x, 0.12)
        shirt = np.minimum(np.minimum(height - _HEM, neckline), np.where(on_arm, _SLEEVE * self._scale - down_the_arm, 0.2))
        shorts = np.minimum(np.minimum(height - _SHORTS, _HEM + _UNDER_SHIRT - height), np.where(on_arm, -0.1, 0.2))
        hair = np.full(height.shape, -0.1)
        on_head = head > 0.5
        hair[on_head] = _inside(self._hairline, np.stack([z[on_head], rest[..., 1][on_head]], axis=-1))
        shoes = np.where(foot > 0.5, _SHOE_TOP - height, -0.1)
        return Cover(shirt, shorts, hair, shoes)


def _inside(outline: Floats, points: Floats) -> Floats:
    """The distance of points (n, 2) from a closed outline (m, 2): positive inside, negative outside."""
    start, end = outline, np.roll(outline, -1, axis=0)
    along = end - start
    off = points[:, None] - start
    share = np.clip((off * along).sum(axis=-1) / (along * along).sum(axis=-1), 0.0, 1.0)
    distance = np.linalg.norm(off - along * share[..., None], axis=-1).min(axis=1)
    above = (start[:, 1] > points[:, None, 1]) != (end[:, 1] > points[:, None, 1])
    rise = np.where(along[:, 1] == 0, 1.0, along[:, 1])
    crossing = start[:, 0] + (points[:, None, 1] - start[:, 1]) / rise * along[:, 0]
    crossed = (above & (points[:, None, 0] < crossing)).sum(axis=1) % 2 == 1
    return np.where(crossed, distance, -distance)
