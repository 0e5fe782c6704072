"""Writes pypdf's values as PDF text, always the same way, split at references (ISO 32000-1, 7.3)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from decimal import Decimal

from pypdf.generic import (
    BooleanObject,
    ByteStringObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from handouts.document import ObjectPart, Ref

Parts = tuple[ObjectPart, ...]

LEVEL = 4  # of compression
_LARGEST = 1e15  # larger numbers mean nothing on a page and only strain viewers


def number(value: float) -> bytes:
    """A number without exponent, with as many digits as tell it apart."""
    if value != value or abs(value) > _LARGEST:
        return b"0"
    if value == int(value):
        return b"%d" % int(value)
    return format(Decimal(repr(float(value))), "f").encode("ascii")


def scalar(value: PdfObject | None) -> bytes | None:
    """PDF text of a number, boolean, name, string or null; None when `value` is anything else."""
    match value:
        case BooleanObject():
            return b"true" if value.value else b"false"
        case NumberObject():
            return number(int(value)) if abs(int(value)) <= _LARGEST else b"0"
        case FloatObject():
            return number(float(value))
        case NameObject():
            return value.renumber() if value.startswith("/") else None
        case TextStringObject() | ByteStringObject():
            return b"<" + value.original_bytes.hex().encode("ascii") + b">"
        case NullObject() | None:
            return b"null"
        case _:
            return None


def joined(parts: Iterable[ObjectPart]) -> Parts:
    """The same parts with neighbouring bytes run together."""
    result: list[ObjectPart] = []
    run: list[bytes] = []
    for part in parts:
        if isinstance(part, bytes):
            run.append(part)
            continue
        if run:
            result.append(b"".join(run))
            run = []
        result.append(part)
    if run:
        result.append(b"".join(run))
    return tuple(result)


def array(items: Iterable[Parts]) -> Parts:
    """An array of written values."""
    parts: list[ObjectPart] = [b"["]
    for position, item in enumerate(items):
        if position:
            parts.append(b" ")
        parts.extend(item)
    return joined([*parts, b"]"])


def dictionary(entries: Mapping[bytes, Parts]) -> Parts:
    """A dictionary of written values, its keys (with slash) in byte order."""
    parts: list[ObjectPart] = [b"<<"]
    for key in sorted(entries):
        parts += [key, b" ", *entries[key], b"\n"]
    return joined([*parts, b">>"])


def stream(entries: Mapping[bytes, Parts], encoded: bytes) -> Parts:
    """A stream object; its Length is added, its filters are the caller's entries."""
    full = {**entries, b"/Length": (b"%d" % len(encoded),)}
    return joined([*dictionary(full), b"\nstream\n", encoded, b"\nendstream"])


def deflated(entries: Mapping[bytes, Parts], plain: bytes) -> Parts:
    """A stream object of `plain` bytes, compressed. Why so little: more takes up to six times as long, for 5 % of the bytes."""
    return stream({**entries, b"/Filter": (b"/FlateDecode",)}, zlib.compress(plain, LEVEL))


class ObjectStore:
    """The objects of one sheet, numbered in the order they are first asked for."""

    def __init__(self, limit: int) -> None:
        self._objects: list[Parts | None] = []
        self._limit = limit

    def reserve(self) -> int:
        """A number for an object written later, so that objects may refer to each other."""
        if len(self._objects) >= self._limit:
            raise OverflowError("too many objects")
        self._objects.append(None)
        return len(self._objects) - 1

    def put(self, index: int, parts: Parts) -> None:
        """Write object number `index`."""
        self._objects[index] = parts

    def add(self, parts: Parts) -> Ref:
        """Write a new object and refer to it."""
        index = self.reserve()
        self.put(index, parts)
        return Ref(index)

    def finished(self) -> tuple[Parts, ...]:
        """All objects; one that was reserved and never written is null."""
        return tuple(parts if parts is not None else (b"null",) for parts in self._objects)
