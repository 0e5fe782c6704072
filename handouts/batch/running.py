"""Runs the jobs of a batch, in this process or in several; however it ends, what is written is whole and nothing is left over."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from handouts.batch.benches import Benches
from handouts.batch.building import Builder, Manner, Order, Outcome, planned_entry, prove
from handouts.batch.folder import OutFolder
from handouts.batch.manifest import MANIFEST, Entry, State
from handouts.batch.names import SUFFIX, clash_key
from handouts.batch.planning import BatchPlan, Fault, Job
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
        orders = list_orders(plan, entries, resume=resume)
        folder.forget(_list_renamed(plan, entries))
        folder.add([*_missing_entries(orders, manner), *_failed_entries(plan, entries, manner)])
        builder = Builder(benches, folder, manner)
        if processes == 1 or len(orders) == 1:
            for order in orders:
                yield builder.build(order)
            return
        from handouts.batch.processes import build_in_processes

        with closing(build_in_processes(orders, builder, min(processes, len(orders)), tell)) as outcomes:
            yield from outcomes


def list_orders(plan: BatchPlan, entries: dict[str, Entry], *, resume: bool) -> list[Order]:
    """The jobs with what is known of their files: only of those that are done and whose fingerprint has not changed."""
    orders = []
    for number, job in enumerate(plan.jobs):
        entry = entries.get(job.output) if resume else None
        orders.append(Order(number=number, job=job, kept=entry if entry is not None and _still_holds(entry, job) else None))
    return orders


def _still_holds(entry: Entry, job: Job) -> bool:
    return entry.state is State.DONE and (entry.input, entry.catalogue) == (job.input, job.catalogue)


def list_unproven(plan: BatchPlan, folder: OutFolder, entries: dict[str, Entry], manner: Manner) -> list[str]:
    """The outputs that a run with `resume` would build."""
    return [
        order.job.output
        for order in list_orders(plan, entries, resume=True)
        if order.kept is None or not prove(folder.path, order.kept, manner.passwords.handout)
    ]


def note_faults(plan: BatchPlan, folder: OutFolder, manner: Manner) -> None:
    """Where nothing is built: note in the manifest, if there is one, what cannot be. Raises as `run_batch` does."""
    if (folder.path / MANIFEST).exists():
        with folder.open(_list_names(plan)) as entries:
            folder.add(_failed_entries(plan, entries, manner))


def _list_names(plan: BatchPlan) -> set[str]:
    """The names of this part of the batch, as `clash_key` writes them."""
    return {clash_key(each.output) for each in plan.parts if each.output is not None}


def _missing_entries(orders: list[Order], manner: Manner) -> Iterator[Entry]:
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
    now = {each.source for each in plan.parts if each.output and each.source != STANDARD}
    return {each.output for each in entries.values() if each.source in now and clash_key(each.output) not in plan.names}
