"""What each page of a PDF shows, measured and rendered by PDFium; all of it in one place, because PDFium is an optional extra."""

from __future__ import annotations

import ctypes
import io
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from handouts.measured import Box, Sheet
from handouts.measuring.geometry import as_seen
from handouts.measuring.grounds import Grounds
from handouts.measuring.objects import Found, ObjectReader, TooMuchError

MOST_SHEETS = 200  # pages that are measured
LONGEST_S = 15.0  # seconds for all of them
_MOST_PIXELS = 1_500_000
_SMALLEST_SIDE, _LARGEST_SIDE = 20.0, 15_000.0  # points
_PNG_WIDTH = 600  # pixels
_WHITE = (255, 255, 255, 255)
_SHOWN, _UNSEEN = True, False

Read: TypeAlias = tuple[str, Sheet | None, str | None]
"""The text of a page, what it shows, and why it shows nothing that could be measured."""


def read_sheets(content: bytes, *, password: str | None = None, pictures: bool = False) -> Iterator[Read]:
    """Yield what was read of each page.

    `pictures`: with a PNG of each page. Raises ValueError when PDFium cannot open the file.
    """
    started = time.monotonic()
    try:
        document = pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        raise ValueError("PDFium cannot open it") from error
    with closing(document):
        for number in range(len(document)):
            if number >= MOST_SHEETS:
                yield "", None, f"only the first {MOST_SHEETS} pages are measured"
            elif time.monotonic() - started > LONGEST_S:
                yield "", None, f"measuring was ended after {LONGEST_S:.0f} seconds"
            else:
                yield _read_page(document, number, pictures=pictures)


def _read_page(document: Any, number: int, *, pictures: bool) -> Read:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return "", None, "the page is damaged"
    with closing(page), closing(page.get_textpage()) as text_page:
        text = text_page.get_text_range() if text_page.count_chars() else ""
        crop, turned = _crop(page), page.get_rotation()
        width, height = (crop.height, crop.width) if turned in (90, 270) else (crop.width, crop.height)
        if not (_SMALLEST_SIDE <= width <= _LARGEST_SIDE and _SMALLEST_SIDE <= height <= _LARGEST_SIDE):
            return text, None, f"the page measures {width:.0f} × {height:.0f} points"
        try:
            found = ObjectReader(page.raw, text_page.raw, as_seen(crop, turned)).read()
        except TooMuchError:
            return text, None, "the page holds more than can be measured"
        return text, _render(page, found, width, height, pictures=pictures), None


def _render(page: Any, found: Found, width: float, height: float, *, pictures: bool) -> Sheet:
    scale = min(1.0, (_MOST_PIXELS / (width * height)) ** 0.5)
    full = _draw(page, scale)
    for text in found.texts:
        pdfium.FPDFPageObj_SetIsActive(text, _UNSEEN)
    grounds = Grounds(ground=_draw(page, scale), full=full, scale=scale)
    for text in found.texts:
        pdfium.FPDFPageObj_SetIsActive(text, _SHOWN)
    return Sheet(
        width=width,
        height=height,
        runs=tuple(grounds.judge_run(run) for run in found.runs),
        lines=tuple(grounds.judge_line(line) for line in found.lines),
        pictures=tuple(grounds.judge_picture(picture) for picture in found.pictures),
        hidden=found.invisible > 0 and not found.runs,
        png=_as_png(_draw(page, min(2.0, _PNG_WIDTH / width))) if pictures else None,
    )


def _draw(page: Any, scale: float) -> Any:
    picture = page.render(scale=scale, fill_color=_WHITE, rev_byteorder=True).to_pil()
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _as_png(picture: Any) -> bytes:
    stream = io.BytesIO()
    picture.quantize(64).save(stream, "PNG", optimize=False)
    return stream.getvalue()


def _crop(page: Any) -> Box:
    """The part of the page a viewer shows."""
    rectangle = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(rectangle)):
        return Box(left=rectangle.left, bottom=rectangle.bottom, right=rectangle.right, top=rectangle.top)
    width, height = page.get_size()
    return Box(left=0, bottom=0, right=width, top=height)
