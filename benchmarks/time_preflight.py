"""How long `handouts check` takes: one four-page PDF from a cold start, and pages a second over many PDFs.

python benchmarks/time_preflight.py
"""

from __future__ import annotations

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

_RUNS, _FILES = 9, 24
_LONGEST_S, _FEWEST_PAGES_A_SECOND = 0.5, 30.0
_ROUTINES = ("five-minute", "ten-stretches", "flexion-starter", "extension-starter")


def make_handouts(folder: Path) -> int:
    """Different handouts; returns their pages."""
    bench, pages = Bench(find_workspace(current=Path.cwd()), "en"), 0
    for number in range(_FILES):
        built = make_handout(Request(routine=_ROUTINES[number % 4], patient=f"Patient {number}"), bench)
        (folder / f"{number:02}.pdf").write_bytes(built.pdf)
        pages += len(built.document.pages)
    return pages


def time_check(folder: Path, *paths: str) -> float:
    """Seconds of one run, from the start of the program to its end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "handouts", "check", *paths], cwd=folder, check=False, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Print the figures; end with 1 when they are worse than promised."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = make_handouts(folder)
        cold = statistics.median(time_check(folder, "00.pdf") for _ in range(_RUNS))
        whole = min(time_check(folder, ".") for _ in range(3))
    print(f"one PDF of four pages, cold start: {cold:.2f} s (median of {_RUNS})")
    print(f"{_FILES} PDFs of {pages} pages: {whole:.2f} s, {pages / whole:.0f} pages a second")
    if cold > _LONGEST_S or pages / whole < _FEWEST_PAGES_A_SECOND:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
