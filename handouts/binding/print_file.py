"""Writes a PDF of any length to a stream, each object as soon as it is known, equal ones once (ISO 32000-1, 7.5)."""

from __future__ import annotations

import hashlib
from array import array
from typing import BinaryIO

from handouts.pdf.syntax import HEADER, cross_reference, object_stream

_BATCH = 200  # objects of an object stream: a viewer unpacks all of them to read one


class PrintFile:
    """The file in the making. In memory stay the place of each object, a digest of each shared one and one open batch."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._position = 0
        self._hash = hashlib.sha256()
        self._places = array("Q", [0])  # by object number: see `_row`; 0: not written yet
        self._batch: list[tuple[int, bytes]] = []
        self._shared: dict[bytes, int] = {}
        self._write(HEADER)

    def reserve(self, count: int = 1) -> int:
        """The first of `count` new object numbers."""
        first = len(self._places)
        self._places.extend([0] * count)
        return first

    def put(self, number: int, body: bytes) -> None:
        """An object without a stream; it is packed with others."""
        self._batch.append((number, body))
        if len(self._batch) == _BATCH:
            self._flush()

    def put_stream(self, number: int, body: bytes) -> None:
        """A stream object as it stands between "obj" and "endobj"."""
        self._places[number] = self._position << 1
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def add(self, body: bytes) -> int:
        """A new object without a stream, and its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, body: bytes) -> int:
        """A new stream object, and its number."""
        number = self.reserve()
        self.put_stream(number, body)
        return number

    def share(self, body: bytes, *, streamed: bool) -> int:
        """The number of the object with this body: an earlier one's, or a new one's."""
        digest = hashlib.blake2b(body, digest_size=16).digest()
        if digest not in self._shared:
            self._shared[digest] = self.add_stream(body) if streamed else self.add(body)
        return self._shared[digest]

    def close(self, root: int, info: int) -> None:
        """Write the end of the file; its identifier is a hash of what stands before. Raises KeyError for a missing object."""
        self._flush()
        table, start = self.reserve(), self._position
        width = max(4, (start.bit_length() + 7) // 8)
        self._places[table] = start << 1
        rows = bytearray(b"\x00" * (width + 3))
        for number in range(1, table + 1):
            rows += self._row(number, width)
        identifier = self._hash.hexdigest()[:32].upper()
        size = table + 1
        self.put_stream(table, cross_reference(bytes(rows), size=size, width=width, root=root, info=info, identifier=identifier))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _row(self, number: int, width: int) -> bytes:
        place = self._places[number]
        if not place:
            raise KeyError(number)
        if place & 1:
            return b"\x02" + (place >> 17).to_bytes(width, "big") + (place >> 1 & 0xFFFF).to_bytes(2, "big")
        return b"\x01" + (place >> 1).to_bytes(width, "big") + b"\x00\x00"

    def _flush(self) -> None:
        if not self._batch:
            return
        container = self.add_stream(object_stream([number for number, _ in self._batch], [body for _, body in self._batch]))
        for index, (number, _) in enumerate(self._batch):
            self._places[number] = container << 17 | index << 1 | 1  # a stream's place is its offset, shifted once
        self._batch.clear()

    def _write(self, content: bytes) -> None:
        self._target.write(content)
        self._hash.update(content)
        self._position += len(content)
