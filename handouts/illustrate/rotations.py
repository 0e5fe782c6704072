"""Rotation matrices. Angles are radians; arrays of angles give arrays of 3 × 3 matrices (shape (..., 3, 3))."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_ALMOST_NOTHING = 1e-9


def about_x(angle: ArrayLike) -> Floats:
    """Turn about x: y goes to z."""
    return _principal(angle, 1, 2)


def about_y(angle: ArrayLike) -> Floats:
    """Turn about y: z goes to x."""
    return _principal(angle, 2, 0)


def about_z(angle: ArrayLike) -> Floats:
    """Turn about z: x goes to y."""
    return _principal(angle, 0, 1)


def _principal(angle: ArrayLike, first: int, second: int) -> Floats:
    """Turn in the plane of two axes, from the first to the second."""
    angle = np.asarray(angle, float)
    matrix = np.zeros((*angle.shape, 3, 3))
    matrix[..., range(3), range(3)] = 1.0
    cosine, sine = np.cos(angle), np.sin(angle)
    matrix[..., first, first] = matrix[..., second, second] = cosine
    matrix[..., second, first], matrix[..., first, second] = sine, -sine
    return matrix


def about(axis: ArrayLike, angle: ArrayLike) -> Floats:
    """Turn about any axis (Rodrigues' formula)."""
    x, y, z = unit(np.asarray(axis, float))
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    angle = np.asarray(angle, float)[..., None, None]
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)


def between(start: ArrayLike, end: ArrayLike) -> Floats:
    """Return the smallest turn that takes one direction to another."""
    start, end = unit(np.asarray(start, float)), unit(np.asarray(end, float))
    axis = np.cross(start, end)
    length = float(np.linalg.norm(axis))
    if length < _ALMOST_NOTHING:
        return np.eye(3)
    return about(axis, np.arctan2(length, start @ end))


def unit(vectors: Floats) -> Floats:
    """Scale vectors (..., 3) to length 1; a vector of no length stays as it is."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), _ALMOST_NOTHING)
