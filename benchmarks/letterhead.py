"""A clinic with a cover and a letterhead of the size that real ones have: a photo, embedded fonts, a logo of curves."""

from __future__ import annotations

import io
import math
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from handouts.workspace import builtin_root

_WIDTH, _HEIGHT = 595.28, 841.89  # points: A4
_PHOTO = (1240, 620)  # dots: 150 to the inch over the width of the page
_WELCOME = (
    "Welcome. This booklet is for you and nobody else: your physiotherapist has chosen each exercise after seeing how you move. "
    "Bring it to your next visit, with the days that you have ticked. Call us when something worries you, at any time of day."
)
_CLINIC = """\
id: riverside
name: Riverside Physiotherapy
phone: "020 7946 0100"
email: desk@riverside.example
address: [14 Mill Lane, Sampleford]
cover: cover.pdf
letterhead: letterhead.pdf
margins: {top: 15 mm, bottom: 16 mm}
"""


def write_clinic(folder: Path) -> None:
    """Write the clinic's folder: `clinic.yaml`, a cover of one page and a letterhead."""
    folder.mkdir(parents=True)
    fonts = builtin_root() / "assets" / "fonts"
    pdfmetrics.registerFont(TTFont("Letter", fonts / "NotoSans-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("Letter-Bold", fonts / "NotoSans-Bold.ttf"))
    (folder / "clinic.yaml").write_text(_CLINIC, encoding="utf-8")
    (folder / "cover.pdf").write_bytes(_draw_cover())
    (folder / "letterhead.pdf").write_bytes(_draw_letterhead())


def _draw_cover() -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(_WIDTH, _HEIGHT), pageCompression=1, invariant=1)
    canvas.drawImage(ImageReader(_paint_photo()), 0, _HEIGHT - _WIDTH / 2, _WIDTH, _WIDTH / 2)
    _draw_logo(canvas, 90, 430, 40)
    canvas.setFont("Letter-Bold", 30)
    canvas.drawString(150, 420, "Riverside Physiotherapy")
    canvas.setFont("Letter", 14)
    for line, text in enumerate(simpleSplit(_WELCOME, "Letter", 14, 480)):
        canvas.drawString(56, 340 - 20 * line, text)
    canvas.drawString(56, 60, "14 Mill Lane, Sampleford · 020 7946 0100")
    canvas.save()
    return target.getvalue()


def _draw_letterhead() -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(_WIDTH, _HEIGHT), pageCompression=1, invariant=1)
    _draw_logo(canvas, 56, 818, 10)
    canvas.setFont("Letter-Bold", 9)
    canvas.drawString(72, 815, "Riverside Physiotherapy")
    canvas.setFont("Letter", 8)
    canvas.drawRightString(_WIDTH - 42, 815, "14 Mill Lane, Sampleford · 020 7946 0100")
    canvas.save()
    return target.getvalue()


def _draw_logo(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Waves in a circle."""
    canvas.setStrokeColorRGB(0.08, 0.32, 0.37)
    canvas.setLineWidth(size / 10)
    canvas.circle(x, y, size)
    for row in range(-2, 3):
        level = y + row * size / 4
        canvas.bezier(
            x - size * 0.8, level, x - size * 0.3, level + size / 4, x + size * 0.3, level - size / 4, x + size * 0.8, level
        )


def _paint_photo() -> io.BytesIO:
    """A JPEG with as much detail as a photo: ripples over a gradient."""
    wide, high = _PHOTO
    dots = bytearray()
    for y in range(high):
        for x in range(wide):
            ripple = 24 * math.sin(x * y / 900) + 12 * math.sin(x / 3 + y / 5)
            dots += bytes((int(60 + 60 * y / high + ripple), int(110 + 70 * x / wide + ripple), int(150 + ripple)))
    target = io.BytesIO()
    Image.frombytes("RGB", _PHOTO, bytes(dots)).save(target, "JPEG", quality=85)
    target.seek(0)
    return target
