"""What a page that hangs on its own has above and below: who it is for, and what to do when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.document import Box, Piece
from handouts.nouns import dataclass
from handouts.pages.blocks import draw_contact
from handouts.pages.boxes import draw_signs
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.setting import Span, measure
from handouts.texts import ClinicText, FieldText, PageHeadText, SignsText

_BRAND_SHARE = 0.42
_LOGO = 30.0
_LEAST_LINE = 60.0
"""Points that a line to write on has at least; it gets what is left of its row."""


def set_page_head(
    desk: Desk, head: PageHeadText, heading: str, width: float, *, write_in: bool, opens: bool, again: bool
) -> Piece:
    """The title beside the clinic, then heading, who and when in one row.

    `opens`: the page opens the document, so its title is the first heading; else only what it adds is read aloud: `again`
    a page of the same kind came before it, and said the rest. It holds a patient's words, so it is not kept.
    """
    drawing = Drawing(width, desk.fonts)
    colours, gap = desk.edition.colours, desk.edition.spacing.column_gap
    own = width * (1 - _BRAND_SHARE) - gap if head.clinic else width
    title = desk.style("heading", bold=True, colour=colours.accent)
    y = desk.paragraph(drawing, head.title, title, x=0, y=0, width=own, element=drawing.element("H1") if opens else None)
    if head.clinic:
        y = max(y, _draw_brand(desk, drawing, head.clinic, x=own + gap, width=width - own - gap, tagged=not again))
    drawing.rule(left=0, right=width, y=y + 2, colour=colours.accent, line_width=1.6)
    fields = [
        _Field(text=FieldText(label=heading, value=None if write_in else ""), tag="H2"),
        *(_Field(text=field, tag=None if again else "P") for field in head.fields),
    ]
    return drawing.finish(_draw_fields_in_a_row(desk, drawing, fields, y=y + 5, width=width) + 2)


def _draw_brand(desk: Desk, drawing: Drawing, clinic: ClinicText, *, x: float, width: float, tagged: bool) -> float:
    """The clinic's name and its first contact at the right, its logo before them; returns the y below."""
    name, small = desk.style("small", bold=True, colour=desk.edition.colours.accent), desk.style("small")
    contact = clinic.contacts[0]
    named, reached = measure(clinic.name, desk.fonts, name.size, bold=True), measure(contact.text, desk.fonts, small.size)
    needed, logo_room, below = named + 10 + reached + 1, 0.0, 0.0
    if clinic.logo:
        logo = desk.logo(clinic.logo)
        height = min(_LOGO, (width / 3) / logo.shape)
        logo_room, below = height * logo.shape + 8, height
        start = max(x, x + width - needed - logo_room)
        box = Box(left=start, bottom=-height, right=start + height * logo.shape, top=0)
        element = drawing.element("Figure", alt=clinic.logo_alt, box=box) if tagged else None
        drawing.form(logo.form.name, (height * logo.shape, 0, 0, height, start, -height), element)
    room = width - logo_room
    on_one_line = needed <= room
    left = x + width - needed if on_one_line else x + logo_room
    top = max(0.0, (below - small.leading) / 2) if on_one_line else 0.0
    element = drawing.element("P") if tagged else None
    y = desk.paragraph(drawing, clinic.name, name, x=left, y=top, width=named + 1 if on_one_line else room, element=element)
    left, y, room = (left + named + 10, top, reached + 1) if on_one_line else (left, y, room)
    if tagged:
        return max(below, draw_contact(desk, drawing, contact, x=left, y=y, width=room))
    return max(below, desk.paragraph(drawing, contact.text, small, x=left, y=y, width=room, element=None))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A field and what it is: the heading of the page, a paragraph, or an artifact."""

    text: FieldText
    tag: str | None


def _draw_fields_in_a_row(desk: Desk, drawing: Drawing, fields: Sequence[_Field], *, y: float, width: float) -> float:
    """The fields beside each other, each as wide as it needs; lines to write on share what is left. Wraps where it must."""
    gap = desk.edition.spacing.column_gap
    rows: list[list[tuple[_Field, float]]] = [[]]
    for item in fields:
        needed = _field_width(desk, item.text)
        if rows[-1] and sum(known + gap for _, known in rows[-1]) + needed > width:
            rows.append([])
        rows[-1].append((item, needed))
    for row in rows:
        spare = max(0.0, width - sum(needed for _, needed in row) - gap * (len(row) - 1))
        lines = sum(item.text.value is None for item, _ in row)
        x, bottom = 0.0, y
        for item, needed in row:
            room = min(width - x, needed + (spare / lines if item.text.value is None else 0.0))
            bottom = max(bottom, _draw_field(desk, drawing, item, x=x, y=y, width=room))
            x += room + gap
        y = bottom + 2
    return y


def _field_width(desk: Desk, item: FieldText) -> float:
    size = desk.edition.type.small
    label = measure(item.label + " ", desk.fonts, size, bold=True)
    return label + (_LEAST_LINE if item.value is None else measure(item.value, desk.fonts, size)) + 1


def _draw_field(desk: Desk, drawing: Drawing, field: _Field, *, x: float, y: float, width: float) -> float:
    style, item = desk.style("small"), field.text
    spans = [Span(item.label + (" " if item.value else ""), bold=True), *([Span(item.value)] if item.value else [])]
    bottom = desk.paragraph(
        drawing, spans, style, x=x, y=y, width=width, element=drawing.element(field.tag) if field.tag else None
    )
    if item.value is None:
        left = x + measure(item.label + " ", desk.fonts, style.size, bold=True)
        drawing.rule(left=left, right=x + width, y=bottom - 2, colour=desk.edition.colours.muted)
    return bottom


def set_line(desk: Desk, text: str | FieldText, width: float) -> Piece:
    """A line of small type, its label in bold."""

    def draw() -> Piece:
        drawing = Drawing(width, desk.fonts)
        spans = [Span(text)] if isinstance(text, str) else [Span(text.label + " ", bold=True), Span(text.value or "")]
        element = drawing.element("P")
        return drawing.finish(desk.paragraph(drawing, spans, desk.style("small"), x=0, y=0, width=width, element=element))

    return desk.piece(("small line", text), width, draw)


def set_running_head(desk: Desk, words: str, numbers: str, width: float) -> Piece:
    """What stands above a table that goes on from the page before: which page it is, and the numbers to call. An artifact."""

    def draw() -> Piece:
        drawing = Drawing(width, desk.fonts, artifact="/Artifact <</Type/Pagination/Subtype/Header>> BDC")
        style, strong = desk.style("small"), desk.style("small", bold=True)
        needed = measure(numbers, desk.fonts, strong.size, bold=True) + 1
        y = desk.paragraph(drawing, words, style, x=0, y=0, width=max(width - needed - 12, width / 2), element=None)
        left = max(width - needed, width / 2 + 12)
        return drawing.finish(max(y, desk.paragraph(drawing, numbers, strong, x=left, y=0, width=width - left, element=None)) + 3)

    return desk.piece(("running head", words, numbers), width, draw)


def set_signs(desk: Desk, signs: SignsText, width: float) -> tuple[Piece, Piece]:
    """The pain rule in a line, and the two boxes."""
    boxes = desk.piece(("signs", signs.emergency, signs.call), width, lambda: draw_signs(desk, signs, width))
    return set_line(desk, signs.pain, width), boxes
