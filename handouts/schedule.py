"""Lays a plan out over weeks: which exercise on which day, how many times, at which dose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from handouts.dosing import change_dose
from handouts.errors import InputError, Problem
from handouts.model import DAYS, Day, Dose, HoldUnit, Plan, PlannedExercise, Request, Schedule, ScheduledExercise, Step, Week

_SPREAD = {
    1: ("mon",),
    2: ("mon", "thu"),
    3: ("mon", "wed", "fri"),
    4: ("mon", "tue", "thu", "sat"),
    5: ("mon", "tue", "wed", "fri", "sat"),
    6: ("mon", "tue", "wed", "thu", "fri", "sat"),
}
"""Days for so many a week where nobody names them, as far apart as they can be: our own default."""

_SHORTEST, _LONGEST = 10, 60  # seconds of a hold: ACSM 2011, as check S4
_MOST_REPETITIONS, _MOST_AT_ONCE = 20, 2.0  # our own defaults: more is told, never refused

_FIRST_YEAR, _LAST_YEAR = 1900, 2199

_USUAL_WEEKS = {"calendar": 1, "diary": 2, "month": 4}
"""Weeks that are printed where nobody says how many: our own default."""


def schedule_plan(plan: Plan, request: Request, *, first_weekday: str) -> Schedule:
    """Return the weeks of a plan: seven days each from its first day.

    Without one, and for a request by calendar weeks, they begin on `first_weekday` (of DAYS); then the first one holds the start.

    Raises:
        InputError: a step of the progression is for a week or an exercise that is not there, or its dose does not fit.

    """
    weeks = request.weeks or max((_USUAL_WEEKS.get(kind, 1) for kind in request.pages), default=1)
    _check_steps(request.progression, plan, weeks)
    _check_start(request.start, weeks)
    whole = request.start is None or request.calendar_weeks
    at = DAYS.index(first_weekday) if whole or request.start is None else request.start.weekday()
    weekdays = (*DAYS[at:], *DAYS[:at])
    days_of = {item.exercise.id: _choose_days(item.dose, request.days) for item in plan.items}
    items, laid = list(plan.items), []
    old: dict[str, PlannedExercise] = {}
    for number in range(1, weeks + 1):
        steps = [step for step in request.progression if step.week == number]
        before, items = items, [_advance(item, steps) for item in items]
        changed = {earlier.exercise.id: earlier for item, earlier in zip(items, before, strict=True) if item.dose != earlier.dose}
        old |= changed
        days = _days_of_week(number, weekdays, request.start)
        exercises = tuple(
            ScheduledExercise(
                item=item,
                sessions=item.dose.per_day or 1,
                days=tuple(day.counts and day.weekday in days_of[item.exercise.id] for day in days),
                changed=item.exercise.id in changed,
                before=old.get(item.exercise.id),
            )
            for item in items
        )
        laid.append(_count_sessions(Week(number=number, days=days, exercises=exercises, planned=None)))
    _check_days(laid, request)
    return Schedule(
        weeks=tuple(laid),
        sessions=max((item.dose.per_day or 1 for item in plan.items), default=1),
        steps=tuple(sorted(request.progression, key=lambda step: step.week)),
        warnings=(
            *_warn_of_spread(plan.items, request.days),
            *_warn_of_steps(laid),
            *_warn_of_review(laid, request.review),
        ),
    )


def _check_start(start: dt.date | None, weeks: int) -> None:
    if start is not None and not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        hint = f"give a day from {_FIRST_YEAR} to {_LAST_YEAR}"
        raise InputError(Problem(message=f"start: {start.isoformat()} is no day to begin {weeks} weeks on", hint=hint))


def _check_days(weeks: Sequence[Week], request: Request) -> None:
    if any(any(each.days) for week in weeks for each in week.exercises):
        return
    days = ", ".join(request.days)
    hint = f"add --weeks {len(weeks) + 1}, or begin on another day"
    raise InputError(Problem(message=f"none of the days ({days}) comes between the start and the end of the plan", hint=hint))


def _choose_days(dose: Dose, named: Sequence[str]) -> tuple[str, ...]:
    """The days of one exercise: those named, else so many a week spread out, else every day."""
    if named or dose.blank:
        return tuple(named) or DAYS
    return _SPREAD.get(dose.days_per_week or len(DAYS), DAYS)


def _warn_of_spread(items: Iterable[PlannedExercise], named: Sequence[str]) -> Iterable[str]:
    if named:
        return
    spread: dict[int, list[str]] = {}
    for item in items:
        if item.dose.days_per_week in _SPREAD and not item.dose.blank:
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


def _warn_of_steps(weeks: Sequence[Week]) -> Iterator[str]:
    """Tell steps that a clinician may not have meant: less than before, far more, or holds and numbers out of the usual."""
    for before, week in pairwise(weeks):
        for old, new in zip(before.exercises, week.exercises, strict=True):
            if new.changed:
                name = f"progression: week {week.number}: {new.item.exercise.id}"
                was, now = (_amount(each.item.dose) for each in (old, new))
                if now < was:
                    yield f"{name}: less than the week before"
                elif now > _MOST_AT_ONCE * was:
                    yield f"{name}: {now / was:.2g} times as much as the week before"
                hold = new.item.dose.hold
                if hold is not None and hold.unit is HoldUnit.SECONDS and not _SHORTEST <= hold.count <= _LONGEST:
                    yield f"{name}: a hold of {hold.count} s; {_SHORTEST} to {_LONGEST} s are usual"
                elif hold is None and (new.item.dose.repetitions or 0) > _MOST_REPETITIONS:
                    yield f"{name}: {new.item.dose.repetitions} repetitions; {_MOST_REPETITIONS} at most are usual"


def _amount(dose: Dose) -> float:
    """How much a dose is, for comparison: seconds of holds, or the number of repetitions."""
    each = dose.duration_s or (dose.hold.count if dose.hold else 1)
    return each * (dose.repetitions or 1) * (dose.sets or 1)


def _warn_of_review(weeks: Sequence[Week], review: dt.date | None) -> Iterator[str]:
    last = weeks[-1].days[-1].date
    if review is not None and last is not None and review > last + dt.timedelta(days=1):
        days = (review - last).days - 1
        between = "1 day is" if days == 1 else f"{days} days are"
        end = f"the end of the calendar, {last.isoformat()}, and the next visit"
        yield f"{between} left between {end} (add --weeks {len(weeks) + 1})"


def _is_dosed_so(dose: Dose, change: Dose) -> bool:
    """True when a change for all exercises means this one: a hold those that are held, a number those that are counted."""
    if dose.blank:
        return False
    if change.hold is not None:
        return dose.hold is not None and dose.hold.unit is change.hold.unit
    return dose.hold is None and dose.repetitions is not None


def _check_steps(steps: Sequence[Step], plan: Plan, weeks: int) -> None:
    """Raise InputError with every step that changes nothing, contradicts another or cannot be."""
    doses = {item.exercise.id: item.dose for item in plan.items}
    problems: list[Problem] = []
    seen: set[tuple[int, str | None]] = set()
    for number, step in enumerate(steps):
        found = _find_step_problem(step, doses, weeks)
        if found is None and (step.week, step.exercise) in seen:
            what = step.exercise or "all exercises"
            found = Problem(message=f"week {step.week} changes {what} twice", hint="remove one of the two")
        seen.add((step.week, step.exercise))
        if found is not None:
            problems.append(replace(found, message=f"progression: {found.message}", about=("progression", f"{number}")))
    if problems:
        raise InputError(problems)


def _find_step_problem(step: Step, doses: Mapping[str, Dose], weeks: int) -> Problem | None:
    if step.week > weeks:
        count = "1 week" if weeks == 1 else f"{weeks} weeks"
        return Problem(message=f"week {step.week} is past the {count} of the plan", hint=f"--weeks {step.week}")
    if step.exercise is None:
        if any(_is_dosed_so(dose, step.dose) for dose in doses.values()):
            return None
        hint = "name the exercise: week 3: figure-four: 2 x 30 s"
        return Problem(message=f"week {step.week} changes no exercise of the plan", hint=hint)
    if step.exercise not in doses:
        return Problem(message=f"{step.exercise} is not on this handout", hint=f"on it: {', '.join(doses)}")
    if doses[step.exercise].blank:
        return Problem(message=f"{step.exercise} has its dose left blank", hint="state its dose, or leave the step out")
    try:
        change_dose(doses[step.exercise], step.dose, step.exercise)
    except InputError as error:
        message = error.problems[0].message.removeprefix("dose of ")
        return Problem(message=f"week {step.week}: {message}", hint=f"write it like week {step.week}: {step.exercise}: …")
    return None
