"""What is measured on a page, and that no file, however odd or hostile, is more than one line of the report."""

from __future__ import annotations

import importlib.util
import io
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from drawn_pages import Drawn, draw
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from handouts.checking.finished import check_file
from handouts.measured import FinishedPdf, UnreadablePdfError
from handouts.measuring.allowance import Allowance, measure_pace
from handouts.measuring.apart import Meter
from handouts.measuring.many import Meters
from handouts.measuring.opening import measure_pdf
from handouts.quality.judged import question
from handouts.quality.page_checks import check_pages, list_unmeasured


def changed(content: bytes, **keys: object) -> bytes:
    """The same PDF with keys of its first page set."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for key, value in keys.items():
            pdf.pages[0].obj[f"/{key}"] = value
        pdf.save(stream)
    return stream.getvalue()


def drawn_by(content: bytes, **resources: object) -> bytes:
    """A page of 600 × 800 points with this content."""
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(600, 800))
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font), **resources)
        pdf.pages[0].obj.Contents = pdf.make_stream(content)
        pdf.save(stream)
    return stream.getvalue()


def runs_of(pdf: FinishedPdf) -> dict[str, tuple[float, float, float]]:
    """Size, left edge and baseline of each run, by its text."""
    sheet = pdf.pages[0].sheet
    assert sheet is not None
    return {run.text.strip(): (round(run.size, 1), round(run.box.left, 0), round(run.baseline, 0)) for run in sheet.runs}


def test_a_picture_is_as_large_as_what_is_seen_of_it() -> None:
    """A form is cut by its frame; lines in it may go beyond. Here the second half of each is not seen."""
    strokes = b" ".join(b"0 %d m 200 %d l S" % (y, y) for y in range(10, 100, 5))
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn_by(b"/Figure <</MCID 0>> BDC q 2 0 0 2 40 60 cm /P Do Q EMC"))) as pdf:
        form = pdf.make_stream(strokes, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100])
        pdf.pages[0].obj.Resources.XObject = Dictionary(P=pdf.make_indirect(form))
        pdf.save(stream)
    sheet = measure_pdf(stream.getvalue()).pages[0].sheet
    assert sheet is not None
    (picture,) = sheet.pictures
    assert picture.box.right == pytest.approx(240, abs=0.1)
    assert picture.box.left == pytest.approx(40, abs=2)


def test_sizes_are_those_after_all_scaling() -> None:
    pdf = measure_pdf(drawn_by(b"q 2 0 0 2 100 100 cm BT /F 7 Tf 10 20 Td (Lie down) Tj ET Q"))
    ((size, left, baseline),) = runs_of(pdf).values()
    assert (size, baseline) == (14.0, 140.0)
    assert left == pytest.approx(121, abs=2)


@pytest.mark.parametrize(("turn", "wide"), [(90, True), (180, False), (270, True)])
def test_a_turned_page_is_measured_as_it_is_seen(turn: int, wide: bool) -> None:
    """Text written along a turned page lies level where a viewer shows it."""
    matrix = {90: b"0 1 -1 0 500 100", 180: b"-1 0 0 -1 500 700", 270: b"0 -1 1 0 100 700"}[turn]
    pdf = measure_pdf(changed(drawn_by(b"BT /F 12 Tf " + matrix + b" Tm (Lie down) Tj ET"), Rotate=turn))
    sheet = pdf.pages[0].sheet
    assert sheet is not None
    assert (sheet.width > sheet.height) is wide
    (run,) = sheet.runs
    assert run.level
    assert run.size == pytest.approx(12)
    assert run.contrast == pytest.approx((21, 21), abs=0.1)
    assert run.seen > 0.8


def test_a_cropped_page_begins_at_its_crop() -> None:
    whole, cropped = draw(), changed(draw(), CropBox=Array([40, 20, 595, 842]))
    before, after = runs_of(measure_pdf(whole)), runs_of(measure_pdf(cropped))
    assert len(before) > 10
    assert {name: (size, left + 40, baseline + 20) for name, (size, left, baseline) in after.items()} == before


def test_contrast_is_that_of_what_lies_under() -> None:
    content = b"0.5 g 50 50 300 100 re f 1 g BT /F 12 Tf 60 100 Td (On grey) Tj ET 0 g BT /F 12 Tf 60 300 Td (On paper) Tj ET"
    sheet = measure_pdf(drawn_by(content)).pages[0].sheet
    assert sheet is not None
    found = {run.text: round((run.contrast or (0, 0))[0], 1) for run in sheet.runs}
    assert found == {"On grey": pytest.approx(4.0, abs=0.15), "On paper": 21.0}


def test_a_photo_under_text_counts() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800))
    canvas.drawInlineImage(Image.new("RGB", (30, 30), "#303030"), 50, 50, 300, 100)
    canvas.drawString(60, 100, "Over a photo")
    canvas.save()
    sheet = measure_pdf(stream.getvalue()).pages[0].sheet
    assert sheet is not None
    assert [run.contrast is not None and run.contrast[0] < 2 for run in sheet.runs] == [True]
    assert [picture.dots for picture in sheet.pictures] == [True]


def scan(*, hidden: bool) -> bytes:
    """A page that is one picture, with or without text under it to be searched."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800))
    canvas.drawInlineImage(Image.new("RGB", (60, 80), "white"), 0, 0, 600, 800)
    if hidden:
        text = canvas.beginText(60, 700)
        text.setTextRenderMode(3)
        text.textLine("Lie on your back and lift your hips.")
        canvas.drawText(text)
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize(("hidden", "why"), [(False, "pictures, or scanned"), (True, "unseen under a scanned page")])
def test_a_scan_is_told_as_what_it_is(hidden: bool, why: str) -> None:
    subject = question(measure_pdf(scan(hidden=hidden)))
    told = list_unmeasured(subject, "scan.pdf")
    assert any(why in each.why and "T1" in each.checks for each in told)
    assert not [each for each in check_pages(subject, "scan.pdf") if each.check in ("T1", "T4", "C1")]


