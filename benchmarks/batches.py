"""Whole batches: how long they take beside what one handout and one synced write take, and how time and memory grow."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.cold import ENVIRONMENT, HANDOUTS
from benchmarks.handout import Variant, request_handout
from benchmarks.report import Line

_JOBS = 2
_LOOK = 0.05  # seconds between looks at the memory
_FEW, _PATIENTS = 2, 1000
_WRITES = 200
_TIMES = 3
_SLACK, _SPREAD = 1.5, 1.10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A batch that has ended: seconds, those of the processor, and the peak memory of all its processes in MB.

    Pages that they share are counted once.
    """

    patients: int
    seconds: float
    processor: float
    memory: float


def write_patients(path: Path, patients: int, variant: Variant) -> None:
    """A table of the benchmark's handouts: other names and doses in each row, cells of several values divided by `|`."""
    lines = ["patient;patient_id;exercises;dose;edition;paper;clinic"]
    for number in range(patients):
        request = request_handout(number, variant)
        doses = []
        for entry in request.exercises:
            dose = entry.dose
            if dose is None or dose.hold is None:
                raise RuntimeError("the benchmark's exercises are counted and held")
            doses.append(f"{entry.id}: {dose.repetitions} x {dose.hold.count} s")
        ids = "|".join(entry.id for entry in request.exercises)
        cells = (request.patient, f"{number:06}", ids, "|".join(doses), request.edition, request.paper, request.clinic)
        lines.append(";".join(cell or "" for cell in cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run_batch(workspace: Path, patients: int, variant: Variant, *, resume: bool = False) -> Ran:
    """Make so many handouts, or with `resume` only those that are missing; raises RuntimeError when one is missing then."""
    table, out = workspace / "patients.csv", workspace / "out"
    if not resume:
        write_patients(table, patients, variant)
        shutil.rmtree(out, ignore_errors=True)
    command = [*HANDOUTS, "batch", table.name, "--out", out.name, "--jobs", str(_JOBS), *(["--resume"] if resume else [])]
    before, start = _processor_of_children(), time.perf_counter()
    process = subprocess.Popen(command, cwd=workspace, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, read_memory(process.pid))
        time.sleep(_LOOK)
    seconds = time.perf_counter() - start
    made = sum(1 for _ in out.rglob("*.pdf"))
    if process.returncode or made != patients:
        raise RuntimeError(f"the batch of {patients} ended with {process.returncode} and {made} files")
    return Ran(patients=patients, seconds=seconds, processor=_processor_of_children() - before, memory=peak)


def _processor_of_children() -> float:
    """Seconds of the processor of all processes that have ended, theirs included; 0 where nobody counts them."""
    found = os.times()
    return found.children_user + found.children_system


def read_memory(pid: int) -> float:
    """Proportional memory in MB of a process and its children; Linux only, else 0."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    return sum(_read_share(int(each)) for each in (str(pid), *children))


def _read_share(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def time_synced_write(folder: Path, size: int) -> float:
    """Seconds that writing and syncing one new file of so many bytes takes: the median of many."""
    content, seconds = os.urandom(size), []
    for number in range(_WRITES):
        path = folder / f"write-{number}.bin"
        start = time.perf_counter()
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        seconds.append(time.perf_counter() - start)
        path.unlink()
    return statistics.median(seconds)


def measure_batch(workspace: Path, *, warm: float, size: int) -> Iterator[Line]:
    """Line 6. `warm`: seconds of one handout on the clinic's paper, `size`: its bytes."""
    clinic = Variant(clinic=True)
    write = time_synced_write(workspace, size)
    start = statistics.median(run_batch(workspace, _FEW, clinic).seconds for _ in range(3))
    ran = _run_often(workspace, _PATIENTS, clinic)
    resumed = run_batch(workspace, _PATIENTS, clinic, resume=True)
    floor = _PATIENTS * (warm + write) / _JOBS + start
    ratio = ran.seconds / floor
    yield Line(item="6", what=f"synced write of {size / 1000:.0f} kB", value=write, unit="s")
    yield Line(item="6", what=f"batch of {_FEW}, --jobs {_JOBS}: the start", value=start, unit="s")
    yield Line(
        item="6", what=f"batch of {_PATIENTS} with cover, --jobs {_JOBS}", value=ran.seconds, unit="s", ratio=ratio,
        ratio_of=f"its floor of {floor:.1f} s", goal=f"<= {_SLACK} x the floor", met=ratio <= _SLACK,
    )  # fmt: skip
    yield Line(item="6", what="the same with --resume, all done", value=resumed.seconds, unit="s")


def measure_scaling(workspace: Path, sizes: Sequence[int]) -> Iterator[Line]:
    """Line 7: what one more handout costs between each two sizes, and the peak memory at each.

    The first size pays for the start, and for what each process must make once; from there on every handout should cost the same.
    """
    ran = [_run_often(workspace, patients, Variant()) for patients in sizes]
    rates = []
    yield Line(item="7", what=f"batch of {ran[0].patients}: whole", value=ran[0].seconds, unit="s")
    yield Line(item="7", what=f"batch of {ran[0].patients}: peak memory", value=ran[0].memory, unit="MB")
    for less, more in pairwise(ran):
        many = more.patients - less.patients
        rates.append((more.seconds - less.seconds) / many)
        processor = (more.processor - less.processor) / many
        yield Line(item="7", what=f"batch of {more.patients}: whole", value=more.seconds, unit="s")
        yield Line(item="7", what=f"batch of {more.patients}: each more than {less.patients}", value=rates[-1], unit="s")
        yield Line(item="7", what=f"batch of {more.patients}: the same of the processor", value=processor, unit="s")
        yield Line(item="7", what=f"batch of {more.patients}: peak memory", value=more.memory, unit="MB")
    spread = max(rates) / min(rates)
    grown = max(each.memory for each in ran) / min(each.memory for each in ran)
    yield Line(
        item="7", what="a handout of the dearest size", value=max(rates), unit="s", ratio=spread, ratio_of="the cheapest",
        goal=f"<= {_SPREAD} x: linear", met=spread <= _SPREAD,
    )  # fmt: skip
    yield Line(
        item="7", what="the highest peak memory", value=max(each.memory for each in ran), unit="MB", ratio=grown,
        ratio_of="the lowest", goal=f"<= {_SPREAD} x: flat", met=grown <= _SPREAD,
    )  # fmt: skip


def _run_often(workspace: Path, patients: int, variant: Variant) -> Ran:
    """The medians of some runs; of one run where that takes long enough to be told by itself."""
    ran = [run_batch(workspace, patients, variant) for _ in range(_TIMES if patients <= _PATIENTS else 1)]
    return Ran(
        patients=patients,
        seconds=statistics.median(each.seconds for each in ran),
        processor=statistics.median(each.processor for each in ran),
        memory=statistics.median(each.memory for each in ran),
    )
