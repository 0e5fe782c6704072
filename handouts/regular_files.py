"""Opens files that are read: only regular ones, only as much as is allowed, only inside the folder they belong to.

Why not look first and open then: what stands at a path may be changed in between. Here what was opened is looked at.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

# Why: opening a FIFO would wait for whoever writes to it, and a terminal would become ours.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


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
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket, or a device that is not there
            raise NotRegularError(errno.EINVAL, "this is not a regular file", os.fspath(path)) from error
        raise
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise NotRegularError(errno.EINVAL, "this is not a regular file", os.fspath(path))
        if root is not None and not _lies_inside(path, root, found):
            raise OutsideError(errno.EXDEV, "this link leads out of the workspace", os.fspath(path))
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read(most + 1)
    finally:
        os.close(handle)


def _lies_inside(path: Path, root: Path, found: os.stat_result) -> bool:
    """Whether the file that was opened is the one that stands at the path without its links, inside the folder."""
    try:
        real = path.resolve(strict=True)
        return real.is_relative_to(root.resolve()) and os.path.samestat(found, real.lstat())
    except (OSError, RuntimeError):
        return False
