"""Why the system refuses to write, in words, and what to do about it."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from handouts.errors import CannotWriteError, Place, Problem


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise CannotWriteError, with the path, for what the system refuses."""
    try:
        yield
    except OSError as error:
        raise CannotWriteError(
            Problem(message=f"cannot write: {reason_of(error)}", place=Place(file=str(path)), hint=_hint(error))
        ) from error


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
