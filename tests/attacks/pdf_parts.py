"""What hostile PDFs of several kinds are made of."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from functools import cache

from attacks.raw_pdf import SHEET, drawing, raw, stream

Make = Callable[[], bytes]


TEXT = b".5 g 50 50 100 100 re f "


@cache
def zeros(size: int) -> bytes:
    packer = zlib.compressobj(9)
    block = bytes(1_000_000)
    return b"".join([packer.compress(block) for _ in range(size // len(block))] + [packer.flush()])


IMAGE = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace/DeviceGray"


def image(width: int, height: int, body: bytes, more: bytes, bits: int = 8) -> bytes:
    """An image object."""
    return stream(body, IMAGE % (width, height, bits) + more)


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


def noise(size: int, seed: int = 7) -> bytes:
    return random.Random(seed).randbytes(size)


def with_root(more: bytes, *objects: bytes) -> bytes:
    """A plain page, 3 and 4, in a document whose catalogue has more entries; `objects` from number 5 on."""
    page = b"<<" + SHEET + b"/Contents 4 0 R/StructParents 0>>"
    return raw([page, stream(TEXT), *objects], root=b"<</Type/Catalog/Pages 2 0 R" + more + b">>")


MARKED = b"/MarkInfo<</Marked true>>/StructTreeRoot 5 0 R"


def letters(mapped: bytes, fonts: int = 1) -> bytes:
    """A page that shows letters in so many fonts, each with such a map to Unicode."""
    names = b"".join(b"/F%d %d 0 R" % (number, 5 + 2 * number) for number in range(fonts))
    shown = b"".join(b"/F%d 9 Tf(a)Tj " % number for number in range(fonts))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode %d 0 R>>"
    pairs = [part for number in range(fonts) for part in (font % (6 + 2 * number), mapped)]
    return drawing(b"BT 50 50 Td " + shown + b"ET", b"/Font<<" + names + b">>", *pairs)
