"""Where everything stands on the two pages, in points, for engines that are told where to draw: as in ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.figures import Drawing
from handouts.texts import CardText, FieldText

WIDTH, HEIGHT = 595.28, 841.89
LEFT, TOP, FOOT, CONTENT = 42.5, 799.4, 25.5, 510.2
TITLE, HEADING, NAME, BODY, SMALL = 18.0, 12.0, 12.0, 9.0, 9.0
LEADING, GAP, GUTTER = 10.8, 4.0, 8.0
ROW, HEAD, BAR = 15.0, 18.0, 19.0
COLUMNS = (LEFT + 5, LEFT + 40, LEFT + 198)
DAYS, DAY = LEFT + 378, 19.0
PAIR = (276.0, CONTENT - 276.0 - GUTTER)
WORDS = LEFT + 0.26 * CONTENT + 10
WORDS_WIDE = LEFT + CONTENT - WORDS
PAGES, CARDS_ON_PAGE_1 = 2, 1
INK, PAPER, ACCENT, PANEL = "#1a1a1a", "#ffffff", "#14525f", "#eef3f4"
URGENT, URGENT_PANEL = "#8f1414", "#fdf3f2"

_PICTURES_WIDE, _PICTURES_HIGH, _ROOM, _CAPTION = 0.26 * CONTENT, 56.7, 8.0, 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A picture: points from the left edge of its column, of its lower edge below the top of it, and points a millimetre."""

    drawing: Drawing
    x: float
    below: float
    scale: float
    mirrored: bool
    caption: str


def place_pictures(card: CardText, drawings: Mapping[str, Drawing]) -> tuple[list[Spot], float]:
    """The pictures of a card in rows of two at one scale, and the height of all of them with captions in points."""
    shown = [(picture, drawings[picture.figure]) for picture in card.pictures]
    rows = [shown[start : start + 2] for start in range(0, len(shown), 2)]
    widest = max(sum(drawing.width for _, drawing in row) for row in rows)
    scale = min((_PICTURES_WIDE - _ROOM) / widest, _PICTURES_HIGH / max(drawing.height for _, drawing in shown))
    spots, below = [], 0.0
    for row in rows:
        below += max(drawing.height for _, drawing in row) * scale
        x = 0.0
        for picture, drawing in row:
            spots.append(Spot(drawing=drawing, x=x, below=below, scale=scale, mirrored=picture.mirrored, caption=picture.caption))
            x += drawing.width * scale + _ROOM
        below += _CAPTION
    return spots, below


def tell_steps(card: CardText) -> list[tuple[bool, str]]:
    """The steps one after the other, as (bold, words)."""
    told = []
    for number, step in enumerate(card.steps, 1):
        told += [(True, f"{number}."), (False, step)]
    return told + ([(True, card.change_sides)] if card.change_sides else [])


def advice(card: CardText) -> Iterator[FieldText]:
    """What follows the steps, a line each."""
    for field in (card.feel, card.caution, card.tip, card.stop, card.easier):
        if field is not None:
            yield field
