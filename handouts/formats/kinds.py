"""Every kind of YAML file, declared once: the loaders read with these declarations and the editors' schemas come from them.

A new kind is one line in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handouts.formats.clinical import SOURCED_DOSE, SOURCES, TAGS, SourcedDose, ruling, sourced, tag_rule
from handouts.formats.nodes import Node, Scalar
from handouts.formats.page_kinds import EDITION, PALETTE, PHRASES
from handouts.formats.phrases import check_slots
from handouts.formats.quantities import exact_seconds
from handouts.formats.readers import (
    Problems,
    Reader,
    choice,
    choice_of,
    either,
    flag,
    identifier,
    integer,
    list_of,
    mapping_of,
    record,
    reference,
    text,
)
from handouts.formats.request_kinds import CLINIC, REQUEST, WORKSPACE
from handouts.model import HEIGHTS, Level, Sides
from handouts.model import Kind as ExerciseKind
from handouts.nouns import dataclass

_LINE = text(300)
TIERS = ("emergency", "call", "pain-rule", "before", "carry-on", "halve", "stop-one", "stop-call", "help-now", "progression")
_ADDS = "A clinic's list adds to the built-in one, which always stays; to relax a rule, override it on a handout."
_TRANSFER = record(
    required={
        "from": reference("height or position").about("A height (floor, chair, standing) or a position."),
        "to": reference("height or position").about("A height (floor, chair, standing) or a position."),
        "value": exact_seconds(0, 600).about("How long the change takes."),
    },
    optional={"source": SOURCES},
)

EXERCISE = record(
    lenient=True,
    required={
        "kind": sourced(choice_of(ExerciseKind)).about("What the exercise trains."),
        "position": sourced(reference("position")).about("The start position."),
        "regions": sourced(list_of(reference("region"), fewest=1)).about("The parts of the body it is for."),
        "muscles": sourced(list_of(reference("muscle"))).about("The muscles it stretches or trains."),
        "directions": sourced(list_of(identifier())).about("The directions of movement."),
        "tags": sourced(list_of(reference("tag"))).about("What precautions look at: " + ", ".join(TAGS) + "."),
        "places": sourced(list_of(choice(("floor", "bed", "chair", "standing")), fewest=1)).about("Where it can be done."),
        "sides": sourced(choice_of(Sides)).about("How it uses the two sides of the body."),
        "level": sourced(choice_of(Level)).about("Advanced exercises are only ever chosen by name."),
        "dose": SourcedDose().about("How much of it to do; leave out what no source states."),
        "verdicts": mapping_of(ruling(), key=reference("profile")).about("What it means for each profile."),
        "equipment": sourced(list_of(reference("equipment"))).about("What is needed; [] for nothing."),
        "swaps": sourced(list_of(reference("exercise"))).about("Exercises to do instead, best first."),
        "pictures": list_of(identifier(), fewest=1, most=6).about("Pose names in the order of the movement."),
    },
    optional={
        "pictured_side": choice(("left", "right")).about(
            "The side that works in your own SVG, PNG and JPEG pictures; left out: they are never mirrored."
        ),
        "id": identifier().about("The name of the file without .yaml."),
        "side_means": sourced(reference("side meaning")).about("What the side names: stretched-leg, front-leg, turn-direction."),
        "easier": sourced(reference("exercise")).about("An easier exercise."),
        "harder": sourced(reference("exercise")).about("A harder exercise."),
    },
)

WORDS_FIELDS = ("purpose", "steps", "breathing", "feel", "tip", "caution", "stop_if", "easier", "harder")
WORDS = record(
    lenient=True,
    required={
        "name": text(60).about("The name on the card."),
        "purpose": _LINE.about("One sentence: what it is good for."),
        "steps": list_of(text(300), fewest=3, most=7).about("3 to 7 steps; {knee.near} stands for the knee of the side named."),
        "breathing": _LINE.about("How to breathe."),
        "feel": _LINE.about("Where it should be felt."),
        "stop_if": list_of(_LINE, fewest=1, most=6).about("When to stop."),
        "pictures": mapping_of(
            record(
                required={"alt": text(250).about("What the picture shows, for a reader who cannot see it.")},
                optional={"caption": text(60).about("The line under the picture; Start and Finish if left out.")},
            )
        ).about("The words of each picture."),
        "sources": record(optional=dict.fromkeys(WORDS_FIELDS, SOURCES)).about("Where the facts of each field come from."),
    },
    optional={
        "id": identifier().about("The name of the file without .yaml."),
        "aka": list_of(text(60), most=10).about("Other names it is known by."),
        "tip": _LINE.about("One tip."),
        "caution": _LINE.about("One caution."),
        "easier": _LINE.about("How to make it easier."),
        "harder": _LINE.about("How to make it harder."),
    },
)

_ROUTINE_ITEM = record(required={"id": reference("exercise")}, optional={"dose": SourcedDose().about("What differs here.")})
ROUTINE = record(
    lenient=True,
    required={
        "exercises": list_of(either(reference("exercise"), _ROUTINE_ITEM), fewest=1, most=40, unique=False).about("In order."),
        "menu": flag().about("true: a choice to tick from, not a session to do in full."),
    },
    optional={
        "id": identifier().about("The name of the file without .yaml."),
        "profile": sourced(reference("profile")).about("The profile it is for."),
        "minutes": sourced(integer(1, 120)).about("The length its name promises."),
        "per_day": sourced(integer(1, 12)).about("Times a day."),
        "reason": text(300).about("For the clinician: why it is longer than five exercises."),
        "source": SOURCES,
    },
)
ROUTINE_WORDS = record(
    required={
        "routines": mapping_of(
            record(
                lenient=True,
                required={"title": text(80).about("The title of the handout."), "purpose": _LINE.about("One sentence.")},
                optional={
                    "short": text(40).about("The title in fewer words, for the foot of the pages."),
                    "how_often": _LINE.about("How often, in words."),
                },
            )
        )
    }
)

PROFILES = record(
    required={
        "profiles": mapping_of(
            record(
                lenient=True,
                required={
                    "key_exercises": sourced(list_of(reference("exercise"))).about("Best first."),
                    "rules": list_of(tag_rule(), unique=False).about(f"What the profile says about exercises. {_ADDS}"),
                },
            )
        )
    }
)
PRECAUTIONS = record(
    required={
        "precautions": mapping_of(
            record(
                lenient=True,
                required={"rules": list_of(tag_rule(), unique=False).about(f"What the precaution says about exercises. {_ADDS}")},
                optional={
                    "signs": list_of(reference("sign")).about(f"Signs it adds to the page. {_ADDS}"),
                    "floor": choice(("ask",)).about("ask: the page says to ask us how to get down to the floor and up."),
                },
            )
        )
    }
)
REGIONS = record(required={"regions": list_of(identifier()).about("Parts of the body.")})
MUSCLES = record(required={"muscles": list_of(identifier()).about("Muscles and muscle groups.")})
EQUIPMENT = record(required={"equipment": list_of(identifier()).about("Things an exercise needs.")})
POSITIONS = record(
    required={
        "positions": mapping_of(
            record(
                required={"height": choice(HEIGHTS).about("Where the body is.")},
                optional={"source": SOURCES},
            )
        )
    }
)
CLOCK = record(
    lenient=True,
    required={
        "breath": sourced(exact_seconds(1, 60)).about("One deep breath."),
        "repetition": sourced(exact_seconds(0.5, 60)).about("One repetition that is not held."),
        "change_side": sourced(exact_seconds(0, 120)).about("Changing to the other side."),
        "change_exercise": sourced(exact_seconds(0, 120)).about("Going on to the next exercise."),
        "rest_between_sets": sourced(exact_seconds(0, 600)).about("Rest between sets where the dose says nothing."),
        "transfers": list_of(_TRANSFER, unique=False).about("Changes of height or of floor position."),
    },
)
SAFETY = record(
    required={
        "signs": mapping_of(
            record(
                lenient=True,
                required={
                    "tier": choice(TIERS).about(
                        "Where it is printed: a box of the handout, the rule of the diary, or of progression."
                    ),
                    "always": flag().about("false: only with a precaution that names it; a built-in sign stays."),
                },
                optional={"source": SOURCES},
            )
        )
    }
)
SOURCE_LIST = record(
    required={
        "sources": mapping_of(
            record(
                lenient=True,
                required={
                    "kind": choice(("seed", "guideline", "study", "clinician", "inferred", "default")),
                    "title": text(300),
                },
                optional={"where": text(300).about("Where to find it.")},
            )
        )
    }
)
COUNTRIES = record(
    required={
        "emergency_numbers": mapping_of(
            sourced(text(20, pattern="[0-9][0-9 -]*", expected="a phone number", hint='write it like "999"')),
            key=text(2, pattern="[a-z]{2}", expected="a country code of two letters", hint="write it like gb"),
        )
    }
)
VOCABULARY_GROUPS = (
    "regions",
    "positions",
    "muscles",
    "equipment",
    "profiles",
    "precautions",
    "reasons",
    "cautions",
    "signs",
    "side_means",
    "one_side",
)


def _check_side(words: str, node: Node, problems: Problems) -> str:
    if isinstance(node, Scalar):
        check_slots(node, "one_side", frozenset({"side"}), problems)
    return words


VOCABULARY = record(
    required={**{group: mapping_of(_LINE) for group in VOCABULARY_GROUPS}, "one_side": mapping_of(_LINE.then(_check_side))},
    optional={"signs_short": mapping_of(text(60)).about("Signs in a few words, for a calendar; in full where left out.")},
    lenient=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """One kind of YAML file: its reader, and what an editor calls it."""

    reader: Reader[Any]
    title: str


KINDS: Mapping[str, FileKind] = {
    "exercise": FileKind(reader=EXERCISE, title="Clinical facts of one exercise, free of language"),
    "words": FileKind(reader=WORDS, title="The words of one exercise in one language"),
    "routine": FileKind(reader=ROUTINE, title="A standard list of exercises"),
    "routine-words": FileKind(reader=ROUTINE_WORDS, title="Titles and purposes of the routines in one language"),
    "profiles": FileKind(reader=PROFILES, title="Responder profiles and their rules"),
    "precautions": FileKind(reader=PRECAUTIONS, title="Conditions that limit what is safe"),
    "regions": FileKind(reader=REGIONS, title="Parts of the body"),
    "positions": FileKind(reader=POSITIONS, title="Start positions"),
    "muscles": FileKind(reader=MUSCLES, title="Muscles"),
    "equipment": FileKind(reader=EQUIPMENT, title="Equipment"),
    "clock": FileKind(reader=CLOCK, title="Seconds that are not holding"),
    "safety": FileKind(reader=SAFETY, title="Signs of the safety box, in print order"),
    "sources": FileKind(reader=SOURCE_LIST, title="Where facts come from"),
    "countries": FileKind(reader=COUNTRIES, title="Emergency numbers by country"),
    "vocabulary": FileKind(reader=VOCABULARY, title="The words of the catalogue's ids in one language"),
    "request": FileKind(reader=REQUEST, title="What a clinician asks for"),
    "clinic": FileKind(reader=CLINIC, title="One clinic: its name, contacts, colours and paper"),
    "edition": FileKind(reader=EDITION, title="One edition: what it does differently from templates/base.yaml"),
    "palette": FileKind(reader=PALETTE, title="The colours of the figures"),
    "phrases": FileKind(reader=PHRASES, title="The words of the page in one language"),
    "workspace": FileKind(reader=WORKSPACE, title="Settings of a workspace (handouts.yaml)"),
}

__all__ = ["KINDS", "SOURCED_DOSE", "FileKind"]
