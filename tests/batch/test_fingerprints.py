"""Whatever decides the bytes of a handout changes its fingerprint; where it lies does not."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLINIC, clinic_bench

from handouts.batch import fingerprints
from handouts.batch.fingerprints import Fingerprints, canonical
from handouts.batch.sealing import Seal
from handouts.bench import Bench
from handouts.errors import InputError
from handouts.model import Dose, Entry, Level, Request
from handouts.workspace import find_workspace

SETTLED = Request(lang="en", edition="standard", paper="a4", cover="none", letterhead="none")
OTHERS: dict[str, Any] = {
    "regions": ("hip",),
    "exercises": (Entry(id="cobra"),),
    "exclude": ("cobra",),
    "minutes": 5,
    "positions": ("supine",),
    "level": Level.BASIC,
    "precautions": ("glaucoma",),
    "entries": {"cobra": Entry(id="cobra", dose=Dose(repetitions=3))},
    "swap": True,
    "date": dt.date(2026, 1, 1),
    "review": dt.date(2026, 1, 1),
    "days": ("mon",),
    "times_per_day": 2,
    "blank_doses": True,
    "cover": "generated",
}


def fingerprint(bench: Bench, request: Request = SETTLED, **how: Any) -> str:
    settled, clinic = bench.settle(request)
    prints = Fingerprints(**{"program": "1", "stamp": None, "seal": Seal(None), **how})
    return prints.of(settled, clinic, bench.workspace)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return clinic_bench(tmp_path / "clinic", files={"letter.pdf": b"%PDF", "catalog/clock.yaml": "breath: 5 s\n"})


@pytest.mark.parametrize("name", [part.name for part in fields(Request)])
def test_every_part_of_a_request_counts(bench: Bench, name: str, tmp_path: Path) -> None:
    value = OTHERS.get(name, "riverside" if name == "clinic" else "x")
    if name == "letterhead":
        value = str(tmp_path / "clinic" / "letter.pdf")
    assert fingerprint(bench, replace(SETTLED, **{name: value})) != fingerprint(bench)


@pytest.mark.parametrize("how", [{"program": "2"}, {"stamp": "20260101000000"}, {"seal": Seal("x")}])
def test_the_program_the_stamp_and_protection_count(bench: Bench, how: dict[str, Any]) -> None:
    assert fingerprint(bench, **how) != fingerprint(bench)


def test_only_the_password_gives_the_fingerprint_of_a_protected_handout_again(bench: Bench) -> None:
    one = fingerprint(bench, seal=Seal("x"))
    assert one == fingerprint(bench, seal=Seal("x"))
    assert one != fingerprint(bench, seal=Seal("y"))


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("handouts.yaml", True),
        ("catalog/clock.yaml", True),
        ("catalog/words/en/vocabulary.yaml", True),
        ("catalog/words/xx/vocabulary.yaml", False),
        ("templates/phrases/en.yaml", True),
        ("templates/phrases/xx.yaml", False),
        ("templates/editions/standard.yaml", True),
        ("templates/editions/other.yaml", False),
        ("templates/palettes/colour.yaml", True),
        ("assets/figures/cobra.end.svg", True),
        ("assets/clinics/riverside/unnamed.png", False),
        ("catalog/notes.txt", False),
        ("assets/clinics/other/clinic.yaml", False),
        ("assets/clinics/riverside/.DS_Store", False),
        ("out/handout.pdf", False),
        ("requests/a.yaml", False),
    ],
)
def test_files_that_count(tmp_path: Path, file: str, counts: bool) -> None:
    bench = clinic_bench(tmp_path, CLINIC)
    request = replace(SETTLED, clinic="riverside")
    before = fingerprint(bench, request)
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"# more\n")
    assert (fingerprint(bench, request) != before) is counts


def test_a_letterhead_counts_by_its_bytes_not_by_its_place(bench: Bench, tmp_path: Path) -> None:
    letter, other = tmp_path / "clinic" / "letter.pdf", tmp_path / "other.pdf"
    other.write_bytes(letter.read_bytes())
    first = fingerprint(bench, replace(SETTLED, letterhead=str(letter)))
    assert fingerprint(bench, replace(SETTLED, letterhead=str(other))) == first
    other.write_bytes(b"%PDF 2")
    assert fingerprint(bench, replace(SETTLED, letterhead=str(other))) != first


def test_the_folder_does_not_count(bench: Bench, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "clinic", tmp_path / "moved")
    moved = Bench(find_workspace(explicit=tmp_path / "moved"), "en")
    assert fingerprint(moved) == fingerprint(bench)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.floats(allow_nan=False) | st.dates(),
    lambda inner: (
        st.tuples(inner, inner) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_equal_bytes_only_for_equal_values(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) == (repr_of(one) == repr_of(other))


def repr_of(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(sorted(f"{key!r}:{repr_of(item)}" for key, item in value.items())) + "}"
    if isinstance(value, tuple):
        return "(" + ",".join(map(repr_of, value)) + ")"
    return f"{type(value).__name__}:{value!r}"


@pytest.mark.parametrize("linked", ["catalog", "catalog/words/en", "assets/figures", "templates"])
def test_files_of_linked_folders_count_as_they_are_read(tmp_path: Path, linked: str) -> None:
    bench = clinic_bench(tmp_path, files={f"{linked}/README.md": "-"})
    real = tmp_path / "elsewhere"
    (tmp_path / linked).rename(real)
    (tmp_path / linked).symlink_to(real)
    (real / "loop").symlink_to(tmp_path)
    before = fingerprint(bench)
    name = {"assets/figures": "cobra.end.svg", "templates": "base.yaml", "catalog": "clock.yaml"}.get(linked, "cobra.yaml")
    (real / name).write_text("# more\n")
    assert fingerprint(bench) != before


def test_a_file_that_vanishes_or_cannot_be_read_is_told_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = clinic_bench(tmp_path, files={"catalog/clock.yaml": "breath: 5 s\n", "catalog/notes.txt": "x"})
    settled, clinic = bench.settle(SETTLED)
    monkeypatch.setattr(fingerprints, "_is_file", lambda path: path.is_file() or path.name == "gone.svg")
    monkeypatch.setattr(fingerprints, "_list_names", lambda folder, _: ["gone.svg"] if folder.name == "figures" else [])
    prints = Fingerprints(program="1", stamp=None, seal=Seal(None))
    for _ in range(2):
        with pytest.raises(InputError, match=r"assets/figures/gone\.svg: there is no such file"):
            prints.of(settled, clinic, bench.workspace)
