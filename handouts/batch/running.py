"""Runs the jobs of a batch, in this process or in several; however it ends, what is written is whole and nothing is left over."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing

from handouts.batch.benches import Benches
from handouts.batch.building import Builder, Manner, Order, Outcome, planned_entry, prove
from handouts.batch.folder import OutFolder
from handouts.batch.manifest import Entry, State
from handouts.batch.planning import BatchPlan, Job


def count_processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def run_batch(
    plan: BatchPlan, benches: Benches, folder: OutFolder, manner: Manner, *, processes: int, resume: bool
) -> Generator[Outcome, None, None]:
    """Build what is planned and give the outcome of each job as it comes, in no order; close the iterator to end early.

    With `resume`, files that the manifest and their hash prove to be up to date stay. Raises CannotWriteError, InputError for
    a folder that cannot be used.
    """
    with folder.open() as entries:
        orders = list_orders(plan, entries, resume=resume)
        folder.add(_first_entries(plan, orders, manner))
        builder = Builder(benches, folder, manner)
        if processes == 1 or len(orders) == 1:
            for order in orders:
                yield builder.build(order)
            return
        from handouts.batch.processes import build_in_processes

        with closing(build_in_processes(orders, builder, min(processes, len(orders)))) as outcomes:
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


def _first_entries(plan: BatchPlan, orders: list[Order], manner: Manner) -> Iterator[Entry]:
    """What the manifest says before the first handout is built: whatever is not done is missing, what cannot be made failed."""
    for order in orders:
        if order.kept is None:
            yield planned_entry(order.job, manner.program, State.MISSING)
    for fault in plan.faults:
        if fault.output is not None:
            yield Entry(output=fault.output, state=State.FAILED, source=fault.source, program=manner.program)
