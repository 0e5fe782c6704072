"""The figures of the benchmark: ours, as PDF operators and as SVG with the same points and colours."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from handouts.looks import Palette
from handouts.pages.figures import Figure, draw_figure

_Attributes: TypeAlias = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One picture in the units it is drawn in, y upwards: its size and the operators that draw it."""

    key: str
    width: float
    height: float
    operators: str

    @cached_property
    def svg(self) -> str:
        """The same as SVG, y downwards, without spaces between elements."""
        return _write_svg(self)

    @property
    def curves(self) -> int:
        """How many Bézier curves it has."""
        return self.operators.split().count("c")

    @property
    def name(self) -> str:
        """The key as a name of a file or an object, without ending."""
        return self.key.removesuffix(".json").replace("/", "-").replace(".", "-")


def draw(figure: Figure, palette: Palette) -> Drawing:
    """The figure as our own writer draws it, in these colours."""
    form = draw_figure(figure, palette)
    return Drawing(
        key=figure.key,
        width=figure.across,
        height=figure.up,
        operators=zlib.decompress(form.stream).decode("ascii"),
    )


def _write_svg(drawing: Drawing) -> str:
    """Interpret the few operators that figures are made of: paths, colours, line widths and how they are painted."""
    state: _Attributes = {"rg": "#000000", "RG": "#000000", "w": "1"}
    path: list[str] = []
    shapes: list[str] = []
    numbers: list[float] = []
    for sign in drawing.operators.split():
        if sign in ("J", "j"):
            numbers = []
        elif sign in ("rg", "RG"):
            state[sign] = "#" + "".join(f"{round(value * 255):02x}" for value in numbers)
            numbers = []
        elif sign == "w":
            state[sign] = f"{numbers[0]:g}"
            numbers = []
        elif sign in ("m", "l", "c"):
            path.append(sign.upper() + _points(numbers))
            numbers = []
        elif sign == "h":
            path.append("Z")
        elif sign in ("f", "S", "B"):
            shapes.append(_shape("".join(path), sign, state))
            path = []
        else:
            numbers.append(float(sign))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    turned = f'<g transform="matrix(1 0 0 -1 0 {drawing.height:g})" fill="none" stroke-linecap="round" stroke-linejoin="round">'
    return f'{head} width="{drawing.width:g}" height="{drawing.height:g}">{turned}{"".join(shapes)}</g></svg>'


def _points(numbers: list[float]) -> str:
    return " ".join(f"{value:g}" for value in numbers)


def _shape(path: str, painted: str, state: _Attributes) -> str:
    fill = f' fill="{state["rg"]}"' if painted in ("f", "B") else ""
    stroke = f' stroke="{state["RG"]}" stroke-width="{state["w"]}"' if painted in ("S", "B") else ""
    return f'<path d="{path}"{fill}{stroke}/>'
