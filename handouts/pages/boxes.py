"""Headed boxes: what to do in an emergency, when to call, the pain rule, before you start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from handouts.document import Piece
from handouts.pages.desk import Desk, TypeStyle
from handouts.pages.drawing import Drawing
from handouts.pages.setting import Line, measure
from handouts.texts import BoxText, SignsText

_SHARES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.45)
_SHARES_OF_SIGNS = (0.5, 0.45, 0.48, 0.52, 0.55, 0.42, 0.58)
"""Parts of the width tried for the first of two boxes."""

_INDENT = 12.0
"""Points from a bullet to its text."""

PACKED = 0
"""Instead of a number of columns: bullets stand beside each other as they fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How one box is drawn: with a heavy frame and a warning sign, its bullets in so many columns (or PACKED), in a type size."""

    urgent: bool
    columns: int = 1
    type: str = "body"


def draw_boxes(desk: Desk, boxes: Sequence[BoxText], width: float, *, urgent: bool) -> Piece:
    """One box, its bullets in two columns, or two boxes side by side, equally tall and shared out so that they end soonest.

    An urgent box stands out without colour too, by a heavy frame and a warning sign.
    """
    alone = len(boxes) == 1
    looks = [_Look(urgent=urgent, columns=2 if alone and len(box.items) > 3 else 1) for box in boxes]
    return _draw_shared_out(desk, list(zip(boxes, looks, strict=True)), width, (1.0,) if alone else _SHARES)


def draw_signs(desk: Desk, signs: SignsText, width: float) -> Piece:
    """The two boxes of a page that hangs on its own: help now, and call us, in few words, as low as they can be."""
    urgent, call = (_Look(urgent=each, columns=PACKED, type="small") for each in (True, False))
    return _draw_shared_out(desk, ((signs.emergency, urgent), (signs.call, call)), width, _SHARES_OF_SIGNS)


def draw_list_box(desk: Desk, box: BoxText, width: float, *, columns: int) -> Piece:
    """A box of its own with a list in so many columns, in small type."""
    return _draw_shared_out(desk, ((box, _Look(urgent=False, columns=columns, type="small")),), width, (1.0,))


def _draw_shared_out(desk: Desk, boxes: Sequence[tuple[BoxText, _Look]], width: float, shares: Sequence[float]) -> Piece:
    """The boxes side by side, equally tall; `shares` are the parts of the width to try for the first of two."""
    gap = desk.edition.spacing.column_gap * 0.75
    blank = Drawing(width, desk.fonts)

    def columns(share: float) -> tuple[tuple[float, float], ...]:
        first = (width - gap) * share
        return ((0.0, width),) if len(boxes) == 1 else ((0.0, first), (first + gap, width - gap - first))

    def draw_at(share: float, drawing: Drawing, height: float) -> float:
        return max(
            _draw_box(desk, drawing, box, look, x=x, width=column, height=height)
            for (box, look), (x, column) in zip(boxes, columns(share), strict=True)
        )

    share = min(shares, key=lambda share: draw_at(share, blank, 0))
    height = draw_at(share, blank, 0)
    drawing = Drawing(width, desk.fonts)
    draw_at(share, drawing, height)
    return drawing.finish(height)


def _draw_box(desk: Desk, drawing: Drawing, box: BoxText, look: _Look, *, x: float, width: float, height: float) -> float:
    """Draw the box at x, `height` tall (0: only measure), and return the height it needs."""
    colours, padding = desk.edition.colours, desk.edition.spacing.padding
    bar, on_bar = (colours.urgent, colours.on_urgent) if look.urgent else (colours.accent, colours.on_accent)
    heading = desk.style(look.type, bold=True, colour=on_bar)
    sign = heading.size * 1.35 if look.urgent else 0.0
    inner = width - 2 * padding
    head_lines = desk.set(box.heading, heading, inner - sign)
    head_height = len(head_lines) * heading.leading + 5
    if height:
        fill = colours.urgent_panel if look.urgent else colours.panel
        line = 2.2 if look.urgent else 0.8
        drawing.rectangle(left=x, top=0, width=width, height=height, fill=fill, stroke=bar, line_width=line)
        drawing.rectangle(left=x, top=0, width=width, height=head_height, fill=bar)
        if look.urgent:
            _draw_warning_sign(drawing, x=x + padding, y=(head_height - sign + 3) / 2, size=sign - 3, colour=on_bar, mark=bar)
    section = drawing.element("Sect")
    head = drawing.element("H2", section)
    drawing.lines(
        head_lines, x=x + padding + sign, y=2.5, size=heading.size, leading=heading.leading, colour=on_bar, element=head
    )
    y = head_height + padding * 0.5
    left = x + padding
    style = desk.style(look.type)
    if box.write_in:
        y = _draw_write_in(desk, drawing, box.write_in, x=left, y=y, width=inner, parent=section)
    if box.items:
        y = _draw_bullets(desk, drawing, box.items, style, x=left, y=y, width=inner, parent=section, columns=look.columns)
    if box.closing:
        y = desk.paragraph(drawing, box.closing, style, x=left, y=y + 3, width=inner, element=drawing.element("P", section))
    return y + padding * 0.5


def _draw_write_in(desk: Desk, drawing: Drawing, label: str, *, x: float, y: float, width: float, parent: int) -> float:
    style = desk.style("body", bold=True)
    bottom = desk.paragraph(drawing, label, style, x=x, y=y, width=width, element=drawing.element("P", parent))
    left = x + measure(label + " ", desk.fonts, style.size, bold=True)
    drawing.rule(left=left, right=x + width, y=bottom - 3, colour=desk.edition.colours.muted)
    return bottom


def _draw_bullets(
    desk: Desk,
    drawing: Drawing,
    items: Sequence[str],
    style: TypeStyle,
    *,
    x: float,
    y: float,
    width: float,
    parent: int,
    columns: int,
) -> float:
    """A bulleted list in columns, read down the first; bullets are drawn, not typed."""
    bullets = drawing.element("L", parent, attributes="/A<</O/List/ListNumbering/Disc>>")
    if columns == PACKED:
        return _draw_packed(desk, drawing, items, style, x=x, y=y, width=width, bullets=bullets)
    between = 14.0
    column = (width - between * (columns - 1)) / columns
    set_items = [desk.set(item, style, column - _INDENT) for item in items]
    turns = _balance([len(lines) for lines in set_items], columns)
    top = bottom = y
    for index, lines in enumerate(set_items):
        if index in turns:
            x, y = x + column + between, top
        y = _draw_bullet(drawing, lines, style, x=x, y=y, bullets=bullets) + 1.5
        bottom = max(bottom, y)
    return bottom


def _draw_bullet(drawing: Drawing, lines: Sequence[Line], style: TypeStyle, *, x: float, y: float, bullets: int) -> float:
    body = drawing.element("LBody", drawing.element("LI", bullets))
    drawing.disc(x=x + 3.2, y=y + style.leading / 2, radius=style.size * 0.17, fill=style.colour)
    return drawing.lines(lines, x=x + _INDENT, y=y, size=style.size, leading=style.leading, colour=style.colour, element=body)


def _draw_packed(
    desk: Desk, drawing: Drawing, items: Sequence[str], style: TypeStyle, *, x: float, y: float, width: float, bullets: int
) -> float:
    """Bullets one after the other in lines, each item whole on its line where it fits one."""
    left, bottom = x, y
    for item in items:
        lines = desk.set(item, style, width - _INDENT)
        needed = _INDENT + max((line.width for line in lines), default=0.0)
        if left > x and left + needed > x + width:
            left, y = x, bottom
        bottom = _draw_bullet(drawing, lines, style, x=left, y=y, bullets=bullets)
        left += needed + _INDENT
    return bottom


def _balance(counts: Sequence[int], columns: int) -> tuple[int, ...]:
    """The items that start the second and later columns, so that the tallest column is as short as can be."""
    if columns == 1 or len(counts) < columns:
        return ()
    every = combinations(range(1, len(counts)), columns - 1)

    def tallest(turns: tuple[int, ...]) -> int:
        edges = (0, *turns, len(counts))
        return max(sum(counts[start:end]) for start, end in pairwise(edges))

    return min(every, key=lambda turns: (tallest(turns), tuple(-turn for turn in turns)))


def _draw_warning_sign(drawing: Drawing, *, x: float, y: float, size: float, colour: str, mark: str) -> None:
    drawing.polygon(((x, y + size), (x + size / 2, y), (x + size, y + size)), colour)
    drawing.rectangle(left=x + size * 0.45, top=y + size * 0.33, width=size * 0.1, height=size * 0.36, fill=mark)
    drawing.rectangle(left=x + size * 0.45, top=y + size * 0.77, width=size * 0.1, height=size * 0.1, fill=mark)
