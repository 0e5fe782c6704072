"""The plan at a glance: a heading, sentences, and a table with a row for each exercise."""

from __future__ import annotations

from typing import TypeAlias

from handouts.document import Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.setting import measure
from handouts.pages.tables import Column, draw_cells
from handouts.texts import GlanceText

_SCOPE_COLUMN = "/A<</O/Table/Scope/Column>>"
_CELL = 8.0
"""Points of a cell of the plan's table beside its text."""

Edges: TypeAlias = tuple[tuple[float, float], ...]
"""Left edge and width of each column."""

_BOX, _ABOVE_BOX, _BESIDE_BOX = 13.0, 4.0, 2.5
"""Points of a box to tick, above it, and by which it is lower than a line of text."""

_DAY = 6.0
"""Points of a column of a day beside its name."""


def draw_glance_heading(desk: Desk, glance: GlanceText, width: float) -> Piece:
    """The heading of the plan and its sentences: minutes, how often, equipment, "if you only have time for one"."""
    drawing = Drawing(width, desk.fonts)
    heading = desk.style("heading", bold=True, colour=desk.edition.colours.accent)
    y = desk.paragraph(drawing, glance.heading, heading, x=0, y=0, width=width, element=drawing.element("H2"))
    body = desk.style("body")
    y = desk.paragraph(drawing, " ".join(glance.sentences), body, x=0, y=y + 1, width=width, element=drawing.element("P"))
    if glance.only_one:
        strong = desk.style("body", bold=True)
        y = desk.paragraph(drawing, glance.only_one, strong, x=0, y=y, width=width, element=drawing.element("P"))
    return drawing.finish(y + 4)


def glance_columns(desk: Desk, glance: GlanceText, width: float) -> Edges:
    """Left edge and width of each column of the plan's table; the head of a narrow one is not broken."""
    shares = (0.09, 0.07, 0.40, 0.44) if glance.tick_column else (0.07, 0.43, 0.50)
    size = desk.edition.type.small
    narrow = [
        max(share * width, measure(text, desk.fonts, size, bold=True) + _CELL + 0.5)
        for share, text in zip(shares[:-2], glance.columns, strict=False)
    ]
    day = max((measure(name, desk.fonts, size, bold=True) + _DAY for name, _ in glance.days), default=0.0)
    spare, (first, second) = width - sum(narrow) - day * len(glance.days), shares[-2:]
    named = spare * first / (first + second)
    needed = _widest(desk, glance, -1), _widest(desk, glance, -2)
    if spare - named < needed[0]:  # the longest dose stays on one line where the names leave it room
        named = max(spare - needed[0], min(named, needed[1]))
    named = max(min(named, spare - _longest_word(desk, glance, -1)), _longest_word(desk, glance, -2))
    widths = [*narrow, named, spare - named, *([day] * len(glance.days))]
    return tuple((sum(widths[:index]), each) for index, each in enumerate(widths))


def _widest(desk: Desk, glance: GlanceText, column: int) -> float:
    """The width that one of the last two columns needs to break none of its words."""
    size = desk.edition.type.body
    return max(measure(row[column], desk.fonts, size, bold=column == -2) for row in glance.rows) + _CELL + 0.5


def _longest_word(desk: Desk, glance: GlanceText, column: int) -> float:
    """The width that one of the last two columns needs to break no word of it."""
    size = desk.edition.type.body
    words = (word for row in glance.rows for word in row[column].split())
    return max(measure(word, desk.fonts, size, bold=column == -2) for word in words) + _CELL + 0.5


def draw_glance_header(desk: Desk, glance: GlanceText, columns: Edges, width: float, *, repeated: bool) -> Piece:
    """The header row; a repetition on the next page is an artifact."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    style = desk.style("small", bold=True, colour=colours.on_accent)
    names = (*glance.columns, *(name for name, _ in glance.days))
    told = zip(columns, glance.columns, strict=False)
    height = max(len(desk.set(text, style, cell - _CELL)) for (_, cell), text in told) * style.leading + 5
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=colours.accent)
    row = None if repeated else drawing.element("TR")
    for index, ((x, cell), text) in enumerate(zip(columns, names, strict=True)):
        element = None if row is None else drawing.element("TH", row, attributes=_SCOPE_COLUMN)
        if index < len(glance.columns):
            desk.paragraph(drawing, text, style, x=x + 5, y=2.5, width=cell - _CELL, element=element)
        else:
            desk.paragraph(drawing, text, style, x=x, y=2.5, width=cell, element=element, centred=True)
    return drawing.finish(height)


def draw_glance_row(desk: Desk, glance: GlanceText, cells: tuple[str, ...], columns: Edges, width: float) -> Piece:
    """One exercise of the plan: (box,) number, name, how much (, a box a day)."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    row = drawing.element("TR")
    bottom = 0.0
    name_column = len(cells) - 2
    for index, ((x, cell), text) in enumerate(zip(columns, cells, strict=False)):
        if glance.tick_column and index == 0:
            box = drawing.element("TD", row)
            side = min(_BOX, desk.style("body").leading - _BESIDE_BOX)
            drawing.rectangle(left=x + 8, top=_ABOVE_BOX, width=side, height=side, stroke=colours.text, line_width=1)
            bottom = _ABOVE_BOX + side
            desk.paragraph(drawing, text, desk.style("small"), x=x, y=0, width=cell, element=box) if text else None
            continue
        element = drawing.element("TD", row)
        style = desk.style("body", bold=index == name_column)
        bottom = max(bottom, desk.paragraph(drawing, text, style, x=x + 5, y=2, width=cell - _CELL, element=element))
    bottom += 2
    days = columns[len(cells) :]
    key = ("boxes of a row", glance.days, days, bottom)
    drawing.add(desk.remember(key, lambda: _draw_days(desk, glance, days, width, bottom)), parent=row)
    drawing.rule(left=0, right=width, y=bottom, colour=colours.line, line_width=0.7)
    return drawing.finish(bottom)


def _draw_days(desk: Desk, glance: GlanceText, columns: Edges, width: float, height: float) -> Drawing:
    """A box a day. Why apart from its row: it does not change with the dose."""
    drawing = Drawing(width, desk.fonts)
    for (x, cell), (_, tick) in zip(columns, glance.days, strict=True):
        draw_cells(desk, drawing, (tick,), Column(left=x, width=cell), top=0, height=height, parent=drawing.element("TD"))
    return drawing
