"""Request files and the words of the command line become the same Request, and a dumped request reads back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import requests

from handouts.errors import InputError, UsageError
from handouts.model import Dose, Entry, Hold, HoldUnit, Level, Request, Side
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
