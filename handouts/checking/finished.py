"""Checks a finished PDF of whatever origin. Imports nothing that makes documents: a check of a file is quick."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeAlias

from handouts.looks import Minimum
from handouts.measured import FinishedPdf, UnreadablePdfError
from handouts.measuring.apart import Meter
from handouts.measuring.many import Meters
from handouts.nouns import dataclass
from handouts.quality.evidence import gather_evidence
from handouts.quality.judged import PdfInQuestion, question
from handouts.quality.looks import PLAIN_MINIMUM
from handouts.quality.outcome import Outcome, PagePicture
from handouts.quality.page_checks import Labels, check_pages, list_unmeasured, no_labels
from handouts.quality.remarks import Remark, Severity, look
from handouts.quality.scores import SCORE_CHECKS, Score, score_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a check is to bring beside its remarks."""

    scores: bool = False
    pictures: bool = False


REMARKS = Asked()
Hold: TypeAlias = Callable[[str | None], tuple[Minimum, bool]]
"""What a PDF is held to, by the edition it names: the least sizes, and whether its pages are sheets to fold."""


def hold_to_the_usual(_edition: str | None) -> tuple[Minimum, bool]:
    """Whatever edition it is."""
    return PLAIN_MINIMUM, False


def check_file(
    path: Path,
    place: str,
    meter: Meter | Meters,
    *,
    hold: Hold = hold_to_the_usual,
    notes: Labels = no_labels,
    asked: Asked = REMARKS,
) -> Outcome:
    """Return what the checks say of a PDF file, measured apart from this process."""
    try:
        pdf = meter.measure(path, pictures=asked.pictures)
        if not pdf.pages:
            raise UnreadablePdfError("it has no pages")  # noqa: TRY301 - told like the others
    except UnreadablePdfError as error:
        return Outcome(remarks=(unreadable(error, place),))
    minimum, folded = hold(pdf.edition)
    return judge(question(pdf, minimum=minimum, name=path.name, folded=folded), place, notes=notes, asked=asked)


def unreadable(error: UnreadablePdfError, place: str) -> Remark:
    """Return the one remark on a file that cannot be measured."""
    hint = "check it before it is protected" if "password" in str(error) else "print it again"
    return Remark(check="F2", severity=Severity.ERROR, place=place, message=f"cannot be checked: {error}", hint=hint)


def judge(
    subject: PdfInQuestion, place: str, *, notes: Labels = no_labels, asked: Asked = REMARKS, known: Iterable[Remark] = ()
) -> Outcome:
    """Return what the checks say of a measured PDF, with its scores and pictures where they are asked for.

    `known`: what was found in its plan and words before; it counts for the scores too.
    """
    remarks = check_pages(subject, place, notes=notes)
    unmeasured = list_unmeasured(subject, place)
    scores: tuple[Score, ...] = ()
    if asked.scores:
        flagged = {
            remark.check for remark in (*remarks, *known) if remark.severity is not Severity.NOTE and remark.reason is None
        }
        missing = {check for each in unmeasured for check in each.checks}
        scores = score_pdf(gather_evidence(subject, flagged, missing), place)
        remarks += look(SCORE_CHECKS, scores, partial(_whole, place))
    return Outcome(
        remarks=tuple(remarks), unmeasured=tuple(unmeasured), scores=scores, pages=tuple(_pictures(subject.pdf, place))
    )


def _pictures(pdf: FinishedPdf, place: str) -> list[PagePicture]:
    return [
        PagePicture(place=place, page=number, width=page.sheet.width, height=page.sheet.height, png=page.sheet.png)
        for number, page in enumerate(pdf.pages, start=1)
        if page.sheet is not None and page.sheet.png is not None
    ]


def _whole(place: str, _at: object) -> str:
    return place
