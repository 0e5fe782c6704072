"""The table of a run, and the same as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("reportlab", "rl_accel", "typst", "weasyprint", "fpdf2", "pypdf", "typer")
_HEADS = ("item", "what", "median", "p95", "against", "goal", "met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure: `item` is its number in the list of goals, `value` and `p95` are in `unit`.

    `ratio` is what it is to `ratio_of`: 2.0 is twice as much. `met` None: there is no goal.
    """

    item: str
    what: str
    value: float
    unit: str
    p95: float | None = None
    ratio: float | None = None
    ratio_of: str = ""
    goal: str = ""
    met: bool | None = None


def print_lines(lines: Iterable[Line]) -> None:
    """A table in Markdown, columns aligned."""
    rows = [_HEADS, *map(_cells, lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADS))]
    rows.insert(1, tuple("-" * width for width in widths))
    for row in rows:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |", flush=True)


def write_json(path: Path, lines: Sequence[Line]) -> None:
    """The lines, and what they were measured with."""
    about = {
        "python": sys.version.split()[0],
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "packages": list_packages(),
    }
    path.write_text(json.dumps({"with": about, "lines": [asdict(line) for line in lines]}, indent=1) + "\n", encoding="utf-8")


def list_packages() -> dict[str, str]:
    """The versions of what is compared; "none" for what is not installed."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "none"
    return found


def _cells(line: Line) -> tuple[str, ...]:
    ratio = f"{line.ratio:.2f} x {line.ratio_of}" if line.ratio is not None else ""
    met = {True: "yes", False: "NO", None: ""}[line.met]
    return (line.item, line.what, _say(line.value, line.unit), _say(line.p95, line.unit), ratio, line.goal, met)


def _say(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "s" and value < 1:
        return f"{value * 1000:.1f} ms"
    return f"{value:.1f} {unit}" if unit not in ("files", "modules") else f"{value:.0f} {unit}"
