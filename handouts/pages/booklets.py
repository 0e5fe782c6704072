"""Booklets of a folded edition: an exercise is whole in one of them, and each begins with the signs to get help."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.pages.flow import Recording
from handouts.pages.imposing import ON_A_SHEET


def find_sheet_start(recording: Recording, known: Mapping[int, int]) -> tuple[int, int] | None:
    """The first card that must begin a new sheet, with the pages to turn until there; None where all lie well.

    `known`: the cards that begin one already. A card is numbered from 0; it must lie on the sheet of what comes before it, or
    begin a sheet.
    """
    spans = [_pages_of(recording, section) for section in recording.sections]
    opening = min((first for first, _ in spans), default=0)
    ends = [_last_opening_page(recording, opening), *(last for _, last in spans)]
    for number, (before, (_, last)) in enumerate(zip(ends, spans, strict=False)):
        if number not in known and before // ON_A_SHEET != last // ON_A_SHEET:
            return number, ON_A_SHEET - before % ON_A_SHEET
    return None


def _pages_of(recording: Recording, section: int) -> tuple[int, int]:
    """The first and the last page on which a card has pieces."""
    own = {section, *(number for number, node in enumerate(recording.nodes) if node.parent == section)}
    pages = [number for number, page in enumerate(recording.pages) if any(placement.node in own for placement in page)]
    return pages[0], pages[-1]


def _last_opening_page(recording: Recording, opening: int) -> int:
    """The last page with anything but cards before the first card."""
    own = set(recording.sections)
    pages = [
        number
        for number, page in enumerate(recording.pages[: opening + 1])
        if any(placement.node is not None and placement.node not in own for placement in page)
    ]
    return pages[-1] if pages else 0
