"""Carries the objects of one finished handout into a print file: own ones renumbered, shared ones written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from handouts.binding.faults import SheetError
from handouts.binding.finished import FinishedHandout, check_soundness, foreign
from handouts.binding.print_file import PrintFile
from handouts.binding.serialising import scalar
from handouts.binding.sheet import SourcePage
from handouts.binding.streams import resolved

_DEEPEST = 60
_LIE = ("/CropBox", "/MediaBox", "/Rotate", "/UserUnit")  # how a page lies on its paper
_DRAWN = ("/Contents", "/Group", "/Resources")
_LINK = frozenset(("/A", "/Border", "/Contents", "/F", "/QuadPoints", "/Rect", "/StructParent", "/Subtype", "/Type"))
_ANCHORED = frozenset(("/Catalog", "/Page", "/Pages", "/StructElem", "/StructTreeRoot"))  # never shared between handouts


class Carrier:
    """The carrying of one handout. Its pages, links and elements get numbers of their own, `part` is what its tree hangs below.

    Everything else is written at its first use, the objects it refers to first, so that equal graphs have equal text.
    """

    def __init__(self, file: PrintFile, handout: FinishedHandout, part: int) -> None:
        self._file = file
        self._handout = handout
        self._numbers: dict[int, int] = dict.fromkeys(handout.stems, part)
        self._under_way: set[int] = set()
        self.pages = tuple(self._claim(page.number) for page in handout.pages)
        self._links = [_list_links(page) for page in handout.pages]
        for links in self._links:
            for link, _ in links:
                self._claim(link)
        for element in handout.elements:
            self._claim(element)

    def _claim(self, number: int) -> int:
        if number in self._numbers or not number:
            raise foreign()
        self._numbers[number] = self._file.reserve()
        return self._numbers[number]

    # ----------------------------------------------------------------------------------------- pages and links

    def lie(self, page: SourcePage) -> bytes:
        """Size, crop and rotation of a page as entries of a page dictionary."""
        found = ((key, page.get(key)) for key in _LIE)
        return b"".join(_entry(key, self.value(value)) for key, value in found if value is not None)

    def knows_page(self, target: PdfObject) -> bool:
        """Whether `target` refers to a page of the handout."""
        return isinstance(target, IndirectObject) and self._numbers.get(target.idnum) in self.pages

    def put_page(self, index: int, *, parent: int, key: int | None) -> None:
        """Write a page below `parent` in the page tree, with `key` into the parent tree."""
        page = self._handout.pages[index]
        parts = [b"<</Type/Page/Parent %d 0 R" % parent, self.lie(page)]
        for name in _DRAWN:
            value = page.entries.get(name, page.inherited.get(name))
            if value is not None:
                parts.append(_entry(name, self.value(value)))
        if key is not None:
            parts.append(b"/StructParents %d" % key)
        if links := self._links[index]:
            parts.append(b"/Annots[%b]" % b" ".join(b"%d 0 R" % self._numbers[link] for link, _ in links))
        parts.append(b"/Tabs/S>>")
        self._file.put(self.pages[index], b"".join(parts))

    def owners_of(self, key: int) -> bytes:
        """The entry of the parent tree under the handout's own `key`, as PDF text; raises SheetError when it is broken."""
        raw = self._handout.owners.get(key)
        entry = resolved(raw)
        if isinstance(entry, ArrayObject):
            return b"[%b]" % b" ".join(self._owner(owner) for owner in entry)
        return self._owner(raw)

    def _owner(self, raw: PdfObject | None) -> bytes:
        if isinstance(raw, IndirectObject) and raw.idnum in self._handout.elements:
            return b"%d 0 R" % self._numbers[raw.idnum]
        if isinstance(raw, NullObject):
            return b"null"
        raise SheetError("has broken tags", "make it again")

    def put_links(self, index: int, first_key: int) -> Iterator[tuple[int, bytes]]:
        """Write the links of a page; yields their entries for the parent tree, from `first_key`."""
        for key, (number, link) in enumerate(self._links[index], first_key):
            own = link.get("/StructParent")
            if not isinstance(own, NumberObject):
                raise SheetError("has broken tags", "make it again")
            entries = [_entry(name, self.value(link.raw_get(name))) for name in sorted(link) if name != "/StructParent"]
            self._file.put(self._numbers[number], b"<<%b/StructParent %d>>" % (b"".join(entries), key))
            yield key, self.owners_of(int(own))

    # ----------------------------------------------------------------------------------------- elements

    def put_elements(self) -> None:
        """Write all structure elements."""
        for number, element in self._handout.elements.items():
            self._file.put(self._numbers[number], self.value(element))

    def branches(self) -> tuple[int, ...]:
        """The numbers of the topmost elements."""
        return tuple(self._numbers[reference.idnum] for reference in self._handout.branches)

    # ----------------------------------------------------------------------------------------- values

    def value(self, value: PdfObject | None) -> bytes:
        """PDF text of a value with the numbers of the print file; what it refers to is written if it is not yet."""
        if isinstance(value, IndirectObject):
            return b"%d 0 R" % self._number(value)
        if isinstance(value, ArrayObject):
            return b"[%b]" % b" ".join(map(self.value, value))
        if isinstance(value, DictionaryObject):
            return self._dictionary(value, value)
        text = scalar(value)
        if text is None:
            raise foreign()
        return text

    def _dictionary(self, value: DictionaryObject, keys: Iterable[str]) -> bytes:
        return b"<<%b>>" % b"".join(_entry(key, self.value(value.raw_get(key))) for key in sorted(keys))

    def _number(self, reference: IndirectObject) -> int:
        known = self._numbers.get(reference.idnum)
        if known is not None:
            return known
        if reference.idnum in self._under_way or len(self._under_way) > _DEEPEST:
            raise SheetError("refers to itself", "make it again")
        self._under_way.add(reference.idnum)
        self._numbers[reference.idnum] = number = self._share(reference.get_object())
        self._under_way.discard(reference.idnum)
        return number

    def _share(self, target: PdfObject | None) -> int:
        if isinstance(target, DictionaryObject) and (
            str(target.get("/Type")) in _ANCHORED or "/StructParents" in target or "/StructParent" in target
        ):
            raise foreign()
        if not isinstance(target, StreamObject):
            return self._file.share(self.value(target), streamed=False)
        check_soundness(target)
        raw: bytes = target._data  # noqa: SLF001 - pypdf has no other way to the coded bytes
        head = self._dictionary(target, target.keys() - {"/Length"})[:-2]
        return self._file.share(b"%b/Length %d>>\nstream\n%b\nendstream" % (head, len(raw), raw), streamed=True)


def _entry(key: str, text: bytes) -> bytes:
    return b"%b%b%b" % (NameObject(key).renumber(), b"" if text[:1] in (b"/", b"[", b"<") else b" ", text)


def _list_links(page: SourcePage) -> list[tuple[int, DictionaryObject]]:
    """The annotations of a page, which in a handout are all web, mail or telephone links of their own number."""
    listed = resolved(page.entries.get("/Annots"))
    found = []
    for raw in listed if isinstance(listed, ArrayObject) else ():
        link = resolved(raw)
        action = resolved(link.get("/A")) if isinstance(link, DictionaryObject) else None
        if not isinstance(raw, IndirectObject) or not isinstance(link, DictionaryObject) or not _LINK.issuperset(link):
            raise foreign()
        if not isinstance(action, DictionaryObject) or action.get("/S") != "/URI" or "/Next" in action:
            raise foreign()
        found.append((raw.idnum, link))
    return found
