"""Names and atomic writes: a file is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from handouts.errors import CannotWriteError, Place, Problem

HIDDEN = ".handouts-"  # how names of files begin that are not whole yet
_MOST_NAMES = 10_000
NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # how to open what is written in place: never what a link there leads to


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

    Until then they have names that begin with `hidden`. They are put in place `under` a lock, and `then` is done in the same
    breath: no signal comes between.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, content in files:
            with _told(path):
                with undisturbed():
                    handle, temporary = _open_beside(path, hidden)
                    staged.append((temporary, path))
                _fill(handle, temporary, path, content)
        with under or nullcontext(), undisturbed():
            while staged:
                temporary, path = staged[0]
                with _told(path):
                    temporary.replace(path)
                del staged[0]
            if then:
                then()
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink()


@contextlib.contextmanager
def open_atomically(path: Path, *, hidden: str = HIDDEN) -> Iterator[BinaryIO]:
    """A stream whose content stands at `path` when the block ends well. Raises as `write_atomically` does.

    Until then it has a name that begins with `hidden`.
    """
    temporary: Path | None = None
    try:
        with _told(path):
            with undisturbed():
                handle, temporary = _open_beside(path, hidden)
            with os.fdopen(handle, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(_mode(path))
            with undisturbed():
                temporary.replace(path)
                temporary = None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def write_new(
    folder: Path, content: bytes, *, stem: str = "handout", suffix: str = ".pdf", beside: Sequence[tuple[Path, bytes]] = ()
) -> Path:
    """Put `content` under the first free neutral name of a folder ("handout.pdf", "handout-2.pdf") and return its path.

    `beside`: other files written with it, all or none.

    Raises:
        CannotWriteError: as `write_atomically`, or no name is free.

    """
    for number in range(1, _MOST_NAMES):
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
        claimed = False
        try:
            with _told(path), undisturbed():
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))  # claims the name before it is written
                claimed = True
            write_together([(path, content), *beside])
        except BaseException as error:
            if isinstance(error.__cause__, FileExistsError) and not claimed:
                continue
            with contextlib.suppress(OSError):
                if claimed and not path.stat().st_size:
                    path.unlink()
            raise
        return path
    raise CannotWriteError(Problem(message=f"{folder} is full of handouts", hint="name the file: -o FILE.pdf"))


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWriteError(
            Problem(message=f"cannot write: {reason_of(error)}", place=Place(file=str(path)), hint=_hint(error))
        ) from error


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Hold off the signals that end the program, so that what is made is also remembered; they come right after."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _open_beside(path: Path, hidden: str) -> tuple[int, Path]:
    """Make an empty hidden file beside `path`; return its handle and path."""
    _refuse_special(path)
    handle, name = tempfile.mkstemp(prefix=hidden, dir=path.parent)
    return handle, Path(name)


def _refuse_special(path: Path) -> None:
    """Raise OSError where a folder, a FIFO, a device or a socket stands, or no file can: before any other is put in place."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "this is not a regular file")


def _fill(handle: int, temporary: Path, path: Path, content: bytes) -> None:
    """Write the content whole to the disk, with the mode that `path` is to have."""
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.chmod(_mode(path))


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of rw-rw-rw-."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def reason_of(error: OSError) -> str:
    """Why the system refuses to write, in a few words."""
    known = {
        errno.ENOENT: "the folder does not exist",
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EISDIR: "this is a folder",
        errno.ENOTDIR: "a part of the path is not a folder",
        errno.EROFS: "the disk is read-only",
        errno.ENAMETOOLONG: "the name is too long",
        errno.ELOOP: "its links lead round in a circle",
        errno.EMFILE: "too many files are open",
        errno.ENFILE: "too many files are open",
    }
    if isinstance(error, PermissionError):
        return "not allowed here"
    return known.get(error.errno or 0, (error.strerror or "unknown error").lower())


def _hint(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "close the file if it is open in a viewer, or write elsewhere"
    return "write elsewhere"


def make_folders(wanted: set[Path], made: list[Path]) -> None:
    """Make the folders that are missing, outer ones first, and note them in `made`. Raises CannotWriteError."""
    for path in sorted(wanted):
        try:
            missing = [each for each in (path, *path.parents) if not each.exists()]
        except OSError as error:
            raise cannot_make(path, error) from error
        for each in reversed(missing):
            try:
                each.mkdir(exist_ok=True)
            except OSError as error:
                raise cannot_make(each, error) from error
            made.append(each)


def cannot_make(folder: Path, error: OSError | ValueError) -> CannotWriteError:
    """The problem of a folder that cannot be made."""
    reason = (getattr(error, "strerror", None) or "not a name for a folder").lower()
    hint = "name another folder"
    return CannotWriteError(Problem(message=f"cannot make this folder: {reason}", place=Place(file=str(folder)), hint=hint))
