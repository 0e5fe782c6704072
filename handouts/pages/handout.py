"""The handout: its words, set and placed, as a Document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from reportlab.platypus import Flowable

from handouts.document import Cover, Document, Letterhead, Page, Piece, Placement
from handouts.errors import CannotPrintError, MissingCharacterError, Problem
from handouts.looks import FrameInsets, Paper, PictureSize
from handouts.pages.blocks import (
    draw_boxes,
    draw_brand_header,
    draw_fields,
    draw_footer,
    draw_glance_header,
    draw_glance_heading,
    draw_glance_row,
    draw_line,
    draw_title,
)
from handouts.pages.cards import set_card
from handouts.pages.cover import compose_cover
from handouts.pages.desk import Desk
from handouts.pages.flow import CardFlowable, PieceFlowable, Recording, TableRowFlowable, TooTallError, flow
from handouts.pages.fonts import MissingGlyphError
from handouts.texts import BoxText, HandoutText


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """A clinic's own sheets around the handout; with a letterhead the insets keep the body clear of it."""

    cover: Cover | None = None
    letterhead: Letterhead | None = None
    first_insets: FrameInsets | None = None
    following_insets: FrameInsets | None = None


_ROOM_WASTED = 1 / 3
_ABOVE_FOOT = 6.0


def compose_handout(text: HandoutText, desk: Desk, paper: Paper, sheets: Sheets, stamp: str) -> Document:
    """Set and place a handout.

    Raises:
        CannotPrintError: a character that no font has, or a piece that is taller than a page.

    """
    try:
        return _compose(text, desk, paper, sheets, stamp)
    except MissingGlyphError as error:
        raise MissingCharacterError([(error.character, None)]) from error
    except TooTallError as error:
        hint = "shorten its text, leave a letterhead less room, or choose an edition with smaller type"
        raise CannotPrintError(Problem(message=f"{error.what} does not fit on one page of this paper", hint=hint)) from error


def _compose(text: HandoutText, desk: Desk, paper: Paper, sheets: Sheets, stamp: str) -> Document:
    frames = desk.edition.frames
    foot = (
        frames.footer_baseline
        + max(
            _set_foot(text, desk, paper, clear_of, 88, 88).piece.height
            for clear_of in (sheets.first_insets, sheets.following_insets)
        )
        + _ABOVE_FOOT
    )
    first = _clear(frames.first, sheets.first_insets, foot)
    following = _clear(frames.following, sheets.following_insets, foot)
    recording = _flow_best(text, desk, paper, first, following)
    pages = []
    total = len(recording.pages)
    for index, placements in enumerate(recording.pages):
        clear_of = sheets.first_insets if index == 0 else sheets.following_insets
        foot_line = _set_foot(text, desk, paper, clear_of, index + 1, total)
        pages.append(Page(width=paper.width, height=paper.height, placements=(*placements, foot_line)))
    covers: tuple[Page, ...] = ()
    if text.cover is not None:
        covers = (compose_cover(text.cover, text.clinic, desk, paper, node=recording.node("Sect", title=text.cover.title)),)
    bookmarks = tuple(replace(mark, page=mark.page + len(covers)) for mark in recording.bookmarks)
    fonts, forms = desk.embed((*covers, *pages))
    return Document(
        title=text.title,
        lang=text.lang,
        author=text.author,
        subject=text.purpose,
        stamp=stamp,
        pages=(*covers, *pages),
        nodes=tuple(recording.nodes),
        bookmarks=bookmarks,
        fonts=fonts,
        forms=forms,
        body_start=len(covers),
        cover_label=text.cover_label,
        cover=sheets.cover,
        letterhead=sheets.letterhead,
    )


