"""Where a batch writes: looked at before anything is built, so that no work is done for nothing and nothing read is replaced."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from handouts.errors import CannotWriteError, Place, Problem
from handouts.output import reason_of

_LONGEST_PART = 255  # bytes of one name on every file system we know
_OUT_HINT = "name another folder: --out DIR"
_MERGE_HINT = "name another: --merge FILE.pdf"


class Marks:
    """Files by what they are, not by what they are called: links lead to the same one."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths: dict[tuple[int, int], Path] = {}
        for path in paths:
            mark = _mark(path)
            if mark is not None:
                self._paths.setdefault(mark, path)

    def __contains__(self, path: Path) -> bool:
        return _mark(path) in self._paths

    def shown(self, path: Path) -> Path:
        """The file as it was named first."""
        mark = _mark(path)
        return path if mark is None else self._paths.get(mark, path)


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def list_folder(folder: Path) -> Iterator[Path]:
    """What is in a folder, none where it is not there or cannot be read."""
    try:
        yield from folder.iterdir()
    except (OSError, ValueError):
        return


def is_same_folder(one: Path, other: Path) -> bool:
    """Whether both are, or would be, the same folder."""
    return one in Marks([other]) or os.path.realpath(one) == os.path.realpath(other)


def check_targets(out: Path, merge: Path | None) -> None:
    """Raise CannotWriteError where the folder of the handouts or the file for the printer could not be written."""
    problems = []
    trouble = _trouble_with_folder(out, may_be_made=True)
    if trouble:
        problems.append(_problem(out, trouble, _OUT_HINT))
    if merge is not None:
        inside = _trouble_with_folder(merge.parent, may_be_made=is_same_folder(merge.parent, out))
        if inside and not (problems and is_same_folder(merge.parent, out)):
            problems.append(_problem(merge.parent, inside, _MERGE_HINT))
        trouble = None if inside else _trouble_with_file(merge)
        if trouble:
            problems.append(_problem(merge, trouble, _MERGE_HINT))
    if problems:
        raise CannotWriteError(problems)


def _problem(path: Path, trouble: str, hint: str) -> Problem:
    return Problem(message=f"cannot write: {trouble}", place=Place(file=str(path)), hint=hint)


def _trouble_with_folder(folder: Path, *, may_be_made: bool) -> str | None:
    try:
        if any(len(os.fsencode(part)) > _LONGEST_PART for part in folder.parts):
            return "the name is too long"
        if not stat.S_ISDIR(folder.stat().st_mode):
            return "this is not a folder"
    except FileNotFoundError:
        if folder.is_symlink():
            return "this link leads nowhere"
        if may_be_made and folder.parent != folder:
            return _trouble_with_folder(folder.parent, may_be_made=True)
        return "the folder does not exist"
    except UnicodeEncodeError:
        return "the name holds letters that cannot be written under this locale"
    except OSError as error:
        return reason_of(error)
    return None if os.access(folder, os.W_OK | os.X_OK) else "not allowed here"


def _trouble_with_file(path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    except UnicodeEncodeError:
        return "the name holds letters that cannot be written under this locale"
    except OSError as error:
        return reason_of(error)
    return "this is a folder" if stat.S_ISDIR(mode) else None if stat.S_ISREG(mode) else "this is not a regular file"
