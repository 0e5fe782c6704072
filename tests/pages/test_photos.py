"""A clinic's photo: what is kept is what is seen, upright and on white, and nothing else that the file says."""

from __future__ import annotations

import io
import struct
import time
import zlib
from pathlib import Path

import pytest
from own_exercise import photo
from PIL import Image

from handouts.errors import InputError
from handouts.pages.figures import Figure
from handouts.pages.photos import read_photo

PRINTED = 184.0  # points: about 767 dots of 300 an inch


def read(content: bytes, folder: Path, name: str = "own.jpg") -> Figure:
    path = folder / name
    path.write_bytes(content)
    return read_photo(path, name, name, PRINTED)


def dots_of(figure: Figure) -> Image.Image:
    """The image object as a viewer decodes it."""
    form = figure.form
    assert form is not None
    assert not form.objects
    entries = dict(part.split(" ") for part in form.dictionary.split("/") if " " in part)
    size = (int(entries["Width"]), int(entries["Height"]))
    mode = "L" if "DeviceGray" in form.dictionary else "RGB"
    if "DCTDecode" in form.dictionary:
        picture = Image.open(io.BytesIO(form.stream))
        assert (picture.size, picture.mode) == (size, mode)
        return picture
    return Image.frombytes(mode, size, zlib.decompress(form.stream))


def close(one: tuple[int, ...] | int, other: tuple[int, ...] | int) -> bool:
    pairs = zip(one, other, strict=True) if isinstance(one, tuple) and isinstance(other, tuple) else [(one, other)]
    return all(abs(a - b) <= 3 for a, b in pairs)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("kind", "how", "seen"),
    [
        ("JPEG", {"colour": "red"}, (254, 0, 0)),
        ("JPEG", {"colour": 100, "mode": "L"}, 100),
        ("JPEG", {"colour": (0, 255, 255, 0), "mode": "CMYK"}, (254, 0, 0)),
        ("PNG", {"colour": "red"}, (255, 0, 0)),
        ("PNG", {"colour": 100, "mode": "L"}, 100),
        ("PNG", {"colour": 0x6400, "mode": "I;16"}, 100),
        ("PNG", {"colour": 1, "mode": "1"}, 255),
        ("PNG", {"colour": (255, 0, 0, 128), "mode": "RGBA"}, (255, 127, 127)),
        ("PNG", {"colour": (100, 0), "mode": "LA"}, (255, 255, 255)),
        ("PNG", {"colour": "red", "transparency": (255, 0, 0)}, (255, 255, 255)),
    ],
)
def test_every_kind_of_dots_is_printed_as_it_is_seen(kind: str, how: dict[str, object], seen: object, tmp_path: Path) -> None:
    figure = read(photo(size=(60, 40), kind=kind, **how), tmp_path, f"own.{kind.lower()}")  # type: ignore[arg-type]
    assert (figure.width, figure.height) == (60, 40)
    assert close(dots_of(figure).getpixel((30, 20)), seen)  # type: ignore[arg-type]


