"""All that one run of the checks brought: remarks, what could not be measured, scores, and pictures of pages."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.nouns import dataclass
from handouts.quality.page_checks import Unmeasured
from handouts.quality.remarks import Remark
from handouts.quality.scores import Score


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """One page as it looks: of which file, its number from 1, its size in points, and a PNG."""

    place: str
    page: int
    width: float
    height: float
    png: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the checks say, of one subject or of many."""

    remarks: tuple[Remark, ...] = ()
    unmeasured: tuple[Unmeasured, ...] = ()
    scores: tuple[Score, ...] = ()
    pages: tuple[PagePicture, ...] = ()


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Return several outcomes as one."""
    every = list(outcomes)
    return Outcome(
        remarks=tuple(remark for each in every for remark in each.remarks),
        unmeasured=tuple(one for each in every for one in each.unmeasured),
        scores=tuple(score for each in every for score in each.scores),
        pages=tuple(page for each in every for page in each.pages),
    )
