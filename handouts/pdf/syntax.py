"""PDF syntax: strings and numbers, object streams and the cross-reference (ISO 32000-1, 7.3 and 7.5)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
LEVEL = 3
"""Of zlib. Why: a handout is 1 % larger than with 6, and deflated in half the time."""


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
    listed = tuple(numbers)
    return " ".join(["%d 0 R"] * len(listed)) % listed


def deflate(content: bytes) -> bytes:
    """Compressed as FlateDecode wants it."""
    return zlib.compress(content, LEVEL)


@lru_cache(maxsize=8)
def deflate_kept(content: bytes) -> bytes:
    """The same for what the next handouts are likely to have again: eight are kept, each of some 50 kB."""
    return deflate(content)


def stream(dictionary: str, content: bytes) -> bytes:
    """A stream object; `dictionary` without brackets and Length."""
    head = f"<<{dictionary}/Length {len(content)}>>\nstream\n".encode("ascii")
    return head + content + b"\nendstream"


def object_stream(numbers: Sequence[int], bodies: Sequence[bytes]) -> bytes:
    """Numbered objects packed into one stream object (ISO 32000-1, 7.5.7)."""
    offsets = accumulate((len(body) + 1 for body in bodies), initial=0)
    head = " ".join([f"{number} {offset}" for number, offset in zip(numbers, offsets, strict=False)]).encode("ascii") + b"\n"
    content = deflate_kept(head + b"\n".join(bodies))
    return stream(f"/Type/ObjStm/N {len(numbers)}/First {len(head)}/Filter/FlateDecode", content)


def cross_reference(rows: bytes, *, size: int, width: int, root: int, info: int, identifier: str) -> bytes:
    """A cross-reference stream object over `size` rows of 1, `width` and 2 bytes (ISO 32000-1, 7.5.8)."""
    return stream(
        f"/Type/XRef/Size {size}/W[1 {width} 2]/Root {root} 0 R/Info {info} 0 R/ID[<{identifier}><{identifier}>]"
        "/Filter/FlateDecode",
        deflate(rows),
    )
