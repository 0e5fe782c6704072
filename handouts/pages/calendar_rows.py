"""The rows of a weekly calendar: an exercise each, and what is rated, counted and noted below them."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.document import Box, Piece
from handouts.pages.calendar_columns import PADDING, CalendarColumns
from handouts.pages.desk import Desk, TypeStyle
from handouts.pages.drawing import Drawing
from handouts.pages.figures import placing_matrix
from handouts.pages.setting import Line, Span
from handouts.pages.tables import LARGEST_BOX, cell_attributes, draw_cells, draw_grid, draw_space, spanned
from handouts.texts import CalendarRowText, CalendarText, CellText, PictureText, WeekText

_LEAST_SESSION = 17.0
_SCORE, _LOW_SCORE = 22.0, 19.0
_MENU_BOX = 12.0


def set_row(row: CalendarRowText, desk: Desk, table: CalendarColumns, *, least: float) -> Piece:
    """One exercise, at least `least` points tall."""
    key = ("calendar row", row, table, least)
    return desk.piece(key, table.width, lambda: _draw_row(row, desk, table, least=least))


def row_height(row: CalendarRowText, desk: Desk, table: CalendarColumns, *, least: float = 0.0) -> float:
    """How tall the row of an exercise is, in points, without drawing it."""
    words = sum(len(each) * style.leading for each, style in _set_words(row, desk, table))
    return max(words + 1.5, len(row.sessions) * _LEAST_SESSION, least)


def _draw_row(row: CalendarRowText, desk: Desk, table: CalendarColumns, *, least: float) -> Piece:
    """One exercise: its picture, name and dose, then a row of cells for each session."""
    drawing = Drawing(table.width, desk.fonts)
    small = desk.style("small")
    left = table.picture + PADDING if table.picture else PADDING
    lines = _set_words(row, desk, table)
    words = sum(len(each) * style.leading for each, style in lines)
    height = row_height(row, desk, table, least=least)
    each = height / len(row.sessions)
    for index, session in enumerate(row.sessions):
        line = drawing.element("TR")
        top = index * each
        if index == 0:
            rows = len(row.sessions)
            cell = drawing.element("TH", line, attributes=cell_attributes(scope="Row", rows=rows))
            if row.picture is not None:
                _draw_picture(desk, drawing, row.picture, width=table.picture, height=height, parent=cell)
            y = (height - words) / 2
            if row.tick:
                drawing.rectangle(left=left, top=y + 2, width=_MENU_BOX, height=_MENU_BOX, stroke=small.colour, line_width=1)
            for set_, style in lines:
                x = left + (_MENU_BOX + 4 if row.tick and style.bold else 0)
                paragraph = drawing.element("P", cell)
                y = drawing.lines(set_, x=x, y=y, size=style.size, leading=style.leading, colour=style.colour, element=paragraph)
        elif table.when is not None:
            drawing.rule(left=table.when.left, right=table.width, y=top, colour=desk.edition.colours.line, line_width=0.4)
        if table.when is not None:
            cell = drawing.element("TH", line, attributes=cell_attributes(scope="Row"))
            x, room = table.when.left + PADDING, table.when.width - PADDING
            label = session.label or ""
            desk.paragraph(drawing, label, small, x=x, y=top + (each - small.leading) / 2, width=room, element=cell)
        for one, column in zip(session.cells, table.days, strict=True):
            cell = drawing.element("TD", line)
            draw_cells(desk, drawing, (one,), column, top=top, height=each, parent=cell)
    draw_grid(desk, drawing, table.every, width=table.width, bottom=height)
    return drawing.finish(height)


def _set_words(row: CalendarRowText, desk: Desk, table: CalendarColumns) -> list[tuple[tuple[Line, ...], TypeStyle]]:
    """The name, the dose, the one before it, and what to take care of, each with its style."""
    width = table.exercise.width - table.picture - 2 * PADDING
    strong, small = desk.style("body" if table.weeks == 1 else "small", bold=True), desk.style("small")
    beside = _MENU_BOX + 4 if row.tick else 0.0
    dose = [*([Span(f"{row.new} ", bold=True)] if row.new else []), Span(f"{row.dose} {row.stay}" if row.stay else row.dose)]
    parts = [(desk.set(f"{row.number}. {row.name}", strong, width - beside), strong), (desk.set(dose, small, width), small)]
    if row.care is not None:
        parts.append((desk.set((Span(f"{row.care.label} ", bold=True), Span(row.care.value or "")), small, width), small))
    return parts


def _draw_picture(desk: Desk, drawing: Drawing, picture: PictureText, *, width: float, height: float, parent: int) -> None:
    """The picture in the middle of its column."""
    figure = desk.figure(picture.figure)
    if figure is None:
        return
    scale = min((width - 2) / figure.width, (height - 4) / figure.inked, figure.finest)
    wide, tall = figure.width * scale, figure.inked * scale
    left, bottom = (width - wide) / 2, -(height + tall) / 2
    box = Box(left=left, bottom=bottom, right=left + wide, top=bottom + tall)
    element = drawing.element("Figure", parent, alt=picture.alt, box=box)
    matrix = placing_matrix(figure, left=left, bottom=bottom, scale=scale, mirrored=picture.mirrored)
    drawing.form(desk.form_of(figure), matrix, element)


def set_last_rows(
    text: CalendarText, weeks: Sequence[WeekText], desk: Desk, table: CalendarColumns, *, notes: float
) -> list[Piece]:
    """What is rated, how many sessions of several weeks were planned and done, and notes."""
    rows = []
    if text.score is not None:
        score, scores = text.score, tuple(cell for week in weeks for cell in week.scores)
        key = ("calendar score", score, scores, table)
        rows.append(desk.piece(key, table.width, lambda: _draw_scores(score.label, score.value or "", scores, desk, table)))
    if len(weeks) > 1:
        planned = tuple(week.planned_short for week in weeks)
        key_planned = ("calendar planned", text.sessions, planned, table)
        rows.append(desk.piece(key_planned, table.width, lambda: _draw_planned(text.sessions, planned, desk, table)))
    cell = CellText(state="box", alt=text.notes.value or "")
    key_notes = ("calendar notes", text.notes, notes, table)
    rows.append(desk.piece(key_notes, table.width, lambda: _draw_notes(text.notes.label, cell, desk, table, height=notes)))
    return rows


def _draw_name(desk: Desk, drawing: Drawing, spans: Sequence[Span], table: CalendarColumns, *, height: float) -> int:
    """Open a row of the whole table, draw its name in the middle of its height, and return the row's element."""
    row = drawing.element("TR")
    columns = 2 if table.when else 1
    cell = drawing.element("TH", row, attributes=cell_attributes(scope="Row", columns=columns))
    style, width = desk.style("small"), table.named.width - 2 * PADDING
    lines = desk.set(spans, style, width)
    y = (height - len(lines) * style.leading) / 2
    drawing.lines(lines, x=PADDING, y=y, size=style.size, leading=style.leading, colour=style.colour, element=cell)
    return row


