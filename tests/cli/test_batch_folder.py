"""What a batch finds in its folders: other runs, what killed ones left, and names and paths it must not or cannot write."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Run, files_in, read_text
from handouts.batch import merging
from handouts.batch.folder import OutFolder
from handouts.batch.names import clash_key

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
ONE = ("--jobs", "1")
HEAD = "patient,patient_id,exercises,profile\n"
ROWS = ("Ann,1,cat-cow,flexion\n", "Bea,2,childs-pose,flexion\n", "Cem,3,cat-cow,extension\n")
NAMES = ["p-001.pdf", "p-002.pdf", "p-003.pdf"]


@pytest.fixture
def table(folder: Path) -> Path:
    """A clinic's folder with a table of three."""
    (folder / "handouts.yaml").write_text("country: gb\n")
    (folder / "p.csv").write_text(HEAD + "".join(ROWS))
    return folder


def states(folder: Path) -> dict[str, str]:
    lines = [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]
    return {line["output"]: line["state"] for line in lines}


# ------------------------------------------------------------------------------------------- other runs


def test_a_handout_that_another_wrote_over_is_not_bound(run: Run, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = merging.open_atomically

    @contextmanager
    def meddled(target: Path, **how: Any) -> Iterator[Any]:
        (table / "out/p-002.pdf").write_bytes((table / "out/p-001.pdf").read_bytes())
        with real(target, **how) as stream:
            yield stream

    monkeypatch.setattr(merging, "open_atomically", meddled)
    (table / "print.pdf").write_text("the last one")
    ran = run("batch", "p.csv", *ONE, "--merge", "print.pdf")
    assert (ran.code, ran.out.splitlines()) == (5, [f"out/{name}" for name in NAMES])
    said = "out/p-002.pdf: is not what was made: it has been written over meanwhile; print.pdf is not written"
    assert ran.lines[-1].startswith(said)
    assert (table / "print.pdf").read_text() == "the last one"
    assert files_in(table) == ["handouts.yaml", "out/manifest.jsonl", *(f"out/{name}" for name in NAMES), "p.csv", "print.pdf"]


@pytest.mark.parametrize("words", [(), ("--merge", "other.pdf"), ("--resume",)])
def test_names_that_another_run_is_at_work_on_are_refused(
    run: Run, table: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.batch.runs._LINGERING", 0.1)
    (table / "out").mkdir()
    with OutFolder(table / "out").open({clash_key("P-002.pdf")}):
        ran = run("batch", "p.csv", *ONE, *words)
    hint = "(wait until it has ended, or write elsewhere: --out DIR)"
    assert (ran.code, ran.out) == (5, "")
    assert ran.lines[-1] == f"out: another batch at work in this folder writes files of the same names {hint}"
    assert files_in(table) == ["handouts.yaml", "p.csv"]


def test_a_print_file_of_another_run_is_refused_before_anything_is_built(
    run: Run, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.batch.runs._LINGERING", 0.1)
    with merging.PrintFolder(table).entered({"print.pdf"}):
        ran = run("batch", "p.csv", *ONE, "--merge", "print.pdf")
    assert (ran.code, ran.out) == (5, "")
    assert not (table / "out").exists() or not files_in(table / "out")


def start(*words: str, **how: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "handouts", "batch", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how)


def test_what_a_kill_during_merging_left_is_cleared_by_the_next_run(run: Run, table: Path) -> None:
    """Where the system has no files without a name."""
    (table / "p.csv").write_text(HEAD + ROWS[0] * 300)
    (table / "printer").mkdir()
    start("p.csv").communicate()
    program = "import sys, handouts.output.staging as s; s._open_nameless = lambda _: None; from handouts.cli import main; "
    words = ("batch", "p.csv", "--resume", "--merge", "printer/print.pdf")
    process = subprocess.Popen([sys.executable, "-c", f"{program}sys.exit(main())", *words], stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while not any(path.stat().st_size for path in (table / "printer").glob(".handouts-*-*") if "run" not in path.name):
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.001)
    process.kill()
    process.communicate()
    assert len(files_in(table / "printer")) >= 2, "the hidden print file was left"
    (table / "p.csv").write_text(HEAD + ROWS[1])
    assert run("batch", "p.csv", *ONE, "--out", "elsewhere", "--merge", "printer/other.pdf").code == 0
    assert files_in(table / "printer") == ["other.pdf"]


def test_waiting_for_the_lock_ends_at_once_on_a_signal(table: Path) -> None:
    (table / "out").mkdir()
    with OutFolder(table / "out").locked():
        process = start("p.csv")
        assert process.stderr is not None
        assert process.stderr.readline() == "out: waiting for another batch that is at work in this folder\n"
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert (
            process.communicate()[1]
            == "handouts batch: stopped: 0 written, 3 not come to (build the rest: --resume)\nterminated\n"
        )
    assert process.returncode == 143
    assert time.monotonic() - begin < 1


# ------------------------------------------------------------------------------------------- the manifest


def test_a_foreign_manifest_is_refused_in_a_dry_run_too(run: Run, table: Path) -> None:
    (table / "out").mkdir()
    (table / "out/manifest.jsonl").write_text('{"name": "theirs"}\n')
    for words in (("--dry-run",), ("--dry-run", "--resume"), ("--resume",), ()):
        ran = run("batch", "p.csv", *ONE, *words)
        assert (ran.code, ran.out) == (3, "")
        assert ran.lines[-1].startswith("out/manifest.jsonl:1: this is not the manifest of a batch")
    assert (table / "out/manifest.jsonl").read_text() == '{"name": "theirs"}\n'
    assert files_in(table / "out") == ["manifest.jsonl"]


@pytest.mark.parametrize("names", [(), ("--names", "{patient_id}")])
@pytest.mark.parametrize("words", [("--resume",), ("--fail-fast",), ()])
def test_what_has_just_failed_is_no_longer_done(run: Run, table: Path, names: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert run("batch", "p.csv", *ONE, *names).code == 0
    (table / "p.csv").write_text(HEAD + ROWS[0] + ROWS[1].replace("childs-pose", "childs-posse") + ROWS[2])
    assert run("batch", "p.csv", *ONE, *names, *words).code in (3, 6)
    said = states(table / "out")
    assert said["2.pdf" if names else "p-002.pdf"] == "failed"
    assert said["1.pdf" if names else "p-001.pdf"] == "done"
    (table / "p.csv").write_text(HEAD + "".join(row.replace("flexion", "flexoin") for row in ROWS))
    run("batch", "p.csv", *ONE, *names, *words)
    assert states(table / "out")["1.pdf" if names else "p-001.pdf"] == "failed"
    (table / "p.csv").write_text(HEAD + "".join(ROWS))
    assert run("batch", "p.csv", *ONE, *names, "--resume").code == 0
    assert set(states(table / "out").values()) == {"done"}
    assert len(states(table / "out")) == 3


def test_a_row_without_a_name_of_its_own_is_in_the_manifest_without_a_patients_words(run: Run, table: Path) -> None:
    (table / "p.csv").write_text(HEAD + ROWS[0] + ROWS[1].replace("childs-pose", "childs-posse"))
    assert run("batch", "p.csv", *ONE, "--names", "{patient}-{patient_id}").code == 6
    assert states(table / "out") == {"Ann-1.pdf": "done", "p-002.pdf": "failed"}
    (table / "p.csv").write_text(HEAD + ROWS[0] + ROWS[1])
    assert run("batch", "p.csv", *ONE, "--names", "{patient}-{patient_id}", "--resume").code == 0
    assert states(table / "out") == {"Ann-1.pdf": "done", "Bea-2.pdf": "done"}


@pytest.mark.parametrize("change", [("pages", 9), ("warnings", 7), ("catalogue", "0" * 12)])
def test_what_was_changed_in_the_manifest_is_mended(run: Run, table: Path, change: tuple[str, object]) -> None:
    run("batch", "p.csv", *ONE)
    path = table / "out/manifest.jsonl"
    before = path.read_text()
    first, rest = before.split("\n", 1)
    path.write_text(json.dumps({**json.loads(first), change[0]: change[1]}, sort_keys=True) + f"\n{rest}")
    assert run("batch", "p.csv", *ONE, "--resume").out == "out/p-001.pdf\n"
    assert path.read_text() == before


def test_handouts_kept_inside_the_workspace_do_not_change_themselves(run: Run, table: Path) -> None:
    for out in ("catalog", "catalog/exercises", "assets/figures", "assets/clinics/x", "templates"):
        (table / out).mkdir(parents=True, exist_ok=True)
        assert run("batch", "p.csv", *ONE, "--out", out).code == 0
        assert run("batch", "p.csv", *ONE, "--out", out, "--resume").out == ""


# ------------------------------------------------------------------------------------------- what must not be written


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("out/p-001.pdf", "is the name of a handout"),
        ("out/P-002.PDF", "is the name of a handout"),
        ("out/../out/p-003.pdf", "is the name of a handout"),
        ("link/p-001.pdf", "is the name of a handout"),
        ("p.csv.pdf", "is read and would be replaced"),
    ],
)
def test_merging_onto_any_name_of_the_batch_is_refused(run: Run, table: Path, target: str, what: str) -> None:
    (table / "p.csv").write_text(HEAD + ROWS[0] + ROWS[1].replace("childs-pose", "childs-posse") + ROWS[2])
    (table / "out").mkdir()
    (table / "link").symlink_to("out")
    (table / "p.csv.pdf").symlink_to("p.csv")
    for words in ((), ("--shard", "3/3"), ("--dry-run",)):
        ran = run("batch", "p.csv", *ONE, "--merge", target, *words)
        assert (ran.code, ran.out) == (2, "")
        assert ran.lines[-1] == f"--merge: {target} {what} (give it another name)"
    assert files_in(table / "out") == []


def test_a_cover_that_is_reached_through_links_is_not_written_over(run: Run, table: Path) -> None:
    run("make", "--routine", "five-minute", "-o", "p-002.pdf")
    content = (table / "p-002.pdf").read_bytes()
    (table / "out").mkdir()
    (table / "p-002.pdf").rename(table / "out/p-002.pdf")
    (table / "one.pdf").symlink_to("out/p-002.pdf")
    (table / "cover.pdf").symlink_to("one.pdf")
    (table / "p.csv").write_text("exercises,cover\ncat-cow,cover.pdf\ncobra,none\n")
    ran = run("batch", "p.csv", *ONE)
    assert (ran.code, ran.out) == (3, "")
    assert "p.csv:3: cover.pdf is read, and p-002.pdf would be written over it (name another folder: --out DIR)" in ran.lines
    assert run("batch", "p.csv", *ONE, "--out", "other", "--merge", "out/p-002.pdf").code == 2
    assert (table / "out/p-002.pdf").read_bytes() == content


LONG = "x" * 300


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--out", LONG), 5, f"{LONG}: cannot write: the name is too long (name another folder: --out DIR)"),
        (("--out", f"new/{LONG}"), 5, f"new/{LONG}: cannot write: the name is too long (name another folder: --out DIR)"),
        (("--out", "loop"), 5, "loop: cannot write: its links lead round in a circle (name another folder: --out DIR)"),
        (("--out", "nowhere"), 5, "nowhere: cannot write: this link leads nowhere (name another folder: --out DIR)"),
        (("--out", "p.csv"), 5, "p.csv: cannot write: this is not a folder (name another folder: --out DIR)"),
        (
            ("--out", "p.csv/new"),
            5,
            "p.csv/new: cannot write: a part of the path is not a folder (name another folder: --out DIR)",
        ),
        (("--merge", f"{LONG}.pdf"), 5, f"{LONG}.pdf: cannot write: the name is too long (name another: --merge FILE.pdf)"),
        (("--merge", "loop.pdf"), 5, "loop.pdf: cannot write: its links lead round in a circle (name another: --merge FILE.pdf)"),
        (("--merge", "no/a.pdf"), 5, "no: cannot write: the folder does not exist (name another: --merge FILE.pdf)"),
        (("--merge", "null.pdf"), 5, "null.pdf: cannot write: this is not a regular file (name another: --merge FILE.pdf)"),
        (
            ("--merge", os.fsdecode(b"\xff.pdf")),
            2,
            "--merge: the file name is not UTF-8 text under this locale (take letters, digits, - and _)",
        ),
    ],
)
def test_targets_that_cannot_be_written_are_told_before_anything_is_built(
    run: Run, table: Path, words: tuple[str, ...], code: int, said: str, dry: tuple[str, ...]
) -> None:
    for name in ("loop", "loop.pdf"):
        (table / name).symlink_to(name)
    (table / "nowhere").symlink_to("gone")
    (table / "null.pdf").symlink_to("/dev/null")
    before = sorted(table.iterdir())
    ran = run("batch", "p.csv", *words, *dry)
    assert (ran.code, ran.out, ran.lines) == (code, "", [said])
    assert sorted(table.iterdir()) == before


