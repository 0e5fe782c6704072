"""A batch ends quickly and cleanly on signals, and goes on when a process of it dies."""

from __future__ import annotations

import contextlib
import inspect
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.conftest import Run, files_in
from handouts.batch.building import Outcome
from handouts.cli.batch_report import Report
from handouts.errors import Place

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs POSIX signals")
ROWS = 400


@pytest.fixture
def patients(folder: Path) -> Path:
    (folder / "handouts.yaml").write_text("country: gb\n")
    rows = [f"Patient {number},cat-cow,flexion" for number in range(ROWS)]
    (folder / "p.csv").write_text("patient,exercises,profile\n" + "\n".join(rows) + "\n")
    return folder


def start(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "handouts", "batch", "p.csv", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def wait_for(folder: Path, count: int) -> None:
    end = time.monotonic() + 30
    while len(list(folder.glob("out/*.pdf"))) < count:
        assert time.monotonic() < end
        time.sleep(0.01)


def states(folder: Path) -> list[str]:
    return [json.loads(line)["state"] for line in (folder / "out/manifest.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(
    ("name", "code", "said", "jobs", "whole"),
    [
        ("SIGINT", 130, "interrupted", "2", True),
        ("SIGINT", 130, "interrupted", "1", False),
        ("SIGTERM", 143, "terminated", "2", False),
        ("SIGHUP", 129, "hung up", "2", True),
    ],
)
def test_a_signal_ends_it_at_once(patients: Path, name: str, code: int, said: str, jobs: str, whole: bool) -> None:
    """`whole`: every process gets the signal, as from a terminal."""
    process = start("--jobs", jobs)
    wait_for(patients, 5)
    begin = time.monotonic()
    (os.killpg if whole else os.kill)(process.pid, getattr(signal, name))
    out, err = process.communicate()
    assert time.monotonic() - begin < 1
    assert process.returncode == code, err
    assert err.splitlines()[-1] == said
    assert "Traceback" not in err
    names = files_in(patients / "out")
    assert not [each for each in names if each.startswith(".")]
    assert states(patients).count("done") == len(names) - 1 < ROWS
    assert states(patients).count("missing") == ROWS - len(names) + 1
    assert set(out.splitlines()) <= {f"out/{each}" for each in names}
    assert re.search(r"handouts batch: stopped: \d+ written, \d+ not come to \(build the rest: --resume\)", err)
    for each in names[:-1]:
        if each.endswith(".pdf"):
            assert (patients / "out" / each).read_bytes().rstrip().endswith(b"%%EOF")


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux")
def test_a_process_that_is_killed_loses_its_handout_only(patients: Path) -> None:
    process = start("--jobs", "2")
    for count in (5, 40):
        wait_for(patients, count)
        os.kill(children(process.pid)[1], signal.SIGINT)  # Ctrl-C is for the first process to mind
        os.kill(children(process.pid)[0], signal.SIGKILL)
    _, err = process.communicate()
    failed = [line for line in err.splitlines() if line.startswith("failed: ")]
    assert process.returncode == 6
    assert len(failed) == 2
    assert all("the process that was building it was killed, or had no memory left" in line for line in failed)
    assert states(patients).count("failed") == 2
    assert states(patients).count("done") == ROWS - 2
    again = start("--jobs", "1", "--resume")
    assert len(again.communicate()[0].splitlines()) == 2
    assert states(patients) == ["done"] * ROWS


def test_what_was_written_out_of_order_is_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(Path("out"), merging=False)
    with contextlib.suppress(KeyboardInterrupt), report.building(3):
        report.take_outcome(Outcome(number=2, output="c.pdf", place=Place(file="c.yaml")))
        assert capsys.readouterr().out == "", "what comes before it may still come"
        raise KeyboardInterrupt
    said = capsys.readouterr()
    assert said.out == "out/c.pdf\n"
    assert "stopped: 1 written, 2 not come to" in said.err


def test_processes_that_start_anew_build_the_same(patients: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where processes are not forked: everything reaches them as a copy."""
    (patients / "p.csv").write_text("patient,exercises,profile\n" + "A. Sample,cat-cow,flexion\n" * 4)
    assert run("batch", "p.csv", "--jobs", "1", "--out", "one").code == 0
    monkeypatch.setattr("handouts.batch.processes.sys", SimpleNamespace(platform="elsewhere"))
    assert run("batch", "p.csv", "--jobs", "2", "--out", "two").code == 0
    for name in files_in(patients / "one"):
        assert (patients / "one" / name).read_bytes() == (patients / "two" / name).read_bytes()


def test_a_log_gets_lines_and_not_one_for_each_file(patients: Path) -> None:
    out, err = start("--jobs", "2").communicate()
    assert len(out.splitlines()) == ROWS
    lines = err.splitlines()
    assert lines[-1] == f"handouts batch: {ROWS} written"
    assert 2 <= len(lines) <= 20
    assert re.fullmatch(rf"handouts batch: \d+ of {ROWS}, [\d.]+ a second, (\d+ min )?\d+ s left", lines[0])


def test_a_terminal_gets_a_bar_with_rate_and_time_left(patients: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "handouts", "batch", "p.csv", "--jobs", "2"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    paths = b""
    while process.poll() is None or select.select([ours], [], [], 0)[0]:
        ready, _, _ = select.select([ours, process.stdout], [], [], 0.1)
        try:
            shown += os.read(ours, 65536) if ours in ready else b""
        except OSError:
            break
        if process.stdout in ready and process.stdout is not None:
            paths += os.read(process.stdout.fileno(), 65536)
    assert process.stdout is not None
    paths += process.stdout.read()
    os.close(ours)
    process.stdout.close()
    assert process.wait() == 0
    assert len(paths.splitlines()) == ROWS, "the bar takes nothing from stdout"
    plain = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", shown).decode()
    assert re.search(rf"\d+/{ROWS} +\d+% +[\d.]+/s +\d:\d\d:\d\d", plain)
    assert f"handouts batch: {ROWS} written" in plain


def test_nobody_reading_stdout_does_not_end_it(patients: Path) -> None:
    process = start("--jobs", "2")
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0, err
    assert states(patients) == ["done"] * ROWS


def test_ctrl_c_while_the_program_is_loaded_is_one_line() -> None:
    class Interrupting:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "handouts.cli":
                raise KeyboardInterrupt

    program = f"import sys\n{textwrap.dedent(inspect.getsource(Interrupting))}\nsys.meta_path.insert(0, Interrupting)\n"
    program += "from handouts.__main__ import run\nsys.exit(run())"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "interrupted\n")
