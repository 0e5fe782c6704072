"""Blocks of the first page: brand header, title, fields, plan at a glance, safety boxes."""

from __future__ import annotations

from handouts.document import Box, Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.setting import Span, measure
from handouts.texts import BoxText, ClinicText, FieldText, GlanceText, LinkText

_SCOPE_COLUMN = "/A<</O/Table/Scope/Column>>"
_LOGO_HEIGHT = 45.0
_SHARES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.45)
"""Parts of the width tried for the first of two boxes."""


def draw_brand_header(desk: Desk, clinic: ClinicText, width: float) -> Piece:
    """Clinic name and contacts above a rule in the brand's colour."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    name, small = desk.style("heading", bold=True, colour=colours.accent), desk.style("small", colour=colours.text)
    half = width / 2 - desk.edition.spacing.column_gap / 2
    left = _draw_logo(desk, drawing, clinic, half) if clinic.logo else 0.0
    left = desk.paragraph(drawing, clinic.name, name, x=0, y=left, width=half, element=drawing.element("P"))
    if clinic.tagline:
        left = desk.paragraph(drawing, clinic.tagline, small, x=0, y=left, width=half, element=drawing.element("P"))
    right = 0.0
    start = width - half
    for line in clinic.address:
        right = desk.paragraph(drawing, line, small, x=start, y=right, width=half, element=drawing.element("P"))
    for contact in clinic.contacts:
        right = _draw_contact(desk, drawing, contact, x=start, y=right, width=half)
    bottom = max(left, right) + 5
    drawing.rule(left=0, right=width, y=bottom, colour=colours.accent, line_width=1.6)
    return drawing.finish(bottom + 2)


def _draw_logo(desk: Desk, drawing: Drawing, clinic: ClinicText, width: float) -> float:
    """The logo, at most 16 mm tall; returns the y below it."""
    logo = desk.logo(clinic.logo or "")
    height = min(_LOGO_HEIGHT, width / logo.shape)
    box = Box(left=0, bottom=-height, right=height * logo.shape, top=0)
    element = drawing.element("Figure", alt=clinic.logo_alt, box=box)
    drawing.form(logo.form.name, (height * logo.shape, 0, 0, height, 0, -height), element)
    return height + 4


def _draw_contact(desk: Desk, drawing: Drawing, contact: LinkText, *, x: float, y: float, width: float) -> float:
    style = desk.style("small")
    paragraph = drawing.element("P")
    if contact.uri is None:
        return desk.paragraph(drawing, contact.text, style, x=x, y=y, width=width, element=paragraph)
    element = drawing.element("Link", paragraph)
    lines = desk.set(contact.text, style, width)
    bottom = drawing.lines(lines, x=x, y=y, size=style.size, leading=style.leading, colour=style.colour, element=element)
    longest = max((line.width for line in lines), default=0.0)
    spoken = contact.spoken or contact.text
    drawing.link(element, left=x, top=y, right=x + longest, bottom=bottom, uri=contact.uri, contents=spoken)
    return bottom


def draw_title(desk: Desk, title: str, purpose: str, width: float) -> Piece:
    """The title and the one sentence that says what the handout is for."""
    drawing = Drawing(width, desk.fonts)
    style = desk.style("title", bold=True)
    y = desk.paragraph(drawing, title, style, x=0, y=0, width=width, element=drawing.element("H1"))
    y = desk.paragraph(drawing, purpose, desk.style("body"), x=0, y=y + 2, width=width, element=drawing.element("P"))
    return drawing.finish(y)


def draw_fields(desk: Desk, fields: tuple[FieldText, ...], width: float) -> Piece:
    """Labelled values two in a row; a value not given is a line to write on."""
    drawing = Drawing(width, desk.fonts)
    label, value = desk.style("body", bold=True), desk.style("body")
    gap = desk.edition.spacing.column_gap
    column = (width - gap) / 2
    y = 0.0
    for start in range(0, len(fields), 2):
        bottom = y
        for index, item in enumerate(fields[start : start + 2]):
            x = index * (column + gap)
            element = drawing.element("P")
            if item.value is None:
                end = desk.paragraph(drawing, item.label, label, x=x, y=y, width=column, element=element)
                left = x + measure(item.label + " ", desk.fonts, label.size, bold=True)
                drawing.rule(left=left, right=x + column, y=end - 3, colour=desk.edition.colours.muted)
            else:
                spans = (Span(item.label + " ", bold=True), Span(item.value))
                end = desk.paragraph(drawing, spans, value, x=x, y=y, width=column, element=element)
            bottom = max(bottom, end)
        y = bottom + 2
    return drawing.finish(y)


def draw_line(desk: Desk, item: FieldText, width: float) -> Piece:
    """A labelled line: the patient's goal, where to feel it, change sides."""
    drawing = Drawing(width, desk.fonts)
    spans = [Span(item.label + (" " if item.value else ""), bold=True)]
    if item.value:
        spans.append(Span(item.value))
    element = drawing.element("P")
    return drawing.finish(desk.paragraph(drawing, spans, desk.style("body"), x=0, y=0, width=width, element=element))


