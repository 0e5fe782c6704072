"""What a pose must reach, as numbers that are zero when it does.

Each goal gives residuals for a batch of poses: metres for contact, parts of a unit vector for directions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from handouts.illustrate.landmarks import FACINGS, MIDDLE_FACINGS, Landmarks
from handouts.illustrate.rotations import Floats, unit
from handouts.illustrate.skeleton import Frames, sign_of
from handouts.model.pose_words import SIDES
from handouts.model.poses import At, Direction, Facing, Goal, Level, LooseVector, OnFloor, Touch

CONTACT, TURN = 20.0, 6.0  # weights of a metre and of a unit vector's part
_LOWEST = 3  # points of a region that count as its lowest


@dataclass(frozen=True)
class View:
    """A batch of poses as goals see it."""

    landmarks: Landmarks
    frames: Frames

    @cached_property
    def _points(self) -> Floats:
        return self.landmarks.place(self.frames)

    def point(self, name: str) -> Floats:
        """A landmark, or the middle of two: "palm.left + palm.right". (B, 3)."""
        if " + " in name:
            return np.mean([self.point(part) for part in name.split(" + ")], axis=0)
        return self._points[:, self.landmarks.number[name]]

    def lowest(self, name: str) -> Floats:
        """The height of the lowest part of a region, or of a landmark. (B, 1)."""
        members = self.landmarks.regions.get(name)
        if members is None:
            return self.point(name)[:, 1:2]
        heights = self.landmarks.skin_points(self.frames, members)[..., 1]
        return np.partition(heights, _LOWEST, axis=1)[:, :_LOWEST].mean(axis=1, keepdims=True)

    def facing(self, part: str) -> Floats:
        """The direction a part faces. (B, 3)."""
        name, _, side = part.partition(".")
        if side:
            bone, direction = FACINGS[name]
            return self.frames.anatomy[f"{bone}.{side[0].upper()}"] @ np.array(direction(sign_of(side)), float)
        bone, fixed = MIDDLE_FACINGS[name]
        return self.frames.anatomy[bone] @ np.array(fixed, float)


@dataclass(frozen=True, slots=True)
class Miss:
    """How far a goal is missed in the first pose of a batch: metres, or degrees for a direction."""

    name: str
    amount: float
    is_angle: bool


def spread_sides(goals: Mapping[str, Goal | None]) -> dict[str, Goal]:
    """Write out goals for `.both` sides as one for each: x means outward there, so it is mirrored on the right."""
    spread: dict[str, Goal] = {}
    for name, goal in goals.items():
        if goal is None:
            continue
        if not _speaks_of_both(goal):
            spread[name] = goal
            continue
        for side in SIDES:
            spread[f"{name}.{side}"] = _for_side(goal, side)
    return spread


def _speaks_of_both(goal: Goal) -> bool:
    return any(".both" in place for place in _places(goal))


def _places(goal: Goal) -> tuple[str, ...]:
    if isinstance(goal, At):
        return (goal.place,)
    return (goal.part,) if isinstance(goal, Facing) else goal.places


def _for_side(goal: Goal, side: str) -> Goal:
    def named(place: str) -> str:
        return place.replace(".both", f".{side}")

    def mirrored(vector: LooseVector) -> LooseVector:
        x, y, z = vector
        return (None if x is None else x * sign_of(side), y, z)

    match goal:
        case OnFloor():
            return replace(goal, places=tuple(named(place) for place in goal.places))
        case Level(places=(first, second)):
            return replace(goal, places=(named(first), named(second)))
        case Touch():
            offset = mirrored(goal.offset) if goal.offset else None
            return replace(goal, places=(named(goal.places[0]), named(goal.places[1])), offset=offset)
        case At():
            return replace(goal, place=named(goal.place), point=mirrored(goal.point))
        case Direction():
            return replace(goal, places=(named(goal.places[0]), named(goal.places[1])), to=mirrored(goal.to))
        case Facing():
            x, y, z = goal.to
            return replace(goal, part=named(goal.part), to=(x * sign_of(side), y, z))


def residuals(goal: Goal, view: View) -> Floats:
    """How far each pose is from the goal: (B, k), weighted for the solver."""
    match goal:
        case OnFloor(places=places, height=height):
            missed = np.concatenate([view.lowest(place) for place in places], axis=1) - height
            return missed * (CONTACT * goal.weight)
        case At(place=place, point=point):
            return _coordinates(view.point(place), point) * (CONTACT * goal.weight)
        case Touch(places=(first, second)):
            apart = view.point(first) - view.point(second)
            if goal.gap is not None:
                apart = np.linalg.norm(apart, axis=1, keepdims=True) - goal.gap
            elif goal.offset is not None:
                apart = _coordinates(apart, goal.offset)
            return apart * (CONTACT * goal.weight)
        case Level(places=(first, second), axis=axis):
            k = "xyz".index(axis)
            return (view.point(first) - view.point(second))[:, k : k + 1] * (CONTACT * goal.weight)
        case Direction(places=(start, end), to=to):
            along = unit(view.point(end) - view.point(start))
            return _coordinates(along, _normal(to)) * (TURN * goal.weight)
        case Facing(part=part, to=to):
            return (view.facing(part) - unit(np.array(to, float))) * (TURN * goal.weight)


def measure(name: str, goal: Goal, view: View) -> list[Miss]:
    """How far the first pose misses the goal; a floor goal is told place by place."""
    match goal:
        case OnFloor():
            return [
                Miss(f"{name}: {place}", abs(float(view.lowest(place)[0, 0]) - goal.height), is_angle=False)
                for place in goal.places
            ]
        case Direction() | Facing():
            missed = residuals(replace(goal, weight=1.0), view)[0] / TURN
            return [Miss(name, float(np.degrees(2 * np.arcsin(min(1.0, float(np.linalg.norm(missed)) / 2)))), is_angle=True)]
        case _:
            missed = residuals(replace(goal, weight=1.0), view)[0] / CONTACT
            return [Miss(name, float(np.linalg.norm(missed)), is_angle=False)]


def _coordinates(values: Floats, wanted: LooseVector) -> Floats:
    """The coordinates that are not free, minus what they should be."""
    kept = [k for k, value in enumerate(wanted) if value is not None]
    return values[:, kept] - np.array([value for value in wanted if value is not None])


def _normal(direction: LooseVector) -> LooseVector:
    x, y, z = direction
    if x is None or y is None or z is None:
        return direction
    scaled = unit(np.array([x, y, z], float))
    return (float(scaled[0]), float(scaled[1]), float(scaled[2]))
