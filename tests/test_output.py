"""Whatever ends the writing, also what is no refusal of the system: several files are all new or all old."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from handouts.errors import CannotWriteError
from handouts.output import staging, write_new, write_together
from handouts.output.staging import Staged


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    staging._named_only.clear()


def old(folder: Path) -> list[tuple[Path, bytes]]:
    """Two files that are there, to be written anew."""
    for name in ("a", "b"):
        (folder / name).write_bytes(b"old")
    return [(folder / name, b"new") for name in ("a", "b")]


def found(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("ending", [MemoryError, ZeroDivisionError, KeyboardInterrupt])
def test_what_was_placed_is_taken_back(ending: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really_place = Staged.place

    def place(staged: Staged) -> None:
        if staged.path.name == "b":
            raise ending
        really_place(staged)

    monkeypatch.setattr(Staged, "place", place)
    with pytest.raises(ending):
        write_together(old(tmp_path))
    with pytest.raises(ending):
        write_new(tmp_path, b"new", beside=[(tmp_path / "b", b"new")])
    assert found(tmp_path) == {"a": b"old", "b": b"old"}


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("ending", [OSError, MemoryError])
def test_what_fails_in_the_same_breath_takes_them_back(ending: type[Exception], there: bool, tmp_path: Path) -> None:
    def fail() -> NoReturn:
        raise ending

    if there:
        (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(ending):
        write_together([(tmp_path / "a", b"new")], then=fail)
    assert found(tmp_path) == ({"a": b"old"} if there else {})


def test_what_cannot_be_taken_back_is_told_where_there_is_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(Staged, "take_back", lambda *_, **__: False)
    with pytest.raises(CannotWriteError) as caught:
        write_together([(tmp_path / "a", b"new")], then=fail)
    assert [problem.message for problem in caught.value.problems] == [
        "there is not enough memory",
        "is written, and cannot be taken back",
    ]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="needs files without names")
@pytest.mark.parametrize("name", ["EPERM", "EACCES", "ENOENT", "ENOTSUP"])
def test_where_a_file_without_a_name_gets_none_it_is_copied_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_link, tries = os.link, []

    def link(source: str | Path, target: str | Path, **said: object) -> None:
        if str(source).startswith("/proc/"):
            tries.append(source)
            raise OSError(getattr(errno, name), name)
        really_link(source, target, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "link", link)
    write_together(old(tmp_path))
    assert write_new(tmp_path, b"one").name == "handout.pdf"
    assert write_new(tmp_path, b"two", beside=[(tmp_path / "c", b"new")]).name == "handout-2.pdf"
    assert found(tmp_path) == {"a": b"new", "b": b"new", "c": b"new", "handout.pdf": b"one", "handout-2.pdf": b"two"}
    assert len(tries) == 2, "of the two that were open already; later ones have a name from the beginning"
    assert {path.stat().st_mode for path in tmp_path.iterdir()} == {(tmp_path / "a").stat().st_mode}
