"""What is said of a patient stands on the page and nowhere else: no byte of anything else that comes out holds it.

Nonsense words stand for it. Every command is run with them, when all is well and in failing ways, and everything is searched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pikepdf
import pytest

import handouts.build
from cli.conftest import Run, files_in, read_text
from cli.leaks import INPUTS, WORDS, find_leaks, find_words
from handouts.batch import building

REQUEST = """\
profile: extension
exercises: [{id: cobra, note: Grumblethorpe slowly.}, {id: childs-pose, override: Snarfblat said so.}]
patient: Quorvix Zanthum
patient_id: QZ-93917
goal: Wexlify the plonkton.
progression_rule: Hocwurst when it is easy.
progression: ["week 2: hold 20 s"]
start: 2026-03-30
weeks: 2
pages: [handout, calendar, diary]
"""
HEAD = "patient,patient_id,note,override,goal,progression_rule,exercises,profile\n"
ROW = "Quorvix Zanthum,QZ-93917,cobra: Grumblethorpe slowly.,childs-pose: Snarfblat said so.,Wexlify the plonkton.,"
ROW += "Hocwurst when it is easy.,cobra | childs-pose,extension\n"
PASSWORD = "florbnagle trinket"  # noqa: S105 - of a test


@pytest.fixture
def desk(folder: Path) -> Path:
    (folder / "handouts.yaml").write_text("country: gb\n")
    (folder / "r.yaml").write_text(REQUEST)
    (folder / "p.csv").write_text(HEAD + ROW * 2)
    (folder / "word.txt").write_text(f"{PASSWORD}\n")
    return folder


# ------------------------------------------------------------------------------------------- searching


def test_the_search_finds_what_is_planted(desk: Path, run: Run) -> None:
    assert run("make", "r.yaml", "-o", "x.pdf").code == 0
    assert find_leaks(desk) == []
    for plant in (
        lambda pdf: pdf.docinfo.__setitem__("/Subject", "for Quorvix"),
        lambda pdf: pdf.Root.StructTreeRoot.__setitem__("/ID", "\u2603 Zanthum"),
        lambda pdf: pdf.Root.__setitem__("/Extra", pdf.make_stream(b"<goal>Wexlify</goal>")),
    ):
        with pikepdf.open(desk / "x.pdf") as pdf:
            plant(pdf)
            pdf.save(desk / "y.pdf")
        assert find_leaks(desk), "check the check"
    (desk / "y.pdf").rename(desk / "quorvix.txt")
    assert "the name quorvix.txt" in find_leaks(desk)


# ------------------------------------------------------------------------------------------- when all is well

WELL: dict[str, tuple[str, ...]] = {
    "make": ("make", "r.yaml", "-o", "x.pdf", "--save", "x.yaml", "--chart-note", "x.txt", "--ics", "x.ics"),
    "calendar": ("calendar", "r.yaml", "-o", "x.pdf"),
    "batch": ("batch", "p.csv", "--jobs", "2", "--merge", "print.pdf"),
    "check": ("check", "r.yaml", "--json", "--html", "r.html", "--scores"),
}


@pytest.mark.parametrize("words", WELL.values(), ids=WELL)
def test_only_the_page_holds_it(words: tuple[str, ...], desk: Path, run: Run, submit: Callable[..., None]) -> None:
    ran = run(*words)
    assert ran.code == 0, ran.err
    assert find_words((ran.out + ran.err).encode()) == []
    assert find_leaks(desk) == []
    for path in sorted(desk.rglob("*.pdf")):
        assert "Quorvix Zanthum" in read_text(path)
        submit(path)
    made = [str(path.relative_to(desk)) for path in sorted(desk.rglob("*.pdf"))]
    checked = run("check", *made, "--json", "--html", "again.html", "--scores")
    assert find_words((checked.out + checked.err).encode()) == []


def test_the_reports_of_a_finished_page_show_pictures_of_it_only_as_pictures(desk: Path, run: Run) -> None:
    assert run("make", "r.yaml", "-o", "x.pdf").code == 0
    run("check", "x.pdf", "--html", "r.html")
    assert find_words((desk / "r.html").read_bytes()) == []


def test_a_name_is_in_the_name_of_a_file_only_if_asked(desk: Path, run: Run) -> None:
    (desk / "p.csv").write_text(HEAD + ROW)
    assert run("batch", "p.csv", "--names", "{patient_id}").code == 0
    assert "out/QZ-93917.pdf" in files_in(desk)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux")
def test_nothing_shows_it_while_they_run(desk: Path, tmp_path: Path) -> None:
    (desk / "p.csv").write_text(HEAD + ROW * 12)
    (tmp_path / "temp").mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temp")}
    seen: list[bytes] = []
    for words in (("batch", "p.csv", "--jobs", "2", "--password-file", "word.txt"), ("check", "r.yaml", "--html", "r.html")):
        process = subprocess.Popen(
            [sys.executable, "-m", "handouts", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
        while process.poll() is None:
            for number in family(process.pid):
                seen += [read_quietly(Path(f"/proc/{number}/{kind}")) for kind in ("cmdline", "environ", "comm")]
            seen += [str(path).encode() for path in (*tmp_path.rglob("*"), *desk.rglob("*"))]
            time.sleep(0.02)
        assert process.returncode == 0
    assert len(seen) > 20
    assert find_words(b"\n".join(seen), (*WORDS, PASSWORD)) == []
    assert list((tmp_path / "temp").iterdir()) == []


def family(number: int) -> Iterator[int]:
    yield number
    for task in Path(f"/proc/{number}/task").glob("*"):
        for child in read_quietly(task / "children").split():
            yield from family(int(child))


def read_quietly(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_warnings_of_libraries_do_not_show_it(desk: Path) -> None:
    for words in (WELL["make"], ("batch", "p.csv", "--jobs", "1")):
        command = [sys.executable, "-X", "dev", "-W", "error", "-m", "handouts", *words]
        ran = subprocess.run(command, capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert find_words(ran.stdout + ran.stderr) == []
        assert b"Warning" not in ran.stderr


# ------------------------------------------------------------------------------------------- in failing ways

YAML = {
    "quotes that are never closed": 'patient: "Quorvix Zanthum\nroutine: five-minute\n',
    "two colons": "patient: Quorvix: Zanthum\nroutine: five-minute\n",
    "a list": "patient: [Quorvix]\nroutine: five-minute\n",
    "a mapping": "patient: {Quorvix: 1}\nroutine: five-minute\n",
    "nothing else": "Quorvix Zanthum\n",
    "a tab": "patient:\tQuorvix\n\tgoal: Wexlify\n",
    "no glyph": "routine: five-minute\npatient: Quorvix \U0001f600\n",
    "too long": f"routine: five-minute\npatient: {'Quorvix ' * 50}\n",
    "a control": 'routine: five-minute\npatient: "Quorvix\\x07"\n',
    "an anchor": "patient: &Quorvix a\n",
    "a tag": "patient: !Quorvix a\n",
    "twice": "patient: Quorvix\npatient: Quorvix\n",
    "a number that is a list": "patient_id: [QZ-93917]\nroutine: five-minute\n",
    "a note without its exercise": "routine: five-minute\nnote: Grumblethorpe slowly.\n",
    "a note for words": "routine: five-minute\nnote: {Grumblethorpe slowly: x}\n",
    "a reason for another": "exercises: [cobra]\noverride: {cat-cow: Snarfblat said so.}\n",
    "a reason in a list": "exercises: [{id: cobra, override: [Snarfblat]}]\n",
    "a note too long": f"exercises: [{{id: cobra, note: {'Grumblethorpe ' * 100}}}]\n",
    "a progression in words": "routine: five-minute\nprogression: [Hocwurst when it is easy]\n",
    "one of a week": 'routine: five-minute\nprogression: ["week 2: Hocwurst"]\n',
    "a goal of two": "routine: five-minute\ngoal: {Wexlify: plonkton}\n",
    "an end too early": "{patient: Quorvix, routine: \n",
    "a deeper line": "routine: five-minute\npatient: Quorvix\n  Zanthum: x\n",
}


@pytest.mark.parametrize("text", YAML.values(), ids=YAML)
def test_a_request_that_is_refused_does_not_show_it(text: str, desk: Path, run: Run) -> None:
    (desk / "r.yaml").write_text(text)
    before = files_in(desk)
    for words in (("make", "r.yaml"), ("check", "r.yaml"), ("batch", "r.yaml", "--dry-run")):
        ran = run(*words)
        assert words[0] != "make" or ran.code in (3, 4)
        assert find_words((ran.out + ran.err).encode()) == [], ran.err
    assert files_in(desk) == before


TABLES = {
    "no glyph": HEAD + ROW.replace("Quorvix", "Quorvix\U0001f600"),
    "more cells": HEAD + ROW.replace("\n", ",Quorvix,Zanthum\n"),
    "quotes that are never closed": HEAD + '"' + ROW,
    "no header": ROW * 2,
    "a note without its exercise": HEAD + ROW.replace("cobra: G", "G"),
    "a reason for words": HEAD + ROW.replace("childs-pose: Snarfblat", "Snarfblat: x"),
    "too long": HEAD + "Quorvix " * 40 + ROW,
    "not to be found": HEAD + ROW.replace("cobra |", "nope |"),
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_table_that_is_refused_does_not_show_it(text: str, desk: Path, run: Run) -> None:
    (desk / "p.csv").write_text(text)
    ran = run("batch", "p.csv", "--jobs", "1", "--merge", "print.pdf")
    assert ran.code in (3, 4), ran.err
    assert find_words((ran.out + ran.err).encode()) == []
    assert find_leaks(desk) == []


TYPED: dict[str, tuple[str, ...]] = {
    "no quotes": ("make", "--routine", "five-minute", "--patient", "Quorvix", "Zanthum"),
    "no quotes, three": ("make", "--patient", "Quorvix", "Zanthum", "Plonkton"),
    "a slip": ("make", "--patinet", "Quorvix"),
    "another option": ("make", "--patient=Quorvix", "--bogus"),
    "a note alone": ("make", "--exercise", "cobra", "--note", "Grumblethorpe"),
    "a reason alone": ("make", "--exercise", "cobra", "--override", "Snarfblat"),
    "a progression": ("calendar", "--routine", "five-minute", "--progression", "Hocwurst"),
    "no glyph": ("make", "--routine", "five-minute", "--patient", "Quorvix\U0001f600"),
    "too long": ("make", "--routine", "five-minute", "--goal", "Wexlify " * 300),
    "no folder": ("make", "--routine", "five-minute", "--patient", "Quorvix", "-o", "no/x.pdf"),
    "nothing left": ("make", "--patient", "Quorvix", "--exercise", "cobra", "--exclude", "cobra"),
    "a cover": ("make", "--routine", "five-minute", "--patient", "Quorvix", "--cover", "r.yaml"),
}


@pytest.mark.parametrize("words", TYPED.values(), ids=TYPED)
def test_a_command_that_is_refused_does_not_show_it(words: tuple[str, ...], desk: Path, run: Run) -> None:
    ran = run(*words)
    assert ran.code in (2, 3, 4, 5), ran.err
    assert find_words((ran.out + ran.err).encode()) == []
    assert files_in(desk) == sorted(INPUTS)


@pytest.mark.parametrize("words", [("make", "r.yaml"), ("--debug", "make", "r.yaml"), ("batch", "p.csv", "--jobs", "2")])
@pytest.mark.parametrize("kind", [KeyError, MemoryError, RecursionError, OSError, UnicodeError])
def test_an_error_of_any_kind_does_not_show_it(
    kind: type[Exception], words: tuple[str, ...], desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ROW.split(",")[0]

    def fail(*_: Any, **__: Any) -> NoReturn:
        raise kind(told) from ValueError(told)

    monkeypatch.setattr(handouts.build, "make_handout", fail)
    monkeypatch.setattr(building, "make_handout", fail)
    ran = run(*words)
    assert ran.code in (1, 3, 4)
    assert find_words((ran.out + ran.err).encode()) == []
    assert find_leaks(desk) == []


# ------------------------------------------------------------------------------------------- passwords and crashes


def test_a_password_is_nowhere(desk: Path, run: Run) -> None:
    secret = (PASSWORD,)
    for words in (
        ("make", "r.yaml", "-o", "x.pdf", "--password-file", "word.txt", "--save", "x.yaml", "--chart-note", "x.txt"),
        ("batch", "p.csv", "--password-file", "word.txt", "--jobs", "2"),
        ("make", "r.yaml", "-o", "y.pdf", "--cover", "x.pdf", "--cover-password-file", "word.txt"),
        ("make", "r.yaml", "--cover", "x.pdf", "--cover-password-file", "r.yaml"),  # a wrong one
        ("check", "x.pdf", "--json"),
    ):
        ran = run(*words)
        assert find_words((ran.out + ran.err).encode(), secret) == []
    assert (desk / "x.pdf").exists()
    assert (desk / "y.pdf").exists()
    for name in set(files_in(desk)) - {"word.txt"}:
        assert find_words((desk / name).read_bytes(), secret) == [], name
    assert find_leaks(desk, password=PASSWORD) == []
    assert "florbnagle" not in repr(handouts.build.Passwords(cover=PASSWORD, handout=PASSWORD))


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits")
def test_a_crash_leaves_no_image_of_the_memory() -> None:
    program = (
        "import resource as r; from handouts.cli import main; most = r.getrlimit(r.RLIMIT_CORE)[1]; "
        "r.setrlimit(r.RLIMIT_CORE, (most, most)); main(['--version']); print(r.getrlimit(r.RLIMIT_CORE)[0])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "0"