@pytest.mark.parametrize("side", [5.0, 20_000.0])
def test_a_page_beyond_reason_is_told(side: float) -> None:
    pdf = measure_pdf(changed(drawn_by(b""), MediaBox=Array([0, 0, side, side])))
    assert pdf.pages[0].sheet is None
    assert pdf.gaps == (f"the page measures {side:.0f} × {side:.0f} points",)


def test_too_many_objects_are_told() -> None:
    pdf = measure_pdf(drawn_by(b"0 0 m 9 9 l S " * 70_000))
    assert pdf.gaps == ("the page holds more than can be measured",)


def _passing(step: float) -> Callable[[], float]:
    """A clock that goes on by `step` seconds whenever somebody looks at it."""
    times = itertools.count()
    return lambda: next(times) * step


def test_a_page_that_takes_too_long_is_a_gap_and_the_file_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    content = drawn_by(b"0 0 m 9 9 l S " * 300)
    monkeypatch.setattr(time, "process_time", _passing(0.01))
    pdf = measure_pdf(content, pace=1)
    assert pdf.gaps == ("the page holds more than can be measured",)
    assert len(pdf.pages) == 1


def test_a_slow_computer_has_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    content = drawn_by(b"0 0 m 9 9 l S " * 300)
    monkeypatch.setattr(time, "process_time", _passing(0.01))
    assert measure_pdf(content, pace=10).gaps == ()
    monkeypatch.setattr(time, "process_time", lambda: 0.6)  # what its start took
    assert measure_pace() == pytest.approx(4)
    monkeypatch.setattr(time, "process_time", lambda: 0.01)
    assert measure_pace() == 1


def test_pages_share_the_time_of_their_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first pages may take more than their part; what is left then is too little for the last ones."""
    with pikepdf.open(io.BytesIO(drawn_by(b"0 0 m 9 9 l S " * 60))) as pdf:
        pdf.pages.extend([pdf.pages[0]] * 9)
        written = io.BytesIO()
        pdf.save(written)
    monkeypatch.setattr(time, "process_time", _passing(0.01))
    pages = measure_pdf(written.getvalue(), pace=1).pages
    assert [page.sheet is not None for page in pages] == sorted((page.sheet is not None for page in pages), reverse=True)
    assert 0 < sum(page.sheet is not None for page in pages) < 10


def test_drawing_is_ended_between_two_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Allowance, "check", lambda *_: None)
    monkeypatch.setattr(Allowance, "left", -1.0)
    assert measure_pdf(drawn_by(b"0 0 m 9 9 l S " * 1_000)).gaps == ("the page holds more than can be measured",)


def test_a_form_that_draws_itself_ends() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        form = pdf.make_indirect(pdf.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]))
        form.Resources = pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=form))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/F Do")
        stream = io.BytesIO()
        pdf.save(stream)
    started = time.monotonic()
    assert len(measure_pdf(stream.getvalue()).pages) == 1
    assert time.monotonic() - started < 5


def test_a_small_file_that_grows_without_end_is_one_line(tmp_path: Path) -> None:
    """Forms within forms, four times each: 4 to the power of 24 lines to draw."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        inner = pdf.make_indirect(pdf.make_stream(b"0 0 m 9 9 l S", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]))
        for _ in range(24):
            form = pdf.make_stream(b"/A Do " * 4, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
            form.Resources = Dictionary(XObject=Dictionary(A=inner))
            inner = pdf.make_indirect(form)
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=inner))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/A Do")
        pdf.save(tmp_path / "laughs.pdf")
    (tmp_path / "good.pdf").write_bytes(draw())
    with Meter(longest_s=8) as meter:
        (told,) = check_file(tmp_path / "laughs.pdf", "laughs.pdf", meter).remarks
        assert told.check == "F2"
        assert len(meter.measure(tmp_path / "good.pdf").pages) == 1


