"""Exercises, routines, profiles and precautions in lines for the clinician, each fact with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from handouts.formats.dose_text import dose_fields
from handouts.model import Exercise, Precaution, Profile, Routine, Ruling, TagRule

if TYPE_CHECKING:
    from handouts.bench import Bench
    from handouts.model import Catalog, ExerciseWords

_WIDTH = 16
_FACTS = (
    "kind",
    "position",
    "regions",
    "muscles",
    "directions",
    "tags",
    "places",
    "sides",
    "side_means",
    "level",
    "equipment",
    "swaps",
    "easier",
    "harder",
)
_WORDS = ("purpose", "steps", "breathing", "feel", "tip", "caution", "stop_if", "easier", "harder")


def describe_exercise(exercise: Exercise, bench: Bench) -> Iterator[str]:
    """All facts, verdicts and words of an exercise, and which of its pictures are there."""
    catalog, words = bench.library
    own = words.exercises[exercise.id]
    also = f" (also: {', '.join(own.aka)})" if own.aka else ""
    yield f"{exercise.id}: {own.name}{also}"
    yield ""
    for name in _FACTS:
        yield _fact(name, _shown(getattr(exercise, name)), exercise.sources.get(name, ()))
    yield ""
    yield "dose"
    for name, value in dose_fields(exercise.dose).items():
        yield f"  {_fact(name, str(value), exercise.sources.get(f'dose.{name}', ()), _WIDTH - 2)}"
    yield ""
    yield "verdicts"
    for profile, ruling in exercise.verdicts.items():
        yield f"  {_ruling(profile, ruling, bench, _WIDTH - 2)}"
    yield ""
    yield "words"
    yield from _describe_words(own)
    yield ""
    yield "pictures"
    yield from _describe_pictures(exercise, own, bench)
    every = (*exercise.sources.values(), *own.sources.values())
    yield from _list_titles((each for ids in every for each in ids), catalog)


def describe_routine(routine: Routine, bench: Bench) -> Iterator[str]:
    """A routine with its exercises and what differs in their doses."""
    catalog, words = bench.library
    own = words.routines[routine.id]
    yield f"{routine.id}: {own.title}"
    yield ""
    yield _line("purpose", own.purpose)
    if own.how_often:
        yield _line("how often", own.how_often)
    yield _line("menu", "yes: to tick from" if routine.menu else "no")
    for name in ("profile", "minutes", "per_day"):
        yield _fact(name, _shown(getattr(routine, name)), routine.sources.get(name, ()))
    if routine.reason:
        yield _line("reason", routine.reason)
    yield ""
    yield _fact("exercises", "", routine.sources.get("exercises", ()))
    for each in routine.exercises:
        dose = routine.doses.get(each)
        differs = ", ".join(f"{name} {value}" for name, value in dose_fields(dose).items()) if dose else ""
        yield f"  {words.exercises[each].name} ({each}){f': {differs}' if differs else ''}"
    yield from _list_titles((each for ids in routine.sources.values() for each in ids), catalog)


def describe_profile(profile: Profile, bench: Bench) -> Iterator[str]:
    """A profile: its key exercises and its rules."""
    yield f"{profile.id}: {bench.library[1].vocabulary.profiles[profile.id]}"
    yield ""
    yield _line("key exercises", ", ".join(profile.key_exercises) or "none")
    yield from _describe_rules(profile.rules, bench)
    yield from _list_titles((each for rule in profile.rules for each in rule.ruling.sources), bench.library[0])


def describe_precaution(precaution: Precaution, bench: Bench) -> Iterator[str]:
    """A precaution: its rules and the signs it adds to the page."""
    vocabulary = bench.library[1].vocabulary
    yield f"{precaution.id}: {vocabulary.precautions[precaution.id]}"
    yield from _describe_rules(precaution.rules, bench)
    if precaution.signs:
        yield ""
        yield "signs on the page"
        for sign in precaution.signs:
            yield f"  {vocabulary.signs[sign]}"
    yield from _list_titles((each for rule in precaution.rules for each in rule.ruling.sources), bench.library[0])


def _describe_rules(rules: Iterable[TagRule], bench: Bench) -> Iterator[str]:
    for rule in rules:
        yield ""
        yield _ruling("rule", rule.ruling, bench, _WIDTH)
        for name in ("tags", "positions", "exercises"):
            if getattr(rule, name):
                yield f"  {_line(name, ', '.join(getattr(rule, name)), _WIDTH - 2)}"


def _describe_words(own: ExerciseWords) -> Iterator[str]:
    for name in _WORDS:
        value = getattr(own, name)
        if value is None:
            continue
        sources = own.sources.get(name, ())
        if isinstance(value, str):
            yield f"  {_fact(name, value, sources, _WIDTH - 2)}"
            continue
        yield f"  {_fact(name, '', sources, _WIDTH - 2)}"
        for number, sentence in enumerate(value, start=1):
            yield f"    {f'{number}.' if name == 'steps' else '-'} {sentence}"


def _describe_pictures(exercise: Exercise, own: ExerciseWords, bench: Bench) -> Iterator[str]:
    from handouts.figure_files import FIGURES

    body = bench.usual_body(bench.clinic(bench.workspace.settings.clinic))
    files = bench.pictures.find(exercise.id, exercise.pictures, body)
    for pose in exercise.pictures:
        there = "present" if pose in files else "missing"
        key = files[pose].key if pose in files else f"{body}/{exercise.id}.{pose}.json"
        yield f"  {_line(pose, f'{there}: {FIGURES}/{key}', _WIDTH - 2)}"
        yield f"  {_line('', own.pictures[pose].alt, _WIDTH - 2)}"
    if exercise.pictured_side is not None:
        yield f"  {_line('pictured side', exercise.pictured_side.value, _WIDTH - 2)}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return "none" if value is None else str(value)


def _line(name: str, value: str, width: int = _WIDTH) -> str:
    return f"{name.replace('_', ' '):<{width}}{value}"


def _fact(name: str, value: str, sources: Sequence[str], width: int = _WIDTH) -> str:
    told = f"  [{', '.join(sources)}]" if sources else ""
    return f"{_line(name, value, width)}{told}" if value else f"{_line(name, told.strip(), width)}"


def _ruling(name: str, ruling: Ruling, bench: Bench, width: int) -> str:
    vocabulary = bench.library[1].vocabulary
    why = vocabulary.reasons.get(ruling.because, ruling.because) if ruling.because else None
    return _fact(name, f"{ruling.verdict}{f': {why}' if why else ''}", ruling.sources, width)


def _list_titles(sources: Iterable[str], catalog: Catalog) -> Iterator[str]:
    yield ""
    yield "sources"
    for each in dict.fromkeys(sources):
        yield f"  {_line(each, catalog.sources[each].title if each in catalog.sources else '', _WIDTH - 2)}"
