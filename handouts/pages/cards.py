"""The exercise card: a keep-together stack of pieces beside its pictures."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.document import Box, Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.figures import Figure, placing_matrix
from handouts.pages.setting import Span, measure
from handouts.texts import CardText, FieldText, PictureText, TickText

_TALL = 1.0
"""Pictures whose mean height is more than this share of their width stand side by side instead of one above the other."""

_BETWEEN = 8.0
"""Points between pictures side by side."""


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
    text_x: float


def set_card(desk: Desk, card: CardText, width: float) -> Card:
    """All pieces of one exercise card, `width` points wide; pieces drawn before are used again.

    Raises:
        MissingGlyphError: a character that no font has.
    """
    gap = desk.edition.spacing.column_gap
    figures = tuple((picture, figure) for picture in card.pictures if (figure := desk.figure(picture.figure)) is not None)
    picture_width = width * desk.edition.pictures.column if figures else 0.0
    text_x = picture_width + gap if figures else 0.0
    text_width = width - text_x

    def remember(kind: str, content: object, piece_width: float, draw: object) -> Piece:
        return desk.piece((kind, content, round(piece_width, 3)), draw)  # type: ignore[arg-type]

    head_key = (card.number, card.name)
    column: list[CardPiece] = [
        CardPiece(
            piece=remember("dose", (card.dose, card.total, card.how_often), text_width, lambda: draw_dose(desk, card, text_width)),
            gap=6,
        )
    ]
    for number, step in enumerate(card.steps, start=1):
        column.append(
            CardPiece(
                piece=remember(
                    "step", (number, step), text_width, lambda n=number, s=step: draw_step(desk, n, s, text_width)
                ),
                in_steps=True,
                gap=2.5,
            )
        )
    if card.change_sides:
        sides = FieldText(label=card.change_sides, value="")
        column.append(CardPiece(piece=remember("line", sides, text_width, lambda: draw_line(desk, sides, text_width)), gap=2.5))
    for item in (card.feel, card.breathing):
        if item is not None:
            column.append(
                CardPiece(piece=remember("line", item, text_width, lambda i=item: draw_line(desk, i, text_width)), gap=2.5)
            )
    if card.advice is not None:
        advice = card.advice
        column.append(
            CardPiece(
                piece=remember(
                    "advice", (advice, card.advice_is_caution), text_width,
                    lambda: draw_advice(desk, advice, text_width, is_caution=card.advice_is_caution),
                ),
                gap=4,
            )
        )
    if card.note is not None:
        note = card.note
        column.append(CardPiece(piece=remember("note", note, text_width, lambda: draw_note(desk, note, text_width)), gap=4))
    ticks_width = picture_width or min(width, 300.0)
    ticks = card.ticks
    shown = tuple(picture for picture, _ in figures)
    return Card(
        name=card.name,
        head=remember("head", head_key, width, lambda: draw_head(desk, card.number, card.name, width, tagged=True)),
        head_again=remember(
            "head again", (card.number, card.continued), width,
            lambda: draw_head(desk, card.number, card.continued, width, tagged=False),
        ),
        pictures=remember("pictures", shown, picture_width, lambda: draw_pictures(desk, figures, picture_width, tagged=True))
        if figures
        else None,
        pictures_again=remember(
            "pictures again", shown, picture_width, lambda: draw_pictures(desk, figures, picture_width, tagged=False)
        )
        if figures
        else None,
        column=tuple(column),
        ticks=remember("ticks", ticks, ticks_width, lambda: draw_ticks(desk, ticks, ticks_width)) if ticks else None,
        text_x=text_x,
    )


def draw_head(desk: Desk, number: int, name: str, width: float, *, tagged: bool) -> Piece:
    """The number in a disc and the name, on a tinted bar."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    style = desk.style("card_name", bold=True)
    left = style.size * 1.9
    lines = desk.set(name, style, width - left - 8)
    height = len(lines) * style.leading + 7
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=colours.panel)
    drawing.rectangle(left=0, top=0, width=left - 6, height=height, fill=colours.accent)
    heading = drawing.element("H2") if tagged else None
    digits = desk.style("card_name", bold=True, colour=colours.on_accent)
    desk.paragraph(drawing, f"{number}", digits, x=0, y=3.5, width=left - 6, element=heading, centred=True)
    drawing.lines(lines, x=left + 2, y=3.5, size=style.size, leading=style.leading, colour=style.colour, element=heading)
    return drawing.finish(height)


