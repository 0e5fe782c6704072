"""Ends a command on a signal as Ctrl-C does: what it had begun to write is taken away again."""

from __future__ import annotations

import _thread
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING

from handouts.errors import ExitCode

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_ENDINGS = {"SIGTERM": (ExitCode.TERMINATED, "terminated"), "SIGHUP": (ExitCode.HUNG_UP, "hung up")}
_SOON = 0.01  # seconds until a signal comes once more that was lost


class StoppedError(BaseException):
    """A signal asked the program to end. Why no Exception: nothing on the way may take it for a fault of a file."""

    def __init__(self, number: int, exit_code: ExitCode, words: str) -> None:
        self.number, self.exit_code, self.words = number, exit_code, words
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
        raise StoppedError(number, *numbers[number])

    def listen(number: int) -> None:
        if number in watched:
            signal.signal(number, stop)

    for number in watched:
        listen(number)
    try:
        with _none_lost(listen):
            yield
    finally:
        for number in watched:
            signal.signal(number, signal.SIG_DFL)


@contextlib.contextmanager
def _none_lost(listen: Callable[[int], None]) -> Iterator[None]:
    """Let a signal come once more that came while Python could raise nothing, as when it gives an object back (`__del__`).

    Why: Python then prints the error in lines of its own and goes on as if nothing had been asked.
    """
    before, looking = sys.unraisablehook, False

    def look(lost: UnraisableHookArgs) -> None:
        nonlocal looking
        if not isinstance(lost.exc_value, StoppedError | KeyboardInterrupt):
            before(lost)
            return
        looking = True
        try:
            number = lost.exc_value.number if isinstance(lost.exc_value, StoppedError) else signal.SIGINT
            listen(number)
            _thread.start_new_thread(send_again, (number,))  # which is not waited for, unlike others
        finally:
            looking = False

    def send_again(number: int) -> None:
        """Why not at once: what is raised while `look` is at work is lost as well, and a busy computer may take long for it."""
        time.sleep(_SOON)
        while looking:
            time.sleep(_SOON)
        _thread.interrupt_main(signal.Signals(number))

    sys.unraisablehook = look
    try:
        yield
    finally:
        sys.unraisablehook = before
