"""Runs one command of the program in a process of its own, and tells how it ended, how long it took and what it held."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.errors import ExitCode

MOST_SECONDS = 2.0
MOST_BYTES = 300_000_000
_HUNG = 20.0  # seconds after which a run is ended
_LONGEST_LINE = 2000  # characters of a problem that still is one clear line
_MOST_LINES = 210  # of problems of one run: those of a file's parser, a mapping and a list come together
_STAYS = "/manifest.jsonl"  # says what could not be made
_TOLD = (ExitCode.DONE, ExitCode.USAGE, ExitCode.INPUT, ExitCode.CANNOT_PRINT, ExitCode.PARTLY)

_WARM = ("handouts.cli.app", "handouts.binding.joining", "handouts.binding.protection", "handouts.binding.reading")

Content = bytes | Callable[[Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended: exit code (None: it hung), what it said, what it left, and its bytes of memory at most.

    `seconds` are the processor's, of all its processes, so that others at work on the machine do not count.
    """

    code: int | None
    out: str
    err: str
    made: Mapping[str, bytes]
    left: tuple[str, ...]  # what lies in the folder beside the inputs
    seconds: float
    memory: int

    def troubles(self) -> list[str]:
        """What must never be, in a few words each."""
        lines = self.err.splitlines()
        found = []
        if self.code is None:
            found.append("hung")
        elif self.code not in _TOLD:
            found.append(f"exit {self.code}: {self.err.strip()[-200:]}")
        if "Traceback" in self.err or "bug:" in self.err:
            found.append("a traceback or a bug")
        if "no such option" in self.err:
            found.append("the attack is not what it says")
        if self.code and not lines and not self.out:
            found.append("refused without a word")
        left = [name for name in self.left if not name.endswith(_STAYS)]
        if self.code not in (None, ExitCode.DONE, ExitCode.PARTLY) and left:
            found.append(f"refused, and left {', '.join(left)[:200]}")
        if any(part.startswith(".handouts-") for name in self.left for part in name.split("/")):
            found.append("left a file that is not whole")
        if len(lines) > _MOST_LINES:
            found.append(f"told in {len(lines)} lines")
        if max(map(len, lines), default=0) > _LONGEST_LINE:
            found.append(f"told in a line of {max(map(len, lines))} characters")
        if self.seconds > MOST_SECONDS:
            found.append(f"took {self.seconds:.1f} s")
        if self.memory > MOST_BYTES:
            found.append(f"held {self.memory / 1e6:.0f} MB")
        return found


def warm_up() -> None:
    """Load what every command needs, so that the processes made from this one begin with it."""
    for module in _WARM:
        importlib.import_module(module)
    from handouts.bench import open_bench
    from handouts.build import make_handout
    from handouts.model import Request
    from handouts.workspace import Workspace

    make_handout(Request(routine="five-minute"), open_bench(Workspace(), None))
    gc.collect()
    gc.freeze()


def run_alone(words: Sequence[str], files: Mapping[str, Content], *, keep: tuple[str, ...] = (".pdf",)) -> Ran:
    """Run `handouts WORDS` in a new folder with these files, in a process of its own.

    `keep`: the endings of made files whose content is returned.
    """
    folder = Path(tempfile.mkdtemp(prefix="arena-"))
    here = folder / "here"
    try:
        for name, content in files.items():
            path = here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(path)
            else:
                path.write_bytes(content)
        here.mkdir(exist_ok=True)
        code, seconds, memory = _fork(words, here, folder)
        left = tuple(sorted(path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file()))
        new = tuple(name for name in left if name not in files)
        return Ran(
            code=code,
            out=_read(folder / "out"),
            err=_read(folder / "err"),
            made={name: (here / name).read_bytes() for name in new if name.endswith(keep)},
            left=new,
            seconds=seconds,
            memory=memory,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fork(words: Sequence[str], here: Path, folder: Path) -> tuple[int | None, float, int]:
    child = os.fork()
    if child == 0:
        _run(words, here, folder)
    deadline = time.perf_counter() + _HUNG
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
        if time.perf_counter() > deadline:
            os.kill(child, signal.SIGKILL)
            used = os.wait4(child, 0)[2]
            return None, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
        time.sleep(0.002)


def _run(words: Sequence[str], here: Path, folder: Path) -> None:
    """Never returns."""
    code = int(ExitCode.BUG)
    with contextlib.suppress(BaseException):
        os.chdir(here)
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        for number, name in ((1, "out"), (2, "err")):
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT, 0o600)
            os.dup2(handle, number)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the process ends with it
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        from handouts.cli import main

        code = main(words)
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
