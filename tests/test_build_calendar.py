"""Calendar, month and diary as a patient gets them: what is on the page, how it is tagged, and on whose paper."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from binding import samples
from making import CLINIC, bench, clinic_bench, find_text, make, page_size, pages_of, plain, tags_of, text_of

from handouts.build import Built, make_reminders
from handouts.errors import CannotPrintError, InputError, MissingCharacterError
from handouts.measuring.opening import measure_pdf
from handouts.model import Dose, Entry, Hold, HoldUnit, Request, Step
from handouts.quality.judged import question

Submit = Callable[..., None]
START = dt.date(2026, 12, 2)
LONGER = Step(week=2, exercise=None, dose=Dose(hold=Hold(count=45, unit=HoldUnit.SECONDS)))
PROFILE = {"profile": "extension", "pages": ("calendar",), "start": dt.date(2026, 11, 30)}


def calendar(**fields: object) -> Built:
    return make(Request(**{"routine": "five-minute", "pages": ("calendar",), "start": START, **fields}))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------- tables


def rows_of(pdf: bytes) -> list[list[pikepdf.Dictionary]]:
    """The cells of each row of all tables; spanned places are not filled."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [list(_kids(row)) for row in _find(opened.Root.StructTreeRoot.K, "/TR")]


def _kids(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _find(element: pikepdf.Object, tag: str) -> Iterator[pikepdf.Object]:
    for each in element if isinstance(element, pikepdf.Array) else [element]:
        if isinstance(each, pikepdf.Dictionary) and "/S" in each:
            if str(each.S) == tag:
                yield each
            yield from (found for kid in _kids(each) for found in _find(kid, tag))


def spans(cell: pikepdf.Object) -> tuple[int, int]:
    found = {"/ColSpan": 1, "/RowSpan": 1}
    attributes = cell.get("/A", {})
    for each in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        found |= {key: int(each[key]) for key in found if key in each}
    return found["/ColSpan"], found["/RowSpan"]


def widths_of(pdf: bytes) -> list[int]:
    """How many columns each row fills, cells that reach down from rows above counted."""
    reaching: Counter[int] = Counter()
    widths = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for number, row in enumerate(_find(opened.Root.StructTreeRoot.K, "/TR")):
            width = reaching[number]
            for cell in _kids(row):
                columns, down = spans(cell)
                width += columns
                for below in range(1, down):
                    reaching[number + below] += columns
            widths.append(width)
    return widths


@pytest.mark.parametrize(
    ("fields", "columns"),
    [
        ({}, {8}),
        ({"times_per_day": 2}, {9}),
        ({"times_per_day": 2, "weeks": 2, "one_page": True}, {16}),
        ({"weeks": 4, "one_page": True}, {29}),
        ({"pages": ("month",)}, {7}),
        ({"pages": ("diary",)}, {9}),
        ({"pages": ("diary",), "score": "none", "times_per_day": 2}, {8}),
    ],
)
def test_every_row_of_a_table_is_as_wide_and_its_heads_are_told(
    fields: dict[str, object], columns: set[int], submit: Submit
) -> None:
    made = calendar(**fields)
    submit(made.pdf)
    assert set(widths_of(made.pdf)) == columns
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        heads = list(_find(opened.Root.StructTreeRoot.K, "/TH"))
        scopes = {str(head.A.Scope) for head in heads}
    assert scopes == ({"/Column"} if fields.get("pages") == ("month",) else {"/Column", "/Row"})


def test_every_box_is_said_with_its_day_and_session() -> None:
    alts = [tag.alt or "" for tag in tags_of(calendar(times_per_day=2).pdf) if tag.type == "Figure"]
    boxes = [alt for alt in alts if alt.startswith("Box to tick")]
    assert len(boxes) == 5 * 2 * 7
    assert Counter(boxes)["Box to tick, Wednesday 2 December, Morning"] == 5
    assert Counter(boxes)["Box to tick, Sunday 6 December, Evening"] == 5
    whole = [tag.alt for tag in tags_of(calendar(times_per_day=2, calendar_weeks=True).pdf) if tag.type == "Figure"]
    assert Counter(whole)["Not a day of the plan, Monday 30 November"] == 5 * 2 + 1  # the row of scores has one too
    assert Counter(alts)["Space for a number from 0 to 10, Thursday 3 December"] == 1
    assert Counter(alts)["Empty space for notes"] == 1


def test_rest_days_are_striped_and_said(submit: Submit) -> None:
    made = make(Request(**PROFILE))  # type: ignore[arg-type]
    submit(made.pdf)
    alts = Counter(tag.alt for tag in tags_of(made.pdf) if tag.type == "Figure")
    assert alts["Rest day, Tuesday 1 December"] == 1
    assert alts["Box to tick, Monday 30 November"] == 5
    assert "Stripes mean a rest day." in text_of(made.pdf)
    assert "Stripes" not in text_of(calendar().pdf)
    stripes = [piece for page in made.document.pages for p in page.placements if " W n " in (piece := p.piece.operators)]
    assert stripes
    assert not any(" W n " in p.piece.operators for page in calendar().document.pages for p in page.placements)


# ------------------------------------------------------------------------------------------------- pages


def test_a_page_a_week_each_with_its_dates_and_dose(submit: Submit) -> None:
    made = calendar(weeks=3, times_per_day=2, progression=(LONGER,), patient="Ana Sample")
    submit(made.pdf)
    assert [page_size(made.pdf, page) for page in range(3)] == [(841.89, 595.276)] * 3
    first, second, third = pages_of(made.pdf)
    assert "Week 1 of 3: 2 December to 8 December" in first
    assert "Week 3 of 3: 16 December to 22 December" in third
    assert "Planned: 14 sessions. Done:" in first
    assert "Planned: 14 sessions. Done:" in second
    assert "30 seconds, once, each side" in first
    assert second.count("New: 45 seconds, once, each side (or stay at 30 seconds)") == 3
    assert "New" not in (first + third).replace("Newly", "").replace("New leaks", "").replace("New numbness", "")
    assert third.count("45 seconds, once, each side (or stay at 30 seconds)") == 3
    assert "From week 2: hold 45 seconds in exercises 2, 3, 4 and 5. Take a new amount only if the week before felt easy" in first
    assert "From week 2" not in second + third, "its own rows say it"
    assert all("If not, stay at the old one and tell us." in page for page in (first, second, third))
    assert all("Ana Sample" in page for page in (first, second, third))


def test_a_rule_of_the_request_is_printed_instead_of_ours() -> None:
    printed = text_of(calendar(weeks=2, progression=(LONGER,), progression_rule="Ring me first.").pdf)
    assert "in exercises 2, 3, 4 and 5. Ring me first." in printed
    assert "felt easy" not in printed


def test_paper_and_first_day_of_the_country(tmp_path: Path, submit: Submit) -> None:
    at = clinic_bench(tmp_path, CLINIC.replace("country: gb", "country: us"))
    fields = {"routine": "five-minute", "pages": ("calendar",), "paper": "letter", "clinic": "riverside"}
    made = make(Request(start=START, calendar_weeks=True, **fields), at=at)  # type: ignore[arg-type]
    submit(made.pdf)
    assert page_size(made.pdf) == (792, 612)
    (page,) = pages_of(made.pdf)
    assert page.index("Su 29") < page.index("Mo 30")
    assert "December 2 to December 5" in page
    assert "call 911 or go to a hospital if:" in page


def test_without_a_start_there_are_lines_to_write_dates_on(submit: Submit) -> None:
    made = calendar(start=None, weeks=2)
    submit(made.pdf)
    assert all(f"Week {week} of 2 starts:" in page for week, page in enumerate(pages_of(made.pdf), start=1))
    assert "Box to tick, Monday" in {tag.alt for tag in tags_of(made.pdf)}


def test_all_weeks_on_one_page(submit: Submit) -> None:
    made = make(Request(weeks=4, one_page=True, **PROFILE))  # type: ignore[arg-type]
    submit(made.pdf)
    (page,) = pages_of(made.pdf)
    assert "30 November to 27 December" in page
    assert [page.count(f"Week {week}") for week in range(1, 5)] == [1, 1, 1, 1]
    assert page.count("7 sessions. Done:") == 4
    boxes = [tag for tag in tags_of(made.pdf) if (tag.alt or "").startswith("Box to tick")]
    assert len(boxes) == 4 * (4 * 7 + 3)


def test_more_weeks_than_fit_share_out_evenly(submit: Submit) -> None:
    made = calendar(weeks=10, one_page=True)
    submit(made.pdf)
    shown = [[week for week in range(1, 11) if f"Week {week} " in page] for page in pages_of(made.pdf)]
    assert shown == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]


