"""Tables to tick: columns, cells with boxes, stripes and room to write in, each said to a reader who cannot see it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handouts.document import Box, Piece
from handouts.nouns import dataclass
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.flow import TooTallError
from handouts.texts import CellText

LARGEST_BOX, _SMALLEST_BOX = 17.0, 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: its left edge and its width, in points."""

    left: float
    width: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width


def whole_tenths(value: float) -> float:
    """The length rounded down to a tenth of a point: what a piece is remembered by is what it is drawn with."""
    return math.floor(value * 10) / 10


def lay_columns(*widths: float) -> tuple[Column, ...]:
    """Columns of these widths side by side."""
    columns, left = [], 0.0
    for width in widths:
        columns.append(Column(left=left, width=width))
        left += width
    return tuple(columns)


def spanned(columns: tuple[Column, ...]) -> Column:
    """One column over neighbouring ones."""
    return Column(left=columns[0].left, width=columns[-1].right - columns[0].left)


def cell_attributes(*, scope: str | None = None, columns: int = 1, rows: int = 1) -> str:
    """The attributes of a table cell: the scope of a header, and how many columns and rows it spans (ISO 32000-1, 14.8.5.7)."""
    parts = [f"/Scope/{scope}"] if scope else []
    parts += [f"/ColSpan {columns}"] if columns > 1 else []
    parts += [f"/RowSpan {rows}"] if rows > 1 else []
    return f"/A<</O/Table{''.join(parts)}>>" if parts else ""


def draw_cells(
    desk: Desk, drawing: Drawing, cells: tuple[CellText, ...], column: Column, *, top: float, height: float, parent: int
) -> None:
    """Boxes beside each other in the middle of a cell; a rest day is striped all over, a day outside the plan has a dash."""
    colours = desk.edition.colours
    if cells[0].state != "box":
        _draw_idle(desk, drawing, cells[0], column, top=top, height=height, parent=parent)
        return
    rows, size = arrange_boxes(len(cells), column.width, height)
    across = -(-len(cells) // rows)
    between = min(8.0, (column.width - size * across) / (across + 1))
    down = min(between, (height - size * rows) / (rows + 1))
    y = top + (height - size * rows - down * (rows - 1)) / 2
    for start in range(0, len(cells), across):
        in_row = cells[start : start + across]
        left = column.left + (column.width - size * across - between * (across - 1)) / 2
        for cell in in_row:
            box = Box(left=left, bottom=-y - size, right=left + size, top=-y)
            element = drawing.element("Figure", parent, alt=cell.alt, box=box)
            drawing.rectangle(
                left=left, top=y, width=size, height=size, fill="#ffffff", stroke=colours.text, line_width=1, element=element
            )
            left += size + between
        y += size + down


def arrange_boxes(count: int, width: float, height: float) -> tuple[int, float]:
    """In how many rows so many boxes are largest, and how large they are then, in points.

    Raises:
        TooTallError: they would be too small to tick.

    """

    def size(rows: int) -> float:
        across = -(-count // rows)
        return min(LARGEST_BOX, (height - 2 * (rows + 1)) / rows, (width - 3 * (across + 1)) / across)

    rows = max(range(1, count + 1), key=lambda rows: (size(rows), -rows))
    if size(rows) < _SMALLEST_BOX:
        raise TooTallError(f"a row of {count} boxes to tick")
    return rows, size(rows)


def draw_space(desk: Desk, drawing: Drawing, cell: CellText, column: Column, *, top: float, height: float, parent: int) -> None:
    """Room to write in, a line around it; a day outside the plan has a dash."""
    if cell.state != "box":
        _draw_idle(desk, drawing, cell, column, top=top, height=height, parent=parent)
        return
    left, y, width, tall = column.left + 2.5, top + 3, column.width - 5, height - 6
    box = Box(left=left, bottom=-y - tall, right=left + width, top=-y)
    element = drawing.element("Figure", parent, alt=cell.alt, box=box)
    line = desk.edition.colours.line
    drawing.rectangle(left=left, top=y, width=width, height=tall, fill="#ffffff", stroke=line, line_width=0.8, element=element)


def _draw_idle(desk: Desk, drawing: Drawing, cell: CellText, column: Column, *, top: float, height: float, parent: int) -> None:
    colours = desk.edition.colours
    box = Box(left=column.left, bottom=-top - height, right=column.right, top=-top)
    element = drawing.element("Figure", parent, alt=cell.alt, box=box)
    if cell.state == "rest":
        drawing.hatch(
            left=column.left, top=top, width=column.width, height=height, fill=colours.panel, stroke=colours.line, element=element
        )
        return
    middle, half = column.left + column.width / 2, min(5.0, column.width / 4)
    drawing.rectangle(left=middle - half, top=top + height / 2, width=2 * half, height=1, fill=colours.line, element=element)


def draw_grid(
    desk: Desk, drawing: Drawing, columns: tuple[Column, ...], *, width: float, bottom: float, top: float = 0.0
) -> None:
    """The line below a row, and thin lines between its columns."""
    line = desk.edition.colours.line
    for column in columns[1:]:
        drawing.rectangle(left=column.left - 0.25, top=top, width=0.5, height=bottom - top, fill=line)
    drawing.rule(left=0, right=width, y=bottom, colour=line, line_width=0.7)


def draw_header_row(
    desk: Desk, words: Sequence[str], columns: Sequence[Column], width: float, *, tagged: bool, centred: bool
) -> Piece:
    """One row of column heads on the brand's colour, as tall as the longest; a repetition on the next page is an artifact."""
    drawing = Drawing(width, desk.fonts)
    style = desk.style("small", bold=True, colour=desk.edition.colours.on_accent)
    inset = 0.0 if centred else 3.0
    lines = [desk.set(each, style, column.width - inset - 1) for each, column in zip(words, columns, strict=False)]
    height = max(len(each) for each in lines) * style.leading + 5
    drawing.rectangle(left=0, top=0, width=width, height=height, fill=desk.edition.colours.accent)
    row = drawing.element("TR") if tagged else None
    for each, column in zip(lines, columns, strict=True):
        element = drawing.element("TH", row, attributes=cell_attributes(scope="Column")) if row is not None else None
        drawing.lines(
            each,
            x=column.left + inset,
            y=(height - len(each) * style.leading) / 2,
            size=style.size,
            leading=style.leading,
            colour=style.colour,
            element=element,
            centre_in=column.width if centred else None,
        )
    return drawing.finish(height)
