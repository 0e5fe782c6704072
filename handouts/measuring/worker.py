"""The other end of `apart`: measures files one after the other for the process that started it, with bounded memory.

Why: a hostile PDF can make a library run for hours, eat all memory or crash; here that ends a process nobody misses.
"""

from __future__ import annotations

import contextlib
import pickle
import signal
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from handouts.measured import FinishedPdf, UnreadablePdfError
from handouts.measuring.allowance import measure_pace
from handouts.regular_files import read_regular

MOST_MEMORY = 1_500_000_000  # bytes of address space, whatever the file
_FOR_ONE, _FOR_A_BYTE, _USUAL = 240_000_000, 4, 20_000_000
"""Bytes of address space that a file may take, and more for each of its bytes beyond so many."""
_TO_OPEN, _FOR_A_PAGE = 0.8, 0.5
"""Seconds of this process: to open a file, and for each page it turns out to have; more on a slow computer.

The last resort: a page that takes long is given up before, wherever PDFium comes back from what it does.
"""
_LENGTH = struct.Struct(">Q")


def serve() -> None:
    """Answer until nobody asks any more: of each path what was measured, or in words why nothing was."""
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get between the answers
    _limit_memory()
    from handouts.measuring.opening import measures_pages

    if measures_pages():
        import handouts.measuring.sheets  # noqa: F401 - so that it is there when the first path comes
    pace = measure_pace()
    while isinstance(request := receive(asked), tuple):
        path, pictures = request
        send(told, _answer(str(path), pace, pictures=bool(pictures)))


def _answer(path: str, pace: float, *, pictures: bool) -> FinishedPdf | str:
    from handouts.measuring.opening import LARGEST, measure_pdf

    try:
        content = read_regular(Path(path), LARGEST)
        if len(content) > LARGEST:
            return f"it is larger than {LARGEST // 1_000_000} MB"
        with _bounded(len(content), pace):

            def opened(count: int) -> None:
                _allow(pace * (_TO_OPEN + _FOR_A_PAGE * count))

            return measure_pdf(content, pictures=pictures, opened=opened, pace=pace)
    except UnreadablePdfError as error:
        return str(error)
    except OSError:
        return "the file cannot be read"
    except MemoryError:
        return "it needs too much memory"
    except Exception:  # noqa: BLE001 - whatever a damaged file brings about, the next one is still measured
        return "it is damaged"


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


@contextlib.contextmanager
def _bounded(size: int, pace: float) -> Iterator[None]:
    """Bound memory and time for one file. Too long ends the process, even where a library would never come back.

    Why time of the process, not of the clock: a computer that does much else measures the same files.
    """
    _limit_file(size)
    _allow(pace * _TO_OPEN)
    try:
        yield
    finally:
        _allow(0)
        _limit_file(None)


def _allow(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_file(size: int | None) -> None:
    """Let the process take what a file of this size needs (None: MOST_MEMORY) beside what it has taken already."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        most = MOST_MEMORY if size is None else min(MOST_MEMORY, taken + _FOR_ONE + _FOR_A_BYTE * max(0, size - _USUAL))
        resource.setrlimit(resource.RLIMIT_AS, (most, MOST_MEMORY))


def send(stream: IO[bytes], what: object) -> None:
    """Write one value with its length in front. Raises OSError when nobody reads."""
    body = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """Read one value; None at the end of the stream, also in the middle of a value."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    # Both ends are this program, the pipe has no name: nobody else can write to it.
    return pickle.loads(body) if len(body) == length else None  # noqa: S301
