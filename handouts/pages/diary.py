"""The diary: an upright page with a row a day, and what to do next by where the pain went."""

from __future__ import annotations

from dataclasses import replace

from handouts.document import Piece
from handouts.pages.boxes import draw_warning_sign
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.flow import TooTallError
from handouts.pages.parts import Part, Room
from handouts.pages.setting import Span, measure
from handouts.pages.standing_alone import set_line, set_page_head, set_running_head, set_signs
from handouts.pages.standing_page import StandingPage, place_page
from handouts.pages.tables import (
    Column,
    cell_attributes,
    draw_cells,
    draw_grid,
    draw_header_row,
    draw_space,
    lay_columns,
    whole_tenths,
)
from handouts.texts import DiaryRowText, DiaryText, SignsText

_GAP = 3.0  # boxes here follow boxes: their edges must not run together
_ROW, _TALLEST_ROW, _ABOVE_AND_BELOW = 17.0, 30.0, 2.5
_PAD, _ROUNDING = 6.0, 0.5
_SIGN = 15.0
_LEAST_NOTES, _EASY_BOX = 40.0, 14.0
_MOST_ROWS = 14
"""Rows that a page should hold; more go on to the next one."""


def is_too_wide(text: DiaryText, desk: Desk, width: float) -> bool:
    """Whether so many points are too few for the table with room for notes; then the page is turned."""
    return _try_columns(text, desk, width, whole=False)[-1] < _least_notes(text, desk) - _ROUNDING


def place_diary(text: DiaryText, signs: SignsText, desk: Desk, room: Room, *, opens: bool) -> Part:
    """The pages of the diary. Raises as `place_calendar` does."""
    width = room.width
    columns = _lay_columns(text, desk, width)
    rule = desk.piece(("diary rule", text.rule_heading, text.rule), width, lambda: _draw_rule(text, desk, width))
    _, boxes = set_signs(desk, signs, width)
    page = StandingPage(
        heading=text.heading,
        head=set_page_head(desk, text.head, text.heading, width, write_in=False, opens=opens, again=False),
        how=set_line(desk, text.how, width),
        header=_set_header(text, desk, columns, width, repeated=False),
        running=(
            set_running_head(desk, f"{text.head.title}, {text.heading}", signs.again, width),
            _set_header(text, desk, columns, width, repeated=True),
        ),
        rows=(),
        below=(),
        signs=(rule, boxes),
        numbers=set_line(desk, signs.overleaf, width),
        gap=_GAP,
        signs_first=True,
    )
    shared = (room.height - page.height) / min(len(text.rows), _MOST_ROWS)
    least = max(_ROW, desk.style("small").leading + _ABOVE_AND_BELOW, _row_needed(text, columns))
    height = whole_tenths(max(least, min(_TALLEST_ROW, shared)))
    rows = tuple(_set_row(row, desk, columns, width, height=height) for row in text.rows)
    return Part(recording=place_page(replace(page, rows=rows), room), room=room)


