"""What software can see of a finished PDF for the published scores: yes, no, or nothing that it could claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from handouts.nouns import dataclass
from handouts.quality.judged import PdfInQuestion
from handouts.quality.lines import TextBlock
from handouts.quality.page_words import steps_of

_LONGEST_BLOCK = 60  # words
_LONGEST_LIST = 7
_CAPTION_GAP = 26.0  # points between a picture and its caption
_ICON = 30.0

Seen = Callable[["Evidence"], bool | None]
"""True, False, or None where a person must judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A PDF with the ids of the checks that found something and of those that could not be made."""

    subject: PdfInQuestion
    flagged: Collection[str]
    unmeasured: Collection[str]
    text: str  # of the pages, in one line

    def clean(self, *checks: str) -> bool | None:
        """Whether none of these checks found anything; None where one could not be made."""
        if any(check in self.flagged for check in checks):
            return False
        return None if any(check in self.unmeasured for check in checks) else True

    def says(self, pattern: str) -> bool | None:
        """Whether the pages say something; in other languages nobody knows."""
        if not self.subject.english or not self.text:
            return None
        return re.search(pattern, self.text, re.IGNORECASE) is not None


def gather_evidence(subject: PdfInQuestion, flagged: Collection[str], unmeasured: Collection[str]) -> Evidence:
    """Return what the scores are made of; words that a plan would judge better count as measured where it was there."""
    text = " ".join(" ".join(page.text.split()) for page in subject.pdf.pages[subject.covers :])
    return Evidence(subject=subject, flagged=frozenset(flagged), unmeasured=frozenset(unmeasured), text=text)


def opens_with_purpose(evidence: Evidence) -> bool | None:
    """A heading, then a sentence of five words or more, on the first page after the covers."""
    first = _first_blocks(evidence)
    if not first:
        return None
    at = next((number for number, block in enumerate(first) if evidence.subject.is_heading(block)), None)
    return at is not None and any(len(block.text.split()) >= 5 for block in first[at + 1 : at + 4])


def stands_out(evidence: Evidence) -> bool | None:
    """The first heading is the largest text of its page."""
    first = _first_blocks(evidence)
    headings = [block.size for block in first if evidence.subject.is_heading(block)]
    return None if not first else bool(headings) and headings[0] >= max(block.size for block in first) - 0.1


def is_chunked(evidence: Evidence) -> bool | None:
    """No block of more than sixty words."""
    blocks = list(evidence.subject.inner)
    return all(len(block.text.split()) <= _LONGEST_BLOCK for block in blocks) if blocks else None


def has_headings(evidence: Evidence) -> bool | None:
    """Two headings or more."""
    blocks = list(evidence.subject.inner)
    return sum(evidence.subject.is_heading(block) for block in blocks) >= 2 if blocks else None


def uses_bold(evidence: Evidence) -> bool | None:
    """Words set bold, beside the headings."""
    blocks = [block for block in evidence.subject.inner if not evidence.subject.is_heading(block)]
    return any(run.font.bold for block in blocks for line in block.lines for run in line.runs) if blocks else None


def has_steps(evidence: Evidence) -> bool | None:
    """Numbered steps."""
    if not evidence.subject.exercises:
        return None
    return all(len(steps_of(exercise)) >= 1 for exercise in evidence.subject.exercises)


def has_short_lists(evidence: Evidence) -> bool | None:
    """Lists, each with seven items at most; told by tags, else by numbered steps."""
    elements = evidence.subject.pdf.elements
    if not elements:
        return evidence.clean("R4") if has_steps(evidence) else None
    lengths: list[int] = []
    open_at = 0
    for element in elements:
        if element.tag == "L":
            lengths.append(0)
            open_at = len(element.inside)
        elif element.tag == "LI" and lengths and len(element.inside) == open_at + 1:
            lengths[-1] += 1
    return bool(lengths) and max(lengths) <= _LONGEST_LIST


def has_captions(evidence: Evidence) -> bool | None:
    """A line of text right above or below each picture of an exercise."""
    shown = {block.page for exercise in evidence.subject.exercises for block in exercise.blocks}
    found: list[bool] = []
    for page in shown:
        sheet = evidence.subject.pdf.pages[page - 1].sheet
        aside = {
            content
            for element in evidence.subject.pdf.elements
            if element.tag == "Figure" and {"Form", "Table"}.intersection(element.inside)
            for content in element.content
        }
        for picture in sheet.pictures if sheet else ():
            if max(picture.box.width, picture.box.height) <= _ICON or picture.artifact or (page - 1, picture.mark) in aside:
                continue
            near = (block.box.shared(picture.box) for block in evidence.subject.blocks[page - 1])
            found.append(any(across > 0 and -_CAPTION_GAP <= down <= 2 for across, down in near))
    return all(found) if found else None


def has_log(evidence: Evidence) -> bool | None:
    """Boxes to tick, or words that speak of a log."""
    if any(element.tag == "Form" for element in evidence.subject.pdf.elements):
        return True
    return evidence.says(r"\btick\b|\bdiary\b|\bexercise log\b|\bcheck (?:off|the box)\b|☐|\bcalendar\b")


def _first_blocks(evidence: Evidence) -> list[TextBlock]:
    subject = evidence.subject
    return [block for block in subject.inner if block.page == subject.covers + 1]
