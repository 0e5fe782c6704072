"""Where a problem of a handout stands: the cell of a row, the line of a request file, else the request as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from handouts.batch.sources import Asked
from handouts.errors import HandoutsError, InputError, MissingCharacterError, Place, Problem
from handouts.formats.files import shown_path
from handouts.formats.reading import quoted
from handouts.output import reason_of
from handouts.request import find_part, with_places
from handouts.workspace import Workspace


def place_problems(error: HandoutsError, asked: Asked, workspace: Workspace) -> tuple[Problem, ...]:
    """The problems of the error, each with a place."""
    if isinstance(error, InputError) and asked.file is not None:
        error = with_places(error, asked.file, workspace)
    characters = error.characters if isinstance(error, MissingCharacterError) else ()
    lines = _read_lines(asked.file, workspace) if characters and asked.file is not None else []
    return tuple(
        replace(problem, place=problem.place or _find(problem, character, asked, lines, workspace) or asked.place)
        for problem, character in zip_longest(_name_paths(error.problems, asked), characters)
    )


def _name_paths(problems: Iterable[Problem], asked: Asked) -> Iterator[Problem]:
    """What is wrong with a file that a cell names is told at the cell, with the path as it is written there."""
    for problem in problems:
        file = problem.place.file if problem.place else None
        key = next((key for key in asked.paths if file is not None and getattr(asked.request, key, None) == file), None)
        if key is None:
            yield problem
        else:
            message = f"{key}: {quoted(asked.paths[key])}: {problem.message}"
            yield replace(problem, place=asked.cells[key], message=message)


def phrase_unread(error: OSError, place: Place) -> Problem:
    """A file that has vanished since it was listed, or may not be read, by name; `place` where the system does not name it."""
    if isinstance(error.filename, str):
        place = Place(file=shown_path(Path(error.filename), Path.cwd()))
    reason = "there is no such file" if isinstance(error, FileNotFoundError) else reason_of(error)
    return Problem(message=f"cannot read: {reason}", place=place, hint="check the path and its permissions")


def _find(problem: Problem, character: str | None, asked: Asked, lines: list[str], workspace: Workspace) -> Place | None:
    if problem.about and problem.about[0] in asked.cells:
        return asked.cells[problem.about[0]]
    for number, line in enumerate(lines, start=1):
        if character and character in line:
            return Place(file=asked.place.file, line=number, column=line.index(character) + 1)
    if character and problem.about and asked.file is not None:  # it is written as an escape, or composed of several
        return find_part(problem.about, asked.file, workspace)
    return None


def _read_lines(file: Path, workspace: Workspace) -> list[str]:
    return ((workspace.current or Path()) / file).read_text(encoding="utf-8-sig").splitlines()
