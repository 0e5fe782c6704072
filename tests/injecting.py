"""Breaks the program at one of its calls to the system: the n-th that changes a file fails, or a signal comes there.

Each run is a process forked from this one, with everything loaded, so that hundreds of them take seconds.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

resource = pytest.importorskip("resource", reason="needs the signals and forks of Unix")

_MOST_CALLS = 4000
_LONGEST = 30  # seconds of one run
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_TAKING_AWAY = ("unlink", "rmdir")
CALLS = ("open", "write", "fsync", "replace", "rename", "link", "chmod", "fchmod", "mkdir", *_TAKING_AWAY)
_NAMING = "name"  # the link that gives a name to a file without one
STRUCK = (*CALLS, _NAMING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What happens at the n-th call: the system refuses with `number`, or `signal` comes before the call, else `after` it.

    `lasting`: it refuses from then on, as a full disk does. `harmless`: the command does what it should nevertheless. `at`: only
    these calls count.
    """

    name: str
    number: int | None = None
    signal: signal.Signals | None = None
    lasting: bool = False
    harmless: bool = False
    after: bool = False
    at: tuple[str, ...] = STRUCK

    @property
    def kills(self) -> bool:
        """Whether nothing of the program can run any more after it."""
        return self.signal is not None and self.signal == signal.SIGKILL


