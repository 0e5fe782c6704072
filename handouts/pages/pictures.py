"""The pictures of a card: all at one scale in rows and columns, as large as their column and the text beside them allow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from handouts.document import Box, Piece
from handouts.looks import PictureSize
from handouts.nouns import dataclass
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.figures import FEW, Figure, placing_matrix
from handouts.pages.setting import measure
from handouts.texts import PictureText

_TALL = 1.0
"""Pictures whose mean height is more than this share of their width stand side by side instead of one above the other."""

_BETWEEN, _BELOW = 8.0, 5.0
"""Points between pictures side by side, and below a caption."""

_EDGE = 12.0
"""Points that pictures over the whole width keep free, for the white edges of arrows stand out of them."""

_MOST_COLUMNS = 3
"""More pictures than a few stand in rows of at most so many."""

_OF_MANY = 0.6
"""The share of the least width that many pictures keep."""

_NEARLY = 0.9
"""Pictures on a page of their own may be so much smaller than the largest they can be, to fill more of it."""

_ROUNDING = 0.5

Pictured: TypeAlias = tuple[PictureText, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How the pictures of a card stand: in rows of so many, at one scale (points a unit of their measure)."""

    columns: int
    scale: float
    height: float  # of all of it in points, with captions


def arrange_pictures(
    desk: Desk, pictures: Sequence[Pictured], width: float, height: float, size: PictureSize, *, closely: bool
) -> Arrangement:
    """The largest pictures that fit the width, the edition's tallest, and `height` points beside the text.

    To fit the height they never become narrower (side by side: lower) than the narrowest of the size; where there are many, or
    they stand `closely`, the longer side of the largest keeps at least three fifths of that.
    """
    figures = [figure for _, figure in pictures]
    tallest = size.tallest or desk.edition.pictures.tallest
    if len(figures) <= FEW and not closely:
        beside = sum(f.inked for f in figures) > _TALL * sum(f.width for f in figures)
        least = size.narrowest / max(f.inked if beside else f.width for f in figures)
        found = _fit(desk, pictures, width, height, len(figures) if beside else 1, least, tallest)
        if found.scale >= least * _OF_MANY:
            return found  # else one row is too narrow for them
    least = size.narrowest * _OF_MANY / max(figure.seen for figure in figures)
    most = min(len(figures), _MOST_COLUMNS)
    tried = [_fit(desk, pictures, width, height, columns, least, tallest) for columns in range(1, most + 1)]
    readable = [each for each in tried if each.scale >= least] or tried
    fitting = [each for each in readable if each.height <= height + _ROUNDING]
    return max(fitting, key=lambda each: each.scale) if fitting else min(readable, key=lambda each: each.height)


def arrange_above(desk: Desk, pictures: Sequence[Pictured], width: float, height: float | None, size: PictureSize) -> Arrangement:
    """Pictures above their text: a few in one row, as large as the edition lets them be; more in rows of two or three.

    With a `height` in points they fill it: in the rows that make them largest, or nearly so and fill more of the page.
    """
    figures = [figure for _, figure in pictures]
    tallest = size.tallest or desk.edition.pictures.tallest
    if height is None:
        row = len(figures) if len(figures) <= FEW else _MOST_COLUMNS
        narrowest = size.narrowest * (1 if len(figures) < FEW else _OF_MANY)
        least = min(1.0, narrowest / max(figure.seen for figure in figures))
        return _fit(desk, pictures, width, math.inf, row, least, tallest)
    rows = range(1, min(len(figures), _MOST_COLUMNS) + 1)
    tried = [_fit(desk, pictures, width, height, columns, 0.0, tallest) for columns in rows]
    largest = max(each.scale for each in tried)
    return max((each for each in tried if each.scale >= largest * _NEARLY), key=lambda each: each.height)


def find_largest_scale(desk: Desk, pictures: Sequence[Pictured], width: float) -> float:
    """The largest scale that these are ever printed at in this edition, in points a unit of their measure."""
    size = desk.edition.pictures.tries[0]
    if desk.edition.cards.layout == "beside":
        return arrange_pictures(desk, pictures, width, math.inf, size, closely=desk.edition.cards.steps == "run-in").scale
    own_page = desk.edition.cards.start == "page"
    return arrange_above(desk, pictures, width, math.inf if own_page else None, size).scale


