"""The other end of `apart`: measures files one after the other for the process that started it, with bounded memory.

Why: a hostile PDF can make a library run for hours, eat all memory or crash; here that ends a process nobody misses.
"""

from __future__ import annotations

import contextlib
import pickle
import struct
import sys
from pathlib import Path
from typing import IO

from handouts.measured import FinishedPdf, UnreadablePdfError

MOST_MEMORY = 1_500_000_000  # bytes of address space
_LENGTH = struct.Struct(">Q")


def serve() -> None:
    """Answer until nobody asks any more: of each path what was measured, or in words why nothing was."""
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get between the answers
    _limit_memory()
    from handouts.measuring.opening import measures_pages

    if measures_pages():
        import handouts.measuring.sheets  # noqa: F401 - so that it is there when the first path comes
    while isinstance(request := receive(asked), tuple):
        path, pictures = request
        send(told, _answer(str(path), pictures=bool(pictures)))


def _answer(path: str, *, pictures: bool) -> FinishedPdf | str:
    from handouts.measuring.opening import LARGEST, measure_pdf

    try:
        if Path(path).stat().st_size > LARGEST:
            return f"it is larger than {LARGEST // 1_000_000} MB"
        return measure_pdf(Path(path).read_bytes(), pictures=pictures)
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
