"""Whole commands from a cold start, beside the smallest Typer program there can be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.report import Line
from benchmarks.rounds import Series, take_turns

_HELLO = """\
import typer

app = typer.Typer()


@app.command()
def hello(name: str = "you") -> None:
    \"\"\"Say hello.\"\"\"
    print(f"Hello {name}")


app()
"""
HANDOUTS = (sys.executable, "-m", "handouts")
MAKE, HELP, LIST, BARE, BARE_HELP = "handouts make", "handouts --help", "handouts list", "bare Typer", "bare Typer --help"
# Why: without compiled files every start would compile the program anew, which nobody's installation does.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

_MOST_FOR_MAKE, _LONGEST_MAKE, _MOST_FOR_WORDS = 3.0, 0.4, 1.5  # times bare Typer, seconds, times bare Typer
_HEAVY = ("reportlab", "pypdf")


def run_command(words: Sequence[str], folder: Path, *, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder; CalledProcessError when it fails."""
    return subprocess.run(words, cwd=folder, check=not may_fail, capture_output=True, text=True, env=ENVIRONMENT)


def measure_cold(folder: Path, *, rounds: int) -> dict[str, Series]:
    """Seconds from the start of the process to its end."""
    hello = folder / "hello.py"
    hello.write_text(_HELLO, encoding="utf-8")
    commands = {
        BARE: (sys.executable, str(hello)),
        BARE_HELP: (sys.executable, str(hello), "--help"),
        MAKE: (*HANDOUTS, "make", "--routine", "five-minute", "-o", "handout.pdf"),
        HELP: (*HANDOUTS, "--help"),
        LIST: (*HANDOUTS, "list"),
    }

    def start(name: str) -> object:
        return run_command(commands[name], folder)

    actions = {name: (lambda _, name=name: start(name)) for name in commands}
    return take_turns(actions, rounds=rounds, runs=1, warm_ups=1)


def report_cold(cold: dict[str, Series], folder: Path) -> Iterator[Line]:
    """Lines 4 and 5."""
    bare = cold[BARE].median
    yield _line("4", BARE, cold, bare, None)
    yield _line("4", BARE_HELP, cold, bare, None)
    yield _line("4", MAKE, cold, bare, _MOST_FOR_MAKE)
    make = cold[MAKE].median
    yield Line(item="4", what=MAKE, value=make, unit="s", goal=f"< {_LONGEST_MAKE} s", met=make < _LONGEST_MAKE)
    for name in (HELP, LIST):
        yield _line("5", name, cold, bare, _MOST_FOR_WORDS)
    for name, words in ((HELP, ("--help",)), (LIST, ("list",))):
        heavy = find_heavy_modules(words, folder)
        named = f"{name} loads " + (" and ".join(heavy) or "neither " + " nor ".join(_HEAVY))
        yield Line(item="5", what=named, value=len(heavy), unit="modules", goal="0", met=not heavy)


def find_heavy_modules(words: Sequence[str], folder: Path) -> list[str]:
    """Which of ReportLab and pypdf a command loads, by Python's own list of imports."""
    told = run_command((sys.executable, "-X", "importtime", "-m", "handouts", *words), folder).stderr
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in told.splitlines() if line.startswith("import time:")}
    if "handouts" not in loaded:
        raise RuntimeError("Python did not tell what it loads")
    return [module for module in _HEAVY if module in loaded]


def _line(item: str, name: str, cold: dict[str, Series], bare: float, most: float | None) -> Line:
    series, ratio = cold[name], cold[name].median / bare
    goal, met = ("", None) if most is None else (f"<= {most} x bare Typer", ratio <= most)
    return Line(
        item=item,
        what=name,
        value=series.median,
        unit="s",
        p95=series.p95,
        ratio=ratio,
        ratio_of="bare Typer",
        goal=goal,
        met=met,
    )
