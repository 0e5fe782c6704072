"""Headed boxes: what to do in an emergency, when to call, the pain rule, before you start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, combinations, pairwise

from handouts.document import Piece
from handouts.nouns import dataclass
from handouts.pages.desk import Desk, TypeStyle
from handouts.pages.drawing import Drawing
from handouts.pages.setting import Line, measure
from handouts.texts import BoxText, SignsText

_SHARES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.45)
"""Parts of the width tried for the first of two boxes."""

_LEAST_INDENT, _INDENT = 12.0, 0.9
"""Points from a bullet to its text at least, and as a share of the type size."""

_BETWEEN, _MOST_COLUMNS = 14.0, 4
"""Points between columns of bullets, and the most columns beside a heading."""

_BETWEEN_BOXES = 4.0
_SIDE_HEADING, _MORE_SIDE = 106.0, (0.0, 25.0, 50.0, 80.0)
"""Points of a heading at the side of its box in 12 point type, and what is tried more."""

_LEAST_LINE = 100.0
"""Points of a line to write on at least."""

_DISCS = "/A<</O/List/ListNumbering/Disc>>"
_NUMBERS = "/A<</O/List/ListNumbering/Decimal>>"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How one box is drawn: with a heavy frame and a warning sign, its list in so many columns, in a named type size.

    `bulleted`: with bullets; items that begin with their numbers need none.
    """

    urgent: bool
    columns: int = 1
    type: str = "body"
    bulleted: bool = True


def draw_boxes(desk: Desk, boxes: Sequence[BoxText], width: float, *, urgent: bool) -> Piece:
    """One box, its bullets in two columns, or two boxes side by side, equally tall and shared out so that they end soonest.

    In an edition of one column bullets stand in one, and boxes one above the other. An urgent box stands out without colour
    too, by a heavy frame and a warning sign.
    """
    if desk.edition.boxes.columns == 1:
        return _stack(desk, [(box, _Look(urgent=urgent)) for box in boxes], width)
    alone = len(boxes) == 1
    looks = [_Look(urgent=urgent, columns=2 if alone and len(box.items) > 3 else 1) for box in boxes]
    return _draw_shared_out(desk, list(zip(boxes, looks, strict=True)), width, (1.0,) if alone else _SHARES)


def draw_signs(desk: Desk, signs: SignsText, width: float) -> Piece:
    """The two boxes of a page that hangs on its own, one above the other: help now, and call us.

    Their headings stand at the side, or above where that is lower.
    """
    beside = Drawing(width, desk.fonts)
    y = _draw_side_headed(desk, beside, signs.emergency, y=0.0, width=width, urgent=True)
    low = beside.finish(_draw_side_headed(desk, beside, signs.call, y=y + _BETWEEN_BOXES, width=width, urgent=False))
    columns = desk.edition.boxes.columns
    urgent, calm = (_Look(urgent=urgent, columns=columns, type="small") for urgent in (True, False))
    return min(low, _stack(desk, ((signs.emergency, urgent), (signs.call, calm)), width), key=lambda piece: piece.height)


def _stack(desk: Desk, boxes: Sequence[tuple[BoxText, _Look]], width: float) -> Piece:
    """The boxes one above the other."""
    drawing = Drawing(width, desk.fonts)
    y = 0.0
    for box, look in boxes:
        height = _draw_box(desk, Drawing(width, desk.fonts), box, look, x=0, width=width, height=0)
        y = _draw_box(desk, drawing, box, look, x=0, y=y, width=width, height=height) + _BETWEEN_BOXES
    return drawing.finish(y - _BETWEEN_BOXES)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SideHeaded:
    """A box with its heading at the side, set: how wide the side is, and the columns of bullets beside it."""

    box: BoxText
    side: float
    sign: float
    head: tuple[Line, ...]
    columns: Sequence[tuple[Sequence[str], float]]
    height: float


def _draw_side_headed(desk: Desk, drawing: Drawing, box: BoxText, *, y: float, width: float, urgent: bool) -> float:
    """A box with its heading at the side, which is as wide as makes it lowest; returns the y below it."""
    size, padding = desk.heading("small").size, desk.edition.spacing.padding
    sign = size * 1.35 if urgent else 0.0
    longest = max(measure(word, desk.fonts, size, bold=True) for word in box.heading.split(" "))
    least = max(_SIDE_HEADING * size / 12, longest + 1 + 2 * padding) + sign
    tried = [_set_side_headed(desk, box, width, min(least + more, width / 3), sign) for more in _MORE_SIDE]
    chosen = min(tried, key=lambda each: each.height)
    colours = desk.edition.colours
    bar, fill = (colours.urgent, colours.urgent_panel) if urgent else (colours.accent, colours.panel)
    heading = desk.heading("small", colours.on_urgent if urgent else colours.on_accent)
    height = chosen.height
    drawing.rectangle(left=0, top=y, width=width, height=height, fill=fill, stroke=bar, line_width=2.2 if urgent else 0.8)
    drawing.rectangle(left=0, top=y, width=chosen.side, height=height, fill=bar)
    if urgent:
        draw_warning_sign(drawing, x=padding, y=y + (height - sign) / 2, size=sign - 3, colour=heading.colour, mark=bar)
    section = drawing.element("Sect")
    top, element = y + (height - len(chosen.head) * heading.leading) / 2, drawing.element("H2", section)
    drawing.lines(
        chosen.head, x=padding + sign, y=top, size=heading.size, leading=heading.leading, colour=heading.colour, element=element
    )
    _draw_beside(desk, drawing, chosen, y=y + 4, parent=section)
    return y + height


