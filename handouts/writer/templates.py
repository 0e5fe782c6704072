"""The structure of a piece as PDF text in which only numbers are missing, made once for pieces of one shape.

Placing a piece then takes two `%` operations, one for its operators, however many elements it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handouts.document import Box, Child, Element, LinkKid, Mark, Placement
from handouts.nouns import dataclass
from handouts.pdf.syntax import text_string
from handouts.writer.segments import Segment

_MOST_PLACES = 8  # as often a piece may come in one handout, and still be found where it was in the one before
_PAGE, _NODE, _FIRST = 0, 1, 2  # places in the numbers that fill a template: objects follow, then marks, then boxes


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The text of a piece's structure.

    `elements` are the bodies of its structure elements, one a line; `slots` says which of the numbers from `fill` goes
    where. `tops` are the elements that hang where the piece is placed, `linked` the element that holds each link.
    """

    elements: str
    slots: tuple[int, ...]
    boxes: tuple[Box, ...]
    tops: tuple[int, ...]
    linked: tuple[int, ...]

    def fill(self, placement: Placement, where: Where) -> Placed:
        """The text with all numbers in it."""
        piece = placement.piece
        elements = range(where.object, where.object + len(piece.elements))
        links = range(elements.stop, elements.stop + len(piece.links))
        marks = range(where.mark, where.mark + len(piece.owners))
        turn = -1 if placement.turned else 1
        boxes = [corners(placement, box) for box in self.boxes]
        numbers = (where.page, where.node, *elements, *links, *marks, *boxes)
        x, y = placement.x + 0.0, placement.y + 0.0  # never "-0": one key is one text
        filled = self.elements % tuple(map(numbers.__getitem__, self.slots))
        return Placed(
            operators=f"q {turn} 0 0 {turn} {x:.3f} {y:.3f} cm\n{piece.operators % tuple(marks)}\nQ\n",
            elements=filled.split("\n") if elements else [],
            numbers=elements,
            tops=[elements[top] for top in self.tops],
            owners=[elements[owner] for owner in piece.owners],
            links=links,
            linked=[elements[owner] for owner in self.linked],
        )


class Where(NamedTuple):
    """All that the text of a piece depends on: the objects of its page and of its node, its first object and mark, its place."""

    page: int
    node: int
    object: int  # its elements, then its links
    mark: int
    x: float
    y: float
    turned: bool


@dataclass(slots=True, kw_only=True, eq=False)
class Placed:
    """A placed piece.

    `elements` are the bodies of its structure elements and `numbers` their objects, of which `tops` hang on the node;
    `owners` are those of its marks, `links` the objects of its annotations and `linked` the elements of these. With it is
    kept the last segment that began with it, and the placed pieces that followed it in this. `is_kept`: it is no piece of one
    handout only.
    """

    operators: str
    elements: list[str]
    numbers: range
    tops: list[int]
    owners: list[int]
    links: range
    linked: list[int]
    is_kept: bool = False
    segment: tuple[Sequence[Placed], Segment] | None = None


def place_piece(placement: Placement, where: Where) -> Placed:
    """The text of a placed piece. That of its last places is kept: most pieces have the same in one handout after another.

    What is placed for the first time may be the name of one patient and never come again; nothing of it is kept.
    """
    kept = placement.piece.kept
    places: dict[Where, Placed] | None = kept.get("places")
    if places is None:
        kept["places"] = {}
        return _fill(placement, where)
    placed = places.get(where)
    if placed is None:
        if len(places) == _MOST_PLACES:
            del places[next(iter(places))]
        placed = places[where] = _fill(placement, where)
        placed.is_kept = True
    return placed


def _fill(placement: Placement, where: Where) -> Placed:
    piece = placement.piece
    return _compile(piece.elements, len(piece.links), len(piece.owners)).fill(placement, where)


@lru_cache(maxsize=512)
def _compile(elements: tuple[Element, ...], links: int, marks: int) -> Template:
    """The template of a piece of so many links and marks. Bounded: 512 are more than the shapes of pieces, of about 2 kB each."""
    slots: list[int] = []
    boxes: list[Box] = []
    linked = [0] * links
    first_link = _FIRST + len(elements)
    first_mark = first_link + links
    first_box = first_mark + marks

    def compile_element(index: int, element: Element) -> str:
        slots.append(_NODE if element.parent is None else _FIRST + element.parent)
        page = ""
        if any(isinstance(kid, Mark) for kid in element.kids):
            page = "/Pg %d 0 R"
            slots.append(_PAGE)
        kids = []
        for kid in element.kids:
            if isinstance(kid, Mark):
                kids.append("%d")
                slots.append(first_mark + kid.slot)
            elif isinstance(kid, Child):
                kids.append("%d 0 R")
                slots.append(_FIRST + kid.number)
            elif isinstance(kid, LinkKid):
                kids.append("<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>")
                slots.extend((first_link + kid.number, _PAGE))
                linked[kid.number] = index
        box = ""
        if element.box is not None:
            box = "/A<</O/Layout/Placement/Block/BBox[%s]>>"
            slots.append(first_box + len(boxes))
            boxes.append(element.box)
        said = "" if element.alt is None else f"/Alt {text_string(element.alt)}"
        said += "" if element.lang is None else f"/Lang {text_string(element.lang)}"
        said = (said + element.attributes).replace("%", "%%")
        return f"<</Type/StructElem/S/{element.tag}/P %d 0 R{page}/K[{' '.join(kids)}]{said}{box}>>"

    return Template(
        elements="\n".join([compile_element(index, element) for index, element in enumerate(elements)]),
        slots=tuple(slots),
        boxes=tuple(boxes),
        tops=tuple(index for index, element in enumerate(elements) if element.parent is None),
        linked=tuple(linked),
    )


def corners(placement: Placement, box: Box) -> str:
    """The four numbers of a rectangle of a placed piece, to a hundredth of a point."""
    x, y = placement.x, placement.y
    if placement.turned:
        return f"{x - box.right:.2f} {y - box.top:.2f} {x - box.left:.2f} {y - box.bottom:.2f}"
    return f"{x + box.left:.2f} {y + box.bottom:.2f} {x + box.right:.2f} {y + box.top:.2f}"
