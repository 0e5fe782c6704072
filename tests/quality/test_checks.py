"""Every check is silent on what is good and speaks on a planted fault."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pytest

from handouts.bench import Bench
from handouts.build import make_handout, plan_request
from handouts.checking.finished import unreadable
from handouts.checking.pictures import describe_figures, find_figures
from handouts.checking.subjects import check_workspace
from handouts.looks import Edition, Ink, Minimum, Palette
from handouts.measured import FinishedPdf, UnreadablePdfError
from handouts.measuring.opening import measure_pdf
from handouts.model import Clinic, Dose, Entry, Exercise, Hold, HoldUnit, Plan, Request, Sides
from handouts.quality.catalogue import DESCRIBED_CHECKS, STATED_CHECKS, Described, Stated
from handouts.quality.handout_words import TEXT_CHECKS, TOTALS_CHECK, check_text
from handouts.quality.judged import question
from handouts.quality.looks import CLINIC_CHECKS, EDITION_CHECKS, PALETTE_CHECKS
from handouts.quality.page_checks import check_pages
from handouts.quality.passages import PASSAGE_CHECKS, Passage
from handouts.quality.pdfs import PDF_CHECKS
from handouts.quality.plans import PLAN_CHECKS, PlanInQuestion
from handouts.quality.registry import list_rules
from handouts.quality.remarks import Check, Remark, Severity, look
from handouts.templates import load_edition, load_palette
from handouts.texts import FieldText, HandoutText
from handouts.workspace import Workspace

REQUEST = Request(
    exercises=(Entry(id="figure-four"), Entry(id="glute-bridge")), profile="flexion", patient="Ann", date=dt.date(2026, 3, 31)
)


@cache
def bench() -> Bench:
    return Bench(Workspace(), "en")


@cache
def plan() -> Plan:
    return plan_request(REQUEST, bench())


@cache
def text() -> HandoutText:
    return make_handout(REQUEST, bench()).text


@cache
def pdf_bytes() -> bytes:
    return make_handout(REQUEST, bench()).pdf


@cache
def plain_bytes() -> bytes:
    """The same file without object streams, so that names can be changed in its bytes."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return stream.getvalue()


@cache
def finished() -> FinishedPdf:
    return measure_pdf(pdf_bytes())


@cache
def exercise() -> Exercise:
    return bench().library[0].exercises["figure-four"]


@cache
def described() -> Described:
    words = bench().library[1]
    figures = describe_figures(exercise(), find_figures(bench(), exercise(), "female", None, []))
    return Described(exercise=exercise(), words=words.exercises["figure-four"], lang="en", figures=figures)


@cache
def edition() -> Edition:
    whole = load_edition(bench().workspace, "standard")
    first = tuple(replace(frame, top=45.0) for frame in whole.frames.first)
    return replace(whole, frames=replace(whole.frames, first=first))


@cache
def palette() -> Palette:
    return load_palette(bench().workspace, "colour")


def passage(*texts: str, lang: str = "en") -> Passage:
    return Passage(lang=lang, texts=tuple(((f"line {index}",), line) for index, line in enumerate(texts)))


GOOD_PASSAGE = passage(
    "Lie on your back.", "Hold for 30 seconds.", "Do it 5 to 10 times, in week 2.", *["Bend your knee a bit."] * 30
)


def words(**changes: Any) -> Described:
    return replace(described(), words=replace(described().words, **changes))


def facts(**changes: Any) -> Stated:
    catalog = bench().library[0]
    return Stated(exercise=replace(exercise(), **changes), clock=catalog.clock, sources=catalog.sources)


def planned(**changes: Any) -> PlanInQuestion:
    return PlanInQuestion(plan=replace(plan(), **changes), clock=bench().library[0].clock)


def dosed(**changes: Any) -> PlanInQuestion:
    first, *rest = plan().items
    return planned(items=(replace(first, dose=replace(first.dose, **changes)), *rest))


