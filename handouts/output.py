"""Names and atomic writes: a file is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from handouts.errors import CannotWriteError, Place, Problem

_STEM = "handout"
_MOST_NAMES = 10_000


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path`; an existing file is replaced only by the whole new one. The mode follows the umask.

    Raises:
        CannotWriteError: the folder is missing, the disk is full, or writing is not allowed; nothing is left behind.
    """
    temporary: str | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        handle, temporary = tempfile.mkstemp(prefix=".handouts-", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise CannotWriteError(
            Problem(message=f"cannot write: {_reason(error)}", place=Place(file=str(path)), hint=_hint(error))
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def write_new(folder: Path, content: bytes, *, suffix: str = ".pdf") -> Path:
    """Put `content` under the first free neutral name of a folder ("handout.pdf", "handout-2.pdf") and return its path.

    Raises:
        CannotWriteError: as `write_atomically`, or no name is free.
    """
    for number in range(1, _MOST_NAMES):
        path = folder / (f"{_STEM}{suffix}" if number == 1 else f"{_STEM}-{number}{suffix}")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))  # claims the name before it is written
        except FileExistsError:
            continue
        except OSError as error:
            raise CannotWriteError(
                Problem(message=f"cannot write: {_reason(error)}", place=Place(file=str(path)), hint=_hint(error))
            ) from error
        try:
            write_atomically(path, content)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        return path
    raise CannotWriteError(Problem(message=f"{folder} is full of handouts", hint="name the file: -o FILE.pdf"))


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of rw-rw-rw-."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _reason(error: OSError) -> str:
    known = {
        errno.ENOENT: "the folder does not exist",
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EISDIR: "this is a folder",
        errno.ENOTDIR: "a part of the path is not a folder",
        errno.EROFS: "the disk is read-only",
        errno.ENAMETOOLONG: "the name is too long",
    }
    if isinstance(error, PermissionError):
        return "not allowed here"
    return known.get(error.errno or 0, error.strerror or "unknown error")


def _hint(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "close the file if it is open in a viewer, or write elsewhere with -o FILE.pdf"
    return "write elsewhere with -o FILE.pdf"
