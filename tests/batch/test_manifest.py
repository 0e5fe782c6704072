"""The manifest survives crashes, other runs and other people's files; the folder is left clean."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from handouts.batch.folder import OutFolder
from handouts.batch.manifest import MANIFEST, Entry, State, append_entries, read_manifest, sorted_lines
from handouts.errors import CannotWriteError, InputError


def entry(output: str, state: State = State.DONE, sha256: str | None = "0") -> Entry:
    return Entry(output=output, state=state, source="p.csv:2", program="1", input="i", sha256=sha256, warnings=0)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_later_line_counts_and_the_keys_are_sorted(tmp_path: Path) -> None:
    append_entries(tmp_path, [entry("b.pdf", State.MISSING, None), entry("a.pdf", State.MISSING, None)])
    append_entries(tmp_path, [entry("b.pdf")])
    entries = read_manifest(tmp_path)
    assert {name: each.state for name, each in entries.items()} == {"b.pdf": "done", "a.pdf": "missing"}
    lines = sorted_lines(entries).decode().splitlines()
    assert [json.loads(line)["output"] for line in lines] == ["a.pdf", "b.pdf"]
    assert all(list(json.loads(line)) == sorted(json.loads(line)) for line in lines)


@pytest.mark.parametrize("cut", range(1, 20, 3))
def test_a_torn_line_is_passed_over_and_closed(tmp_path: Path, cut: int) -> None:
    whole = entry("a.pdf").line() + entry("b.pdf").line()
    (tmp_path / MANIFEST).write_text(whole[:-cut])
    assert list(read_manifest(tmp_path)) == (["a.pdf", "b.pdf"] if cut == 1 else ["a.pdf"])
    append_entries(tmp_path, [entry("c.pdf")])
    assert "c.pdf" in read_manifest(tmp_path)


@pytest.mark.parametrize("garbage", ["null", "[]", "3", '{"output": 3}', '{"output": "x", "state": "?"}', "\u0000", "[" * 5000])
def test_lines_that_are_no_entries_are_passed_over(tmp_path: Path, garbage: str) -> None:
    (tmp_path / MANIFEST).write_text(f"{garbage}\n{entry('a.pdf').line()}")
    assert list(read_manifest(tmp_path)) == ["a.pdf"]


def test_another_file_of_this_name_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("shopping\nlist\n")
    with pytest.raises(InputError, match="not the manifest of a batch"), OutFolder(tmp_path).open():
        pass
    assert (tmp_path / MANIFEST).read_text() == "shopping\nlist\n"
    assert names(tmp_path) == {MANIFEST}


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
        live.put(b"x", entry("a.pdf"))
    assert names(tmp_path) == {".other", "a.pdf", MANIFEST}


def write_many(folder: Path, name: str) -> None:
    out = OutFolder(folder)
    with out.open():
        for number in range(40):
            out.put(name.encode(), entry(f"{name}-{number}.pdf"))


def test_runs_at_the_same_time_keep_each_others_lines(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=write_many, args=(tmp_path, name)) for name in ("a", "b", "c")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert len(read_manifest(tmp_path)) == 120
    assert (tmp_path / MANIFEST).read_bytes() == sorted_lines(read_manifest(tmp_path))
    assert not [name for name in names(tmp_path) if name.startswith(".")]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotWriteError), OutFolder(tmp_path / "file").open():
        pass
    with pytest.raises(CannotWriteError), OutFolder(tmp_path / "file" / "deeper").open():
        pass
