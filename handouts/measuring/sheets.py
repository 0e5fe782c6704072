"""What each page of a PDF shows, measured and rendered by PDFium; all of it in one place, because PDFium is an optional extra."""

from __future__ import annotations

import ctypes
import io
import math
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2.internal import set_callback

from handouts.measured import Box, Sheet
from handouts.measuring.allowance import Allowance, TooMuchError
from handouts.measuring.geometry import as_seen
from handouts.measuring.grounds import Grounds
from handouts.measuring.objects import Found, ObjectReader

MOST_SHEETS = 200  # pages that are measured
LONGEST_S = 15.0  # seconds for all of them
_MOST_PIXELS = 1_500_000
_SMALLEST_SIDE, _LARGEST_SIDE = 20.0, 15_000.0  # points
_PNG_WIDTH = 600  # pixels
_WHITE = (255, 255, 255, 255)
_SHOWN, _UNSEEN = True, False
_FOR_ONE, _FOR_MORE = 0.9, 0.4  # seconds of this process for one page, and for each more of the same file

Read: TypeAlias = tuple[str, Sheet | None, str | None]
"""The text of a page, what it shows, and why it shows nothing that could be measured."""


def read_sheets(content: bytes, *, password: str | None = None, pictures: bool = False, pace: float = math.inf) -> Iterator[Read]:
    """Yield what was read of each page.

    `pictures`: with a PNG of each page; `pace`: how many times slower this computer is than others. Raises ValueError when PDFium
    cannot open the file.
    """
    started = time.monotonic()
    try:
        document = pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        raise ValueError("PDFium cannot open it") from error
    with closing(document):
        whole = Allowance(pace * (_FOR_ONE + _FOR_MORE * (len(document) - 1)))
        for number in range(len(document)):
            if number >= MOST_SHEETS:
                yield "", None, f"only the first {MOST_SHEETS} pages are measured"
            elif time.monotonic() - started > LONGEST_S:
                yield "", None, f"measuring was ended after {LONGEST_S:.0f} seconds"
            else:
                yield _read_page(document, number, Allowance(min(whole.left, pace * _FOR_ONE)), pictures=pictures)


def _read_page(document: Any, number: int, allowance: Allowance, *, pictures: bool) -> Read:
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
            found = ObjectReader(page.raw, text_page.raw, as_seen(crop, turned), allowance).read()
            return text, _render(page, found, width, height, allowance, pictures=pictures), None
        except TooMuchError:
            return text, None, "the page holds more than can be measured"


def _render(page: Any, found: Found, width: float, height: float, allowance: Allowance, *, pictures: bool) -> Sheet:
    scale = min(1.0, (_MOST_PIXELS / (width * height)) ** 0.5)
    full = _draw(page, scale, allowance)
    grounds = Grounds(ground=_draw_ground(page, found, scale, allowance) if found.texts else full, full=full, scale=scale)
    return Sheet(
        width=width,
        height=height,
        runs=tuple(grounds.judge_run(run) for run in allowance.over(found.runs)),
        lines=tuple(grounds.judge_line(line) for line in allowance.over(found.lines)),
        pictures=tuple(grounds.judge_picture(picture) for picture in allowance.over(found.pictures)),
        hidden=found.invisible > 0 and not found.runs,
        png=_as_png(_draw(page, min(2.0, _PNG_WIDTH / width), allowance)) if pictures else None,
    )


def _draw_ground(page: Any, found: Found, scale: float, allowance: Allowance) -> Any:
    for text in found.texts:
        pdfium.FPDFPageObj_SetIsActive(text, _UNSEEN)
    ground = _draw(page, scale, allowance)
    for text in found.texts:
        pdfium.FPDFPageObj_SetIsActive(text, _SHOWN)
    return ground


def _draw(page: Any, scale: float, allowance: Allowance) -> Any:
    """The page as a picture. Raises TooMuchError: PDFium asks between two objects whether it shall pause, and is then ended."""
    allowance.check()
    width, height = (math.ceil(side * scale) for side in page.get_size())
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect(_WHITE, 0, 0, width, height)
    pause = pdfium.IFSDK_PAUSE(version=1)
    set_callback(pause, "NeedToPauseNow", lambda _: allowance.left < 0)
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
    status = pdfium.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, flags, pause)
    pdfium.FPDF_RenderPage_Close(page)
    if status == pdfium.FPDF_RENDER_TOBECONTINUED:
        raise TooMuchError
    return bitmap.to_pil()


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
