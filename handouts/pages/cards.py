"""The exercise card: a keep-together stack of pieces beside its pictures."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from handouts.document import Box, Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.figures import Figure, placing_matrix
from handouts.pages.setting import Span, measure
from handouts.texts import CardText, FieldText, PictureText, TickText

_TALL = 1.0
"""Pictures whose mean height is more than this share of their width stand side by side instead of one above the other."""

_BETWEEN, _BELOW = 8.0, 5.0
"""Points between pictures side by side, and below a caption."""

_NARROWEST = 127.6
"""Pictures are never set narrower (or, side by side, lower) than 45 mm to save room."""

_TICKS_ALONE = 300.0
"""Widest row of tick boxes on a card without pictures."""

_BETWEEN_WEEKS = 12.0
"""Points between the boxes of two weeks in a row."""

TICKS_GAP = 6.0
"""Points above the tick boxes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPiece:
    """One piece of a card's text column; steps hang below the list of steps."""

    piece: Piece
    in_steps: bool = False
    gap: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card ready to place: its head and pictures (each also as an artifact, for a continued card) and its text."""

    name: str
    head: Piece
    head_again: Piece
    pictures: Piece | None
    pictures_again: Piece | None
    column: tuple[CardPiece, ...]
    ticks: Piece | None
    ticks_below_pictures: bool
    text_x: float


def set_card(desk: Desk, card: CardText, width: float, share: float) -> Card:
    """All pieces of one exercise card, `width` points wide, its picture column taking `share` of it.

    Raises:
        MissingGlyphError: a character that no font has.

    """
    figures = tuple((picture, figure) for picture in card.pictures if (figure := desk.figure(picture.figure)) is not None)
    picture_width = width * share if figures else 0.0
    text_x = picture_width + desk.edition.spacing.column_gap if figures else 0.0
    column = tuple(_set_column(desk, card, width - text_x))
    text_height = sum(part.piece.height + part.gap for part in column)
    ticks = _set_ticks(desk, card.ticks, picture_width or min(width, _TICKS_ALONE)) if card.ticks else None
    beside_text = text_height - (ticks.height + TICKS_GAP if ticks else 0.0)
    below_pictures = (
        bool(figures)
        and _fits(figures, picture_width, beside_text, desk)
        and (card.ticks is None or _ticks_fit(desk, card.ticks, picture_width))
    )
    if ticks is not None and figures and not below_pictures:
        ticks = _set_ticks(desk, card.ticks, width - text_x) if card.ticks else None
    height = beside_text if below_pictures else text_height + (ticks.height + TICKS_GAP if ticks else 0.0)
    shown = (tuple(picture for picture, _ in figures), round(picture_width, 2), round(height, 2))

    def pictures(*, tagged: bool) -> Piece | None:
        if not figures:
            return None
        key = ("pictures", shown, tagged)
        return desk.piece(key, lambda: draw_pictures(desk, figures, picture_width, height, tagged=tagged))

    def head(name: str, *, tagged: bool) -> Piece:
        key = ("head", card.number, name, tagged)
        return desk.piece(key, lambda: draw_head(desk, card.number, name, width, tagged=tagged))

    return Card(
        name=card.name,
        head=head(card.name, tagged=True),
        head_again=head(card.continued, tagged=False),
        pictures=pictures(tagged=True),
        pictures_again=pictures(tagged=False),
        column=column,
        ticks=ticks,
        ticks_below_pictures=below_pictures,
        text_x=text_x,
    )


def _set_column(desk: Desk, card: CardText, width: float) -> Iterator[CardPiece]:
    """The pieces of the text column, in reading order."""

    def remember(content: Hashable, gap: float, draw: Callable[[], Piece], *, in_steps: bool = False) -> CardPiece:
        return CardPiece(piece=desk.piece((content, round(width, 2)), draw), gap=gap, in_steps=in_steps)

    dose = (card.dose, card.total, card.how_often)
    yield remember(("dose", dose), 5, lambda: draw_dose(desk, card, width))
    for number, step in enumerate(card.steps, start=1):
        yield remember(("step", number, step), 2, partial(draw_step, desk, number, step, width), in_steps=True)
    if card.change_sides:
        change = FieldText(label=card.change_sides, value="")
        yield remember(("line", change), 2.5, partial(draw_line, desk, change, width))
    for item in (card.feel, card.breathing):
        if item is not None:
            yield remember(("line", item), 2.5, partial(draw_line, desk, item, width))
    if card.advice is not None:
        draw = partial(draw_advice, desk, card.advice, width, is_caution=card.advice_is_caution)
        yield remember(("advice", card.advice, card.advice_is_caution), 4, draw)
    if card.note is not None:
        yield remember(("note", card.note), 4, partial(draw_note, desk, card.note, width))


def _set_ticks(desk: Desk, ticks: TickText, width: float) -> Piece:
    return desk.piece(("ticks", ticks, round(width, 2)), lambda: draw_ticks(desk, ticks, width))


def draw_head(desk: Desk, number: int, name: str, width: float, *, tagged: bool) -> Piece:
    """The number in a disc and the name, on a tinted bar."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    style = desk.style("card_name", bold=True)
    left = style.size * 1.9
    lines = desk.set(name, style, width - left - 8)
    height = len(lines) * style.leading + 5
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=colours.panel)
    drawing.rectangle(left=0, top=0, width=left - 6, height=height, fill=colours.accent)
    heading = drawing.element("H2") if tagged else None
    digits = desk.style("card_name", bold=True, colour=colours.on_accent)
    desk.paragraph(drawing, f"{number}", digits, x=0, y=2.5, width=left - 6, element=heading, centred=True)
    drawing.lines(lines, x=left + 2, y=2.5, size=style.size, leading=style.leading, colour=style.colour, element=heading)
    return drawing.finish(height)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrangement:
    """How the pictures of a card stand: side by side or one above the other, at one scale (points a millimetre of body)."""

    beside: bool
    scale: float
    widest: float  # the widest picture in points
    height: float  # of all of it, with captions


