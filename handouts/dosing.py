"""Settles the dose of one exercise: the catalogue's, changed by the routine, by the clinician, and by the whole plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handouts.errors import InputError, Problem
from handouts.model import Dose, Entry, Exercise, Hold, HoldUnit, Request, Routine


def settle_dose(exercise: Exercise, routine: Routine | None, entry: Entry | None, request: Request) -> Dose:
    """Return the dose this patient does; the later wins: exercise, routine, entry, then times a day and days of the request.

    Raises InputError when the entry's dose does not fit the exercise.
    """
    dose = exercise.dose
    if routine:
        dose = with_values(dose, per_day=routine.per_day or dose.per_day)
        dose = change_dose(dose, routine.doses.get(exercise.id, Dose()), exercise.id)
    if entry and entry.dose:
        dose = change_dose(dose, entry.dose, exercise.id)
    return with_values(
        dose,
        per_day=request.times_per_day or dose.per_day,
        days_per_week=len(set(request.days)) or dose.days_per_week,
        blank=dose.blank or request.blank_doses,
    )


def change_dose(dose: Dose, change: Dose, exercise_id: str) -> Dose:
    """Return `dose` with what `change` states. A plain time sets the duration of a timed exercise and the hold of a held one.

    Raises InputError when repetitions or breaths are asked of a timed exercise, or a plain time of one that is counted
    without a hold (30 seconds for each of ten press-ups is not what anyone means).
    """
    dose = with_values(
        dose,
        sets=change.sets or dose.sets,
        rest_s=dose.rest_s if change.rest_s is None else change.rest_s,
        per_day=change.per_day or dose.per_day,
        days_per_week=change.days_per_week or dose.days_per_week,
        blank=dose.blank or change.blank,
    )
    if change.open_ended:
        return replace(dose, repetitions=None, hold=None, duration_s=None, open_ended=True)
    if change.repetitions is None and change.hold is None and change.duration_s is None:
        return dose
    if dose.duration_s is not None or dose.open_ended:
        return replace(dose, duration_s=_time_for_timed(change, exercise_id), open_ended=False)
    return _change_counted(dose, change, exercise_id)


def with_values(dose: Dose, **said: Any) -> Dose:
    """The dose with these values; the same one where it has them already, as nearly always."""
    for name, value in said.items():
        if getattr(dose, name) != value:
            return replace(dose, **said)
    return dose


def _time_for_timed(change: Dose, exercise_id: str) -> int | None:
    hint = f'type a time: --dose "{exercise_id}: 30 s"'
    if change.repetitions is not None:
        raise InputError(
            Problem(message=f"dose of {exercise_id}: it is timed, found {change.repetitions} repetitions", hint=hint)
        )
    if change.hold is not None and change.hold.unit is HoldUnit.BREATHS:
        raise InputError(Problem(message=f"dose of {exercise_id}: it is timed, found {change.hold.count} breaths", hint=hint))
    return change.hold.count if change.hold else change.duration_s


def _change_counted(dose: Dose, change: Dose, exercise_id: str) -> Dose:
    nothing_known = dose.repetitions is None and dose.hold is None
    if change.repetitions is not None:
        return replace(dose, repetitions=change.repetitions, hold=change.hold or dose.hold)
    if nothing_known and change.duration_s is not None:
        return replace(dose, duration_s=change.duration_s)
    if dose.hold is None and not nothing_known:
        hint = f'say how many: --dose "{exercise_id}: {dose.repetitions} x 2 s", or --dose "{exercise_id}: {dose.repetitions}"'
        raise InputError(Problem(message=f"dose of {exercise_id}: it is counted, not held; found only a time", hint=hint))
    return replace(dose, repetitions=dose.repetitions or 1, hold=change.hold or _as_hold(change, dose))


def _as_hold(change: Dose, dose: Dose) -> Hold | None:
    return dose.hold if change.duration_s is None else Hold(count=change.duration_s, unit=HoldUnit.SECONDS)
