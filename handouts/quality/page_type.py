"""Checks on the type of a finished page: sizes, leading, line length, slant, underlining, straight edges, hyphens, margins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from handouts.measured import Box, Run, Sheet
from handouts.quality.judged import PdfInQuestion
from handouts.quality.lines import TextBlock, TextLine
from handouts.quality.looks import HEADING_LARGE, TITLE_LARGE, is_large, least_leading, least_margin
from handouts.quality.page_flaws import LETTERHEAD, by_page, inner_sheets, is_letterhead, on_page
from handouts.quality.passages import CAPITALS
from handouts.quality.remarks import Check, Flaw, Severity

MM = 72 / 25.4
LONGEST_LINE = 70
HEADING_LEADING = 1.15  # few words in large letters hold together better
_RUNNING = 3  # lines: fewer are read without losing the place
_PARTS = frozenset(
    [
        "hand",
        "side",
        "well",
        "self",
        "full",
        "half",
        "non",
        "one",
        "two",
        "three",
        "five",
        "ten",
        "low",
        "high",
        "lower",
        "upper",
        "start",
    ]
)
_JUSTIFIED = 4  # lines with the same two edges
_SAME_EDGE = 6.0  # points
_SIZE_SLACK, _LEADING_SLACK, _MARGIN_SLACK = 0.05, 0.015, 0.5 * MM


def find_small_type(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T1: the smallest letters on each page."""
    if not is_large(subject.minimum):
        yield from _small_type(subject)


