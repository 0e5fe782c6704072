"""Counts the work of one content stream: how hard it is to paint, and over how much of the page.

Areas are measured on a page only, and only where something is transparent or blended; elsewhere everything counts as large as
the page. What cannot be measured counts as that large, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from handouts.binding.content import last_name
from handouts.binding.effort import GRADIENT, LETTERS, MOST_PAINTED, PICTURE, Work, paints_too_much
from handouts.binding.faults import too_heavy
from handouts.binding.geometry import Matrix, carried, overlap
from handouts.document import Box

PATHS = frozenset(b"b B b* B* f F f* s S".split())
_FILLING, _STROKING = frozenset(b"b B b* B* f F f*".split()), frozenset(b"b B b* B* s S".split())
_COLOURING = frozenset(b"g rg k cs sc scn G RG K CS SC SCN".split())
_BUILDING = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4, b"re": 4}  # with how many numbers
_MEASURING = _COLOURING | _BUILDING.keys() | {b"cm", b"n", b"w", b"M"}

_BLANK = rb"[\0\t\n\f\r ]"
_NUMBER = rb"([-+]?(?:\d{1,9}(?:\.\d{0,15})?|\.\d{1,15}))"
_NUMBERS = {
    count: re.compile(_BLANK + rb"*+" + (_BLANK + rb"++").join([_NUMBER] * count) + _BLANK + rb"*+") for count in (1, 2, 4, 6)
}
_FARTHEST = 1e9
_MOST_MEASURED = 100_000  # parts of paths: Python needs some microseconds for each
_SMALLEST = 0.02  # of the page: whatever is smaller costs as much
_TEXT = 0.5  # of the page that one piece of text covers at most, whatever its font says
_LINE, _MITER = 1.0, 10.0  # at the beginning of a page (ISO 32000-1, table 52)
_DEEPEST_STATE = 200
"""Nested q operators; ISO 32000-1 (annex C) promises viewers no more than 28."""
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_UNIT = Box(left=0, bottom=0, right=1, top=1)


class Hardship(NamedTuple):
    """What a graphics state says of painting: what it costs more, by cause, and whether it changes lines."""

    costs: Mapping[str, int]
    lines: bool


class Surface(NamedTuple):
    """What one drawing covers: a picture, or a form; the box in the space it is drawn in (None: not known)."""

    is_picture: bool
    box: Box | None


class Called:
    """How a stream calls what it names, beside how often; by name.

    `masks`: how often the mask of a graphics state is drawn for what is painted through it. `grouped`: how often a drawing is
    painted as one, because it is transparent, masked or blended. `hardened`: what painting with a drawing or a font costs more.
    """

    def __init__(self) -> None:
        self.masks: defaultdict[bytes, float] = defaultdict(float)
        self.grouped: defaultdict[bytes, float] = defaultdict(float)
        self.hardened: defaultdict[bytes, float] = defaultdict(float)

    def gather(self, other: Called) -> None:
        """Add what another stream calls by the same names."""
        for own, more in ((self.masks, other.masks), (self.grouped, other.grouped), (self.hardened, other.hardened)):
            for name, times in more.items():
                own[name] += times


class _State(NamedTuple):
    matrix: Matrix | None
    line: float | None  # width; None where it is not known
    miter: float | None  # how many times wider than the line its corners may reach; None where it is not known
    costs: Mapping[str, int]
    mask: bytes | None
    patterned: frozenset[bytes]  # the operators that now paint with a pattern


class Meter:
    """The work of one stream: that of its own instructions, and how what it calls is called."""

    def __init__(
        self,
        *,
        page: Box | None,
        hardship: Callable[[bytes], Hardship],
        surface: Callable[[bytes], Surface | None],
    ) -> None:
        """`page` is where areas are measured; `hardship` of a graphics state and `surface` of a drawing are asked by name."""
        self._page = page
        self._hardship = hardship
        self._surface = surface
        self.followed = _MEASURING if page else _COLOURING
        self._state = _State(_IDENTITY, _LINE, _MITER, {}, None, frozenset())
        self._saved: list[_State] = []
        self._path: list[tuple[bytes, bytes]] = []
        self._measured = 0
        self._painted = self._blended = self._again = 0.0
        self.called = Called()

    @property
    def work(self) -> Work:
        """The work of the instructions themselves."""
        return Work(painted=self._painted, blended=self._blended, again=self._again)

    def save(self) -> None:
        """Q follows."""
        if len(self._saved) >= _DEEPEST_STATE:
            raise too_heavy("saves its drawing state more often than any page needs")
        self._saved.append(self._state)

    def restore(self) -> None:
        """Back to what was saved."""
        self._state = self._saved.pop()

    def follow(self, operator: bytes, operands: bytes) -> None:
        """An instruction of `followed`."""
        state = self._state
        if operator in _COLOURING:
            self._colour(operator, operands)
        elif operator in _BUILDING:
            self._path.append((operator, operands))
        elif operator == b"n":
            self._path.clear()
        elif operator == b"cm":
            self._state = state._replace(matrix=_joined(_numbers(operands, 6), state.matrix))
        elif operator == b"w":
            self._state = state._replace(line=_number(operands))
        elif operator == b"M":
            self._state = state._replace(miter=_number(operands))

    def change(self, name: bytes) -> None:
        """A graphics state is set."""
        hardship, state = self._hardship(name), self._state
        mask = (name if hardship.costs["/SMask"] else None) if "/SMask" in hardship.costs else state.mask
        self._state = state._replace(costs={**state.costs, **hardship.costs}, mask=mask)
        if hardship.lines:
            self._state = self._state._replace(line=None, miter=None)

    def path(self, operator: bytes) -> None:
        """A path is painted."""
        costs = GRADIENT if operator in self._state.patterned else 1
        self._paint(costs, self._share(self._extent(stroked=operator in _STROKING)))
        self._path.clear()

    def text(self, font: bytes, operands: bytes) -> None:
        """Text is shown."""
        letters = len(operands) / LETTERS
        self.called.hardened[font] += self._extra * len(operands)
        self._paint(letters, _TEXT, again=letters)

    def gradient(self) -> None:
        """All that is not clipped is filled with a gradient."""
        self._paint(GRADIENT, 1)

    def inline_picture(self) -> None:
        """A picture of the stream itself is painted."""
        self._paint(PICTURE, self._share(self._placed(_UNIT)))

    def drawing(self, name: bytes) -> None:
        """A picture or a form is painted."""
        surface = self._surface(name)
        if surface is None:
            return
        box = _UNIT if surface.is_picture else surface.box
        share = self._share(self._placed(box) if box else None)
        self._paint(PICTURE if surface.is_picture else 0, share)
        if self._extra:
            self.called.grouped[name] += 1
            self.called.hardened[name] += self._extra

    @property
    def _extra(self) -> int:
        return sum(self._state.costs.values())

    def _paint(self, plain: float, share: float, *, again: float | None = None) -> None:
        extra = self._extra * share
        self._painted += plain + extra
        self._again += (plain * share if again is None else again) + extra
        if self._state.costs.get("/BM"):
            self._blended += share
        if self._state.mask is not None:
            self.called.masks[self._state.mask] += share
        if self._painted > MOST_PAINTED:
            raise paints_too_much()

    def _colour(self, operator: bytes, operands: bytes) -> None:
        with_pattern = operator in (b"scn", b"SCN") and last_name(operands) is not None
        concerned = _FILLING if operator.islower() else _STROKING
        patterned = self._state.patterned
        self._state = self._state._replace(patterned=patterned | concerned if with_pattern else patterned - concerned)

    def _share(self, box: Box | None) -> float:
        """The part of the page that a box covers, at least _SMALLEST; 1 where it is not known."""
        if box is None or self._page is None:
            return 1
        seen = overlap(box, self._page)
        return max(_SMALLEST, _area(seen) / _area(self._page)) if seen else _SMALLEST

    def _placed(self, box: Box) -> Box | None:
        return carried(box, self._state.matrix) if self._state.matrix else None

    def _extent(self, *, stroked: bool) -> Box | None:
        """The box on the page of the path built last; None where it is not known."""
        line, miter = self._state.line, self._state.miter
        self._measured += len(self._path)
        if not self._path or line is None or miter is None or self._measured > _MOST_MEASURED:
            return None
        xs: list[float] = []
        ys: list[float] = []
        for operator, operands in self._path:
            found = _numbers(operands, _BUILDING[operator])
            if found is None:
                return None
            xs += found[::2]
            ys += found[1::2]
            if operator == b"re":
                xs.append(found[0] + found[2])
                ys.append(found[1] + found[3])
        reach = line * max(1.0, miter) if stroked else 0.0
        return self._placed(Box(left=min(xs) - reach, bottom=min(ys) - reach, right=max(xs) + reach, top=max(ys) + reach))


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def _numbers(operands: bytes, count: int) -> tuple[float, ...] | None:
    """Operands that are so many plain numbers and nothing else; None for others."""
    found = _NUMBERS[count].fullmatch(operands)
    return tuple(map(float, found.groups())) if found else None


def _number(operands: bytes) -> float | None:
    found = _numbers(operands, 1)
    return abs(found[0]) if found else None


def _joined(inner: tuple[float, ...] | None, outer: Matrix | None) -> Matrix | None:
    """A change of space inside another one; None where one is not known, or beyond what a page can need."""
    if inner is None or outer is None:
        return None
    a, b, c, d, e, f = inner
    k, l, m, n, x, y = outer  # noqa: E741 - the letters of a matrix
    joined = (a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + x, e * l + f * n + y)
    return joined if all(abs(value) < _FARTHEST for value in joined) else None
