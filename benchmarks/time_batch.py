"""How fast a batch is and how much memory its processes take, for 100 and for 1000 patients. Run it on a quiet machine.

python benchmarks/time_batch.py [ROWS]...
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROWS = (100, 1000)
_JOBS = (1, 2)
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_PROFILES = ("extension", "flexion")
_LOOK = 0.02  # seconds between looks at the memory


def write_patients(path: Path, rows: int) -> None:
    """A table of so many patients: made-up names, two profiles, every sixth with a date."""
    lines = ["patient;patient_id;profile;region;minutes;date"]
    for number in range(rows):
        date = "" if number % 6 else "2026-03-01"
        words = (f"Patient {number}", f"{number:06}", _PROFILES[number % 2], "lower-back", "10", date)
        lines.append(";".join(words))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run_batch(folder: Path, *words: str) -> tuple[float, float, float]:
    """Seconds, and the highest memory in MB of the first process and of all together (shared pages counted once)."""
    command = [sys.executable, "-m", "handouts", "batch", "patients.csv", *words]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_ENVIRONMENT)
    first = whole = 0.0
    while process.poll() is None:
        own, others = read_memory(process.pid)
        first, whole = max(first, own), max(whole, own + others)
        time.sleep(_LOOK)
    if process.returncode:
        raise SystemExit(f"the batch ended with {process.returncode}")
    return time.perf_counter() - start, first, whole


def read_memory(pid: int) -> tuple[float, float]:
    """Proportional memory in MB of a process and of its children; Linux only, else 0."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        pids = children.read_text().split()
    except OSError:
        return 0.0, 0.0
    return read_share(pid), sum(read_share(int(child)) for child in pids)


def read_share(pid: int) -> float:
    """The proportional set size of one process in MB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def main() -> None:
    """Print one line for each size and number of processes, then what a resumed run takes."""
    sizes = [int(word) for word in sys.argv[1:]] or list(_ROWS)
    for rows in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_patients(folder / "patients.csv", rows)
            for jobs in _JOBS:
                seconds, first, whole = run_batch(folder, "--jobs", str(jobs))
                rate = rows / seconds
                print(
                    f"{rows:5} handouts, --jobs {jobs}: {seconds:6.2f} s, {rate:5.1f}/s, {first:4.0f} MB, {whole:4.0f} MB in all"
                )
            seconds, first, whole = run_batch(folder, "--resume")
            print(f"{rows:5} handouts, --resume: {seconds:6.2f} s, {first:4.0f} MB, {whole:4.0f} MB in all")


if __name__ == "__main__":
    main()
