"""`handouts make`: what a clinician asks for, on one page after the other, in files that are whole."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from cli.conftest import Run, files_in, read_text

Submit = Callable[..., None]


NO_COUNTRY = "warning: no country is set, so the page names 112, 911 and 999 (set country: gb, for example, in handouts.yaml)"


def test_blank_doses_leave_the_minutes_uncounted(run: Run, folder: Path) -> None:
    words = ("make", "--region", "lower-back", "--profile", "flexion", "--minutes", "3")
    for name, more in (("said.yaml", ()), ("blank.yaml", ("--blank-doses",))):
        ran = run(*words, *more, "--save", name)
        assert ran.code == 0
    assert "warning: doses are left blank, so the minutes cannot be counted" in ran.lines
    said, blank = (re.findall(r"id: (.*)", (folder / name).read_text()) for name in ("said.yaml", "blank.yaml"))
    assert said == blank


def test_a_routine_alone_builds(run: Run, folder: Path, submit: Submit) -> None:
    ran = run("make", "--routine", "five-minute")
    assert (ran.code, ran.out, ran.lines) == (0, "handout.pdf\n", [NO_COUNTRY])
    submit(folder / "handout.pdf")
    table = read_text(folder / "handout.pdf").partition("How much")[2]
    names = ["Cat-cow hip circles", "Child's pose", "Runner's lunge", "Figure four", "Lying twist"]
    places = [table.replace("’", "'").index(name) for name in names]
    assert places == sorted(places)


def test_extension_holds_nothing_that_bends(run: Run, folder: Path, submit: Submit) -> None:
    ran = run("make", "--profile", "extension", "--region", "lower-back", "--minutes", "10", "--save", "plan.yaml")
    assert ran.code == 0
    submit(folder / "handout.pdf")
    plan = (folder / "plan.yaml").read_text()
    for bad in ("childs-pose", "wide-legged-forward-fold", "knee-to-chest", "pigeon-pose", "three-legged-dog"):
        assert bad not in plan
    assert "prone-press-up" in plan


def test_flexion_holds_nothing_that_arches(run: Run, folder: Path, submit: Submit) -> None:
    ran = run("make", "--profile", "flexion", "--precaution", "no-kneeling", "--region", "lower-back", "--save", "plan.yaml")
    assert ran.code == 0
    submit(folder / "handout.pdf")
    plan = (folder / "plan.yaml").read_text()
    for bad in ("cobra", "prone-press-up", "standing-lumbar-extension"):
        assert bad not in plan
    assert "exercises:" in plan


def test_a_conflict_says_reason_source_and_swap(run: Run, folder: Path) -> None:
    ran = run("make", "--exercise", "childs-pose", "--profile", "extension")
    assert (ran.code, ran.out, files_in(folder)) == (4, "", [])
    assert len(ran.lines) == 1
    assert ran.err.startswith("childs-pose: avoid, by profile extension: ")
    assert "[source: lift" in ran.err
    assert re.search("--swap to print [a-z-]+ instead", ran.err)
    assert '--override "childs-pose: reason"' in ran.err


def test_an_override_prints_the_caution_and_keeps_the_reason(run: Run, folder: Path, submit: Submit) -> None:
    words = ("--exercise", "childs-pose", "--profile", "extension", "--override", "childs-pose: tolerated in clinic today")
    ran = run("make", *words, "--chart-note", "note.txt", "--save", "plan.yaml")
    assert (ran.code, ran.out) == (0, "handout.pdf\nplan.yaml\nnote.txt\n")
    submit(folder / "handout.pdf")
    text = read_text(folder / "handout.pdf")
    assert "Take care" in text or "Caution" in text
    assert "tolerated" not in text
    assert b"tolerated" not in (folder / "handout.pdf").read_bytes()
    assert "Given although a rule says avoid: tolerated in clinic today" in (folder / "note.txt").read_text()
    assert "tolerated in clinic today" in (folder / "plan.yaml").read_text()


def test_a_routine_lists_every_conflict(run: Run, folder: Path) -> None:
    ran = run("make", "--routine", "ten-stretches", "--profile", "extension")
    assert (ran.code, ran.out, files_in(folder)) == (4, "", [])
    named = {line.partition(":")[0] for line in ran.lines}
    assert {"childs-pose", "single-knee-to-chest", "double-knee-to-chest"} <= named
    assert all(": avoid, by profile extension" in line for line in ran.lines)


SAVED = {
    "chosen": ("--profile", "extension", "--region", "lower-back", "--minutes", "10", "--date", "today"),
    "swapped": ("--routine", "five-minute", "--profile", "extension", "--swap"),
    "menu": ("--routine", "ten-stretches", "--blank-doses", "--paper", "letter", "--exclude", "butterfly"),
    "shortened": ("--routine", "five-minute", "--minutes", "3", "--exercise", "figure-four", "--side", "figure-four: left"),
    "by-name": (
        *("--exercise", "cobra", "--exercise", "childs-pose", "--exercise", "recumbent-bike", "--profile", "extension"),
        *("--override", "childs-pose: tried", "--dose", "cobra: 3 x 8 breaths", "--note", 'cobra: Slowly: "easy" & <b>.'),
        *("--precaution", "glaucoma", "--precaution", "pregnancy", "--override", "cobra: tried, prone is comfortable"),
        *("--override", "recumbent-bike: likes it", "--days", "mon,thu", "--times-per-day", "2", "--review", "2027-01-31"),
        *("--patient", "Ana O'Brien & Sons", "--patient-id", "0017", "--goal", "no", "--cover", "generated"),
    ),
}


@pytest.mark.parametrize("words", SAVED.values(), ids=SAVED)
def test_a_saved_plan_makes_the_same_bytes(words: tuple[str, ...], run: Run, folder: Path, submit: Submit) -> None:
    first = run("make", *words, "-o", "first.pdf", "--save", "plan.yaml")
    assert first.code == 0, first.err
    again = run("make", "plan.yaml", "-o", "again.pdf")
    assert again.code == 0, again.err
    submit(folder / "first.pdf")
    assert (folder / "first.pdf").read_bytes() == (folder / "again.pdf").read_bytes()
    run("make", "plan.yaml", "-o", "again.pdf", "--save", "second.yaml")
    assert (folder / "second.yaml").read_text() == (folder / "plan.yaml").read_text()


def test_options_go_over_the_file(run: Run, folder: Path, submit: Submit) -> None:
    (folder / "request.yaml").write_text("routine: five-minute\npatient: Ana\npaper: letter\n")
    assert run("make", "request.yaml", "--patient", "Bea", "--paper", "a4", "-o", "x.pdf").code == 0
    submit(folder / "x.pdf")
    text = read_text(folder / "x.pdf")
    assert "Bea" in text
    assert "Ana" not in text
    assert round(PdfReader(folder / "x.pdf").pages[0].mediabox.width) == 595


def test_the_same_bytes_in_every_process(folder: Path, submit: Submit) -> None:
    made = []
    for seed in ("0", "1"):
        path = folder / f"{seed}.pdf"
        command = [sys.executable, "-m", "handouts", "make", "--profile", "extension", "--precaution", "wrists", "-o", str(path)]
        done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False, cwd=folder)
        assert done.returncode == 0, done.stderr
        assert done.stdout.decode() == f"{path}\n"
        made.append(path.read_bytes())
    submit(made[0])
    assert made[0] == made[1]


def test_source_date_epoch_is_today_and_the_stamp(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, submit: Submit
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert run("make", "--routine", "five-minute", "--date", "today", "-o", "x.pdf", "--save", "x.yaml").code == 0
    submit(folder / "x.pdf")
    assert "1 January 2026" in read_text(folder / "x.pdf")
    assert "date: 2026-01-01" in (folder / "x.yaml").read_text()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert run("make", "--routine", "five-minute").code == 2


def test_the_mode_follows_the_umask(run: Run, folder: Path, submit: Submit) -> None:
    before = os.umask(0o027)
    try:
        run("make", "--routine", "five-minute")
        run("make", "--routine", "five-minute", "-o", "named.pdf", "--save", "plan.yaml")
    finally:
        os.umask(before)
    submit(folder / "handout.pdf")
    for name in ("handout.pdf", "named.pdf", "plan.yaml"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o640


def test_the_default_name_never_replaces_and_o_does(run: Run, folder: Path) -> None:
    (folder / "handout.pdf").write_text("mine")
    (folder / "own.pdf").write_text("old")
    assert run("make", "--routine", "five-minute").out == "handout-2.pdf\n"
    assert (folder / "handout.pdf").read_text() == "mine"
    assert run("make", "--routine", "five-minute", "-o", "own.pdf").code == 0
    assert (folder / "own.pdf").read_bytes() == (folder / "handout-2.pdf").read_bytes()


def test_a_workspace_keeps_its_handouts_in_out(run: Run, folder: Path) -> None:
    (folder / "clinic" / "out").mkdir(parents=True)
    (folder / "clinic" / "handouts.yaml").write_text("paper: letter\n")
    ran = run("make", "--routine", "five-minute", "--workspace", "clinic")
    assert ran.out == "clinic/out/handout.pdf\n"


def test_strict_writes_nothing(run: Run, folder: Path) -> None:
    ran = run("make", "--exercise", "cobra", "--strict", "--save", "plan.yaml")
    assert (ran.code, ran.out, files_in(folder)) == (4, "", [])
    assert ran.lines[0].startswith("warning: ")
    assert ran.lines[-1] == "--strict: 2 warnings, nothing is written"


def test_a_chart_note_for_the_record(run: Run, folder: Path) -> None:
    words = ("--routine", "five-minute", "--profile", "extension", "--swap", "--patient", "Ana", "--patient-id", "17")
    ran = run("make", *words, "--date", "2026-11-22", "--review", "2026-12-06", "--chart-note", "note.txt")
    assert ran.code == 0
    note = (folder / "note.txt").read_text()
    for line in (
        "Date:        2026-11-22",
        "Patient:     Ana",
        "Number:      17",
        "Precautions: none stated",
        "Review:      2026-12-06",
        "Shown to the patient and done back: [ ] yes",
    ):
        assert f"{line}\n" in note
    swap = re.search("childs-pose is replaced by ([a-z-]+):", note)
    assert swap
    assert f"({swap[1]})\n" in note
    assert "Catalogue " in note.splitlines()[-1]
    assert "handouts " in note.splitlines()[-1]


def test_what_a_patient_is_called_is_printed_as_it_is(run: Run, folder: Path, submit: Submit) -> None:
    long = "W" * 200
    note = f"cobra: {long}"
    words = ("--exercise", "cobra", "--note", note, "--patient", "<b>O'Brien & Sons</b> &amp;", "--goal", "Γιώργος Ж")
    assert run("make", *words, "-o", "x.pdf").code == 0
    submit(folder / "x.pdf")
    text = read_text(folder / "x.pdf")
    assert "<b>O'Brien & Sons</b> &amp;" in text
    assert "Γιώργος Ж" in text
    assert long in text.replace(" ", "")


def test_a_password_protects(run: Run, folder: Path, submit: Submit) -> None:
    (folder / "secret.txt").write_bytes(b"\xef\xbb\xbfs\xc3\xa9cret one\r\nnot this\n")
    ran = run("make", "--routine", "five-minute", "--password-file", "secret.txt", "-o", "x.pdf")
    assert ran.code == 0
    assert "cret one" not in ran.out + ran.err
    submit(folder / "x.pdf", password="sécret one")
    assert "Runner" in read_text(folder / "x.pdf", "sécret one")


def test_a_locked_cover_opens_with_its_password(run: Run, folder: Path, submit: Submit) -> None:
    (folder / "secret.txt").write_text("sesame\n")
    run("make", "--routine", "extension-starter", "--password-file", "secret.txt", "-o", "cover.pdf")
    (folder / "one.txt").write_text("wrong\n")
    cover = ("make", "--routine", "five-minute", "--cover", "cover.pdf", "-o", "x.pdf")
    for more in ((), ("--cover-password-file", "one.txt")):
        ran = run(*cover, *more)
        assert ran.code == 3
        assert "cover.pdf" in ran.err
        assert not (folder / "x.pdf").exists()
    assert run(*cover, "--cover-password-file", "secret.txt").code == 0
    submit(folder / "x.pdf")


def test_a_saved_plan_does_not_depend_on_the_times_a_day_of_the_workspace(run: Run, folder: Path) -> None:
    settings = folder / "handouts.yaml"
    for usual, later in (
        ("country: gb\ntimes_per_day: 3\n", "country: gb\n"),
        ("country: gb\n", "country: gb\ntimes_per_day: 3\n"),
    ):
        settings.write_text(usual)
        assert run("make", "--routine", "five-minute", "-o", "one.pdf", "--save", "plan.yaml").code == 0
        settings.write_text(later)
        assert run("make", "plan.yaml", "-o", "two.pdf").code == 0
        assert (folder / "one.pdf").read_bytes() == (folder / "two.pdf").read_bytes()


def test_an_override_that_no_rule_asks_for_is_noted_as_such(run: Run, folder: Path) -> None:
    words = ("--exercise", "prone-press-up", "--profile", "extension", "--override", "prone-press-up: helps her")
    assert run("make", *words, "--chart-note", "note.txt").code == 0
    note = (folder / "note.txt").read_text()
    assert "   Override not needed: helps her\n" in note
    assert "Given although" not in note


def test_a_key_exercise_that_minutes_leave_out_is_told(run: Run, folder: Path) -> None:
    ran = run("make", "--profile", "flexion", "--minutes", "10")
    assert ran.code == 0
    assert "warning: recumbent-bike has no fixed time, so --minutes leaves it out" in ran.lines


def test_a_wrong_phrase_ends_with_its_place(run: Run, folder: Path) -> None:
    (folder / "handouts.yaml").write_text("lang: en\n")
    (folder / "templates/phrases").mkdir(parents=True)
    (folder / "templates/phrases/en.yaml").write_text(
        "messages:\n  dose.each_side: each {sied}\nparts: {nose: {left: a, right: b}}\n"
    )
    ran = run("make", "--routine", "five-minute")
    assert (ran.code, ran.out) == (3, "")
    assert any(line.startswith("templates/phrases/en.yaml:2:") and "{sied}" in line for line in ran.lines)
    assert any(line.startswith("templates/phrases/en.yaml:3:") and "nose" in line for line in ran.lines)


def test_only_what_is_needed_is_imported(folder: Path) -> None:
    unwanted = ("rich", "pypdf", "cryptography", "pydantic", "handouts.quality", "handouts.checking", "handouts.binding")
    code = (
        "import sys; from handouts.cli import main; main(['make', '--routine', 'five-minute', '-o', 'x.pdf']);"
        f"print([name for name in sys.modules if name.startswith({unwanted!r})])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=folder)
    assert done.stdout.splitlines() == ["x.pdf", "[]"]