def test_a_long_list_goes_on_under_the_same_head(submit: Submit) -> None:
    made = make(Request(routine="fourteen-stretches", pages=("calendar",), start=START))
    submit(made.pdf)
    pages = pages_of(made.pdf)
    assert len(pages) > 1
    assert all("Exercise" in page and "We 2" in page for page in pages)
    assert all("Fourteen stretches" in page for page in pages)
    assert all("Get help now" in page for page in pages), "the numbers to call stand on every page"
    assert "Do only the exercises we have ticked." in pages[0]
    assert "Planned" not in pages[0]
    assert "Get help now" in pages[0]
    assert len([tag for tag in tags_of(made.pdf) if tag.type == "Table"]) == 1


@pytest.mark.parametrize(("routine", "edition"), [("ten-stretches", "standard"), ("flexion-starter", "large-print")])
def test_a_table_that_fits_alone_is_not_parted_for_the_signs(routine: str, edition: str, submit: Submit) -> None:
    """The sheet on the fridge has the whole week and the number to call; what to call for follows."""
    made = make(Request(routine=routine, pages=("calendar",), edition=edition))
    submit(made.pdf)
    week, signs = pages_of(made.pdf)
    assert "Exercise" in week
    assert "Notes" in week
    assert "Get help now: call 112, 911 or 999. When to do so: see the box that follows." in week
    assert "or go to a hospital, if:" in signs
    assert "Exercise" not in signs


