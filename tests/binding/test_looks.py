"""A compiled sheet looks as the clinic's file does, whatever its size, turn, resources and encryption."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array
from PIL import Image
from rendering import worst_tile

from binding import samples
from binding.sheet_writer import write_sheet
from handouts.binding import read_sheet
from handouts.document import Ref


def picture(pdf: bytes, page: int = 0, password: str | None = None, unit: float = 1) -> Image.Image:
    """The page in colour, two pixels a point; `unit` because pdfium knows no UserUnit."""
    document = pypdfium2.PdfDocument(pdf, password=password)
    try:
        found: Image.Image = document[page].render(scale=2 * unit, rev_byteorder=True).to_pil().convert("RGB")
        return found
    finally:
        document.close()


def assert_same_look(original: bytes, sheet_pdf: bytes, page: int = 0, password: str | None = None, unit: float = 1) -> None:
    before, after = picture(original, page, password, unit), picture(sheet_pdf, page)
    assert before.getextrema()[0][0] < 200, "the sample shows nothing"
    tile = worst_tile(before, after)
    assert tile.same, tile


BOX = samples.page_set(MediaBox=Array([20, 30, 520, 700]), CropBox=Array([0, 60, 400, 2000]))
COVERS: dict[str, Callable[[], bytes]] = {
    "plain": samples.plain,
    "pictures": lambda: samples.plain(more=samples.pictures),
    "standard font": lambda: samples.plain(font="Helvetica"),
    "a5": lambda: samples.plain(samples.A5),
    "landscape": lambda: samples.plain(samples.LANDSCAPE),
    "crop": lambda: samples.changed(samples.plain(), BOX),
    "crop turned": lambda: samples.changed(samples.changed(samples.plain(), BOX), samples.page_set(Rotate=90)),
    "turned 90": lambda: samples.changed(samples.plain(), samples.page_set(Rotate=90)),
    "turned 180": lambda: samples.changed(samples.plain(), samples.page_set(Rotate=180)),
    "turned 270": lambda: samples.changed(samples.plain(), samples.page_set(Rotate=-90)),
    "inherited": lambda: samples.changed(samples.plain(), samples.inherited_resources),
    "three contents": lambda: samples.changed(samples.plain(), samples.split_contents),
    "object streams": lambda: samples.changed(
        samples.plain(), samples.page_set(), object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "owner password": lambda: samples.changed(
        samples.plain(more=samples.pictures), samples.page_set(), encryption=pikepdf.Encryption(owner="x", user="")
    ),
    "nested forms": samples.nested_forms,
    "patterns": samples.patterned,
    "coded pictures": samples.coded_pictures,
}


@pytest.mark.parametrize("name", COVERS)
def test_looks_the_same(name: str, submit: Callable[[bytes], None]) -> None:
    original = COVERS[name]()
    sheet = read_sheet(original, name=name)
    written = write_sheet(sheet)
    assert_same_look(original, written)
    if not sheet.unembedded_fonts:
        submit(written)


def test_a_font_without_unicode_values_passes(submit: Callable[[bytes], None]) -> None:
    def forget(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            del font["/ToUnicode"]

    original = samples.changed(samples.plain(), forget)
    written = write_sheet(read_sheet(original, name="x.pdf"))
    assert_same_look(original, written)
    submit(written)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_user_unit_scales(turn: int) -> None:
    original = samples.changed(samples.changed(samples.plain(), BOX), samples.page_set(UserUnit=2, Rotate=turn))
    assert_same_look(original, write_sheet(read_sheet(original, name="x.pdf")), unit=2)


def test_the_comparison_sees_a_missing_letter() -> None:
    original = samples.plain()
    changed = samples.plain(title="Riverside (Clini )")
    with pytest.raises(AssertionError):
        assert_same_look(original, write_sheet(read_sheet(changed, name="x.pdf")))


def test_every_page() -> None:
    original = samples.plain(pages=3)
    written = write_sheet(read_sheet(original, name="x.pdf"))
    for page in range(3):
        assert_same_look(original, written, page)


def test_password() -> None:
    locked = samples.changed(samples.plain(), samples.page_set(), encryption=pikepdf.Encryption(owner="o", user="secret"))
    assert_same_look(locked, write_sheet(read_sheet(locked, name="x.pdf", password="secret")), password="secret")


def test_later_revision_counts() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(samples.plain()), incremental=True)
    writer.pages[0].rotate(90)
    written = io.BytesIO()
    writer.write(written)
    assert written.getvalue().startswith(samples.plain())
    assert_same_look(written.getvalue(), write_sheet(read_sheet(written.getvalue(), name="x.pdf")))
    assert read_sheet(written.getvalue(), name="x.pdf").pages[0].width == pytest.approx(samples.A4[1], abs=0.01)


def test_hidden_layers_stay_hidden() -> None:
    def layered(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Draft"))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=Array([group]), D=pikepdf.Dictionary(OFF=Array([group])))
        page = pdf.pages[0]
        page.obj.Resources.Properties = pikepdf.Dictionary(L=group)
        page.obj.Resources.XObject.Stamp = samples.form(pdf, b"0 0 300 300 re f", OC=group)
        hidden = b"\n/OC /L BDC q 0 g 0 0 500 500 re f BT /F1 90 Tf (Draft) Tj ET Q EMC /Stamp Do"
        page.obj.Contents = pdf.make_stream(page.Contents.read_bytes() + hidden)

    original = samples.changed(samples.plain(), layered)
    assert_same_look(original, write_sheet(read_sheet(original, name="x.pdf")))


@pytest.mark.parametrize("name", ["pictures", "patterns", "nested forms"])
def test_same_bytes_in_every_process(name: str) -> None:
    digest = hashlib.sha256(repr(read_sheet(COVERS[name](), name=name)).encode()).hexdigest()
    code = (
        "import hashlib; from handouts.binding import read_sheet; from binding.test_looks import COVERS;"
        f"print(hashlib.sha256(repr(read_sheet(COVERS[{name!r}](), name={name!r})).encode()).hexdigest())"
    )
    tests = Path(__file__).parents[1]
    for seed in ("0", "77"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}"}
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        assert run.stdout.strip() == digest


def test_references_stay_inside() -> None:
    sheet = read_sheet(samples.plain(more=samples.pictures), name="x.pdf")
    refs = [part.index for parts in sheet.objects for part in parts if isinstance(part, Ref)]
    assert refs
    assert max(refs) < len(sheet.objects)
    assert sheet.unembedded_fonts == ()
    assert sheet.sha256 == hashlib.sha256(samples.plain(more=samples.pictures)).hexdigest()


def test_only_fonts_that_show_text_count() -> None:
    helvetica = samples.plain(font="Helvetica")
    assert read_sheet(helvetica, name="x.pdf").unembedded_fonts == ("Helvetica",)
    invisible = samples.changed(
        helvetica,
        lambda pdf: setattr(pdf.pages[0].obj, "Contents", pdf.make_stream(b"BT /F1 9 Tf () Tj 3 Tr (x) Tj ET")),
    )
    assert read_sheet(invisible, name="x.pdf").unembedded_fonts == ()
