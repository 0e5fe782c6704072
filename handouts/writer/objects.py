"""The numbered objects of a document and the file they stand in (ISO 32000-1, 7.5)."""

from __future__ import annotations

import hashlib

from handouts.pdf.syntax import HEADER, cross_reference, object_stream, stream


class ObjectFile:
    """Collects numbered objects and writes them with an object stream and a cross-reference stream."""

    def __init__(self) -> None:
        self._count = 0
        self._plain: list[tuple[int, bytes]] = []
        self._streams: list[tuple[int, bytes]] = []

    def reserve(self, count: int = 1) -> int:
        """The first of `count` new object numbers."""
        first = self._count + 1
        self._count += count
        return first

    def put(self, number: int, body: str) -> None:
        """An object without a stream; it goes into the compressed object stream. ASCII only."""
        self._plain.append((number, body.encode("ascii")))

    def add(self, body: str) -> int:
        """A new object without a stream, and its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def put_raw(self, number: int, body: bytes) -> None:
        """An object exactly as given, which may be a stream."""
        self._streams.append((number, body))

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
        offsets: dict[int, int] = {}

        def write(number: int, body: bytes) -> None:
            nonlocal position
            offsets[number] = position
            chunk = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            parts.append(chunk)
            position += len(chunk)

        for number, body in self._streams:
            write(number, body)
        container = self.reserve()
        index = {number: place for place, (number, _) in enumerate(self._plain)}
        write(container, object_stream(self._plain))
        table = self.reserve()
        identifier = hashlib.sha256(b"".join(parts)).hexdigest()[:32].upper()
        rows = [b"\x00" * 7]
        for number in range(1, table):
            if number in index:
                rows.append(b"\x02" + container.to_bytes(4, "big") + index[number].to_bytes(2, "big"))
            else:
                rows.append(b"\x01" + offsets[number].to_bytes(4, "big") + b"\x00\x00")
        rows.append(b"\x01" + position.to_bytes(4, "big") + b"\x00\x00")
        start = position
        write(
            table,
            cross_reference(b"".join(rows), size=table + 1, width=4, root=root, info=info, identifier=identifier),
        )
        parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(parts)
