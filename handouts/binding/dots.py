"""How many dots a picture really has: its own head counts, not what the PDF around it says.

Why: a viewer unpacks a picture in the size that its head names. One called 9 × 9 may hold 65,000 × 65,000 dots.
"""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import DictionaryObject

from handouts.binding.faults import too_heavy
from handouts.binding.inline import FAX_COLUMNS, InlineHead
from handouts.binding.streams import whole_number
from handouts.pdf.jpeg import read_jpeg_head

MOST_DOTS = 150_000_000  # of one picture; A4 at 1200 dpi in black and white has 139 million
_MOST_SCANS = 100  # of one JPEG: a viewer unpacks it once, on a page that may take seconds

_JPEG_START = b"\xff\xd8"
_SIZE = b"\xff\x4f\xff\x51"  # ITU-T T.800, A.5.1: the head of a JPEG 2000 code stream begins with its size


def count_dots(picture: DictionaryObject, coding: str | None, parameters: DictionaryObject | None, body: bytes) -> int:
    """The dots of a picture object whose bytes are coded so. Raises SheetError for more than MOST_DOTS, or too many scans."""
    width, height = whole_number(picture.get("/Width")), whole_number(picture.get("/Height"))
    sizes = [(width, height)]
    if coding == "/CCITTFaxDecode" and parameters is not None:
        rows = max(height, whole_number(parameters.get("/Rows")))
        sizes.append((whole_number(parameters.get("/Columns"), FAX_COLUMNS), rows))
    elif coding == "/DCTDecode":
        sizes.append(_jpeg_size(body))
    elif coding == "/JPXDecode":
        sizes += _jpx_sizes(body)
    return _checked(sizes)


def count_inline_dots(head: InlineHead, body: bytes) -> int:
    """The dots of an inline picture. Raises SheetError as `count_dots` does."""
    return _checked([(head.across, head.down), _jpeg_size(body) if head.is_jpeg else (0, 0)])


def _checked(sizes: list[tuple[int, int]]) -> int:
    dots = max(abs(across * down) for across, down in sizes)
    if dots > MOST_DOTS:
        raise too_heavy("holds a picture of too many dots")
    return dots


def _jpeg_size(body: bytes) -> tuple[int, int]:
    try:
        head = read_jpeg_head(body[max(0, body.find(_JPEG_START)) :])  # as viewers do, who pass over what stands before
    except ValueError as error:
        raise too_heavy(f"holds a picture in {error}") from error
    if head is None:
        return 0, 0
    if head.scans > _MOST_SCANS:
        raise too_heavy(f"holds a picture in more than {_MOST_SCANS} layers")
    return head.width, head.height


def _jpx_sizes(body: bytes) -> Iterator[tuple[int, int]]:
    """The sizes that code streams in a JPEG 2000 file name."""
    position = -1
    while (position := body.find(_SIZE, position + 1)) >= 0:
        numbers = [int.from_bytes(body[at : at + 4], "big") for at in range(position + 8, position + 24, 4)]
        yield numbers[0] - numbers[2], numbers[1] - numbers[3]
