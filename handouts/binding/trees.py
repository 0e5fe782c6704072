"""Page trees and number trees with few kids a node: a thousand in one array are slow in viewers (ISO 32000-1, 7.7.3, 7.9.7)."""

from __future__ import annotations

from handouts.binding.print_file import PrintFile
from handouts.nouns import dataclass
from handouts.pdf.syntax import references

_MOST_KIDS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class _Branch:
    """A node whose parent is not known yet: its object number, its kids' numbers, and how many pages they hold."""

    number: int
    kids: tuple[int, ...]
    pages: int


class PageTree:
    """The page tree in the making; its pages may be written before it is."""

    def __init__(self, file: PrintFile) -> None:
        self._file = file
        self._branches: list[_Branch] = []
        self._open = 0
        self._kids: list[int] = []
        self.count = 0

    def add(self, page: int) -> int:
        """Append the page with this object number; returns the number of its parent."""
        if not self._kids:
            self._open = self._file.reserve()
        self._kids.append(page)
        self.count += 1
        parent = self._open
        if len(self._kids) == _MOST_KIDS:
            self._end_branch()
        return parent

    def finish(self) -> int:
        """Write all nodes; returns the root's number."""
        if self._kids:
            self._end_branch()
        branches = self._branches
        while len(branches) > 1:
            branches = [self._gather(branches[at : at + _MOST_KIDS]) for at in range(0, len(branches), _MOST_KIDS)]
        self._put(branches[0], parent=None)
        return branches[0].number

    def _end_branch(self) -> None:
        self._branches.append(_Branch(number=self._open, kids=tuple(self._kids), pages=len(self._kids)))
        self._kids.clear()

    def _gather(self, below: list[_Branch]) -> _Branch:
        own = self._file.reserve()
        for branch in below:
            self._put(branch, parent=own)
        return _Branch(number=own, kids=tuple(branch.number for branch in below), pages=sum(branch.pages for branch in below))

    def _put(self, branch: _Branch, *, parent: int | None) -> None:
        above = f"/Parent {parent} 0 R" if parent is not None else ""
        text = f"<</Type/Pages{above}/Count {branch.pages}/Kids[{references(branch.kids)}]>>"
        self._file.put(branch.number, text.encode("ascii"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A written node and the keys it holds."""

    number: int
    first: int
    last: int


class NumberTree:
    """A number tree in the making, its leaves written as they fill. Keys must come in rising order."""

    def __init__(self, file: PrintFile) -> None:
        self._file = file
        self._leaves: list[_Span] = []
        self._rows: list[tuple[int, bytes]] = []

    def add(self, key: int, value: bytes) -> None:
        """Append an entry, its value as PDF text."""
        self._rows.append((key, value))
        if len(self._rows) == _MOST_KIDS:
            self._end_leaf()

    def finish(self) -> int:
        """Write the rest; returns the root's number."""
        if self._rows:
            self._end_leaf()
        spans = self._leaves
        while len(spans) > _MOST_KIDS:
            groups = [spans[at : at + _MOST_KIDS] for at in range(0, len(spans), _MOST_KIDS)]
            spans = [self._node(f"/Kids[{references(span.number for span in group)}]".encode("ascii"), group) for group in groups]
        return self._file.add(f"<</Kids[{references(span.number for span in spans)}]>>".encode("ascii"))

    def _end_leaf(self) -> None:
        rows = b" ".join(b"%d %b" % row for row in self._rows)
        self._leaves.append(self._span(b"/Nums[" + rows + b"]", self._rows[0][0], self._rows[-1][0]))
        self._rows.clear()

    def _node(self, entries: bytes, below: list[_Span]) -> _Span:
        return self._span(entries, below[0].first, below[-1].last)

    def _span(self, entries: bytes, first: int, last: int) -> _Span:
        return _Span(number=self._file.add(b"<</Limits[%d %d]%b>>" % (first, last, entries)), first=first, last=last)
