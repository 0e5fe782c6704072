"""A finished PDF as the checks of the page look at it: its blocks of text, its exercises, its covers, and what it should say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from handouts.looks import Minimum
from handouts.measured import FinishedPdf, StructureElement
from handouts.nouns import dataclass
from handouts.quality.lines import TextBlock, gather_blocks
from handouts.quality.looks import PLAIN_MINIMUM
from handouts.quality.page_numbers import count_covers, page_of

_HEADING = re.compile(r"H[1-6]?$")
_NUMBERED = re.compile(r"(?:exercise\s*)?(\d{1,2})[.):]?\s+(?=\D)(.{2,60})$", re.IGNORECASE)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATED = re.compile(rf"\b(?:19|20)\d\d\b|^week \d|^\d{{1,2}}\.? (?:{_MONTHS})[a-z]*\b", re.IGNORECASE)
_ENGLISH = frozenset(["the", "a", "and", "to", "of", "your", "you", "in", "or", "on", "for", "is", "with", "it", "if", "do"])
_LARGER = 1.15  # of the usual size: a heading where no tag says so
_LONGEST_HEADING = 70  # characters
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$")
"""A language as BCP 47 writes it; nothing is told by what is none."""
_EDGE = 0.12  # of the height of a page: where heads and feet are
_SAME_HEIGHT = 9.0  # points between the lower edges of what runs along pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a PDF made from a request should say; names and dates as they are printed."""

    exercises: tuple[str, ...]
    foot: str | None = None  # who and when, on every page
    patient: str | None = None
    alarms: tuple[str, ...] = ()  # headings of the emergency box, one of them is printed
    reason: str | None = None  # why it is longer than advised
    exempt: bool = False  # the patient's name in the name of the file was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenExercise:
    """An exercise found on the page: its name, and the blocks from its heading to the next one."""

    name: str
    blocks: tuple[TextBlock, ...]

    @property
    def page(self) -> int:
        """The page it begins on, from 1."""
        return self.blocks[0].page

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfInQuestion:
    """A measured PDF with what it is held to. `covers`: pages before the first numbered one. `english`: or nobody knows.

    `folded`: its pages are sheets with the small pages of a booklet, turned and out of order. `usual`: the size most letters
    have, in points. `running`: page and lower edge of all blocks by what they say without its numbers.
    """

    pdf: FinishedPdf
    minimum: Minimum
    blocks: tuple[tuple[TextBlock, ...], ...]  # of each page
    exercises: tuple[SeenExercise, ...]
    covers: int
    usual: float
    running: Mapping[str, Sequence[tuple[int, float]]]
    english: bool
    name: str | None = None  # of the file, without folder
    expected: Expected | None = None
    folded: bool = False

    @property
    def inner(self) -> Iterator[TextBlock]:
        """All blocks but those of covers and feet, in the order of the file."""
        for blocks in self.blocks[self.covers :]:
            yield from (block for block in blocks if not self.is_furniture(block))

    def is_furniture(self, block: TextBlock) -> bool:
        """Whether a block is the head or foot of a page: marked so, or near an edge and said on other pages too."""
        if block.furniture or block.lines[0].runs[0].element is not None:
            return block.furniture
        sheet = self.pdf.pages[block.page - 1].sheet
        if sheet is None or _EDGE < (block.box.bottom + block.box.top) / 2 / sheet.height < 1 - _EDGE:
            return False
        return page_of(block.text) is not None or any(
            page != block.page and abs(bottom - block.box.bottom) < _SAME_HEIGHT
            for page, bottom in self.running[_without_numbers(block.text)]
        )

    def is_heading(self, block: TextBlock) -> bool:
        """Whether a block is a heading: by its tag, or where there is none by its size."""
        if block.tag is not None:
            return _HEADING.match(block.tag) is not None
        return _stands_out(block, self.usual)


