"""Runs the jobs of a batch, in this process or in several; however it ends, what is written is whole and nothing is left over."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from itertools import chain
from typing import overload

from handouts.batch.benches import Benches
from handouts.batch.building import Builder, Manner, Order, Outcome, planned_entry, prove
from handouts.batch.folder import OutFolder
from handouts.batch.manifest import MANIFEST, Entry, State
from handouts.batch.names import SUFFIX, clash_key
from handouts.batch.planning import BatchPlan, Fault, Job, PackedJobs
from handouts.batch.sources import STANDARD


def count_processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def run_batch(
    plan: BatchPlan,
    benches: Benches,
    folder: OutFolder,
    manner: Manner,
    *,
    processes: int,
    resume: bool,
    tell: Callable[[str], None],
) -> Generator[Outcome, None, None]:
    """Build what is planned and give the outcome of each job as it comes, in no order; close the iterator to end early.

    With `resume`, files that the manifest and their hash prove to be up to date stay. `tell` hears when there are fewer
    processes than asked for. Raises CannotWriteError, InputError for a folder that cannot be used.
    """
    with folder.open(_list_names(plan)) as entries:
        orders = Orders(plan.jobs, entries if resume else {})
        folder.forget(_list_renamed(plan, entries))
        folder.add(chain(_missing_entries(orders, manner), _failed_entries(plan, entries, manner)))
        builder = Builder(benches, folder, manner)
        if processes == 1 or len(orders) == 1:
            for group in builder.build(orders):
                yield from group
            return
        from handouts.batch.processes import build_in_processes

        with closing(build_in_processes(orders, builder, min(processes, len(orders)), tell)) as outcomes:
            yield from outcomes


class Orders(Sequence[Order]):
    """The jobs with what is known of their files: only of those that are done and whose fingerprint has not changed."""

    def __init__(self, jobs: PackedJobs, entries: Mapping[str, Entry]) -> None:
        self._jobs = jobs
        found = ((number, entries.get(job.output), job) for number, job in enumerate(jobs)) if entries else ()
        self._kept = {number: entry for number, entry, job in found if entry is not None and _still_holds(entry, job)}

    def __len__(self) -> int:
        return len(self._jobs)

    @overload
    def __getitem__(self, index: int) -> Order: ...
    @overload
    def __getitem__(self, index: slice) -> list[Order]: ...
    def __getitem__(self, index: int | slice) -> Order | list[Order]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        return Order(number=index, job=self._jobs[index], kept=self._kept.get(index))


def _still_holds(entry: Entry, job: Job) -> bool:
    return entry.state is State.DONE and (entry.input, entry.catalogue) == (job.input, job.catalogue)


def list_unproven(plan: BatchPlan, folder: OutFolder, entries: dict[str, Entry], manner: Manner) -> list[str]:
    """The outputs that a run with `resume` would build."""
    return [
        order.job.output
        for order in Orders(plan.jobs, entries)
        if order.kept is None or not prove(folder.path, order.kept, manner)
    ]


def note_faults(plan: BatchPlan, folder: OutFolder, manner: Manner) -> None:
    """Where nothing is built: note in the manifest, if there is one, what cannot be. Raises as `run_batch` does."""
    if (folder.path / MANIFEST).exists():
        with folder.open(_list_names(plan)) as entries:
            folder.add(_failed_entries(plan, entries, manner))


def _list_names(plan: BatchPlan) -> AbstractSet[str]:
    """The names of this part of the batch, as `clash_key` writes them."""
    if len(plan.jobs) + len(plan.faults) == len(plan.names):
        return plan.names
    return frozenset(clash_key(each.output) for each in plan.parts if each.output is not None)


def _missing_entries(orders: Iterable[Order], manner: Manner) -> Iterator[Entry]:
    """What the manifest says before the first handout is built: whatever is not done is missing."""
    for order in orders:
        if order.kept is None:
            yield planned_entry(order.job, manner.program, State.MISSING)


def _failed_entries(plan: BatchPlan, entries: dict[str, Entry], manner: Manner) -> Iterator[Entry]:
    """What cannot be made has failed; where it has no name, so has what was made from the same row or file before."""
    others = {each.output: each.source for each in entries.values() if clash_key(each.output) not in plan.names}
    for fault in plan.faults:
        names = {fault.output or _free_label(fault, plan)}
        if fault.output is None and fault.source != STANDARD:
            names |= {output for output, source in others.items() if source == fault.source}
        for name in sorted(names):
            yield Entry(output=name, state=State.FAILED, source=fault.source, program=manner.program)


def _free_label(fault: Fault, plan: BatchPlan) -> str:
    label = fault.label
    while clash_key(label) in plan.names:
        label = f"{label.removesuffix(SUFFIX)}-failed{SUFFIX}"
    return label


def _list_renamed(plan: BatchPlan, entries: dict[str, Entry]) -> set[str]:
    """What failed before and is planned under another name now."""
    if not entries:
        return set()
    now = {each.source for each in plan.parts if each.output and each.source != STANDARD}
    return {each.output for each in entries.values() if each.source in now and clash_key(each.output) not in plan.names}
