"""PDFs of a few kilobytes whose paths, clips, patterns and pictures are harder to paint than they look.

Nearly all kept PDFium busy for more than half a minute.
"""

from __future__ import annotations

import random
import zlib

from attacks.pdf_parts import Make
from attacks.raw_pdf import drawing, packed, stream

_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
_IMAGE = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d"
_RADIAL = b"<</ShadingType 3/ColorSpace/DeviceRGB/Coords[300 400 0 300 400 500]/Extend[true true]/Function %d 0 R>>"
_FADE = b"<</FunctionType 2/N 1.5/Domain[0 1]/C0[0 0 0]/C1[1 1 1]>>"
_GRADIENT = (b"<</PatternType 2/Shading 6 0 R>>", _RADIAL % 7, _FADE)
_HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_PATTERN = b"/Pattern<</P 5 0 R>>"
_PAGE = b"0 0 595 842 re f "
_WHOLE = b"q 595 0 0 842 0 0 cm "
_TURNED = b"q 600 590 -590 600 300 -100 cm "
_TRIANGLE = b"0 0 m 500 0 l 595 842 l h W n "
_SQUARE = stream(bytes(8), _IMAGE % (8, 8, 1) + b"/ImageMask true")


def _lines(count: int) -> bytes:
    """So many lines across the page."""
    return b"0 0 m " + b"".join(b"%d %d l " % (595 * (each % 2), each * 137 % 842) for each in range(count))


def _form(body: bytes, times: int, before: bytes = b"") -> bytes:
    return drawing(before + b"/F Do " * times, b"/XObject<</F 5 0 R>>", packed(body, _FORM))


def _patterned(body: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    return drawing(b"/Pattern cs /P scn " + body, _PATTERN + resources, *_GRADIENT, *more)


def _letters_as_clip() -> bytes:
    lines = b"".join(b"1 0 0 1 0 %d Tm (%b) Tj " % (height, b"MWQ@" * 20) for height in range(0, 800, 2))
    changes = b"q 0 0 590 830 re W n 0 0 1 1 re f Q " * 5_000
    return drawing(b"BT 7 Tr /F 60 Tf " + lines + b"ET " + changes, b"/Font<</F 5 0 R>>", _HELVETICA)


def _tile(body: bytes, step: bytes, paintings: int, more: bytes = b"") -> bytes:
    head = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 595 842]%b/Resources<<>>" % step + more
    return drawing(b"/Pattern cs /P scn " + _PAGE * paintings, _PATTERN, packed(body, head))


def _mesh(kind: int, body: bytes) -> bytes:
    """A mesh in the fewest bits."""
    head = b"/ColorSpace/DeviceGray/BitsPerCoordinate 1/BitsPerComponent 1/BitsPerFlag 2/Decode[0 595 0 842 0 1]"
    return drawing(b"/S sh", b"/Shading<</S 5 0 R>>", packed(body, head + b"/ShadingType %d" % kind))


def _inks(times: int) -> bytes:
    """A gradient whose every dot is mixed of eight inks, by tables."""
    space = b"[/DeviceN[" + b"".join(b"/N%d" % each for each in range(8)) + b"]/DeviceRGB 6 0 R]"
    table = b"/FunctionType 0/BitsPerSample 8/Range[%b]/Size[%b]/Domain[%b]"
    return drawing(
        b"/S sh " * times,
        b"/Shading<</S 5 0 R>>",
        b"<</ShadingType 1/ColorSpace" + space + b"/Domain[0 1 0 1]/Matrix[595 0 0 842 0 0]/Function 7 0 R>>",
        packed(bytes(range(256)) * 3, table % (b"0 1 " * 3, b"2 " * 8, b"0 1 " * 8)),
        packed(bytes(range(32)), table % (b"0 1 " * 8, b"2 2", b"0 1 " * 2)),
    )


def _tinted(times: int) -> bytes:
    """A picture of 20 million dots whose colours a program works out."""
    head = _IMAGE % (4000, 5000, 8) + b"/ColorSpace[/DeviceN[/A/B]/DeviceRGB 6 0 R]"
    program = stream(b"{" + b"sin cos " * 100 + b" dup}", b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]")
    picture = packed(random.Random(1).randbytes(1000) * 40_000, head)
    return drawing(_WHOLE + b"/I Do " * times, b"/XObject<</I 5 0 R>>", picture, program)


