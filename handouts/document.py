"""The Document: pages of drawn pieces with their structure, and the sheets of a clinic that go with them.

`handouts.pages` makes it, `handouts.binding` adds a clinic's sheets, `handouts.writer` turns it into bytes; none of the
three knows another. All lengths are points, the origin is the lower left corner, y grows upwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal, NamedTuple, TypeAlias

from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle by its corners, in points."""

    left: float
    bottom: float
    right: float
    top: float


Kept: TypeAlias = dict[str, Any]
"""What the writer makes of a part once and keeps with it, for as long as the part is kept."""

# --------------------------------------------------------------------------------------------- pieces


class Mark(NamedTuple):
    """A kid of an element: the marked content in slot number `slot` of the piece."""

    slot: int
    kind: Literal["mark"] = "mark"  # that kids of different kinds are never equal


class Child(NamedTuple):
    """A kid of an element: element `number` of the piece."""

    number: int
    kind: Literal["child"] = "child"


class LinkKid(NamedTuple):
    """A kid of an element: the annotation of link `number` of the piece."""

    number: int
    kind: Literal["link"] = "link"


Kid: TypeAlias = Mark | Child | LinkKid


class Element(NamedTuple):
    """One structure element of a piece (ISO 32000-1, 14.7.2). `parent` None: it hangs where the piece is placed.

    Why tuples, as its kids: hundreds are made and looked up for each handout.
    """

    tag: str
    parent: int | None
    kids: tuple[Kid, ...]
    alt: str | None = None
    lang: str | None = None
    attributes: str = ""  # PDF text of extra attributes: "/O/Table/Scope/Column"
    box: Box | None = None  # where a Figure lies, in the piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A web, mail or telephone link over a rectangle of the piece; `contents` is read aloud."""

    box: Box
    uri: str
    contents: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A drawn block that is valid in every document: text as glyph ids, marks as `%d` slots in order.

    `operators` is a %-template (a literal per cent sign is doubled) with one `%d` for each mark, each character a byte;
    `owners[i]` is the element that owns slot i. `glyphs` names the characters of each font used, `forms` the form objects
    it draws.
    """

    width: float
    height: float
    operators: str
    owners: tuple[int, ...] = ()
    elements: tuple[Element, ...] = ()
    links: tuple[Link, ...] = ()
    glyphs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forms: frozenset[str] = frozenset()
    kept: Kept = field(init=False, compare=False, repr=False, default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A structure element of the document that holds pieces or other nodes. `parent` None: below Document."""

    tag: str
    parent: int | None = None
    title: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A piece on a page, its lower left corner at (x, y); `node` is where its structure hangs, None for artifacts.

    `turned`: upside down around that corner, which then is its upper right one as seen.
    """

    piece: Piece
    x: float
    y: float
    node: int | None
    turned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An outline entry that opens its page with `top` at the upper edge."""

    title: str
    page: int
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One drawn page: artifacts (headers, rules, footers) and tagged pieces, in drawing order.

    `letterhead` is the number of the letterhead's page that lies under it, from 0.
    """

    width: float
    height: float
    placements: tuple[Placement, ...]
    letterhead: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FontProgram:
    """A font as embedded: Type 0, Identity-H, code = glyph id of the source font. Streams are already deflated."""

    name: str  # resource name without slash: "R", "B", "R2"
    base_font: str
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    stem_v: int
    box: tuple[int, int, int, int]
    widths: str  # the W array without brackets
    program: bytes
    program_length: int
    cid_to_gid: bytes
    to_unicode: bytes
    kept: Kept = field(init=False, compare=False, repr=False, default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProgram:
    """A drawing used more than once (a figure, a logo): a form or image object. The stream is already encoded.

    `dictionary` is the PDF text of its entries without Type, Length and the brackets; `objects` are further streams it
    refers to, as (dictionary, stream) pairs, by `%(n)d` slots in `dictionary`.
    """

    name: str
    dictionary: str
    stream: bytes
    objects: tuple[tuple[str, bytes], ...] = ()
    kept: Kept = field(init=False, compare=False, repr=False, default_factory=dict)


# --------------------------------------------------------------------------------------------- imported sheets


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to object number `index` of the same sheet, written as "n 0 R" once numbers are known."""

    index: int


ObjectPart: TypeAlias = bytes | Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedElement:
    """A structure element of a tagged cover. `kids` are mark numbers of the page, indexes of links, or elements."""

    tag: str
    page: int | None
    kids: tuple[ImportedKid, ...]
    alt: str | None = None
    actual_text: str | None = None
    lang: str | None = None
    attributes: bytes = b""  # direct PDF dictionary text of /A, cleaned; empty when it has none


@dataclass(frozen=True, slots=True)
class ImportedMark:
    """Marked content `mcid` of page number `page` of the sheet."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class ImportedLink:
    """Link number `index` of page number `page` of the sheet."""

    page: int
    index: int


ImportedKid: TypeAlias = "ImportedMark | ImportedLink | ImportedElement"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPage:
    """One page of a clinic's PDF, upright, its lower left corner at the origin, `width` × `height` as seen.

    Drawn as a form object (`form`): the way of letterheads and untagged covers. A tagged cover keeps its marked content:
    `content` is the object number of its page content stream, `resources` of its resource dictionary, and `matrix` turns
    and crops it upright (six numbers of a `cm`). `mark_count` is one more than the largest mark number.
    """

    width: float
    height: float
    form: int
    content: int | None = None
    resources: int | None = None
    matrix: tuple[float, float, float, float, float, float] = (1, 0, 0, 1, 0, 0)
    clip: Box | None = None  # the visible part, before `matrix`
    mark_count: int = 0
    links: tuple[Link, ...] = ()  # boxes before `matrix`


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSheet:
    """A clinic's PDF, read and cleaned once: self-contained objects with symbolic references.

    Each object is the text between "n 0 obj" and "endobj", split at its references. `elements` is the structure tree of a
    tagged cover below its own Document element; None means untagged. Nothing active travels: no annotations but plain
    links, no actions, scripts, files, fields or metadata.
    """

    objects: tuple[tuple[ObjectPart, ...], ...]
    pages: tuple[ImportedPage, ...]
    elements: tuple[ImportedElement, ...] | None
    lang: str | None
    unembedded_fonts: tuple[str, ...]
    sha256: str
    kept: Kept = field(init=False, compare=False, repr=False, default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A clinic's own cover in front of the pages; `alts` describe its pages when it is not tagged.

    Its pages are fitted to a paper `width` × `height` points.
    """

    sheet: ImportedSheet
    alts: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """A sheet under the body pages; each says which of its pages it takes."""

    sheet: ImportedSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole handout, ready to write.

    `nodes` are in reading order; `pages` in page order, with `body_start` drawn cover pages before the body.
    `stamp` is the date and time written into the file as "YYYYMMDDhhmmss" (UTC).
    """

    title: str
    lang: str
    author: str
    subject: str
    stamp: str
    pages: tuple[Page, ...]
    nodes: tuple[Node, ...]
    bookmarks: tuple[Bookmark, ...]
    fonts: tuple[FontProgram, ...]
    forms: Mapping[str, FormProgram]
    body_start: int = 0
    cover_label: str = ""  # what a viewer calls the pages before page 1
    cover: Cover | None = None
    letterhead: Letterhead | None = None
    edition: str = ""  # that it is set in
