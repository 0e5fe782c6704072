"""The checks of the page, checked: each finds its fault in a drawn PDF, and none says a word about the good one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from drawn_pages import ALARM, HEIGHT, STEPS, Drawn, draw

from handouts.looks import Minimum
from handouts.measuring.opening import measure_pdf
from handouts.quality.evidence import gather_evidence
from handouts.quality.judged import PLAIN_MINIMUM, Expected, PdfInQuestion, question
from handouts.quality.page_checks import PAGE_CHECKS, check_pages, list_unmeasured
from handouts.quality.page_words import WORDS_CHECKS
from handouts.quality.registry import REQUIRED, list_rules
from handouts.quality.remarks import Check, Severity
from handouts.quality.scores import SCORE_CHECKS, Score, State, score_pdf
from handouts.quality.twins import TWINS_CHECK, Twins
from quality.test_checks import FAULTS, pdf_bytes, text

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
LARGE = Minimum(type=18.0, heading=20.0, title=22.0, leading=1.25, margin=45.0, picture=127.0)
POCKET = replace(PLAIN_MINIMUM, type=9.0, heading=9.0, title=9.0)
TAGS = {"A1", "A2", "A3", "A5", "G3"}  # a drawn page has no tags: these have files of their own in test_checks
DENIED_SIGNS = ("You do not need to call 999 if you are numb between your legs or cannot pee.", "Weak legs are normal.")
LONG = "Lie on your back with both of your knees bent and your feet flat on the floor, near you, and your arms out."
SIX = ("One", "Two", "Three", "Four", "Five", "Six")
JUSTIFIED = ("Keep your knees a little apart.", "Keep your shins upright.", "Do not let your heels lift.", "Rest.")


def seen(
    *, minimum: Minimum = PLAIN_MINIMUM, expected: Expected | None = None, name: str | None = None, **changes: Any
) -> PdfInQuestion:
    return question(measure_pdf(draw(Drawn(**changes))), minimum=minimum, expected=expected, name=name)


@cache
def good() -> PdfInQuestion:
    return seen()


def sided(alt: str) -> PdfInQuestion:
    """The words of a real handout, with another picture."""
    subject = real()
    elements = tuple(
        replace(each, alt=alt) if each.tag == "Figure" and "Form" not in each.inside else each for each in subject.pdf.elements
    )
    return replace(subject, pdf=replace(subject.pdf, elements=elements))


@cache
def real() -> PdfInQuestion:
    expected = Expected(
        exercises=tuple(card.name for card in text().cards), foot=text().footer, alarms=(text().emergency.heading,)
    )
    return question(measure_pdf(pdf_bytes()), expected=expected)


def untagged_words() -> PdfInQuestion:
    sheet = real().pdf.pages[0].sheet
    assert sheet is not None
    runs = tuple(replace(run, tag=None) if index == 3 else run for index, run in enumerate(sheet.runs))
    page = replace(real().pdf.pages[0], sheet=replace(sheet, runs=runs))
    return replace(real(), pdf=replace(real().pdf, pages=(page, *real().pdf.pages[1:])))


def two_exercises_with_one_picture() -> PdfInQuestion:
    subject = seen(names=("Bridge", "Squat"), picture=80.0, steps=STEPS[:1])
    pages = [
        replace(page, sheet=page.sheet and replace(page.sheet, pictures=page.sheet.pictures[: number == 0]))
        for number, page in enumerate(subject.pdf.pages)
    ]
    return replace(subject, pdf=replace(subject.pdf, pages=tuple(pages)))


def scored(low: str) -> tuple[Score, ...]:
    return tuple(replace(score, value=80.0) if score.id.startswith(low) else score for score in scores())


@cache
def scores() -> tuple[Score, ...]:
    return score_pdf(gather_evidence(real(), (), ()), "x.pdf")


Fault = tuple[str, Severity, Callable[[], Any]]
PLANTED: dict[str, tuple[tuple[Check[Any], ...], Callable[[], Any], list[Fault]]] = {
    "page": (
        PAGE_CHECKS,
        good,
        [
            ("T1", E, lambda: seen(size=10.0)),
            ("T2", E, lambda: seen(minimum=LARGE, size=17.0, left=60.0)),
            ("T3", E, lambda: seen(minimum=LARGE, size=18.0, heading_size=19.0)),
            ("T4", E, lambda: seen(leading=1.1, passage=JUSTIFIED)),
            ("T5", W, lambda: seen(left=45.0, size=12.0, passage=(LONG[:80], LONG[:78], LONG[:76]))),
            ("T6", E, lambda: seen(slant=True)),
            ("T6", E, lambda: seen(underline=True)),
            ("T6", E, lambda: seen(passage=("NEVER EVER BOUNCE AGAIN.",))),
            ("T7", E, lambda: seen(justified=260.0, passage=JUSTIFIED)),
            ("T7", E, lambda: seen(passage=("Do each of the exer-", "cises slowly."))),
            ("T8", E, lambda: seen(left=30.0)),
            ("C1", E, lambda: seen(colour="#8a8a8a")),
            ("C1", E, lambda: seen(panel="#777777")),
            ("C1", N, lambda: seen(colour="#666666")),
            ("C2", E, lambda: seen(line="#cccccc")),
            ("C3", E, lambda: seen(panel="#000000", colour="#ff00ff", line="#ffffff")),
            ("C3", E, lambda: seen(panel="#000000", colour="#ffffff", line="#9000ff")),
            ("G1", E, lambda: seen(picture=0.0)),
            ("G2", W, lambda: seen(picture=100.0)),
            ("G2", W, lambda: seen(picture_line=0.4)),
            ("G4", E, lambda: sided("The right ankle is across the left thigh.")),
            ("L1", E, lambda: seen(split=True)),
            ("L2", E, lambda: seen(extra=[(560.0, 300.0, "Keep going on.")])),
            ("L2", E, lambda: seen(cover_up=True)),
            ("L2", E, lambda: seen(extra=[(62.0, HEIGHT - 91.0, "On top of the title")])),
            ("L3", W, lambda: seen(pages=5)),
            (
                "L4",
                W,
                lambda: seen(names=SIX, picture=0.0, steps=(), heading_size=16.0),
            ),
            ("L5", E, lambda: seen(expected=Expected(exercises=("Bridge",), foot="Ann Lee · 31 March 2026"))),
            ("A2", E, untagged_words),
            ("A4", E, lambda: seen(reverse=True)),
            ("A5", W, lambda: replace(real(), pdf=replace(real().pdf, bookmarks=1))),
            ("S1", E, lambda: seen(alarm=())),
            ("S1", E, lambda: seen(alarm_size=10.0)),
            ("S1", E, lambda: seen(expected=Expected(exercises=("Bridge",), alarms=("Call an ambulance, if:",)))),
            ("S2", E, lambda: seen(advice=("Phone: 020 7946 0000",))),
            ("S2", E, lambda: seen(advice=("Stop if your pain moves down a leg.",), alarm=ALARM[1:])),
            ("G1", E, two_exercises_with_one_picture),
            ("S1", E, lambda: seen(alarm=DENIED_SIGNS)),
            ("S2", E, lambda: seen(advice=("Stop if your pain moves down a leg. Made on 31/03/2026.",), alarm=ALARM[1:])),
            ("S2", E, lambda: seen(advice=("Do not stop if your pain moves down a leg. Phone: 020 7946 0000",))),
            ("S2", E, lambda: seen(advice=("Stop if you feel bored. Phone: 020 7946 0000",))),
            ("S3", W, lambda: seen(dose="Hold 10 hours, once a day.")),
            ("S3", W, lambda: seen(dose="1000 times, once a day.")),
            ("S3", W, lambda: seen(dose="Hold 10 seconds, 40 times a day.")),
            ("P1", E, lambda: seen(patient="Ann Lee", about={"subject": "Exercises for Ann Lee"})),
            ("P1", E, lambda: seen(patient="Ann Lee", name="Ann_Lee.pdf")),
            ("P1", E, lambda: seen(expected=Expected(exercises=("Bridge",), patient="Ann Lee"), name="plan-ann-lee.pdf")),
        ],
    ),
    "words": (
        WORDS_CHECKS,
        good,
        [
            ("R4", E, lambda: seen(steps=STEPS * 3, picture=80.0)),
            ("R5", W, lambda: seen(size=9.0, steps=(f"{LONG[:-1]} and rest.",))),
            ("R6", W, lambda: seen(steps=("The knees bend.",))),
            ("R9", E, lambda: seen(dose="Hold 10 seconds, 5 times, each side.")),
            ("S3", E, lambda: seen(dose="Hold.")),
            ("S3", E, lambda: seen(purpose="These help to loosen a stiff back.")),
        ],
    ),
    "twins": (
        (TWINS_CHECK,),
        lambda: Twins(first=b"same", second=b"same"),
        [("A6", E, lambda: Twins(first=b"same", second=b"some"))],
    ),
    "scores": (SCORE_CHECKS, scores, [("K1", W, lambda: scored("pemat")), ("K2", W, lambda: scored("cdc"))]),
}


@pytest.mark.parametrize("group", PLANTED)
def test_the_good_sample_is_clean(group: str) -> None:
    checks, sample, _ = PLANTED[group]
    subject = sample()
    assert checks
    assert [(check.id, flaw.message) for check in checks for flaw in check.find(subject)] == []


@pytest.mark.parametrize(
    ("group", "check_id", "severity", "faulty"),
    [(group, *fault) for group, (_, _, faults) in PLANTED.items() for fault in faults],
    ids=[f"{fault[0]}-{index}" for _, _, faults in PLANTED.values() for index, fault in enumerate(faults)],
)
def test_a_planted_fault_is_found(group: str, check_id: str, severity: Severity, faulty: Callable[[], Any]) -> None:
    subject = faulty()
    found = {(check.id, flaw.severity or check.severity) for check in PLANTED[group][0] for flaw in check.find(subject)}
    assert (check_id, severity) in found


def test_every_check_of_the_registry_has_a_planted_fault() -> None:
    """One fault or more for each rule, not only for each id."""
    found = set()
    for checks, _, faults in (*FAULTS.values(), *PLANTED.values()):
        for check_id, _, faulty in faults:
            subject = faulty()
            found |= {(check.id, check.what) for check in checks if check.id == check_id and list(check.find(subject))}
    own_tests = {"F1", "F2", "G5", "G6", "G7"}  # of files that cannot be read and of own pictures: tests/cli
    assert {(rule.id, rule.what) for rule in list_rules() if rule.id not in own_tests} == found


def test_all_ids_that_are_asked_for_are_there() -> None:
    assert len(REQUIRED) == 46
    assert set(REQUIRED) <= {rule.id for rule in list_rules()}
    assert {severity.value for severity in Severity} == {"error", "warning", "note"}


def test_a_remark_says_what_was_measured_and_where() -> None:
    (small,) = [each for each in check_pages(seen(size=10.0), "x.pdf") if each.check == "T1"]
    assert small.place == "x.pdf, page 1"
    assert (small.found, small.limit) == (pytest.approx(10.0), 12.0)
    assert small.page == 1
    assert len(small.boxes) > 5
    assert all(0 < box.left < box.right < 595 and 0 < box.bottom < box.top < 842 for box in small.boxes)
    assert small.rule
    assert small.source
    assert small.hint


def test_hard_words_are_marked_on_the_page_without_being_quoted_at_length() -> None:
    subject = seen(purpose="These help. Do them once a day.", passage=(f"{LONG[:-1]} lumbar and wide.",), size=8.0)
    found = {each.check: each for each in check_pages(subject, "x.pdf") if each.check in ("R3", "R7")}
    assert found["R7"].message == '"lumbar" is not explained'
    assert found["R3"].message.endswith("words, 20 at most")
    assert all(each.page == 1 and len(each.boxes) == 1 for each in found.values())
    assert found["R7"].place == "x.pdf, page 1"


def test_an_edition_is_held_to_its_own_promise() -> None:
    small = seen(minimum=POCKET, size=9.5, alarm_size=9.5, heading_size=12.0, title_size=12.0)
    assert [each for each in check_pages(small, "x") if each.check in ("T1", "T2", "T3", "S1")] == []
    assert [each.check for each in check_pages(seen(minimum=POCKET, size=8.5), "x") if each.check == "T1"] == ["T1"]


def test_a_real_handout_has_nothing_but_what_is_meant_so() -> None:
    remarks = check_pages(real(), "x.pdf")
    assert [str(each) for each in remarks if each.counts] == []
    assert list_unmeasured(real(), "x.pdf") == []


def test_a_menu_is_as_long_as_its_reason() -> None:
    subject = seen(pages=6, expected=Expected(exercises=("Bridge",), reason="a menu of ten"))
    (long,) = [each for each in check_pages(subject, "x") if each.check == "L3"]
    assert long.reason == "a menu of ten"
    assert not long.counts


def test_scores_claim_nothing_that_cannot_be_seen() -> None:
    found = {score.id: score for score in scores()}
    assert [len(found[key].items) for key in ("pemat-understandability", "pemat-actionability", "cdc-index", "cert")] == [
        17,
        7,
        20,
        19,
    ]
    by_person = {item.number for item in found["pemat-understandability"].items if item.state is State.PERSON}
    assert by_person >= {"2", "10", "16", "18"}
    blind = score_pdf(gather_evidence(replace(good(), english=False), (), ("R7", "R8", "R9", "G1", "S1", "S2", "S3")), "x")
    cert = next(score for score in blind if score.id == "cert")
    assert cert.judged < 6


def test_scores_of_our_own_handout_are_high_enough() -> None:
    values = {score.id: score.value for score in scores()}
    assert values["pemat-understandability"] == 100.0
    assert (values["cdc-index"] or 0) >= 90
    assert (values["fkgl"] or 99) < 6


def test_what_is_said_at_the_edge_of_every_page_is_its_head() -> None:
    def told(**changes: Any) -> set[str]:
        return {each.check for each in check_pages(seen(head="My clinic", **changes), "x")}

    assert {"T8", "A4"} <= told()
    assert not {"T8", "A4"} & told(pages=2)
