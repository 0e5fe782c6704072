"""Figures: pictures of poses as form or image objects, drawn once and placed, scaled and mirrored by a matrix.

Ours are compact vector assets coloured by a palette, in JSON: `box` in millimetres of body, `side` as drawn, and `paths` of
(layer, relative moves, lines, curves). The README beside the assets describes it in full. A clinic's own pictures come as a
finished form (`handouts.pages.own_pictures`).
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from handouts.document import FormProgram
from handouts.errors import InputError, Place, Problem
from handouts.looks import Ink, Palette, PictureSize
from handouts.model import Side
from handouts.nouns import dataclass
from handouts.pages.drawing import colour_operands
from handouts.pages.figure_paths import GRID, absolute_path
from handouts.regular_files import read_regular

_NEWER = "the figure's format is not known to this program"
_FORMATS = (1, 2)
_MOST_BYTES = 2_000_000  # ours have 20,000
_ALIKE = 2.0

FEW = 3
"""Up to so many pictures stand in one row or one column, as large as they can be."""

_WIDER_FOR_MANY, _WIDEST = 1.25, 0.5
"""How much more of a card its pictures get where there are many, and the most they get."""


class Measure(StrEnum):
    """What a figure's width and height count."""

    BODY = "millimetres of body"
    UNITS = "units of an SVG"
    DOTS = "dots of a photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One pose: its size in its own measure, the side that works in it, and its paths by layer, back to front, or its form.

    `across` and `up` are the size of the form in the units it is drawn in: an image object is one unit wide and high.
    `finest` is the most points that one unit of width may become: the dots of a photo should not be seen.
    """

    key: str
    measure: Measure
    width: float
    height: float
    inked: float  # height of the part that is drawn on, from the lower edge
    side: Side | None = None
    paths: tuple[tuple[str, str], ...] = ()
    form: FormProgram | None = None
    across: float
    up: float
    finest: float = math.inf

    @property
    def longest(self) -> float:
        """The longer side."""
        return max(self.width, self.height)

    @property
    def seen(self) -> float:
        """The longer side of the part that is drawn on."""
        return max(self.width, self.inked)

    def form_name(self, palette: Palette) -> str:
        """The resource name of this figure in this palette."""
        return self.form.name if self.form else f"F{zlib.crc32(f'{self.key}/{palette.id}'.encode()):08x}"

    def times(self, factor: float) -> Figure:
        """The same picture with sizes in units of another measure."""
        sizes = (self.width * factor, self.height * factor, self.inked * factor, self.finest / factor)
        return replace(self, width=sizes[0], height=sizes[1], inked=sizes[2], finest=sizes[3])


def read_figure(path: Path, shown: str, key: str, *, root: Path | None = None) -> Figure:
    """Read an asset.

    Raises:
        InputError: it is not a figure of format 1 or 2, or not in `root`; `shown` is how the file is named to the user.

    """
    try:
        asset = json.loads(_read_text(path, root))
        if asset["format"] not in _FORMATS:
            raise ValueError(_NEWER)  # noqa: TRY301 - told with the other faults
        width, height = (float(v) for v in asset["box"])
        side = Side(asset["side"]) if asset["side"] else None
        drawn = [(str(layer), *absolute_path(str(moves), repeats=asset["format"] > 1)) for layer, moves in asset["paths"]]
        paths = tuple((layer, path) for layer, path, _ in drawn)
        inked = min(height, max((top for _, _, top in drawn), default=0) + 12)
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        newer = isinstance(error, ValueError) and str(error) == _NEWER
        what = _NEWER if newer else "this is not a figure of format 1 or 2, or it is damaged"
        hint = "draw the figure again; assets/figures/README.md tells the format"
        raise InputError(Problem(message=what, place=Place(file=shown), hint=hint)) from error
    return Figure(
        key=key,
        measure=Measure.BODY,
        width=width,
        height=height,
        inked=inked,
        side=side,
        paths=paths,
        across=width / GRID,
        up=height / GRID,
    )


def _read_text(path: Path, root: Path | None) -> str:
    content = read_regular(path, _MOST_BYTES, root=root)
    if len(content) > _MOST_BYTES:
        raise ValueError("too large")
    return content.decode("utf-8")


def column_share(size: PictureSize, pictures: int) -> float:
    """The width of the column of so many pictures as a part of the card."""
    return size.column if pictures <= FEW else max(size.column, min(size.column * _WIDER_FOR_MANY, _WIDEST))


def share_scale(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures of one exercise in one measure, so that a scale for all of them is right for each.

    Pictures of one kind keep their own sizes, so that a body that lies down is as long as one that stands. A clinic's pictures
    whose longer sides differ by more than a factor of two cannot be meant so: those become equally long, and so do the
    longest of each kind where kinds are mixed.
    """
    kinds = {figure.measure for figure in figures}
    longest = {kind: max(figure.longest for figure in figures if figure.measure is kind) for kind in kinds}
    whole = longest.get(Measure.BODY) or max(longest.values())

    def shared(figure: Figure) -> Figure:
        least = min(other.longest for other in figures if other.measure is figure.measure)
        alike = figure.measure is Measure.BODY or longest[figure.measure] <= _ALIKE * least
        if alike and len(kinds) == 1:
            return figure
        return figure.times(whole / (longest[figure.measure] if alike else figure.longest))

    return tuple(shared(figure) for figure in figures)


def draw_figure(figure: Figure, palette: Palette) -> FormProgram:
    """The figure as a form object, deflated once; a clinic's picture is one already."""
    if figure.form is not None:
        return figure.form
    operators = ["1 J 1 j"]
    current: Ink | None = None
    for layer, path in figure.paths:
        ink = palette.layers.get(layer)
        if ink is None:
            continue
        if ink is not current:
            current = ink
            if ink.halo:
                operators.append(f"1 1 1 RG {(2 * ink.halo + ink.width) / GRID:g} w {path} S")
            if ink.fill:
                operators.append(f"{colour_operands(ink.fill)} rg")
            if ink.stroke:
                operators.append(f"{colour_operands(ink.stroke)} RG {ink.width / GRID:g} w")
        operators.append(f"{path} {'B' if ink.fill and ink.stroke else 'f' if ink.fill else 'S'}")
    return FormProgram(
        name=figure.form_name(palette),
        dictionary=f"/Subtype/Form/BBox[0 0 {figure.across:g} {figure.up:g}]/Resources<<>>/Filter/FlateDecode",
        stream=zlib.compress("\n".join(operators).encode("ascii"), 9),
    )


def placing_matrix(
    figure: Figure, *, left: float, bottom: float, scale: float, mirrored: bool
) -> tuple[float, float, float, float, float, float]:
    """The matrix that puts the figure's lower left corner at (left, bottom), `scale` points a unit of its measure."""
    wide, high = figure.width * scale / figure.across, figure.height * scale / figure.up
    if mirrored:
        return (-wide, 0, 0, high, left + figure.width * scale, bottom)
    return (wide, 0, 0, high, left, bottom)