def _arrange(figures: Sequence[tuple[PictureText, Figure]], width: float, height: float, desk: Desk) -> _Arrangement:
    """The largest pictures that fit the width, the height beside the text, and the edition's tallest."""
    drawn = [figure for _, figure in figures]
    beside = len(drawn) <= 3 and sum(f.inked for f in drawn) > _TALL * sum(f.width for f in drawn)
    caption = desk.style("small").leading + 1
    if beside:
        room, wide = width - _BETWEEN * (len(drawn) - 1), sum(f.width for f in drawn)
        tall, gaps, tallest = max(f.inked for f in drawn), caption, 2 * desk.edition.pictures.tallest
    else:
        room, wide = width, max(f.width for f in drawn)
        tall, gaps = sum(f.inked for f in drawn), caption * len(drawn) + _BELOW * (len(drawn) - 1)
        tallest = desk.edition.pictures.tallest * tall / max(f.inked for f in drawn)
    least = _NARROWEST / max(f.width for f in drawn) if not beside else _NARROWEST / max(f.inked for f in drawn)
    scale = min(room / wide, max(least, min(tallest, height - gaps) / tall))
    return _Arrangement(beside=beside, scale=scale, widest=max(f.width for f in drawn) * scale, height=tall * scale + gaps)


def _fits(figures: Sequence[tuple[PictureText, Figure]], width: float, height: float, desk: Desk) -> bool:
    return _arrange(figures, width, height, desk).height <= height + 0.5


