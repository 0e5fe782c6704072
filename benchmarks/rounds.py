"""Fair timing: everything that is compared takes turns, round by round, so that a busy minute of the machine hits all alike."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Action: TypeAlias = Callable[[int], object]
"""What is timed, for the number of a handout or of a round."""

_LONGEST_TURN, _FEWEST = 2.0, 3
"""Seconds after which a slow engine's turn ends, and how often it runs in a turn at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The seconds of every run, by round."""

    rounds: list[list[float]] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Seconds: the median of the medians of the rounds."""
        return statistics.median(statistics.median(seconds) for seconds in self.rounds)

    @property
    def p95(self) -> float:
        """Seconds that 95 of 100 runs do not exceed."""
        runs = sorted(second for seconds in self.rounds for second in seconds)
        return runs[max(0, math.ceil(0.95 * len(runs)) - 1)]

    @property
    def runs(self) -> int:
        """How many there were."""
        return sum(map(len, self.rounds))


def take_turns(actions: Mapping[str, Action], *, rounds: int, runs: int, warm_ups: int) -> dict[str, Series]:
    """Time each action `runs` times in each of `rounds` rounds, after `warm_ups` runs that do not count.

    Each run gets a number that the same action had not before; all actions get the same numbers.
    """
    for action in actions.values():
        for number in range(warm_ups):
            action(number)
    series = {name: Series() for name in actions}
    for turn in range(rounds):
        for name, action in actions.items():
            first = warm_ups + turn * runs
            series[name].rounds.append(_take_turn(action, range(first, first + runs)))
    return series


def _take_turn(action: Action, numbers: range) -> list[float]:
    """The seconds of each run. Before it, what others left behind is put where no engine looks for garbage in its time."""
    gc.collect()
    gc.freeze()
    try:
        return _time_runs(action, numbers)
    finally:
        gc.unfreeze()


def _time_runs(action: Action, numbers: range) -> list[float]:
    seconds: list[float] = []
    began = time.perf_counter()
    for number in numbers:
        start = time.perf_counter()
        action(number)
        end = time.perf_counter()
        seconds.append(end - start)
        if end - began > _LONGEST_TURN and len(seconds) >= _FEWEST:
            break
    return seconds
