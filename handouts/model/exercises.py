"""Exercises and their doses, free of language: kinds, sides, holds, rulings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from handouts.nouns import dataclass

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

HEIGHTS = ("floor", "chair", "standing")  # where the body is in a start position

BODIES = ("female", "male")  # the bodies that pictures show

SIDED_PARTS = (  # the parts of the body that words can name by side: {knee.near}
    "ankle",
    "arm",
    "buttock",
    "elbow",
    "foot",
    "groin",
    "hand",
    "heel",
    "hip",
    "knee",
    "leg",
    "shin",
    "shoulder",
    "side",
    "thigh",
    "toes",
)


class Verdict(StrEnum):
    """What a rule says about one exercise for one patient. `unspecified` is not "safe": no source says anything."""

    PREFER = "prefer"
    NEUTRAL = "neutral"
    UNSPECIFIED = "unspecified"
    CAUTION = "caution"
    AVOID = "avoid"


class Kind(StrEnum):
    """What an exercise trains."""

    STRETCH = "stretch"
    MOBILITY = "mobility"
    STRENGTH = "strength"
    AEROBIC = "aerobic"


class Level(StrEnum):
    """How demanding an exercise is; advanced ones are only ever chosen by name."""

    BASIC = "basic"
    ADVANCED = "advanced"


class Sides(StrEnum):
    """How an exercise uses the two sides of the body."""

    NONE = "none"  # both sides work at once: bridge, cobra
    EACH = "each-side"  # done for one side, then for the other: pigeon
    ALTERNATING = "alternating"  # one repetition goes to both sides: knee rotations
    DIRECTIONS = "each-direction"  # one way round, then the other: hip circles


class Side(StrEnum):
    """The side or sides a patient is asked to do."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class HoldUnit(StrEnum):
    """A hold is timed by the clock or by deep breaths."""

    SECONDS = "s"
    BREATHS = "breaths"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How long one repetition is held: `Hold(count=30, unit=HoldUnit.SECONDS)` or eight breaths."""

    count: int
    unit: HoldUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise to do.

    A dose is either *counted* (repetitions, each held or not) or *timed* (`duration_s`, or `open_ended` when the patient
    ends it by feel). None means that no source states the value. Repetitions, holds and durations are for one side or
    one direction. `blank` leaves the numbers off the page, to be written in by hand.
    """

    sets: int | None = None
    repetitions: int | None = None
    hold: Hold | None = None
    duration_s: int | None = None
    open_ended: bool = False
    rest_s: int | None = None
    per_day: int | None = None
    days_per_week: int | None = None
    blank: bool = False

    @property
    def is_complete(self) -> bool:
        """True when a patient can do it from the page: an amount, and how often."""
        amount = self.repetitions is not None or self.duration_s is not None or self.open_ended
        return self.blank or (amount and self.per_day is not None and self.days_per_week is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A verdict with the reason (a key of the clinician's words) and the sources it rests on."""

    verdict: Verdict
    because: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """The clinical facts of one exercise, free of language. `sources` maps a field ("dose.hold") to its source ids."""

    id: str
    kind: Kind
    position: str
    regions: tuple[str, ...]
    muscles: tuple[str, ...]
    directions: tuple[str, ...]
    tags: tuple[str, ...]
    places: tuple[str, ...]  # "floor", "bed", "chair", "standing": where it can be done
    sides: Sides
    side_means: str | None  # what the side names: "stretched-leg", "front-leg", "turn-direction"
    level: Level
    dose: Dose
    verdicts: Mapping[str, Ruling]  # by profile id
    equipment: tuple[str, ...]
    swaps: tuple[str, ...]  # exercise ids, best first
    easier: str | None
    harder: str | None
    pictures: tuple[str, ...]  # pose names in the order of the movement: ("start", "end")
    pictured_side: Side | None  # the side that works in pictures which do not say it themselves: a clinic's photos and SVGs
    sources: Mapping[str, tuple[str, ...]]
