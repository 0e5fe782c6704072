"""Hostile, broken and locked files end in one clear sentence, quickly; what is active in a usable file stays behind."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from attacks.raw_pdf import BARE, FORM, PAGE, chain, doubling, raw, stream
from pikepdf import Array, Dictionary, Name

from binding import samples
from binding.sheet_writer import write_sheet
from handouts.binding import read_sheet
from handouts.binding.sheet import LARGEST_FILE
from handouts.errors import InputError

PLAIN = samples.plain()


def through_a_mask() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources 6 0 R>>"
    form = stream(b"/G gs", b"/Subtype/Form/BBox[0 0 9 9]/Resources 6 0 R")
    return raw([page, stream(b"/G gs"), form, b"<</ExtGState<</G<</SMask<</S/Alpha/G 5 0 R>>>>>>>>"])


def shared_functions() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Shading<</S 5 0 R>>>>>>"
    stitch = b"<</FunctionType 3/Domain[0 1]/Bounds[.5]/Encode[0 1 0 1]/Functions[%d 0 R %d 0 R]>>"
    steps = [stitch % (number + 7, number + 7) for number in range(30)]
    last = b"<</FunctionType 2/N 1/Domain[0 1]>>"
    shading = b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 1]/Function 6 0 R>>"
    return raw([page, stream(b"/S sh"), shading, *steps, last])


BOMB = zlib.compress(bytes(200_000_000), 9)
IMAGE = b"/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode"

FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty"),
    "html": (lambda: b"<!doctype html><p>Not found", "is not a PDF"),
    "random": (lambda: bytes((i * 7919 + i // 13) % 251 for i in range(20_000)), "is not a PDF"),
    "header only": (lambda: b"%PDF-1.7\n" + bytes((i * 7919 + i // 13) % 251 for i in range(20_000)), "damaged"),
    "truncated": (lambda: PLAIN[: len(PLAIN) // 3], "damaged"),
    "too large": (lambda: b"%PDF-1.4" + bytes(LARGEST_FILE), "larger than 20 MB"),
    "many pages": (lambda: raw([BARE % b"null"], 10_000), "has 10000 pages, at most 8"),
    "nine pages": (lambda: samples.plain(pages=9), "has 9 pages, at most 8"),
    "no pages": (lambda: raw([], 0), "has no pages"),
    "page tree loop": (lambda: raw([b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]), "damaged"),
    "tiny page": (lambda: samples.changed(PLAIN, samples.page_set(MediaBox=Array([0, 0, 0.1, 0.1]))), "unusable size"),
    "huge page": (lambda: samples.changed(PLAIN, samples.page_set(UserUnit=900)), "unusable size"),
    "content bomb": (lambda: raw([BARE % b"4 0 R", stream(BOMB, b"/Filter/FlateDecode")]), "more than a printed page"),
    "image bomb": (lambda: raw([PAGE, stream(b"/A Do"), stream(BOMB, IMAGE)]), "unpacks to more than 100 MB"),
    "draws itself": (lambda: raw([PAGE, stream(b"/A Do"), stream(b"/A Do", FORM % 5)]), "draws itself recursively"),
    "draw each other": (
        lambda: raw([PAGE, stream(b"/A Do"), stream(b"/A Do", FORM % 6), stream(b"/A Do", FORM % 5)]),
        "draws itself recursively",
    ),
    "mask draws itself": (through_a_mask, "draws itself recursively"),
    "exponential": (lambda: doubling(6, 4), "repeats drawings more than 2000 times"),
    "too deep": (lambda: chain(20), "more than 12 deep"),
    "many operators": (lambda: raw([BARE % b"4 0 R", stream(b"0 0 m " * 1_100_000)]), "draws more than"),
    "endless saves": (lambda: raw([BARE % b"4 0 R", stream(b"q " * 100_000)]), "saves its drawing state"),
    "endless functions": (shared_functions, "over and over"),
    "deep arrays": (lambda: raw([BARE % (b"[" * 100_000)]), "damaged"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_refused_in_one_sentence(name: str) -> None:
    make, words = FAULTS[name]
    data = make()
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        read_sheet(data, name="clinic cover.pdf")
    assert time.perf_counter() - start < 4
    assert len(caught.value.problems) == 1
    line = str(caught.value)
    assert line.startswith("clinic cover.pdf: ")
    assert words in line
    assert "\n" not in line


HARMLESS: dict[str, Callable[[], bytes]] = {
    "contents refer to themselves": lambda: raw([BARE % b"4 0 R", b"[4 0 R 4 0 R]"]),
    "no contents": lambda: raw([BARE % b"99 0 R"]),
    "unbalanced": lambda: samples.with_content(b"Q Q EMC ET ) ] } > q q BT (never ends"),
    "endless image": lambda: samples.with_content(b"BI /W 9 /H 9 ID " + b"\xff" * 9000),
    "nested strings": lambda: samples.with_content(b"BT " + b"(" * 50_000),
    "deep array in content": lambda: samples.with_content(b"[" * 200_000 + b" TJ"),
    "marks without end": lambda: samples.with_content(b"/P <</MCID 0>> BDC " * 500),
    "eight forms": lambda: doubling(8),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(name: str) -> None:
    start = time.perf_counter()
    sheet = read_sheet(HARMLESS[name](), name="x.pdf")
    assert time.perf_counter() - start < 4
    with pikepdf.open(io.BytesIO(write_sheet(sheet))) as pdf:
        assert not pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else not pdf.check()


def assert_read_or_refused(data: bytes) -> None:
    try:
        sheet = read_sheet(data, name="x.pdf")
    except InputError as refusal:
        words = str(refusal)
    else:
        words = "x.pdf: " if sheet.pages else ""
    assert words.startswith("x.pdf: ")


@pytest.mark.parametrize("cut", range(0, len(PLAIN), 397))
def test_every_cut_is_read_or_refused(cut: int) -> None:
    assert_read_or_refused(PLAIN[:cut])


@pytest.mark.parametrize("at", range(9, len(PLAIN), 211))
def test_every_flipped_byte_is_read_or_refused(at: int) -> None:
    assert_read_or_refused(PLAIN[:at] + bytes([PLAIN[at] ^ 0x15]) + PLAIN[at + 1 :])


def test_locked() -> None:
    locked = samples.changed(PLAIN, samples.page_set(), encryption=pikepdf.Encryption(owner="o", user="secret"))
    with pytest.raises(InputError, match=r"x\.pdf: needs its password \(give it with --cover-password-file\)"):
        read_sheet(locked, name="x.pdf")
    with pytest.raises(InputError, match=r"x\.pdf: does not open with this password"):
        read_sheet(locked, name="x.pdf", password="wrong")
    assert read_sheet(locked, name="x.pdf", password="secret").pages
    assert read_sheet(locked, name="x.pdf", password="o").pages


def test_a_password_too_many_does_no_harm() -> None:
    assert read_sheet(PLAIN, name="x.pdf", password="secret") == read_sheet(PLAIN, name="x.pdf")


def poison(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    launch = Dictionary(S=Name.Launch, F="cmd.exe")
    pdf.Root.OpenAction, pdf.Root.AA = script, Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["x", script])))
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=Array([]))
    pdf.attachments["evil.exe"] = b"MZ evil"
    page = pdf.pages[0]
    page.obj.AA = Dictionary(O=launch)
    page.obj.Metadata = pdf.make_stream(b"<x:xmpmeta/>")
    page.obj.PieceInfo = Dictionary(App=Dictionary(Private="evil"))
    page.obj.Resources["/Evil"] = launch
    for image in page.obj.Resources.XObject.values():
        image.OPI, image.Metadata, image.PieceInfo = launch, pdf.make_stream(b"evil"), Dictionary(App=script)
        image.StructParent, image.AF, image.Alternates = 3, Array([launch]), Array([launch])
    actions = [
        script, launch, Dictionary(S=Name.URI, URI="javascript:evil()"), Dictionary(S=Name.URI, URI="file:///etc/passwd"),
        Dictionary(S=Name.URI, URI="https://example.org/a?b=(1)", Next=launch), Dictionary(S=Name.URI, URI="tel:+441632960000"),
        Dictionary(S=Name.SubmitForm, F="https://evil.example"),
    ]  # fmt: skip
    page.obj.Annots = Array(
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([90, 80, 40, 60 + n]), A=action, AA=launch))
        for n, action in enumerate(actions)
    )
    page.obj.Annots.append(Dictionary(Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9])))


def test_nothing_active_travels() -> None:
    sheet = read_sheet(samples.changed(PLAIN, poison), name="x.pdf")
    assert [link.uri for link in sheet.pages[0].links] == ["https://example.org/a?b=(1)", "tel:+441632960000"]
    text = b" ".join(part.partition(b"stream")[0] for parts in sheet.objects for part in parts if isinstance(part, bytes)).decode(
        "latin-1"
    )
    for word in (
        "JavaScript",
        "Launch",
        "Action",
        "/AA ",
        "evil",
        "XFA",
        "OPI",
        "PieceInfo",
        "Metadata",
        "StructParent",
        "Alternates",
        "/AF ",
    ):
        assert word not in text


def test_no_word_is_logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    read_sheet(samples.changed(PLAIN, poison), name="x.pdf")
    with pytest.raises(InputError):
        read_sheet(PLAIN[:4000], name="x.pdf")
    assert capfd.readouterr() == ("", "")


def test_limits_are_put_back() -> None:
    import pypdf

    before = pypdf.get_configuration()
    read_sheet(PLAIN, name="x.pdf")
    assert pypdf.get_configuration() is before
