"""Where things land: inside their frames, first things on the first page, cards whole or broken well."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from making import bench, clinic_bench, exercise_ids, find_text, make, only, pages_of, plain, tags_of

from handouts.build import plan_request, word_request
from handouts.document import Document, Placement
from handouts.errors import CannotPrintError
from handouts.looks import FrameInsets, Paper
from handouts.model import Entry, Request
from handouts.pages.composing import compose_document
from handouts.pages.parts import Sheets
from handouts.templates import load_edition
from handouts.texts import HandoutText
from handouts.workspace import list_templates

DESK = bench().desk("standard", "a4", None)
ROUTINES = sorted(bench().library[0].routines)
WITH_SIGNS = tuple(sorted(p.id for p in bench().library[0].precautions.values() if p.signs))
EDITIONS = list_templates(bench().workspace, "editions")
FUZZ = 0.05


def words_of(request: Request) -> HandoutText:
    return word_request(
        request, plan_request(request, bench()), bench(), None, DESK
    )[0]  # fmt: skip


def frame_of(placement: Placement, document: Document, page: int, desk: object = DESK) -> FrameInsets:
    frames = desk.edition.frames  # type: ignore[attr-defined]
    return (frames.first if page == 0 else frames.following)[0]


def check_inside(document: Document, edition: str = "standard") -> int:
    """Every piece lies inside the frame of its page, and no two pieces of the body overlap."""
    desk = bench().desk(edition, "a4", None)
    count = 0
    for number, page in enumerate(document.pages[document.body_start :]):
        *body, footer = page.placements
        for placement in body:
            count += 1
            frame = frame_of(placement, document, number, desk)
            piece, where = placement.piece, f"page {number + 1}: {placement.piece.operators[:200]}"
            assert placement.x >= frame.start - FUZZ, where
            assert placement.x + piece.width <= page.width - frame.end + FUZZ, where
            assert placement.y >= frame.bottom - FUZZ, where
            assert placement.y + piece.height <= page.height - frame.top + FUZZ, where
            assert placement.y >= footer.y + footer.piece.height - FUZZ, f"{where} runs into the footer"
            for link in piece.links:
                assert -FUZZ <= link.box.left < link.box.right <= piece.width + FUZZ
                assert -FUZZ <= link.box.bottom < link.box.top <= piece.height + FUZZ
        for index, one in enumerate(body):
            for other in body[index + 1 :]:
                apart = (
                    one.x + one.piece.width <= other.x + FUZZ
                    or other.x + other.piece.width <= one.x + FUZZ
                    or one.y + one.piece.height <= other.y + FUZZ
                    or other.y + other.piece.height <= one.y + FUZZ
                )
                assert apart, f"page {number + 1}: {one.piece.operators[:120]} overlaps {other.piece.operators[:120]}"
        assert footer.y > 0
        assert footer.x + footer.piece.width <= page.width
    return count


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("routine", ROUTINES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_everything_lies_inside_its_frame(routine: str, paper: str, edition: str) -> None:
    assert check_inside(make(routine=routine, paper=paper, edition=edition, unfolded=True).document, edition) > 20


@pytest.mark.parametrize("exercise", exercise_ids())
def test_every_card_lies_inside_its_frame(exercise: str) -> None:
    made = make(only(exercise, override="asked", note="A note for you that runs over more than one line of the card. " * 3))
    assert check_inside(made.document) > 10


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("routine", ROUTINES)
def test_no_ink_outside_the_margins(routine: str, edition: str) -> None:
    """As a viewer finds the text: also inside a piece nothing sticks out."""
    made = make(routine=routine, edition=edition, patient="Ana Sample", unfolded=True)
    page = made.document.pages[0]
    inset = load_edition(bench().workspace, edition).frames.first[0].start
    found = find_text(made.pdf)
    assert len(found) > 100
    for text in found:
        assert text.left >= inset - 1, text
        blank = 5 if text.text.endswith(" ") else 1  # the blank between two lines is drawn, too
        assert text.right <= page.width - inset + blank, text
        assert min(20, inset - 1) <= text.bottom < text.top <= page.height - min(20, inset - 1), text


# --------------------------------------------------------------------------------------------- first page


def check_safety_first(pdf: bytes, text: HandoutText, pages: int = 1) -> None:
    first = plain(" ".join(pages_of(pdf)[:pages]))
    for box in (text.emergency, text.call, text.pain):
        for words in (box.heading, *box.items):
            assert plain(words) in first, words


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("clinic", [False, True])
@pytest.mark.parametrize("routine", ROUTINES)
def test_safety_stands_on_the_first_page(tmp_path, routine: str, paper: str, clinic: bool) -> None:
    request = Request(routine=routine, paper=paper, patient="Ana Sample", goal="Walk to the park and back without a rest")
    at = clinic_bench(tmp_path) if clinic else bench()
    made = make(replace(request, clinic="riverside" if clinic else None), at=at)
    text = words_of(request)
    if clinic:
        text = replace(
            text,
            emergency=replace(text.emergency, heading="Get help now: call 999"),
            call=replace(text.call, heading="Call us on 020 7946 0000 if:"),
        )
    check_safety_first(made.pdf, text)


@pytest.mark.parametrize("precautions", [*[(p,) for p in WITH_SIGNS], WITH_SIGNS])
@pytest.mark.parametrize("clinic", [False, True])
def test_more_signs_stand_there_too(tmp_path, precautions: tuple[str, ...], clinic: bool) -> None:
    request = Request(exercises=(Entry(id="standing-quad-stretch", override="asked"),), precautions=precautions, patient="Ana")
    made = make(replace(request, clinic="riverside" if clinic else None), at=clinic_bench(tmp_path) if clinic else bench())
    text = words_of(request)
    assert len(text.emergency.items) + len(text.call.items) > len(words_of(only("standing-quad-stretch")).emergency.items) + 6
    if clinic:
        text = replace(text, emergency=replace(text.emergency, heading="call 999"), call=replace(text.call, heading="Call us on"))
    check_safety_first(made.pdf, text)


# --------------------------------------------------------------------------------------------- cards and tables


def on_low_paper(text: HandoutText, height: float) -> Document:
    """The handout on paper so low that cards do not fit on one page."""
    return compose_document(text, DESK, Paper(width=595.28, height=height), Sheets(), "20000101000000")


def text_on(document: Document) -> list[str]:
    from handouts.writer.handout import write_document

    return pages_of(write_document(document))


@pytest.mark.parametrize(("exercise", "height"), [("cobra", 440), ("seated-forward-bend", 440), ("glute-bridge", 400)])
def test_a_card_taller_than_a_page_is_broken_between_pieces(submit, exercise: str, height: float) -> None:
    from handouts.writer.handout import write_document

    text = words_of(only(exercise, override="asked", note="Go on as long as it is easy for you. " * 10))
    text = replace(
        text, before=replace(text.before, items=()), call=replace(text.call, items=()), pain=replace(text.pain, items=())
    )
    document = on_low_paper(text, height)
    pdf = write_document(document)
    submit(pdf)
    pages = pages_of(pdf)
    card = text.cards[0]
    parts = [index for index, page in enumerate(pages) if card.continued in page or plain(card.dose) in page]
    assert len(parts) >= 2
    assert "(continued)" not in pages[parts[0]]
    assert plain(card.dose) in pages[parts[0]]
    for index in parts[1:]:
        assert card.continued in pages[index], "the name comes again"
        assert any(p.piece.forms and p.node is None for p in document.pages[index].placements), "the pictures come again"
    whole = plain(" ".join(pages))
    for step in card.steps:
        assert whole.count(plain(step)) == 1
        assert sum(plain(step) in page for page in pages) == 1, "no piece is split"
    tags = [tag.type for tag in tags_of(pdf)]
    lists = [tag for tag in tags_of(pdf) if tag.type == "L"]
    assert tags.count("Figure") == len(card.pictures) + 1, "pictures are read once"
    assert len([n for n in document.nodes if n.tag == "L"]) == 1, f"one list for the steps: {len(lists)}"
    assert len(document.bookmarks) == 1
    check_steps_in_one_list(pdf, len(card.steps))


def check_steps_in_one_list(pdf: bytes, steps: int) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = []

        def walk(element: pikepdf.Object) -> None:
            if isinstance(element, pikepdf.Array):
                for kid in element:
                    walk(kid)
            elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
                if element.S == pikepdf.Name.L:
                    sizes.append(len(element.K) if isinstance(element.K, pikepdf.Array) else 1)
                if "/K" in element:
                    walk(element.K)

        walk(opened.Root.StructTreeRoot.K)
    assert steps in sizes


def test_a_card_that_fits_a_page_is_never_broken() -> None:
    made = make(routine="fourteen-stretches")
    assert "(continued)" not in plain(" ".join(pages_of(made.pdf)))
    sections = [
        node for node in made.document.nodes if node.tag == "Sect" and node.title in {c.title for c in made.document.bookmarks}
    ]
    assert len(sections) == 14


def test_a_piece_taller_than_a_page_is_refused_by_name() -> None:
    text = words_of(only("cobra", note="word " * 600))
    with pytest.raises(CannotPrintError) as refused:
        on_low_paper(replace(text, before=replace(text.before, items=())), 600)
    assert "does not fit" in str(refused.value)


def test_the_header_of_the_plan_is_repeated(submit) -> None:
    from handouts.writer.handout import write_document

    text = words_of(Request(routine="fourteen-stretches"))
    rows = tuple(("", f"{n}", f"Exercise number {n}", "30 seconds") for n in range(1, 41))
    document = compose_document(
        replace(text, glance=replace(text.glance, rows=rows)), DESK, DESK.edition.papers["a4"], Sheets(), "20000101000000"
    )
    pdf = write_document(document)
    submit(pdf)
    pages = pages_of(pdf)
    header = " ".join(text.glance.columns)
    with_rows = [page for page in pages if re.search(r"Exercise number \d+", page)]
    assert len(with_rows) >= 2
    assert all(header in page for page in with_rows)
    for page in with_rows:
        first_row = re.search(r"Exercise number", page)
        assert first_row is not None
        assert page.index(header) < first_row.start()
    types = [tag.type for tag in tags_of(pdf)]
    assert types.count("TH") == len(text.glance.columns), "a repeated header is not read again"
    assert types.count("TR") == 41


def test_a_heading_is_not_left_alone() -> None:
    for height in range(520, 700, 12):
        text = words_of(Request(routine="ten-stretches"))
        for page in text_on(on_low_paper(text, height)):
            if text.glance.heading in page:
                assert text.glance.rows[0][2] in page, f"the table starts below its heading, height {height}"
