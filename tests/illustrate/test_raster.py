from __future__ import annotations

import numpy as np
import pytest

from handouts.illustrate.raster import camera_turn, frame_around, rasterise
from handouts.model.poses import Camera


def test_a_triangle_fills_its_area_and_blends_its_values() -> None:
    points = np.array([[0.0, 0.0, 0.0], [100.0, 0.0, 0.0], [0.0, 100.0, 0.0]])
    hits = rasterise(points, np.array([[0, 1, 2]]), points[:, :2], 120, 120)
    assert int(hits.seen.sum()) == pytest.approx(5000, abs=110)
    y, x = np.argwhere(hits.seen)[1234]
    assert hits.values[y, x] == pytest.approx([x + 0.5, y + 0.5])


def test_the_nearest_triangle_is_seen_in_any_order() -> None:
    square = np.array([[10.0, 10, 0], [60, 10, 0], [60, 60, 0], [10, 60, 0]])
    points = np.vstack([square, square + np.array([0, 0, 5])])
    quads = [[0, 1, 2], [0, 2, 3], [4, 5, 6], [4, 6, 7]]
    for order in ([0, 1, 2, 3], [2, 3, 0, 1]):
        triangles = np.array(quads)[order]
        hits = rasterise(points, triangles, np.repeat([[0.0], [1.0]], 4, axis=0), 80, 80)
        assert np.allclose(hits.values[hits.seen], 1)


def test_triangles_that_share_an_edge_leave_no_gap() -> None:
    random = np.random.default_rng(1)
    middle = random.uniform(30, 70, 2)
    corners = np.array([[5.0, 5], [95, 8], [90, 93], [7, 90], middle])
    points = np.c_[corners, np.zeros(5)]
    triangles = np.array([[0, 1, 4], [1, 2, 4], [2, 3, 4], [3, 0, 4]])
    hits = rasterise(points, triangles, np.zeros((5, 1)), 100, 100)
    inside = hits.seen
    rows = [np.flatnonzero(row) for row in inside if row.any()]
    assert all(len(row) == row[-1] - row[0] + 1 for row in rows)


def test_what_lies_outside_the_image_is_left_out() -> None:
    points = np.array([[-50.0, -50, 0], [500, -50, 0], [-50, 500, 0]])
    assert rasterise(points, np.array([[0, 1, 2]]), np.zeros((3, 1)), 20, 20).seen.all()


def test_the_camera_sees_the_left_side_from_the_left() -> None:
    turn = camera_turn(Camera(turn=90, rise=0))
    nose_forward, left_hand = np.array([[0.0, 1, 1]]), np.array([[1.0, 1, 0]])
    frame = frame_around(np.vstack([nose_forward, left_hand]), turn)
    forward, left = frame.project(nose_forward)[0], frame.project(left_hand)[0]
    assert left[2] > forward[2]  # the left hand is nearer to the eye
    assert forward[0] < left[0]  # and the person faces left in the picture


def test_drawing_units_are_millimetres_whatever_the_scale() -> None:
    points = np.array([[0.2, 1.0, 0.1], [-0.3, 0.2, 0.0]])
    turn = camera_turn(Camera(turn=30, rise=12))
    fine, coarse = (frame_around(points, turn, scale).place(points) for scale in (1000, 400))
    assert np.allclose(fine, coarse)
    seen = points @ turn.T
    assert np.linalg.norm(fine[0] - fine[1]) == pytest.approx(np.linalg.norm((seen[0] - seen[1])[:2]) * 1000)
