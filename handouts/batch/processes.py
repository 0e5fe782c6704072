"""Several processes that build, each with one handout in hand: one that dies loses that handout only."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from handouts.batch.building import Builder, Order, Outcome
from handouts.errors import ExitCode, Problem
from handouts.output import undisturbed

_PATIENCE = 0.3  # seconds that a process has to end by itself
_LOOK_UP = 0.05  # seconds between looks whether the first process is still there
_ENDINGS = ("SIGTERM", "SIGHUP")


@dataclass(slots=True, kw_only=True)
class _Worker:
    process: BaseProcess
    orders: Connection
    outcomes: Connection
    order: Order  # the one it has in hand


def build_in_processes(orders: Sequence[Order], builder: Builder, processes: int) -> Generator[Outcome, None, None]:
    """The outcome of each order as it comes; close the iterator to end the processes early.

    Each process has one order in hand. Where one dies, that order has failed and a new process takes its place.
    """
    waiting = iter(orders)
    workers: list[_Worker] = []
    try:
        for order in islice(waiting, processes):
            workers.append(_start(builder, order))  # noqa: PERF401 - what has started must be known when the next one fails
        while workers:
            ready = wait([each for worker in workers for each in (worker.outcomes, worker.process.sentinel)])
            for worker in [each for each in workers if each.outcomes in ready or each.process.sentinel in ready]:
                outcome = _receive(worker)
                alive = outcome is not None
                if outcome is None:
                    builder.fail(worker.order.job)
                    outcome = _lost(worker)
                following = next(waiting, None)
                if alive and following is not None:
                    worker.order = following
                    alive = _send(worker, following)
                elif alive:
                    _send(worker, None)
                if not alive or following is None:
                    workers.remove(worker)
                    _end([worker])
                    if following is not None:
                        workers.append(_start(builder, following))
                yield outcome
    finally:
        with undisturbed():
            for worker in workers:
                worker.process.terminate()
            _end(workers)


def _start(builder: Builder, order: Order) -> _Worker:
    """A process with its first order. Why undisturbed: until it minds signals in its own way, they must wait."""
    context = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
    orders_out, orders = context.Pipe(duplex=False)
    outcomes, outcomes_in = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(builder, orders_out, outcomes_in, os.getpid()), daemon=True)
    with undisturbed():
        process.start()
    orders_out.close()
    outcomes_in.close()
    worker = _Worker(process=process, orders=orders, outcomes=outcomes, order=order)
    _send(worker, order)
    return worker


def _send(worker: _Worker, order: Order | None) -> bool:
    try:
        worker.orders.send(order)
    except OSError:  # it died meanwhile; that is seen when its outcome is awaited
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
    """Build what comes until nothing more does, or until the first process has gone."""
    _mind_signals()
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


def _mind_signals() -> None:
    """Ctrl-C reaches every process of a terminal; the first one ends the others. What nohup keeps away stays away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    for number in numbers:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, *numbers})