def colours(**changes: str) -> Edition:
    return replace(edition(), colours=replace(edition().colours, **changes))


def sizes(**changes: float) -> Edition:
    return replace(edition(), type=replace(edition().type, **changes))


def margin(**changes: float) -> Edition:
    frames = edition().frames
    return replace(edition(), frames=replace(frames, following=tuple(replace(frame, **changes) for frame in frames.following)))


def first_card(**changes: Any) -> HandoutText:
    card, *rest = text().cards
    return replace(text(), cards=(replace(card, **changes), *rest))


def first_picture(**changes: Any) -> HandoutText:
    picture, *rest = text().cards[0].pictures
    return first_card(pictures=(replace(picture, **changes), *rest))


def retag(before: str, **changes: Any) -> FinishedPdf:
    elements = tuple(replace(each, **changes) if each.tag == before else each for each in finished().elements)
    assert elements != finished().elements
    return replace(finished(), elements=elements)


def page(**changes: Any) -> FinishedPdf:
    first, *rest = finished().pages
    return replace(finished(), pages=(replace(first, **changes), *rest))


def ask(routine: str, **changes: Any) -> PlanInQuestion:
    catalog = bench().library[0]
    made = plan_request(Request(routine=routine), bench())
    assert made.routine is not None
    return PlanInQuestion(plan=replace(made, routine=replace(made.routine, **changes)), clock=catalog.clock)


def conflicted() -> PlanInQuestion:
    asked = Request(exercises=(Entry(id="cobra", override="tried in clinic"),), profile="flexion")
    made = plan_request(asked, bench())
    return planned(items=tuple(replace(item, override=None) for item in made.items))


LONG = "Lie on your back and bend your knees and put your feet flat and let your arms rest by your side and keep your head down."
HARD = "Maintain abdominal contraction continuously. Rehabilitation necessitates considerable deliberate repetition."
LARGE = Minimum(type=18.0, heading=20.0, title=22.0, leading=1.25, margin=72.0, picture=127.0)
E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

