"""Writes files: each is there whole or not at all, several all or none.

The order on the disk, so that a power cut spoils nothing: the content of every file, then their names, then their folders.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from handouts.errors import NO_MEMORY, CannotWriteError, Place, Problem, lacks_memory
from handouts.output.folders import sync_folder
from handouts.output.reasons import told
from handouts.output.signals import undisturbed
from handouts.output.staging import HIDDEN, Staged

_MOST_NAMES = 10_000


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path`; an existing file is replaced only by the whole new one. The mode follows the umask.

    Raises:
        CannotWriteError: the folder is missing, the disk is full, or writing is not allowed; nothing is left behind.

    """
    write_together([(path, content)])


def write_together(
    files: Sequence[tuple[Path, bytes]],
    *,
    hidden: str = HIDDEN,
    under: AbstractContextManager[None] | None = None,
    then: Callable[[], None] | None = None,
) -> None:
    """Put each content at its path, none before all of them are whole on the disk. Raises as `write_atomically` does.

    Where one cannot be put there, the others are taken back. Names that they have meanwhile begin with `hidden`. They are put
    in place `under` a lock, and `then` is done in the same breath: no signal comes between; where it fails, they are taken back.
    """
    with _staged(files, hidden) as staged, under or nullcontext(), undisturbed():
        _place_all(staged, then=then)


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
        with undisturbed():
            _place_all([staged])
    finally:
        if staged is not None:
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
        yield staged
    finally:
        with undisturbed():
            for each in staged:
                each.discard()


def _place_all(staged: Sequence[Staged], *, new: Staged | None = None, then: Callable[[], None] | None = None) -> None:
    """Put all in place, `new` where nothing may be, write their folders to the disk and do `then`; undo it where one fails."""
    placed: list[tuple[Staged, bool]] = []
    try:
        if new is not None:
            with told(new.path):
                new.place_new()
            placed.append((new, False))
        for each in staged:
            with told(each.path):
                there = os.path.lexists(each.path)
                if there and (len(staged) > 1 or new is not None or then is not None):
                    each.keep_old()
                each.place()
            placed.append((each, there))
        for folder, path in {each.path.parent: each.path for each, _ in placed}.items():
            with told(path):
                sync_folder(folder)
        if then is not None:
            then()
    except BaseException as error:
        staying = [each.path for each, there in reversed(placed) if not each.take_back(was_there=there)]
        reason = error.problems if isinstance(error, CannotWriteError) else (NO_MEMORY,) if lacks_memory(error) else ()
        if not staying or not reason:
            raise
        problems = [
            Problem(
                message="is written, and cannot be taken back", place=Place(file=str(path)), hint="look at it before you use it"
            )
            for path in staying
        ]
        raise CannotWriteError([*reason, *problems]) from (error.__cause__ or error)
    for each, _ in placed:
        each.forget_old()
