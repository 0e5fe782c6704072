"""The elements of an SVG that draw, with their lines: read by the standard library's expat, with everything active refused.

Why our own: svgelements (MIT) has had no release since 2023, svglib (LGPL) needs lxml and draws through ReportLab's graphics.
What handouts takes of SVG is small; most of the work is to refuse the rest, with the line it stands on.
"""

from __future__ import annotations

from dataclasses import field
from xml.parsers import expat

from handouts.nouns import dataclass

_SVG = "http://www.w3.org/2000/svg"
_MOST_ELEMENTS = 20_000
_DEEPEST = 64

_DRAWN = frozenset({"g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_NEVER_SHOWN = frozenset(
    {
        "title", "desc", "metadata", "defs", "style", "symbol", "clipPath", "mask", "marker", "pattern", "linearGradient",
        "radialGradient", "filter",
    }
)  # fmt: skip
_ACTIVE = frozenset({"script", "foreignObject", "handler", "iframe", "animate", "animateMotion", "animateTransform", "set"})
_HINTS = {
    "text": "convert text to outlines (Inkscape: Path, Object to Path), or say it in the caption",
    "image": "draw it as paths, or use the photo itself as a PNG or JPEG",
    "use": "unlink clones and symbols, so that each part is drawn itself",
    "svg": "ungroup the drawing that is inside this one",
    "a": "remove the link",
}


class SvgError(Exception):
    """Something in the file is refused: what, at which line, and what to do."""

    def __init__(self, message: str, hint: str, line: int | None) -> None:
        self.message, self.hint, self.line = message, hint, line
        super().__init__(message)


@dataclass(slots=True, kw_only=True)
class Element:
    """One drawing element with its attributes (those without a prefix) and the line it begins on."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Tree:
    """The root `svg` element, and the text of each `style` element with its line."""

    root: Element
    styles: list[tuple[str, int]]


def parse_tree(content: bytes) -> Tree:
    """Read the drawing elements of an SVG. Raises SvgError."""
    gatherer = _Gatherer()
    try:
        gatherer.parser.Parse(content, True)  # noqa: FBT003 - expat's way to say that this is all
    except expat.ExpatError as error:
        raise SvgError("this is not an SVG, or it is damaged", "save it again as plain SVG", error.lineno) from error
    except (LookupError, ValueError) as error:  # ValueError: one whose letters have no fixed number of bytes
        raise SvgError("its encoding is not known", "save it in UTF-8", 1) from error
    if gatherer.root is None:
        raise SvgError("this is not an SVG", "save it as plain SVG", 1)
    return Tree(root=gatherer.root, styles=gatherer.styles)


class _Gatherer:
    """What expat calls while it reads. Elements that are never shown are passed over with all that is in them."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.styles: list[tuple[str, int]] = []
        self._open: list[Element] = []
        self._depth = self._count = 0
        self._hidden_from: int | None = None  # depth of the element that is passed over
        self._style: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.ProcessingInstructionHandler = self._refuse_instruction
        self.parser.buffer_text = True

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber

    def _refuse_doctype(self, *_said: object) -> None:
        raise SvgError("a DOCTYPE is never read", "delete the <!DOCTYPE …>, or save it as plain SVG", self._line)

    def _refuse_instruction(self, target: str, _said: str) -> None:
        if target == "xml-stylesheet":
            raise SvgError("a style sheet in another file is never read", "save it with its styles inside", self._line)

    def _start(self, qualified: str, given: dict[str, str]) -> None:
        namespace, _, name = qualified.rpartition(" ")
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST:
            raise SvgError(f"more than {_DEEPEST} elements inside each other", "ungroup some of them", self._line)
        if self._count > _MOST_ELEMENTS:
            raise SvgError(f"more than {_MOST_ELEMENTS} elements", "draw it more simply", self._line)
        ours = namespace in (_SVG, "")
        attributes = {key: value for key, value in given.items() if " " not in key}  # a program's own have a prefix
        if ours:
            self._refuse_active(name, attributes)
        if name == "style" and ours:
            self._style = []
        if self._hidden_from is not None:
            return
        if not ours or (name in _NEVER_SHOWN and self._open):
            self._hidden_from = self._depth
            return
        self._open_shown(Element(name=name, attributes=attributes, line=self._line))

    def _open_shown(self, element: Element) -> None:
        name = element.name
        if self.root is None:
            if name != "svg":
                raise SvgError("this is not an SVG", "save it as plain SVG", self._line)
            if "transform" in element.attributes:
                raise SvgError("transform of the whole drawing is not read", "put all of it into a group", self._line)
            self.root = element
        elif name in _DRAWN:
            self._open[-1].children.append(element)
        else:
            raise SvgError(f"<{name}> is not drawn here", _HINTS.get(name, "save it as plain SVG, with paths only"), self._line)
        self._open.append(element)

    def _refuse_active(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ACTIVE:
            hint = "remove it, or save it as plain SVG"
            raise SvgError(f"<{name}> is refused: a picture may not do anything", hint, self._line)
        for key in attributes:
            if key.lower().startswith("on"):
                raise SvgError(f"{key} is refused: a picture may not do anything", "remove it", self._line)

    def _end(self, qualified: str) -> None:
        if self._style is not None and qualified.rpartition(" ")[2] == "style":
            self.styles.append(("".join(self._style), self._line))
            self._style = None
        if self._hidden_from is None:
            self._open.pop()
        elif self._hidden_from == self._depth:
            self._hidden_from = None
        self._depth -= 1

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)
