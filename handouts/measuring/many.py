"""Measures many files ahead of whoever asks for them, several at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Self

from handouts.measured import FinishedPdf
from handouts.measuring.apart import Meter

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_MOST_AT_ONCE = 4
_WORTH_IT = 4  # files: for fewer, another process would cost more than it saves


class Meters:
    """As one `Meter`, with more of them behind it where many files are asked for; use it in a `with`."""

    def __init__(self) -> None:
        self._first = Meter()
        self._all = [self._first]
        self._free: SimpleQueue[Meter] = SimpleQueue()
        self._pool: ThreadPoolExecutor | None = None
        self._ahead: dict[Path, Future[FinishedPdf]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        for meter in self._all:
            meter.end()

    def start(self) -> None:
        """Start the first process, so that it gets ready while this one does something else."""
        self._first.start()

    def measure_ahead(self, paths: Sequence[Path], *, pictures: bool = False) -> None:
        """Begin to measure these files; `measure` then waits for each."""
        if len(paths) < _WORTH_IT or self._pool is not None:
            return
        from concurrent.futures import ThreadPoolExecutor

        count = min(_MOST_AT_ONCE, os.cpu_count() or 1)
        self._all += [Meter() for _ in range(count - 1)]
        for meter in self._all:
            self._free.put(meter)
        self._pool = ThreadPoolExecutor(max_workers=count)
        self._ahead = {path: self._pool.submit(self._take, path, pictures) for path in dict.fromkeys(paths)}

    def _take(self, path: Path, pictures: bool) -> FinishedPdf:  # noqa: FBT001 - called by the pool
        meter = self._free.get()
        try:
            return meter.measure(path, pictures=pictures)
        finally:
            self._free.put(meter)

    def measure(self, path: Path, *, pictures: bool = False) -> FinishedPdf:
        """Return what was measured; `pictures`: with a PNG of each page. Raises UnreadablePdfError."""
        ahead = self._ahead.pop(path, None)
        if ahead is not None:
            return ahead.result()
        return self._first.measure(path, pictures=pictures) if self._pool is None else self._take(path, pictures)
