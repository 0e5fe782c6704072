"""The shipped catalogue loads whole, a clinic's folder lies over it, and every planted fault is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.catalog.clinics import load_clinic
from handouts.catalog.wordings import load_library
from handouts.errors import InputError
from handouts.model import Verdict
from handouts.workspace import Workspace, builtin_root, find_languages


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def clinic(tmp_path: Path) -> Workspace:
    return Workspace(root=tmp_path, current=tmp_path)


def told(workspace: Workspace) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_library(workspace, "en")
    return [str(problem) for problem in caught.value.problems]


def test_the_shipped_catalogue_is_whole() -> None:
    catalog, words = load_library(Workspace(), "en")
    assert len(catalog.exercises) >= 25
    assert set(words.exercises) == set(catalog.exercises)
    assert set(words.routines) == set(catalog.routines)
    assert len(catalog.version) == 12
    for exercise in catalog.exercises.values():
        assert set(exercise.sources) >= {"kind", "position", "tags", "sides", "equipment", "swaps"}
        assert set(exercise.verdicts) == set(catalog.profiles)
        assert set(words.exercises[exercise.id].pictures) == set(exercise.pictures)
        for key in ("purpose", "steps", "breathing", "feel", "stop_if"):
            assert words.exercises[exercise.id].sources[key]
    assert "en" in find_languages(Workspace())


def test_a_clinic_changes_one_field_and_keeps_the_rest(clinic: Workspace, tmp_path: Path) -> None:
    ours = load_library(Workspace(), "en")[0].exercises["cobra"]
    write(tmp_path / "catalog/exercises/cobra.yaml", "dose: {hold: 20 s}\nverdicts: {extension: prefer}\n")
    write(tmp_path / "catalog/words/en/cobra.yaml", "breathing: Breathe as you like.\n")
    catalog, words = load_library(clinic, "en")
    theirs = catalog.exercises["cobra"]
    assert theirs.dose.hold is not None
    assert theirs.dose.hold.count == 20
    assert theirs.sources["dose.hold"] == ("clinician",)
    assert theirs.dose.repetitions == ours.dose.repetitions
    assert theirs.sources["dose.repetitions"] == ours.sources["dose.repetitions"]
    assert theirs.verdicts["extension"].verdict is Verdict.PREFER
    assert theirs.verdicts["flexion"] == ours.verdicts["flexion"]
    assert theirs.tags == ours.tags
    assert words.exercises["cobra"].breathing == "Breathe as you like."
    assert words.exercises["cobra"].sources["breathing"] == ("clinician",)
    assert words.exercises["cobra"].sources["steps"] != ("clinician",)
    assert catalog.version != load_library(Workspace(), "en")[0].version


def test_a_clinic_may_time_what_we_count(clinic: Workspace, tmp_path: Path) -> None:
    write(tmp_path / "catalog/exercises/cobra.yaml", "dose: {duration: 1 min}\n")
    dose = load_library(clinic, "en")[0].exercises["cobra"].dose
    assert (dose.duration_s, dose.repetitions, dose.hold) == (60, None, None)


def test_a_clinics_own_exercise_is_added(clinic: Workspace, tmp_path: Path) -> None:
    facts = (builtin_root() / "catalog/exercises/cobra.yaml").read_text().replace("id: cobra", "id: own-cobra")
    words = (builtin_root() / "catalog/words/en/cobra.yaml").read_text().replace("id: cobra", "id: own-cobra")
    write(tmp_path / "catalog/exercises/own-cobra.yaml", facts)
    write(tmp_path / "catalog/words/en/own-cobra.yaml", words)
    catalog, all_words = load_library(clinic, "en")
    assert catalog.exercises["own-cobra"].tags == catalog.exercises["cobra"].tags
    assert all_words.exercises["own-cobra"].steps == all_words.exercises["cobra"].steps


def test_every_fault_is_told_at_once(clinic: Workspace, tmp_path: Path) -> None:
    write(
        tmp_path / "catalog/exercises/cobra.yaml",
        "id: kobra\nposition: prome\nregions: [hipp]\nmuscles: [gluteal]\ntags: [pron]\nside_means: stretched-leg\n"
        "swaps: [cobra]\neasier: prone-pressup\nverdicts: {flexed: avoid}\ndose: {hold: {value: 20 s, source: nobody}}\n",
    )
    write(tmp_path / "catalog/exercises/figure-four.yaml", "verdicts: {flexion: {value: avoid, because: no-such-reason}}\n")
    write(tmp_path / "catalog/exercises/broken.yaml", "a: [\n")
    write(tmp_path / "catalog/routines/five-minute.yaml", "exercises: [cobraa]\n")
    write(
        tmp_path / "catalog/words/en/cobra.yaml",
        "tip: Hold your {knee.near}.\nsteps: ['Rest {', 'Two.', 'Three.']\n"
        "pictures: {middle: {alt: x}, start: {alt: Start, caption: Start}}\n",
    )
    write(tmp_path / "catalog/words/en/figure-four.yaml", "tip: Hold your {nee.near}.\n")
    write(tmp_path / "catalog/words/en/nobody.yaml", "name: Nobody\n")
    write(tmp_path / "catalog/words/en/vocabulary.yaml", "regions: {tail: the tail}\n")
    lines = told(clinic)
    cobra, words = "catalog/exercises/cobra.yaml", "catalog/words/en/cobra.yaml"
    for expected in (
        f'{cobra}:1:5: id: the file is named cobra.yaml but says "kobra" (write id: cobra)',
        f'{cobra}:2:11: position: there is no position "prome" (did you mean prone?)',
        f'{cobra}:3:11: regions: there is no region "hipp" (did you mean hip?)',
        f'{cobra}:4:11: muscles: there is no muscle "gluteal" (did you mean gluteals?)',
        f'{cobra}:5:8: tags: there is no tag "pron" (did you mean prone?)',
        f"{cobra}:6:1: side_means: the exercise has sides none (leave side_means out)",
        f"{cobra}:7:1: swaps: the exercise names itself (name another exercise)",
        f'{cobra}:8:9: easier: there is no exercise "prone-pressup" (did you mean prone-press-up?)',
        f'{cobra}:9:12: verdicts: there is no profile "flexed" (did you mean flexion?)',
        'catalog/routines/five-minute.yaml:1:13: exercises: there is no exercise "cobraa" (did you mean cobra?)',
        f"{words}:1:6: tip: {{knee.near}} names a side, but the exercise is not done one side at a time (leave the token out)",
        f"{words}:2:9: steps: a {{ or }} stands alone (write a token like {{knee.near}})",
        f"{words}:3:12: pictures: the exercise has no picture middle (its pictures: start, end)",
        f"{words}:3:43: alt: says the same as the caption (say what the picture shows)",
        "catalog/words/en/figure-four.yaml:1:6: tip: {nee.near} is not a side token (did you mean knee?)",
        "catalog/words/en/vocabulary.yaml:1:11: regions: there is no tail in the catalogue (check the id)",
    ):
        assert expected in lines
    assert any(line.startswith(f'{cobra}:10:36: source: there is no source "nobody"') for line in lines)
    assert any(line.startswith("catalog/exercises/broken.yaml:2:1: ") for line in lines)
    assert any("there is no exercise nobody for these words" in line for line in lines)
    assert sum("no words for no-such-reason, used at catalog/exercises/figure-four.yaml:1:45" in line for line in lines) == 2


def test_an_overlay_never_keeps_our_source_for_a_clinics_value(clinic: Workspace, tmp_path: Path) -> None:
    write(tmp_path / "catalog/exercises/cobra.yaml", "kind: {value: mobility}\n")
    assert load_library(clinic, "en")[0].exercises["cobra"].sources["kind"] == ("clinician",)


def test_a_language_without_words_is_told(clinic: Workspace) -> None:
    with pytest.raises(InputError) as caught:
        load_library(clinic, "xx")
    assert len(caught.value.problems) > 25


def test_a_builtin_catalogue_that_is_not_whole_is_told(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    with pytest.raises(InputError, match="there is no such file"):
        load_library(Workspace(builtin=tmp_path), "en")[0]


def test_a_clinic_folder(clinic: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "assets/clinics/north"
    write(folder / "logo.png", "x")
    write(folder / "paper.pdf", "%PDF")
    write(
        folder / "clinic.yaml",
        "name: North Clinic\nphone: 020 7946 0000\naddress: [1 High Street, London]\nlogo: logo.png\n"
        'colours: {main: "#102030"}\ncover: generated\n'
        "letterhead: paper.pdf\nmargins: {top: 40 mm, first_top: 1 in}\ncountry: gb\n",
    )
    found = load_clinic(clinic, "north")
    assert found.logo == str(folder / "logo.png")
    assert found.main_colour == "#102030"
    assert found.address == ("1 High Street", "London")
    assert found.margins.first_top == 72
    assert found.margins.top == pytest.approx(113.39, abs=0.01)
    with pytest.raises(InputError, match="did you mean north"):
        load_clinic(clinic, "norht")
