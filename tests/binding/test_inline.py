"""Inline pictures as honest programs write them are read; what a head says in a strange way is refused, not passed over."""

from __future__ import annotations

import base64
import io
import zlib
from itertools import pairwise

import pytest
from attacks.raw_pdf import drawing
from PIL import Image, ImageChops
from rendering import render_page

from binding.sheet_writer import write_sheet
from handouts.binding import read_sheet
from handouts.binding.content import instructions
from handouts.binding.faults import SheetError
from handouts.binding.inline import read_inline_head

HONEST = {
    "Ghostscript": (b"\n/W 24\n/H 30\n/IM true\n/BPC 1\n/D[1\n0]\n/F/CCF\n/DP<</K -1\n/Columns 24>>\nID ", (24, 30)),
    "long names": (b" /Width 5 /Height 7 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode ID ", (5, 7)),
    "palette": (b" /W 9/H 8/BPC 2/CS[/I/RGB 3<ff0000 00ff00 0000ff ffffff>]/F[/A85/LZW]ID ", (9, 8)),
    "palette of letters": (b" /W 9/H 8/BPC 1/CS[/Indexed/DeviceRGB 1(ab(c)\\)12)]ID ", (9, 8)),
    "JPEG": (b"/W 16/H 16/CS/G/BPC 8/F/DCT\nID\n", (16, 16)),
    "parameters of two codings": (b" /W 9/H 8/BPC 8/CS/G/F[/AHx/Fl]/DP[null<</Predictor 15/Columns 9>>]/I true ID ", (9, 8)),
    "fax without columns": (b" /W 9/H 8/BPC 1/CS/G/F/CCF ID ", (1728, 8)),
}  # fmt: skip


@pytest.mark.parametrize("name", HONEST)
def test_heads(name: str) -> None:
    written, size = HONEST[name]
    head = read_inline_head(b"BI" + written, 2)
    assert (head.across, head.down) == size
    assert (b"BI" + written)[head.end :].strip() == b"ID"


@pytest.mark.parametrize(
    "written",
    [
        b" /W +9 /H 9 ID ",
        b" /W 9. /H 9 ID ",
        b" /W%x\n9 /H 9 ID ",
        b" /W 5 0 R /H 9 ID ",
        b" /W 12345678901 /H 9 ID ",
        b" /W [9] /H 9 ID ",
        b" /W /H 9 ID ",
        b" 9 /W 9 ID ",
        b" /W 9 /H 9 /Width 7000 ID ",
        b" /W 9 /H 9 /DP <</Columns -9>> ID ",
        b" /W 9 /H 9 /CS [/I /RGB 1 <00> ID ",
        b" /W 9 /H 9 /D [0 >> ID ",
        b" /W 9 /H 9 /F /JBIG2Decode ID ",
        b" /W 9 /H 9 /F /JPXDecode ID ",
        b" /W 9 /H 9 /F [/A85 /DCT] ID ",
        b" /W 9 /H 9 /F /Fl /Filter /DCT ID ",
        b" /W 9 /H 9",
        b" /W 9 BI /H 9 ID ",
    ],
)
def test_a_head_that_viewers_may_read_otherwise(written: bytes) -> None:
    with pytest.raises(SheetError, match="in a form that can't be read"):
        read_inline_head(b"BI" + written, 2)


def test_the_dots_of_a_plain_picture_end_no_picture() -> None:
    dots = b"\x01 EI q\x02\x03\x04" * 2
    content = b"q BI /W 8 /H 2 /BPC 8 /CS /G ID " + dots + b"\nEI Q"
    assert [each.operator for each in instructions(content, 10)] == [b"q", b"BI", b"Q"]
    packed = zlib.compress(dots)
    coded = b"q BI /W 8 /H 2 /BPC 8 /CS /G /F /Fl ID " + packed + b"\nEI Q"
    assert [each.operator for each in instructions(coded, 10)] == [b"q", b"BI", b"Q"]


def _coded() -> dict[str, tuple[bytes, bytes]]:
    dots = bytes(range(0, 256, 4))  # eight rows of eight
    jpeg, fax = io.BytesIO(), io.BytesIO()
    Image.frombytes("L", (8, 8), dots).save(jpeg, "JPEG", quality=95)
    Image.frombytes("1", (8, 8), b"\xaa\x55\xf0\x0f\xff\x00\xcc\x33").save(fax, "TIFF", compression="group4")
    fax.seek(0)
    with Image.open(fax) as opened:
        at, length = opened.tag_v2[273][0], opened.tag_v2[279][0]  # type: ignore[attr-defined]
    rows = b"".join(b"\x01" + bytes((row[0], *((b - a) % 256 for a, b in pairwise(row)))) for row in rows_of(dots))
    grey = b"/W 8/H 8/BPC 8/CS/G"
    letters = base64.a85encode(zlib.compress(rows)) + b"~>"
    return {
        "plain": (grey, dots),
        "deflated": (grey + b"/F/Fl", zlib.compress(dots)),
        "deflated, in a list": (grey + b"/F[/Fl]/DP[null]", zlib.compress(dots)),
        "deflated with a predictor": (grey + b"/F/Fl/DP<</Predictor 11/Columns 8>>", zlib.compress(rows)),
        "deflated in letters": (grey + b"/F[/A85/Fl]/DP[null<</Predictor 11/Columns 8>>]", letters),
        "hexadecimal": (grey + b"/F/AHx", dots.hex().encode() + b">"),
        "run lengths": (grey + b"/F/RL", bytes((63,)) + dots + b"\x80"),
        "JPEG": (grey + b"/F/DCT", jpeg.getvalue()),
        "fax": (b"/W 8/H 8/BPC 1/CS/G/F/CCF/DP<</K -1/Columns 8/Rows 8>>", fax.getvalue()[at : at + length]),
        "mask": (b"/W 8/H 8/BPC 1/IM true/D[1 0]", b"\xaa\x55\xf0\x0f\xff\x00\xcc\x33"),
        "palette": (b"/W 8/H 8/BPC 8/CS[/I/RGB 3<ff000000ff000000ffffff00>]", bytes(each % 4 for each in range(64))),
    }  # fmt: skip


def rows_of(dots: bytes) -> list[bytes]:
    return [dots[at : at + 8] for at in range(0, 64, 8)]


@pytest.mark.parametrize("name", _coded())
def test_it_looks_as_before(name: str) -> None:
    head, body = _coded()[name]
    page = drawing(b"0 0 1 rg q 300 0 0 300 100 100 cm BI " + head + b" ID " + body + b"\nEI Q")
    written = write_sheet(read_sheet(page, name="x.pdf"))
    before, after = (render_page(each, 0) for each in (page, written))
    assert len(before.getcolors(1_000_000) or ()) > 1
    assert ImageChops.difference(before, after).getbbox() is None


def test_a_body_with_an_end_of_its_own_hides_nothing() -> None:
    """What stands behind the first EI is all that a viewer draws after the picture, in the copy."""
    packer = zlib.compressobj(0)
    body = packer.compress(b" EI q (" + b"x" * 60) + packer.flush()
    hidden = b"\nEI Q 1 0 0 rg 0 0 300 300 re f ) Tj"
    page = drawing(b"q 9 0 0 9 0 0 cm BI /W 4 /H 8 /BPC 8 /CS /G /F /Fl ID " + body + hidden)
    assert render_page(page, 0).getpixel((100, 800)) == (255, 0, 0)
    assert render_page(write_sheet(read_sheet(page, name="x.pdf")), 0).getpixel((100, 800)) == (255, 255, 255)