def _set_foot(text: HandoutText, desk: Desk, paper: Paper, clear_of: FrameInsets | None, page: int, pages: int) -> Placement:
    """The foot of one page, clear of a letterhead's margins."""
    frames = desk.edition.frames
    start, end, base = frames.footer_inset, frames.footer_inset, frames.footer_baseline
    if clear_of is not None:
        start, end, base = max(start, clear_of.start), max(end, clear_of.end), max(base, clear_of.bottom)
    piece = draw_footer(desk, text.footer, text.page_of.format(page=page, pages=pages), paper.width - start - end)
    return Placement(piece=piece, x=start, y=base, node=None)


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
    for size in desk.edition.pictures.tries:
        tell = partial(_tell_story, text, desk, paper, first, following, size)
        try:
            recording = flow(tell, paper=paper, first=first, following=following)
        except TooTallError as error:
            refused = error
            continue
        if best is None or len(recording.pages) < len(best.pages):
            best = recording
        if not _wastes_room(best, following):
            break
    if best is None:
        raise refused or TooTallError("the handout")
    return best


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
) -> Sequence[Flowable]:
    """The flowables in reading order: who and why, the plan, safety, the cards.

    The signs of an emergency and the reasons to call stand on the first page; where the plan's table is too long for
    that, they come before it.
    """
    gap = desk.edition.spacing.block_gap
    width = paper.width - first[0].start - first[0].end
    card_width = paper.width - following[0].start - following[0].end
    opening = _tell_opening(text, desk, recording.node("Sect"), width, gap)
    plan = _tell_glance(text, desk, recording, width)
    safety_node = recording.node("Sect")

    def boxes(*pair: BoxText, node: int = safety_node, urgent: bool = False) -> PieceFlowable:
        return PieceFlowable(_remember_boxes(desk, pair, width, urgent=urgent), node, gap=gap)

    safety = [boxes(text.emergency, urgent=True), boxes(text.call, text.pain)]
    room = paper.height - first[0].top - first[0].bottom
    fits = sum(part.piece.height + part.spaceAfter for part in (*opening, *plan, *safety)) - gap <= room
    story: list[Flowable] = [*opening, *plan, *safety] if fits else [*opening, *safety, *plan]
    story.append(boxes(text.before, node=safety_node if fits else recording.node("Sect")))
    for card in text.cards:
        section = recording.node("Sect", title=card.name)
        set_ = set_card(desk, card, card_width, size)
        story.append(CardFlowable(set_, section, frame_height=frame_height, gap=desk.edition.spacing.card_gap))
    return story


def _tell_opening(text: HandoutText, desk: Desk, node: int, width: float, gap: float) -> list[PieceFlowable]:
    """The clinic, the title, the fields and the goal."""
    pieces = []
    clinic = text.clinic
    if clinic is not None:
        pieces.append(desk.piece(("brand", clinic), width, lambda: draw_brand_header(desk, clinic, width)))
    said = (text.title, text.purpose)
    pieces.append(desk.piece(("title", said), width, lambda: draw_title(desk, *said, width)))
    pieces.append(desk.piece(("fields", text.fields), width, lambda: draw_fields(desk, text.fields, width)))
    if text.goal is not None:
        goal = text.goal
        pieces.append(desk.piece(("line", goal), width, lambda: draw_line(desk, goal, width)))
    return [PieceFlowable(piece, node, gap=gap) for piece in pieces]


def _remember_boxes(desk: Desk, boxes: tuple[BoxText, ...], width: float, *, urgent: bool) -> Piece:
    return desk.piece(("boxes", boxes, urgent), width, lambda: draw_boxes(desk, boxes, width, urgent=urgent))


def _tell_glance(text: HandoutText, desk: Desk, recording: Recording, width: float) -> list[PieceFlowable]:
    """The plan at a glance: heading and sentences, then the table, a row an exercise."""
    glance = text.glance
    section = recording.node("Sect", title=glance.heading)
    table = recording.node("Table", section)

    def header(*, repeated: bool) -> Piece:
        key = ("plan header", glance.columns, repeated)
        return desk.piece(key, width, lambda: draw_glance_header(desk, glance, width, repeated=repeated))

    def row(cells: tuple[str, ...]) -> Piece:
        return desk.piece(("plan row", cells), width, lambda: draw_glance_row(desk, glance, cells, width))

    head = (glance.heading, glance.sentences, glance.only_one)
    heading = desk.piece(("plan", head), width, lambda: draw_glance_heading(desk, glance, width))
    parts = [
        PieceFlowable(heading, section, keep_with_next=True),
        PieceFlowable(header(repeated=False), table, keep_with_next=True),
        *(TableRowFlowable(row(cells), table, header(repeated=True)) for cells in glance.rows),
    ]
    parts[-1].spaceAfter = desk.edition.spacing.block_gap
    return parts


def _clear(frames: tuple[FrameInsets, ...], clear_of: FrameInsets | None, foot: float) -> tuple[FrameInsets, ...]:
    """The frames, kept above the foot of the page and clear of a letterhead."""
    cleared = []
    for insets in frames:
        kept = replace(insets, bottom=max(insets.bottom, foot))
        if clear_of is not None:
            kept = FrameInsets(
                start=max(kept.start, clear_of.start),
                end=max(kept.end, clear_of.end),
                top=max(kept.top, clear_of.top),
                bottom=max(kept.bottom, clear_of.bottom + foot),
            )
        cleared.append(kept)
    return tuple(cleared)
