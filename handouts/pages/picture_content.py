"""Reads the bytes of a clinic's photo or logo, and refuses what would take too long or too much memory to unpack."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from handouts.errors import InputError, Place, Problem
from handouts.pdf.jpeg import read_jpeg_head
from handouts.regular_files import OutsideError, read_regular

_MOST_SCANS = 30  # of one JPEG: fewer than a viewer may meet, as handouts unpacks it itself and within two seconds
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


def grey_of_eight_bits(dots: Image.Image) -> Image.Image:
    """Grey of sixteen bits, in eight."""
    return dots.convert("I").point(lambda value: value / 256).convert("L")


def reduced(opened: Image.Image, longest: int) -> Image.Image:
    """The dots, reduced so that the longer side keeps `longest` dots or a few more; band by band, as `on_paper`.

    In a mode that can be mixed: grey in eight bits, and RGBA where one colour stands for what is transparent.
    """
    factor = max(1, max(opened.size) // longest)
    rows = factor * _BAND
    bands = [
        _mixable(opened.crop((0, top, opened.width, min(top + rows, opened.height)))).reduce(factor)
        for top in range(0, opened.height, rows)
    ]
    small = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    for number, band in enumerate(bands):
        small.paste(band, (0, number * _BAND))
    return small


def _mixable(dots: Image.Image) -> Image.Image:
    if dots.mode.startswith("I"):
        return grey_of_eight_bits(dots)
    return dots.convert("RGBA") if "transparency" in dots.info else dots


def refuse(shown: str, message: str, hint: str) -> InputError:
    """The one problem of a picture."""
    return InputError(Problem(message=message, place=Place(file=shown), hint=hint))
