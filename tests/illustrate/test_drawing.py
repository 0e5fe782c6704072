"""What is drawn: clothes, face, target, arrow, mat and shadow as compact layers inside their box."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from handouts.illustrate.artist import LAYERS, Artist, Drawn
from handouts.illustrate.assets import figure_texts
from handouts.illustrate.overlays import draw_arrow
from handouts.illustrate.scene import Material
from handouts.illustrate.sheets import Library
from handouts.model.poses import Arrow, ArrowEnd, TurnArrow
from handouts.pages.figures import draw_figure, read_figure
from handouts.templates import load_palette
from handouts.workspace import Workspace
from illustrate.posing import SQUAT, load


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load(tmp_path_factory.mktemp("clinic"), SQUAT.replace("mat: false", "mat: true"))


@pytest.fixture(scope="module")
def drawn(library: Library, woman: Artist) -> Mapping[str, Drawn]:
    sheet = library.sheets["squat"]
    return woman.draw_sheet(sheet, woman.solve_sheet(sheet, library.starts))


def test_every_part_of_a_picture_is_there(drawn: Mapping[str, Drawn]) -> None:
    expected = {"mat", "shadow", "skin", "shirt", "shorts", "hair", "outline", "inner", "detail", "face", "eye"}
    assert expected <= set(drawn["start"].layers)
    assert {"target", "target-hatch", "arrow", "arrow-halo"} <= set(drawn["end"].layers)
    assert not {"target", "arrow"} & set(drawn["start"].layers)
    for each in drawn.values():
        assert list(each.layers) == [layer for layer in LAYERS if layer in each.layers]


def test_clothes_cover_the_body_modestly(drawn: Mapping[str, Drawn]) -> None:
    for each in drawn.values():
        share = {material: float((each.scene.materials == material).sum() / each.scene.body.sum()) for material in Material}
        assert share[Material.SHIRT] > 0.2
        assert share[Material.SHORTS] > 0.08
        assert share[Material.SKIN] < 0.6
        assert share[Material.SHOE] == 0


def test_shoes_are_drawn_where_asked_for(library: Library, woman: Artist, tmp_path: Path) -> None:
    shod = load(tmp_path, SQUAT + "shoes: true\n").sheets["squat"]
    picture = woman.draw_sheet(shod, woman.solve_sheet(shod, library.starts), ["start"])["start"]
    assert int((picture.scene.materials == Material.SHOE).sum()) > 5000
    assert "shoe" in picture.layers


def test_assets_are_compact_and_stay_inside_their_box(library: Library, drawn: Mapping[str, Drawn], tmp_path: Path) -> None:
    texts = figure_texts(library.sheets["squat"], drawn, "0123456789abcdef")
    heights = set()
    for name, text in texts.items():
        assert len(text) <= 15_000
        asset = json.loads(text)
        heights.add(asset["box"][1])
        path = tmp_path / f"{name}.json"
        path.write_text(text)
        figure = read_figure(path, name, name)
        for layer, operators in figure.paths:
            numbers = np.array([int(word) for word in operators.split() if word not in "mlchn"]).reshape(-1, 2)
            assert (numbers >= 0).all(), (name, layer)
            assert (numbers <= [figure.width, figure.height]).all(), (name, layer)
    assert len(heights) == 1  # floors line up


def test_every_layer_has_an_ink_in_colour_and_black_and_white(tmp_path: Path) -> None:
    for palette in ("colour", "black-and-white"):
        assert set(load_palette(Workspace(), palette).layers) == set(LAYERS)
    assert set(load_palette(Workspace(), "line-art").layers) <= set(LAYERS)


def test_a_palette_changes_colours_not_shapes(library: Library, drawn: Mapping[str, Drawn], tmp_path: Path) -> None:
    path = tmp_path / "end.json"
    path.write_text(figure_texts(library.sheets["squat"], drawn, "x")["end"])
    figure = read_figure(path, "end", "end")
    shapes, colours = set(), set()
    for palette in ("colour", "black-and-white"):
        lines = zlib.decompress(draw_figure(figure, load_palette(Workspace(), palette)).stream).decode().splitlines()
        shapes.add(tuple(line for line in lines if line.endswith((" f", " S", " B"))))
        colours.add(tuple(line for line in lines if " rg" in line or " RG" in line))
    assert (len(shapes), len(colours)) == (1, 2)


def test_an_arrow_points_where_the_movement_goes(drawn: Mapping[str, Drawn]) -> None:
    """The widest part of an arrow is its head, and the head is at the end."""
    frame = drawn["end"].scene.frame
    ends = (ArrowEnd(place="chest", offset=(0, 0, 0)), ArrowEnd(place="chest", offset=(0, 0, 0.3)))
    arrow = draw_arrow(Arrow(points=ends), lambda end: np.array([0.0, 1.0, 0.0]) + np.array(end.offset), frame)
    assert arrow is not None
    start, tip = frame.place(np.array([[0.0, 1.0, 0.0], [0.0, 1.0, 0.3]]))
    along = (tip - start) / np.linalg.norm(tip - start)
    points = arrow.points()
    far = (points - start) @ along
    across = np.abs((points - start) @ np.array([-along[1], along[0]]))
    assert far.max() == pytest.approx(float(np.linalg.norm(tip - start)), abs=2)
    assert far[across.argmax()] > far.max() * 0.5


def test_a_turning_arrow_ends_where_it_says(drawn: Mapping[str, Drawn]) -> None:
    """About the axis to the left, from forward (0 degrees) down (90 degrees): the head is the wide end, and it is low."""
    frame = drawn["end"].scene.frame
    turn = TurnArrow(centre=ArrowEnd(place="chest"), axis=(1, 0, 0), radius=0.4, start=0, end=90)
    path = draw_arrow(turn, lambda _: np.array([0.0, 1.0, 0.0]), frame)
    assert path is not None
    start, end = frame.place(np.array([[0.0, 1.0, 0.4], [0.0, 0.6, 0.0]]))
    nearest = {name: float(np.linalg.norm(path.points() - at, axis=1).min()) for name, at in (("start", start), ("end", end))}
    assert nearest["end"] < 3  # the tip
    assert nearest["start"] > 5  # the two corners of the shaft


def test_an_arrow_bulges_to_its_right(drawn: Mapping[str, Drawn]) -> None:
    frame = drawn["end"].scene.frame
    ends = (ArrowEnd(place="chest"), ArrowEnd(place="chest", offset=(0, 0.4, 0)))
    straight, bent = (
        draw_arrow(Arrow(points=ends, bulge=bulge), lambda end: np.array([0, 1.0, 0]) + np.array(end.offset), frame)
        for bulge in (0.0, 0.5)
    )
    assert straight is not None
    assert bent is not None
    assert bent.points()[:, 0].max() > straight.points()[:, 0].max() + 40  # it runs up: its right is the picture's right
    assert bent.points()[:, 0].min() > straight.points()[:, 0].min() - 40


def test_the_side_that_works_reaches_the_asset(library: Library, drawn: Mapping[str, Drawn]) -> None:
    sheet = library.sheets["squat"]
    for side in ("left", "right", None):
        text = figure_texts(replace(sheet, side=side), drawn, "x")["start"]
        assert json.loads(text)["side"] == side


def test_a_turning_arrow_can_have_two_heads(drawn: Mapping[str, Drawn]) -> None:
    frame = drawn["end"].scene.frame
    one, two = (
        draw_arrow(
            TurnArrow(centre=ArrowEnd(place="chest"), axis=(1, 0, 0), radius=0.3, start=0, end=200, both=both),
            lambda _: np.array([0.0, 1.0, 0.0]),
            frame,
        )
        for both in (False, True)
    )
    assert one is not None
    assert two is not None
    assert len(two.pieces) > len(one.pieces)


def test_an_arrow_of_no_length_is_left_out(drawn: Mapping[str, Drawn]) -> None:
    end = ArrowEnd(place="chest")
    assert draw_arrow(Arrow(points=(end, end)), lambda _: np.zeros(3), drawn["end"].scene.frame) is None


def test_drawing_twice_gives_the_same_bytes(library: Library, woman: Artist, drawn: Mapping[str, Drawn]) -> None:
    sheet = library.sheets["squat"]
    again = woman.draw_sheet(sheet, woman.solve_sheet(sheet, library.starts))
    assert figure_texts(sheet, again, "x") == figure_texts(sheet, drawn, "x")
