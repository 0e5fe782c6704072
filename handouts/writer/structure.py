"""The structure tree: elements of nodes, pieces and tagged covers, and the parent tree that leads back to them.

ISO 32000-1, 14.7: every marked content sequence of a page is listed in the parent tree under the page's StructParents
key, every link annotation under its own.
"""

from __future__ import annotations

from dataclasses import field

from handouts.document import (
    Box,
    Child,
    Document,
    Element,
    ImportedElement,
    ImportedLink,
    ImportedMark,
    LinkKid,
    Mark,
    Placement,
)
from handouts.nouns import dataclass
from handouts.pdf.syntax import number, text_string
from handouts.writer.objects import ObjectFile


@dataclass(slots=True)
class PageMarks:
    """What the structure knows of one page of the file: its object, the owners of its marks, and its links."""

    page: int  # object number
    owners: list[int] = field(default_factory=list)  # element object by mark number
    annotations: list[int] = field(default_factory=list)  # annotation objects


@dataclass(slots=True)
class _OpenNode:
    """An element of the document whose kids arrive as its pieces are placed."""

    object: int
    tag: str
    parent: int
    title: str | None
    lang: str | None
    kids: list[str] = field(default_factory=list)


class StructureTree:
    """Builds all structure elements of one file."""

    def __init__(self, file: ObjectFile, document: Document) -> None:
        self._file = file
        self._document = document
        self.root = file.reserve()
        self._top = file.reserve()
        self._top_kids: list[str] = []
        self._nodes: dict[int, _OpenNode] = {}
        self._annotation_parents: list[tuple[int, int]] = []  # (structure key is given later) annotation -> element
        self._pages: list[PageMarks] = []

    # ----------------------------------------------------------------------------------------- our own pages

    def open_page(self, page: int) -> PageMarks:
        """Start a page of the file; its StructParents key is its number in the order of opening."""
        marks = PageMarks(page=page)
        self._pages.append(marks)
        return marks

    def place(self, placement: Placement, marks: PageMarks) -> str:
        """Write the elements of a placed piece; returns its operators with the mark numbers filled in."""
        piece = placement.piece
        if placement.node is None:
            return piece.operators % ()  # an artifact has no slots to fill: one with marks would fail here
        node = self._node(placement.node)
        first_object = self._file.reserve(len(piece.elements))
        first_mark = len(marks.owners)
        link_objects = [self._file.reserve() for _ in piece.links]
        for index, element in enumerate(piece.elements):
            parent = node.object if element.parent is None else first_object + element.parent
            kids = []
            for kid in element.kids:
                if isinstance(kid, Mark):
                    kids.append(str(first_mark + kid.slot))
                elif isinstance(kid, Child):
                    kids.append(f"{first_object + kid.index} 0 R")
                elif isinstance(kid, LinkKid):
                    annotation = link_objects[kid.index]
                    kids.append(f"<</Type/OBJR/Obj {annotation} 0 R/Pg {marks.page} 0 R>>")
                    self._annotation_parents.append((annotation, first_object + index))
            if element.parent is None:
                node.kids.append(f"{first_object + index} 0 R")
            self._file.put(first_object + index, _element(element, parent, marks.page, kids, placement))
        marks.owners.extend(first_object + owner for owner in piece.owners)
        marks.annotations.extend(link_objects)
        return piece.operators % tuple(range(first_mark, first_mark + len(piece.owners)))

    def _node(self, index: int) -> _OpenNode:
        """The element of a document node, hung on its parent at its first use, which is its place in reading order."""
        known = self._nodes.get(index)
        if known is None:
            node = self._document.nodes[index]
            parent = self._top if node.parent is None else self._node(node.parent).object
            known = _OpenNode(self._file.reserve(), node.tag, parent, node.title, node.lang)
            self._nodes[index] = known
            siblings = self._top_kids if node.parent is None else self._nodes[node.parent].kids
            siblings.append(f"{known.object} 0 R")
        return known

    # ----------------------------------------------------------------------------------------- covers

    def add_figure(self, alt: str, width: float, height: float, marks: PageMarks) -> None:
        """A whole page as one Figure: an untagged cover. The page's mark 0 is its content."""
        attributes = f"/A<</O/Layout/Placement/Block/BBox[0 0 {number(width)} {number(height)}]>>"
        element = self._file.add(
            f"<</Type/StructElem/S/Figure/P {self._top} 0 R/Pg {marks.page} 0 R/K 0/Alt {text_string(alt)}{attributes}>>"
        )
        self._top_kids.append(f"{element} 0 R")
        marks.owners.append(element)

    def add_imported(
        self, elements: tuple[ImportedElement, ...], lang: str | None, pages: list[PageMarks], links: list[list[int]]
    ) -> None:
        """The structure of a tagged cover, as a Part in front; `links[page][index]` are its annotation objects."""
        part = self._file.reserve()
        self._top_kids.append(f"{part} 0 R")
        kids = [self._import(element, part, pages, links) for element in elements]
        language = f"/Lang {text_string(lang)}" if lang else ""
        self._file.put(part, f"<</Type/StructElem/S/Part/P {self._top} 0 R{language}/K[{' '.join(kids)}]>>")

    def _import(self, element: ImportedElement, parent: int, pages: list[PageMarks], links: list[list[int]]) -> str:
        own = self._file.reserve()
        kids = []
        for kid in element.kids:
            if isinstance(kid, ImportedMark):
                marks = pages[kid.page]
                kids.append(f"<</Type/MCR/Pg {marks.page} 0 R/MCID {kid.mcid}>>")
                marks.owners[kid.mcid] = own
            elif isinstance(kid, ImportedLink):
                annotation = links[kid.page][kid.index]
                kids.append(f"<</Type/OBJR/Obj {annotation} 0 R/Pg {pages[kid.page].page} 0 R>>")
                self._annotation_parents.append((annotation, own))
            else:
                kids.append(self._import(kid, own, pages, links))
        extra = "".join(
            f"/{key} {text_string(value)}"
            for key, value in (("Alt", element.alt), ("ActualText", element.actual_text), ("Lang", element.lang))
            if value is not None
        )
        if element.attributes:
            extra += f"/A {element.attributes.decode('ascii')}"
        page = f"/Pg {pages[element.page].page} 0 R" if element.page is not None else ""
        self._file.put(own, f"<</Type/StructElem/S/{element.tag}/P {parent} 0 R{page}{extra}/K[{' '.join(kids)}]>>")
        return f"{own} 0 R"

    # ----------------------------------------------------------------------------------------- the end

    def annotation_keys(self) -> dict[int, int]:
        """The StructParent key of each link annotation, after those of the pages."""
        return {annotation: len(self._pages) + index for index, (annotation, _) in enumerate(self._annotation_parents)}

    def finish(self) -> None:
        """Write the nodes, the Document element, the parent tree and the root."""
        for node in self._nodes.values():
            extra = f"/T {text_string(node.title)}" if node.title else ""
            extra += f"/Lang {text_string(node.lang)}" if node.lang else ""
            kids = " ".join(node.kids)
            self._file.put(node.object, f"<</Type/StructElem/S/{node.tag}/P {node.parent} 0 R{extra}/K[{kids}]>>")
        kids = " ".join(self._top_kids)
        self._file.put(self._top, f"<</Type/StructElem/S/Document/P {self.root} 0 R/K[{kids}]>>")
        rows = [f"{key}[{' '.join(_reference(owner) for owner in page.owners)}]" for key, page in enumerate(self._pages)]
        rows += [f"{len(self._pages) + index} {owner} 0 R" for index, (_, owner) in enumerate(self._annotation_parents)]
        tree = self._file.add(f"<</Nums[{' '.join(rows)}]>>")
        next_key = len(self._pages) + len(self._annotation_parents)
        self._file.put(
            self.root, f"<</Type/StructTreeRoot/K {self._top} 0 R/ParentTree {tree} 0 R/ParentTreeNextKey {next_key}>>"
        )


def _reference(owner: int) -> str:
    return f"{owner} 0 R" if owner else "null"


def _element(element: Element, parent: int, page: int, kids: list[str], placement: Placement) -> str:
    parts = [f"<</Type/StructElem/S/{element.tag}/P {parent} 0 R/Pg {page} 0 R/K[{' '.join(kids)}]"]
    if element.alt is not None:
        parts.append(f"/Alt {text_string(element.alt)}")
    if element.lang is not None:
        parts.append(f"/Lang {text_string(element.lang)}")
    parts.append(element.attributes)
    if element.box is not None:
        parts.append(f"/A<</O/Layout/Placement/Block/BBox[{corners(placement.place(element.box))}]>>")
    parts.append(">>")
    return "".join(parts)


def corners(box: Box) -> str:
    """The four numbers of a rectangle."""
    return " ".join(number(v) for v in (box.left, box.bottom, box.right, box.top))