def draw_pictures(
    desk: Desk, figures: tuple[tuple[PictureText, Figure], ...], width: float, height: float, *, tagged: bool
) -> Piece:
    """The pictures at one scale, each with its caption: tall ones side by side, wide ones one above the other."""
    drawing = Drawing(width, desk.fonts)
    arranged = _arrange(figures, width, height, desk)
    beside, scale = arranged.beside, arranged.scale
    row = max(f.inked for _, f in figures) * scale
    x = (width - sum(f.width for _, f in figures) * scale - _BETWEEN * (len(figures) - 1)) / 2
    y = bottom = 0.0
    for text, figure in figures:
        drawn, inked = figure.width * scale, figure.inked * scale
        left = x if beside else (width - drawn) / 2
        base = row if beside else y + inked
        box = Box(left=left, bottom=-base, right=left + drawn, top=-(base - inked))
        element = drawing.element("Figure", alt=text.alt, box=box) if tagged else None
        matrix = placing_matrix(figure, left=left, bottom=-base, scale=scale, mirrored=text.mirrored)
        drawing.form(desk.form_of(figure), matrix, element)
        caption = drawing.element("P") if tagged else None
        start, room = (left - _BETWEEN / 2, drawn + _BETWEEN) if beside else (0.0, width)
        below = desk.paragraph(
            drawing, text.caption, desk.style("small", bold=True), x=start, y=base + 1, width=room, element=caption, centred=True
        )
        bottom = max(bottom, below)
        x, y = x + drawn + _BETWEEN, below + _BELOW
    return drawing.finish(bottom)


def draw_dose(desk: Desk, card: CardText, width: float) -> Piece:
    """How much: the dose in large bold words, then totals and how often."""
    drawing = Drawing(width, desk.fonts)
    colours, padding = desk.edition.colours, desk.edition.spacing.padding
    strong, body = desk.style("dose", bold=True), desk.style("body")
    inner = width - 2 * padding
    dose = desk.set(card.dose, strong, inner)
    rest = desk.set(" ".join(part for part in (card.total, card.how_often) if part), body, inner)
    height = len(dose) * strong.leading + len(rest) * body.leading + 7
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=colours.panel)
    drawing.rectangle(left=0, top=0, width=4, height=height, fill=colours.accent)
    y = drawing.lines(
        dose, x=padding, y=3.5, size=strong.size, leading=strong.leading, colour=strong.colour, element=drawing.element("P")
    )
    if rest:
        element = drawing.element("P")
        drawing.lines(rest, x=padding, y=y, size=body.size, leading=body.leading, colour=body.colour, element=element)
    return drawing.finish(height)


def draw_step(desk: Desk, number: int, step: str, width: float) -> Piece:
    """One numbered step."""
    drawing = Drawing(width, desk.fonts)
    style = desk.style("body")
    label_style = desk.style("body", bold=True, colour=desk.edition.colours.accent)
    item = drawing.element("LI")
    indent = style.size * 1.5
    label = drawing.element("Lbl", item)
    desk.paragraph(drawing, f"{number}.", label_style, x=0, y=0, width=indent, element=label)
    body = drawing.element("LBody", item)
    return drawing.finish(desk.paragraph(drawing, step, style, x=indent, y=0, width=width - indent, element=body))


def draw_line(desk: Desk, item: FieldText, width: float) -> Piece:
    """A labelled line: where to feel it, how to breathe, change sides."""
    drawing = Drawing(width, desk.fonts)
    spans = [Span(item.label + (" " if item.value else ""), bold=True)]
    if item.value:
        spans.append(Span(item.value))
    element = drawing.element("P")
    return drawing.finish(desk.paragraph(drawing, spans, desk.style("body"), x=0, y=0, width=width, element=element))


def draw_advice(desk: Desk, item: FieldText, width: float, *, is_caution: bool) -> Piece:
    """The one caution or tip of the card; a caution has a heavy edge and a tint."""
    drawing = Drawing(width, desk.fonts)
    colours, padding = desk.edition.colours, desk.edition.spacing.padding
    style = desk.style("body")
    lines = desk.set((Span(item.label + " ", bold=True), Span(item.value or "")), style, width - 2 * padding)
    height = len(lines) * style.leading + 7
    if is_caution:
        drawing.rectangle(
            left=0.6,
            top=0.6,
            width=width - 1.2,
            height=height - 1.2,
            fill=colours.caution_panel,
            stroke=colours.text,
            line_width=1.2,
        )
    else:
        drawing.rectangle(left=0, top=0, width=2.5, height=height, fill=colours.muted)
    drawing.lines(
        lines, x=padding, y=3.5, size=style.size, leading=style.leading, colour=style.colour, element=drawing.element("P")
    )
    return drawing.finish(height)


