"""Text from anywhere: printed letter for letter, or refused at once in one clear line, with its place and nothing written."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run, files_in, read_text
from handouts.errors import MOST_TOLD
from handouts.formats.reading import quoted

QUICK = 2.0  # seconds of the processor: others may be at work on the machine
MARKS = "a" + "\u0301\u0323\u0345\u0327" * 14_000  # composing them takes three seconds
MOST_LOOKED_UP = 100  # near words: each takes a quarter of a millisecond
MANY = {
    "unknown keys": "".join(f"k{number}: v\n" for number in range(24_000)),
    "notes of unknown exercises": "note: {" + ", ".join(f"cobr{number}: v" for number in range(20_000)) + "}\n",
    "keys that are no ids": "note: {" + ", ".join(f"COBR{number}: v" for number in range(20_000)) + "}\n",
}


def timed(run: Run, *words: str) -> tuple[int, list[str], float]:
    """Exit code, lines on stderr, and seconds."""
    start = time.process_time()
    ran = run(*words)
    assert "Traceback" not in ran.err
    assert "bug" not in ran.err
    return ran.code, ran.lines, time.process_time() - start


@pytest.mark.parametrize("text", MANY.values(), ids=MANY)
@pytest.mark.parametrize("command", ["make", "batch", "check"])
def test_a_file_of_thousands_of_faults(command: str, text: str, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    monkeypatch.setattr("handouts.formats.reading.did_you_mean", lambda found, known: looked_up.append(found))
    run("make", "--routine", "five-minute", "-o", "warm.pdf")
    (folder / "request.yaml").write_text(f"{text}routine: five-minute\n")
    code, lines, seconds = timed(run, command, "request.yaml")
    assert code == 3
    assert seconds < QUICK
    assert len(looked_up) <= 2 * MOST_LOOKED_UP
    if command == "make":
        assert len(lines) == MOST_TOLD
        assert lines[0].startswith("request.yaml:1:")
        assert lines[-1].startswith("request.yaml: ")
        assert lines[-1].endswith("more problems in this file (mend those told first)")
        assert files_in(folder) == ["request.yaml", "warm.pdf"]


def test_the_settings_and_the_words_of_a_clinic_are_told_as_briefly(run: Run, folder: Path) -> None:
    for path in ("handouts.yaml", "catalog/words/en/cobra.yaml"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(MANY["unknown keys"])
        code, lines, seconds = timed(run, "make", "--exercise", "cobra")
        assert (code, len(lines)) == (3, MOST_TOLD)
        assert seconds < QUICK
        (folder / path).write_text("")


def test_a_file_of_directives_is_refused_before_it_is_parsed(run: Run, folder: Path) -> None:
    """libyaml compares each of them with all others: 3 seconds for this file."""
    (folder / "request.yaml").write_text("# mine\n" + "".join(f"%TAG !a{number}! a\n" for number in range(28_000)))
    code, lines, seconds = timed(run, "make", "request.yaml")
    assert (code, lines) == (3, ["request.yaml:2:1: a line must not begin with % (delete it, or put the text in quotes)"])
    assert seconds < QUICK


@pytest.mark.parametrize("field", ["patient", "goal", "clinician"])
def test_marks_by_the_thousand_are_counted_before_they_are_composed(field: str, run: Run, folder: Path) -> None:
    for way in (("make", f"--{field}", MARKS, "--routine", "five-minute"), ("batch", "p.csv", "--jobs", "1")):
        (folder / "p.csv").write_text(f'routine,{field}\nfive-minute,"{MARKS[:19_000]}"\n', encoding="utf-8")
        code, lines, seconds = timed(run, *way)
        assert code == 3 if way[0] == "batch" else code == 2
        assert f"{field}: expected at most" in "\n".join(lines).replace("--", "")
        assert seconds < QUICK
        assert max(map(len, lines)) < 300


@pytest.mark.parametrize("turn", ["\u202e", "\u202a", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"])
@pytest.mark.parametrize("field", ["patient", "override"])
def test_what_turns_the_direction_of_letters_is_refused(turn: str, field: str, run: Run, folder: Path) -> None:
    """In the chart note a reason would be read otherwise than it stands there."""
    said = json.dumps(f"A{turn}B")
    value = f"{{cobra: {said}}}" if field == "override" else said
    (folder / "request.yaml").write_text(f"exercises: [cobra]\n{field}: {value}\n")
    ran = run("make", "request.yaml", "--chart-note", "note.txt")
    assert (ran.code, len(ran.lines), files_in(folder)) == (3, 1, ["request.yaml"])
    assert ran.err.startswith("request.yaml:2:")
    assert f"character U+{ord(turn):04X}, which turns the direction of letters, is not allowed" in ran.err


def test_a_soft_hyphen_is_no_letter(run: Run, folder: Path, submit: Callable[..., None]) -> None:
    """A line would be broken at it with a hyphen, which whoever reads or copies the page takes for a part of the word."""
    word = "abcdefghij" * 15
    note = "\u00ad".join(["abcdefghij"] * 15)
    assert run("make", "--exercise", "cobra", "--note", f"cobra: {note}", "-o", "x.pdf").code == 0
    submit(folder / "x.pdf")
    assert word in read_text(folder / "x.pdf").replace(" ", "")


ESCAPED = {"05D0": 'patient: "A\\u05d0"', "1F600": 'title: "\\U0001F600"', "3000": 'note: {cobra: "A\\u3000B"}'}


@pytest.mark.parametrize(("number", "line"), ESCAPED.items(), ids=ESCAPED)
@pytest.mark.parametrize("command", ["make", "batch"])
def test_a_letter_written_as_an_escape_has_its_place_too(number: str, line: str, command: str, run: Run, folder: Path) -> None:
    (folder / "request.yaml").write_text(f"exercises: [cobra]\n\n{line}\n")
    ran = run(command, "request.yaml")
    assert ran.code == 4
    assert ran.lines[0].startswith("request.yaml:3:")
    assert f"cannot print the letter U+{number}" in ran.lines[0]


UNPRINTED = {"Dr \u05d3\u05d5\u05d3 Sample": "05D3", "\u0645\u0631\u064a\u0645": "0645", "\u5f20\u4f1f": "5F20", "\u0e01": "0E01"}


@pytest.mark.parametrize(("name", "number"), UNPRINTED.items(), ids=UNPRINTED.values())
def test_a_name_in_letters_we_have_not_is_not_shown(name: str, number: str, run: Run, folder: Path) -> None:
    ran = run("make", "--exercise", "cobra", "--patient", name)
    assert (ran.code, len(ran.lines), files_in(folder)) == (4, 1, [])
    assert ran.err.startswith(f"patient: cannot print the letter U+{number}, no font has it (a")
    assert not set(name) & {letter for letter in ran.err if ord(letter) > 0x7F}


# --------------------------------------------------------------------------------------------- spreadsheets

FORMULAS = ("A,=1+1", "=1+cmd;@SUM(1)", "B, +1", "-2+3", "A;-1", "@x", "C, -1")


def test_a_manifest_opened_in_a_spreadsheet_runs_no_formula(run: Run, folder: Path, submit: Callable[..., None]) -> None:
    rows = "".join(f'"{name}",cobra\n' for name in FORMULAS)
    (folder / "p.csv").write_text(f"patient,exercises\n{rows}")
    ran = run("batch", "p.csv", "--jobs", "1", "--names", "{patient}")
    assert ran.code == 0, ran.err
    text = (folder / "out/manifest.jsonl").read_text()
    for divider in ",;\t :|":
        for cell in (cell for row in csv.reader(text.splitlines(), delimiter=divider) for cell in row):
            assert not cell.strip(" \"'").startswith(("=", "+", "-", "@")), cell
    outputs = {json.loads(line)["output"] for line in text.splitlines()}
    assert len(outputs) == len(FORMULAS)
    assert outputs == {path.name for path in (folder / "out").glob("*.pdf")}
    assert "A,=1+1.pdf" in outputs
    assert run("batch", "p.csv", "--jobs", "1", "--names", "{patient}", "--resume").out == "", "it reads what it wrote"
    for path in (folder / "out").glob("*.pdf"):
        submit(path)


def test_a_report_opened_in_a_spreadsheet_runs_no_formula(run: Run, folder: Path) -> None:
    name = "A,=1+1.yaml"
    (folder / name).write_text("rutine: x\n")
    said = run("check", name, "--json").out
    assert json.loads(said)["remarks"][0]["place"].startswith(name)
    for line in said.splitlines():
        for cell in line.split(","):
            assert not cell.strip(" \"'").startswith(("=", "+", "-", "@")), cell


def test_bytes_that_are_no_text_behind_a_byte_order_mark(run: Run, folder: Path) -> None:
    """The place counts from the mark on; a mark and nothing else to read once ended in a traceback."""
    (folder / "p.csv").write_bytes(b'\xef\xbb\xbf"\xed\xa0\x80"')
    assert run("batch", "p.csv").err.startswith("p.csv:1:2: the file is not UTF-8 text")
    (folder / "request.yaml").write_bytes(b"\xef\xbb\xbfpatient: Zo\xeb\n")
    assert run("make", "request.yaml").err.startswith("request.yaml:1:12: the file is not UTF-8 text")


def test_a_cell_of_many_megabytes_is_told_quickly(run: Run, folder: Path) -> None:
    (folder / "p.csv").write_bytes(b"patient,\xc3\xa9" + b"x" * 30_000_000)
    code, lines, seconds = timed(run, "batch", "p.csv")
    assert (code, len(lines)) == (3, 1)
    assert lines[0].startswith("p.csv:1:9: unknown column")
    assert len(lines[0]) < 2_000
    assert seconds < QUICK


def test_what_is_shown_of_a_long_text_is_not_looked_at_whole() -> None:
    """A cell may be as long as its file."""
    start = time.process_time()
    assert len(quoted("\u00e9\x07" * 10_000_000)) < 100
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("goal: walk to bus stop #5 and back\n", 'r.yaml:2:7: goal: " #" begins a comment'),
        ("note:\n  cobra: Do step #3 first\n", '" #" begins a comment'),
        ("patient: Ann # a neighbour\n", 'r.yaml:2:10: patient: " #" begins a comment'),
    ],
)
def test_a_comment_that_cuts_text_is_refused(text: str, told: str, run: Run, folder: Path) -> None:
    (folder / "r.yaml").write_text(f"exercises: [cobra]\n{text}")
    for command in ("make", "check"):
        ran = run(command, "r.yaml")
        assert ran.code == 3
        assert told in (ran.out + ran.err).replace(": F1: ", ": ")
    assert files_in(folder) == ["r.yaml"]


@pytest.mark.parametrize(
    "text", ['goal: "walk to stop #5"\n', "goal: to stop#5\n", "# goal: x\n", "goal: walk\n# more\n", "minutes: 10 # enough\n"]
)
def test_comments_that_cut_nothing_are_none_of_our_business(text: str, run: Run, folder: Path) -> None:
    (folder / "r.yaml").write_text(f"exercises: [cobra]\nprofile: extension\n{text}")
    assert run("make", "r.yaml", "--save", "saved.yaml").code == 0
    assert ("#5" in (folder / "saved.yaml").read_text()) is ("#5" in text)


LETTERS = {
    "שלום": "U+05E9, no font has it (a Hebrew letter; letter 1 of 4; 3 more of it cannot be printed; write it in Latin",
    "Ann ➔": "U+2794, no font has it (an arrow; letter 5 of 5; write",
    "😀": "U+1F600, no font has it (an emoji or a picture sign; letter 1 of 1; write",
    "\uf0b7 Ann": "U+F0B7, no font has it (a sign of one font only, as Word uses for bullets; letter 1 of 5; write",
    "Adébọ̀wálé": "U+0300, no font has it (a mark over or under the letter before it; letter 6 of 10; type the letter without it)",
    "张": "U+5F20, no font has it (a Chinese letter; letter 1 of 1; write",
}


@pytest.mark.parametrize(("name", "told"), LETTERS.items())
def test_a_letter_that_cannot_be_printed_is_described(name: str, told: str, run: Run) -> None:
    ran = run("make", "--exercise", "cobra", "--patient", name)
    assert ran.code == 4
    assert ran.err.startswith(f"patient: cannot print the letter {told}")


def test_letters_of_africa_and_azerbaijan_are_printed(run: Run, folder: Path, submit: Callable[..., None]) -> None:
    name = "Məmmədov Əli Ɛsi Ɔkɔ Ɗanɗi Ɓala"
    assert run("make", "--exercise", "cobra", "--patient", name, "-o", "x.pdf").code == 0
    submit(folder / "x.pdf")
    assert name in read_text(folder / "x.pdf")
