"""A process that is killed or has no memory left is told in one line; nothing hangs, nothing that was made is lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

import pytest
from illustrate.posing import SQUAT, make_workspace

from cli.conftest import Run, files_in
from handouts.batch import building
from handouts.errors import NO_MEMORY, CannotPrintError, Place, Problem
from handouts.illustrate import studio
from handouts.measured import UnreadablePdfError
from handouts.measuring import apart

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
MAKE = ("make", "--routine", "five-minute")


@pytest.fixture
def table(folder: Path) -> Path:
    (folder / "handouts.yaml").write_text("country: gb\n")
    (folder / "p.csv").write_text("patient,exercises,profile\n" + "Maria Santos,cat-cow,flexion\n" * 4)
    return folder


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux")
def test_a_drawing_process_that_is_killed_ends_the_drawing(folder: Path) -> None:
    make_workspace(folder / "clinic", squat=SQUAT)
    command = [sys.executable, "-m", "handouts", "figure", "draw", "--workspace", "clinic", "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")  # forks that draw, and nothing else
    end = time.monotonic() + 30
    while len(found := children.read_text().split()) < 2:
        assert time.monotonic() < end
        time.sleep(0.01)
    os.kill(int(found[0]), signal.SIGKILL)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (4, "")
    assert err == "a process that was drawing was killed, or had no memory left (draw what is missing: --jobs 1)\n"
    assert not [name for name in files_in(folder) if "/." in name or name.endswith(".json")]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CannotPrintError(Problem(message="no pose", place=Place(file="squat.yaml"))), 4, "squat.yaml: no pose\n"),
        (MemoryError(), 4, f"{NO_MEMORY}\n"),
    ],
)
def test_what_goes_wrong_where_a_drawing_process_begins_is_told_as_that(
    error: Exception, code: int, said: str, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(folder / "clinic", squat=SQUAT)
    really_begin, here = studio.Studio.__init__, os.getpid()

    def begin(self: studio.Studio, *how: Any) -> None:
        if os.getpid() != here:
            raise error
        really_begin(self, *how)

    monkeypatch.setattr(studio.Studio, "__init__", begin)
    monkeypatch.setattr(sys, "platform", "linux")  # forks have what is patched here
    ran = run("figure", "draw", "--workspace", "clinic", "--jobs", "2")
    assert (ran.code, ran.out, ran.err) == (code, "", said)


def test_other_processes_outlast_the_drawing(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    make_workspace(folder / "clinic", squat=SQUAT)
    monkeypatch.setattr(studio.Studio, "draw", lambda *_, **__: [])
    other = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    other.start()
    try:
        assert run("figure", "draw", "--workspace", "clinic", "--jobs", "2").code == 0
        other.join(0.5)
        assert other.is_alive()
    finally:
        other.kill()
        other.join()


def test_a_measuring_process_that_is_killed_is_not_the_fault_of_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "x.pdf").write_bytes(b"%PDF-1.7")
    with apart.Meter() as meter:

        def kill(*_: object) -> None:
            assert meter._worker is not None
            meter._worker.kill()

        monkeypatch.setattr(apart, "send", kill)
        with pytest.raises(UnreadablePdfError, match="was killed, or had no memory left: check it again"):
            meter.measure(folder / "x.pdf")
        monkeypatch.undo()
        with pytest.raises(UnreadablePdfError, match="damaged"):
            meter.measure(folder / "x.pdf")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_no_memory_in_a_batch_is_told_for_each(table: Path, run: Run, monkeypatch: pytest.MonkeyPatch, jobs: str) -> None:
    def fail(*_: Any, **__: Any) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(building, "make_handout", fail)
    ran = run("batch", "p.csv", "--jobs", jobs)
    assert (ran.code, ran.out) == (4, "")
    assert ran.lines[0].startswith("p.csv:2: there is not enough memory (build it again: --resume --jobs 1)")
    assert files_in(table / "out") == ["manifest.jsonl"]


def test_a_process_that_gets_no_order_is_not_waited_for(table: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    really_send, here = Connection.send, os.getpid()

    def send(connection: Connection, what: object) -> None:
        if os.getpid() == here:
            raise OSError
        really_send(connection, what)

    monkeypatch.setattr(Connection, "send", send)
    ran = run("batch", "p.csv", "--jobs", "2")
    assert (ran.code, ran.out) == (1, "")
    assert ran.lines[-1].startswith("failed: p.csv:5: the process that was building it was killed")


def test_an_error_that_nothing_expected_does_not_show_whose_handout_it_was(
    table: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> NoReturn:
        raise RuntimeError("Maria Santos")

    monkeypatch.setattr(building.Builder, "build", fail)
    ran = run("batch", "p.csv", "--jobs", "2")
    assert (ran.code, ran.out) == (1, "")
    assert "Maria" not in ran.err
    assert "Traceback" not in ran.err
    assert ran.err.count("failed: ") == 4


def test_files_of_another_time_are_not_built_again(table: Path, run: Run) -> None:
    """The clock may have been set back: what is done is proven by hashes, never by times."""
    assert run("batch", "p.csv", "--jobs", "1").code == 0
    for moment, name in enumerate(files_in(table)):
        os.utime(table / name, (moment * 2_000_000_000, moment * 2_000_000_000))
    ran = run("batch", "p.csv", "--jobs", "1", "--resume")
    assert (ran.code, ran.out, ran.err) == (0, "", "handouts batch: 0 written, 4 unchanged\n")


def test_several_at_once_on_one_target_and_on_new_names(table: Path) -> None:
    command = [sys.executable, "-m", "handouts", *MAKE]
    both = [subprocess.Popen([*command, *words], stderr=subprocess.PIPE) for words in ((), (), ("-o", "x.pdf"), ("-o", "x.pdf"))]
    for process in both:
        _, err = process.communicate()
        assert (process.returncode, err) == (0, b"")
    names = [name for name in files_in(table) if name.endswith(".pdf") or "/." in f"/{name}"]
    assert names == ["handout-2.pdf", "handout.pdf", "x.pdf"]
    assert len({(table / name).read_bytes() for name in names}) == 1
