"""Finds the joint angles of a pose: stated angles are where the search starts, goals are what must come true.

Least squares over all joints (scipy, trust region, bounds are the joint limits) with forward differences computed as one batch.
Besides the goals: no skin below the floor, no limb inside another, and no joint farther from its stated angle than needed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.optimize import least_squares

from handouts.illustrate.collisions import Capsules
from handouts.illustrate.goals import Miss, View, measure, residuals
from handouts.illustrate.joints import HANDS, HIGH, INDEX, JOINTS, LENGTHS, LOW, STIFFNESS
from handouts.illustrate.landmarks import Landmarks
from handouts.illustrate.rotations import Floats
from handouts.model.pose_words import SIDES
from handouts.model.poses import Goal, PoseText
from handouts.nouns import dataclass

_FLOOR, _OVERLAP = 12.0, 8.0  # weights of a metre below the floor, and inside another limb
_SKIN = 0.006  # metres that skin may press into a mat
_STEP, _LENGTH_STEP = 0.02, 1e-4  # of the differences: degrees, metres
_SPAN, _LENGTH_SPAN = 10.0, 0.05  # how far one step of the search may go
_INSIDE = 1e-4  # a start must lie inside the bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A pose ready to be solved: stated angles, goals of its own and of what it builds on, what is stiff and what is locked."""

    stated: Floats
    goals: Mapping[str, Goal]
    stiffness: Floats
    locked: frozenset[int]
    may_overlap: tuple[tuple[str, str], ...] = ()


class Solver:
    """Solves poses of one body."""

    def __init__(self, landmarks: Landmarks) -> None:
        self.landmarks = landmarks
        self.capsules = Capsules()

    def view(self, angles: Floats) -> View:
        """A batch of poses as goals see it."""
        return View(self.landmarks, self.landmarks.skeleton.bend(angles))

    def solve(self, task: Task) -> Floats:
        """The joint angles that fit the task best."""
        low, high = np.minimum(LOW, task.stated - 1e-3), np.maximum(HIGH, task.stated + 1e-3)
        free = np.array([k for k in range(len(JOINTS)) if k not in task.locked])
        lengths = np.isin(free, LENGTHS)
        apart = self.capsules.kept_apart(task.may_overlap)

        def complete(values: Floats) -> Floats:
            angles = np.tile(task.stated, (len(values), 1))
            angles[:, free] = values
            return angles

        def cost(values: Floats) -> Floats:
            return self._residuals(complete(values), task, apart)

        steps = np.where(lengths, _LENGTH_STEP, _STEP)

        def slopes(values: Floats) -> Floats:
            batch = np.tile(values, (len(values) + 1, 1))
            batch[np.arange(len(values)), np.arange(len(values))] += steps
            results = cost(batch)
            return ((results[:-1] - results[-1]) / steps[:, None]).T

        found = least_squares(
            lambda values: cost(values[None])[0],
            np.clip(task.stated[free], low[free] + _INSIDE, high[free] - _INSIDE),
            slopes,
            bounds=(low[free], high[free]),
            x_scale=np.where(lengths, _LENGTH_SPAN, _SPAN),
            max_nfev=100,
            ftol=1e-5,
            xtol=1e-5,
        )
        return complete(np.asarray(found.x)[None])[0]

    def _residuals(self, angles: Floats, task: Task, apart: Floats) -> Floats:
        view = self.view(angles)
        parts = [residuals(goal, view) for goal in task.goals.values()]
        height = self.landmarks.skin_points(view.frames, self.landmarks.skin)[..., 1]
        parts.append(_FLOOR * np.minimum(height + _SKIN, 0.0))
        parts.append(_OVERLAP * self.capsules.depths(view) * apart)
        parts.append((angles - task.stated) * task.stiffness)
        return np.concatenate(parts, axis=1)

    def measure(self, angles: Floats, goals: Mapping[str, Goal]) -> tuple[Miss, ...]:
        """How far each goal is missed."""
        view = self.view(angles)
        return tuple(miss for name, goal in goals.items() for miss in measure(name, goal, view))


def joint_numbers(name: str) -> list[int]:
    """The joints a pose means: one, or both of a sided joint written without a side."""
    return [INDEX[name]] if name in INDEX else [INDEX[f"{name}.{side}"] for side in SIDES]


def state_angles(angles: Floats, text: PoseText) -> None:
    """Write the stated hands and joints of a pose over angles."""
    for which, preset in text.hands.items():
        for side in SIDES if which == "both" else (which,):
            for joint, value in HANDS[preset].items():
                angles[INDEX[f"{joint}.{side}"]] = value
    for name, value in text.joints.items():
        angles[joint_numbers(name)] = value


def stiffness_of(stiff: Mapping[str, float]) -> Floats:
    """The stiffness of every joint, with what a pose says over it."""
    stiffness = STIFFNESS.copy()
    for name, value in stiff.items():
        stiffness[joint_numbers(name)] = value
    return stiffness
