"""A planar map of a labelled image: the borders between pixels as chains that meet at nodes.

Both the areas and the lines of a drawing are made of the same smoothed chains, so that they never part. A corner is a point
(y, x) where four pixels meet; an edge is the border between two neighbouring pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handouts.illustrate.body import Ints
from handouts.illustrate.curves import smooth_chain
from handouts.illustrate.rotations import Floats
from handouts.nouns import dataclass

Corner = tuple[int, int]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Edges:
    """Borders between pixels: `across` (H + 1, W) lies above pixel (y, x), `down` (H, W + 1) to the left of it."""

    across: Mask
    down: Mask

    def __or__(self, other: Edges) -> Edges:
        return Edges(self.across | other.across, self.down | other.down)

    def without(self, other: Edges) -> Edges:
        """The edges that are not among the others."""
        return Edges(self.across & ~other.across, self.down & ~other.down)

    @classmethod
    def none(cls, height: int, width: int) -> Edges:
        """No edge at all."""
        return cls(np.zeros((height + 1, width), bool), np.zeros((height, width + 1), bool))

    @classmethod
    def between_labels(cls, labels: Ints) -> Edges:
        """The edges between pixels of different labels; outside the image is 0."""
        around = np.pad(labels, 1)
        return cls((around[1:] != around[:-1])[:, 1:-1], (around[:, 1:] != around[:, :-1])[1:-1])


@dataclass(frozen=True, slots=True)
class Chain:
    """Corners in a row between two nodes, or a closed ring; the labels on its left and right hand; free ends."""

    corners: tuple[Corner, ...]
    sides: tuple[int, int]
    free_start: bool
    free_end: bool

    @property
    def is_ring(self) -> bool:
        """True when it comes back to where it began."""
        return self.corners[0] == self.corners[-1]

    def values(self, across: Floats, down: Floats) -> Floats:
        """The values of its edges, from arrays shaped like `Edges`."""
        return np.array([
            across[y, min(x, x2)] if y == y2 else down[min(y, y2), x]
            for (y, x), (y2, x2) in pairwise(self.corners)
        ])  # fmt: skip

    def mark(self, edges: Edges) -> None:
        """Set its edges."""
        for (y, x), (y2, x2) in pairwise(self.corners):
            if y == y2:
                edges.across[y, min(x, x2)] = True
            else:
                edges.down[min(y, y2), x] = True


class PlanarMap:
    """The chains of all borders between labels, and of further edges inside an area."""

    def __init__(self, labels: Ints, further: Edges | None = None) -> None:
        self.labels = labels
        edges = Edges.between_labels(labels)
        self._joined = _join_corners(edges | further if further else edges)
        self.chains: list[Chain] = []
        for corners in self._walk():
            self._add(corners)

    def _walk(self) -> list[list[Corner]]:
        joined, seen = self._joined, set[tuple[Corner, Corner]]()
        found: list[list[Corner]] = []

        def follow(first: Corner, second: Corner) -> list[Corner]:
            corners = [first, second]
            seen.update(((first, second), (second, first)))
            while len(joined[corners[-1]]) == 2:
                ahead, other = joined[corners[-1]]
                following = ahead if ahead != corners[-2] else other
                if (corners[-1], following) in seen:
                    break
                seen.update(((corners[-1], following), (following, corners[-1])))
                corners.append(following)
                if following == first:
                    break
            return corners

        nodes = [corner for corner, others in joined.items() if len(others) != 2]
        for corner in (*nodes, *joined):
            found.extend(follow(corner, other) for other in joined[corner] if (corner, other) not in seen)
        return found

    def _add(self, corners: list[Corner]) -> None:
        """Why the sides of one edge stand for the chain: where only two edges meet, the labels beside them cannot change."""
        middle = len(corners) // 2
        sides = self._sides(corners[middle - 1], corners[middle])
        free_start, free_end = (len(self._joined[corners[end]]) == 1 for end in (0, -1))
        self.chains.append(Chain(tuple(corners), sides, free_start, free_end))

    def _label(self, y: int, x: int) -> int:
        height, width = self.labels.shape
        return int(self.labels[y, x]) if 0 <= y < height and 0 <= x < width else 0

    def _sides(self, first: Corner, second: Corner) -> tuple[int, int]:
        """The labels on the left and the right hand, walking from one corner to the next (y grows down)."""
        (y, x), (y2, x2) = first, second
        if y == y2:
            above, below = self._label(y - 1, min(x, x2)), self._label(y, min(x, x2))
            return (above, below) if x2 > x else (below, above)
        before, after = self._label(min(y, y2), x - 1), self._label(min(y, y2), x)
        return (after, before) if y2 > y else (before, after)

    def smoothed(self, sigma: float) -> list[Floats]:
        """The points (x, y) of every chain, smoothed; ends stay where they are."""
        return [
            smooth_chain(
                np.array(chain.corners, float)[:, ::-1],
                sigma,
                closed=chain.is_ring and len(self._joined[chain.corners[0]]) == 2,
            )
            for chain in self.chains
        ]

    def outlines(self, inside: Callable[[int], bool], points: list[Floats]) -> list[Floats]:
        """The closed outlines of an area, made of smoothed chains, with the area on the right hand."""
        onward: dict[Corner, list[_Part]] = {}
        for index, chain in enumerate(self.chains):
            left, right = (inside(label) for label in chain.sides)
            if left != right:
                corners = chain.corners if right else chain.corners[::-1]
                part = _Part(points[index] if right else points[index][::-1], corners)
                onward.setdefault(corners[0], []).append(part)
        outlines: list[Floats] = []
        for parts in onward.values():
            while parts:
                outlines.append(_follow_outline(parts[0], onward))
        return outlines


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A chain walked with the area on the right hand: its smoothed points and its corners in that order."""

    points: Floats
    corners: tuple[Corner, ...]


def _follow_outline(first: _Part, onward: dict[Corner, list[_Part]]) -> Floats:
    """Walk from chain to chain until the outline is closed, taking the chains out of `onward`."""
    walked: list[Floats] = []
    part = first
    while True:
        onward[part.corners[0]].remove(part)
        walked.append(part.points[:-1])
        if part.corners[-1] == first.corners[0]:
            return np.vstack([*walked, first.points[:1]])
        part = _choose(part, onward[part.corners[-1]])


def _choose(part: _Part, options: list[_Part]) -> _Part:
    """Where two areas touch at a corner, turn to the right, so that each keeps its own outline."""
    (y, x), (y2, x2) = part.corners[-2:]
    right = (y2 + (x2 - x), x2 - (y2 - y))
    return next((option for option in options if option.corners[1] == right), options[0])


def _join_corners(edges: Edges) -> dict[Corner, list[Corner]]:
    joined: dict[Corner, list[Corner]] = {}
    for present, dy, dx in ((edges.across, 0, 1), (edges.down, 1, 0)):
        for y, x in np.argwhere(present).tolist():
            joined.setdefault((y, x), []).append((y + dy, x + dx))
            joined.setdefault((y + dy, x + dx), []).append((y, x))
    return joined
