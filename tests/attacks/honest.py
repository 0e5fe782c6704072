"""Covers full of what is counted, as designers' programs write them: they must pass, or the limits are wrong."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable

from PIL import Image

from attacks.raw_pdf import drawing, packed, stream

_GROUP = b"/Type/XObject/Subtype/Form/BBox[%d %d %d %d]/Group<</S/Transparency/CS/DeviceRGB>>"
_WHOLE = (0, 0, 595, 842)


def _group(body: bytes, resources: bytes = b"", box: tuple[int, int, int, int] = _WHOLE) -> bytes:
    return stream(body, _GROUP % box + b"/Resources<<" + resources + b">>")


def _squares(count: int) -> bytes:
    return b"".join(b"%d %d 5 5 re f\n" % (number % 500, number // 50) for number in range(count))


def _shadows(count: int) -> bytes:
    """Drop shadows: a group that is multiplied, of black through a mask that is a blurred picture."""
    picture = packed(bytes(10_000), b"/Type/XObject/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceGray/BitsPerComponent 8")
    return drawing(
        b"".join(b"q /M gs 1 0 0 1 %d 0 cm /F Do Q\n" % (number * 10) for number in range(count)),
        b"/ExtGState<</M<</BM/Multiply/ca .75>>>>/XObject<</F 5 0 R>>",
        _group(b"q /S gs 0 g 0 0 100 100 re f Q", b"/ExtGState<</S<</BM/Normal/SMask<</S/Luminosity/G 6 0 R>>>>>>"),
        _group(b"q 100 0 0 100 0 0 cm /I Do Q", b"/XObject<</I 7 0 R>>"),
        picture,
    )


def _fading(count: int) -> bytes:
    """Shapes in a colour that fades to nothing: a gradient through a gradient."""
    shading = b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 100 0]/Extend[true true]/Function 8 0 R>>"
    body, resources = b"/Pattern cs /P scn 10 10 100 100 re f", b"/Pattern<</P 7 0 R>>"
    return drawing(
        b"q /S gs /F Do Q\n" * count,
        b"/ExtGState<</S<</SMask<</S/Luminosity/G 6 0 R>>>>>>/XObject<</F 5 0 R>>",
        _group(body, resources),
        _group(body, resources),
        b"<</Type/Pattern/PatternType 2/Shading " + shading + b">>",
        b"<</FunctionType 2/Domain[0 1]/C0[1]/C1[0]/N 1>>",
    )


def _illustration(count: int, *, inside: bool) -> bytes:
    """A drawing placed once; multiplied as a whole, or each of its shapes `inside`."""
    state = b"/ExtGState<</M<</BM/Multiply>>>>"
    form = _group((b"/M gs " if inside else b"") + _squares(count), state)
    return drawing(b"q /M gs /F Do Q", state + b"/XObject<</F 5 0 R>>", form)


def _painted(body: bytes, state: bytes) -> bytes:
    return drawing(b"q /G gs " + body + b" Q", b"/ExtGState<</G<<" + state + b">>>>")


def _lines(count: int) -> bytes:
    line = b"1 0 0 1 50 %d Tm (A paragraph of text in white on a picture, as a designer sets it, word by word) Tj\n"
    return drawing(
        b"q /M gs BT /F 9 Tf " + b"".join(line % (800 - 7 * number) for number in range(count)) + b"ET Q",
        b"/ExtGState<</M<</BM/Multiply>>>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
    )


def _scan() -> bytes:
    """A4 at 600 dots an inch in black and white."""
    head = b"/Type/XObject/Subtype/Image/Width 4960/Height 7016/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode"
    picture = stream(zlib.compress(bytes(620 * 7016), 1), head)
    return drawing(b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject<</I 5 0 R>>", picture)


def _inline(count: int) -> bytes:
    return drawing(b"q 9 0 0 9 50 50 cm BI /W 8 /H 8 /BPC 1 /IM true ID \0\1\2\3\4\5\6\7\nEI Q\n" * count)


def _code(side: int) -> bytes:
    """A QR code of so many squares a side, every other one black."""
    squares = [(across, up) for across in range(side) for up in range(side) if (across * 7 + up * 3) % 2]
    return _painted(b"".join(b"%d %d 4 4 re f " % (300 + 4 * across, 400 + 4 * up) for across, up in squares), b"/BM/Multiply")


def _single_letters(count: int) -> bytes:
    """Text whose every letter is set by itself and multiplied."""
    letters = b"".join(b"1 0 0 1 %d %d Tm (a) Tj " % (20 + each % 90 * 6, 820 - each // 90 * 12) for each in range(count))
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return drawing(b"/M gs BT /F 9 Tf " + letters + b"ET", b"/ExtGState<</M<</BM/Multiply>>>>" + font)


def _spheres(count: int) -> bytes:
    """Small balls, each a gradient that is cut out."""
    ball = b"q %d %d 9 9 re W n 1 0 0 1 %d %d cm /S sh Q "
    places = [(each % 49 * 12, each // 49 * 12) for each in range(count)]
    return drawing(
        b"".join(ball % (*place, *place) for place in places),
        b"/Shading<</S 5 0 R>>",
        b"<</ShadingType 3/ColorSpace/DeviceRGB/Coords[4 4 0 4 4 5]/Function 6 0 R>>",
        b"<</FunctionType 2/N 1/Domain[0 1]/C0[1 1 1]/C1[0 0 1]>>",
    )


def _leaves(count: int) -> bytes:
    """A leaf drawn again and again, each time turned, over a photo that is turned, too."""
    leaf = b"/Type/XObject/Subtype/Form/BBox[0 0 50 50]"
    curves = b"0 0 m 10 0 50 40 50 50 c 40 50 0 10 0 0 c h f " * 50
    photo = packed(bytes(30_000), b"/Type/XObject/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceRGB/BitsPerComponent 8")
    turned = b"".join(b"q .8 .6 -.6 .8 %d %d cm /F Do Q " % (each % 500, each * 7 % 800) for each in range(count))
    return drawing(b"q 90 9 -9 90 50 50 cm /I Do Q " + turned, b"/XObject<</F 5 0 R/I 6 0 R>>", stream(curves, leaf), photo)


def _hatched(count: int) -> bytes:
    """Areas of a map, hatched and with a dashed line around each."""
    tile = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 8 8]/XStep 8/YStep 8/Resources<<>>"
    areas = b"".join(b"%d %d 60 70 re B " % (each % 500, each * 7 % 800) for each in range(count))
    return drawing(b"[3 2] 0 d /Pattern cs /P scn " + areas, b"/Pattern<</P 5 0 R>>", stream(b"0 0 m 8 8 l S", tile))


def _spot_gradients(count: int) -> bytes:
    """Gradients between two spot colours, as tables mix them."""
    table = stream(bytes(16), b"/FunctionType 0/BitsPerSample 8/Domain[0 1 0 1]/Range[0 1 0 1 0 1 0 1]/Size[2 2]")
    return drawing(
        b"q 0 0 300 200 re W n /S sh Q " * count,
        b"/Shading<</S 5 0 R>>",
        b"<</ShadingType 2/ColorSpace[/DeviceN[/A/B]/DeviceCMYK 6 0 R]/Coords[0 0 300 0]/Function 7 0 R>>",
        table,
        b"<</FunctionType 2/N 1/Domain[0 1]/C0[1 0]/C1[0 1]>>",
    )


USUAL: dict[str, Callable[[], bytes]] = {
    "12 drop shadows": lambda: _shadows(12),
    "12 shapes that fade": lambda: _fading(12),
    "illustration of 700 shapes, multiplied": lambda: _illustration(700, inside=False),
    "150 shapes, each multiplied": lambda: _painted(_squares(150), b"/BM/Multiply"),
    "1,000 strokes, half transparent": lambda: _painted(b"0 0 m 300 300 l S " * 1_000, b"/CA .5"),
    "1,000 shapes in a list of modes": lambda: _painted(_squares(1_000), b"/BM[/Normal/Multiply]"),
    "1,000 shapes in a list of an unknown mode and others": lambda: _painted(_squares(1_000), b"/BM[/Sparkle/Normal/Multiply]"),
    "20 lines of text, multiplied": lambda: _lines(20),
    "scan of 600 dots an inch": _scan,
    "500 signs as pictures": lambda: _inline(500),
    "QR code, multiplied": lambda: _code(33),
    "3,500 balls": lambda: _spheres(3_500),
    "100 leaves, turned": lambda: _leaves(100),
    "300 areas, hatched": lambda: _hatched(300),
    "100 gradients between spot colours": lambda: _spot_gradients(100),
}
"""At most a tenth of each limit."""


def _wrapped_photo() -> bytes:
    """A photo of 6 MB as ReportLab writes it."""
    written = io.BytesIO()
    Image.effect_noise((2_500, 3_500), 80).save(written, "JPEG", quality=90)
    head = b"/Type/XObject/Subtype/Image/Width 2500/Height 3500/ColorSpace/DeviceGray/BitsPerComponent 8"
    body = base64.a85encode(written.getvalue()) + b"~>"
    picture = stream(body, head + b"/Filter[/ASCII85Decode/DCTDecode]")
    return drawing(b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject<</I 5 0 R>>", picture)


FULLEST: dict[str, Callable[[], bytes]] = {
    "illustration of 3,000 shapes, multiplied": lambda: _illustration(3_000, inside=False),
    "illustration of 700 shapes, each multiplied": lambda: _illustration(700, inside=True),
    "25,000 shapes, half transparent": lambda: _painted(_squares(25_000), b"/ca .5"),
    "2,000 shapes, each multiplied": lambda: _painted(_squares(2_000), b"/BM/Multiply"),
    "100 lines of text, multiplied": lambda: _lines(100),
    "600 letters, each multiplied": lambda: _single_letters(600),
    "1,000 leaves, turned": lambda: _leaves(1_000),
    "2,000 areas, hatched": lambda: _hatched(2_000),
    "50 drop shadows": lambda: _shadows(50),
    "photo of 6 MB in ASCII85": _wrapped_photo,
}
