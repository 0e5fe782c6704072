"""Problems with their place and their cure, and the exceptions that carry them with an exit code."""

from __future__ import annotations

import difflib
import errno
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

MOST_TOLD = 50
"""Problems of one file that are told: a hostile file could hold tens of thousands."""


class ExitCode(IntEnum):
    """How the command ends; part of the contract, never renumbered."""

    DONE = 0
    BUG = 1
    USAGE = 2
    INPUT = 3
    CANNOT_PRINT = 4
    CANNOT_WRITE = 5
    PARTLY = 6
    HUNG_UP = 129  # 128 and the number of the signal, as shells count
    INTERRUPTED = 130
    TERMINATED = 143


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: a file as the user wrote it, line and column from 1 (None: the file as a whole)."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, in one line: where, what was found, and what to type instead.

    `about` names the part of a request it is about, ("side", "cat-cow"), for whoever knows where that stands.
    """

    message: str
    place: Place | None = None
    hint: str | None = None
    about: tuple[str, str] | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.message}{hint}"


class HandoutsError(Exception):
    """The problems found together, of each file at most MOST_TOLD; subclasses say how the command ends."""

    exit_code: ExitCode = ExitCode.BUG

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else bounded(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        """What one process hands to another: the problems as they are."""
        return _anew, (type(self), self.args, self.__dict__.copy())


def _anew(kind: type[HandoutsError], args: tuple[object, ...], parts: dict[str, object]) -> HandoutsError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(parts)
    return error


class UsageError(HandoutsError):
    """The command line itself is wrong."""

    exit_code = ExitCode.USAGE


class InputError(HandoutsError):
    """A file the user gave is wrong."""

    exit_code = ExitCode.INPUT


class CannotPrintError(HandoutsError):
    """The request is understood but must not or cannot be printed this way."""

    exit_code = ExitCode.CANNOT_PRINT


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A character that no font can draw, the field it stands in and where in it ("the 7th of 12 letters"), as far as known."""

    character: str
    field: str | None = None
    where: str | None = None


class MissingCharacterError(CannotPrintError):
    """Characters that no font can draw; `characters` go with `problems`, one each.

    Why a problem names a character by its number only: it may be the whole of a patient's name.
    """

    def __init__(self, found: Iterable[Unprintable]) -> None:
        from handouts.characters import cure, describe_character

        each = tuple(found)
        self.characters = tuple(one.character for one in each)
        super().__init__(
            Problem(
                message=f"{_lead(one.field)}cannot print the letter U+{ord(one.character):04X}, no font has it",
                hint="; ".join(filter(None, (describe_character(one.character), one.where, cure(one.character)))),
                about=_part_of(one.field),
            )
            for one in each
        )


def _lead(field: str | None) -> str:
    return f"{field}: " if field else ""


def _part_of(field: str | None) -> tuple[str, str] | None:
    """The part of a request that a field is: ("note", "cobra") of "note of cobra"."""
    key, _, exercise = (field or "").partition(" of ")
    return (key.replace(" ", "_"), exercise) if key else None


class CannotWriteError(HandoutsError):
    """The result could not be written."""

    exit_code = ExitCode.CANNOT_WRITE


NO_MEMORY = Problem(message="there is not enough memory", hint="close other programs, or ask for less at a time")
_NO_ROOM_FOR_CODE = ("failed to map segment", "cannot allocate memory")  # the system's words; there is no number with them


def lacks_memory(error: BaseException) -> bool:
    """Whether the machine had no memory left, which is no bug."""
    if isinstance(error, ImportError):
        words = str(error).lower()
        return any(each in words for each in _NO_ROOM_FOR_CODE) and "static tls" not in words  # that room is fixed, and small
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)


def bounded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in their order; where a file has more than MOST_TOLD of them, the last one told says how many are left out."""
    every = tuple(problems)
    counts = Counter(problem.place.file for problem in every if problem.place is not None)
    if all(count <= MOST_TOLD for count in counts.values()):
        return every
    return tuple(_first_of_each(every, counts))


def _first_of_each(problems: Iterable[Problem], counts: Counter[str]) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for problem in problems:
        file = problem.place.file if problem.place is not None else None
        if file is None or counts[file] <= MOST_TOLD:
            yield problem
            continue
        seen[file] += 1
        if seen[file] < MOST_TOLD:
            yield problem
        elif seen[file] == MOST_TOLD:
            left = counts[file] - MOST_TOLD + 1
            yield Problem(message=f"{left} more problems in this file", place=Place(file=file), hint="mend those told first")


def did_you_mean(found: str, known: Iterable[str]) -> str | None:
    """Return a hint naming the nearest known id, or all of them when there are few; None when neither helps."""
    ids = sorted(known)
    near = difflib.get_close_matches(found, ids, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    return f"one of: {', '.join(ids)}" if 0 < len(ids) <= 16 else None
