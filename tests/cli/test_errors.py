"""Whatever goes wrong: one clear line for each problem, the exit code of its kind, nothing written, no traceback."""

from __future__ import annotations

import errno
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

import handouts.build
from cli.conftest import Run, files_in
from handouts.cli.reporting import one_line

FIVE = ("make", "--routine", "five-minute")
USAGE = {
    "no command": ((), "name a command"),
    "command": (("mkae",), "did you mean 'make'"),
    "option": (("make", "--profil", "extension"), "did you mean --profile?"),
    "no value": (("make", "--profile"), "--profile"),
    "unquoted name": (("make", "--patient", "Maria", "Santos", "Lopez"), "put text with blanks in quotes"),
    "minutes": ((*FIVE, "--minutes", "ten"), "--minutes: expected a whole number"),
    "date": ((*FIVE, "--date", "22.11.2026"), "write it like 2026-03-31 or today"),
    "dose": (("make", "--exercise", "cobra", "--dose", "cobra: lots"), "--dose"),
    **{
        f"pair {option}": (("make", "--exercise", "cobra", option, "Maria Santos"), f'{option}: write it like "figure-four: ')
        for option in ("--note", "--dose", "--side", "--override")
    },
    "output of two lines": ((*FIVE, "-o", "a\nb.pdf"), "-o: the file name holds a line break"),
    "no UTF-8": ((*FIVE, "--patient", "Zeb\udcff"), "--patient: is not valid UTF-8 text"),
    "nothing to see": ((*FIVE, "--patient", "\u200b\u200b"), "--patient: expected text"),
    "twice": (("make", "--exercise", "cobra", "--exercise", "cobra"), "cobra is given twice"),
    "name too long": ((*FIVE, "--patient", "Z" * 101), "at most 100 characters"),
    "cover missing": ((*FIVE, "--cover", "none.pdf"), "does not exist"),
    "output": ((*FIVE, "-o", "handout.docx"), "ending in .pdf"),
    "save": ((*FIVE, "--save", "plan.pdf"), "ending in .yaml"),
    "workspace": ((*FIVE, "--workspace", "nowhere"), "handouts init DIR"),
    "paper": ((*FIVE, "--paper", "a5"), "--paper"),
}
INPUT = {
    "exercise": (("make", "--exercise", "cobar"), "did you mean cobra?"),
    "profile": (("make", "--profile", "extention"), "did you mean extension?"),
    "precaution": (("make", "--precaution", "glacoma"), "did you mean glaucoma?"),
    "clinic": ((*FIVE, "--clinic", "nobody"), 'no clinic "nobody"'),
    "edition": ((*FIVE, "--edition", "tiny"), 'no edition "tiny"'),
    "language": ((*FIVE, "--lang", "xx"), 'no language "xx"'),
    "side": (("make", "--exercise", "cobra", "--side", "cobra: left"), "it has no sides"),
    "unused dose": ((*FIVE, "--dose", "cobra: 2 x 10 s"), "not on this handout"),
    "request": (("make", "nope.yaml"), "there is no such file"),
    "password file": ((*FIVE, "--password-file", "nope.txt"), "there is no such file"),
}
CANNOT_PRINT = {
    "nothing asked": (("make",), "nothing is asked for"),
    "nothing left": (("make", "--profile", "extension", "--position", "prone", "--region", "calf"), "nothing is left"),
    "all excluded": (("make", "--exercise", "cobra", "--exclude", "cobra"), "nothing is left"),
    "minutes too few": (("make", "--exercise", "pigeon-pose", "--minutes", "1"), "too few for one exercise"),
    "no glyph": ((*FIVE, "--patient", "Ana \U0001f600"), "U+1F600"),
}


def all_cases() -> list[Any]:
    groups = ((2, USAGE), (3, INPUT), (4, CANNOT_PRINT))
    return [pytest.param(code, *case, id=f"{code}-{name}") for code, group in groups for name, case in group.items()]


@pytest.mark.parametrize(("code", "words", "told"), all_cases())
def test_bad_words(code: int, words: tuple[str, ...], told: str, run: Run, folder: Path) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (code, ""), ran.err
    assert told.lower() in ran.err.lower()
    assert "Traceback" not in ran.err
    assert files_in(folder) == []
    for private in ("Maria", "Santos", "Lopez", "ZZZ", "Ana"):
        assert private not in ran.err


