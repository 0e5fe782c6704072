"""Breaks each command that writes at its calls to the system, in each way, and looks at what it leaves.

python benchmarks/inject_faults.py [PART_OF_A_NAME]

It strikes at each call; of a command with more than 60 (`init` has 226) at a sample of 60, from the first to the last.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from injecting import FAULTS, Fault, each_moment, load_everything, read_files, run_struck
from scenes import SCENES, Stage, find_faults, set_stage

_MOST_TOLD = 60
_MOST_MOMENTS = 60  # of a scene and a fault


def strike_all(stage: Stage, fault: Fault, scratch: Path, wrong: list[str]) -> str:
    """The line of the table for a scene and a fault."""
    codes: Counter[int] = Counter()
    bad = missed = 0
    seconds = memory = 0.0
    for when in _sample(list(each_moment(fault, stage.calls))):
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


def _sample(moments: Sequence[int]) -> Sequence[int]:
    """All of them, or some from the first to the last, evenly spread."""
    if len(moments) <= _MOST_MOMENTS:
        return moments
    return [moments[number * (len(moments) - 1) // (_MOST_MOMENTS - 1)] for number in range(_MOST_MOMENTS)]


def _check_unchanged(stage: Stage, scratch: Path) -> None:
    """End where the program writes something else than at the beginning: it was changed meanwhile, and no count is true."""
    again = scratch / "again"
    again.mkdir()
    now = set_stage(stage.scene, again, scratch).after
    drawn = stage.scene.drawn
    if {name: now[name] for name in now if name not in drawn} != {
        name: stage.after[name] for name in stage.after if name not in drawn
    }:
        raise SystemExit(f"{stage.scene.name}: the program was changed while this ran; run it again")


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
            _check_unchanged(stage, scratch)
    print("\n".join(wrong[:_MOST_TOLD]))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
