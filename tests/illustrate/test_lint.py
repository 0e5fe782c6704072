"""Check the checks: each finds a planted fault, and the clean sheet passes them all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from handouts.illustrate.artist import Artist
from handouts.illustrate.joints import INDEX
from handouts.illustrate.lint import distance_outside, lint_sheet
from handouts.illustrate.rotations import Floats
from illustrate.posing import SQUAT, load


def faults(artist: Artist, folder: Path, text: str = SQUAT, **changes: float) -> list[str]:
    """What the linter says of a sheet whose solved end is then changed in some joints."""
    library = load(folder, text)
    sheet = library.sheets["squat"]
    angles = {name: values.copy() for name, values in artist.solve_sheet(sheet, library.starts).items()}
    for joint, value in changes.items():
        for name in (joint,) if joint in INDEX else (f"{joint}.left", f"{joint}.right"):
            angles["end"][INDEX[name]] += value
    return [f"{fault.picture}: {fault.message}" for fault in lint_sheet(artist, sheet, library.starts, angles)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clinic")


def test_the_clean_sheet_passes(woman: Artist, folder: Path) -> None:
    assert faults(woman, folder) == []


PLANTED: dict[str, tuple[dict[str, float], str]] = {
    "contact": ({"move_y": 0.025}, "end: feet: foot.left: missed by 2"),
    "direction": ({"shoulder_flexion": -40}, "degrees off, 20 at most"),
    "joint limit": ({"elbow_flexion": -30}, "elbow_flexion.left is -"),
    "overlap": ({"shoulder_abduction": -60}, "inside"),
    "sinks": ({"move_y": -0.2}, "end: sinks 2"),
    "floats": ({"move_y": 0.03}, "end: floats 2"),
    "balance": ({"pitch": 50}, "end: would fall over"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_each_check_of_angles_finds_its_fault(woman: Artist, folder: Path, fault: str) -> None:
    changes, said = PLANTED[fault]
    assert any(said in found for found in faults(woman, folder, **changes)), faults(woman, folder, **changes)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("thigh_front.left, grow: 1.3", "thigh_front.left, grow: 0.3", "square mm of the target area are seen"),
        ("area: thigh_front.left", "area: thigh_back.right", "square mm of the target area are seen"),
        ("turn: 80", "turn: -100", "square mm of the target area are seen"),
    ],
    ids=["too small", "hidden", "from the other side"],
)
def test_a_target_must_be_seen(woman: Artist, folder: Path, old: str, new: str, said: str) -> None:
    found = faults(woman, folder, SQUAT.replace(old, new))
    assert any(said in each for each in found)


def test_pictures_must_differ(woman: Artist, folder: Path) -> None:
    same = SQUAT.partition("    joints:")[0] + "    arrows:\n      - along: [{place: chest}, {place: crown}]\n"
    assert any("end: looks like start" in each for each in faults(woman, folder, same))


def test_each_target_must_be_seen(woman: Artist, folder: Path) -> None:
    """A large area in view does not make up for one that is hidden."""
    both = SQUAT.replace("targets: [{area: thigh_front.left, grow: 1.3}]", "targets: [thigh_front.left, thigh_back.right]")
    found = faults(woman, folder, both)
    assert any("of the target thigh_back.right are seen" in each for each in found)
    assert not any("thigh_front.left are seen" in each for each in found)


def test_a_strap_holds_nobody(woman: Artist, folder: Path) -> None:
    strap = SQUAT + "props: [{kind: strap, places: [palm.left, palm.right]}]\n"
    assert any("would fall over" in each for each in faults(woman, folder, strap, pitch=50))
    assert any("floats" in each for each in faults(woman, folder, strap, move_y=0.03))


def test_an_arrow_must_have_a_length(woman: Artist, folder: Path) -> None:
    text = SQUAT.partition("    arrows:")[0] + "    arrows: [{along: [{place: chest}, {place: chest}]}]\n"
    assert "end: arrow 1 has no length in this view" in faults(woman, folder, text)


def test_a_movement_needs_an_arrow(woman: Artist, folder: Path) -> None:
    assert "start: no arrow shows the movement" in faults(woman, folder, SQUAT.partition("    arrows:")[0])


def test_a_limb_may_be_pressed_into_another_where_the_sheet_says_so(woman: Artist, folder: Path) -> None:
    changes = PLANTED["overlap"][0]
    crossed = [each for each in faults(woman, folder, **changes) if "inside" in each]
    parts = {tuple(each.removeprefix("end: ").replace(" is ", "|").replace(" inside ", "|").split("|")[::2]) for each in crossed}
    allowed = "may_overlap: [" + ", ".join(f"[{first}, {second}]" for first, second in parts) + "]\n"
    assert not [each for each in faults(woman, folder, SQUAT + allowed, **changes) if "inside" in each]


def test_what_stands_on_a_chair_is_held_by_it(woman: Artist, folder: Path) -> None:
    """Hands on a seat hold the body up: leaning over it is no fall, leaning over nothing is."""
    leaning = {"pitch": 50.0}
    chair = SQUAT + "props: [{kind: box, point: [0, 0, 0.75], size: [1.2, 0.7, 0.5]}]\n"
    assert not [each for each in faults(woman, folder, chair, **leaning) if "fall" in each]


@pytest.mark.parametrize(("point", "outside"), [([0.5, 0.5], 0), ([1.5, 0.5], 0.5), ([2.0, 2.0], 2**0.5), ([-0.25, 0.5], 0.25)])
def test_distance_outside_a_square(point: list[float], outside: float) -> None:
    square: Floats = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1], [0.4, 0.6]])
    assert distance_outside(np.array(point), square) == pytest.approx(outside)


def test_a_single_support_holds_only_what_is_above_it() -> None:
    assert distance_outside(np.array([3.0, 4.0]), np.zeros((1, 2))) == pytest.approx(5)
    assert distance_outside(np.array([3.0, 4.0]), np.zeros((0, 2))) == float("inf")
