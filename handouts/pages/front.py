"""What stands before the cards, set once a handout: who and why, the plan at a glance, and the boxes of safety."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from handouts.document import Piece
from handouts.looks import FrameInsets, Paper
from handouts.nouns import dataclass
from handouts.pages.blocks import draw_brand_header, draw_fields, draw_line, draw_purpose, draw_title
from handouts.pages.boxes import draw_boxes
from handouts.pages.desk import Desk
from handouts.pages.glance import draw_glance_header, draw_glance_heading, draw_glance_row, glance_columns
from handouts.texts import BoxText, GlanceText, HandoutText


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The pieces before the cards. `room` is the height of the first frame, in points.

    `more` of the opening stands after the signs to get help, on small pages.
    """

    room: float
    opening: tuple[Piece, ...]
    more: tuple[Piece, ...]
    plan: Piece
    header: Piece
    header_again: Piece
    rows: tuple[Piece, ...]
    urgent: tuple[Piece, ...]
    call: tuple[Piece, ...]
    before: tuple[Piece, ...]


def set_front(text: HandoutText, desk: Desk, paper: Paper, first: FrameInsets, following: Sequence[FrameInsets]) -> Front:
    """All pieces before the cards, in the first frame and the following ones; pieces drawn before are used again.

    Raises:
        MissingGlyphError: a character that no font has.

    """
    width, room = paper.width - first.start - first.end, paper.height - first.top - first.bottom
    frame_height = max(paper.height - insets.top - insets.bottom for insets in following)
    opening, more = _set_opening(text, desk, width)
    taken = sum(piece.height + desk.edition.spacing.block_gap for piece in opening)
    plan, header, header_again, rows = _set_glance(text.glance, desk, width)

    def boxes(*several: BoxText, height: float = frame_height, urgent: bool = False) -> tuple[Piece, ...]:
        groups = _group_boxes(desk, several, width, height, more=text.more_signs, urgent=urgent)
        return tuple([_remember_boxes(desk, group, width, urgent=urgent) for group in groups])

    return Front(
        room=room,
        opening=opening,
        more=more,
        plan=plan,
        header=header,
        header_again=header_again,
        rows=rows,
        urgent=boxes(text.emergency, height=room - taken if more else frame_height, urgent=True),
        call=boxes(text.call, text.pain),
        before=boxes(text.before),
    )


def _set_opening(text: HandoutText, desk: Desk, width: float) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The clinic, the title, its purpose, the fields and the goal; on small pages all but the title come after the signs."""
    pieces = []
    clinic = text.clinic
    if clinic is not None:
        pieces.append(desk.piece(("brand", clinic), width, partial(draw_brand_header, desk, clinic, width)))
    small = desk.edition.folded
    name, under = (text.short, None) if small else (text.title, text.purpose)
    title = desk.piece(("title", name, under), width, partial(draw_title, desk, name, under, width))
    if small:
        pieces.append(desk.piece(("purpose", text.purpose), width, partial(draw_purpose, desk, text.purpose, width)))
    else:
        pieces.append(title)
    if text.fields:
        pieces.append(draw_fields(desk, text.fields, width))  # of one patient: not kept
    if text.goal is not None:
        pieces.append(draw_line(desk, text.goal, width))
    return ((title,), tuple(pieces)) if small else (tuple(pieces), ())


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


def _set_glance(glance: GlanceText, desk: Desk, width: float) -> tuple[Piece, Piece, Piece, tuple[Piece, ...]]:
    """The plan at a glance: heading and sentences, the head of the table and the same again, and a row an exercise."""
    columns = glance_columns(desk, glance, width)

    def header(*, repeated: bool) -> Piece:
        key = ("plan header", glance.columns, glance.days, columns, repeated)
        return desk.piece(key, width, lambda: draw_glance_header(desk, glance, columns, width, repeated=repeated))

    def row(cells: tuple[str, ...]) -> Piece:
        key = ("plan row", cells, glance.days, columns)
        return desk.piece(key, width, lambda: draw_glance_row(desk, glance, cells, columns, width))

    head = (glance.heading, glance.sentences, glance.only_one)
    heading = desk.piece(("plan", head), width, lambda: draw_glance_heading(desk, glance, width))
    return heading, header(repeated=False), header(repeated=True), tuple([row(cells) for cells in glance.rows])
