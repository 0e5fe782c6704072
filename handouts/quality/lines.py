"""Lines and blocks of text on a finished page, put together from what is drawn, in the order of its tags, else of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handouts.measured import Box, FinishedPdf, Font, Run
from handouts.nouns import dataclass

_LABEL = re.compile(r"\(?\d{1,2}[.)]\s|[•◦▪‣·*–-]\s")  # a list item begins
_SAME_BASELINE = 0.3  # of the size
_WORD_GAP, _CELL_GAP = 0.15, 1.0  # of the size
_NEXT_LINE = 2.0  # of the size: the greatest distance of lines that belong together
_SAME_SIZE = 0.6  # points
_FIRST_LINES = 3.0  # of the size: how far a line may begin from the one above it


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line of text; `size` of its largest letters, `page` from 1."""

    page: int
    text: str
    box: Box
    baseline: float
    size: float
    runs: tuple[Run, ...]

    @property
    def tag(self) -> str | None:
        """The mark around it."""
        return self.runs[0].tag

    @property
    def mark(self) -> int | None:
        """The number of its marked sequence."""
        return self.runs[0].mark

    @property
    def font(self) -> Font:
        """The font it begins in."""
        return self.runs[0].font


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """Lines that are read as one: a paragraph, a heading, a list item, a cell."""

    lines: tuple[TextLine, ...]

    @property
    def page(self) -> int:
        """The page it is on, from 1."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """All its words in one line."""
        return " ".join(" ".join(line.text for line in self.lines).split())

    @property
    def box(self) -> Box:
        """The place of all its lines."""
        return around([line.box for line in self.lines])

    @property
    def tag(self) -> str | None:
        """The mark around it."""
        return self.lines[0].tag

    @property
    def mark(self) -> int | None:
        """The number of its marked sequence."""
        return self.lines[0].mark

    @property
    def size(self) -> float:
        """The size of its largest letters in points."""
        return max(line.size for line in self.lines)

    @property
    def furniture(self) -> bool:
        """Whether a screen reader passes over it: the foot of a page, a letterhead."""
        return self.tag == "Artifact"


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around several; there is at least one."""
    return Box(
        left=min(box.left for box in boxes),
        bottom=min(box.bottom for box in boxes),
        right=max(box.right for box in boxes),
        top=max(box.top for box in boxes),
    )


def gather_blocks(pdf: FinishedPdf) -> tuple[tuple[TextBlock, ...], ...]:
    """Return the blocks of each page; a page that was not measured has none. Text inside pictures is left out."""
    pages = []
    for number, page in enumerate(pdf.pages, start=1):
        runs = [run for run in page.sheet.runs if run.level and run.tag != "Figure"] if page.sheet else []
        runs.sort(key=lambda run: (run.element is None, run.element or 0))  # in the order of the tags, where there are any
        pages.append(tuple(_blocks(list(_lines(runs, number)))))
    return tuple(pages)


def _lines(runs: Sequence[Run], page: int) -> Iterator[TextLine]:
    gathered: list[Run] = []
    for run in runs:
        if gathered and not _goes_on(gathered[-1], run):
            yield _line(gathered, page)
            gathered = []
        gathered.append(run)
    if gathered:
        yield _line(gathered, page)


def _goes_on(before: Run, run: Run) -> bool:
    size = max(before.size, run.size)
    gap = run.box.left - before.box.right
    return (
        before.tag == run.tag
        and _part(before) == _part(run)
        and abs(run.baseline - before.baseline) <= _SAME_BASELINE * size
        and -0.5 * size <= gap <= _CELL_GAP * size
    )


def _part(run: Run) -> tuple[str, int] | None:
    """What a run is a part of: an element, else a marked sequence."""
    if run.element is not None:
        return "element", run.element
    return None if run.mark is None else ("mark", run.mark)


def _line(runs: Sequence[Run], page: int) -> TextLine:
    words = ""
    for before, run in zip((None, *runs), runs, strict=False):
        gap = before is not None and run.box.left - before.box.right > _WORD_GAP * run.size
        words += (" " if gap and not words.endswith(" ") else "") + run.text
    largest = max(runs, key=lambda run: run.size)
    return TextLine(
        page=page,
        text=" ".join(words.split()),
        box=around([run.box for run in runs]),
        baseline=largest.baseline,
        size=largest.size,
        runs=tuple(runs),
    )


def _blocks(lines: Sequence[TextLine]) -> Iterator[TextBlock]:
    gathered: list[TextLine] = []
    for line in lines:
        if gathered and not _belongs(gathered[-1], line):
            yield TextBlock(lines=tuple(gathered))
            gathered = []
        gathered.append(line)
    if gathered:
        yield TextBlock(lines=tuple(gathered))


def _belongs(before: TextLine, line: TextLine) -> bool:
    if before.tag != line.tag or _part(before.runs[0]) != _part(line.runs[0]):
        return False
    down, across = before.baseline - line.baseline, before.box.shared(line.box)[0]
    size = max(before.size, line.size)
    if not 0.5 * size < down <= _NEXT_LINE * size or across <= 0:
        return False
    if _part(before.runs[0]) is not None:
        return True
    return (
        _LABEL.match(line.text) is None
        and abs(before.size - line.size) <= _SAME_SIZE
        and before.font.bold == line.font.bold
        and abs(before.box.left - line.box.left) <= _FIRST_LINES * size
    )
