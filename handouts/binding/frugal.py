"""pypdf's reader with bounds on work that it leaves unbounded: long words, packed and lost objects, slow codings."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from os import SEEK_END

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PdfReadError
from pypdf.generic import DictionaryObject, IndirectObject, PdfObject, StreamObject

from handouts.binding.streams import plain_bytes, slow_bytes, too_slow, whole_number

_MOST_PACKED = 50_000  # entries of object streams that are read, those read again counted again
_MOST_SEARCHED = 200_000_000  # bytes that are searched for objects that are not where the file says
_MOST_STEPS = 1_500_000  # readings of the file, most of them of one byte, and bytes of object streams; a full cover has 10,000
_MOST_SLOW = 8_000_000  # bytes of all streams that Python unpacks one by one
_OF_THE_FILE = frozenset({"/ObjStm", "/XRef"})
_SLOWER = 4  # how much longer these take, which pypdf unpacks in its own way
_HEADER = re.compile(rb"(?:[\0\t\n\f\r ]|%[^\r\n]*[\r\n])*([0-9]+)[\0\t\n\f\r ]+([0-9]+)[\0\t\n\f\r ]+obj")
_LONGEST_HEADER = 100  # bytes

# Why: pypdf tells each repair to a logger. Nobody listens, and a hostile file needs a million of them.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


class _Counting(BytesIO):
    """A file that counts how often it is read. Why: pypdf reads strings, names and comments byte by byte, a microsecond each."""

    steps = 0

    def read(self, size: int | None = -1) -> bytes:
        self.step(1)
        return super().read(size)

    def step(self, steps: int) -> None:
        """Count so many steps; raises LimitReachedError where there were too many."""
        self.steps += steps
        if self.steps > _MOST_STEPS:
            raise LimitReachedError("long words")


class FrugalReader(PdfReader):
    """Raises LimitReachedError or SheetError where reading objects would take more than a sheet for print can need."""

    packed = 0
    searched = 0
    slow = 0

    def __init__(self, data: bytes) -> None:
        self._counting = _Counting(data)
        super().__init__(
            self._counting,
            strict=False,
            root_object_recovery_limit=1_000,
            xref_stream_maximum_entries=200_000,
        )

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """The object with this number, as pypdf gives it."""
        if isinstance(indirect_reference, int):
            number, generation = indirect_reference, 0
        else:
            number, generation = indirect_reference.idnum, indirect_reference.generation
        if (generation, number) in self.resolved_objects:
            return super().get_object(indirect_reference)
        if generation == 0 and number in self.xref_objStm:
            self._count_packed(self.xref_objStm[number][0])
        elif not self._lies_where_told(number, generation):
            self._count_search()
        return super().get_object(indirect_reference)

    def cache_indirect_object(self, generation: int, idnum: int, obj: PdfObject | None) -> PdfObject | None:
        """As pypdf, which does so with each object that it reads, and with a cross-reference stream before it is unpacked."""
        if isinstance(obj, StreamObject):
            self.slow += slow_bytes(obj) * (_SLOWER if str(obj.get("/Type")) in _OF_THE_FILE else 1)
            if self.slow > _MOST_SLOW:
                raise too_slow()
        return super().cache_indirect_object(generation, idnum, obj)

    def _count_packed(self, holder: int) -> None:
        """Why before pypdf reads them: it reads all entries of a stream for one of its objects, again for each that it lacks."""
        if holder in self.xref_objStm:
            raise PdfReadError("an object stream lies in an object stream")  # ISO 32000-1, 7.5.7
        stream = self.get_object(holder)
        declared = whole_number(stream.get("/N")) if isinstance(stream, DictionaryObject) else 0
        self.packed += max(declared, 1)
        if self.packed > _MOST_PACKED:
            raise LimitReachedError("object streams")
        if isinstance(stream, StreamObject):
            self._counting.step(len(plain_bytes(stream, keep=True)))

    def _lies_where_told(self, number: int, generation: int) -> bool:
        """Whether the object is at the place in the file that the cross-reference table names."""
        place = self.xref.get(generation, {}).get(number)
        if place is None:
            return False
        self.stream.seek(place)
        found = _HEADER.match(self.stream.read(_LONGEST_HEADER))
        return found is not None and (int(found[1]), int(found[2])) == (number, generation)

    def _count_search(self) -> None:
        """Why: for an object that is not where the file says, or of which it says nothing, pypdf searches all of the file."""
        self.searched += self.stream.seek(0, SEEK_END)
        if self.searched > _MOST_SEARCHED:
            raise LimitReachedError("lost objects")