def test_a_folder_without_permission_is_told_in_a_dry_run_too(run: Run, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (table / "out").mkdir()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not (Path(path).name == "out" and mode & os.W_OK) and real(path, mode))
    ran = run("batch", "p.csv", "--dry-run")
    assert (ran.code, ran.lines) == (5, ["out: cannot write: not allowed here (name another folder: --out DIR)"])


def test_the_print_file_may_be_in_a_folder_that_is_made(run: Run, table: Path) -> None:
    ran = run("batch", "p.csv", *ONE, "--out", "a/b", "--merge", "a/b/print.pdf")
    assert ran.code == 0, ran.err
    assert files_in(table / "a/b") == ["manifest.jsonl", *NAMES, "print.pdf"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_locale_that_cannot_write_the_names_is_told(table: Path, jobs: str) -> None:
    (table / "p.csv").write_text(HEAD + ROWS[0] + ROWS[1].replace("Bea", "B\u00e9a"), encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    process = start("p.csv", "--jobs", jobs, "--names", "{patient}", env=environment)
    _, err = process.communicate()
    assert process.returncode == 2
    assert err.startswith(
        "p.csv:3: the name of its file holds letters that cannot be written under this locale (set LC_ALL=C.UTF-8"
    )
    assert not (table / "out").exists()
    for words in (("--out", "b\u00e9"), ("--merge", "b\u00e9.pdf")):
        process = start("p.csv", "--jobs", jobs, *words, env=environment)
        _, err = process.communicate()
        assert process.returncode in (0, 2)
        assert "bug" not in err


def test_few_open_files_mean_fewer_processes(table: Path) -> None:
    resource = pytest.importorskip("resource")
    (table / "p.csv").write_text(HEAD + "".join(ROWS) * 20)
    for most, given in ((64, range(1, 8)), (32, range(1, 2))):
        limit = (most, most)
        process = start("p.csv", "--jobs", "64", preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_NOFILE, limit))
        out, err = process.communicate()
        assert process.returncode == 0, err
        assert len(out.splitlines()) == 60
        number, rest = err.splitlines()[0].removeprefix("handouts batch: ").split(" ", 1)
        assert rest == "of 60 processes: the system allows no more, or no more open files"
        assert int(number) in given
        assert len(files_in(table / "out")) == 61


def test_processes_that_cannot_be_started_are_done_without(run: Run, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from multiprocessing.context import ForkProcess

    real, calls = ForkProcess.start, []

    def refuse(process: ForkProcess) -> None:
        calls.append(1)
        if len(calls) != 1:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        real(process)

    monkeypatch.setattr(ForkProcess, "start", refuse)
    ran = run("batch", "p.csv", "--jobs", "3")
    assert (ran.code, ran.out.splitlines()) == (0, [f"out/{name}" for name in NAMES])
    assert ran.lines[0].startswith("handouts batch: 1 of 3 processes")
    ran = run("batch", "p.csv", "--jobs", "3")
    assert (ran.code, ran.out.splitlines()) == (0, [f"out/{name}" for name in NAMES])
    assert "Ann" in read_text(table / "out/p-001.pdf")
    assert files_in(table / "out") == ["manifest.jsonl", *NAMES]


# ------------------------------------------------------------------------------------------- files that cannot be read


def refuse_to_open(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whatever has this name is there, and may not be read."""

    def refusing(real: Any) -> Any:
        def call(path: Any, *words: Any, **how: Any) -> Any:
            if isinstance(path, (str, Path)) and os.fspath(path).endswith(name):
                raise PermissionError(13, "Permission denied", os.fspath(path))
            return real(path, *words, **how)

        return call

    for holder, call in ((io, "open"), (os, "open"), (os, "listdir"), (os, "scandir")):
        monkeypatch.setattr(holder, call, refusing(getattr(holder, call)))


@pytest.mark.parametrize(
    "name",
    [
        "catalog/clock.yaml",
        "catalog/words/en/cat-cow.yaml",
        "catalog/words",
        "catalog/exercises",
        "templates/base.yaml",
        "assets/figures/cat-cow.end.svg",
        "assets/figures",
        "handouts.yaml",
    ],
)
def test_a_file_of_the_workspace_that_may_not_be_read_is_told(
    run: Run, table: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table / name
    (path if "." not in path.name else path.parent).mkdir(parents=True, exist_ok=True)
    if path.suffix == ".svg":
        path.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>')
    elif path.suffix and name != "handouts.yaml":
        path.write_text("{}\n")
    refuse_to_open(monkeypatch, f"here/{name}")
    ran = run("batch", "p.csv", *ONE)
    assert ran.code in (3, 6), ran.err
    assert ran.lines[0].startswith(f"{name}: "), ran.err
    assert "bug" not in ran.err


def test_a_file_that_nothing_reads_does_not_matter(run: Run, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("catalog", "assets/figures", "templates"):
        (table / name).mkdir(parents=True)
        (table / name / "notes.txt").write_text("x")
    refuse_to_open(monkeypatch, "notes.txt")
    assert run("batch", "p.csv", *ONE).code == 0


def test_a_picture_that_vanishes_before_it_is_built_is_told_by_name(
    run: Run, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanish(*_: Any, **__: Any) -> Any:
        raise FileNotFoundError(2, "No such file or directory", str(table / "assets/figures/cat-cow.end.svg"))

    monkeypatch.setattr("handouts.batch.building.make_handout", vanish)
    ran = run("batch", "p.csv", *ONE)
    assert ran.code == 3
    assert ran.lines[0].startswith("assets/figures/cat-cow.end.svg: cannot read: there is no such file (")
    assert set(states(table / "out").values()) == {"failed"}
