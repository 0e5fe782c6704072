"""How long measuring may take: seconds of the processor that this process has, more of them on a slow computer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_TO_START = 0.15  # seconds that this process takes to start on the computer that the limits were chosen on
_SLOWEST = 10.0

T = TypeVar("T")


class TooMuchError(Exception):
    """A page holds more than can be measured in good time."""


def measure_pace() -> float:
    """How many times slower this computer is; to be asked when the process has just started, which is the same work on each."""
    return max(1.0, min(_SLOWEST, time.process_time() / _TO_START))


class Allowance:
    """A stretch of time that runs from now on.

    Why time of the process, not of the clock: a computer that does much else measures the same pages.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._start = time.process_time()

    @property
    def left(self) -> float:
        """Seconds; below 0 when there are none."""
        return self._start + self._seconds - time.process_time()

    def check(self, part: float = 1.0) -> None:
        """Raise TooMuchError when this part of it is spent."""
        if self.left < self._seconds * (1 - part):
            raise TooMuchError

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """The things, as long as there is time. Raises TooMuchError."""
        for thing in things:
            self.check()
            yield thing
