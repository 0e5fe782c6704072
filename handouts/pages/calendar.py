"""The weekly calendar: landscape pages, days across and exercises down, a box for each day and session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts.document import Bookmark, Box, Piece
from handouts.pages.desk import Desk, TypeStyle
from handouts.pages.drawing import Drawing
from handouts.pages.figures import placing_matrix
from handouts.pages.flow import PieceFlowable, Recording, TableRowFlowable, TooTallError, flow
from handouts.pages.parts import Part, Room
from handouts.pages.setting import Line, Span, measure
from handouts.pages.standing_alone import set_line, set_page_head, set_running_head, set_signs
from handouts.pages.tables import LARGEST_BOX, Column, cell_attributes, draw_cells, draw_grid, draw_space, lay_columns, spanned
from handouts.texts import CalendarRowText, CalendarText, CellText, DayText, PictureText, SignsText, WeekText

_PICTURE, _SMALL_PICTURE = 62.0, 46.0
_NARROWEST_DAY, _WIDEST_DAY = 18.5, 58.0
_LEAST_WORDS, _NARROWEST_WORDS = 187.0, 90.0
_LEAST_SESSION, _EASY_ROW, _TALLEST_ROW = 17.0, 46.0, 72.0
_SCORE, _LOW_SCORE, _NOTES, _LOW_NOTES, _TALLEST_NOTES = 22.0, 19.0, 19.0, 17.0, 84.0
_GAP, _LINE_GAP = 2.0, 2.0
_PADDING = 4.0
_MENU_BOX = 12.0
_WRITE = 44.0
"""Points of a line to write a number on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The columns of one sheet: the exercise (its picture first), the session (None where there is one a day), the days."""

    width: float
    exercise: Column
    picture: float
    when: Column | None
    days: tuple[Column, ...]
    weeks: int

    @property
    def named(self) -> Column:
        """Where a row of the whole table has its name: over exercise and session."""
        return Column(left=0, width=self.days[0].left)

    @property
    def every(self) -> tuple[Column, ...]:
        """All columns."""
        return (self.exercise, *((self.when,) if self.when else ()), *self.days)

    def week(self, index: int) -> Column:
        """The columns of one week as one."""
        return spanned(self.days[7 * index : 7 * index + 7])


def place_calendar(text: CalendarText, signs: SignsText, desk: Desk, room: Room, *, opens: bool) -> list[Part]:
    """The sheets of the calendar, a part each: a week each, or as many weeks as fit beside each other.

    `opens`: the calendar opens the document, so its title is the first heading.

    Raises:
        MissingGlyphError: a character that no font has.
        TooTallError: a row is taller than a page.

    """
    most = _fitting_weeks(text, desk, room.width) if text.one_page else 1
    sheets = -(-len(text.weeks) // most)
    size = -(-len(text.weeks) // sheets)
    chosen = [text.weeks[start : start + size] for start in range(0, len(text.weeks), size)]
    return [
        Part(recording=_place_sheet(text, weeks, signs, desk, room, opens=opens and not number, again=number > 0), room=room)
        for number, weeks in enumerate(chosen)
    ]


def _fitting_weeks(text: CalendarText, desk: Desk, width: float) -> int:
    room = width - _SMALL_PICTURE - _LEAST_WORDS - _when_width(text, desk)
    day = max(_NARROWEST_DAY, _day_width(text.weeks, desk, several=True))
    return max(1, int(room // (7 * day)))


def _day_width(weeks: Sequence[WeekText], desk: Desk, *, several: bool) -> float:
    """What the head of a day needs."""
    size = desk.edition.type.small
    heads = {words for week in weeks for day in week.days for words in _day_head(day, several=several)}
    return max(measure(words, desk.fonts, size, bold=True) for words in heads) + 2


def _when_width(text: CalendarText, desk: Desk) -> float:
    if text.when is None:
        return 0.0
    size = desk.edition.type.small
    labels = {session.label or "" for week in text.weeks for row in week.rows for session in row.sessions}
    return (
        max(measure(text.when, desk.fonts, size, bold=True), *(measure(label, desk.fonts, size) for label in labels))
        + 2 * _PADDING
    )


def _lay_table(text: CalendarText, weeks: Sequence[WeekText], desk: Desk, width: float) -> _Table:
    when = _when_width(text, desk)
    count = 7 * len(weeks)
    several = len(weeks) > 1
    picture = _SMALL_PICTURE if several else _PICTURE
    least = _day_width(weeks, desk, several=several)
    day = max(least, min(_WIDEST_DAY, (width - picture - _LEAST_WORDS - when) / count))
    if width - when - day * count < picture + _NARROWEST_WORDS:
        raise TooTallError("the table of the calendar")
    columns = lay_columns(width - when - day * count, *((when,) if when else ()), *([day] * count))
    drawn = any(row.picture is not None for row in weeks[0].rows)
    return _Table(
        width=width,
        exercise=columns[0],
        picture=picture if drawn else 0.0,
        when=columns[1] if when else None,
        days=columns[-count:],
        weeks=len(weeks),
    )


# --------------------------------------------------------------------------------------------- a sheet


def _place_sheet(
    text: CalendarText, weeks: Sequence[WeekText], signs: SignsText, desk: Desk, room: Room, *, opens: bool, again: bool
) -> Recording:
    """One sheet: head, table, what counts below it, the boxes. What room is left makes rows and notes taller."""
    width = room.width
    table = _lay_table(text, weeks, desk, width)
    rows = _join_weeks(weeks)
    heading = weeks[0].heading if len(weeks) == 1 else _word_range(text, weeks)
    head = set_page_head(desk, text.head, heading, width, write_in=weeks[0].write_in, opens=opens, again=again)
    how = _set_how(text, weeks, desk, width)
    below = [set_line(desk, " ".join(words), width)] if (words := _words_below(text, weeks)) else []
    pain, boxes = set_signs(desk, signs, width)
    header = _set_header(text, weeks, desk, table, repeated=False)
    running = set_running_head(desk, f"{text.head.title}, {heading}", signs.again, width)
    header_again = _set_header(text, weeks, desk, table, repeated=True)
    natural = [_set_row(row, desk, table, least=0) for row in rows]
    least_notes = _NOTES if len(weeks) == 1 else _LOW_NOTES
    rest = [head, how, header, *natural, *_set_last_rows(text, weeks, desk, table, notes=least_notes), *below, pain, boxes]
    gaps = 3 * _LINE_GAP + _GAP * (2 + len(below))
    spare = room.height - sum(piece.height for piece in rest) - gaps
    fits = spare >= 0
    set_rows, notes = [_set_row(row, desk, table, least=_EASY_ROW) for row in rows], _TALLEST_NOTES
    if fits:
        least = _grow_rows([piece.height for piece in natural], spare * 0.75)
        set_rows = [_set_row(row, desk, table, least=least) for row in rows]
        spare -= sum(piece.height for piece in set_rows) - sum(piece.height for piece in natural)
        notes = min(_TALLEST_NOTES, least_notes + spare)
    last_rows = _set_last_rows(text, weeks, desk, table, notes=notes)

    def tell(recording: Recording, _height: float) -> list[PieceFlowable]:
        section = recording.node("Sect", title=heading)
        below_head = section if fits else recording.node("Sect")  # the boxes come between: what is read follows what is seen
        recording.bookmarks.append(Bookmark(title=heading, page=0, top=room.paper.height - room.first[0].top))
        safety = recording.node("Sect")
        node = recording.node("Table", below_head)
        ending = [PieceFlowable(pain, safety, gap=_LINE_GAP, keep_with_next=True), PieceFlowable(boxes, safety, gap=_GAP)]
        opening = [
            PieceFlowable(head, section, gap=_LINE_GAP),
            *([] if fits else ending),
            PieceFlowable(how, below_head, gap=_LINE_GAP, keep_with_next=True),
        ]
        body = [
            PieceFlowable(header, node, keep_with_next=True),
            *(TableRowFlowable(piece, node, running, header_again) for piece in (*set_rows, *last_rows)),
        ]
        body[-1].spaceAfter = _GAP
        after = [PieceFlowable(piece, below_head, gap=_GAP) for piece in below]
        return [*opening, *body, *after, *(ending if fits else [])]

    return flow(tell, paper=room.paper, first=room.first, following=room.following)


def _words_below(text: CalendarText, weeks: Sequence[WeekText]) -> list[str]:
    """The steps of the progression that are not past yet, when to go on, and the advice, which of several weeks stands above."""
    steps = [words for week, words in text.progression if week >= weeks[0].number]
    return [*steps, *([text.rule] if steps and text.rule else []), *(text.advice if len(weeks) == 1 else ())]


def _grow_rows(heights: Sequence[float], spare: float) -> float:
    """The least height to give all rows so that they use up at most `spare` points more, and none becomes too tall."""
    low, high = 0.0, _TALLEST_ROW
    for _ in range(12):
        middle = (low + high) / 2
        if sum(max(0.0, middle - height) for height in heights) <= spare:
            low = middle
        else:
            high = middle
    return low


def _join_weeks(weeks: Sequence[WeekText]) -> tuple[CalendarRowText, ...]:
    """The rows of weeks side by side: the words of the first week, the cells of all."""
    return tuple(
        replace(
            row,
            sessions=tuple(
                replace(session, cells=tuple(cell for week in weeks for cell in week.rows[number].sessions[index].cells))
                for index, session in enumerate(row.sessions)
            ),
        )
        for number, row in enumerate(weeks[0].rows)
    )


def _word_range(text: CalendarText, weeks: Sequence[WeekText]) -> str:
    """What heads several weeks: their first and their last day."""
    if weeks[0].first is None:
        return text.range_open.format(weeks=len(weeks))
    return text.range.format(first=weeks[0].first, last=weeks[-1].last)


# --------------------------------------------------------------------------------------------- head of the table


def _set_header(text: CalendarText, weeks: Sequence[WeekText], desk: Desk, table: _Table, *, repeated: bool) -> Piece:
    days = tuple(day for week in weeks for day in week.days)
    key = ("calendar header", text.exercise, text.when, tuple(week.column for week in weeks), days, table, repeated)
    return desk.piece(key, table.width, lambda: _draw_header(text, weeks, desk, table, tagged=not repeated))


def _draw_header(text: CalendarText, weeks: Sequence[WeekText], desk: Desk, table: _Table, *, tagged: bool) -> Piece:
    """One row of days, or a row of weeks over one of days. A repetition on the next page is an artifact."""
    drawing = Drawing(table.width, desk.fonts)
    colours = desk.edition.colours
    style = desk.style("small", bold=True, colour=colours.on_accent)
    line, several = style.leading, len(weeks) > 1
    every: list[DayText] = [day for week in weeks for day in week.days]
    heads = [_day_head(day, several=several) for day in every]
    lines = max(len(head) for head in heads) + several
    height = line * lines + 5
    drawing.rectangle(left=0, top=0, width=table.width, height=height, fill=colours.accent)
    first = drawing.element("TR") if tagged else None
    second = drawing.element("TR") if tagged and several else None

    def head(
        words: Sequence[str], column: Column, y: float, row: int | None, *, columns: int = 1, rows: int = 1, centred: bool = True
    ) -> None:
        attributes = cell_attributes(scope="Column", columns=columns, rows=rows)
        element = drawing.element("TH", row, attributes=attributes) if row is not None else None
        inset = 0 if centred else _PADDING
        left, width = column.left + inset, column.width - inset + 1
        for each in words:
            y = desk.paragraph(drawing, each, style, x=left, y=y, width=width, element=element, centred=centred)

    for words, column in ((text.exercise, table.exercise), (text.when, table.when)):
        if words is not None and column is not None:
            head((words,), column, (height - line) / 2, first, rows=2 if several else 1, centred=False)
    if several:
        for index, week in enumerate(weeks):
            head((week.column,), table.week(index), 2.5, first, columns=7)
    for own, column in zip(heads, table.days, strict=True):
        head(own, column, 2.5 + line * several, second if several else first)
    return drawing.finish(height)


def _day_head(day: DayText, *, several: bool) -> tuple[str, ...]:
    """What heads a day: "Mo 30" on one line; of several weeks a letter over the number."""
    if day.number is None:
        return (day.letter if several else day.weekday,)
    return (day.letter, day.number) if several else (f"{day.weekday}\u00a0{day.number}",)


# --------------------------------------------------------------------------------------------- rows


def _set_row(row: CalendarRowText, desk: Desk, table: _Table, *, least: float) -> Piece:
    return desk.piece(
        ("calendar row", row, table, round(least, 1)), table.width, lambda: _draw_row(row, desk, table, least=least)
    )


def _draw_row(row: CalendarRowText, desk: Desk, table: _Table, *, least: float) -> Piece:
    """One exercise: its picture, name and dose, then a row of cells for each session."""
    drawing = Drawing(table.width, desk.fonts)
    small = desk.style("small")
    left = table.picture + _PADDING if table.picture else _PADDING
    lines = _set_words(row, desk, table, width=table.exercise.width - left - _PADDING)
    words = sum(len(each) * style.leading for each, style in lines)
    height = max(words + 1.5, len(row.sessions) * _LEAST_SESSION, least)
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
            x, room = table.when.left + _PADDING, table.when.width - _PADDING
            label = session.label or ""
            desk.paragraph(drawing, label, small, x=x, y=top + (each - small.leading) / 2, width=room, element=cell)
        for one, column in zip(session.cells, table.days, strict=True):
            cell = drawing.element("TD", line)
            draw_cells(desk, drawing, (one,), column, top=top, height=each, parent=cell)
    draw_grid(desk, drawing, table.every, width=table.width, bottom=height)
    return drawing.finish(height)


def _set_words(row: CalendarRowText, desk: Desk, table: _Table, *, width: float) -> list[tuple[tuple[Line, ...], TypeStyle]]:
    """The name, the dose, and what to take care of, each with its style."""
    strong, small = desk.style("body" if table.weeks == 1 else "small", bold=True), desk.style("small")
    beside = _MENU_BOX + 4 if row.tick else 0.0
    dose = [*([Span(f"{row.new} ", bold=True)] if row.new else []), Span(row.dose)]
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


def _set_how(text: CalendarText, weeks: Sequence[WeekText], desk: Desk, width: float) -> Piece:
    """How to fill it in; for a single week also how many sessions are planned, with a line to write how many were done."""
    if len(weeks) > 1:
        return set_line(desk, " ".join((text.how, *text.advice)), width)
    planned = weeks[0].planned

    def draw() -> Piece:
        drawing = Drawing(width, desk.fonts)
        style, strong = desk.style("small"), desk.style("small", bold=True)
        needed = measure(planned, desk.fonts, style.size, bold=True) + 2
        left = width - needed - _WRITE
        y = desk.paragraph(drawing, text.how, style, x=0, y=0, width=left - 8, element=drawing.element("P"))
        below = desk.paragraph(drawing, planned, strong, x=left, y=0, width=needed, element=drawing.element("P"))
        drawing.rule(left=left + needed + 3, right=width, y=below - 3, colour=desk.edition.colours.muted)
        return drawing.finish(max(y, below))

    return desk.piece(("calendar how", text.how, planned), width, draw)


def _set_last_rows(text: CalendarText, weeks: Sequence[WeekText], desk: Desk, table: _Table, *, notes: float) -> list[Piece]:
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
    key_notes = ("calendar notes", text.notes, round(notes, 1), table)
    rows.append(desk.piece(key_notes, table.width, lambda: _draw_notes(text.notes.label, cell, desk, table, height=notes)))
    return rows


def _draw_name(desk: Desk, drawing: Drawing, spans: Sequence[Span], table: _Table, *, height: float) -> int:
    """Open a row of the whole table, draw its name in the middle of its height, and return the row's element."""
    row = drawing.element("TR")
    columns = 2 if table.when else 1
    cell = drawing.element("TH", row, attributes=cell_attributes(scope="Row", columns=columns))
    style, width = desk.style("small"), table.named.width - 2 * _PADDING
    lines = desk.set(spans, style, width)
    y = (height - len(lines) * style.leading) / 2
    drawing.lines(lines, x=_PADDING, y=y, size=style.size, leading=style.leading, colour=style.colour, element=cell)
    return row


