"""Weeks of a plan: which exercise on which day, how often, at which dose; and when sessions come back."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import bench

from handouts.build import plan_request
from handouts.errors import InputError
from handouts.model import DAYS, Dose, Entry, Hold, HoldUnit, Plan, Request, Schedule, Step
from handouts.reminders import choose_times, gather_slots
from handouts.schedule import schedule_plan

WEDNESDAY = dt.date(2026, 12, 2)
LONGER = Dose(hold=Hold(count=45, unit=HoldUnit.SECONDS))


def held(count: int) -> Hold:
    return Hold(count=count, unit=HoldUnit.SECONDS)


def plan_of(*exercises: str, **fields: object) -> tuple[Plan, Request]:
    request = Request(exercises=tuple(Entry(id=each) for each in exercises), **fields)  # type: ignore[arg-type]
    return plan_request(request, bench()), request


def lay(*exercises: str, first: str = "mon", **fields: object) -> Schedule:
    plan, request = plan_of(*exercises, **fields)
    return schedule_plan(plan, request, first_weekday=first)


def test_weeks_begin_on_the_first_day() -> None:
    week = lay("childs-pose", first="sun", start=WEDNESDAY, pages=("calendar",)).weeks[0]
    assert [day.weekday for day in week.days] == ["wed", "thu", "fri", "sat", "sun", "mon", "tue"]
    assert all(day.counts for day in week.days)
    assert (week.days[0].date, week.planned) == (WEDNESDAY, 7)


@pytest.mark.parametrize(("first", "dates"), [("mon", (30, 1, 2)), ("sun", (29, 30, 1)), ("sat", (28, 29, 30))])
def test_calendar_weeks_begin_as_the_country_does(first: str, dates: tuple[int, ...]) -> None:
    week = lay("childs-pose", first=first, start=WEDNESDAY, pages=("calendar",), calendar_weeks=True).weeks[0]
    assert week.days[0].weekday == first
    assert tuple(day.date.day for day in week.days[:3] if day.date) == dates
    assert [day.counts for day in week.days] == [day.date is not None and day.date >= WEDNESDAY for day in week.days]
    assert week.exercises[0].days == tuple(day.counts for day in week.days)
    assert week.planned == sum(day.counts for day in week.days)


@given(
    start=st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
    first=st.sampled_from(DAYS),
    weeks=st.integers(1, 26),
    days=st.sets(st.sampled_from(DAYS), min_size=1),
    times=st.integers(1, 12),
    whole=st.booleans(),
)
def test_every_day_from_the_start_is_there_once_and_counted(
    start: dt.date, first: str, weeks: int, days: set[str], times: int, whole: bool
) -> None:
    named = tuple(day for day in DAYS if day in days)
    fields = {"start": start, "weeks": weeks, "days": named, "times_per_day": times, "calendar_weeks": whole}
    if whole and weeks == 1:
        fields["days"] = named = DAYS  # of one week that has begun, some days may be over
        days = set(DAYS)
    schedule = lay("childs-pose", first=first, **fields)
    every = [day for week in schedule.weeks for day in week.days]
    dates = [day.date for day in every]
    assert len(every) == 7 * weeks
    assert all(later - earlier == dt.timedelta(days=1) for earlier, later in itertools.pairwise(dates))
    assert {day.weekday for day in every[::7]} == {first if whole else DAYS[start.weekday()]}
    planned = [date for date in dates if date >= start and DAYS[date.weekday()] in days]
    assert sum(week.planned or 0 for week in schedule.weeks) == times * len(planned)
    if planned:
        slots = gather_slots(schedule)
        assert [slot.number for slot in slots] == list(range(1, times + 1))
        for slot in slots:
            assert (slot.first, slot.count) == (planned[0], len(planned))
            assert set(slot.weekdays) == {DAYS[date.weekday()] for date in planned}


def test_days_a_week_are_spread_and_told() -> None:
    schedule = lay("glute-bridge", "childs-pose")
    bridge, pose = schedule.weeks[0].exercises
    assert bridge.days == (True, False, True, False, True, False, False)
    assert all(pose.days)
    assert schedule.weeks[0].planned == 7
    (told,) = schedule.warnings
    assert told == "glute-bridge: 3 days a week are put on mon, wed, fri, our own choice (name others: --days mon,wed,fri)"
    named = lay("glute-bridge", "childs-pose", days=("tue", "sat"))
    assert named.warnings == ()
    assert named.weeks[0].planned == 2


def test_sessions_differ_by_exercise() -> None:
    plan, request = plan_of("glute-bridge", "childs-pose")
    items = (plan.items[0], replace(plan.items[1], dose=replace(plan.items[1].dose, per_day=3)))
    schedule = schedule_plan(replace(plan, items=items), request, first_weekday="mon")
    week = schedule.weeks[0]
    assert [each.sessions for each in week.exercises] == [1, 3]
    assert (schedule.sessions, week.planned) == (3, 21)
    assert week.sessions_on(0) == 3


def test_without_a_start_days_have_no_dates() -> None:
    schedule = lay("childs-pose", weeks=2)
    assert {day.date for week in schedule.weeks for day in week.days} == {None}
    assert [day.weekday for day in schedule.weeks[1].days] == list(DAYS)
    with pytest.raises(InputError, match=r"reminders need the first day of the plan \(give one: --start"):
        gather_slots(schedule)


def test_blank_doses_are_not_counted() -> None:
    assert lay("childs-pose", blank_doses=True).weeks[0].planned is None


@pytest.mark.parametrize(("pages", "weeks"), [(("calendar",), 1), (("diary",), 2), (("calendar", "month"), 4)])
def test_usual_weeks(pages: tuple[str, ...], weeks: int) -> None:
    assert len(lay("childs-pose", pages=pages).weeks) == weeks
    assert len(lay("childs-pose", pages=pages, weeks=6).weeks) == 6


# ------------------------------------------------------------------------------------------------- progression


def holds(schedule: Schedule, exercise: str) -> list[int | None]:
    found = []
    for week in schedule.weeks:
        dose = next(each.item.dose for each in week.exercises if each.item.exercise.id == exercise)
        found.append(dose.hold.count if dose.hold else None)
    return found


def test_a_step_for_all_changes_what_is_held_from_its_week_on() -> None:
    steps = (Step(week=3, exercise=None, dose=LONGER),)
    schedule = lay("childs-pose", "glute-bridge", weeks=4, progression=steps)
    assert holds(schedule, "childs-pose") == [30, 30, 45, 45]
    assert holds(schedule, "glute-bridge") == [None] * 4
    assert [[each.changed for each in week.exercises] for week in schedule.weeks] == [
        [False, False], [False, False], [True, False], [False, False],
    ]  # fmt: skip


def test_a_step_for_one_and_a_later_one_over_it() -> None:
    steps = (
        Step(week=4, exercise=None, dose=Dose(repetitions=15)),
        Step(week=2, exercise="glute-bridge", dose=Dose(sets=3, repetitions=12)),
    )
    schedule = lay("childs-pose", "glute-bridge", weeks=4, progression=steps)
    doses = [week.exercises[1].item.dose for week in schedule.weeks]
    assert [(dose.sets, dose.repetitions) for dose in doses] == [(2, 10), (3, 12), (3, 12), (3, 15)]
    assert [step.week for step in schedule.steps] == [2, 4]
    assert holds(schedule, "childs-pose") == [30] * 4


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (Step(week=3, exercise=None, dose=LONGER), r"week 3 is past the 2 weeks of the plan \(--weeks 3\)"),
        (Step(week=2, exercise="cobra", dose=LONGER), r"cobra is not on this handout \(on it: glute-bridge\)"),
        (Step(week=2, exercise=None, dose=LONGER), "week 2 changes no exercise of the plan"),
        (Step(week=2, exercise="glute-bridge", dose=Dose(duration_s=60)), "week 2: glute-bridge: it is counted, not held"),
    ],
)
def test_a_step_that_cannot_be_is_refused(step: Step, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        lay("glute-bridge", weeks=2, progression=(step,))


# ------------------------------------------------------------------------------------------------- times


def test_usual_times() -> None:
    assert [f"{time:%H:%M}" for time in choose_times((), 2)] == ["08:00", "19:00"]
    for sessions in range(1, 13):
        times = choose_times((), sessions)
        assert len(times) == sessions
        assert list(times) == sorted(set(times))
        assert all(dt.time(8) <= time <= dt.time(20) for time in times)


def test_as_many_times_as_sessions_in_order() -> None:
    asked = (dt.time(7, 30), dt.time(21))
    assert choose_times(asked, 2) == asked
    with pytest.raises(InputError, match=r"at: 1 session a day needs 1 time, found 07:30, 21:00"):
        choose_times(asked, 1)
    with pytest.raises(InputError, match=r"at: 2 sessions a day need 2 times, in order"):
        choose_times(asked[::-1], 2)


def test_two_steps_for_the_same_are_refused_and_have_their_number() -> None:
    steps = (Step(week=2, exercise=None, dose=LONGER), Step(week=2, exercise=None, dose=Dose(hold=held(50))))
    with pytest.raises(InputError, match="progression: week 2 changes all exercises twice") as refused:
        lay("childs-pose", weeks=2, progression=steps)
    assert [problem.about for problem in refused.value.problems] == [("progression", "1")]


def test_a_step_for_a_blank_dose_is_refused() -> None:
    with pytest.raises(InputError, match="childs-pose has its dose left blank"):
        lay("childs-pose", weeks=2, blank_doses=True, progression=(Step(week=2, exercise="childs-pose", dose=LONGER),))


@pytest.mark.parametrize(
    ("dose", "told"),
    [
        (Dose(hold=Hold(count=20, unit=HoldUnit.SECONDS)), "week 2: childs-pose: less than the week before"),
        (Dose(hold=Hold(count=90, unit=HoldUnit.SECONDS)), "week 2: childs-pose: 3 times as much as the week before"),
        (Dose(hold=Hold(count=70, unit=HoldUnit.SECONDS)), "week 2: childs-pose: a hold of 70 s; 10 to 60 s are usual"),
        (Dose(hold=Hold(count=45, unit=HoldUnit.SECONDS)), None),
    ],
)
def test_steps_nobody_means_are_told(dose: Dose, told: str | None) -> None:
    warnings = lay("childs-pose", weeks=2, progression=(Step(week=2, exercise=None, dose=dose),)).warnings
    assert any(told in warning for warning in warnings) if told else warnings == ()


def test_many_repetitions_are_told() -> None:
    def told(repetitions: int) -> list[str]:
        step = Step(week=2, exercise=None, dose=Dose(repetitions=repetitions))
        return [warning for warning in lay("glute-bridge", weeks=2, progression=(step,)).warnings if "progression" in warning]

    assert told(20) == []
    assert "week 2: glute-bridge: 25 repetitions; 20 at most are usual" in told(25)[-1]


def test_days_between_the_end_and_the_next_visit_are_told() -> None:
    fields = {"start": WEDNESDAY, "weeks": 2, "pages": ("calendar",)}
    assert lay("childs-pose", review=dt.date(2026, 12, 16), **fields).warnings == ()
    (told,) = lay("childs-pose", review=dt.date(2026, 12, 20), **fields).warnings
    assert told.startswith("4 days are left between the end of the calendar, 2026-12-15, and the next visit (add --weeks 3)")


@pytest.mark.parametrize("start", [dt.date(1, 1, 1), dt.date(1899, 12, 31), dt.date(2200, 1, 1), dt.date(9999, 12, 31)])
def test_a_start_of_another_age_is_refused(start: dt.date) -> None:
    with pytest.raises(InputError, match=r"start: \d+-\d+-\d+ is no day to begin 2 weeks on \(give a day from 1900 to 2199\)"):
        lay("childs-pose", start=start, weeks=2)


def test_a_plan_without_any_of_its_days_is_refused() -> None:
    with pytest.raises(InputError, match=r"none of the days \(mon\) comes between the start and the end"):
        lay("childs-pose", start=WEDNESDAY, days=("mon",), calendar_weeks=True, pages=("calendar",))
