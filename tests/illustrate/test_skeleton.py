from __future__ import annotations

import numpy as np
import pytest

from handouts.illustrate.artist import Artist
from handouts.illustrate.joints import INDEX, REST, angles_from, named_angles
from handouts.illustrate.rotations import Floats
from handouts.model import BODIES
from handouts.model.pose_words import SIDES

SIDED = [name.removesuffix(".left") for name in INDEX if name.endswith(".left")]


def points(artist: Artist, **joints: float) -> dict[str, Floats]:
    angles = REST.copy()
    for name, value in joints.items():
        for side in SIDES if name in SIDED else ("",):
            angles[INDEX[f"{name}.{side}" if side else name]] = value
    view = artist.solver.view(angles)
    return {name: view.point(name)[0] for name in artist.landmarks.names}


@pytest.mark.parametrize("body", BODIES)
def test_rest_is_standing_with_hanging_arms(artists: dict[str, Artist], body: str) -> None:
    at = points(artists[body], elbow_flexion=0, shoulder_abduction=0)
    for side in SIDES:
        assert at[f"wrist.{side}"][1] < at[f"elbow.{side}"][1] < at[f"shoulder.{side}"][1]
        assert abs(at[f"wrist.{side}"][0] - at[f"shoulder.{side}"][0]) < 0.02
        assert at[f"ankle.{side}"][1] < at[f"knee.{side}"][1] < at[f"hip.{side}"][1]
        assert at[f"toe_tip.{side}"][2] > at[f"heel.{side}"][2] + 0.15
    assert at["crown"][1] > at["chin"][1] > at["chest"][1] > at["pelvis"][1]
    assert at["nose"][2] > at["head_back"][2]


@pytest.mark.parametrize(
    ("joint", "place", "axis", "way"),
    [
        ("hip_flexion", "knee", 2, 1),
        ("knee_flexion", "ankle", 2, -1),
        ("hip_abduction", "ankle", 0, 1),
        ("shoulder_flexion", "wrist", 2, 1),
        ("shoulder_abduction", "wrist", 0, 1),
        ("elbow_flexion", "wrist", 2, 1),
        ("ankle_flexion", "toe_tip", 1, 1),
        ("toe_extension", "toe_tip", 1, 1),
    ],
)
def test_a_joint_moves_its_limb_the_way_its_name_says(woman: Artist, joint: str, place: str, axis: int, way: int) -> None:
    before, after = points(woman), points(woman, **{joint: 60})
    for side, sign in (("left", 1), ("right", -1)):
        moved = (after[f"{place}.{side}"] - before[f"{place}.{side}"])[axis]
        assert moved * way * (sign if axis == 0 else 1) > 0.02


@pytest.mark.parametrize(
    ("joint", "part", "direction"),
    [
        ("foot_inversion", "sole", (-1, 0, 0)),  # inward
        ("hip_rotation", "kneecap", (1, 0, 0)),  # outward
        ("forearm_pronation", "palm", (0, 0, -1)),
        ("shoulder_rotation", "palm", (0, 0, -1)),  # inward
        ("wrist_flexion", "fingers", (-1, 0, 0)),
        ("ankle_flexion", "toes", (0, 1, 0)),
    ],
)
def test_a_turned_joint_faces_the_way_its_name_says(
    woman: Artist, joint: str, part: str, direction: tuple[float, float, float]
) -> None:
    """Directions are those of the left side; on the right x is mirrored."""
    turned = REST.copy()
    for side in SIDES:
        turned[INDEX[f"{joint}.{side}"]] = 30
    before, after = woman.solver.view(REST), woman.solver.view(turned)
    for side, sign in (("left", 1), ("right", -1)):
        moved = after.facing(f"{part}.{side}")[0] - before.facing(f"{part}.{side}")[0]
        assert moved @ (np.array(direction) * [sign, 1, 1]) > 0.3


def test_fingers_and_thumb_close_on_the_palm(woman: Artist) -> None:
    at, closed = points(woman), points(woman, knuckle_flexion=60, finger_curl=60, thumb_across=40)
    for side in SIDES:
        for tip in ("fingertip", "thumb_tip"):
            before, after = (np.linalg.norm(each[f"{tip}.{side}"] - each[f"palm.{side}"]) for each in (at, closed))
            assert after < before, tip


@pytest.mark.parametrize(("joint", "axis", "way"), [("lumbar_flexion", 2, 1), ("lumbar_bend", 0, 1), ("thoracic_flexion", 2, 1)])
def test_the_trunk_bends_forward_and_to_the_left(woman: Artist, joint: str, axis: int, way: int) -> None:
    before, after = points(woman), points(woman, **{joint: 20})
    assert (after["crown"] - before["crown"])[axis] * way > 0.05


def test_turning_left_looks_left(woman: Artist) -> None:
    at = points(woman, neck_turn=60)
    assert at["nose"][0] - at["head"][0] > 0.05


def test_bones_keep_their_length(woman: Artist) -> None:
    random = np.random.default_rng(7)
    batch = REST + random.uniform(-40, 40, (20, len(REST)))
    view = woman.solver.view(batch)
    for side in SIDES:
        for first, second in (("hip", "knee"), ("knee", "ankle"), ("elbow", "wrist")):
            length = np.linalg.norm(view.point(f"{first}.{side}") - view.point(f"{second}.{side}"), axis=1)
            assert np.ptp(length) < 2e-4  # half of a twist is on the first half of a limb


def test_both_sides_are_mirror_images(woman: Artist) -> None:
    """The body itself is symmetrical to a few millimetres; the joints must be so too."""
    at = points(woman, hip_flexion=70, hip_abduction=20, hip_rotation=30, knee_flexion=80, shoulder_flexion=50, elbow_flexion=60)
    for name in ("knee", "ankle", "elbow", "wrist", "palm", "toe_tip"):
        left, right = at[f"{name}.left"], at[f"{name}.right"]
        assert np.allclose(left * [-1, 1, 1], right, atol=0.006), name


def test_angles_are_written_and_read_by_name() -> None:
    angles = REST + np.arange(len(REST)) * 0.5
    assert np.allclose(angles_from(named_angles(angles)), angles, atol=0.006)
