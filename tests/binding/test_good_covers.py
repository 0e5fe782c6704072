"""Covers as drawing programs write them, with shadows, fading and blending, are taken: a viewer shows each at once."""

from __future__ import annotations

import zlib

import pytest

from handouts.binding import work
from handouts.binding.reading import read_sheet

_GROUP = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceRGB>>"


def written(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


def stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(content), content)


def page(resources: bytes, content: bytes, *more: bytes) -> bytes:
    own = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%b>>/Contents 4 0 R>>" % resources
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return written([catalog, pages, own, stream(b"", content), *more])


def shadows(count: int) -> bytes:
    """As InDesign: each a group that is multiplied, a rectangle under a soft mask in it."""
    drawn = b"".join(b"q /GS0 gs 1 0 0 1 %d 0 cm /Fm0 Do Q\n" % (number * 10) for number in range(count))
    masked = b"/Resources<</ExtGState<</GS2<</BM/Normal/SMask<</S/Luminosity/G 6 0 R>>>>>>>>"
    picture = b"/Type/XObject/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    return page(
        b"/ExtGState<</GS0<</BM/Multiply/ca .75>>>>/XObject<</Fm0 5 0 R>>", drawn,
        stream(_GROUP + masked, b"q /GS2 gs 0 g 0 0 100 100 re f Q"),
        stream(_GROUP + b"/Resources<</XObject<</Im0 7 0 R>>>>", b"q 100 0 0 100 0 0 cm /Im0 Do Q"),
        stream(picture, zlib.compress(bytes(10_000))),
    )  # fmt: skip


def illustration(count: int, state: bytes) -> bytes:
    """As Illustrator: many small paths in a group, placed once."""
    paths = b"".join(b"%d %d 5 5 re f\n" % (number % 500, number // 50) for number in range(count))
    return page(b"/ExtGState<</GS0<<%b>>>>/XObject<</Fm0 5 0 R>>" % state, b"q /GS0 gs /Fm0 Do Q", stream(_GROUP, paths))


def fading(count: int) -> bytes:
    """As Inkscape: shapes whose gradient ends in nothing, by a soft mask."""
    gradient = b"<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 100 0]/Function 8 0 R>>>>"
    filled = stream(_GROUP + b"/Resources<</Pattern<</sh 7 0 R>>>>", b"/Pattern cs /sh scn 10 10 100 100 re f")
    return page(
        b"/ExtGState<</s6<</SMask<</S/Luminosity/G 6 0 R>>>>>>/XObject<</x7 5 0 R>>", b"q /s6 gs /x7 Do Q\n" * count,
        filled, filled, gradient, b"<</FunctionType 2/Domain[0 1]/C0[1]/C1[0]/N 1>>",
    )  # fmt: skip


def small_squares(count: int, state: bytes) -> bytes:
    paths = b"".join(b"%d %d 5 5 re f\n" % (number % 500, number // 50) for number in range(count))
    return page(b"/ExtGState<</GS0<<%b>>>>" % state, b"/GS0 gs\n" + paths)


def text_on_a_picture(lines: int) -> bytes:
    words = b"(A paragraph of text in the white on a picture, as a designer sets it...) Tj\n"
    shown = b"".join(b"1 0 0 1 50 %d Tm " % (800 - number * 7) + words for number in range(lines))
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return page(b"/ExtGState<</GS0<</BM/Multiply>>>>" + font, b"/GS0 gs BT /F 9 Tf " + shown + b"ET")


GOOD = {
    "drop shadows": lambda: shadows(12),
    "an illustration that is multiplied": lambda: illustration(3_000, b"/BM/Multiply"),
    "an illustration half clear": lambda: illustration(3_000, b"/ca .5"),
    "gradients that fade": lambda: fading(12),
    "small squares half clear": lambda: small_squares(25_000, b"/ca .5"),
    "no blending in a list": lambda: small_squares(1_000, b"/BM[/Normal]"),
    "a list that begins with what nobody knows": lambda: small_squares(1_000, b"/BM[/Sparkle/Normal/Multiply]"),
    "text that is multiplied": lambda: text_on_a_picture(100),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_drawing_programs_write_is_taken(name: str) -> None:
    assert len(read_sheet(GOOD[name](), name="cover.pdf", password=None).pages) == 1


def test_shadows_are_far_below_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve cost less than a twentieth of what is allowed."""
    monkeypatch.setattr(work, "MOST_PAINTED", work.MOST_PAINTED // 20)
    assert len(read_sheet(shadows(12), name="cover.pdf", password=None).pages) == 1
