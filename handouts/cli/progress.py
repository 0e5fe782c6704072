"""How far long work is: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from handouts.cli.reporting import tell

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

T = TypeVar("T")

_SECONDS = 5.0  # between two lines
_SHARE = 10  # lines at most while work is quick; for fewer handouts, none at the first
_REDRAW = 0.1  # seconds


class Progress(Protocol):
    """Shows how much is done."""

    def show(self, done: int) -> None:
        """So much is done now."""


def watch_checking(asked: Iterable[T]) -> Iterator[T]:
    """The same things, and a line every few seconds while there are more."""
    told_at = time.monotonic()
    for number, each in enumerate(asked, start=1):
        yield each
        if time.monotonic() - told_at >= _SECONDS:
            told_at = time.monotonic()
            tell(f"handouts batch: {number} checked")


@contextlib.contextmanager
def open_progress(total: int) -> Iterator[Progress]:
    """The progress of so many handouts, on stderr."""
    if sys.stderr is not None and sys.stderr.isatty():
        with _open_bar(total) as bar:
            yield bar
    else:
        yield _Lines(total)


class _Lines:
    """The first, then one in five seconds or for a tenth of all; the summary is the last."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._start = self._told_at = time.monotonic()
        self._told = 0

    def show(self, done: int) -> None:
        now = time.monotonic()
        first, last = self._told == 0 and self._total > _SHARE, done == self._total
        due = now - self._told_at >= _SECONDS or (done - self._told) * _SHARE >= self._total
        if last or not (first or (due and now - self._told_at >= _SECONDS / _SHARE)):
            return
        self._told, self._told_at = done, now
        rate = done / max(now - self._start, 1e-3)
        left = (self._total - done) / rate
        tell(f"handouts batch: {done} of {self._total}, {rate:.3g} a second, {_duration(left)} left")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@contextlib.contextmanager
def _open_bar(total: int) -> Iterator[Progress]:
    """A bar with rate and time left. Why it redraws by itself: a thread that did would be torn in processes that are forked."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("handouts batch"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    console = Console(file=sys.stderr, highlight=False)
    both = sys.stdout is not None and sys.stdout.isatty()
    with RichProgress(*columns, console=console, auto_refresh=False, transient=True, redirect_stdout=both) as shown:
        yield _Bar(shown, shown.add_task("", total=total, rate=""))


class _Bar:
    def __init__(self, shown: RichProgress, task: TaskID) -> None:
        self._shown, self._task = shown, task
        self._start = time.monotonic()
        self._drawn = 0.0

    def show(self, done: int) -> None:
        now = time.monotonic()
        rate = f"{done / max(now - self._start, 1e-3):.3g}/s"
        self._shown.update(self._task, completed=done, rate=rate)
        if now - self._drawn >= _REDRAW:
            self._drawn = now
            self._shown.refresh()
