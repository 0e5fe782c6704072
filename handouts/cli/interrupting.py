"""Ends a command on a signal as Ctrl-C does: what it had begun to write is taken away again."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from handouts.errors import ExitCode

_ENDINGS = {"SIGTERM": (ExitCode.TERMINATED, "terminated"), "SIGHUP": (ExitCode.HUNG_UP, "hung up")}


class StoppedError(BaseException):
    """A signal asked the program to end. Why no Exception: nothing on the way may take it for a fault of a file."""

    def __init__(self, exit_code: ExitCode, words: str) -> None:
        self.exit_code, self.words = exit_code, words
        super().__init__(words)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Raise StoppedError on SIGTERM and SIGHUP, where they would end the program unasked (nohup keeps SIGHUP ignored)."""
    if threading.current_thread() is not threading.main_thread():  # only there may handlers be set
        yield
        return
    numbers = {getattr(signal, name): ending for name, ending in _ENDINGS.items() if hasattr(signal, name)}
    watched = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]

    def stop(number: int, _frame: FrameType | None) -> None:
        for each in watched:  # a second signal must not disturb the clearing up
            signal.signal(each, signal.SIG_IGN)
        raise StoppedError(*numbers[number])

    for number in watched:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in watched:
            signal.signal(number, signal.SIG_DFL)
