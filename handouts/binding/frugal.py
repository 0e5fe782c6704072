"""pypdf's reader with bounds on two kinds of work that it leaves unbounded: packed objects, and searches for lost ones."""

from __future__ import annotations

import logging
import re
from os import SEEK_END

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PdfReadError
from pypdf.generic import DictionaryObject, IndirectObject, PdfObject

from handouts.binding.streams import whole_number

_MOST_PACKED = 50_000  # entries of object streams that are read, those read again counted again
_MOST_SEARCHED = 200_000_000  # bytes that are searched for objects that are not where the file says
_HEADER = re.compile(rb"(?:[\0\t\n\f\r ]|%[^\r\n]*[\r\n])*([0-9]+)[\0\t\n\f\r ]+([0-9]+)[\0\t\n\f\r ]+obj")
_LONGEST_HEADER = 100  # bytes

# Why: pypdf tells each repair to a logger. Nobody listens, and a hostile file needs a million of them.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


class FrugalReader(PdfReader):
    """Raises LimitReachedError where looking objects up would take more than a sheet for print can need."""

    packed = 0
    searched = 0

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """The object with this number, as pypdf gives it."""
        if isinstance(indirect_reference, int):
            number, generation = indirect_reference, 0
        else:
            number, generation = indirect_reference.idnum, indirect_reference.generation
        if (generation, number) not in self.resolved_objects:
            if generation == 0 and number in self.xref_objStm:
                self._count_packed(self.xref_objStm[number][0])
            elif not self._lies_where_told(number, generation):
                self._count_search()
        return super().get_object(indirect_reference)

    def _count_packed(self, holder: int) -> None:
        """Why before pypdf reads them: it reads all entries of a stream for one of its objects, again for each that it lacks."""
        if holder in self.xref_objStm:
            raise PdfReadError("an object stream lies in an object stream")  # ISO 32000-1, 7.5.7
        stream = self.get_object(holder)
        declared = whole_number(stream.get("/N")) if isinstance(stream, DictionaryObject) else 0
        self.packed += max(declared, 1)
        if self.packed > _MOST_PACKED:
            raise LimitReachedError("object streams")

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
