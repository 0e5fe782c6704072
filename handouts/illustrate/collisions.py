"""Limbs and trunk as capsules (a line with a radius), to keep them out of one another."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from handouts.illustrate.goals import View
from handouts.illustrate.rotations import Floats
from handouts.model.pose_words import SIDES
from handouts.nouns import dataclass

_TRUNK = (("pelvis", "pelvis", "waist", 0.10), ("belly", "waist", "mid_trunk", 0.085), ("chest", "mid_trunk", "chest", 0.10))
_HEAD = (("head", "head_base", "head", 0.075),)
_LIMBS = (
    ("thigh", "thigh_middle", "knee", 0.055),
    ("shank", "knee", "ankle", 0.042),
    ("foot", "ankle", "ball", 0.030),
    ("upper arm", "shoulder", "elbow", 0.038),
    ("forearm", "elbow", "wrist", 0.032),
    ("hand", "wrist", "knuckles", 0.022),
)
_NEIGHBOURS = {
    frozenset(pair)
    for pair in (("pelvis", "belly"), ("belly", "chest"), ("chest", "head"), ("pelvis", "chest"))
} | {
    frozenset((f"{first}.{side}" if first in {row[0] for row in _LIMBS} else first, f"{second}.{side}"))
    for side in SIDES
    for first, second in (
        ("pelvis", "thigh"), ("thigh", "shank"), ("shank", "foot"), ("chest", "upper arm"), ("upper arm", "forearm"),
        ("forearm", "hand"), ("belly", "thigh"), ("head", "upper arm"),
    )
} | {frozenset(("thigh.left", "thigh.right"))}  # fmt: skip

MASSES = {
    "pelvis": 0.142, "belly": 0.139, "chest": 0.216, "head": 0.081, "thigh": 0.100, "shank": 0.0465, "foot": 0.0145,
    "upper arm": 0.028, "forearm": 0.016, "hand": 0.006,
}  # fmt: skip
"""Share of the body's mass in each part, one side (Winter, Biomechanics and Motor Control of Human Movement, table 4.1)."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two parts of the body that are deeper in one another than their radii, in metres."""

    parts: tuple[str, str]
    depth: float


class Capsules:
    """The capsules of a body, and the pairs that must not meet."""

    def __init__(self) -> None:
        self._capsules = [*_TRUNK, *_HEAD]
        for side in SIDES:
            self._capsules += [
                (f"{name}.{side}", f"{start}.{side}", f"{end}.{side}", radius) for name, start, end, radius in _LIMBS
            ]
        self.names = tuple(name for name, *_ in self._capsules)
        self._radii = np.array([radius for *_, radius in self._capsules])
        count = len(self.names)
        pairs = [(i, j) for i in range(count) for j in range(i + 1, count) if not self._are_neighbours(i, j)]
        self._first, self._second = np.array(pairs).T

    def _are_neighbours(self, i: int, j: int) -> bool:
        return frozenset((self.names[i], self.names[j])) in _NEIGHBOURS

    def ends(self, view: View) -> tuple[Floats, Floats]:
        """Where the capsules' lines begin and end: two arrays (B, capsules, 3)."""
        starts = np.stack([view.point(start) for _, start, _, _ in self._capsules], axis=1)
        return starts, np.stack([view.point(end) for _, _, end, _ in self._capsules], axis=1)

    def depths(self, view: View) -> Floats:
        """How deep each pair is in one another, as negative metres, 0 where they are apart: (B, pairs)."""
        starts, ends = self.ends(view)
        i, j = self._first, self._second
        distance = _segment_distance(starts[:, i], ends[:, i], starts[:, j], ends[:, j])
        return np.minimum(distance - (self._radii[i] + self._radii[j]), 0.0)

    def kept_apart(self, pairs: Collection[tuple[str, str]]) -> Floats:
        """Return 1 for each pair that must stay apart, 0 for those of `pairs`, which may overlap: (all pairs,)."""
        free = {frozenset(pair) for pair in pairs}
        named = zip(self._first, self._second, strict=True)
        return np.array([0.0 if frozenset((self.names[i], self.names[j])) in free else 1.0 for i, j in named])

    def find_overlaps(self, view: View, deeper_than: float) -> list[Overlap]:
        """The pairs of the first pose that are deeper in one another than this."""
        depths = -self.depths(view)[0]
        return [
            Overlap((self.names[self._first[k]], self.names[self._second[k]]), float(depths[k]))
            for k in np.flatnonzero(depths > deeper_than)
        ]

    def centre_of_mass(self, view: View) -> Floats:
        """The centre of mass of the first pose, from the middles of the parts."""
        starts, ends = self.ends(view)
        middles = (starts + ends)[0] / 2
        masses = np.array([MASSES[name.partition(".")[0]] for name in self.names])
        return (middles * masses[:, None]).sum(axis=0) / masses.sum()


def _segment_distance(start: Floats, end: Floats, other_start: Floats, other_end: Floats) -> Floats:
    """The distance of two line segments (Ericson, Real-Time Collision Detection, 5.1.9), on the last axis."""
    along, other, between = end - start, other_end - other_start, start - other_start

    def dot(first: Floats, second: Floats) -> Floats:
        return (first * second).sum(axis=-1)

    a, e, b = dot(along, along), dot(other, other), dot(along, other)
    c, f = dot(along, between), dot(other, between)
    determinant = a * e - b * b
    s = np.clip(np.where(determinant > 1e-9, (b * f - c * e) / np.maximum(determinant, 1e-9), 0.0), 0.0, 1.0)
    t = (b * s + f) / e
    held = np.clip(t, 0.0, 1.0)
    s = np.clip(np.where(t != held, (b * held - c) / a, s), 0.0, 1.0)
    return np.linalg.norm(start + along * s[..., None] - (other_start + other * held[..., None]), axis=-1)
