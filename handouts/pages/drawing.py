"""Drawing a piece: whoever draws text says what it is, everything else is an artifact.

A `Drawing` works from the top left corner of the piece downwards: x grows to the right, y grows down, in points.
`finish` turns it into a `Piece` with its origin in the lower left corner.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from handouts.document import Box, Child, Element, Kid, Link, LinkKid, Mark, Piece
from handouts.pages.fonts import Fonts
from handouts.pages.setting import Line, Run

Colour = str
"""A colour as "#rrggbb"."""


@lru_cache(maxsize=256)  # the colours of some editions
def colour_operands(colour: Colour) -> str:
    """The three numbers of a colour for `rg` or `RG`."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3g}" for i in (1, 3, 5))


@lru_cache(maxsize=8192)  # the places of some pages
def number(value: float) -> str:
    """A length as PDF text with a hundredth of a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value + 0.0:.0f}"  # of nothing, never "-0": one key


_Shifted: TypeAlias = tuple[list[Kid], list[Element], list[list[Kid]], list[int]]
"""Kids of the element that a drawing is added to, then elements, their kids, and the owners of marks."""


class Drawing:
    """Records operators, structure, links, glyphs and forms of one piece."""

    def __init__(self, width: float, fonts: Fonts, *, artifact: str = "/Artifact BMC") -> None:
        self.width = width
        self.fonts = fonts
        self._artifact = artifact
        self._operators: list[str] = []
        self._owners: list[int] = []
        self._elements: list[Element] = []
        self._kids: list[list[Kid]] = []
        self._links: list[Link] = []
        self._glyphs: dict[str, set[str]] = {}
        self._forms: set[str] = set()
        self._shift: tuple[tuple[int, int, int], _Shifted] | None = None

    # ----------------------------------------------------------------------------------------- structure

    def element(
        self,
        tag: str,
        parent: int | None = None,
        *,
        alt: str | None = None,
        lang: str | None = None,
        attributes: str = "",
        box: Box | None = None,
    ) -> int:
        """Open a structure element below `parent` (None: at the top of the piece) and return its number."""
        index = len(self._elements)
        self._elements.append(Element(tag=tag, parent=parent, kids=(), alt=alt, lang=lang, attributes=attributes, box=box))
        self._kids.append([])
        if parent is not None:
            self._kids[parent].append(Child(index))
        return index

    def _begin(self, element: int | None) -> None:
        """Begin marked content of this element (None: an artifact). Why no context manager: it is half of what a rule costs."""
        if element is None:
            self._operators.append(self._artifact)
            return
        self._kids[element].append(Mark(len(self._owners)))
        self._owners.append(element)
        self._operators.append(f"/{self._elements[element].tag} <</MCID %d>> BDC")

    def _end(self) -> None:
        self._operators.append("EMC")

    # ----------------------------------------------------------------------------------------- text

    def lines(
        self,
        lines: Sequence[Line],
        *,
        x: float,
        y: float,
        size: float,
        leading: float,
        colour: Colour,
        element: int | None,
        centre_in: float | None = None,
    ) -> float:
        """Draw set lines below `y` and return the y below the last; element None means an artifact."""
        if not lines:
            return y
        baseline = y + leading * 0.5 + size * 0.34
        self._begin(element)
        self._operators.append(f"{colour_operands(colour)} rg BT")
        previous_x = previous_y = 0.0
        for index, line in enumerate(lines):
            left = x + (max(0.0, centre_in - line.width) / 2 if centre_in is not None else 0.0)
            down = -(baseline + index * leading)
            self._operators.append(f"{number(left - previous_x)} {number(down - previous_y)} Td")
            previous_x, previous_y = left, down
            self._show(line.runs, size, space_after=not line.last)
        self._operators.append("ET")
        self._end()
        return y + len(lines) * leading

    def _show(self, runs: Sequence[Run], size: float, *, space_after: bool) -> None:
        for index, run in enumerate(runs):
            text = run.text + (" " if space_after and index == len(runs) - 1 and not run.text.endswith(" ") else "")
            for name, part in run.face.split(text):
                self._glyphs.setdefault(name, set()).update(part)
                self._operators.append(f"/{name} {number(size)} Tf ({part.translate(run.face.codes)}) Tj")

    def link(self, element: int, *, left: float, top: float, right: float, bottom: float, uri: str, contents: str) -> None:
        """Make a rectangle of a Link element active."""
        self._kids[element].append(LinkKid(len(self._links)))
        self._links.append(Link(box=Box(left=left, bottom=-bottom, right=right, top=-top), uri=uri, contents=contents))

    # ----------------------------------------------------------------------------------------- shapes

    def rectangle(
        self,
        *,
        left: float,
        top: float,
        width: float,
        height: float,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        line_width: float = 0.8,
        element: int | None = None,
    ) -> None:
        """A rectangle; an artifact unless it belongs to an element."""
        self._begin(element)
        path = " ".join(number(value) for value in (left, -top - height, width, height))
        self._paint(f"{path} re", fill, stroke, line_width)
        self._end()

    def frame(self, width: float, height: float, *, line_width: float, stroke: Colour, fill: Colour | None = None) -> None:
        """A rectangle of this size whose line stays inside it, as an artifact."""
        inset = line_width / 2
        self.rectangle(
            left=inset,
            top=inset,
            width=width - line_width,
            height=height - line_width,
            fill=fill,
            stroke=stroke,
            line_width=line_width,
        )

    def rule(self, *, left: float, right: float, y: float, colour: Colour, line_width: float = 0.8) -> None:
        """A horizontal line, as an artifact."""
        self.line(x=left, y=y, to_x=right, to_y=y, colour=colour, line_width=line_width)

    def line(self, *, x: float, y: float, to_x: float, to_y: float, colour: Colour, line_width: float = 0.8) -> None:
        """A straight line, as an artifact."""
        self._begin(None)
        self._paint(f"{number(x)} {number(-y)} m {number(to_x)} {number(-to_y)} l", None, colour, line_width)
        self._end()

    def hatch(
        self, *, left: float, top: float, width: float, height: float, fill: Colour, stroke: Colour, element: int | None
    ) -> None:
        """A striped rectangle: what it means is seen without colour."""
        step, inner = 6.0, (left, -top - height, width, height)
        lines = " ".join(
            f"{number(left + offset)} {number(-top - height)} m {number(left + offset + height)} {number(-top)} l"
            for offset in (step * index - height for index in range(1, math.ceil((width + height) / step)))
        )
        box = " ".join(number(value) for value in inner)
        self._begin(element)
        self._operators.append(
            f"q {box} re W n {colour_operands(fill)} rg {box} re f {colour_operands(stroke)} RG 0.6 w {lines} S Q"
        )
        self._end()

    def polygon(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        """A filled polygon (an arrow, a warning sign), as an artifact."""
        path = " ".join(f"{number(x)} {number(-y)} {'l' if index else 'm'}" for index, (x, y) in enumerate(points))
        self._begin(None)
        self._paint(path + " h", fill, None, 0)
        self._end()

    def disc(self, *, x: float, y: float, radius: float, fill: Colour) -> None:
        """A filled circle around (x, y), as an artifact."""
        self._begin(None)
        self._paint(_circle_path(x, -y, radius), fill, None, 0)
        self._end()

    def _paint(self, path: str, fill: Colour | None, stroke: Colour | None, line_width: float) -> None:
        setup = f"{colour_operands(fill)} rg " if fill else ""
        setup += f"{colour_operands(stroke)} RG {number(line_width)} w " if stroke else ""
        self._operators.append(f"{setup}{path} {'B' if fill and stroke else 'f' if fill else 'S'}")

    def form(self, name: str, matrix: tuple[float, float, float, float, float, float], element: int | None) -> None:
        """Draw a form or image object; `matrix` works in the piece with y upwards from its top edge."""
        self._forms.add(name)
        self._begin(element)
        numbers = " ".join(f"{value:.5f}" for value in matrix)  # never with an exponent: PDF has none
        self._operators.append(f"q {numbers} cm /{name} Do Q")
        self._end()

    # ----------------------------------------------------------------------------------------- the piece

    def add(self, part: Drawing, *, parent: int) -> None:
        """Draw what another drawing of the same origin holds, without links, its uppermost elements below `parent`."""
        children, elements, kids, owners = part._shifted(parent, len(self._elements), len(self._owners))
        self._kids[parent] += children
        self._elements += elements
        self._kids += kids
        self._owners += owners
        self._operators += part._operators
        for name, used in part._glyphs.items():
            self._glyphs.setdefault(name, set()).update(used)
        self._forms |= part._forms

    def _shifted(self, parent: int, first: int, slot: int) -> _Shifted:
        """Its structure below `parent`, behind so many elements and marks; nothing is drawn on it any more.

        Why kept: each row of a table asks the same.
        """
        if self._shift is None or self._shift[0] != (parent, first, slot):
            children: list[Kid] = []
            elements = []
            for at, (tag, above, _, alt, lang, attributes, box) in enumerate(self._elements, start=first):
                if above is None:
                    children.append(Child(at))
                elements.append(Element(tag, parent if above is None else first + above, (), alt, lang, attributes, box))
            kids = [[_moved(kid, first, slot) for kid in each] for each in self._kids]
            self._shift = (parent, first, slot), (children, elements, kids, [owner + first for owner in self._owners])
        return self._shift[1]

    def finish(self, height: float) -> Piece:
        """The piece, `height` points tall."""
        elements = tuple(
            [
                Element(tag, parent, tuple(kids), alt, lang, attributes, _raise(box, height) if box else None)
                for (tag, parent, _, alt, lang, attributes, box), kids in zip(self._elements, self._kids, strict=True)
            ]
        )
        return Piece(
            width=self.width,
            height=height,
            operators="\n".join((f"1 0 0 1 0 {number(height)} cm", *self._operators)),
            owners=tuple(self._owners),
            elements=elements,
            links=tuple(replace(link, box=_raise(link.box, height)) for link in self._links),
            glyphs={name: frozenset(used) for name, used in self._glyphs.items()},
            forms=frozenset(self._forms),
        )


def _moved(kid: Kid, first: int, slot: int) -> Kid:
    """A kid of a part in the drawing that it is added to. Raises ValueError for a link, whose place would not move with it."""
    if isinstance(kid, Mark):
        return Mark(kid.slot + slot)
    if isinstance(kid, Child):
        return Child(kid.number + first)
    raise ValueError


def _raise(box: Box, height: float) -> Box:
    return Box(left=box.left, bottom=box.bottom + height, right=box.right, top=box.top + height)


def _circle_path(x: float, y: float, radius: float) -> str:
    """A circle around (x, y) with y upwards, as four Bézier curves (error 0.03 %)."""
    r, k = radius, radius * 0.5523
    steps: tuple[tuple[str, tuple[float, ...]], ...] = (
        ("m", (x + r, y)),
        ("c", (x + r, y + k, x + k, y + r, x, y + r)),
        ("c", (x - k, y + r, x - r, y + k, x - r, y)),
        ("c", (x - r, y - k, x - k, y - r, x, y - r)),
        ("c", (x + k, y - r, x + r, y - k, x + r, y)),
    )
    return " ".join(" ".join(number(v) for v in values) + f" {operator}" for operator, values in steps) + " h"
