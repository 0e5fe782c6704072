from __future__ import annotations

import numpy as np

from handouts.illustrate.joining import join_lines


def line(start: tuple[float, float], end: tuple[float, float]) -> np.ndarray:
    return np.linspace(start, end, 21)


def test_a_line_that_runs_on_is_one_line() -> None:
    (joined,) = join_lines([line((0, 0), (20, 0)), line((40, 1), (20, 0)), line((40, 1), (60, 0))])
    assert len(joined) == 61
    assert {tuple(joined[0]), tuple(joined[-1])} == {(0, 0), (60, 0)}
    assert (np.abs(np.diff(joined[:, 0])) > 0).all()


def test_at_a_crossing_the_straightest_pairs_are_joined() -> None:
    cross = [line((0, 0), (20, 20)), line((20, 20), (40, 40)), line((0, 40), (20, 20)), line((20, 20), (40, 0))]
    joined = join_lines(cross)
    assert sorted(abs(float(each[-1][1] - each[0][1])) for each in joined) == [40, 40]


def test_a_corner_is_not_rounded_away() -> None:
    assert len(join_lines([line((0, 0), (20, 0)), line((20, 0), (20, 20))])) == 2


def test_rings_and_rings_made_of_parts_stay_closed() -> None:
    angle = np.linspace(0, 2 * np.pi, 81)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) * 50
    ring[-1] = ring[0]
    (alone,) = join_lines([ring])
    assert np.array_equal(alone, ring)
    (parts,) = join_lines([ring[:41], ring[40:]])
    assert np.array_equal(parts[0], parts[-1])
    assert len(parts) == 81
