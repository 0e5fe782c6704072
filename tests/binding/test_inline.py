"""Inline pictures as honest programs write them are read; what a head says in a strange way is refused, not passed over."""

from __future__ import annotations

import zlib

import pytest

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
    "said twice": (b" /W 9/H 8/W 7000/Height 9/BPC 1/CS/G ID ", (7000, 9)),
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
