"""The pieces of an exercise card, drawn: its head, dose, steps, advice and note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handouts.document import Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.setting import Line, Span, measure, share_out
from handouts.texts import CardText, FieldText

_MOST_NAMED, _NAME_GAP = 0.5, 10.0
"""The share of a head that a name takes at most beside a dose, and the points between them."""

NUMBERS = "/A<</O/List/ListNumbering/Decimal>>"


def run_in_advice(items: Sequence[FieldText]) -> list[Span]:
    """Advice one after the other, each with its label."""
    return [span for item in items for span in (Span(f"{item.label} ", bold=True), Span(f"{item.value} "))]


def draw_head(desk: Desk, number: int, name: str, width: float, *, dose: Sequence[str | None] = (), tagged: bool) -> Piece:
    """The number on the brand's colour and the name, on a tinted bar; beside them the dose, its first part bold, if given."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    style = desk.style("card_name", bold=True)
    left = style.size * 1.9
    named = measure(name, desk.fonts, style.size, bold=True) + 1 if dose else width - left - 8
    named = min(named, width * _MOST_NAMED if dose else named)
    lines = desk.set(name, style, named)
    small, at = desk.style("dose"), left + 2 + named + _NAME_GAP
    first, *more = [part for part in dose if part] or [""]
    spans = (Span(f"{first} ", bold=True), Span(" ".join(more)))
    amount = desk.set(spans, small, width - at - 4) if dose else ()
    height = max(len(lines) * style.leading, len(amount) * small.leading) + 5
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=colours.panel)
    drawing.rectangle(left=0, top=0, width=left - 6, height=height, fill=colours.accent)
    heading = drawing.element("H2") if tagged else None
    digits = desk.style("card_name", bold=True, colour=colours.on_accent)
    desk.paragraph(drawing, f"{number}", digits, x=0, y=2.5, width=left - 6, element=heading, centred=True)
    drawing.lines(lines, x=left + 2, y=2.5, size=style.size, leading=style.leading, colour=style.colour, element=heading)
    if amount:
        y = 2.5 + max(0.0, style.leading - small.leading) / 2
        element = drawing.element("P") if tagged else None
        drawing.lines(amount, x=at, y=y, size=small.size, leading=small.leading, colour=small.colour, element=element)
    return drawing.finish(height)


def draw_dose(desk: Desk, card: CardText, width: float) -> Piece:
    """How much: the dose in large bold words, then totals and how often."""
    drawing = Drawing(width, desk.fonts)
    colours, padding = desk.edition.colours, desk.edition.spacing.padding
    strong, body = desk.style("dose", bold=True), desk.style("body")
    inner = width - 2 * padding
    more = " ".join(part for part in (card.total, card.how_often) if part)
    dose, rest = desk.set(card.dose, strong, inner), desk.set(more, body, inner)
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


def draw_run_in_steps(desk: Desk, card: CardText, width: float) -> Piece:
    """The numbered steps one after the other in the lines of one paragraph, still a list to a reader who cannot see it."""
    drawing = Drawing(width, desk.fonts)
    style, steps = desk.style("body"), drawing.element("L", attributes=NUMBERS)
    parts: list[tuple[Span, int]] = []
    for number, step in enumerate(card.steps, start=1):
        item = drawing.element("LI", steps)
        parts.append((Span(f"{number}.\u00a0", bold=True), drawing.element("Lbl", item)))
        parts.append((Span(f"{step} "), drawing.element("LBody", item)))
    if card.change_sides:
        parts.append((Span(card.change_sides, bold=True), drawing.element("P")))
    lines = desk.set([span for span, _ in parts], style, width)
    for index, shared in enumerate(share_out(lines, [span.text for span, _ in parts])):
        x, y = 0.0, index * style.leading
        for part, runs in shared:
            line = Line(runs, sum(run.face.width(run.text, style.size) for run in runs), last=False)
            drawing.lines((line,), x=x, y=y, size=style.size, leading=style.leading, colour=style.colour, element=parts[part][1])
            x += line.width
    return drawing.finish(len(lines) * style.leading)


def draw_run_in(desk: Desk, spans: Sequence[Span], width: float) -> Piece:
    """Words one after the other in one paragraph."""
    drawing = Drawing(width, desk.fonts)
    style, element = desk.style("body"), drawing.element("P")
    return drawing.finish(desk.paragraph(drawing, spans, style, x=0, y=0, width=width, element=element))


def draw_advice(desk: Desk, item: FieldText, width: float, *, is_caution: bool) -> Piece:
    """The one caution of the card, with a heavy edge and a tint; when to stop, or a tip, beside a bar."""
    colours = desk.edition.colours

    def frame(drawing: Drawing, height: float) -> None:
        if is_caution:
            drawing.frame(width, height, line_width=1.2, stroke=colours.text, fill=colours.caution_panel)
        else:
            drawing.rectangle(left=0, top=0, width=2.5, height=height, fill=colours.muted)

    return _draw_framed(desk, item, width, frame)


def draw_note(desk: Desk, item: FieldText, width: float) -> Piece:
    """The clinician's own note for this patient."""
    accent = desk.edition.colours.accent
    return _draw_framed(desk, item, width, lambda drawing, height: drawing.frame(width, height, line_width=1, stroke=accent))


def _draw_framed(desk: Desk, item: FieldText, width: float, frame: Callable[[Drawing, float], None]) -> Piece:
    """A labelled paragraph over what `frame` draws for its height."""
    drawing = Drawing(width, desk.fonts)
    padding = desk.edition.spacing.padding
    style = desk.style("body")
    lines = desk.set((Span(item.label + " ", bold=True), Span(item.value or "")), style, width - 2 * padding)
    height = len(lines) * style.leading + 7
    frame(drawing, height)
    element = drawing.element("P")
    drawing.lines(lines, x=padding, y=3.5, size=style.size, leading=style.leading, colour=style.colour, element=element)
    return drawing.finish(height)
