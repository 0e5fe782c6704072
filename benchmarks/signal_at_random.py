"""Sends signals to commands at random moments, from their first millisecond on, and looks at how they end and what they leave.

python benchmarks/signal_at_random.py [TIMES_OF_EACH] [SEED]
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

_TIMES, _SEED = 25, 1
_CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
_COMMANDS = {  # with the longest time until the signal, in seconds
    "make": (("make", "--routine", "five-minute", "-o", "x.pdf", "--save", "x.yaml"), 0.7),
    "batch": (("batch", "p.csv", "--jobs", "2", "--merge", "x.pdf"), 1.3),
    "check": (("check", "p.yaml", "--html", "x.html"), 2.0),
}
_OLD = b"the last good one"
_HANGS = 30  # seconds


def prepare_folder(folder: Path) -> None:
    """What the commands read, and a file that they may replace."""
    (folder / "handouts.yaml").write_text("country: gb\n")
    (folder / "p.yaml").write_text("routine: five-minute\n")
    (folder / "p.csv").write_text("patient,exercises,profile\n" + "A. Sample,cat-cow,flexion\n" * 12)
    (folder / "x.pdf").write_bytes(_OLD)


def strike(words: tuple[str, ...], name: str, moment: float, folder: Path, *, whole: bool) -> tuple[int, str]:
    """The exit code and what was said; `whole`: every process gets the signal, as from a terminal."""
    command = [sys.executable, "-m", "handouts", *words]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    time.sleep(moment)
    if process.poll() is None:
        (os.killpg if whole else os.kill)(process.pid, getattr(signal, name))
    try:
        _, said = process.communicate(timeout=_HANGS)
    except subprocess.TimeoutExpired:
        process.kill()
        return 99, "it hangs"
    return process.returncode, said


def find_faults(name: str, code: int, said: str, folder: Path) -> list[str]:
    """What is wrong with the end. Before the program is loaded, Python or the system ends it in its own way (-signal)."""
    unborn = code == -getattr(signal, name)
    wrong = [] if code in (0, _CODES[name]) or unborn else [f"code {code}"]
    wrong += ["a traceback"] if ("Traceback" in said or "Exception" in said) and not unborn else []
    wrong += [f"hidden: {path.name}" for path in folder.rglob(".handouts-*")]
    content = (folder / "x.pdf").read_bytes()
    return wrong + ([] if content == _OLD or content.rstrip().endswith(b"%%EOF") else ["half a file"])


def main() -> None:
    """Print the table; exit code 1 when something was wrong."""
    times, seed = ([int(word) for word in sys.argv[1:]] + [_TIMES, _SEED][len(sys.argv) - 1 :])[:2]
    chance = random.Random(seed)  # noqa: S311 - no secret
    bad = 0
    print(f"{'command':<8} {'signal':<8} {'count':>5} {'wrong':>5}  exit codes")
    for command, (words, longest) in _COMMANDS.items():
        for name in _CODES:
            codes: Counter[int] = Counter()
            faults = []
            for number in range(times):
                with tempfile.TemporaryDirectory() as place:
                    folder = Path(place)
                    prepare_folder(folder)
                    code, said = strike(words, name, chance.uniform(0, longest), folder, whole=bool(number % 2))
                    codes[code] += 1
                    faults += find_faults(name, code, said, folder)
            bad += len(faults)
            told = " ".join(f"{code}:{count}" for code, count in sorted(codes.items()))
            print(f"{command:<8} {name:<8} {times:>5} {len(faults):>5}  {told} {faults or ''}", flush=True)
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
