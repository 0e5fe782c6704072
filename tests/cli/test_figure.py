"""`handouts figure`: a clinic draws the pictures of its own exercise, checks them, and looks at them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from illustrate.posing import SQUAT, make_workspace

from cli.conftest import Run, files_in, read_text

DRAWN = ["assets/figures/female/squat.end.json", "assets/figures/female/squat.start.json"]
ANGLES = "assets/poses/solved/female/squat.json"


@pytest.fixture
def clinic(folder: Path) -> Path:
    make_workspace(folder / "clinic", squat=SQUAT)
    return folder / "clinic"


@pytest.fixture
def drawn(clinic: Path, run: Run) -> Path:
    ran = run("figure", "draw", "--workspace", "clinic", "--body", "female", "--jobs", "1")
    assert (ran.code, ran.err) == (0, "handouts figure: 3 files written\n")
    assert sorted(ran.out.splitlines()) == sorted(str(clinic / name) for name in (*DRAWN, ANGLES))
    return clinic


def test_drawing_writes_angles_and_pictures_into_the_clinics_folder(drawn: Path) -> None:
    assert [name for name in files_in(drawn) if name.endswith(".json")] == sorted([*DRAWN, ANGLES])
    asset = json.loads((drawn / DRAWN[0]).read_text())
    assert (asset["format"], asset["side"]) == (2, None)
    assert "arrow" in [layer for layer, _ in asset["paths"]]


def test_what_is_up_to_date_is_not_drawn_again(drawn: Path, run: Run) -> None:
    ran = run("figure", "draw", "squat", "--workspace", "clinic", "--body", "female")
    assert (ran.code, ran.out, ran.err) == (0, "", "handouts figure: everything is up to date\n")


def test_a_redraw_gives_the_same_bytes(drawn: Path, run: Run) -> None:
    before = {name: (drawn / name).read_bytes() for name in DRAWN}
    for name in DRAWN:
        (drawn / name).unlink()
    assert run("figure", "draw", "squat", "--workspace", "clinic", "--body", "female").code == 0
    assert {name: (drawn / name).read_bytes() for name in DRAWN} == before


def test_two_bodies_by_two_processes(clinic: Path, run: Run) -> None:
    ran = run("figure", "draw", "squat", "--workspace", "clinic", "--jobs", "2")
    assert (ran.code, len(ran.out.splitlines())) == (0, 6)
    female, male = (
        json.loads((clinic / f"assets/figures/{body}/squat.start.json").read_text())["box"] for body in ("female", "male")
    )
    assert male[1] > female[1]


def test_lint_passes_what_is_right(drawn: Path, run: Run) -> None:
    ran = run("figure", "lint", "--workspace", "clinic", "--body", "female")
    assert (ran.code, ran.out, ran.err) == (0, "", "handouts figure: 0 faults in 1 exercise on 1 body\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("0.85, 0.5]", "0.9, 0.4]", "end (female): the pose was changed after it was solved; draw it again"),
        ("{turn: 80", "{turn: 60", "squat.start.json is older than its pose; draw it again: handouts figure draw squat"),
        ("grow: 1.3", "grow: 1.4", "squat.end.json is older than its pose"),
        ("  end:", "  middle: {from: start}\n  end:", "middle (female): it is not solved"),
    ],
    ids=["pose", "camera", "target", "picture"],
)
def test_lint_finds_a_changed_pose_that_is_not_drawn_again(drawn: Path, run: Run, old: str, new: str, said: str) -> None:
    sheet = drawn / "assets/poses/squat.yaml"
    sheet.write_text(sheet.read_text().replace(old, new))
    ran = run("figure", "lint", "squat", "--workspace", "clinic", "--body", "female")
    assert ran.code == 3
    assert said in ran.out


def test_a_comment_does_not_make_drawings_old(drawn: Path, run: Run) -> None:
    sheet = drawn / "assets/poses/squat.yaml"
    sheet.write_text("# knees over the toes\n" + sheet.read_text())
    assert run("figure", "lint", "squat", "--workspace", "clinic", "--body", "female").code == 0


def test_lint_finds_a_missing_and_a_damaged_file(drawn: Path, run: Run) -> None:
    (drawn / DRAWN[0]).unlink()
    ran = run("figure", "lint", "squat", "--workspace", "clinic", "--body", "female")
    assert f"{DRAWN[0]} is missing" in ran.out
    (drawn / ANGLES).write_text('{"format": 1, "pictures": 7}')
    ran = run("figure", "lint", "squat", "--workspace", "clinic", "--body", "female")
    assert (ran.code, len(ran.lines)) == (3, 1)
    assert ran.err.startswith(f"{ANGLES}: these are not solved angles of a pose")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("figure", "draw", "squatt", "--workspace", "clinic"),
            3,
            "there is no pose sheet assets/poses/squatt.yaml (did you mean squat?)",
        ),
        (("figure", "draw", "squat", "--workspace", "clinic", "--body", "child"), 2, '--body: there is no body "child"'),
        (("figure", "sheet", "squat", "--workspace", "clinic", "-o", "x.pdf"), 3, 'there is no exercise "squat"'),
        (("figure", "lint", "--workspace", "nowhere"), 2, "--workspace: nowhere is no folder"),
        (("figure", "draw", "--workspace", "clinic", "--jobs", "0x"), 2, "--jobs"),
    ],
)
def test_wrong_words_are_told_in_one_line(clinic: Path, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    ran = run(*words)
    assert (ran.code, len(ran.lines)) == (code, 1)
    assert said in ran.err


def test_faults_of_a_sheet_name_file_line_and_column(clinic: Path, run: Run) -> None:
    sheet = clinic / "assets/poses/squat.yaml"
    sheet.write_text(sheet.read_text().replace("knee_flexion: 70", "knee_flex: 70").replace("from: start", "from: strat"))
    ran = run("figure", "draw", "squat", "--workspace", "clinic")
    assert ran.code == 3
    assert "clinic/assets/poses/squat.yaml:8:31: joints: expected the name of a joint" in ran.err
    assert files_in(clinic) == ["assets/poses/squat.yaml", "handouts.yaml"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("[" * 100_000, "nested"),
        ('{"format": 1, "pictures": {"start": {"solved_from": "x", "angles": {"yaw": NaN}}}}', "not a number"),
        ('{"format": 2}', "another format"),
        ("", "empty"),
    ],
    ids=lambda value: value if len(value) < 20 else "content",
)
def test_damaged_angles_are_told_with_the_cure_that_works(drawn: Path, run: Run, content: str, name: str) -> None:
    (drawn / ANGLES).write_text(content)
    ran = run("figure", "draw", "squat", "--workspace", "clinic", "--body", "female")
    assert (ran.code, len(ran.lines)) == (3, 1), name
    assert "solve them again: handouts figure draw --again" in ran.err
    assert run("figure", "draw", "squat", "--again", "--workspace", "clinic", "--body", "female").code == 0


@pytest.mark.parametrize("content", [b"", b"PK", b"not a body"])
def test_a_damaged_body_is_no_interruption(clinic: Path, run: Run, content: bytes) -> None:
    (clinic / "assets/bodies").mkdir(parents=True)
    (clinic / "assets/bodies/female.npz").write_bytes(content)
    ran = run("figure", "draw", "squat", "--workspace", "clinic", "--body", "female")
    assert (ran.code, len(ran.lines)) == (3, 1)
    assert ran.err.startswith("assets/bodies/female.npz: this is no body to draw, or it is damaged")


def test_goals_that_no_body_can_reach_are_drawn_and_left_to_lint(clinic: Path, run: Run) -> None:
    sheet = clinic / "assets/poses/squat.yaml"
    far = "      up: {at: palm.left, point: [0, 3, 0], weight: 20}\n      away: {at: heel.right, point: [3, 3, 3], weight: 20}\n"
    sheet.write_text(
        sheet.read_text().replace("mat: false", "mat: true").replace("      legs: none\n", f"      legs: none\n{far}")
    )
    assert run("figure", "draw", "squat", "--workspace", "clinic", "--body", "female").code == 0
    ran = run("figure", "lint", "squat", "--workspace", "clinic", "--body", "female")
    assert ran.code == 3
    assert "end (female): up: missed by" in ran.out


def test_things_too_far_away_are_refused(clinic: Path, run: Run) -> None:
    sheet = clinic / "assets/poses/squat.yaml"
    sheet.write_text(sheet.read_text() + "props: [{kind: box, size: [3, 3, 3], point: [3, 3, 3]}]\n")
    ran = run("figure", "draw", "squat", "--workspace", "clinic", "--body", "female")
    assert (ran.code, len(ran.lines)) == (3, 1)
    assert "farther apart than a picture can show" in ran.err


def test_a_linked_folder_does_not_lead_drawings_out(clinic: Path, run: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (clinic / "assets/figures").symlink_to(outside)
    ran = run("figure", "draw", "squat", "--workspace", "clinic", "--body", "female")
    assert (ran.code, len(ran.lines)) == (2, 1)
    assert "leads out of the workspace" in ran.err
    assert files_in(outside) == []


def test_a_file_in_place_of_a_folder(clinic: Path, run: Run) -> None:
    (clinic / "assets/figures").write_text("")
    ran = run("figure", "draw", "squat", "--workspace", "clinic", "--body", "female")
    assert (ran.code, len(ran.lines)) == (5, 1)


def test_poses_that_build_on_one_another_in_a_ring(clinic: Path, run: Run) -> None:
    sheet = clinic / "assets/poses/squat.yaml"
    sheet.write_text(sheet.read_text().replace("start: {from: standing", "start: {from: end"))
    ran = run("figure", "draw", "squat", "--workspace", "clinic")
    assert (ran.code, len(ran.lines)) == (3, 1)
    assert "builds on itself" in ran.err


def test_the_contact_sheet_shows_every_drawing_of_the_catalogue(run: Run, folder: Path, submit: Callable[..., None]) -> None:
    ran = run("figure", "sheet", "figure-four", "cobra", "--palette", "black-and-white", "-o", "sheet.pdf")
    assert (ran.code, ran.out) == (0, "sheet.pdf\n")
    text = read_text(folder / "sheet.pdf")
    for name in ("figure-four start (female)", "figure-four end (male)", "cobra end (female)", "black-and-white"):
        assert name in text
    submit(folder / "sheet.pdf")


def test_without_the_extra_one_line_says_what_to_install(clinic: Path) -> None:
    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "from handouts.cli import main; sys.exit(main(['figure', 'draw', 'squat', '--workspace', 'clinic']))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=clinic.parent, capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert (ran.returncode, ran.stderr) == (
        2,
        "drawing figures needs numpy (install it: pip install 'handouts[illustrate]')\n",
    )


def test_no_other_command_loads_what_only_drawing_needs() -> None:
    program = (
        "import sys\nfrom handouts.cli import main\nmain(['make', '--routine', 'five-minute', '-o', sys.argv[1]])\n"
        "heavy = ('numpy', 'scipy', 'handouts.illustrate', 'handouts.formats.pose_kinds')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, os.devnull], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert ran.stdout.splitlines()[-1] == "[]"