# --------------------------------------------------------------------------------------------- plan at a glance


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


def glance_columns(glance: GlanceText, width: float) -> tuple[tuple[float, float], ...]:
    """Left edge and width of each column of the plan's table."""
    shares = (0.09, 0.07, 0.40, 0.44) if glance.tick_column else (0.07, 0.43, 0.50)
    edges = [sum(shares[:index]) * width for index in range(len(shares))]
    return tuple((edge, share * width) for edge, share in zip(edges, shares, strict=True))


def draw_glance_header(desk: Desk, glance: GlanceText, width: float, *, repeated: bool) -> Piece:
    """The header row; a repetition on the next page is an artifact."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    style = desk.style("small", bold=True, colour=colours.on_accent)
    height = style.leading + 5
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=colours.accent)
    row = None if repeated else drawing.element("TR")
    for (x, cell), text in zip(glance_columns(glance, width), glance.columns, strict=True):
        element = None if row is None else drawing.element("TH", row, attributes=_SCOPE_COLUMN)
        desk.paragraph(drawing, text, style, x=x + 5, y=2.5, width=cell - 8, element=element)
    return drawing.finish(height)


def draw_glance_row(desk: Desk, glance: GlanceText, cells: tuple[str, ...], width: float) -> Piece:
    """One exercise of the plan: (box,) number, name, how much."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    row = drawing.element("TR")
    bottom = 0.0
    columns = glance_columns(glance, width)
    name_column = len(cells) - 2
    for index, ((x, cell), text) in enumerate(zip(columns, cells, strict=True)):
        if glance.tick_column and index == 0:
            box = drawing.element("TD", row)
            drawing.rectangle(left=x + 8, top=4, width=13, height=13, stroke=colours.text, line_width=1)
            desk.paragraph(drawing, text, desk.style("small"), x=x, y=0, width=cell, element=box) if text else None
            continue
        element = drawing.element("TD", row)
        style = desk.style("body", bold=index == name_column)
        bottom = max(bottom, desk.paragraph(drawing, text, style, x=x + 5, y=2, width=cell - 8, element=element))
    bottom += 2
    drawing.rule(left=0, right=width, y=bottom, colour=colours.line, line_width=0.7)
    return drawing.finish(bottom)


# --------------------------------------------------------------------------------------------- boxes


def draw_boxes(desk: Desk, boxes: tuple[BoxText, ...], width: float, *, urgent: bool) -> Piece:
    """One box, its bullets in two columns, or two boxes side by side, equally tall and shared out so that they end soonest.

    An urgent box stands out without colour too, by a heavy frame and a warning sign.
    """
    gap = desk.edition.spacing.column_gap * 0.75
    blank = Drawing(width, desk.fonts)
    alone = len(boxes) == 1

    def columns(share: float) -> tuple[tuple[float, float], ...]:
        first = (width - gap) * share
        return ((0.0, width),) if alone else ((0.0, first), (first + gap, width - gap - first))

    def height_with(share: float) -> float:
        return max(
            _draw_box(desk, blank, box, x=x, width=column, height=0, urgent=urgent, alone=alone)
            for box, (x, column) in zip(boxes, columns(share), strict=True)
        )

    share = 1.0 if alone else min(_SHARES, key=height_with)
    height = height_with(share)
    drawing = Drawing(width, desk.fonts)
    for box, (x, column) in zip(boxes, columns(share), strict=True):
        _draw_box(desk, drawing, box, x=x, width=column, height=height, urgent=urgent, alone=alone)
    return drawing.finish(height)