def _set_side_headed(desk: Desk, box: BoxText, width: float, side: float, sign: float) -> _SideHeaded:
    heading, style, padding = desk.heading("small"), desk.style("small"), desk.edition.spacing.padding
    head = desk.set(box.heading, heading, side - 2 * padding - sign)
    columns = _columns_of_their_own(desk, box, style, width - side - 2 * padding)
    made = _SideHeaded(box=box, side=side, sign=sign, head=head, columns=columns, height=0.0)
    blank = Drawing(width, desk.fonts)
    needed = _draw_beside(desk, blank, made, y=0.0, parent=blank.element("Sect"))
    return replace(made, height=max(needed, len(head) * heading.leading) + 8)


def _draw_beside(desk: Desk, drawing: Drawing, made: _SideHeaded, *, y: float, parent: int) -> float:
    """The line to write on and the bullets beside the heading; returns the y below them."""
    style = desk.style("small")
    x = made.side + desk.edition.spacing.padding
    bottom = first = y
    if made.box.write_in:
        room = made.columns[0][1]
        first = _draw_write_in(desk, drawing, made.box.write_in, style, x=x, y=y, width=room, parent=parent) + 0.5
    bullets = drawing.element("L", parent, attributes=_DISCS)
    for number, (items, room) in enumerate(made.columns):
        top = y if number else first
        for item in items:
            lines = desk.set(item, style, room - _indent(style))
            top = _draw_item(drawing, lines, style, x=x, y=top, indent=_indent(style), parent=bullets) + 0.5
        x, bottom = x + room + _BETWEEN, max(bottom, top)
    return bottom


def _columns_of_their_own(desk: Desk, box: BoxText, style: TypeStyle, width: float) -> list[tuple[Sequence[str], float]]:
    """The items in columns, each with its width, that are as low as they can be; as wide as their items where these fit.

    A line to write on takes the place of the first item.
    """
    needed = [_indent(style) + 1 + measure(item, desk.fonts, style.size) for item in box.items]
    if box.write_in:
        needed = [measure(box.write_in, desk.fonts, style.size, bold=True) + _LEAST_LINE, *needed]
    most = min(len(needed), _MOST_COLUMNS)
    tried = [_share_out(needed, count, width) for count in range(1, most + 1)]

    def fill(shares: Sequence[tuple[int, float]]) -> list[tuple[Sequence[str], float]]:
        filled: list[tuple[Sequence[str], float]] = []
        start = -1 if box.write_in else 0
        for count, room in shares:
            filled.append((box.items[max(0, start) : start + count], room))
            start += count
        return filled

    def lines(columns: Sequence[tuple[Sequence[str], float]]) -> int:
        counts = [sum(len(desk.set(item, style, room - _indent(style))) for item in own) for own, room in columns]
        return max(counts[0] + (1 if box.write_in else 0), *counts[1:], 0)

    return min((fill(shares) for shares in tried), key=lines)


def _share_out(needed: Sequence[float], count: int, width: float) -> list[tuple[int, float]]:
    """How many items go into each of so many columns, and how wide each is."""
    size, more = divmod(len(needed), count)
    counts = [size + (index < more) for index in range(count)]
    ends = list(accumulate(counts))
    room = width - _BETWEEN * (count - 1)
    widths = [max(needed[end - own : end]) for end, own in zip(ends, counts, strict=True)]
    spare = (room - sum(widths)) / count
    return list(zip(counts, [each + spare for each in widths] if spare >= 0 else [room / count] * count, strict=True))


def draw_numbered_box(desk: Desk, box: BoxText, width: float, *, columns: int) -> Piece:
    """A box of its own with a list in so many columns, in small type; its items begin with their numbers."""
    look = _Look(urgent=False, columns=columns, type="small", bulleted=False)
    return _draw_shared_out(desk, ((box, look),), width, (1.0,))


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


