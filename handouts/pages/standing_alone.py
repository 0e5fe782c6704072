"""What a page that hangs on its own has above and below: who it is for, and what to do when something is wrong."""

from __future__ import annotations

from handouts.document import Box, Piece
from handouts.pages.blocks import draw_contact
from handouts.pages.boxes import draw_signs
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.setting import Span, measure
from handouts.texts import ClinicText, FieldText, PageHeadText, SignsText

_BRAND_SHARE = 0.42
_LOGO = 34.0
_LEAST_LINE = 90.0
"""Points that a line to write on has at least."""


def set_page_head(desk: Desk, head: PageHeadText, heading: str, width: float, *, write_in: bool, level: str) -> Piece:
    """Title and heading beside the clinic, then who and when in one row; `level` is the tag of the title: H1, H2."""
    key = ("page head", head, heading, write_in, level)
    return desk.piece(key, width, lambda: _draw_page_head(desk, head, heading, width, write_in=write_in, level=level))


def _draw_page_head(desk: Desk, head: PageHeadText, heading: str, width: float, *, write_in: bool, level: str) -> Piece:
    drawing = Drawing(width, desk.fonts)
    colours, gap = desk.edition.colours, desk.edition.spacing.column_gap
    own = width * (1 - _BRAND_SHARE) - gap if head.clinic else width
    title = desk.style("heading", bold=True, colour=colours.accent)
    strong = desk.style("body", bold=True)
    y = desk.paragraph(drawing, head.title, title, x=0, y=0, width=own, element=drawing.element(level))
    below = desk.paragraph(drawing, heading, strong, x=0, y=y, width=own, element=drawing.element("P"))
    if write_in:
        left = measure(heading + " ", desk.fonts, strong.size, bold=True)
        drawing.rule(left=left, right=min(own, left + 140), y=below - 3, colour=colours.muted)
    if head.clinic:
        below = max(below, _draw_brand(desk, drawing, head.clinic, x=own + gap, width=width - own - gap))
    drawing.rule(left=0, right=width, y=below + 3, colour=colours.accent, line_width=1.6)
    return drawing.finish(_draw_fields_in_a_row(desk, drawing, head.fields, y=below + 7, width=width) + 3)


def _draw_brand(desk: Desk, drawing: Drawing, clinic: ClinicText, *, x: float, width: float) -> float:
    """The clinic's name and its first contact at the right, its logo beside them; returns the y below."""
    colours = desk.edition.colours
    name, small = desk.style("small", bold=True, colour=colours.accent), desk.style("small")
    contact = clinic.contacts[0]
    longest = max(measure(clinic.name, desk.fonts, name.size, bold=True), measure(contact.text, desk.fonts, small.size))
    left = x + max(0.0, width - longest - 1)
    bottom = 0.0
    if clinic.logo:
        logo = desk.logo(clinic.logo)
        height = min(_LOGO, (width / 3) / logo.shape)
        start = max(x, left - 8 - height * logo.shape)
        left = max(left, start + height * logo.shape + 8)
        box = Box(left=start, bottom=-height, right=start + height * logo.shape, top=0)
        drawing.form(
            logo.form.name,
            (height * logo.shape, 0, 0, height, start, -height),
            drawing.element("Figure", alt=clinic.logo_alt, box=box),
        )
        bottom = height
    room = x + width - left
    y = desk.paragraph(drawing, clinic.name, name, x=left, y=0, width=room, element=drawing.element("P"))
    return max(bottom, draw_contact(desk, drawing, contact, x=left, y=y, width=room))


def _draw_fields_in_a_row(desk: Desk, drawing: Drawing, fields: tuple[FieldText, ...], *, y: float, width: float) -> float:
    """The fields beside each other, each as wide as it needs; lines to write on share what is left. Wraps where it must."""
    style, bold, gap = desk.style("small"), desk.style("small", bold=True), desk.edition.spacing.column_gap
    labels = [measure(item.label + " ", desk.fonts, style.size, bold=True) for item in fields]
    widths = [
        label + (_LEAST_LINE if item.value is None else measure(item.value, desk.fonts, style.size)) + 1
        for item, label in zip(fields, labels, strict=True)
    ]
    rows: list[list[int]] = [[]]
    for index, needed in enumerate(widths):
        if rows[-1] and sum(widths[each] + gap for each in rows[-1]) + needed > width:
            rows.append([])
        rows[-1].append(index)
    for row in rows:
        spare = max(0.0, width - sum(widths[each] for each in row) - gap * (len(row) - 1))
        lines = [each for each in row if fields[each].value is None]
        x, bottom = 0.0, y
        for each in row:
            item = fields[each]
            room = min(width - x, widths[each] + (spare / len(lines) if each in lines else 0.0))
            element = drawing.element("P")
            spans = [Span(item.label + " ", bold=True)] + ([Span(item.value)] if item.value else [])
            end = desk.paragraph(
                drawing, spans if item.value else item.label, style if item.value else bold, x=x, y=y, width=room, element=element
            )
            if item.value is None:
                drawing.rule(left=x + labels[each], right=x + room, y=end - 2, colour=desk.edition.colours.muted)
            bottom = max(bottom, end)
            x += room + gap
        y = bottom + 2
    return y


def set_line(desk: Desk, text: str | FieldText, width: float) -> Piece:
    """A line of small type, its label in bold."""

    def draw() -> Piece:
        drawing = Drawing(width, desk.fonts)
        spans = [Span(text)] if isinstance(text, str) else [Span(text.label + " ", bold=True), Span(text.value or "")]
        element = drawing.element("P")
        return drawing.finish(desk.paragraph(drawing, spans, desk.style("small"), x=0, y=0, width=width, element=element))

    return desk.piece(("small line", text), width, draw)


def set_signs(desk: Desk, signs: SignsText, width: float) -> tuple[Piece, Piece]:
    """The pain rule in a line, and the two boxes."""
    boxes = desk.piece(("signs", signs.emergency, signs.call), width, lambda: draw_signs(desk, signs, width))
    return set_line(desk, signs.pain, width), boxes
