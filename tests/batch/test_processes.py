"""Processes that build, and the one they serve, never wait for each other for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_LONG = 200_000  # bytes that no pipe holds
_BUILDS = """
import sys, time
from handouts.batch.building import Order, Outcome
from handouts.batch.processes import build_in_processes
from handouts.errors import Place

asked, told = map(int, sys.argv[1:])

class Folder:
    def serve(self, parent):
        pass

class Builder:
    folder = Folder()
    def build(self, orders):
        for order in orders:
            yield [Outcome(number=order.number, output="x.pdf", place=Place(file="t.csv"), warnings=("w" * told,))]

orders = [Order(number=number, job=bytes(asked)) for number in range(400)]
outcomes = build_in_processes(orders, Builder(), 2, print)
"""


@pytest.mark.parametrize(("asked", "told"), [(_LONG // 16, _LONG // 16), (_LONG // 16, 10), (10, _LONG // 16), (10, 10)])
def test_much_to_ask_and_much_to_tell(asked: int, told: int) -> None:
    """While a process waits until what it tells is read, nobody waits to tell it more."""
    program = f"{_BUILDS}print(sorted(outcome.number for outcome in outcomes) == list(range(400)))"
    ran = subprocess.run(
        [sys.executable, "-c", program, str(asked), str(told)], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout == "True\n"


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux")
def test_a_process_whose_words_nobody_reads_any_more_ends() -> None:
    """The first process is killed while others wait until what they tell is read."""
    program = f"{_BUILDS}next(outcomes); print('begun', flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", program, "10", str(_LONG)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.5)  # they tell until their pipes are full
    children = list(map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()))
    assert len(children) == 2
    process.kill()
    process.wait()
    end = time.monotonic() + 20
    try:
        while any(map(is_alive, children)):
            assert time.monotonic() < end, "it waits for ever"
            time.sleep(0.05)
    finally:
        for child in filter(is_alive, children):
            os.kill(child, signal.SIGKILL)
        process.stdout.close()


def is_alive(number: int) -> bool:
    """Whether the process is there and has not ended."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"
