from __future__ import annotations

import numpy as np
import pytest

from handouts.illustrate.curves import bezier, fit_curves, smooth_chain, taper
from handouts.illustrate.paths import closed_path, open_path, polygon


def circle(radius: float, count: int = 400) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, count)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius


@pytest.mark.parametrize("error", [0.3, 1.0, 3.0])
def test_fitted_curves_stay_within_the_error(error: float) -> None:
    curves = fit_curves(circle(100), error, closed=True)
    drawn = np.vstack([bezier(curve, np.linspace(0, 1, 50)) for curve in curves])
    assert np.abs(np.linalg.norm(drawn, axis=1) - 100).max() < error * 1.5
    assert len(curves) <= 12


def test_curves_join() -> None:
    curves = fit_curves(circle(100), 0.5, closed=True)
    for first, second in zip(curves, [*curves[1:], curves[0]], strict=True):
        assert np.allclose(first[3], second[0], atol=1e-6)


def test_a_corner_stays_a_corner() -> None:
    side = np.linspace(0, 100, 60)
    line = np.vstack([np.stack([side, np.zeros(60)], 1), np.stack([np.full(59, 100), side[1:]], 1)])
    curves = fit_curves(line, 0.5)
    assert min(float(np.linalg.norm(curve[3] - [100, 0])) for curve in curves) < 1e-6


def test_smoothing_keeps_the_ends_of_a_line() -> None:
    random = np.random.default_rng(3)
    line = np.stack([np.arange(80.0), random.normal(0, 1, 80)], axis=1)
    smooth = smooth_chain(line, 4, closed=False)
    assert np.allclose(smooth[[0, -1]], line[[0, -1]])
    assert np.abs(np.diff(smooth[:, 1], 2)).mean() < np.abs(np.diff(line[:, 1], 2)).mean() / 5


def test_a_straight_curve_becomes_a_line() -> None:
    path = open_path(np.stack([np.linspace(0, 50, 30), np.linspace(0, 20, 30)], axis=1))
    assert path is not None
    assert [len(piece) for piece in path.pieces] == [2]


def test_a_closed_path_comes_back() -> None:
    path = closed_path(circle(80))
    assert path is not None
    assert np.allclose(path.pieces[0][0], path.pieces[-1][-1], atol=1e-6)


def test_a_polygon_has_its_corners() -> None:
    assert len(polygon([(0, 0), (1, 0), (1, 1)]).pieces) == 3


def test_tapered_lines_are_thin_only_where_they_end_freely() -> None:
    line = np.stack([np.linspace(0, 200, 100), np.zeros(100)], axis=1)
    shape = taper(line, 8, start=True, end=False)
    half = len(shape) // 2
    widths = np.abs(shape[:half, 1] - shape[half : 2 * half][::-1, 1])
    assert widths[0] < 2
    assert widths[-1] == pytest.approx(8)