def draw_pictures(desk: Desk, figures: tuple[tuple[PictureText, Figure], ...], width: float, *, tagged: bool) -> Piece:
    """The pictures at one scale: tall ones side by side, wide ones one above the other, each with its caption."""
    drawing = Drawing(width, desk.fonts)
    beside = len(figures) <= 3 and sum(f.inked for _, f in figures) > _TALL * sum(f.width for _, f in figures)
    tallest = desk.edition.pictures.tallest * (2 if beside else 1)
    across = sum(f.width for _, f in figures) if beside else max(f.width for _, f in figures)
    gaps = _BETWEEN * (len(figures) - 1) if beside else 0.0
    scale = min((width - gaps) / across, tallest / max(f.inked for _, f in figures))
    row = max(f.inked for _, f in figures) * scale
    x, y, bottom = (width - across * scale - gaps) / 2, 0.0, 0.0
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
        x, y = x + drawn + _BETWEEN, below + 5
    return drawing.finish(bottom)


def draw_dose(desk: Desk, card: CardText, width: float) -> Piece:
    """How much: the dose in large bold words, then totals and how often."""
    drawing = Drawing(width, desk.fonts)
    colours, padding = desk.edition.colours, desk.edition.spacing.padding
    strong, body = desk.style("dose", bold=True), desk.style("body")
    inner = width - 2 * padding
    dose = desk.set(card.dose, strong, inner)
    rest = desk.set(" ".join(part for part in (card.total, card.how_often) if part), body, inner)
    height = len(dose) * strong.leading + len(rest) * body.leading + 8
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=colours.panel)
    drawing.rectangle(left=0, top=0, width=4, height=height, fill=colours.accent)
    y = drawing.lines(
        dose, x=padding, y=4, size=strong.size, leading=strong.leading, colour=strong.colour, element=drawing.element("P")
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
            left=0.6, top=0.6, width=width - 1.2, height=height - 1.2, fill=colours.caution_panel, stroke=colours.text, line_width=1.2
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
    """Boxes to tick, a column a day and a row a week; read aloud as one picture."""
    drawing = Drawing(width, desk.fonts)
    style = desk.style("small")
    label = desk.paragraph(
        drawing, ticks.label, desk.style("small", bold=True), x=0, y=0, width=width, element=drawing.element("P")
    )
    name_width = max(measure(row, desk.fonts, style.size) for row in ticks.rows) + 8
    column = (width - name_width) / len(ticks.days)
    box = min(15.0, column - 4)
    top = label + 2
    height = top + style.leading + len(ticks.rows) * (box + 5)
    figure = drawing.element(
        "Figure", alt=ticks.alt, box=Box(left=0, bottom=-height, right=width, top=-top)
    )
    for index, day in enumerate(ticks.days):
        x = name_width + index * column
        desk.paragraph(drawing, day, style, x=x, y=top, width=column, element=figure, centred=True)
        for number in range(len(ticks.rows)):
            y = top + style.leading + number * (box + 5)
            drawing.rectangle(
                left=x + (column - box) / 2, top=y, width=box, height=box, stroke=desk.edition.colours.text, line_width=1,
                element=figure,
            )
    for number, row in enumerate(ticks.rows):
        y = top + style.leading + number * (box + 5) + (box - style.leading) / 2
        desk.paragraph(drawing, row, style, x=0, y=y, width=name_width, element=figure)
    return drawing.finish(height)


