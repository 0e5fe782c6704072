"""Where a problem of a handout stands: the cell of a row, the line of a request file, else the request as a whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from handouts.batch.sources import Asked
from handouts.errors import HandoutsError, InputError, MissingCharacterError, Place, Problem
from handouts.request import with_places
from handouts.workspace import Workspace


def place_problems(error: HandoutsError, asked: Asked, workspace: Workspace) -> tuple[Problem, ...]:
    """The problems of the error, each with a place."""
    if isinstance(error, InputError) and asked.file is not None:
        error = with_places(error, asked.file, workspace)
    missing = isinstance(error, MissingCharacterError)
    fields, characters = (error.fields, error.characters) if isinstance(error, MissingCharacterError) else ((), ())
    lines = _read_lines(asked.file, workspace) if missing and asked.file is not None else []
    return tuple(
        replace(problem, place=problem.place or _find(problem, field, character, asked, lines) or asked.place)
        for problem, field, character in zip_longest(error.problems, fields, characters)
    )


def _find(problem: Problem, field: str | None, character: str | None, asked: Asked, lines: list[str]) -> Place | None:
    key = problem.about[0] if problem.about else (field or "").partition(" of ")[0].replace(" ", "_")
    if key in asked.cells:
        return asked.cells[key]
    for number, line in enumerate(lines, start=1):
        if character and character in line:
            return Place(file=asked.place.file, line=number, column=line.index(character) + 1)
    return None


def _read_lines(file: Path, workspace: Workspace) -> list[str]:
    return ((workspace.current or Path()) / file).read_text(encoding="utf-8-sig").splitlines()
