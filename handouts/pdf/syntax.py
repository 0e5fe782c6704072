"""PDF syntax: strings and numbers, object streams and the cross-reference (ISO 32000-1, 7.3 and 7.5)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LEVEL = 6


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


def references(numbers: Iterable[int]) -> str:
    """References to objects, as they stand in an array."""
    return " ".join(f"{number} 0 R" for number in numbers)


def deflate(content: bytes) -> bytes:
    """Compressed as FlateDecode wants it."""
    return zlib.compress(content, _LEVEL)


def stream(dictionary: str, content: bytes) -> bytes:
    """A stream object; `dictionary` without brackets and Length."""
    head = f"<<{dictionary}/Length {len(content)}>>\nstream\n".encode("ascii")
    return head + content + b"\nendstream"


def object_stream(objects: Sequence[tuple[int, bytes]]) -> bytes:
    """Numbered objects packed into one stream object (ISO 32000-1, 7.5.7)."""
    heads, offset = [], 0
    for own, body in objects:
        heads.append(f"{own} {offset}")
        offset += len(body) + 1
    head = (" ".join(heads) + "\n").encode("ascii")
    content = deflate(head + b"\n".join(body for _, body in objects))
    return stream(f"/Type/ObjStm/N {len(heads)}/First {len(head)}/Filter/FlateDecode", content)


def cross_reference(rows: bytes, *, size: int, width: int, root: int, info: int, identifier: str) -> bytes:
    """A cross-reference stream object over `size` rows of 1, `width` and 2 bytes (ISO 32000-1, 7.5.8)."""
    return stream(
        f"/Type/XRef/Size {size}/W[1 {width} 2]/Root {root} 0 R/Info {info} 0 R/ID[<{identifier}><{identifier}>]"
        "/Filter/FlateDecode",
        deflate(rows),
    )
