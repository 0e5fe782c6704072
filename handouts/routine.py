"""Puts exercises in order and times the session honestly: holds, sides, rests and changes of position."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from handouts.model import (
    Catalog,
    Clock,
    Dose,
    Exercise,
    Hold,
    HoldUnit,
    Plan,
    PlannedExercise,
    Position,
    Routine,
    Side,
    Sides,
)
from handouts.rules import SAFE

FLOOR = "floor"
STANDING = "standing"
MOST_ADVISED, MOST_SENSIBLE = 5, 8  # exercises: people do few ones more often
TOLERANCE = 0.2  # "5 minutes" is within 20 % of it, or says so (design)


# ------------------------------------------------------------------------------------------------- order


def order_exercises(
    exercises: Sequence[Exercise], positions: Mapping[str, Position], first: str | None = None
) -> tuple[Exercise, ...]:
    """Return the exercises with `first` (an id) leading, then the fewest changes of position and of floor and standing.

    Grouping by height, then by position, in order of first appearance, is exact: each position and each height is
    entered once, and no order can do with fewer. Ties keep the order given.
    """
    lead = [exercise for exercise in exercises if exercise.id == first]
    queue = [*lead, *(exercise for exercise in exercises if exercise.id != first)]
    heights = list(dict.fromkeys(_height(exercise, positions) for exercise in queue))
    places = list(dict.fromkeys(exercise.position for exercise in queue))
    return tuple(sorted(queue, key=lambda each: (heights.index(_height(each, positions)), places.index(each.position))))


def count_transfers(exercises: Iterable[Exercise], positions: Mapping[str, Position]) -> int:
    """Count how often the patient gets down to the floor or up from it, coming to the session and leaving it on their feet."""
    heights = [STANDING, *(_height(exercise, positions) for exercise in exercises), STANDING]
    return sum((before == FLOOR) != (after == FLOOR) for before, after in pairwise(heights))


def _height(exercise: Exercise, positions: Mapping[str, Position]) -> str:
    return positions[exercise.position].height


# ------------------------------------------------------------------------------------------------- clock


def exercise_seconds(exercise: Exercise, dose: Dose, side: Side, clock: Clock) -> float | None:
    """Return the seconds of one exercise in one session; None when it is open-ended, left blank, or has no amount.

    Counted: every hold or slow repetition of every set, on each side done (an alternating repetition goes both ways, so
    it counts twice), the rest between holds where the dose states one, the rest between sets (the dose's, else the
    clock's), and one change of side or direction in each set. A duration is the time of one side or direction.
    """
    if dose.blank or dose.open_ended:
        return None
    once = _seconds_of_one_side(exercise, dose, clock)
    if once is None:
        return None
    passes = 2 if exercise.sides in (Sides.EACH, Sides.DIRECTIONS) and side is Side.BOTH else 1
    one_set = once * passes + clock.change_side_s * (passes - 1)
    sets = dose.sets or 1
    rest = clock.rest_between_sets_s if dose.rest_s is None else dose.rest_s
    return one_set * sets + rest * (sets - 1)


def session_clock(items: Sequence[PlannedExercise], clock: Clock, positions: Mapping[str, Position]) -> float:
    """Count the seconds from the start of the first exercise to the end of the last.

    Counted: the seconds of each exercise (see `exercise_seconds`), and between two exercises the change of exercise and,
    where the position differs, the change of position by the clock's table (by position, else by height; the way back
    counts the same where only one way is given). Not counted: getting down before the first exercise, getting up after
    the last, and exercises that are open-ended or left blank (`Plan.open_ended` tells).
    """
    timed = sum(item.seconds for item in items if item.seconds is not None)
    changes = sum(_change_seconds(one.exercise, other.exercise, clock, positions) for one, other in pairwise(items))
    return float(timed + changes)


def minutes_off(seconds: float, minutes: int) -> bool:
    """Tell whether `seconds` is more than 20 % away from `minutes`."""
    return abs(seconds - minutes * 60) > minutes * 60 * TOLERANCE


def hold_seconds(hold: Hold, clock: Clock) -> float:
    """Return the seconds of one hold."""
    return hold.count * (clock.breath_s if hold.unit is HoldUnit.BREATHS else 1.0)


def _seconds_of_one_side(exercise: Exercise, dose: Dose, clock: Clock) -> float | None:
    if dose.duration_s is not None:
        return float(dose.duration_s)
    if dose.repetitions is None:
        return None
    each = hold_seconds(dose.hold, clock) if dose.hold else clock.repetition_s
    ways = 2 if exercise.sides is Sides.ALTERNATING else 1
    rest = dose.rest_s or 0 if dose.hold else 0
    return each * ways * dose.repetitions + rest * (dose.repetitions - 1)


def _change_seconds(one: Exercise, other: Exercise, clock: Clock, positions: Mapping[str, Position]) -> float:
    if one.position == other.position:
        return clock.change_exercise_s
    heights = (_height(one, positions), _height(other, positions))
    ways = ((one.position, other.position), (other.position, one.position), heights, heights[::-1])
    return clock.change_exercise_s + next((clock.transfers[way] for way in ways if way in clock.transfers), 0.0)


# ------------------------------------------------------------------------------------------------- plan


def plan_routine(
    items: Sequence[PlannedExercise],
    catalog: Catalog,
    *,
    profile: str | None = None,
    regions: tuple[str, ...] = (),
    routine: Routine | None = None,
    precautions: tuple[str, ...] = (),
    minutes: int | None = None,
    warnings: Iterable[str] = (),
) -> Plan:
    """Return the plan of these exercises in this order, timed, with warnings for the clinician."""
    seconds = session_clock(items, catalog.clock, catalog.positions)
    open_ended = any(item.seconds is None for item in items)
    if not any(item.seconds for item in items):
        seconds = 0.0
    exercises = [item.exercise for item in items]
    return Plan(
        profile=profile,
        regions=regions,
        routine=routine,
        precautions=precautions,
        items=tuple(items),
        seconds=seconds,
        open_ended=open_ended,
        transfers=count_transfers(exercises, catalog.positions),
        per_day=_shared(item.dose.per_day for item in items),
        days_per_week=_shared(item.dose.days_per_week for item in items),
        only_one=None if routine and routine.menu else _only_one(items, profile, catalog),
        minutes_asked=minutes,
        warnings=(*warnings, *_time_warnings(len(items), seconds, routine, minutes, open_ended=open_ended)),
    )


def _shared(values: Iterable[int | None]) -> int | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _only_one(items: Sequence[PlannedExercise], profile: str | None, catalog: Catalog) -> str | None:
    """Find the key exercise to do first, else the first on the page, of those that are safe; None when there is none."""
    safe = [item.exercise.id for item in items if item.verdict in SAFE]
    if len(items) < 2 or not safe:
        return None
    known = catalog.profiles.get(profile) if profile else None
    return next((key for key in known.key_exercises if key in safe) if known else iter(()), safe[0])


def _time_warnings(count: int, seconds: float, routine: Routine | None, minutes: int | None, *, open_ended: bool) -> list[str]:
    if minutes is not None and minutes_off(seconds, minutes):
        if seconds > minutes * 60:
            return [f"the session takes {math.ceil(seconds / 60)} minutes, {minutes} were asked for"]
        if not open_ended:
            exercises = "1 exercise fills" if count == 1 else f"{count} exercises fill"
            return [f"{exercises} {max(1, int(seconds // 60))} of {minutes} minutes"]
    promised = routine.minutes if routine and not routine.menu and minutes is None else None
    if routine and promised and not open_ended and minutes_off(seconds, promised):
        return [f"routine {routine.id} is called {promised} minutes and takes about {max(1, round(seconds / 60))}"]
    return []
