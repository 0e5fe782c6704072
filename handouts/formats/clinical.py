"""Readers of clinical fields, which name their source: sourced values, doses, verdicts and rules."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping as MappingType
from typing import Any, Generic, TypeVar

from handouts.formats import quantities
from handouts.formats.nodes import Mapping, Node
from handouts.formats.readers import (
    Problems,
    Reader,
    Record,
    UnreadableError,
    choice_of,
    flag,
    integer,
    list_of,
    one_or_more,
    quoted,
    record,
    reference,
)
from handouts.model import Dose, Hold, Ruling, TagRule, Verdict
from handouts.nouns import dataclass

T = TypeVar("T")

CLINICIAN = "clinician"
TAGS = (
    "supine",
    "prone",
    "quadruped",
    "kneeling",
    "half-kneeling",
    "hands-and-knees-weight",
    "shoulder-load",
    "one-leg",
    "head-down",
    "end-range-flexion",
    "end-range-extension",
    "loaded-flexion",
    "repeated-flexion",
    "rotation",
    "side-bend",
    "hip-flexion-90",
    "hip-adduction",
    "hip-rotation-internal",
    "hip-extension-er",
    "deep-hip-flexion",
    "deep-knee-bend",
    "floor-transfer",
    "lying-to-sitting",
    "head-tilted-back",
    "standing",
    "seated-floor",
    "long-sitting",
    "aerobic",
    "deep-stretch",
    "single-leg-pelvis",
    "breath-hold",
    "wide-legs",
)

SOURCES = one_or_more(reference("source")).about("Where this comes from: ids of catalog/sources.yaml.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Generic[T]):
    """A value and the sources it rests on."""

    value: T
    sources: tuple[str, ...]


def read_sources(mapping: Mapping, problems: Problems, name: str, key: str = "source") -> tuple[str, ...]:
    """Return the sources a mapping names; a clinic's file that names none speaks for the clinician."""
    node = mapping.values.get(key)
    if node is not None:
        return SOURCES.read(node, problems, key)
    if mapping.origin.overlay:
        return (CLINICIAN,)
    problems.add(mapping.place, f"{name}: names no source", "add source: and an id of catalog/sources.yaml")
    raise UnreadableError


class SourcedReader(Reader[Sourced[T]]):
    """`{value: X, source: S}`; in a clinic's file also a bare X, which the clinician answers for."""

    def __init__(self, inner: Reader[T]) -> None:
        self.inner = inner

    def read(self, node: Node, problems: Problems, name: str = "") -> Sourced[T]:
        if isinstance(node, Mapping) and "value" in node.values:
            for key, _ in node:
                if key.text not in ("value", "source"):
                    problems.add(key.place, f"{name}: unknown key {quoted(key.text)}", "keys: value, source")
            before = len(problems.found)
            value: T | None = None
            with contextlib.suppress(UnreadableError):
                value = self.inner.read(node.values["value"], problems, name)
            sources = read_sources(node, problems, name)
            if value is None and len(problems.found) > before:
                raise UnreadableError
            return Sourced(value=value, sources=sources)  # type: ignore[arg-type]  # None is a value of some readers
        value = self.inner.read(node, problems, name)
        if node.origin.overlay:
            return Sourced(value=value, sources=(CLINICIAN,))
        problems.add(node.place, f"{name}: names no source", f"write {name}: {{value: …, source: …}}")
        raise UnreadableError

    def schema(self) -> dict[str, Any]:
        inner = self.inner.json_schema()
        pair = {
            "type": "object",
            "properties": {"value": inner, "source": SOURCES.json_schema()},
            "required": ["value"],
            "additionalProperties": False,
        }
        return {"anyOf": [pair, inner]}


def sourced(inner: Reader[T]) -> SourcedReader[T]:
    """Read a value with its source."""
    return SourcedReader(inner)


