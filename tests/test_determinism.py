"""The same request gives the same bytes: in any process, with cold and warm memories, after anything."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import bench, make

from handouts.bench import Bench
from handouts.build import make_handout
from handouts.model import Dose, Entry, Hold, HoldUnit, Request, Side, Step
from handouts.workspace import Workspace

START = dt.date(2026, 12, 2)
LONGER = Step(week=2, exercise=None, dose=Dose(hold=Hold(count=45, unit=HoldUnit.SECONDS)))
REQUESTS = [
    Request(profile="extension", regions=("lower-back",), minutes=10, patient="Ana Sample", date=dt.date(2026, 11, 22)),
    Request(profile="flexion", precautions=("no-kneeling",), regions=("lower-back",), minutes=15, paper="letter"),
    Request(routine="five-minute", cover="generated", patient="Γιώργος Żółć"),
    Request(routine="ten-stretches", patient="Елена Nguyễn"),
    Request(exercises=(Entry(id="pigeon-pose", side=Side.RIGHT, note="Ωmega & żaba", override="asked"),)),
    Request(exercises=(Entry(id="pigeon-pose", side=Side.LEFT, override="asked"),), title="żółw"),
    Request(routine="fourteen-stretches", blank_doses=True),
    Request(routine="five-minute", pages=("diary",), start=START),
    Request(routine="five-minute", pages=("diary",), start=START, times_per_day=4, score="comfort"),
    Request(routine="five-minute", pages=("month",), start=START, times_per_day=3),
    Request(routine="five-minute", pages=("month", "diary"), days=("mon", "thu")),
    Request(routine="five-minute", pages=("calendar",), start=START, weeks=3, one_page=True),
    Request(routine="five-minute", pages=("calendar",), start=START, weeks=3, days=("mon", "wed"), progression=(LONGER,)),
    Request(routine="five-minute", pages=("handout", "calendar"), times_per_day=2, paper="letter", score="none"),
]


def cold() -> Bench:
    """A bench with nothing remembered but the catalogue."""
    made = Bench(Workspace(), "en")
    made.__dict__["library"] = bench().library
    return made


def digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """The digest of each request, made first on a cold bench."""
    return [digest(make(request, at=cold()).pdf) for request in REQUESTS]


@pytest.mark.parametrize("seed", range(4))
def test_order_does_not_matter(alone: list[str], seed: int) -> None:
    order = list(range(len(REQUESTS))) * 2
    random.Random(seed).shuffle(order)  # noqa: S311 - shuffling, not secrecy
    at = cold()
    for index in order:
        assert digest(make(REQUESTS[index], at=at).pdf) == alone[index], f"request {index} after others, seed {seed}"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.text(st.characters(codec="cp1253", exclude_categories=("C", "Z")), min_size=1, max_size=30), max_size=3)
)
def test_what_others_wrote_does_not_matter(alone: list[str], before: list[str]) -> None:
    at = cold()
    for text in before:
        make(Request(exercises=(Entry(id="cobra", note=text),), patient=text), at=at)
    assert digest(make(REQUESTS[2], at=at).pdf) == alone[2]


AHEAD = st.builds(
    Request,
    routine=st.sampled_from(["five-minute", "ten-stretches"]),
    pages=st.sampled_from([("calendar",), ("month",), ("diary",), ("calendar", "month", "diary")]),
    start=st.sampled_from([START, None]),
    weeks=st.integers(1, 3),
    one_page=st.booleans(),
    times_per_day=st.integers(1, 4),
    days=st.sampled_from([(), ("mon", "wed", "fri")]),
    score=st.sampled_from(["pain", "comfort", "none"]),
    paper=st.sampled_from(["a4", "letter"]),
)
WARM = cold()


@settings(max_examples=30, deadline=None)
@given(request=AHEAD)
def test_calendars_made_before_do_not_matter(request: Request) -> None:
    assert digest(make(request, at=WARM).pdf) == digest(make(request, at=cold()).pdf)


PROGRAM = """
import sys
sys.path[:0] = {paths!r}
from test_determinism import REQUESTS, digest, make
order = [int(n) for n in sys.argv[1:]]
found = {{n: digest(make(REQUESTS[n]).pdf) for n in order}}
print(*(found[n] for n in sorted(found)))
"""


@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_other_processes_and_hash_seeds(alone: list[str], seed: str, tmp_path: Path) -> None:
    here = Path(__file__).parent
    order = [str(n) for n in random.Random(seed).sample(range(len(REQUESTS)), len(REQUESTS))]  # noqa: S311
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(paths=[str(here), str(here.parent)]), *order],
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == alone


def test_requests_differ_from_each_other(alone: list[str]) -> None:
    assert len(set(alone)) == len(REQUESTS)


def test_the_file_knows_no_clock() -> None:
    request = Request(routine="five-minute")
    first, second = make_handout(request, bench()), make_handout(request, bench(), stamp="20261122101500")
    assert first.pdf != second.pdf, "a stamp given is written"
    assert make_handout(request, bench()).pdf == first.pdf
