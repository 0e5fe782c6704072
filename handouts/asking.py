"""Checks what a request names against the catalogue: ids, sides, doses and numbers, all problems at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from handouts.dosing import settle_dose
from handouts.errors import InputError, Problem, did_you_mean
from handouts.model import DAYS, Catalog, Entry, Exercise, Request, Routine, Side, Sides


def gather_entries(request: Request) -> dict[str, Entry]:
    """Return what is asked of each exercise, by id: named exercises first, with the request's further entries over them."""
    gathered = {entry.id: entry for entry in request.exercises}
    for exercise_id, more in request.entries.items():
        gathered[exercise_id] = gathered.get(exercise_id, Entry(id=exercise_id)).under(more)
    return gathered


def check_request(request: Request, catalog: Catalog) -> None:
    """Raise InputError with every unknown id, wrong side, unfitting dose and impossible number of the request."""
    problems = [*_id_problems(request, catalog), *_number_problems(request), *_twice(request)]
    routine = catalog.routines.get(request.routine) if request.routine else None
    for entry in gather_entries(request).values():
        exercise = catalog.exercises.get(entry.id)
        if exercise:
            problems += _entry_problems(entry, exercise, routine, request)
    if problems:
        raise InputError(problems)


def _stated(entry: Entry) -> str:
    """What is said of an exercise: "dose and note"."""
    return " and ".join(name for name in ("dose", "side", "note", "override") if getattr(entry, name) is not None)


def _tell_known(known: Collection[str], catalog: Catalog) -> str:
    """Where to find the ids, or all of them where no list shows them."""
    return "see: handouts list" if known is catalog.exercises else f"one of: {', '.join(sorted(known))}"


def check_entries_used(entries: Mapping[str, Entry], kept: Collection[str]) -> None:
    """Raise InputError for every dose, side, note or override of an exercise that is not among `kept`."""
    problems = []
    for entry in entries.values():
        stated = _stated(entry)
        if stated and entry.id not in kept:
            message = f"{stated} given for {entry.id}, which is not on this handout"
            hint = f"add --exercise {entry.id}, or leave it out; on it: {', '.join(kept)}"
            problems.append(Problem(message=message, hint=hint, about=(stated.split()[0], entry.id)))
    if problems:
        raise InputError(problems)


def _id_problems(request: Request, catalog: Catalog) -> Iterator[Problem]:
    asked: tuple[tuple[str, tuple[str, ...], Collection[str]], ...] = (
        ("profile", (request.profile,) if request.profile else (), catalog.profiles),
        ("region", request.regions, catalog.regions),
        ("routine", (request.routine,) if request.routine else (), catalog.routines),
        ("exercise", tuple(entry.id for entry in request.exercises), catalog.exercises),
        ("exercise to exclude", request.exclude, catalog.exercises),
        ("position", request.positions, catalog.positions),
        ("precaution", request.precautions, catalog.precautions),
        *((f"exercise in {_stated(entry)}", (entry.id,), catalog.exercises) for entry in request.entries.values()),
        ("exercise in progression", tuple(step.exercise for step in request.progression if step.exercise), catalog.exercises),
        ("day", request.days, DAYS),
    )
    for kind, ids, known in asked:
        for wrong in dict.fromkeys(ids):
            if wrong not in known:
                yield Problem(message=f'unknown {kind} "{wrong}"', hint=did_you_mean(wrong, known) or _tell_known(known, catalog))


def _number_problems(request: Request) -> Iterator[Problem]:
    for name, number in (("minutes", request.minutes), ("times per day", request.times_per_day)):
        if number is not None and number < 1:
            yield Problem(message=f"{name}: expected 1 or more, found {number}")


def _twice(request: Request) -> Iterator[Problem]:
    ids = [entry.id for entry in request.exercises]
    for repeated in dict.fromkeys(each for each in ids if ids.count(each) > 1):
        yield Problem(message=f"{repeated} is asked for twice", hint=f'name it once; for more of it: --dose "{repeated}: …"')


def _entry_problems(entry: Entry, exercise: Exercise, routine: Routine | None, request: Request) -> list[Problem]:
    problems: list[Problem] = []
    if entry.side in (Side.LEFT, Side.RIGHT) and exercise.sides in (Sides.NONE, Sides.ALTERNATING):
        why = "it has no sides" if exercise.sides is Sides.NONE else "each repetition goes to both sides"
        message = f"side of {entry.id}: {why}, found {entry.side.value}"
        problems.append(Problem(message=message, hint="leave the side out", about=("side", entry.id)))
    if entry.override is not None and not entry.override.strip():
        problems.append(
            Problem(
                message=f"override of {entry.id}: expected a reason",
                hint=f'--override "{entry.id}: why it is right here"',
                about=("override", entry.id),
            )
        )
    try:
        settle_dose(exercise, routine, entry, request)
    except InputError as error:
        problems += [replace(problem, about=("dose", entry.id)) for problem in error.problems]
    return problems
