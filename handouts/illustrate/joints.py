"""The joints that can be bent: names, limits, and how stiffly the solver keeps them near the angle a pose states.

Zero is standing upright with the arms hanging, palms to the thighs. Limits are rounded from the ranges of motion published by
the American Academy of Orthopaedic Surgeons, widened where a passive stretch goes further (heel to buttock, child's pose).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from handouts.illustrate.rotations import Floats
from handouts.model.pose_words import SIDES
from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """One degree of freedom: degrees, or metres for the three that move the whole body.

    `stiffness` is the weight of one degree (or metre) away from the stated angle, beside 20 for one metre of missed contact.
    """

    name: str
    rest: float
    low: float
    high: float
    stiffness: float

    @property
    def is_length(self) -> bool:
        """True for the three that move the whole body."""
        return self.name.startswith("move_")


_LOOSE, _TRUNK, _FIRM, _FIXED = 0.006, 0.015, 0.03, 0.3

_MIDDLE: tuple[tuple[str, float, float, float, float], ...] = (
    ("move_x", 0, -3, 3, 0.02),
    ("move_y", 0, -1, 2, 0.02),
    ("move_z", 0, -3, 3, 0.02),
    ("yaw", 0, -360, 360, _FIXED),  # the way the person faces, about the vertical
    ("pitch", 0, -190, 190, _FIRM),  # leaning forward as a whole: prone 90, supine -90
    ("spin", 0, -190, 190, _FIXED),  # about the body's own long axis: rolling over
    ("tilt", 0, -95, 95, _FIRM),  # sideways, to the person's right
    ("lumbar_flexion", 0, -35, 55, _TRUNK),
    ("lumbar_bend", 0, -25, 25, _FIRM),  # sideways, to the left
    ("lumbar_turn", 0, -12, 12, _FIRM),  # to the left
    ("thoracic_flexion", 0, -25, 45, _TRUNK),
    ("thoracic_bend", 0, -28, 28, _FIRM),
    ("thoracic_turn", 0, -40, 40, _FIRM),
    ("neck_flexion", 0, -60, 55, _FIRM),
    ("neck_bend", 0, -40, 40, _FIRM),
    ("neck_turn", 0, -75, 75, _FIRM),
)

_SIDED: tuple[tuple[str, float, float, float, float], ...] = (
    ("shoulder_lift", 0, -10, 30, _FIRM),  # shoulder blade
    ("shoulder_forward", 0, -25, 30, _FIRM),
    ("shoulder_flexion", 0, -60, 185, _LOOSE),
    ("shoulder_abduction", 8, -50, 180, _LOOSE),
    ("shoulder_rotation", 0, -90, 90, _LOOSE),  # inward
    ("elbow_flexion", 8, 0, 150, _LOOSE),
    ("forearm_pronation", 0, -90, 90, _LOOSE),
    ("wrist_flexion", 0, -90, 80, _LOOSE),
    ("wrist_deviation", 0, -30, 35, _FIRM),
    ("knuckle_flexion", 14, -25, 90, _FIRM),
    ("finger_curl", 18, 0, 105, _FIRM),
    ("finger_spread", 0, -6, 14, _FIRM),
    ("thumb_across", 10, -25, 70, _FIRM),
    ("thumb_curl", 10, -10, 60, _FIRM),
    ("hip_flexion", 0, -30, 138, _LOOSE),
    ("hip_abduction", 4, -40, 70, _LOOSE),
    ("hip_rotation", 3, -45, 75, _LOOSE),  # outward
    ("knee_flexion", 3, 0, 165, _LOOSE),
    ("knee_rotation", 0, -30, 30, _FIRM),  # of the shin, outward; only ever a few degrees
    ("ankle_flexion", 0, -62, 40, _LOOSE),  # toes up is positive
    ("foot_inversion", 0, -25, 35, _FIRM),
    ("toe_extension", 0, -40, 75, _FIRM),
)

JOINTS: tuple[Joint, ...] = tuple(
    Joint(name=name, rest=rest, low=low, high=high, stiffness=stiffness)
    for name, rest, low, high, stiffness in (
        *_MIDDLE,
        *((f"{row[0]}.{side}", *row[1:]) for side in SIDES for row in _SIDED),
    )
)
INDEX: Mapping[str, int] = {joint.name: number for number, joint in enumerate(JOINTS)}
SIDED_NAMES: tuple[str, ...] = tuple(row[0] for row in _SIDED)
MIDDLE_NAMES: tuple[str, ...] = tuple(row[0] for row in _MIDDLE)

REST: Floats = np.array([joint.rest for joint in JOINTS], float)
LOW: Floats = np.array([joint.low for joint in JOINTS], float)
HIGH: Floats = np.array([joint.high for joint in JOINTS], float)
STIFFNESS: Floats = np.array([joint.stiffness for joint in JOINTS], float)
LENGTHS: tuple[int, ...] = tuple(number for number, joint in enumerate(JOINTS) if joint.is_length)

HANDS: Mapping[str, Mapping[str, float]] = {
    "flat": {"knuckle_flexion": 2, "finger_curl": 2, "finger_spread": 3, "thumb_across": -25, "thumb_curl": -10},
    "relaxed": {"knuckle_flexion": 16, "finger_curl": 26, "finger_spread": 0, "thumb_across": 14, "thumb_curl": 14},
    "cupped": {"knuckle_flexion": 34, "finger_curl": 34, "finger_spread": -1, "thumb_across": 24, "thumb_curl": 14},
    "grip": {"knuckle_flexion": 66, "finger_curl": 72, "finger_spread": -3, "thumb_across": 52, "thumb_curl": 34},
    "hook": {"knuckle_flexion": 30, "finger_curl": 78, "finger_spread": -3, "thumb_across": 20, "thumb_curl": 20},
}
"""Hands by name, as finger angles in degrees: resting flat, hanging, laid over a round part, holding, hooked."""


def named_angles(angles: Floats) -> dict[str, float]:
    """Return angles by joint name, rounded to what a picture can show: 0.01 degrees, 0.1 mm."""
    return {joint.name: round(float(angle), 4 if joint.is_length else 2) for joint, angle in zip(JOINTS, angles, strict=True)}


def angles_from(named: Mapping[str, float]) -> Floats:
    """Return the vector of angles of a full set of names. Raises KeyError when one is missing."""
    return np.array([named[joint.name] for joint in JOINTS], float)
