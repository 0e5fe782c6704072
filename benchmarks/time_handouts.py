"""How long a handout takes: the whole command cold, and the hundredth handout of one process. Run it on a quiet machine.

python benchmarks/time_handouts.py
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from handouts.bench import Bench
from handouts.build import make_handout
from handouts.model import Request
from handouts.workspace import find_workspace

_ROUNDS = 7
_HANDOUTS = 100
# Why: without compiled files every start would compile the program anew, which nobody's installation does.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def time_cold() -> list[float]:
    """Seconds from process start to the finished file, of `handouts make --routine five-minute`."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "handouts", "make", "--routine", "five-minute", "-o", f"{folder}/handout.pdf"]
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=_ENVIRONMENT)
            seconds.append(time.perf_counter() - start)
    return seconds


def time_bare() -> list[float]:
    """Seconds of a Python process that does nothing: the floor."""
    seconds = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True, env=_ENVIRONMENT)
        seconds.append(time.perf_counter() - start)
    return seconds


def time_warm() -> tuple[float, list[float]]:
    """Seconds of the first handout of a process, and of each of the next ones; the patient's name changes every time."""
    bench = Bench(find_workspace(current=Path.cwd()), "en")
    seconds = []
    for number in range(_HANDOUTS):
        request = Request(routine="five-minute", patient=f"Patient {number}")
        start = time.perf_counter()
        make_handout(request, bench)
        seconds.append(time.perf_counter() - start)
    return seconds[0], seconds[1:]


def main() -> None:
    """Print medians."""
    bare, cold = time_bare(), time_cold()
    first, later = time_warm()
    print(f"python, doing nothing        {statistics.median(bare) * 1000:7.1f} ms")
    print(f"handouts make, cold          {statistics.median(cold) * 1000:7.1f} ms  (median of {_ROUNDS})")
    print(f"first handout in a process   {first * 1000:7.1f} ms")
    print(f"the hundredth                {later[-1] * 1000:7.1f} ms")
    print(f"median of the last 50        {statistics.median(later[-50:]) * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
