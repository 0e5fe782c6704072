"""Request files and the words of the command line become the same Request, and a dumped request reads back."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.errors import InputError, UsageError
from handouts.formats.strict_yaml import FORBIDDEN
from handouts.model import DAYS, PAGE_KINDS, SCORES, Dose, Entry, Hold, HoldUnit, Level, Request, Side, Step
from handouts.request import (
    merge_requests,
    read_request,
    request_from_options,
)
from handouts.request_dump import dump_request
from handouts.workspace import Workspace

TODAY = dt.date(2026, 3, 31)
EIGHT_BREATHS = Hold(count=8, unit=HoldUnit.BREATHS)
HALF_A_MINUTE = Hold(count=30, unit=HoldUnit.SECONDS)


def read(folder: Path, text: str, **more: Any) -> Request:
    path = folder / "request.yaml"
    path.write_text(text, encoding="utf-8")
    return read_request(path, Workspace(current=folder), today=TODAY, **more)


def test_a_whole_request(tmp_path: Path) -> None:
    (tmp_path / "cover.pdf").write_text("%PDF")
    found = read(
        tmp_path,
        """\
profile: extension
region: [hip, lower-back]
exercises:
  - cobra
  - {id: figure-four, dose: 2 x 30 s, side: left, note: "Slowly: never bounce."}