def test_many_files_are_told_in_their_order(tmp_path: Path) -> None:
    names = [f"{number}.pdf" for number in range(6)]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(draw(Drawn(pages=number + 1)) if number != 3 else b"no pdf")
    with Meters() as meters:
        meters.measure_ahead([tmp_path / name for name in names])
        outcomes = [check_file(tmp_path / name, name, meters) for name in names]
    assert [{remark.place.split(",")[0] for remark in outcome.remarks} for outcome in outcomes] == [{name} for name in names]
    assert [remark.check for remark in outcomes[3].remarks] == ["F2"]


def test_without_a_password_to_open_it_a_locked_file_is_measured(tmp_path: Path) -> None:
    """Many programs forbid printing with an owner's password only: everybody may read."""
    with pikepdf.open(io.BytesIO(draw())) as pdf:
        pdf.save(tmp_path / "owned.pdf", encryption=pikepdf.Encryption(owner="x" * 9, user=""))
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="x" * 9, user="y" * 9))
    with Meter() as meter:
        assert meter.measure(tmp_path / "owned.pdf").pages[0].sheet is not None
        (told,) = check_file(tmp_path / "locked.pdf", "locked.pdf", meter).remarks
    assert told.check == "F2"
    assert "password" in told.message


def test_without_pdfium_the_rest_is_still_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "pypdfium2" else found(name, *rest))
    subject = question(
        measure_pdf(draw(Drawn(steps=("The lumbar part bends.",), patient="Ann Lee", about={"subject": "Ann Lee"})))
    )
    checks = {each.check for each in check_pages(subject, "x.pdf")}
    assert {"A1", "A2", "A3", "R7", "P1"} <= checks
    told = {check: each.why for each in list_unmeasured(subject, "x.pdf") for check in each.checks}
    assert {"T1", "C1", "C3", "L2", "A4", "G2"} <= set(told)
    assert "pip install 'handouts[preflight]'" in told["T1"]
    assert not checks & {"T1", "C1", "L2", "A4", "S1", "S2"}


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_measured(tmp_path: Path) -> None:
    (tmp_path / "good.pdf").write_bytes(draw())
    with Meter(longest_s=0.001) as impatient, pytest.raises(UnreadablePdfError, match=r"takes longer than 0\.001 seconds"):
        impatient.measure(tmp_path / "good.pdf")
    with Meter() as meter:
        meter.start()
        assert meter._worker is not None
        os.kill(meter._worker.pid, 9)  # as a crash in a library would
        meter._worker.wait()
        assert len(meter.measure(tmp_path / "good.pdf").pages) == 1


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n", draw()[:700], draw().replace(b"/Pages", b"/Pxges")])
def test_a_damaged_file_is_one_clear_line(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(content)
    with Meter() as meter:
        outcome = check_file(tmp_path / "bad.pdf", "bad.pdf", meter)
    (told,) = outcome.remarks
    assert str(told).startswith("bad.pdf: F2: cannot be checked: ")
    assert "\n" not in str(told)


def test_a_check_of_a_pdf_opens_nothing_in_its_own_process(tmp_path: Path) -> None:
    (tmp_path / "good.pdf").write_bytes(draw())
    program = (
        "import sys; from handouts.cli import main; main(['check', 'good.pdf']); "
        "print(sorted({'pypdf', 'pypdfium2', 'PIL', 'reportlab', 'yaml'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"
