"""Counts the work of one content stream: how hard it is to paint, and over how much of the page.

Areas are measured on a page only, and there what is hard to paint, or everything where something is transparent or blended.
Elsewhere all counts as large as the page, and so does what cannot be measured.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from handouts.binding.calls import INHERITED, Called
from handouts.binding.effort import (
    CLIP,
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
from handouts.binding.geometry import Matrix, area, carried, is_upright, joined, overlap
from handouts.binding.paths import BUILDING, PathMeter
from handouts.binding.states import STATE_OPERATORS, Clip, Hardship, State, States
from handouts.document import Box

PATHS = frozenset(b"b B b* B* f F f* s S".split())
_FILLING, _STROKING = frozenset(b"b B b* B* f F f*".split()), frozenset(b"b B b* B* s S".split())
_CLIPPING = frozenset((b"W", b"W*"))
_FILLED_TEXT, _UNCLIPPING_TEXT = frozenset((b"0", b"4")), frozenset(b"0 1 2 3".split())  # modes
FOLLOWED = STATE_OPERATORS | BUILDING.keys() | _CLIPPING | {b"n"}

_SMALLEST = 0.02  # of the page: whatever is smaller costs as much
_TEXT = 0.5  # of the page that one piece of text covers at most, whatever its font says
_TALL = 1.5  # times its size that a letter is high, in a font of the viewer's
_UNIT, _NOWHERE = Box(left=0, bottom=0, right=1, top=1), Box(left=0, bottom=0, right=0, top=0)


class Surface(NamedTuple):
    """What one drawing covers: a picture, or a form; the box in the space it is drawn in (None: not known).

    `through`: it is a picture that shows in part what lies under it. `stencil`: one that is painted in the colour that is set.
    """

    is_picture: bool
    box: Box | None = None
    through: bool = False
    stencil: bool = False


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
        """`page` is where areas are measured, all (`measures`) or only of what is hard; `matrix` is the way out of a form.

        The others are asked by name: `hardship` of a graphics state, `surface` of a drawing, whether a font brings its letters.
        """
        self._page = page
        self._measures = measures
        self._hardship = hardship
        self._surface = surface
        self._is_embedded = is_embedded
        self._states = States(State(Clip(page, 0), matrix))
        self.save, self.restore = self._states.save, self._states.restore
        self._path = PathMeter()
        self._clips = False  # with the path, once it is painted
        self._clipped = self._states.now.clip  # of what was painted last
        self._painted = self._blended = self._again = self._inherited = self._upright = 0.0
        self.called = Called()

    @property
    def work(self) -> Work:
        """The work of the instructions themselves."""
        return Work(
            painted=self._painted, blended=self._blended, again=self._again, inherited=self._inherited, upright=self._upright
        )

    def follow(self, operator: bytes, operands: bytes) -> None:
        """An instruction of FOLLOWED."""
        if operator in BUILDING:
            self._path.add(operator, operands)
        elif operator == b"n":
            self._end_path()
        elif operator in _CLIPPING:
            self._clips = True
        else:
            self._states.follow(operator, operands)

    def change(self, name: bytes) -> None:
        """A graphics state is set."""
        self._states.change(name, self._hardship(name))

    def path(self, operator: bytes) -> None:
        """A path is painted."""
        state, segments = self._states.now, self._path.segments
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
        state, letters = self._states.now, len(operands)
        colours = {state.filling} if mode in _FILLED_TEXT else {state.filling, state.stroking}
        costs = sum(self._coloured(colour, 1, letters) for colour in colours)
        self._call(font, joined(state.letters, state.matrix), colours, letters)
        self._paint(0, self._text_share(font, mode) if self._states.now.extra else 1, letters / LETTERS + costs)
        if mode not in _UNCLIPPING_TEXT:
            clip = state.clip
            self._states.changing().clip = clip._replace(cost=clip.cost + letters / LETTERS)

    def gradient(self) -> None:
        """All that is not clipped is filled with a gradient."""
        share = self._share(None)
        self._paint(0, share, GRADIENT * share)

    def inline_picture(self, space: bytes | None, dots: int) -> None:
        """A picture of the stream itself is painted, in a colour space of this name."""
        if space is not None:
            self.called.dots[space] += dots
        self._picture(Surface(is_picture=True, stencil=True))

    def drawing(self, name: bytes) -> None:
        """A picture or a form is painted."""
        surface, state = self._surface(name), self._states.now
        if surface is None:
            return
        if surface.is_picture:
            self._picture(surface)
        else:
            self._paint(0, self._share(self._placed(surface.box)))
            self._call(name, state.matrix, {state.filling, state.stroking}, 1)
        if state.extra:
            self.called.grouped[name] += 1

    def _call(self, name: bytes, space: Matrix | None, colours: set[bytes | None], times: int) -> None:
        """A form is painted, or letters that may be drawings."""
        state, called = self._states.now, self.called
        called.turned[name] += 0 if is_upright(space) else times
        called.dashed[name] += times if state.dashed else 0
        called.hardened[name] += state.extra * times
        for colour in colours:
            if colour is not None:
                called.within[name][colour] += times

    def _coloured(self, colour: bytes | None, share: float, times: int = 1) -> float:
        """What the colour costs, in fills; noted where it is a pattern, or may be one."""
        if colour == INHERITED:
            self._inherited += times
        if not colour:
            return 0
        self.called.tiled[colour] += times
        return GRADIENT * share * times

    def _picture(self, surface: Surface) -> None:
        state = self._states.now
        share, turned = self._share(self._placed(_UNIT)), not is_upright(state.matrix)
        hard = (THROUGH * surface.through + TURNED * turned) * share
        self._upright += not turned
        self._paint(PICTURE, share, hard + (self._coloured(state.filling, share) if surface.stencil else 0))

    def _paint(self, plain: float, share: float, exactly: float = 0) -> None:
        """Fills of the whole page are painted, or of a share of it; `exactly` are those that are as many for a share."""
        state = self._states.now
        exactly += state.extra * share
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

    def _end_path(self) -> None:
        if self._clips and self._path.segments:
            state, clip, box = self._states.now, self._states.now.clip, self._placed(self._path.box())
            simple = self._page is not None and self._path.is_rectangle and is_upright(state.matrix)
            cost = 0 if simple else (CLIP + self._path.segments / SEGMENTS) * self._share(box)
            if box and clip.box:
                box = overlap(box, clip.box) or _NOWHERE
            self._states.changing().clip = Clip(box or clip.box, clip.cost + cost)
        self._clips = False
        self._path.end()

    def _text_share(self, font: bytes, mode: bytes) -> float:
        """The part of the page that a line of text covers, which may be as long as the page; _TEXT where that is not known."""
        state, size = self._states.now, self._states.now.size
        space = joined(state.letters, state.matrix)
        if self._page is None or size is None or space is None or mode not in _FILLED_TEXT or self._is_embedded(font):
            return _TEXT
        wide, high = self._page.right - self._page.left, self._page.top - self._page.bottom
        strip = _TALL * size * sum(map(abs, space[:4])) * (wide + high)
        return min(_TEXT, max(_SMALLEST, strip / (wide * high)))

    def _share(self, box: Box | None) -> float:
        """The part of the page that is painted in a box, at least _SMALLEST; 1 where it is not known."""
        seen = self._states.now.clip.box
        if self._page is None or seen is None:
            return 1
        if box is not None:
            seen = overlap(box, seen)
        return max(_SMALLEST, area(seen) / area(self._page)) if seen else _SMALLEST

    def _placed(self, box: Box | None) -> Box | None:
        matrix = self._states.now.matrix
        return carried(box, matrix) if box and matrix and self._page else None

    def _extent(self, *, stroked: bool) -> Box | None:
        """The box on the page of the path built last; None where it is not known."""
        line, miter = self._states.now.line, self._states.now.miter
        if line is None or miter is None or self._page is None:
            return None
        return self._placed(self._path.box(line * max(1.0, miter) if stroked else 0.0))
