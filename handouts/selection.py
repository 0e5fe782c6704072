"""Chooses the exercises of a handout: those named, those of a routine, or the few that are right for this patient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handouts.asking import check_entries_used, check_request, gather_entries
from handouts.choosing import choose_unasked, least_minutes, left_out_untimed, room_for
from handouts.dosing import settle_dose, with_values
from handouts.errors import CannotPrintError, Problem
from handouts.model import Catalog, Entry, Exercise, Finding, Plan, PlannedExercise, Request, Routine, Side, Verdict
from handouts.nouns import dataclass
from handouts.routine import MOST_ADVISED, MOST_SENSIBLE, exercise_seconds, plan_routine, session_clock
from handouts.rules import ConflictError, Judgement, find_swap, judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The exercises chosen, in order, with the profile they were judged by and what the clinician should know."""

    profile: str | None  # the request's, else the routine's
    routine: Routine | None
    items: tuple[PlannedExercise, ...]
    warnings: tuple[str, ...]


def plan_handout(request: Request, catalog: Catalog, reasons: Mapping[str, str] | None = None) -> Plan:
    """Plan what the patient of this request will do; `reasons` are the clinician's words of the rules' reasons.

    Raises InputError (unknown ids, sides or doses that don't fit), ConflictError (a rule says avoid) and CannotPrintError
    (nothing left, minutes too few, an exercise without a dose).
    """
    selection = select_exercises(request, catalog, reasons)
    return plan_routine(
        selection.items,
        catalog,
        profile=selection.profile,
        regions=request.regions,
        routine=selection.routine,
        precautions=tuple(dict.fromkeys(request.precautions)),
        minutes=request.minutes,
        warnings=selection.warnings,
    )


def select_exercises(request: Request, catalog: Catalog, reasons: Mapping[str, str] | None = None) -> Selection:
    """Return the exercises of this request with dose, side, note and findings; raises as `plan_handout` does.

    Named exercises follow those of a routine; where all that is left of the routine is named too, their order is the
    clinician's and stands. Otherwise at most five are chosen, only of those that are safe, and the list is never padded.
    """
    check_request(request, catalog)
    entries = gather_entries(request)
    routine = catalog.routines[request.routine] if request.routine else None
    profile = request.profile or (routine.profile if routine else None)
    patient = _Patient(profile, tuple(dict.fromkeys(request.precautions)), catalog)
    asked = _order_asked(routine, request)
    warnings: list[str] = []
    if asked:
        kept = _exclude(asked, request, warnings)
        kept = _settle_conflicts(kept, patient, entries, request, catalog, reasons, warnings)
        items = [_prepare(catalog.exercises[each], patient, routine, entries, request, catalog) for each in kept]
        _refuse_without_dose(items)
        items = _fit_asked(items, routine, request, catalog, warnings)
        warnings += _asked_warnings(items, routine, patient, request)
    else:
        candidates = [_prepare(each, patient, None, entries, request, catalog) for each in catalog.exercises.values()]
        items = choose_unasked(candidates, profile, request, catalog, most=MOST_ADVISED)
        untimed = left_out_untimed(candidates, profile, request, catalog)
        warnings += [f"{each} has no fixed time, so --minutes leaves it out" for each in untimed]
    check_entries_used(entries, [item.exercise.id for item in items])
    warnings += [
        f"override of {item.exercise.id} is not needed: no rule says avoid"
        for item in items
        if item.override is not None and not any(found.ruling.verdict is Verdict.AVOID for found in item.findings)
    ]
    if request.minutes is not None and any(item.dose.blank for item in items):
        warnings.append("doses are left blank, so the minutes cannot be counted")
    items = [replace(item, seconds=None) if item.dose.blank else item for item in items]
    return Selection(profile=profile, routine=routine, items=tuple(items), warnings=tuple(warnings))


class _Patient:
    """Whom exercises are judged for, each once."""

    def __init__(self, profile: str | None, precautions: tuple[str, ...], catalog: Catalog) -> None:
        self.profile, self.precautions = profile, precautions
        self._catalog = catalog
        self._judged: dict[str, Judgement] = {}

    def judge(self, exercise: Exercise) -> Judgement:
        if exercise.id not in self._judged:
            self._judged[exercise.id] = judge(exercise, self.profile, self.precautions, self._catalog)
        return self._judged[exercise.id]


def _prepare(
    exercise: Exercise,
    patient: _Patient,
    routine: Routine | None,
    entries: Mapping[str, Entry],
    request: Request,
    catalog: Catalog,
) -> PlannedExercise:
    """Return one exercise as this patient will do it; an overridden avoid is a caution on the card.

    Its seconds are those of the dose even where that is left blank, so that minutes can be kept to.
    """
    entry = entries.get(exercise.id)
    dose = settle_dose(exercise, routine, entry, request)
    side = (entry.side if entry else None) or Side.BOTH
    judged = patient.judge(exercise)
    override = entry.override if entry else None
    allowed = override is not None and judged.verdict is Verdict.AVOID
    return PlannedExercise(
        exercise=exercise,
        dose=dose,
        side=side,
        verdict=Verdict.CAUTION if allowed else judged.verdict,
        findings=judged.findings,
        note=entry.note if entry else None,
        override=override,
        seconds=exercise_seconds(exercise, with_values(dose, blank=False), side, catalog.clock),
    )


