"""Counts the work of one content stream: how hard it is to paint, and over how much of the page.

Areas are measured on a page only, and only of what is hard to paint; elsewhere everything counts as large as the page. What cannot
be measured counts as that large, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from handouts.binding.calls import INHERITED, Called
from handouts.binding.content import last_name
from handouts.binding.effort import (
    DASHED,
    GRADIENT,
    LETTERS,
    MOST_PAINTED,
    PICTURE,
    SEGMENTS,
    THROUGH,
    TURNED,
    Work,
    paints_too_much,
)
from handouts.binding.faults import too_heavy
from handouts.binding.geometry import IDENTITY, Matrix, carried, joined, overlap
from handouts.binding.paths import BUILDING, PathMeter, read_numbers
from handouts.document import Box

PATHS = frozenset(b"b B b* B* f F f* s S".split())
_FILLING, _STROKING = frozenset(b"b B b* B* f F f*".split()), frozenset(b"b B b* B* s S".split())
_COLOURING = frozenset(b"g rg k cs sc scn G RG K CS SC SCN".split())
_CLIPPING = frozenset((b"W", b"W*"))
_LETTERING = frozenset(b"Tf Tm BT".split())
_CLIPPING_MODES, _FILLING_MODES = frozenset(b"4 5 6 7".split()), frozenset((b"0", b"4"))  # of text
_SOLID = re.compile(rb"[^\[\]]*\[[\s0.]*\]")  # dashes of no length

FOLLOWED = _COLOURING | BUILDING.keys() | _CLIPPING | _LETTERING | frozenset(b"n w M d cm".split())

_SMALLEST = 0.02  # of the page: whatever is smaller costs as much
_TEXT = 0.5  # of the page that one piece of text covers at most, whatever its font says
_TALL = 1.5  # times its size that a letter is high, in a font of the viewer's
_CLIP = 1.3  # fills of its area that clipping with a path costs beside its segments
_LINE, _MITER = 1.0, 10.0  # at the beginning of a page (ISO 32000-1, table 52)
_DEEPEST_STATE = 200
"""Nested q operators; ISO 32000-1 (annex C) promises viewers no more than 28."""
_UNIT, _NOWHERE = Box(left=0, bottom=0, right=1, top=1), Box(left=0, bottom=0, right=0, top=0)


class Hardship(NamedTuple):
    """What a graphics state says of painting: what it costs more, by cause, and whether it changes lines."""

    costs: Mapping[str, int]
    lines: bool


class Surface(NamedTuple):
    """What one drawing covers: a picture, or a form; the box in the space it is drawn in (None: not known).

    `through`: it is a picture that shows in part what lies under it. `stencil`: one that is painted in the colour that is set.
    """

    is_picture: bool
    box: Box | None = None
    through: bool = False
    stencil: bool = False


class _Clip(NamedTuple):
    """What painting is confined to: a box on the page, and what it costs to work through its paths, in fills."""

    box: Box | None
    cost: float


class _State(NamedTuple):
    clip: _Clip
    matrix: Matrix | None
    letters: Matrix | None = IDENTITY  # the space of text inside that
    size: float | None = None  # of letters; None where it is not known
    line: float | None = _LINE  # width; None where it is not known
    miter: float | None = _MITER  # how many times wider than the line its corners may reach; None where it is not known
    dashed: bool = False
    costs: Mapping[str, int] = MappingProxyType({})
    mask: bytes | None = None
    filling: bytes | None = INHERITED  # the pattern that areas are painted with
    stroking: bytes | None = INHERITED  # and lines


class Meter:
    """The work of one stream: that of its own instructions, and how what it calls is called."""

    def __init__(
        self,
        *,
        page: Box | None,
        matrix: Matrix | None,
        measures: bool,
        hardship: Callable[[bytes], Hardship],
        surface: Callable[[bytes], Surface | None],
        is_embedded: Callable[[bytes], bool],
    ) -> None:
        """`page` is where areas are measured, all of them or only of what is always hard; `matrix` is that of a form, as it says.

        The others are asked by name: `hardship` of a graphics state, `surface` of a drawing, and whether a font has its own letters.
        """
        self._page = page
        self._measures = measures
        self._hardship = hardship
        self._surface = surface
        self._is_embedded = is_embedded
        self._state = _State(_Clip(page, 0), matrix)
        self._saved: list[_State] = []
        self._path = PathMeter()
        self._clips = False  # with the path, once it is painted
        self._clipped = self._state.clip  # of what was painted last
        self._painted = self._blended = self._again = self._inherited = 0.0
        self.called = Called()

    @property
    def work(self) -> Work:
        """The work of the instructions themselves."""
        return Work(painted=self._painted, blended=self._blended, again=self._again, inherited=self._inherited)

    def save(self) -> None:
        """Q follows."""
        if len(self._saved) >= _DEEPEST_STATE:
            raise too_heavy("saves its drawing state more often than any page needs")
        self._saved.append(self._state)

    def restore(self) -> None:
        """Back to what was saved."""
        self._state = self._saved.pop()

    def follow(self, operator: bytes, operands: bytes) -> None:
        """An instruction of FOLLOWED."""
        if operator in BUILDING:
            self._path.add(operator, operands)
        elif operator in _COLOURING:
            name = last_name(operands) if operator in (b"scn", b"SCN") else None
            self._set(filling=name) if operator.islower() else self._set(stroking=name)
        elif operator == b"n":
            self._end_path()
        elif operator in _CLIPPING:
            self._clips = True
        elif operator == b"cm":
            self._set(matrix=joined(read_numbers(operands, 6), self._state.matrix))
        elif operator in _LETTERING:
            self._letter(operator, operands)
        elif operator == b"w":
            self._set(line=_number(operands))
        elif operator == b"M":
            self._set(miter=_number(operands))
        elif operator == b"d":
            self._set(dashed=not _SOLID.match(operands))

    def change(self, name: bytes) -> None:
        """A graphics state is set."""
        hardship, state = self._hardship(name), self._state
        mask = (name if hardship.costs["/SMask"] else None) if "/SMask" in hardship.costs else state.mask
        self._set(costs={**state.costs, **hardship.costs}, mask=mask)
        if hardship.lines:
            self._set(line=None, miter=None, dashed=True)

    def path(self, operator: bytes) -> None:
        """A path is painted."""
        state, segments = self._state, self._path.segments
        filled, stroked = operator in _FILLING, operator in _STROKING
        costs = max(1.0, segments * (filled + 2 * stroked) / SEGMENTS)
        if stroked and state.dashed:
            costs += DASHED * segments
        colours = [state.filling] * filled + [state.stroking] * stroked
        share = self._share(self._extent(stroked=stroked)) if self._measures or any(colours) else 1
        self._paint(costs, share, sum(self._coloured(colour, share) for colour in colours))
        self._end_path()

    def text(self, font: bytes, operands: bytes, mode: bytes) -> None:
        """Text is shown."""
        state, letters = self._state, len(operands)
        colours = {state.filling} if mode in _FILLING_MODES else {state.filling, state.stroking}
        costs = sum(self._coloured(colour, 1, letters) for colour in colours)
        self._call(font, joined(state.letters, state.matrix), colours, letters)
        self._paint(0, self._text_share(font, mode) if self._extra else 1, letters / LETTERS + costs)
        if mode in _CLIPPING_MODES:
            self._set(clip=state.clip._replace(cost=state.clip.cost + letters / LETTERS))

    def gradient(self) -> None:
        """All that is not clipped is filled with a gradient."""
        share = self._share(None)
        self._paint(0, share, GRADIENT * share)

    def inline_picture(self) -> None:
        """A picture of the stream itself is painted."""
        self._picture(Surface(is_picture=True, stencil=True))

    def drawing(self, name: bytes) -> None:
        """A picture or a form is painted."""
        surface = self._surface(name)
        if surface is None:
            return
        if surface.is_picture:
            self._picture(surface)
        else:
            self._paint(0, self._share(self._placed(surface.box)))
            self._call(name, self._state.matrix, {self._state.filling, self._state.stroking}, 1)
        if self._extra:
            self.called.grouped[name] += 1

    def _call(self, name: bytes, space: Matrix | None, colours: set[bytes | None], times: int) -> None:
        """A form is painted, or letters that may be drawings."""
        harder = 0
        if not _is_upright(space):
            harder += TURNED // PICTURE
        if self._state.dashed:
            harder += DASHED * SEGMENTS // 2
        self.called.strained[name] += harder * times
        self.called.hardened[name] += self._extra * times
        for colour in colours - {None}:
            self.called.within[name][colour] += times

    def _coloured(self, colour: bytes | None, share: float, times: int = 1) -> float:
        """What the colour costs, in fills; noted where it is a pattern, or may be one."""
        if colour == INHERITED:
            self._inherited += times
        if not colour:
            return 0
        self.called.tiled[colour] += times
        return GRADIENT * share * times

    def _picture(self, surface: Surface) -> None:
        share = self._share(self._placed(_UNIT))
        hard = THROUGH * surface.through + TURNED * (not _is_upright(self._state.matrix))
        colour = self._coloured(self._state.filling, share) if surface.stencil else 0
        self._paint(PICTURE, share, hard * share + colour)

    def _paint(self, plain: float, share: float, exactly: float = 0) -> None:
        """Fills of the whole page are painted, or of a share of it; `exactly` are those that are as many for a share."""
        state, exactly = self._state, exactly + self._extra * share
        if state.clip is not self._clipped:
            self._clipped = state.clip
            exactly += state.clip.cost
        self._painted += plain + exactly
        self._again += plain * share + exactly
        if state.costs.get("/BM"):
            self._blended += share
        if state.mask is not None:
            self.called.masks[state.mask] += share
        if self._painted > MOST_PAINTED:
            raise paints_too_much()

    def _set(self, **changes: Any) -> None:
        self._state = self._state._replace(**changes)

    @property
    def _extra(self) -> int:
        return sum(self._state.costs.values())

    def _end_path(self) -> None:
        if self._clips and self._path.segments:
            box, clip = self._placed(self._path.box()), self._state.clip
            simple = self._page is not None and self._path.is_rectangle and _is_upright(self._state.matrix)
            cost = 0 if simple else (_CLIP + self._path.segments / SEGMENTS) * self._share(box)
            if box and clip.box:
                box = overlap(box, clip.box) or _NOWHERE
            self._set(clip=_Clip(box or clip.box, clip.cost + cost))
        self._clips = False
        self._path.end()

    def _letter(self, operator: bytes, operands: bytes) -> None:
        """The size of letters and the space of text."""
        if operator == b"BT":
            self._set(letters=IDENTITY)
        elif operator == b"Tm":
            self._set(letters=read_numbers(operands, 6))
        elif name := last_name(operands):
            self._set(size=_number(operands.rpartition(name)[2]))

    def _text_share(self, font: bytes, mode: bytes) -> float:
        """The part of the page that a line of text covers, which may be as long as the page; _TEXT where that is not known."""
        space, size = joined(self._state.letters, self._state.matrix), self._state.size
        if self._page is None or size is None or space is None or mode not in _FILLING_MODES or self._is_embedded(font):
            return _TEXT
        wide, high = self._page.right - self._page.left, self._page.top - self._page.bottom
        strip = _TALL * size * sum(map(abs, space[:4])) * (wide + high)
        return min(_TEXT, max(_SMALLEST, strip / (wide * high)))

    def _share(self, box: Box | None) -> float:
        """The part of the page that is painted in a box, at least _SMALLEST; 1 where it is not known."""
        seen = self._state.clip.box
        if self._page is None or seen is None:
            return 1
        if box is not None:
            seen = overlap(box, seen)
        return max(_SMALLEST, _area(seen) / _area(self._page)) if seen else _SMALLEST

    def _placed(self, box: Box | None) -> Box | None:
        return carried(box, self._state.matrix) if box and self._state.matrix and self._page else None

    def _extent(self, *, stroked: bool) -> Box | None:
        """The box on the page of the path built last; None where it is not known."""
        line, miter = self._state.line, self._state.miter
        if line is None or miter is None or self._page is None:
            return None
        return self._placed(self._path.box(line * max(1.0, miter) if stroked else 0.0))


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def _is_upright(matrix: Matrix | None) -> bool:
    """Whether what is upright stays so, or is turned by a quarter."""
    return matrix is not None and (matrix[1] == matrix[2] == 0 or matrix[0] == matrix[3] == 0)


def _number(operands: bytes) -> float | None:
    found = read_numbers(operands, 1)
    return abs(found[0]) if found else None
