"""One zlib stream of segments that are each deflated by itself, so that those that recur need not be deflated again."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

from handouts.pdf.syntax import LEVEL

_WINDOW, _MEMORY = -13, 7  # raw, of 8 kB: zlib spends more time on making its usual 256 kB ready than on a segment
_HEADER, _END = b"\x78\x5e", b"\x03\x00"  # of a zlib stream (RFC 1950); an empty last block (RFC 1951)
_MODULUS = 65521  # of Adler-32


class Segment(NamedTuple):
    """Deflated content, its length before that, and its Adler-32."""

    deflated: bytes
    length: int
    checksum: int


def deflate_segment(content: bytes) -> Segment:
    """Content deflated by itself, ending at a whole byte."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY)
    deflated = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    return Segment(deflated, len(content), zlib.adler32(content))


def join_segments(segments: Sequence[Segment]) -> bytes:
    """The segments as one zlib stream."""
    low, high = 1, 0  # halves of the Adler-32 of all that came before
    for _, length, checksum in segments:
        high += (checksum >> 16) + length * (low - 1)
        low += (checksum & 0xFFFF) - 1
    end = (high % _MODULUS << 16 | low % _MODULUS).to_bytes(4, "big")
    return b"".join((_HEADER, *(segment.deflated for segment in segments), _END, end))
