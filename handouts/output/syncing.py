"""Waits for the disk in a thread of its own, while the next file is made.

Why: a file is on the disk after a tenth of the time that a handout takes, or after all of it where others write as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from handouts.output.signals import undisturbed

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


class Syncing:
    """Writes files to the disk one after the other; `end` it, or its thread is waited for when the program ends."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None

    def begin(self, sync: Callable[[], None]) -> Future[None] | None:
        """What will come of `sync`, which is called soon; None where it was called at once, as there can be no thread."""
        try:
            return self._thread().submit(sync)
        except RuntimeError:
            self._pool = None
            sync()
            return None

    def end(self) -> None:
        """Return when nothing is done any more; what was not begun is left."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def _thread(self) -> ThreadPoolExecutor:
        """Why it begins undisturbed: it keeps the mask, so that a signal never ends the process while the other is not."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            with undisturbed():
                pool = ThreadPoolExecutor(1)
                pool.submit(bool)
                self._pool = pool
        return self._pool