def find_small_large_print(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T2: the smallest letters of large print: captions, cells and feet too."""
    if is_large(subject.minimum):
        yield from _small_type(subject)


def _small_type(subject: PdfInQuestion) -> Iterator[Flaw]:
    limit = subject.minimum.type
    for page, sheet in inner_sheets(subject):
        for own in (False, True):
            small = [run for run in sheet.runs if run.size < limit - _SIZE_SLACK and is_letterhead(run) is own]
            if small:
                size = min(run.size for run in small)
                yield Flaw(
                    message=f"text of {size:.1f} pt, {limit:g} at least",
                    hint="set it larger, or say less",
                    at=(page,),
                    page=page,
                    boxes=tuple(run.box for run in small),
                    found=size,
                    limit=limit,
                    severity=Severity.WARNING if own else None,
                    reason=LETTERHEAD if own else None,
                )


def find_small_headings(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T3: headings beside what the edition promises; large print has 20 and 22 points."""
    large, least = is_large(subject.minimum), subject.minimum
    for block in subject.inner:
        if not subject.is_heading(block) or block.text.strip(".").isdigit():
            continue
        title = block.tag == "H1"
        promised, usual = (least.title, TITLE_LARGE) if title else (least.heading, HEADING_LARGE)
        limit = max(promised, usual if large else 0.0)
        if block.size < limit - _SIZE_SLACK:
            message = f"a heading of {block.size:.1f} pt, {limit:g} at least"
            yield on_page(block.page, [block], message, "set it larger", found=block.size, limit=limit)


def find_tight_lines(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T4: the distance of two lines of a passage as a multiple of the size."""
    usual = least_leading(subject.minimum)

    def closest(block: TextBlock) -> float:
        return min((_apart(a, b) for a, b in pairwise(block.lines)), default=9.9)

    def tight(block: TextBlock) -> bool:
        return closest(block) < (HEADING_LEADING if subject.is_heading(block) else usual) - _LEADING_SLACK

    for page, blocks in by_page(subject, tight):
        found = min(closest(block) for block in blocks)
        limit = HEADING_LEADING if all(subject.is_heading(block) for block in blocks) else least_leading(subject.minimum)
        yield _tight(page, blocks, found, limit)
    for page, pairs in _tight_items(subject):
        apart = min(_apart(first.lines[-1], second.lines[0]) for first, second in pairs)
        yield _tight(page, [block for pair in pairs for block in pair], apart, least_leading(subject.minimum))


def _tight(page: int, blocks: Iterable[TextBlock], found: float, limit: float) -> Flaw:
    message = f"lines {found:.2f} of their size apart, {limit:g} at least"
    return on_page(page, blocks, message, "give lines more room", found=found, limit=limit)


def _tight_items(subject: PdfInQuestion) -> Iterator[tuple[int, list[tuple[TextBlock, TextBlock]]]]:
    """Items of a list that follow each other closer than lines may."""
    found: dict[int, list[tuple[TextBlock, TextBlock]]] = {}
    for first, second in pairwise(subject.inner):
        last, next_ = first.lines[-1], second.lines[0]
        alike = abs(first.size - second.size) < _SIZE_SLACK and abs(last.box.left - next_.box.left) < _SAME_EDGE
        listed = {first.tag, second.tag} <= {None, "LBody"} and first.page == second.page
        if alike and listed and 0.5 < _apart(last, next_) < least_leading(subject.minimum) - _LEADING_SLACK:
            found.setdefault(first.page, []).append((first, second))
    yield from found.items()


def _apart(upper: TextLine, lower: TextLine) -> float:
    return (upper.baseline - lower.baseline) / max(upper.size, lower.size)


def find_long_lines(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T5: characters a line, in passages of three lines or more."""

    def longest(block: TextBlock) -> int:
        return max(len(line.text) for line in block.lines) if len(block.lines) >= _RUNNING else 0

    for page, blocks in by_page(subject, lambda block: longest(block) > LONGEST_LINE):
        found = max(longest(block) for block in blocks)
        message = f"a line of {found} characters, {LONGEST_LINE} at most"
        yield on_page(page, blocks, message, "set it in columns, or wider margins", found=found, limit=LONGEST_LINE)


def find_slanted(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T6: italic and slanted letters."""
    for page, sheet in inner_sheets(subject):
        boxes = tuple(run.box for run in sheet.runs if run.font.italic and not is_letterhead(run))
        if boxes:
            yield Flaw(message="slanted letters (italics)", hint="make it bold instead", at=(page,), page=page, boxes=boxes)


def find_underlined(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T6: lines right under words; those of links are left alone."""
    for page, sheet in inner_sheets(subject):
        flat = [line.box for line in sheet.lines if line.box.height <= 3 and line.box.width > 4 and not line.sheet]
        boxes = tuple(
            run.box for run in sheet.runs if run.level and run.tag != "Link" and any(_underlines(box, run) for box in flat)
        )
        if boxes:
            yield Flaw(message="underlined words", hint="make them bold instead", at=(page,), page=page, boxes=boxes)


def _underlines(line: Box, run: Run) -> bool:
    below = run.baseline - (line.bottom + line.top) / 2
    across, _ = line.shared(run.box)
    return -0.05 * run.size <= below <= 0.3 * run.size and across > 0.85 * run.box.width and line.width < 1.15 * run.box.width


def find_capitals(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T6: more than three words in a row in capitals."""
    for page, blocks in by_page(subject, lambda block: CAPITALS.search(block.text) is not None):
        yield on_page(page, blocks, "more than three words in a row in capitals", "write small letters")


def find_justified(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T7: passages with two straight edges."""
    for page, blocks in by_page(subject, _is_justified):
        yield on_page(page, blocks, "justified text", "set it flush left, with a ragged right edge")


def _is_justified(block: TextBlock) -> bool:
    if len(block.lines) < _JUSTIFIED:
        return False
    *full, _ = block.lines
    rights, lefts = [line.box.right for line in full], [line.box.left for line in full[1:]]
    return max(rights) - min(rights) <= 1.5 and max(lefts) - min(lefts) <= 1.5 and len({len(line.text) for line in full}) > 1


def find_broken_words(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T7: words broken at the end of a line, told from words with a hyphen of their own by what is said elsewhere."""
    everything = " ".join(block.text for block in subject.inner).lower()
    for page, blocks in by_page(subject, lambda block: any(_broken(block, everything))):
        yield on_page(page, blocks, "a word is broken at the end of a line", "turn hyphenation off")


def _broken(block: TextBlock, everything: str) -> Iterator[bool]:
    for before, after in pairwise(line.text for line in block.lines):
        if before.endswith(("\u00ad", "\u2010", "\x02", "\ufffe")):
            yield True
        elif before.endswith("-") and after[:1].islower():
            first, second = before.rsplit(maxsplit=1)[-1][:-1].lower(), after.split(maxsplit=1)[0].lower().strip(".,;:!?")
            yield len(first) >= 2 and f"{first}-{second}" not in everything and not _stands_alone(first)


def _stands_alone(part: str) -> bool:
    """Compounds of this house: "hand-width", "five-minute", "side-lying"."""
    return part in _PARTS


def find_narrow_margins(subject: PdfInQuestion) -> Iterator[Flaw]:
    """T8: the distance of text and pictures from the edges; heads and feet are not counted."""
    limit = least_margin(subject.minimum)
    for page, sheet in inner_sheets(subject):
        boxes = [block.box for block in subject.blocks[page - 1] if not subject.is_furniture(block)]
        boxes += [each.box for each in sheet.pictures if not each.artifact and each.box.width < 0.95 * sheet.width]
        near = [box for box in boxes if _nearest(box, sheet) < limit - _MARGIN_SLACK]
        if near:
            found = min(_nearest(box, sheet) for box in near) / MM
            where = f"{found:.1f} mm from" if found >= 0 else f"{-found:.1f} mm over"
            message = f"{where} the edge of the paper, {limit / MM:.1f} mm inside it at least"
            hint = "keep the edge free for thumbs and printers"
            yield Flaw(message=message, hint=hint, at=(page,), page=page, boxes=tuple(near), found=found, limit=limit / MM)


def _nearest(box: Box, sheet: Sheet) -> float:
    return min(box.left, box.bottom, sheet.width - box.right, sheet.height - box.top)


_E, _W, _PRINT = Severity.ERROR, Severity.WARNING, "clear print guidance of RNIB and APH"
_LARGE_PRINT = "large print guidelines of the American Council of the Blind"
TYPE_CHECKS: tuple[Check[PdfInQuestion], ...] = (
    Check(
        id="T1",
        severity=_E,
        what="No text on a page is smaller than 12 pt, or than its edition promises.",
        source="APH, RNIB: 12 pt and up",
        find=find_small_type,
    ),
    Check(
        id="T2",
        severity=_E,
        what="No text of large print is smaller than 18 pt.",
        source=_LARGE_PRINT,
        find=find_small_large_print,
    ),
    Check(
        id="T3",
        severity=_E,
        what="Headings of large print have 20 pt, titles 22, on the page too.",
        source=_LARGE_PRINT,
        find=find_small_headings,
    ),
    Check(
        id="T4",
        severity=_E,
        what="Lines on a page are 1.2 of their size apart, or what the edition promises; of headings 1.15.",
        source=_PRINT,
        find=find_tight_lines,
    ),
    Check(
        id="T5",
        severity=_W,
        what="Passages of three lines and more have 70 characters a line at most.",
        source=_PRINT,
        find=find_long_lines,
    ),
    Check(id="T6", severity=_E, what="No text is slanted.", source=_PRINT, find=find_slanted),
    Check(id="T6", severity=_E, what="No text but a link is underlined.", source=_PRINT, find=find_underlined),
    Check(
        id="T6", severity=_E, what="No page has more than three words in a row in capitals.", source=_PRINT, find=find_capitals
    ),
    Check(id="T7", severity=_E, what="No text is justified.", source=_PRINT, find=find_justified),
    Check(id="T7", severity=_E, what="No word is broken at the end of a line.", source=_PRINT, find=find_broken_words),
    Check(
        id="T8",
        severity=_E,
        what="Text and pictures keep 15 mm from the edges, or what the edition promises.",
        source=_LARGE_PRINT,
        find=find_narrow_margins,
    ),
)
