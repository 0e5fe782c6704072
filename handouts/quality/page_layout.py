"""Checks on how a finished page is laid out: whole exercises, nothing cut or covered, one order for eye and ear, page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handouts.measured import Box
from handouts.quality.judged import PdfInQuestion, SeenExercise
from handouts.quality.lines import TextBlock, TextLine, around
from handouts.quality.looks import is_large
from handouts.quality.page_flaws import inner_sheets
from handouts.quality.remarks import Check, Flaw, Severity
from handouts.routine import MOST_ADVISED

MOST_PAGES = 4
_OUTSIDE = 1.0  # points
_COVERED = 0.5  # a run of which less is seen is covered or cut
_DEEP = 0.45  # of a line's height: lines that share more overlap
_FIRST_BESIDE = 0.3  # of the narrower one: blocks that share more are in one column


_ICON, _BELOW = 30.0, 40.0
"""Points of a picture that says nothing, and between words and the picture below them."""


def find_split_exercises(subject: PdfInQuestion) -> Iterator[Flaw]:
    """L1: exercises that go on over the edge of a page, unless that page names them again."""
    for exercise in subject.exercises:
        pages = sorted({block.page for block in exercise.blocks})
        if len(pages) > 1 and not all(_names(subject, page, exercise.name) for page in pages[1:]):
            first = [block.box for block in exercise.blocks if block.page == pages[1]]
            message = f"the exercise goes on from page {pages[0]} to page {pages[1]} without its name"
            hint = "keep it on one page, or name it again"
            yield Flaw(message=message, hint=hint, at=(pages[1], exercise.name), page=pages[1], boxes=(around(first),))


def _names(subject: PdfInQuestion, page: int, name: str) -> bool:
    """Whether a page says a name in a heading, also in one that is said again for the eye only."""
    return any(name in block.text and len(block.text) < 2 * len(name) + 20 for block in subject.blocks[page - 1])


def find_outside(subject: PdfInQuestion) -> Iterator[Flaw]:
    """L2: text that leaves the page."""
    for page, sheet in inner_sheets(subject):
        boxes = tuple(
            run.box
            for run in sheet.runs
            if min(run.box.left, run.box.bottom, sheet.width - run.box.right, sheet.height - run.box.top) < -_OUTSIDE
        )
        if boxes:
            yield Flaw(message="text leaves the page", hint="set it in a smaller frame", at=(page,), page=page, boxes=boxes)


def find_covered(subject: PdfInQuestion) -> Iterator[Flaw]:
    """L2: text that something covers or cuts."""
    for page, sheet in inner_sheets(subject):
        boxes = tuple(run.box for run in sheet.runs if run.seen < _COVERED and run.tag != "Figure")
        if boxes:
            yield Flaw(message="text is covered or cut", hint="move what lies over it", at=(page,), page=page, boxes=boxes)


def find_overlaps(subject: PdfInQuestion) -> Iterator[Flaw]:
    """L2: lines of text that lie over each other."""
    for page, blocks in enumerate(subject.blocks, start=1):
        if page <= subject.covers:
            continue
        lines = sorted((line for block in blocks for line in block.lines), key=lambda line: -line.box.top)
        boxes = tuple(box for first, second in _overlapping(lines) for box in (first.box, second.box))
        if boxes:
            hint = "give each its own place"
            yield Flaw(message="lines of text lie over each other", hint=hint, at=(page,), page=page, boxes=boxes)


def _overlapping(lines: list[TextLine]) -> Iterator[tuple[TextLine, TextLine]]:
    for number, line in enumerate(lines):
        for other in lines[number + 1 :]:
            if other.box.top <= line.box.bottom:
                break  # sorted: all others are lower still
            across, down = line.box.shared(other.box)
            height = min(line.box.height, other.box.height)
            twice = line.text == other.text and abs(line.baseline - other.baseline) < 1  # drawn twice to look bold
            if across > 2 and down > _DEEP * height and not twice:
                yield line, other


def find_many_pages(subject: PdfInQuestion) -> Iterator[Flaw]:
    """L3: how much a patient gets, covers not counted."""
    pages = len(subject.pdf.pages) - subject.covers
    if pages > MOST_PAGES:
        message = f"{pages} pages, {MOST_PAGES} are advised"
        yield Flaw(message=message, hint="leave exercises out", found=pages, limit=MOST_PAGES, reason=_why_long(subject))


def _why_long(subject: PdfInQuestion) -> str | None:
    if is_large(subject.minimum):
        return "large type needs more pages"
    if subject.expected is None:
        return None
    shown = [exercise.page for exercise in subject.exercises]
    if subject.expected.reason:
        return subject.expected.reason
    if len(shown) > 1 and len(set(shown)) == len(shown):
        return "each exercise has a page of its own"
    if 0 < len(shown) <= MOST_ADVISED and len(subject.pdf.pages) - subject.covers <= len(shown) + 1:
        return f"its {len(shown)} exercises are not too many, and none is split or shrunk to save a page"
    return None


def find_many_exercises(subject: PdfInQuestion) -> Iterator[Flaw]:
    """L4: exercises on the pages, where no plan is known."""
    count = len({exercise.name for exercise in subject.exercises})
    if subject.expected is None and count > MOST_ADVISED:
        message = f"{count} exercises, {MOST_ADVISED} are advised"
        yield Flaw(message=message, hint="people do fewer exercises more often", found=count, limit=MOST_ADVISED)


def find_nameless_pages(subject: PdfInQuestion) -> Iterator[Flaw]:
    """L5: the patient, or the title, and the date at the foot of every page."""
    foot = subject.expected.foot if subject.expected else None
    for number, page in enumerate(subject.pdf.pages, start=1):
        if foot and number > subject.covers and _squeezed(foot) not in _squeezed(page.text):
            message = "the page does not say whose it is, and of which day"
            yield Flaw(message=message, hint="print it at the foot", at=(number,), page=number)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def find_wandering_order(subject: PdfInQuestion) -> Iterator[Flaw]:
    """A4: text that is read after what stands below or right of it."""
    for page, blocks in enumerate(subject.blocks, start=1):
        read = [
            block for block in blocks if not subject.is_furniture(block) and not (subject.pdf.elements and block.mark is None)
        ]
        back = tuple(later.box for earlier, later in pairwise(read) if _steps_back(earlier, later))
        if back and page > subject.covers:
            message = "it is read aloud in another order than it is seen"
            yield Flaw(message=message, hint="bring tags or content in order", at=(page,), page=page, boxes=back)


def _steps_back(earlier: TextBlock, later: TextBlock) -> bool:
    one, other = earlier.box, later.box
    across, down = one.shared(other)
    if down > 0.5 * min(one.height, other.height):
        return other.right < one.left and len(earlier.lines) == len(later.lines) == 1
    return other.bottom >= one.top - 1 and across > _FIRST_BESIDE * min(one.width, other.width)


def find_few_bookmarks(subject: PdfInQuestion) -> Iterator[Flaw]:
    """A5: a bookmark for each exercise, where there are bookmarks at all."""
    exercises = len({exercise.name for exercise in subject.exercises})
    if 0 < subject.pdf.bookmarks < exercises:
        message = f"{subject.pdf.bookmarks} bookmarks for {exercises} exercises"
        yield Flaw(message=message, hint="make one for each exercise", found=subject.pdf.bookmarks, limit=exercises)


def find_loose_text(subject: PdfInQuestion) -> Iterator[Flaw]:
    """A2: text that a tagged file leaves out of its tags."""
    if not subject.pdf.elements:
        return
    for page, sheet in inner_sheets(subject):
        boxes: tuple[Box, ...] = tuple(run.box for run in sheet.runs if run.tag is None)
        if boxes:
            yield Flaw(message="text without a tag", hint="tag it, or mark it as an artifact", at=(page,), page=page, boxes=boxes)


def find_missing_pictures(subject: PdfInQuestion) -> Iterator[Flaw]:
    """G1: a picture beside each exercise."""
    for exercise in subject.exercises:
        pages = sorted({block.page for block in exercise.blocks})
        sheets = [(page, sheet) for page in pages if (sheet := subject.pdf.pages[page - 1].sheet) is not None]
        if sheets and not any(_beside(exercise, page, picture.box) for page, sheet in sheets for picture in sheet.pictures):
            hint = "add a picture, with its caption"
            yield Flaw(message="no picture beside it", hint=hint, at=(exercise.page, exercise.name), page=exercise.page)


def _beside(exercise: SeenExercise, page: int, picture: Box) -> bool:
    """Whether a picture stands beside the words of an exercise on a page, or not far below them."""
    blocks = [block.box for block in exercise.blocks if block.page == page]
    middle, lowest = (picture.top + picture.bottom) / 2, min(box.bottom for box in blocks)
    inside = middle < max(box.top for box in blocks) and picture.top > lowest - _BELOW
    return inside and max(picture.width, picture.height) > _ICON


_E, _W = Severity.ERROR, Severity.WARNING
LAYOUT_CHECKS: tuple[Check[PdfInQuestion], ...] = (
    Check(
        id="L1",
        severity=_E,
        what="An exercise stays on one page, or is named again.",
        source="PEMAT-P item 8",
        find=find_split_exercises,
    ),
    Check(id="L2", severity=_E, what="No text leaves the page.", source="our own rule", find=find_outside),
    Check(id="L2", severity=_E, what="No text is covered or cut.", source="our own rule", find=find_covered),
    Check(id="L2", severity=_E, what="No lines of text lie over each other.", source="our own rule", find=find_overlaps),
    Check(
        id="L3",
        severity=_W,
        what="A handout has 4 pages at most, covers not counted.",
        source="our own default",
        find=find_many_pages,
    ),
    Check(
        id="L4",
        severity=_W,
        what="The pages show 5 exercises at most.",
        source="adherence studies: fewer exercises are done more often",
        find=find_many_exercises,
    ),
    Check(
        id="L5",
        severity=_E,
        what="Every page names the patient and the date of the plan.",
        source="loose sheets",
        find=find_nameless_pages,
    ),
    Check(
        id="A2",
        severity=_E,
        what="All text of a tagged file is in its tags.",
        source="PDF/UA-1 (ISO 14289-1)",
        find=find_loose_text,
    ),
    Check(
        id="A4", severity=_E, what="Text is read in the order it is seen.", source="WCAG 2.2, 1.3.2", find=find_wandering_order
    ),
    Check(
        id="A5", severity=_W, what="Every exercise on the pages has a bookmark.", source="long documents", find=find_few_bookmarks
    ),
    Check(
        id="G1",
        severity=_E,
        what="Every exercise on the pages has a picture.",
        source="PEMAT-P items 15 and 17",
        find=find_missing_pictures,
    ),
)
