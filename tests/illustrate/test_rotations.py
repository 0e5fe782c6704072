from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.illustrate.rotations import about, about_x, about_y, about_z, between, unit

angles = st.floats(-7, 7)
vectors = st.tuples(*[st.floats(-2, 2)] * 3).map(np.array).filter(lambda v: np.linalg.norm(v) > 0.1)


@given(angles, vectors)
def test_a_turn_keeps_lengths_and_hands(angle: float, axis: np.ndarray) -> None:
    turn = about(axis, angle)
    assert np.allclose(turn @ turn.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(turn) == pytest.approx(1)
    assert np.allclose(turn @ unit(axis), unit(axis))


@given(vectors, vectors)
def test_the_smallest_turn_takes_one_direction_to_another(start: np.ndarray, end: np.ndarray) -> None:
    turned = between(start, end) @ unit(start)
    opposite = np.linalg.norm(unit(start) + unit(end)) < 1e-6
    assert opposite or np.allclose(turned, unit(end), atol=1e-6)


@pytest.mark.parametrize(("turn", "start", "end"), [(about_x, 1, 2), (about_y, 2, 0), (about_z, 0, 1)])
def test_axes_turn_into_one_another(turn: object, start: int, end: int) -> None:
    assert np.allclose(turn(np.pi / 2) @ np.eye(3)[start], np.eye(3)[end])  # type: ignore[operator]


def test_many_angles_give_many_turns() -> None:
    assert about_x(np.zeros((4, 2))).shape == (4, 2, 3, 3)
