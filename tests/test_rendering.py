"""The comparer of pages must see what a reader would see, and nothing less."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from rendering import TILE, render_page, show_difference, worst_tile
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path(__file__).parents[1] / "assets" / "fonts" / "AtkinsonHyperlegible-Regular.ttf"


def draw_page(text: str = "Hold for 30 seconds", *, x: float = 72, size: float = 12, colour: str = "#000000") -> bytes:
    pdfmetrics.registerFont(TTFont("rendering-test", FONT))
    content = BytesIO()
    canvas = Canvas(content, pagesize=(300, 200), initialFontName="rendering-test", invariant=1)
    canvas.setFont("rendering-test", size)
    canvas.setFillColor(colour)
    canvas.drawString(x, 100, text)
    canvas.save()
    return content.getvalue()


def test_same_page_is_the_same() -> None:
    tile = worst_tile(render_page(draw_page(), 0), render_page(draw_page(), 0))
    assert (tile.differing, tile.same) == (0, True)


def test_size_follows_dpi(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(draw_page())
    assert render_page(path, 0, dpi=144).size == (600, 400)
    assert render_page(path, 0, dpi=72, grey=True).mode == "L"


@pytest.mark.parametrize(
    "changed",
    [
        draw_page("Hold for 80 seconds"),
        draw_page("Hold for 30 second"),
        draw_page("Hold for 30 seconds", x=73),
        draw_page("Hold for 30 seconds", colour="#404040"),
        draw_page(""),
    ],
    ids=["digit", "letter lost", "one point aside", "paler", "nothing"],
)
@pytest.mark.parametrize("grey", [False, True], ids=["colour", "grey"])
def test_planted_change_is_seen(changed: bytes, *, grey: bool) -> None:
    tile = worst_tile(render_page(draw_page(), 0, grey=grey), render_page(changed, 0, grey=grey))
    assert not tile.same


def test_place_and_number_of_the_worst_tile() -> None:
    a = Image.new("RGB", (100, 70), "white")
    b = a.copy()
    ImageDraw.Draw(b).rectangle((50, 50, 54, 54), fill="#f6f6ff")  # 25 pixels, 9 steps
    tile = worst_tile(a, b)
    assert (tile.left, tile.top, tile.differing, tile.same) == (2 * TILE, 2 * TILE, 25, False)
    b.putpixel((50, 50), (255, 255, 255))
    assert worst_tile(a, b).same


def test_last_partial_tile_counts() -> None:
    a = Image.new("L", (50, 50), 255)
    b = a.copy()
    ImageDraw.Draw(b).rectangle((48, 0, 49, 49), fill=0)
    assert worst_tile(a, b).differing == 2 * TILE


def test_slight_shade_is_the_same() -> None:
    assert worst_tile(Image.new("L", (50, 50), 200), Image.new("L", (50, 50), 208)).same
    assert not worst_tile(Image.new("L", (50, 50), 200), Image.new("L", (50, 50), 209)).same


def test_other_size_or_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        worst_tile(Image.new("L", (50, 50)), Image.new("L", (50, 51)))
    with pytest.raises(ValueError, match="cannot be compared"):
        worst_tile(Image.new("L", (50, 50)), Image.new("RGB", (50, 50)))


def test_picture_of_a_failure_shows_all_three() -> None:
    assert show_difference(Image.new("L", (50, 40)), Image.new("L", (50, 40))).size == (150, 40)