def _draw_box(
    desk: Desk, drawing: Drawing, box: BoxText, look: _Look, *, x: float, width: float, height: float, y: float = 0.0
) -> float:
    """Draw the box with its corner at (x, y), `height` tall (0: only measure), and return the y below it."""
    colours, padding = desk.edition.colours, desk.edition.spacing.padding
    bar, on_bar = (colours.urgent, colours.on_urgent) if look.urgent else (colours.accent, colours.on_accent)
    heading = desk.heading(look.type, on_bar)
    sign = heading.size * 1.35 if look.urgent else 0.0
    inner = width - 2 * padding
    head_lines = desk.set(box.heading, heading, inner - sign)
    head_height = len(head_lines) * heading.leading + 5
    if height:
        fill = colours.urgent_panel if look.urgent else colours.panel
        line = 2.2 if look.urgent else 0.8
        drawing.rectangle(left=x, top=y, width=width, height=height, fill=fill, stroke=bar, line_width=line)
        drawing.rectangle(left=x, top=y, width=width, height=head_height, fill=bar)
        if look.urgent:
            at = y + (head_height - sign + 3) / 2
            draw_warning_sign(drawing, x=x + padding, y=at, size=sign - 3, colour=on_bar, mark=bar)
    section = drawing.element("Sect")
    head = drawing.element("H2", section)
    drawing.lines(
        head_lines, x=x + padding + sign, y=y + 2.5, size=heading.size, leading=heading.leading, colour=on_bar, element=head
    )
    y += head_height + padding * 0.5
    left = x + padding
    style = desk.style(look.type)
    if box.write_in:
        y = _draw_write_in(desk, drawing, box.write_in, style, x=left, y=y, width=inner, parent=section)
    if box.items:
        y = _draw_list(desk, drawing, box.items, style, x=left, y=y, width=inner, parent=section, look=look)
    if box.closing:
        y = desk.paragraph(drawing, box.closing, style, x=left, y=y + 3, width=inner, element=drawing.element("P", section))
    return y + padding * 0.5


def _draw_write_in(
    desk: Desk, drawing: Drawing, label: str, style: TypeStyle, *, x: float, y: float, width: float, parent: int
) -> float:
    strong = replace(style, bold=True)
    bottom = desk.paragraph(drawing, label, strong, x=x, y=y, width=width, element=drawing.element("P", parent))
    left = x + measure(label + " ", desk.fonts, strong.size, bold=True)
    drawing.rule(left=left, right=x + width, y=bottom - 3, colour=desk.edition.colours.muted)
    return bottom


def _draw_list(
    desk: Desk,
    drawing: Drawing,
    items: Sequence[str],
    style: TypeStyle,
    *,
    x: float,
    y: float,
    width: float,
    parent: int,
    look: _Look,
) -> float:
    """A list in columns, read down the first; bullets are drawn, not typed."""
    listed = drawing.element("L", parent, attributes=_DISCS if look.bulleted else _NUMBERS)
    indent = _indent(style) if look.bulleted else 0.0
    column = (width - _BETWEEN * (look.columns - 1)) / look.columns
    set_items = [desk.set(item, style, column - indent) for item in items]
    turns = _balance([len(lines) for lines in set_items], look.columns)
    top = bottom = y
    for index, lines in enumerate(set_items):
        if index in turns:
            x, y = x + column + _BETWEEN, top
        y = _draw_item(drawing, lines, style, x=x, y=y, indent=indent, parent=listed) + 1.5
        bottom = max(bottom, y)
    return bottom


def _indent(style: TypeStyle) -> float:
    return max(_LEAST_INDENT, style.size * _INDENT)


def _draw_item(
    drawing: Drawing, lines: Sequence[Line], style: TypeStyle, *, x: float, y: float, indent: float, parent: int
) -> float:
    """One item of a list, with a bullet in the room of its indent; returns the y below it."""
    body = drawing.element("LBody", drawing.element("LI", parent))
    if indent:
        drawing.disc(x=x + 3.2, y=y + style.leading / 2, radius=style.size * 0.17, fill=style.colour)
    return drawing.lines(lines, x=x + indent, y=y, size=style.size, leading=style.leading, colour=style.colour, element=body)


def _balance(counts: Sequence[int], columns: int) -> tuple[int, ...]:
    """The items that start the second and later columns, so that the tallest column is as short as can be."""
    if columns == 1 or len(counts) < columns:
        return ()
    every = combinations(range(1, len(counts)), columns - 1)

    def tallest(turns: tuple[int, ...]) -> int:
        edges = (0, *turns, len(counts))
        return max(sum(counts[start:end]) for start, end in pairwise(edges))

    return min(every, key=lambda turns: (tallest(turns), tuple(-turn for turn in turns)))


def draw_warning_sign(drawing: Drawing, *, x: float, y: float, size: float, colour: str, mark: str) -> None:
    """A triangle with an exclamation mark."""
    drawing.polygon(((x, y + size), (x + size / 2, y), (x + size, y + size)), colour)
    drawing.rectangle(left=x + size * 0.45, top=y + size * 0.33, width=size * 0.1, height=size * 0.36, fill=mark)
    drawing.rectangle(left=x + size * 0.45, top=y + size * 0.77, width=size * 0.1, height=size * 0.1, fill=mark)
