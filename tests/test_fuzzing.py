"""What fuzzing has found stays mended, its targets take what is sound, and it notices what it is there to notice."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fuzzing import watching
from fuzzing.arena import MOST_SECONDS, Ran
from fuzzing.targets import FOUND, TARGETS, UnclearError, check_clear
from fuzzing.watching import Watch, find_trouble, name_of
from handouts.errors import Problem

CASES = sorted(FOUND.glob("*/*.case"))


def test_there_are_cases() -> None:
    assert {path.parent.name for path in CASES} >= {"csv", "check"}
    assert {path.parent.name for path in CASES} <= set(TARGETS)
    assert all(path.name == name_of(path.read_bytes()) for path in CASES)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_was_found_stays_mended(path: Path) -> None:
    start = time.process_time()
    assert find_trouble(TARGETS[path.parent.name].run, path.read_bytes()) is None
    assert time.process_time() - start < MOST_SECONDS


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_its_samples(name: str) -> None:
    seeds = list(TARGETS[name].seeds())
    assert len(seeds) >= 4
    assert [find_trouble(TARGETS[name].run, content) for content in (*seeds, b"", b"\0")] == [None] * (len(seeds) + 2)


def raise_it(content: bytes) -> None:
    if content.startswith(b"bad"):
        raise KeyError(content)


def take_long(content: bytes) -> None:
    end = time.process_time() + 0.02 * len(content)
    while time.process_time() < end:
        pass


def take_nothing(content: bytes) -> None:
    """Ends well."""


@pytest.mark.parametrize(("target", "found"), [(raise_it, "KeyError in "), (take_long, "slow"), (take_nothing, "large")])
def test_each_kind_of_find_is_kept_once(
    target: Callable[[bytes], None], found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = iter([5, 6, 6, 400_000_006, 400_000_006, 900_000_000])  # before and after each run
    monkeypatch.setattr(watching, "MOST_SECONDS", 0.1)
    monkeypatch.setattr(watching, "peak_memory", lambda: next(held) if target is take_nothing else 5)
    watch = Watch(target=target, folder=tmp_path, _said=float("inf"))
    for content in (b"", b"bad input", b"bad too"):
        watch.run(content)
    assert watch.count == 3
    (why,) = tmp_path.glob("*.why")
    assert why.read_text().startswith(found)
    assert (tmp_path / name_of(b"bad input")).read_bytes() == b"bad input"


@pytest.mark.parametrize("message", ["a\nb", "", "x" * 3000])
def test_a_problem_that_cannot_be_read_is_a_find(message: str) -> None:
    with pytest.raises(UnclearError):
        check_clear(Problem(message=message))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"code": None}, ["hung"]),
        ({"code": 1, "err": "bug: KeyError"}, ["exit 1: bug: KeyError", "a traceback or a bug"]),
        ({"code": -9, "err": "x"}, ["exit -9: x"]),
        ({"code": 3}, ["refused without a word"]),
        ({"code": 3, "err": "x\n" * 300}, ["told in 300 lines"]),
        ({"code": 3, "err": "x" * 3000}, ["told in a line of 3000 characters"]),
        ({"code": 3, "err": "x", "left": ("x.pdf",)}, ["refused, and left x.pdf"]),
        ({"left": ("out/.handouts-1",)}, ["left a file that is not whole"]),
        ({"seconds": 2.5}, ["took 2.5 s"]),
        ({"memory": 400_000_000}, ["held 400 MB"]),
    ],
)
def test_an_attack_that_gets_through_is_noticed(changes: dict[str, object], told: list[str]) -> None:
    ran = Ran(**{"code": 0, "out": "", "err": "", "made": {}, "left": (), "seconds": 0.1, "memory": 10_000_000, **changes})
    assert ran.troubles() == told


def test_one_command_prints_the_table_of_attacks() -> None:
    names = ("files: patient: bidi override", "options: title: markup of links", "request: alias bomb", "dry run: 10 GB")
    words = [sys.executable, "-m", "fuzzing.attacks", *names]
    done = subprocess.run(words, cwd=FOUND.parents[2], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    head, _, *rows = done.stdout.splitlines()
    assert head == "| attacks | count | done | refused | open | worst time | worst memory |"
    kinds = ["text in options", "text in request files", "YAML: request", "CSV: dry run"]
    assert [row.strip("| ").split(" | ")[0] for row in rows] == kinds
    assert [row.split(" | ")[4] for row in rows] == ["0"] * len(kinds)