def _draw_scores(label: str, scale: str, cells: Sequence[CellText], desk: Desk, table: CalendarColumns) -> Piece:
    drawing = Drawing(table.width, desk.fonts)
    spans = (Span(f"{label}: ", bold=True), Span(scale))
    lines = desk.set(spans, desk.style("small"), table.named.width - 2 * PADDING)
    height = max(_SCORE if table.weeks == 1 else _LOW_SCORE, len(lines) * desk.style("small").leading + 4)
    row = _draw_name(desk, drawing, spans, table, height=height)
    for cell, column in zip(cells, table.days, strict=True):
        draw_space(desk, drawing, cell, column, top=0, height=height, parent=drawing.element("TD", row))
    draw_grid(desk, drawing, (table.named, *table.days), width=table.width, bottom=height)
    return drawing.finish(height)


def _draw_planned(label: str, planned: Sequence[str], desk: Desk, table: CalendarColumns) -> Piece:
    """How many sessions were planned, and a line to write how many were done, for each week."""
    drawing = Drawing(table.width, desk.fonts)
    style = desk.style("small")
    weeks = [table.week(index) for index in range(len(planned))]
    lines = [desk.set(words, style, column.width - PADDING) for words, column in zip(planned, weeks, strict=True)]
    height = max(len(each) for each in lines) * style.leading + 4
    row = _draw_name(desk, drawing, (Span(label, bold=True),), table, height=height)
    for each, column in zip(lines, weeks, strict=True):
        cell = drawing.element("TD", row, attributes=cell_attributes(columns=7))
        x = column.left + PADDING
        bottom = drawing.lines(each, x=x, y=3, size=style.size, leading=style.leading, colour=style.colour, element=cell)
        start = x + each[-1].width + 3
        if start + LARGEST_BOX < column.right:
            right = min(column.right - PADDING, start + 60)
            drawing.rule(left=start, right=right, y=bottom - 1, colour=desk.edition.colours.muted)
    draw_grid(desk, drawing, (table.named, *weeks), width=table.width, bottom=height)
    return drawing.finish(height)


def _draw_notes(label: str, cell: CellText, desk: Desk, table: CalendarColumns, *, height: float) -> Piece:
    drawing = Drawing(table.width, desk.fonts)
    row = _draw_name(desk, drawing, (Span(label, bold=True),), table, height=height)
    every = spanned(table.days)
    td = drawing.element("TD", row, attributes=cell_attributes(columns=len(table.days)))
    draw_space(desk, drawing, cell, every, top=0, height=height, parent=td)
    draw_grid(desk, drawing, (table.named, every), width=table.width, bottom=height)
    return drawing.finish(height)