Fault = tuple[str, Severity, Callable[[], Any]]
FAULTS: dict[str, tuple[tuple[Check[Any], ...], Callable[[], Any], list[Fault]]] = {
    "passage": (
        PASSAGE_CHECKS,
        lambda: GOOD_PASSAGE,
        [
            ("R1", E, lambda: passage(*[HARD] * 4)),
            ("R1", W, lambda: passage(*["Slowly lower your elbows toward the table and let them rest again."] * 4)),
            ("R2", W, lambda: passage(*[HARD] * 20)),
            ("R3", E, lambda: passage(LONG + " And rest", LONG.replace(".", " and breathe."))),
            ("R3", W, lambda: passage(LONG.replace("let your arms rest by your side ", "rest there "))),
            ("R3", W, lambda: passage(*["Lie on your back with your knees bent and both of your feet flat."] * 3)),
            ("R7", E, lambda: passage("Squeeze your glutes.")),
            ("R8", E, lambda: passage("Hold for 20-30.")),
            ("R8", E, lambda: passage("Do 10.")),
            ("T6", E, lambda: passage("DO NOT EVER BOUNCE.")),
        ],
    ),
    "described": (
        DESCRIBED_CHECKS,
        described,
        [
            ("R4", E, lambda: words(steps=("Lie down.",) * 8)),
            ("R4", W, lambda: words(steps=("Lie down.",) * 2)),
            ("R5", W, lambda: words(steps=(LONG, "Lie down.", "Lie down."))),
            ("R6", W, lambda: words(steps=("Your knees bend.", "Lie down.", "Lie down."))),
            ("G1", E, lambda: replace(described(), figures={})),
            ("G1", E, lambda: replace(described(), exercise=replace(exercise(), pictures=()))),
            ("G3", E, lambda: words(pictures={})),
            ("G3", E, lambda: words(pictures={k: replace(v, alt="x" * 251) for k, v in described().words.pictures.items()})),
            ("G3", E, lambda: words(pictures={k: replace(v, caption=v.alt) for k, v in described().words.pictures.items()})),
            ("G4", E, lambda: words(feel="Your left hip")),
            ("G4", E, lambda: replace(described(), figures={k: replace(v, side=None) for k, v in described().figures.items()})),
        ],
    ),
    "stated": (
        STATED_CHECKS,
        facts,
        [
            ("S3", W, lambda: facts(dose=Dose(repetitions=1))),
            ("S4", W, lambda: facts(dose=replace(exercise().dose, hold=Hold(count=5, unit=HoldUnit.SECONDS)))),
            ("S4", W, lambda: facts(dose=replace(exercise().dose, hold=Hold(count=20, unit=HoldUnit.BREATHS)))),
            ("S8", E, lambda: facts(sources={k: v for k, v in exercise().sources.items() if k != "regions"})),
            ("S8", E, lambda: facts(sources={**exercise().sources, "dose.hold": ("hearsay",)})),
        ],
    ),
    "plan": (
        PLAN_CHECKS,
        lambda: dosed(hold=Hold(count=60, unit=HoldUnit.SECONDS)),
        [
            ("S3", E, lambda: dosed(per_day=None)),
            ("S4", W, lambda: dosed(hold=Hold(count=90, unit=HoldUnit.SECONDS))),
            ("S5", N, lambda: dosed(hold=Hold(count=20, unit=HoldUnit.SECONDS), repetitions=1)),
            ("S6", E, conflicted),
            ("S7", W, lambda: ask("five-minute", minutes=9)),
            ("L4", W, lambda: planned(items=plan().items * 3)),
            ("L4", E, lambda: planned(items=plan().items * 5)),
            ("L4", E, lambda: ask("ten-stretches", reason=None)),
        ],
    ),
    "text": (
        TEXT_CHECKS,
        text,
        [
            ("S1", E, lambda: replace(text(), emergency=replace(text().emergency, items=()))),
            ("S2", E, lambda: replace(text(), pain=replace(text().pain, items=()))),
            ("S2", E, lambda: replace(text(), call=replace(text().call, write_in=None))),
            ("G1", E, lambda: first_card(pictures=())),
            ("G1", E, lambda: first_picture(caption=" ")),
            ("G3", E, lambda: first_picture(alt="")),
            ("L5", E, lambda: replace(text(), page_of="Page {page}")),
        ],
    ),
    "totals": (
        (TOTALS_CHECK,),
        lambda: (text(), plan()),
        [
            ("R9", E, lambda: (first_card(total=None), plan())),
            ("R9", E, lambda: (replace(text(), glance=replace(text().glance, sentences=("Do it.",))), plan())),
        ],
    ),
    "edition": (
        EDITION_CHECKS,
        edition,
        [
            ("T1", E, lambda: sizes(small=11.5)),
            ("T1", W, lambda: replace(edition(), minimum=replace(edition().minimum, type=11.0))),
            ("T1", W, lambda: replace(edition(), minimum=replace(edition().minimum, margin=20.0))),
            ("T2", E, lambda: replace(edition(), minimum=LARGE)),
            ("T3", E, lambda: replace(sizes(heading=19), minimum=LARGE)),
            ("T4", E, lambda: sizes(leading=1.15)),
            ("T8", E, lambda: margin(start=40)),
            ("C1", E, lambda: colours(on_accent="#999999")),
            ("C1", W, lambda: colours(muted="#666666")),
            ("C2", E, lambda: colours(line="#cccccc")),
            ("C3", E, lambda: colours(accent="#d00000", on_accent="#0000d0")),
        ],
    ),
    "palette": (
        PALETTE_CHECKS,
        palette,
        [
            ("C2", E, lambda: replace(palette(), layers={**palette().layers, "outline": Ink(stroke="#cccccc", width=9)})),
            ("C3", E, lambda: replace(palette(), layers={k: v for k, v in palette().layers.items() if k != "target-hatch"})),
        ],
    ),
    "clinic": (
        CLINIC_CHECKS,
        lambda: Clinic(id="x", name="X", phone="1", main_colour="#003366"),
        [
            ("C1", W, lambda: Clinic(id="x", name="X", phone="1", main_colour="#ffcc00")),
            ("S2", W, lambda: Clinic(id="x", name="X", phone="000 0000 0000", main_colour="#003366")),
        ],
    ),
    "pdf": (
        PDF_CHECKS,
        finished,
        [
            ("A1", E, lambda: replace(finished(), lang=None)),
            ("A1", E, lambda: replace(finished(), title=None)),
            ("A1", E, lambda: replace(finished(), shows_title=False)),
            ("A2", E, lambda: replace(finished(), marked=False)),
            ("A2", E, lambda: replace(finished(), elements=())),
            ("A2", E, lambda: page(in_structure=False)),
            ("A2", E, lambda: retag("H1", tag="H3")),
            ("A2", E, lambda: retag("H2", tag="H4")),
            ("A2", E, lambda: retag("TH", tag="TD")),
            ("A2", E, lambda: retag("TH", has_scope=False)),
            ("A3", E, lambda: replace(finished(), loose_fonts=("Helvetica",))),
            ("A5", W, lambda: replace(finished(), bookmarks=0)),
            ("A5", W, lambda: page(links=(None,))),
            ("G3", E, lambda: retag("Figure", alt=None)),
            ("G3", W, lambda: retag("Figure", alt="x" * 251)),
            (
                "L5",
                E,
                lambda: replace(finished(), pages=tuple(replace(each, text="Hello", sheet=None) for each in finished().pages)),
            ),
            ("L5", E, lambda: page(text="Ann Page 2 of 9")),
            ("A1", E, lambda: replace(finished(), lang="en_US")),
            ("A1", E, lambda: replace(finished(), lang="English")),
        ],
    ),
}


