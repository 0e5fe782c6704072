"""A finished PDF measured: its tags and its pages together."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

from handouts.measured import FinishedPdf
from handouts.measuring.tags import read_tags

MISSING = "pypdfium2 is not installed: pip install 'handouts[preflight]'"
LARGEST = 200_000_000  # bytes


def measures_pages() -> bool:
    """Tell whether the extra that measures pages is installed."""
    return importlib.util.find_spec("pypdfium2") is not None


def measure_pdf(content: bytes, *, password: str | None = None, pictures: bool = False) -> FinishedPdf:
    """Return what was measured; `pictures`: with a PNG of each page.

    Where pages cannot be measured, `gaps` say why, and the rest is there. Raises UnreadablePdfError.
    """
    if not measures_pages():
        return replace(read_tags(content, password=password, with_text=True), gaps=(MISSING,))
    from handouts.measuring.sheets import read_sheets

    pdf = read_tags(content, password=password, with_text=False)
    try:
        sheets = list(read_sheets(content, password=password, pictures=pictures))
    except ValueError as error:
        return replace(read_tags(content, password=password, with_text=True), gaps=(str(error),))
    if len(sheets) != len(pdf.pages):
        return replace(read_tags(content, password=password, with_text=True), gaps=("its pages cannot be told apart",))
    pages = tuple(replace(page, text=text, sheet=sheet) for page, (text, sheet, _) in zip(pdf.pages, sheets, strict=True))
    return replace(pdf, pages=pages, gaps=tuple(dict.fromkeys(why for _, _, why in sheets if why)))
