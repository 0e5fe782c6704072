"""Chooses how the bytes of a stream travel: image codings as they are, everything else checked and deflated."""

from __future__ import annotations

import zlib

from pypdf.filters import decode_stream_data
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, PdfObject, StreamObject

from handouts.binding.faults import too_heavy

LARGEST_STREAM = 100_000_000  # bytes unpacked: a full A4 page in CMYK at 600 dpi is 140 MB, at 400 dpi 62 MB

_KEPT = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"})


def resolved(value: PdfObject | None) -> PdfObject | None:
    """The object itself where `value` may be a reference to it."""
    return value.get_object() if value is not None else None


def _listed(value: PdfObject | None) -> list[PdfObject | None]:
    value = resolved(value)
    if isinstance(value, ArrayObject):
        return [resolved(item) for item in value]
    return [] if value is None else [value]


def plain_bytes(stream: StreamObject) -> bytes:
    """The unpacked bytes; raises what pypdf raises on a damaged or overlong stream."""
    return stream.get_data()


def encoded(stream: StreamObject) -> tuple[str | None, DictionaryObject | None, bytes]:
    """Filter, its parameters and the bytes under which the stream travels; filter None: plain bytes, to be deflated."""
    filters = [str(name) for name in _listed(stream.get("/Filter")) if isinstance(name, NameObject)]
    parameters = [value if isinstance(value, DictionaryObject) else None for value in _listed(stream.get("/DecodeParms"))]
    parameters += [None] * (len(filters) - len(parameters))
    raw: bytes = stream._data  # noqa: SLF001 - pypdf has no other way to the coded bytes
    if filters == ["/FlateDecode"] and unpacks(raw):
        return filters[0], parameters[0], raw
    if filters and filters[-1] in _KEPT and not _KEPT.intersection(filters[:-1]):
        return filters[-1], parameters[-1], _peel(raw, filters[:-1], parameters[:-1]) if len(filters) > 1 else raw
    if _KEPT.intersection(filters):
        raise too_heavy("holds a picture in a form that can't be read")
    return None, None, plain_bytes(stream)


def _peel(raw: bytes, filters: list[str], parameters: list[DictionaryObject | None]) -> bytes:
    outer = StreamObject()
    outer._data = raw  # noqa: SLF001 - see above
    outer[NameObject("/Filter")] = ArrayObject(NameObject(name) for name in filters)
    outer[NameObject("/DecodeParms")] = ArrayObject(value or DictionaryObject() for value in parameters)
    return decode_stream_data(outer)


def unpacks(raw: bytes) -> bool:
    """Whether deflated bytes are sound; raises SheetError when they unpack to more than LARGEST_STREAM."""
    unpacker, total, rest = zlib.decompressobj(), 0, raw
    try:
        while rest and not unpacker.eof:
            total += len(unpacker.decompress(rest, 1 << 20))
            if total > LARGEST_STREAM:
                raise too_heavy("unpacks to more than 100 MB")
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof


def whole_number(value: PdfObject | None, otherwise: int = 0) -> int:
    """An integer entry, `otherwise` when it is none."""
    value = resolved(value)
    return int(value) if isinstance(value, NumberObject) else otherwise


def numbers(value: PdfObject | None, count: int) -> tuple[float, ...] | None:
    """An array of `count` numbers, None when it is none."""
    value = resolved(value)
    if not isinstance(value, ArrayObject) or len(value) < count:
        return None
    found = tuple(float(item) for item in map(resolved, value[:count]) if isinstance(item, NumberObject | FloatObject))
    return found if len(found) == count else None
