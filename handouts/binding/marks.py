"""Follows the marks of a content stream: what a layer hides, what is read aloud, and whether all that is painted is marked."""

from __future__ import annotations

from collections.abc import Callable

from pypdf.generic import DictionaryObject, NumberObject, PdfObject, TextStringObject

from handouts.binding.content import marked_operands
from handouts.binding.serialising import scalar
from handouts.binding.streams import resolved

_SPOKEN = ("/ActualText", "/Alt", "/E", "/Lang")
_KEPT = frozenset({"mark", "artifact", "span"})
_MOST_MARKS = 100_000


class Marks:
    """The marks that are open; `numbers` of those so far. `sound`: each once, none inside another, all that is painted in one.

    `properties` looks up a named property list and says it raw; `hides` whether a layer is off; `keeps` is for the page of a
    tagged cover, whose marks 0, 1, … stay.
    """

    def __init__(
        self, *, properties: Callable[[bytes], PdfObject | None], hides: Callable[[PdfObject | None], bool], keeps: bool
    ) -> None:
        self._properties = properties
        self._hides = hides
        self._keeps = keeps
        self._open: list[str] = []  # "mark", "artifact", "span", "hidden" or "nothing"
        self.numbers: list[int] = []
        self.sound = True
        self.hidden = 0
        """How many of the open ones are layers that are off."""

    def paint(self) -> None:
        """Something is painted."""
        if "mark" not in self._open and "artifact" not in self._open:
            self.sound = False

    def open(self, operator: bytes, operands: bytes) -> bytes:
        """The instruction that travels instead of one that opens a mark."""
        tag, found = marked_operands(operands)
        raw = self._properties(operands[operands.rindex(b"/") :].strip()) if isinstance(found, str) else found
        properties = resolved(raw)
        properties = properties if isinstance(properties, DictionaryObject) else DictionaryObject()
        state, text = "nothing", b""
        number = resolved(properties.get("/MCID")) if operator == b"BDC" else None
        if tag == "/OC" and self._hides(raw):
            state = "hidden"
            self.hidden += 1
        elif not self._keeps:
            pass
        elif tag == "/Artifact":
            state, text = "artifact", b"/Artifact BMC"
            if "mark" in self._open:
                self.sound = False
        elif isinstance(number, NumberObject):
            state, text = "mark", self._number(int(number), properties)
        elif spoken := _spoken(properties):
            state, text = "span", b"/Span <<" + spoken + b">> BDC"
        self._open.append(state)
        return text

    def _number(self, number: int, properties: DictionaryObject) -> bytes:
        if "mark" in self._open or "artifact" in self._open or not 0 <= number < _MOST_MARKS:
            self.sound = False
        self.numbers.append(number)
        return b"/Span <</MCID %d%b>> BDC" % (number, _spoken(properties))

    def close(self) -> bytes:
        """The instruction that travels instead of one that closes a mark."""
        if not self._open:
            self.sound = False
            return b""
        state = self._open.pop()
        if state == "hidden":
            self.hidden -= 1
        return b"EMC" if self._keeps and state in _KEPT else b""

    def finish(self) -> list[bytes]:
        """What closes those that are still open."""
        if self._open or len(self.numbers) != len(set(self.numbers)):
            self.sound = False
        return [b"EMC" for state in self._open if self._keeps and state in _KEPT]


def _spoken(properties: DictionaryObject) -> bytes:
    entries = ((key, resolved(properties.get(key))) for key in _SPOKEN)
    return b"".join(
        key.encode("ascii") + (scalar(value) or b"()") for key, value in entries if isinstance(value, TextStringObject)
    )