def test_a_palette_with_a_clear_colour(tmp_path: Path) -> None:
    made = io.BytesIO()
    picture = Image.new("P", (40, 40), 1)
    picture.putpalette([255, 0, 0, 0, 0, 255])
    picture.paste(0, (0, 0, 20, 40))
    picture.save(made, "PNG", transparency=0)
    dots = dots_of(read(made.getvalue(), tmp_path, "own.png"))
    assert (dots.getpixel((5, 5)), dots.getpixel((35, 5))) == ((255, 255, 255), (0, 0, 255))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_held_in_any_way(orientation: int, tmp_path: Path) -> None:
    upright = Image.new("RGB", (80, 40), "white")
    upright.paste("red", (0, 0, 40, 20))  # the upper left quarter
    lying = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = upright.transpose(lying[orientation]) if orientation in lying else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = io.BytesIO()
    stored.save(made, "JPEG", exif=exif, quality=95)
    figure = read(made.getvalue(), tmp_path)
    assert (figure.width, figure.height) == (80, 40)
    dots = dots_of(figure)
    assert close(dots.getpixel((10, 5)), (254, 0, 0))
    assert all(close(dots.getpixel(at), (255, 255, 255)) for at in ((70, 5), (10, 35), (70, 35)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_but_dots_is_kept(kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 39.0)}
    how: dict[str, object] = {"exif": exif, "icc_profile": b"SecretProfile" * 20, "comment": "SecretComment"}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        how["pnginfo"] = PngInfo()
        how["pnginfo"].add_text("Author", "SecretAuthor")  # type: ignore[attr-defined]
    content = photo("red", (300, 200), kind, **how)
    assert b"Secret" in content
    form = read(content, tmp_path, f"own.{kind.lower()}").form
    assert form is not None
    for secret in (b"Secret", b"Exif", b"ICC_PROFILE", b"http"):
        assert secret not in form.stream
        assert secret not in form.dictionary.encode()


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.effect_noise(size, 80).convert("RGB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_photo_is_reduced_to_about_300_dots_an_inch(kind: str, tmp_path: Path) -> None:
    made = io.BytesIO()
    noise((3000, 2000)).save(made, kind)
    figure = read(made.getvalue(), tmp_path, f"own.{kind.lower()}")
    assert (figure.width, figure.height) == (3000, 2000), "its own size says how sharp it is"
    assert dots_of(figure).size == (767, 511)
    assert figure.form is not None
    assert "DCTDecode" in figure.form.dictionary, "a photo saved as PNG is a photo"
    assert len(figure.form.stream) < 700_000


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    content = photo("red", (3000, 2000))
    assert read(content, tmp_path).form == read(content, tmp_path).form


def test_several_pictures_in_one_jpeg_are_the_first(tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(made, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30), "blue")])
    assert close(dots_of(read(made.getvalue(), tmp_path)).getpixel((5, 5)), (254, 0, 0))


# ------------------------------------------------------------------------------------------- refused


def png(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG whose head says this size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    content = b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    chunk = b"zTXt" + content
    return struct.pack(">I", len(content)) + chunk + struct.pack(">I", zlib.crc32(chunk))


GOOD = photo("red", (300, 200))
HOSTILE = {
    "empty.jpg": (b"", "this is no JPEG picture, or it is damaged"),
    "text.jpg": (b"not a picture", "this is no JPEG picture, or it is damaged"),
    "truncated.jpg": (GOOD[: len(GOOD) // 2], "this is no JPEG picture, or it is damaged"),
    "truncated.png": (photo("red", (300, 200), "PNG")[:200], "this is no PNG picture, or it is damaged"),
    "gif.png": (photo("red", (30, 20), "GIF"), "this is no PNG picture, or it is damaged"),
    "jpeg.png": (GOOD, "the name says PNG, but this is a JPEG picture (correct the name's ending)"),
    "png.jpeg": (photo("red", (30, 20), "PNG"), "the name says JPEG, but this is a PNG picture"),
    "huge.png": (png(30_000, 30_000), "the picture has more than 25 million dots (save it smaller)"),
    "enormous.png": (png(2_000_000_000, 2_000_000_000), "the picture has more than 25 million dots"),
    "large.png": (png(6_000, 6_000), "the picture has more than 25 million dots"),
    "nothing.png": (png(0, 10), "this is no PNG picture, or it is damaged"),
    "short.png": (png(300, 200), "this is no PNG picture, or it is damaged"),
    "strip.png": (photo("red", (3000, 2), "PNG"), "the picture is a strip, far longer than wide (crop it to the pose)"),
    "bomb.png": (png(30, 20, text_bomb()), "this is no PNG picture, or it is damaged"),
    "heavy.jpg": (GOOD + b"\0" * 30_000_000, "the picture is larger than 30 MB (save it smaller)"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_files_are_refused_quickly(name: str, tmp_path: Path) -> None:
    content, said = HOSTILE[name]
    start = time.perf_counter()
    with pytest.raises(InputError) as refused:
        read(content, tmp_path, name)
    assert str(refused.value).startswith(f"{name}: {said}")
    assert "\n" not in str(refused.value)
    assert time.perf_counter() - start < 3
