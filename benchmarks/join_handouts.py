"""What joining costs: seconds, size and the most memory held, for 50 and for 500 finished handouts. Memory must not grow.

python benchmarks/join_handouts.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from handouts.bench import Bench
from handouts.build import make_handout
from handouts.model import Request
from handouts.workspace import find_workspace

_FEW, _MANY = 50, 500
_MOST_GROWTH = 16.0  # MB a tenfold job may hold more: places of objects, digests of shared ones

# Why a process of its own: the most memory a process ever held never sinks again.
_JOIN = """
import resource, sys, time
from pathlib import Path
from handouts.binding.joining import JoinSource, join_handouts
folder, count = Path(sys.argv[1]), int(sys.argv[2])
sources = (JoinSource(path=folder / f"{n}.pdf", title=f"Handout {n}") for n in range(count))
start = time.perf_counter()
with (folder / "print.joined").open("wb") as target:
    pages = join_handouts(
        sources, target, title="Print file", lang="en", author="Bench", stamp="20260101000000", duplex=True
    )
print(pages, time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def make_handouts(folder: Path, count: int) -> None:
    """Different handouts: three routines on two papers, and a patient each."""
    bench = Bench(find_workspace(current=Path.cwd()), "en")
    routines = ("five-minute", "ten-stretches", "flexion-starter")
    for number in range(count):
        request = Request(routine=routines[number % 3], paper=("a4", "letter")[number % 2], patient=f"Patient {number}")
        (folder / f"{number}.pdf").write_bytes(make_handout(request, bench).pdf)


def join(folder: Path, count: int) -> tuple[int, float, float]:
    """Pages, seconds and the most memory in MB for the first `count` handouts."""
    command = [sys.executable, "-c", _JOIN, str(folder), str(count)]
    pages, seconds, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(pages), float(seconds), float(memory)


def main() -> None:
    """Print the figures; end with 1 when memory grows."""
    held = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_handouts(folder, _MANY)
        for count in (_FEW, _MANY):
            pages, seconds, memory = join(folder, count)
            apart = sum((folder / f"{number}.pdf").stat().st_size for number in range(count))
            joined = (folder / "print.joined").stat().st_size
            held.append(memory)
            print(
                f"{count:4} handouts, {pages:5} pages  {seconds:6.1f} s  {memory:6.1f} MB held at most  "
                f"{apart / 1e6:6.1f} MB apart  {joined / 1e6:6.1f} MB joined"
            )
    growth = held[1] - held[0]
    print(f"growth {growth:.1f} MB (at most {_MOST_GROWTH:.0f})")
    sys.exit(growth > _MOST_GROWTH)


if __name__ == "__main__":
    main()
