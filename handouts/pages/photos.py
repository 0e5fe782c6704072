"""A clinic's photo or drawing as PNG or JPEG: an image object of its dots, without anything else that the file says."""

from __future__ import annotations

import io
import warnings
import zlib
from pathlib import Path

from PIL import ExifTags, Image

from handouts.document import FormProgram
from handouts.nouns import dataclass
from handouts.pages.figures import Figure, Measure
from handouts.pages.picture_content import FAULTS, grey_of_eight_bits, on_paper, read_picture, refuse

_MOST_BYTES = 30_000_000
_MOST_DOTS = {"JPEG": 50_000_000, "PNG": 25_000_000}  # a JPEG is decoded at a part of its size
_LONGEST_SHAPE = 20  # times longer than wide; a longer strip is no picture of a pose
_KEPT = 300  # dots an inch kept at the largest printed size
_COARSEST = 100  # dots an inch at least: a small picture stays small
_QUALITY = 90  # of JPEG
_MOST_LOSSLESS = 200_000  # bytes of a PNG's dots, deflated; with more it is a photo and becomes a JPEG

_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # what a camera notes -> how its picture becomes upright (EXIF 2.32, tag 0x0112)
_ON_ITS_SIDE = (5, 6, 7, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """Upright dots on white, in grey or RGB; the size of the file's picture, upright too; and whether it kept every dot."""

    dots: Image.Image
    width: int
    height: int
    lossless: bool


def read_photo(path: Path, shown: str, key: str, printed: float, *, root: Path | None = None) -> Figure:
    """Read a photo of at most 30 MB and 50 million dots (PNG: 25 million); its longer side is printed `printed` points at most.

    About 300 dots an inch are kept, as JPEG of quality 90; a PNG that needs no more than 200 kB stays without loss.

    Raises:
        InputError: it cannot be read, lies outside `root`, is too large, or is not what its name says; `shown` names it to the
            user.

    """
    photo = _open_photo(path, shown, round(printed / 72 * _KEPT), root)
    dictionary, stream = _encode(photo)
    form = FormProgram(name=f"P{zlib.crc32(key.encode()):08x}", dictionary=dictionary, stream=stream)
    return Figure(
        key=key,
        measure=Measure.DOTS,
        width=photo.width,
        height=photo.height,
        inked=photo.height,
        form=form,
        across=1,
        up=1,
        finest=72 / _COARSEST,
    )


def _open_photo(path: Path, shown: str, kept: int, root: Path | None) -> Photo:
    """The photo, its longer side reduced to `kept` dots."""
    named = _FORMATS[path.suffix.lower()]
    too_many = f"the picture has more than {_MOST_DOTS[named] // 1_000_000} million dots"
    content = read_picture(path, shown, "picture", _MOST_BYTES, root=root)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow remarks on a file, we say in our own words
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
                found = "PNG" if opened.format == "PNG" else "JPEG"  # a JPEG of several pictures calls itself MPO
                width, height = opened.size
                if found != named:
                    raise refuse(shown, f"the name says {named}, but this is a {found} picture", "correct the name's ending")
                if width * height > _MOST_DOTS[named]:
                    raise refuse(shown, too_many, "save it smaller")
                if max(width, height) > _LONGEST_SHAPE * min(width, height):
                    raise refuse(shown, "the picture is a strip, far longer than wide", "crop it to the pose")
                opened.draft(None, (2 * kept, 2 * kept))  # a JPEG need not be decoded in full
                opened.load()
                turn = opened.getexif().get(ExifTags.Base.Orientation)
                dots = _flatten(opened)
    except Image.DecompressionBombError as error:
        raise refuse(shown, too_many, "save it smaller") from error
    except FAULTS as error:
        raise refuse(shown, f"this is no {named} picture, or it is damaged", "save it again as PNG or JPEG") from error
    dots.thumbnail((kept, kept))
    if turn in _TURNS:
        dots = dots.transpose(_TURNS[turn])
    if turn in _ON_ITS_SIDE:
        width, height = height, width
    return Photo(dots=dots, width=width, height=height, lossless=found == "PNG")


def _flatten(opened: Image.Image) -> Image.Image:
    """The dots in grey or RGB, eight bits each; what is transparent shows white paper."""
    if opened.mode.startswith("I"):
        return grey_of_eight_bits(opened)
    if opened.mode in ("L", "1") and "transparency" not in opened.info:
        return opened.convert("L")
    if opened.mode in ("RGB", "CMYK", "YCbCr") and "transparency" not in opened.info:
        return opened.convert("RGB")
    return on_paper(opened)


def _encode(photo: Photo) -> tuple[str, bytes]:
    """The entries of the image object and its stream."""
    dots = photo.dots
    space = "DeviceGray" if dots.mode == "L" else "DeviceRGB"
    entries = f"/Subtype/Image/Width {dots.width}/Height {dots.height}/BitsPerComponent 8/ColorSpace/{space}"
    plain = dots.tobytes()
    if photo.lossless:
        deflated = zlib.compress(plain, 9)
        if len(deflated) <= _MOST_LOSSLESS:
            return f"{entries}/Filter/FlateDecode", deflated
    bare = Image.frombytes(dots.mode, dots.size, plain)  # dots only: Pillow would write a comment again that it has read
    coded = io.BytesIO()
    bare.save(coded, "JPEG", quality=_QUALITY, optimize=True)
    return f"{entries}/Filter/DCTDecode", coded.getvalue()
