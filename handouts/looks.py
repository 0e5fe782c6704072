"""How pages look: paper, frames, type sizes, colours, palettes and parts shown, as values. Lengths are points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper size in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameInsets:
    """A frame as distances from the edges of the paper, in points; start is left where text runs to the right."""

    start: float
    end: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrames:
    """The frames of the first and of the following pages, filled in their order.

    Of a handout's upright pages each frame is in so many `columns`, `column_gap` points apart.
    """

    first: tuple[FrameInsets, ...]
    following: tuple[FrameInsets, ...]
    columns: int
    column_gap: float
    footer_baseline: float  # from the lower edge
    footer_inset: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeSizes:
    """Type sizes in points; `leading` is line height as a multiple of size."""

    title: float
    heading: float
    card_name: float
    dose: float
    body: float
    small: float
    leading: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """Colours as "#rrggbb"; text on paper and on panels keeps 7:1."""

    text: str
    muted: str
    accent: str
    on_accent: str
    line: str
    panel: str
    urgent: str
    on_urgent: str
    urgent_panel: str
    caution_panel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """Gaps in points."""

    card_gap: float
    block_gap: float
    column_gap: float
    padding: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSize:
    """`column`: width of the picture column as a part of the card; `narrowest`: least width of a picture, in points.

    `tallest`: height of the tallest picture in points; None: that of the edition.
    """

    column: float
    narrowest: float
    tallest: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """How pictures are set: palette, tallest picture in points, and the sizes to try.

    The first of `tries` is the best looking; a later one is taken only where it saves a page.
    """

    palette: str
    tries: tuple[PictureSize, ...]
    tallest: float
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """How an exercise card is set.

    `layout`: its pictures "beside" the words or "above" them; `start`: where the page goes on ("flow") or on a page of its own
    ("page"), where the pictures fill what the words leave; `steps`: a line each ("list") or one after the other ("run-in");
    `dose`: below the name in large type ("below"), or "beside" it to save room; `repeat_pictures`: again where a broken card
    goes on.
    """

    layout: str
    start: str
    steps: str
    dose: str
    repeat_pictures: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """How lists in boxes are set: in so many `columns` at most; of 1 two boxes stand one above the other, not side by side."""

    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which optional parts are printed."""

    ticks: bool
    tick_weeks: int
    plan_ticks: bool  # in the plan at a glance, for a week
    breathing: bool
    short_signs: bool  # when to get help in few words
    blank_fields: bool  # lines to write who it is for, and when, where the request does not say; without them others see it
    clinic_colour: bool  # in place of the edition's own
    every_stop: bool  # all signs to stop an exercise, not the first only
    easier: bool  # the easier way of each exercise, not only where a precaution asks for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """What an edition promises at least, and the checks hold it to: lengths in points, leading as a multiple.

    `picture`: the longer side of the pictures of exercises. `reason`: why it promises less than is advised.
    """

    type: float
    heading: float
    title: float
    leading: float
    margin: float
    picture: float
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything that makes one edition look as it does.

    `folded`: its papers are the small pages of a booklet, eight of which are printed on a sheet.
    """

    id: str
    folded: bool
    papers: Mapping[str, Paper]
    frames: PageFrames
    type: TypeSizes
    colours: Colours
    spacing: Spacing
    pictures: Pictures
    cards: Cards
    boxes: Boxes
    shown: Shown
    minimum: Minimum


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """How a palette draws one layer: fill and stroke as "#rrggbb", line width in millimetres of body.

    `halo` is the width of a white edge around it, which keeps it apart from dark clothes on a grey copy.
    """

    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    halo: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Inks by layer name; a layer without an ink is not drawn."""

    id: str
    layers: Mapping[str, Ink]


def with_accent(edition: Edition, accent: str | None) -> Edition:
    """The edition in a clinic's colour, where it takes one; a colour too pale to carry white text (under 4.5:1) is darkened."""
    if accent is None or not edition.shown.clinic_colour:
        return edition
    while contrast(accent, "#ffffff") < 4.5:
        accent = "#" + "".join(f"{int(int(accent[i : i + 2], 16) * 0.92):02x}" for i in (1, 3, 5))
    return replace(edition, colours=replace(edition.colours, accent=accent, on_accent="#ffffff"))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def as_grey(colour: str) -> str:
    """The grey a black-and-white printer makes of a colour (luma of ITU-R BT.601)."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    grey = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"#{grey:02x}{grey:02x}{grey:02x}"
