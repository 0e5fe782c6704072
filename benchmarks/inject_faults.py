"""Breaks each command that writes at each of its calls to the system, in each way, and looks at what it leaves.

python benchmarks/inject_faults.py [PART_OF_A_NAME]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from injecting import FAULTS, Fault, each_moment, load_everything, read_files, run_struck
from scenes import SCENES, Stage, find_faults, set_stage

_MOST_TOLD = 60


def strike_all(stage: Stage, fault: Fault, scratch: Path, wrong: list[str]) -> str:
    """The line of the table for a scene and a fault, struck at every call."""
    codes: Counter[int] = Counter()
    bad = missed = 0
    seconds = memory = 0.0
    for when in each_moment(fault, stage.calls):
        folder = scratch / "struck"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        stage.scene.prepare(folder)
        ended = run_struck(stage.scene.words, folder, scratch, fault, when)
        missed += not ended.hit
        codes[ended.code] += 1
        seconds, memory = max(seconds, ended.seconds), max(memory, ended.memory)
        faults = find_faults(stage, fault, ended, folder)
        if stage.scene.again:
            again = run_struck(stage.scene.again, folder, scratch)
            mended = read_files(folder)
            if again.code or mended != stage.after:
                differ = sorted(name for name in {*mended, *stage.after} if mended.get(name) != stage.after.get(name))
                faults.append(f"--resume does not mend it: {again.code} {differ}")
        bad += bool(faults)
        wrong += [f"{stage.scene.name}, {fault.name}, call {when}: {each}" for each in faults]
    told = " ".join(f"{code}:{count}" for code, count in sorted(codes.items()))
    struck = sum(codes.values()) - missed
    return f"{stage.scene.name:<28} {fault.name:<26} {struck:>5} {bad:>5} {seconds:>6.2f} {memory / 1e6:>6.0f}  {told}"


def main() -> None:
    """Print the table, then what was wrong; exit code 1 when there was anything."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    load_everything()
    wrong: list[str] = []
    print(f"{'command':<28} {'fault':<26} {'count':>5} {'wrong':>5} {'s':>6} {'MB':>6}  exit codes")
    for scene in SCENES:
        if wanted not in scene.name:
            continue
        with tempfile.TemporaryDirectory() as name:
            scratch = Path(name)
            (scratch / "whole").mkdir()
            stage = set_stage(scene, scratch / "whole", scratch)
            for fault in FAULTS:
                print(strike_all(stage, fault, scratch, wrong), flush=True)
    print("\n".join(wrong[:_MOST_TOLD]))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