def question(
    pdf: FinishedPdf,
    *,
    minimum: Minimum = PLAIN_MINIMUM,
    name: str | None = None,
    expected: Expected | None = None,
    folded: bool = False,
) -> PdfInQuestion:
    """Return a PDF ready to be judged."""
    blocks = gather_blocks(pdf)
    texts = [page.text for page in pdf.pages]
    covers = count_covers(pdf)
    names = expected.exercises if expected else ()
    running: dict[str, list[tuple[int, float]]] = {}
    for block in (block for each in blocks for block in each):
        running.setdefault(_without_numbers(block.text), []).append((block.page, block.box.bottom))
    return PdfInQuestion(
        pdf=pdf,
        minimum=minimum,
        blocks=blocks,
        exercises=tuple(_find_exercises(blocks[covers:], names, pdf.elements)),
        covers=covers,
        usual=usual_size(blocks),
        running=running,
        english=_is_english(pdf.lang, texts),
        name=name,
        expected=expected,
        folded=folded,
    )


def usual_size(pages: Sequence[Sequence[TextBlock]]) -> float:
    """Return the size most letters have, in points."""
    counted: dict[float, int] = {}
    for blocks in pages:
        for block in blocks:
            size = round(block.size, 1)
            counted[size] = counted.get(size, 0) + len(block.text)
    return max(counted, key=lambda size: counted[size], default=0.0)


def _stands_out(block: TextBlock, usual: float) -> bool:
    bold = len(block.lines) == 1 and block.size >= usual - 0.1 and all(run.font.bold for run in block.lines[0].runs)
    return (block.size >= _LARGER * usual or bold) and len(block.text) <= _LONGEST_HEADING


def _find_exercises(
    pages: Sequence[Sequence[TextBlock]], names: Collection[str], elements: Sequence[StructureElement]
) -> Iterator[SeenExercise]:
    """By the names a plan gives, else by numbered headings; each ends with its section, or where the next heading begins."""
    usual = usual_size(pages)
    everything = [block for blocks in pages for block in blocks if not block.furniture]
    gathered: list[TextBlock] = []
    name, rank, after_number = "", "", False
    section: int | None = None
    for block in everything:
        heading = _HEADING.match(block.tag) is not None if block.tag else _stands_out(block, usual)
        found = _exercise_name(block.text, names, after_number=after_number) if heading else None
        after_number = heading and block.text.strip(".)").isdigit()
        left = bool(gathered) and not _is_within(block, section, elements)
        if found is not None or left or (gathered and heading and not after_number and (block.tag or "") <= rank):
            if gathered:
                yield SeenExercise(name=name, blocks=tuple(gathered))
            gathered = []
        if found is not None:
            name, rank, section = found, block.tag or "", _section_of(block, elements)
        if found is not None or (gathered and not after_number):
            gathered.append(block)
    if gathered:
        yield SeenExercise(name=name, blocks=tuple(gathered))


def _section_of(block: TextBlock, elements: Sequence[StructureElement]) -> int | None:
    """The section a heading opens, where there is one."""
    own = block.lines[0].runs[0].element
    parent = elements[own].parent if own is not None else None
    return parent if parent is not None and elements[parent].tag in ("Sect", "Art") else None


def _is_within(block: TextBlock, section: int | None, elements: Sequence[StructureElement]) -> bool:
    if section is None:
        return True
    at = block.lines[0].runs[0].element
    while at is not None and at != section:
        at = elements[at].parent
    return at == section


def _exercise_name(text: str, names: Collection[str], *, after_number: bool) -> str | None:
    numbered = _NUMBERED.match(text)
    said = numbered.group(2) if numbered and not _DATED.search(text) else text
    numbered = numbered if said is not text else None
    if names:
        return next((name for name in names if said == name or said.startswith(f"{name} (")), None)
    return said if numbered or after_number else None


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _is_english(lang: str | None, texts: Sequence[str]) -> bool:
    if lang and LANGUAGE.match(lang):
        return lang.lower().split("-")[0] == "en"
    words = re.findall(r"[a-z']+", " ".join(texts).lower())[:5_000]
    return len(words) >= 20 and sum(word in _ENGLISH for word in words) / len(words) > 0.1
