"""Rewrites one content stream: only known operators and what they use, balanced, without stray marks; says what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import field

from handouts.binding.calls import Called
from handouts.binding.content import KNOWN_OPERATORS, instructions, last_name, mark_effort, shows_anything
from handouts.binding.dots import count_inline_dots
from handouts.binding.effort import NO_WORK, Work
from handouts.binding.faults import too_heavy
from handouts.binding.inline import read_inline_head
from handouts.binding.marks import Marks
from handouts.binding.metering import FOLLOWED, PATHS, Meter
from handouts.binding.operands import is_plain, used_image, used_operands
from handouts.nouns import dataclass

Use = tuple[str, bytes]  # resource category with slash, name as the content writes it

_SHOWING = frozenset(b"Tj TJ ' \"".split())
_OBJECTS = frozenset(b"Do sh BI".split())
_NAMED = {
    b"gs": "/ExtGState",
    b"sh": "/Shading",
    b"cs": "/ColorSpace",
    b"CS": "/ColorSpace",
    b"scn": "/Pattern",
    b"SCN": "/Pattern",
    b"Do": "/XObject",
    b"BI": "/ColorSpace",
}
_MARKING = frozenset(b"BMC BDC EMC".split())
_STATE = frozenset(b"q Q BT ET Tf Tr ri".split())
_ENDING = PATHS | {b"n"}
_PAINTING = PATHS | _OBJECTS | _NAMED.keys()
_INTERESTING = _SHOWING | _PAINTING | _ENDING | _MARKING | _STATE
_CLIPPING = frozenset((b"W", b"W*"))
_BUILDING = frozenset(b"m l c v y h re".split()) | _CLIPPING
_INTENTS = frozenset(b"/AbsoluteColorimetric /RelativeColorimetric /Saturation /Perceptual".split())
_DEVICES = frozenset(b"/DeviceGray /DeviceRGB /DeviceCMYK /Pattern".split())
_INVISIBLE = b"3"
_SLOW = {**dict.fromkeys((b"cm", b"Tm", b"W", b"W*"), 4), **dict.fromkeys(b"cs CS gs M scn SCN w".split(), 1)}
"""How many other instructions take as long to follow as what these take more."""
_UNTIDY = 4  # instructions that take as long as one with more than it needs, and bytes of that which take as long as one more
_INLINE = 10  # the same for an inline picture
_REPACKED = 100  # bytes of an inline picture that take as long to pack anew as one instruction


@dataclass(slots=True, kw_only=True)
class Redrawn:
    """A content stream ready to travel. `sound`: all that it paints is marked, each mark once, none inside another."""

    text: bytes = b""
    uses: Counter[Use] = field(default_factory=Counter)
    shown_fonts: set[bytes] = field(default_factory=set)  # fonts that show visible text
    operators: int = 0
    work: Work = NO_WORK  # of the instructions themselves, without what they call
    called: Called = field(default_factory=Called)
    marks: list[int] = field(default_factory=list)
    sound: bool = True


class Redrawing:
    """The rewriting of one content stream.

    `marks` follows what is marked; `knows` says whether a resource is there; `meter` counts the work; `on_page`: no font is set
    before the stream sets one.
    """

    def __init__(
        self,
        source: bytes,
        *,
        marks: Marks,
        knows: Callable[[str, bytes], bool],
        hidden_drawing: Callable[[bytes], bool],
        meter: Meter,
        on_page: bool,
    ) -> None:
        self._source = source
        self._marks = marks
        self._knows = knows
        self._hidden_drawing = hidden_drawing
        self._meter = meter
        self._on_page = on_page
        self._pieces: list[bytes] = []
        self._copied = 0
        self._end = 0  # of the last instruction; what follows it without an operator stays behind
        self._font: bytes | None = None
        self._mode = b"0"
        self._dormant: frozenset[Use] = frozenset()  # patterns, and what is set where a layer is off: not painted with yet
        self._saved: list[tuple[bytes | None, bytes, frozenset[Use]]] = []
        self._in_text = False
        self._path: tuple[int, int, int] | None = None  # where one begins: in the source, among the pieces, what was copied
        self._path_stays = False
        self._limit = self._dots = 0
        self._result = Redrawn()

    def run(self, limit: int) -> Redrawn:
        """The rewritten stream; raises SheetError when it has more than `limit` instructions, or paints too much."""
        self._limit = limit
        result, meter = self._result, self._meter
        for operator, start, middle, end in instructions(self._source, limit):
            result.operators += 1
            if start > self._end:
                self._replace(self._end, start)
            self._end = end
            self._redraw(operator, start, middle, end)
            if self._copied <= start and not is_plain(operator, operands := self._source[start:middle]):
                self._count(_UNTIDY + len(operands) // _UNTIDY)
                self._replace(start, middle, used_operands(operator, operands))
        result.work = meter.work.plus(Work(operators=result.operators, dots=self._dots))
        result.called = meter.called
        result.text = self._finish()
        return result

    def _count(self, instructions: int) -> None:
        self._result.operators += instructions
        if self._result.operators > self._limit:
            raise too_heavy(f"draws more than {self._limit} strokes and letters")

    def _redraw(self, operator: bytes, start: int, middle: int, end: int) -> None:
        if self._path or operator in _BUILDING:
            self._follow_path(operator, start)
        followed = operator in FOLLOWED
        if not followed and operator not in _INTERESTING:
            if operator not in KNOWN_OPERATORS:
                self._replace(start, end)
            return
        operands = self._source[start:middle]
        if operator in _SLOW:
            self._count(_SLOW[operator])
        if followed:
            self._meter.follow(operator, operands)
        if operator in _SHOWING:
            self._show(operator, start, end, operands)
        elif operator in _MARKING:
            self._mark(operator, start, end, operands)
        elif operator == b"n":
            self._leave_path(start, end)
        elif operator in _STATE:
            if not self._follow(operator, operands):
                self._replace(start, end)
        elif operator in _PAINTING:
            self._paint(operator, start, end, operands)

    def _check_effort(self) -> None:
        if self._result.operators > self._limit:
            raise too_heavy("marks its content with more words than a page can need")

    def _follow(self, operator: bytes, operands: bytes) -> bool:
        """Keep track of the font and the nesting; False for an instruction that closes what isn't open."""
        match operator:
            case b"q":
                self._meter.save()
                self._saved.append((self._font, self._mode, self._dormant))
            case b"Q":
                if not self._saved:
                    return False
                self._meter.restore()
                self._font, self._mode, self._dormant = self._saved.pop()
            case b"Tf":
                self._font = last_name(operands)
                if self._font is not None and not self._marks.hidden:
                    self._result.uses["/Font", self._font] += 0
            case b"ri":
                return last_name(operands) in _INTENTS
            case b"Tr":
                self._mode = operands.strip()
            case _:
                begins = operator == b"BT"
                if self._in_text == begins:
                    return False
                self._in_text = begins
        return True

    def _mark(self, operator: bytes, start: int, end: int, operands: bytes) -> None:
        if operator == b"EMC":
            self._replace(start, end, self._marks.close())
            return
        self._result.operators += 1 + mark_effort(operands)
        self._check_effort()
        self._replace(start, end, self._marks.open(operator, operands))

    def _replace(self, start: int, end: int, by: bytes = b"") -> None:
        self._pieces.append(self._source[self._copied : start])
        self._pieces.append(b"\n" + by + b"\n" if by else b"\n")
        self._copied = end

    def _finish(self) -> bytes:
        if self._path:
            self._leave_path(self._end, self._end)
        rest = self._source[self._copied : self._end]
        closing = [*self._marks.finish(), *[b"ET"] * self._in_text, *[b"Q"] * len(self._saved)]
        self._result.marks = self._marks.numbers
        self._result.sound = self._marks.sound and not (self._in_text or self._saved)
        return b"".join([*self._pieces, rest, b"\n", *(sign + b"\n" for sign in closing)])

    def _follow_path(self, operator: bytes, start: int) -> None:
        if operator in _BUILDING:
            self._path = self._path or (start, len(self._pieces), self._copied)
            self._path_stays |= operator in _CLIPPING
        elif operator not in _ENDING:
            self._path_stays = True

    def _leave_path(self, start: int, end: int) -> None:
        """Leave behind a path that is not painted; one that clips, or stands among other instructions, only ends."""
        if self._path and self._path_stays:
            self._replace(start, end, b"n")
        elif self._path:
            start, pieces, self._copied = self._path
            del self._pieces[pieces:]
            self._replace(start, end)
        else:
            self._replace(start, end)
        self._path, self._path_stays = None, False

    def _use(self, category: str, name: bytes) -> None:
        if self._marks.hidden or category == "/Pattern":
            self._dormant |= {(category, name)}
        else:
            self._result.uses[category, name] += 1

    def _seen(self) -> None:
        """Something is painted with all that is set."""
        self._marks.paint()
        for use in self._dormant:
            self._result.uses[use] += 1
        self._dormant = frozenset()

    def _show(self, operator: bytes, start: int, end: int, operands: bytes) -> None:
        if self._marks.hidden or (self._font is None and self._on_page):
            self._replace(start, end, b"" if operator in (b"Tj", b"TJ") else b"T*")
            return
        if self._font is None or not shows_anything(operands):
            return
        self._seen()
        self._result.uses["/Font", self._font] += len(operands)
        self._meter.text(self._font, operands, self._mode)
        if self._mode != _INVISIBLE:
            self._result.shown_fonts.add(self._font)

    def _paint(self, operator: bytes, start: int, end: int, operands: bytes) -> None:
        if operator in PATHS:
            if self._marks.hidden:
                self._leave_path(start, end)
                self._meter.follow(b"n", b"")
            else:
                self._seen()
                self._meter.path(operator)
            self._path, self._path_stays = None, False
            return
        name = last_name(operands)
        if operator in _OBJECTS:
            if self._marks.hidden or (operator == b"Do" and self._hidden_drawing(name or b"/")):
                self._replace(start, end)
                return
            self._seen()
        if operator == b"BI":
            head = read_inline_head(self._source, start + len("BI"))
            body = self._source[head.end + len("ID ") : end]
            dots = count_inline_dots(head, body)
            self._dots += dots
            self._count(_INLINE + head.deflated // _REPACKED)
            self._replace(start, end, used_image(body, head))
            self._meter.inline_picture(head.space, dots)
            name = head.space
        elif name and name not in _DEVICES and not self._knows(_NAMED[operator], name):
            self._replace(start, end)
            return
        if name is None:
            return
        self._use(_NAMED[operator], name)
        if operator == b"sh":
            self._meter.gradient()
        elif operator == b"Do":
            self._meter.drawing(name)
        elif operator == b"gs":
            self._meter.change(name)
