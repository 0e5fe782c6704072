"""Holds off the signals that end the program while something must not be done by halves."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_NUMBERS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Hold off the signals that end the program, so that what is made is also remembered; they come right after."""
    with _held_back(), _put_off():
        yield


def leave_signals_to_parent() -> None:
    """In a process that serves another, begun `undisturbed`: what ends it ends it at once, without a word of its own.

    Ctrl-C reaches every process of a terminal; the first one ends the others. What nohup keeps away stays away.
    """
    for number in _NUMBERS:
        if number == signal.SIGINT:
            signal.signal(number, signal.SIG_IGN)
        elif signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _NUMBERS)


@contextlib.contextmanager
def _held_back() -> Iterator[None]:
    """The system keeps the signals from this thread, and from processes started meanwhile."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _NUMBERS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _put_off() -> Iterator[None]:
    """Handlers written in Python run at the end. Why: another thread may take the signal, and they would run here at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    before = {number: handler for number in _NUMBERS if callable(handler := signal.getsignal(number))}
    try:
        for number in before:
            signal.signal(number, note)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came[:1]:
            signal.raise_signal(number)
