"""The numbered objects of a document and the file they stand in (ISO 32000-1, 7.5)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from struct import Struct
from typing import NamedTuple

from handouts.pdf.syntax import HEADER, cross_reference, object_stream, stream

_row = Struct(">BIH").pack
_PLACED, _PACKED = 1, 2  # kinds of rows: at a byte of the file, or in an object stream
_FREE = bytes(7)
_UNWRITTEN = 2  # object 0, and the table itself while its place is not known


class Lasting(NamedTuple):
    """The body of an object that is written into many files, and its digest: it is not hashed for each of them again."""

    body: bytes
    digest: bytes


def make_lasting(body: bytes) -> Lasting:
    """A body with its digest."""
    return Lasting(body, hashlib.sha256(body).digest())


class ObjectFile:
    """Collects numbered objects and writes them with an object stream and a cross-reference stream."""

    def __init__(self) -> None:
        self._count = 0
        self._numbers: list[int] = []  # of objects without a stream, and their bodies
        self._bodies: list[str] = []
        self._streams: list[tuple[int, bytes | Lasting]] = []

    def reserve(self, count: int = 1) -> int:
        """The first of `count` new object numbers."""
        first = self._count + 1
        self._count += count
        return first

    def put(self, number: int, body: str) -> None:
        """An object without a stream; it goes into the compressed object stream. ASCII only."""
        self._numbers.append(number)
        self._bodies.append(body)

    @property
    def next_number(self) -> int:
        """The number of the object that is reserved next."""
        return self._count + 1

    def put_all(self, numbers: range, bodies: Sequence[str]) -> None:
        """The next objects, not reserved before, else like those of `put`."""
        self._count += len(numbers)
        self._numbers.extend(numbers)
        self._bodies.extend(bodies)

    def add(self, body: str) -> int:
        """A new object without a stream, and its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def put_lasting(self, number: int, body: Lasting) -> None:
        """An object exactly as given, which may be a stream."""
        self._streams.append((number, body))

    def add_lasting(self, body: Lasting) -> int:
        """A new object exactly as given, and its number."""
        number = self.reserve()
        self.put_lasting(number, body)
        return number

    def put_stream(self, number: int, dictionary: str, content: bytes) -> None:
        """A stream object; `dictionary` without brackets and Length."""
        self._streams.append((number, stream(dictionary, content)))

    def add_stream(self, dictionary: str, content: bytes) -> int:
        """A new stream object, and its number."""
        number = self.reserve()
        self.put_stream(number, dictionary, content)
        return number

    def render(self, root: int, info: int) -> bytes:
        """The whole file; its identifier is a hash of its content."""
        parts = [HEADER]
        position = len(HEADER)
        rows = [_FREE] * (self._count + 3)  # of the cross-reference, by object number
        digest = hashlib.sha256()

        def write(number: int, body: bytes) -> None:
            nonlocal position
            rows[number] = _row(_PLACED, position, 0)
            chunk = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            parts.append(chunk)
            position += len(chunk)

        for number, body in self._streams:
            if isinstance(body, Lasting):
                write(number, body.body)
                digest.update(b"%d %b" % (number, body.digest))
            else:
                write(number, body)
                digest.update(parts[-1])
        container, table = self._count + 1, self._count + 2
        for place, number in enumerate(self._numbers):
            rows[number] = _row(_PACKED, container, place)
        write(container, object_stream(self._numbers, [body.encode("ascii") for body in self._bodies]))
        if rows.count(_FREE) != _UNWRITTEN:
            raise ValueError("a reserved object was never written")
        digest.update(parts[-1])
        identifier = digest.hexdigest()[:32].upper()
        start = position
        rows[table] = _row(_PLACED, start, 0)
        write(
            table,
            cross_reference(b"".join(rows), size=table + 1, width=4, root=root, info=info, identifier=identifier),
        )
        parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(parts)
