"""The pictures of a card: all at one scale, as large as their column and the text beside them allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.document import Box, Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.figures import Figure, placing_matrix
from handouts.texts import PictureText

_TALL = 1.0
"""Pictures whose mean height is more than this share of their width stand side by side instead of one above the other."""

_BETWEEN, _BELOW = 8.0, 5.0
"""Points between pictures side by side, and below a caption."""

_NARROWEST = 127.6
"""Pictures are never set narrower (or, side by side, lower) than 45 mm to save room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrangement:
    """How the pictures of a card stand: side by side or one above the other, at one scale (points a millimetre of body)."""

    beside: bool
    scale: float
    widest: float  # the widest picture in points
    height: float  # of all of it, with captions


def _arrange(figures: Sequence[tuple[PictureText, Figure]], width: float, height: float, desk: Desk) -> _Arrangement:
    """The largest pictures that fit the width, the height beside the text, and the edition's tallest."""
    drawn = [figure for _, figure in figures]
    beside = len(drawn) <= 3 and sum(f.inked for f in drawn) > _TALL * sum(f.width for f in drawn)
    caption = desk.style("small").leading + 1
    if beside:
        room, wide = width - _BETWEEN * (len(drawn) - 1), sum(f.width for f in drawn)
        tall, gaps, tallest = max(f.inked for f in drawn), caption, 2 * desk.edition.pictures.tallest
    else:
        room, wide = width, max(f.width for f in drawn)
        tall, gaps = sum(f.inked for f in drawn), caption * len(drawn) + _BELOW * (len(drawn) - 1)
        tallest = desk.edition.pictures.tallest * tall / max(f.inked for f in drawn)
    least = _NARROWEST / max(f.width for f in drawn) if not beside else _NARROWEST / max(f.inked for f in drawn)
    scale = min(room / wide, max(least, min(tallest, height - gaps) / tall))
    return _Arrangement(beside=beside, scale=scale, widest=max(f.width for f in drawn) * scale, height=tall * scale + gaps)


def fits(figures: Sequence[tuple[PictureText, Figure]], width: float, height: float, desk: Desk) -> bool:
    """True when the pictures need no more than `height` points in a column of `width`."""
    return _arrange(figures, width, height, desk).height <= height + 0.5


def draw_pictures(
    desk: Desk, figures: tuple[tuple[PictureText, Figure], ...], width: float, height: float, *, tagged: bool
) -> Piece:
    """The pictures at one scale, each with its caption: tall ones side by side, wide ones one above the other."""
    drawing = Drawing(width, desk.fonts)
    arranged = _arrange(figures, width, height, desk)
    beside, scale = arranged.beside, arranged.scale
    row = max(f.inked for _, f in figures) * scale
    x = (width - sum(f.width for _, f in figures) * scale - _BETWEEN * (len(figures) - 1)) / 2
    y = bottom = 0.0
    for text, figure in figures:
        drawn, inked = figure.width * scale, figure.inked * scale
        left = x if beside else (width - drawn) / 2
        base = row if beside else y + inked
        box = Box(left=left, bottom=-base, right=left + drawn, top=-(base - inked))
        element = drawing.element("Figure", alt=text.alt, box=box) if tagged else None
        matrix = placing_matrix(figure, left=left, bottom=-base, scale=scale, mirrored=text.mirrored)
        drawing.form(desk.form_of(figure), matrix, element)
        caption = drawing.element("P") if tagged else None
        start, room = (left - _BETWEEN / 2, drawn + _BETWEEN) if beside else (0.0, width)
        below = desk.paragraph(
            drawing, text.caption, desk.style("small", bold=True), x=start, y=base + 1, width=room, element=caption, centred=True
        )
        bottom = max(bottom, below)
        x, y = x + drawn + _BETWEEN, below + _BELOW
    return drawing.finish(bottom)
