"""The two validators that run in this process: page-validation (rules of PDF/UA-1) and outloud (what is read aloud)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import outloud
import page
import pikepdf
import yaml

from gate.faults import Fault, fold

_RUNNING = re.compile(
    r"Page \d+ of \d+$|(?:Page \d+ of \d+.*?){2}|\(continued\)|Get help now: (?:call 112, 911 or )?\d+\.|^Day Done "
)
"""What runs along pages.

A foot, feet of small pages side by side on a sheet, the head of a card that goes on, the number to call and the head of the
diary's table on pages that go on from the first one, where both are read.
"""
_FEET_OF_A_SHEET, _ROWS_OF_A_SHEET = re.compile(r"(?:Page \d+ of \d+.*?){2}"), 4
"""Feet and heads of two rows of small pages on a sheet."""
_DOSE = re.compile(r"(Done |Hold |Keep going |Start with |Once|\d+ times|\d+ rounds )")


def _is_false_alarm(finding: outloud.Finding, *, joined: bool, boxes_are_said: bool, title: str) -> bool:
    """outloud guesses what runs along the pages by how often a line occurs, and is wrong about three lines of ours.

    The foot of the page is an artifact on every page, but a cover has none, so that it no longer occurs on all of them, and
    those of small pages on one sheet differ;
    a dose opens a card, and the same dose may open the first card of many pages; the boxes to tick close a card, and may
    close the last card of many pages. Where handouts are joined, three of one routine have the same title and the same words
    in the same place, which no handout alone has.

    The title of the document is read once and stands again, as an artifact, at the top of pages that hang on their own, and
    of those that go on from them with the numbers to call; joined handouts have been judged each on their own. The signs to
    stop at close every such page.

    It takes a cell with a box to tick for an empty one, and a table for missing whose element names no page: with every cell
    filled and said (`boxes_are_said`) neither is so.
    """
    evidence = str(finding.evidence)
    if finding.rule == "TAG-002":
        lines = evidence.split("; ")
        words = set(title.split())
        known = (words.issuperset(line.split()) or line.startswith(title) or _RUNNING.search(line) for line in lines)
        most = _ROWS_OF_A_SHEET if any(_FEET_OF_A_SHEET.search(line) for line in lines) else len(lines)  # it shows two at most
        return joined or (finding.count <= most and all(known))
    if finding.rule in ("TBL-012", "TBL-014"):
        return boxes_are_said
    lines = evidence.split("; ")
    return finding.rule == "PAG-001" and (joined or all(_DOSE.match(line) or _is_of_signs(line) for line in lines))


def _is_of_signs(line: str) -> bool:
    """Whether a line holds nothing but signs in few words, as a row of their box does, or a part of the pain rule.

    Both stand on every booklet of a handout to fold. A line may be cut at its end.
    """
    if any(line.rstrip("…").strip() in rule for rule in _pain_rule()):
        return True
    for sign in sorted(_signs(), key=len, reverse=True):
        line = line.replace(sign, "")
    rest = line.strip().rstrip("…").strip()
    return not rest or any(sign.startswith(rest) for sign in _signs())


@cache
def _pain_rule() -> tuple[str, ...]:
    path = Path(__file__).parents[2] / "catalog" / "words" / "en" / "vocabulary.yaml"
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8"))["signs"].values())


@cache
def _signs() -> tuple[str, ...]:
    path = Path(__file__).parents[2] / "catalog" / "words" / "en" / "vocabulary.yaml"
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8"))["signs_short"].values())


def _is_joined(path: Path) -> bool:
    """Whether the file binds several handouts: each is a Part with a title, and nothing stands beside them."""
    with pikepdf.open(path) as pdf:
        top = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/K")
        parts = top.get("/K") if isinstance(top, pikepdf.Dictionary) else None
        return isinstance(parts, pikepdf.Array) and all(
            isinstance(part, pikepdf.Dictionary) and part.get("/S") == "/Part" and "/T" in part for part in parts
        )


def _title_of(path: Path) -> str:
    with pikepdf.open(path) as pdf:
        return str(pdf.docinfo.get("/Title", ""))


def _boxes_are_said(path: Path) -> bool:
    """Whether the file has tables, and each cell of them holds text or a picture that is said."""
    with pikepdf.open(path) as pdf:
        cells = list(_cells(pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())))
        return bool(cells) and all(_is_filled(cell) for cell in cells)


def _cells(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in _elements_below(element):
        if str(kid.S) in ("/TH", "/TD"):
            yield kid
        else:
            yield from _cells(kid)


def _is_filled(cell: pikepdf.Object) -> bool:
    """Whether marks lie in the cell, and every picture in it has words."""
    kids = list(_elements_below(cell))
    marks = cell.get("/K", pikepdf.Array())
    own = isinstance(marks, int) or any(isinstance(mark, int) for mark in marks)
    return (own or bool(kids)) and all("/Alt" in kid if str(kid.S) == "/Figure" else "/K" in kid for kid in kids)


def _elements_below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


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
    joined, boxes_are_said, title = _is_joined(path), _boxes_are_said(path), _title_of(path)
    found = [
        (finding.rule, " ".join(str(part) for part in (finding.message, finding.evidence) if part))
        for finding in result.findings
        if finding.severity != "info" and not _is_false_alarm(finding, joined=joined, boxes_are_said=boxes_are_said, title=title)
    ]
    found += [(run.rule, f"crashed: {run.reason}") for run in result.runs if run.status == "crashed"]
    return fold("outloud", found)
