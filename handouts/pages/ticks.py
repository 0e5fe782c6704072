"""Boxes to tick: a column a day, a row or a group a week."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.document import Box, Piece
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.setting import measure
from handouts.texts import TickText

_BETWEEN_WEEKS = 12.0
"""Points between the boxes of two weeks in a row."""


def draw_ticks(desk: Desk, ticks: TickText, width: float) -> Piece:
    """Boxes to tick, a column a day; the weeks side by side where there is room, else a row each. Read aloud as one picture."""
    drawing = Drawing(width, desk.fonts)
    style, bold = desk.style("small"), desk.style("small", bold=True)
    in_a_row = _fit_in_a_row(desk, ticks, width)
    names = () if in_a_row else ticks.rows
    weeks = len(ticks.rows)
    label = _label_width(desk, ticks.label, names)
    groups = weeks if in_a_row else 1
    column = (width - label - _BETWEEN_WEEKS * (groups - 1)) / (len(ticks.days) * groups)
    box = min(14.0, column - 3)
    row_height = box + 4
    height = style.leading + (1 if in_a_row else weeks) * row_height
    figure = drawing.element("Figure", alt=ticks.alt, box=Box(left=0, bottom=-height, right=width, top=0))
    desk.paragraph(drawing, ticks.label, bold, x=0, y=0, width=label, element=figure)
    for week in range(weeks):
        left = label + (week * (len(ticks.days) * column + _BETWEEN_WEEKS) if in_a_row else 0.0)
        top = style.leading + (0 if in_a_row else week) * row_height
        for index, day in enumerate(ticks.days):
            x = left + index * column
            if in_a_row or week == 0:
                desk.paragraph(drawing, day, style, x=x, y=0, width=column + 1, element=figure, centred=True)
            drawing.rectangle(
                left=x + (column - box) / 2,
                top=top + 1,
                width=box,
                height=box,
                stroke=desk.edition.colours.text,
                line_width=1,
                element=figure,
            )
    for number, name in enumerate(names):
        y = style.leading + number * row_height + (row_height - style.leading) / 2
        desk.paragraph(drawing, name, style, x=0, y=y, width=label, element=figure)
    return drawing.finish(height)


def _fit_in_a_row(desk: Desk, ticks: TickText, width: float) -> bool:
    """True when the boxes of all weeks fit side by side."""
    weeks = len(ticks.rows)
    needed = _label_width(desk, ticks.label, ()) + weeks * _days_width(desk, ticks) + _BETWEEN_WEEKS * (weeks - 1)
    return needed <= width


def ticks_fit(desk: Desk, ticks: TickText, width: float) -> bool:
    """True when a row of a week fits."""
    return _label_width(desk, ticks.label, ticks.rows) + _days_width(desk, ticks) <= width


def _label_width(desk: Desk, label: str, names: Sequence[str]) -> float:
    """Room for the label and the names of the rows."""
    size = desk.edition.type.small
    return max(measure(label, desk.fonts, size, bold=True), *(measure(name, desk.fonts, size) for name in names), 0.0) + 7


def _days_width(desk: Desk, ticks: TickText) -> float:
    """Least room for the columns of the days."""
    return len(ticks.days) * max(measure(day, desk.fonts, desk.edition.type.small) + 2 for day in ticks.days)