def _draw_scores(label: str, scale: str, cells: Sequence[CellText], desk: Desk, table: _Table) -> Piece:
    drawing = Drawing(table.width, desk.fonts)
    spans = (Span(f"{label}: ", bold=True), Span(scale))
    lines = desk.set(spans, desk.style("small"), table.named.width - 2 * _PADDING)
    height = max(_SCORE if table.weeks == 1 else _LOW_SCORE, len(lines) * desk.style("small").leading + 4)
    row = _draw_name(desk, drawing, spans, table, height=height)
    for cell, column in zip(cells, table.days, strict=True):
        draw_space(desk, drawing, cell, column, top=0, height=height, parent=drawing.element("TD", row))
    draw_grid(desk, drawing, (table.named, *table.days), width=table.width, bottom=height)
    return drawing.finish(height)


def _draw_planned(label: str, planned: Sequence[str], desk: Desk, table: _Table) -> Piece:
    """How many sessions were planned, and a line to write how many were done, for each week."""
    drawing = Drawing(table.width, desk.fonts)
    style = desk.style("small")
    weeks = [table.week(index) for index in range(len(planned))]
    lines = [desk.set(words, style, column.width - _PADDING) for words, column in zip(planned, weeks, strict=True)]
    height = max(len(each) for each in lines) * style.leading + 4
    row = _draw_name(desk, drawing, (Span(label, bold=True),), table, height=height)
    for each, column in zip(lines, weeks, strict=True):
        cell = drawing.element("TD", row, attributes=cell_attributes(columns=7))
        x = column.left + _PADDING
        bottom = drawing.lines(each, x=x, y=3, size=style.size, leading=style.leading, colour=style.colour, element=cell)
        start = x + each[-1].width + 3
        if start + LARGEST_BOX < column.right:
            right = min(column.right - _PADDING, start + 60)
            drawing.rule(left=start, right=right, y=bottom - 1, colour=desk.edition.colours.muted)
    draw_grid(desk, drawing, (table.named, *weeks), width=table.width, bottom=height)
    return drawing.finish(height)


def _draw_notes(label: str, cell: CellText, desk: Desk, table: _Table, *, height: float) -> Piece:
    drawing = Drawing(table.width, desk.fonts)
    row = _draw_name(desk, drawing, (Span(label, bold=True),), table, height=height)
    every = spanned(table.days)
    td = drawing.element("TD", row, attributes=cell_attributes(columns=len(table.days)))
    draw_space(desk, drawing, cell, every, top=0, height=height, parent=td)
    draw_grid(desk, drawing, (table.named, every), width=table.width, bottom=height)
    return drawing.finish(height)
