"""Whatever ends the writing, also what is no refusal of the system: several files are all new or all old."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from handouts.errors import CannotWriteError
from handouts.output import WriteGroup, staging, undisturbed, write_new, write_together, writing
from handouts.output.staging import Staged
from handouts.output.syncing import Syncing


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


@pytest.mark.parametrize("ending", [OSError, MemoryError])
def test_what_fails_after_they_are_placed_takes_them_back(
    ending: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "sync_folder", failing(ending))
    with pytest.raises((ending, CannotWriteError)):
        write_together(old(tmp_path))
    assert found(tmp_path) == {"a": b"old", "b": b"old"}


def failing(ending: type[Exception]) -> Callable[[Path], NoReturn]:
    def fail(_folder: Path) -> NoReturn:
        raise ending

    return fail


def test_what_cannot_be_taken_back_is_told_where_there_is_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "sync_folder", failing(MemoryError))
    monkeypatch.setattr(Staged, "take_back", lambda *_, **__: False)
    with pytest.raises(CannotWriteError) as caught:
        write_together([(tmp_path / "a", b"new")])
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


@contextlib.contextmanager
def grouped(folder: Path) -> Iterator[WriteGroup]:
    """Three files that go to the disk while the next is staged."""
    group = WriteGroup()
    try:
        for name in ("a", "b", "c"):
            group.stage(folder / name, name.encode())
        yield group
    finally:
        group.close()


def test_what_the_disk_refuses_later_keeps_no_other_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync, synced = os.fsync, []

    def refuse_second(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            synced.append(handle)
            if len(synced) == 2:
                raise OSError(errno.EIO, "Input/output error")
        sync(handle)

    monkeypatch.setattr(os, "fsync", refuse_second)
    with grouped(tmp_path) as group:
        assert found(tmp_path) == {} or not hasattr(os, "O_TMPFILE")
        with undisturbed():
            first, second, third = group.place()
    assert (first, third) == (None, None)
    assert second is not None
    assert second.problems[0].message == "cannot write: input/output error"
    assert found(tmp_path) == {"a": b"a", "c": b"c"}


def test_what_is_never_placed_leaves_nothing(tmp_path: Path) -> None:
    with grouped(tmp_path):
        pass
    assert found(tmp_path) == {}


def test_where_there_can_be_no_thread_files_are_written_nevertheless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> NoReturn:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    synced = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(handle) or sync(handle))  # type: ignore[func-returns-value]
    with grouped(tmp_path) as group:
        assert len(synced) == 3
        with undisturbed():
            assert group.place() == [None] * 3
    assert found(tmp_path) == {"a": b"a", "b": b"b", "c": b"c"}


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="needs the signals of Unix")
def test_no_signal_ends_the_program_in_the_thread_that_waits_for_the_disk() -> None:
    """It would end it while the thread that puts files in place holds signals off."""
    held: list[set[int]] = []
    syncing = Syncing()
    begun = syncing.begin(lambda: held.append(signal.pthread_sigmask(signal.SIG_BLOCK, ())))  # type: ignore[arg-type]
    assert begun is not None
    begun.result()
    syncing.end()
    assert {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} <= held[0]
    assert not {signal.SIGINT, signal.SIGTERM} & signal.pthread_sigmask(signal.SIG_BLOCK, ())
