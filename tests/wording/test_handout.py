"""Titles, dates, the plan at a glance and the safety boxes, as the patient reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from making import bench, plain

from handouts.build import plan_request, word_request
from handouts.model import Clinic, Dose, Entry, Request, Settings
from handouts.texts import HandoutText
from handouts.wording.messages import Messages, end_sentence, sentence_case

CLINIC = Clinic(id="c", name="Riverside Physio", phone="020 7946 0000")


def words_of(request: Request, clinic: Clinic | None = None, settings: Settings | None = None) -> HandoutText:
    """The words of a handout, before any page is set."""
    from handouts.bench import Bench
    from handouts.settling import settle_request
    from handouts.workspace import Workspace

    at = Bench(Workspace(settings=settings or Settings()), "en")
    at.__dict__.update(library=bench().library, phrases=bench().phrases)
    request = settle_request(request, clinic, at.workspace.settings)
    plan = plan_request(request, at)
    desk = bench().desk("standard", "a4", None)
    return word_request(request, plan, at, clinic, desk)[0]


FIVE = Request(routine="five-minute")
COBRA = Request(exercises=(Entry(id="cobra"),))


@pytest.mark.parametrize(
    ("country", "written"),
    [
        (None, "22 November 2026"),
        ("gb", "22 November 2026"),
        ("us", "November 22, 2026"),
        ("ca", "November 22, 2026"),
        ("au", "22 November 2026"),
        ("ie", "22 November 2026"),
        ("nz", "22 November 2026"),
        ("fr", "22 November 2026"),
    ],
)
def test_dates_as_the_country_writes_them(country: str | None, written: str) -> None:
    day = dt.date(2026, 11, 22)
    text = words_of(replace(FIVE, date=day, review=day), settings=Settings(country=country))
    assert [plain(field.value or "") for field in text.fields if field.label in ("Date:", "Next visit:")] == [written, written]
    assert " " not in Messages(bench().phrases, country).date(day), "a date stays on one line"


@pytest.mark.parametrize(
    ("request_", "title"),
    [
        (FIVE, None),
        (replace(FIVE, title="Only mine"), "Only mine"),
        (COBRA, "Your exercise plan"),
        (Request(profile="extension", regions=("lower-back",), minutes=10), "Your exercises: lower back"),
        (Request(profile="extension", regions=("lower-back", "hip"), minutes=10), "Your exercises: lower back and hip"),
    ],
)
def test_titles(request_: Request, title: str | None) -> None:
    routines = bench().library[1].routines
    assert words_of(request_).title == (title or routines["five-minute"].title)


def test_purposes() -> None:
    assert "stand or lean back" in words_of(Request(profile="extension", regions=("lower-back",))).purpose
    assert "sit or bend forward" in words_of(Request(profile="flexion", regions=("lower-back",))).purpose
    assert words_of(FIVE).purpose.startswith(bench().library[1].routines["five-minute"].purpose)


# --------------------------------------------------------------------------------------------- plan at a glance


def glance(request: Request) -> str:
    return plain(" ".join(words_of(request).glance.sentences))


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (FIVE, "5 exercises. About 5 minutes in all."),
        (COBRA, "1 exercise."),
        (replace(COBRA, times_per_day=3), "3 times a day. Every day."),
        (replace(COBRA, days=("mon", "wed", "fri")), "Once a day. On Monday, Wednesday and Friday."),
        (replace(COBRA, days=("mon",)), "On Monday."),
        (
            Request(exercises=(Entry(id="cobra"), Entry(id="glute-bridge", dose=Dose(per_day=3)))),
            "How often: see each exercise.",
        ),
        (Request(exercises=(Entry(id="cobra", dose=Dose(days_per_week=3)),)), "Once a day. 3 days a week."),
        (Request(exercises=(Entry(id="cobra", dose=Dose(days_per_week=1)),)), "1 day a week."),
        (
            Request(exercises=(Entry(id="recumbent-bike", dose=Dose(open_ended=True)),)),
            "plus the time you choose for recumbent bike.",
        ),
        (Request(routine="ten-stretches"), "Do only the exercises we have ticked."),
    ],
)
def test_sentences_of_the_plan(request_: Request, words: str) -> None:
    assert words in glance(request_)


def test_blank_doses_promise_no_minutes() -> None:
    said = glance(replace(FIVE, blank_doses=True))
    assert "minute" not in said
    assert "How often differs" not in said


def test_equipment_is_named_once() -> None:
    names = bench().library[1].vocabulary.equipment
    said = glance(Request(exercises=(Entry(id="figure-four"), Entry(id="glute-bridge"))))
    assert said.count("You need:") == 1
    assert said.lower().count(names["mat-or-bed"].lower()) == 1
    on_floor = glance(FIVE).lower()
    assert names["mat-or-bed"].lower() not in on_floor, "where a mat is needed anyway, a bed is no choice"
    standing = Request(exercises=(Entry(id="standing-lumbar-extension"),))
    things = bench().library[0].exercises["standing-lumbar-extension"].equipment
    assert ("You need nothing else." in glance(standing)) == (not things)


def test_only_time_for_one() -> None:
    plan = plan_request(FIVE, bench())
    said = words_of(FIVE).glance.only_one
    names = bench().library[1].exercises
    assert plan.only_one is None or names[plan.only_one].name in (said or "")
    assert words_of(COBRA).glance.only_one is None
    assert words_of(Request(routine="ten-stretches")).glance.only_one is None


def test_the_table_has_a_row_for_each_exercise() -> None:
    for request in (FIVE, Request(routine="ten-stretches")):
        table = words_of(request).glance
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert table.tick_column == (request.routine == "ten-stretches")
        assert len(table.rows) == len(plan_request(request, bench()).items)


# --------------------------------------------------------------------------------------------- safety


@pytest.mark.parametrize(
    ("clinic", "settings", "heading"),
    [
        (None, Settings(), "call 112, 911 or 999"),
        (None, Settings(country="gb"), "call 999 or"),
        (None, Settings(country="us"), "call 911 or"),
        (None, Settings(country="us", emergency_number="113"), "call 113 or"),
        (replace(CLINIC, country="gb"), Settings(country="us"), "call 999 or"),
        (replace(CLINIC, country="gb", emergency_number="0800 1"), Settings(emergency_number="113"), "call 0800 1 or"),
        (CLINIC, Settings(country="au"), "call 000 or"),
        (CLINIC, Settings(), "call 112, 911 or 999"),
    ],
)
def test_emergency_number(clinic: Clinic | None, settings: Settings, heading: str) -> None:
    assert heading in plain(words_of(FIVE, clinic, settings).emergency.heading)


def test_every_country_has_a_number_that_is_printed() -> None:
    numbers = bench().library[0].emergency_numbers
    assert numbers
    for country, number in numbers.items():
        assert f"call {number} or" in plain(words_of(FIVE, None, Settings(country=country)).emergency.heading)


def test_whom_to_call() -> None:
    assert plain(words_of(FIVE, CLINIC).call.heading) == "Call us on 020 7946 0000 if:"
    assert words_of(FIVE, CLINIC).call.write_in is None
    assert words_of(FIVE).call.heading == "Call us, or your doctor if we are closed, if:"
    assert words_of(FIVE).call.write_in == "Phone:"


def test_signs_that_are_always_there() -> None:
    catalog, words = bench().library
    text = words_of(FIVE)
    boxes = {"emergency": text.emergency, "call": text.call, "pain-rule": text.pain, "before": text.before}
    on_other_pages = ("carry-on", "halve", "stop-one", "stop-call", "help-now", "progression")
    for sign in catalog.signs.values():
        if sign.tier in on_other_pages:
            continue
        assert (words.vocabulary.signs[sign.id] in boxes[sign.tier].items) == sign.always, sign.id


@pytest.mark.parametrize("precaution", sorted(p.id for p in bench().library[0].precautions.values() if p.signs))
def test_signs_a_precaution_adds(precaution: str) -> None:
    catalog, words = bench().library
    text = words_of(Request(exercises=(Entry(id="standing-quad-stretch", override="asked"),), precautions=(precaution,)))
    printed = {*text.emergency.items, *text.call.items, *text.before.items, *text.pain.items}
    for sign in catalog.precautions[precaution].signs:
        assert words.vocabulary.signs[sign] in printed


def test_getting_down_to_the_floor_is_explained_where_it_is_needed() -> None:
    said = [text.before.items for text in (words_of(FIVE), words_of(Request(exercises=(Entry(id="standing-lumbar-extension"),))))]
    assert [any("sturdy chair" in item for item in items) for items in said] == [True, False]


# --------------------------------------------------------------------------------------------- people, clinic


def test_missing_fields_are_lines_to_write_on() -> None:
    fields = {field.label: field.value for field in words_of(FIVE).fields}
    assert fields == {"For:": None, "Date:": None, "From:": None, "Next visit:": None}
    assert "Number:" in {field.label for field in words_of(replace(FIVE, patient_id="17")).fields}


def test_who_gives_the_handout() -> None:
    def named(request: Request, clinic: Clinic | None, settings: Settings) -> str | None:
        return next(field.value for field in words_of(request, clinic, settings).fields if field.label == "From:")

    clinic, settings = replace(CLINIC, clinician="Of the clinic"), Settings(clinician="Of the workspace")
    assert named(replace(FIVE, clinician="Of the request"), clinic, settings) == "Of the request"
    assert named(FIVE, clinic, settings) == "Of the clinic"
    assert named(FIVE, CLINIC, settings) == "Of the workspace"


def test_contacts() -> None:
    clinic = replace(CLINIC, email="a@b.example", website="b.example", phone="+44 (0)20 7946 0000")
    text = words_of(FIVE, clinic).clinic
    assert text is not None
    assert [contact.uri for contact in text.contacts] == ["tel:+4402079460000", "mailto:a@b.example", "https://b.example"]
    assert all(contact.spoken for contact in text.contacts)


def test_footer_names_the_patient_or_the_title() -> None:
    assert words_of(replace(FIVE, patient="Ana", date=dt.date(2026, 11, 2))).footer == "Ana · 2\u00a0November\u00a02026"
    assert words_of(replace(FIVE, patient_id="17")).footer == "17"
    assert words_of(FIVE).footer == "Five-minute stretch", "the routine's title in few words"
    assert words_of(replace(FIVE, title="For your back")).footer == "For your back"


@pytest.mark.parametrize(("text", "ended"), [("Go", "Go."), ("Go.", "Go."), ("Go!", "Go!"), ("Go?", "Go?"), ("", ".")])
def test_end_of_a_sentence(text: str, ended: str) -> None:
    assert end_sentence(text) == ended
    assert sentence_case("éTé") == "ÉTé"


def test_a_patient_kept_from_the_floor_needs_no_mat() -> None:
    """Where all is done on a bed, the plan says so in both places."""
    bridge = Request(exercises=(Entry(id="glute-bridge"),))
    assert any("firm bed or mat" in line for line in words_of(bridge).glance.sentences)
    text = words_of(replace(bridge, precautions=("no-floor",), exercises=(Entry(id="glute-bridge", override="on a bed"),)))
    assert "Do the floor exercises on a firm bed." in text.before.items
    assert [line for line in text.glance.sentences if line.startswith("You need")] == ["You need: firm bed."]


def test_what_to_stop_for_names_no_side() -> None:
    """The steps are told for one side and done on both: pain in the other knee counts as much."""
    for exercise, own in bench().library[1].exercises.items():
        assert not any("{" in line for line in own.stop_if), exercise
