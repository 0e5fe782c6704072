"""What lies under text and lines, from a page rendered without its text: contrast in colour and in grey, and what is covered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

from PIL import Image, ImageChops

from handouts.looks import as_grey
from handouts.looks import contrast as contrast_of
from handouts.measured import Box, Line, Picture, Run

_SHARE = 0.1  # a ground counts from this part of the place on
_AROUND = 2  # pixels
_DARK = 0.02  # the darkest part of a picture that is taken for its lines
_SEEN = [0] * 12 + [255] * 244  # fewer than 12 steps of 255 are nothing to the eye


contrast = cache(contrast_of)  # a page has few colours, and many places


class Grounds:
    """Looks at one page; `scale` is pixels a point."""

    def __init__(self, *, ground: Image.Image, full: Image.Image, scale: float) -> None:
        self._ground, self._full, self._scale = ground, full, scale
        self._changed = ImageChops.difference(ground, full).convert("L").point(_SEEN)  # where the text is

    def judge_run(self, run: Run) -> Run:
        """The run with its contrast and the part of it that is seen."""
        place = self._pixels(run.box)
        if place is None:
            return run
        under = self._ground.crop(place)
        colours = _main_colours(under)
        ratio = min(contrast(run.colour, each) for each in colours)
        grey = min(contrast(as_grey(run.colour), as_grey(each)) for each in colours)
        return replace(run, contrast=(ratio, grey), seen=self._seen(place) if ratio > 1.2 else 1.0)

    def _seen(self, place: tuple[int, int, int, int]) -> float:
        changed = self._changed.crop(place)
        box = changed.getbbox()
        if box is None:
            return 0.0
        across, down = (box[2] - box[0]) / changed.width, (box[3] - box[1]) / changed.height
        return min(across if changed.width > 8 else 1.0, down if changed.height > 8 else 1.0)

    def judge_line(self, line: Line) -> Line:
        """The line with its contrast: with the colour most of what is around it has."""
        box = line.box
        if box.width > 8 and box.height > 8:  # a box: its upper edge
            box = Box(left=box.left, right=box.right, bottom=box.top - line.width, top=box.top)
        place = self._pixels(box, around=_AROUND)
        if place is None:
            return line
        near = _counted(self._ground.crop(place))
        own = _channels(line.colour)
        others = [colour for colour, _ in near.most_common(4) if max(abs(a - b) for a, b in zip(colour, own, strict=True)) > 6]
        ground = _hex(others[0]) if others else line.colour
        return replace(line, contrast=(contrast(line.colour, ground), contrast(as_grey(line.colour), as_grey(ground))))

    def judge_picture(self, picture: Picture) -> Picture:
        """The picture with the contrast of its darkest part and the paper; photos are left out."""
        place = self._pixels(picture.box)
        if picture.dots or place is None:
            return picture
        if picture.ink is not None:
            return replace(picture, contrast=(contrast(picture.ink, "#ffffff"), contrast(as_grey(picture.ink), "#ffffff")))
        crop = self._full.crop(place)
        darkest, count = 0, 0
        grey = crop.convert("L").histogram()
        for level, pixels in enumerate(grey):
            count += pixels
            if count >= _DARK * crop.width * crop.height:
                darkest = level
                break
        ratio = contrast(f"#{darkest:02x}{darkest:02x}{darkest:02x}", "#ffffff")
        return replace(picture, contrast=(ratio, ratio))

    def _pixels(self, box: Box, *, around: int = 0) -> tuple[int, int, int, int] | None:
        """The place in the picture; None where it is out of it."""
        height, scale = self._ground.height, self._scale
        left, right = int(box.left * scale) - around, int(box.right * scale + 0.999) + around
        top, bottom = int(height - box.top * scale) - around, int(height - box.bottom * scale + 0.999) + around
        left, top = max(0, left), max(0, top)
        right, bottom = min(self._ground.width, right), min(height, bottom)
        return (left, top, right, bottom) if right > left and bottom > top else None


def _main_colours(picture: Image.Image) -> list[str]:
    """The colours that cover a tenth or more; of a picture with none, its middle dark and light."""
    counted = _counted(picture)
    total = picture.width * picture.height
    main = [colour for colour, count in counted.items() if count >= _SHARE * total]
    if not main:
        ordered = sorted(counted.elements(), key=sum)
        main = [ordered[len(ordered) // 10], ordered[len(ordered) * 9 // 10]]
    return [_hex(colour) for colour in main]


def _counted(picture: Image.Image) -> Counter[tuple[int, int, int]]:
    counted: Counter[tuple[int, int, int]] = Counter()
    colours: Any = picture.getcolors(maxcolors=picture.width * picture.height)
    for count, colour in colours or ():
        counted[colour] += count
    return counted


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{each:02x}" for each in colour)
