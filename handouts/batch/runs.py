"""A folder that runs share: one lock, a file for each run that says what it is going to write, hidden files that belong to it.

A run is alive as long as a process of it holds the lock of its run file. What runs that died left behind is cleared by the next.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from handouts.batch.locking import lock_file
from handouts.errors import CannotWriteError, Place, Problem
from handouts.output import HIDDEN, reason_of, undisturbed
from handouts.regular_files import NO_LINK, read_regular

_LOCK = f"{HIDDEN}lock"
_RUN = f"{HIDDEN}run-"
_MODE = 0o666  # less the umask, so that those who share a folder can share its runs

_FIRST_LOOK, _LOOK_UP = 0.001, 0.02  # seconds between looks whether the lock is free
_SILENCE = 1.0  # seconds of waiting before a line says so
_LONGEST_LIST = 100_000_000  # bytes of the names that a run writes
_HURRY = 0.5  # seconds to wait for the lock when the run was ended early
_LINGERING = 3.0  # seconds that processes of a killed run may live on


class _BusyError(Exception):
    """Somebody else still holds the lock."""


class RunFolder:
    """A folder as one run uses it. It may be sent to the run's processes. `tell` hears that the lock is waited for."""

    elsewhere = "write elsewhere"  # what to do where this folder cannot be written

    def __init__(self, path: Path, token: str | None = None, tell: Callable[[str], None] | None = None) -> None:
        self.path = path
        self.token = token or secrets.token_hex(6)
        self._tell = tell
        self._told = False
        self._run: int | None = None

    def __reduce__(self) -> tuple[type[RunFolder], tuple[Path, str, Callable[[str], None] | None]]:
        return (type(self), (self.path, self.token, self._tell))

    @property
    def hidden(self) -> str:
        """How the names of this run's temporary files begin."""
        return f"{HIDDEN}{self.token}-"

    # ----------------------------------------------------------------------------------------- the life of a run

    @contextlib.contextmanager
    def entered(self, names: Collection[str] = ()) -> Iterator[None]:
        """The run works in the folder, which exists, and is going to write `names`; at the end nothing hidden of it is left.

        Raises CannotWriteError when the folder cannot be written, or a run that is alive writes one of the names.
        """
        hurried = True
        try:
            self._enter(names)
            yield
            hurried = False
        finally:
            self._leave(hurried=hurried)

    def look(self) -> None:
        """Look at what is there, under the lock, before anything is changed; what it raises keeps the run out."""

    def finish(self) -> None:
        """Put the folder in order, under the lock, at the end of the run."""

    def _enter(self, names: Collection[str]) -> None:
        """Why it looks more than once: a run that was killed may have processes that live on for a moment."""
        end = time.monotonic() + _LINGERING
        while True:
            with self.locked(), undisturbed():
                try:
                    self.look()
                    self._clear_dead_runs()
                    if not self._is_taken(names):
                        self._begin(names)
                        return
                except BaseException:
                    self._take_lock_away()
                    raise
            if time.monotonic() > end:
                message = "another batch at work in this folder writes files of the same names"
                hint = f"wait until it has ended, or {self.elsewhere}"
                raise CannotWriteError(Problem(message=message, place=Place(file=str(self.path)), hint=hint))
            time.sleep(_LOOK_UP)

    def _begin(self, names: Collection[str]) -> None:
        path = self._run_file(self.token)
        with self.told(path):
            self._run = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | NO_LINK, _MODE)
            content = "\n".join(names).encode("utf-8", "surrogatepass")
            while content:
                content = content[os.write(self._run, content) :]
            lock_file(self._run)

    def _leave(self, *, hurried: bool) -> None:
        try:
            if self._run is not None:
                with contextlib.suppress(_BusyError), self.locked(patience=_HURRY if hurried else None), undisturbed():
                    try:
                        self._clear_dead_runs()
                        self.finish()
                    finally:
                        self._end()
                        self._take_lock_away()
        finally:
            if self._run is not None:  # a signal came, or the lock was refused
                with undisturbed(), contextlib.suppress(_BusyError, CannotWriteError), self.locked(patience=0):
                    self._end()
                    self._take_lock_away()
                with undisturbed():
                    self._end()

    def _end(self) -> None:
        """Take away what is hidden of this run; without the lock too, as nobody else has these names."""
        if self._run is None:
            return
        self._clear(self.token)
        os.close(self._run)
        self._run = None
        with contextlib.suppress(OSError):
            self._run_file(self.token).unlink()

    def _is_taken(self, names: Collection[str]) -> bool:
        """Whether a run that is alive is going to write one of the names."""
        mine = set(names)
        for token in self._runs():
            with contextlib.suppress(OSError):
                if mine.intersection(
                    read_regular(self._run_file(token), _LONGEST_LIST).decode("utf-8", "surrogatepass").split("\n")
                ):
                    return True
        return False

    def _take_lock_away(self) -> None:
        if not any(self._runs()):
            with contextlib.suppress(OSError):  # Why: Windows keeps what others have open
                (self.path / _LOCK).unlink()

    def _runs(self) -> Iterator[str]:
        """The tokens of the runs in this folder."""
        for path in sorted(self.path.glob(f"{_RUN}*")):
            yield path.name.removeprefix(_RUN)

    def _run_file(self, token: str) -> Path:
        return self.path / f"{_RUN}{token}"

    def _clear_dead_runs(self) -> None:
        for token in self._runs():
            with contextlib.suppress(OSError):
                handle = os.open(self._run_file(token), os.O_RDWR | NO_LINK)
                try:
                    if token != self.token and lock_file(handle):
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
    def locked(self, patience: float | None = None) -> Iterator[None]:
        """Nobody else puts a file in place meanwhile. A signal ends the waiting; to be entered before `undisturbed`.

        Raises CannotWriteError when there can be no lock.
        """
        handle: int | None = None
        begin, pause = time.monotonic(), _FIRST_LOOK
        try:
            while True:
                with undisturbed():
                    handle = self._try_lock()
                if handle is not None:
                    break
                waited = time.monotonic() - begin
                if patience is not None and waited > patience:
                    raise _BusyError  # noqa: TRY301 - nothing is held yet
                self._say_waiting(waited)
                time.sleep(pause)
                pause = min(2 * pause, _LOOK_UP)
            yield
        except BaseException:
            if handle is not None:
                self._take_lock_away()
            raise
        finally:
            if handle is not None:
                os.close(handle)

    def _say_waiting(self, waited: float) -> None:
        if waited > _SILENCE and self._tell is not None and not self._told:
            self._told = True
            self._tell(f"{self.path}: waiting for another batch that is at work in this folder")

    def _try_lock(self) -> int | None:
        """The locked handle. Why it must be that of the path: whoever leaves last takes the lock's file away."""
        path = self.path / _LOCK
        with self.told(path):
            handle = os.open(path, os.O_CREAT | os.O_RDWR | NO_LINK, _MODE)
            try:
                if lock_file(handle) and _stands_at(handle, path):
                    return handle
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)
        return None

    @contextlib.contextmanager
    def told(self, path: Path) -> Iterator[None]:
        """Raise CannotWriteError, with the path, for what the system refuses."""
        try:
            yield
        except OSError as error:
            hint = f"check its permissions, or {self.elsewhere}" if isinstance(error, PermissionError) else self.elsewhere
            reason = "this is a link" if path.is_symlink() else reason_of(error)
            problem = Problem(message=f"cannot write: {reason}", place=Place(file=str(path)), hint=hint)
            raise CannotWriteError(problem) from error


def _stands_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