_SPACE = ("open", "write", "fsync", "mkdir", "link", _NAMING)
FAULTS = (
    Fault(name="disk full from then on", number=errno.ENOSPC, lasting=True, at=_SPACE),
    Fault(name="disk full once", number=errno.ENOSPC, at=_SPACE),
    Fault(name="broken disk, once", number=errno.EIO, at=(*_SPACE, "replace", "rename", "chmod", "fchmod")),
    Fault(name="read-only from then on", number=errno.EROFS, lasting=True),
    Fault(name="permission lost for good", number=errno.EACCES, lasting=True, at=tuple({*STRUCK} - {"write", "fsync"})),
    Fault(name="target open or locked", number=errno.EACCES, at=("replace", "rename", "link", _NAMING)),
    Fault(name="nameless link refused", number=errno.EPERM, lasting=True, harmless=True, at=(_NAMING,)),
    Fault(name="SIGINT", signal=signal.SIGINT),
    Fault(name="SIGINT after", signal=signal.SIGINT, after=True),
    Fault(name="SIGTERM", signal=signal.SIGTERM),
    Fault(name="SIGTERM after", signal=signal.SIGTERM, after=True),
    Fault(name="SIGHUP", signal=signal.SIGHUP),
    Fault(name="killed", signal=signal.SIGKILL),
    Fault(name="killed after", signal=signal.SIGKILL, after=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended: `code` is negative for the number of a signal; `hit` tells whether the fault came to pass."""

    code: int
    out: str
    err: str
    hit: bool
    calls: tuple[str, ...]
    steps: tuple[str, ...]  # the calls, with what they are about
    seconds: float
    memory: int  # bytes at most


class _Shim:
    """Stands between the program and the system; counts from 1."""

    def __init__(self, fault: Fault | None, when: int, trace: int) -> None:
        self._fault, self._when, self._trace = fault, when, trace
        self._count, self._process = 0, os.getpid()

    def strike(self, name: str, call: Callable[[], Any], on: str = "") -> Any:
        """The call, unless the fault comes in its place."""
        fault = self._fault
        self._note(f"{name} {on}\n")
        if fault is None or name not in fault.at:
            return call()
        self._count += 1
        now = self._count == self._when
        if fault.number is not None:
            if now or (fault.lasting and self._count > self._when):
                self._note("!\n")
                raise OSError(fault.number, os.strerror(fault.number))
            return call()
        if now and not fault.after:
            self._signal(fault)
        try:
            return call()
        finally:
            if now and fault.after:
                self._signal(fault)

    def strike_opening(self, name: str, call: Callable[[], Any], on: str = "") -> Any:
        """The opening of a file that is there, which needs no space on the disk."""
        if self._fault is not None and self._fault.number == errno.ENOSPC:
            self._note(f"reopen {on}\n")
            return call()
        return self.strike(name, call, on)

    def _signal(self, fault: Fault) -> None:
        self._note("!\n")
        assert fault.signal is not None
        os.kill(self._process, fault.signal)

    def _note(self, words: str) -> None:
        _REAL["write"](self._trace, words.encode())


_REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in (*CALLS, "fdopen")}


def _object_of(name: str, args: Sequence[Any]) -> str:
    """What a call is about: the name of the file, and of a handle whether it is that of a folder."""
    if name in ("fsync", "fchmod"):
        return "folder" if stat.S_ISDIR(os.fstat(args[0]).st_mode) else "file"
    target = args[1] if name in ("replace", "rename", "link") else args[0]
    return Path(target).name if isinstance(target, str | Path) else ""


def _makes_a_file(args: Sequence[Any]) -> bool:
    return bool(args[1] & getattr(os, "O_TMPFILE", 0) & ~os.O_DIRECTORY) or not os.path.lexists(args[0])


def _install(shim: _Shim) -> None:
    def wrap(name: str) -> Callable[..., Any]:
        real = _REAL[name]

        def call(*args: Any, **said: Any) -> Any:
            if name == "open" and not (len(args) > 1 and args[1] & _WRITING):
                return real(*args, **said)
            if name == "link" and str(args[0]).startswith("/proc/"):
                return shim.strike(_NAMING, lambda: real(*args, **said), _object_of(name, args))
            strike = shim.strike if name != "open" or _makes_a_file(args) else shim.strike_opening
            return strike(name, lambda: real(*args, **said), _object_of(name, args))

        return call

    class Raw(io.FileIO):
        def write(self, content: Any) -> int:
            return int(shim.strike("write", lambda: super(Raw, self).write(content)))

    def fdopen(handle: int, mode: str = "r", *args: Any, **said: Any) -> Any:
        if "w" not in mode and "+" not in mode and "a" not in mode:
            return _REAL["fdopen"](handle, mode, *args, **said)
        raw = Raw(handle, mode.replace("b", ""), closefd=said.get("closefd", True))
        return raw if said.get("buffering") == 0 or args[:1] == (0,) else io.BufferedWriter(raw)

    for name in CALLS:
        setattr(os, name, wrap(name))
    setattr(os, "fdopen", fdopen)  # noqa: B010 - mypy knows that it is a function


def run_struck(
    words: Sequence[str],
    folder: Path,
    scratch: Path,
    fault: Fault | None = None,
    when: int = 0,
    *,
    before: Callable[[], Any] | None = None,
) -> Ended:
    """Run a command in `folder` in a process of its own; what it says goes through files in `scratch`."""
    names = [scratch / name for name in ("out", "err", "trace")]
    begin = time.monotonic()
    child = os.fork()
    if not child:
        code = 99
        try:
            os.chdir(folder)
            handles = [os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600) for name in names]
            os.dup2(handles[0], 1)
            os.dup2(handles[1], 2)
            sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123
            sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
            sys.stderr = open(2, "w", closefd=False, buffering=1)  # noqa: SIM115
            signal.alarm(_LONGEST)
            if before is not None:
                before()
            from handouts.cli import main

            _install(_Shim(fault, when, handles[2]))
            code = main(list(words))
            sys.stdout.flush()
        except BaseException:  # noqa: BLE001 - told by the code
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    _, status, used = os.wait4(child, 0)
    out, err, trace = (name.read_text(encoding="utf-8", errors="replace") for name in names)
    steps = trace.splitlines()
    return Ended(
        code=os.waitstatus_to_exitcode(status),
        out=out,
        err=err,
        hit="!" in steps,
        calls=tuple(step.split(" ")[0] for step in steps if step != "!"),
        steps=tuple(steps),
        seconds=time.monotonic() - begin,
        memory=used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )


def load_everything() -> None:
    """Load what commands load, so that each run starts at once, and pipes between processes keep their own way of writing."""
    import handouts.batch.merging
    import handouts.batch.processes
    import handouts.batch.running
    import handouts.build
    import handouts.cli.app
    import handouts.pages.calendar
    import handouts.reminders
    import handouts.writer.handout  # noqa: F401


def limit_memory(size: int) -> Callable[[], None]:
    """Give the run so many bytes of address space more than this process has."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))

    return limit


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def each_moment(fault: Fault, calls: Sequence[str]) -> Iterator[int]:
    """The numbers of the calls that the fault can come at, in a run that makes these calls when nothing is wrong."""
    yield from range(1, min(_MOST_CALLS, sum(call in fault.at for call in calls)) + 1)
