"""Bookmarks of a print file: one a handout, its own ones closed below it (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from handouts.binding.carrying import Carrier
from handouts.binding.finished import FinishedBookmark
from handouts.binding.print_file import PrintFile
from handouts.pdf.syntax import text_string


class Outline:
    """The outline in the making. An entry is written when its successor is known."""

    def __init__(self, file: PrintFile) -> None:
        self._file = file
        self.root = file.reserve()
        self._first = self._last = self._count = 0
        self._unwritten = b""  # the last entry without its end

    def add(self, title: str, page: int, below: tuple[FinishedBookmark, ...], carrier: Carrier) -> None:
        """Append the entry of a handout that starts on the page with object number `page`."""
        own, previous = self._file.reserve(), b""
        if self._count:
            previous = b"/Prev %d 0 R" % self._last
            self._file.put(self._last, b"%b/Next %d 0 R>>" % (self._unwritten, own))
        else:
            self._first = own
        kids = self._put_below(below, own, carrier)
        head = f"<</Title {text_string(title)}/Parent {self.root} 0 R/Dest[{page} 0 R/Fit]".encode("ascii")
        self._unwritten = head + previous + kids
        self._last = own
        self._count += 1

    def finish(self) -> None:
        """Write the last entry and the root."""
        self._file.put(self._last, self._unwritten + b">>")
        counts = b"/First %d 0 R/Last %d 0 R/Count %d" % (self._first, self._last, self._count)
        self._file.put(self.root, b"<</Type/Outlines%b>>" % counts)

    def _put_below(self, marks: tuple[FinishedBookmark, ...], parent: int, carrier: Carrier) -> bytes:
        """Write the entries below `parent`; returns what its dictionary says of them."""
        if not marks:
            return b""
        first = self._file.reserve(len(marks))
        for own, mark in enumerate(marks, first):
            parts = [b"<</Title %b/Parent %d 0 R" % (carrier.value(mark.title), parent)]
            if own > first:
                parts.append(b"/Prev %d 0 R" % (own - 1))
            if own < first + len(marks) - 1:
                parts.append(b"/Next %d 0 R" % (own + 1))
            if mark.target is not None and carrier.knows_page(mark.target[0]):
                parts.append(b"/Dest" + carrier.value(mark.target))
            self._file.put(own, b"%b%b>>" % (b"".join(parts), self._put_below(mark.below, own, carrier)))
        return b"/First %d 0 R/Last %d 0 R/Count -%d" % (first, first + len(marks) - 1, len(marks))
