"""Golden pages at three levels: where each piece lies, what a page says, and how it looks.

`layout.json` explains most differences in words, `text.txt` the words themselves; the pictures see all the rest.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from making import bench, pages_of
from operators import shown_glyphs
from PIL import Image, ImageChops
from rendering import render_page, show_difference, worst_tile

from handouts.build import Built
from handouts.document import Piece, Placement

LAYOUT, TEXT = "layout.json", "text.txt"
MOST_PAGES, MOST_BYTES = 12, 850_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """What is kept of one handout."""

    layout: str
    text: str
    pictures: tuple[Image.Image, ...]


def take(made: Built, pages: int | None = None) -> Golden:
    """The three levels of the first pages of a handout (all, when `pages` is None)."""
    count = len(made.document.pages) if pages is None else pages
    layout = [
        {
            "page": [_rounded(page.width), _rounded(page.height)],
            "pieces": [_told(placement, made) for placement in page.placements],
        }
        for page in made.document.pages[:count]
    ]
    lines = ",\n".join(
        '{"page": ' + json.dumps(page["page"]) + ', "pieces": [\n'
        + ",\n".join(json.dumps(piece, ensure_ascii=False) for piece in page["pieces"]) + "\n]}"
        for page in layout
    )  # fmt: skip
    return Golden(
        layout=f"[\n{lines}\n]\n",
        text="\n\f\n".join(pages_of(made.pdf)[:count]) + "\n",
        pictures=tuple(render_page(made.pdf, number) for number in range(count)),
    )


def _told(placement: Placement, made: Built) -> list[Any]:
    """One piece: its left, lower, width and height in points, the element it hangs on, and the beginning of its text."""
    piece = placement.piece
    where = made.document.nodes[placement.node].tag if placement.node is not None else "artifact"
    return [*(_rounded(v) for v in (placement.x, placement.y, piece.width, piece.height)), where, _text_of(piece)[:40]]


def _rounded(value: float) -> float:
    return round(value, 1) + 0.0


def _text_of(piece: Piece) -> str:
    by_glyph = _characters()
    return "".join(
        by_glyph[re.sub(r"\d", "", name)].get(glyph, "?") for name, glyphs in shown_glyphs(piece.operators) for glyph in glyphs
    )


@cache
def _characters() -> dict[str, dict[int, str]]:
    """By the name of a face: its glyphs and what they stand for, blanks first."""
    fonts = bench().desk("standard", "a4", None).fonts
    return {
        face.key: {glyph: chr(char) for char, glyph in sorted(face.glyphs.items(), reverse=True)}
        for face in (*fonts.regular, *fonts.bold)
    }


def write(golden: Golden, folder: Path) -> list[str]:
    """Keep the three levels in a folder; returns what changed."""
    changed = compare(golden, folder, failures=None)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name not in _names(golden):
            old.unlink()
    (folder / LAYOUT).write_text(golden.layout, encoding="utf-8")
    (folder / TEXT).write_text(golden.text, encoding="utf-8")
    for number, picture in enumerate(golden.pictures, start=1):
        path = folder / _picture(number)
        if not path.exists() or not _same(picture, path):
            _save(picture, path)
    return changed


def compare(golden: Golden, folder: Path, *, failures: Path | None) -> list[str]:
    """How a handout differs from what is kept, a line a difference; both sides are left in `failures`."""
    found = []
    kept = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    found += [f"{folder.name}/{name} is missing: add it with --update-golden" for name in sorted(_names(golden) - kept)]
    found += [f"{folder.name}/{name} is of a page that is gone" for name in sorted(kept - _names(golden))]
    for name, actual in ((LAYOUT, golden.layout), (TEXT, golden.text)):
        if name in kept:
            expected = (folder / name).read_text(encoding="utf-8")
            if expected != actual:
                found.append(f"{folder.name}/{name}: {_first_difference(expected, actual)}")
                if failures is not None:
                    (failures / f"{folder.name}-actual-{name}").write_text(actual, encoding="utf-8")
                    (failures / f"{folder.name}-expected-{name}").write_text(expected, encoding="utf-8")
    for number, picture in enumerate(golden.pictures, start=1):
        path = folder / _picture(number)
        if path.name in kept:
            found += _compare_pictures(picture, path, failures)
    return found


def _compare_pictures(actual: Image.Image, path: Path, failures: Path | None) -> list[str]:
    with Image.open(path) as opened:
        expected = opened.convert("RGB")
    kept = _kept(actual)
    if kept.size != expected.size:
        difference = f"is {kept.size[0]} × {kept.size[1]}, not {expected.size[0]} × {expected.size[1]} pixels"
    else:
        tile = worst_tile(expected, kept)
        if tile.same:
            return []
        difference = f"{tile.differing} pixels differ in the tile at ({tile.left}, {tile.top})"
    if failures is not None:
        stem = f"{path.parent.name}-{path.stem}"
        kept.save(failures / f"{stem}-actual.png")
        expected.save(failures / f"{stem}-expected.png")
        show_difference(expected, kept).save(failures / f"{stem}-diff.png")
    return [f"{path.parent.name}/{path.name}: {difference}"]


def _kept(picture: Image.Image) -> Image.Image:
    """The picture as it is kept: 16 steps a channel, a third of the size; a step is more than the comparer overlooks."""
    return picture.point([(value + 8) // 17 * 17 for value in range(256)] * 3)


def _save(picture: Image.Image, path: Path) -> None:
    """Save as a palette picture where that loses no colour."""
    kept = _kept(picture)
    by_palette = kept.quantize(256, dither=Image.Dither.NONE)
    exact = not any(low or high for low, high in ImageChops.difference(by_palette.convert("RGB"), kept).getextrema())
    (by_palette if exact else kept).save(path, optimize=True)


def _same(picture: Image.Image, path: Path) -> bool:
    return not _compare_pictures(picture, path, None)


def _first_difference(expected: str, actual: str) -> str:
    before, after = expected.splitlines(), actual.splitlines()
    for number, (old, new) in enumerate(zip(before, after, strict=False), start=1):
        if old != new:
            at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
            start = max(0, at - 30)
            return f"line {number}: {old[start : at + 60]!r} became {new[start : at + 60]!r}"
    return f"{len(before)} lines became {len(after)}"


def _names(golden: Golden) -> set[str]:
    return {LAYOUT, TEXT, *(_picture(number) for number in range(1, len(golden.pictures) + 1))}


def _picture(number: int) -> str:
    return f"page-{number}.png"
