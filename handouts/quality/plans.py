"""Checks on a plan: complete doses, holds, rules of the profile and precautions, promised minutes, length."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.model import Clock, Dose, Exercise, Kind, Plan, PlannedExercise, Verdict
from handouts.nouns import dataclass
from handouts.quality.remarks import Check, Flaw, Severity
from handouts.routine import MOST_ADVISED, MOST_SENSIBLE, hold_seconds, minutes_off

SHORTEST_HOLD_S, LONGEST_HOLD_S = 10, 60
STRETCH_TARGET_S = 60
_FEWER = "people do fewer exercises more often"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInQuestion:
    """A plan with the clock it was timed by."""

    plan: Plan
    clock: Clock


def find_odd_hold(exercise: Exercise, dose: Dose, clock: Clock) -> Iterator[Flaw]:
    """The hold of a static stretch, where it is out of the usual range."""
    seconds = hold_seconds(dose.hold, clock) if dose.hold else None
    if exercise.kind is Kind.STRETCH and seconds is not None and not SHORTEST_HOLD_S <= seconds <= LONGEST_HOLD_S:
        message = f"{exercise.id}: a stretch held for {seconds:.0f} s; {SHORTEST_HOLD_S} to {LONGEST_HOLD_S} s is usual"
        hint = "keep it if the patient needs it"
        limit = SHORTEST_HOLD_S if seconds < SHORTEST_HOLD_S else LONGEST_HOLD_S
        yield Flaw(message=message, hint=hint, at=("dose", "hold"), found=seconds, limit=limit)


def find_incomplete_dose(subject: PlanInQuestion) -> Iterator[Flaw]:
    """S3: a dose that can be done from the page."""
    for item in subject.plan.items:
        if not item.dose.is_complete:
            hint = f'type --dose "{item.exercise.id}: 2 x 30 s", or --blank-doses'
            yield Flaw(message=f"{item.exercise.id}: the dose is not complete", hint=hint)


def find_odd_holds(subject: PlanInQuestion) -> Iterator[Flaw]:
    """S4: holds of stretches."""
    for item in subject.plan.items:
        if not item.dose.blank:
            yield from find_odd_hold(item.exercise, item.dose, subject.clock)


def find_short_stretches(subject: PlanInQuestion) -> Iterator[Flaw]:
    """S5: seconds of stretch per session beside the 60 that studies use."""
    for item in subject.plan.items:
        seconds = _stretched(item, subject.clock)
        if seconds is not None and seconds < STRETCH_TARGET_S:
            message = f"{item.exercise.id}: {seconds:.0f} s of stretch each session; studies use {STRETCH_TARGET_S} s"
            yield Flaw(message=message, found=seconds, limit=STRETCH_TARGET_S)


def _stretched(item: PlannedExercise, clock: Clock) -> float | None:
    dose = item.dose
    if item.exercise.kind is not Kind.STRETCH or dose.blank or dose.open_ended:
        return None
    if dose.duration_s is not None:
        return float(dose.duration_s * (dose.sets or 1))
    return hold_seconds(dose.hold, clock) * (dose.repetitions or 1) * (dose.sets or 1) if dose.hold else None


def find_rule_conflicts(subject: PlanInQuestion) -> Iterator[Flaw]:
    """S6: what the rules of the profile and the precautions say of each exercise."""
    for item in subject.plan.items:
        for found in item.findings:
            verdict, rule = found.ruling.verdict, found.rule.replace(":", " ")
            message = f"{item.exercise.id}: {verdict.value}, by {rule}"
            if verdict is Verdict.AVOID and item.override is None and not rule.endswith("undetermined"):
                yield Flaw(message=message, hint=f"use {found.swap}" if found.swap else "use another exercise")
            elif verdict is Verdict.AVOID:
                because = "the clinician decided; the request says why" if item.override else "no profile is given"
                yield Flaw(message=message, severity=Severity.WARNING, reason=because)
            elif verdict is Verdict.CAUTION:
                yield Flaw(message=message, severity=Severity.WARNING, reason="the card says what to take care of")
            elif verdict is Verdict.UNSPECIFIED:
                yield Flaw(message=f"{item.exercise.id}: no source decides for {rule}", severity=Severity.NOTE)


def find_broken_promise(subject: PlanInQuestion) -> Iterator[Flaw]:
    """S7: the minutes a name promises, or that were asked for, beside the minutes counted."""
    plan = subject.plan
    promised = plan.minutes_asked or (plan.routine.minutes if plan.routine and not plan.routine.menu else None)
    if promised is not None and not plan.open_ended and minutes_off(plan.seconds, promised):
        what = "asked for" if plan.minutes_asked else "promised by its name"
        message = f"takes {plan.seconds / 60:.1f} minutes, {promised} {what}"
        yield Flaw(message=message, hint="change the doses, or the promise", found=plan.seconds / 60, limit=promised)


def find_too_many(subject: PlanInQuestion) -> Iterator[Flaw]:
    """L4: how many exercises a patient gets; a menu is a choice, and not counted."""
    plan = subject.plan
    count, routine = len(plan.items), plan.routine
    reason = routine.reason if routine else None
    if routine is not None and routine.menu:
        if count > MOST_SENSIBLE and not reason:
            yield Flaw(message=f"a menu of {count} exercises without a reason", hint="add reason: …")
    elif count > MOST_SENSIBLE and not reason:
        yield Flaw(
            message=f"{count} exercises, {MOST_ADVISED} are advised", hint="leave some out, or use a routine with a reason"
        )
    elif count > MOST_ADVISED:
        message = f"{count} exercises, {MOST_ADVISED} are advised"
        yield Flaw(
            message=message,
            hint=_FEWER,
            severity=Severity.WARNING,
            found=count,
            limit=MOST_ADVISED,
            reason=reason,
        )


PLAN_CHECKS: tuple[Check[PlanInQuestion], ...] = (
    Check(
        id="S3",
        severity=Severity.ERROR,
        what="A dose says how many or how long, how often a day and on how many days; in the catalogue a warning.",
        source="CERT item 13",
        find=find_incomplete_dose,
    ),
    Check(
        id="S4",
        severity=Severity.WARNING,
        what="A stretch is held for 10 to 60 seconds.",
        source="ACSM: 10 to 30 seconds, 30 to 60 for older people",
        find=find_odd_holds,
    ),
    Check(
        id="S5",
        severity=Severity.NOTE,
        what="Tells where a stretch gets fewer than 60 seconds a session.",
        source="Garber and others, ACSM 2011",
        find=find_short_stretches,
    ),
    Check(
        id="S6",
        severity=Severity.ERROR,
        what="No rule says avoid; caution is a warning, unspecified a note.",
        source="the rules of catalog/profiles.yaml and catalog/precautions.yaml",
        find=find_rule_conflicts,
        needs_profile=True,
    ),
    Check(
        id="S7",
        severity=Severity.WARNING,
        what="A session takes the promised minutes, within 20 %.",
        source="our own rule: a seed named five minutes took four",
        find=find_broken_promise,
    ),
    Check(
        id="L4",
        severity=Severity.ERROR,
        what="A handout has 5 exercises at most; above 8 it needs a reason.",
        source="adherence studies: fewer exercises are done more often",
        find=find_too_many,
    ),
)
