"""Cuts pictures and palettes to what is shown of them (ISO 32000-1, 8.6 and 8.9; ITU-T T.800, annex I)."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from handouts.binding.streams import Encoded, resolved, whole_number

_INKS = {
    "/DeviceGray": 1, "/G": 1, "/CalGray": 1, "/Separation": 1, "/Indexed": 1, "/I": 1, "/DeviceRGB": 3, "/RGB": 3,
    "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4, "/CMYK": 4,
}  # fmt: skip
_ITEMS = {
    "/CalGray": 2, "/CalRGB": 2, "/Lab": 2, "/ICCBased": 2, "/Pattern": 2, "/Indexed": 4, "/I": 4, "/Separation": 4,
    "/DeviceN": 5, "/DeviceGray": 1, "/DeviceRGB": 1, "/DeviceCMYK": 1,
}  # fmt: skip
_MOST_INKS = 32
_Words = TextStringObject | ByteStringObject
_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})  # of a JPEG 2000 file, what its picture needs
_CODE_STREAM = b"\xff\x4f\xff\x51"
_MOST_BOXES = 1_000


def cut_picture(picture: DictionaryObject, coded: Encoded) -> Encoded:
    """The picture without bytes behind its last dot, where it is plain or deflated and its size can be told."""
    if coded.filter == "/JPXDecode":
        return coded._replace(body=_picture_boxes(coded.body))
    size = _size(picture)
    if size is None or coded.unpacked <= size or (coded.parameters and whole_number(coded.parameters.get("/Predictor"), 1) > 1):
        return coded
    if coded.filter is None:
        return coded._replace(body=coded.body[:size], unpacked=size)
    if coded.filter == "/FlateDecode":
        body = zlib.decompressobj().decompress(coded.body, size) if size else b""
        return Encoded(None, None, body, size)
    return coded


def cut_space(space: ArrayObject, read: Callable[[StreamObject], bytes]) -> ArrayObject:
    """A colour space without what does not belong to it: surplus items, words, colours of a palette beyond the last."""
    name = str(resolved(space[0])) if space else ""
    items = list.__iter__(space[: _ITEMS.get(name, _MOST_INKS)])
    if name in ("/Indexed", "/I"):
        return _cut_palette(ArrayObject(items), read)
    return ArrayObject(NullObject() if isinstance(resolved(item), _Words) else item for item in items)


def _cut_palette(space: ArrayObject, read: Callable[[StreamObject], bytes]) -> ArrayObject:
    if len(space) < _ITEMS["/Indexed"]:
        return space
    inks, table = _inks(space[1]), resolved(space[3])
    size = (min(max(whole_number(space[2]), 0), 255) + 1) * (inks or 0)
    if isinstance(table, StreamObject):
        colours = read(table)
    elif isinstance(table, _Words):
        colours = table.original_bytes
    else:
        return space
    if not size or len(colours) <= size:
        return space
    return ArrayObject([*list.__iter__(space[:3]), ByteStringObject(colours[:size])])


def _size(picture: DictionaryObject) -> int | None:
    mask = getattr(resolved(picture.get("/ImageMask")), "value", False)
    inks = 1 if mask else _inks(picture.get("/ColorSpace"))
    bits = 1 if mask else whole_number(picture.get("/BitsPerComponent"))
    width, height = whole_number(picture.get("/Width")), whole_number(picture.get("/Height"))
    if not inks or bits <= 0 or width <= 0 or height <= 0:
        return None
    return (width * inks * bits + 7) // 8 * height


def _inks(space: PdfObject | None) -> int | None:
    """How many numbers a colour of this space has; None where that can't be told."""
    space = resolved(space)
    if isinstance(space, NameObject):
        return _INKS.get(str(space))
    if not isinstance(space, ArrayObject) or not space:
        return None
    name, about = str(resolved(space[0])), resolved(space[1]) if len(space) > 1 else None
    if name == "/ICCBased" and isinstance(about, DictionaryObject):
        return whole_number(about.get("/N")) or None
    if name == "/DeviceN" and isinstance(about, ArrayObject):
        return len(about)
    return _INKS.get(name)


def _picture_boxes(body: bytes) -> bytes:
    """A JPEG 2000 file without boxes of words and addresses; of a file that is none, its code stream."""
    kept, position = [], 0
    for _ in range(_MOST_BOXES):
        size, kind = int.from_bytes(body[position : position + 4], "big"), body[position + 4 : position + 8]
        if size == 1:
            size = int.from_bytes(body[position + 8 : position + 16], "big")
        end = position + size if size else len(body)
        if size in range(1, 8) or end > len(body) or len(kind) < 4:
            break
        if kind in _BOXES:
            kept.append(body[position:end])
        if kind == b"jp2c" or end == len(body):
            return b"".join(kept)
        position = end
    start = body.find(_CODE_STREAM)
    return body[start:] if start >= 0 else b""
