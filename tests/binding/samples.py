"""Covers as clinics may send them, made on the spot with ReportLab and pikepdf."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

A4 = (595.2756, 841.8898)
A5 = (419.53, 595.28)
LANDSCAPE = (792.0, 612.0)


def _font() -> str:
    if "Cover" not in pdfmetrics.getRegisteredFontNames():
        folder = Path(fontpkg_atkinson_hyperlegible.__file__).parent
        pdfmetrics.registerFont(TTFont("Cover", str(next(iter(sorted(folder.rglob("*Regular*.ttf")))))))
    return "Cover"


def photograph(mode: str = "RGB", kind: str = "JPEG") -> io.BytesIO:
    """A small picture with a gradient."""
    picture = Image.new("RGB", (60, 40))
    picture.putdata([(x * 4, y * 6, 128) for y in range(40) for x in range(60)])
    if mode == "RGBA":
        picture.putalpha(Image.linear_gradient("L").resize((60, 40)))
    written = io.BytesIO()
    picture.convert(mode).save(written, kind)
    written.seek(0)
    return written


def plain(
    size: tuple[float, float] = A4,
    pages: int = 1,
    font: str | None = None,
    more: Callable[[Canvas], None] | None = None,
    title: str = "Riverside (Clinic)",
) -> bytes:
    """A cover with a title, a rule, a circle and a picture."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=size, invariant=1, initialFontName=font or _font())
    for number in range(pages):
        canvas.setFont(font or _font(), 24)
        canvas.drawString(60, size[1] - 90, f"{title} {number + 1}")
        canvas.setFillColorRGB(0.8, 0.2, 0.2)
        canvas.circle(size[0] - 90, 90, 40, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.line(60, 200, size[0] - 60, 230)
        canvas.drawImage(ImageReader(photograph()), 60, 240, 120, 80)
        if more:
            more(canvas)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def pictures(canvas: Canvas) -> None:
    """A PNG, one with a soft mask, and gradients."""
    canvas.drawImage(ImageReader(photograph(kind="PNG")), 200, 240, 60, 40)
    canvas.drawImage(ImageReader(photograph("RGBA", "PNG")), 280, 240, 60, 40, mask="auto")
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(60, 400, 200, 100)
    canvas.clipPath(path, stroke=0)
    canvas.linearGradient(60, 400, 260, 500, _colours())
    canvas.restoreState()
    canvas.saveState()
    canvas.setFillAlpha(0.4)
    canvas.radialGradient(400, 450, 60, _colours(), extend=False)
    canvas.rect(50, 350, 300, 100, fill=1)
    canvas.restoreState()


def _colours() -> list[object]:
    from reportlab.lib.colors import blue, red

    return [red, blue]


def changed(source: bytes, change: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    """`source` after `change`, written again."""
    with pikepdf.open(io.BytesIO(source)) as pdf:
        change(pdf)
        written = io.BytesIO()
        pdf.save(written, deterministic_id="encryption" not in saving, **saving)  # type: ignore[arg-type]
        return written.getvalue()


def page_set(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    """A change that sets entries of each page."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for key, value in entries.items():
                page.obj[f"/{key}"] = value

    return change


def inherited_resources(pdf: pikepdf.Pdf) -> None:
    """Moves resources, size and rotation to the page tree's root."""
    page = pdf.pages[0].obj
    pdf.Root.Pages["/Resources"] = page.Resources
    pdf.Root.Pages["/MediaBox"] = page.MediaBox
    pdf.Root.Pages["/Rotate"] = 90
    for key in ("/Resources", "/MediaBox", "/Rotate"):
        if key in page:
            del page[key]


def split_contents(pdf: pikepdf.Pdf) -> None:
    """Cuts the content into three streams between instructions."""
    page = pdf.pages[0]
    lines = page.Contents.read_bytes().split(b"\n")
    third = len(lines) // 3
    page.obj.Contents = Array(
        pdf.make_stream(b"\n".join(part)) for part in (lines[:third], lines[third : 2 * third], lines[2 * third :])
    )


def with_content(content: bytes, resources: Callable[[pikepdf.Pdf], Dictionary] | None = None) -> bytes:
    """A bare page with this content."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 300))
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    if resources:
        pdf.pages[0].obj.Resources = resources(pdf)
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def form(pdf: pikepdf.Pdf, content: bytes, **entries: object) -> pikepdf.Object:
    """A form object of 300 × 300 points."""
    stream = pdf.make_stream(content)
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 300])
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)


def nested_forms() -> bytes:
    """Forms three deep, one with its own matrix and one that borrows the page's resources."""

    def resources(pdf: pikepdf.Pdf) -> Dictionary:
        inner = form(pdf, b"1 0 0 rg 10 10 50 50 re f", Matrix=Array([0.7, 0.7, -0.7, 0.7, 100, 20]))
        middle = form(pdf, b"q 2 0 0 2 0 0 cm /In Do Q /Lone Do", Resources=Dictionary(XObject=Dictionary(In=inner, Lone=inner)))
        borrower = form(pdf, b"q 0.5 0 0 0.5 0 150 cm /Mid Do Q 0 1 0 RG 5 w 0 0 m 200 200 l S")
        return Dictionary(XObject=Dictionary(Mid=middle, Bor=borrower))

    return with_content(b"/Mid Do /Bor Do Q Q q", resources)


def patterned() -> bytes:
    """A tiling pattern, a soft-masked group and a shading pattern with a stitched function."""

    def resources(pdf: pikepdf.Pdf) -> Dictionary:
        tile = pdf.make_stream(b"0 0 1 rg 0 0 5 5 re f 1 1 0 rg 5 5 5 5 re f")
        for key, value in (("PatternType", 1), ("PaintType", 1), ("TilingType", 1), ("XStep", 10), ("YStep", 10)):
            tile[f"/{key}"] = value
        tile.BBox, tile.Resources = Array([0, 0, 10, 10]), Dictionary()
        ramp = Dictionary(FunctionType=2, N=1, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]))
        stitched = Dictionary(
            FunctionType=3, Domain=Array([0, 1]), Bounds=Array([0.5]), Encode=Array([0, 1, 1, 0]),
            Functions=Array([pdf.make_indirect(ramp), pdf.make_indirect(ramp)]),
        )  # fmt: skip
        shading = Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([150, 0, 300, 0]), Function=stitched,
            Extend=Array([True, True]),
        )  # fmt: skip
        group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        mask = form(pdf, b"0.2 g 0 0 300 300 re f 1 g 50 50 100 100 re f", Group=group)
        return Dictionary(
            Pattern=Dictionary(T=pdf.make_indirect(tile), S=Dictionary(PatternType=2, Shading=shading)),
            ExtGState=Dictionary(M=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask)), N=Dictionary(SMask=Name("/None"))),
            Shading=Dictionary(A=shading),
        )

    return with_content(
        b"/Pattern cs /T scn 10 10 120 120 re f /S scn 160 10 120 120 re f q /M gs 0 0.5 0 rg 20 150 250 140 re f Q "
        b"q 10 200 40 40 re W n /A sh Q q 200 0 0 40 20 250 cm BI /W 4 /H 1 /BPC 8 /CS /G ID \x00EI \xff EI Q",
        resources,
    )


