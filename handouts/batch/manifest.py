"""The manifest of a folder: one line of JSON for each handout of its batches, so that a run can be taken up where it ended.

Lines are added as handouts are finished; a later line of the same output counts. At the end of a run the lines are sorted,
one for each output. The manifest holds no times, no paths of this machine, and of patients only what names of files hold.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from io import RawIOBase
from itertools import chain, islice
from pathlib import Path
from typing import Any

from handouts.errors import InputError, Place, Problem
from handouts.formats.plain_json import plain_json
from handouts.nouns import dataclass
from handouts.regular_files import NO_LINK, NotRegularError, open_regular

MANIFEST = "manifest.jsonl"
_LONGEST = 1_000_000  # bytes of a line
_AT_ONCE = 500  # lines that are put together before they are written
_CHECK = "check"  # the key of what shows that a line has not been changed
_SORTED = json.JSONEncoder(sort_keys=True)
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
        said = self._said()
        return plain_json({**said, _CHECK: _digest(said)}, sort_keys=True) + "\n"

    def check(self) -> str:
        """16 hexadecimal digits that change with every other part of the line."""
        return _digest(self._said())

    def _said(self) -> dict[str, Any]:
        return {key: value for key in _PARTS if (value := getattr(self, key)) is not None}


def _digest(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(_SORTED.encode(said).encode()).hexdigest()[:16]


_PARTS = tuple(part.name for part in fields(Entry))
_KEYS = {_CHECK, *_PARTS}
_COUNTS = ("pages", "warnings")


def read_manifest(folder: Path) -> dict[str, Entry]:
    """The entries by output; none without a manifest. A last line that a crash has torn is passed over.

    A line that was changed by somebody says no longer that anything is done. Raises InputError when the file is something else
    or holds a line that a newer version wrote: it must not be written over.
    """
    return {entry.output: entry for _, entry in _walk(folder)}


def _walk(folder: Path) -> Iterator[tuple[int, Entry]]:
    """The entries line by line, each with the byte its line begins at; a later one of the same output counts."""
    path = folder / MANIFEST
    try:
        with open_regular(path) as stream:
            number = start = 0
            while line := stream.readline(_LONGEST):
                number += 1
                entry = _read_line(line)
                if entry is not None:
                    yield start, entry
                elif line.endswith(b"\n") or not _is_torn(line):
                    raise _refused(path, "this is not the manifest of a batch, or that of a newer version", line=number)
                start += len(line)
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
    """Add lines to the manifest, on the disk; for whoever holds the lock of the folder. A torn line at its end is taken away.

    Raises:
        OSError: the manifest cannot be written.

    """
    entries = iter(entries)
    first = next(entries, None)
    if first is None:
        return
    handle = os.open(folder / MANIFEST, os.O_RDWR | os.O_APPEND | os.O_CREAT | NO_LINK, 0o666)
    with os.fdopen(handle, "r+b", buffering=0) as stream:
        size = stream.seek(0, os.SEEK_END)
        last = _read_last(stream, size)
        if last and _read_line(last) is None and _is_torn(last):
            stream.truncate(size - len(last))
        elif last:
            _write(stream, "\n")
        lines = (entry.line() for entry in chain([first], entries))
        while text := "".join(islice(lines, _AT_ONCE)):
            _write(stream, text)
        os.fsync(handle)


def _write(stream: RawIOBase, text: str) -> None:
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


def sorted_lines(folder: Path, *, without: Callable[[Entry], bool] = lambda _: False) -> Iterator[bytes]:
    """The lines of the manifest as they are at the end of a run: one for each output, the last that there is, unless left out.

    They are read again from where they stand, so that the file must not change meanwhile: few bytes are kept of each.
    """
    starts = {entry.output: -1 if without(entry) else start for start, entry in _walk(folder)}
    if not starts:
        return
    with (folder / MANIFEST).open("rb") as stream:
        for output in sorted(starts):
            if starts[output] >= 0:
                stream.seek(starts[output])
                entry = _read_line(stream.readline(_LONGEST))
                if entry is not None:
                    yield entry.line().encode("utf-8", "surrogatepass")
