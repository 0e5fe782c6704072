"""The content of a page: its pieces in runs, each a segment of one zlib stream.

Why: most of a page recurs from handout to handout, and what is deflated by itself can be kept. The same pieces make the same
segments, kept or not, so bytes never depend on what was written before. A page grows by a third of its few kilobytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from handouts.document import Placement
from handouts.writer.segments import Segment, deflate_segment, join_segments
from handouts.writer.templates import Placed

_LARGE = 1500  # characters; so long a piece is a segment of its own


def deflate_page(under: str, placements: Sequence[Placement], placed: Sequence[Placed]) -> bytes:
    """The content of a page: what lies under its pieces, and these."""
    segments = [deflate_segment(under.encode("ascii"))] if under else []
    starts = _split_runs(placements, placed)
    segments += [_deflate_run(placed[start:end]) for start, end in pairwise((*starts, len(placed)))]
    return join_segments(segments)


def _split_runs(placements: Sequence[Placement], placed: Sequence[Placed]) -> Iterator[int]:
    """Where runs begin: pieces that hang on one node are a run, and a large one is a run of its own."""
    node: int | None = None
    large = True  # so that the first one begins a run
    for index, (placement, piece) in enumerate(zip(placements, placed, strict=True)):
        begins = large or placement.node != node
        node, large = placement.node, len(piece.operators) > _LARGE
        if begins or large:
            yield index


def _deflate_run(run: Sequence[Placed]) -> Segment:
    """The segment of a run, kept with its first piece as long as all of its pieces are kept themselves."""
    first, *others = run
    if first.segment is not None and first.segment[0] == others:
        return first.segment[1]
    segment = deflate_segment("".join([piece.operators for piece in run]).encode("latin-1"))
    if all(piece.is_kept for piece in run):
        first.segment = (others, segment)
    return segment