def _coded(pdf: pikepdf.Pdf, body: bytes, width: int, height: int, **entries: object) -> pikepdf.Object:
    stream = pikepdf.Stream(pdf, body)
    stream.Type, stream.Subtype, stream.Width, stream.Height = Name.XObject, Name.Image, width, height
    stream.BitsPerComponent = 8
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)


def coded_pictures() -> bytes:
    """Pictures in every coding and colour space that scanners and office programs write."""

    def resources(pdf: pikepdf.Pdf) -> Dictionary:
        jpx = photograph(kind="JPEG2000").getvalue()
        fax = io.BytesIO()
        Image.open(photograph()).convert("1").save(fax, "TIFF", compression="group4")
        with Image.open(fax) as tiff:
            offset, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
        strip = fax.getvalue()[offset : offset + length]
        grey = photograph("L", "PNG")
        tones = Image.open(grey).tobytes()
        runs = b"".join(b"\x00" + bytes([tone]) for tone in tones) + b"\x80"
        tint = Dictionary(FunctionType=2, N=1, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 0.5, 0]))
        calculator = pdf.make_stream(b"{ exch pop dup 0 0 }")
        calculator.FunctionType, calculator.Domain, calculator.Range = 4, Array([0, 1, 0, 1]), Array([0, 1] * 4)
        profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        profile.N, profile.Metadata = 3, pdf.make_stream(b"<secret/>")
        spot = Array([Name.Separation, Name("/Clinic Green"), Name.DeviceCMYK, tint])
        two = Array([Name.DeviceN, Array([Name.Cyan, Name.Spot]), Name.DeviceCMYK, calculator, Dictionary(Subtype=Name.NChannel)])
        table = Array(
            [Name.Indexed, Name.DeviceRGB, 255, pikepdf.String(bytes(n * k % 256 for n in range(256) for k in (1, 3, 7)))]
        )
        rgb = Image.open(photograph()).convert("RGB").tobytes()
        ascii85 = base64.a85encode(photograph().getvalue()) + b"~>"
        codings = {
            "Jpx": _coded(pdf, jpx, 60, 40, Filter=Name.JPXDecode),
            "Fax": _coded(pdf, strip, 60, 40, Filter=Name.CCITTFaxDecode, ColorSpace=Name.DeviceGray, BitsPerComponent=1,
                          DecodeParms=Dictionary(K=-1, Columns=60, Rows=40)),
            "Run": _coded(pdf, runs, 60, 40, Filter=Name.RunLengthDecode, ColorSpace=Name.DeviceGray),
            "Icc": _coded(pdf, rgb, 60, 40, ColorSpace=Array([Name.ICCBased, profile])),
            "Idx": _coded(pdf, tones, 60, 40, ColorSpace=table, Mask=Array([0, 20])),
            "Spot": _coded(pdf, tones, 60, 40, ColorSpace=spot, Decode=Array([1, 0])),
            "Two": _coded(pdf, tones * 2, 60, 40, ColorSpace=two),
            "Hex": _coded(pdf, ascii85, 60, 40, Filter=Array([Name.ASCII85Decode, Name.DCTDecode]), ColorSpace=Name.DeviceRGB),
            "Sten": _coded(pdf, bytes(range(240)), 48, 40, ImageMask=True, BitsPerComponent=1),
        }  # fmt: skip
        glyph = pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 400 400 re f")
        face = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 500]), FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary({"/sq": glyph}), Encoding=Dictionary(Differences=Array([97, Name.sq])), FirstChar=97,
            LastChar=97, Widths=Array([500]),
        )  # fmt: skip
        return Dictionary(
            XObject=Dictionary({f"/{name}": value for name, value in codings.items()}),
            ColorSpace=Dictionary({"/Clinic#20Green": spot, "/S p": spot}),
            Font=Dictionary(T3=pdf.make_indirect(face)),
        )

    names = ["Jpx", "Fax", "Run", "Icc", "Idx", "Spot", "Two", "Hex", "Sten"]
    drawn = " ".join(f"q 80 0 0 60 {10 + n % 3 * 95} {20 + n // 3 * 75} cm /{name} Do Q" for n, name in enumerate(names))
    return with_content(drawn.encode() + b" /S#20p cs 0.7 scn 10 250 100 40 re f BT /T3 40 Tf 150 250 Td (aaa) Tj ET", resources)
