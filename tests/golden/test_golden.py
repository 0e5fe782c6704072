"""Pages as they were approved. `pytest tests/golden --update-golden` writes them anew: look at each before it is committed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from making import bench, clinic_bench, make
from PIL import Image, ImageChops

from golden.comparing import MOST_BYTES, MOST_PAGES, Golden, compare, take, write
from handouts.build import Built
from handouts.model import Dose, Entry, Hold, HoldUnit, Request, Side

FOLDER = Path(__file__).parent / "pages"
EDITIONS = {"large-print": 1, "compact": 1, "pocket": 1}  # pages kept
NAMES = ["short-plan", "five-minute-letter", "long-words", "week-and-diary", *EDITIONS]


def make_golden(name: str, folder: Path) -> tuple[Built, int | None]:
    """The handout of one golden case, and how many of its pages are kept."""
    if name == "short-plan":
        request = Request(
            exercises=(Entry(id="prone-press-up"), Entry(id="standing-hip-flexor-stretch")),
            profile="extension",
            clinic="riverside",
            patient="Ana Sample",
            date=dt.date(2026, 11, 22),
            goal="Walk to the park and back",
        )
        return make(request, at=clinic_bench(folder)), None
    if name == "five-minute-letter":
        return make(Request(routine="five-minute", paper="letter")), 2
    if name in EDITIONS:
        return make(Request(routine="five-minute", edition=name, clinic="riverside"), at=clinic_bench(folder)), EDITIONS[name]
    if name == "week-and-diary":
        request = Request(
            profile="extension",
            pages=("calendar", "diary"),
            start=dt.date(2026, 12, 2),
            weeks=1,
            times_per_day=2,
            clinic="riverside",
            patient="Ana Sample",
        )
        return make(request, at=clinic_bench(folder)), None
    request = Request(
        exercises=(
            Entry(
                id="childs-pose",
                override="Asked for by the patient",
                note="Nur ganz langsam: " + "Rückenschmerzmittelverordnung" * 3,
                dose=Dose(
                    sets=3, repetitions=10, hold=Hold(count=120, unit=HoldUnit.SECONDS), rest_s=60, per_day=3, days_per_week=5
                ),
            ),
            Entry(id="single-knee-to-chest", side=Side.RIGHT, override="Asked", note="<b>Not</b> bold & O'Brien"),
        ),
        profile="extension",
        precautions=("knee-replacement", "wrists"),
        patient="Αλεξάνδρα Παπακωνσταντίνου-Щербакова Świętosława Nguyễn",
        clinician="Prof. Dr. Maximiliane von und zu Hohenlohe-Langenburg",
        date=dt.date(2026, 2, 28),
        review=dt.date(2026, 9, 30),
        goal="Get up from the floor after playing with my grandchildren, garden for an hour, and sleep through the night again",
        title="Exercises after your operation, for the first six weeks at home",
        patient_id="A-123-456-789",
    )
    return make(request), None


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_as_approved(
    name: str, tmp_path: Path, failures: Path, request: pytest.FixtureRequest, submit: Callable[[bytes], None]
) -> None:
    made, pages = make_golden(name, tmp_path)
    submit(made.pdf)
    golden = take(made, pages)
    if request.config.getoption("--update-golden"):
        changed = write(golden, FOLDER / name)
        print("\n".join(changed) or f"{name}: nothing changed")  # noqa: T201 - for the person who asked
        return
    found = compare(golden, FOLDER / name, failures=failures)
    assert not found, "\n".join(["see tests/failures", *found])


def test_goldens_are_few_and_small() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(NAMES)
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert 3 <= len([path for path in files if path.suffix == ".png"]) <= MOST_PAGES
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


# --------------------------------------------------------------------------------------------- the comparer itself


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Golden, Path]:
    golden = take(make(routine="five-minute"), 2)
    write(golden, tmp_path / "kept")
    return golden, tmp_path / "kept"


def test_the_same_page_passes(kept: tuple[Golden, Path]) -> None:
    golden, folder = kept
    assert compare(golden, folder, failures=None) == []
    assert compare(take(make(routine="five-minute"), 2), folder, failures=None) == []


def test_a_shifted_line_fails(kept: tuple[Golden, Path], tmp_path: Path) -> None:
    golden, folder = kept
    moved = golden.pictures[0].copy()
    moved.paste(golden.pictures[0].crop((60, 400, 700, 416)), (61, 400))
    found = compare(replace(golden, pictures=(moved, golden.pictures[1])), folder, failures=tmp_path)
    assert len(found) == 1
    assert "page-1.png" in found[0]
    assert {path.name for path in tmp_path.glob("*.png")} == {
        f"kept-page-1-{what}.png" for what in ("actual", "expected", "diff")
    }


def test_a_changed_colour_fails(kept: tuple[Golden, Path]) -> None:
    golden, folder = kept
    tinted = ImageChops.multiply(golden.pictures[1], Image.new("RGB", golden.pictures[1].size, "#ffffe8"))
    assert compare(replace(golden, pictures=(golden.pictures[0], tinted)), folder, failures=None)


def test_a_missing_picture_fails(kept: tuple[Golden, Path]) -> None:
    golden, folder = kept
    without = golden.pictures[1].copy()
    without.paste("white", (60, 100, 300, 400))
    assert compare(replace(golden, pictures=(golden.pictures[0], without)), folder, failures=None)


def test_one_page_more_or_less_fails(kept: tuple[Golden, Path]) -> None:
    golden, folder = kept
    assert (
        "page-3.png is missing"
        in compare(replace(golden, pictures=(*golden.pictures, golden.pictures[0])), folder, failures=None)[0]
    )
    assert "page that is gone" in compare(replace(golden, pictures=golden.pictures[:1]), folder, failures=None)[0]


def test_other_words_and_places_are_told(kept: tuple[Golden, Path]) -> None:
    golden, folder = kept
    [found] = compare(replace(golden, text=golden.text.replace("Hold 30", "Hold 31", 1)), folder, failures=None)
    assert "Hold 31" in found
    moved = take(make(routine="five-minute", goal="Walk"), 2)
    assert any("layout.json: line" in found for found in compare(moved, folder, failures=None))


def test_layout_reads_like_the_page() -> None:
    layout = take(make(routine="five-minute"), 2).layout
    assert '"Sect", "Your plan at a glance' in layout
    assert '"artifact", "Five-minute stretch' in layout
    assert "?" not in layout.replace("once or twice a day?", "")
    assert bench().desk("standard", "a4", None).edition.id == "standard"
