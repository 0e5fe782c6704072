from __future__ import annotations

import numpy as np
import pytest

from handouts.illustrate.planar import Edges, PlanarMap


def area(points: np.ndarray) -> float:
    x, y = points[:-1].T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def outlines(labels: np.ndarray, wanted: set[int], sigma: float = 0.01) -> list[np.ndarray]:
    chart = PlanarMap(labels)
    return chart.outlines(lambda label: label in wanted, chart.smoothed(sigma))


def test_a_rectangle_is_one_ring_around_its_pixels() -> None:
    labels = np.zeros((30, 40), int)
    labels[5:25, 10:30] = 1
    found = outlines(labels, {1})
    assert [area(each) for each in found] == [400]
    assert np.allclose(found[0][0], found[0][-1])


def test_an_area_at_the_edge_of_the_image_is_closed() -> None:
    labels = np.ones((12, 9), int)
    assert [area(each) for each in outlines(labels, {1})] == [108]


def test_neighbours_share_their_border() -> None:
    labels = np.zeros((30, 40), int)
    labels[5:25, 5:20], labels[5:25, 20:35] = 1, 2
    left, right = outlines(labels, {1}, 2.0), outlines(labels, {2}, 2.0)
    shared = {tuple(point) for point in np.round(left[0], 6)} & {tuple(point) for point in np.round(right[0], 6)}
    assert len(shared) >= 20
    both = outlines(labels, {1, 2}, 2.0)
    assert len(both) == 1
    assert area(both[0]) == pytest.approx(area(left[0]) + area(right[0]), rel=1e-6)


def test_a_hole_has_an_outline_of_its_own() -> None:
    labels = np.zeros((40, 40), int)
    labels[5:35, 5:35] = 1
    labels[15:25, 15:25] = 0
    assert sorted(area(each) for each in outlines(labels, {1})) == [100, 900]


def test_areas_that_touch_at_a_corner_stay_apart() -> None:
    labels = np.zeros((20, 20), int)
    labels[2:10, 2:10], labels[10:18, 10:18] = 1, 1
    assert [area(each) for each in outlines(labels, {1})] == [64, 64]


def test_a_line_inside_an_area_is_a_chain_with_free_ends() -> None:
    labels = np.zeros((30, 30), int)
    labels[2:28, 2:28] = 1
    further = Edges.none(30, 30)
    further.across[15, 8:20] = True
    inner = [chain for chain in PlanarMap(labels, further).chains if chain.sides == (1, 1)]
    assert [(len(chain.corners), chain.free_start, chain.free_end) for chain in inner] == [(13, True, True)]
