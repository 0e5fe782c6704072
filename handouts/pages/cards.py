"""The exercise card: a keep-together stack of pieces beside its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from handouts.document import Piece
from handouts.looks import PictureSize
from handouts.nouns import dataclass
from handouts.pages.blocks import draw_line
from handouts.pages.card_pieces import (
    draw_advice,
    draw_dose,
    draw_head,
    draw_note,
    draw_run_in,
    draw_run_in_steps,
    draw_step,
    run_in_advice,
)
from handouts.pages.desk import Desk
from handouts.pages.figures import column_share, share_scale
from handouts.pages.pictures import Arrangement, Pictured, arrange_above, arrange_pictures, draw_pictures
from handouts.pages.ticks import draw_ticks, ticks_fit
from handouts.texts import CardText, FieldText, PictureText, TickText

_TICKS_ALONE = 300.0
"""Widest row of tick boxes on a card without pictures."""

_ROUNDING = 0.5
TICKS_GAP, PICTURES_GAP, HEAD_GAP = 6.0, 6.0, 6.0
"""Points above the tick boxes, below pictures that stand above the text, and below the head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPiece:
    """One piece of a card's text column; steps hang below the list of steps."""

    piece: Piece
    in_steps: bool = False
    gap: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card ready to place: its head and pictures (each also as an artifact, for a continued card) and its text.

    `stacked`: the pictures stand above the text, not beside it.
    """

    name: str
    head: Piece
    head_again: Piece
    pictures: Piece | None
    pictures_again: Piece | None
    column: tuple[CardPiece, ...]
    ticks: Piece | None
    ticks_below_pictures: bool
    text_x: float
    stacked: bool


def set_card(desk: Desk, card: CardText, width: float, size: PictureSize, *, page_height: float) -> Card:
    """All pieces of one exercise card, `width` points wide; pieces drawn before are used again.

    `page_height` is that of a whole frame, which the pictures of a card on a page of its own fill up.

    Raises:
        MissingGlyphError: a character that no font has.

    """
    key = ("card", card, width, size, page_height)
    return desk.remember(key, lambda: _set_new(desk, card, width, size, page_height))


def _set_new(desk: Desk, card: CardText, width: float, size: PictureSize, page_height: float) -> Card:
    shown = card.pictures
    pairs = desk.remember(("pictured", shown), lambda: _gather_pictures(desk, shown))
    return (_set_above if desk.edition.cards.layout == "above" else _set_beside)(desk, card, pairs, width, size, page_height)


def _set_beside(
    desk: Desk, card: CardText, pairs: Sequence[Pictured], width: float, size: PictureSize, page_height: float
) -> Card:
    """The boxes to tick stand below the pictures where these leave room beside the text, else below the text."""
    picture_width = width * column_share(size, len(pairs)) if pairs else 0.0
    text_x = picture_width + desk.edition.spacing.column_gap if pairs else 0.0
    text_width = width - text_x
    column, text_height = _set_whole_column(desk, card, text_width, page_height)

    def arrange(height: float) -> Arrangement | None:
        if not pairs:
            return None
        room, closely = (picture_width, height, size), desk.edition.cards.steps == "run-in"
        return desk.remember(("arranged", card.pictures, room), lambda: arrange_pictures(desk, pairs, *room, closely=closely))

    ticks = _set_ticks(desk, card, picture_width) if pairs and _ticks_fit(desk, card.ticks, picture_width) else None
    room = text_height - _ticks_height(ticks)
    arranged = arrange(room)
    below_pictures = ticks is not None and arranged is not None and arranged.height <= room + _ROUNDING
    if not below_pictures:
        ticks = _set_ticks(desk, card, text_width if pairs else min(width, _TICKS_ALONE))
        arranged = arrange(text_height + _ticks_height(ticks))
    return _finish(
        desk, card, pairs, arranged, width, picture_width=picture_width, column=column, ticks=ticks,
        ticks_below_pictures=below_pictures, text_x=text_x, stacked=False,
    )  # fmt: skip


def _set_above(
    desk: Desk, card: CardText, pairs: Sequence[Pictured], width: float, _size: PictureSize, page_height: float
) -> Card:
    """Pictures in a row, then the text over the whole width.

    The pictures are of the first of the edition's sizes with which the card fits a page; on a page of their own they take what
    the words leave of it.
    """
    ticks = _set_ticks(desk, card, width)
    head = _set_heads(desk, card, width)[0].height
    around = head + HEAD_GAP + _ticks_height(ticks) + PICTURES_GAP
    column, text = _set_whole_column(desk, card, width, page_height - around)
    room = page_height - around - text
    arranged = _arrange_above(desk, card, pairs, width, room) if pairs else None
    if arranged is not None and arranged.height > room:
        column = _set_column(desk, card, width, broken=True)
        arranged = _arrange_above(desk, card, pairs, width, (room + page_height - around) / 2)  # shown again on a second page
    return _finish(
        desk, card, pairs, arranged, width, picture_width=width, column=column, ticks=ticks,
        ticks_below_pictures=False, text_x=0.0, stacked=True,
    )  # fmt: skip


def _arrange_above(desk: Desk, card: CardText, pairs: Sequence[Pictured], width: float, room: float) -> Arrangement:
    own_page, sizes = desk.edition.cards.start == "page", desk.edition.pictures.tries
    arranged: Arrangement | None = None
    for size in sizes:
        height = room if own_page else None
        key = ("arranged above", card.pictures, width, height, size)
        arranged = desk.remember(key, partial(arrange_above, desk, pairs, width, height, size))
        if own_page or arranged.height <= room:
            break
    return arranged or arrange_above(desk, pairs, width, None, sizes[0])


def _ticks_fit(desk: Desk, ticks: TickText | None, room: float) -> bool:
    key = ("ticks fit", ticks, room)
    return ticks is not None and desk.remember(key, lambda: ticks_fit(desk, ticks, room))


def _set_ticks(desk: Desk, card: CardText, room: float) -> Piece | None:
    boxes = card.ticks
    return desk.piece(("ticks", boxes), room, lambda: draw_ticks(desk, boxes, room)) if boxes else None


def _finish(
    desk: Desk,
    card: CardText,
    pairs: Sequence[Pictured],
    arranged: Arrangement | None,
    width: float,
    *,
    picture_width: float,
    **placed: Any,
) -> Card:
    """The card with its head and its pictures drawn."""

    def draw() -> tuple[Piece | None, Piece | None]:
        if arranged is None:
            return None, None
        again = desk.edition.cards.repeat_pictures
        pictures = draw_pictures(desk, pairs, picture_width, arranged, tagged=True)
        return pictures, draw_pictures(desk, pairs, picture_width, arranged, tagged=False) if again else None

    pictures, pictures_again = desk.remember(("pictures", card.pictures, arranged, picture_width), draw)
    head, head_again = _set_heads(desk, card, width)
    return Card(name=card.name, head=head, head_again=head_again, pictures=pictures, pictures_again=pictures_again, **placed)


def _set_heads(desk: Desk, card: CardText, width: float) -> tuple[Piece, Piece]:
    """The head of the card, and that of its second and later parts: an artifact, without the dose."""
    beside = (card.dose, card.total, card.how_often) if desk.edition.cards.dose == "beside" else ()

    head = desk.remember(
        ("head", card.number, card.name, beside, width),
        lambda: draw_head(desk, card.number, card.name, width, dose=beside, tagged=True),
    )
    again = desk.remember(
        ("head again", card.number, card.continued, width),
        lambda: draw_head(desk, card.number, card.continued, width, tagged=False),
    )
    return head, again


def _gather_pictures(desk: Desk, shown: Sequence[PictureText]) -> tuple[Pictured, ...]:
    """Pictures with their figures, these in one measure."""
    found = [(picture, figure) for picture in shown if (figure := desk.figure(picture.figure)) is not None]
    shared = share_scale([figure for _, figure in found]) if found else ()
    return tuple((picture, figure) for (picture, _), figure in zip(found, shared, strict=True))


def _ticks_height(ticks: Piece | None) -> float:
    return ticks.height + TICKS_GAP if ticks is not None else 0.0


def _set_whole_column(desk: Desk, card: CardText, width: float, room: float) -> tuple[tuple[CardPiece, ...], float]:
    """The pieces of the text column and their height; in the order of a broken card where `room` cannot hold them."""
    column = _set_column(desk, card, width, broken=False)
    height = sum([part.piece.height + part.gap for part in column])
    return (column if height <= room else _set_column(desk, card, width, broken=True)), height


def _set_column(desk: Desk, card: CardText, width: float, *, broken: bool) -> tuple[CardPiece, ...]:
    """The pieces of the text column, in reading order; of a card that goes on on another page, note and warnings come first."""
    dose: tuple[CardPiece, ...] = ()
    note: tuple[CardPiece, ...] = ()
    if desk.edition.cards.dose == "below":
        key = ("dose", card.dose, card.total, card.how_often)
        dose = (CardPiece(piece=desk.piece(key, width, partial(draw_dose, desk, card, width)), gap=5),)
    if card.note is not None:
        piece = desk.piece(("note", card.note), width, partial(draw_note, desk, card.note, width))
        note = (CardPiece(piece=piece, gap=4),)
    steps = _set_steps(desk, card, width, broken=broken)
    return (*dose, *note, *steps) if broken else (*dose, *steps, *note)


def _set_steps(desk: Desk, card: CardText, width: float, *, broken: bool) -> tuple[CardPiece, ...]:
    """The steps and all advice: what of the text does not change with the patient's dose and note."""
    advice = (card.feel, card.breathing, card.easier, card.tip, card.caution, card.stop)
    draw = _draw_run_in_column if desk.edition.cards.steps == "run-in" else partial(_draw_column, warnings_first=broken)
    key = ("steps", card.steps, card.change_sides, advice, width, broken)
    return desk.remember(key, lambda: tuple(draw(desk, card, width)))


