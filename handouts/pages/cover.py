"""The cover made from the clinic's brand: colour, logo, name, contacts, patient, clinician and date."""

from __future__ import annotations

from handouts.document import Page, Piece, Placement
from handouts.looks import Paper
from handouts.pages.blocks import draw_brand_header, draw_fields
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.texts import CoverText

_BAND = 0.33
"""Share of the page that the coloured band takes."""


def compose_cover(cover: CoverText, desk: Desk, paper: Paper, *, node: int) -> Page:
    """One cover page; its text hangs below the structure node `node`."""
    inset = desk.edition.frames.footer_inset * 1.4
    width = paper.width - 2 * inset
    band = _draw_band(desk, paper.width, paper.height * _BAND)
    title = _draw_cover_title(desk, cover, width)
    fields = draw_fields(desk, cover.fields, width)
    placements = [Placement(piece=band, x=0, y=paper.height - band.height, node=None)]
    y = paper.height * (1 - _BAND) + max(24.0, (paper.height * _BAND - title.height) / 2)
    placements.append(Placement(piece=title, x=inset, y=y, node=node))
    y = paper.height * (1 - _BAND) - 60 - fields.height
    placements.append(Placement(piece=fields, x=inset, y=y, node=node))
    if (clinic := cover.clinic) is not None:
        header = desk.piece(("brand", clinic), width, lambda: draw_brand_header(desk, clinic, width))
        placements.append(Placement(piece=header, x=inset, y=inset, node=node))
    return Page(width=paper.width, height=paper.height, placements=tuple(placements))


def _draw_band(desk: Desk, width: float, height: float) -> Piece:
    drawing = Drawing(width, desk.fonts)
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=desk.edition.colours.accent)
    return drawing.finish(height)


def _draw_cover_title(desk: Desk, cover: CoverText, width: float) -> Piece:
    drawing = Drawing(width, desk.fonts)
    colour = desk.edition.colours.on_accent
    y = desk.paragraph(
        drawing, cover.title, desk.style("title", bold=True, colour=colour), x=0, y=0, width=width, element=drawing.element("P")
    )
    y = desk.paragraph(
        drawing, cover.subtitle, desk.style("heading", colour=colour), x=0, y=y + 6, width=width, element=drawing.element("P")
    )
    return drawing.finish(y)
