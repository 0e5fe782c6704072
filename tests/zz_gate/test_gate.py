"""Every PDF that any test of the session made is accessible. Runs last; see `conftest.py`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from gate import check_files, verapdf
from gate.check import list_faults
from gate.collection import open_collection

FAILURES = Path(__file__).parents[1] / "failures"
only_in_one_process = pytest.mark.skipif(
    "PYTEST_XDIST_WORKER" in os.environ, reason="with workers, the session's end looks at all files"
)


def find_all_faults() -> str:
    """The broken rules of all files of the session; files with faults are left in tests/failures."""
    collection = open_collection()
    named = {}
    for path, faults in check_files(collection.paths()).items():
        if faults:
            FAILURES.mkdir(exist_ok=True)
            kept = FAILURES / f"gate-{path.stem[:12]}.pdf"
            shutil.copy(path, kept)
            named[f"{kept.name}, made by {collection.tests_of(path)}"] = faults
    return list_faults(named)


@only_in_one_process
def test_tests_hand_in_pdfs() -> None:
    assert open_collection().paths(), "no test handed a PDF to the gate: run the whole suite"


@only_in_one_process
def test_every_pdf_is_accessible() -> None:
    problems = find_all_faults()
    assert not problems, f"\n{problems}"


def test_verapdf_was_asked() -> None:
    reason = verapdf.why_not()
    if reason:
        pytest.skip(reason)
