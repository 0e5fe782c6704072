"""Runs a target on one input again, in a process of its own, as it would be in the program."""

from __future__ import annotations

import os
import signal
import sys
import time

from fuzzing.arena import MOST_BYTES, MOST_SECONDS
from fuzzing.targets import TARGETS
from fuzzing.watching import find_trouble

_HUNG = 10 * MOST_SECONDS


def replay_alone(name: str, content: bytes) -> str | None:
    """What is wrong with what the target does; None where nothing is."""
    for seed in TARGETS[name].seeds():  # loads what is loaded late
        find_trouble(TARGETS[name].run, seed)
        break
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        trouble = find_trouble(TARGETS[name].run, content)
        os.write(writing, (trouble or "").encode())
        os._exit(0)
    os.close(writing)
    start = time.perf_counter()
    while not (ended := os.wait4(child, os.WNOHANG))[0]:
        if time.perf_counter() - start > _HUNG:
            os.kill(child, signal.SIGKILL)
            os.wait4(child, 0)
            os.close(reading)
            return "it hangs"
        time.sleep(0.001)
    seconds = ended[2].ru_utime + ended[2].ru_stime
    with os.fdopen(reading, "rb") as stream:
        trouble = stream.read().decode()
    if os.waitstatus_to_exitcode(ended[1]):
        return f"the process ended with {os.waitstatus_to_exitcode(ended[1])}"
    if trouble:
        return trouble
    if seconds > MOST_SECONDS:
        return f"it took {seconds:.1f} s"
    held = ended[2].ru_maxrss * 1024
    return f"it held {held / 1e6:.0f} MB" if held > MOST_BYTES and sys.platform == "linux" else None
