"""What each edition promises, on the finished page."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from making import Found, bench, clinic_bench, find_text, make, page_size, pages_of, plain, text_of
from operators import outside_strings
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from handouts.build import Built, make_handout
from handouts.cli.app import open_app
from handouts.errors import CannotPrintError, InputError
from handouts.measured import FinishedPdf, Run
from handouts.measuring.opening import measure_pdf
from handouts.model import Entry, Request
from handouts.pages.glance import draw_glance_row, glance_columns
from handouts.pages.imposing import ON_A_SHEET, place_of
from handouts.workspace import Workspace, list_templates

Submit = Callable[..., None]
MM = 72 / 25.4
ROOT = Path(__file__).parents[1]
ALL = list_templates(Workspace(), "editions")
LONG = "Schulterblattmuskulaturkraeftigungsuebungen"


def edition(name: str, **fields: object) -> Built:
    return make(Request(**{"routine": "five-minute", "edition": name, **fields}))  # type: ignore[arg-type]


@cache
def measured(name: str, routine: str = "five-minute") -> FinishedPdf:
    request = Request(routine=routine, edition=name)
    return measure_pdf(make_handout(request, bench(), unfolded=True).pdf, pictures=True)


def runs_of(pdf: FinishedPdf) -> Iterator[tuple[int, Run]]:
    for number, page in enumerate(pdf.pages):
        assert page.sheet is not None
        yield from ((number, run) for run in page.sheet.runs)


def find(pdf: bytes, words: str) -> list[Found]:
    return [each for each in find_text(pdf) if words in plain(each.text).replace("\u2019", "'")]


def test_all_editions_are_there() -> None:
    assert set(ALL) == {"black-and-white", "compact", "large-print", "one-per-page", "pocket", "poster", "standard"}


@pytest.mark.parametrize(
    ("name", "paper", "size"),
    [
        ("large-print", "a4", (210, 297)),
        ("large-print", "letter", (215.9, 279.4)),
        ("pocket", "a4", (297, 210)),
        ("pocket", "letter", (279.4, 215.9)),
        ("poster", "a4", (297, 420)),
        ("poster", "letter", (279.4, 431.8)),
    ],
)
def test_the_paper(name: str, paper: str, size: tuple[float, float]) -> None:
    width, height = page_size(edition(name, paper=paper).pdf)
    assert (width / MM, height / MM) == pytest.approx(size, abs=0.1)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ALL)
def test_the_longest_words_fit(name: str, paper: str, submit: Submit) -> None:
    """Nothing leaves its frame, and nothing is left out."""
    entries = (Entry(id="cat-cow-hip-circles", note=f"{LONG} {LONG}"), Entry(id="kneeling-hip-flexor-stretch"))
    request = Request(
        exercises=entries, title=f"{LONG} {LONG}", goal=LONG * 2, patient=LONG, edition=name, paper=paper,
        precautions=("balance",), clinician=LONG, date=dt.date(2026, 3, 31),
    )  # fmt: skip
    made = make(request)
    submit(made.pdf)
    pdf = measure_pdf(make_handout(request, bench(), unfolded=True).pdf)
    for number, run in runs_of(pdf):
        sheet = pdf.pages[number].sheet
        assert sheet is not None
        assert run.box.left >= 5 * MM, run.text
        assert run.box.right <= sheet.width - 5 * MM, run.text
    said = "".join(text_of(made.pdf).split())
    assert said.count(LONG) >= 2 + 2 + 2 + 1, "note, title, goal and patient"


# ------------------------------------------------------------------------------------------------- standard


def test_standard_has_two_exercises_a_page() -> None:
    pages = [page.replace("\u2019", "'") for page in pages_of(edition("standard").pdf)]
    pairs = [("Cat-cow hip circles", "Child's pose"), ("Runner's lunge", "Figure four"), ("Lying twist",)]
    assert all(name in page for page, names in zip(pages[1:], pairs, strict=True) for name in names)


# ------------------------------------------------------------------------------------------------- large print


def test_large_print_is_18_points_everywhere_and_upright() -> None:
    for _, run in runs_of(measured("large-print")):
        assert run.size >= 18, run.text
        assert not run.font.italic


def test_large_print_has_one_column() -> None:
    """Words never stand beside other words, but in tables and fields."""
    pdf = edition("large-print").pdf
    [call], [rule] = find(pdf, "Call us, or your doctor"), find(pdf, "The pain rule")
    assert rule.left == pytest.approx(call.left, abs=0.5)
    assert rule.top < call.bottom or rule.page != call.page


def test_large_print_breaks_no_card_and_no_plan_that_a_page_can_hold() -> None:
    pages = pages_of(edition("large-print").pdf)
    assert not any("(continued)" in page for page in pages)
    [plan] = [page for page in pages if "Your plan at a glance" in page]
    assert "Lying twist" in plan


def test_warnings_of_a_card_that_goes_on_come_before_its_steps(submit: Submit) -> None:
    note = "Keep the pillow under your head. " * 12
    made = edition("large-print", routine=None, exercises=(Entry(id="pigeon-pose", note=note.strip()),))
    submit(made.pdf)
    pages = pages_of(made.pdf)
    assert "(continued)" in pages[-1]
    first = pages[-2].partition("On elbows")[2]
    assert first.index("Take care:") < first.index("Stop if:") < first.index("1.")


def test_captions_stay_on_one_line_where_the_row_has_room() -> None:
    assert {"Hips to the left", "Across to the right"} <= {plain(run.text).strip() for _, run in runs_of(measured("large-print"))}


def test_the_foot_of_a_routine_is_one_line() -> None:
    assert "Five-minute stretch Page 2 of" in pages_of(edition("large-print").pdf)[1]


# ------------------------------------------------------------------------------------------------- compact


def test_compact_puts_four_exercises_on_a_page() -> None:
    pages = pages_of(edition("compact", routine="ten-stretches").pdf)
    names = ["Single knee to chest Hold", "Double knee to chest Hold", "Knee rotations 10 times", "Child's pose Hold"]
    assert all(name in pages[1].replace("\u2019", "'") for name in names)
    assert len(pages) == 4


def test_compact_keeps_its_steps_a_list(submit: Submit) -> None:
    made = edition("compact")
    submit(made.pdf)
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        tags = [
            str(element.get("/S")) for element in opened.objects if isinstance(element, pikepdf.Dictionary) and "/S" in element
        ]
    steps = sum(len(card.steps) for card in made.text.cards)
    assert tags.count("/Lbl") == steps
    assert tags.count("/LBody") >= steps


def test_compact_says_in_the_plan_how_many_days_a_week() -> None:
    assert any(
        "3\u00a0days a week" in row[-1]
        for row in make(Request(exercises=(Entry(id="glute-bridge"),), edition="compact")).text.glance.rows
    )


def test_compact_sets_warnings_apart() -> None:
    found = find(edition("compact").pdf, "Take care:")
    assert found
    assert all(each.left == pytest.approx(found[0].left, abs=40) for each in found)
    assert not any("Feel it:" in each.text for each in found)


def test_a_menu_asks_for_no_ticks_where_it_has_no_boxes() -> None:
    assert not any("Tick a box" in item for item in edition("compact", routine="ten-stretches").text.before.items)
    assert any("Tick a box" in item for item in edition("compact").text.before.items)


def test_compact_has_a_box_for_each_day_in_the_plan() -> None:
    with pikepdf.open(io.BytesIO(edition("compact", days=("mon", "thu")).pdf)) as opened:
        alts = [str(each.Alt) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
    assert alts.count("Box to tick, Monday") == alts.count("Box to tick, Thursday") == 5
    assert not any("Tuesday" in alt for alt in alts)


# ------------------------------------------------------------------------------------------------- black and white


def test_black_and_white_has_no_colour_and_no_tint_under_text() -> None:
    pdf = pypdfium2.PdfDocument(edition("black-and-white").pdf)
    for page in pdf:
        seen = np.asarray(page.render(scale=0.5).to_pil().convert("RGB"))
        assert (seen.max(axis=2) == seen.min(axis=2)).all()
    for _, run in runs_of(measured("black-and-white")):
        assert run.colour in ("#000000", "#ffffff")
        assert run.contrast is None or run.contrast[1] > 18, run.text


def test_black_and_white_takes_no_colour_of_a_clinic(tmp_path: Path) -> None:
    at = clinic_bench(tmp_path, clinic='name: Riverside\nphone: "020 7946 0000"\ncolours: {main: "#0d6b63"}\n')
    pages = pypdfium2.PdfDocument(
        make_handout(Request(routine="five-minute", edition="black-and-white", clinic="riverside"), at).pdf
    )
    for page in pages:
        seen = np.asarray(page.render(scale=0.5).to_pil().convert("RGB"))
        assert (seen.max(axis=2) == seen.min(axis=2)).all()


# ------------------------------------------------------------------------------------------------- one per page


def test_one_exercise_a_page_with_its_pictures_over_half_of_it() -> None:
    pages = pages_of(edition("one-per-page", routine="ten-stretches").pdf)
    cards = make(Request(routine="ten-stretches")).text.cards
    shown = [[card.name for card in cards if f"{card.number} {plain(card.name)}" in page] for page in pages[-len(cards) :]]
    assert shown == [[card.name] for card in cards]
    quad = measure_pdf(make(Request(exercises=(Entry(id="standing-quad-stretch"),), edition="one-per-page")).pdf)
    sheet = quad.pages[-1].sheet
    assert sheet is not None
    assert max(picture.box.height for picture in sheet.pictures) > 0.45 * sheet.height


def test_pictures_on_a_page_of_their_own_fill_what_the_words_leave() -> None:
    """Those that could stand side by side as well stand one above the other where that fills the page."""
    for page in measured("one-per-page").pages[1:]:
        sheet = page.sheet
        assert sheet is not None
        lowest = min(run.box.bottom for run in sheet.runs if run.box.bottom > 20 * MM)
        drawn = [picture.box for picture in sheet.pictures if picture.box.height > 20 * MM]
        wide = max(box.right for box in drawn) - min(box.left for box in drawn)
        assert lowest < 0.2 * sheet.height or wide > 0.8 * sheet.width


def test_one_per_page_says_every_sign_to_stop_and_the_easier_way() -> None:
    words = bench().library[1].exercises["figure-four"]
    plain_card, card = (
        edition(name, routine=None, exercises=(Entry(id="figure-four"),)).text.cards[0] for name in ("standard", "one-per-page")
    )
    assert card.stop is not None
    assert card.stop.value is not None
    assert card.stop.value.count(".") == len(words.stop_if) > 1
    assert card.easier is not None
    assert plain_card.easier is None


def test_advice_that_spills_shares_the_page_of_the_first_exercise() -> None:
    goal = "Walk to the shop and back, and carry the bags home again. " * 3
    pages = pages_of(edition("one-per-page", paper="letter", goal=goal.strip()).pdf)
    assert "Before you start" not in pages[0]
    assert "Before you start" in pages[1]
    assert "Cat-cow hip circles" in pages[1]


# ------------------------------------------------------------------------------------------------- poster


def test_the_poster_is_in_two_columns_of_the_same_width() -> None:
    pdf = edition("poster").pdf
    lefts = sorted({round(find(pdf, name)[0].left) for name in ("Child's pose", "Figure four")})
    assert len(lefts) <= 2
    assert len(pages_of(pdf)) == 2


def test_the_last_page_of_a_poster_leaves_no_column_empty(submit: Submit) -> None:
    made = edition("poster", routine="flexion-starter")
    submit(made.pdf)
    bend, bike = (find(made.pdf, name)[-1] for name in ("Seated forward bend", "Recumbent bike"))
    assert bend.page == bike.page == 1
    assert bike.left > bend.left + 100 * MM
    assert bike.top == pytest.approx(bend.top, abs=1)


def test_a_poster_has_no_blank_lines_for_names_and_dates() -> None:
    assert "Next visit:" not in text_of(edition("poster").pdf)
    named = text_of(edition("poster", clinician="Dr Ada Moss").pdf)
    assert "From: Dr Ada Moss" in plain(named)
    assert "Date:" not in named
    assert "Next visit:" in text_of(edition("standard").pdf)


def test_a_poster_that_names_a_patient_is_told() -> None:
    warning = "the edition poster is for others to see, and it names the patient: leave patient: out"
    assert warning in edition("poster", patient="Ann Lee").warnings
    assert warning not in edition("poster").warnings
    assert not any("others to see" in each for each in edition("standard", patient="Ann Lee").warnings)


# ------------------------------------------------------------------------------------------------- pocket


def test_each_small_page_has_its_place_on_the_sheet(submit: Submit) -> None:
    made = edition("pocket")
    submit(made.pdf)
    width, height = page_size(made.pdf)
    whole = len(pages_of(make_handout(made.request, bench(), unfolded=True).pdf))
    assert len(pages_of(made.pdf)) == -(-whole // ON_A_SHEET)
    for number in range(1, whole + 1):
        [found] = find(made.pdf, f"Page {number} of {whole}")
        column, row, _ = place_of((number - 1) % ON_A_SHEET + 1)
        middle = (found.left + found.right) / 2, (found.bottom + found.top) / 2
        assert found.page == (number - 1) // ON_A_SHEET
        assert (int(middle[0] // (width / 4)), int(middle[1] // (height / 2))) == (column, row)


def test_the_upper_row_is_upside_down_and_neighbours_meet_when_folded() -> None:
    assert {number: place_of(number) for number in range(1, 9)} == {
        1: (1, 0, False), 2: (2, 0, False), 3: (3, 0, False), 4: (3, 1, True),
        5: (2, 1, True), 6: (1, 1, True), 7: (0, 1, True), 8: (0, 0, False),
    }  # fmt: skip
    turned = [run for _, run in runs_of(measure_pdf(edition("pocket").pdf)) if not run.level]
    assert turned
    assert all(run.box.bottom > 105 * MM for run in turned)


def test_a_booklet_is_read_in_its_own_order() -> None:
    flat = make_handout(Request(routine="five-minute", edition="pocket"), bench(), unfolded=True)
    folded = edition("pocket")
    with pikepdf.open(io.BytesIO(flat.pdf)) as one, pikepdf.open(io.BytesIO(folded.pdf)) as other:
        assert _outline_of(one.Root.StructTreeRoot.K) == _outline_of(other.Root.StructTreeRoot.K)


def _outline_of(element: pikepdf.Object) -> list[object]:
    kids = element if isinstance(element, pikepdf.Array) else [element]
    return [
        (str(each.S), str(each.get("/Alt", "")), str(each.get("/T", "")), _outline_of(each.get("/K", [])))
        for each in kids
        if isinstance(each, pikepdf.Dictionary) and "/S" in each
    ]


def test_what_is_upside_down_keeps_its_links_figures_and_bookmarks_in_place() -> None:
    """Each figure's box, link and bookmark lies where the eye sees its picture, on the sheet its small page is on."""
    pdf = edition("pocket").pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sheets = [page.obj.objgen for page in opened.pages]
        for element in opened.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
                left, bottom, right, top = (float(value) for value in element.A.BBox)
                assert (bottom < 105 * MM) is (top <= 105 * MM), "in one row of the sheet"
                assert int(left // (74.25 * MM)) == int((right - 0.1) // (74.25 * MM)), "on one small page"
                sheet = measure_pdf(pdf).pages[sheets.index(element.Pg.objgen)].sheet
                assert sheet is not None
                middle = (left + right) / 2, (bottom + top) / 2
                assert any(
                    each.box.left <= middle[0] <= each.box.right and each.box.bottom <= middle[1] <= each.box.top
                    for each in sheet.pictures
                )
        with opened.open_outline() as outline:
            pages = [sheets.index(entry.destination[0].objgen) for entry in outline.root]
    assert pages == [0, 0, 1, 1, 1]


def test_a_sheet_shows_where_to_cut_and_to_fold() -> None:
    sheet = measure_pdf(edition("pocket").pdf).pages[0].sheet
    assert sheet is not None
    middle = [line.box for line in sheet.lines if abs(line.box.bottom - 105 * MM) < 1]
    dashes = [box for box in middle if box.left > 74 * MM and box.right < 223.5 * MM]
    assert len(dashes) > 20
    assert min(box.left for box in dashes) == pytest.approx(74.25 * MM, abs=9)
    assert max(box.right for box in dashes) == pytest.approx(222.75 * MM, abs=9)
    assert len(middle) > len(dashes), "and marks at both edges"


def test_a_booklet_leaves_out_the_sheets_of_a_clinic(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    paper = Canvas(str(sheet), pagesize=(595, 842), invariant=True)
    paper.rect(20, 20, 500, 50)
    paper.save()
    made = edition("pocket", letterhead=str(sheet))
    assert "the edition pocket leaves out the letterhead, which is larger than its pages" in made.warnings
    assert page_size(made.pdf) == pytest.approx((297 * MM, 210 * MM), abs=1)


def test_a_booklet_is_never_enough_and_says_so() -> None:
    assert "the edition pocket is small print: give the standard sheet too" in edition("pocket").warnings
    assert not any("small print" in warning for warning in edition("standard").warnings)


def test_a_booklet_holds_the_handout_only() -> None:
    with pytest.raises(InputError, match="the edition pocket has small pages, for the handout only"):
        edition("pocket", pages=("handout", "calendar"))


def unfolded(routine: str = "fourteen-stretches", paper: str = "letter") -> list[str]:
    return pages_of(make_handout(Request(routine=routine, edition="pocket", paper=paper), bench(), unfolded=True).pdf)


def test_an_exercise_is_whole_in_one_booklet_and_each_has_the_signs(submit: Submit) -> None:
    pages = unfolded()
    cards = make(Request(routine="fourteen-stretches")).text.cards
    for card in cards:
        name = plain(card.name).replace("\u2019", "'")
        on = [number for number, page in enumerate(pages) if f"{card.number} {name}" in plain(page).replace("\u2019", "'")]
        assert len({number // ON_A_SHEET for number in on[-2:]}) == 1, card.name
    for first in range(0, len(pages), ON_A_SHEET):
        assert "Get help now" in pages[first] + pages[min(first + 1, len(pages) - 1)]
        assert "Call us" in pages[first + 1]
        assert "The pain rule" in pages[first + 1]
    submit(make(Request(routine="fourteen-stretches", edition="pocket", paper="letter")).pdf)


def test_the_signs_of_a_booklet_are_in_one_piece() -> None:
    first = unfolded()[0]
    assert "Chest pain" in first
    assert "Newly numb" in first


def test_boxes_to_tick_in_a_booklet_keep_to_their_rows() -> None:
    desk, glance = bench().desk("pocket", "a4", None), make(Request(routine="fourteen-stretches")).text.glance
    columns = glance_columns(desk, glance, 60 * MM)
    for cells in glance.rows:
        row = draw_glance_row(desk, glance, cells, columns, 60 * MM)
        [box] = [line for line in outside_strings(row.operators).splitlines() if line.endswith(" re S")]
        _, bottom, _, height = (float(number) for number in box.split()[-6:-2])
        assert -row.height < bottom
        assert bottom + height < 0
    said = " ".join(unfolded())
    assert "Wide-legged" in said
    assert "Three-legged" in said


def test_a_file_is_held_to_the_edition_it_names(tmp_path: Path) -> None:
    run = CliRunner()
    sheets = tmp_path / "pocket.pdf"
    assert run.invoke(open_app(), ["make", "--routine", "five-minute", "--edition", "pocket", "-o", str(sheets)]).exit_code == 0
    said = run.invoke(open_app(), ["check", str(sheets)])
    assert said.exit_code == 0, said.output
    assert "not measured: L1, L3, L5: the small pages of a booklet are out of order" in said.output
    other = run.invoke(open_app(), ["check", str(sheets), "--edition", "standard"])
    assert "T1: text of 9.0 pt, 12 at least" in other.output, "what was asked for counts"
    with pikepdf.open(sheets, allow_overwriting_input=True) as opened:
        opened.docinfo["/Edition"] = "no-such"
        opened.save()
    assert "T1: text of 9.0 pt, 12 at least" in run.invoke(open_app(), ["check", str(sheets)]).output


# ------------------------------------------------------------------------------------------------- a clinic's own


def test_a_clinic_derives_its_own_edition(tmp_path: Path) -> None:
    own = "id: our-look\ntype: {body: 15 pt, small: 14 pt}\ncards: {layout: above}\nshown: {ticks: false}\n"
    at = clinic_bench(tmp_path, files={"templates/editions/our-look.yaml": own})
    made = make(Request(routine="five-minute", edition="our-look", clinic="riverside"), at=at)
    sizes = {round(run.size, 1) for _, run in runs_of(measure_pdf(made.pdf))}
    assert min(sizes) == 14
    assert 15 in sizes
    assert "Done" not in text_of(made.pdf)


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (
            "frames: {columns: 3}\ncards: {layout: above}\nboxes: {columns: 1}\nshown: {plan_ticks: true}\n",
            "a column of this edition is too narrow for words",
        ),
        (
            "frames: {following: [{start: 40 mm, end: 20 mm, top: 20 mm, bottom: 20 mm}]}\n",
            "our-look.yaml:2:9: frames: all must be as wide as each other",
        ),
        ("folded: true\n", "our-look.yaml:2:9: papers: a page of a folded edition is an eighth of a sheet"),
    ],
)
def test_an_edition_that_cannot_be_printed_is_told(own: str, told: str, tmp_path: Path) -> None:
    at = clinic_bench(tmp_path, files={"templates/editions/our-look.yaml": f"id: our-look\n{own}"})
    with pytest.raises((InputError, CannotPrintError)) as caught:
        make_handout(Request(routine="five-minute", edition="our-look"), at)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "step", ["Lie\\u2009on your\\u2003stomach.", "Lie on your sto\\u00admach.", "Lie on\\u00a0your stomach."]
)
def test_blanks_that_are_lost_do_not_move_the_tags_of_steps(step: str, tmp_path: Path) -> None:
    words = (ROOT / "catalog/words/en/cobra.yaml").read_text(encoding="utf-8")
    first = next(line for line in words.splitlines() if line.startswith("  - "))
    thin = words.replace(first, f'  - "{step}"', 1)
    at = clinic_bench(tmp_path, files={"catalog/words/en/cobra.yaml": thin})
    pdf = make_handout(Request(exercises=(Entry(id="cobra"),), edition="compact"), at).pdf
    said = [plain(each.text) for each in list_bodies(measure_pdf(pdf))]
    assert any(each.startswith("Place your hands") for each in said), said


def list_bodies(pdf: FinishedPdf) -> list[Run]:
    """The first stretch of text of each LBody."""
    found: dict[int, Run] = {}
    for _, run in runs_of(pdf):
        if run.element is not None and pdf.elements[run.element].tag == "LBody" and len(run.text.strip()) > 1:
            found.setdefault(run.element, run)
    return [found[number] for number in sorted(found)]
