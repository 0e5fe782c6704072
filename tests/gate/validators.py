"""The two validators that run in this process: page-validation (rules of PDF/UA-1) and outloud (what is read aloud)."""

from __future__ import annotations

import warnings
from pathlib import Path

import outloud
import page

from gate.faults import Fault, fold


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
    found = [
        (finding.rule, " ".join(str(part) for part in (finding.message, finding.evidence) if part))
        for finding in result.findings
        if finding.severity != "info"
    ]
    found += [(run.rule, f"crashed: {run.reason}") for run in result.runs if run.status == "crashed"]
    return fold("outloud", found)
