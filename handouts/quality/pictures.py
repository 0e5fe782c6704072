"""Checks on a clinic's own pictures: the side they show, how fine they are printed, and files that no exercise names."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator, Mapping

from handouts.model import Exercise, Sides
from handouts.nouns import dataclass
from handouts.quality.remarks import Check, Flaw, Severity

FEWEST_DOTS = 150
_NEAR = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPictures:
    """A clinic's own pictures of an exercise in one body: of each pose its dots an inch as printed (None: an SVG has none)."""

    exercise: Exercise
    dots: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrayFile:
    """One picture file, whether it is of a kind that is read, and what it could be called: `exercise.pose`, for all."""

    stem: str
    readable: bool
    expected: Collection[str]


def find_unsaid_sides(own: OwnPictures) -> Iterator[Flaw]:
    """G5: the side that a clinic's own pictures show."""
    exercise = own.exercise
    if exercise.sides in (Sides.EACH, Sides.DIRECTIONS) and own.dots and exercise.pictured_side is None:
        hint = "add pictured_side: left, or right, to this file"
        yield Flaw(
            message="nothing says which side your own pictures show, so they are never mirrored", hint=hint, at=("pictures",)
        )


def find_coarse_pictures(own: OwnPictures) -> Iterator[Flaw]:
    """G6: dots an inch at the printed size."""
    for pose, dots in own.dots.items():
        if dots is not None and dots < FEWEST_DOTS:
            message = f"the picture {pose} has {dots:.0f} dots an inch where it is printed, {FEWEST_DOTS} at least"
            yield Flaw(message=message, hint="use a larger picture", at=("pictures",))


def find_strays(stray: StrayFile) -> Iterator[Flaw]:
    """G7: pictures that no exercise names."""
    if not stray.readable:
        yield Flaw(message="pictures of this kind are not read", hint="save it as SVG, PNG or JPEG")
    elif stray.stem not in stray.expected:
        near = difflib.get_close_matches(stray.stem, stray.expected, n=1, cutoff=_NEAR)
        hint = f"did you mean {near[0]}?" if near else "name it EXERCISE.POSE, as its exercise lists it under pictures"
        yield Flaw(message="no exercise names this picture, so it is never printed", hint=hint)


def _warn(check_id: str, what: str, find: Callable[[OwnPictures], Iterator[Flaw]]) -> Check[OwnPictures]:
    return Check(id=check_id, severity=Severity.WARNING, what=what, source="our own rule", find=find)


OWN_PICTURE_CHECKS: tuple[Check[OwnPictures], ...] = (
    _warn("G5", "An exercise done side by side says which side its own photos and SVGs show.", find_unsaid_sides),
    _warn("G6", f"Photos have {FEWEST_DOTS} dots an inch or more where they are printed.", find_coarse_pictures),
)
STRAY_CHECK: Check[StrayFile] = Check(
    id="G7",
    severity=Severity.WARNING,
    what="Every picture file of a clinic belongs to a pose of an exercise.",
    source="our own rule",
    find=find_strays,
)
