"""Blocks of the first page: brand header, title, fields, plan at a glance; and the foot of every page."""

from __future__ import annotations

from handouts.document import Box, Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.setting import Span, measure
from handouts.texts import ClinicText, FieldText, GlanceText, LinkText

_SCOPE_COLUMN = "/A<</O/Table/Scope/Column>>"
_LOGO_HEIGHT = 45.0
_CELL = 8.0
"""Points of a cell of the plan's table beside its text."""


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
        right = draw_contact(desk, drawing, contact, x=start, y=right, width=half)
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


def draw_contact(desk: Desk, drawing: Drawing, contact: LinkText, *, x: float, y: float, width: float) -> float:
    """A way to reach the clinic, as a link where it leads somewhere; returns the y below it."""
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


def glance_columns(desk: Desk, glance: GlanceText, width: float) -> tuple[tuple[float, float], ...]:
    """Left edge and width of each column of the plan's table; the head of a narrow one is not broken."""
    shares = (0.09, 0.07, 0.40, 0.44) if glance.tick_column else (0.07, 0.43, 0.50)
    size = desk.edition.type.small
    narrow = [
        max(share * width, measure(text, desk.fonts, size, bold=True) + _CELL + 0.5)
        for share, text in zip(shares[:-2], glance.columns, strict=False)
    ]
    spare, (first, second) = width - sum(narrow), shares[-2:]
    named = spare * first / (first + second)
    needed = _widest(desk, glance, -1), _widest(desk, glance, -2)
    if spare - named < needed[0]:  # the longest dose stays on one line where the names leave it room
        named = max(spare - needed[0], min(named, needed[1]))
    widths = [*narrow, named, spare - named]
    return tuple((sum(widths[:index]), each) for index, each in enumerate(widths))


def _widest(desk: Desk, glance: GlanceText, column: int) -> float:
    """The width that one of the last two columns needs to break none of its words."""
    size = desk.edition.type.body
    return max(measure(row[column], desk.fonts, size, bold=column == -2) for row in glance.rows) + _CELL + 0.5


def draw_glance_header(desk: Desk, glance: GlanceText, width: float, *, repeated: bool) -> Piece:
    """The header row; a repetition on the next page is an artifact."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    style = desk.style("small", bold=True, colour=colours.on_accent)
    columns = list(zip(glance_columns(desk, glance, width), glance.columns, strict=True))
    height = max(len(desk.set(text, style, cell - _CELL)) for (_, cell), text in columns) * style.leading + 5
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=colours.accent)
    row = None if repeated else drawing.element("TR")
    for (x, cell), text in columns:
        element = None if row is None else drawing.element("TH", row, attributes=_SCOPE_COLUMN)
        desk.paragraph(drawing, text, style, x=x + 5, y=2.5, width=cell - _CELL, element=element)
    return drawing.finish(height)


def draw_glance_row(desk: Desk, glance: GlanceText, cells: tuple[str, ...], width: float) -> Piece:
    """One exercise of the plan: (box,) number, name, how much."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    row = drawing.element("TR")
    bottom = 0.0
    columns = glance_columns(desk, glance, width)
    name_column = len(cells) - 2
    for index, ((x, cell), text) in enumerate(zip(columns, cells, strict=True)):
        if glance.tick_column and index == 0:
            box = drawing.element("TD", row)
            drawing.rectangle(left=x + 8, top=4, width=13, height=13, stroke=colours.text, line_width=1)
            desk.paragraph(drawing, text, desk.style("small"), x=x, y=0, width=cell, element=box) if text else None
            continue
        element = drawing.element("TD", row)
        style = desk.style("body", bold=index == name_column)
        bottom = max(bottom, desk.paragraph(drawing, text, style, x=x + 5, y=2, width=cell - _CELL, element=element))
    bottom += 2
    drawing.rule(left=0, right=width, y=bottom, colour=colours.line, line_width=0.7)
    return drawing.finish(bottom)


def draw_footer(desk: Desk, left: str, right: str, width: float) -> Piece:
    """The line at the foot of every page, as an artifact: who and when, page x of y."""
    drawing = Drawing(width, desk.fonts, artifact="/Artifact <</Type/Pagination/Subtype/Footer>> BDC")
    style = desk.style("small", colour=desk.edition.colours.muted)
    right_width = measure(right, desk.fonts, style.size)
    drawing.rule(left=0, right=width, y=0, colour=desk.edition.colours.line)
    y = desk.paragraph(drawing, left, style, x=0, y=3, width=width - right_width - 12, element=None)
    desk.paragraph(drawing, right, style, x=width - right_width, y=3, width=right_width + 1, element=None)
    return drawing.finish(max(y, 3 + style.leading))
