"""`python -m benchmarks.rooms`: where the time of a warm handout goes, room by room, of the program and of what it uses.

Timed by cProfile, which makes small functions look dearer than they are: the shares tell where to look, the milliseconds only
how one version stands beside another on the same machine. What the standard library and built-in functions take counts for
the room that called them; deflating is shown by itself.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import handouts
from benchmarks.handout import Variant, make_ours, open_workspace_bench, write_workspace

_PACKAGE = Path(handouts.__file__).parent
_WARM, _HANDOUTS = 40, 100
_OTHERS = {"reportlab": "ReportLab", "pypdf": "pypdf", "yaml": "PyYAML", "babel": "Babel"}

Function: TypeAlias = tuple[str, int, str]


def main(words: Sequence[str] | None = None) -> None:
    """Make handouts until all is warm, then profile some more, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rooms", description="Where the time of a warm handout goes.")
    parser.add_argument("--clinic", action="store_true", help="on the paper of a clinic, with its cover and letterhead")
    variant = Variant(clinic=parser.parse_args(words).clinic)
    with tempfile.TemporaryDirectory() as name:
        bench = open_workspace_bench(write_workspace(Path(name).resolve()))
        for number in range(_WARM):
            make_ours(number, bench, variant)
        profile = cProfile.Profile()
        start = time.perf_counter()
        profile.enable()
        for number in range(_WARM, _WARM + _HANDOUTS):
            make_ours(number, bench, variant)
        profile.disable()
        milliseconds = (time.perf_counter() - start) / _HANDOUTS * 1000
    shares = share_out(pstats.Stats(profile))
    print(f"{milliseconds:.1f} ms a handout under the profiler\n\n| room | share |\n|---|---:|")
    whole = sum(shares.values())
    for room, seconds in shares.most_common():
        print(f"| {room} | {seconds / whole:.1%} |")


def share_out(stats: pstats.Stats) -> Counter[str]:
    """Seconds by room."""
    shares: Counter[str] = Counter()
    for function, (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        room = room_of(function)
        if room is not None or not callers:
            shares[room or "Python"] += own
            continue
        for caller, (_, _, for_caller, _) in callers.items():
            shares[room_of(caller) or "Python"] += for_caller
    return shares


def room_of(function: Function) -> str | None:
    """The room that a function stands in; None for one of Python's own."""
    file, _, name = function
    if "zlib" in name:
        return "deflating"
    path = Path(file)
    if path.is_relative_to(_PACKAGE):
        room, *more = path.relative_to(_PACKAGE).parts
        return f"handouts/{room}" if more else "handouts, modules of its own"
    return next((said for package, said in _OTHERS.items() if package in path.parts), None)


if __name__ == "__main__":
    main()
