"""The structure tree: elements of nodes, pieces and tagged covers, and the parent tree that leads back to them.

ISO 32000-1, 14.7: every marked content sequence of a page is listed in the parent tree under the page's StructParents
key, every link annotation under its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from handouts.document import Document, ImportedElement, ImportedLink, ImportedMark, Placement
from handouts.nouns import dataclass
from handouts.pdf.syntax import number, references, text_string
from handouts.writer.objects import ObjectFile
from handouts.writer.templates import Placed, Where, place_piece


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
    kids: list[int] = field(default_factory=list)  # objects


class StructureTree:
    """Builds all structure elements of one file."""

    def __init__(self, file: ObjectFile, document: Document) -> None:
        self._file = file
        self._document = document
        self.root = file.reserve()
        self._top = file.reserve()
        self._top_kids: list[int] = []
        self._nodes: dict[int, _OpenNode] = {}
        self._annotation_parents: list[tuple[int, int]] = []  # (structure key is given later) annotation -> element
        self._pages: list[PageMarks] = []

    # ----------------------------------------------------------------------------------------- our own pages

    def open_page(self, page: int) -> PageMarks:
        """Start a page of the file; its StructParents key is its number in the order of opening."""
        marks = PageMarks(page=page)
        self._pages.append(marks)
        return marks

    def place(self, placement: Placement, marks: PageMarks) -> Placed:
        """Write the elements of a placed piece, and hang them where it says."""
        if placement.node is None:
            if placement.piece.owners:
                raise ValueError("an artifact has no marks")
            return place_piece(placement, Where(0, 0, 0, 0, placement.x, placement.y, placement.turned))
        node = self._nodes.get(placement.node) or self._node(placement.node)
        where = Where(
            marks.page, node.object, self._file.next_number, len(marks.owners), placement.x, placement.y, placement.turned
        )
        placed = place_piece(placement, where)
        self._file.put_all(placed.numbers, placed.elements)
        node.kids.extend(placed.tops)
        marks.owners.extend(placed.owners)
        if placed.links:
            self._file.reserve(len(placed.links))
            marks.annotations.extend(placed.links)
            self._annotation_parents.extend(zip(placed.links, placed.linked, strict=True))
        return placed

    def _node(self, index: int) -> _OpenNode:
        """The element of a document node, hung on its parent at its first use, which is its place in reading order."""
        known = self._nodes.get(index)
        if known is None:
            node = self._document.nodes[index]
            parent = self._top if node.parent is None else self._node(node.parent).object
            known = _OpenNode(self._file.reserve(), node.tag, parent, node.title, node.lang)
            self._nodes[index] = known
            siblings = self._top_kids if node.parent is None else self._nodes[node.parent].kids
            siblings.append(known.object)
        return known

    # ----------------------------------------------------------------------------------------- covers

    def add_figure(self, alt: str, width: float, height: float, marks: PageMarks) -> None:
        """A whole page as one Figure: an untagged cover. The page's mark 0 is its content."""
        attributes = f"/A<</O/Layout/Placement/Block/BBox[0 0 {number(width)} {number(height)}]>>"
        element = self._file.add(
            f"<</Type/StructElem/S/Figure/P {self._top} 0 R/Pg {marks.page} 0 R/K 0/Alt {text_string(alt)}{attributes}>>"
        )
        self._top_kids.append(element)
        marks.owners.append(element)

    def add_imported(
        self, elements: tuple[ImportedElement, ...], lang: str | None, pages: list[PageMarks], links: list[list[int]]
    ) -> None:
        """The structure of a tagged cover, as a Part in front; `links[page][index]` are its annotation objects."""
        part = self._file.reserve()
        self._top_kids.append(part)
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
            kids = references(node.kids)
            self._file.put(node.object, f"<</Type/StructElem/S/{node.tag}/P {node.parent} 0 R{extra}/K[{kids}]>>")
        self._file.put(self._top, f"<</Type/StructElem/S/Document/P {self.root} 0 R/K[{references(self._top_kids)}]>>")
        rows = [f"{key}[{_row(page.owners)}]" for key, page in enumerate(self._pages)]
        rows += [f"{len(self._pages) + index} {owner} 0 R" for index, (_, owner) in enumerate(self._annotation_parents)]
        tree = self._file.add(f"<</Nums[{' '.join(rows)}]>>")
        next_key = len(self._pages) + len(self._annotation_parents)
        self._file.put(
            self.root, f"<</Type/StructTreeRoot/K {self._top} 0 R/ParentTree {tree} 0 R/ParentTreeNextKey {next_key}>>"
        )


def _row(owners: Sequence[int]) -> str:
    """The elements of a page's marks in the order of their numbers; an imported page may leave numbers out."""
    return references(owners) if all(owners) else " ".join(f"{owner} 0 R" if owner else "null" for owner in owners)
