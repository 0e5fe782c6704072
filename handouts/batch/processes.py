"""Several processes that build, each with a few handouts in hand: one that dies loses the one it was building only."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler

from handouts.batch.building import MOST_TOGETHER, Builder, Order, Outcome
from handouts.errors import ExitCode, Problem
from handouts.nouns import dataclass
from handouts.output import leave_signals_to_parent, undisturbed

_PATIENCE = 0.3  # seconds that a process has to end by itself
_LOOK_UP = 0.05  # seconds between looks whether the first process is still there
_UNREAD = 8_000  # bytes: so much every system's pipe holds, with what may be in it already
_ROUNDS = 4  # in which each process gets a part of what is left: the last parts are small, so that all end together

# Open files: that a process needs in the first one, that building handouts needs, and that are open where none can count them.
_FOR_PROCESS, _FOR_BUILDING, _USED = 8, 24 + MOST_TOGETHER, 16


@dataclass(slots=True, kw_only=True)
class _Worker:
    """A process, and what it was told to build and has not told of yet: numbers of orders, in their order."""

    process: BaseProcess
    orders: Connection
    outcomes: Connection
    steps: Connection  # the number of each order when it is begun; read when it is told of, or when the process has died
    hand: list[int] = field(default_factory=list)


def build_in_processes(
    orders: Sequence[Order], builder: Builder, processes: int, tell: Callable[[str], None]
) -> Generator[Outcome, None, None]:
    """The outcome of each order as it comes; close the iterator to end the processes early.

    Each process has some orders in hand. Where one dies, the order that it was building has failed, the others are built by a new
    process, which takes its place. Where the system gives fewer processes than asked for, those it gives do the work, else this
    one; `tell` hears of it.
    """
    crew = _Crew(orders, builder, processes)
    gc.freeze()  # else Python writes into all that the processes share when it looks for circles, and each has a copy of it
    try:
        crew.grow(_count_room(processes))
        if len(crew.workers) < processes:
            given = len(crew.workers) or 1
            tell(f"handouts batch: {given} of {processes} processes: the system allows no more, or no more open files")
        while crew.workers:
            ready = wait([each for worker in crew.workers for each in (worker.outcomes, worker.process.sentinel)])
            for worker in [each for each in crew.workers if each.outcomes in ready or each.process.sentinel in ready]:
                yield from crew.take_outcomes(worker)
        for group in builder.build(crew.take_rest()):
            yield from group
    finally:
        gc.unfreeze()
        with undisturbed():
            crew.end()


class _Crew:
    """The processes at work, and the orders that none of them has."""

    def __init__(self, orders: Sequence[Order], builder: Builder, processes: int) -> None:
        self._orders, self._next = orders, 0
        self._again: list[int] = []  # numbers of those that a process had in hand which died
        self._shares = processes * _ROUNDS
        self.workers: list[_Worker] = []
        self._builder = builder

    @property
    def waiting(self) -> int:
        """How many orders no process has."""
        return len(self._again) + len(self._orders) - self._next

    def take_rest(self) -> Iterator[Order]:
        """All orders that are left, one by one."""
        while self.waiting:
            yield self._orders[self._take(1)[0]]

    def grow(self, processes: int) -> None:
        """Start so many processes, each with orders, as far as there are orders and the system gives processes."""
        for _ in range(min(processes, self.waiting)):
            worker = _start(self._builder)
            if worker is None:
                return
            self.workers.append(worker)
            self._hand_out(worker)

    def take_outcomes(self, worker: _Worker) -> list[Outcome]:
        """What became of some orders in hand; then the process has others, or its place is taken by another."""
        outcomes = _receive(worker)
        if outcomes is None:
            outcomes = self._bury(worker)
        else:
            told = {outcome.number for outcome in outcomes}
            worker.hand = [number for number in worker.hand if number not in told]
            if not self._hand_out(worker):
                self._dismiss(worker)
        return outcomes

    def end(self) -> None:
        """End all processes."""
        for worker in self.workers:
            worker.process.terminate()
        _end(self.workers)

    def _hand_out(self, worker: _Worker) -> bool:
        """Let a process have what it can build before its next word is heard; False when it has nothing to do any more.

        Why no error for one that has died: that is seen when its outcomes are awaited. Why one that is building is not told of
        much more: it may wait until its outcomes are read, and nobody reads them while this one waits to tell it more.
        """
        share = self._share()
        while self.waiting and len(worker.hand) < max(1, 2 * (share - 1)):
            numbers = self._take(share)
            told = _packed([self._orders[number] for number in numbers])
            if worker.hand and len(told) > _UNREAD:
                self._again = numbers + self._again
                break
            worker.hand += numbers
            _send(worker, told)
            share = self._share()
        return bool(worker.hand)

    def _share(self) -> int:
        return max(1, min(MOST_TOGETHER, self.waiting // self._shares))

    def _take(self, count: int) -> list[int]:
        numbers, self._again = self._again[:count], self._again[count:]
        while len(numbers) < count and self._next < len(self._orders):
            numbers.append(self._next)
            self._next += 1
        return numbers

    def _bury(self, worker: _Worker) -> list[Outcome]:
        """A process that has died: what it was building has failed, and others build the rest of what it had in hand.

        Why one has failed even where none was begun: processes that die of their own start would be started for ever.
        """
        begun = _last_begun(worker)
        number = begun if begun in worker.hand else worker.hand[0]
        self._again += [each for each in worker.hand if each != number]
        order = self._orders[number]
        self._dismiss(worker)
        self._builder.fail(order.job)
        self.grow(1)
        return [_lost(order)]

    def _dismiss(self, worker: _Worker) -> None:
        _send(worker, _packed(None))
        self.workers.remove(worker)
        _end([worker])


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


def _start(builder: Builder) -> _Worker | None:
    """A process that waits for orders; None where the system gives none.

    Why undisturbed: until it minds signals in its own way, they must wait.
    """
    context = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
    ends: list[Connection] = []
    try:
        for _ in range(3):
            ends += context.Pipe(duplex=False)
        orders_out, orders, outcomes, outcomes_in, steps, steps_in = ends
        inherited = (orders, outcomes, steps) if context.get_start_method() == "fork" else ()
        told = (builder, orders_out, outcomes_in, steps_in, os.getpid(), inherited)
        process = context.Process(target=_serve, args=told, daemon=True)
        with undisturbed():
            process.start()
    except OSError:
        for end in ends:
            end.close()
        return None
    for end in (orders_out, outcomes_in, steps_in):
        end.close()
    return _Worker(process=process, orders=orders, outcomes=outcomes, steps=steps)


def _packed(orders: Sequence[Order] | None) -> bytes:
    return bytes(ForkingPickler.dumps(orders))


def _send(worker: _Worker, packed: bytes) -> None:
    """Tell a process what to build; one that cannot be told is ended, or it would be waited for."""
    try:
        worker.orders.send_bytes(packed)
    except OSError:
        worker.process.kill()


def _receive(worker: _Worker) -> list[Outcome] | None:
    """Outcomes of orders in hand; None when the process died over them."""
    try:
        if not worker.outcomes.poll():
            return None
        received: list[Outcome] = worker.outcomes.recv()
        for _ in received:
            worker.steps.recv_bytes()
    except (EOFError, OSError):
        return None
    return received


def _last_begun(worker: _Worker) -> int | None:
    """The number of the order that a process which has died began last."""
    begun: int | None = None
    with contextlib.suppress(EOFError, OSError):
        while worker.steps.poll():
            begun = int.from_bytes(worker.steps.recv_bytes())
    return begun


def _lost(order: Order) -> Outcome:
    job = order.job
    message = "the process that was building it was killed, or had no memory left"
    problem = Problem(message=message, place=job.place, hint="build it again: --resume")
    return Outcome(number=order.number, output=job.output, place=job.place, problems=(problem,), exit_code=ExitCode.BUG)


def _end(workers: Sequence[_Worker]) -> None:
    for worker in workers:
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        for end in (worker.orders, worker.outcomes, worker.steps):
            end.close()
        worker.process.close()


# ------------------------------------------------------------------------------------------- in the other process


def _serve(
    builder: Builder,
    orders: Connection,
    outcomes: Connection,
    steps: Connection,
    parent: int,
    inherited: Sequence[Connection] = (),
) -> None:
    """Build what comes until nothing more does, or until the first process has gone.

    Why no error gets out: Python would print it, and its words may be a patient's. The first process tells what was lost. Why
    `inherited` ends of these pipes are closed: while this one holds them, it would not hear that nobody else does.
    """
    leave_signals_to_parent()
    for end in inherited:
        end.close()
    builder.folder.serve(parent)
    try:
        while (hand := _await_orders(orders, parent)) is not None:
            for group in builder.build(_begin(hand, steps)):
                if group:
                    outcomes.send(group)
    except (EOFError, OSError):  # nobody listens any more
        return
    except Exception:  # noqa: BLE001
        os._exit(int(ExitCode.BUG))


def _await_orders(orders: Connection, parent: int) -> list[Order] | None:
    """What is to be built next; None when nothing more is."""
    while not orders.poll(_LOOK_UP):
        if os.getppid() != parent:
            return None
    received: list[Order] | None = orders.recv()
    return received


def _begin(hand: Sequence[Order], steps: Connection) -> Iterator[Order]:
    """The orders, each told of before it is built: so it is known which one a process died over."""
    for order in hand:
        steps.send_bytes(order.number.to_bytes(8))
        yield order