exclude: pigeon-pose
minutes: 5
positions: [supine]
level: basic
precaution: glaucoma
dose: {cobra: 2 x 8 breaths, glute-bridge: {sets: 2, repetitions: 10, per_day: 1}}
override: {cobra: "tried in clinic"}
swap: true
patient: Anna
date: today
review: 2026-04-30
days: [wed, mon]
cover: cover.pdf
""",
    )
    assert found == Request(
        profile="extension",
        regions=("hip", "lower-back"),
        exercises=(
            Entry(id="cobra", dose=Dose(repetitions=2, hold=EIGHT_BREATHS), override="tried in clinic"),
            Entry(id="figure-four", dose=Dose(repetitions=2, hold=HALF_A_MINUTE), side=Side.LEFT, note="Slowly: never bounce."),
        ),
        exclude=("pigeon-pose",),
        minutes=5,
        positions=("supine",),
        level=Level.BASIC,
        precautions=("glaucoma",),
        entries={"glute-bridge": Entry(id="glute-bridge", dose=Dose(sets=2, repetitions=10, per_day=1))},
        swap=True,
        patient="Anna",
        date=TODAY,
        review=dt.date(2026, 4, 30),
        days=("mon", "wed"),
        cover=str(tmp_path / "cover.pdf"),
    )


def test_options_say_the_same_as_a_file(tmp_path: Path) -> None:
    file = read(
        tmp_path, "exercises: [{id: cobra, dose: 3 x 10}]\nside: {figure-four: left}\ndate: today\ndays: [mon, fri]\nminutes: 5\n"
    )
    words = request_from_options(
        {
            "exercise": ["cobra"],
            "dose": ["cobra: 3 x 10"],
            "side": ["figure-four: left"],
            "date": "today",
            "days": "fri,mon",
            "minutes": "5",
            "region": [],
            "goal": None,
            "swap": False,
        },
        current=tmp_path,
        today=TODAY,
    )
    assert words == file


def test_all_wrong_options_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        request_from_options(
            {
                "minutes": "often",
                "dose": ["cobra 2 x 30 s", "cobra: 30 m"],
                "side": ["cobra: up"],
                "days": "mon,someday",
                "cover": "missing.pdf",
                "patient": "A" * 200,
                "goal": "walk\x1b[31m",
            },
            current=tmp_path,
        )
    told = [str(problem) for problem in caught.value.problems]
    assert [line.split(":")[0] for line in told] == [
        "--minutes", "--dose", "--dose", "--side", "--days", "--cover", "--patient", "--goal",
    ]  # fmt: skip
    assert told[2].startswith('--dose: cobra: expected a dose, found "30 m" (write it like "2 x 30 s"')


def test_options_may_point_anywhere(tmp_path: Path) -> None:
    (tmp_path / "cover.pdf").write_text("%PDF")
    inner = tmp_path / "inner"
    inner.mkdir()
    assert request_from_options({"cover": "../cover.pdf"}, current=inner).cover == str(tmp_path / "cover.pdf")


def test_options_lie_over_the_file() -> None:
    file = Request(
        profile="extension",
        minutes=5,
        exercises=(Entry(id="cobra", note="Slowly."), Entry(id="figure-four")),
        entries={"glute-bridge": Entry(id="glute-bridge", side=Side.LEFT)},
    )
    assert merge_requests(file, Request()) == file
    assert merge_requests(Request(), file) == file
    dosed = merge_requests(file, Request(minutes=8, entries={"cobra": Entry(id="cobra", dose=Dose(repetitions=5))}))
    assert dosed.minutes == 8
    assert dosed.exercises[0] == Entry(id="cobra", note="Slowly.", dose=Dose(repetitions=5))
    named = merge_requests(file, Request(exercises=(Entry(id="glute-bridge"), Entry(id="cobra"))))
    assert named.exercises == (Entry(id="glute-bridge", side=Side.LEFT), Entry(id="cobra", note="Slowly."))
    assert named.entries == {}


def test_words() -> None:
    made = request_from_options({"dose": ["cobra: 2 x 30 s"], "date": "today", "days": "Fri, mon"}, today=TODAY)
    assert made.entries["cobra"].dose == Dose(repetitions=2, hold=HALF_A_MINUTE)
    assert made.date == TODAY
    assert made.days == ("mon", "fri")
    with pytest.raises(UsageError, match="--dose: cobra: expected a dose"):
        request_from_options({"dose": ["cobra: a lot"]})
    with pytest.raises(UsageError, match="--date"):
        request_from_options({"date": "31/3/2026"}, today=TODAY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("exercises: [cobra, cobra]", "cobra is given twice"),
        ("exercises: [{id: cobra, note: a}]\nnote: {cobra: b}", "has its note among the exercises already"),
        ("patient: [", "request.yaml"),
    ],
)
def test_what_does_not_fit_together(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(tmp_path, text)


@pytest.mark.parametrize(("make", "told"), [("mkdir", "is a folder"), ("", "there is no such file")])
def test_a_request_that_is_no_file(tmp_path: Path, make: str, told: str) -> None:
    if make:
        (tmp_path / "a.yaml").mkdir()
    with pytest.raises(InputError, match=told):
        read_request(tmp_path / "a.yaml", Workspace())


IDS = st.from_regex("[a-z]{1,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)


def _texts(longest: int) -> st.SearchStrategy[str]:
    return (
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=longest)
        .map(lambda words: unicodedata.normalize("NFC", words).strip())
        .filter(lambda words: words and not FORBIDDEN.search(words))
        .filter(lambda words: any(unicodedata.category(c) not in ("Cf", "Zs") for c in words))
    )


HOLDS = st.builds(Hold, count=st.integers(1, 600), unit=st.just(HoldUnit.SECONDS)) | st.builds(
    Hold, count=st.integers(1, 60), unit=st.just(HoldUnit.BREATHS)
)
OFTEN = {
    "sets": st.none() | st.integers(1, 20),
    "rest_s": st.none() | st.integers(0, 600),
    "per_day": st.none() | st.integers(1, 12),
    "days_per_week": st.none() | st.integers(1, 7),
    "blank": st.booleans(),
}
DOSES = (
    st.builds(Dose, repetitions=st.none() | st.integers(1, 100), hold=st.none() | HOLDS, **OFTEN)
    | st.builds(Dose, duration_s=st.integers(1, 7200), **OFTEN)
    | st.builds(Dose, open_ended=st.just(True), **OFTEN)
)
ENTRIES = st.builds(
    Entry,
    id=IDS,
    dose=st.none() | DOSES,
    side=st.none() | st.sampled_from(Side),
    note=st.none() | _texts(400),
    override=st.none() | _texts(300),
)
STEPS = (
    st.builds(Step, week=st.integers(2, 26), exercise=st.none(), dose=st.builds(Dose, hold=HOLDS))
    | st.builds(Step, week=st.integers(2, 26), exercise=st.none(), dose=st.builds(Dose, repetitions=st.integers(1, 100)))
    | st.builds(
        Step,
        week=st.integers(2, 26),
        exercise=IDS,
        dose=st.builds(Dose, sets=st.none(), repetitions=st.integers(1, 100), hold=st.none() | HOLDS)
        | st.builds(Dose, sets=st.integers(1, 20), repetitions=st.integers(1, 100)),
    )
)
NAMES = st.none() | _texts(40)
LISTS = st.lists(IDS, max_size=3, unique=True).map(tuple)


def _minute(time: dt.time) -> dt.time:
    return time.replace(second=0, microsecond=0)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    listed = draw(st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.id))
    others = draw(st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.id))
    named = {entry.id for entry in listed}
    said = [entry for entry in others if entry.id not in named and entry != Entry(id=entry.id)]
    return Request(
        profile=draw(st.none() | IDS),
        regions=draw(LISTS),
        routine=draw(st.none() | IDS),
        exercises=tuple(listed),
        exclude=draw(LISTS),
        minutes=draw(st.none() | st.integers(1, 240)),
        pages=draw(st.lists(st.sampled_from(PAGE_KINDS), max_size=4, unique=True).map(tuple)),
        start=draw(st.none() | st.dates(dt.date(1900, 1, 1))),
        weeks=draw(st.none() | st.integers(1, 26)),
        one_page=draw(st.booleans()),
        score=draw(st.none() | st.sampled_from(SCORES)),
        progression=draw(st.lists(STEPS, max_size=3, unique_by=str).map(tuple)),
        progression_rule=draw(st.none() | _texts(200)),
        at=draw(st.lists(st.times(), max_size=3, unique_by=_minute).map(lambda found: tuple(map(_minute, found)))),
        time_zone=draw(st.none() | st.sampled_from(["Europe/London", "UTC", "America/Argentina/Buenos_Aires"])),
        positions=draw(LISTS),
        level=draw(st.none() | st.sampled_from(Level)),
        precautions=draw(LISTS),
        entries={entry.id: entry for entry in said},
        swap=draw(st.booleans()),
        patient=draw(NAMES),
        patient_id=draw(NAMES),
        clinician=draw(NAMES),
        goal=draw(NAMES),
        title=draw(NAMES),
        date=draw(st.none() | st.dates(dt.date(1000, 1, 1))),
        review=draw(st.none() | st.dates(dt.date(1000, 1, 1))),
        days=tuple(day for day in DAYS if draw(st.booleans())),
        times_per_day=draw(st.none() | st.integers(1, 12)),
        blank_doses=draw(st.booleans()),
        clinic=draw(st.none() | IDS),
        cover=draw(st.sampled_from([None, "none", "generated", "cover.pdf"])),
        letterhead=draw(st.sampled_from([None, "cover.pdf"])),
        edition=draw(st.none() | IDS),
        paper=draw(st.sampled_from([None, "a4", "letter"])),
        lang=draw(st.sampled_from([None, "en", "pt-BR"])),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(request=requests())
def test_a_dumped_request_reads_back(tmp_path: Path, request: Request) -> None:
    (tmp_path / "cover.pdf").write_text("%PDF")
    for key in ("cover", "letterhead"):
        if getattr(request, key) == "cover.pdf":
            request = replace(request, **{key: str(tmp_path / "cover.pdf")})
    assert read(tmp_path, dump_request(request, folder=tmp_path)) == request


def test_a_dumped_request_is_pleasant_to_edit() -> None:
    request = Request(
        profile="extension",
        exercises=(
            Entry(id="cobra", dose=Dose(repetitions=2, hold=HALF_A_MINUTE)),
            Entry(id="recumbent-bike", dose=Dose(duration_s=600, per_day=1), note="Easy."),
        ),
        days=("mon", "wed"),
    )
    assert dump_request(request, schema="../schemas/request.schema.json") == (
        "# yaml-language-server: $schema=../schemas/request.schema.json\n"
        "profile: extension\n"
        "exercises:\n"
        "  - id: cobra\n"
        '    dose: "2 x 30 s"\n'
        "  - id: recumbent-bike\n"
        '    dose: {duration: "10 min", per_day: 1}\n'
        '    note: "Easy."\n'
        "days: [mon, wed]\n"
    )
