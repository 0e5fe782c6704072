"""`handouts calendar`: the plan on the days of the week, and as reminders that another program reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import vobject
from dateutil import tz
from pypdf import PdfReader

from cli.conftest import Run, files_in, read_text

Submit = Callable[..., None]
FIVE = ("calendar", "--routine", "five-minute", "--start", "2026-12-02")


def events(path: Path) -> list[vobject.base.Component]:
    """The events of a calendar file, read by a parser that did not write it."""
    return list(vobject.readOne(path.read_bytes().decode()).vevent_list)


def times(event: vobject.base.Component) -> list[dt.datetime]:
    """Every time an event comes, in the clock time of its place."""
    return list(event.getrruleset(addRDate=True))


def test_a_calendar_has_its_own_name_and_is_landscape(run: Run, folder: Path, submit: Submit) -> None:
    ran = run(*FIVE)
    assert (ran.code, ran.out) == (0, "calendar.pdf\n")
    submit(folder / "calendar.pdf")
    box = PdfReader(folder / "calendar.pdf").pages[0].mediabox
    assert box.width > box.height
    assert "2 December to 8 December" in read_text(folder / "calendar.pdf")
    assert run(*FIVE).out == "calendar-2.pdf\n"


def test_a_plan_saved_by_make_becomes_a_calendar_and_one_saved_here_stays_one(run: Run, folder: Path, submit: Submit) -> None:
    assert run("make", "--profile", "extension", "--region", "lower-back", "--save", "plan.yaml").code == 0
    ran = run("calendar", "plan.yaml", "--start", "2026-12-02", "--weeks", "2", "--save", "again.yaml")
    assert ran.out == "calendar.pdf\nagain.yaml\n"
    first = (folder / "calendar.pdf").read_bytes()
    submit(first)
    assert run("make", "again.yaml", "-o", "made.pdf").code == 0
    assert (folder / "made.pdf").read_bytes() == first
    assert "pages: [calendar]" in (folder / "again.yaml").read_text()
    assert "pages" not in (folder / "plan.yaml").read_text()


def test_options_say_all_of_it(run: Run, folder: Path, submit: Submit) -> None:
    words = ("--weeks", "4", "--one-page", "--score", "comfort", "--times-per-day", "2", "--at", "7:30,21:00")
    steps = ("--progression", "week 3: hold 45 s", "--progression", "week 4: childs-pose: 2 x 30 s")
    more = ("--progression-rule", "Ask me first.", "--time-zone", "Europe/London", "--pages", "calendar,diary")
    ran = run(*FIVE, *words, *steps, *more, "--save", "plan.yaml", "--ics", "plan.ics", "--chart-note", "note.txt")
    assert ran.out.splitlines() == ["calendar.pdf", "plan.yaml", "note.txt", "plan.ics"]
    submit(folder / "calendar.pdf")
    text = read_text(folder / "calendar.pdf")
    for said in (
        "Comfort",
        "From week 3: hold 45 seconds in exercises 2, 3, 4 and 5.",
        "From week 4: Child's pose, 30 seconds, 2 times.",
        "Ask me first.",
    ):
        assert said in text.replace("’", "'")
    saved = (folder / "plan.yaml").read_text()
    for line in (
        "pages: [calendar, diary]", "start: 2026-12-02", "weeks: 4", "one_page: true", "score: comfort",
        'progression: ["week 3: hold 45 s", "week 4: childs-pose: 2 x 30 s"]', 'progression_rule: "Ask me first."',
        'at: ["07:30", "21:00"]', 'time_zone: "Europe/London"',
    ):  # fmt: skip
        assert line in saved
    again = run("calendar", "plan.yaml", "-o", "again.pdf", "--ics", "again.ics")
    assert again.code == 0
    assert (folder / "again.pdf").read_bytes() == (folder / "calendar.pdf").read_bytes()
    assert (folder / "again.ics").read_bytes() == (folder / "plan.ics").read_bytes()


def test_pages_of_a_request_file_stay_unless_it_is_made_for_a_handout(run: Run, folder: Path) -> None:
    (folder / "a.yaml").write_text("routine: five-minute\npages: [month, diary]\nstart: 2026-12-02\n")
    (folder / "b.yaml").write_text("routine: five-minute\npages: [handout, diary]\n")
    assert run("calendar", "a.yaml", "-o", "a.pdf").code == 0
    assert "Your exercises" in read_text(folder / "a.pdf")
    assert "Your diary" in read_text(folder / "a.pdf")
    ran = run("calendar", "b.yaml", "-o", "b.pdf")
    assert ran.lines[0] == "handouts calendar: the pages of the file are left out: handout, diary (ask for them: --pages)"
    assert len(PdfReader(folder / "b.pdf").pages) == 1
    assert run("make", "b.yaml", "-o", "c.pdf").code == 0
    assert "Your diary" in read_text(folder / "c.pdf")


# ------------------------------------------------------------------------------------------------- reminders


def test_one_recurring_event_a_session_on_each_day_of_the_plan(run: Run, folder: Path) -> None:
    assert run(*FIVE, "--weeks", "4", "--times-per-day", "2", "--ics", "plan.ics", "--date", "2026-11-25").code == 0
    morning, evening = events(folder / "plan.ics")
    days = [dt.date(2026, 12, 2) + dt.timedelta(days=n) for n in range(28)]
    assert [each.date() for each in times(morning)] == [each.date() for each in times(evening)] == days
    assert {each.time() for each in times(morning)} == {dt.time(8)}
    assert {each.time() for each in times(evening)} == {dt.time(19)}
    assert (morning.summary.value, evening.summary.value) == ("Your exercises (morning)", "Your exercises (evening)")
    for event in (morning, evening):
        assert event.dtstamp.value == dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
        assert event.duration.value == dt.timedelta(minutes=5)
        assert event.valarm.action.value == "DISPLAY"
        assert event.valarm.trigger.value == dt.timedelta(0)
        assert "Figure four: 30 seconds, once, each side" in event.description.value
        assert "See your sheet" in event.description.value
    assert morning.uid.value != evening.uid.value


def test_named_days_and_a_time_zone_with_summer_time(run: Run, folder: Path) -> None:
    words = ("--start", "2027-03-22", "--weeks", "2", "--days", "mon,thu,sun", "--time-zone", "Europe/London", "--at", "18:15")
    assert run("calendar", "--routine", "five-minute", *words, "--ics", "plan.ics").code == 0
    (event,) = events(folder / "plan.ics")
    found = [each.replace(tzinfo=None) for each in times(event)]
    assert [f"{each:%a %d %H:%M}" for each in found] == [
        "Mon 22 18:15", "Thu 25 18:15", "Sun 28 18:15", "Mon 29 18:15", "Thu 01 18:15", "Sun 04 18:15",
    ]  # fmt: skip
    zone = tz.tzical(str(folder / "plan.ics")).get("Europe/London")  # what the file itself says of the zone
    assert [zone.utcoffset(each) for each in found] == [dt.timedelta(0)] * 2 + [dt.timedelta(hours=1)] * 4


def test_exercises_of_their_own_days_are_in_one_event_and_say_so(run: Run, folder: Path) -> None:
    words = ("--profile", "extension", "--start", "2026-11-30", "--weeks", "2", "--ics", "plan.ics")
    assert run("calendar", *words).code == 0
    (event,) = events(folder / "plan.ics")
    assert len(times(event)) == 14
    assert "Glute bridge: 2 rounds of 10 times, slowly (Mo, We and Fr)" in event.description.value


def test_a_new_plan_for_the_same_patient_updates_the_old_reminders(run: Run, folder: Path) -> None:
    words = ("calendar", "--start", "2026-12-02", "--ics", "plan.ics")
    uids, numbers = [], []
    for more in (
        ("--routine", "five-minute", "--patient-id", "A-17", "--date", "2026-12-01"),
        ("--routine", "flexion-starter", "--patient-id", "A-17", "--date", "2026-12-08"),
        ("--routine", "five-minute", "--patient-id", "A-18", "--date", "2026-12-01"),
        ("--routine", "five-minute"),
        ("--routine", "five-minute"),
        ("--routine", "flexion-starter"),
    ):
        assert run(*words, *more).code == 0
        event = events(folder / "plan.ics")[0]
        uids.append(event.uid.value)
        numbers.append(int(event.sequence.value) if "sequence" in event.contents else None)
    assert uids[0] == uids[1] != uids[2]
    assert uids[3] == uids[4] != uids[5]
    assert len(set(uids)) == 4
    assert numbers[1] - numbers[0] == 7, "a phone takes the newer one"
    assert numbers[3:] == [None] * 3, "without a date nobody knows which one is newer"
    assert "A-17" not in (folder / "plan.ics").read_text()


def test_no_name_and_no_diagnosis_in_reminders_unless_asked(run: Run, folder: Path) -> None:
    who = ("--patient", "Ana Sample", "--patient-id", "A-17", "--goal", "Walk again", "--note", "figure-four: Slowly, Ana")
    words = (*FIVE, *who, "--precaution", "osteoporosis", "--swap", "--ics", "plan.ics")
    assert run(*words).code == 0
    text = (folder / "plan.ics").read_bytes().decode().replace("\r\n ", "")
    for private in ("Ana", "A-17", "Walk again", "osteoporosis", "lower back", "extension", "flexion", "physio"):
        assert private not in text
    assert run(*words, "--name-in-ics").code == 0
    (event,) = events(folder / "plan.ics")
    assert event.summary.value == "Exercises of Ana Sample"
    assert "A-17" not in (folder / "plan.ics").read_text()


def test_make_writes_reminders_too(run: Run, folder: Path) -> None:
    ran = run("make", "--routine", "five-minute", "--start", "2026-12-02", "--weeks", "3", "--ics", "plan.ics")
    assert ran.out == "handout.pdf\nplan.ics\n"
    assert len(times(events(folder / "plan.ics")[0])) == 21


def test_progression_is_in_the_reminder(run: Run, folder: Path) -> None:
    assert run(*FIVE, "--weeks", "3", "--progression", "week 2: hold 45 s", "--ics", "plan.ics").code == 0
    said = events(folder / "plan.ics")[0].description.value
    assert "Child's pose: 30 seconds, once" in said.replace("’", "'")
    assert "From week 2: hold 45 seconds in exercises 2, 3, 4 and 5.\nTake a new amount only if" in said


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("--routine", "five-minute", "--ics", "plan.ics"), 3, "reminders need the first day of the plan (give one: --start"),
        ((*FIVE[1:], "--ics", "plan.txt"), 2, "--ics: expected a file name ending in .ics (write it like --ics FILE.ics)"),
        ((*FIVE[1:], "--at", "08:00,19:00", "--ics", "p.ics"), 3, "at: 1 session a day needs 1 time, found 08:00, 19:00"),
        ((*FIVE[1:], "--at", "8am"), 2, '--at: expected a time of the day, found "8am" (write it like "08:00" or "19:30")'),
        ((*FIVE[1:], "--weeks", "40"), 2, '--weeks: expected a whole number from 1 to 26, found "40"'),
        ((*FIVE[1:], "--pages", "calender"), 2, "did you mean calendar?"),
        ((*FIVE[1:], "--time-zone", "London"), 2, '--time-zone: there is no time zone "London"'),
        ((*FIVE[1:], "--progression", "week 1: hold 30 s"), 2, "--progression: expected a change from week 2 to week 26"),
        ((*FIVE[1:], "--progression", "week 2: hold 45 s"), 3, "progression: week 2 is past the 1 week of the plan (--weeks 2)"),
        ((*FIVE[1:], "--weeks", "2", "--progression", "week 2: cobra: 10"), 3, "progression: cobra is not on this handout"),
        ((*FIVE[1:], "--weeks", "2", "--progression", "week 2: kobra: 10"), 3, "did you mean cobra?"),
        ((*FIVE[1:], "--name-in-ics"), 2, "--name-in-ics is about the file of --ics (add --ics FILE.ics)"),
        ((*FIVE[1:], "--time-zone", "localtime"), 2, '--time-zone: there is no time zone "localtime"'),
        (("--routine", "five-minute", "--start", "9999-12-31"), 3, "start: 9999-12-31 is no day to begin 1 weeks on"),
        (("--routine", "five-minute", "--start", "2026-02-30"), 2, "--start: expected a day that exists"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    words: tuple[str, ...], code: int, problem: str, run: Run, folder: Path
) -> None:
    ran = run("calendar", *words)
    assert (ran.code, ran.out) == (code, "")
    assert problem in ran.err
    assert len([line for line in ran.lines if not line.startswith("warning")]) == 1
    assert files_in(folder) == []


def test_problems_of_a_request_file_have_their_place(run: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text('routine: five-minute\nweeks: 2\nprogression:\n  - "week 2: kobra: 10"\n')
    ran = run("calendar", "plan.yaml")
    assert ran.code == 3
    assert ran.err.startswith("plan.yaml:4:5: progression: there is no exercise of this id (did you mean cobra?)")


def test_a_protected_calendar_opens_with_the_password(run: Run, folder: Path) -> None:
    (folder / "pw.txt").write_text("heron\n")
    assert run(*FIVE, "--password-file", "pw.txt").code == 0
    assert PdfReader(folder / "calendar.pdf").is_encrypted
    assert "2 December to 8 December" in read_text(folder / "calendar.pdf", "heron")


def test_problems_of_a_plan_have_the_place_of_their_step(run: Run, folder: Path) -> None:
    steps = 'progression:\n  - "week 2: hold 45 s"\n  - "week 5: hold 50 s"\n'
    (folder / "plan.yaml").write_text(f'routine: five-minute\nstart: 2026-12-02\nweeks: 2\nat: ["08:00", "09:00"]\n{steps}')
    ran = run("calendar", "plan.yaml")
    assert ran.lines == ["plan.yaml:7:5: progression: week 5 is past the 2 weeks of the plan (--weeks 5)"]
    (folder / "plan.yaml").write_text(
        (folder / "plan.yaml").read_text().replace("week 5", "week 2: childs-pose").replace("hold 50 s", "2 x 40 s")
    )
    ran = run("calendar", "plan.yaml", "--ics", "plan.ics")
    assert ran.lines[0].startswith("plan.yaml:4:5: at: 1 session a day needs 1 time")


def test_the_chart_note_holds_what_the_calendar_asks(run: Run, folder: Path) -> None:
    words = ("--weeks", "3", "--progression", "week 2: hold 45 s", "--chart-note", "note.txt", "--times-per-day", "1")
    assert run(*FIVE, *words).code == 0
    note = (folder / "note.txt").read_text()
    assert "calendar: 3 weeks, 2026-12-02 to 2026-12-22, 21 sessions planned" in note
    assert "From week 2: all that are dosed so: hold 45 s" in note


def test_the_chart_note_holds_what_was_told_of_doses(run: Run, folder: Path) -> None:
    ran = run(*FIVE, "--weeks", "2", "--progression", "week 2: childs-pose: 90 s", "--chart-note", "note.txt")
    told = "progression: week 2: childs-pose: 3 times as much as the week before"
    assert told in ran.err
    assert f"- {told}" in (folder / "note.txt").read_text().split("Remarks")[1]


def test_reminders_beside_a_handout_tell_what_is_wrong_with_their_days(run: Run) -> None:
    words = ("--start", "2026-12-02", "--weeks", "2", "--progression", "week 2: childs-pose: 90 s", "--ics", "plan.ics")
    ran = run("make", "--routine", "five-minute", *words)
    assert "childs-pose: 3 times as much as the week before" in ran.err
    assert "printed on calendar pages only" not in ran.err


def test_weeks_that_need_more_than_the_one_page_are_told(run: Run) -> None:
    asked = ("calendar", "--routine", "ten-stretches", "--start", "2026-12-02", "--weeks", "3", "--one-page", "--strict")
    ran = run(*asked)
    assert (ran.code, "the weeks do not fit on one page, so the calendar has" in ran.err) == (4, True)
    assert "one page" not in run(*FIVE, "--weeks", "2", "--one-page").err
