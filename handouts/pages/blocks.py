"""Blocks of the first page: brand header, title, fields; and the foot of every page."""

from __future__ import annotations

from dataclasses import replace

from handouts.document import Box, Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.setting import Span, measure
from handouts.texts import ClinicText, FieldText, LinkText

_LOGO_HEIGHT = 45.0


def draw_brand_header(desk: Desk, clinic: ClinicText, width: float) -> Piece:
    """Clinic name and contacts above a rule in the brand's colour."""
    drawing = Drawing(width, desk.fonts)
    colours = desk.edition.colours
    name, small = desk.style("heading", bold=True, colour=colours.accent), desk.style("small", colour=colours.text)
    name = replace(name, leading=name.size * desk.edition.type.leading)
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


def draw_title(desk: Desk, title: str, purpose: str | None, width: float) -> Piece:
    """The title and the one sentence that says what the handout is for, unless that stands elsewhere."""
    drawing = Drawing(width, desk.fonts)
    style = desk.style("title", bold=True)
    y = desk.paragraph(drawing, title, style, x=0, y=0, width=width, element=drawing.element("H1"))
    if purpose is not None:
        y = desk.paragraph(drawing, purpose, desk.style("body"), x=0, y=y + 2, width=width, element=drawing.element("P"))
    return drawing.finish(y)


def draw_purpose(desk: Desk, purpose: str, width: float) -> Piece:
    """What the handout is for, apart from its title."""
    drawing = Drawing(width, desk.fonts)
    element = drawing.element("P")
    return drawing.finish(desk.paragraph(drawing, purpose, desk.style("body"), x=0, y=0, width=width, element=element))


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


def draw_footer(desk: Desk, left: str, right: str, width: float) -> Piece:
    """The line at the foot of every page, as an artifact: who and when, page x of y."""
    drawing = Drawing(width, desk.fonts, artifact="/Artifact <</Type/Pagination/Subtype/Footer>> BDC")
    style = desk.style("small", colour=desk.edition.colours.muted)
    right_width = measure(right, desk.fonts, style.size)
    drawing.rule(left=0, right=width, y=0, colour=desk.edition.colours.line)
    y = desk.paragraph(drawing, left, style, x=0, y=3, width=width - right_width - 12, element=None)
    desk.paragraph(drawing, right, style, x=width - right_width, y=3, width=right_width + 1, element=None)
    return drawing.finish(max(y, 3 + style.leading))


def footer_height(desk: Desk, left: str, right: str, width: float) -> float:
    """How tall such a foot is, in points."""
    style = desk.style("small")
    lines = desk.set(left, style, width - measure(right, desk.fonts, style.size) - 12)
    return 3 + max(1, len(lines)) * style.leading
