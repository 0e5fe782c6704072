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


def test_drawing_again_gives_what_is_committed(studio: Studio, woman: Artist) -> None:
    """The drawing code has not drifted from the assets. Shapes, not bytes: a processor may round another way."""
    exercise, picture = "glute-bridge", "end"
    sheet = studio.library.sheets[exercise]
    solved = json.loads((ROOT / f"assets/poses/solved/female/{exercise}.json").read_text())["pictures"]
    angles = as_vectors({name: each["angles"] for name, each in solved.items()})
    again = json.loads(figure_texts(sheet, woman.draw_sheet(sheet, angles), "x")[picture])
    committed = json.loads((ROOT / figure_path("female", exercise, picture)).read_text())
    assert np.allclose(again["box"], committed["box"], atol=2)
    assert [layer for layer, _ in again["paths"]] == [layer for layer, _ in committed["paths"]]
    for (layer, mine), (_, theirs) in zip(again["paths"], committed["paths"], strict=True):
        assert len(mine) == pytest.approx(len(theirs), rel=0.1, abs=40), layer
