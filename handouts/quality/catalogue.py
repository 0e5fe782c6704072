"""Checks on one exercise of the catalogue: its steps and pictures in words, and its facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain

from handouts.model import Clock, Exercise, ExerciseWords, Side, Sides
from handouts.nouns import dataclass
from handouts.quality.passages import Passage
from handouts.quality.plain_words import begins_plainly
from handouts.quality.plans import find_odd_hold
from handouts.quality.reading import split_words
from handouts.quality.remarks import Check, Flaw, Severity, Way

FEWEST_STEPS, MOST_STEPS, LONG_STEP = 3, 7, 20
LONGEST_ALT = 250

_SIDE_WORD = re.compile(r"\b(left|right)\b(?!\s+angles?\b)", re.IGNORECASE)
_PRINTED = ("purpose", "steps", "breathing", "feel", "tip", "caution", "stop_if", "easier", "harder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture that is there: the side that works in it, None where it has none; `own`: a clinic's photo or SVG."""

    side: Side | None
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An exercise with its words in one language; `figures` are the drawings found, by pose."""

    exercise: Exercise
    words: ExerciseWords
    lang: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """An exercise with what its facts must agree with."""

    exercise: Exercise
    clock: Clock
    sources: Collection[str]


def gather_passage(described: Described) -> Passage:
    """Return the printed words of an exercise as one passage."""
    return Passage(lang=described.lang, texts=tuple(_printed(described.words)))


def gather_alts(described: Described) -> Passage:
    """Return what is said of the pictures: read aloud, so in plain words too."""
    texts = tuple((("pictures", pose, "alt"), words.alt) for pose, words in described.words.pictures.items())
    return Passage(lang=described.lang, texts=texts, graded=False)


def _printed(words: ExerciseWords) -> Iterator[tuple[Way, str]]:
    for key in _PRINTED:
        value = getattr(words, key)
        if isinstance(value, str):
            yield (key,), value
        elif value is not None:
            yield from (((key, index), text) for index, text in enumerate(value))


def find_many_steps(described: Described) -> Iterator[Flaw]:
    """R4: the number of steps."""
    count = len(described.words.steps)
    if count > MOST_STEPS:
        message, hint = f"{count} steps, {MOST_STEPS} at most", "put two short ones together"
        yield Flaw(message=message, hint=hint, at=("steps",), found=count, limit=MOST_STEPS)
    elif count < FEWEST_STEPS:
        message, hint = f"{count} steps, {FEWEST_STEPS} at least", "say how to get in and out of it"
        yield Flaw(message=message, hint=hint, at=("steps",), severity=Severity.WARNING, found=count, limit=FEWEST_STEPS)


def find_long_steps(described: Described) -> Iterator[Flaw]:
    """R5: words in a step."""
    for index, step in enumerate(described.words.steps):
        words = len(split_words(step.replace(".near}", "}")))
        if words > LONG_STEP:
            message = f"a step of {words} words, {LONG_STEP} at most"
            yield Flaw(message=message, hint="make two steps of it", at=("steps", index), found=words, limit=LONG_STEP)


def find_odd_starts(described: Described) -> Iterator[Flaw]:
    """R6: how a step begins; English only."""
    if described.lang.split("-")[0] != "en":
        return
    for index, step in enumerate(described.words.steps):
        if not begins_plainly(step):
            hint = "begin with what to do: Lie, Bend, Lift, …"
            yield Flaw(message=f'the step begins with "{step.split()[0]}"', hint=hint, at=("steps", index))


def find_missing_pictures(described: Described) -> Iterator[Flaw]:
    """G1: a drawing for each picture the exercise names."""
    if not described.exercise.pictures:
        yield Flaw(message="no picture", hint="name at least one under pictures", at=("pictures",))
    for pose in described.exercise.pictures:
        if pose not in described.figures:
            message = f"there is no drawing for the picture {pose}"
            yield Flaw(message=message, hint="draw it, or leave it out", at=("pictures", pose))


def find_weak_alts(described: Described) -> Iterator[Flaw]:
    """G3: the text read in place of a picture."""
    for pose in described.exercise.pictures:
        words = described.words.pictures.get(pose)
        at = ("pictures", pose)
        if words is None or not words.alt.strip():
            yield Flaw(message=f"nothing is said for readers who cannot see the picture {pose}", hint="add alt: …", at=at)
        elif len(words.alt) > LONGEST_ALT:
            message = f"alt text of {len(words.alt)} characters, {LONGEST_ALT} at most"
            yield Flaw(message=message, hint="say only what the body does", at=at)
        elif words.alt.strip() == (words.caption or "").strip():
            yield Flaw(message="alt text says the same as the caption", hint="say what the picture shows", at=at)


def find_fixed_sides(described: Described) -> Iterator[Flaw]:
    """G4: sides in words and drawings can follow the side that is asked for."""
    if described.exercise.sides is not Sides.EACH:
        return
    alts = ((("pictures", pose, "alt"), words.alt) for pose, words in described.words.pictures.items())
    for at, text in chain(_printed(described.words), alts):
        found = _SIDE_WORD.search(text)
        if found:
            yield Flaw(message=f'"{found.group()}" stays when sides change', hint="write {knee.near} or {knee.far}", at=at)
    for pose, figure in described.figures.items():
        if figure.side is None and not figure.own:  # of a clinic's own, G5 tells
            message = f"the drawing {pose} says no side, so it cannot be mirrored"
            yield Flaw(message=message, hint='add "side" to the drawing', at=("pictures", pose))


def find_incomplete_default(stated: Stated) -> Iterator[Flaw]:
    """S3 in the catalogue: what is missing must be given by every request that uses the exercise."""
    if not stated.exercise.dose.is_complete:
        hint = "say how many or how long, per_day and days_per_week"
        yield Flaw(message="the dose is not complete", hint=hint, at=("dose",), severity=Severity.WARNING)


def find_odd_default_hold(stated: Stated) -> Iterator[Flaw]:
    """S4 in the catalogue: the hold of a stretch."""
    yield from find_odd_hold(stated.exercise, stated.exercise.dose, stated.clock)


def find_unsourced(stated: Stated) -> Iterator[Flaw]:
    """S8: every clinical fact says where it comes from."""
    facts, sources = stated.exercise, stated.exercise.sources
    needed = ["kind", "position", "regions", "muscles", "directions", "tags", "places", "sides", "level"]
    needed += [f"dose.{key}" for key in ("sets", "repetitions", "hold", "per_day", "days_per_week") if getattr(facts.dose, key)]
    needed += [f"verdicts.{profile}" for profile in facts.verdicts]
    for field in needed:
        at = tuple(field.split("."))
        if not sources.get(field):
            yield Flaw(message=f"{field} names no source", hint="write {value: …, source: …}", at=at)
        else:
            for unknown in (source for source in sources[field] if source not in stated.sources):
                yield Flaw(message=f"{field}: there is no source {unknown}", hint="see catalog/sources.yaml", at=at)


def _check(
    check_id: str, what: str, source: str, find: Callable[[Described], Iterator[Flaw]], severity: Severity = Severity.ERROR
) -> Check[Described]:
    return Check(id=check_id, severity=severity, what=what, source=source, find=find)


DESCRIBED_CHECKS: tuple[Check[Described], ...] = (
    _check("R4", "An exercise has 3 to 7 steps; an error above 7.", "CDC Clear Communication Index item 8", find_many_steps),
    _check("R5", "A step has 20 words at most.", "our own default", find_long_steps, Severity.WARNING),
    _check("R6", "A step begins with a verb or a position.", "PEMAT-P items 5 and 21", find_odd_starts, Severity.WARNING),
    _check("G1", "Every picture an exercise names is drawn.", "PEMAT-P items 15 and 17", find_missing_pictures),
    _check("G3", "Alt text has 1 to 250 characters and is not the caption.", "PDF/UA-1", find_weak_alts),
    _check("G4", "No side is fixed in the words or drawings of an exercise done side by side.", "our own rule", find_fixed_sides),
)

STATED_CHECKS: tuple[Check[Stated], ...] = (
    Check(
        id="S3",
        severity=Severity.ERROR,
        what="A dose says how many or how long, how often a day and on how many days; in the catalogue a warning.",
        source="CERT item 13",
        find=find_incomplete_default,
    ),
    Check(
        id="S4",
        severity=Severity.WARNING,
        what="A stretch is held for 10 to 60 seconds.",
        source="ACSM: 10 to 30 seconds, 30 to 60 for older people",
        find=find_odd_default_hold,
    ),
    Check(
        id="S8",
        severity=Severity.ERROR,
        what="Every clinical fact names a source that exists.",
        source="our own rule",
        find=find_unsourced,
    ),
)