def _inline_tinted() -> bytes:
    """An inline picture of 20 million dots whose colours a program works out."""
    head = b"BI /W 4000 /H 5000 /BPC 8 /CS /C /F /Fl ID "
    program = stream(b"{" + b"sin cos " * 100 + b"dup}", b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]")
    space = b"/ColorSpace<</C[/DeviceN[/A/B]/DeviceRGB 5 0 R]>>"
    return drawing(_WHOLE + head + zlib.compress(random.Random(1).randbytes(1000) * 40_000, 9) + b" EI Q", space, program)


def _pictures(content: bytes, more: bytes = b"") -> bytes:
    dot = stream(b"xyz", _IMAGE % (1, 1, 8) + b"/ColorSpace/DeviceRGB/Interpolate true" + more)
    mask = packed(bytes(range(250)) * 40, _IMAGE % (100, 100, 8) + b"/ColorSpace/DeviceGray")
    return drawing(
        content,
        b"/XObject<</I 5 0 R/F 7 0 R>>",
        dot,
        mask,
        packed(_WHOLE + b"/I Do " * 1_000, _FORM + b"/Resources<</XObject<</I 5 0 R>>>>"),
    )


PAINTING: dict[str, Make] = {
    "path of 6,000 lines 300 times": lambda: _form(_lines(6_000) + b"f*", 300),
    "dashed lines 90,000 times": lambda: drawing(b"[.05 .05] 0 d " + (_lines(300) + b"S ") * 300),
    "dashed lines in a form 90,000 times": lambda: _form(_lines(300) + b"S", 300, b"[.05 .05] 0 d "),
    "3,000 clips inside each other": lambda: drawing((_TRIANGLE + b"0 0 1 1 re f ") * 3_000),
    "rectangles turned in a form, 10,000 inside each other": lambda: _form(
        b"".join(b"0 0 %d 830 re W n 0 0 1 1 re f " % (590 - each % 90) for each in range(10_000)), 1, b".9 .1 -.1 .9 0 0 cm "
    ),
    "400 lines of letters as a clip": _letters_as_clip,
    "gradient set for a form of 5,000 fills": lambda: _patterned(b"/F Do", b"/XObject<</F 8 0 R>>", packed(_PAGE * 5_000, _FORM)),
    "stencil painted with a gradient 10,000 times": lambda: _patterned(
        _WHOLE + b"/I Do " * 10_000, b"/XObject<</I 8 0 R>>", _SQUARE
    ),
    "letters painted with a gradient 60,000 times": lambda: _patterned(
        b"BT /F 900 Tf " + b"1 0 0 1 0 100 Tm (M) Tj " * 60_000 + b"ET", b"/Font<</F 8 0 R>>", _HELVETICA
    ),
    "tile of 1,500 fills painted 800 times": lambda: _tile(_PAGE * 1_500, b"/XStep 595/YStep 842", 800),
    "tiles over each other": lambda: _tile(_PAGE * 50, b"/XStep .5/YStep .5", 1),
    "tiles as flat as 0.00005 points": lambda: _tile(
        b"0 0 .5 .5 re f", b"/XStep .5/YStep .5", 1, b"/Matrix[10000 0 0 .0001 0 0]"
    ),
    "mesh of 200,000 triangles of a byte": lambda: _mesh(
        4, bytes([0, 8, 48]) + bytes((1 + each % 2) << 6 | (each * 5 % 8) << 3 for each in range(200_000))
    ),
    "3,000 patches of three bytes": lambda: _mesh(
        6, bytes(13) + b"".join(bytes([64 | each * 7 % 64, each * 91 % 256, each * 37 % 256]) for each in range(3_000))
    ),
    "eight inks mixed for each dot 300 times": lambda: _inks(300),
    "picture of 20 million dots tinted by a program 20 times": lambda: _tinted(20),
    "inline picture of 20 million dots tinted by a program": _inline_tinted,
    "turned picture 30,000 times": lambda: _pictures(_TURNED + b"/I Do " * 30_000),
    "turned form of 1,000 pictures 30 times": lambda: _pictures(_TURNED + b".0017 0 0 .0012 0 0 cm " + b"/F Do " * 30),
    "picture through a mask 30,000 times": lambda: _pictures(_WHOLE + b"/I Do " * 30_000, b"/SMask 6 0 R"),
}
