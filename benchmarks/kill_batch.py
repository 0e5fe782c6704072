"""Kills a batch again and again at random moments, resumes it, and compares the folder with that of an unbroken run.

python benchmarks/kill_batch.py [KILLS] [SEED]
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROWS = 150
_KILLS, _SEED = 20, 1
_LONGEST = 1.6  # seconds until a kill


def start_batch(folder: Path, out: str, *words: str) -> subprocess.Popen[bytes]:
    """A batch at work in a process group of its own."""
    command = [sys.executable, "-m", "handouts", "batch", "patients.csv", "--out", out, *words]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes, hidden ones too."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def kill_and_resume(folder: Path, chance: random.Random, kills: int) -> int:
    """Kill so many runs, some with all their processes, some only the first process or one that builds; then let one end.

    Returns how many were killed before they had ended.
    """
    hit = 0
    for number in range(kills):
        process = start_batch(folder, "broken", "--resume", "--jobs", "2")
        time.sleep(chance.uniform(0, _LONGEST))
        if process.poll() is not None:  # it is done already: begin anew, so that there is something to break
            process = start_batch(folder, "broken", "--jobs", "2")
            time.sleep(chance.uniform(0.4, _LONGEST))
        hit += process.poll() is None
        if number % 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
    start_batch(folder, "broken", "--resume", "--jobs", "2").wait()
    return hit


def main() -> None:
    """Print what came of it; exit code 1 when the folders differ."""
    kills, seed = ([int(word) for word in sys.argv[1:]] + [_KILLS, _SEED][len(sys.argv) - 1 :])[:2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [f"Patient {number};{('extension', 'flexion')[number % 2]};lower-back;10" for number in range(_ROWS)]
        (folder / "patients.csv").write_text("patient;profile;region;minutes\n" + "\n".join(lines) + "\n")
        start_batch(folder, "whole", "--jobs", "2").wait()
        hit = kill_and_resume(folder, random.Random(seed), kills)  # noqa: S311 - no secret
        whole, broken = read_folder(folder / "whole"), read_folder(folder / "broken")
        differing = sorted(name for name in {*whole, *broken} if whole.get(name) != broken.get(name))
        print(f"{kills} kills, {hit} of them at work; {len(whole)} files; differing: {differing or 'none'}")
        if differing or len(whole) != _ROWS + 1:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