def check_pdf(content: bytes, place: str) -> list[Remark]:
    """All that is said of a PDF of which no plan is known."""
    try:
        return check_pages(question(measure_pdf(content)), place)
    except UnreadablePdfError as error:
        return [unreadable(error, place)]


def remarks(checks: tuple[Check[Any], ...], subject: Any) -> list[Remark]:
    return look(checks, subject, lambda at: "/".join(map(str, at)) or "here")


@pytest.mark.parametrize("group", FAULTS)
def test_the_good_sample_is_clean(group: str) -> None:
    checks, good, faults = FAULTS[group]
    assert checks
    assert faults
    assert remarks(checks, good()) == []


@pytest.mark.parametrize(
    ("group", "check_id", "severity", "faulty"),
    [(group, *fault) for group, (_, _, faults) in FAULTS.items() for fault in faults],
    ids=[f"{group}-{fault[0]}-{index}" for group, (_, _, faults) in FAULTS.items() for index, fault in enumerate(faults)],
)
def test_a_planted_fault_is_found(group: str, check_id: str, severity: Severity, faulty: Callable[[], Any]) -> None:
    found = {(each.check, each.severity) for each in remarks(FAULTS[group][0], faulty())}
    assert (check_id, severity) in found


@pytest.mark.parametrize("group", FAULTS)
def test_no_check_is_without_a_planted_fault(group: str) -> None:
    checks, _, faults = FAULTS[group]
    for check in checks:
        assert any(list(check.find(faulty())) for check_id, _, faulty in faults if check_id == check.id), check.what


def test_every_check_is_in_the_registry() -> None:
    listed = {(rule.id, rule.what) for rule in list_rules()}
    checks = [check for group, _, _ in FAULTS.values() for check in group]
    assert len(checks) > 40
    assert {(check.id, check.what) for check in checks} <= listed
    assert all(check.find.__doc__ for check in checks)


def test_the_shipped_words_facts_and_clinics_have_no_error() -> None:
    found = check_workspace(bench())
    assert found
    assert [str(each) for each in found if each.severity is E and "templates/" not in each.place] == []


