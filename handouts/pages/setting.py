"""Setting text: runs of regular and bold words become lines of placed runs. The one seam to ReportLab's line breaking."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from handouts.nouns import dataclass
from handouts.pages.fonts import Face, Fonts, Word

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus.paraparser import ParaFrag

_HUGE = 1e6


class TooNarrowError(ValueError):
    """A column is too narrow to set words in."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one weight; never markup."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face on one line."""

    face: Face
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One set line; `last` lines end a paragraph."""

    runs: tuple[Run, ...]
    width: float
    last: bool


def set_text(spans: Sequence[Span], fonts: Fonts, size: float, width: float) -> tuple[Line, ...]:
    """Break the spans into lines no wider than `width` points at `size` points; a longer word is broken where it must.

    Raises:
        MissingGlyphError: a character that no face has.
        TooNarrowError: there is no width.

    """
    if width <= 0:
        raise TooNarrowError
    lines = _break_plain(spans, fonts, size, width)
    return _break_any(spans, fonts, size, width) if lines is None else lines


def _break_plain(spans: Sequence[Span], fonts: Fonts, size: float, width: float) -> tuple[Line, ...] | None:
    """The lines of usual text, filled one after the other; None where there is more to it than single blanks between words.

    Why not always by ReportLab: it takes five times as long, most of the time of a handout. It counts as ReportLab counts, to
    the last bit, and a test compares the two.
    """
    words: list[Word] = []
    for number, span in enumerate(spans, start=1):
        texts = span.text.split(" ")
        if not texts[-1]:
            texts.pop()
        elif number < len(spans):  # the next span goes on in the same word
            return None
        words += [fonts.word(text, bold=span.bold) for text in texts]
    lines: list[list[Word]] = []
    scale, reached = 0.001 * size, width
    for word in words:
        own = word.units * scale
        if not own or own > width or not word.whole:
            return None
        reached += own
        if lines and reached <= width:
            lines[-1].append(word)
        else:
            lines.append([word])
            reached = own
        reached += word.blank * scale
    return tuple([_finish_line(line, size, last=line is lines[-1]) for line in lines])


def _finish_line(words: Sequence[Word], size: float, *, last: bool) -> Line:
    """The words of one line, neighbours of one face in one run, and how wide they are."""
    face = words[0].face
    if len({id(word.face) for word in words}) == 1:
        units = sum([word.units for word in words]) + words[0].blank * (len(words) - 1)
        return Line((Run(face, " ".join([word.text for word in words])),), units * size / 1000, last)
    runs = tuple(Run(face, " ".join([word.text for word in same]) + " ") for face, same in groupby(words, key=attrgetter("face")))
    runs = (*runs[:-1], Run(runs[-1].face, runs[-1].text[:-1]))
    return Line(runs, sum([run.face.width(run.text, size) for run in runs]), last)


def _break_any(spans: Sequence[Span], fonts: Fonts, size: float, width: float) -> tuple[Line, ...]:
    """The lines as ReportLab breaks them."""
    from reportlab.platypus.paragraph import Paragraph
    from reportlab.platypus.paraparser import ParaFrag

    frags = [
        ParaFrag(fontName=face.registered, fontSize=size, text=text, textColor=None, rise=0, face=face)
        for face, text in _assign_faces(spans, fonts)
    ]
    if not frags:
        return ()
    paragraph = Paragraph("", _style(size), frags=frags)
    paragraph.wrap(width, _HUGE)
    broken = paragraph.blPara
    lines: list[Line] = []
    for line in broken.lines:
        if broken.kind == 0:
            runs: tuple[Run, ...] = (Run(frags[0].face, " ".join(line[1])),)
        else:
            runs = _join(line.words)
        lines.append(Line(runs, sum(run.face.width(run.text, size) for run in runs), last=False))
    if lines:
        lines[-1] = Line(lines[-1].runs, lines[-1].width, last=True)
    return tuple(lines)


def share_out(lines: Sequence[Line], parts: Sequence[str]) -> list[list[tuple[int, tuple[Run, ...]]]]:
    """For each of the lines that the parts, set as one paragraph, were broken into: what of which part (its number) is on it.

    Blanks and soft hyphens are no landmarks, for some are lost where a line ends; one between two parts belongs to the first.
    """
    counts = [sum(not _may_be_lost(character) for character in part) for part in parts]
    part, left = 0, counts[0] if counts else 0
    shared: list[list[tuple[int, tuple[Run, ...]]]] = []
    for line in lines:
        found: list[tuple[int, list[Run]]] = []
        for run in line.runs:
            start = 0
            for end, character in enumerate(run.text):
                if _may_be_lost(character):
                    continue
                if not left:
                    found = _add_run(found, part, run, start, end)
                    start = end
                    while not left:
                        part += 1
                        left = counts[part]
                left -= 1
            found = _add_run(found, part, run, start, len(run.text))
        shared.append([(number, tuple(runs)) for number, runs in found])
    return shared


def _may_be_lost(character: str) -> bool:
    return character.isspace() or character == "\u00ad"


def _add_run(found: list[tuple[int, list[Run]]], part: int, run: Run, start: int, end: int) -> list[tuple[int, list[Run]]]:
    if start == end:
        return found
    piece = Run(run.face, run.text[start:end])
    if found and found[-1][0] == part:
        return [*found[:-1], (part, [*found[-1][1], piece])]
    return [*found, (part, [piece])]


@cache
def _style(size: float) -> ParagraphStyle:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(f"size-{size:g}", fontSize=size, leading=size, splitLongWords=1, spaceShrinkage=0)


def measure(text: str, fonts: Fonts, size: float, *, bold: bool = False) -> float:
    """Width in points of the text on one line."""
    words = [fonts.word(each, bold=bold) for each in text.split(" ")]
    return (sum([word.units + word.blank for word in words]) - words[-1].blank) * size / 1000


def _assign_faces(spans: Sequence[Span], fonts: Fonts) -> list[tuple[Face, str]]:
    """Word by word the face that has the whole word; neighbours of one face are joined."""
    parts: list[tuple[Face, str]] = []
    for span in spans:
        for word in _words_with_spaces(span.text):
            face = fonts.word(word.rstrip(" "), bold=span.bold).face
            if parts and parts[-1][0] is face:
                parts[-1] = (face, parts[-1][1] + word)
            else:
                parts.append((face, word))
    return parts


def _words_with_spaces(text: str) -> list[str]:
    words = text.split(" ")
    return [word + " " for word in words[:-1]] + ([words[-1]] if words[-1] else [])


def _join(words: Sequence[ParaFrag]) -> tuple[Run, ...]:
    """The words of one line, neighbours of one face in one run, without the blank at the end of the line."""
    runs: list[Run] = []
    for word in words:
        if runs and runs[-1].face is word.face:
            runs[-1] = Run(word.face, runs[-1].text + word.text)
        else:
            runs.append(Run(word.face, word.text))
    while runs and not runs[-1].text.rstrip(" "):
        runs.pop()
    if runs:
        runs[-1] = Run(runs[-1].face, runs[-1].text.rstrip(" "))
    return tuple(runs)
