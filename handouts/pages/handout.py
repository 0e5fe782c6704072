"""The handout itself: its words, set and placed as a part of a document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from handouts.document import Piece
from handouts.looks import FrameInsets, Paper, PictureSize
from handouts.pages.balance import find_column_starts
from handouts.pages.blocks import (
    draw_brand_header,
    draw_fields,
    draw_line,
    draw_purpose,
    draw_title,
)
from handouts.pages.booklets import find_sheet_start
from handouts.pages.boxes import draw_boxes
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
from handouts.pages.glance import draw_glance_header, draw_glance_heading, draw_glance_row, glance_columns
from handouts.pages.parts import Part, Room
from handouts.texts import BoxText, HandoutText

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
    tries = desk.edition.pictures.tries
    for size in tries if desk.edition.cards.layout == "beside" else tries[:1]:  # above its words, each card takes its own
        tell = partial(_tell_story, text, desk, paper, first, following, size)
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
    paper: Paper,
    first: tuple[FrameInsets, ...],
    following: tuple[FrameInsets, ...],
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
    width = paper.width - first[0].start - first[0].end
    card_width = paper.width - following[0].start - following[0].end
    opening_node = recording.node("Sect")
    opening, more = _tell_opening(text, desk, opening_node, width, gap)
    plan = _tell_glance(text, desk, recording, width)
    safety_node = recording.node("Sect")

    room = paper.height - first[0].top - first[0].bottom
    below_title = room - _tall(opening) if more else frame_height

    def boxes(*several: BoxText, node: int = safety_node, urgent: bool = False) -> list[PieceBlock]:
        height = below_title if urgent else frame_height
        groups = _group_boxes(desk, several, width, height, more=text.more_signs, urgent=urgent)
        return [PieceBlock(piece=_remember_boxes(desk, group, width, urgent=urgent), node=node, gap=gap) for group in groups]

    safety = [*boxes(text.emergency, urgent=True), *boxes(text.call, text.pain)]
    fits = not more and _tall(opening) + _tall(plan) + _tall(safety) - gap <= room
    early = not more and _tall(plan) <= frame_height * _KEPT_WHOLE  # the plan keeps to the cards
    before = boxes(text.before, node=safety_node if fits or early else recording.node("Sect"))
    if fits:
        story: list[Block] = [*opening, *plan, *safety, *before]
        spills = _tall(opening) + _tall(plan) + _tall(safety) + _tall(before) - gap > room
    else:
        whole = [needs_room(_tall(plan))] if _tall(plan) <= frame_height * _KEPT_WHOLE else []
        story = [*opening, *safety, *before, *whole, *plan] if early else [*opening, *safety, *more, *whole, *plan, *before]
        spills = False
    first_height = frame_height - _tall(before) if spills else frame_height
    for number, card in enumerate(text.cards):
        if number in sheet_starts:
            again = recording.node("Sect")
            story += [NEXT_PAGE] * sheet_starts[number]
            story += boxes(text.emergency, node=again, urgent=True) + boxes(text.call, text.pain, node=again)
        section = recording.node("Sect", title=card.name)
        page_height = frame_height if number else first_height
        set_ = set_card(desk, card, card_width, size, page_height=page_height)
        if desk.edition.cards.start == "page":
            story.append(needs_room(page_height - 1))
        elif number in column_starts:
            story.append(NEXT_FRAME)
        story.append(card_block(set_, section, frame_height=frame_height, gap=desk.edition.spacing.card_gap))
    return story


def _tall(parts: Sequence[PieceBlock]) -> float:
    """Points that these take one below the other, with the gap below each."""
    return sum(part.piece.height + part.gap for part in parts)


def _tell_opening(
    text: HandoutText, desk: Desk, node: int, width: float, gap: float
) -> tuple[list[PieceBlock], list[PieceBlock]]:
    """The clinic, the title, its purpose, the fields and the goal; on small pages all but the title come after the signs."""
    pieces = []
    clinic = text.clinic
    if clinic is not None:
        pieces.append(desk.piece(("brand", clinic), width, lambda: draw_brand_header(desk, clinic, width)))
    small = desk.edition.folded
    name, under = (text.short, None) if small else (text.title, text.purpose)
    title = desk.piece(("title", name, under), width, lambda: draw_title(desk, name, under, width))
    if small:
        purpose = text.purpose
        pieces.append(desk.piece(("purpose", purpose), width, lambda: draw_purpose(desk, purpose, width)))
    else:
        pieces.append(title)
    if text.fields:
        pieces.append(draw_fields(desk, text.fields, width))  # of one patient: not kept
    if text.goal is not None:
        goal = text.goal
        pieces.append(desk.piece(("line", goal), width, lambda: draw_line(desk, goal, width)))
    told = [PieceBlock(piece=piece, node=node, gap=gap) for piece in pieces]
    return ([PieceBlock(piece=title, node=node, gap=gap)], told) if small else (told, [])


def _group_boxes(
    desk: Desk, boxes: Sequence[BoxText], width: float, height: float, *, more: str, urgent: bool
) -> list[tuple[BoxText, ...]]:
    """The boxes that are drawn together: in one column each for itself, and one that is taller than a page in two parts.

    `more` tells at the end of a part that the box goes on.
    """
    if desk.edition.boxes.columns > 1:
        return [tuple(boxes)]
    groups: list[tuple[BoxText, ...]] = []
    for box in boxes:
        half = len(box.items) // 2
        if not half or _remember_boxes(desk, (box,), width, urgent=urgent).height <= height:
            groups.append((box,))
        else:
            parts = (replace(box, items=box.items[:half], closing=more), replace(box, items=box.items[half:], write_in=None))
            groups += _group_boxes(desk, parts, width, height, more=more, urgent=urgent)
    return groups


def _remember_boxes(desk: Desk, boxes: tuple[BoxText, ...], width: float, *, urgent: bool) -> Piece:
    return desk.piece(("boxes", boxes, urgent), width, lambda: draw_boxes(desk, boxes, width, urgent=urgent))


def _tell_glance(text: HandoutText, desk: Desk, recording: Recording, width: float) -> list[PieceBlock]:
    """The plan at a glance: heading and sentences, then the table, a row an exercise."""
    glance = text.glance
    section = recording.node("Sect", title=glance.heading)
    table = recording.node("Table", section)

    columns = glance_columns(desk, glance, width)

    def header(*, repeated: bool) -> Piece:
        key = ("plan header", glance.columns, glance.days, columns, repeated)
        return desk.piece(key, width, lambda: draw_glance_header(desk, glance, columns, width, repeated=repeated))

    def row(cells: tuple[str, ...]) -> Piece:
        return desk.piece(
            ("plan row", cells, glance.days, columns), width, lambda: draw_glance_row(desk, glance, cells, columns, width)
        )

    head = (glance.heading, glance.sentences, glance.only_one)
    heading = desk.piece(("plan", head), width, lambda: draw_glance_heading(desk, glance, width))
    again = (header(repeated=True),)
    parts = [
        PieceBlock(piece=heading, node=section, keep_with_next=True),
        PieceBlock(piece=header(repeated=False), node=table, keep_with_next=True),
        *(RowBlock(piece=row(cells), node=table, headers=again) for cells in glance.rows),
    ]
    parts[-1].gap = desk.edition.spacing.block_gap
    return parts