def test_a_finished_handout_is_read_in_full() -> None:
    pdf = finished()
    tags = {each.tag for each in pdf.elements}
    assert {"Document", "H1", "H2", "Table", "TH", "TD", "Figure", "L", "LI", "P"} <= tags
    assert all(page.text for page in pdf.pages)
    assert pdf.bookmarks == 2
    assert [each for each in check_pdf(pdf_bytes(), "x.pdf") if each.severity is E] == []


@pytest.mark.parametrize(
    ("before", "after", "check_id"),
    [
        (b"/Lang", b"/Lxng", "A1"),
        (b"/DisplayDocTitle", b"/DisplxyDocTitle", "A1"),
        (b"/Marked", b"/Mxrked", "A2"),
        (b"/StructParents", b"/StructPxrents", "A2"),
        (b"/S /TH", b"/S /TD", "A2"),
        (b"/Scope", b"/Scxpe", "A2"),
        (b"/FontFile", b"/FxntFile", "A3"),
        (b"/Alt ", b"/Axt ", "G3"),
        (b"/Outlines", b"/Outlxnes", "A5"),
    ],
)
def test_faults_in_the_bytes_are_found(before: bytes, after: bytes, check_id: str) -> None:
    content = plain_bytes()
    assert before in content
    assert [each for each in check_pdf(content, "x.pdf") if each.check == check_id] == []
    assert check_id in {each.check for each in check_pdf(content.replace(before, after), "x.pdf")}


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n", lambda: pdf_bytes()[:900]])
def test_what_is_no_pdf_is_one_error(content: Any) -> None:
    found = check_pdf(content() if callable(content) else content, "x.pdf")
    assert [each.check for each in found] == ["F2"]


def test_a_protected_pdf_cannot_be_checked() -> None:
    from handouts.binding.protection import protect

    (found,) = check_pdf(protect(pdf_bytes(), user_password="x" * 9), "x.pdf")
    assert "password" in found.message


def test_the_clinicians_notes_only_warn() -> None:
    note = FieldText(label="Just for you:", value=" ".join([HARD] * 4) + " Lumbar flexion 20.")
    found = check_text(first_card(note=note), plan())
    assert {each.check for each in found} >= {"R1", "R7", "R8"}
    assert {each.severity for each in found} <= {W, N}


def test_the_words_of_a_handout_are_judged() -> None:
    found = check_text(first_card(change_sides="Engage your glutes."), plan())
    assert [each.check for each in found if each.severity is E] == ["R7", "R7"]
    assert [each for each in check_text(text(), plan()) if each.severity is E] == []


def test_other_languages_are_not_graded() -> None:
    german = passage(*["Spannen Sie die Gesäßmuskulatur an und atmen Sie weiter."] * 9, lang="de")
    assert remarks(PASSAGE_CHECKS, german) == []


@pytest.mark.parametrize(
    "line",
    [
        "Squeeze the piriformis (a deep muscle).",
        "Squeeze the deep muscle (piriformis).",
        "Rest your hamster.",
        "Extending arms is fine.",
    ],
)
def test_explained_and_lookalike_words_pass(line: str) -> None:
    assert remarks(PASSAGE_CHECKS, passage(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Hold {n}~seconds",
        "5 slow times",
        "20-30 seconds",
        "Do number 2.",
        "after week 16",
        "30 s",
        "15 cm",
        "a 90-degree bend",
        "4 steps",
    ],
)
def test_numbers_with_a_unit_pass(line: str) -> None:
    assert [each.check for each in remarks(PASSAGE_CHECKS, passage(line)) if each.check == "R8"] == []


def test_sides_may_be_fixed_where_both_are_done_in_turn() -> None:
    turned = replace(words(feel="Your left hip"), exercise=replace(exercise(), sides=Sides.ALTERNATING))
    assert [each for each in remarks(DESCRIBED_CHECKS, turned) if each.check == "G4"] == []
