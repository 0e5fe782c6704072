"""`handouts batch patients.csv`: one handout a row, every fault with its place, and never a patient's words in what is said."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from cli.conftest import Run, files_in, read_text

Submit = Callable[..., None]

SURNAMES = {
    "Latin": ("Müller", "Łukasik", "O’Brien", "Þórsdóttir", "Çelik", "Ñúñez", "Őry", "Žižka"),
    "Vietnamese": ("Nguyễn", "Trần Thị Bưởi", "Phạm Đức", "Đặng Ngọc Ẩn"),
    "Greek": ("Παπαδόπουλος", "Ελευθερίου", "Άννα Ώρα"),
    "Cyrillic": ("Иванова", "Щербаков", "Ґалаґан", "Їжакевич"),
}
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+SUM(1;2)",
    "-2+3",
    "@import",
    '"Quoted" ""twice""',
    "Semi;colon",
    "<b>bold</b> & co",
    "{knee.near} %s $HOME",
    "back\\slash/../..",
    "null",
    "'; DROP TABLE--",
)
COLUMNS = (
    "patient",
    "patient_id",
    "exercises",
    "profile",
    "dose",
    "note",
    "side",
    "date",
    "days",
    "clinician",
    "goal",
    "blank_doses",
)
CHOICES = (
    {"exercises": "cat-cow", "profile": "flexion"},
    {"exercises": "cat-cow|childs-pose", "profile": "flexion", "dose": "cat-cow: 30 s | childs-pose: 2 x 30 s"},
    {
        "exercises": "figure-four",
        "profile": "flexion",
        "side": "figure-four: left",
        "note": 'figure-four: Slowly; easy, "very" easy.',
    },
    {"exercises": "cat-cow", "profile": "extension", "days": "mon,wed,FRI", "date": "2026-03-01"},
    {"exercises": "cat-cow", "profile": "flexion", "blank_doses": "TRUE", "clinician": "Dr. Örs", "goal": "=1+1"},
)
BAD = {  # by number of the row: what differs, and what is said of it, from the line on
    17: ({"patient": "محمد"}, r":(\d+): patient: cannot print the letter U\+0645, no font has it"),
    58: (
        {"date": "31/12/2026"},
        r':(\d+): date: expected a date or today, found "31/12/2026" \(write it like 2026-03-31 or today\)',
    ),
    103: ({"exercises": "cat-caw"}, r':(\d+): exercises: there is no exercise "cat-caw" \(did you mean cat-cow\?\)'),
    140: ({"exercises": "childs-pose", "profile": "extension", "dose": ""}, r": childs-pose: avoid, by profile extension: "),
    199: ({"note": "figure-four: a\nAnna is late"}, r":(\d+): note: expected pairs of an exercise and what is said of it"),
}


def make_rows() -> list[dict[str, str]]:
    """200 made-up patients in the scripts our fonts have, some with cells that mean something to other programs."""
    chance = random.Random(12)  # noqa: S311 - no secret
    names = [name for group in SURNAMES.values() for name in group]
    rows = []
    for number in range(1, 201):
        name = chance.choice(HOSTILE) if number % 5 == 0 else f"{chance.choice(names)} {chance.choice(names)}"
        row = {"patient": f"{name} {number}", "patient_id": f"{number:04}", **CHOICES[number % len(CHOICES)]}
        rows.append(row | BAD.get(number, ({}, ""))[0])
    return rows


def write_table(path: Path, rows: list[dict[str, str]], *, divider: str = ";", mark: str = "\ufeff") -> None:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS, delimiter=divider, lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes((mark + written.getvalue()).encode())


def test_two_hundred_patients_five_of_them_wrong(run: Run, folder: Path, submit: Submit) -> None:
    (folder / "handouts.yaml").write_text("country: gb\n")
    rows = make_rows()
    write_table(folder / "patients.csv", rows)
    ran = run("batch", "patients.csv", "--jobs", "2")
    good = [number for number in range(1, 201) if number not in BAD]
    assert ran.code == 6
    assert ran.out.splitlines() == [f"out/patients-{number:03}.pdf" for number in good]
    assert files_in(folder / "out") == ["manifest.jsonl", *(f"patients-{number:03}.pdf" for number in good)]
    failed = [line for line in ran.lines if line.startswith("failed: ")]
    assert len(failed) == 5
    lines = (folder / "patients.csv").read_text(encoding="utf-8-sig").split("\n")
    for line, (number, (changed, said)) in zip(failed, BAD.items(), strict=True):
        assert line.removeprefix("failed: ") in ran.lines, "it was told when it was found"
        begin, column = re.match(rf"failed: patients\.csv:(\d+){said}", line).groups() if "avoid" not in said else (None, None)  # type: ignore[union-attr]
        if begin:
            (key,) = changed
            cell = lines[int(begin) - 1][int(column) - 1 :].removeprefix('"')
            assert cell.startswith(changed[key].partition("\n")[0]), "the place is that of the cell"
            assert int(begin) == number + 1, "as every row before it is one line"
    assert "handouts batch: 195 written, 5 failed" in ran.lines
    said = ran.err + ran.out + (folder / "out/manifest.jsonl").read_text(encoding="utf-8")
    for row in rows:
        assert row["patient"] not in said
    assert not re.search("Anna|calc|DROP|Slowly|Örs", said)
    for number in good[::13]:
        submit(folder / f"out/patients-{number:03}.pdf")
    for number in good[::3]:
        text = read_text(folder / f"out/patients-{number:03}.pdf")
        assert " ".join(rows[number - 1]["patient"].split()) in text
        assert f"{number:04}" in text
    by_source = {
        json.loads(line)["source"]: json.loads(line) for line in (folder / "out/manifest.jsonl").read_text().splitlines()
    }
    assert [by_source[f"patients.csv:{number + 1}"]["state"] for number in BAD] == ["failed"] * 5


def say(run: Run, folder: Path, content: str | bytes, *words: str) -> tuple[int, list[str]]:
    (folder / "p.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    ran = run("batch", "p.csv", "--dry-run", *words)
    assert not (folder / "out").exists()
    return ran.code, ran.lines


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "p.csv: the file is empty (name the columns in the first line: patient, routine, …)"),
        ("patient,routine\n", "p.csv: the file holds no rows (write one patient a line below the first)"),
        ("patient,routine\n,\n , \n", "p.csv: the file holds no rows (write one patient a line below the first)"),
        ("\n\npatient\nAnna\n", "p.csv: the first line is empty (name the columns in the first line: patient, routine, …)"),
        ("patient,rutine\nAnna,x\n", 'p.csv:1:9: unknown column "rutine" (did you mean routine?)'),
        (
            "patient,routine,Patient\nAnna,five-minute,x\n",
            'p.csv:1:17: column "Patient" says the same as column "patient" (keep one of them)',
        ),
        (
            'patient,routine\n"Anna,five-minute\n',
            'p.csv:2:1: these quotes are never closed (close them; write " inside quotes as "")',
        ),
        (
            "patient,routine\nJosé,five-minute\n".encode("cp1252"),
            'p.csv:2:4: the file is not UTF-8 text (in Excel: Save As, "CSV UTF-8 (Comma delimited)")',
        ),
        (
            "patient,routine\nAnna,five-minute\n".encode("utf-16"),
            'p.csv: the file is saved as UTF-16, not as UTF-8 (in Excel: Save As, "CSV UTF-8 (Comma delimited)")',
        ),
    ],
)
def test_a_table_that_is_wrong_as_a_whole(run: Run, folder: Path, content: str | bytes, said: str) -> None:
    code, (line,) = say(run, folder, content)
    assert code == 3
    assert line.startswith(said)


def test_more_rows_than_a_batch_takes_are_told(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.batch.table.MAX_ROWS", 2)
    code, lines = say(run, folder, "routine\n" + "five-minute\n" * 3)
    assert (code, lines) == (3, ["p.csv: the file holds more than 2 rows (split it into several files)"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Anna,five-minute", "p.csv:2: expected 6 cells as in the first line, found 2"),
        ("Anna,five-minute,,,,,x", "p.csv:2: expected 6 cells as in the first line, found 7"),
        ("Anna,five-minuet,,,,", 'p.csv:2:6: routine: there is no routine "five-minuet" (did you mean five-minute?)'),
        ("Anna,five-minute,x,,,", 'p.csv:2:18: minutes: expected a whole number from 1 to 240, found "x" (for example 1)'),
        (
            "Anna,five-minute,,1.2.2026,,",
            'p.csv:2:19: date: expected a date or today, found "1.2.2026" (write it like 2026-03-31 or today)',
        ),
        (
            "Anna,five-minute,,2026-02-30,,",
            'p.csv:2:19: date: expected a day that exists, found "2026-02-30" (write it like 2026-03-31 or today)',
        ),
        ("Anna,five-minute,,,yes,", 'p.csv:2:20: swap: expected TRUE or FALSE, found "yes" (or leave the cell empty)'),
        ("Anna,five-minute,,,,fr", 'p.csv:2:21: lang: there is no language "fr" (one of: en)'),
        (
            "\u202eAnna\u0007,five-minute,,,,",
            "p.csv:2:1: patient: character U+0007 is not allowed (delete it and type the text anew)",
        ),
        (f"{'Anna' * 40},five-minute,,,,", "p.csv:2:1: patient: expected at most 100 characters, found 160 (shorten it)"),
        ('"An\nna",five-minute,,,,', "p.csv:2:1: patient: a line break is not allowed in this text (write it on one line)"),
    ],
)
def test_a_row_that_is_wrong_is_told_and_keeps_no_other_away(run: Run, folder: Path, row: str, said: str) -> None:
    code, lines = say(run, folder, f"patient,routine,minutes,date,swap,lang\n{row}\n,five-minute,,today,FALSE,en\n")
    assert code == 6
    assert lines[0].startswith(said)
    assert lines[1:] == ["handouts batch: 1 would be written, 1 cannot be", f"failed: {lines[0]}"]
    assert "Anna" not in "".join(lines)


@pytest.mark.parametrize(
    ("head", "cell", "said"),
    [
        (
            "progression",
            "when Anna is better: hold 30 s",
            "p.csv:2:13: progression: expected a change from week 2 to week 26, found text that is kept private (",
        ),
        ("progression", "week 2: anna: 3 x 10", "p.csv:2:13: progression: there is no exercise of this id"),
        (
            "progression",
            "week 2: hold 5 s | week 2: hold 5 s",
            "p.csv:2:13: progression: text that is kept private is given twice",
        ),
        ("patient", "Anna 张", "p.csv:2:13: patient: cannot print the letter U+5F20, no font has it"),
        ("progression_rule", "Anna " * 60, "p.csv:2:13: progression_rule: expected at most 200 characters, found 299"),
    ],
)
def test_words_of_a_patient_are_never_shown(run: Run, folder: Path, head: str, cell: str, said: str) -> None:
    code, lines = say(run, folder, f"routine,{head}\nfive-minute,{cell}\n")
    assert code in (3, 4)
    assert lines[0].startswith(said)
    assert not re.search("Anna|anna|张|hold 5", "".join(lines))


def test_a_damaged_cover_is_told_at_its_cell_as_the_table_writes_it(run: Run, folder: Path) -> None:
    (folder / "clinic").mkdir()
    (folder / "clinic/own.pdf").write_bytes(b"no PDF")
    (folder / "clinic/p.csv").write_text("exercises;cover;letterhead\ncat-cow;own.pdf;\ncat-cow;;./own.pdf\n")
    ran = run("batch", "clinic/p.csv", "--dry-run")
    assert ran.code == 3
    assert ran.lines[0].startswith('clinic/p.csv:2:9: cover: "own.pdf": ')
    assert ran.lines[1].startswith('clinic/p.csv:3:10: letterhead: "./own.pdf": ')
    assert str(folder) not in ran.err


def test_problems_of_the_plan_stand_at_their_cell(run: Run, folder: Path) -> None:
    code, lines = say(run, folder, 'exercises,side,dose\ncat-cow,"cat-cow: left",\ncat-cow,,"childs-pose: 2 x 30 s"\n')
    assert code == 3
    assert lines[0].startswith("p.csv:2:9: side of cat-cow: ")
    assert lines[1].startswith("p.csv:3:10: dose given for childs-pose, which is not on this handout")


TABLES = {
    "comma": (",", "", "\n"),
    "excel": (";", "\ufeff", "\r\n"),
    "tab": ("\t", "", "\r\n"),
    "sep": (";", "sep=;\r\n", "\r\n"),
    "old mac": (",", "", "\r"),
}


@pytest.mark.parametrize(("divider", "mark", "end"), TABLES.values(), ids=TABLES)
def test_every_way_of_writing_a_table_makes_the_same_files(run: Run, folder: Path, divider: str, mark: str, end: str) -> None:
    rows = [("patient", "exercises", "days"), ("Ann", "cat-cow|figure-four", "tue|fri")]
    (folder / "p.csv").write_bytes((mark + end.join(divider.join(row) for row in rows)).encode())
    assert run("batch", "p.csv", "--jobs", "1").code == 0
    made = run(
        "make", "--patient", "Ann", "--exercise", "cat-cow", "--exercise", "figure-four", "--days", "tue,fri", "-o", "one.pdf"
    )
    assert made.code == 0
    assert (folder / "out/p-001.pdf").read_bytes() == (folder / "one.pdf").read_bytes()


def test_names_by_number_and_by_patient(run: Run, folder: Path) -> None:
    table = "patient,patient_id,exercises\nZoë/Bell,../7,cat-cow\n,,\nCON,nul,figure-four\n"
    (folder / "p.csv").write_text(table, encoding="utf-8")

    def names(*words: str) -> list[str]:
        return run("batch", "p.csv", "--dry-run", *words).out.splitlines()

    assert names() == ["out/p-001.pdf", "out/p-003.pdf"], "numbers are those of the sheet: an empty row counts"
    assert names("--names", "{patient_id}") == ["out/7.pdf", "out/_nul.pdf"]
    assert names("--names", "{number}-{patient}.pdf") == ["out/001-Zoë-Bell.pdf", "out/003-CON.pdf"]
    (folder / "p.csv").write_text("patient,exercises\nZoë,cat-cow\nZOE\u0308,cat-cow\n", encoding="utf-8")
    ran = run("batch", "p.csv", "--names", "{patient}")
    assert (ran.code, len(ran.lines)) == (3, 1)
    assert ran.lines[0].startswith("p.csv:3: the name of its file is that of p.csv:2 too (choose names that differ: ")


def test_a_letterhead_of_a_row_lies_beside_the_table(run: Run, folder: Path) -> None:
    (folder / "clinic").mkdir()
    run("make", "--routine", "five-minute", "-o", "clinic/letter.pdf")
    (folder / "clinic/p.csv").write_text("exercises;cover\ncat-cow;letter.pdf\ncat-cow;../letter.pdf\ncat-cow;missing.pdf\n")
    ran = run("batch", "clinic/p.csv", "--jobs", "1")
    assert (ran.code, ran.out) == (6, "out/p-001.pdf\n")
    entry = json.loads((folder / "out/manifest.jsonl").read_text().splitlines()[0])
    assert entry["pages"] == len(PdfReader(folder / "out/p-001.pdf").pages) > 4, "those of the cover count"
    failed = [line for line in ran.lines if line.startswith("failed")]
    assert failed[0].startswith('failed: clinic/p.csv:3:9: cover: "../letter.pdf" leads out of the workspace')
    assert failed[1].startswith('failed: clinic/p.csv:4:9: cover: "missing.pdf" does not exist')


def test_rows_may_ask_for_other_pages(run: Run, folder: Path, submit: Submit) -> None:
    head = "exercises;profile;pages;start;weeks;progression\n"
    rows = (
        "childs-pose;flexion;handout,calendar;2026-03-30;2;week 2: hold 45 s",
        "childs-pose;flexion;calendar;;2;week 2: cobra: 3 x 10",
    )
    (folder / "p.csv").write_text(head + "\n".join(rows) + "\n")
    ran = run("batch", "p.csv", "--jobs", "1", "--merge", "print.pdf", "--duplex")
    assert (ran.code, ran.out) == (6, "out/p-001.pdf\nprint.pdf\n")
    assert ran.lines[0].startswith("p.csv:3:33: progression: cobra is not on this handout"), ran.err
    words = (
        "--exercise",
        "childs-pose",
        "--profile",
        "flexion",
        "--pages",
        "handout,calendar",
        "--start",
        "2026-03-30",
        "--weeks",
        "2",
    )
    assert run("make", *words, "--progression", "week 2: hold 45 s", "-o", "one.pdf").code == 0
    assert (folder / "out/p-001.pdf").read_bytes() == (folder / "one.pdf").read_bytes()
    submit(folder / "print.pdf")
