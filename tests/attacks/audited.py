"""Runs `handouts` with Python's audit hook (PEP 578) and writes down every file, socket and program it touches.

python -m attacks.audited REPORT WORDS…
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_READ = frozenset({"os.listdir", "os.scandir"})
_CHANGED = frozenset(
    [
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.mkdir",
        "os.symlink",
        "os.truncate",
        "os.chmod",
        "os.chown",
        "os.utime",
        "shutil.move",
        "shutil.rmtree",
        "tempfile.mkstemp",
        "tempfile.mkdtemp",
    ]
)
_NEVER = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")
_STARTED = frozenset({"subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "os.forkpty"})
_NAMELESS = getattr(os, "O_TMPFILE", 0)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def describe(event: str, said: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    """What an event did ("read", "write", "start", "net") and to which path or address."""
    if event == "open":
        path, mode, flags = said
        if _NAMELESS and (flags or 0) & _NAMELESS == _NAMELESS:
            yield "write", os.path.join(os.fsdecode(path), ".handouts-nameless")  # noqa: PTH118 - as the program wrote it
        elif not isinstance(path, int):
            writes = (flags or 0) & _WRITING or set(mode or "") & set("wax+")
            yield ("write" if writes else "read"), os.fsdecode(path)
    elif event in _READ and isinstance(said[0], (str, bytes)):
        yield "read", os.fsdecode(said[0])
    elif event == "os.link":
        yield from _linked(*said)
    elif event in _CHANGED:
        yield from (("write", os.fsdecode(each)) for each in said if isinstance(each, (str, bytes, os.PathLike)))
    elif event in _STARTED:
        yield "start", f"{event} {said[:2]!r}"
    elif event.startswith(_NEVER) and event != "socket.__new__":
        yield "net", f"{event} {said!r}"


def _linked(source: str, target: str, _source_folder: int, folder: int) -> Iterator[tuple[str, str]]:
    """The new name, and the old one where there is one: a file without a name was written when it was opened."""
    if not os.fsdecode(source).startswith("/proc/self/fd/"):
        yield "write", os.fsdecode(source)
    within = Path(f"/proc/self/fd/{folder}").resolve() if folder >= 0 else Path()
    yield "write", str(within / os.fsdecode(target))


def main() -> int:
    """Run the command, then write the report: pairs of what was done and the path from the root."""
    report, *words = sys.argv[1:]
    found: list[tuple[str, str]] = []
    here = Path.cwd()

    def note(event: str, said: tuple[Any, ...]) -> None:
        for what, path in describe(event, said):
            found.append((what, os.path.normpath(here / path) if what in ("read", "write") else path))

    sys.addaudithook(note)
    from handouts.cli import main as run

    code = run(words)
    touched = list(found)
    Path(report).write_text(json.dumps(touched), encoding="utf-8", errors="surrogateescape")
    return code


if __name__ == "__main__":
    sys.exit(main())
