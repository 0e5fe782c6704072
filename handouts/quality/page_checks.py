"""All checks on a finished PDF in one place, which of them nobody could make, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from handouts.nouns import dataclass
from handouts.quality.judged import PdfInQuestion
from handouts.quality.lines import TextBlock
from handouts.quality.page_contrast import CONTRAST_CHECKS
from handouts.quality.page_layout import LAYOUT_CHECKS
from handouts.quality.page_safety import SAFETY_CHECKS
from handouts.quality.page_type import TYPE_CHECKS
from handouts.quality.page_words import SIDES_CHECK, WORDS_CHECKS, gather_lines, gather_words, passages
from handouts.quality.passages import PASSAGE_CHECKS, Passage, unquoted
from handouts.quality.pdfs import PDF_CHECKS
from handouts.quality.remarks import Check, Flaw, Remark, Severity, Way, look

PAGE_CHECKS: tuple[Check[PdfInQuestion], ...] = (*TYPE_CHECKS, *CONTRAST_CHECKS, *LAYOUT_CHECKS, *SAFETY_CHECKS, SIDES_CHECK)
_HARD_WORDS = "R7"
_SENTENCES = "R3"
_STEPS = ("R4", "R5", "R6")  # of the page in any case: the plan does not know them
_CAPITALS = "T6"  # of the page, with the place
_PLAN_ONLY = ("S4", "S5", "S6", "S7", "S8", "A6")
_WORDS = ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "S3", "G4")
_BY_SENTENCE = ("R1", "R2", "R3", "R8")
_PAGES = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "C1", "C2", "C3", "G1", "G2", "L1", "L2", "A4")
_SIZES = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "C1", "C3", "L2", "A4")
_BY_ORDER = ("L1", "L3", "L5")  # of pages that follow each other
_TURNED = ("T1", "T3", "T4", "T5", "T6", "T7", "T8", "R4", "R5", "R6", "R9", "G1", "L2", "L4")
_BY_EXERCISE = ("R4", "R5", "R6", "R9", "S3", "G1", "G4", "L1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeasured:
    """Checks that could not be made on one subject, and why."""

    place: str
    checks: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        return f"{self.place}: not measured: {', '.join(self.checks)}: {self.why}"


Labels: TypeAlias = Callable[[], Collection[str]]
"""What a clinician's own notes begin with; asked for only where it matters."""


def no_labels() -> Collection[str]:
    """Return none: another program's notes cannot be told."""
    return ()


def check_pages(subject: PdfInQuestion, place: str, *, notes: Labels = no_labels) -> list[Remark]:
    """Return what all checks say of a finished PDF; its words are judged only where no plan is known to judge them better."""

    def located(at: Way) -> str:
        return ", ".join([place, *(f"page {part}" if isinstance(part, int) else part for part in at)])

    def of_page(at: Way) -> str:
        return located(at[:1])

    remarks = look(PDF_CHECKS, subject.pdf, located) + look(PAGE_CHECKS, subject, located)
    if subject.folded:
        remarks = [remark for remark in remarks if remark.check not in _BY_ORDER]
    planned = subject.expected is not None
    remarks += look([check for check in WORDS_CHECKS if not planned or check.id in _STEPS], subject, located)
    if not planned:
        places = passages(subject)
        checks = [_placed(check, places) for check in PASSAGE_CHECKS if check.id != _CAPITALS]
        said = look(checks, gather_words(subject), of_page)
        if any(each.severity is Severity.ERROR for each in said):  # then a clinician's own note must not be the reason
            said = look(checks, gather_words(subject, notes=notes()), of_page)
        said += look([check for check in PASSAGE_CHECKS if check.id == _HARD_WORDS], gather_lines(subject), of_page)
        remarks += [replace(each, message=unquoted(each)) if each.check == _SENTENCES else each for each in said]
    return list(dict.fromkeys(remarks))


def _placed(check: Check[Passage], places: Mapping[Way, TextBlock]) -> Check[Passage]:
    """The same check, whose flaws say where on the page they are."""

    def find(passage: Passage) -> Iterator[Flaw]:
        for flaw in check.find(passage):
            block = places.get(flaw.at)
            yield flaw if block is None else replace(flaw, page=block.page, boxes=(block.box,))

    return replace(check, find=find)


def list_unmeasured(subject: PdfInQuestion, place: str) -> list[Unmeasured]:
    """Return which checks had nothing to look at, and why."""
    return [Unmeasured(place=place, checks=checks, why=why) for checks, why in _gaps(subject)]


def _gaps(subject: PdfInQuestion) -> Iterator[tuple[tuple[str, ...], str]]:
    for why in subject.pdf.gaps:
        yield _PAGES, why
    said = any(page.text.strip() for page in subject.pdf.pages)
    if not said:
        yield tuple(dict.fromkeys((*_WORDS, "S1", "S2", "L5", *_SIZES))), "there is no text: the pages are pictures, or scanned"
    elif any(page.sheet and page.sheet.hidden for page in subject.pdf.pages):
        yield _SIZES, "the text lies unseen under a scanned page"
    if subject.folded:
        yield _BY_ORDER, "the small pages of a booklet are out of order on their sheets: check the request it was made from"
        yield _TURNED, "half of the words are upside down on their sheets, and only the others were looked at"
    if subject.expected is not None:
        return
    if said and not subject.english:
        yield ("R1", "R2", "R6", "R7", "R8", "R9", "S1", "S2", "S3"), "these are judged in English only"
    if said and not any(page.sheet for page in subject.pdf.pages):
        yield (*_BY_SENTENCE, *_BY_EXERCISE), "sentences and exercises are told by the look of the page"
    elif said and not subject.exercises:
        yield _BY_EXERCISE, "no exercise is told by a numbered heading"
    if not subject.pdf.elements:
        yield ("G3",), "without tags, no picture can have an alternative text"
    yield _PLAN_ONLY, "the plan is not in a PDF: check the request it was made from"
