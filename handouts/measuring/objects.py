"""The objects of a page as PDFium lists them: text, lines and pictures with their places, before anything is rendered."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any

import pypdfium2.raw as pdfium

from handouts.looks import contrast
from handouts.measured import Box, Font, Line, Picture, Run
from handouts.measuring.allowance import Allowance, TooMuchError
from handouts.measuring.geometry import IDENTITY, Matrix, is_level, joined, joint_box, leans, moved, placed, rises, scales
from handouts.nouns import dataclass

MOST_OBJECTS = 60_000
_LOOK_EVERY = 50  # objects, until the time is looked at
_TO_READ = 0.5  # the part of the time in which they are read: to render and judge them takes as long
_DEEPEST = 8
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_INVISIBLE = 3  # the render mode of text that is only to be searched
_MOST_CLIPS, _MOST_POINTS = 4, 64
_LONGEST = 4_000  # characters of one run
_THIN = 2.0  # points: a filled shape not wider is a line
_FEWEST_PATHS = 8  # a form with as many and no text is a picture
_PAPER, _DARK = "#ffffff", 3.0
_ITALIC, _BOLD = 1 << 6, 1 << 18  # flags of a font descriptor


@dataclass(slots=True, kw_only=True)
class Found:
    """What a page draws; `texts` are the text objects, to be hidden when what lies under them is looked at."""

    runs: list[Run] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    texts: list[Any] = field(default_factory=list)
    invisible: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What holds for an object: the matrix of what it is drawn in, and the marks around it."""

    matrix: Matrix
    depth: int = 0
    tag: str | None = None
    mark: int | None = None
    figure: bool = False


