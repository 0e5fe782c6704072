"""Folders: made where they are missing, and written to the disk with the names in them."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from handouts.errors import CannotWriteError, Place, Problem
from handouts.output.reasons import reason_of
from handouts.output.signals import undisturbed

_NOT_FOR_FOLDERS = (errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.EACCES, errno.EPERM)


def make_folders(wanted: set[Path], made: list[Path]) -> None:
    """Make the folders that are missing, outer ones first, and note them in `made`. Raises CannotWriteError."""
    for path in sorted(wanted):
        try:
            missing = [each for each in (path, *path.parents) if not each.exists()]
        except OSError as error:
            raise cannot_make(path, error) from error
        for each in reversed(missing):
            try:
                with undisturbed():
                    each.mkdir(exist_ok=True)
                    made.append(each)
                sync_folder(each.parent)
            except OSError as error:
                raise cannot_make(each, error) from error


def remove_folders(made: list[Path]) -> None:
    """Take away the folders that were made, as far as nothing is in them."""
    with undisturbed():
        for each in reversed(made):
            with contextlib.suppress(OSError):
                each.rmdir()


def sync_folder(folder: Path) -> None:
    """Return when the names of the folder are on the disk, where the system can promise that. Raises OSError.

    Why: a file that is whole on the disk may still be lost in a power cut as long as its name is not there.
    """
    if os.name == "nt":  # a folder cannot be opened there
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise


def cannot_make(folder: Path, error: OSError | ValueError) -> CannotWriteError:
    """The problem of a folder that cannot be made."""
    reason = reason_of(error) if isinstance(error, OSError) else "not a name for a folder"
    hint = "name another folder"
    return CannotWriteError(Problem(message=f"cannot make this folder: {reason}", place=Place(file=str(folder)), hint=hint))
