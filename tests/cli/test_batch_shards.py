"""The parts of a batch, made by runs of their own, are together what one run makes, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Run, files_in

HEAD = "patient,patient_id,exercises,profile\n"
ROWS = (
    "Ann,1,cat-cow,flexion",
    "Bea,2,childs-pose,flexion",
    "Cem,3,cat-caw,flexion",  # there is no such exercise
    "Dag,4,cat-cow,extension",
    "Eve,5,childs-pose,extension",  # a rule says avoid
    "Fay,6,cobra,extension",
    "Ann,7,cat-cow,flexion",  # another of the same name
    "张,8,cat-cow,flexion",  # no font has the letter
    "Gus,9,cobra,extension",
    "Hal,,cat-cow,flexion",
    "Ida,11,childs-pose,flexion",
)
ONE = ("--jobs", "1")


@pytest.fixture
def table(folder: Path) -> Path:
    (folder / "handouts.yaml").write_text("country: gb\n")
    (folder / "p.csv").write_text(HEAD + "\n".join(ROWS) + "\n", encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_in(folder)}


@pytest.mark.parametrize("names", [(), ("--names", "{patient_id}")], ids=["by row", "by number, which one has not"])
@pytest.mark.parametrize("parts", [2, 3, 4, 12])
def test_parts_are_together_the_whole(run: Run, table: Path, parts: int, names: tuple[str, ...]) -> None:
    """In one folder, and each in its own: files, manifest and what is said of the rows that are wrong."""
    whole = run("batch", "p.csv", *ONE, *names, "--out", "whole")
    assert whole.code == 6
    said = {line for line in whole.lines if line.startswith("failed: ")}
    assert len(said) == 3 + bool(names)
    out, failed = [], set()
    for number in range(1, parts + 1):
        ran = run("batch", "p.csv", *ONE, *names, "--out", "shared", "--shard", f"{number}/{parts}")
        own = run("batch", "p.csv", *ONE, *names, "--out", f"own-{number}", "--shard", f"{number}/{parts}")
        assert own.code == ran.code in (0, 3, 4, 6)
        out += [line.removeprefix("shared/") for line in ran.out.splitlines()]
        failed |= {line for line in ran.lines if line.startswith("failed: ")}
    assert sorted(out) == sorted(line.removeprefix("whole/") for line in whole.out.splitlines())
    assert failed == said
    made = contents(table / "whole")
    assert contents(table / "shared") == made
    apart: dict[str, bytes] = {}
    lines: list[bytes] = []
    for number in range(1, parts + 1):
        part = contents(table / f"own-{number}") if (table / f"own-{number}").exists() else {}
        lines += part.pop("manifest.jsonl", b"").splitlines(keepends=True)
        assert not apart.keys() & part.keys()
        apart |= part
    manifest = made.pop("manifest.jsonl")
    assert apart == made
    assert set(lines) <= set(manifest.splitlines(keepends=True))
    # A part in which nothing could be made writes no manifest, in a folder that is new.
    absent = set(manifest.splitlines(keepends=True)) - set(lines)
    assert all(b'"state": "failed"' in line for line in absent)


def test_names_given_twice_refuse_every_part_with_the_same_words(run: Run, table: Path) -> None:
    whole = run("batch", "p.csv", *ONE, "--names", "{patient}")
    assert (whole.code, whole.out) == (3, "")
    for number in (1, 2, 3):
        ran = run("batch", "p.csv", *ONE, "--names", "{patient}", "--shard", f"{number}/3")
        assert (ran.code, ran.out) == (3, "")
        assert ran.lines[-1] == whole.lines[-1]
        assert "the name of its file is that of p.csv:2 too" in ran.err
    assert not (table / "out").exists()
