"""Rewrites one content stream: only known operators and what they use, balanced, without stray marks; says what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import field

from pypdf.generic import DictionaryObject, NumberObject, PdfObject, TextStringObject

from handouts.binding.content import (
    KNOWN_OPERATORS,
    instructions,
    last_name,
    mark_effort,
    marked_operands,
    shows_anything,
)
from handouts.binding.dots import count_inline_dots
from handouts.binding.faults import SheetError, too_heavy
from handouts.binding.inline import read_inline_head
from handouts.binding.operands import is_plain, used_image, used_operands
from handouts.binding.serialising import scalar
from handouts.binding.streams import resolved
from handouts.nouns import dataclass

Use = tuple[str, bytes]  # resource category with slash, name as the content writes it

_SHOWING = frozenset(b"Tj TJ ' \"".split())
_PATHS = frozenset(b"b B b* B* f F f* s S".split())
_OBJECTS = frozenset(b"Do sh BI".split())
_NAMED = {
    b"gs": "/ExtGState",
    b"sh": "/Shading",
    b"cs": "/ColorSpace",
    b"CS": "/ColorSpace",
    b"scn": "/Pattern",
    b"SCN": "/Pattern",
    b"Do": "/XObject",
}
_MARKING = frozenset(b"BMC BDC EMC".split())
_STATE = frozenset(b"q Q BT ET Tf Tr".split())
_PAINTING = _PATHS | _OBJECTS | _NAMED.keys()
_INTERESTING = _SHOWING | _PAINTING | _MARKING | _STATE
_SPOKEN = ("/ActualText", "/Alt", "/E", "/Lang")
_INVISIBLE = b"3"
_DEEPEST_STATE = 200
"""Nested q operators; ISO 32000-1 (annex C) promises viewers no more than 28."""
MOST_PAINTED = 100_000  # fills of the whole page, or as much work: under a minute for PDFium
_GRADIENT = 60
"""What a gradient costs a viewer, in fills of the same area: measured with PDFium, a radial one over the page."""
_SMALL = 10
_LETTERS = 10
"""Bytes of shown text that cost as much as one fill."""
_FILLING, _STROKING = frozenset(b"b B b* B* f F f*".split()), frozenset(b"b B b* B* s S".split())
_COLOURING = frozenset(b"g rg k cs sc scn G RG K CS SC SCN".split())
_UNTIDY = 4  # instructions that take as long as one with more than it needs, and bytes of that which take as long as one more
_INLINE = 10  # the same for an inline picture
_NO_STRAIN: Mapping[str, int] = {}
_NO_PATTERN: frozenset[bytes] = frozenset()


@dataclass(slots=True, kw_only=True)
class Redrawn:
    """A content stream ready to travel. `sound`: all that it paints is marked, each mark once, none inside another."""

    text: bytes = b""
    uses: Counter[Use] = field(default_factory=Counter)
    shown_fonts: set[bytes] = field(default_factory=set)  # fonts that show visible text
    operators: int = 0
    painted: float = 0  # fills that a viewer carries out, harder ones counted as many
    fills: float = 0  # the same, each counted as on bare paper
    dots: int = 0  # of inline pictures
    strains: Counter[Use] = field(default_factory=Counter)  # as `uses`, but what is harder to draw counted as many
    marks: list[int] = field(default_factory=list)
    sound: bool = True


def paints_too_much() -> SheetError:
    """A viewer would paint for minutes."""
    return too_heavy("paints over the page more often than a viewer can bear")


class Redrawing:
    """The rewriting of one content stream.

    `properties` looks up a named property list and says it raw; `hides` whether a layer is off; `strains` says how many times
    harder a graphics state makes painting, by cause; `keeps_marks` is for the page of a tagged cover, whose marks 0, 1, … stay.
    """

    def __init__(
        self,
        source: bytes,
        *,
        properties: Callable[[bytes], PdfObject | None],
        hides: Callable[[PdfObject | None], bool],
        hidden_drawing: Callable[[bytes], bool],
        strains: Callable[[bytes], Mapping[str, int]],
        keeps_marks: bool,
    ) -> None:
        self._source = source
        self._properties = properties
        self._hides = hides
        self._hidden_drawing = hidden_drawing
        self._strains = strains
        self._keeps_marks = keeps_marks
        self._pieces: list[bytes] = []
        self._copied = 0
        self._end = 0  # of the last instruction; what follows it without an operator stays behind
        self._open_marks: list[str] = []  # "mark", "artifact", "span", "hidden" or "nothing"
        self._hidden = 0
        self._font: bytes | None = None
        self._mode = b"0"
        self._strain = _NO_STRAIN
        self._patterned = _NO_PATTERN  # the operators that now paint with a pattern
        self._saved: list[tuple[bytes | None, bytes, Mapping[str, int], frozenset[bytes]]] = []
        self._in_text = False
        self._limit = 0
        self._result = Redrawn()

    def run(self, limit: int) -> Redrawn:
        """The rewritten stream; raises SheetError when it has more than `limit` instructions, or paints too much."""
        self._limit = limit
        result = self._result
        for operator, start, middle, end in instructions(self._source, limit):
            result.operators += 1
            if start > self._end:
                self._replace(self._end, start)
            self._end = end
            self._redraw(operator, start, middle, end)
            if self._copied <= start and not is_plain(operator, operands := self._source[start:middle]):
                self._count(_UNTIDY + len(operands) // _UNTIDY)
                self._replace(start, middle, used_operands(operator, operands))
            if result.painted > MOST_PAINTED:
                raise paints_too_much()
        result.text = self._finish()
        return result

    def _count(self, instructions: int) -> None:
        self._result.operators += instructions
        if self._result.operators > self._limit:
            raise too_heavy(f"draws more than {self._limit} strokes and letters")

    def _redraw(self, operator: bytes, start: int, middle: int, end: int) -> None:
        if operator not in _INTERESTING and operator not in _COLOURING:
            if operator not in KNOWN_OPERATORS:
                self._replace(start, end)
            return
        operands = self._source[start:middle]
        if operator in _COLOURING:
            self._colour(operator, operands)
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

    def _colour(self, operator: bytes, operands: bytes) -> None:
        with_pattern = operator in (b"scn", b"SCN") and last_name(operands) is not None
        concerned = _FILLING if operator.islower() else _STROKING
        self._patterned = self._patterned | concerned if with_pattern else self._patterned - concerned

    def _follow(self, operator: bytes, operands: bytes) -> bool:
        """Keep track of the font and the nesting; False for an instruction that closes what isn't open."""
        match operator:
            case b"q":
                if len(self._saved) >= _DEEPEST_STATE:
                    raise too_heavy("saves its drawing state more often than any page needs")
                self._saved.append((self._font, self._mode, self._strain, self._patterned))
            case b"Q":
                if not self._saved:
                    return False
                self._font, self._mode, self._strain, self._patterned = self._saved.pop()
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
        self._use("/Font", self._font, len(operands))
        self._fill(len(operands) / _LETTERS, small=True)
        if self._mode != _INVISIBLE:
            self._result.shown_fonts.add(self._font)

    def _paint(self, operator: bytes, start: int, end: int, operands: bytes) -> None:
        if operator in _PATHS:
            if self._hidden:
                self._replace(start, end, b"n")
            else:
                self._must_be_marked()
                self._fill(_GRADIENT if operator in self._patterned else 1)
            return
        if operator in _OBJECTS:
            if self._hidden or (operator == b"Do" and self._hidden_drawing(last_name(operands) or b"/")):
                self._replace(start, end)
                return
            self._must_be_marked()
        if operator == b"sh":
            self._fill(_GRADIENT)
        if operator == b"BI":
            head = read_inline_head(self._source, start + len("BI"))
            body = self._source[head.end + len("ID ") : end]
            self._result.dots += count_inline_dots(head, body)
            self._count(_INLINE)
            self._replace(start, end, used_image(self._source[start + len("BI") : head.end], body, head))
            name, category = head.space, "/ColorSpace"
        else:
            name, category = last_name(operands), _NAMED[operator]
        if name is None:
            return
        self._use(category, name, 1)
        if operator == b"gs":
            self._strain = {**self._strain, **self._strains(name)}

    def _fill(self, fills: float, *, small: bool = False) -> None:
        """Count fills; `small` ones (letters) cover so little that blending costs a tenth."""
        harder = max(1.0, self._harder() / _SMALL) if small else self._harder()
        self._result.fills += fills
        self._result.painted += fills * harder

    def _use(self, category: str, name: bytes, times: int) -> None:
        self._result.uses[category, name] += times
        self._result.strains[category, name] += times * self._harder()

    def _harder(self) -> int:
        """How many times harder than on bare paper it is to paint now."""
        return max(self._strain.values(), default=1)

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