class ObjectReader:
    """Reads the objects of one page."""

    def __init__(self, page: Any, text_page: Any, view: Matrix, allowance: Allowance) -> None:
        self._page, self._text_page, self._view = page, text_page, view
        self._allowance = allowance
        self._floats = tuple(ctypes.c_float() for _ in range(4))
        self._letters = (ctypes.c_ushort * _LONGEST)()
        self._fonts: dict[int, Font] = {}
        self._count = 0
        self._figures: dict[int, tuple[list[Box], list[tuple[float, str]], bool]] = {}

    def read(self) -> Found:
        """Return all objects. Raises TooMuchError."""
        found = Found()
        around = _Around(matrix=self._view)
        for number in range(pdfium.FPDFPage_CountObjects(self._page)):
            self._visit(pdfium.FPDFPage_GetObject(self._page, number), around, found)
        for mark, (boxes, lines, dots) in self._figures.items():
            width, ink = _main_line(lines)
            found.pictures.append(Picture(box=joint_box(boxes), dots=dots and not lines, line=width, ink=ink, mark=mark))
        return found

    def _count_one(self) -> None:
        self._count += 1
        if self._count > MOST_OBJECTS:
            raise TooMuchError
        if self._count % _LOOK_EVERY == 0:
            self._allowance.check(_TO_READ)

    def _visit(self, item: Any, around: _Around, found: Found) -> None:
        self._count_one()
        around = self._marked(item, around)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == _TEXT:
            self._read_text(item, around, found)
        elif around.figure and around.mark is not None:
            self._add_to_figure(item, kind, around)
        elif kind == _PATH:
            self._read_path(item, around, found)
        elif kind == _IMAGE:
            found.pictures.append(Picture(box=self._box(item, around.matrix), dots=True, artifact=around.tag == "Artifact"))
        elif kind == _FORM and around.depth < _DEEPEST:
            self._read_form(item, around, found)

    def _read_form(self, item: Any, around: _Around, found: Found) -> None:
        inner = self._inside(item, around)
        kids = list(_kids(item))
        kinds = [pdfium.FPDFPageObj_GetType(kid) for kid in kids]
        if _TEXT not in kinds and _FORM not in kinds and len(kids) >= _FEWEST_PATHS:
            lines = [line for kid in kids for line in self._inner_lines(kid, inner.matrix, inner.depth)]
            box = self._box(item, around.matrix)
            width, ink = _main_line(lines)
            found.pictures.append(
                Picture(box=box, dots=False, line=width, ink=ink, mark=around.mark, artifact=around.tag == "Artifact")
            )
            return
        for kid in kids:
            self._visit(kid, inner, found)

    def _add_to_figure(self, item: Any, kind: int, around: _Around) -> None:
        boxes, lines, dots = self._figures.setdefault(around.mark or 0, ([], [], True))
        boxes.append(self._box(item, around.matrix))
        lines += self._inner_lines(item, around.matrix, around.depth)
        self._figures[around.mark or 0] = (boxes, lines, dots and kind == _IMAGE)

    def _inner_lines(self, item: Any, matrix: Matrix, depth: int) -> Iterator[tuple[float, str]]:
        """The widths in points and the colours of all lines in an object that can be told from paper."""
        self._count_one()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == _PATH:
            _, stroked = _drawn(item)
            colour = _colour(item, pdfium.FPDFPageObj_GetStrokeColor) if stroked else None
            if colour and contrast(colour, _PAPER) >= _DARK and (width := self._stroke_width(item, matrix)) > 0:
                yield width, colour
        elif kind == _FORM and depth < _DEEPEST:
            inner = joined(_matrix(item), matrix)
            for kid in _kids(item):
                yield from self._inner_lines(kid, inner, depth + 1)

    def _inside(self, item: Any, around: _Around) -> _Around:
        return _Around(
            matrix=joined(_matrix(item), around.matrix),
            depth=around.depth + 1,
            tag=around.tag,
            mark=around.mark,
            figure=around.figure,
        )

    def _marked(self, item: Any, around: _Around) -> _Around:
        count = pdfium.FPDFPageObj_CountMarks(item)
        if count < 1:
            return around
        tag, figure = around.tag, around.figure
        for number in range(count):
            mark = pdfium.FPDFPageObj_GetMark(item, number)
            tag = self._words(pdfium.FPDFPageObjMark_GetName, mark) or tag
            figure = figure or tag == "Figure"
        mark_id = pdfium.FPDFPageObj_GetMarkedContentID(item)
        own = mark_id if mark_id >= 0 else around.mark
        return _Around(matrix=around.matrix, depth=around.depth, tag=tag, mark=own, figure=figure)

    def _words(self, ask: Any, *about: Any) -> str:
        length = ctypes.c_ulong()
        if not ask(*about, self._letters, 2 * _LONGEST, length):
            return ""
        return self._decoded(length.value)

    def _decoded(self, length: int) -> str:
        """The words in the buffer; PDFium counts bytes, with two for the end."""
        return ctypes.string_at(self._letters, max(0, min(length, 2 * _LONGEST) - 2)).decode("utf-16-le", "replace")

    def _read_text(self, item: Any, around: _Around, found: Found) -> None:
        found.texts.append(item)
        length = pdfium.FPDFTextObj_GetText(item, self._text_page, self._letters, 2 * _LONGEST)
        text = self._decoded(length)
        if not text.strip():
            return
        if pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE:
            found.invisible += 1
            return
        matrix = joined(_matrix(item), around.matrix)
        size = self._floats[0]
        pdfium.FPDFTextObj_GetFontSize(item, size)
        font = self._font(pdfium.FPDFTextObj_GetFont(item))
        if leans(matrix) and not font.italic:
            font = Font(name=font.name, bold=font.bold, italic=True)
        found.runs.append(
            Run(
                text=text,
                baseline=moved(0, 0, matrix)[1],
                size=abs(size.value) * rises(matrix),
                font=font,
                box=self._box(item, around.matrix),
                colour=_colour(item, pdfium.FPDFPageObj_GetFillColor) or "#000000",
                level=is_level(matrix),
                tag="Figure" if around.figure else around.tag,
                mark=around.mark,
                sheet=around.depth > 0,
            )
        )

    def _font(self, font: Any) -> Font:
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")
            flags, angle = pdfium.FPDFFont_GetFlags(font), ctypes.c_int()
            slanted = bool(pdfium.FPDFFont_GetItalicAngle(font, angle)) and angle.value < -2
            lower = name.lower()
            italic = flags & _ITALIC or slanted or "italic" in lower or "oblique" in lower
            bold = flags & _BOLD or "bold" in lower or "black" in lower
            self._fonts[key] = Font(name=name, bold=bool(bold), italic=bool(italic))
        return self._fonts[key]

    def _read_path(self, item: Any, around: _Around, found: Found) -> None:
        filled, stroked = _drawn(item)
        box = self._box(item, around.matrix)
        stroke = _colour(item, pdfium.FPDFPageObj_GetStrokeColor) if stroked else None
        fill = _colour(item, pdfium.FPDFPageObj_GetFillColor) if filled else None
        if stroke:
            width = self._stroke_width(item, around.matrix)
            found.lines.append(Line(box=box, width=width, colour=stroke, sheet=around.depth > 0))
        elif fill and min(box.width, box.height) <= _THIN:
            found.lines.append(Line(box=box, width=min(box.width, box.height), colour=fill, sheet=around.depth > 0))

    def _stroke_width(self, item: Any, matrix: Matrix) -> float:
        width = self._floats[0]
        pdfium.FPDFPageObj_GetStrokeWidth(item, width)
        return float(width.value) * scales(joined(_matrix(item), matrix))

    def _box(self, item: Any, matrix: Matrix) -> Box:
        """What is seen of an object: its bounds, cut by its clip."""
        left, bottom, right, top = self._floats
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return placed(Box(left=0, bottom=0, right=0, top=0), matrix)
        box = Box(left=left.value, bottom=bottom.value, right=right.value, top=top.value)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == _FORM and (parts := self._parts(item)):
            box = _cut(box, [joint_box(parts)])
        if kind != _TEXT:
            box = _cut(box, self._clip(item))
        return placed(box, matrix)

    def _parts(self, form: Any) -> list[Box]:
        """What is seen of each part of a form without forms in it; its own bounds go beyond the frame that parts are cut by."""
        kids = list(_kids(form))
        if any(pdfium.FPDFPageObj_GetType(kid) == _FORM for kid in kids):
            return []
        return [self._box(kid, _matrix(form)) for kid in kids]

    def _clip(self, item: Any) -> Iterator[Box]:
        """The boxes around the paths an object is cut by; of text, what is cut off is found by looking."""
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        x, y, *_ = self._floats
        for number in range(min(_MOST_CLIPS, max(0, pdfium.FPDFClipPath_CountPaths(clip))) if clip else 0):
            points = []
            for each in range(min(_MOST_POINTS, max(0, pdfium.FPDFClipPath_CountPathSegments(clip, number)))):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, number, each)
                if segment and pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                    points.append((x.value, y.value))
            if len(points) > 2:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                yield Box(left=min(xs), bottom=min(ys), right=max(xs), top=max(ys))


def _cut(box: Box, clips: Iterable[Box]) -> Box:
    for clip in clips:
        left, bottom = max(box.left, clip.left), max(box.bottom, clip.bottom)
        right, top = max(left, min(box.right, clip.right)), max(bottom, min(box.top, clip.top))
        box = Box(left=left, bottom=bottom, right=right, top=top)
    return box


def _kids(form: Any) -> Iterator[Any]:
    return (pdfium.FPDFFormObj_GetObject(form, number) for number in range(max(0, pdfium.FPDFFormObj_CountObjects(form))))


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _main_line(lines: list[tuple[float, str]]) -> tuple[float | None, str | None]:
    return max(lines, default=(None, None), key=lambda line: line[0] or 0)


def _drawn(path: Any) -> tuple[bool, bool]:
    """Whether a path is filled, and whether its edge is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return fill.value != 0, stroke.value != 0


def _colour(item: Any, ask: Any) -> str | None:
    """A colour as "#rrggbb"; None where nothing can be seen of it."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(item, red, green, blue, alpha) or alpha.value < 8:
        return None
    part = alpha.value / 255
    channels = (round(255 - (255 - each.value) * part) for each in (red, green, blue))
    return "#" + "".join(f"{each:02x}" for each in channels)
