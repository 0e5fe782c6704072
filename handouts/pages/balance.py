"""Columns of a last page: its cards are shared out, so that no column stays empty beside a full one."""

from __future__ import annotations

from itertools import combinations, pairwise

from handouts.looks import FrameInsets
from handouts.pages.flow import Recording

_FUZZ = 0.01


def find_column_starts(recording: Recording, columns: tuple[FrameInsets, ...]) -> frozenset[int]:
    """The cards (counted from 0) that should begin a new column of the last page, for the lowest columns of it to be highest.

    None where all fits in fewer columns no better, where a column but the first is used already, or where the page holds
    more than whole cards.
    """
    page = recording.pages[-1]
    if len(recording.pages) < 2 or len(columns) < 2 or max(placement.x for placement in page) >= columns[1].start:
        return frozenset()
    cards = [(number, mark.top) for number, mark in enumerate(recording.bookmarks) if mark.page == len(recording.pages) - 1]
    top = max(placement.y + placement.piece.height for placement in page)
    if len(cards) < 2 or cards[0][1] < top - _FUZZ:
        return frozenset()
    edges = [*(each for _, each in cards), min(placement.y for placement in page)]

    def tallest(starts: tuple[int, ...]) -> float:
        return max(edges[first] - edges[last] for first, last in pairwise((0, *starts, len(cards))))

    ways = [way for count in range(1, len(columns)) for way in combinations(range(1, len(cards)), count)]
    return frozenset(cards[start][0] for start in min(ways, key=tallest))