def split(fields: MappingType[str, Any], prefix: str = "") -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Return the values of a record without their sources, and the sources by field name."""
    values = {key: field.value if isinstance(field, Sourced) else field for key, field in fields.items()}
    sources = {f"{prefix}{key}": field.sources for key, field in fields.items() if isinstance(field, Sourced)}
    return values, sources


# --------------------------------------------------------------------------------------------- doses


DOSE_AMOUNTS: dict[str, Reader[Any]] = {
    "sets": integer(1, 20).about("How many sets."),
    "repetitions": integer(1, 100).about("Repetitions of one set, for one side or direction."),
    "hold": quantities.hold().about("How long one repetition is held: 30 s or 8 breaths."),
    "duration": quantities.duration().about("How long the exercise goes on, for one side or direction; or open-ended."),
    "rest": quantities.seconds(0, 600).about("Rest between repetitions or sets."),
    "per_day": integer(1, 12).about("Times a day."),
    "days_per_week": integer(1, 7).about("Days a week."),
}
SOURCED_DOSE = record(optional={key: sourced(reader).about(reader.description) for key, reader in DOSE_AMOUNTS.items()})
PLAIN_DOSE = record(optional={**DOSE_AMOUNTS, "blank": flag().about("Leave the numbers off the page, to be written in by hand.")})


class SourcedDose(Reader[tuple[Dose, dict[str, tuple[str, ...]]]]):
    """A dose whose every number names its source; read as the dose and the sources by field."""

    def read(self, node: Node, problems: Problems, name: str = "") -> tuple[Dose, dict[str, tuple[str, ...]]]:
        before = len(problems.found)
        fields = SOURCED_DOSE.read(node, problems, name)
        if isinstance(node, Mapping) and "duration" in fields and ("repetitions" in fields or "hold" in fields):
            _keep_the_clinics(node, fields, problems)
        if len(problems.found) > before:
            raise UnreadableError
        values, sources = split(fields)
        return make_dose(values), sources

    def schema(self) -> dict[str, Any]:
        return SOURCED_DOSE.schema()


def _keep_the_clinics(node: Mapping, fields: dict[str, Any], problems: Problems) -> None:
    """Drop what a clinic replaced: a dose is counted or timed, and where its file says the one over the other, its way stays."""
    counted: list[str] = [key for key in ("sets", "repetitions", "hold") if key in fields]
    timed_over = node.values["duration"].origin.overlay
    counted_over = [key for key in counted if node.values[key].origin.overlay]
    if timed_over and not counted_over:
        dropped = counted
    elif counted_over and not timed_over:
        dropped = ["duration"]
    else:
        message = "duration: a dose is counted (repetitions, hold) or timed (duration), not both"
        problems.add(node.keys["duration"].place, message, "remove one of the two")
        return
    for key in dropped:
        del fields[key]


def make_dose(values: MappingType[str, Any]) -> Dose:
    """Return a dose of the plain values of `DOSE_AMOUNTS`; a duration of None is open-ended."""
    hold: Hold | None = values.get("hold")
    return Dose(
        sets=values.get("sets"),
        repetitions=values.get("repetitions"),
        hold=hold,
        duration_s=values.get("duration"),
        open_ended="duration" in values and values["duration"] is None,
        rest_s=values.get("rest"),
        per_day=values.get("per_day"),
        days_per_week=values.get("days_per_week"),
        blank=values.get("blank", False),
    )


def _plain_dose(values: dict[str, Any], node: Node, problems: Problems) -> Dose:
    if "duration" in values and ("repetitions" in values or "hold" in values):
        problems.add(node.place, "a dose is counted (repetitions, hold) or timed (duration), not both", "remove one of the two")
        raise UnreadableError
    return make_dose(values)


def plain_dose() -> Reader[Dose]:
    """Read a dose as a mapping of bare numbers, as a request writes it."""
    return PLAIN_DOSE.then(_plain_dose)


# --------------------------------------------------------------------------------------------- verdicts and rules


_BECAUSE = reference("reason").about("Why: a key of reasons and cautions in the vocabulary.")


class RulingReader(Reader[Ruling]):
    """`{value: avoid, source: S, because: KEY}`; in a clinic's file also a bare verdict."""

    def read(self, node: Node, problems: Problems, name: str = "") -> Ruling:
        if not isinstance(node, Mapping):
            bare = sourced(choice_of(Verdict)).read(node, problems, name)
            return Ruling(verdict=bare.value, because=None, sources=bare.sources)
        return read_ruling(node, _RULING, problems, name)[0]

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [_RULING.json_schema(), {"enum": [verdict.value for verdict in Verdict]}]}


_RULING = record(
    required={"value": choice_of(Verdict).about("What the rule says.")}, optional={"source": SOURCES, "because": _BECAUSE}
)


def read_ruling(node: Mapping, reader: Record, problems: Problems, name: str) -> tuple[Ruling, dict[str, Any]]:
    """Return the ruling of a mapping with value, source and because, and the mapping's other values."""
    before = len(problems.found)
    values = reader.read(node, problems, name)
    sources = values.get("source")
    if "source" not in node.values:
        sources = read_sources(node, problems, name or "rule")
    verdict = values.get("value")
    if verdict in (Verdict.CAUTION, Verdict.AVOID) and "because" not in node.values and not node.origin.overlay:
        message = f"{name or 'rule'}: {verdict} gives no reason"
        problems.add(node.place, message, "add because: and a key of reasons in the vocabulary")
    if len(problems.found) > before or verdict is None or sources is None:
        raise UnreadableError
    return Ruling(verdict=verdict, because=values.get("because"), sources=sources), values


def ruling() -> RulingReader:
    """Read a verdict with its reason and source."""
    return RulingReader()


class TagRuleReader(Reader[TagRule]):
    """One rule: which exercises it touches (by tag, position or id) and what it says about them."""

    def read(self, node: Node, problems: Problems, name: str = "") -> TagRule:
        if not isinstance(node, Mapping):
            self.refuse(node, problems, name, "a rule", "write {tags: [prone], value: avoid, source: …, because: …}")
        said, values = read_ruling(node, _RULE, problems, name)
        touched = {key: values.get(key, ()) for key in ("tags", "positions", "exercises")}
        if not any(touched.values()):
            problems.add(node.place, f"{name}: the rule touches no exercise", "add tags, positions or exercises")
            raise UnreadableError
        return TagRule(ruling=said, **touched)

    def schema(self) -> dict[str, Any]:
        return _RULE.schema()


_RULE = record(
    required=_RULING.required,
    optional={
        "tags": list_of(reference("tag")).about("Exercises with any of these tags."),
        "positions": list_of(reference("position")).about("Exercises in any of these positions."),
        "exercises": list_of(reference("exercise")).about("Exercises named here."),
        **_RULING.optional,
    },
)


def tag_rule() -> TagRuleReader:
    """One rule of a profile or a precaution."""
    return TagRuleReader()
