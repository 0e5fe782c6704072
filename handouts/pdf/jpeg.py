"""What the head of a JPEG says, how large its picture is and how much work to unpack, and a JPEG with nothing but its picture.

Source: ITU-T T.81, annex B. Each scan is as much work to unpack as the whole picture. A progressive JPEG has about ten; thousands
would keep a reader busy for minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MOST_MARKERS = 10_000
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # table B.1: start of frame
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
_SCAN, _END = 0xDA, 0xD9
_START = b"\xff\xd8"
_JFIF, _ADOBE = 0xE0, 0xEE
_DRAWN = frozenset(range(0xC0, 0xE0)) - _BARE - {_END}  # what a decoder needs
_COLOURED = {_JFIF: (b"JFIF\0", 16), _ADOBE: (b"Adobe", 14)}  # how they begin, and how long they are
_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


@dataclass(frozen=True, slots=True, kw_only=True)
class JpegHead:
    """Width and height in dots, of the largest frame; whether its dots come layer by layer, and in how many scans."""

    width: int
    height: int
    progressive: bool
    scans: int

    @property
    def dots(self) -> int:
        """The dots of the picture."""
        return self.width * self.height


def read_jpeg_head(content: bytes) -> JpegHead | None:
    """The head of a JPEG; None where it has none. Raises ValueError for one in more parts than any camera writes."""
    largest, progressive, scans = (0, 0), False, 0
    for count, (marker, start) in enumerate(_markers(content)):
        if count > _MOST_MARKERS:
            raise ValueError("more parts than any camera writes")
        if marker in _FRAMES:
            size = (int.from_bytes(content[start + 5 : start + 7], "big"), int.from_bytes(content[start + 3 : start + 5], "big"))
            largest = max(largest, size, key=lambda each: each[0] * each[1])
            progressive = progressive or marker in _PROGRESSIVE
        scans += marker == _SCAN
    return JpegHead(width=largest[0], height=largest[1], progressive=progressive, scans=scans) if scans else None


def bare_jpeg(content: bytes) -> bytes:
    """The JPEG without what its picture does not need: camera, place, comments, preview, all before its start and behind its end.

    Of the parts for applications those stay that say which colours its numbers are. Nothing is left of what is no JPEG.
    Raises ValueError as `read_jpeg_head` does.
    """
    position = content.find(_START)
    if position < 0:
        return b""
    parts = [_START]
    position += len(_START)
    for _ in range(_MOST_MARKERS):
        found = _NEXT.search(content, position)
        if not found or (marker := content[found.start() + 1]) == _END:
            return b"".join(parts) + b"\xff" + bytes((_END,))
        position = found.end()
        if marker in _BARE:
            continue
        part = content[position : position + int.from_bytes(content[position : position + 2], "big")]
        position += len(part)
        if marker == _SCAN:
            after = _NEXT.search(content, position)
            dots = content[position : after.start() if after else len(content)]
            position += len(dots)
            part += dots
        parts.append(b"\xff" + bytes((marker,)) + part if marker in _DRAWN else _colours(marker, part))
    raise ValueError("more parts than any camera writes")


def _colours(marker: int, part: bytes) -> bytes:
    """A part for applications, of the length it has to have; empty where it says nothing about colours."""
    name, size = _COLOURED.get(marker, (b"", 0))
    if not size or not part[2:].startswith(name) or len(part) < size:
        return b""
    kept = part[2 : size - 2] + bytes(2) if marker == _JFIF else part[2:size]  # no preview
    return b"\xff" + bytes((marker,)) + size.to_bytes(2, "big") + kept


def _markers(content: bytes) -> Iterator[tuple[int, int]]:
    """The markers with where their length stands; what lies between is passed over."""
    position = 2 if content.startswith(b"\xff\xd8") else len(content)
    while found := _NEXT.search(content, position):
        marker, position = content[found.start() + 1], found.end()
        yield marker, position
        if marker not in _BARE and marker not in (_SCAN, _END):
            position += int.from_bytes(content[position : position + 2], "big")
