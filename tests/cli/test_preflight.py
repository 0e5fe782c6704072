"""The report of the checks as a user gets it: on a terminal, as JSON, as a page, and at the end of `--strict`."""

from __future__ import annotations

import html.parser
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from drawn_pages import Drawn, draw
from jsonschema import Draft7Validator

from cli.conftest import Run
from handouts.quality.guide import BEGIN, with_table

ROOT = Path(__file__).parents[2]
OTHERS = ROOT / "tests" / "cases" / "other-tools"
REQUEST = "profile: flexion\nexercises: [figure-four, glute-bridge]\npatient: Ann Lee\ndate: 2026-03-31\n"
CLINIC = 'id: mine\nname: Mine\nphone: "020 7946 0000"\ncountry: gb\n'
# What each file must be told, and what could not be told of it; planted by scripts/make_other_pdfs.py.
PLANTED = {
    "fpdf2.pdf": {"A1", "A2", "A3", "A5", "T1", "T6", "T8", "C1", "C3", "L1", "L5", "S1", "S2", "G1", "R9"},
    "libreoffice.pdf": {"G3", "L1", "L5", "S1", "S2", "T1", "T6", "T8"},
    "reportlab.pdf": {"A1", "A2", "A3", "T1", "T4", "T6", "T8", "C1", "C3", "L2", "L5", "S1", "S2", "S3", "G1", "R9"},
    "weasyprint.pdf": {"T1", "T5", "T6", "T7", "T8", "C1", "C3", "S1", "S2", "G1", "R9"},
}
CLEAN = {
    "fpdf2.pdf": {"R7", "R8", "L2", "A4", "T7"},
    "libreoffice.pdf": {"A1", "A2", "A3", "A4", "A5", "C1", "C3", "G1", "L2", "R7", "R8", "R9", "T4", "T7"},
    "reportlab.pdf": {"R7", "R8", "A4", "T7", "L1"},
    "weasyprint.pdf": {"A1", "A2", "A3", "A4", "A5", "L2", "L5", "R4", "R6", "R7", "R8"},
}


@pytest.fixture
def clinic(folder: Path) -> Path:
    """A workspace with a clinic, so that nothing but the checks has anything to say."""
    (folder / "handouts.yaml").write_text("clinic: mine\n")
    own = folder / "assets/clinics/mine/clinic.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(CLINIC)
    (folder / "request.yaml").write_text(REQUEST)
    return folder


@pytest.mark.parametrize("name", PLANTED)
def test_pdfs_of_other_programs_are_judged_alike(name: str, run: Run, folder: Path) -> None:
    shutil.copy(OTHERS / name, folder)
    ran = run("check", "--json", name)
    told = json.loads(ran.out)
    found = {each["check"] for each in told["remarks"] if each["severity"] != "note"}
    assert found >= PLANTED[name]
    assert not found & CLEAN[name]
    assert {"S6", "S8", "A6"} <= {check for each in told["not_measured"] for check in each["checks"]}
    assert ran.code == 3


@pytest.mark.parametrize("name", PLANTED)
def test_the_guide_says_what_was_found_in_them(name: str, run: Run, folder: Path) -> None:
    shutil.copy(OTHERS / name, folder)
    remarks = json.loads(run("check", "--json", name).out)["remarks"]
    found = [", ".join(sorted({each["check"] for each in remarks if each["severity"] == kind})) for kind in ("error", "warning")]
    row = f"| {Path(name).stem} | {found[0]} | {found[1]} |"
    assert row in (ROOT / "docs/preflight.md").read_text(encoding="utf-8"), row


def test_json_is_what_its_schema_says(run: Run, clinic: Path) -> None:
    shutil.copy(OTHERS / "fpdf2.pdf", clinic)
    schema = json.loads((ROOT / "schemas/check-report.schema.json").read_text())
    Draft7Validator.check_schema(schema)
    for arguments in (["request.yaml"], ["fpdf2.pdf", "--scores"], ["nothing.yaml"], []):
        told = json.loads(run("check", "--json", *arguments).out)
        Draft7Validator(schema).validate(told)
        assert bool(told["scores"]) is ("--scores" in arguments)
    scored = json.loads(run("check", "--json", "--scores", "request.yaml", "fpdf2.pdf").out)
    Draft7Validator(schema).validate(scored)
    assert {each["place"] for each in scored["scores"]} == {"request.yaml", "fpdf2.pdf"}
    assert {each["id"] for each in scored["scores"]} == set(schema["properties"]["scores"]["items"]["properties"]["id"]["enum"])