def _fit(
    desk: Desk, pictures: Sequence[Pictured], width: float, height: float, columns: int, least: float, tallest: float
) -> Arrangement:
    """The pictures in rows of so many, as large as they can be; at least `least`, but never wider than `width`."""
    figures = [figure for _, figure in pictures]
    rows = _rows(pictures, columns)
    room = width - _BETWEEN * (columns - 1) - (_EDGE if desk.edition.cards.layout == "above" else 0.0)
    wide = sum(_widths(figures, columns))
    tall, highest = sum(max(figure.inked for _, figure in row) for row in rows), max(figure.inked for figure in figures)
    limit = tallest * (2 if len(rows) == 1 and columns > 1 and desk.edition.cards.layout == "beside" else 1) / highest
    widest = min(room / wide, *(figure.finest for figure in figures))
    lines = [1] * len(rows)
    while True:
        gaps = sum(lines) * desk.style("small").leading + len(rows) + _BELOW * (len(rows) - 1)
        scale = min(widest, max(least, min(limit, (height - gaps) / tall)))
        counted = _count_lines(desk, rows, _cells(desk, pictures, columns, scale, width))
        if all(found <= known for found, known in zip(counted, lines, strict=True)):
            return Arrangement(columns=columns, scale=scale, height=tall * scale + gaps)
        lines = [max(pair) for pair in zip(lines, counted, strict=True)]


def _rows(pictures: Sequence[Pictured], columns: int) -> list[Sequence[Pictured]]:
    return [pictures[start : start + columns] for start in range(0, len(pictures), columns)]


def _widths(figures: Sequence[Figure], columns: int) -> list[float]:
    """The width of each column: that of its widest picture."""
    return [max(figure.width for figure in figures[column::columns]) for column in range(columns)]


def _cells(desk: Desk, pictures: Sequence[Pictured], columns: int, scale: float, width: float) -> list[tuple[float, float]]:
    """Left edge and width of the captions of each column; together the columns stand in the middle of `width`.

    A column is as wide as its pictures, and wider where that lets a caption stay on one line.
    """
    drawn = [each * scale for each in _widths([figure for _, figure in pictures], columns)]
    if len(drawn) == 1:
        return [(0.0, width)]
    size = desk.style("small").size
    said = [measure(text.caption, desk.fonts, size, bold=True) + _ROUNDING for text, _ in pictures]
    wanted = [max(0.0, max(said[column::columns]) - _BETWEEN - each) for column, each in enumerate(drawn)]
    spare = max(0.0, width - sum(drawn) - _BETWEEN * (len(drawn) - 1))
    share = min(1.0, spare / (sum(wanted) or 1.0))
    widths = [each + more * share for each, more in zip(drawn, wanted, strict=True)]
    cells, left = [], (width - sum(widths) - _BETWEEN * (len(widths) - 1)) / 2
    for each in widths:
        start, end = max(0.0, left - _BETWEEN / 2), min(width, left + each + _BETWEEN / 2)
        cells.append((start, end - start))
        left += each + _BETWEEN
    return cells


def _count_lines(desk: Desk, rows: Sequence[Sequence[Pictured]], cells: Sequence[tuple[float, float]]) -> list[int]:
    """The lines of the longest caption of each row."""
    style = desk.style("small", bold=True)

    def count(caption: str, room: float) -> int:
        fits = measure(caption, desk.fonts, style.size, bold=True) <= room
        return 1 if fits else len(desk.set(caption, style, room))

    return [max(count(text.caption, room) for (text, _), (_, room) in zip(row, cells, strict=False)) for row in rows]


def draw_pictures(desk: Desk, pictures: Sequence[Pictured], width: float, arranged: Arrangement, *, tagged: bool) -> Piece:
    """The pictures at one scale in rows from the top, each with its caption; those of a row stand on one floor."""
    drawing = Drawing(width, desk.fonts)
    scale, style = arranged.scale, desk.style("small", bold=True)
    cells = _cells(desk, pictures, arranged.columns, scale, width)
    bottom = 0.0
    for index, row in enumerate(_rows(pictures, arranged.columns)):
        base = bottom + (_BELOW if index else 0.0) + max(figure.inked for _, figure in row) * scale
        for (text, figure), (start, room) in zip(row, cells, strict=False):
            drawn, inked = figure.width * scale, figure.inked * scale
            left = start + (room - drawn) / 2
            box = Box(left=left, bottom=-base, right=left + drawn, top=-(base - inked))
            element = drawing.element("Figure", alt=text.alt, box=box) if tagged else None
            matrix = placing_matrix(figure, left=left, bottom=-base, scale=scale, mirrored=text.mirrored)
            drawing.form(desk.form_of(figure), matrix, element)
            caption = drawing.element("P") if tagged else None
            below = desk.paragraph(drawing, text.caption, style, x=start, y=base + 1, width=room, element=caption, centred=True)
            bottom = max(bottom, below)
    return drawing.finish(bottom)
