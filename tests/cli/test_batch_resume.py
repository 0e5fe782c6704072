"""`--resume`: only what is missing or has changed is built again, also after a batch was killed at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader

from cli.conftest import Run, files_in, read_text
from handouts.batch import building

Submit = Callable[..., None]
ONE = ("--jobs", "1")
TABLE = "patient,exercises,profile\nAnn,cat-cow,flexion\nBea,childs-pose,flexion\nCem,cat-cow,extension\n"
NAMES = ["p-001.pdf", "p-002.pdf", "p-003.pdf"]


@pytest.fixture
def clinic(run: Run, folder: Path) -> Path:
    """A clinic's folder, with a table of three that has been made into out."""
    (folder / "handouts.yaml").write_text("country: gb\n")
    (folder / "p.csv").write_text(TABLE)
    assert run("batch", "p.csv", *ONE).code == 0
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_in(folder)}


def resume(run: Run, *words: str) -> list[str]:
    """The names of what was built."""
    ran = run("batch", "p.csv", "--resume", *(words or ONE))
    assert ran.code == 0, ran.err
    return [Path(line).name for line in ran.out.splitlines()]


def test_nothing_is_built_when_all_is_there(run: Run, clinic: Path) -> None:
    before = contents(clinic / "out")
    times = {name: (clinic / "out" / name).stat().st_mtime_ns for name in NAMES}
    ran = run("batch", "p.csv", "--resume")
    assert (ran.code, ran.out) == (0, "")
    assert ran.lines[-1] == "handouts batch: 0 written, 3 unchanged"
    assert contents(clinic / "out") == before
    assert {name: (clinic / "out" / name).stat().st_mtime_ns for name in NAMES} == times
    assert run("batch", "p.csv", *ONE).out.splitlines() == [f"out/{name}" for name in NAMES], "without --resume, all are"


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink,
        flip,
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b"\n"),
        lambda path: path.write_bytes(b""),
    ],
    ids=["gone", "flipped", "cut", "longer", "empty"],
)
def test_a_file_that_is_gone_or_damaged_is_built_again(run: Run, clinic: Path, harm: Callable[[Path], object]) -> None:
    before = contents(clinic / "out")
    harm(clinic / "out/p-002.pdf")
    assert resume(run) == ["p-002.pdf"]
    assert contents(clinic / "out") == before


def test_a_row_that_has_changed_is_built_again(run: Run, clinic: Path) -> None:
    (clinic / "p.csv").write_text(TABLE.replace("Bea", "Bee"))
    assert resume(run) == ["p-002.pdf"]
    assert "Bee" in read_text(clinic / "out/p-002.pdf")
    (clinic / "p.csv").write_text(f"\n{TABLE}".removeprefix("\n") + "Dee,cat-cow,flexion\n")
    assert resume(run) == ["p-002.pdf", "p-004.pdf"]


def test_rows_that_move_are_named_anew_but_not_built(run: Run, clinic: Path) -> None:
    run("batch", "p.csv", "--names", "{patient}", "--out", "moved", *ONE)
    head, *rows = TABLE.splitlines()
    (clinic / "p.csv").write_text("\n".join([head, *reversed(rows)]) + "\n")
    assert resume(run, "--names", "{patient}", "--out", "moved") == []
    entries = [json.loads(line) for line in (clinic / "moved/manifest.jsonl").read_text().splitlines()]
    assert {entry["output"]: entry["source"] for entry in entries} == {
        "Ann.pdf": "p.csv:4",
        "Bea.pdf": "p.csv:3",
        "Cem.pdf": "p.csv:2",
    }


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("handouts.yaml", "country: de\n"),
        ("catalog/words/en/cat-cow.yaml", "name: Cat and cow\n"),
        ("templates/editions/standard.yaml", "type: {body: 13 pt}\n"),
        (
            "assets/figures/cat-cow.end.svg",
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>',
        ),
    ],
)
def test_whatever_decides_the_bytes_builds_again(run: Run, clinic: Path, file: str, content: str) -> None:
    path = clinic / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    assert resume(run) == NAMES
    whole = contents(clinic / "out")
    assert run("batch", "p.csv", *ONE, "--out", "fresh").code == 0
    assert contents(clinic / "fresh") == whole


