"""Fill and stroke of an element as PDF operands. Where SVG would let what is below shine through, white paper does."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PIL import ImageColor

from handouts.nouns import dataclass
from handouts.pages.svg.numbers import read_length, read_number

_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2, "miter-clip": 0, "arcs": 0}
_MOST_DASHES = 32
_NOTHING = ("none", "transparent")
_LONGEST_COLOUR = 60
_WITH_ALPHA = re.compile(r"(rgb|hsl)a?\(([^,]+,[^,]+,[^,]+),\s*([0-9.]+%?)\s*\)")
_RGB = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StrokeInk:
    """How a line is drawn, in units of the drawing; `colour` as the operands of RG."""

    colour: str
    width: float
    cap: int
    join: int
    miter: float
    dashes: tuple[float, ...]
    offset: float


def read_opacity(text: str) -> float:
    """Return an opacity of 0 to 1, given as a number or in per cent. Raises ValueError."""
    share = read_number(text[:-1]) / 100 if text.endswith("%") else read_number(text)
    return min(max(share, 0.0), 1.0)


def read_fill(style: Mapping[str, str], opacity: float) -> str | None:
    """Return the fill as operands of rg; None where nothing is filled. Raises ValueError."""
    return _read_paint(style["fill"], style["color"], opacity * read_opacity(style["fill-opacity"]))


def read_stroke(style: Mapping[str, str], opacity: float) -> StrokeInk | None:
    """Return how lines are drawn; None where none are. Raises ValueError."""
    colour = _read_paint(style["stroke"], style["color"], opacity * read_opacity(style["stroke-opacity"]))
    if colour is None:
        return None
    width = read_length(style["stroke-width"])
    if width <= 0:
        return None
    dashes = _read_dashes(style["stroke-dasharray"])
    return StrokeInk(
        colour=colour,
        width=width,
        cap=_CAPS.get(style["stroke-linecap"], 0),
        join=_JOINS.get(style["stroke-linejoin"], 0),
        miter=max(1.0, read_number(style["stroke-miterlimit"])),
        dashes=dashes,
        offset=read_length(style["stroke-dashoffset"]) % (sum(dashes) * 2) if dashes else 0.0,
    )


def _read_dashes(text: str) -> tuple[float, ...]:
    if text == "none":
        return ()
    dashes = tuple(read_length(each) for each in re.split(r"[\s,]+", text.strip()) if each)
    if len(dashes) > _MOST_DASHES or min(dashes, default=0) < 0:
        raise ValueError(f"dashes are at most {_MOST_DASHES} lengths, none below 0")
    return dashes if sum(dashes) > 0 else ()


def _read_paint(text: str, current: str, opacity: float) -> str | None:
    said = (current if text.lower() == "currentcolor" else text).strip().lower()
    if said in _NOTHING or opacity <= 0:
        return None
    if "url(" in said or said.startswith("context-"):
        raise ValueError("gradients and patterns are not drawn here: give it a plain colour")
    try:
        (red, green, blue), alpha = _read_colour(said[:_LONGEST_COLOUR])
    except ValueError:
        raise ValueError(f'"{text[:30]}" is no colour that is known here: write it as #rrggbb') from None
    share = opacity * alpha
    return " ".join(f"{round(1 - share * (1 - each / 255), 3):g}" for each in (red, green, blue)) if share > 0 else None


def _read_colour(said: str) -> tuple[tuple[int, ...], float]:
    """Red, green and blue up to 255, and the opacity; rgba() and hsla() say that as CSS does, from 0 to 1."""
    share = 1.0
    found = _WITH_ALPHA.fullmatch(said)
    if found is not None:
        said, share = f"{found.group(1)}({found.group(2)})", read_opacity(found.group(3))
    numbers = [min(each, 255) for each in ImageColor.getrgb(said)]
    return tuple(numbers[:_RGB]), share * (numbers[_RGB] / 255 if len(numbers) > _RGB else 1.0)