BAD_FILES = {
    "unknown id": ("routine: five-minit\n", "request.yaml:1:10: ", "five-minute"),
    "wrong type": ("routine: five-minute\nminutes: soon\n", "request.yaml:2:10: ", "whole number"),
    "unknown key": ("rutine: five-minute\n", "request.yaml:1:1: ", "routine"),
    "duplicate key": ("routine: five-minute\nroutine: five-minute\n", "request.yaml:2:1: ", "routine"),
    "anchor": ("routine: &a five-minute\n", "request.yaml:1:10: ", "anchor"),
    "leaves": ("routine: five-minute\ncover: ../../cover.pdf\n", "request.yaml:2:8: ", "workspace"),
    "absolute": ("routine: five-minute\ncover: /etc/cover.pdf\n", "request.yaml:2:8: ", "absolute"),
    "missing cover": ("routine: five-minute\ncover: cover.pdf\n", "request.yaml:2:8: ", "does not exist"),
}


@pytest.mark.parametrize(("text", "place", "told"), BAD_FILES.values(), ids=BAD_FILES)
def test_bad_request_files(text: str, place: str, told: str, run: Run, folder: Path) -> None:
    (folder / "request.yaml").write_text(text)
    ran = run("make", "request.yaml")
    assert (ran.code, ran.out) == (3, ""), ran.err
    assert ran.err.startswith(place)
    assert told in ran.err
    assert files_in(folder) == ["request.yaml"]


def test_all_problems_at_once(run: Run, folder: Path) -> None:
    (folder / "request.yaml").write_text("routine: nope\nprofile: extention\nminutes: 0\n")
    assert len(run("make", "request.yaml").lines) == 3
    assert len(run("make", "--minutes", "0", "--date", "now", "--paper", "a0").lines) == 3


@pytest.mark.parametrize("content", [b"", b"no PDF at all", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + bytes(range(256)) * 40])
def test_unreadable_covers(content: bytes, run: Run, folder: Path) -> None:
    (folder / "cover.pdf").write_bytes(content)
    ran = run(*FIVE, "--cover", "cover.pdf")
    assert (ran.code, ran.out) == (3, "")
    assert "cover.pdf" in ran.err
    assert files_in(folder) == ["cover.pdf"]


@pytest.mark.parametrize("content", [b"", b"\n", b"  \nsecret\n", b"\xff\xfe\n", b"p" * 200])
def test_bad_password_files(content: bytes, run: Run, folder: Path) -> None:
    (folder / "secret.txt").write_bytes(content)
    for option in ("--password-file", "--cover-password-file"):
        ran = run(*FIVE, option, "secret.txt")
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith(f"secret.txt: {option}: the first line is ")
        assert "ppp" not in ran.err