def test_a_new_moment_or_protection_builds_again(run: Run, clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert resume(run) == NAMES
    assert resume(run) == []
    (clinic / "word.txt").write_text("secret\n")
    assert resume(run, "--password-file", "word.txt") == NAMES
    assert resume(run) == NAMES


def test_without_a_manifest_all_are_built(run: Run, clinic: Path) -> None:
    before = contents(clinic / "out")
    (clinic / "out/manifest.jsonl").unlink()
    assert resume(run) == NAMES
    assert contents(clinic / "out") == before


def test_protected_files_are_proven_by_what_they_protect(run: Run, clinic: Path, submit: Submit) -> None:
    (clinic / "word.txt").write_text("secret\n")
    words = ("--password-file", "word.txt", "--out", "locked", *ONE)
    assert resume(run, *words) == NAMES
    manifest = (clinic / "locked/manifest.jsonl").read_bytes()
    submit(clinic / "locked/p-001.pdf", password="secret")
    assert resume(run, *words) == []
    flip(clinic / "locked/p-002.pdf")
    assert resume(run, *words) == ["p-002.pdf"]
    (clinic / "locked/p-003.pdf").write_bytes((clinic / "out/p-003.pdf").read_bytes())
    assert resume(run, *words) == ["p-003.pdf"], "one that is not protected is not what it should be"
    assert (clinic / "locked/manifest.jsonl").read_bytes() == manifest, "whatever key was drawn"
    said = {digest for line in manifest.splitlines() for digest in (json.loads(line)["input"], json.loads(line)["sha256"])}
    names = {entry["input"] for entry in map(json.loads, (clinic / "out/manifest.jsonl").read_text().splitlines())}
    plain = {sha256((clinic / "out" / name).read_bytes()).hexdigest() for name in NAMES}
    assert not said & (names | plain), "no hash proves a guess at whose handout it is"
    for name in NAMES:
        identifier = PdfReader(clinic / "out" / name).trailer["/ID"][0]
        assert identifier.original_bytes.hex().encode() not in (clinic / "locked" / name).read_bytes().lower()
    (clinic / "word.txt").write_text("another\n")
    assert resume(run, *words) == NAMES
    assert "Ann" in read_text(clinic / "locked/p-001.pdf", password="another")


def test_entries_of_other_batches_stay(run: Run, clinic: Path) -> None:
    before = (clinic / "out/manifest.jsonl").read_text().splitlines()
    (clinic / "one.yaml").write_text("exercises: [cat-cow]\nprofile: flexion\n")
    assert run("batch", "one.yaml", *ONE).code == 0
    after = (clinic / "out/manifest.jsonl").read_text().splitlines()
    assert [line for line in after if '"one.pdf"' not in line] == before
    assert len(after) == 4


def test_two_batches_in_one_folder_at_the_same_time(clinic: Path) -> None:
    rows = [f"Patient {number},cat-cow,flexion" for number in range(25)]
    for name in ("one.csv", "two.csv"):
        (clinic / name).write_text("patient,exercises,profile\n" + "\n".join(rows) + "\n")
    started = [start(name, "--out", "shared", "--jobs", "2") for name in ("one.csv", "two.csv")]
    assert [process.wait() for process in started] == [0, 0]
    for name in ("one.csv", "two.csv"):
        assert start(name, "--out", "alone", "--jobs", "1").wait() == 0
    assert contents(clinic / "shared") == contents(clinic / "alone")
    assert len(contents(clinic / "shared")) == 51


def start(*words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "handouts", "batch", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_killed_at_any_moment_and_resumed_it_is_the_folder_of_an_unbroken_run(folder: Path) -> None:
    (folder / "handouts.yaml").write_text("country: gb\n")
    rows = [f"Patient {number},{('cat-cow', 'figure-four')[number % 2]},flexion" for number in range(100)]
    (folder / "p.csv").write_text("patient,exercises,profile\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert start("p.csv", "--out", "whole", "--jobs", "2").wait() == 0
    chance = random.Random(5)  # noqa: S311 - no secret
    for number, target in enumerate(sorted(chance.sample(range(85), 5))):
        process = start("p.csv", "--out", "broken", "--jobs", "2", "--resume")
        while len(list(folder.glob("broken/*.pdf"))) < target:
            assert process.poll() is None
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.02))
        assert process.poll() is None, "the kills were to hit it at work"
        if number % 2:
            process.kill()  # those that build live on for a moment
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert start("p.csv", "--out", "broken", "--jobs", "2", "--resume").wait() == 0
    assert contents(folder / "broken") == contents(folder / "whole")
    assert len(contents(folder / "whole")) == 101


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_fifo_in_the_place_of_a_handout_is_not_waited_for(run: Run, clinic: Path) -> None:
    (clinic / "out/p-001.pdf").unlink()
    os.mkfifo(clinic / "out/p-001.pdf")
    ran = run("batch", "p.csv", "--resume", *ONE)
    assert ran.code == 6
    assert ran.lines[0].startswith("out/p-001.pdf: cannot write: this is not a regular file")
    assert ran.lines[-2].startswith("handouts batch: 0 written, 2 unchanged, 1 failed")


def test_a_file_larger_than_any_handout_is_not_read_whole(run: Run, clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_LARGEST", 200_000)
    os.truncate(clinic / "out/p-002.pdf", 2_000_000)
    asked: list[int] = []
    really_read = building.read_regular

    def watch(path: Path, most: int) -> bytes:
        content = really_read(path, most)
        asked.append(len(content))
        return content

    monkeypatch.setattr(building, "read_regular", watch)
    assert resume(run) == ["p-002.pdf"]
    assert max(asked) == 200_001
