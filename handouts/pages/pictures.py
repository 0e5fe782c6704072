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


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How the pictures of a card stand: side by side or one above the other, at one scale (points a millimetre of body)."""

    beside: bool
    scale: float
    height: float  # of all of it in points, with captions


def arrange_pictures(desk: Desk, figures: Sequence[Figure], width: float, height: float, narrowest: float) -> Arrangement:
    """The largest pictures that fit the width, the edition's tallest, and `height` points beside the text.

    To fit the height they never become narrower (side by side: lower) than `narrowest` points.
    """
    widest, highest = max(f.width for f in figures), max(f.inked for f in figures)
    beside = len(figures) <= 3 and sum(f.inked for f in figures) > _TALL * sum(f.width for f in figures)
    caption = desk.style("small").leading + 1
    if beside:
        room, wide = width - _BETWEEN * (len(figures) - 1), sum(f.width for f in figures)
        tall, gaps, tallest, least = highest, caption, 2 * desk.edition.pictures.tallest, narrowest / highest
    else:
        room, wide, tall = width, widest, sum(f.inked for f in figures)
        gaps = caption * len(figures) + _BELOW * (len(figures) - 1)
        tallest, least = desk.edition.pictures.tallest * tall / highest, narrowest / widest
    scale = min(room / wide, max(least, min(tallest, height - gaps) / tall))
    return Arrangement(beside=beside, scale=scale, height=tall * scale + gaps)


def draw_pictures(
    desk: Desk, figures: Sequence[tuple[PictureText, Figure]], width: float, arranged: Arrangement, *, tagged: bool
) -> Piece:
    """The pictures at one scale, each with its caption: tall ones side by side, wide ones one above the other."""
    drawing = Drawing(width, desk.fonts)
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
