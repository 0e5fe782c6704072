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

from handouts.binding import ascii85
from handouts.binding.faults import SheetError, too_heavy

LARGEST_STREAM = 100_000_000  # bytes unpacked: a full A4 page in CMYK at 600 dpi is 140 MB, at 400 dpi 62 MB

_KEPT = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode"})
_HEX_CODINGS = frozenset({"/ASCIIHexDecode", "/AHx"})
_TEXT_CODINGS = ascii85.CODINGS | _HEX_CODINGS
_WORD_CODINGS = frozenset({"/LZWDecode", "/LZW"})
_RUN_CODINGS = frozenset({"/RunLengthDecode", "/RL"}) | _WORD_CODINGS
_SLOW_CODINGS = _TEXT_CODINGS | _RUN_CODINGS
_LARGEST_SLOW = 4_000_000  # bytes of run lengths, which Python unpacks slowly and in much memory, or as much work
_WORD = 4  # how much longer a byte of LZW takes
_TEXT = 4  # how many bytes of letters take as long
_ZEROS = 5  # letters that one letter z stands for


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
    filters, raw = filters_of(stream), stream._data  # noqa: SLF001 - pypdf has no other way to the coded bytes
    _check_slow_coding(filters, raw)
    if not ascii85.CODINGS.isdisjoint(filters[:1]) and not keep:
        return _peel(raw, filters, _parameters(stream, filters))
    plain = stream.get_data()
    if isinstance(stream, EncodedStreamObject) and not keep:
        stream.decoded_self = None  # Why: pypdf would hold the bytes of every stream until the end
    return plain


def filters_of(stream: StreamObject) -> list[str]:
    """The names of the stream's filters, the outermost first."""
    return [str(name) for name in _listed(stream.get("/Filter")) if isinstance(name, NameObject)]


def slow_bytes(stream: StreamObject) -> int:
    """The coded bytes of a stream that Python unpacks one by one, or as much work; 0 for one in another coding."""
    return _slowness(filters_of(stream), stream._data)  # noqa: SLF001 - see above


def _slowness(filters: list[str], raw: bytes) -> int:
    if not _WORD_CODINGS.isdisjoint(filters):
        return len(raw) * _WORD
    if not _RUN_CODINGS.isdisjoint(filters):
        return len(raw)
    zeros = 0 if ascii85.CODINGS.isdisjoint(filters) else raw.count(b"z") * (_ZEROS - 1)
    return 0 if _TEXT_CODINGS.isdisjoint(filters) else (len(raw) + zeros) // _TEXT


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
    if inside or _slowness(filters, raw) > _LARGEST_SLOW:
        raise too_slow()


def encoded(stream: StreamObject) -> Encoded:
    """The stream under the filter it travels with. Raises SheetError, or what pypdf raises on a damaged one."""
    filters = filters_of(stream)
    parameters = _parameters(stream, filters)
    raw: bytes = stream._data  # noqa: SLF001 - pypdf has no other way to the coded bytes
    if filters and filters[0] in _TEXT_CODINGS:  # as programs wrap photos, which travel as they are inside it
        _check_slow_coding(filters, raw)
        raw, filters, parameters = _peel(raw, filters[:1], parameters[:1]), filters[1:], parameters[1:]
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
    plain = _peel(raw, filters, parameters)
    return Encoded(None, None, plain, len(plain))


def _parameters(stream: StreamObject, filters: list[str]) -> list[DictionaryObject | None]:
    listed = [value if isinstance(value, DictionaryObject) else None for value in _listed(stream.get("/DecodeParms"))]
    return listed + [None] * (len(filters) - len(listed))


def _peel(raw: bytes, filters: list[str], parameters: list[DictionaryObject | None]) -> bytes:
    _check_slow_coding(filters, raw)
    if filters and filters[0] in ascii85.CODINGS:
        raw, filters, parameters = ascii85.unpack_ascii85(raw), filters[1:], parameters[1:]
    if not filters:
        return raw
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
