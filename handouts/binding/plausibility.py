"""Judges whether a cover's structure is one PDF/UA-1 allows; a doubtful one is better described as a picture.

Source: ISO 32000-1, 14.8.4 (standard types) and ISO 14289-1, 7.2 to 7.5 (tables, lists, headings, pictures).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handouts.document import ImportedElement, ImportedLink, ImportedMark

_GROUPS = "Document Part Art Sect Div BlockQuote Index NonStruct"
_BLOCKS = "P H1 H2 H3 H4 H5 H6 Caption L LI Lbl LBody Table TR TH TD THead TBody TFoot TOC TOCI Figure Formula"
_INLINES = "Span Quote Reference BibEntry Code Link"

# Why not the others: H can't be mixed with H1, Note needs an ID, Annot and Form need what stays behind, Private has no meaning.
KNOWN_TAGS = frozenset(f"{_GROUPS} {_BLOCKS} {_INLINES}".split())

_ONLY_KIDS = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
}
_ONLY_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}


def is_plausible(elements: tuple[ImportedElement, ...]) -> bool:
    """Whether headings, lists, tables, links and pictures are built as PDF/UA-1 asks."""
    return all(_well_placed(element, None) for element in elements) and _headings_step(elements) and _says_something(elements)


def _walk(elements: Iterable[ImportedElement]) -> Iterator[ImportedElement]:
    for element in elements:
        yield element
        yield from _walk(_below(element))


def _below(element: ImportedElement) -> list[ImportedElement]:
    return [kid for kid in element.kids if isinstance(kid, ImportedElement)]


def _says_something(elements: tuple[ImportedElement, ...]) -> bool:
    return any(isinstance(kid, ImportedMark) for element in _walk(elements) for kid in element.kids)


def _headings_step(elements: tuple[ImportedElement, ...]) -> bool:
    level = 0
    for element in _walk(elements):
        if re.fullmatch("H[1-6]", element.tag):
            if int(element.tag[1]) > level + 1:
                return False
            level = int(element.tag[1])
    return True


def _well_placed(element: ImportedElement, parent: str | None) -> bool:
    below = _below(element)
    only = _ONLY_KIDS.get(element.tag)
    if only is not None and (len(below) != len(element.kids) or any(kid.tag not in only for kid in below)):
        return False
    parents = _ONLY_PARENTS.get(element.tag)
    if parents is not None and parent not in parents:
        return False
    if element.tag in ("Figure", "Formula") and not (element.alt or element.actual_text):
        return False
    if element.tag != "Link" and any(isinstance(kid, ImportedLink) for kid in element.kids):
        return False
    if element.tag == "TH" and b"/Scope" not in element.attributes:
        return False
    if element.tag == "Table" and not _is_regular(element):
        return False
    return all(_well_placed(kid, element.tag) for kid in below)


def _is_regular(table: ImportedElement) -> bool:
    """Whether every row fills the same number of columns, and a heading cell exists (ISO 14289-1, 7.5)."""
    parts = [below if kid.tag != "TR" else [kid] for kid in _below(table) if kid.tag != "Caption" for below in (_below(kid),)]
    rows = [row for part in parts for row in part]
    reaching: list[int] = []  # for each column, rows still covered by a cell above
    widths: set[int] = set()
    for row in rows:
        column = 0
        for cell in _below(row):
            while column < len(reaching) and reaching[column]:
                column += 1
            across, down = _span(cell, b"ColSpan"), _span(cell, b"RowSpan")
            reaching.extend([0] * (column + across - len(reaching)))
            if any(reaching[column : column + across]):
                return False
            reaching[column : column + across] = [down] * across
            column += across
        widths.add(sum(1 for left in reaching if left))
        reaching = [max(0, left - 1) for left in reaching]
    headed = any(cell.tag == "TH" for row in rows for cell in _below(row))
    return len(widths) == 1 and headed and not any(reaching)


def _span(cell: ImportedElement, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d{1,3})", cell.attributes)
    return max(1, int(found.group(1))) if found else 1
