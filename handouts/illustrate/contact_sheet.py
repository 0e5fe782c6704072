"""The contact sheet: every drawing beside the others, as they are committed, to look them over. It needs no drawing library."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.document import Box, Document, Node, Page, Piece, Placement
from handouts.looks import Paper
from handouts.nouns import dataclass
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.figures import Figure, placing_matrix

_MARGIN, _GAP, _NAME = 36.0, 10.0, 15.0
_STAMP = "20000101000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One drawing on the sheet: its name below it, and what it shows for a reader who cannot see it."""

    name: str
    alt: str
    figure: Figure


def compose_contact_sheet(title: str, shown: Sequence[Shown], desk: Desk, paper: Paper, *, columns: int = 3) -> Document:
    """Lay drawings out in rows, each as large as its cell allows, with their names."""
    width = (paper.width - 2 * _MARGIN - _GAP * (columns - 1)) / columns
    height = width * 0.68
    pages: list[list[Placement]] = []
    heading = _draw_title(title, desk, paper.width - 2 * _MARGIN)
    below_title = paper.height - _MARGIN - heading.height
    cell = height + _NAME + _GAP
    rows = int((below_title - _MARGIN) // cell)
    for number, each in enumerate(shown):
        row, column = divmod(number % (rows * columns), columns)
        if row == column == 0:
            pages.append([])
            if number == 0:
                pages[0].append(Placement(piece=heading, x=_MARGIN, y=below_title, node=0))
        piece = _draw_cell(each, desk, width, height)
        y = below_title - (row + 1) * cell
        pages[-1].append(Placement(piece=piece, x=_MARGIN + column * (width + _GAP), y=y, node=0))
    finished = tuple(Page(width=paper.width, height=paper.height, placements=tuple(page)) for page in pages)
    fonts, forms = desk.embed(finished)
    return Document(
        title=title,
        lang="en",
        author="",
        subject="",
        stamp=_STAMP,
        pages=finished,
        nodes=(Node(tag="Sect"),),
        bookmarks=(),
        fonts=fonts,
        forms=forms,
    )


def _draw_title(title: str, desk: Desk, width: float) -> Piece:
    drawing = Drawing(width, desk.fonts)
    below = desk.paragraph(drawing, title, desk.style("heading", bold=True), x=0, y=0, width=width, element=drawing.element("H1"))
    return drawing.finish(below + _GAP)


def _draw_cell(shown: Shown, desk: Desk, width: float, height: float) -> Piece:
    figure = shown.figure
    scale = min(width / figure.width, height / figure.height)
    left = (width - figure.width * scale) / 2
    drawing = Drawing(width, desk.fonts)
    box = Box(left=left, bottom=-height, right=left + figure.width * scale, top=-(height - figure.height * scale))
    element = drawing.element("Figure", alt=shown.alt, box=box)
    matrix = placing_matrix(figure, left=left, bottom=-height, scale=scale, mirrored=False)
    drawing.form(desk.form_of(figure), matrix, element)
    name = desk.style("small")
    desk.paragraph(drawing, shown.name, name, x=0, y=height, width=width, element=drawing.element("P"), centred=True)
    return drawing.finish(height + _NAME)