def _draw_run_in_column(desk: Desk, card: CardText, width: float) -> Iterator[CardPiece]:
    yield CardPiece(piece=draw_run_in_steps(desk, card, width), gap=2.5)
    for several in ((card.feel, card.breathing, card.easier, card.tip), (card.caution, card.stop)):
        advice = tuple(item for item in several if item)
        if advice:
            yield CardPiece(piece=draw_run_in(desk, run_in_advice(advice), width), gap=1)


def _draw_column(desk: Desk, card: CardText, width: float, *, warnings_first: bool) -> Iterator[CardPiece]:
    """Steps and advice, a line or more each."""
    warnings, tip = ((card.caution, True), (card.stop, False)), (card.tip, False)

    def advise(*several: tuple[FieldText | None, bool]) -> Iterator[CardPiece]:
        for advice, is_caution in several:
            if advice is not None:
                yield CardPiece(piece=draw_advice(desk, advice, width, is_caution=is_caution), gap=3)

    if warnings_first:
        yield from advise(*warnings)
    for number, step in enumerate(card.steps, start=1):
        yield CardPiece(piece=draw_step(desk, number, step, width), gap=2, in_steps=True)
    if card.change_sides:
        change = FieldText(label=card.change_sides, value="")
        yield CardPiece(piece=draw_line(desk, change, width), gap=2.5)
    for item in (card.feel, card.breathing, card.easier):
        if item is not None:
            yield CardPiece(piece=draw_line(desk, item, width), gap=2.5)
    yield from advise(*(() if warnings_first else warnings), tip)
