"""Chooses how the bytes of a stream travel: image codings as they are, everything else checked and deflated."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from handouts.binding.faults import SheetError, too_heavy

LARGEST_STREAM = 100_000_000  # bytes unpacked: a full A4 page in CMYK at 600 dpi is 140 MB, at 400 dpi 62 MB

_KEPT = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode"})
_TEXT_CODINGS = frozenset({"/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"})
_WORD_CODINGS = frozenset({"/LZWDecode", "/LZW"})
_RUN_CODINGS = frozenset({"/RunLengthDecode", "/RL"}) | _WORD_CODINGS
_WORD = 4  # how much longer a byte of LZW takes
_SLOW_CODINGS = _TEXT_CODINGS | _RUN_CODINGS
_LARGEST_TEXT = 4_000_000  # bytes in such a coding, which Python unpacks slowly and in much memory
_MOST_ZEROS = 200_000  # of the letters of ASCII85 that stand for four zeros


class Encoded(NamedTuple):
    """A stream ready to travel: its filter (None: `body` is plain), that filter's parameters, and how large it unpacks."""

    filter: str | None
    parameters: DictionaryObject | None
    body: bytes
    unpacked: int


def resolved(value: PdfObject | None) -> PdfObject | None:
    """The object itself where `value` may be a reference to it."""
    return value.get_object() if value is not None else None


def _listed(value: PdfObject | None) -> list[PdfObject | None]:
    value = resolved(value)
    if isinstance(value, ArrayObject):
        return [resolved(item) for item in value]
    return [] if value is None else [value]


def plain_bytes(stream: StreamObject, *, keep: bool = False) -> bytes:
    """The unpacked bytes; raises SheetError, or what pypdf raises on a damaged or overlong stream.

    `keep` leaves them with the stream for the next one who asks.
    """
    _check_slow_coding(filters_of(stream), stream._data)  # noqa: SLF001 - pypdf has no other way to the coded bytes
    plain = stream.get_data()
    if isinstance(stream, EncodedStreamObject) and not keep:
        stream.decoded_self = None  # Why: pypdf would hold the bytes of every stream until the end
    return plain


def filters_of(stream: StreamObject) -> list[str]:
    """The names of the stream's filters, the outermost first."""
    return [str(name) for name in _listed(stream.get("/Filter")) if isinstance(name, NameObject)]


def slow_bytes(stream: StreamObject) -> int:
    """The coded bytes of a stream that Python unpacks one by one; 0 for one in another coding."""
    filters = filters_of(stream)
    if _SLOW_CODINGS.isdisjoint(filters):
        return 0
    return len(stream._data) * (1 if _WORD_CODINGS.isdisjoint(filters) else _WORD)  # noqa: SLF001 - see above


def too_slow() -> SheetError:
    """Too much of what Python unpacks slowly."""
    return too_heavy("holds too much in a coding that is only meant for short parts")


def _check_slow_coding(filters: list[str], raw: bytes) -> None:
    """Raise SheetError where a coding in letters or runs holds too much, or lies in one that may unpack to any size."""
    if _SLOW_CODINGS.isdisjoint(filters):
        return
    inside = not _TEXT_CODINGS.isdisjoint(filters[1:])
    runs = [place for place, name in enumerate(filters) if name in _RUN_CODINGS]
    inside = inside or len(runs) > 1 or not _TEXT_CODINGS.issuperset(filters[: runs[0]] if runs else ())
    if inside or len(raw) > _LARGEST_TEXT or (raw.count(b"z") > _MOST_ZEROS and filters[0] in _TEXT_CODINGS):
        raise too_slow()


def encoded(stream: StreamObject) -> Encoded:
    """The stream under the filter it travels with. Raises SheetError, or what pypdf raises on a damaged one."""
    filters = filters_of(stream)
    parameters = [value if isinstance(value, DictionaryObject) else None for value in _listed(stream.get("/DecodeParms"))]
    parameters += [None] * (len(filters) - len(parameters))
    raw: bytes = stream._data  # noqa: SLF001 - pypdf has no other way to the coded bytes
    if filters == ["/FlateDecode"] and (sizes := unpacked_size(raw)) is not None:
        return Encoded(filters[0], parameters[0], raw[: sizes[1]], sizes[0])
    if "/JBIG2Decode" in filters:  # Why: its decoders have been the way into viewers, and what it unpacks to can't be told
        raise SheetError(
            "holds a picture in JBIG2, which is not taken over because viewers have been attacked with it",
            "scan it again as a JPEG or a plain PDF, without the strongest compression",
        )
    if filters and filters[-1] in _KEPT and not _KEPT.intersection(filters[:-1]):
        body = _peel(raw, filters[:-1], parameters[:-1]) if len(filters) > 1 else raw
        return Encoded(filters[-1], parameters[-1], body, len(body))
    if _KEPT.intersection(filters):
        raise too_heavy("holds a picture in a form that can't be read")
    plain = plain_bytes(stream)
    return Encoded(None, None, plain, len(plain))


def _peel(raw: bytes, filters: list[str], parameters: list[DictionaryObject | None]) -> bytes:
    _check_slow_coding(filters, raw)
    outer = StreamObject()
    outer._data = raw  # noqa: SLF001 - see above
    outer[NameObject("/Filter")] = ArrayObject(NameObject(name) for name in filters)
    outer[NameObject("/DecodeParms")] = ArrayObject(value or DictionaryObject() for value in parameters)
    return decode_stream_data(outer)


def unpacked_size(raw: bytes) -> tuple[int, int] | None:
    """How large deflated bytes unpack, and how many of them do; None when they are damaged.

    Raises SheetError for more than LARGEST_STREAM.
    """
    unpacker, total, rest = zlib.decompressobj(), 0, raw
    try:
        while rest and not unpacker.eof:
            total += len(unpacker.decompress(rest, 1 << 20))
            if total > LARGEST_STREAM:
                raise too_heavy("unpacks to more than 100 MB")
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return None
    return (total, len(raw) - len(unpacker.unused_data)) if unpacker.eof else None


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
