"""The manifest survives crashes, other runs and other people's files; the folder is left clean."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import stat
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from handouts import regular_files
from handouts.batch import runs
from handouts.batch.folder import OutFolder
from handouts.batch.manifest import MANIFEST, Entry, State, append_entries, read_manifest, sorted_lines
from handouts.errors import CannotWriteError, InputError
from handouts.output import WriteGroup


def entry(output: str, state: State = State.DONE, sha256: str | None = "0") -> Entry:
    return Entry(output=output, state=state, source="p.csv:2", program="1", input="i", sha256=sha256, warnings=0)


def put(out: OutFolder, files: dict[str, bytes]) -> None:
    """Put files in their places together, with their lines."""
    group = WriteGroup(out.hidden)
    for name, content in files.items():
        group.stage(out.path / name, content)
    assert out.put(group, [entry(name) for name in files]) == [None] * len(files)
    group.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_later_line_counts_and_the_keys_are_sorted(tmp_path: Path) -> None:
    append_entries(tmp_path, [entry("b.pdf", State.MISSING, None), entry("a.pdf", State.MISSING, None)])
    append_entries(tmp_path, [entry("b.pdf")])
    entries = read_manifest(tmp_path)
    assert {name: each.state for name, each in entries.items()} == {"b.pdf": "done", "a.pdf": "missing"}
    lines = [line.decode() for line in sorted_lines(tmp_path)]
    assert [json.loads(line)["output"] for line in lines] == ["a.pdf", "b.pdf"]
    assert all(list(json.loads(line)) == sorted(json.loads(line)) for line in lines)


@pytest.mark.parametrize("cut", range(1, 20, 3))
def test_a_torn_line_is_passed_over_and_taken_away(tmp_path: Path, cut: int) -> None:
    whole = entry("a.pdf").line() + entry("b.pdf").line()
    (tmp_path / MANIFEST).write_text(whole[:-cut])
    assert list(read_manifest(tmp_path)) == (["a.pdf", "b.pdf"] if cut == 1 else ["a.pdf"])
    append_entries(tmp_path, [entry("c.pdf")])
    assert list(read_manifest(tmp_path)) == (["a.pdf", "b.pdf", "c.pdf"] if cut == 1 else ["a.pdf", "c.pdf"])


FOREIGN = [
    "null",
    "[]",
    "3",
    '{"output": 3}',
    '{"output": "x", "state": "?"}',
    "\u0000",
    "[" * 5000,
    '{"name": "a", "version": 1}',
    "",
]


@pytest.mark.parametrize("line", FOREIGN)
@pytest.mark.parametrize("lines", [("{}\n",), ("{}\n", "own"), ("own", "{}\n", "own"), ("own", "own", "{}\n")])
def test_a_file_that_is_not_ours_whole_is_not_written_over(tmp_path: Path, line: str, lines: tuple[str, ...]) -> None:
    own = entry("a.pdf").line()
    content = "".join(own if each == "own" else each.format(line) for each in lines)
    (tmp_path / MANIFEST).write_text(content)
    number = lines.index("{}\n") + 1
    with pytest.raises(InputError, match=f"{MANIFEST}:{number}: this is not the manifest of a batch"), OutFolder(tmp_path).open():
        pass
    assert (tmp_path / MANIFEST).read_text() == content
    assert names(tmp_path) == {MANIFEST}


@pytest.mark.parametrize("line", ['{"name": "a"}', "shopping list", '{"check": "x"}', "{"])
def test_one_line_without_an_end_is_only_passed_over_when_it_is_the_beginning_of_ours(tmp_path: Path, line: str) -> None:
    (tmp_path / MANIFEST).write_text(line)
    if line == "{":
        assert read_manifest(tmp_path) == {}
    else:
        with pytest.raises(InputError):
            read_manifest(tmp_path)


def test_a_line_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    newer = json.dumps({**json.loads(entry("a.pdf").line()), "colour": "blue"})
    (tmp_path / MANIFEST).write_text(f"{newer}\n{entry('b.pdf').line()}")
    with pytest.raises(InputError, match=r"manifest\.jsonl:1: .* or that of a newer version"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("change", [{"pages": 7}, {"warnings": 3}, {"catalogue": "x"}, {"sha256": "1"}, {"source": "q.csv:1"}])
def test_a_line_that_was_changed_proves_nothing(tmp_path: Path, change: dict[str, object]) -> None:
    said = {**json.loads(entry("a.pdf").line()), **change}
    (tmp_path / MANIFEST).write_text(json.dumps(said) + "\n")
    assert read_manifest(tmp_path)["a.pdf"].state is State.MISSING


def test_zeros_of_a_power_cut_are_taken_away(tmp_path: Path) -> None:
    whole = entry("a.pdf").line()
    (tmp_path / MANIFEST).write_bytes(whole.encode() + entry("b.pdf").line().encode()[:20] + b"\0" * 50)
    append_entries(tmp_path, [entry("c.pdf")])
    assert (tmp_path / MANIFEST).read_text() == whole + entry("c.pdf").line()


def test_a_manifest_that_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / MANIFEST)
    with pytest.raises(InputError, match="this is not a regular file"):
        read_manifest(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_fifo_that_takes_its_place_meanwhile_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / MANIFEST).write_bytes(b"")
    really_open = os.open

    def swap(path: Path, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return really_open(path, flags)

    monkeypatch.setattr(regular_files.os, "open", swap)
    with pytest.raises(InputError, match="this is not a regular file"):
        read_manifest(tmp_path)


def test_a_run_leaves_nothing_hidden(tmp_path: Path) -> None:
    with OutFolder(tmp_path / "new").open() as entries:
        assert not entries
        assert len(names(tmp_path / "new")) == 2
    assert names(tmp_path / "new") == set()


def test_what_dead_runs_left_is_cleared_and_what_live_ones_need_is_not(tmp_path: Path) -> None:
    live = OutFolder(tmp_path)
    (tmp_path / ".handouts-run-dead").touch()
    (tmp_path / ".handouts-dead-x1").touch()
    (tmp_path / ".other").touch()
    with live.open():
        assert not (tmp_path / ".handouts-dead-x1").exists()
        assert not (tmp_path / ".handouts-run-dead").exists()
        mine = tmp_path / f".handouts-{live.token}-x2"
        mine.touch()
        with OutFolder(tmp_path).open():
            assert mine.exists()
        assert mine.exists()
        put(live, {"a.pdf": b"x"})
    assert names(tmp_path) == {".other", "a.pdf", MANIFEST}


def write_many(folder: Path, name: str) -> None:
    out = OutFolder(folder)
    with out.open():
        for number in range(40):
            put(out, {f"{name}-{number}.pdf": name.encode()})


def test_runs_at_the_same_time_keep_each_others_lines(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=write_many, args=(tmp_path, name)) for name in ("a", "b", "c")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert len(read_manifest(tmp_path)) == 120
    assert (tmp_path / MANIFEST).read_bytes() == b"".join(sorted_lines(tmp_path))
    assert not [name for name in names(tmp_path) if name.startswith(".")]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotWriteError), OutFolder(tmp_path / "file").open():
        pass
    with pytest.raises(CannotWriteError), OutFolder(tmp_path / "file" / "deeper").open():
        pass


def test_names_that_a_run_at_work_writes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_LINGERING", 0.1)
    with OutFolder(tmp_path).open({"a.pdf", "b.pdf"}):
        with OutFolder(tmp_path).open({"c.pdf"}):
            pass
        with pytest.raises(CannotWriteError, match="another batch at work in this folder"), OutFolder(tmp_path).open({"b.pdf"}):
            pass
        assert len(names(tmp_path)) == 2
    with OutFolder(tmp_path).open({"b.pdf"}):
        pass
    assert names(tmp_path) == set()


def test_hidden_files_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        with OutFolder(tmp_path).open():
            modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
            handle = OutFolder(tmp_path)
            with handle.locked():
                modes |= {stat.S_IMODE((tmp_path / ".handouts-lock").stat().st_mode)}
    finally:
        os.umask(before)
    assert modes == {0o664}


@pytest.mark.parametrize("name", [".handouts-lock", ".handouts-run-0123"])
def test_a_hidden_file_that_cannot_be_opened_is_named(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: Any, *words: Any) -> int:
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied")
        return real(path, *words)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(CannotWriteError, match=f"{name}: cannot write: not allowed here"), OutFolder(tmp_path, "0123").open():
        pass


def test_waiting_for_the_lock_is_told_once_and_a_signal_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_SILENCE", 0.05)
    told: list[str] = []
    with OutFolder(tmp_path).open(), OutFolder(tmp_path).locked():
        threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        begin = time.monotonic()
        with pytest.raises(KeyboardInterrupt), OutFolder(tmp_path, tell=told.append).open():
            pass
        assert time.monotonic() - begin < 1
    assert told == [f"{tmp_path}: waiting for another batch that is at work in this folder"]
    assert names(tmp_path) == set()


def test_a_run_that_is_ended_early_does_not_wait_for_the_lock(tmp_path: Path) -> None:
    begin = time.monotonic()
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack, OutFolder(tmp_path).open():
        stack.enter_context(OutFolder(tmp_path).locked())
        raise KeyboardInterrupt
    assert time.monotonic() - begin < 1
    assert names(tmp_path) == set(), "whoever holds the lock takes it away"
