"""What the catalogue says in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from handouts.nouns import dataclass


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
class RoutineWords:
    """Title and purpose of a routine's handout in one language; `short` is the title in the foot of its pages."""

    title: str
    purpose: str
    short: str
    how_often: str | None = None


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
    signs_short: Mapping[str, str] = field(default_factory=dict)  # signs in a few words, where there is little room


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything the catalogue says in one language."""

    lang: str
    exercises: Mapping[str, ExerciseWords]
    routines: Mapping[str, RoutineWords]
    vocabulary: Vocabulary
