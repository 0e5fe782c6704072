"""Small pages imposed on sheets: eight to a sheet, printed on one side, folded with one cut to a booklet.

The sheet lies across. The upper row is upside down (pages 7, 6, 5, 4 from the left), the lower one upright (8, 1, 2, 3).
Folded along its long middle, cut there over the two inner pages, and pushed together, it is a booklet that opens in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.document import Bookmark, Document, Page, Placement
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing

ON_A_SHEET = 8
_COLUMNS, _ROWS = 4, 2
_UPPER, _LOWER = (7, 6, 5, 4), (8, 1, 2, 3)
_MARK, _DASH = 11.0, 4.0
"""Points of a mark at the edge, and of a dash where to cut."""


def impose(document: Document, desk: Desk) -> Document:
    """The document with its small pages, drawn covers among them, on sheets of four by two; what is read keeps its order."""
    if not document.pages:
        return document
    width, height = document.pages[0].width, document.pages[0].height
    marks = _draw_marks(desk, width, height)
    starts = range(0, len(document.pages), ON_A_SHEET)
    sheets = [_fill_sheet(document.pages[start : start + ON_A_SHEET], width, height, marks) for start in starts]
    bookmarks = tuple(_move(mark, height) for mark in document.bookmarks)
    return replace(document, pages=tuple(sheets), bookmarks=bookmarks, body_start=0)


def place_of(number: int) -> tuple[int, int, bool]:
    """Column and row (from the lower left) of small page `number`, from 1, on its sheet, and whether it is upside down."""
    if number in _UPPER:
        return _UPPER.index(number), 1, True
    return _LOWER.index(number), 0, False


def _fill_sheet(pages: Sequence[Page], width: float, height: float, marks: Placement) -> Page:
    placements = [marks]
    for number, page in enumerate(pages, start=1):
        column, row, turned = place_of(number)
        left, bottom = column * width, row * height
        for each in page.placements:
            x, y = (width - each.x, height - each.y) if turned else (each.x, each.y)
            placements.append(replace(each, x=left + x, y=bottom + y, turned=turned))
    return Page(width=_COLUMNS * width, height=_ROWS * height, placements=tuple(placements))


def _move(mark: Bookmark, height: float) -> Bookmark:
    """A bookmark shows the whole height of its small page: its own top would be below where that is upside down."""
    sheet, index = divmod(mark.page, ON_A_SHEET)
    _, row, _ = place_of(index + 1)
    return replace(mark, page=sheet, top=(row + 1) * height)


def _draw_marks(desk: Desk, width: float, height: float) -> Placement:
    """Marks at the edges where to fold, and dashes over the two inner pages where to cut."""
    across, down = _COLUMNS * width, _ROWS * height
    drawing, colour = Drawing(across, desk.fonts), desk.edition.colours.line
    for column in range(1, _COLUMNS):
        for top in (0.0, down - _MARK):
            drawing.line(x=column * width, y=top, to_x=column * width, to_y=top + _MARK, colour=colour)
    for left in (0.0, across - _MARK):
        drawing.rule(left=left, right=left + _MARK, y=height, colour=colour)
    x = width
    while x < across - width:
        drawing.rule(left=x, right=min(x + _DASH, across - width), y=height, colour=colour)
        x += 2 * _DASH
    return Placement(piece=drawing.finish(down), x=0, y=0, node=None)
