"""Opens what a command works with: today's date, the current folder, password files."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from handouts.errors import InputError, Place, Problem, UsageError

_SET_DATE = "SOURCE_DATE_EPOCH"
_LONGEST_LINE = 4096  # bytes that are read
_STRONG = 8  # letters (NIST SP 800-63B: at least)
_LONGEST_PASSWORD = 127  # bytes of UTF-8 that AES-256 protection looks at (ISO 32000-2, 7.6.4.3.3)


def program_version() -> str:
    """The version of this program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("handouts")
    except PackageNotFoundError:  # run from a folder without being installed
        return "unknown"


def set_moment() -> dt.datetime | None:
    """The moment that SOURCE_DATE_EPOCH sets for reproducible builds; None when it is not set. Raises UsageError."""
    words = os.environ.get(_SET_DATE)
    if not words:
        return None
    try:
        if not (words.isascii() and words.isdigit()):
            raise ValueError(words)  # noqa: TRY301 - told with the other faults
        return dt.datetime.fromtimestamp(int(words), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        hint = "write it like 1767225600, or unset it"
        raise UsageError(Problem(message=f"{_SET_DATE}: expected seconds since 1970", hint=hint)) from error


def today() -> dt.date:
    """What the word today means: by SOURCE_DATE_EPOCH, else by the clock."""
    moment = set_moment()
    return moment.date() if moment else dt.datetime.now().astimezone().date()


def stamp() -> str | None:
    """The date and time to write into a file, where SOURCE_DATE_EPOCH sets it; else that of the request counts."""
    moment = set_moment()
    return f"{moment:%Y%m%d%H%M%S}" if moment else None


def current_folder() -> Path:
    """The current folder. Raises UsageError when it has been deleted."""
    try:
        return Path.cwd()
    except OSError as error:
        raise UsageError(Problem(message="the current folder does not exist any more", hint="change to another")) from error


def weak_password(password: str | None) -> list[str]:
    """A warning for a password that is found by trying."""
    if password is None or len(password) >= _STRONG:
        return []
    return [f"a password of fewer than {_STRONG} letters is found by trying"]


def read_password(path: Path | None, option: str) -> str | None:
    """The first line of a password file; None without a file. The password itself is never told.

    Raises:
        InputError: the file is missing, unreadable, not text, or its first line is empty, too long or has blanks around it.

    """
    if path is None:
        return None
    from handouts.formats.files import shown_path
    from handouts.regular_files import NotRegularError, read_regular

    place = Place(file=shown_path(path, None))
    try:
        line = read_regular(path, _LONGEST_LINE).partition(b"\n")[0]
        password = line.decode("utf-8-sig").rstrip("\r")
    except NotRegularError as error:
        what = "a folder" if path.is_dir() else "no regular file"
        raise InputError(Problem(message=f"{option}: this is {what}", place=place, hint="name a text file")) from error
    except UnicodeDecodeError as error:
        raise InputError(Problem(message=f"{option}: the first line is not UTF-8 text", place=place)) from error
    except (OSError, ValueError) as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else "the file cannot be read"
        raise InputError(Problem(message=f"{option}: {reason}", place=place, hint="check the path")) from error
    if not password.strip():
        raise InputError(Problem(message=f"{option}: the first line is empty", place=place, hint="write the password there"))
    if password != password.strip():
        message, hint = f"{option}: the first line begins or ends with a blank", "take the blank out, or put a letter there"
        raise InputError(Problem(message=message, place=place, hint=hint))
    if len(password.encode()) > _LONGEST_PASSWORD:
        message = f"{option}: the first line is longer than {_LONGEST_PASSWORD} bytes"
        raise InputError(Problem(message=message, place=place, hint="take a shorter password"))
    return password
