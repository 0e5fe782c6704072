"""Things stand, turn and tilt as the sheet says; a strap follows the hands."""

from __future__ import annotations

import numpy as np
import pytest

from handouts.illustrate.props import Facet, build_props
from handouts.model.poses import Prop

FIRST = {"palm.left": np.array([0.2, 1.0, 0.3]), "palm.right": np.array([-0.2, 1.0, 0.3])}
NOW = {"palm.left": np.array([0.2, 0.4, 0.9]), "palm.right": np.array([-0.2, 0.4, 0.9])}


def corners(facets: tuple[Facet, ...]) -> np.ndarray:
    return np.vstack([piece for facet in facets for piece in facet.pieces])


def test_a_thing_stands_on_its_point_in_its_size() -> None:
    points = corners(build_props([Prop(kind="box", point=(1, 0, 2), size=(0.4, 0.6, 0.2))], NOW, FIRST))
    assert np.allclose(points.min(axis=0), [0.8, 0, 1.9])
    assert np.allclose(points.max(axis=0), [1.2, 0.6, 2.1])


def test_beside_is_below_the_place_in_the_first_picture() -> None:
    points = corners(build_props([Prop(kind="box", beside="palm.left", size=(0.2, 0.2, 0.2), point=(0, 0.1, 0))], NOW, FIRST))
    assert np.allclose(points.mean(axis=0), [0.2, 0.2, 0.3])


@pytest.mark.parametrize(("turn", "tilt", "front"), [(90, 0, (0.5, 0, 0)), (0, 90, (0, -0.5, 0)), (-90, 0, (-0.5, 0, 0))])
def test_a_thing_turns_and_tilts(turn: float, tilt: float, front: tuple[float, float, float]) -> None:
    """A plate long in z: its end turns to the left, or tilts down."""
    points = corners(build_props([Prop(kind="plate", size=(0.1, 0.02, 1.0), turn=turn, tilt=tilt)], NOW, FIRST))
    assert np.linalg.norm(points - front, axis=1).min() < 0.06
    ends = points[np.abs(points @ np.array(front)) > 0.2]
    assert len(ends) == len(points)


def test_the_cranks_are_half_a_turn_apart_and_tilt_forward() -> None:
    """Without tilt the left crank points forward; a positive tilt lowers it."""
    level, tilted = (corners(build_props([Prop(kind="crank", tilt=tilt)], NOW, FIRST)) for tilt in (0, 40))
    assert level[level[:, 0] > 0.1][:, 2].mean() > 0.05
    assert level[level[:, 0] < -0.1][:, 2].mean() < -0.05
    assert tilted[tilted[:, 0] > 0.1][:, 1].mean() < -0.03


def test_a_strap_follows_the_hands_of_the_picture_and_holds_nobody() -> None:
    facets = build_props([Prop(kind="strap", places=("palm.left", "palm.right"))], NOW, FIRST)
    assert np.allclose(corners(facets).mean(axis=0), [0, 0.4, 0.9], atol=0.01)
    assert not any(facet.holds for facet in facets)


def test_a_chair_has_its_seat_above_the_origin_and_its_back_behind() -> None:
    points = corners(build_props([Prop(kind="chair")], NOW, FIRST))
    high = points[points[:, 1] > 0.6]
    assert high[:, 2].max() < 0
    assert points[:, 1].max() == pytest.approx(0.92)


def test_a_cushion_has_no_hard_edge() -> None:
    (cushion,) = build_props([Prop(kind="cushion", size=(0.3, 0.05, 0.4))], NOW, FIRST)
    points = corners((cushion,))
    assert np.allclose(points.max(axis=0), [0.15, 0.05, 0.2], atol=1e-6)
    assert len(cushion.pieces) > 100