def test_an_input_is_never_replaced(run: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text("routine: five-minute\ncover: cover.pdf\n")
    (folder / "secret.txt").write_text("secret\n")
    run(*FIVE, "-o", "cover.pdf")
    before = (folder / "cover.pdf").read_bytes()
    (folder / "link.pdf").symlink_to("cover.pdf")
    for words in (
        ("plan.yaml", "-o", "cover.pdf"),
        ("plan.yaml", "-o", "link.pdf"),
        ("plan.yaml", "-o", "./x/../cover.pdf"),
        ("plan.yaml", "--save", "plan.yaml"),
        ("plan.yaml", "--password-file", "secret.txt", "--chart-note", "secret.txt"),
    ):
        (folder / "x").mkdir(exist_ok=True)
        ran = run("make", *words)
        assert (ran.code, ran.out) == (2, ""), words
        assert "is read and would be replaced" in ran.err
    assert (folder / "cover.pdf").read_bytes() == before


def test_a_saved_plan_must_be_able_to_name_its_cover(run: Run, folder: Path, tmp_path: Path) -> None:
    run(*FIVE, "-o", tmp_path / "cover.pdf")
    ran = run(*FIVE, "--cover", tmp_path / "cover.pdf", "--save", "plan.yaml")
    assert (ran.code, ran.out, files_in(folder)) == (2, "", [])
    assert "copy the cover beside plan.yaml" in ran.err


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_a_password_is_read_from_a_file_only(kind: str, run: Run, folder: Path) -> None:
    path = folder / "secret"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path = Path("/dev/zero")
    for option in ("--password-file", "--cover-password-file"):
        ran = run(*FIVE, option, path)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith(f"{path}: {option}: this is ".replace(f"{folder}/", str(folder) + "/"))


def test_a_request_has_the_line_of_what_does_not_fit(run: Run, folder: Path) -> None:
    (folder / "request.yaml").write_text("exercises: [cat-cow, {id: cobra, side: left}]\nside: {cat-cow: left}\n")
    for command in ("make", "check"):
        ran = run(command, "request.yaml")
        assert ran.code == 3
        told = ran.err + ran.out
        assert "request.yaml:2:17: " in told
        assert "request.yaml:1:40: " in told
    (folder / "request.yaml").write_text("exercises: [cobra]\ndose: {cobra: 2 x 30 s, figure-four: 2 x 30 s}\n")
    assert run("make", "request.yaml").err.startswith("request.yaml:2:38: dose given for figure-four")
    (folder / "request.yaml").write_text("exercises: [recumbent-bike]\ndose: {recumbent-bike: 3 x 10}\n")
    assert run("make", "request.yaml").err.startswith("request.yaml:2:24: dose of recumbent-bike: it is timed")


@pytest.mark.parametrize("words", ["-1", " 1", "1_000", "\u0661", "soon"])
def test_the_set_date_is_digits(words: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", words)
    assert run(*FIVE).code == 2


def test_the_grammar_of_ids(run: Run, folder: Path) -> None:
    (folder / "request.yaml").write_text("exercises: [A B]\n")
    assert "expected the id of an exercise" in run("make", "request.yaml").err


# ------------------------------------------------------------------------------------------- writing


def test_a_missing_folder(run: Run, folder: Path) -> None:
    for words in (("-o", "no/x.pdf"), ("--save", "no/x.yaml"), ("-o", "x.pdf", "--chart-note", "no/x.txt")):
        ran = run(*FIVE, *words)
        assert (ran.code, ran.out, files_in(folder)) == (5, "", [])
        assert "cannot write: the folder does not exist" in ran.err


@pytest.mark.parametrize("made", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"])
def test_what_is_no_file_is_never_replaced(made: Callable[[Path], object], run: Run, folder: Path) -> None:
    """Nor written to: a device that root replaced would be gone for the whole machine."""
    (folder / "handouts.yaml").write_text("country: gb\n")
    (folder / "p.yaml").write_text("routine: five-minute\n")
    for name, words in (("x.pdf", (*FIVE, "-o", "x.pdf")), ("x.html", ("check", "p.yaml", "--html", "x.html"))):
        made(folder / name)
        ran = run(*words)
        assert ran.code == 5
        assert f"{name}: cannot write: this is not a regular file" in ran.err
        assert not (folder / name).is_file()
    assert not list(folder.glob(".*"))


def test_a_folder_in_the_way(run: Run, folder: Path) -> None:
    (folder / "x.pdf").mkdir()
    assert run(*FIVE, "-o", "x.pdf").code == 5


@pytest.mark.parametrize("target", [(), ("-o", "x.pdf"), ("-o", "x.pdf", "--save", "x.yaml", "--chart-note", "x.txt")])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_refuses(
    number: int, target: tuple[str, ...], run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "x.pdf").write_text("the last good one")

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*((os, "fsync") if number == errno.ENOSPC else (os, "fchmod")), refuse)
    ran = run(*FIVE, *target)
    assert (ran.code, ran.out) == (5, "")
    assert "cannot write" in ran.err
    assert files_in(folder) == ["x.pdf"]
    assert (folder / "x.pdf").read_text() == "the last good one"


def test_ctrl_c_leaves_nothing_half_written(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def interrupt(_handle: int) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    ran = run(*FIVE, "--save", "plan.yaml")
    assert (ran.code, ran.out, ran.lines[-1]) == (130, "", "interrupted")
    assert files_in(folder) == []


# ------------------------------------------------------------------------------------------- bugs and streams


def test_a_bug_is_one_line_without_the_patients_name(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "Maria Santos"

    def fail(*_: Any, **__: Any) -> NoReturn:
        raise KeyError(name)

    monkeypatch.setattr(handouts.build, "make_handout", fail)
    ran = run(*FIVE, "--patient", name)
    assert (ran.code, ran.out, len(ran.lines)) == (1, "", 1)
    assert re.fullmatch(r"bug: KeyError in one_document\.py:\d+: please report it, with what handouts --debug … shows\n", ran.err)
    debugged = run("--debug", *FIVE, "--patient", name)
    assert debugged.code == 1
    assert "Traceback" in debugged.err
    assert debugged.lines[-1] == "KeyError", "what is sent to us holds no name either"
    assert "Maria" not in debugged.err


def test_no_memory_is_no_bug(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (MemoryError(), OSError(errno.ENOMEM, "Cannot allocate memory")):

        def fail(*_: Any, error: Exception = error, **__: Any) -> NoReturn:
            raise error

        monkeypatch.setattr(handouts.build, "make_handout", fail)
        ran = run(*FIVE)
        assert (ran.code, ran.out) == (4, "")
        assert ran.err == "there is not enough memory (close other programs, or ask for less at a time)\n"


def test_a_reader_that_leaves_is_no_error(folder: Path) -> None:
    script = f"{shlex.quote(sys.executable)} -m handouts list | head -0"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_stdout_on_a_full_disk(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "handouts", "list"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 5
    assert done.stderr.decode().splitlines() == ["stdout: cannot write: No space left on device"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [("--help",), ("make", "--help"), ("--version",)])
def test_help_on_a_full_disk(words: tuple[str, ...], folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "handouts", *words], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 5
    assert done.stderr.decode().splitlines() == ["stdout: cannot write: No space left on device"]


def test_unruly_text_stays_in_its_line() -> None:
    assert one_line("a\nb\x1b[31m\u202e\u2028é") == r"a\nb\x1b[31m\u202e\u2028é"


def test_version_and_help_need_nothing_heavy(run: Run) -> None:
    assert re.fullmatch(r"handouts \d+\.\d+\.\d+\n", run("--version").out)
    code = (
        "import sys, handouts.cli, handouts.cli.app;"
        "print([m for m in ('reportlab', 'pypdf', 'babel', 'yaml', 'handouts.catalog', 'handouts.build') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"


# ------------------------------------------------------------------------------------------- help


COMMANDS = ("make", "list", "show", "init")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_the_help_work(command: str, run: Run, folder: Path) -> None:
    help_text = run(command, "--help").out
    examples = re.findall(r"^ +(handouts \S.*?) *$", help_text, re.MULTILINE)
    assert examples
    for example in examples:
        ran = run(*shlex.split(example)[1:])
        assert ran.code == 0, (example, ran.err)


def test_the_help_names_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for command in (*COMMANDS, "check"):
        assert re.search(rf"\b{command}\b", ran.out)
    assert "handouts make --routine five-minute" in ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--precaution", "foo"), 'unknown precaution "foo" (one of: balance, '),
        (("--precaution", "Osteoporosis"), 'found "Osteoporosis" (small letters and hyphens only: osteoporosis)'),
        (("--region", "low back"), 'found "low back" (small letters and hyphens only: low-back)'),
        (("--note", "nope: x"), 'unknown exercise in note "nope"'),
        (("--dose", "nope: 3", "--note", "nope: x"), 'unknown exercise in dose and note "nope"'),
        (("--patient", ""), "--patient: expected text, found nothing"),
    ],
)
def test_what_is_known_is_told(words: tuple[str, ...], told: str, run: Run) -> None:
    ran = run("make", "--routine", "five-minute", *words)
    assert ran.code in (2, 3)
    assert told in ran.err


def test_what_a_password_does_not_do_is_told(run: Run, folder: Path) -> None:
    (folder / "weak.txt").write_text("short\n")
    (folder / "blank.txt").write_text("long enough \n")
    ran = run(*FIVE, "--password-file", "weak.txt", "--save", "x.yaml", "--chart-note", "x.txt", "-o", "x.pdf")
    assert ran.code == 0
    assert "warning: the password protects the PDF only, not x.yaml or x.txt" in ran.lines
    assert "warning: a password of fewer than 8 letters is found by trying" in ran.lines
    ran = run(*FIVE, "--password-file", "blank.txt")
    assert ran.code == 3
    assert ran.err.startswith("blank.txt: --password-file: the first line begins or ends with a blank (")
