"""Rewrites one content stream: only known operators and what they use, balanced, without stray marks; says what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import field

from pypdf.generic import DictionaryObject, NumberObject, PdfObject, TextStringObject

from handouts.binding.calls import Called
from handouts.binding.content import (
    KNOWN_OPERATORS,
    instructions,
    last_name,
    mark_effort,
    marked_operands,
    shows_anything,
)
from handouts.binding.dots import count_inline_dots
from handouts.binding.effort import NO_WORK, Work
from handouts.binding.faults import too_heavy
from handouts.binding.inline import read_inline_head
from handouts.binding.metering import FOLLOWED, MEASURED, PATHS, Meter
from handouts.binding.operands import is_plain, used_image, used_operands
from handouts.binding.serialising import scalar
from handouts.binding.streams import resolved
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
_STATE = frozenset(b"q Q BT ET Tf Tr".split())
_PAINTING = PATHS | _OBJECTS | _NAMED.keys()
_INTERESTING = _SHOWING | _PAINTING | _MARKING | _STATE
_SPOKEN = ("/ActualText", "/Alt", "/E", "/Lang")
_INVISIBLE = b"3"
_UNTIDY = 4  # instructions that take as long as one with more than it needs, and bytes of that which take as long as one more
_MEASURED = 4  # the same for an instruction that changes the space or the clip
_INLINE = 10  # the same for an inline picture


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

    `properties` looks up a named property list and says it raw; `hides` whether a layer is off; `meter` counts the work;
    `keeps_marks` is for the page of a tagged cover, whose marks 0, 1, … stay.
    """

    def __init__(
        self,
        source: bytes,
        *,
        properties: Callable[[bytes], PdfObject | None],
        hides: Callable[[PdfObject | None], bool],
        hidden_drawing: Callable[[bytes], bool],
        meter: Meter,
        keeps_marks: bool,
    ) -> None:
        self._source = source
        self._properties = properties
        self._hides = hides
        self._hidden_drawing = hidden_drawing
        self._meter = meter
        self._keeps_marks = keeps_marks
        self._pieces: list[bytes] = []
        self._copied = 0
        self._end = 0  # of the last instruction; what follows it without an operator stays behind
        self._open_marks: list[str] = []  # "mark", "artifact", "span", "hidden" or "nothing"
        self._hidden = 0
        self._font: bytes | None = None
        self._mode = b"0"
        self._saved: list[tuple[bytes | None, bytes]] = []
        self._in_text = False
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
        followed = operator in FOLLOWED
        if not followed and operator not in _INTERESTING:
            if operator not in KNOWN_OPERATORS:
                self._replace(start, end)
            return
        operands = self._source[start:middle]
        if followed:
            self._meter.follow(operator, operands)
            if operator in MEASURED:
                self._count(_MEASURED)
        if operator in _SHOWING:
            self._show(operator, start, end, operands)
        elif operator in _MARKING:
            self._mark(operator, start, end, operands)
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
                self._saved.append((self._font, self._mode))
            case b"Q":
                if not self._saved:
                    return False
                self._meter.restore()
                self._font, self._mode = self._saved.pop()
            case b"Tf":
                self._font = last_name(operands)
                if self._font is not None:
                    self._result.uses["/Font", self._font] += 0
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
            self._close(start, end)
        else:
            self._open(operator, start, end, operands)

    def _replace(self, start: int, end: int, by: bytes = b"") -> None:
        self._pieces.append(self._source[self._copied : start])
        self._pieces.append(b"\n" + by + b"\n" if by else b"\n")
        self._copied = end

    def _finish(self) -> bytes:
        rest = self._source[self._copied : self._end]
        if self._in_text or self._saved or self._open_marks:
            self._result.sound = False
        closing = [b"EMC" for state in self._open_marks if self._keeps_marks and state in ("mark", "artifact", "span")]
        closing += [b"ET"] * self._in_text + [b"Q"] * len(self._saved)
        if len(self._result.marks) != len(set(self._result.marks)):
            self._result.sound = False
        return b"".join([*self._pieces, rest, b"\n", *(sign + b"\n" for sign in closing)])

    def _must_be_marked(self) -> None:
        if "mark" not in self._open_marks and "artifact" not in self._open_marks:
            self._result.sound = False

    def _show(self, operator: bytes, start: int, end: int, operands: bytes) -> None:
        if self._hidden:
            self._replace(start, end, b"" if operator in (b"Tj", b"TJ") else b"T*")
            return
        if self._font is None or not shows_anything(operands):
            return
        self._must_be_marked()
        self._result.uses["/Font", self._font] += len(operands)
        self._meter.text(self._font, operands, self._mode)
        if self._mode != _INVISIBLE:
            self._result.shown_fonts.add(self._font)

    def _paint(self, operator: bytes, start: int, end: int, operands: bytes) -> None:
        if operator in PATHS:
            if self._hidden:
                self._replace(start, end, b"n")
                self._meter.follow(b"n", b"")
            else:
                self._must_be_marked()
                self._meter.path(operator)
            return
        name = last_name(operands)
        if operator in _OBJECTS:
            if self._hidden or (operator == b"Do" and self._hidden_drawing(name or b"/")):
                self._replace(start, end)
                return
            self._must_be_marked()
        if operator == b"BI":
            head = read_inline_head(self._source, start + len("BI"))
            body = self._source[head.end + len("ID ") : end]
            dots = count_inline_dots(head, body)
            self._dots += dots
            self._count(_INLINE)
            self._replace(start, end, used_image(body, head))
            self._meter.inline_picture(head.space, dots)
            name = head.space
        if name is None:
            return
        self._result.uses[_NAMED[operator], name] += 1
        if operator == b"sh":
            self._meter.gradient()
        elif operator == b"Do":
            self._meter.drawing(name)
        elif operator == b"gs":
            self._meter.change(name)

    def _open(self, operator: bytes, start: int, end: int, operands: bytes) -> None:
        self._result.operators += mark_effort(operands)
        self._check_effort()
        tag, found = marked_operands(operands)
        raw = self._properties(operands[operands.rindex(b"/") :].strip()) if isinstance(found, str) else found
        properties = resolved(raw)
        properties = properties if isinstance(properties, DictionaryObject) else DictionaryObject()
        state, text = "nothing", b""
        number = resolved(properties.get("/MCID")) if operator == b"BDC" else None
        if tag == "/OC" and self._hides(raw):
            state = "hidden"
            self._hidden += 1
        elif not self._keeps_marks:
            pass
        elif tag == "/Artifact":
            state, text = "artifact", b"/Artifact BMC"
            if "mark" in self._open_marks:
                self._result.sound = False
        elif isinstance(number, NumberObject):
            state, text = "mark", self._mark_text(int(number), properties)
        elif spoken := _spoken(properties):
            state, text = "span", b"/Span <<" + spoken + b">> BDC"
        self._open_marks.append(state)
        self._replace(start, end, text)

    def _mark_text(self, number: int, properties: DictionaryObject) -> bytes:
        if "mark" in self._open_marks or "artifact" in self._open_marks or not 0 <= number < 100_000:
            self._result.sound = False
        self._result.marks.append(number)
        return b"/Span <</MCID %d%b>> BDC" % (number, _spoken(properties))

    def _close(self, start: int, end: int) -> None:
        if not self._open_marks:
            self._result.sound = False
            self._replace(start, end)
            return
        state = self._open_marks.pop()
        if state == "hidden":
            self._hidden -= 1
        kept = self._keeps_marks and state in ("mark", "artifact", "span")
        self._replace(start, end, b"EMC" if kept else b"")


def _spoken(properties: DictionaryObject) -> bytes:
    entries = ((key, resolved(properties.get(key))) for key in _SPOKEN)
    return b"".join(
        key.encode("ascii") + (scalar(value) or b"()") for key, value in entries if isinstance(value, TextStringObject)
    )
