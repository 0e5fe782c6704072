"""A clinic's logo (PNG or JPEG) as an image object."""

from __future__ import annotations

import io
import warnings
import zlib
from pathlib import Path

from PIL import Image

from handouts.document import FormProgram
from handouts.errors import InputError, Place, Problem
from handouts.nouns import dataclass
from handouts.pages.picture_content import FAULTS, read_picture, reduced, refuse

_MOST_BYTES = 10_000_000
_MOST_PIXELS = 25_000_000
_INDEXED = ("P", "1", "PA")  # modes whose dots are no colours that can be mixed
_LONGEST_SHAPE = 50  # times longer than wide
_LONGEST_STRIP = 10_000  # pixels of a side that may be of any shape
_LONGEST_SIDE = 900  # pixels kept: 300 dots an inch at 75 mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A logo ready to draw: its image object, and its shape as width over height."""

    form: FormProgram
    shape: float


def read_logo(path: Path, *, root: Path | None = None) -> Logo:
    """Read a logo, at most 10 MB and 25 million pixels; larger pictures are reduced to 900 pixels.

    Raises:
        InputError: it cannot be read, lies outside `root`, is too large, or is not a PNG or JPEG picture.

    """
    place = Place(file=str(path))
    content = read_picture(path, str(path), "logo", _MOST_BYTES, root=root)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we say it in our own words below
            opened = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        with opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise InputError(Problem(message="the logo has more than 25 million pixels", place=place, hint="save it smaller"))
            if max(opened.size) > max(_LONGEST_STRIP, _LONGEST_SHAPE * min(opened.size)):
                raise refuse(str(path), "the logo is a strip, far longer than wide", "crop it")
            opened.draft(None, (2 * _LONGEST_SIDE, 2 * _LONGEST_SIDE))  # a JPEG need not be decoded in full
            opened.load()
            picture = (opened if opened.mode in _INDEXED else reduced(opened, _LONGEST_SIDE)).convert("RGBA")
    except FAULTS as error:
        raise InputError(
            Problem(message="the logo is not a PNG or JPEG picture that can be read", place=place, hint="save it again as PNG")
        ) from error
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    alpha = picture.getchannel("A").tobytes()
    colours = picture.convert("RGB").tobytes()
    size = f"/Subtype/Image/Width {picture.width}/Height {picture.height}/BitsPerComponent 8/Filter/FlateDecode"
    objects: tuple[tuple[str, bytes], ...] = ()
    mask = ""
    if alpha.count(0xFF) != len(alpha):
        objects = ((f"/Type/XObject{size}/ColorSpace/DeviceGray", zlib.compress(alpha, 9)),)
        mask = "/SMask %(0)d 0 R"
    name = f"L{zlib.crc32(colours + alpha):08x}"
    form = FormProgram(
        name=name, dictionary=f"{size}/ColorSpace/DeviceRGB{mask}", stream=zlib.compress(colours, 9), objects=objects
    )
    return Logo(form=form, shape=picture.width / picture.height)
