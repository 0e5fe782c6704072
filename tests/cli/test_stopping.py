"""A signal ends the program as Ctrl-C does: one line, its exit code, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.conftest import files_in
from handouts.cli.interrupting import StoppedError, stoppable

SENT_WHILE_WRITING = """
import os, signal, sys
from handouts.cli import main
calls, real = [], os.fsync
def fsync(handle):
    real(handle)
    calls.append(handle)
    if len(calls) == {when}:
        os.kill(os.getpid(), signal.{name})
os.fsync = fsync
sys.exit(main(sys.argv[1:]))
"""
MAKE = ("make", "--routine", "five-minute")


def run_until(name: str, when: int, *words: str) -> subprocess.CompletedProcess[str]:
    code = SENT_WHILE_WRITING.format(name=name, when=when)
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs POSIX signals")
@pytest.mark.parametrize(
    ("name", "code", "said"), [("SIGTERM", 143, "terminated"), ("SIGHUP", 129, "hung up"), ("SIGINT", 130, "interrupted")]
)
@pytest.mark.parametrize("words", [MAKE, (*MAKE, "-o", "x.pdf", "--save", "x.yaml"), ("init", "mine")])
@pytest.mark.parametrize("when", [1, 2])
def test_nothing_is_left(name: str, code: int, said: str, words: tuple[str, ...], when: int, folder: Path) -> None:
    if words == MAKE and when == 2:
        pytest.skip("writes one file")
    (folder / "x.pdf").write_text("the last good one")
    done = run_until(name, when, *words)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert done.stderr.splitlines()[-1] == said
    assert "Traceback" not in done.stderr
    assert files_in(folder) == ["x.pdf"]
    assert not (folder / "mine").exists()
    assert (folder / "x.pdf").read_text() == "the last good one"


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs POSIX signals")
@pytest.mark.parametrize(("name", "raised"), [("SIGTERM", StoppedError), ("SIGHUP", StoppedError), ("SIGINT", KeyboardInterrupt)])
def test_a_signal_that_comes_while_nothing_can_be_raised_is_not_lost(
    name: str, raised: type[BaseException], capfd: pytest.CaptureFixture[str]
) -> None:
    class Dying:
        def __del__(self) -> None:
            os.kill(os.getpid(), getattr(signal, name))
            time.sleep(0)  # here it would be raised

    def die_and_wait() -> None:
        with stoppable():
            Dying()
            end = time.monotonic() + 5
            while time.monotonic() < end:
                time.sleep(0.001)

    with pytest.raises(raised):
        die_and_wait()
    assert capfd.readouterr().err == ""