def _order_asked(routine: Routine | None, request: Request) -> list[str]:
    named = [entry.id for entry in request.exercises]
    of_routine = routine.exercises if routine else ()
    if named and all(each in named or each in request.exclude for each in of_routine):
        return [*named, *(each for each in of_routine if each not in named)]
    return list(dict.fromkeys([*of_routine, *named]))


def _exclude(asked: Sequence[str], request: Request, warnings: list[str]) -> list[str]:
    kept = [each for each in asked if each not in request.exclude]
    if not kept:
        raise CannotPrintError(
            Problem(message="nothing is left: every exercise asked for is excluded", hint="leave out one --exclude")
        )
    warnings += [f"excluding {each} changes nothing: it was not asked for" for each in request.exclude if each not in asked]
    return kept


def _settle_conflicts(
    asked: Sequence[str],
    patient: _Patient,
    entries: Mapping[str, Entry],
    request: Request,
    catalog: Catalog,
    reasons: Mapping[str, str] | None,
    warnings: list[str],
) -> list[str]:
    """Return the list with every avoided exercise overridden or swapped; else ConflictError with every conflict."""
    kept = list(asked)
    findings: list[Finding] = []
    for place, each in enumerate(asked):
        conflicts = patient.judge(catalog.exercises[each]).conflicts
        entry = entries.get(each)
        if not conflicts or (entry and entry.override is not None):
            continue
        taken = {*asked, *kept, *request.exclude}
        swap = find_swap(catalog.exercises[each], patient.profile, patient.precautions, catalog, taken=taken)
        if swap:
            kept[place] = swap
        if swap and request.swap:
            warnings.append(f"{each} is replaced by {swap}: {_because(conflicts, reasons)}")
        else:
            free = find_swap(catalog.exercises[each], patient.profile, patient.precautions, catalog, taken=request.exclude)
            findings += [replace(found, swap=swap, swap_in_plan=free is not None and swap is None) for found in conflicts]
    if findings:
        raise ConflictError(findings, reasons)
    return kept


def _because(conflicts: Sequence[Finding], reasons: Mapping[str, str] | None) -> str:
    keys = [found.ruling.because or found.rule for found in conflicts]
    return "; ".join(dict.fromkeys((reasons or {}).get(key, key).rstrip(".") for key in keys))


def _refuse_without_dose(items: Sequence[PlannedExercise]) -> None:
    problems = []
    for item in items:
        if item.dose.is_complete:
            continue
        name, dose = item.exercise.id, item.dose
        if dose.repetitions is None and dose.duration_s is None and not dose.open_ended:
            hint = f'--dose "{name}: 2 x 30 s", or --blank-doses to write it in by hand'
            problems.append(Problem(message=f"{name} has no dose", hint=hint))
        if dose.per_day is None:
            problems.append(Problem(message=f"{name}: how many times a day is not stated", hint="--times-per-day 1"))
        if dose.days_per_week is None:
            problems.append(Problem(message=f"{name}: how many days a week is not stated", hint="--days mon,wed,fri"))
    if problems:
        raise CannotPrintError(problems)


def _fit_asked(
    items: list[PlannedExercise], routine: Routine | None, request: Request, catalog: Catalog, warnings: list[str]
) -> list[PlannedExercise]:
    """Of a routine, as many from its start as the minutes hold; what is named is kept whatever it takes."""
    if request.minutes is None:
        return items
    shortest = min((item.seconds for item in items if item.seconds is not None), default=0.0)
    if shortest > room_for(request.minutes):
        raise CannotPrintError(least_minutes(shortest, request.minutes))
    named = {entry.id for entry in request.exercises}
    kept = list(items)
    dropped: list[str] = []
    while session_clock(kept, catalog.clock, catalog.positions) > room_for(request.minutes):
        droppable = [item for item in kept if item.exercise.id not in named] if routine else []
        if not droppable or len(kept) == 1:
            break
        kept.remove(droppable[-1])
        dropped.insert(0, droppable[-1].exercise.id)
    first = kept[0]
    if routine and len(kept) == 1 and first.seconds is not None and first.seconds > room_for(request.minutes):
        raise CannotPrintError(least_minutes(first.seconds, request.minutes))
    if dropped:
        warnings.append(f"left out to fit {request.minutes} minutes: {', '.join(dropped)}")
    return kept


def _asked_warnings(items: Sequence[PlannedExercise], routine: Routine | None, patient: _Patient, request: Request) -> list[str]:
    warnings = []
    for option, value in (("position", request.positions), ("level", request.level)):
        if value:
            warnings.append(f"--{option} was not used: it narrows what is chosen, and these exercises were asked for")
    unspoken = [item.exercise.id for item in items if item.verdict is Verdict.UNSPECIFIED]
    if unspoken and (patient.profile or not routine):
        who = f"profile {patient.profile}" if patient.profile else "a patient whose profile is not known"
        warnings.append(f"no source says whether these suit {who}; your decision: {', '.join(unspoken)}")
    if len(items) > MOST_ADVISED and not (routine and (routine.reason or routine.menu)):
        most = (
            f"more than {MOST_SENSIBLE} are seldom done" if len(items) > MOST_SENSIBLE else f"{MOST_ADVISED} is the most advised"
        )
        warnings.append(f"{len(items)} exercises: {most}")
    return warnings
