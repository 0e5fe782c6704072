"""What is kept of our own files is what reading them gives, and counts for nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import pytest

from handouts import kept
from handouts.bench import open_bench
from handouts.build import make_handout
from handouts.keeping import FOLDER, kept_text, read_all
from handouts.kept.plain import plain_text, value_of
from handouts.model import Hold, HoldUnit, Request
from handouts.workspace import Workspace, builtin_root, find_workspace

OURS = Workspace()
EVERY = tuple(read_all(OURS))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of our own files."""
    for name in ("catalog", "templates"):
        shutil.copytree(builtin_root() / name, tmp_path / name)
    shutil.copy(builtin_root() / "handouts.yaml", tmp_path)
    return tmp_path


def test_every_file_is_fresh_and_none_is_left_over() -> None:
    for each, value, root in EVERY:
        there, fresh = (FOLDER / f"{each.name}.json").read_text(encoding="utf-8"), kept_text(each, value, root)
        if root != OURS.builtin:  # another version of Babel has other files; what they say should be the same
            there, fresh = there.partition("\n")[2], fresh.partition("\n")[2]
        assert there == fresh, f"{each.name} is stale: python -m handouts.keeping"
    assert {path.stem for path in FOLDER.glob("*.json")} == {each.name for each, _, _ in EVERY}
    assert len(EVERY) > 10


def test_what_comes_back_is_the_same_to_the_last_type_and_order() -> None:
    for each, value, root in EVERY:
        back = kept.recall(each, root)
        assert back == value
        assert repr(back) == repr(value)


def test_handouts_are_the_same_byte_for_byte_without_what_is_kept(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(routine="five-minute", patient="Ada")
    with_it = make_handout(request, open_bench(find_workspace(), "en")).pdf
    monkeypatch.setattr(kept, "_FOLDER", copy / "none")
    assert kept.recall(kept.library_of("en"), OURS.builtin) is None
    assert make_handout(request, open_bench(find_workspace(), "en")).pdf == with_it


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "only its hashes"])
def test_a_damaged_value_counts_for_nothing(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    phrases = kept.phrases_of("en")
    text = (FOLDER / f"{phrases.name}.json").read_text(encoding="utf-8")
    damaged = {"cut": text[:-40], "changed": text.replace("Call", "Do not call"), "empty": "", "only its hashes": text[:130]}
    monkeypatch.setattr(kept, "_FOLDER", tmp_path)
    (tmp_path / f"{phrases.name}.json").write_text(text, encoding="utf-8")
    assert kept.recall(phrases, OURS.builtin) is not None
    assert damaged[damage] != text
    (tmp_path / f"{phrases.name}.json").write_text(damaged[damage], encoding="utf-8")
    assert kept.recall(phrases, OURS.builtin) is None


def test_a_noun_of_another_name_is_not_made() -> None:
    text = plain_text(Hold(count=1, unit=HoldUnit.SECONDS))
    assert value_of(text.replace('"Hold"', '"Grip"')) is None
    assert value_of(text.replace("handouts.model", "handouts.nowhere")) is None


@pytest.mark.parametrize("changed", ["a byte", "a file more", "a file less", "a file of another ending", "a link", "a folder"])
def test_changed_files_are_read(changed: str, copy: Path) -> None:
    library = kept.library_of("en")
    assert kept.recall(library, copy) is not None
    folder = copy / "catalog" / "exercises"
    file = folder / "cobra.yaml"
    if changed == "a byte":
        file.write_bytes(file.read_bytes() + b"\n")
    elif changed == "a file more":
        (folder / "new.yaml").write_bytes(b"")
    elif changed == "a file less":
        file.unlink()
    elif changed == "a file of another ending":
        (folder / "new.yml").write_bytes(b"")
    elif changed == "a link":
        file.rename(copy / "cobra.yaml")
        file.symlink_to(copy / "cobra.yaml")
    else:
        shutil.rmtree(folder)
    assert kept.recall(library, copy) is None


def test_a_changed_fact_is_printed_and_a_changed_phrase_too(copy: Path) -> None:
    words = copy / "catalog" / "words" / "en" / "cobra.yaml"
    words.write_text(words.read_text("utf-8").replace("name: Cobra", "name: Cobra of Ours"), "utf-8")
    phrases = copy / "templates" / "phrases" / "en.yaml"
    phrases.write_text(phrases.read_text("utf-8").replace("lang: en", "# ours\nlang: en"), "utf-8")
    bench = open_bench(Workspace(builtin=copy), "en")
    assert bench.library[1].exercises["cobra"].name == "Cobra of Ours"
    assert bench.phrases == open_bench(OURS, "en").phrases
    assert kept.recall(kept.phrases_of("en"), copy) is None


def test_files_of_a_clinic_over_ours_are_read(tmp_path: Path) -> None:
    (tmp_path / "handouts.yaml").write_text("country: gb\n", "utf-8")
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "clock.yaml").write_text("breath: 6 s\n", "utf-8")
    space = find_workspace(current=tmp_path)
    assert space.settings.country == "gb"
    assert open_bench(space, "en").library[0].clock.breath_s == 6.0
    assert kept.recall(kept.library_of("en"), space.builtin, space.roots_over) is None
    assert kept.recall(kept.phrases_of("en"), space.builtin, space.roots_over) is not None


@pytest.mark.parametrize("name", ["no-such", "../settings", "a\0b", "x" * 5000])
def test_names_of_nothing_kept(name: str) -> None:
    assert kept.recall(kept.edition_of(name), OURS.builtin) is None


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    "value",
    [
        None,
        (),
        ((1, (2.5,)), True),
        {},
        {"a": ("b", ()), "c": {"d": (("e",),)}},
        {("a", "b"): 1.0},
        {"!1": "x"},
        {1: ("y",)},
        Colour.RED,
        {"side": Colour.RED},
        (Hold(count=1, unit=HoldUnit.BREATHS), {"hold": Hold(count=2, unit=HoldUnit.SECONDS)}),
    ],
)
def test_values_come_back_as_they_were(value: object) -> None:
    back = value_of(plain_text(value))
    assert repr(back) == repr(value)
    assert back == value


@pytest.mark.parametrize("value", [[1], {1, 2}, b"x", {"a": [1]}])
def test_what_would_come_back_otherwise_is_not_kept(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be kept"):
        plain_text(value)


def test_a_value_of_a_noun_that_has_other_fields_now_is_read_anew() -> None:
    text = plain_text(Hold(count=1, unit=HoldUnit.BREATHS))
    assert value_of(text) == Hold(count=1, unit=HoldUnit.BREATHS)
    assert value_of(text.replace('"unit"]', '"unit", "per"]', 1)) is None


def test_recalled_nouns_are_whole() -> None:
    catalog, _ = kept.recall(kept.library_of("en"), OURS.builtin)
    exercise = catalog.exercises["cobra"]
    assert replace(exercise, id="x").dose == exercise.dose
    assert hash(exercise.dose) == hash(open_bench(OURS, "en").library[0].exercises["cobra"].dose)


def test_listing_loads_nothing_heavy(tmp_path: Path) -> None:
    heavy = ("reportlab", "pypdf", "rich", "babel", "yaml", "PIL", "icalendar", "handouts.catalog", "handouts.build")
    code = (
        "import sys; from handouts.__main__ import run; sys.argv[1:] = ['list']; code = run();"
        f"print([each for each in {heavy!r} if each in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stderr == "[]\n"
    assert "five-minute" not in done.stdout
    assert done.stdout.startswith("id ")
    assert "\ncobra " in done.stdout
