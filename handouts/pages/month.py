"""The month view: landscape pages with the days of the plan in rows of a week, a box for each session."""

from __future__ import annotations

from dataclasses import replace

from handouts.document import Piece
from handouts.pages.boxes import draw_numbered_box
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.parts import Part, Room
from handouts.pages.setting import measure
from handouts.pages.standing_alone import set_line, set_page_head, set_running_head, set_signs
from handouts.pages.standing_page import StandingPage, place_page
from handouts.pages.tables import Column, draw_cells, draw_grid, draw_header_row, lay_columns, whole_tenths
from handouts.texts import BoxText, MonthDayText, MonthSheetText, MonthText, SignsText

_GAP = 3.0  # boxes here follow boxes: their edges must not run together
_LEAST_WEEK, _TALLEST_WEEK = 27.0, 62.0
_BOXES_ACROSS, _EASY_BOX = 3, 14.0
_COLUMNS = 3
_NUMBER = 26.0
"""Points at the left of a day for its number."""


def place_month(text: MonthText, signs: SignsText, desk: Desk, room: Room, *, opens: bool) -> list[Part]:
    """The sheets of the month view, a part each. Raises as `place_calendar` does."""
    sheets = [
        _set_sheet(text, sheet, signs, desk, room, opens=opens and not number, again=number > 0)
        for number, sheet in enumerate(text.sheets)
    ]
    return [Part(recording=place_page(sheet, room), room=room) for sheet in sheets]


def _set_sheet(
    text: MonthText, sheet: MonthSheetText, signs: SignsText, desk: Desk, room: Room, *, opens: bool, again: bool
) -> StandingPage:
    width = room.width
    columns = lay_columns(*([width / 7] * 7))
    box = BoxText(heading=text.plan_heading, items=text.plan)
    plan = desk.piece(("month plan", box), width, lambda: draw_numbered_box(desk, box, width, columns=_COLUMNS))
    page = StandingPage(
        heading=sheet.heading,
        head=set_page_head(desk, text.head, sheet.heading, width, write_in=False, opens=opens, again=again),
        how=set_line(desk, " ".join(part for part in (text.how, text.planned) if part), width),
        header=_set_header(text, desk, columns, width, repeated=False),
        running=(
            set_running_head(desk, f"{text.head.title}, {sheet.heading}", signs.again, width),
            _set_header(text, desk, columns, width, repeated=True),
        ),
        rows=(),
        below=(plan, set_line(desk, " ".join((*text.progression, *text.advice)), width)),
        signs=set_signs(desk, signs, width),
        numbers=set_line(desk, signs.overleaf, width),
        gap=_GAP,
    )
    tall = (room.height - page.height) / len(sheet.weeks)
    least = _week_needed(sheet)
    height = whole_tenths(max(least, min(_TALLEST_WEEK, tall)))
    rows = tuple(_set_week(week, desk, columns, width, height=height) for week in sheet.weeks)
    return replace(page, rows=rows, signs_first=tall < least)


def _week_needed(sheet: MonthSheetText) -> float:
    """The height of a week that holds the boxes of the fullest day."""
    most = max(len(day.boxes) for week in sheet.weeks for day in week)
    return max(_LEAST_WEEK, -(-most // _BOXES_ACROSS) * (_EASY_BOX + 3) + 4)


def _set_header(text: MonthText, desk: Desk, columns: tuple[Column, ...], width: float, *, repeated: bool) -> Piece:
    def draw() -> Piece:
        return draw_header_row(desk, text.weekdays, columns, width, tagged=not repeated, centred=True)

    return desk.piece(("month header", text.weekdays, columns, repeated), width, draw)


def _set_week(week: tuple[MonthDayText, ...], desk: Desk, columns: tuple[Column, ...], width: float, *, height: float) -> Piece:
    key = ("month week", week, columns, height)
    return desk.piece(key, width, lambda: _draw_week(week, desk, columns, width, height=height))


def _draw_week(week: tuple[MonthDayText, ...], desk: Desk, columns: tuple[Column, ...], width: float, *, height: float) -> Piece:
    drawing = Drawing(width, desk.fonts)
    row = drawing.element("TR")
    style = desk.style("small", bold=True)
    number = (
        _NUMBER + measure("00\u00a0Mmm", desk.fonts, style.size, bold=True) - measure("00", desk.fonts, style.size, bold=True)
    )
    for day, column in zip(week, columns, strict=True):
        _draw_day(day, desk, drawing, column, height=height, row=row, number=min(number, column.width / 2))
    draw_grid(desk, drawing, columns, width=width, bottom=height)
    return drawing.finish(height)


def _draw_day(day: MonthDayText, desk: Desk, drawing: Drawing, column: Column, *, height: float, row: int, number: float) -> None:
    """The number at the left, `number` points kept for it, the boxes in what is left; stripes lie under all of a rest day."""
    colours = desk.edition.colours
    cell = drawing.element("TD", row)
    style = desk.style("small", bold=day.state == "box", colour=colours.text if day.state != "outside" else colours.muted)
    if day.state == "rest":
        draw_cells(desk, drawing, day.boxes, column, top=0, height=height, parent=cell)
    if day.number is not None:
        wide = measure(day.number, desk.fonts, style.size, bold=style.bold) + 6
        if day.state == "rest":
            drawing.rectangle(left=column.left + 1, top=1, width=wide, height=style.leading + 2, fill="#ffffff")
        desk.paragraph(drawing, day.number, style, x=column.left + 4, y=2, width=wide, element=drawing.element("P", cell))
    else:
        drawing.rule(left=column.left + 4, right=column.left + _NUMBER, y=min(height - 5, 19), colour=colours.muted)
    if day.state != "rest":
        room = Column(left=column.left + number, width=column.width - number - 4)
        draw_cells(desk, drawing, day.boxes, room, top=0, height=height, parent=cell)
