"""How much work a viewer has with a sheet, in fills of the whole page, and how much is too much.

Measured with PDFium, which redraws all that lies under something blended: what is blended on the page costs as much as all that
was painted before it, so that the work grows with the square. In a group of its own it does not.
"""

from __future__ import annotations

from typing import NamedTuple

from handouts.binding.faults import SheetError, too_heavy

MOST_DRAWN = 5_000_000  # instructions a viewer carries out, repeated drawings counted each time
MOST_INVOCATIONS = 2_000
MOST_DRAWN_DOTS = 1_000_000_000  # of all pictures, each as often as it is drawn
MOST_PAINTED = 100_000  # fills of the whole page, or as much work: under a minute for PDFium

TRANSPARENT, MASKED, BLENDED = 4, 14, 29
"""What painting so costs more than on bare paper, in fills of the same area."""
GRADIENT = 60
"""What a gradient costs, in fills of the same area: a radial one over the page."""
PICTURE = 3
"""What a picture costs beside its dots, in fills of the same area."""
TURNED, THROUGH = 30, 35
"""What it costs more when it is turned, and when it has a mask."""
TINTED = 16
"""Fills of a function, where it colours the page, for which each dot of a picture that it colours costs as much as one more."""
CLIP = 1.3
"""What a path costs that is no rectangle and confines what is painted, each time when something else was confined before."""
SEGMENTS = 5
"""Filled lines across the page that cost as much as one fill; stroked ones cost twice as much, and curves."""
DASHED = 5
"""What a dashed line across the page costs more, in fills of the page."""
LETTERS = 10
"""Bytes of shown text that cost as much as one fill."""


class Work(NamedTuple):
    """What drawing something once costs a viewer: drawings it calls, itself included, instructions, dots, fills.

    `painted` are fills of the whole page, harder ones counted as many; `blended` is how often something of the page's size is
    blended with what lies under it on the same surface; `again` is what it costs to redraw all of it. `inherited` is how often
    something is painted in the colour or pattern that is set where the drawing is used, `upright` how often a picture that is not
    turned.
    """

    invocations: float = 0
    operators: float = 0
    dots: float = 0
    painted: float = 0
    blended: float = 0
    again: float = 0
    inherited: float = 0
    upright: float = 0

    @classmethod
    def of(cls, painted: float) -> Work:
        """Fills, and nothing else."""
        return cls(painted=painted, again=painted)

    def plus(self, other: Work) -> Work:
        """Both."""
        return Work(*(one + another for one, another in zip(self, other, strict=True)))

    def times(self, times: float) -> Work:
        """The same so many times."""
        return Work(*(each * times for each in self))

    def or_more(self, other: Work) -> Work:
        """The larger of the two in each kind of work."""
        return Work(*map(max, self, other))

    @property
    def fills(self) -> float:
        """All fills, with what is redrawn. Of two that are blended, only the later one redraws the other."""
        return self.painted + self.blended * max(0.0, self.again - BLENDED * self.blended / 2)

    def in_a_group(self) -> Work:
        """The same painted on a surface of its own that shows what lies under it: nothing is redrawn in it."""
        return self._replace(blended=0)

    def by_itself(self) -> Work:
        """The same painted on a surface of its own that shows nothing else, as a mask or the tile of a pattern is."""
        fills = self.fills
        return self._replace(painted=fills, blended=0, again=fills)


NO_WORK = Work()


def check_work(work: Work) -> None:
    """Raise SheetError where a viewer would work for minutes."""
    if work.invocations > MOST_INVOCATIONS:
        raise too_heavy(f"repeats drawings more than {MOST_INVOCATIONS} times")
    if work.operators > MOST_DRAWN:
        raise too_heavy("repeats drawings with too many strokes")
    if work.fills > MOST_PAINTED:
        raise paints_too_much()
    if work.dots > MOST_DRAWN_DOTS:
        raise too_heavy(f"draws pictures of more than {MOST_DRAWN_DOTS // 1_000_000} million dots in all")


def paints_too_much() -> SheetError:
    """A viewer would paint for minutes."""
    return too_heavy("paints over the page more often than a viewer can bear")