def test_scores_are_shown_only_when_asked(run: Run, clinic: Path) -> None:
    assert "PEMAT" not in run("check", "request.yaml").out
    shown = run("check", "--scores", "request.yaml").out
    assert re.search(r"PEMAT-P, understandability: 100 % \(wanted: 90 % or more, of \d+ items out of 17", shown)
    assert "for a person to judge" in shown
    assert "PEMAT" not in run("make", "request.yaml", "-o", "x.pdf").err


def test_what_is_wrong_in_the_words_counts_for_the_scores(run: Run, clinic: Path) -> None:
    words = clinic / "catalog/words/en/figure-four.yaml"
    words.parent.mkdir(parents=True)
    words.write_text("feel: Your glutes.\n")
    told = json.loads(run("check", "--json", "--scores", "request.yaml").out)
    assert "R7" in {each["check"] for each in told["remarks"] if each["severity"] == "error"}
    (understood,) = [each for each in told["scores"] if each["id"] == "pemat-understandability"]
    assert {item["number"] for item in understood["items"] if item["state"] == "not met"} == {"3", "4"}


class Page(html.parser.HTMLParser):
    """What a browser would make of the report."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_of_the_report_needs_nothing_else(run: Run, folder: Path) -> None:
    name = "a<b>&'\".pdf"
    (folder / name).write_bytes(draw(Drawn(size=10.0, title="<script>alert(1)</script>")))
    run("check", name, "--scores", "--html", "report.html")
    text = (folder / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert not page.all("script")
    assert not re.findall(r"(?:https?:)?//", re.sub(r"base64,[^\"]*", "", text))
    loaded = [value for _, attributes in page.tags for key, value in attributes.items() if key in ("src", "href")]
    assert loaded
    assert all(value is not None and value.startswith(("#", "data:image/png;base64,")) for value in loaded)
    assert "<b>" not in text
    assert "a&lt;b&gt;&amp;" in text
    (picture,) = page.all("svg")
    assert picture["role"] == "img"
    assert "Page 1 of a<b>" in (picture["aria-label"] or "")
    marks = page.all("rect")
    assert len(marks) > 5
    assert all(0 < float(mark["x"] or 0) < 595 and 0 < float(mark["y"] or 0) < 842 for mark in marks)
    assert all(header.get("scope") in ("col", "row") for header in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    assert page.all("html")[0]["lang"] == "en"
    anchors = {value["href"] for value in page.all("a")}
    assert anchors <= {f"#{row['id']}" for row in page.all("tr") if "id" in row}


def test_a_terminal_gets_groups_and_a_pipe_lines(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.pdf").write_bytes(draw(Drawn(size=10.0, left=30.0)))
    (folder / "b.pdf").write_bytes(draw(Drawn(line="#cccccc")))
    piped = run("check", "a.pdf", "b.pdf").out.splitlines()
    assert all(line.startswith(("a.pdf", "b.pdf")) for line in piped)
    monkeypatch.setattr(sys.stdout.__class__, "isatty", lambda self: True, raising=False)
    shown = run("check", "a.pdf", "b.pdf").out.splitlines()
    assert [line for line in shown if line in ("a.pdf", "b.pdf")] == ["a.pdf", "b.pdf"]
    kinds = [line.split()[0] for line in shown[: shown.index("b.pdf")] if line.startswith(("  error", "  warning", "  not"))]
    assert kinds == sorted(kinds, key=["error", "warning", "not"].index)
    assert any("Text and pictures keep 15 mm from the edges" in line for line in shown)
    assert max(map(len, shown)) <= 120


def test_strict_holds_the_finished_document_to_the_checks(run: Run, clinic: Path, submit: Callable[..., None]) -> None:
    good = run("make", "request.yaml", "--strict", "-o", "good.pdf")
    assert (good.code, good.out, good.err) == (0, "good.pdf\n", "")
    submit(clinic / "good.pdf")
    bad = run("make", "request.yaml", "--note", "figure-four: Keep the lumbar part still.", "--strict", "-o", "bad.pdf")
    assert bad.code == 4
    assert bad.lines == [
        'the handout, Figure four, note: R7: warning: "lumbar" is not explained (write: lower back)',
        "--strict: 1 finding, nothing is written",
    ]
    assert not (clinic / "bad.pdf").exists()
    assert run("make", "request.yaml", "--note", "figure-four: Keep the lumbar part still.", "-o", "bad.pdf").code == 0


def test_a_hard_note_is_the_clinicians_own(run: Run, clinic: Path, submit: Callable[..., None]) -> None:
    hard = " ".join(["Unfortunately everybody occasionally experiences considerable irritability."] * 5)
    ran = run("make", "request.yaml", "--note", f"figure-four: {hard}", "--strict", "-o", "noted.pdf")
    assert (ran.code, ran.err) == (0, "")
    submit(clinic / "noted.pdf")
    (clinic / "noted.yaml").write_text(f"{REQUEST}note: {{figure-four: {hard}}}\n")
    told = json.loads(run("check", "--json", "noted.yaml").out)
    assert [each["reason"] for each in told["remarks"] if each["check"] == "R1"] == ["it is the clinician's own note"]
    assert told["errors"] == 0
    run("make", "request.yaml", "--note", "figure-four: Keep the lumbar part still.", "-o", "lumbar.pdf")
    for name in ("noted.pdf", "lumbar.pdf"):
        assert json.loads(run("check", "--json", name).out)["errors"] == 0


@pytest.mark.parametrize("pages", ["calendar", "month", "diary", "handout,calendar"])
def test_calendars_pass_too(pages: str, run: Run, clinic: Path, submit: Callable[..., None]) -> None:
    asked = ("--days", "mon,wed,fri", "--pages", pages, "--start", "2026-04-06", "--weeks", "2")
    made = run("calendar", "request.yaml", *asked, "--strict", "-o", "week.pdf")
    assert (made.code, made.err) == (0, "")
    submit(clinic / "week.pdf")
    alone = json.loads(run("check", "--json", "week.pdf").out)
    assert [each["message"] for each in alone["remarks"] if each["severity"] == "error"] == []


def test_a_protected_document_is_checked_before_it_is_protected(run: Run, clinic: Path) -> None:
    (clinic / "password.txt").write_text("correct horse\n")
    ran = run("make", "request.yaml", "--strict", "--password-file", "password.txt", "-o", "locked.pdf")
    assert (ran.code, ran.err) == (0, "")


def test_a_pdf_is_held_to_the_edition_that_is_named(run: Run, clinic: Path) -> None:
    (clinic / "small.pdf").write_bytes(draw(Drawn(size=10.0, alarm_size=10.0)))
    small = clinic / "templates/editions/small.yaml"
    small.parent.mkdir(parents=True)
    small.write_text("id: small\nminimum: {type: 9 pt}\n")

    def told(*more: str) -> set[str]:
        return {each["check"] for each in json.loads(run("check", "--json", "small.pdf", *more).out)["remarks"]}

    assert {"T1", "S1"} <= told()
    assert not {"T1", "S1"} & told("--edition", "small")
    assert run("check", "small.pdf", "--edition", "nowhere").code == 3


def test_the_guide_lists_every_check_as_it_is() -> None:
    text = (ROOT / "docs/preflight.md").read_text(encoding="utf-8")
    assert with_table(text) == text, "run: python -m handouts.quality.guide docs/preflight.md"
    assert text.count("\n| ") > 70
    assert BEGIN in text


def test_a_pdf_without_pages_is_one_line_and_the_others_are_checked(run: Run, folder: Path) -> None:
    run("make", "--routine", "five-minute", "-o", "good.pdf")
    with pikepdf.new() as empty:
        empty.save(folder / "empty.pdf")
    ran = run("check", "empty.pdf", "good.pdf")
    assert ran.code == 3
    assert "empty.pdf: F2: cannot be checked: it has no pages" in ran.out
    assert "good.pdf" in ran.out


@pytest.mark.parametrize("name", ["good.pdf", "request.yaml", "/dev/null"])
def test_a_report_never_replaces_what_is_no_report(name: str, run: Run, clinic: Path) -> None:
    run("make", "--routine", "five-minute", "-o", "good.pdf")
    before = {path: path.read_bytes() for path in clinic.iterdir() if path.is_file()}
    ran = run("check", "request.yaml", "--html", name)
    assert ran.code == 2
    assert "--html: expected a file name ending in .html" in ran.err
    assert {path: path.read_bytes() for path in clinic.iterdir() if path.is_file()} == before
