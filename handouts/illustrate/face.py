"""A calm face: brows, open eyes, the tip of the nose and the mouth as short lines that the head carries."""

from __future__ import annotations

import numpy as np

from handouts.illustrate.rotations import Floats
from handouts.illustrate.skinning import EYE_RADIUS, ClothedBody
from handouts.nouns import dataclass

_STROKE, _DOT = "face", "eye"
_ALONG = np.linspace(-1, 1, 9)


@dataclass(frozen=True, slots=True)
class Feature:
    """A line on the face: the layer it is drawn in, and its points at rest (n, 3)."""

    layer: str
    rest: Floats


class Face:
    """The features of a body's face."""

    def __init__(self, clothed: ClothedBody) -> None:
        body = self._body = clothed.body
        head = clothed.parts[:, 1] > 0.5
        triangles = clothed.coarse_triangles
        corners = body.vertices[triangles[head[triangles].all(axis=1)]]
        towards = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])[:, 2] > 0
        self._corners = corners[towards]
        middle = np.flatnonzero((np.abs(body.vertices[:, 0]) < 0.003) & head)
        nose = float(body.vertices[middle[body.vertices[middle, 2].argmax()], 1])
        self._mouth = nose - 0.036 * body.scale
        self.features = (*self._draw_eyes(body.scale), *self._draw_middle(nose - 0.011 * body.scale))

    def _draw_eyes(self, scale: float) -> list[Feature]:
        features = []
        for eye, sign in zip(self._body.eyes, (1, -1), strict=True):
            x, y, z = eye
            lid = np.stack([x + sign * _ALONG * 0.0155, y + 0.002 * scale + 0.006 * (1 - _ALONG**2)], axis=1)
            brow = np.stack(
                [x + sign * (_ALONG * 0.019 + 0.001), y + 0.0242 * scale + 0.004 * (1 - _ALONG**2) - 0.0006 * _ALONG], axis=1
            )
            pupil = np.array([[x, y + dy, z + EYE_RADIUS] for dy in (-0.0018, 0.0, 0.0018)])
            features += [self._lay(lid), self._lay(brow), Feature(_DOT, pupil)]
        return features

    def _draw_middle(self, nose: float) -> list[Feature]:
        mouth = np.stack([_ALONG * 0.021, self._mouth + 0.0032 * _ALONG**2], axis=1)
        tip = np.stack([_ALONG * 0.010, nose + 0.002 * _ALONG**2], axis=1)
        return [self._lay(mouth), self._lay(tip)]

    def _lay(self, line: Floats) -> Feature:
        """Lay a line (x, y) on the foremost triangle of the face at each point; over a hole the last depth is kept."""
        a, b, c = (self._corners[:, k, :2] for k in range(3))
        twice_area = (b[:, 1] - c[:, 1]) * (a[:, 0] - c[:, 0]) + (c[:, 0] - b[:, 0]) * (a[:, 1] - c[:, 1])
        twice_area = np.where(np.abs(twice_area) < 1e-12, 1e-12, twice_area)
        points: list[tuple[float, float, float]] = []
        depth = 0.0
        for x, y in line:
            u = ((b[:, 1] - c[:, 1]) * (x - c[:, 0]) + (c[:, 0] - b[:, 0]) * (y - c[:, 1])) / twice_area
            v = ((c[:, 1] - a[:, 1]) * (x - c[:, 0]) + (a[:, 0] - c[:, 0]) * (y - c[:, 1])) / twice_area
            shares = np.stack([u, v, 1 - u - v], axis=1)
            inside = np.flatnonzero((shares >= -1e-6).all(axis=1))
            if len(inside):
                depth = float((shares[inside] * self._corners[inside, :, 2]).sum(axis=1).max())
            points.append((float(x), float(y), depth))
        return Feature(_STROKE, np.array(points))

    def hides_lines(self, rest: Floats) -> np.ndarray:
        """Where lines of the mesh are left out: in the eye sockets and the mouth, which are holes. `rest` is (…, 3)."""
        in_front = (rest[..., 2] > 0.07) & (rest[..., 1] > 1.38 * self._body.scale)
        near = (np.abs(rest[..., 0]) < 0.034) & (np.abs(rest[..., 1] - self._mouth) < 0.017)
        for eye in self._body.eyes:
            near |= (np.abs(rest[..., 0] - eye[0]) < 0.026) & (np.abs(rest[..., 1] - eye[1]) < 0.019)
        return in_front & near
