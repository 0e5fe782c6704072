"""Problems with their place and their cure, and the exceptions that carry them with an exit code."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


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
    """All problems found together; subclasses say how the command ends."""

    exit_code: ExitCode = ExitCode.BUG

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(HandoutsError):
    """The command line itself is wrong."""

    exit_code = ExitCode.USAGE


class InputError(HandoutsError):
    """A file the user gave is wrong."""

    exit_code = ExitCode.INPUT


class CannotPrintError(HandoutsError):
    """The request is understood but must not or cannot be printed this way."""

    exit_code = ExitCode.CANNOT_PRINT


class MissingCharacterError(CannotPrintError):
    """Characters that no font can draw; `characters` and the `fields` they stand in go with `problems`, one each.

    Why a problem names a character by its number only: it may be the whole of a patient's name.
    """

    def __init__(self, found: Iterable[tuple[str, str | None]]) -> None:
        """`found` pairs each character with the field it stands in (None: not known)."""
        pairs = tuple(found)
        self.characters = tuple(character for character, _ in pairs)
        self.fields = tuple(field for _, field in pairs)
        hint = "write it in Latin, Greek or Cyrillic letters, without emoji or special signs"
        super().__init__(
            Problem(
                message=f"{f'{field}: ' if field else ''}cannot print the letter U+{ord(char):04X}, no font has it", hint=hint
            )
            for char, field in pairs
        )


class CannotWriteError(HandoutsError):
    """The result could not be written."""

    exit_code = ExitCode.CANNOT_WRITE


NO_MEMORY = Problem(message="there is not enough memory", hint="close other programs, or ask for less at a time")
_NO_ROOM_FOR_CODE = ("failed to map segment", "cannot allocate memory")  # the system's words; there is no number with them


def lacks_memory(error: BaseException) -> bool:
    """Whether the machine had no memory left, which is no bug."""
    if isinstance(error, ImportError):
        return any(words in str(error).lower() for words in _NO_ROOM_FOR_CODE)
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)


def did_you_mean(found: str, known: Iterable[str]) -> str | None:
    """Return a hint naming the nearest known id, or all of them when there are few; None when neither helps."""
    ids = sorted(known)
    near = difflib.get_close_matches(found, ids, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    return f"one of: {', '.join(ids)}" if 0 < len(ids) <= 16 else None
