"""How one stream uses what it names, and what work that makes of the work of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from handouts.binding.effort import DASHED, GRADIENT, NO_WORK, SEGMENTS, TINTED, TURNED, Work

INHERITED = b""
"""No pattern of the stream's own: perhaps one that is set where it is drawn."""

Times = defaultdict[bytes, float]


class Called:
    """How a stream calls what it names, beside how often; by name.

    `masks`: how often the mask of a graphics state is drawn for what is painted through it. `tiled`: how often something is
    painted with a pattern. Of drawings and fonts: `within`: how often they are used while a pattern (the second name) is set;
    `grouped`: how often a drawing is painted as one, because it is transparent, masked or blended; `hardened`: what painting with
    them costs more then; `turned`, `dashed`: how often they are turned, or lines are dashed. `dots`: those of inline pictures, by
    their colour space.
    """

    def __init__(self) -> None:
        self.masks: Times = defaultdict(float)
        self.tiled: Times = defaultdict(float)
        self.within: defaultdict[bytes, Times] = defaultdict(lambda: defaultdict(float))
        self.grouped: Times = defaultdict(float)
        self.hardened: Times = defaultdict(float)
        self.turned: Times = defaultdict(float)
        self.dashed: Times = defaultdict(float)
        self.dots: Times = defaultdict(float)

    def gather(self, other: Called) -> None:
        """Add what another stream calls by the same names."""
        _add(self.masks, other.masks)
        _add(self.tiled, other.tiled)
        _add(self.grouped, other.grouped)
        _add(self.hardened, other.hardened)
        _add(self.turned, other.turned)
        _add(self.dashed, other.dashed)
        _add(self.dots, other.dots)
        for name, patterns in other.within.items():
            _add(self.within[name], patterns)

    def work(self, category: str, name: bytes, once: Work, times: int, *, as_one: bool) -> Work:
        """The work of a resource that costs `once`, used `times`; `as_one`: as a group. Without what it inherits."""
        once = once._replace(inherited=0)
        alone = once.by_itself()
        match category:
            case "/ExtGState":
                return alone.times(times + self.masks[name])
            case "/Pattern":
                return alone.times(self.tiled[name])._replace(invocations=alone.invocations * times)
            case "/ColorSpace":  # a colour is worked out once, but for each dot of a picture
                return Work(dots=self.dots[name] * alone.painted / TINTED)
            case "/Shading":
                return alone.times(times)
        harder = self.dashed[name] * DASHED * SEGMENTS / 2 + (0 if as_one else self.hardened[name])
        strained = Work.of(alone.painted * harder + alone.upright * TURNED * self.turned[name])
        if category == "/Font":
            return alone.times(times).plus(strained)
        grouped = self.grouped[name]
        return once.times(times - grouped).plus(once.in_a_group().times(grouped)).plus(strained)

    def inherited_work(self, works: Mapping[tuple[str, bytes], Work]) -> Work:
        """The work of what is painted with a pattern in drawings and letters; `works` are those of all resources, once."""
        together = NO_WORK
        for name, patterns in self.within.items():
            paintings = works.get(("/XObject", name), NO_WORK).inherited + works.get(("/Font", name), NO_WORK).inherited
            for pattern, times in patterns.items():
                if pattern == INHERITED:
                    more = Work(inherited=paintings * times)
                else:
                    tile = works.get(("/Pattern", pattern), NO_WORK).by_itself()
                    more = tile.plus(Work.of(GRADIENT)).times(paintings * times)._replace(invocations=0)
                together = together.plus(more)
        return together


def _add(own: Times, more: Mapping[bytes, float]) -> None:
    for name, times in more.items():
        own[name] += times
