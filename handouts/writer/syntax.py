"""PDF syntax: strings and numbers as bytes, and the file they stand in (ISO 32000-1, 7.3 and 7.5)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable

_LEVEL = 6
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def text_string(text: str) -> str:
    """A text string: plain ASCII in brackets, anything else as UTF-16 in hexadecimal."""
    if text.isascii() and (not text or text.isprintable()):
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    """A number with at most three decimals."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def matrix(values: Iterable[float]) -> str:
    """The numbers of a `cm`, with six decimals and, as PDF wants them, never with an exponent."""
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in values)


def deflate(content: bytes) -> bytes:
    """Compressed as FlateDecode wants it."""
    return zlib.compress(content, _LEVEL)


class ObjectFile:
    """Collects numbered objects and writes them with an object stream and a cross-reference stream."""

    def __init__(self) -> None:
        self._count = 0
        self._plain: list[tuple[int, str]] = []
        self._streams: list[tuple[int, bytes]] = []

    def reserve(self, count: int = 1) -> int:
        """The first of `count` new object numbers."""
        first = self._count + 1
        self._count += count
        return first

    def put(self, number: int, body: str) -> None:
        """An object without a stream; it goes into the compressed object stream. ASCII only."""
        self._plain.append((number, body))

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
        head = f"<<{dictionary}/Length {len(content)}>>\nstream\n".encode("ascii")
        self._streams.append((number, head + content + b"\nendstream"))

    def add_stream(self, dictionary: str, content: bytes) -> int:
        """A new stream object, and its number."""
        number = self.reserve()
        self.put_stream(number, dictionary, content)
        return number

    def render(self, root: int, info: int) -> bytes:
        """The whole file; its identifier is a hash of its content."""
        parts = [_HEADER]
        position = len(_HEADER)
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
        write(container, _object_stream(self._plain))
        table = self.reserve()
        identifier = hashlib.sha256(b"".join(parts)).hexdigest()[:32].upper()
        rows = [b"\x00" * 7]
        for number in range(1, table):
            if number in index:
                rows.append(b"\x02" + container.to_bytes(4, "big") + index[number].to_bytes(2, "big"))
            else:
                rows.append(b"\x01" + offsets[number].to_bytes(4, "big") + b"\x00\x00")
        rows.append(b"\x01" + position.to_bytes(4, "big") + b"\x00\x00")
        content = deflate(b"".join(rows))
        dictionary = (
            f"<</Type/XRef/Size {table + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{identifier}><{identifier}>]/Filter/FlateDecode/Length {len(content)}>>\nstream\n"
        )
        start = position
        write(table, dictionary.encode("ascii") + content + b"\nendstream")
        parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(parts)


def _object_stream(objects: Iterable[tuple[int, str]]) -> bytes:
    heads, bodies, offset = [], [], 0
    for number, body in objects:
        heads.append(f"{number} {offset}")
        bodies.append(body)
        offset += len(body) + 1
    head = " ".join(heads) + "\n"
    content = deflate((head + "\n".join(bodies)).encode("ascii"))
    dictionary = f"<</Type/ObjStm/N {len(heads)}/First {len(head)}/Filter/FlateDecode/Length {len(content)}>>\nstream\n"
    return dictionary.encode("ascii") + content + b"\nendstream"
