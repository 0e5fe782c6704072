"""The diary: an upright page with a row a day, and what to do next by where the pain went."""

from __future__ import annotations

from collections.abc import Callable

from handouts.document import Bookmark, Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.flow import PieceFlowable, Recording, TableRowFlowable, flow
from handouts.pages.parts import Part, Room
from handouts.pages.setting import Span, measure
from handouts.pages.standing_alone import set_line, set_page_head, set_signs
from handouts.pages.tables import Column, cell_attributes, draw_cells, draw_grid, draw_space, lay_columns
from handouts.texts import DiaryRowText, DiaryText, SignsText

_ROW, _TALLEST_ROW = 22.0, 30.0
_PAD = 6.0
_SIGN = 15.0
_GAP = 6.0
_MOST_ROWS = 14
"""Rows that a page should hold; more go on to the next one."""


def place_diary(text: DiaryText, signs: SignsText, desk: Desk, room: Room, *, opens: bool) -> Part:
    """The pages of the diary. Raises as `place_calendar` does."""
    width = room.width
    columns = _lay_columns(text, desk, width)
    head = set_page_head(desk, text.head, text.heading, width, write_in=False, opens=opens, again=False)
    how = set_line(desk, text.how, width)
    rule = desk.piece(("diary rule", text.rule_heading, text.rule), width, lambda: _draw_rule(text, desk, width))
    _, boxes = set_signs(desk, signs, width)
    header = _set_header(text, desk, columns, width, repeated=False)
    again = _set_header(text, desk, columns, width, repeated=True)
    fixed = sum(piece.height for piece in (head, how, rule, boxes, header)) + 4 * _GAP
    tall = max(_ROW, min(_TALLEST_ROW, (room.height - fixed) / max(1, min(len(text.rows), _MOST_ROWS))))
    rows = [
        desk.piece(("diary row", row, text.score is None, round(tall, 1)), width, _row(row, desk, columns, width, tall))
        for row in text.rows
    ]

    def tell(recording: Recording, _height: float) -> list[PieceFlowable]:
        section = recording.node("Sect", title=text.heading)
        recording.bookmarks.append(Bookmark(title=text.heading, page=0, top=room.paper.height - room.first[0].top))
        safety, days = recording.node("Sect"), recording.node("Sect")
        table = recording.node("Table", days)
        body = [
            PieceFlowable(header, table, keep_with_next=True),
            *(TableRowFlowable(piece, table, again) for piece in rows),
        ]
        return [
            PieceFlowable(head, section, gap=2),
            PieceFlowable(rule, section, gap=_GAP),
            PieceFlowable(boxes, safety, gap=_GAP),
            PieceFlowable(how, days, gap=2, keep_with_next=True),
            *body,
        ]

    return Part(recording=flow(tell, paper=room.paper, first=room.first, following=room.following), room=room)


def _lay_columns(text: DiaryText, desk: Desk, width: float) -> tuple[Column, ...]:
    """Day, done, what is rated, a column a place, notes."""
    size = desk.edition.type.small

    def needed(words: str, least: float = 0.0) -> float:
        return max(least, measure(words, desk.fonts, size, bold=True) + _PAD)

    days = [measure(f"{row.number}.  {row.day or ''}", desk.fonts, size) + _PAD for row in text.rows]
    most = max(len(row.done) for row in text.rows)
    widths = [
        max(needed(text.day, 78.0), *days),
        needed(text.done, 22.0 * most + 8),
        *((needed(text.score, 34.0),) if text.score else ()),
        *(needed(place, 40.0) for place in text.places),
    ]
    return lay_columns(*widths, max(40.0, width - sum(widths)))


def _set_header(text: DiaryText, desk: Desk, columns: tuple[Column, ...], width: float, *, repeated: bool) -> Piece:
    words = (text.day, text.done, text.score, text.places, text.notes)
    return desk.piece(
        ("diary header", words, repeated), width, lambda: _draw_header(text, desk, columns, width, tagged=not repeated)
    )


