"""What a patient will do."""

from __future__ import annotations

from handouts.model.catalog import Routine
from handouts.model.exercises import Dose, Exercise, Ruling, Side, Verdict
from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule that touches one exercise for this patient."""

    exercise: str
    rule: str  # "profile:extension", "precaution:glaucoma"
    ruling: Ruling
    swap: str | None = None
    swap_in_plan: bool = False  # every safe swap is on the handout already


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedExercise:
    """One exercise as this patient will do it."""

    exercise: Exercise
    dose: Dose
    side: Side  # BOTH when the exercise has no sides
    verdict: Verdict
    findings: tuple[Finding, ...]  # what the card and the chart note must say
    note: str | None
    override: str | None
    seconds: float | None  # one session; None when open-ended or left blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the patient will do, in order, before any word is chosen."""

    profile: str | None
    regions: tuple[str, ...]
    routine: Routine | None
    precautions: tuple[str, ...]
    items: tuple[PlannedExercise, ...]
    seconds: float  # one session: exercises, sides, rests and changes of position
    open_ended: bool  # True when a part of the session is not counted in `seconds`
    transfers: int  # times the patient gets down to the floor or up from it
    per_day: int | None  # None when the exercises differ
    days_per_week: int | None
    only_one: str | None  # "if you only have time for one"
    minutes_asked: int | None
    warnings: tuple[str, ...] = ()
