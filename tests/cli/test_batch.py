"""`handouts batch`: request files, folders and routines become files; what is wrong with one is told and keeps no other away."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from making import pages_of
from pypdf import PdfReader

from cli.conftest import Run, files_in, read_text
from handouts.batch import building

Submit = Callable[..., None]
ONE = ("--jobs", "1")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def manifest(folder: Path) -> dict[str, dict[str, Any]]:
    lines = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["output"] for line in lines] == sorted(line["output"] for line in lines)
    return {line["output"]: line for line in lines}


@pytest.fixture
def requests(folder: Path) -> Path:
    """A folder with two requests that are right, two that are not, and the settings of a workspace."""
    write(folder / "requests/handouts.yaml", "country: gb\n")
    write(folder / "requests/b.yaml", "exercises: [childs-pose]\nprofile: flexion\npatient: Anna Bell\n")
    write(folder / "requests/a.yaml", "exercises: [cat-cow]\nprofile: flexion\n")
    write(folder / "requests/wrong.yaml", "exercises: [cat-cow]\nminutse: 5\n")
    write(folder / "requests/avoid.yaml", "exercises: [childs-pose]\nprofile: extension\n")
    return folder / "requests"


def test_a_folder_of_requests(run: Run, folder: Path, requests: Path, submit: Submit) -> None:
    ran = run("batch", "requests", *ONE)
    assert (ran.code, ran.out) == (6, "out/a.pdf\nout/b.pdf\n")
    assert files_in(folder / "out") == ["a.pdf", "b.pdf", "manifest.jsonl"]
    for name in ("a.pdf", "b.pdf"):
        submit(folder / "out" / name)
    at_once, summary = ran.lines[: ran.lines.index("handouts batch: 2 written, 2 failed")], ran.lines[-2:]
    assert [line for line in at_once if not line.startswith("warning")] == [line.removeprefix("failed: ") for line in summary]
    assert summary[0].startswith("failed: requests/avoid.yaml: childs-pose: avoid, by profile extension: ")
    assert summary[1] == 'failed: requests/wrong.yaml:2:1: unknown key "minutse" (did you mean minutes?)'
    said = manifest(folder / "out")
    assert {name: line["state"] for name, line in said.items()} == {
        "a.pdf": "done",
        "avoid.pdf": "failed",
        "b.pdf": "done",
        "wrong.pdf": "failed",
    }
    assert said["b.pdf"]["source"] == "requests/b.yaml"
    assert said["b.pdf"]["pages"] == len(PdfReader(folder / "out/b.pdf").pages)
    assert not re.search("Anna|Bell", ran.err + (folder / "out/manifest.jsonl").read_text())


def test_it_is_what_make_makes(run: Run, folder: Path, requests: Path) -> None:
    run("batch", "requests/b.yaml", "--out", "many")
    run("make", "requests/b.yaml", "-o", "one.pdf")
    assert (folder / "many/b.pdf").read_bytes() == (folder / "one.pdf").read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_written_depends_on_neither_processes_nor_order(run: Run, folder: Path, requests: Path, jobs: str) -> None:
    first = run("batch", "requests/a.yaml", "requests/b.yaml", "--jobs", jobs, "--out", "first")
    second = run("batch", "requests/b.yaml", "requests/a.yaml", "--jobs", "1", "--out", "second")
    assert first.out.splitlines() == ["first/a.pdf", "first/b.pdf"]
    assert second.out.splitlines() == ["second/b.pdf", "second/a.pdf"]
    for name in ("a.pdf", "b.pdf", "manifest.jsonl"):
        assert (folder / "first" / name).read_bytes() == (folder / "second" / name).read_bytes()


def test_fail_fast_builds_nothing_when_checking_finds_a_fault(run: Run, folder: Path, requests: Path) -> None:
    ran = run("batch", "requests/a.yaml", "requests/wrong.yaml", "--fail-fast")
    assert (ran.code, ran.out) == (3, "")
    assert "handouts batch: nothing written, 1 of 2 failed" in ran.lines
    assert run("batch", "requests/a.yaml", "requests/avoid.yaml", "--fail-fast").code == 4
    assert not (folder / "out").exists()


def test_all_of_them_wrong_is_no_partial_success(run: Run, folder: Path, requests: Path) -> None:
    assert run("batch", "requests/wrong.yaml").code == 3
    assert run("batch", "requests/avoid.yaml").code == 4
    assert run("batch", "requests/avoid.yaml", "requests/wrong.yaml").code == 3
    assert not (folder / "out").exists()


def break_at(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> None:
    """The number-th handout that is built fails."""
    calls: list[int] = []
    real = building.make_handout

    def make(*words: Any, **how: Any) -> Any:
        calls.append(1)
        if len(calls) == number:
            raise error
        return real(*words, **how)

    monkeypatch.setattr(building, "make_handout", make)


def test_fail_fast_ends_at_the_first_that_cannot_be_built(
    run: Run, folder: Path, requests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(requests / "c.yaml", "exercises: [cobra]\n")
    break_at(monkeypatch, 2, ValueError("Anna Bell"))
    sources = ("requests/a.yaml", "requests/b.yaml", "requests/c.yaml")
    ran = run("batch", *sources, *ONE, "--fail-fast", "--merge", "print.pdf")
    assert (ran.code, ran.out) == (6, "out/a.pdf\n")
    assert "handouts batch: 1 written, 1 failed, 1 not come to (build the rest: --resume)" in ran.lines
    assert "print.pdf is not written: not every handout was come to" in ran.lines
    states = {name: line["state"] for name, line in manifest(folder / "out").items()}
    assert states == {"a.pdf": "done", "b.pdf": "failed", "c.pdf": "missing"}
    assert files_in(folder / "out") == ["a.pdf", "manifest.jsonl"]


def test_a_bug_in_one_is_told_as_one_and_keeps_no_other_away(
    run: Run, folder: Path, requests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_at(monkeypatch, 1, ValueError("Anna Bell"))
    ran = run("batch", "requests/b.yaml", "requests/a.yaml", *ONE)
    assert (ran.code, ran.out) == (6, "out/a.pdf\n")
    assert ran.lines[-1].startswith("failed: requests/b.yaml: bug: ValueError in building.py:")
    assert "Anna" not in ran.err


def test_a_dry_run_checks_all_and_writes_nothing(run: Run, folder: Path, requests: Path) -> None:
    ran = run("batch", "requests", "--dry-run")
    assert (ran.code, ran.out) == (6, "out/a.pdf\nout/b.pdf\n")
    assert "handouts batch: 2 would be written, 2 cannot be" in ran.lines
    assert not (folder / "out").exists()
    run("batch", "requests/a.yaml")
    before = files_in(folder)
    ran = run("batch", "requests/a.yaml", "requests/b.yaml", "--dry-run", "--resume")
    assert (ran.code, ran.out) == (0, "out/b.pdf\n")
    assert files_in(folder) == before


def test_warnings_are_told_with_their_handout_and_the_same_one_once(run: Run, folder: Path) -> None:
    for name in "abcdef":
        more = "exclude: [cobra]\n" if name == "c" else ""
        write(folder / f"{name}.yaml", f"exercises: [cat-cow]\nprofile: flexion\n{more}")
    ran = run("batch", *(f"{name}.yaml" for name in "abcdef"), *ONE)
    assert ran.code == 0
    warnings = [line for line in ran.lines if line.startswith("warning")]
    assert [line.partition(": no country")[0].partition(": excluding")[0] for line in warnings] == [
        "warning: out/a.pdf",
        "warning: out/c.pdf",
        "warning: also b.pdf, c.pdf, d.pdf and 2 more",
    ]
    assert {name: line["warnings"] for name, line in manifest(folder / "out").items()}["c.pdf"] == 2


def test_strict_makes_a_warning_a_failure(run: Run, folder: Path, requests: Path) -> None:
    write(requests / "c.yaml", "exercises: [cat-cow]\nprofile: flexion\nexclude: [cobra]\n")
    ran = run("batch", "requests/a.yaml", "requests/c.yaml", "--strict", *ONE)
    assert (ran.code, ran.out) == (6, "out/a.pdf\n")
    assert "failed: requests/c.yaml: --strict: warning: excluding cobra changes nothing: it was not asked for" in ran.lines
    assert files_in(folder / "out") == ["a.pdf", "manifest.jsonl"]
    run("batch", "requests/c.yaml", *ONE)
    assert run("batch", "requests/c.yaml", "--strict", "--resume", *ONE).code == 4, "what is there already is no excuse"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "handouts batch: nothing to make"),
        (("a.yaml", "--edition", "standard"), 2, "--edition, --paper and --lang are of the standard sheets"),
        (("a.yaml", "--duplex"), 2, "--duplex is about the file of --merge"),
        (("a.yaml", "--merge", "print.txt"), 2, "--merge: expected a file name ending in .pdf"),
        (
            ("a.yaml", "--merge", "p.pdf", "--password-file", "a.yaml"),
            2,
            "--merge: the file for the printer would not be protected",
        ),
        (("a.yaml", "--merge", "out/A.pdf"), 2, "--merge: out/A.pdf is the name of a handout"),
        (("a.yaml", "--shard", "3/2"), 2, "--shard: expected a part and the number of parts"),
        (("a.yaml", "--shard", "0/2"), 2, "--shard: expected a part and the number of parts"),
        (("a.yaml", "--names", "{pateint}"), 2, '--names: there is no slot "{pateint}" (did you mean patient?)'),
        (("a.yaml", "--jobs", "0"), 2, "handouts batch: invalid value for '--jobs'"),
        (("--standard", "--paper", "a5"), 2, '--paper: there is no "a5" (one of: a4, letter)'),
        (("--standard", "--edition", "standart"), 2, '--edition: there is no "standart" (did you mean standard?)'),
        (("a.yaml", "b.yaml"), 3, "b.yaml: there is no such file or folder"),
        (("a.yaml", "a.txt"), 3, "a.txt: this is no request file and no table"),
        (("empty",), 3, "empty: there is no request file in this folder"),
        (("a.yaml", "a.yaml"), 3, "a.yaml: a.pdf is the name of a.yaml too"),
        (("a.yaml", "other/A.yaml"), 3, "other/A.yaml: A.pdf is the same name as a.pdf of a.yaml too"),
        (("a.yaml", "--names", "x"), 0, "handouts batch: 1 would be written"),
        (("a.yaml", "other/A.yaml", "--names", "x"), 3, "other/A.yaml: x.pdf is the name of a.yaml too"),
        (("a.yaml", "--names", "{number}"), 3, "a.yaml: nothing is said for {number} of the file name"),
        (("a.yaml", "--names", "{patient_id}"), 3, "a.yaml: nothing is said for {patient_id} of the file name"),
        (("a.yaml", "--workspace", "nowhere"), 2, "--workspace: nowhere is no folder"),
    ],
)
def test_what_refuses_the_whole_batch(run: Run, folder: Path, words: tuple[str, ...], code: int, said: str) -> None:
    write(folder / "a.yaml", "exercises: [cobra]\n")
    write(folder / "a.txt", "")
    write(folder / "other/A.yaml", "exercises: [cobra]\n")
    (folder / "empty").mkdir()
    before = files_in(folder)
    ran = run("batch", *words, *(("--dry-run",) if code == 0 else ()))
    assert ran.code == code
    assert any(line.startswith(said) for line in ran.lines), ran.err
    assert files_in(folder) == before, "nothing is written"


def test_a_handout_is_not_written_over_what_is_read(run: Run, folder: Path) -> None:
    run("make", "--routine", "five-minute", "-o", "cover.pdf")
    content = (folder / "cover.pdf").read_bytes()
    write(folder / "cover.yaml", "exercises: [cobra]\ncover: cover.pdf\n")
    ran = run("batch", "cover.yaml", "--out", ".")
    assert ran.code == 3
    assert "cover.yaml: cover.pdf is read, and cover.pdf would be written over it (name another folder: --out DIR)" in ran.lines
    ran = run("batch", "cover.yaml", "--merge", "cover.pdf")
    assert (ran.code, ran.lines) == (2, ["--merge: cover.pdf is read and would be replaced (give it another name)"])
    assert (folder / "cover.pdf").read_bytes() == content


def test_an_output_that_cannot_be_written_is_one_failure(run: Run, folder: Path, requests: Path) -> None:
    (folder / "out/a.pdf").mkdir(parents=True)
    ran = run("batch", "requests/a.yaml", "requests/b.yaml", *ONE)
    assert (ran.code, ran.out) == (6, "out/b.pdf\n")
    assert "failed: out/a.pdf: cannot write: this is a folder (write elsewhere: --out DIR) [requests/a.yaml]" in ran.lines
    write(folder / "file", "")
    assert run("batch", "requests/a.yaml", "--out", "file").code == 5


def test_sheets_and_pictures_are_looked_at_before_anything_is_built(run: Run, folder: Path, requests: Path) -> None:
    write(requests / "assets/figures/cat-cow.end.svg", "<svg>")
    write(requests / "cover.pdf", "no PDF")
    write(requests / "c.yaml", "exercises: [childs-pose]\nprofile: flexion\ncover: cover.pdf\n")
    ran = run("batch", "requests/a.yaml", "requests/b.yaml", "requests/c.yaml", "--dry-run")
    assert (ran.code, ran.out) == (6, "out/b.pdf\n")
    assert ran.lines[0].startswith("requests/assets/figures/cat-cow.end.svg:")
    assert ran.lines[0].endswith("[requests/a.yaml]")
    assert ran.lines[1].endswith("[requests/c.yaml]")
    assert "cover.pdf" in ran.lines[1]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs Linux")
def test_a_full_disk_ends_it(run: Run, folder: Path, requests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def fail(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode) and "manifest" not in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", fail)
    ran = run("batch", "requests/a.yaml", "requests/b.yaml", *ONE)
    assert (ran.code, ran.out) == (5, "")
    assert ran.lines[0].startswith("out/a.pdf: cannot write: the disk is full (")
    assert "b.pdf" not in ran.err
    assert files_in(folder / "out") == ["manifest.jsonl"]


def test_a_missing_letter_is_told_where_it_stands(run: Run, folder: Path, requests: Path) -> None:
    write(requests / "c.yaml", "exercises: [cobra]\npatient: 张\n")
    ran = run("batch", "requests/a.yaml", "requests/c.yaml", *ONE)
    assert ran.code == 6
    assert ran.lines[-1].startswith("failed: requests/c.yaml:2:10: patient: cannot print the letter U+5F20, no font has it (")
    assert "张" not in ran.err


LARGE = "type: {title: 30 pt, heading: 20 pt, card_name: 20 pt, dose: 18 pt, body: 18 pt, small: 18 pt}\n"


def test_every_routine_in_two_editions_and_two_papers(run: Run, folder: Path, submit: Submit) -> None:
    write(folder / "clinic/handouts.yaml", "country: gb\n")
    write(folder / "clinic/templates/editions/large.yaml", LARGE)
    words = ("batch", "--workspace", "clinic", "--standard", "--edition", "standard", "--edition", "large")
    ran = run(*words, "--paper", "a4", "--paper", "letter", "--merge", "print.pdf", "--duplex")
    assert ran.code == 0, ran.err
    *handouts, merged = ran.out.splitlines()
    routines = ("extension-starter", "five-minute", "flexion-starter", "fourteen-stretches", "ten-stretches")
    assert handouts == [
        f"out/{routine}-{edition}-{paper}-en.pdf"
        for routine in routines
        for edition in ("standard", "large")
        for paper in ("a4", "letter")
    ]
    sizes = {float(PdfReader(folder / path).pages[0].mediabox.width) for path in handouts}
    assert {round(size) for size in sizes} == {595, 612}
    for path in ("out/five-minute-large-letter-en.pdf", "out/flexion-starter-large-a4-en.pdf", merged):
        submit(folder / path)
    check_print_file(folder / merged, [folder / path for path in handouts])
    write(folder / "clinic/templates/editions/large.yaml", "tpye: {}\n")
    ran = run(*words, "--dry-run")
    assert (ran.code, len(ran.out.splitlines())) == (6, 5)
    told = 'clinic/templates/editions/large.yaml:1:1: unknown key "tpye" (did you mean type?) [routine extension-starter'
    assert ran.lines == [f"{told}]", "handouts batch: 5 would be written, 5 cannot be", f"failed: {told} and 4 more]"]


def check_print_file(merged: Path, handouts: list[Path]) -> None:
    """Every page of every handout, in order, each handout beginning on an odd page, with a bookmark."""
    pages = pages_of(merged.read_bytes())
    place = 0
    for path in handouts:
        place += place % 2
        own = pages_of(path.read_bytes())
        assert pages[place : place + len(own)] == own, path.name
        place += len(own)
    assert place == len(pages)
    reader = PdfReader(merged)
    top = [item for item in reader.outline if not isinstance(item, list)]
    assert [item.title for item in top] == [path.stem for path in handouts]
    assert all(reader.get_destination_page_number(item) % 2 == 0 for item in top)


def test_shards_together_are_the_batch(run: Run, folder: Path) -> None:
    whole = run("batch", "--standard", *ONE, "--out", "whole")
    parts = [run("batch", "--standard", *ONE, "--out", "parts", "--shard", f"{part}/3") for part in (1, 2, 3)]
    assert [ran.code for ran in parts] == [0, 0, 0]
    assert sorted(line.replace("parts", "whole") for ran in parts for line in ran.out.splitlines()) == whole.out.splitlines()
    assert {name: (folder / "whole" / name).read_bytes() for name in files_in(folder / "whole")} == {
        name: (folder / "parts" / name).read_bytes() for name in files_in(folder / "parts")
    }
    assert "nothing to make in this part" in run("batch", "--standard", "--shard", "9/9").err


def test_a_merged_file_leaves_out_what_failed_and_says_so(run: Run, folder: Path, requests: Path, submit: Submit) -> None:
    write(folder / "print.pdf", "the last one")
    ran = run("batch", "requests", *ONE, "--merge", "print.pdf")
    assert (ran.code, ran.out) == (6, "out/a.pdf\nout/b.pdf\nprint.pdf\n")
    assert ran.lines[-1] == "print.pdf holds 2 handouts; 2 that failed are not in it"
    submit(folder / "print.pdf")
    again = run("batch", "requests/a.yaml", "requests/b.yaml", "--resume", "--merge", "print.pdf")
    assert (again.code, again.out) == (0, "print.pdf\n")
    assert "Anna Bell" in read_text(folder / "print.pdf"), "what was there already is in it"
    (folder / "folder.pdf").mkdir()
    ran = run("batch", "requests/a.yaml", "--merge", "folder.pdf")
    assert (ran.code, ran.out) == (5, "")
    assert ran.lines == ["folder.pdf: cannot write: this is a folder (name another: --merge FILE.pdf)"]


def test_the_help_shows_examples(run: Run) -> None:
    said = run("batch", "--help").out
    assert "handouts batch patients.csv --out out --merge print.pdf --duplex" in said
    assert "handouts batch --standard --paper a4 --paper letter" in said