def _draw_header(text: DiaryText, desk: Desk, columns: tuple[Column, ...], width: float, *, tagged: bool) -> Piece:
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    style = desk.style("small", bold=True, colour=colours.on_accent)
    heads = [text.day, text.done, *([text.score] if text.score else []), *text.places, text.notes]
    lines = [desk.set(words, style, column.width - 4) for words, column in zip(heads, columns, strict=True)]
    height = max(len(each) for each in lines) * style.leading + 5
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=colours.accent)
    row = drawing.element("TR") if tagged else None
    for each, column in zip(lines, columns, strict=True):
        element = drawing.element("TH", row, attributes=cell_attributes(scope="Column")) if row is not None else None
        y = (height - len(each) * style.leading) / 2
        drawing.lines(each, x=column.left + 3, y=y, size=style.size, leading=style.leading, colour=style.colour, element=element)
    return drawing.finish(height)


def _row(row: DiaryRowText, desk: Desk, columns: tuple[Column, ...], width: float, height: float) -> Callable[[], Piece]:
    def draw() -> Piece:
        drawing = Drawing(width, desk.fonts)
        style = desk.style("small")
        element = drawing.element("TR")
        name = drawing.element("TH", element, attributes=cell_attributes(scope="Row"))
        words = [Span(f"{row.number}. ", bold=True), *([Span(row.day)] if row.day else [])]
        y = (height - style.leading) / 2
        desk.paragraph(drawing, words, style, x=3, y=y, width=columns[0].width, element=name)
        if row.day is None:
            drawing.rule(left=24, right=columns[0].right - 6, y=height - 6, colour=desk.edition.colours.muted)
        rest = iter(columns[1:])
        draw_cells(desk, drawing, row.done, next(rest), top=0, height=height, parent=drawing.element("TD", element))
        if row.score is not None:
            draw_space(desk, drawing, row.score, next(rest), top=0, height=height, parent=drawing.element("TD", element))
        for place in row.places:
            draw_cells(desk, drawing, (place,), next(rest), top=0, height=height, parent=drawing.element("TD", element))
        draw_space(desk, drawing, row.notes, next(rest), top=0, height=height, parent=drawing.element("TD", element))
        draw_grid(desk, drawing, columns, width=width, bottom=height)
        return drawing.finish(height)

    return draw


def _draw_rule(text: DiaryText, desk: Desk, width: float) -> Piece:
    """What to do next: three lights, told apart by shape as well as by colour."""
    drawing = Drawing(width, desk.fonts)
    colours, padding = desk.edition.colours, desk.edition.spacing.padding
    heading, style = desk.style("small", bold=True), desk.style("small")
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
            drawing, number, x=padding, y=y + (style.leading - _SIGN) / 2, colours=(colours.accent, colours.text, colours.urgent)
        )
        y = drawing.lines(
            each, x=padding + _SIGN + 8, y=y, size=style.size, leading=style.leading, colour=style.colour,
            element=drawing.element("P", section),
        ) + 2  # fmt: skip
    return drawing.finish(height)


def _draw_light(drawing: Drawing, number: int, *, x: float, y: float, colours: tuple[str, str, str]) -> None:
    """A disc to go on, a half disc's square half to do half, an octagon to stop."""
    size, colour = _SIGN, colours[number]
    if number == 0:
        drawing.disc(x=x + size / 2, y=y + size / 2, radius=size / 2, fill=colour)
    elif number == 1:
        drawing.rectangle(left=x + 0.6, top=y + 0.6, width=size - 1.2, height=size - 1.2, stroke=colour, line_width=1.2)
        drawing.rectangle(left=x + 0.6, top=y + size / 2, width=size - 1.2, height=size / 2 - 0.6, fill=colour)
    else:
        cut = size * 0.29
        corners = (
            (cut, 0),
            (size - cut, 0),
            (size, cut),
            (size, size - cut),
            (size - cut, size),
            (cut, size),
            (0, size - cut),
            (0, cut),
        )
        drawing.polygon([(x + across, y + down) for across, down in corners], colour)
