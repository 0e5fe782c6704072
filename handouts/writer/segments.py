"""The content of a page as one zlib stream of segments, each deflated by itself.

Why: most of a page recurs from handout to handout, and what is deflated by itself can be kept. The same pieces make the same
segments, kept or not, so bytes never depend on what was written before. A page grows by a tenth of its few kilobytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from handouts.document import Placement
from handouts.pdf.syntax import LEVEL
from handouts.writer.templates import Placed

_LARGE = 1500  # characters; so long a piece is a segment of its own
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


def deflate_page(under: str, placements: Sequence[Placement], placed: Sequence[Placed]) -> bytes:
    """The content of a page: what lies under its pieces, and these, by runs of those that hang on one node."""
    segments = [deflate_segment(under.encode("ascii"))] if under else []
    starts = [
        index
        for index, (placement, piece) in enumerate(zip(placements, placed, strict=True))
        if not index
        or placement.node != placements[index - 1].node
        or len(piece.operators) > _LARGE
        or len(placed[index - 1].operators) > _LARGE
    ]
    for start, end in pairwise((*starts, len(placed))):
        segments.append(_deflate_run(placements[start], placed[start:end]))
    return join_segments(segments)


def _deflate_run(first: Placement, run: Sequence[Placed]) -> Segment:
    """The segment of a run. It is kept with the first piece, one for each."""
    kept = first.piece.kept
    last: tuple[Sequence[Placed], Segment] | None = kept.get("run")
    if last is None or last[0] != run:
        last = kept["run"] = (run, deflate_segment("".join([piece.operators for piece in run]).encode("latin-1")))
    return last[1]
