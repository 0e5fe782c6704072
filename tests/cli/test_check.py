"""`handouts check`: what it checks for which path, what it prints, how it ends."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from handouts.bench import Bench
from handouts.build import make_handout
from handouts.cli import main
from handouts.model import Entry, Request
from handouts.workspace import Workspace

GOOD = "profile: flexion\nexercises: [figure-four, glute-bridge]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic's workspace, and the current folder."""
    (tmp_path / "handouts.yaml").write_text("paper: a4\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, list[str], str]:
    code = main(["check", *args])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


def test_the_catalogue_has_no_error_of_words_or_facts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(capsys)
    assert [line for line in out if ": warning: " not in line and "templates" not in line] == []
    assert "handouts check: " in err


def test_a_good_request_ends_with_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "request.yaml", GOOD)
    code, out, err = run(capsys, "request.yaml")
    assert [line for line in out if ": warning: " not in line] == []
    assert code == 0
    assert err.startswith("handouts check: 0 errors, ")


@pytest.mark.parametrize(
    ("content", "start"),
    [
        ("exercises: [cobraa]\n", "request.yaml:1:13: F1: "),
        ("exercises: [cobra]\nprofile: flexion\n", "request.yaml: F1: cobra: avoid"),
        ("exercises: [cobra\n", "request.yaml:"),
        ("exercise: 1\n", "request.yaml:1:"),
    ],
)
def test_a_wrong_request_ends_with_3(folder: Path, capsys: pytest.CaptureFixture[str], content: str, start: str) -> None:
    write(folder / "request.yaml", content)
    code, out, _ = run(capsys, "request.yaml")
    assert code == 3
    assert out
    assert out[0].startswith(start)


def test_strict_fails_on_warnings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "request.yaml", GOOD + "note: {figure-four: Keep the lumbar part still.}\n")
    code, out, _ = run(capsys, "request.yaml")
    assert code == 0
    assert any(line.startswith('request.yaml, Figure four, note: R7: warning: "lumbar"') for line in out)
    assert run(capsys, "--strict", "request.yaml")[0] == 3


def test_errors_come_before_warnings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.yaml", GOOD + "note: {figure-four: Keep the lumbar part still.}\n")
    write(folder / "b.yaml", "exercises: [cobraa]\n")
    _, out, _ = run(capsys, "a.yaml", "b.yaml")
    assert out[0].startswith("b.yaml")
    assert ": warning: " in out[-1]


def test_json_tells_counts_and_notes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "request.yaml", GOOD)
    code = main(["check", "--json", "request.yaml"])
    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert told["errors"] == 0
    assert told["notes"] == sum(each["severity"] == "note" for each in told["remarks"]) > 0


def test_the_html_report_escapes_what_was_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "request.yaml", 'exercises: ["<b>x"]\n')
    assert run(capsys, "request.yaml", "--html", "report.html")[0] == 3
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "&lt;b&gt;x" in page
    assert "<b>x" not in page


def test_finished_pdfs_are_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    request = Request(exercises=(Entry(id="figure-four"),), profile="flexion", date=dt.date(2026, 3, 31))
    pdf = make_handout(request, Bench(Workspace(), "en")).pdf
    (folder / "good.pdf").write_bytes(pdf)
    (folder / "bad.pdf").write_bytes(pdf[:500])
    assert run(capsys, "good.pdf")[0] == 0
    code, out, _ = run(capsys, ".", "good.pdf", "bad.pdf")
    assert code == 3
    assert any(line.startswith("bad.pdf: F2: ") for line in out)


def test_a_clinics_own_exercise_is_checked_with_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(folder / "catalog/words/en/cobra.yaml", "tip: Engage your glutes.\n")
    code, out, _ = run(capsys, "catalog/words/en/cobra.yaml")
    assert code == 3
    assert out
    assert all(line.startswith("catalog/words/en/cobra.yaml:1:6: R7: ") for line in out)
    path.write_text("tip: Squeeze gently.\n")
    assert run(capsys, "catalog/words/en/cobra.yaml")[:2] == (0, [])


def test_a_clinic_folder_is_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clinic = write(folder / "assets/clinics/mine/clinic.yaml", 'id: mine\nname: Mine\nphone: "1"\ncolours: {main: "#ffee00"}\n')
    code, out, _ = run(capsys, "assets/clinics/mine")
    assert code == 0
    assert out[0].startswith("assets/clinics/mine/clinic.yaml:4:17: C1: warning: ")
    clinic.write_text("id: mine\nname: Mine\n")
    code, out, _ = run(capsys, "assets/clinics/mine/clinic.yaml")
    assert code == 3
    assert '"phone" is missing' in out[0]
    write(folder / "elsewhere/clinic.yaml", "id: elsewhere\n")
    assert "in no workspace" in run(capsys, "elsewhere")[1][0]


def test_what_is_not_there_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty").mkdir()
    write(folder / "notes.txt", "x")
    code, out, _ = run(capsys, "none.yaml", "empty", "notes.txt")
    assert code == 3
    assert [line.split(":")[0] for line in out] == ["none.yaml", "empty", "notes.txt"]


def test_a_wrong_workspace_is_a_wrong_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--workspace", "nowhere")[0] == 2


def test_a_broken_catalogue_is_told_in_full(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "catalog/exercises/own.yaml", "id: other\n")
    write(folder / "templates/editions/standard.yaml", "id: standard\ntype: {body: 1}\n")
    code, out, _ = run(capsys)
    assert code == 3
    assert any(line.startswith("catalog/exercises/own.yaml:") for line in out)
    assert any(line.startswith("templates/editions/standard.yaml:") for line in out)


def test_the_rules_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--list")
    assert code == 0
    assert len(out) > 40
    assert any(line.startswith("R1  error    Patient text reads at grade 6") for line in out)


@pytest.mark.parametrize("depth", [900, 5_000, 200_000])
def test_a_deep_picture_is_told(depth: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deep = "[" * depth + "]" * depth
    for number, asset in enumerate((deep, f'{{"format": 1, "box": [9, 9], "side": {deep}, "paths": []}}')):
        write(folder / f"assets/figures/female/cobra.{('start', 'end')[number]}.json", asset)
    code, out, _ = run(capsys)
    assert code == 3
    for pose in ("start", "end"):
        assert any(line.startswith(f"assets/figures/female/cobra.{pose}.json: F1: ") for line in out)


def test_a_pdf_is_checked_without_noise_of_libraries(folder: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        form = pdf.make_indirect(
            pdf.make_stream(b"/F Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        )
        form.Resources = pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        pdf.pages[0].Contents = pdf.make_stream(b"/F Do")
        pdf.save(folder / "odd.pdf")
    done = subprocess.run(
        [sys.executable, "-m", "handouts", "check", "odd.pdf"], capture_output=True, text=True, check=False, cwd=folder
    )
    assert [line for line in done.stderr.splitlines() if not line.startswith("handouts check: ")] == []


def test_a_picture_that_cannot_be_read_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "handouts.yaml").write_text("lang: en\n")
    figures = folder / "assets/figures/female"
    figures.mkdir(parents=True)
    (figures / "cobra.end.json").write_text("{}")
    code, out, _ = run(capsys)
    assert code == 3
    assert any(line.startswith("assets/figures/female/cobra.end.json: F1: ") for line in out)
