"""Several processes that build, each with one handout in hand: one that dies loses that handout only."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from handouts.batch.building import Builder, Order, Outcome
from handouts.errors import ExitCode, Problem
from handouts.output import leave_signals_to_parent, undisturbed

_PATIENCE = 0.3  # seconds that a process has to end by itself
_LOOK_UP = 0.05  # seconds between looks whether the first process is still there

# Open files: that a process needs in the first one, that building a handout needs, and that are open where none can count them.
_FOR_PROCESS, _FOR_BUILDING, _USED = 6, 24, 16


@dataclass(slots=True, kw_only=True)
class _Worker:
    process: BaseProcess
    orders: Connection
    outcomes: Connection
    order: Order  # the one it has in hand


def build_in_processes(
    orders: Sequence[Order], builder: Builder, processes: int, tell: Callable[[str], None]
) -> Generator[Outcome, None, None]:
    """The outcome of each order as it comes; close the iterator to end the processes early.

    Each process has one order in hand. Where one dies, that order has failed and a new process takes its place. Where the
    system gives fewer processes than asked for, those it gives do the work, else this one; `tell` hears of it.
    """
    crew = _Crew(orders, builder)
    try:
        crew.grow(_count_room(processes))
        if len(crew.workers) < processes:
            given = len(crew.workers) or 1
            tell(f"handouts batch: {given} of {processes} processes: the system allows no more, or no more open files")
        while crew.workers:
            ready = wait([each for worker in crew.workers for each in (worker.outcomes, worker.process.sentinel)])
            for worker in [each for each in crew.workers if each.outcomes in ready or each.process.sentinel in ready]:
                yield crew.take_outcome(worker)
        while crew.waiting:
            yield builder.build(crew.take_order())
    finally:
        with undisturbed():
            crew.end()


class _Crew:
    """The processes at work, and the orders that none of them has yet."""

    def __init__(self, orders: Sequence[Order], builder: Builder) -> None:
        self._orders, self._next = orders, 0
        self.workers: list[_Worker] = []
        self._builder = builder

    @property
    def waiting(self) -> int:
        """How many orders no process has yet."""
        return len(self._orders) - self._next

    def take_order(self) -> Order:
        """The next order."""
        self._next += 1
        return self._orders[self._next - 1]

    def grow(self, processes: int) -> None:
        """Start so many processes, each with an order, as far as there are orders and the system gives processes."""
        for _ in range(min(processes, self.waiting)):
            worker = _start(self._builder, self._orders[self._next])
            if worker is None:
                return
            self.workers.append(worker)
            self._next += 1

    def take_outcome(self, worker: _Worker) -> Outcome:
        """The outcome of the order in hand; then the process has the next one, or its place is taken by another."""
        outcome = _receive(worker)
        alive = outcome is not None
        if outcome is None:
            self._builder.fail(worker.order.job)
            outcome = _lost(worker)
        following = self._orders[self._next] if self.waiting else None
        if alive and _send(worker, following) and following is not None:
            worker.order = following
            self._next += 1
            return outcome
        self.workers.remove(worker)
        _end([worker])
        self.grow(1)
        return outcome

    def end(self) -> None:
        """End all processes."""
        for worker in self.workers:
            worker.process.terminate()
        _end(self.workers)


def _count_room(processes: int) -> int:
    """How many processes there are files for, of so many: each needs some here, and has those of all others open."""
    if sys.platform == "win32":
        return processes
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY:
        return processes
    try:
        used = len(os.listdir("/dev/fd"))  # noqa: PTH208 - names are all that is needed
    except OSError:
        used = _USED
    return max(0, min(processes, (most - used - _FOR_BUILDING) // _FOR_PROCESS))


def _start(builder: Builder, order: Order) -> _Worker | None:
    """A process with its first order; None where the system gives none.

    Why undisturbed: until it minds signals in its own way, they must wait.
    """
    context = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
    ends: list[Connection] = []
    try:
        orders_out, orders = context.Pipe(duplex=False)
        ends += (orders_out, orders)
        outcomes, outcomes_in = context.Pipe(duplex=False)
        ends += (outcomes, outcomes_in)
        process = context.Process(target=_serve, args=(builder, orders_out, outcomes_in, os.getpid()), daemon=True)
        with undisturbed():
            process.start()
    except OSError:
        for end in ends:
            end.close()
        return None
    orders_out.close()
    outcomes_in.close()
    worker = _Worker(process=process, orders=orders, outcomes=outcomes, order=order)
    _send(worker, order)
    return worker


def _send(worker: _Worker, order: Order | None) -> bool:
    try:
        worker.orders.send(order)
    except OSError:  # it died meanwhile, or must: it would wait for an order for ever; that is seen when its outcome is awaited
        worker.process.kill()
        return False
    return True


def _receive(worker: _Worker) -> Outcome | None:
    """The outcome of the order in hand; None when the process died over it."""
    try:
        if not worker.outcomes.poll():
            return None
        received: Outcome = worker.outcomes.recv()
    except (EOFError, OSError):
        return None
    return received


def _lost(worker: _Worker) -> Outcome:
    job = worker.order.job
    message = "the process that was building it was killed, or had no memory left"
    problem = Problem(message=message, place=job.place, hint="build it again: --resume")
    return Outcome(number=worker.order.number, output=job.output, place=job.place, problems=(problem,), exit_code=ExitCode.BUG)


def _end(workers: Sequence[_Worker]) -> None:
    for worker in workers:
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        worker.orders.close()
        worker.outcomes.close()
        worker.process.close()


# ------------------------------------------------------------------------------------------- in the other process


def _serve(builder: Builder, orders: Connection, outcomes: Connection, parent: int) -> None:
    """Build what comes until nothing more does, or until the first process has gone.

    Why no error gets out: Python would print it, and its words may be a patient's. The first process tells what was lost.
    """
    try:
        _build_orders(builder, orders, outcomes, parent)
    except Exception:  # noqa: BLE001
        os._exit(int(ExitCode.BUG))


def _build_orders(builder: Builder, orders: Connection, outcomes: Connection, parent: int) -> None:
    leave_signals_to_parent()
    builder.folder.serve(parent)
    while True:
        while not orders.poll(_LOOK_UP):
            if os.getppid() != parent:
                return
        try:
            order = orders.recv()
        except EOFError:
            return
        if order is None:
            return
        try:
            outcomes.send(builder.build(order))
        except OSError:  # nobody listens any more
            return
