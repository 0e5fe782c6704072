"""The manifest of a folder: one line of JSON for each handout of its batches, so that a run can be taken up where it ended.

Lines are added as handouts are finished; a later line of the same output counts. At the end of a run the lines are sorted,
one for each output. The manifest holds no times, no paths of this machine, and of patients only what names of files hold.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from io import RawIOBase
from pathlib import Path
from typing import Any

from handouts.errors import InputError, Place, Problem
from handouts.formats.plain_json import plain_json
from handouts.output import NO_LINK
from handouts.regular_files import NotRegularError, open_regular

MANIFEST = "manifest.jsonl"
_LONGEST = 1_000_000  # bytes of a line
_CHECK = "check"  # the key of what shows that a line has not been changed
_BEGINNINGS = (b'{"catalogue": "', b'{"check": "')  # of a line of ours


class State(StrEnum):
    """What became of a handout."""

    DONE = "done"
    FAILED = "failed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the manifest says of one output.

    `input` is the fingerprint of everything that decides its bytes, `sha256` the hash of its file (of a protected one, of what
    it protects, both keyed with the password), `warnings` their number.
    """

    output: str
    state: State
    source: str
    program: str
    input: str | None = None
    catalogue: str | None = None
    sha256: str | None = None
    pages: int | None = None
    warnings: int | None = None

    def line(self) -> str:
        """The entry as one line of JSON, what is not known left out; no part of it is a formula to a spreadsheet."""
        return plain_json({**self._said(), _CHECK: self.check()}, sort_keys=True) + "\n"

    def check(self) -> str:
        """16 hexadecimal digits that change with every other part of the line."""
        return hashlib.sha256(json.dumps(self._said(), sort_keys=True).encode()).hexdigest()[:16]

    def _said(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value is not None}


_KEYS = {_CHECK, *(part.name for part in fields(Entry))}
_COUNTS = ("pages", "warnings")


def read_manifest(folder: Path) -> dict[str, Entry]:
    """The entries by output; none without a manifest. A last line that a crash has torn is passed over.

    A line that was changed by somebody says no longer that anything is done. Raises InputError when the file is something else
    or holds a line that a newer version wrote: it must not be written over.
    """
    return {entry.output: entry for entry in walk_manifest(folder)}


def walk_manifest(folder: Path) -> Iterator[Entry]:
    """The entries line by line; a later one of the same output counts. Raises as `read_manifest` does."""
    path = folder / MANIFEST
    try:
        with open_regular(path) as stream:
            number = 0
            while line := stream.readline(_LONGEST):
                number += 1
                entry = _read_line(line)
                if entry is not None:
                    yield entry
                elif line.endswith(b"\n") or not _is_torn(line):
                    raise _refused(path, "this is not the manifest of a batch, or that of a newer version", line=number)
    except FileNotFoundError:
        return
    except NotRegularError as error:
        raise _refused(path, "this is not a regular file") from error
    except OSError as error:
        raise InputError(Problem(message="the manifest cannot be read", place=Place(file=str(path)))) from error


def _refused(path: Path, message: str, line: int | None = None) -> InputError:
    return InputError(Problem(message=message, place=Place(file=str(path), line=line), hint="name another folder: --out DIR"))


def _read_line(line: bytes) -> Entry | None:
    """The entry of a whole line; None for what is no line of ours."""
    try:
        said: Any = json.loads(line)
        if not isinstance(said, dict) or not _KEYS.issuperset(said):
            return None
        check = said.pop(_CHECK, None)
        if not all(isinstance(value, int if key in _COUNTS else str) for key, value in said.items()):
            return None
        entry = Entry(**{**said, "state": State(said["state"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if check == entry.check():
        return entry
    state = State.MISSING if entry.state is State.DONE else entry.state
    return replace(entry, state=state, sha256=None, pages=None, warnings=None)


def _is_torn(line: bytes) -> bool:
    """Whether it is the beginning of a line of ours; after a power cut, zeros may stand for the rest."""
    begun = line.rstrip(b"\0")
    return any(begun[: len(each)] == each[: len(begun)] for each in _BEGINNINGS) and not begun.endswith(b"}")


def append_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Add lines to the manifest; for whoever holds the lock of the folder. A torn line at its end is taken away.

    Raises:
        OSError: the manifest cannot be written.

    """
    text = "".join(entry.line() for entry in entries)
    if not text:
        return
    handle = os.open(folder / MANIFEST, os.O_RDWR | os.O_APPEND | os.O_CREAT | NO_LINK, 0o666)
    with os.fdopen(handle, "r+b", buffering=0) as stream:
        size = stream.seek(0, os.SEEK_END)
        last = _read_last(stream, size)
        if last and _read_line(last) is None and _is_torn(last):
            stream.truncate(size - len(last))
        elif last:
            text = f"\n{text}"
        content = text.encode("utf-8", "surrogatepass")
        while content:
            content = content[stream.write(content) or 0 :]


def _read_last(stream: RawIOBase, size: int) -> bytes:
    """What stands behind the last line break."""
    if not size:
        return b""
    stream.seek(size - 1)
    if stream.read(1) == b"\n":
        return b""
    start = max(0, size - _LONGEST)
    stream.seek(start)
    return (stream.read(size - start) or b"").rpartition(b"\n")[2]


def sorted_lines(entries: Iterable[Entry], *, without: Callable[[Entry], bool] = lambda _: False) -> bytes:
    """The manifest of these entries, whole: one line for each output, the last that there is, unless it is left out."""
    lines: dict[str, bytes] = {}
    for entry in entries:
        lines[entry.output] = b"" if without(entry) else entry.line().encode("utf-8", "surrogatepass")
    return b"".join(lines[output] for output in sorted(lines))
