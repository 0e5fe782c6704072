"""All checks in one list, for people who want to know what is checked."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.nouns import dataclass
from handouts.quality.catalogue import DESCRIBED_CHECKS, STATED_CHECKS
from handouts.quality.handout_words import TEXT_CHECKS, TOTALS_CHECK
from handouts.quality.looks import CLINIC_CHECKS, EDITION_CHECKS, PALETTE_CHECKS
from handouts.quality.page_checks import PAGE_CHECKS
from handouts.quality.page_words import WORDS_CHECKS
from handouts.quality.passages import PASSAGE_CHECKS
from handouts.quality.pdfs import PDF_CHECKS
from handouts.quality.pictures import OWN_PICTURE_CHECKS, STRAY_CHECK
from handouts.quality.plans import PLAN_CHECKS
from handouts.quality.remarks import Severity
from handouts.quality.scores import SCORE_CHECKS
from handouts.quality.twins import TWINS_CHECK

UNREADABLE = "F1"
REQUIRED = (
    *(f"R{n}" for n in range(1, 10)), *(f"T{n}" for n in range(1, 9)), "C1", "C2", "C3", "G1", "G2", "G3", "G4",
    *(f"L{n}" for n in range(1, 6)), *(f"S{n}" for n in range(1, 9)), *(f"A{n}" for n in range(1, 7)), "P1", "K1", "K2",
)  # fmt: skip
"""The ids that the published standards ask for; there may be more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of `handouts check --list`."""

    id: str
    severity: Severity
    what: str
    source: str


def list_rules() -> tuple[Rule, ...]:
    """Return every rule once, by id."""
    return tuple(sorted(dict.fromkeys(_gather()), key=lambda rule: (rule.id, list(Severity).index(rule.severity))))


def _gather() -> Iterator[Rule]:
    own = "our own rule"
    what = "Files can be read; their ids, words and files exist; a request can be printed."
    yield Rule(id=UNREADABLE, severity=Severity.ERROR, what=what, source=own)
    yield Rule(id="F2", severity=Severity.ERROR, what="A finished PDF can be opened.", source=own)
    groups = (
        PASSAGE_CHECKS, DESCRIBED_CHECKS, STATED_CHECKS, PLAN_CHECKS, TEXT_CHECKS, (TOTALS_CHECK,), EDITION_CHECKS,
        PALETTE_CHECKS, CLINIC_CHECKS, PDF_CHECKS, PAGE_CHECKS, WORDS_CHECKS, OWN_PICTURE_CHECKS, (STRAY_CHECK,), (TWINS_CHECK,),
        SCORE_CHECKS,
    )  # fmt: skip
    for group in groups:
        for check in group:
            yield Rule(id=check.id, severity=check.severity, what=check.what, source=check.source)
