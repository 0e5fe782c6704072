"""Figures: compact vector assets of poses, coloured by a palette, as form objects drawn and mirrored by a matrix.

An asset is JSON: `box` in millimetres of body, `side` as drawn, and `paths` of (layer, relative moves, lines, curves).
The README beside the assets describes it in full.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

from handouts.document import FormProgram
from handouts.errors import InputError, Place, Problem
from handouts.looks import Ink, Palette
from handouts.model import Side
from handouts.pages.drawing import colour_operands

_NEWER = "the figure's format is not known to this program"
_OPERANDS = {"m": 2, "l": 2, "c": 6, "h": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One drawn pose: size in millimetres of body, the side that works in it, and its paths by layer, back to front."""

    key: str
    width: float
    height: float
    side: Side | None
    inked: float  # height of the part that is drawn on, from the lower edge
    paths: tuple[tuple[str, str], ...]

    def form_name(self, palette: Palette) -> str:
        """The resource name of this figure in this palette."""
        return f"F{zlib.crc32(f'{self.key}/{palette.id}'.encode()):08x}"


def read_figure(path: Path, shown: str, key: str) -> Figure:
    """Read an asset.

    Raises:
        InputError: it is not a figure of format 1; `shown` is how the file is named to the user.

    """
    try:
        asset = json.loads(path.read_text(encoding="utf-8"))
        if asset["format"] != 1:
            raise ValueError(_NEWER)  # noqa: TRY301 - told with the other faults
        width, height = (float(v) for v in asset["box"])
        side = Side(asset["side"]) if asset["side"] else None
        drawn = [(str(layer), *_absolute(str(moves))) for layer, moves in asset["paths"]]
        paths = tuple((layer, path) for layer, path, _ in drawn)
        inked = min(height, max((top for _, _, top in drawn), default=0) + 12)
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        newer = isinstance(error, ValueError) and str(error) == _NEWER
        what = _NEWER if newer else "this is not a figure of format 1, or it is damaged"
        hint = "draw the figure again; assets/figures/README.md tells the format"
        raise InputError(Problem(message=what, place=Place(file=shown), hint=hint)) from error
    return Figure(key=key, width=width, height=height, side=side, inked=inked, paths=paths)


def draw_figure(figure: Figure, palette: Palette) -> FormProgram:
    """The figure as a form object in millimetres of body, deflated once."""
    operators = ["1 J 1 j"]
    current: Ink | None = None
    for layer, path in figure.paths:
        ink = palette.layers.get(layer)
        if ink is None:
            continue
        if ink is not current:
            current = ink
            if ink.fill:
                operators.append(f"{colour_operands(ink.fill)} rg")
            if ink.stroke:
                operators.append(f"{colour_operands(ink.stroke)} RG {ink.width:g} w")
        operators.append(f"{path} {'B' if ink.fill and ink.stroke else 'f' if ink.fill else 'S'}")
    return FormProgram(
        name=figure.form_name(palette),
        dictionary=f"/Subtype/Form/BBox[0 0 {figure.width:g} {figure.height:g}]/Resources<<>>/Filter/FlateDecode",
        stream=zlib.compress("\n".join(operators).encode("ascii"), 9),
    )


def placing_matrix(
    figure: Figure, *, left: float, bottom: float, scale: float, mirrored: bool
) -> tuple[float, float, float, float, float, float]:
    """The matrix that puts the figure's lower left corner at (left, bottom), `scale` points a millimetre of body."""
    if mirrored:
        return (-scale, 0, 0, scale, left + figure.width * scale, bottom)
    return (scale, 0, 0, scale, left, bottom)


def _absolute(moves: str) -> tuple[str, int]:
    """Relative path steps as PDF path operators, which are absolute, and the highest point of the path."""
    tokens = moves.split()
    out: list[str] = []
    x = y = start_x = start_y = 0
    highest = position = 0
    while position < len(tokens):
        operator = tokens[position]
        count = _OPERANDS[operator]
        values = [int(v) for v in tokens[position + 1 : position + 1 + count]]
        if len(values) != count:
            raise ValueError(f"a path ends inside {operator!r}")
        position += 1 + count
        points = [(x + values[i], y + values[i + 1]) for i in range(0, count, 2)]
        if points:
            x, y = points[-1]
            highest = max(highest, y)
        else:
            x, y = start_x, start_y
        if operator == "m":
            start_x, start_y = x, y
        out.extend(f"{px} {py}" for px, py in points)
        out.append(operator)
    return " ".join(out), highest
