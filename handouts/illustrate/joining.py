"""Joins lines that run on into one another at a node: fewer pieces, and no break where an outline passes a limb."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from handouts.illustrate.rotations import Floats
from handouts.nouns import dataclass

_REACH = 6  # points that tell which way a line leaves its end
_Key = tuple[int, bool]  # a line's number, and whether its start is meant
_STRAIGHT_ON = -0.8  # cosine between two lines that leave a node in opposite directions


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a line: which, at its start or not, and the unit direction in which the line leaves it."""

    line: int
    at_start: bool
    away: Floats


def join_lines(lines: list[Floats]) -> list[Floats]:
    """Lines (n, 2) joined end to end where two of them run straight on; rings stay as they are."""
    partner = _pair_ends(lines)
    joined: list[Floats] = []
    used: set[int] = set()
    starts = [key for line in range(len(lines)) for key in ((line, True), (line, False)) if key not in partner]
    for line, at_start in (*starts, *((line, True) for line in range(len(lines)))):
        if line not in used:
            joined.append(_follow((line, at_start), lines, partner, used))
    return joined


def _follow(first: _Key, lines: list[Floats], partner: dict[_Key, _Key], used: set[int]) -> Floats:
    parts: list[Floats] = []
    key: _Key | None = first
    while key is not None and key[0] not in used:
        used.add(key[0])
        part = lines[key[0]] if key[1] else lines[key[0]][::-1]
        parts.append(part if not parts else part[1:])
        key = partner.get((key[0], not key[1]))
    return np.vstack(parts)


def _pair_ends(lines: list[Floats]) -> dict[_Key, _Key]:
    """For each end of a line the end of another that it runs on into, the straightest pairs first."""
    at_node: dict[tuple[float, float], list[_End]] = {}
    for number, line in enumerate(lines):
        if np.array_equal(line[0], line[-1]):
            continue
        for at_start, points in ((True, line), (False, line[::-1])):
            along = points[min(_REACH, len(points) - 1)] - points[0]
            end = _End(number, at_start, along / max(float(np.linalg.norm(along)), 1e-9))
            at_node.setdefault((float(points[0][0]), float(points[0][1])), []).append(end)
    partner: dict[_Key, _Key] = {}
    for ends in at_node.values():
        pairs = ((float(a.away @ b.away), a, b) for a, b in combinations(ends, 2) if a.line != b.line)
        for turn, a, b in sorted(pairs, key=lambda pair: pair[0]):
            first, second = (a.line, a.at_start), (b.line, b.at_start)
            if turn < _STRAIGHT_ON and first not in partner and second not in partner:
                partner[first], partner[second] = second, first
    return partner
