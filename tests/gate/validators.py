"""The two validators that run in this process: page-validation (rules of PDF/UA-1) and outloud (what is read aloud)."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import outloud
import page
import pikepdf

from gate.faults import Fault, fold

_FOOT = re.compile(r"Page \d+ of \d+$")
_DOSE = re.compile(r"(Done |Hold |Keep going |Start with |Once|\d+ times|\d+ rounds )")


def _is_false_alarm(finding: outloud.Finding, *, joined: bool) -> bool:
    """outloud guesses what runs along the pages by how often a line occurs, and is wrong about three lines of ours.

    The foot of the page is an artifact on every page, but a cover has none, so that it no longer occurs on all of them;
    a dose opens a card, and the same dose may open the first card of many pages; the boxes to tick close a card, and may
    close the last card of many pages. Where handouts are joined, three of one routine have the same title and the same words
    in the same place, which no handout alone has.
    """
    evidence = str(finding.evidence)
    if finding.rule == "TAG-002":
        return finding.count == 1 and bool(_FOOT.search(evidence))
    return finding.rule == "PAG-001" and (joined or all(_DOSE.match(line) for line in evidence.split("; ")))


def _is_joined(path: Path) -> bool:
    """Whether the file binds several handouts: each is a Part with a title, and nothing stands beside them."""
    with pikepdf.open(path) as pdf:
        top = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/K")
        parts = top.get("/K") if isinstance(top, pikepdf.Dictionary) else None
        return isinstance(parts, pikepdf.Array) and all(
            isinstance(part, pikepdf.Dictionary) and part.get("/S") == "/Part" and "/T" in part for part in parts
        )


def find_page_validation_faults(path: Path) -> list[Fault]:
    """Broken rules of PDF/UA-1 as page-validation sees them; a file it cannot read is a fault too."""
    try:
        report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    except page.PageError as error:
        return [Fault(checker="page-validation", rule="unreadable", message=str(error))]
    found = fold("page-validation", ((failure.rule_id, failure.message) for failure in report.failures))
    if not found and not report.is_compliant:
        found = [Fault(checker="page-validation", rule="not-compliant", message="no rule named")]
    return found


def find_outloud_faults(path: Path) -> list[Fault]:
    """outloud's errors and warnings, and any of its rules that crashed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, about other libraries
        result = outloud.check(str(path))
    if result.error:
        return [Fault(checker="outloud", rule="unreadable", message=str(result.error))]
    joined = _is_joined(path)
    found = [
        (finding.rule, " ".join(str(part) for part in (finding.message, finding.evidence) if part))
        for finding in result.findings
        if finding.severity != "info" and not _is_false_alarm(finding, joined=joined)
    ]
    found += [(run.rule, f"crashed: {run.reason}") for run in result.runs if run.status == "crashed"]
    return fold("outloud", found)
