"""Commands broken at their calls to the system: the old files or the whole new ones, one line, nothing hidden left.

A sample of the moments; `benchmarks/inject_faults.py` strikes at every one of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from injecting import FAULTS, Fault, each_moment, load_everything, read_files, run_struck
from scenes import SCENES, Stage, find_faults, set_stage

from handouts.batch import building

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
CHOSEN = ("make, a new name", "make -o --save --chart-note", "batch --merge, one process")
STRUCK = ("disk full from then on", "target open or locked", "nameless link refused", "SIGTERM after", "killed")
MOMENTS = 4  # of each, spread over the run


@pytest.fixture(scope="module", params=CHOSEN)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    load_everything()
    (scene,) = [scene for scene in SCENES if scene.name == request.param]
    folder = tmp_path_factory.mktemp("whole")
    return set_stage(scene, folder, tmp_path_factory.mktemp("scratch"))


def moments(stage: Stage, fault: Fault) -> Iterator[int]:
    """Some at the end, where files are put in place, the others spread."""
    every = list(each_moment(fault, stage.calls))
    spread = every[1 : -MOMENTS // 2 : max(1, len(every) // (MOMENTS // 2 + 1))]
    yield from dict.fromkeys([*spread, *every[-MOMENTS // 2 :]])


@pytest.mark.parametrize("name", STRUCK)
def test_old_or_whole_new(name: str, stage: Stage, tmp_path: Path) -> None:
    (fault,) = [fault for fault in FAULTS if fault.name == name]
    hits = 0
    for when in moments(stage, fault):
        folder = tmp_path / f"struck-{when}"
        folder.mkdir()
        stage.scene.prepare(folder)
        ended = run_struck(stage.scene.words, folder, tmp_path, fault, when)
        hits += ended.hit
        assert find_faults(stage, fault, ended, folder) == [], (when, ended.calls[-3:], ended.err)
    assert hits


def test_a_broken_batch_is_mended_by_resuming(tmp_path: Path) -> None:
    load_everything()
    (scene,) = [scene for scene in SCENES if scene.name == "batch --merge, one process"]
    (tmp_path / "whole").mkdir()
    stage = set_stage(scene, tmp_path / "whole", tmp_path)
    (fault,) = [fault for fault in FAULTS if fault.name == "killed after"]
    for when in range(3, len(stage.calls), len(stage.calls) // 4):
        folder = tmp_path / f"struck-{when}"
        folder.mkdir()
        scene.prepare(folder)
        assert run_struck(scene.words, folder, tmp_path, fault, when).code == -9
        assert run_struck(scene.again, folder, tmp_path).code == 0
        assert read_files(folder) == stage.after


@pytest.mark.parametrize(("most", "groups"), [(16, [3]), (2, [2, 1]), (1, [1, 1, 1])])
def test_the_order_outlasts_a_power_cut(tmp_path: Path, most: int, groups: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each group of handouts: their content on the disk, then their names, then their folder, then their lines."""
    monkeypatch.setattr(building, "MOST_TOGETHER", most)
    monkeypatch.setattr(building, "_LONGEST", 60.0)
    load_everything()
    (scene,) = [scene for scene in SCENES if scene.name == "batch, one process"]
    scene.prepare(tmp_path)
    steps = run_struck(scene.words, tmp_path, tmp_path.parent).steps
    names = iter(("p-001.pdf", "p-002.pdf", "p-003.pdf"))
    begun = steps.index("fsync file") + 1  # the manifest, where all are missing
    assert steps[begun - 2].startswith("write")
    for count in groups:
        placed = [steps.index(f"replace {name}") for name in islice(names, count)]
        noted = steps.index("open manifest.jsonl", placed[-1])
        before, between, after = steps[begun : placed[0]], steps[placed[-1] : noted], steps[noted:]
        assert count == before.count("fsync file") == sum(step.startswith("write") for step in before)
        assert not [step for step in steps[placed[0] : noted] if "write" in step or step == "fsync file"]
        assert between.count("fsync folder") == 1
        begun = noted + after.index("fsync file") + 1
        assert [step.split()[0] for step in steps[noted:begun]] == ["open", "write", "fsync"]
    assert steps[-1].startswith("unlink"), "what is hidden goes last"
    assert [step for step in steps if "fsync" in step or "replace" in step][-3:] == [
        "fsync file",
        "replace manifest.jsonl",
        "fsync folder",
    ]
