"""Runs one command in a process of its own, and measures what it took."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How a command ended, what it said, and what it took.

    `seconds` are of the processor, of all its processes, so that a busy machine changes nothing; `memory` is the most that one of
    them had, in bytes.
    """

    code: int
    out: bytes
    err: bytes
    seconds: float
    by_the_clock: float
    memory: int


# Why a launcher: a new process counts the memory of the one that started it as its own.
_LAUNCHER = """
import os, signal, sys, time
longest, report, *words = sys.argv[1:]
start = time.perf_counter()
pid = os.fork()
if not pid:
    os.setsid()
    os.execv(words[0], words)
signal.signal(signal.SIGALRM, lambda *_: os.killpg(pid, signal.SIGKILL))
signal.setitimer(signal.ITIMER_REAL, float(longest))
_, status, usage = os.wait4(pid, 0)
with open(report, "w") as stream:
    spent = usage.ru_utime + usage.ru_stime
    print(os.waitstatus_to_exitcode(status), spent, time.perf_counter() - start, usage.ru_maxrss, file=stream)
"""

HANDOUTS = (sys.executable, "-m", "handouts")


def run_measured(words: tuple[str, ...], folder: Path, longest: float, *, program: tuple[str, ...] = HANDOUTS) -> Measured:
    """Run a program with these words in the folder; ended with all its processes after `longest` seconds (code -9)."""
    with tempfile.TemporaryDirectory() as beside:
        report = Path(beside, "report")
        command = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(longest), str(report), *program, *words]
        ran = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        code, seconds, by_the_clock, memory = map(float, report.read_text().split())
    return Measured(
        code=int(code), out=ran.stdout, err=ran.stderr, seconds=seconds, by_the_clock=by_the_clock, memory=int(memory) * 1024
    )
