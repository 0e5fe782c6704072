"""How long `handouts check` takes: one four-page PDF from a cold start, and pages a second over many files in one command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.cold import HANDOUTS, run_command
from benchmarks.report import Line
from benchmarks.rounds import take_turns
from handouts.bench import Bench
from handouts.build import make_handout
from handouts.model import Request
from handouts.workspace import find_workspace

_LONGEST, _FEWEST = 0.5, 30.0  # seconds, pages a second
_PAGES = 4
_ROUTINES = ("five-minute", "ten-stretches", "flexion-starter", "extension-starter")


def measure_checks(folder: Path, *, rounds: int, files: int) -> Iterator[Line]:
    """Line 9."""
    many = folder / "many"
    many.mkdir()
    pages = _make_handouts(many, files)
    one = many / "00.pdf"
    actions = {
        "one": lambda _: run_command((*HANDOUTS, "check", str(one)), folder, may_fail=True),
        "many": lambda _: run_command((*HANDOUTS, "check", str(many)), folder, may_fail=True),
    }
    _prove_checking(folder, one)
    series = take_turns(actions, rounds=rounds, runs=1, warm_ups=1)
    cold, whole = series["one"], series["many"].median
    yield Line(
        item="9", what=f"check of one PDF of {_PAGES} pages", value=cold.median, unit="s", p95=cold.p95,
        goal=f"<= {_LONGEST} s", met=cold.median <= _LONGEST,
    )  # fmt: skip
    rate = pages / whole
    what = f"check of {files} PDFs, {pages} pages"
    yield Line(item="9", what=what, value=rate, unit="pages/s", goal=f">= {_FEWEST:g} pages/s", met=rate >= _FEWEST)


def _make_handouts(folder: Path, files: int) -> int:
    """Different handouts, the first of four pages; returns the pages of all."""
    bench, pages = Bench(find_workspace(current=folder), "en"), 0
    for number in range(files):
        built = make_handout(Request(routine=_ROUTINES[number % len(_ROUTINES)], patient=f"Patient {number}"), bench)
        (folder / f"{number:02}.pdf").write_bytes(built.pdf)
        if not number and len(built.document.pages) != _PAGES:
            raise RuntimeError(f"the first handout has {len(built.document.pages)} pages, not {_PAGES}")
        pages += len(built.document.pages)
    return pages


def _prove_checking(folder: Path, one: Path) -> None:
    """Raise RuntimeError when the check does not look at the file: a file that is no PDF has to be refused."""
    broken = folder / "broken.pdf"
    broken.write_bytes(one.read_bytes()[:1000])
    good = run_command((*HANDOUTS, "check", str(one)), folder, may_fail=True).returncode
    bad = run_command((*HANDOUTS, "check", str(broken)), folder, may_fail=True).returncode
    if good == bad:
        raise RuntimeError(f"handouts check ends with {good} for a whole PDF and for half of one")
