"""What the program says: results to stdout, everything else to stderr, each problem in one line."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable

from handouts.errors import CannotWriteError, Problem
from handouts.nouns import dataclass

_BREAKS = frozenset("\u0085\u2028\u2029")
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(slots=True, kw_only=True)
class Session:
    """What one run of the program knows of itself."""

    debug: bool = False


class StdoutClosedError(Exception):
    """Nobody reads stdout any more, as in `handouts list | head`."""


def prepare_streams() -> None:
    """Let stdout and stderr take every character: names of files need not be UTF-8, terminals need not be either."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        utf8 = (getattr(stream, "encoding", None) or "").lower().replace("-", "") == "utf8"
        with contextlib.suppress(OSError, ValueError):
            reconfigure(errors=errors if utf8 else "backslashreplace")


def put_out(text: str) -> None:
    """Write a result to stdout.

    Raises:
        StdoutClosedError: nobody reads it.
        CannotWriteError: stdout is a file on a full disk, or the like.

    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        raise stdout_trouble(error) from error


def stdout_trouble(error: OSError) -> StdoutClosedError | CannotWriteError:
    """Return what to raise when stdout cannot be written, and write nothing more to it."""
    _silence_stdout()
    if isinstance(error, BrokenPipeError):
        return StdoutClosedError()
    return CannotWriteError(Problem(message=f"stdout: cannot write: {error.strerror or 'unknown error'}"))


def put_paths(paths: Iterable[os.PathLike[str]]) -> None:
    """Write the paths of what was made, one a line."""
    put_out("".join(f"{os.fspath(path)}\n" for path in paths))


def tell(what: Problem | str, *, as_it_is: bool = False) -> None:
    """Write one line to stderr; whatever would break the line or the terminal is shown as an escape."""
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"{what if as_it_is else one_line(str(what))}\n")
        sys.stderr.flush()


def tell_warnings(warnings: Iterable[str]) -> None:
    """Write the warnings to stderr."""
    for warning in warnings:
        tell(f"warning: {warning}")


def one_line(text: str) -> str:
    """The text with control characters, line breaks and changes of direction as escapes."""
    return "".join(_escape(char) if _is_unruly(char) else char for char in text)


def _is_unruly(char: str) -> bool:
    return ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or char in _BREAKS or char in _TURNS


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _silence_stdout() -> None:
    """Why: Python flushes stdout once more when it ends, and would complain in lines of its own."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
