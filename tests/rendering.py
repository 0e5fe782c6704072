"""Pages as pictures, and their comparison tile by tile.

A tolerance for a whole page misses a changed letter; a tile of 24 × 24 pixels does not. Up to 24 pixels of a tile may differ by
more than 8 steps of 255 in a channel: the edges of strokes, never a stroke.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

TILE = 24  # pixels
CHANNEL_STEPS = 8  # of 255, still the same colour
PIXELS_ALLOWED = 24  # of the 576 of a tile


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """The tile with the most differing pixels; `left` and `top` in pixels from the upper left corner."""

    left: int
    top: int
    differing: int

    @property
    def same(self) -> bool:
        """Whether the pictures count as the same."""
        return self.differing <= PIXELS_ALLOWED


def render_page(pdf: bytes | Path, page: int, *, dpi: int = 100, grey: bool = False) -> Image.Image:
    """Page number `page`, from 0, as an RGB picture, or as grey levels (mode "L")."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[page].render(scale=dpi / 72, grayscale=grey, rev_byteorder=True).to_pil()
        return picture.convert("L" if grey else "RGB")
    finally:
        document.close()


def worst_tile(a: Image.Image, b: Image.Image) -> Tile:
    """The tile in which `a` and `b` differ most.

    Raises:
        ValueError: the pictures differ in size or mode, so no tile can be compared.
    """
    if a.size != b.size or a.mode != b.mode:
        raise ValueError(f"{a.mode} {a.size} cannot be compared with {b.mode} {b.size}")
    channels = ImageChops.difference(a, b).split()
    differing = channels[0]
    for channel in channels[1:]:
        differing = ImageChops.lighter(differing, channel)
    differing = differing.point([0] * (CHANNEL_STEPS + 1) + [1] * (255 - CHANNEL_STEPS))
    box = differing.getbbox()
    if box is None:
        return Tile(left=0, top=0, differing=0)
    counts = {
        (left, top): differing.crop((left, top, left + TILE, top + TILE)).histogram()[1]
        for top in range(box[1] // TILE * TILE, box[3], TILE)
        for left in range(box[0] // TILE * TILE, box[2], TILE)
    }
    (left, top), most = max(counts.items(), key=lambda item: item[1])
    return Tile(left=left, top=top, differing=most)


def show_difference(a: Image.Image, b: Image.Image) -> Image.Image:
    """`a`, `b` and where they differ (dark), side by side, to look at after a failure."""
    width, height = max(a.width, b.width), max(a.height, b.height)
    together = Image.new("RGB", (3 * width, height), "white")
    together.paste(a.convert("RGB"), (0, 0))
    together.paste(b.convert("RGB"), (width, 0))
    if a.size == b.size:
        changed = ImageChops.difference(a.convert("RGB"), b.convert("RGB")).convert("L").point([255] + [0] * 255)
        together.paste(changed.convert("RGB"), (2 * width, 0))
    return together
