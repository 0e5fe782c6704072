"""Measures files in a process of its own, which is ended when a file takes too long and replaced when it crashes."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from handouts.measured import FinishedPdf, UnreadablePdfError
from handouts.measuring.worker import receive, send

_KILLED = -9  # by SIGKILL, as from a system without memory
LONGEST_S = 30.0  # seconds for one file
_LAST_BREATH = 1.0  # seconds for a process to end by itself
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from handouts.measuring.worker import serve; serve()"


class Meter:
    """Measures files one after the other; use it in a `with`."""

    def __init__(self, *, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def start(self) -> None:
        """Start the process, so that it gets ready while this one does something else."""
        if self._worker is None or self._worker.poll() is not None:
            self.end()
            command = [sys.executable, "-I", "-S", "-c", _PROGRAM, *sys.path]
            self._worker = subprocess.Popen(  # noqa: S603 - this program itself
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )

    def measure(self, path: Path, *, pictures: bool = False) -> FinishedPdf:
        """Return what was measured; `pictures`: with a PNG of each page. Raises UnreadablePdfError."""
        self.start()
        worker = self._worker
        if worker is None or worker.stdin is None or worker.stdout is None:
            raise UnreadablePdfError("it could not be measured")
        late = threading.Event()

        def give_up() -> None:
            late.set()
            worker.kill()

        watch = threading.Timer(self._longest_s, give_up)
        watch.start()
        try:
            with contextlib.suppress(OSError):
                send(worker.stdin, (str(path.absolute()), pictures))
                answer = receive(worker.stdout)
                if isinstance(answer, FinishedPdf):
                    return answer
                if isinstance(answer, str):
                    raise UnreadablePdfError(answer)
        finally:
            watch.cancel()
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(_LAST_BREATH)  # it has ended, or answers no more
        ended = worker.returncode
        self.end()
        if late.is_set():
            raise UnreadablePdfError(f"measuring it takes longer than {self._longest_s:g} seconds")
        if ended == -getattr(signal, "SIGPROF", 0):
            raise UnreadablePdfError("measuring it takes longer than its pages can need")
        if ended == _KILLED:
            raise UnreadablePdfError("the process that measured it was killed, or had no memory left: check it again")
        raise UnreadablePdfError("it is damaged, or needs too much memory")

    def end(self) -> None:
        """End the process; what it measures is lost."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()  # first: closing a stream waits for whoever still reads from it
        worker.wait()
        for stream in (worker.stdin, worker.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
