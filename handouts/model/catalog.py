"""The catalogue around the exercises: rules, routines, clock, signs and sources."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.model.exercises import Dose, Exercise, Ruling
from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRule:
    """One line of a precaution: exercises with any of `tags`, in any of `positions`, or named, get this ruling."""

    ruling: Ruling
    tags: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Precaution:
    """A condition of the patient that limits what is safe.

    `signs` are extra signs it adds to the page; `floor_ask`: the page says to ask how to get down and up instead of how.
    """

    id: str
    rules: tuple[TagRule, ...]
    signs: tuple[str, ...] = ()
    floor_ask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A responder profile: its key exercises, best first, and the directions it is made worse by."""

    id: str
    key_exercises: tuple[str, ...]
    rules: tuple[TagRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A start position; `height` is where the body is: floor, chair or standing."""

    id: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A standard list of exercises. A menu is a choice for the clinician to tick, not a session to do in full."""

    id: str
    exercises: tuple[str, ...]
    doses: Mapping[str, Dose]  # only what differs from the exercise
    profile: str | None
    menu: bool
    minutes: int | None  # the length its name promises
    per_day: int | None
    reason: str | None  # why it is longer than five exercises
    sources: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Seconds that are not holding: all our own defaults, editable in `catalog/clock.yaml`."""

    breath_s: float
    repetition_s: float
    change_side_s: float
    change_exercise_s: float
    rest_between_sets_s: float
    transfers: Mapping[tuple[str, str], float]  # (from height or position, to ...) -> seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from."""

    id: str
    kind: str  # "seed", "guideline", "study", "clinician", "inferred", "default"
    title: str
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One line of advice: an emergency sign, a reason to call, the pain rule, the rule of the diary or of progression."""

    id: str
    tier: (
        str  # "emergency", "call", "pain-rule", "before", "carry-on", "halve", "stop-one", "stop-call", "help-now", "progression"
    )
    always: bool  # else only with a precaution that names it
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All facts, and nothing of any language."""

    version: str
    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
    profiles: Mapping[str, Profile]
    precautions: Mapping[str, Precaution]
    regions: tuple[str, ...]
    positions: Mapping[str, Position]
    muscles: tuple[str, ...]
    equipment: tuple[str, ...]
    clock: Clock
    signs: Mapping[str, Sign]
    sources: Mapping[str, Source]
    emergency_numbers: Mapping[str, str]  # country code -> number