def _row_needed(text: DiaryText, columns: tuple[Column, ...]) -> float:
    """The height of a row that holds the boxes of the fullest day at a size to tick."""
    most = max(len(row.done) for row in text.rows)
    across = max(1, int((columns[1].width - 3) // (_EASY_BOX + 3)))
    return -(-most // across) * (_EASY_BOX + 2) + 4 if most > across else _ROW


def _lay_columns(text: DiaryText, desk: Desk, width: float) -> tuple[Column, ...]:
    """Day, done, what is rated, a column a place, and notes where there is room for them; heads on one line if they can be.

    Raises:
        TooTallError: the table is too wide for the page.

    """
    tried = [_try_columns(text, desk, width, whole=whole) for whole in (True, False)]
    with_notes = [widths for widths in tried if widths[-1] >= _least_notes(text, desk) - _ROUNDING]
    if with_notes:
        return lay_columns(*with_notes[0])
    first, *rest, spare = tried[-1]
    if spare < -0.5:
        raise TooTallError("the table of the diary")
    return lay_columns(first + spare, *rest)


def _least_notes(text: DiaryText, desk: Desk) -> float:
    """The least width of a column for notes, which its head fits."""
    return max(_LEAST_NOTES, measure(text.notes, desk.fonts, desk.edition.type.small, bold=True) + _PAD)


def _try_columns(text: DiaryText, desk: Desk, width: float, *, whole: bool) -> list[float]:
    """The widths of the columns, with what is left for notes last; `whole`: heads are not broken at their blanks."""
    size = desk.edition.type.small

    def needed(words: str, least: float = 0.0) -> float:
        parts = [words] if whole else words.split(" ")
        return max(least, *(measure(part, desk.fonts, size, bold=True) + _PAD for part in parts))

    days = [measure(f"{row.number}.  {row.day or ''}", desk.fonts, size) + _PAD for row in text.rows]
    most = max(len(row.done) for row in text.rows)
    before, after = max(needed(text.day, 78.0), *days), [needed(place, 40.0) for place in text.places]
    if text.score:
        after.insert(0, needed(text.score, 34.0))
    wanted, least, left = 22.0 * most + 8, needed(text.done), width - before - sum(after) - _least_notes(text, desk)
    done = min(max(least, wanted), max(least, left))
    return [before, done, *after, width - before - done - sum(after)]


def _set_header(text: DiaryText, desk: Desk, columns: tuple[Column, ...], width: float, *, repeated: bool) -> Piece:
    words = [text.day, text.done, *([text.score] if text.score else []), *text.places, text.notes][: len(columns)]

    def draw() -> Piece:
        return draw_header_row(desk, words, columns, width, tagged=not repeated, centred=False)

    return desk.piece(("diary header", tuple(words), columns, repeated), width, draw)


def _set_row(row: DiaryRowText, desk: Desk, columns: tuple[Column, ...], width: float, *, height: float) -> Piece:
    key = ("diary row", row, columns, height)
    return desk.piece(key, width, lambda: _draw_row(row, desk, columns, width, height=height))


def _draw_row(row: DiaryRowText, desk: Desk, columns: tuple[Column, ...], width: float, *, height: float) -> Piece:
    drawing = Drawing(width, desk.fonts)
    style = desk.style("small")
    element = drawing.element("TR")
    name = drawing.element("TH", element, attributes=cell_attributes(scope="Row"))
    words = [Span(f"{row.number}. ", bold=True), *([Span(row.day)] if row.day else [])]
    y = (height - style.leading) / 2
    desk.paragraph(drawing, words, style, x=3, y=y, width=columns[0].width, element=name)
    if row.day is None:
        numbered = measure("00. ", desk.fonts, style.size, bold=True) + 5
        drawing.rule(left=numbered, right=columns[0].right - 6, y=height - 6, colour=desk.edition.colours.muted)
    rest = iter(columns[1:])
    draw_cells(desk, drawing, row.done, next(rest), top=0, height=height, parent=drawing.element("TD", element))
    if row.score is not None:
        draw_space(desk, drawing, row.score, next(rest), top=0, height=height, parent=drawing.element("TD", element))
    for place in row.places:
        draw_cells(desk, drawing, (place,), next(rest), top=0, height=height, parent=drawing.element("TD", element))
    for column in rest:
        draw_space(desk, drawing, row.notes, column, top=0, height=height, parent=drawing.element("TD", element))
    draw_grid(desk, drawing, columns, width=width, bottom=height)
    return drawing.finish(height)


def _draw_rule(text: DiaryText, desk: Desk, width: float) -> Piece:
    """What to do next: five lights, told apart by shape as well as by colour."""
    drawing = Drawing(width, desk.fonts)
    colours, padding = desk.edition.colours, desk.edition.spacing.padding
    heading, style = desk.heading("small"), desk.style("small")
    inner = width - 2 * padding - _SIGN - 8
    spans = [(Span(f"{light.label}: ", bold=True), Span(light.value or "")) for light in text.rule]
    lines = [desk.set(each, style, inner) for each in spans]
    height = heading.leading + sum(len(each) * style.leading + 4 for each in lines) + padding
    drawing.frame(width, height, line_width=1.2, stroke=colours.text, fill=colours.panel)
    section = drawing.element("Sect")
    y = desk.paragraph(
        drawing, text.rule_heading, heading, x=padding, y=padding / 2, width=width, element=drawing.element("H2", section)
    )
    for number, each in enumerate(lines):
        y += 2
        _draw_light(
            drawing,
            number,
            x=padding,
            y=y + (style.leading - _SIGN) / 2,
            colours=(colours.accent, colours.text, colours.urgent),
            on=colours.on_urgent,
        )
        y = drawing.lines(
            each, x=padding + _SIGN + 8, y=y, size=style.size, leading=style.leading, colour=style.colour,
            element=drawing.element("P", section),
        ) + 2  # fmt: skip
    return drawing.finish(height)


def _draw_light(drawing: Drawing, number: int, *, x: float, y: float, colours: tuple[str, str, str], on: str) -> None:
    """The sign of one light.

    A disc with a tick to carry on, a half filled square to do half, a disc with a bar to leave one exercise out, an octagon with
    a bar to stop and call, a warning sign for help.
    """
    size, colour = _SIGN, colours[(0, 1, 1, 2, 2)[number]]
    if number == 0:
        drawing.disc(x=x + size / 2, y=y + size / 2, radius=size / 2, fill=colour)
        tick = ((0.22, 0.5), (0.32, 0.4), (0.43, 0.52), (0.69, 0.25), (0.8, 0.35), (0.43, 0.74))
        drawing.polygon([(x + across * size, y + down * size) for across, down in tick], on)
    elif number == 1:
        drawing.rectangle(left=x + 0.6, top=y + 0.6, width=size - 1.2, height=size - 1.2, stroke=colour, line_width=1.2)
        drawing.rectangle(left=x + 0.6, top=y + size / 2, width=size - 1.2, height=size / 2 - 0.6, fill=colour)
    elif number == 2:
        drawing.disc(x=x + size / 2, y=y + size / 2, radius=size / 2, fill=colour)
        drawing.rectangle(left=x + size * 0.2, top=y + size * 0.42, width=size * 0.6, height=size * 0.16, fill=on)
    elif number == 3:
        cut = size * 0.29
        corners = (
            (cut, 0), (size - cut, 0), (size, cut), (size, size - cut),
            (size - cut, size), (cut, size), (0, size - cut), (0, cut),
        )  # fmt: skip
        drawing.polygon([(x + across, y + down) for across, down in corners], colour)
        drawing.rectangle(left=x + size * 0.2, top=y + size * 0.42, width=size * 0.6, height=size * 0.16, fill=on)
    else:
        draw_warning_sign(drawing, x=x, y=y, size=size, colour=colour, mark=on)
