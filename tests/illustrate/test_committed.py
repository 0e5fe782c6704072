"""What is committed: every exercise drawn for both bodies from poses that are right, up to date and small enough."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from handouts.bench import open_bench
from handouts.figure_files import FIGURES
from handouts.illustrate.artist import Artist
from handouts.illustrate.assets import as_vectors, figure_path, figure_texts
from handouts.illustrate.sheets import list_sheets
from handouts.illustrate.studio import LARGEST_FIGURE, LARGEST_TOTAL, Job, Studio
from handouts.model import BODIES, Sides
from handouts.pages.figures import read_figure
from handouts.workspace import Workspace

ROOT = Workspace().builtin
SHEETS = list_sheets(Workspace())
DRAWINGS = sorted((ROOT / FIGURES).glob("*/*.json"))
WITHOUT_TARGET = {"recumbent-bike"}  # nothing is stretched


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(Workspace())


def test_every_exercise_has_a_sheet_with_its_pictures(studio: Studio) -> None:
    catalog, _ = open_bench(Workspace(), None).library
    assert set(SHEETS) == set(catalog.exercises)
    assert len(SHEETS) == 25
    for exercise in catalog.exercises.values():
        sheet = studio.library.sheets[exercise.id]
        assert tuple(sheet.pictures) == exercise.pictures, exercise.id
        assert len(exercise.pictures) >= 2
        assert (sheet.side is not None) is (exercise.sides in (Sides.EACH, Sides.DIRECTIONS)), exercise.id


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("exercise", SHEETS)
def test_poses_are_right_and_drawings_up_to_date(studio: Studio, exercise: str, body: str) -> None:
    assert [str(fault) for fault in studio.lint(Job(exercise=exercise, body=body))] == []


def test_drawings_are_small_and_none_is_left_over(studio: Studio) -> None:
    sizes = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in DRAWINGS}
    sheets = studio.library.sheets
    wanted = {figure_path(body, name, each) for body in BODIES for name, sheet in sheets.items() for each in sheet.pictures}
    assert set(sizes) == wanted
    assert max(sizes.values()) <= LARGEST_FIGURE
    assert sum(sizes.values()) <= LARGEST_TOTAL


def test_no_angles_are_left_over() -> None:
    folder = ROOT / "assets/poses/solved"
    solved = {path.relative_to(folder).as_posix() for path in folder.rglob("*.json")}
    assert solved == {f"{body}/{exercise}.json" for body in BODIES for exercise in SHEETS}


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_drawing_shows_a_whole_person(path: Path) -> None:
    layers = [layer for layer, _ in json.loads(path.read_text())["paths"]]
    assert {"skin", "shirt", "shorts", "hair", "outline", "shadow"} <= set(layers)


def test_targets_and_arrows_are_shown_where_something_moves(studio: Studio) -> None:
    for exercise, sheet in studio.library.sheets.items():
        for body in BODIES:
            shown = {
                layer
                for picture in sheet.pictures
                for layer, _ in json.loads((ROOT / figure_path(body, exercise, picture)).read_text())["paths"]
            }
            assert "arrow" in shown, exercise
            assert "target" in shown or exercise in WITHOUT_TARGET, exercise


REDRAWN = [
    ("female", "glute-bridge", "end"),  # target, arrow, mat
    ("female", "recumbent-bike", "end"),  # things, shoes, an arrow that turns
    ("male", "cat-cow-hip-circles", "side"),  # a view of its own
    ("male", "happy-baby", "end"),  # hands that hold, a strap
]


@pytest.mark.parametrize(("body", "exercise", "picture"), REDRAWN, ids=lambda value: value)
def test_drawing_again_gives_what_is_committed(
    studio: Studio, artists: dict[str, Artist], body: str, exercise: str, picture: str, tmp_path: Path
) -> None:
    """The drawing code has not drifted from the assets. Areas and extents, not bytes: a processor may round another way."""
    sheet = studio.library.sheets[exercise]
    solved = json.loads((ROOT / f"assets/poses/solved/{body}/{exercise}.json").read_text())["pictures"]
    angles = as_vectors({name: each["angles"] for name, each in solved.items()})
    again = tmp_path / "again.json"
    again.write_text(figure_texts(sheet, artists[body].draw_sheet(sheet, angles), "x")[picture])
    mine, theirs = measure_layers(again), measure_layers(ROOT / figure_path(body, exercise, picture))
    assert list(mine) == list(theirs)
    for layer, (area, extent) in mine.items():
        assert area == pytest.approx(theirs[layer][0], rel=0.03, abs=150), layer
        assert np.allclose(extent, theirs[layer][1], atol=4), layer


def measure_layers(path: Path) -> dict[str, tuple[float, np.ndarray]]:
    """The area that the points of each layer's shapes enclose, and the corners around them; millimetres of body."""
    measured = {}
    for layer, operators in read_figure(path, path.name, path.stem).paths:
        area, corners = 0.0, []
        for subpath in operators.split(" m"):
            numbers = np.array([int(word) for word in subpath.split() if word not in "mlch"], float).reshape(-1, 2)
            x, y = numbers.T
            area += abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2
            corners.append(numbers)
        points = np.vstack(corners)
        measured[layer] = (area, np.array([points.min(axis=0), points.max(axis=0)]))
    return measured
