"""Placing: on which page and where blocks stand, found by ReportLab's page templates and frames from their measures alone.

A block is told by numbers: its height, the gap below it, what it must stay with, where it may be parted. The places follow
from these and from the frames, so they are remembered under them; a handout whose texts are as tall as those of another
has the same places.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import field
from functools import partial
from typing import NamedTuple, TypeAlias

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, FrameBreak, LayoutError, NextPageTemplate, PageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable, PageBreak
from reportlab.platypus.frames import Frame

from handouts.looks import FrameInsets, Paper
from handouts.nouns import dataclass
from handouts.remembering import Memory

_FUZZ = 0.01
_LEAST_TOGETHER = 3
"""Pieces of a broken card that stand below its pictures at least: the dose and two steps."""

_MOST_PLACED = 1000
"""Ways to place a handout that are remembered, of some 5 kB each: texts of so many different heights."""


class PieceShape(NamedTuple):
    """One piece: its height, the gap below it, and whether the next block stays with it."""

    height: float
    gap: float
    keep_with_next: bool


class RowShape(NamedTuple):
    """A row of a table, and the height of the headers above it where it comes first in a frame."""

    height: float
    gap: float
    headers: float


class CardShape(NamedTuple):
    """A card: heights of its head and of what is beside or above its text, each also where it goes on, and of its text.

    `text` holds the height of each piece with the gap below it. `frame_height`: of a whole frame, in which it stays together.
    """

    head: float
    head_again: float
    pictures: float
    pictures_again: float
    text: tuple[float, ...]
    ticks: float
    ticks_below_pictures: bool
    stacked: bool
    frame_height: float
    gap: float

    def height(self, first: int, last: int) -> float:
        """The height of the part of the card from text piece `first` to before `last`; boxes to tick go with the last piece."""
        pictures = self.pictures_again if first else self.pictures
        text = sum(self.text[first:last])
        ticks = self.ticks if last == len(self.text) else 0.0
        if self.stacked:
            left, right = 0.0, pictures + text + ticks
        else:
            left, right = (pictures + ticks, text) if self.ticks_below_pictures else (pictures, text + ticks)
        return (self.head_again if first else self.head) + max(left, right)


class BreakShape(NamedTuple):
    """What follows begins a new page, a new frame, or one of them where fewer than so many points are left ("room")."""

    kind: str  # "page", "frame", "room"
    room: float = 0.0


Shape: TypeAlias = PieceShape | RowShape | CardShape | BreakShape


class Spot(NamedTuple):
    """Where a block stands: its lower left corner on a page; of a row, whether headers stand above it; of a card, which part."""

    block: int
    page: int
    x: float
    y: float
    headed: bool = False
    first: int = 0
    last: int = 0


class Places(NamedTuple):
    """The spots in the order of pages, and how many pages there are."""

    spots: tuple[Spot, ...]
    pages: int


class NoPlaceError(ValueError):
    """A block is taller than a whole frame; `block` is its number, where that is known."""

    def __init__(self, block: int | None) -> None:
        self.block = block
        super().__init__("a block is taller than a page")


_places = Memory(_MOST_PLACED)


def find_places(
    shapes: Sequence[Shape], paper: Paper, first: tuple[FrameInsets, ...], following: tuple[FrameInsets, ...]
) -> Places:
    """The places of blocks in the frames of the first and the following pages.

    Raises:
        NoPlaceError: a block is taller than a whole frame.

    """
    key = (tuple(shapes), paper, first, following)
    return _places.remember(key, partial(_ask_reportlab, *key))


@dataclass(slots=True)
class _Notes:
    """The spots so far, and the page that is being filled."""

    spots: list[Spot] = field(default_factory=list)
    page: int = 0


class _NotingCanvas(Canvas):  # type: ignore[misc] # ReportLab has no types
    """The canvas ReportLab's document template asks for: spots and pages are noted, nothing is drawn."""

    def __init__(self, notes: _Notes, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.notes = notes

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self._pageNumber += 1
        self.notes.page += 1

    def save(self) -> None:
        """Nothing is written."""


class _Block(Flowable):  # type: ignore[misc] # ReportLab has no types
    """A block of one height."""

    def __init__(self, number: int, height: float, gap: float, *, keep_with_next: bool = False) -> None:
        super().__init__()
        self.number, self.tall = number, height
        self.spaceBefore, self.spaceAfter, self.keepWithNext = 0, gap, keep_with_next

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The size of the block."""
        return width, self.tall

    def drawOn(self, canvas: _NotingCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Note the spot."""
        notes = canvas.notes
        notes.spots.append(self.found(notes.page, x, y))

    def found(self, page: int, x: float, y: float) -> Spot:
        """The spot as it is noted."""
        return Spot(self.number, page, x, y)


class _Row(_Block):
    """A table row with its headers above it when it comes first in a frame."""

    def __init__(self, number: int, shape: RowShape) -> None:
        super().__init__(number, shape.height, shape.gap)
        self.headers, self.headed = shape.headers, False

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        frame = getattr(self, "_frame", None)
        self.headed = frame is not None and bool(frame._atTop)  # noqa: SLF001 - ReportLab offers no other way to ask
        return width, self.tall + (self.headers if self.headed else 0.0)

    def found(self, page: int, x: float, y: float) -> Spot:
        return Spot(self.number, page, x, y, headed=self.headed)


class _Card(_Block):
    """A card: stays together where a whole frame can hold it, else breaks between its pieces under a repeated head."""

    def __init__(self, number: int, shape: CardShape, first: int, last: int) -> None:
        super().__init__(number, shape.height(first, last), shape.gap)
        self.shape, self.first, self.last = shape, first, last

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Two parts, or nothing when the card should move to the next frame as a whole."""
        shape, whole = self.shape, self.shape.frame_height
        if self.tall <= whole + _FUZZ:
            return []
        fit = self.first
        while fit < self.last and shape.height(self.first, fit + 1) <= height + _FUZZ:
            fit += 1
        if fit - self.first < min(_LEAST_TOGETHER, self.last - self.first) and height < whole - _FUZZ:
            return []
        if fit == self.first:
            if height >= whole - _FUZZ:
                raise NoPlaceError(self.number)
            return []
        return [_Card(self.number, shape, self.first, fit), _Card(self.number, shape, fit, self.last)]

    def found(self, page: int, x: float, y: float) -> Spot:
        return Spot(self.number, page, x, y, first=self.first, last=self.last)


def _ask_reportlab(
    shapes: Sequence[Shape], paper: Paper, first: tuple[FrameInsets, ...], following: tuple[FrameInsets, ...]
) -> Places:
    size = (paper.width, paper.height)
    layout = BaseDocTemplate(io.BytesIO(), pagesize=size, invariant=1)
    for name, frames in (("first", first), ("following", following)):
        layout.addPageTemplates(PageTemplate(id=name, frames=[_frame(paper, insets) for insets in frames], pagesize=size))
    story = [_make_flowable(number, shape) for number, shape in enumerate(shapes)]
    notes = _Notes()
    try:
        layout.build([NextPageTemplate("following"), *story], canvasmaker=partial(_NotingCanvas, notes))
    except LayoutError as error:
        raise NoPlaceError(None) from error
    begun = notes.page in {spot.page for spot in notes.spots}
    return Places(tuple(notes.spots), notes.page + begun)


def _make_flowable(number: int, shape: Shape) -> Flowable:
    if isinstance(shape, PieceShape):
        return _Block(number, shape.height, shape.gap, keep_with_next=shape.keep_with_next)
    if isinstance(shape, RowShape):
        return _Row(number, shape)
    if isinstance(shape, CardShape):
        return _Card(number, shape, 0, len(shape.text))
    return CondPageBreak(shape.room) if shape.kind == "room" else PageBreak() if shape.kind == "page" else FrameBreak()


def _frame(paper: Paper, insets: FrameInsets) -> Frame:
    return Frame(
        insets.start,
        insets.bottom,
        paper.width - insets.start - insets.end,
        paper.height - insets.top - insets.bottom,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
