"""Reads a clinic's SVG into a figure: the elements in their order as PDF operators, in one form object."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from pathlib import Path

from handouts.document import FormProgram
from handouts.errors import InputError, Place, Problem
from handouts.pages.figures import Figure, Measure
from handouts.pages.svg.frame import read_frame
from handouts.pages.svg.inks import StrokeInk, read_fill, read_opacity, read_stroke
from handouts.pages.svg.numbers import Matrix, multiply, read_transform, write_exact, write_number
from handouts.pages.svg.paths import read_outline
from handouts.pages.svg.styles import INITIAL, StyleSheet, inherit
from handouts.pages.svg.tree import Element, SvgError, Tree, parse_tree
from handouts.regular_files import read_regular

_MOST_BYTES = 2_000_000
_MOST_SEGMENTS = 50_000
_LARGEST_SCALE = 1e9  # of the drawing on the form; what is reduced to a billionth is not seen


def read_svg(path: Path, shown: str, key: str, *, root: Path | None = None) -> Figure:
    """Read a drawing of at most 2 MB, 20,000 elements and 50,000 lines and curves.

    Drawn are paths and shapes with plain colours; what is partly transparent is mixed with white paper. What cannot be drawn as
    it is meant (text, gradients, filters, masks, clips, images, clones) is refused, and so is everything active or outside.

    Raises:
        InputError: with the line, and what to do, also where it lies outside `root`; `shown` is how the file is named to the
            user.

    """
    try:
        tree = parse_tree(_read_content(path, root))
        frame = read_frame(tree.root)
        operators = _Painter(tree, frame.matrix).paint()
    except SvgError as error:
        raise InputError(Problem(message=error.message, place=Place(file=shown, line=error.line), hint=error.hint)) from error
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise InputError(Problem(message=f"the picture cannot be read: {reason}", place=Place(file=shown))) from error
    across, up = (write_number(side, 2) for side in (frame.across, frame.up))
    form = FormProgram(
        name=f"V{zlib.crc32(key.encode()):08x}",
        dictionary=f"/Subtype/Form/BBox[0 0 {across} {up}]/Resources<<>>/Filter/FlateDecode",
        stream=zlib.compress("\n".join(operators).encode("ascii"), 9),
    )
    return Figure(
        key=key,
        measure=Measure.UNITS,
        width=frame.width,
        height=frame.height,
        inked=frame.height,
        form=form,
        across=frame.across,
        up=frame.up,
    )


def _read_content(path: Path, root: Path | None) -> bytes:
    content = read_regular(path, _MOST_BYTES, root=root)
    if len(content) > _MOST_BYTES:
        raise SvgError("the drawing is larger than 2 MB", "draw it more simply, or use a PNG", None)
    return content


class _Painter:
    """Writes elements in their order; what the page's state says already is not said again."""

    def __init__(self, tree: Tree, matrix: Matrix) -> None:
        self._root, self._base = tree.root, matrix
        self._sheet = StyleSheet(tree.styles)
        self._operators: list[str] = []
        self._matrix: Matrix | None = None
        self._state: dict[str, str] = {}
        self._segments = 0

    def paint(self) -> list[str]:
        """The operators of the whole drawing."""
        self._paint(self._root, self._base, INITIAL, 1.0)
        if not self._operators:
            raise SvgError("nothing is drawn in it", "give its paths a fill or a stroke", self._root.line)
        return [*self._operators, "Q"]

    def _paint(self, element: Element, matrix: Matrix, above: Mapping[str, str], opacity: float) -> None:
        declared = self._sheet.declared(element)
        if declared.get("display") == "none":
            return
        try:
            opacity *= read_opacity(declared.get("opacity", "1"))
            if "transform" in element.attributes:
                matrix = multiply(matrix, read_transform(element.attributes["transform"]))
        except ValueError as error:
            raise SvgError(str(error), "save it as plain SVG", element.line) from error
        style = inherit(above, declared)
        if element.name in ("svg", "g"):
            for child in element.children:
                self._paint(child, matrix, style, opacity)
        elif style["visibility"] == "visible" and opacity > 0:
            self._paint_outline(element, matrix, style, opacity)

    def _paint_outline(self, element: Element, matrix: Matrix, style: Mapping[str, str], opacity: float) -> None:
        scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        try:
            fill, stroke = read_fill(style, opacity), read_stroke(style, opacity)
            if fill is None and stroke is None:
                return
            if not (math.isfinite(sum(matrix)) and scale < _LARGEST_SCALE):
                raise ValueError("it is enlarged more than anything that is drawn")  # noqa: TRY301 - told with the other faults
            if scale < 1 / _LARGEST_SCALE:
                return
            path = self._write_path(element, min(max(math.ceil(math.log10(scale * 20)), 0), 8))
        except ValueError as error:
            raise SvgError(str(error), "save it as plain SVG", element.line) from error
        if not path:
            return
        self._move_to(matrix)
        if fill is not None:
            self._say("rg", f"{fill} rg")
        if stroke is not None:
            self._say_stroke(stroke)
        rule = "*" if style["fill-rule"] == "evenodd" else ""
        if fill is None or stroke is None:
            self._operators.append(f"{path} {'S' if fill is None else f'f{rule}'}")
        elif style["paint-order"].startswith("stroke"):
            self._operators.append(f"{path} S\n{path} f{rule}")
        else:
            self._operators.append(f"{path} B{rule}")

    def _write_path(self, element: Element, decimals: int) -> str:
        parts = []
        for operator, numbers in read_outline(element.name, element.attributes):
            self._segments += 1
            if self._segments > _MOST_SEGMENTS:
                raise SvgError(f"more than {_MOST_SEGMENTS} lines and curves", "simplify its paths", element.line)
            parts.append(" ".join([*(write_number(each, decimals) for each in numbers), operator]))
        return " ".join(parts)

    def _move_to(self, matrix: Matrix) -> None:
        if matrix == self._matrix:
            return
        begin = "q" if self._matrix is None else "Q q"
        self._operators.append(f"{begin} {' '.join(write_exact(each) for each in matrix)} cm")
        self._matrix, self._state = matrix, {}

    def _say_stroke(self, stroke: StrokeInk) -> None:
        self._say("RG", f"{stroke.colour} RG")
        self._say("w", f"{write_exact(stroke.width)} w")
        self._say("J", f"{stroke.cap} J")
        self._say("j", f"{stroke.join} j")
        self._say("M", f"{write_number(stroke.miter, 3)} M")
        dashes = " ".join(write_exact(each) for each in stroke.dashes)
        self._say("d", f"[{dashes}] {write_exact(stroke.offset)} d")

    def _say(self, key: str, words: str) -> None:
        if self._state.get(key) != words:
            self._state[key] = words
            self._operators.append(words)
