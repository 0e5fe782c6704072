"""Lays a plan out over weeks: which exercise on which day, how many times, at which dose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from handouts.dosing import change_dose
from handouts.errors import InputError, Problem
from handouts.model import DAYS, Day, Dose, Plan, PlannedExercise, Request, Schedule, ScheduledExercise, Step, Week

_SPREAD = {
    1: ("mon",),
    2: ("mon", "thu"),
    3: ("mon", "wed", "fri"),
    4: ("mon", "tue", "thu", "sat"),
    5: ("mon", "tue", "wed", "fri", "sat"),
    6: ("mon", "tue", "wed", "thu", "fri", "sat"),
}
"""Days for so many a week where nobody names them, as far apart as they can be: our own default."""

_USUAL_WEEKS = {"calendar": 1, "diary": 2, "month": 4}
"""Weeks that are printed where nobody says how many: our own default."""


def schedule_plan(plan: Plan, request: Request, *, first_weekday: str) -> Schedule:
    """Return the weeks of a plan; each begins on `first_weekday` (of DAYS), the first one holds the start.

    Raises:
        InputError: a step of the progression is for a week or an exercise that is not there, or its dose does not fit.

    """
    weeks = request.weeks or max((_USUAL_WEEKS.get(kind, 1) for kind in request.pages), default=1)
    _check_steps(request.progression, plan, weeks)
    at = DAYS.index(first_weekday)
    weekdays = (*DAYS[at:], *DAYS[:at])
    days_of = {item.exercise.id: _choose_days(item.dose, request.days) for item in plan.items}
    items, laid = list(plan.items), []
    for number in range(1, weeks + 1):
        steps = [step for step in request.progression if step.week == number]
        before, items = items, [_advance(item, steps) for item in items]
        days = _days_of_week(number, weekdays, request.start)
        exercises = tuple(
            ScheduledExercise(
                item=item,
                sessions=item.dose.per_day or 1,
                days=tuple(day.counts and day.weekday in days_of[item.exercise.id] for day in days),
                changed=item.dose != earlier.dose,
            )
            for item, earlier in zip(items, before, strict=True)
        )
        laid.append(_count_sessions(Week(number=number, days=days, exercises=exercises, planned=None)))
    return Schedule(
        weeks=tuple(laid),
        sessions=max((item.dose.per_day or 1 for item in plan.items), default=1),
        steps=tuple(sorted(request.progression, key=lambda step: step.week)),
        warnings=tuple(_warn_of_spread(plan.items, request.days)),
    )


def _choose_days(dose: Dose, named: Sequence[str]) -> tuple[str, ...]:
    """The days of one exercise: those named, else so many a week spread out, else every day."""
    if named:
        return tuple(named)
    return _SPREAD.get(dose.days_per_week or len(DAYS), DAYS)


def _warn_of_spread(items: Iterable[PlannedExercise], named: Sequence[str]) -> Iterable[str]:
    if named:
        return
    spread: dict[int, list[str]] = {}
    for item in items:
        if item.dose.days_per_week in _SPREAD:
            spread.setdefault(item.dose.days_per_week or 0, []).append(item.exercise.id)
    for count, exercises in sorted(spread.items()):
        often = "1 day a week is" if count == 1 else f"{count} days a week are"
        chosen = ", ".join(_SPREAD[count])
        yield f"{', '.join(exercises)}: {often} put on {chosen}, our own choice (name others: --days {chosen.replace(', ', ',')})"


def _days_of_week(number: int, weekdays: Sequence[str], start: dt.date | None) -> tuple[Day, ...]:
    if start is None:
        return tuple(Day(weekday=weekday, date=None, counts=True) for weekday in weekdays)
    first = start - dt.timedelta(days=weekdays.index(DAYS[start.weekday()])) + dt.timedelta(weeks=number - 1)
    dates = [first + dt.timedelta(days=offset) for offset in range(len(weekdays))]
    return tuple(Day(weekday=DAYS[date.weekday()], date=date, counts=date >= start) for date in dates)


def _count_sessions(week: Week) -> Week:
    if any(each.item.dose.blank for each in week.exercises):
        return week
    return replace(week, planned=sum(week.sessions_on(day) for day in range(len(week.days))))


# ------------------------------------------------------------------------------------------------- progression


def _advance(item: PlannedExercise, steps: Iterable[Step]) -> PlannedExercise:
    """The exercise with the dose that these steps give it."""
    dose = item.dose
    for step in steps:
        if step.exercise == item.exercise.id or (step.exercise is None and _is_dosed_so(dose, step.dose)):
            dose = change_dose(dose, step.dose, item.exercise.id)
    return replace(item, dose=dose)


def _is_dosed_so(dose: Dose, change: Dose) -> bool:
    """True when a change for all exercises means this one: a hold those that are held, a number those that are counted."""
    if dose.blank:
        return False
    if change.hold is not None:
        return dose.hold is not None and dose.hold.unit is change.hold.unit
    return dose.hold is None and dose.repetitions is not None


def _check_steps(steps: Iterable[Step], plan: Plan, weeks: int) -> None:
    """Raise InputError with every step that changes nothing or cannot be."""
    doses = {item.exercise.id: item.dose for item in plan.items}
    problems = []
    for step in steps:
        if step.week > weeks:
            count = "1 week" if weeks == 1 else f"{weeks} weeks"
            problems.append(
                Problem(message=f"progression: week {step.week} is past the {count} of the plan", hint=f"--weeks {step.week}")
            )
        if step.exercise is None:
            if not any(_is_dosed_so(dose, step.dose) for dose in doses.values()):
                hint = "name the exercise: week 3: figure-four: 2 x 30 s"
                problems.append(Problem(message=f"progression: week {step.week} changes no exercise of the plan", hint=hint))
        elif step.exercise not in doses:
            hint = f"on it: {', '.join(doses)}"
            problems.append(Problem(message=f"progression: {step.exercise} is not on this handout", hint=hint))
        else:
            try:
                change_dose(doses[step.exercise], step.dose, step.exercise)
            except InputError as error:
                problems += error.problems
    if problems:
        raise InputError(problems)
