"""The weekly calendar: landscape pages, days across and exercises down, a box for each day and session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.document import Piece
from handouts.pages.calendar_columns import CalendarColumns, count_fitting_weeks, lay_calendar, set_calendar_header
from handouts.pages.calendar_rows import row_height, set_last_rows, set_row
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.parts import Part, Room
from handouts.pages.setting import measure
from handouts.pages.standing_alone import set_line, set_page_head, set_running_head, set_signs
from handouts.pages.standing_page import StandingPage, place_page
from handouts.pages.tables import whole_tenths
from handouts.texts import CalendarRowText, CalendarText, SignsText, WeekText

_GAP = 2.0
_EASY_ROW, _TALLEST_ROW = 46.0, 72.0
_NOTES, _LOW_NOTES, _TALLEST_NOTES = 19.0, 17.0, 84.0
_OF_ROWS = 0.75
"""The share of the room that is left which goes to rows; the rest goes to notes."""

_WRITE = 44.0
"""Points of a line to write a number on."""


def place_calendar(text: CalendarText, signs: SignsText, desk: Desk, room: Room, *, opens: bool) -> list[Part]:
    """The sheets of the calendar, a part each: a week each, or as many weeks as fit beside each other.

    `opens`: the calendar opens the document, so its title is the first heading.

    Raises:
        MissingGlyphError: a character that no font has.
        TooTallError: a row is taller than a page.

    """
    most = count_fitting_weeks(text, desk, room.width) if text.one_page else 1
    sheets = -(-len(text.weeks) // most)
    size = -(-len(text.weeks) // sheets)
    chosen = [text.weeks[start : start + size] for start in range(0, len(text.weeks), size)]
    return [
        Part(
            recording=place_page(_set_sheet(text, weeks, signs, desk, room, opens=opens and not number, again=number > 0), room),
            room=room,
        )
        for number, weeks in enumerate(chosen)
    ]


def _set_sheet(
    text: CalendarText, weeks: Sequence[WeekText], signs: SignsText, desk: Desk, room: Room, *, opens: bool, again: bool
) -> StandingPage:
    """One sheet: head, table, what counts below it, the boxes. What room is left makes rows and notes taller."""
    width = room.width
    table = lay_calendar(text, weeks, desk, width)
    heading = weeks[0].heading if len(weeks) == 1 else _word_range(text, weeks)
    below = [set_line(desk, " ".join(words), width)] if (words := _words_below(text, weeks)) else []
    page = StandingPage(
        heading=heading,
        head=set_page_head(desk, text.head, heading, width, write_in=weeks[0].write_in, opens=opens, again=again),
        how=_set_how(text, weeks, desk, width),
        header=set_calendar_header(text, weeks, desk, table, repeated=False),
        running=(
            set_running_head(desk, _word_running(text, weeks, heading), signs.again, width),
            set_calendar_header(text, weeks, desk, table, repeated=True),
        ),
        rows=(),
        below=tuple(below),
        signs=set_signs(desk, signs, width),
        numbers=set_line(desk, signs.overleaf, width),
        gap=_GAP,
    )
    return _fill_page(page, text, weeks, desk, table, room)


def _fill_page(
    page: StandingPage, text: CalendarText, weeks: Sequence[WeekText], desk: Desk, table: CalendarColumns, room: Room
) -> StandingPage:
    """The page with its rows: as tall as one page lets them be, or easy to read on several.

    Where the table fits on a page without the boxes, they follow on the next one, and the numbers to call stand below it.
    """
    rows = _join_weeks(weeks)
    notes = _NOTES if len(weeks) == 1 else _LOW_NOTES
    heights = [row_height(row, desk, table) for row in rows]
    last = sum(piece.height for piece in set_last_rows(text, weeks, desk, table, notes=notes))
    spare = room.height - page.height - sum(heights) - last
    if spare < 0:
        spare += sum(piece.height + page.gap for piece in page.signs) - page.numbers.height - page.gap
        if spare < 0:
            easy = [set_row(row, desk, table, least=_EASY_ROW) for row in rows]
            return replace(page, rows=(*easy, *set_last_rows(text, weeks, desk, table, notes=_TALLEST_NOTES)), signs_first=True)
        page = replace(page, below=(*page.below, page.numbers))
    least = whole_tenths(_grow_rows(heights, spare * _OF_ROWS))
    grown = [set_row(row, desk, table, least=least) for row in rows]
    spare -= sum(piece.height for piece in grown) - sum(heights)
    notes = min(_TALLEST_NOTES, whole_tenths(notes + spare))
    return replace(page, rows=(*grown, *set_last_rows(text, weeks, desk, table, notes=notes)))


def _words_below(text: CalendarText, weeks: Sequence[WeekText]) -> list[str]:
    """The steps to come (a single week's own stand in its rows), when to go on, and the advice, which of several stands above."""
    first = weeks[0].number + (1 if len(weeks) == 1 else 0)
    steps = [words for week, words in text.progression if week >= first]
    return [*steps, *([text.rule] if text.rule else []), *(text.advice if len(weeks) == 1 else ())]


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


def _word_running(text: CalendarText, weeks: Sequence[WeekText], heading: str) -> str:
    """What heads a page that goes on: the weeks by number, where their dates are written in by hand on the first page only."""
    if not weeks[0].write_in:
        return f"{text.head.title}, {heading}"
    return ", ".join((text.head.title, *(week.column for week in weeks if len(text.weeks) > 1)))


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
