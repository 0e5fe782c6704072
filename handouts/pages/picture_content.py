"""Reads the bytes of a clinic's photo or logo, and refuses what would take too long or too much memory to unpack."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from handouts.errors import InputError, Place, Problem
from handouts.pdf.jpeg import read_jpeg_head
from handouts.regular_files import OutsideError, read_regular

_MOST_SCANS = 30  # of one JPEG; a progressive one has about ten, and each is as much work as the whole picture
_MOST_PROGRESSIVE = 16_000_000  # dots: unlike others, a progressive JPEG is unpacked whole, in two bytes for each value
_BAND = 64  # rows that are made plain at a time

FAULTS = (
    OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError, TypeError, KeyError, IndexError,
    OverflowError, MemoryError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises on damaged pictures."""


def read_picture(path: Path, shown: str, what: str, most: int, *, root: Path | None = None) -> bytes:
    """The content of a picture of at most `most` bytes. Raises InputError; `what` names it, "picture" or "logo"."""
    try:
        content = read_regular(path, most, root=root)
    except OutsideError as error:
        raise refuse(shown, "this link leads out of the workspace", f"copy the {what} into the workspace") from error
    except (OSError, ValueError) as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else "it cannot be read"
        raise refuse(shown, f"the {what}: {reason}", "check the path and its permissions") from error
    if len(content) > most:
        raise refuse(shown, f"the {what} is larger than {most // 1_000_000} MB", "save it smaller")
    _check_jpeg(content, shown, what)
    return content


def _check_jpeg(content: bytes, shown: str, what: str) -> None:
    hint = "save it again as an ordinary (baseline) JPEG"
    try:
        head = read_jpeg_head(content)
    except ValueError as error:
        raise refuse(shown, f"the {what} is a JPEG in {error}", hint) from error
    if head is not None and head.scans > _MOST_SCANS:
        raise refuse(shown, f"the {what} is a JPEG in more than {_MOST_SCANS} layers", hint)
    if head is not None and head.progressive and head.dots > _MOST_PROGRESSIVE:
        most = f"{_MOST_PROGRESSIVE // 1_000_000} million dots"
        raise refuse(shown, f"the {what} is a progressive JPEG of more than {most}", f"{hint}, or smaller")


def on_paper(opened: Image.Image) -> Image.Image:
    """The dots as they look on white paper, in RGB. Why band by band: the whole picture is in memory only once more."""
    paper = Image.new("RGB", opened.size, "white")
    for top in range(0, opened.height, _BAND):
        band = opened.crop((0, top, opened.width, min(top + _BAND, opened.height))).convert("RGBA")
        paper.paste(band, (0, top), mask=band.getchannel("A"))
    return paper


def reduced(opened: Image.Image, longest: int) -> Image.Image:
    """The dots, reduced so that the longer side keeps `longest` dots or a few more; band by band, as `on_paper`."""
    factor = max(opened.size) // longest
    if factor <= 1:
        return opened
    small = Image.new(opened.mode, (-(-opened.width // factor), -(-opened.height // factor)))
    rows = factor * _BAND
    for top in range(0, opened.height, rows):
        band = opened.crop((0, top, opened.width, min(top + rows, opened.height)))
        small.paste(band.reduce(factor), (0, top // factor))
    return small


def refuse(shown: str, message: str, hint: str) -> InputError:
    """The one problem of a picture."""
    return InputError(Problem(message=message, place=Place(file=shown), hint=hint))
