"""The handout itself: its words, set and placed as a part of a document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from handouts.document import Piece
from handouts.looks import FrameInsets, Paper, PictureSize
from handouts.pages.balance import find_column_starts
from handouts.pages.booklets import find_sheet_start
from handouts.pages.cards import set_card
from handouts.pages.desk import Desk
from handouts.pages.flow import (
    NEXT_FRAME,
    NEXT_PAGE,
    Block,
    PieceBlock,
    Recording,
    RowBlock,
    TooTallError,
    card_block,
    flow,
    needs_room,
)
from handouts.pages.front import Front, set_front
from handouts.pages.parts import Part, Room
from handouts.texts import HandoutText

_ROOM_WASTED = 1 / 3
"""The share of a page, empty, from which smaller pictures are tried."""

_NO_SHEETS: Mapping[int, int] = MappingProxyType({})
_KEPT_WHOLE = 0.5
"""A plan that takes at most this share of a page is not broken."""


def place_handout(text: HandoutText, desk: Desk, room: Room) -> Part:
    """The pages of the handout.

    Raises:
        MissingGlyphError: a character that no font has.
        TooTallError: a piece is taller than a page.

    """
    return Part(recording=_flow_best(text, desk, room.paper, room.first, room.following), room=room)


def _flow_best(
    text: HandoutText, desk: Desk, paper: Paper, first: tuple[FrameInsets, ...], following: tuple[FrameInsets, ...]
) -> Recording:
    """The handout with pictures of the best looking size, or of a smaller one where that saves a page.

    Smaller ones are tried only while a card does not fit, or a page before the last is left much emptier than it need be.

    Raises:
        TooTallError: a card does not fit at any size.

    """
    best: Recording | None = None
    refused: TooTallError | None = None
    front = set_front(text, desk, paper, first[0], following)
    tries = desk.edition.pictures.tries
    for size in tries if desk.edition.cards.layout == "beside" else tries[:1]:  # above its words, each card takes its own
        tell = partial(_tell_story, text, desk, front, paper.width - following[0].start - following[0].end, size)
        try:
            recording = flow(tell, paper=paper, first=first, following=following)
        except TooTallError as error:
            refused = error
            continue
        if best is None or len(recording.pages) < len(best.pages):
            best, how = recording, tell
        if not _wastes_room(best, following):
            break
    if best is None:
        raise refused or TooTallError("the handout")
    if desk.edition.folded:
        return _flow_onto_sheets(best, how, paper=paper, first=first, following=following)
    starts = find_column_starts(best, following)
    return flow(partial(how, column_starts=starts), paper=paper, first=first, following=following) if starts else best


def _flow_onto_sheets(recording: Recording, tell: Callable[..., Sequence[Block]], **frames: Any) -> Recording:
    """The same with each card whole on one sheet of a booklet, and the signs to get help on every sheet."""
    starts: dict[int, int] = {}
    while (found := find_sheet_start(recording, starts)) is not None:
        starts[found[0]] = found[1]
        recording = flow(partial(tell, sheet_starts=starts), **frames)
    return recording


def _wastes_room(recording: Recording, following: tuple[FrameInsets, ...]) -> bool:
    """True when a page between the first and the last is filled less than two thirds."""
    low, high = following[0].bottom, max((p.y + p.piece.height for page in recording.pages for p in page), default=0.0)
    limit = low + (high - low) * _ROOM_WASTED
    return any(min(placement.y for placement in page) > limit for page in recording.pages[1:-1])


def _tell_story(
    text: HandoutText,
    desk: Desk,
    front: Front,
    card_width: float,
    size: PictureSize,
    recording: Recording,
    frame_height: float,
    column_starts: Collection[int] = (),
    sheet_starts: Mapping[int, int] = _NO_SHEETS,
) -> Sequence[Block]:
    """The blocks in reading order: who and why, the plan, safety, the cards.

    The signs of an emergency and the reasons to call stand on the first page; where the plan's table is too long for
    that, they come before it. `column_starts`: the cards that begin a new column; `sheet_starts`: those that begin a new sheet
    of a booklet under the signs to get help, with the pages to turn until there.
    """
    gap = desk.edition.spacing.block_gap
    opening_node = recording.node("Sect")
    opening, more = _blocks(front.opening, opening_node, gap), _blocks(front.more, opening_node, gap)
    plan = _tell_glance(text, front, recording, gap)
    safety_node = recording.node("Sect")
    safety = _blocks((*front.urgent, *front.call), safety_node, gap)
    fits = not more and _tall(opening) + _tall(plan) + _tall(safety) - gap <= front.room
    early = not more and _tall(plan) <= frame_height * _KEPT_WHOLE  # the plan keeps to the cards
    before = _blocks(front.before, safety_node if fits or early else recording.node("Sect"), gap)
    if fits:
        story: list[Block] = [*opening, *plan, *safety, *before]
        spills = _tall(opening) + _tall(plan) + _tall(safety) + _tall(before) - gap > front.room
    else:
        whole = [needs_room(_tall(plan))] if _tall(plan) <= frame_height * _KEPT_WHOLE else []
        story = [*opening, *safety, *before, *whole, *plan] if early else [*opening, *safety, *more, *whole, *plan, *before]
        spills = False
    first_height = frame_height - _tall(before) if spills else frame_height
    for number, card in enumerate(text.cards):
        if number in sheet_starts:
            story += [NEXT_PAGE] * sheet_starts[number]
            story += _blocks((*front.urgent, *front.call), recording.node("Sect"), gap)
        section = recording.node("Sect", title=card.name)
        page_height = frame_height if number else first_height
        set_ = set_card(desk, card, card_width, size, page_height=page_height)
        if desk.edition.cards.start == "page":
            story.append(needs_room(page_height - 1))
        elif number in column_starts:
            story.append(NEXT_FRAME)
        story.append(card_block(set_, section, frame_height=frame_height, gap=desk.edition.spacing.card_gap))
    return story


def _blocks(pieces: Sequence[Piece], node: int, gap: float) -> list[PieceBlock]:
    return [PieceBlock(piece=piece, node=node, gap=gap) for piece in pieces]


def _tell_glance(text: HandoutText, front: Front, recording: Recording, gap: float) -> list[PieceBlock]:
    """The plan at a glance: heading and sentences, then the table, a row an exercise."""
    section = recording.node("Sect", title=text.glance.heading)
    table = recording.node("Table", section)
    parts = [
        PieceBlock(piece=front.plan, node=section, keep_with_next=True),
        PieceBlock(piece=front.header, node=table, keep_with_next=True),
        *(RowBlock(piece=row, node=table, headers=(front.header_again,)) for row in front.rows),
    ]
    parts[-1].gap = gap
    return parts


def _tall(parts: Sequence[PieceBlock]) -> float:
    """Points that these take one below the other, with the gap below each."""
    return sum(part.piece.height + part.gap for part in parts)
