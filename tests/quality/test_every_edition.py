"""Every edition passes the preflight with every routine on every paper: no error, and no warning without its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

import pytest

from handouts.bench import Bench
from handouts.build import make_handout
from handouts.catalog.wordings import load_library
from handouts.checking.built import check_built
from handouts.checking.finished import Asked
from handouts.checking.subjects import check_workspace
from handouts.model import Request
from handouts.quality.remarks import Severity
from handouts.templates import load_edition
from handouts.workspace import Workspace, list_templates

EDITIONS = [
    (edition, paper) for edition in list_templates(Workspace(), "editions") for paper in load_edition(Workspace(), edition).papers
]
ROUTINES = sorted(load_library(Workspace(), "en")[0].routines)


@cache
def bench() -> Bench:
    return Bench(Workspace(), "en")


def test_there_is_something_to_check() -> None:
    assert {paper for _, paper in EDITIONS} >= {"a4", "letter"}
    assert len(ROUTINES) >= 5


@pytest.mark.parametrize(("edition", "paper"), EDITIONS)
@pytest.mark.parametrize("routine", ROUTINES)
def test_the_edition_passes(edition: str, paper: str, routine: str, submit: Callable[..., None]) -> None:
    date = dt.date(2026, 3, 31)
    built = make_handout(Request(routine=routine, edition=edition, paper=paper, patient="Ann Lee", date=date), bench())
    submit(built.pdf)
    outcome = check_built(built, bench(), "x", asked=Asked(scores=True))
    assert [str(each) for each in outcome.remarks if each.counts] == []
    assert outcome.unmeasured == ()
    assert all(each.reason for each in outcome.remarks if each.severity is Severity.WARNING)


def test_the_catalogue_has_no_errors_and_every_warning_its_reason() -> None:
    assert [str(each) for each in check_workspace(bench()) if each.counts or each.severity is Severity.ERROR] == []
