"""`python -m benchmarks.speed`: every promise about speed and size, measured in one run beside the peers.

--only NAME (may be repeated): warm, cold, batch, scaling or check; --quick: fewer rounds, and no batch of 10,000;
--rounds N: of each comparison; --json FILE: the table as JSON. The exit code is 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.batches import measure_batch, measure_scaling
from benchmarks.checks import measure_checks
from benchmarks.cold import measure_cold, report_cold
from benchmarks.handout import write_workspace
from benchmarks.report import Line, list_packages, print_lines, write_json
from benchmarks.warm import WITH_CLINIC, measure_clinic, measure_warm, report_warm

_PARTS = ("warm", "cold", "batch", "scaling", "check")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is measured: rounds of each comparison, handouts a round, cold starts, files checked, sizes of batches."""

    rounds: int
    runs: int
    starts: int
    files: int
    sizes: tuple[int, ...]


_WHOLE = Effort(rounds=7, runs=20, starts=15, files=24, sizes=(100, 1_000, 10_000))
_QUICK = Effort(rounds=3, runs=10, starts=5, files=12, sizes=(100, 400, 1_000))


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print the table as it grows, and write it."""
    asked = _read_words(words)
    effort = _QUICK if asked.quick else _WHOLE
    if asked.rounds:
        effort = Effort(rounds=asked.rounds, runs=effort.runs, starts=asked.rounds, files=effort.files, sizes=effort.sizes)
    print(", ".join(f"{name} {version}" for name, version in list_packages().items()), flush=True)
    lines: list[Line] = []
    for part in asked.only or _PARTS:
        with tempfile.TemporaryDirectory(dir=asked.folder) as name:
            lines += _measure(part, Path(name).resolve(), effort)
        print(f"{part}: measured", file=sys.stderr, flush=True)
    lines.sort(key=lambda line: int(line.item))
    print_lines(lines)
    if asked.json:
        write_json(asked.json, lines)
    return int(any(line.met is False for line in lines))


def _read_words(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="Speed and size beside the peers.")
    parser.add_argument("--only", action="append", choices=_PARTS, help="measure this only; may be repeated")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no batch of 10,000")
    parser.add_argument("--rounds", type=int, help="of each comparison")
    parser.add_argument("--json", type=Path, help="write the table to this file")
    parser.add_argument("--folder", type=Path, help="where batches are written, on the disk to be measured; else the system's")
    return parser.parse_args(words)


def _measure(part: str, folder: Path, effort: Effort) -> Iterator[Line]:
    if part == "warm":
        yield from report_warm(measure_warm(folder, rounds=effort.rounds, runs=effort.runs))
    elif part == "cold":
        yield from report_cold(measure_cold(folder, rounds=effort.starts), folder)
    elif part == "check":
        yield from measure_checks(folder, rounds=max(3, effort.rounds), files=effort.files)
    else:
        workspace = write_workspace(folder / "workspace")
        if part == "scaling":
            yield from measure_scaling(workspace, effort.sizes)
            return
        series, size = measure_clinic(workspace, rounds=effort.rounds, runs=effort.runs)
        yield Line(item="6", what=f"{WITH_CLINIC}: one, warm", value=series.median, unit="s", p95=series.p95)
        yield from measure_batch(workspace, warm=series.median, size=size)


if __name__ == "__main__":
    raise SystemExit(main())