def test_a_page_that_goes_on_says_no_week_to_write_in(submit: Submit) -> None:
    made = make(Request(routine="fourteen-stretches", pages=("calendar",), weeks=2))
    submit(made.pdf)
    first, second, *_ = pages_of(made.pdf)
    assert "Week 1 of 2 starts:" in first
    assert "starts:" not in second
    assert "Fourteen stretches and exercises for the lower back and hips, Week 1" in second


def test_what_goes_on_below_a_month_stands_under_the_number_to_call(tmp_path: Path, submit: Submit) -> None:
    notes = tuple(
        Entry(id=each, note=f"A line for the patient about this exercise, long enough to fill its share of the box, {number}.")
        for number, each in enumerate(("cat-cow", "childs-pose", "butterfly", "happy-baby", "supine-twist"))
    )
    made = make(Request(exercises=notes, pages=("month",), start=START, weeks=5, edition="large-print"))
    submit(made.pdf)
    pages = pages_of(made.pdf)
    assert len(pages) > 1
    assert all("Get help now" in page for page in pages)


@pytest.mark.parametrize("start", [None, START])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_large_diary_turns_the_page_to_hold_its_notes(paper: str, start: dt.date | None, submit: Submit) -> None:
    made = make(Request(routine="five-minute", pages=("diary",), edition="large-print", paper=paper, start=start, weeks=2))
    submit(made.pdf)
    width, height = page_size(made.pdf)
    assert width > height
    assert any("Notes" in page for page in pages_of(made.pdf))


@pytest.mark.parametrize("pages", [("calendar",), ("month",), ("diary",)])
def test_signs_and_the_number_to_call_hang_on_every_kind_of_page(pages: tuple[str, ...], tmp_path: Path, submit: Submit) -> None:
    request = Request(
        exercises=(Entry(id="standing-quad-stretch", override="asked"),),
        precautions=("hip-replacement-posterior",),
        pages=pages,
        clinic="riverside",
        start=START,
    )
    made = make(request, at=clinic_bench(tmp_path))
    submit(made.pdf)
    first = pages_of(made.pdf)[0]
    assert "Get help now: call 999 or go to a hospital if:" in first
    assert "020 7946 0000" in first
    vocabulary, catalog = bench().library[1].vocabulary, bench().library[0]
    shown = [sign for sign in catalog.signs.values() if sign.tier in ("emergency", "call") and sign.always]
    assert len(shown) >= 15
    for sign in shown:
        assert vocabulary.signs_short[sign.id] in first
    assert vocabulary.signs_short["new-hip-trouble"] in first