def _draw_box(
    desk: Desk, drawing: Drawing, box: BoxText, *, x: float, width: float, height: float, urgent: bool, alone: bool
) -> float:
    """Draw the box at x, `height` tall (0: only measure), and return the height it needs."""
    colours, padding = desk.edition.colours, desk.edition.spacing.padding
    bar, on_bar = (colours.urgent, colours.on_urgent) if urgent else (colours.accent, colours.on_accent)
    heading = desk.style("body", bold=True, colour=on_bar)
    sign = heading.size * 1.35 if urgent else 0.0
    inner = width - 2 * padding
    head_lines = desk.set(box.heading, heading, inner - sign)
    head_height = len(head_lines) * heading.leading + 5
    if height:
        fill = colours.urgent_panel if urgent else colours.panel
        drawing.rectangle(left=x, top=0, width=width, height=height, fill=fill, stroke=bar, line_width=2.2 if urgent else 0.8)
        drawing.rectangle(left=x, top=0, width=width, height=head_height, fill=bar)
        if urgent:
            _draw_warning_sign(drawing, x=x + padding, y=(head_height - sign + 3) / 2, size=sign - 3, colour=on_bar, mark=bar)
    section = drawing.element("Sect")
    head = drawing.element("H2", section)
    drawing.lines(
        head_lines, x=x + padding + sign, y=2.5, size=heading.size, leading=heading.leading, colour=on_bar, element=head
    )
    y = head_height + padding * 0.5
    left = x + padding
    if box.write_in:
        y = _draw_write_in(desk, drawing, box.write_in, x=left, y=y, width=inner, parent=section)
    if box.items:
        columns = 2 if alone and len(box.items) > 3 else 1
        y = _draw_bullets(desk, drawing, box.items, x=left, y=y, width=inner, parent=section, columns=columns)
    if box.closing:
        body = desk.style("body")
        y = desk.paragraph(drawing, box.closing, body, x=left, y=y + 3, width=inner, element=drawing.element("P", section))
    return y + padding * 0.5


def _draw_write_in(desk: Desk, drawing: Drawing, label: str, *, x: float, y: float, width: float, parent: int) -> float:
    style = desk.style("body", bold=True)
    bottom = desk.paragraph(drawing, label, style, x=x, y=y, width=width, element=drawing.element("P", parent))
    left = x + measure(label + " ", desk.fonts, style.size, bold=True)
    drawing.rule(left=left, right=x + width, y=bottom - 3, colour=desk.edition.colours.muted)
    return bottom


def _draw_bullets(
    desk: Desk, drawing: Drawing, items: tuple[str, ...], *, x: float, y: float, width: float, parent: int, columns: int
) -> float:
    """A bulleted list in one or two columns, read down the first; bullets are drawn, not typed."""
    style = desk.style("body")
    indent, between = 12.0, 14.0
    column = (width - between * (columns - 1)) / columns
    bullets = drawing.element("L", parent, attributes="/A<</O/List/ListNumbering/Disc>>")
    set_items = [desk.set(item, style, column - indent) for item in items]
    counts = [len(lines) for lines in set_items]
    turn = _balance(counts) if columns == 2 else len(items)
    top = bottom = y
    for index, lines in enumerate(set_items):
        if index == turn:
            x, y = x + column + between, top
        body = drawing.element("LBody", drawing.element("LI", bullets))
        drawing.disc(x=x + 3.2, y=y + style.leading / 2, radius=style.size * 0.17, fill=style.colour)
        y = (
            drawing.lines(lines, x=x + indent, y=y, size=style.size, leading=style.leading, colour=style.colour, element=body)
            + 1.5
        )
        bottom = max(bottom, y)
    return bottom


def _balance(counts: list[int]) -> int:
    """The item that starts the second of two columns, so that the taller one is as short as can be."""
    return min(range(1, len(counts)), key=lambda turn: (max(sum(counts[:turn]), sum(counts[turn:])), -turn))


def _draw_warning_sign(drawing: Drawing, *, x: float, y: float, size: float, colour: str, mark: str) -> None:
    drawing.polygon(((x, y + size), (x + size / 2, y), (x + size, y + size)), colour)
    drawing.rectangle(left=x + size * 0.45, top=y + size * 0.33, width=size * 0.1, height=size * 0.36, fill=mark)
    drawing.rectangle(left=x + size * 0.45, top=y + size * 0.77, width=size * 0.1, height=size * 0.1, fill=mark)


def draw_footer(desk: Desk, left: str, right: str, width: float) -> Piece:
    """The line at the foot of every page, as an artifact: who and when, page x of y."""
    drawing = Drawing(width, desk.fonts, artifact="/Artifact <</Type/Pagination/Subtype/Footer>> BDC")
    style = desk.style("small", colour=desk.edition.colours.muted)
    right_width = measure(right, desk.fonts, style.size)
    drawing.rule(left=0, right=width, y=0, colour=desk.edition.colours.line)
    y = desk.paragraph(drawing, left, style, x=0, y=3, width=width - right_width - 12, element=None)
    desk.paragraph(drawing, right, style, x=width - right_width, y=3, width=right_width + 1, element=None)
    return drawing.finish(max(y, 3 + style.leading))
