"""Flow: pieces and cards placed by ReportLab's page templates and frames, recorded instead of drawn."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import field

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from handouts.document import Bookmark, Node, Piece, Placement
from handouts.looks import FrameInsets, Paper
from handouts.nouns import dataclass
from handouts.pages.cards import HEAD_GAP, PICTURES_GAP, TICKS_GAP, Card

_FUZZ = 0.01
_LEAST_TOGETHER = 3
"""Pieces of a broken card that stand below its pictures at least: the dose and two steps."""


class TooTallError(ValueError):
    """A piece is taller than a whole frame; `what` names it."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} is taller than a page")


@dataclass(slots=True)
class Recording:
    """What the flow placed: pages of placements, the structure nodes, and bookmarks."""

    pages: list[list[Placement]] = field(default_factory=lambda: [[]])
    nodes: list[Node] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)  # the node of each card, as they were placed

    def node(self, tag: str, parent: int | None = None, title: str | None = None) -> int:
        """Open a structure element of the document and return its number."""
        self.nodes.append(Node(tag=tag, parent=parent, title=title))
        return len(self.nodes) - 1

    def place(self, piece: Piece, x: float, y: float, node: int | None) -> None:
        """Put a piece on the current page, its lower left corner at (x, y)."""
        self.pages[-1].append(Placement(piece=piece, x=x, y=y, node=node))


class _RecordingCanvas(Canvas):  # type: ignore[misc] # ReportLab has no types
    """The canvas ReportLab's document template asks for; pages are counted, nothing is drawn."""

    recording: Recording

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self._pageNumber += 1
        self.recording.pages.append([])

    def save(self) -> None:
        if not self.recording.pages[-1]:
            self.recording.pages.pop()


class PieceFlowable(Flowable):  # type: ignore[misc] # ReportLab has no types
    """One piece; `keep_with_next` holds a heading to what it heads."""

    def __init__(self, piece: Piece, node: int | None, *, gap: float = 0.0, keep_with_next: bool = False) -> None:
        super().__init__()
        self.piece, self.node = piece, node
        self.spaceBefore = 0
        self.spaceAfter = gap
        self.keepWithNext = keep_with_next

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The size of the piece."""
        return self.piece.width, self.piece.height

    def drawOn(self, canvas: _RecordingCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Record the piece at (x, y)."""
        canvas.recording.place(self.piece, x, y, self.node)


class TableRowFlowable(PieceFlowable):
    """A table row that repeats the headers, from the top, as artifacts when it comes first in a frame."""

    def __init__(self, piece: Piece, node: int, *headers: Piece) -> None:
        super().__init__(piece, node)
        self.headers = headers

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The row, and the header above it at the top of a frame."""
        frame = getattr(self, "_frame", None)
        self._with_header = frame is not None and bool(frame._atTop)  # noqa: SLF001 - ReportLab offers no other way to ask
        extra = sum(header.height for header in self.headers) if self._with_header else 0.0
        return self.piece.width, self.piece.height + extra

    def drawOn(self, canvas: _RecordingCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Record the row."""
        above = y + self.piece.height
        for header in reversed(self.headers) if self._with_header else ():
            canvas.recording.place(header, x, above, None)
            above += header.height
        canvas.recording.place(self.piece, x, y, self.node)