def test_every_sign_has_few_words() -> None:
    catalog, words = bench().library
    boxed = {sign.id for sign in catalog.signs.values() if sign.tier in ("emergency", "call")}
    assert set(words.vocabulary.signs_short) == boxed
    assert max(len(said) for said in words.vocabulary.signs_short.values()) <= 44


# ------------------------------------------------------------------------------------------------- month and diary


def test_the_month_has_a_box_a_session_and_the_plan_in_short(submit: Submit) -> None:
    made = calendar(pages=("month",), times_per_day=2, weeks=4, progression=(LONGER,))
    submit(made.pdf)
    (page,) = pages_of(made.pdf)
    assert "2 December 2026 to 29 December 2026" in page
    assert "Planned in all: 56 sessions." in page
    assert "Figure four: 30 seconds, once, each side" in page
    assert "From week 2: hold 45 seconds in exercises" in page
    boxes = Counter(tag.alt for tag in tags_of(made.pdf) if (tag.alt or "").startswith("Box to tick"))
    assert len(boxes) == 2 * 28
    assert set(boxes.values()) == {1}


def test_a_long_month_takes_several_pages(submit: Submit) -> None:
    made = calendar(pages=("month",), weeks=12)
    submit(made.pdf)
    assert len(pages_of(made.pdf)) == 3


def test_the_diary_asks_where_the_pain_was_and_says_what_to_do(submit: Submit) -> None:
    made = calendar(pages=("diary",))
    submit(made.pdf)
    (page,) = pages_of(made.pdf)
    assert page_size(made.pdf) == (595.276, 841.89)
    for words in ("the lowest place your pain reached", "Back", "Buttock", "Thigh", "Below knee", "1. We 2 Dec", "14. Tu 15 Dec"):
        assert words in page
    rule = page[page.index("What to do next") : page.index("Newly numb")]
    assert rule.index("Carry on:") < rule.index("Do half:") < rule.index("Stop and call us") < rule.index("Get help now:")
    signs = bench().library[1].vocabulary.signs
    assert all(plain(signs[sign]) in rule for sign in ("carry-on", "halve", "stop-one", "stop-and-call"))
    alts = Counter(tag.alt for tag in tags_of(made.pdf))
    assert alts["Box to tick, Below knee"] == 14


def test_comfort_or_nothing_is_rated_instead_of_pain() -> None:
    assert "Comfort: 0 is very poor, 10 is very good" in text_of(calendar(score="comfort").pdf)
    assert "10 is" not in text_of(calendar(score="none").pdf)
    assert not any("0 to 10" in (tag.alt or "") for tag in tags_of(calendar(score="none").pdf))


# ------------------------------------------------------------------------------------------------- as parts of a handout


def test_pages_come_in_the_order_asked_for_and_one_place_to_tick_is_enough(submit: Submit) -> None:
    made = calendar(pages=("handout", "calendar", "diary"), weeks=1, profile=None)
    submit(made.pdf)
    pages = pages_of(made.pdf)
    assert "Your plan at a glance" in pages[0]
    assert [page_size(made.pdf, number)[0] > 600 for number in range(len(pages))] == [False] * (len(pages) - 2) + [True, False]
    assert all(page.endswith(f"Page {number} of {len(pages)}") for number, page in enumerate(pages, start=1))
    assert "Week 1" not in " ".join(pages[:-2]), "no boxes on the cards"
    assert [tag.type for tag in tags_of(made.pdf)].count("H1") == 1
    assert [plain(mark.title) for mark in made.document.bookmarks][-2:] == ["2 December to 8 December", "Your diary"]
    assert {mark.page for mark in made.document.bookmarks if mark.title == "Your diary"} == {len(pages) - 1}


def test_a_calendar_alone_and_as_a_part_are_drawn_alike() -> None:
    alone, part = calendar(), calendar(pages=("handout", "calendar"))
    words = [p.piece.operators for p in alone.document.pages[0].placements if p.node is not None]
    again = [p.piece.operators for p in part.document.pages[-1].placements if p.node is not None]
    assert words[1:] == again[1:], "all but the head, which is no title there"


