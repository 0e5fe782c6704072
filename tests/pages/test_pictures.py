"""The pictures of a card: one scale, in reading order, inside their column, each over its caption, whatever their shapes."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import bench

from handouts.document import FormProgram
from handouts.looks import PictureSize
from handouts.pages.figures import Figure, Measure, share_scale
from handouts.pages.pictures import Pictured, arrange_pictures, draw_pictures
from handouts.texts import PictureText

DESK = bench().desk("standard", "a4", None)
WIDTH, NARROWEST = 184.0, 175.7
SIZE = PictureSize(column=0.36, narrowest=NARROWEST)


def figure(name: str, width: float, height: float, measure: Measure = Measure.BODY, **more: float) -> Figure:
    form = FormProgram(name=name, dictionary="/Subtype/Form", stream=b"")
    return Figure(key=name, measure=measure, width=width, height=height, inked=height, form=form, across=1, up=1, **more)


def pictured(sizes: list[tuple[float, float]], captions: list[str] | None = None) -> list[Pictured]:
    return [
        (
            PictureText(
                figure=f"F{index}", mirrored=False, caption=captions[index] if captions else f"Look {index}", alt=f"{index}"
            ),
            figure(f"F{index}", *size),
        )
        for index, size in enumerate(sizes)
    ]


SIZES = st.lists(st.tuples(st.integers(300, 2400), st.integers(300, 1800)), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(SIZES, st.floats(60, 700), st.sampled_from([WIDTH, 130.0, 230.0]))
def test_pictures_stay_in_their_column_in_reading_order_at_one_scale(
    sizes: list[tuple[float, float]], height: float, width: float
) -> None:
    pictures = pictured(sizes)
    arranged = arrange_pictures(DESK, pictures, width, height, SIZE, closely=False)
    piece = draw_pictures(DESK, pictures, width, arranged, tagged=True)
    assert piece.height <= arranged.height + 0.01, "never taller than the card was told"
    boxes = [element.box for element in piece.elements if element.tag == "Figure"]
    assert [element.tag for element in piece.elements] == ["Figure", "P"] * len(sizes), "each caption follows its picture"
    assert [element.alt for element in piece.elements if element.tag == "Figure"] == [str(n) for n in range(len(sizes))]
    seen = [(box.right - box.left, box.top - box.bottom) for box in boxes if box]
    assert len(seen) == len(sizes)
    for (wide, high), (w, h) in zip(seen, sizes, strict=True):
        assert (wide / w, high / h) == pytest.approx((arranged.scale, arranged.scale))
    for box in boxes:
        assert box is not None
        assert -0.01 <= box.left < box.right <= width + 0.01
        assert -0.01 <= box.bottom < box.top <= piece.height + 0.01
    for before, after in pairwise(box for box in boxes if box):
        same_row = abs(before.bottom - after.bottom) < 0.01
        assert after.left > before.right if same_row else after.top < before.bottom


@pytest.mark.parametrize(
    ("sizes", "columns"),
    [
        ([(1600, 900)], 1),
        ([(1600, 900)] * 2, 1),
        ([(1600, 900)] * 3, 1),
        ([(950, 1700)] * 2, 2),
        ([(900, 1700)] * 3, 3),
        ([(1000, 1700)] * 3, 2),  # a row would make them too small
        ([(1600, 900)] * 4, 2),
        ([(1600, 1100)] * 6, 2),
        ([(500, 1700)] * 6, 3),
        ([(1600, 900), (900, 900), (900, 900), (900, 900), (900, 900), (700, 900)], 2),
    ],
)
def test_few_stand_in_a_row_or_a_column_and_many_in_a_grid(sizes: list[tuple[float, float]], columns: int) -> None:
    assert arrange_pictures(DESK, pictured(sizes), 230 if len(sizes) > 3 else WIDTH, 260, SIZE, closely=False).columns == columns


def test_many_pictures_are_as_large_as_any_way_to_set_them() -> None:
    """With room for all of them, no other number of columns would give larger ones."""
    pictures = pictured([(1600, 900)] * 6)
    roomy = arrange_pictures(DESK, pictures, 230, 10_000, SIZE, closely=False)
    tight = arrange_pictures(DESK, pictures, 230, 250, SIZE, closely=False)
    assert (roomy.columns, tight.columns) == (1, 2)
    assert roomy.scale > tight.scale
    assert tight.scale * 1600 >= NARROWEST * 0.6 - 0.01
    assert tight.height <= 250.5


def test_long_captions_are_counted() -> None:
    pictures = pictured([(950, 1700)] * 2, ["Lean a little way forward from the hips", "Back"])
    arranged = arrange_pictures(DESK, pictures, WIDTH, 300, SIZE, closely=False)
    piece = draw_pictures(DESK, pictures, WIDTH, arranged, tagged=True)
    assert arranged.columns == 2
    assert piece.height == pytest.approx(arranged.height, abs=0.1)


def test_the_dots_of_a_photo_are_not_blown_up() -> None:
    text = PictureText(figure="F", mirrored=False, caption="Start", alt="x")
    small = figure("F", 120, 80, Measure.DOTS, finest=0.72)
    assert arrange_pictures(DESK, [(text, small)], WIDTH, 500, SIZE, closely=False).scale == pytest.approx(0.72)


def test_ours_keep_their_scale_and_others_are_brought_to_it() -> None:
    body = [figure("a", 1600, 900), figure("b", 500, 300)]
    assert share_scale(body) == tuple(body), "millimetres of body are never changed"
    mixed = share_scale([*body, figure("c", 400, 300, Measure.DOTS, finest=0.5), figure("d", 24, 12, Measure.UNITS)])
    assert [each.width for each in mixed] == pytest.approx([1600, 500, 1600, 1600])
    assert mixed[2].finest == pytest.approx(0.125)


def test_a_picture_is_drawn_once_and_named_where_it_stands() -> None:
    pictures = pictured([(1600, 900)] * 2)
    piece = draw_pictures(DESK, pictures, WIDTH, arrange_pictures(DESK, pictures, WIDTH, 300, SIZE, closely=False), tagged=False)
    assert piece.owners == ()
    assert re.findall(r"/(F\d) Do", piece.operators) == ["F0", "F1"]
