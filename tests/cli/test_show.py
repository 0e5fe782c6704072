"""`handouts show`: every clinical field with its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.conftest import Run

FACTS = ("kind", "position", "regions", "muscles", "directions", "tags", "places", "sides", "level", "equipment", "swaps")


def test_an_exercise_in_full(run: Run) -> None:
    ran = run("show", "cobra")
    assert (ran.code, ran.err) == (0, "")
    for fact in FACTS:
        assert re.search(rf"^{fact} +\S.*\[[a-z0-9, -]+\]$", ran.out, re.MULTILINE), fact
    for line in (
        r"hold          10 s  \[acsm-2011\]",
        r"flexion       avoid: .+\.  \[lift\]",
        r"start         present: assets/figures/female/cobra\.start\.json",
        r"lift          LIFT Physiotherapy",
        r"stop if       \[inferred\]",
    ):
        assert re.search(rf"^  {line}", ran.out, re.MULTILINE), line
    assert "1. Lie on your stomach" in ran.out


def test_a_missing_picture_is_said(run: Run, folder: Path) -> None:
    (folder / "handouts.yaml").write_text("paper: a4\n")
    (folder / "catalog" / "exercises").mkdir(parents=True)
    (folder / "catalog" / "exercises" / "cobra.yaml").write_text("pictures: [start, middle, end]\n")
    (folder / "catalog" / "words" / "en").mkdir(parents=True)
    (folder / "catalog" / "words" / "en" / "cobra.yaml").write_text("pictures: {middle: {alt: Half way.}}\n")
    assert "  middle        missing: assets/figures/female/cobra.middle.json\n" in run("show", "cobra").out


@pytest.mark.parametrize("wanted", ["five-minute", "extension", "glaucoma"])
def test_routines_profiles_and_precautions(wanted: str, run: Run) -> None:
    ran = run("show", wanted)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{wanted}: ")
    assert "\nsources\n" in ran.out


def test_everything_can_be_shown(run: Run) -> None:
    from handouts.bench import Bench
    from handouts.cli.show import describe
    from handouts.workspace import Workspace

    bench = Bench(Workspace(), "en")
    catalog, _ = bench.library
    every = [*catalog.exercises, *catalog.routines, *catalog.profiles, *catalog.precautions]
    assert len(every) > 40
    assert all(list(describe(each, bench)) for each in every)


def test_an_unknown_id(run: Run) -> None:
    ran = run("show", "cobr")
    assert (ran.code, ran.out, ran.lines) == (3, "", ['there is no "cobr" (did you mean cobra?)'])
    assert run("show").lines == ["handouts show: missing argument 'ID' (see: handouts show --help)"]