# ------------------------------------------------------------------------------------------------- a clinic's paper


@pytest.mark.parametrize("pages", [("calendar",), ("month", "diary")])
def test_cover_made_from_the_brand_and_the_clinics_own(pages: tuple[str, ...], tmp_path: Path, submit: Submit) -> None:
    files = {"assets/clinics/riverside/cover.pdf": samples.plain()}
    at = clinic_bench(tmp_path, CLINIC, files)
    fields = {"routine": "five-minute", "pages": pages, "start": START, "clinic": "riverside", "weeks": 1}
    for cover in ("generated", str(tmp_path / "assets/clinics/riverside/cover.pdf")):
        made = make(Request(cover=cover, **fields), at=at)  # type: ignore[arg-type]
        submit(made.pdf)
        assert page_size(made.pdf, 0) == (595.276, 841.89), "a cover stands upright"
        assert len(pages_of(made.pdf)) == 1 + len(pages)
        assert pages_of(made.pdf)[1].endswith(f"Page 1 of {len(pages)}")


def head(*sizes: tuple[float, float]) -> bytes:
    """A letterhead with a page of each size, its number at the top."""
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, invariant=True)
    for number, (width, height) in enumerate(sizes, start=1):
        canvas.setPageSize((width, height))
        canvas.setFont(samples._font(), 12)
        canvas.drawString(40, height - 30, f"HEAD{number}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


A4, WIDE = (595.28, 841.89), (841.89, 595.28)


def test_landscape_pages_lie_on_the_letterheads_landscape_page(tmp_path: Path, submit: Submit) -> None:
    clinic = CLINIC + "letterhead: head.pdf\nmargins: {top: 40 mm, landscape: {top: 40 mm, bottom: 20 mm, left: 30 mm}}\n"
    at = clinic_bench(tmp_path, clinic, {"assets/clinics/riverside/head.pdf": head(A4, WIDE)})
    made = make(Request(routine="five-minute", pages=("calendar", "diary"), weeks=1, start=START, clinic="riverside"), at=at)
    submit(made.pdf)
    pages = pages_of(made.pdf)
    wide = [page_size(made.pdf, number)[0] > 600 for number in range(len(pages))]
    assert ["HEAD2" in page for page in pages] == wide
    assert ["HEAD1" in page for page in pages] == [not each for each in wide]
    assert len(set(wide)) == 2
    assert "Riverside Physio" not in "".join(pages)
    ours = [found for found in find_text(made.pdf) if found.page == 0 and "HEAD" not in found.text]
    assert ours
    assert max(found.top for found in ours) <= 595.28 - 40 * 72 / 25.4 + 1
    assert min(found.bottom for found in ours) >= 20 * 72 / 25.4 - 1
    assert min(found.left for found in ours) >= 30 * 72 / 25.4 - 1
    assert not any("landscape" in warning for warning in made.warnings)


def test_an_upright_letterhead_is_not_bent_under_a_landscape_page(tmp_path: Path, submit: Submit) -> None:
    at = clinic_bench(tmp_path, CLINIC + "letterhead: head.pdf\n", {"assets/clinics/riverside/head.pdf": head(A4)})
    made = make(Request(routine="five-minute", pages=("handout", "calendar"), start=START, clinic="riverside"), at=at)
    submit(made.pdf)
    pages = pages_of(made.pdf)
    assert "HEAD1" in pages[0]
    assert "HEAD1" not in pages[-1]
    assert "Riverside Physio" in pages[-1]
    assert "the letterhead has no landscape page, so calendar pages name the clinic instead; add one to its PDF" in made.warnings


def test_a_character_no_font_has_is_told_for_the_rule_too() -> None:
    with pytest.raises(MissingCharacterError, match="progression rule: cannot print"):
        calendar(weeks=2, progression=(LONGER,), progression_rule="漢")


def test_an_edition_of_large_type_still_prints_all(tmp_path: Path, submit: Submit) -> None:
    big = "id: big\ntype: {title: 26 pt, heading: 20 pt, card_name: 20 pt, dose: 18 pt, body: 18 pt, small: 18 pt}\n"
    at = clinic_bench(tmp_path, CLINIC, {"templates/editions/big.yaml": big})
    for pages in (("calendar",), ("month",), ("diary",)):
        fields = {"profile": "extension", "pages": pages, "start": START, "clinic": "riverside", "edition": "big"}
        made = make(Request(times_per_day=2, **fields), at=at)  # type: ignore[arg-type]
        submit(made.pdf)
        assert "Get help now" in pages_of(made.pdf)[0]


def test_margins_that_leave_too_little_of_a_landscape_page_are_refused(tmp_path: Path) -> None:
    clinic = CLINIC + "letterhead: head.pdf\nmargins: {landscape: {top: 60 mm, bottom: 20 mm}}\n"
    at = clinic_bench(tmp_path, clinic, {"assets/clinics/riverside/head.pdf": head(A4, WIDE)})
    with pytest.raises(InputError, match=r"clinic.yaml:\d+:\d+: margins: landscape leave 130 mm to print on, 140 mm at least"):
        make(Request(routine="five-minute", clinic="riverside"), at=at)


def test_the_time_zone_comes_from_request_clinic_and_workspace(tmp_path: Path) -> None:
    def zone(folder: str, clinic: str, settings: str, **fields: str) -> str:
        at = clinic_bench(tmp_path / folder, CLINIC + clinic, {"handouts.yaml": f"lang: en\n{settings}"})
        request = Request(routine="five-minute", pages=("calendar",), start=START, clinic="riverside", **fields)  # type: ignore[arg-type]
        written = make_reminders(make(request, at=at), at).decode()
        return next((line.partition("TZID=")[2].partition(":")[0] for line in written.split("\r\n") if "DTSTART;" in line), "")

    workspace, clinic = "time_zone: Europe/Paris\n", "time_zone: Europe/Rome\n"
    assert zone("a", "", "") == ""
    assert zone("b", "", workspace) == "Europe/Paris"
    assert zone("c", clinic, workspace) == "Europe/Rome"
    assert zone("d", clinic, workspace, time_zone="Europe/London") == "Europe/London"


# ------------------------------------------------------------------------------------------------- what goes with an exercise


def test_note_caution_and_advice_stand_on_the_calendar_too(submit: Submit) -> None:
    request = Request(
        profile="flexion",
        exercises=(Entry(id="cat-cow", note="Round only."), Entry(id="standing-quad-stretch")),
        precautions=("balance", "osteoporosis"),
        pages=("calendar",),
        start=START,
    )
    made = make(request)
    submit(made.pdf)
    (page,) = pages_of(made.pdf)
    assert "Just for you: Round only." in page
    assert "Take care: Hold a heavy table or counter" in page
    assert "Unsteady? Use your stick or frame" in page
    assert "Stop at sharp or strong pain. See your sheet for the steps." in page


def test_no_picture_shows_the_direction_a_profile_doubts() -> None:
    def picture(profile: str | None) -> str:
        request = Request(profile=profile, exercises=(Entry(id="cat-cow"),), pages=("calendar",))
        shown = make(request).text.calendar.weeks[0].rows[0].picture  # type: ignore[union-attr]
        assert shown is not None
        return shown.figure.rpartition("/")[2]

    assert ".end." in picture(None)
    assert ".start." in picture("flexion")
    assert ".start." in picture("extension")


def test_a_routine_that_says_how_often_is_not_counted() -> None:
    page = text_of(make(Request(routine="five-minute", pages=("calendar",), start=START)).pdf)
    assert "once or twice a day when you feel tight or sore" in page
    assert "Planned" not in page
    assert "Planned: 7 sessions" in text_of(calendar(times_per_day=1).pdf)


def test_a_diary_beside_it_rates_the_day() -> None:
    assert "0 is none" not in pages_of(calendar(pages=("calendar", "diary")).pdf)[0]


@pytest.mark.parametrize("pages", [("diary",), ("month",)])
@pytest.mark.parametrize("times", [3, 7, 12])
def test_many_sessions_keep_boxes_to_tick(times: int, pages: tuple[str, ...], submit: Submit) -> None:
    made = calendar(pages=pages, times_per_day=times, weeks=1)
    submit(made.pdf)
    boxes = _boxes(made.pdf)
    assert len(boxes) >= 7 * times
    assert min(min(right - left, top - bottom) for left, bottom, right, top in boxes) >= 9
    width = made.document.pages[0].width
    assert all(left >= 42 and right <= width - 42 for left, _, right, _ in boxes)


def _boxes(pdf: bytes) -> list[tuple[float, ...]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        figures = list(_find(opened.Root.StructTreeRoot.K, "/Figure"))
        said = [figure for figure in figures if str(figure.Alt).startswith("Box to tick")]
        return [tuple(float(value) for value in figure.A.BBox) for figure in said]


def test_boxes_too_small_to_tick_are_refused(tmp_path: Path) -> None:
    clinic = CLINIC + "letterhead: head.pdf\nmargins: {landscape: {top: 20 mm, bottom: 20 mm, left: 85 mm, right: 85 mm}}\n"
    at = clinic_bench(tmp_path, clinic, {"assets/clinics/riverside/head.pdf": head(A4, WIDE)})
    for pages in (("month",), ("calendar",)):
        request = Request(routine="five-minute", pages=pages, start=START, clinic="riverside", times_per_day=3, weeks=2)
        with pytest.raises(CannotPrintError, match="does not fit on one page of this paper"):
            make(request, at=at)


@pytest.mark.parametrize("weeks", [1, 2, 4])
def test_heads_and_totals_are_whole_in_large_type(weeks: int, tmp_path: Path, submit: Submit) -> None:
    big = "id: big\ntype: {title: 26 pt, heading: 20 pt, card_name: 20 pt, dose: 18 pt, body: 18 pt, small: 18 pt}\n"
    at = clinic_bench(tmp_path, CLINIC, {"templates/editions/big.yaml": big})
    fields = {"profile": "extension", "pages": ("calendar",), "start": dt.date(2026, 12, 20), "clinic": "riverside"}
    made = make(Request(edition="big", weeks=weeks, one_page=True, **fields), at=at)  # type: ignore[arg-type]
    submit(made.pdf)
    text = " ".join(pages_of(made.pdf))
    assert all(f" {day} " in f" {text} " or f"\u00a0{day}" in text for day in range(20, 27))
    assert text.count("Done:") == weeks


def test_strength_made_more_frequent_is_told() -> None:
    warnings = make(Request(profile="extension", times_per_day=2)).warnings
    assert "glute-bridge is a strength exercise, now 2 times a day (its own dose: 1)" in warnings
    assert not any("strength" in warning for warning in make(Request(profile="extension")).warnings)


# ------------------------------------------------------------------------------------------------- precautions


def test_the_month_alone_says_what_to_take_care_of() -> None:
    entries = (Entry(id="cat-cow", note="Round only."), Entry(id="standing-quad-stretch"))
    said = text_of(make(Request(exercises=entries, precautions=("balance",), pages=("month",), start=START)).pdf)
    assert "1. Cat-cow: 30 seconds. Just for you: Round only." in said
    assert "2 times, each side. Take care: Hold a heavy table or counter, not a chair" in said
    assert "Ask us how to get down and up safely." in said


def test_stripes_are_told_of_only_where_a_month_has_them() -> None:
    assert "Stripes" not in text_of(calendar(pages=("month",)).pdf)
    mixed = make(Request(exercises=(Entry(id="glute-bridge"), Entry(id="cobra")), pages=("calendar", "month"), start=START))
    week, month = pages_of(mixed.pdf)[0], pages_of(mixed.pdf)[-1]
    assert ("Stripes" in week, "Stripes" in month) == (True, False)


def test_standing_on_one_leg_in_pregnancy_needs_a_hold() -> None:
    asked = Request(exercises=(Entry(id="standing-quad-stretch"),), precautions=("pregnancy",), pages=("calendar",), start=START)
    assert "Take care: Hold a heavy table or counter" in text_of(make(asked).pdf)


def test_the_dates_of_a_week_are_no_exercise() -> None:
    """ "2 March to 8 March" is no exercise of number 2."""
    asked = Request(routine="five-minute", pages=("calendar",), start=dt.date(2026, 3, 2))
    subject = question(measure_pdf(make(asked).pdf))
    assert not any("March" in exercise.name for exercise in subject.exercises)
