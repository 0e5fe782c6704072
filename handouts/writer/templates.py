"""A piece as PDF text in which only numbers are missing, made once for each piece and kept with it.

Placing a piece then takes two `%` operations, however many elements it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from handouts.document import Box, Child, Element, LinkKid, Mark, Piece, Placement
from handouts.pdf.syntax import number, text_string

_PAGE, _NODE, _FIRST = 0, 1, 2  # places in the numbers that fill a template: objects follow, then marks, then boxes


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The text of a piece.

    `operators` lacks the place of the piece and the numbers of its marks. `elements` are the bodies of its structure
    elements, one a line; `slots` says which of the numbers from `fill` goes where. `tops` are the elements that hang
    where the piece is placed, `linked` the element that holds each link.
    """

    operators: str
    elements: str
    slots: tuple[int, ...]
    boxes: tuple[Box, ...]
    tops: tuple[int, ...]
    linked: tuple[int, ...]

    def fill(self, placement: Placement, at: Numbers) -> Placed:
        """The text with all numbers in it."""
        elements, links, marks = len(placement.piece.elements), len(placement.piece.links), len(placement.piece.owners)
        owned = range(at.mark, at.mark + marks)
        turn = -1 if placement.turned else 1
        boxes = [corners(placement.place(box)) for box in self.boxes]
        numbers = (at.page, at.node, *range(at.object, at.object + elements + links), *owned, *boxes)
        filled = self.elements % tuple(map(numbers.__getitem__, self.slots))
        return Placed(
            operators=self.operators % (turn, turn, placement.x, placement.y, *owned),
            elements=filled.split("\n") if elements else [],
        )


class Numbers(NamedTuple):
    """Where a piece comes to stand in the file: the objects of its page and of its node, its first object and first mark."""

    page: int
    node: int
    object: int  # its elements, then its links
    mark: int


class Placed(NamedTuple):
    """A placed piece: its operators, and the bodies of its elements."""

    operators: str
    elements: list[str]


def template_of(piece: Piece) -> Template:
    """The template of a piece, made at its first use."""
    made: Template | None = piece.kept.get("template")
    if made is None:
        made = piece.kept["template"] = _compile(piece)
    return made


def place_piece(placement: Placement, at: Numbers) -> Placed:
    """The text of a placed piece. That of its last place is kept: most pieces have the same in one handout after another."""
    piece = placement.piece
    where = (*at, placement.x, placement.y, placement.turned)
    last = piece.kept.get("placed")
    if last is None or last[0] != where:
        last = piece.kept["placed"] = (where, template_of(piece).fill(placement, at))
    placed: Placed = last[1]
    return placed


def _compile(piece: Piece) -> Template:
    slots: list[int] = []
    boxes: list[Box] = []
    linked = [0] * len(piece.links)
    first_link = _FIRST + len(piece.elements)
    first_mark = first_link + len(piece.links)
    first_box = first_mark + len(piece.owners)

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
                slots.append(_FIRST + kid.index)
            elif isinstance(kid, LinkKid):
                kids.append("<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>")
                slots.extend((first_link + kid.index, _PAGE))
                linked[kid.index] = index
        box = ""
        if element.box is not None:
            box = "/A<</O/Layout/Placement/Block/BBox[%s]>>"
            slots.append(first_box + len(boxes))
            boxes.append(element.box)
        said = "" if element.alt is None else f"/Alt {text_string(element.alt)}"
        said += "" if element.lang is None else f"/Lang {text_string(element.lang)}"
        said = (said + element.attributes).replace("%", "%%")
        return f"<</Type/StructElem/S/{element.tag}/P %d 0 R{page}/K[{' '.join(kids)}]{said}{box}>>"

    elements = "\n".join(compile_element(index, element) for index, element in enumerate(piece.elements))
    return Template(
        operators=f"q %d 0 0 %d %.3f %.3f cm\n{piece.operators}\nQ",
        elements=elements,
        slots=tuple(slots),
        boxes=tuple(boxes),
        tops=tuple(index for index, element in enumerate(piece.elements) if element.parent is None),
        linked=tuple(linked),
    )


def corners(box: Box) -> str:
    """The four numbers of a rectangle."""
    return " ".join(number(v) for v in (box.left, box.bottom, box.right, box.top))
