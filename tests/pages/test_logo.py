"""A clinic's logo: its dots and what is transparent of it stay as they are, whatever kind of PNG or JPEG it is."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from handouts.pages.logo import Logo, read_logo

SIZES = [(90, 40), (2_000, 1_000)]  # kept as it is; reduced
INK, PAPER = (200, 0, 100), (255, 255, 255)


def read(picture: Image.Image, folder: Path, **how: object) -> Logo:
    path = folder / "logo.png"
    written = io.BytesIO()
    picture.save(written, "PNG", **how)
    path.write_bytes(written.getvalue())
    return read_logo(path)


def halves(mode: str, size: tuple[int, int], left: object, right: object) -> Image.Image:
    """A picture of two colours side by side."""
    whole = Image.new(mode, size, left)  # type: ignore[arg-type]
    whole.paste(Image.new(mode, size, right), (size[0] // 2, 0))  # type: ignore[arg-type]
    return whole


def corners(logo: Logo) -> list[tuple[tuple[int, ...], bool]]:
    """Colour and whether it is seen, of the left and the right side."""
    width, height = (int(logo.form.dictionary.split(f"/{key} ")[1].split("/")[0]) for key in ("Width", "Height"))
    colours = Image.frombytes("RGB", (width, height), zlib.decompress(logo.form.stream))
    alpha = Image.new("L", (width, height), 255)
    if logo.form.objects:
        alpha = Image.frombytes("L", (width, height), zlib.decompress(logo.form.objects[0][1]))
    places = [(1, 1), (width - 2, height - 2)]
    return [(colours.getpixel(place), alpha.getpixel(place) == 255) for place in places]  # type: ignore[misc]


@pytest.mark.parametrize("size", SIZES)
def test_a_colour_that_stands_for_nothing_is_not_printed(size: tuple[int, int], tmp_path: Path) -> None:
    logo = read(halves("RGB", size, INK, PAPER), tmp_path, transparency=PAPER)
    assert [corners(logo)[0], corners(logo)[1][1]] == [(INK, True), False]


@pytest.mark.parametrize("size", SIZES)
def test_a_shade_that_stands_for_nothing_is_not_printed(size: tuple[int, int], tmp_path: Path) -> None:
    logo = read(halves("L", size, 60, 255), tmp_path, transparency=255)
    assert [corners(logo)[0], corners(logo)[1][1]] == [((60, 60, 60), True), False]


@pytest.mark.parametrize("size", SIZES)
def test_grey_of_sixteen_bits(size: tuple[int, int], tmp_path: Path) -> None:
    logo = read(halves("I;16", size, 0x3C80, 0xC880), tmp_path)
    assert corners(logo) == [((0x3C,) * 3, True), ((0xC8,) * 3, True)]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_half_transparent(size: tuple[int, int], tmp_path: Path) -> None:
    logo = read(halves("RGBA", size, (*INK, 255), (*INK, 128)), tmp_path)
    assert [seen for _, seen in corners(logo)] == [True, False]