def draw_note(desk: Desk, item: FieldText, width: float) -> Piece:
    """The clinician's own note for this patient."""
    drawing = Drawing(width, desk.fonts)
    padding = desk.edition.spacing.padding
    style = desk.style("body")
    lines = desk.set((Span(item.label + " ", bold=True), Span(item.value or "")), style, width - 2 * padding)
    height = len(lines) * style.leading + 7
    drawing.rectangle(left=0.5, top=0.5, width=width - 1, height=height - 1, stroke=desk.edition.colours.accent, line_width=1)
    drawing.lines(
        lines, x=padding, y=3.5, size=style.size, leading=style.leading, colour=style.colour, element=drawing.element("P")
    )
    return drawing.finish(height)


def draw_ticks(desk: Desk, ticks: TickText, width: float) -> Piece:
    """Boxes to tick, a column a day; the weeks side by side where there is room, else a row each. Read aloud as one picture."""
    drawing = Drawing(width, desk.fonts)
    style, bold = desk.style("small"), desk.style("small", bold=True)
    in_a_row = _ticks_in_a_row(desk, ticks, width)
    names = () if in_a_row else ticks.rows
    weeks = len(ticks.rows)
    label = _ticks_name_width(desk, ticks.label, names)
    groups = weeks if in_a_row else 1
    column = (width - label - _BETWEEN_WEEKS * (groups - 1)) / (len(ticks.days) * groups)
    box = min(14.0, column - 3)
    row_height = box + 4
    height = style.leading + (1 if in_a_row else weeks) * row_height
    figure = drawing.element("Figure", alt=ticks.alt, box=Box(left=0, bottom=-height, right=width, top=0))
    desk.paragraph(drawing, ticks.label, bold, x=0, y=0, width=label, element=figure)
    for week in range(weeks):
        left = label + (week * (len(ticks.days) * column + _BETWEEN_WEEKS) if in_a_row else 0.0)
        top = style.leading + (0 if in_a_row else week) * row_height
        for index, day in enumerate(ticks.days):
            x = left + index * column
            if in_a_row or week == 0:
                desk.paragraph(drawing, day, style, x=x, y=0, width=column + 1, element=figure, centred=True)
            drawing.rectangle(
                left=x + (column - box) / 2,
                top=top + 1,
                width=box,
                height=box,
                stroke=desk.edition.colours.text,
                line_width=1,
                element=figure,
            )
    for number, name in enumerate(names):
        y = style.leading + number * row_height + (row_height - style.leading) / 2
        desk.paragraph(drawing, name, style, x=0, y=y, width=label, element=figure)
    return drawing.finish(height)


def _ticks_in_a_row(desk: Desk, ticks: TickText, width: float) -> bool:
    """True when the boxes of all weeks fit side by side."""
    weeks = len(ticks.rows)
    needed = _ticks_name_width(desk, ticks.label, ()) + weeks * _days_width(desk, ticks) + _BETWEEN_WEEKS * (weeks - 1)
    return needed <= width


def _ticks_fit(desk: Desk, ticks: TickText, width: float) -> bool:
    """True when a row of a week fits."""
    return _ticks_name_width(desk, ticks.label, ticks.rows) + _days_width(desk, ticks) <= width


def _ticks_name_width(desk: Desk, label: str, names: Sequence[str]) -> float:
    """Room for the label and the names of the rows."""
    size = desk.edition.type.small
    return max(measure(label, desk.fonts, size, bold=True), *(measure(name, desk.fonts, size) for name in names), 0.0) + 7


def _days_width(desk: Desk, ticks: TickText) -> float:
    """Least room for the columns of the days."""
    return len(ticks.days) * max(measure(day, desk.fonts, desk.edition.type.small) + 2 for day in ticks.days)
