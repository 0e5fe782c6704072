"""Writes files: each is there whole or not at all, several all or none.

The order on the disk, so that a power cut spoils nothing: the content of every file, then their names, then their folders.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

from handouts.errors import NO_MEMORY, CannotWriteError, Place, Problem, lacks_memory
from handouts.nouns import dataclass
from handouts.output.folders import sync_folder
from handouts.output.reasons import told
from handouts.output.signals import undisturbed
from handouts.output.staging import HIDDEN, Staged

E = TypeVar("E", bound=BaseException)

_MOST_NAMES = 10_000


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path`; an existing file is replaced only by the whole new one. The mode follows the umask.

    Raises:
        CannotWriteError: the folder is missing, the disk is full, or writing is not allowed; nothing is left behind.

    """
    write_together([(path, content)])


def write_together(files: Sequence[tuple[Path, bytes]], *, hidden: str = HIDDEN) -> None:
    """Put each content at its path, none before all of them are whole on the disk. Raises as `write_atomically` does.

    Where one cannot be put there, the others are taken back. Names that they have meanwhile begin with `hidden`.
    """
    with _staged(files, hidden) as staged, undisturbed():
        _place_all(staged)


@contextlib.contextmanager
def open_atomically(path: Path, *, hidden: str = HIDDEN) -> Iterator[BinaryIO]:
    """A stream whose content stands at `path` when the block ends well. Raises as `write_atomically` does.

    A name that it has until then begins with `hidden`.
    """
    staged: Staged | None = None
    try:
        with told(path):
            with undisturbed():
                staged = Staged(path, hidden)
            with staged.filling() as stream:
                yield stream
            staged.sync()
        with undisturbed():
            _place_all([staged])
    finally:
        if staged is not None:
            with undisturbed():
                staged.discard()


def write_new(
    folder: Path, content: bytes, *, stem: str = "handout", suffix: str = ".pdf", beside: Sequence[tuple[Path, bytes]] = ()
) -> Path:
    """Put `content` under the first free neutral name of a folder ("handout.pdf", "handout-2.pdf") and return its path.

    `beside`: other files written with it, all or none.

    Raises:
        CannotWriteError: as `write_atomically`, or no name is free.

    """
    names = (folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}") for number in range(1, _MOST_NAMES))
    path = next((name for name in names if not os.path.lexists(name)), None)
    while path is not None:
        try:
            with _staged([(path, content), *beside], HIDDEN) as (new, *others), undisturbed():
                _place_all(others, new=new)
        except CannotWriteError as error:
            if not isinstance(error.__cause__, FileExistsError):
                raise
            path = next((name for name in names if not os.path.lexists(name)), None)
        else:
            return path
    raise CannotWriteError(Problem(message=f"{folder} is full of handouts", hint="name the file: -o FILE.pdf"))


@contextlib.contextmanager
def _staged(files: Sequence[tuple[Path, bytes]], hidden: str) -> Iterator[list[Staged]]:
    """All of them whole on the disk, none in its place; at the end nothing hidden is left."""
    staged: list[Staged] = []
    try:
        for path, content in files:
            with told(path):
                with undisturbed():
                    staged.append(Staged(path, hidden))
                with staged[-1].filling() as stream:
                    stream.write(content)
                staged[-1].sync()
        yield staged
    finally:
        with undisturbed():
            for each in staged:
                each.discard()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A file in its place; `was_there`: it stands where another did."""

    staged: Staged
    path: Path
    was_there: bool


def put_in_place(staged: Staged, *, keep_old: bool = False) -> Placed:
    """Put a whole file at its path; `keep_old`: what it replaces can be brought back. Raises CannotWriteError."""
    with told(staged.path):
        there = os.path.lexists(staged.path)
        if there and keep_old:
            staged.keep_old()
        staged.place()
    return Placed(staged=staged, path=staged.path, was_there=there)


def take_back(placed: Sequence[Placed], error: E) -> E | CannotWriteError:
    """Undo what was put in place, and return the error with all that could not be undone."""
    staying = [each.path for each in reversed(placed) if not each.staged.take_back(was_there=each.was_there)]
    reason = error.problems if isinstance(error, CannotWriteError) else (NO_MEMORY,) if lacks_memory(error) else ()
    if not staying or not reason:
        return error
    hint = "look at it before you use it"
    problems = [
        Problem(message="is written, and cannot be taken back", place=Place(file=str(path)), hint=hint) for path in staying
    ]
    told_all = CannotWriteError([*reason, *problems])
    told_all.__cause__ = error.__cause__ or error
    return told_all


def _place_all(staged: Sequence[Staged], *, new: Staged | None = None) -> None:
    """Put all in place, `new` where nothing may be, and write their folders to the disk; undo it where that does not go well."""
    placed: list[Placed] = []
    try:
        if new is not None:
            with told(new.path):
                new.place_new()
            placed.append(Placed(staged=new, path=new.path, was_there=False))
        keep_old = len(staged) > 1 or new is not None
        for each in staged:
            placed.append(put_in_place(each, keep_old=keep_old))  # noqa: PERF401 - what was placed before a fault counts
        for folder, path in {each.path.parent: each.path for each in placed}.items():
            with told(path):
                sync_folder(folder)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is raised on
        whole = take_back(placed, error)
        raise whole from whole.__cause__
    for done in placed:
        done.staged.forget_old()
