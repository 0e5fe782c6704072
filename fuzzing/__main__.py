"""`python -m fuzzing --minutes 5`: fuzzes each target for so long, one after the other, and prints what came of it.

A find that is confirmed without instrumentation is written to tests/cases/found/TARGET, where a test replays it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fuzzing.replaying import replay_alone
from fuzzing.targets import FOUND, TARGETS
from fuzzing.watching import name_of

_GRACE = 90  # seconds a session may take to begin and end
_KEPT = Path("out") / "fuzzing"  # what libFuzzer has learnt, kept between runs
_ENDED = ("crash-", "timeout-", "oom-")  # how libFuzzer names the input at which the process was ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What came of one target: runs, the worst of them under instrumentation, and what was found and confirmed."""

    target: str
    runs: int
    worst_s: float
    peak: int
    finds: tuple[str, ...]


def main() -> int:
    """Fuzz; 1 where something was found, 2 without atheris."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5, help="for each target")
    parser.add_argument("--target", action="append", choices=list(TARGETS), help="may be repeated; all if left out")
    parser.add_argument("--corpus", type=Path, default=_KEPT, help="where inputs that reach new code are kept")
    asked = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("atheris is not installed: pip install 'handouts[fuzz]'", file=sys.stderr)
        return 2
    print("| target | runs | slowest run | most memory | found |\n|---|---|---|---|---|")
    sessions = []
    for name in asked.target or TARGETS:
        session = fuzz(name, asked.minutes * 60, asked.corpus / name)
        sessions.append(session)
        line = f"| {name} | {session.runs:,} | {session.worst_s:.2f} s | {session.peak / 1e6:.0f} MB | {len(session.finds)} |"
        print(line, flush=True)
    for session in sessions:
        for find in session.finds:
            print(f"found in {session.target}: {find}")
    return int(any(session.finds for session in sessions))


def fuzz(name: str, seconds: float, corpus: Path) -> Session:
    """Fuzz one target in a process of its own, then confirm what it found."""
    corpus.mkdir(parents=True, exist_ok=True)
    for content in TARGETS[name].seeds():
        (corpus / name_of(content)).write_bytes(content)
    folder = Path(tempfile.mkdtemp(prefix=f"finds-{name}-"))
    try:
        words = [sys.executable, "-m", "fuzzing.session", name, str(int(seconds)), str(corpus), str(folder)]
        with (folder / "log").open("wb") as log, contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(words, stdout=log, stderr=subprocess.STDOUT, timeout=seconds + _GRACE, check=False)
        state = folder / "state.json"
        said: dict[str, Any] = json.loads(state.read_text()) if state.exists() else {"count": 0, "worst_s": 0.0, "peak": 0}
        if not said["count"]:
            print((folder / "log").read_text(errors="replace")[-2000:], file=sys.stderr)
        finds = tuple(_confirm(name, folder))
        return Session(target=name, runs=said["count"], worst_s=said["worst_s"], peak=said["peak"], finds=finds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _confirm(name: str, folder: Path) -> Iterator[str]:
    """What each find does without instrumentation; those that still are one become cases."""
    candidates = [path for path in sorted(folder.iterdir()) if path.suffix == ".case" or path.name.startswith(_ENDED)]
    for path in candidates:
        content = path.read_bytes()
        trouble = replay_alone(name, content)
        if trouble is not None:
            kept = FOUND / name / name_of(content)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
            yield f"{trouble} ({kept.relative_to(FOUND.parents[2])})"


if __name__ == "__main__":
    sys.exit(main())
