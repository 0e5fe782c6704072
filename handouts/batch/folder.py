"""The folder a batch writes to, shared by all its processes and by other runs: one lock, temporary files that belong to a run.

A run is alive as long as a process of it holds the lock of its run file. What runs that died left behind is cleared by the next.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from handouts.batch.locking import lock_file
from handouts.batch.manifest import MANIFEST, Entry, append_entries, read_manifest, sorted_lines
from handouts.errors import CannotWriteError, Place, Problem
from handouts.output import HIDDEN, make_folders, undisturbed, write_together

_LOCK = f"{HIDDEN}lock"
_RUN = f"{HIDDEN}run-"


class OutFolder:
    """A folder in use by one run. It may be sent to the run's processes."""

    def __init__(self, path: Path, token: str | None = None) -> None:
        self.path = path
        self.token = token or secrets.token_hex(6)
        self._run: int | None = None
        self._parent: int | None = None

    def __reduce__(self) -> tuple[type[OutFolder], tuple[Path, str]]:
        return (OutFolder, (self.path, self.token))

    # ----------------------------------------------------------------------------------------- the life of a run

    @contextlib.contextmanager
    def open(self) -> Iterator[dict[str, Entry]]:
        """Enter the folder, made if it is missing, and give what its manifest says; at the end nothing hidden is left.

        Raises CannotWriteError when the folder cannot be made, written or locked, InputError when its manifest is none.
        """
        make_folders({self.path}, [])
        try:
            with self.locked(), undisturbed():
                entries = read_manifest(self.path)
                self._clear_dead_runs()
                self._begin()
            yield entries
        finally:
            with undisturbed(), self.locked():
                if self._run is None:
                    self._take_lock_away()
                else:
                    self._clear_dead_runs()
                    self._end(self._run)

    def _begin(self) -> None:
        with _told(self.path):
            self._run = os.open(self._run_file(self.token), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            lock_file(self._run, wait=False)

    def _end(self, run: int) -> None:
        """Sort the manifest and take away what is hidden."""
        try:
            entries = read_manifest(self.path)
            if entries:
                write_together([(self.path / MANIFEST, sorted_lines(entries))], hidden=self._hidden)
        finally:
            self._clear(self.token)
            os.close(run)
            self._run = None
            with contextlib.suppress(OSError):
                self._run_file(self.token).unlink()
            self._take_lock_away()

    def _take_lock_away(self) -> None:
        if not any(self._runs()):
            with contextlib.suppress(OSError):  # Why: Windows keeps what others have open
                (self.path / _LOCK).unlink()

    @property
    def _hidden(self) -> str:
        """How the names of this run's temporary files begin."""
        return f"{HIDDEN}{self.token}-"

    def _runs(self) -> Iterator[str]:
        """The tokens of the runs in this folder."""
        for path in sorted(self.path.glob(f"{_RUN}*")):
            yield path.name.removeprefix(_RUN)

    def _run_file(self, token: str) -> Path:
        return self.path / f"{_RUN}{token}"

    def _clear_dead_runs(self) -> None:
        for token in self._runs():
            with contextlib.suppress(OSError):
                handle = os.open(self._run_file(token), os.O_RDWR)
                try:
                    if token != self.token and lock_file(handle, wait=False):
                        self._clear(token)
                        self._run_file(token).unlink()
                finally:
                    os.close(handle)

    def _clear(self, token: str) -> None:
        for path in self.path.glob(f"{HIDDEN}{token}-*"):
            with contextlib.suppress(OSError):
                path.unlink()

    # ----------------------------------------------------------------------------------------- one thing at a time

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else writes to the manifest meanwhile, or puts a file in place. Raises CannotWriteError."""
        handle = self._lock()
        try:
            yield
        finally:
            os.close(handle)

    def _lock(self) -> int:
        """The locked handle. Why a loop: whoever leaves last takes the lock's file away, and it must not be locked unseen."""
        path = self.path / _LOCK
        while True:
            with _told(self.path):
                handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
                try:
                    lock_file(handle, wait=True)
                    if os.path.samestat(os.fstat(handle), path.stat()):
                        return handle
                except FileNotFoundError:
                    pass
                except BaseException:
                    os.close(handle)
                    raise
                os.close(handle)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add lines to the manifest."""
        with undisturbed(), self.locked(), _told(self.path / MANIFEST):
            append_entries(self.path, entries)

    def put(self, content: bytes, entry: Entry) -> None:
        """Put a finished handout in its place, and its line in the manifest, in one breath. Raises CannotWriteError."""

        def note() -> None:
            with _told(self.path / MANIFEST):
                append_entries(self.path, [entry])

        write_together([(self.path / entry.output, content)], hidden=self._hidden, under=self._committing(), then=note)

    def serve(self, parent: int) -> None:
        """Put nothing in place any more once the process `parent` has ended: another run may be at work then."""
        self._parent = parent

    @contextlib.contextmanager
    def _committing(self) -> Iterator[None]:
        with self.locked():
            if self._parent is not None and os.getppid() != self._parent:
                raise SystemExit
            yield


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = "not allowed here" if isinstance(error, PermissionError) else (error.strerror or "unknown error").lower()
        hint = "write elsewhere: --out DIR"
        raise CannotWriteError(Problem(message=f"cannot write: {reason}", place=Place(file=str(path)), hint=hint)) from error
