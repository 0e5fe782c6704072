"""What stands in the place of a file is told as what it is, however the system refuses to open it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from handouts import regular_files
from handouts.errors import lacks_memory
from handouts.formats.files import read_bytes
from handouts.formats.readers import Problems
from handouts.regular_files import NotRegularError, read_regular


def refuse(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: object, *_: object) -> NoReturn:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(regular_files.os, "open", fail)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EOPNOTSUPP, errno.ENXIO], ids=["Windows", "macOS", "Linux"])
def test_what_the_system_does_not_open_is_told_as_what_it_is(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(number, monkeypatch)
    with pytest.raises(NotRegularError):
        read_regular(tmp_path, 9)
    problems = Problems()
    assert read_bytes(tmp_path, "clinic", problems) is None
    assert [str(problem) for problem in problems.found] == ["clinic: this is a folder, not a file (name a file in it)"]


def test_a_file_that_may_not_be_read_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.yaml").write_bytes(b"")
    refuse(errno.EACCES, monkeypatch)
    with pytest.raises(PermissionError):
        read_regular(tmp_path / "x.yaml", 9)


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        ("x.so: failed to map segment from shared object", True),
        ("x.so: cannot allocate memory", True),
        ("x.so: cannot allocate memory in static TLS block", False),
    ],
)
def test_only_no_memory_is_told_as_no_memory(words: str, lacks: bool) -> None:
    assert lacks_memory(ImportError(words)) is lacks
