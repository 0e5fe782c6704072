"""A finished PDF measured: its tags and its pages together."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from handouts.measured import Content, FinishedPdf, Run, Sheet, StructureElement
from handouts.measuring.tags import read_tags

MISSING = "pypdfium2 is not installed: pip install 'handouts[preflight]'"
_PARTS = frozenset({"Span", "NonStruct", "Strong", "Em", "Quote", "Code", "Private"})
LARGEST = 200_000_000  # bytes


def measures_pages() -> bool:
    """Tell whether the extra that measures pages is installed."""
    return importlib.util.find_spec("pypdfium2") is not None


def measure_pdf(
    content: bytes,
    *,
    password: str | None = None,
    pictures: bool = False,
    opened: Callable[[int], None] | None = None,
    pace: float = math.inf,
) -> FinishedPdf:
    """Return what was measured; `pictures`: with a PNG of each page; `opened` hears how many pages there are.

    `pace`: how many times slower this computer is than others, which have a second for a page; by default there is no haste.

    Where pages cannot be measured, `gaps` say why, and the rest is there. Raises UnreadablePdfError.
    """
    if not measures_pages():
        return replace(read_tags(content, password=password, with_text=True, opened=opened), gaps=(MISSING,))
    from handouts.measuring.sheets import read_sheets

    pdf = read_tags(content, password=password, with_text=False, opened=opened)
    try:
        sheets = list(read_sheets(content, password=password, pictures=pictures, pace=pace))
    except ValueError as error:
        return replace(read_tags(content, password=password, with_text=True), gaps=(str(error),))
    if len(sheets) != len(pdf.pages):
        return replace(read_tags(content, password=password, with_text=True), gaps=("its pages cannot be told apart",))
    owners = _owners(pdf.elements)
    pages = tuple(
        replace(page, text=text, sheet=sheet and _owned(sheet, number, pdf.elements, owners))
        for number, (page, (text, sheet, _)) in enumerate(zip(pdf.pages, sheets, strict=True))
    )
    return replace(pdf, pages=pages, gaps=tuple(dict.fromkeys(why for _, _, why in sheets if why)))


def _owners(elements: Sequence[StructureElement]) -> dict[Content, int]:
    """The number of the element of each marked sequence; of a part of a line, of what it is a part of."""
    owners: dict[Content, int] = {}
    for number, element in enumerate(elements):
        whole: int = number
        while elements[whole].tag in _PARTS and (outer := elements[whole].parent) is not None:
            whole = outer
        owners.update(dict.fromkeys(element.content, whole))
    return owners


def _owned(sheet: Sheet, number: int, elements: Sequence[StructureElement], owners: Mapping[Content, int]) -> Sheet:
    """Why: the name at a mark in the content may be anything; the structure tree says what it is."""

    def own(run: Run) -> Run:
        owner = owners.get((number, run.mark)) if run.mark is not None else None
        if owner is None or run.tag == "Artifact":
            return run
        return replace(run, element=owner, tag="Figure" if run.tag == "Figure" else elements[owner].tag)

    return replace(sheet, runs=tuple(own(run) for run in sheet.runs))
