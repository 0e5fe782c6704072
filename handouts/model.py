"""The nouns: exercises, doses, rules, requests and plans, as frozen values.

Lengths are in points, times in seconds, dates are `datetime.date`. Nothing here reads a file, a clock or the environment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# --------------------------------------------------------------------------------------------- vocabulary

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HEIGHTS = ("floor", "chair", "standing")  # where the body is in a start position
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
    sources: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWords:
    """Words of one picture: what it shows for a reader who cannot see it (1 to 250 characters), and its caption."""

    alt: str
    caption: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseWords:
    """What the page says about one exercise in one language; `{knee.near}` stands for a sided body part."""

    name: str
    aka: tuple[str, ...]
    purpose: str
    steps: tuple[str, ...]
    breathing: str
    feel: str
    tip: str | None
    caution: str | None
    stop_if: tuple[str, ...]
    easier: str | None
    harder: str | None
    pictures: Mapping[str, PictureWords]
    sources: Mapping[str, tuple[str, ...]]


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
class RoutineWords:
    """Title and purpose of a routine's handout in one language."""

    title: str
    purpose: str
    how_often: str | None = None


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
    """One line of the safety box: an emergency sign, a reason to call, or the pain rule."""

    id: str
    tier: str  # "emergency", "call", "pain-rule", "before"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of the catalogue's ids in one language."""

    regions: Mapping[str, str]
    positions: Mapping[str, str]
    muscles: Mapping[str, str]
    equipment: Mapping[str, str]
    profiles: Mapping[str, str]
    precautions: Mapping[str, str]
    reasons: Mapping[str, str]  # for the clinician: why a rule says what it says
    cautions: Mapping[str, str]  # for the patient: the same reason as advice on the card
    signs: Mapping[str, str]
    side_means: Mapping[str, str]
    one_side: Mapping[str, str]  # the same ids as said in a dose for one side: "turn to the {side} only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything the catalogue says in one language."""

    lang: str
    exercises: Mapping[str, ExerciseWords]
    routines: Mapping[str, RoutineWords]
    vocabulary: Vocabulary


# --------------------------------------------------------------------------------------------- requests


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One exercise asked for by name, with what differs for this patient."""

    id: str
    dose: Dose | None = None  # only what differs
    side: Side | None = None
    note: str | None = None
    override: str | None = None  # the clinician's reason; recorded, never printed for the patient

    def under(self, above: Entry) -> Entry:
        """Return this entry with what `above` states laid over it."""
        return Entry(
            id=self.id,
            dose=self.dose if above.dose is None else above.dose,
            side=self.side if above.side is None else above.side,
            note=self.note if above.note is None else above.note,
            override=self.override if above.override is None else above.override,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a clinician asks for: the command line and the request file say the same things with the same names."""

    profile: str | None = None
    regions: tuple[str, ...] = ()
    routine: str | None = None
    exercises: tuple[Entry, ...] = ()
    exclude: tuple[str, ...] = ()
    minutes: int | None = None
    positions: tuple[str, ...] = ()
    level: Level | None = None
    precautions: tuple[str, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)  # dose, side, note, override of exercises not named
    swap: bool = False
    patient: str | None = None
    patient_id: str | None = None
    clinician: str | None = None
    goal: str | None = None
    title: str | None = None
    date: dt.date | None = None
    review: dt.date | None = None
    days: tuple[str, ...] = ()  # of DAYS
    times_per_day: int | None = None
    blank_doses: bool = False
    clinic: str | None = None
    cover: str | None = None  # "none", "generated" or a path; None: as the clinic says
    letterhead: str | None = None
    edition: str | None = None
    paper: str | None = None
    lang: str | None = None


# --------------------------------------------------------------------------------------------- plans


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


# --------------------------------------------------------------------------------------------- clinics and workspaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Room kept free at the four edges of a page, in points."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterheadMargins:
    """Room a letterhead needs, in points; on the first page `first_top` and `first_bottom` where they are given."""

    top: float = 127.6  # 45 mm, our own default
    bottom: float = 56.7  # 20 mm, our own default
    first_top: float | None = None
    first_bottom: float | None = None
    left: float = 0.0  # a strip down the side
    right: float = 0.0

    def for_page(self, *, first: bool) -> Margins:
        """Return what is kept free on the first page, or on the others."""
        top = self.first_top if first and self.first_top is not None else self.top
        bottom = self.first_bottom if first and self.first_bottom is not None else self.bottom
        return Margins(top=top, bottom=bottom, left=self.left, right=self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """One clinic: what is printed of it, and its own paper. Paths are full paths of checked, existing files."""

    id: str
    name: str
    phone: str
    tagline: str | None = None
    email: str | None = None
    website: str | None = None
    address: tuple[str, ...] = ()
    logo: str | None = None
    logo_alt: str | None = None
    main_colour: str | None = None  # "#rrggbb"
    cover: str | None = None  # "none", "generated" or a path
    cover_alt: str | None = None
    letterhead: str | None = None
    margins: LetterheadMargins = field(default_factory=LetterheadMargins)
    country: str | None = None
    emergency_number: str | None = None
    clinician: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a workspace's `handouts.yaml` says for every request that does not say otherwise."""

    clinic: str | None = None
    country: str | None = None
    emergency_number: str | None = None
    lang: str | None = None
    paper: str | None = None
    edition: str | None = None
    cover: str | None = None  # "none", "generated" or a path
    clinician: str | None = None
    times_per_day: int | None = None
