"""What the head of a JPEG says: how large its picture is, and how much work it is to unpack (ITU-T T.81, annex B)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.nouns import dataclass

_MOST_MARKERS = 10_000
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # table B.1: start of frame
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
_SCAN, _END = 0xDA, 0xD9
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


def _markers(content: bytes) -> Iterator[tuple[int, int]]:
    """The markers with where their length stands; what lies between is passed over."""
    position = 2 if content.startswith(b"\xff\xd8") else len(content)
    while found := _NEXT.search(content, position):
        marker, position = content[found.start() + 1], found.end()
        yield marker, position
        if marker not in _BARE and marker not in (_SCAN, _END):
            position += int.from_bytes(content[position : position + 2], "big")
