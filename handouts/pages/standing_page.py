"""A page that hangs on its own: a table with who it is for above it, and what to do when something is wrong below."""

from __future__ import annotations

from handouts.document import Bookmark, Piece
from handouts.nouns import dataclass
from handouts.pages.flow import PieceBlock, Recording, RowBlock, flow
from handouts.pages.parts import Room

_LINE = 40.0
"""Points that a line of text is lower than."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPage:
    """The pieces of such a page, which goes on over several where its table is long.

    `running` stands above the rows on pages that go on, the first of it above what follows them, too.
    `signs_first`: the signs come before the table where it begins on the same page; else they follow it, and the `numbers` to
    call stand above it.
    """

    heading: str
    head: Piece
    how: Piece
    header: Piece
    running: tuple[Piece, ...]
    rows: tuple[Piece, ...]
    below: tuple[Piece, ...]
    signs: tuple[Piece, ...]
    numbers: Piece
    gap: float  # points between pieces
    signs_first: bool = False

    @property
    def height(self) -> float:
        """The height of all pieces and the gaps between them, in points."""
        pieces = (self.head, self.how, *self.below, *self.signs)
        rows = sum(piece.height for piece in (self.header, *self.rows))
        return sum(piece.height + self.gap for piece in pieces) + rows + self.gap


def _belongs(piece: Piece, page: StandingPage) -> bool:
    """True for a line that must not part from the box below it; boxes may."""
    return piece is not page.signs[-1] and piece.height < _LINE


def _opens_with_signs(page: StandingPage, room: Room) -> bool:
    """Whether signs that should come first leave room on their page for the beginning of the table."""
    above = (page.head, *page.signs, page.how, page.header)
    return page.signs_first and sum(piece.height + page.gap for piece in above) + page.rows[0].height <= room.height


def place_page(page: StandingPage, room: Room) -> Recording:
    """The page, placed.

    Raises:
        TooTallError: a piece is taller than a page.

    """
    signs_first = _opens_with_signs(page, room)

    def tell(recording: Recording, _frame_height: float) -> list[PieceBlock]:
        section = recording.node("Sect", title=page.heading)
        # Why another section where signs come between: what is read follows what is seen.
        days = recording.node("Sect") if signs_first else section
        safety, table = recording.node("Sect"), recording.node("Table", days)
        recording.bookmarks.append(Bookmark(title=page.heading, page=0, top=room.paper.height - room.first[0].top))
        signs = [PieceBlock(piece=piece, node=safety, gap=page.gap, keep_with_next=_belongs(piece, page)) for piece in page.signs]
        body = [
            PieceBlock(piece=page.header, node=table, keep_with_next=True),
            *(RowBlock(piece=piece, node=table, headers=page.running) for piece in page.rows),
        ]
        body[-1].gap = page.gap
        return [
            PieceBlock(piece=page.head, node=section, gap=page.gap),
            *(signs if signs_first else ()),
            *(() if signs_first or not page.signs_first else (PieceBlock(piece=page.numbers, node=section, gap=page.gap),)),
            PieceBlock(piece=page.how, node=days, gap=page.gap, keep_with_next=True),
            *body,
            *(RowBlock(piece=piece, node=days, gap=page.gap, headers=page.running[:1]) for piece in page.below),
            *(() if signs_first else signs),
        ]

    return flow(tell, paper=room.paper, first=room.first, following=room.following)
