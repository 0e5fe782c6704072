"""What was measured on a finished PDF, as plain values. Lengths are points; a page is seen as a viewer turns and crops it."""

from __future__ import annotations

from typing import TypeAlias

from handouts.nouns import dataclass

Content: TypeAlias = tuple[int, int]
"""A page number from 0, and the number of a marked sequence on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on a page, from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Down."""
        return self.top - self.bottom

    def shared(self, other: Box) -> tuple[float, float]:
        """How far two boxes overlap across and down; negative where there is a gap."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across, min(self.top, other.top) - max(self.bottom, other.bottom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font as the file names it; `italic` and `bold` as its name or its numbers say."""

    name: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text drawn in one go; `size` is that of the page, after all scaling.

    `contrast`: with what lies under it, in colour and in grey; None where it was not rendered. `seen`: the part of it that can
    be seen, 0 to 1. `tag`: of its structure element, else the innermost mark around it; "Artifact" for what is not read aloud.
    """

    text: str
    box: Box
    baseline: float
    size: float
    font: Font
    colour: str
    level: bool = True  # written from left to right, upright
    contrast: tuple[float, float] | None = None
    seen: float = 1.0
    tag: str | None = None
    mark: int | None = None
    element: int | None = None  # the number of the structure element it belongs to
    sheet: bool = False  # drawn inside a form: a letterhead or the like


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A drawn line or the edge of a box; `width` in points, `contrast` in colour and in grey."""

    box: Box
    width: float
    colour: str
    contrast: tuple[float, float] | None = None
    sheet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture; `line`: the width in points of its main lines, None where it is made of dots or has no line.

    `contrast`: of its darkest part with the paper.
    """

    box: Box
    dots: bool
    line: float | None = None
    ink: str | None = None  # the colour of those lines
    contrast: tuple[float, float] | None = None
    mark: int | None = None
    artifact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page as it is drawn. `png` is its picture, only where it was asked for."""

    width: float
    height: float
    runs: tuple[Run, ...]
    lines: tuple[Line, ...]
    pictures: tuple[Picture, ...]
    hidden: bool = False  # its text is there to be searched only, under a scan
    rendered: bool = True
    png: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureElement:
    """One element of the structure tree, in reading order; `inside` are the tags around it, outermost first."""

    tag: str
    alt: str | None
    inside: tuple[str, ...]
    table: int | None  # the number of the innermost table it is in
    has_scope: bool
    content: tuple[Content, ...] = ()  # the marked sequences that are its own
    parent: int | None = None  # the number of the element around it, counted from 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """One page: its text, whether it leads into the structure tree, and its links with what is read aloud for each.

    `sheet` is None where the page was not measured.
    """

    text: str
    in_structure: bool
    links: tuple[str | None, ...]
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPdf:
    """What the checks look at. `metadata`: all words of Info dictionary and XMP packet. `gaps`: why pages were not measured."""

    lang: str | None
    title: str | None
    shows_title: bool
    marked: bool
    elements: tuple[StructureElement, ...]
    pages: tuple[PageFacts, ...]
    loose_fonts: tuple[str, ...]  # names of fonts that are not embedded
    bookmarks: int
    metadata: str = ""
    edition: str | None = None  # that one of our own files names
    gaps: tuple[str, ...] = ()


class UnreadablePdfError(Exception):
    """The bytes cannot be checked: damaged, protected by a password, or too much for one check."""
