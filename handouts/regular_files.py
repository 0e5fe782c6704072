"""Opens files that are read: only regular ones, only as much as is allowed, only inside the folder they belong to.

Why not look first and open then: what stands at a path may be changed in between. Here what was opened is looked at.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# Why: opening a FIFO would wait for whoever writes to it, and a terminal would become ours.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
# A socket or a device that is not there; a socket on macOS; a folder on Windows, or what may not be read.
_PERHAPS_SPECIAL = (errno.ENXIO, errno.EOPNOTSUPP, errno.EACCES)


class NotRegularError(OSError):
    """It is a folder, a FIFO, a device or a socket."""


class OutsideError(OSError):
    """Its links lead out of the folder it belongs to."""


def read_regular(path: Path, most: int, *, root: Path | None = None) -> bytes:
    """The content of a file, and never more than `most` bytes and one, which tells that there is more.

    With `root`, the file that is read lies in this folder, whatever links lead to it.

    Raises:
        NotRegularError: it is no regular file.
        OutsideError: it lies outside `root`.
        OSError: as `os.open` does.
        ValueError: the path holds a NUL.

    """
    with _opened(path, _FLAGS) as handle:
        if root is not None and not _lies_inside(path, root, os.fstat(handle)):
            raise OutsideError(errno.EXDEV, "this link leads out of the workspace", os.fspath(path))
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read(most + 1)


@contextlib.contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """A file to be read bit by bit, whatever its size; no link. Raises as `read_regular` does."""
    if not _NO_LINK and path.is_symlink():  # Windows
        raise _not_regular(path)
    with _opened(path, _FLAGS | _NO_LINK) as handle, os.fdopen(handle, "rb", closefd=False) as stream:
        yield stream


@contextlib.contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    try:
        handle = os.open(path, flags)
    except OSError as error:
        if (flags & _NO_LINK and path.is_symlink()) or (error.errno in _PERHAPS_SPECIAL and _is_special(path)):
            raise _not_regular(path) from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _not_regular(path)
        yield handle
    finally:
        os.close(handle)


def _not_regular(path: Path) -> NotRegularError:
    return NotRegularError(errno.EINVAL, "this is not a regular file", os.fspath(path))


def _is_special(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _lies_inside(path: Path, root: Path, found: os.stat_result) -> bool:
    """Whether the file that was opened is the one that stands at the path without its links, inside the folder."""
    if _is_reached_without_links(path, root, found):
        return True
    try:
        real = path.resolve(strict=True)
        return real.is_relative_to(root.resolve()) and os.path.samestat(found, real.lstat())
    except (OSError, RuntimeError):
        return False


def _is_reached_without_links(path: Path, root: Path, found: os.stat_result) -> bool:
    """Whether no part of the path below the folder is a link, so that it need not be resolved from the root of the disk."""
    if os.name == "nt":  # where not only links lead elsewhere
        return False
    inner = os.fspath(path).removeprefix(f"{os.fspath(root).rstrip(os.sep)}{os.sep}")
    parts = Path(inner).parts
    if inner == os.fspath(path) or ".." in parts:
        return False
    try:
        for number in range(1, len(parts) + 1):
            seen = os.lstat(os.path.join(root, *parts[:number]))  # noqa: PTH118 - half a millisecond of paths otherwise
            if stat.S_ISLNK(seen.st_mode):
                return False
    except OSError:
        return False
    return os.path.samestat(found, seen)
