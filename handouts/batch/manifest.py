"""The manifest of a folder: one line of JSON for each handout of its batches, so that a run can be taken up where it ended.

Lines are added as handouts are finished; a later line of the same output counts. At the end of a run the lines are sorted,
one for each output. The manifest holds no times, no paths of this machine, and of patients only what names of files hold.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from handouts.errors import InputError, Place, Problem

MANIFEST = "manifest.jsonl"


class State(StrEnum):
    """What became of a handout."""

    DONE = "done"
    FAILED = "failed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the manifest says of one output.

    `input` is the fingerprint of everything that decides its bytes, `sha256` the hash of its file (of a protected one, of what
    it protects), `warnings` their number.
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
        """The entry as one line of JSON, what is not known left out."""
        said = {key: value for key, value in asdict(self).items() if value is not None}
        return json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n"


def read_manifest(folder: Path) -> dict[str, Entry]:
    """The entries by output; none without a manifest. Lines that a crash has torn are passed over.

    Raises InputError when the file is something else, which must not be written over.
    """
    path = folder / MANIFEST
    entries: dict[str, Entry] = {}
    lines = 0
    try:
        with path.open("rb") as stream:
            for line in stream:
                lines += 1
                entry = _read_line(line)
                if entry is not None:
                    entries[entry.output] = entry
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(Problem(message="the manifest cannot be read", place=Place(file=str(path)))) from error
    if lines > 1 and not entries:
        message = "this is not the manifest of a batch"
        raise InputError(Problem(message=message, place=Place(file=str(path)), hint="name another folder: --out DIR"))
    return entries


def _read_line(line: bytes) -> Entry | None:
    try:
        said: Any = json.loads(line)
        return Entry(**{**said, "state": State(said["state"])}) if isinstance(said["output"], str) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def append_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Add lines to the manifest; for whoever holds the lock of the folder. A torn line above is closed first.

    Raises:
        OSError: the manifest cannot be written.

    """
    text = "".join(entry.line() for entry in entries)
    if not text:
        return
    handle = os.open(folder / MANIFEST, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
    with os.fdopen(handle, "r+b", buffering=0) as stream:
        size = stream.seek(0, os.SEEK_END)
        if size:
            stream.seek(size - 1)
            if stream.read(1) != b"\n":
                text = f"\n{text}"
        content = text.encode("utf-8", "surrogatepass")
        while content:
            content = content[stream.write(content) or 0 :]


def sorted_lines(entries: Mapping[str, Entry]) -> bytes:
    """The manifest of these entries, whole."""
    return "".join(entries[output].line() for output in sorted(entries)).encode("utf-8", "surrogatepass")
