"""Flow: pieces and cards put where their measures place them, page after page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from typing import TypeAlias

from handouts.document import Bookmark, Node, Piece, Placement
from handouts.looks import FrameInsets, Paper
from handouts.nouns import dataclass
from handouts.pages.cards import HEAD_GAP, PICTURES_GAP, TICKS_GAP, Card
from handouts.pages.placing import BreakShape, CardShape, NoPlaceError, PieceShape, RowShape, Spot, find_places


class TooTallError(ValueError):
    """A piece is taller than a whole frame; `what` names it."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} is taller than a page")


@dataclass(slots=True)
class Recording:
    """What the flow placed: pages of placements, the structure nodes, and bookmarks."""

    pages: list[list[Placement]] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)  # the node of each card, as they were placed

    def node(self, tag: str, parent: int | None = None, title: str | None = None) -> int:
        """Open a structure element of the document and return its number."""
        self.nodes.append(Node(tag=tag, parent=parent, title=title))
        return len(self.nodes) - 1

    def turn_to(self, page: int) -> None:
        """Go on on this page, counted from 0."""
        while len(self.pages) <= page:
            self.pages.append([])

    def place(self, piece: Piece, x: float, y: float, node: int | None) -> None:
        """Put a piece on the current page, its lower left corner at (x, y)."""
        self.pages[-1].append(Placement(piece=piece, x=x, y=y, node=node))


@dataclass(slots=True, kw_only=True)
class PieceBlock:
    """One piece; `keep_with_next` holds a heading to what it heads."""

    piece: Piece
    node: int | None
    gap: float = 0.0  # points below it
    keep_with_next: bool = False

    @property
    def shape(self) -> PieceShape | RowShape:
        """What its place depends on."""
        return PieceShape(self.piece.height, self.gap, self.keep_with_next)

    def record(self, recording: Recording, spot: Spot) -> None:
        """Record the piece at its spot."""
        recording.place(self.piece, spot.x, spot.y, self.node)


@dataclass(slots=True, kw_only=True)
class RowBlock(PieceBlock):
    """A table row that repeats the headers, from the top, as artifacts when it comes first in a frame."""

    headers: tuple[Piece, ...] = ()

    @property
    def shape(self) -> PieceShape | RowShape:
        """What its place depends on."""
        return RowShape(self.piece.height, self.gap, sum(header.height for header in self.headers))

    def record(self, recording: Recording, spot: Spot) -> None:
        """Record the row, and its headers where they are repeated."""
        above = spot.y + self.piece.height
        for header in reversed(self.headers) if spot.headed else ():
            recording.place(header, spot.x, above, None)
            above += header.height
        recording.place(self.piece, spot.x, spot.y, self.node)


@dataclass(slots=True, kw_only=True)
class CardBlock:
    """A card: stays together where a whole frame can hold it, else breaks between its pieces under a repeated head."""

    card: Card
    section: int
    shape: CardShape
    steps: int | None = None  # the node of the list of steps, shared by all parts of the card

    def record(self, recording: Recording, spot: Spot) -> None:
        """Record the card's pieces, or those of the part of it that stands here, in reading order."""
        card, x, continued = self.card, spot.x, spot.first > 0
        node = None if continued else self.section
        top = spot.y + self.shape.height(spot.first, spot.last)
        head = card.head_again if continued else card.head
        if not continued:
            recording.bookmarks.append(Bookmark(title=card.name, page=spot.page, top=top))
            recording.sections.append(self.section)
        recording.place(head, x, top - head.height, node)
        top -= head.height + HEAD_GAP
        below = top
        pictures = card.pictures_again if continued else card.pictures
        if pictures is not None:
            recording.place(pictures, x, top - pictures.height, node)
            below -= pictures.height
            if card.stacked:
                top = below - PICTURES_GAP
        for part in card.column[spot.first : spot.last]:
            if part.in_steps and self.steps is None:
                self.steps = recording.node("L", self.section)
            top -= part.piece.height
            recording.place(part.piece, x + card.text_x, top, self.steps if part.in_steps else self.section)
            top -= part.gap
        if card.ticks is not None and spot.last == len(card.column):
            left, base = (x, below) if card.ticks_below_pictures else (x + card.text_x, top)
            recording.place(card.ticks, left, base - card.ticks.height - TICKS_GAP, self.section)


def card_block(card: Card, section: int, *, frame_height: float, gap: float) -> CardBlock:
    """The card with its measures; `frame_height` is that of a whole frame, `gap` the points below the card."""

    def beside(pictures: Piece | None) -> float:
        return pictures.height + (PICTURES_GAP if card.stacked else 0.0) if pictures is not None else 0.0

    shape = CardShape(
        head=card.head.height + HEAD_GAP,
        head_again=card.head_again.height + HEAD_GAP,
        pictures=beside(card.pictures),
        pictures_again=beside(card.pictures_again),
        text=tuple([part.piece.height + part.gap for part in card.column]),
        ticks=card.ticks.height + TICKS_GAP if card.ticks is not None else 0.0,
        ticks_below_pictures=card.ticks_below_pictures,
        stacked=card.stacked,
        frame_height=frame_height,
        gap=gap,
    )
    return CardBlock(card=card, section=section, shape=shape)


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins anew, as its shape says."""

    shape: BreakShape


NEXT_PAGE, NEXT_FRAME = Break(BreakShape("page")), Break(BreakShape("frame"))


def needs_room(height: float) -> Break:
    """What follows begins a new frame where fewer points than these are left."""
    return Break(BreakShape("room", height))


Block: TypeAlias = PieceBlock | CardBlock | Break


def flow(
    story: Callable[[Recording, float], Sequence[Block]],
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
    height = max(paper.height - insets.top - insets.bottom for insets in following)
    blocks = story(recording, height)
    try:
        places = find_places([block.shape for block in blocks], paper, first, following)
    except NoPlaceError as error:
        refused = blocks[error.block] if error.block is not None else None
        raise TooTallError(refused.card.name if isinstance(refused, CardBlock) else "a block of the page") from error
    for spot in places.spots:
        block = blocks[spot.block]
        if isinstance(block, Break):
            continue
        recording.turn_to(spot.page)
        block.record(recording, spot)
    recording.turn_to(places.pages - 1)
    return recording