class CardFlowable(Flowable):  # type: ignore[misc]
    """A card: stays together where a whole frame can hold it, else breaks between its pieces under a repeated head."""

    def __init__(self, card: Card, section: int, *, frame_height: float, gap: float) -> None:
        super().__init__()
        self.card, self.section, self.frame_height = card, section, frame_height
        self.first, self.last = 0, len(card.column)
        self.steps: list[int] = []  # the node of the list of steps, shared by all parts of the card
        self.spaceBefore = 0
        self.spaceAfter = gap

    @property
    def continued(self) -> bool:
        """True for the second and later parts of a card that was broken."""
        return self.first > 0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The size of the card, or of the part of it that this flowable holds."""
        return width, self._height(self.first, self.last)

    def _height(self, first: int, last: int) -> float:
        left, right = self._columns(first, last)
        head = self.card.head_again if first else self.card.head
        return head.height + HEAD_GAP + max(left, right)

    def _columns(self, first: int, last: int) -> tuple[float, float]:
        """Heights of the picture column and the text column; the tick boxes go below the pictures or the text."""
        card = self.card
        shown = card.pictures_again if first else card.pictures
        pictures = shown.height if shown else 0.0
        text = sum(part.piece.height + part.gap for part in card.column[first:last])
        ticks = card.ticks.height + TICKS_GAP if card.ticks is not None and last == len(card.column) else 0.0
        if card.stacked:
            return 0.0, (pictures + PICTURES_GAP if pictures else 0.0) + text + ticks
        return (pictures + ticks, text) if card.ticks_below_pictures else (pictures, text + ticks)

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Two parts, or nothing when the card should move to the next frame as a whole."""
        if self._height(self.first, self.last) <= self.frame_height + _FUZZ:
            return []
        fit = self.first
        while fit < self.last and self._height(self.first, fit + 1) <= height + _FUZZ:
            fit += 1
        if fit - self.first < min(_LEAST_TOGETHER, self.last - self.first) and height < self.frame_height - _FUZZ:
            return []
        if fit == self.first:
            if height >= self.frame_height - _FUZZ:
                raise TooTallError(self.card.name)
            return []
        parts = []
        for start, end in ((self.first, fit), (fit, self.last)):
            part = CardFlowable(self.card, self.section, frame_height=self.frame_height, gap=self.spaceAfter)
            part.first, part.last, part.steps = start, end, self.steps
            parts.append(part)
        return parts

    def drawOn(self, canvas: _RecordingCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Record the card's pieces, in reading order."""
        recording, card = canvas.recording, self.card
        top = y + self._height(self.first, self.last)
        head = card.head_again if self.continued else card.head
        if not self.continued:
            page = len(recording.pages) - 1
            recording.bookmarks.append(Bookmark(title=card.name, page=page, top=top))
            recording.sections.append(self.section)
        recording.place(head, x, top - head.height, None if self.continued else self.section)
        top -= head.height + HEAD_GAP
        below = top
        pictures = card.pictures_again if self.continued else card.pictures
        if pictures is not None:
            recording.place(pictures, x, top - pictures.height, None if self.continued else self.section)
            below -= pictures.height
            if card.stacked:
                top = below - PICTURES_GAP
        for part in card.column[self.first : self.last]:
            if part.in_steps and not self.steps:
                self.steps.append(recording.node("L", self.section))
            top -= part.piece.height
            recording.place(part.piece, x + card.text_x, top, self.steps[0] if part.in_steps else self.section)
            top -= part.gap
        if card.ticks is not None and self.last == len(card.column):
            left, base = (x, below) if card.ticks_below_pictures else (x + card.text_x, top)
            recording.place(card.ticks, left, base - card.ticks.height - TICKS_GAP, self.section)


class _Layout(BaseDocTemplate):  # type: ignore[misc]
    """ReportLab's document template over our frames, without margins or callbacks of its own."""


def flow(
    story: Callable[[Recording, float], Sequence[Flowable]],
    *,
    paper: Paper,
    first: tuple[FrameInsets, ...],
    following: tuple[FrameInsets, ...],
) -> Recording:
    """Place the story in the frames of the first and the following pages.

    `story` gets the recording, to open nodes in, and the height in points of the tallest following frame.

    Raises:
        TooTallError: a piece is taller than a whole frame.

    """
    recording = Recording()
    size = (paper.width, paper.height)
    layout = _Layout(io.BytesIO(), pagesize=size, invariant=1)
    for name, frames in (("first", first), ("following", following)):
        layout.addPageTemplates(PageTemplate(id=name, frames=[_frame(paper, insets) for insets in frames], pagesize=size))
    height = max(paper.height - insets.top - insets.bottom for insets in following)

    def canvas(*args: object, **options: object) -> _RecordingCanvas:
        made = _RecordingCanvas(*args, **options)
        made.recording = recording
        return made

    try:
        layout.build([NextPageTemplate("following"), *story(recording, height)], canvasmaker=canvas)
    except LayoutError as error:
        raise TooTallError("a block of the page") from error
    return recording


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
