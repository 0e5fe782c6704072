"""Pieces: every mark has its owner, every element its place, everything else is an artifact; figures mirror true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from making import bench, exercise_ids, make, only
from operators import outside_strings
from PIL import ImageOps
from rendering import render_page, worst_tile

from handouts.document import Box, Child, Document, LinkKid, Mark, Node, Page, Piece, Placement
from handouts.model import Request, Side, Sides
from handouts.pages.drawing import Drawing
from handouts.pages.figures import placing_matrix
from handouts.writer.handout import write_document

DESK = bench().desk("standard", "a4", None)
REQUESTS = [
    Request(routine="ten-stretches", patient="Ana"),
    Request(routine="five-minute", cover="generated", paper="letter", goal="Walk"),
    Request(profile="flexion", precautions=("glaucoma",), regions=("lower-back",), blank_doses=True),
    only("pigeon-pose", note="Slowly", override="asked", side=Side.RIGHT),
]


def placements() -> Iterator[Placement]:
    for request in REQUESTS:
        for page in make(request).document.pages:
            yield from page.placements


def check_piece(piece: Piece, *, is_artifact: bool) -> None:
    operators = outside_strings(piece.operators)
    assert len(re.findall(r"\bBDC\b|\bBMC\b", operators)) == len(re.findall(r"\bEMC\b", operators))
    assert operators.count("%d") == len(piece.owners)
    assert len(re.findall(r"\bBT\b", operators)) == len(re.findall(r"\bET\b", operators))
    assert len(re.findall(r"(?<!\S)q(?!\S)", operators)) == len(re.findall(r"(?<!\S)Q(?!\S)", operators))
    depth = 0
    for token in re.findall(r"\bBDC\b|\bBMC\b|\bEMC\b", operators):
        depth += 1 if token != "EMC" else -1  # noqa: S105 - an operator
        assert depth in (0, 1), "marks are not nested"
    if is_artifact:
        assert not piece.owners
        assert not piece.elements
        assert not piece.links
        return
    marks = [kid.slot for element in piece.elements for kid in element.kids if isinstance(kid, Mark)]
    assert sorted(marks) == list(range(len(piece.owners))), "each mark once"
    for index, element in enumerate(piece.elements):
        assert element.kids or element.tag == "TD", f"an empty {element.tag}"  # the box to tick of a menu
        for kid in element.kids:
            if isinstance(kid, Mark):
                assert piece.owners[kid.slot] == index
            elif isinstance(kid, Child):
                assert piece.elements[kid.number].parent == index
        if element.tag == "Figure":
            assert element.alt
            assert element.box is not None
            box = element.box
            assert -0.5 <= box.left < box.right <= piece.width + 0.5
            assert -0.5 <= box.bottom < box.top <= piece.height + 0.5
    children = Counter(kid.number for element in piece.elements for kid in element.kids if isinstance(kid, Child))
    assert children == Counter(index for index, element in enumerate(piece.elements) if element.parent is not None)
    links = [kid.number for element in piece.elements for kid in element.kids if isinstance(kid, LinkKid)]
    assert sorted(links) == list(range(len(piece.links)))


def test_every_piece_is_sound() -> None:
    seen = list(placements())
    assert len(seen) > 200
    for placement in seen:
        check_piece(placement.piece, is_artifact=placement.node is None)


def test_numbers_have_no_exponent() -> None:
    """PDF has no 1e-14, and viewers drop a page that says so."""
    for placement in placements():
        assert not re.search(r"(?<![\w/#<])-?[\d.]+e[-+]?\d+", outside_strings(placement.piece.operators))


def test_footers_and_repeated_parts_are_artifacts() -> None:
    for request in REQUESTS:
        made = make(request).document
        for page in made.pages[made.body_start :]:
            assert page.placements[-1].node is None, "the footer comes last"


def test_a_per_cent_sign_is_no_slot() -> None:
    drawing = Drawing(100, DESK.fonts)
    DESK.paragraph(drawing, "50% %d %s 100%", DESK.style("body"), x=0, y=0, width=100, element=drawing.element("P"))
    piece = drawing.finish(20)
    assert piece.operators % tuple(range(len(piece.owners)))


# --------------------------------------------------------------------------------------------- figures


def page_with(key: str, *, mirrored: bool) -> bytes:
    """A page that shows one figure, in whole pixels at 72 dots an inch."""
    figure = DESK.figure(key)
    assert figure is not None
    scale = 400 / figure.width
    height = round(figure.height * scale) + 1
    drawing = Drawing(400, DESK.fonts)
    element = drawing.element("Figure", alt="A pose", box=Box(left=0, bottom=-height, right=400, top=0))
    name = DESK.form_of(figure)
    drawing.form(name, placing_matrix(figure, left=0, bottom=-height, scale=scale, mirrored=mirrored), element)
    page = Page(width=400, height=height, placements=(Placement(piece=drawing.finish(height), x=0, y=0, node=0),))
    return write_document(
        Document(
            title="t", lang="en", author="a", subject="s", stamp="20000101000000", pages=(page,), nodes=(Node(tag="Sect"),),
            bookmarks=(), fonts=(), forms=DESK.forms(frozenset({name})),
        )
    )  # fmt: skip


SIDED = [exercise for exercise in exercise_ids() if bench().library[0].exercises[exercise].sides is Sides.EACH]


@pytest.mark.parametrize("exercise", SIDED)
def test_a_mirrored_picture_is_the_picture_in_a_mirror(exercise: str) -> None:
    pose = bench().library[0].exercises[exercise].pictures[-1]
    key = f"female/{exercise}.{pose}.json"
    plain, mirrored = (render_page(page_with(key, mirrored=flag), 0, dpi=144) for flag in (False, True))
    assert worst_tile(ImageOps.mirror(plain), mirrored).same
    assert not worst_tile(plain, mirrored).same, "a sided pose differs from its mirror"


def test_left_and_right_handouts_show_mirrored_pictures() -> None:
    forms = [
        re.findall(r"q (-?[\d.]+) 0\S* 0\S* [\d.]+ [\d.-]+ [\d.-]+ cm /F", placement.piece.operators)
        for side in (Side.LEFT, Side.RIGHT)
        for page in make(only("pigeon-pose", side=side, override="asked")).document.pages
        for placement in page.placements
        if placement.piece.forms
    ]
    signs = [["-" if number.startswith("-") else "+" for number in found] for found in forms]
    assert signs == [["+"] * len(forms[0]), ["-"] * len(forms[1])]
