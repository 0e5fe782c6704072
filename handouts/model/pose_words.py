"""The words that poses are written in: joints, hands, places on the body, target areas, things."""

from __future__ import annotations

SIDES = ("left", "right")
BOTH = "both"

MIDDLE_JOINTS = (
    "move_x", "move_y", "move_z", "yaw", "pitch", "spin", "tilt", "lumbar_flexion", "lumbar_bend", "lumbar_turn",
    "thoracic_flexion", "thoracic_bend", "thoracic_turn", "neck_flexion", "neck_bend", "neck_turn",
)  # fmt: skip
SIDED_JOINTS = (
    "shoulder_lift", "shoulder_forward", "shoulder_flexion", "shoulder_abduction", "shoulder_rotation", "elbow_flexion",
    "forearm_pronation", "wrist_flexion", "wrist_deviation", "knuckle_flexion", "finger_curl", "finger_spread", "thumb_across",
    "thumb_curl", "hip_flexion", "hip_abduction", "hip_rotation", "knee_flexion", "knee_rotation", "ankle_flexion",
    "foot_inversion", "toe_extension",
)  # fmt: skip
HANDS = ("flat", "relaxed", "cupped", "grip", "hook")

MIDDLE_PLACES = (
    "sacrum", "low_back", "mid_back", "upper_back", "head_back", "forehead", "breastbone", "belly", "chin", "nose", "crown",
    "pelvis", "spine_base", "waist", "mid_trunk", "chest", "neck", "head_base", "head",
)  # fmt: skip
SIDED_PLACES = (
    "heel", "ball", "sole", "toe_tip", "toenail", "instep", "ankle", "outer_ankle", "inner_ankle", "kneecap", "outer_knee",
    "inner_knee", "knee_back", "knee", "shin_top", "thigh_front", "thigh_back", "thigh_outer", "shin", "calf", "hip",
    "thigh_middle", "buttock", "sit_bone", "hip_side", "flank", "shoulder_blade", "elbow_tip", "elbow", "wrist", "shoulder",
    "upper_arm", "palm", "palm_heel", "knuckles", "hand_back", "fingertip", "thumb_tip",
)  # fmt: skip
MIDDLE_REGIONS = ("upper_back", "low_back", "head_back", "face", "forehead", "belly", "chest_front")
SIDED_REGIONS = (
    "seat", "hip_side", "thigh_front", "thigh_back", "foot", "forefoot", "heel", "toes", "foot_top", "foot_outer", "knee_front",
    "knee_outer", "knee_inner", "shin_front", "calf_back", "shin_outer", "hand", "fingers", "forearm", "elbow",
)  # fmt: skip
MIDDLE_FACINGS = ("face", "crown", "chest", "pelvis", "pelvis_up")
SIDED_FACINGS = ("palm", "fingers", "thumb", "sole", "toes", "kneecap", "shin")

MIDDLE_AREAS = ("low_back", "mid_back", "belly")
SIDED_AREAS = (
    "buttock", "outer_hip", "groin", "thigh_front", "thigh_back", "inner_thigh", "calf", "flank", "side_chest", "shoulder",
)  # fmt: skip
THINGS = (
    "chair", "counter", "cushion", "pillow", "block", "box", "plate", "rod", "bike",
    "bike-seat", "crank", "belt", "strap",
)  # fmt: skip
PARTS = ("pelvis", "belly", "chest", "head")
SIDED_PARTS_OF_BODY = ("thigh", "shank", "foot", "upper arm", "forearm", "hand")


def with_sides(middle: tuple[str, ...], sided: tuple[str, ...], sides: tuple[str, ...] = SIDES) -> tuple[str, ...]:
    """Return middle names, and sided ones for each side: `knee.left`."""
    return (*middle, *(f"{name}.{side}" for name in sided for side in sides))
