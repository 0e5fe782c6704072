"""Watches one target at work: what it raises, how long it takes and what it holds; each find is kept once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fuzzing.arena import MOST_BYTES, MOST_SECONDS

_PROJECT = str(Path(__file__).resolve().parents[1] / "handouts")


@dataclass(slots=True)
class Watch:
    """Runs `target` on input after input and writes finds to `folder`, with the count and the worst of all runs.

    Time is the processor's, so that others at work on the machine do not count; what waits for ever is ended from outside.

    `slack`: how many times slower the target runs than it would alone; what is found here is tried again without it.
    """

    target: Callable[[bytes], None]
    folder: Path
    slack: float = 1.0
    count: int = 0
    worst_s: float = 0.0
    most_more: int = 0  # bytes of memory that one run held more than those before it
    seen: set[str] = field(default_factory=set)
    _said: float = 0.0

    def run(self, content: bytes) -> None:
        """Run the target once; nothing is raised."""
        before = peak_memory()
        start = time.process_time()
        trouble = find_trouble(self.target, content)
        seconds = time.process_time() - start
        more = peak_memory() - before
        self.count += 1
        self.worst_s, self.most_more = max(self.worst_s, seconds), max(self.most_more, more)
        if trouble is None and seconds > MOST_SECONDS * self.slack:
            trouble = "slow"
        if trouble is None and more > MOST_BYTES:
            trouble = "large"
        if trouble is not None and trouble not in self.seen:
            self.seen.add(trouble)
            (self.folder / name_of(content)).write_bytes(content)
            (self.folder / f"{name_of(content)}.why").write_text(f"{trouble}\n", encoding="utf-8")
        if time.monotonic() - self._said > 1:
            self.say()

    def say(self) -> None:
        """Write the count and the worst so far to `folder`, for whoever started this."""
        self._said = time.monotonic()
        said = {"count": self.count, "worst_s": self.worst_s, "most_more": self.most_more, "peak": peak_memory()}
        (self.folder / "state.json").write_text(json.dumps(said), encoding="utf-8")


def find_trouble(target: Callable[[bytes], None], content: bytes) -> str | None:
    """What the target raises, with the place of ours that it was raised from: equal for equal faults; None where it ends well."""
    try:
        target(content)
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if frame.filename.startswith(_PROJECT)]
        at = (ours or frames)[-1]
        return f"{type(error).__name__} in {Path(at.filename).name}:{at.name}:{at.lineno}"
    return None


def peak_memory() -> int:
    """The most memory that this process has held, in bytes.

    Why of Linux itself: what `getrusage` says begins with what the process held that started this one.
    """
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def name_of(content: bytes) -> str:
    """The name of a case: of its content only."""
    return f"{hashlib.sha256(content).hexdigest()[:12]}.case"
