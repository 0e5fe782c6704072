"""Binds finished handouts into one PDF for the printer, tags and bookmarks kept, in memory that does not grow with their size."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from pypdf import apply_configuration

from handouts.binding.carrying import Carrier
from handouts.binding.finished import FinishedHandout, explained, open_handout, page_of
from handouts.binding.outline import Outline
from handouts.binding.print_file import PrintFile
from handouts.binding.sheet import limits
from handouts.binding.trees import NumberTree, PageTree
from handouts.formats.files import shown_path
from handouts.nouns import dataclass
from handouts.pdf.metadata import Description, info_dictionary, xmp_packet
from handouts.pdf.syntax import references, stream, text_string


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinSource:
    """A finished handout of ours, what its bookmark says, and the hash that its file must have (None: any)."""

    path: Path
    title: str
    sha256: str | None = None


def join_handouts(
    sources: Iterable[JoinSource], target: BinaryIO, *, title: str, lang: str, author: str, stamp: str, duplex: bool
) -> int:
    """Write the handouts one after the other as one PDF; returns how many pages it has, empty ones included.

    With `duplex` each handout starts on an odd page, after an empty one where needed. Pages are labelled by handout and page:
    "2.1" is the first page of the second, "2." an empty page behind it. The same sources give the same bytes. `stamp` is the
    moment written into the file, "YYYYMMDDhhmmss" (UTC).

    Raises:
        InputError: a source can't be read, is protected, damaged or no handout; what stands in `target` is worthless then.
        ValueError: there are no sources.

    """
    binder = _Binder(target, lang)
    for source in sources:
        if duplex and binder.pages.count % 2:
            binder.add_empty_page()
        try:
            with apply_configuration(limits()):
                binder.bind(open_handout(source.path, source.sha256), source.title)
        except OSError:
            raise  # the target's: those of sources are told by open_handout
        except Exception as fault:  # Why: pypdf raises nearly every type of error on damaged files.
            raise explained(fault).as_input_error(_shown(source.path)) from fault
    if not binder.pages.count:
        raise ValueError("there is nothing to join")
    return binder.finish(title, author, stamp, duplex=duplex)


def _shown(path: Path) -> str:
    """The path on one line."""
    signs = shown_path(path, None)
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in signs)


class _Binder:
    def __init__(self, target: BinaryIO, lang: str) -> None:
        self.file = PrintFile(target)
        self.pages = PageTree(self.file)
        self._langs = [lang]
        self._claims_ua = True
        self._tags = self.file.reserve()
        self._document = self.file.reserve()
        self._parts: list[int] = []
        self._parents = NumberTree(self.file)
        self._next_key = 0
        self._labels = NumberTree(self.file)
        self._outline = Outline(self.file)
        self._last_lie = b""

    def bind(self, handout: FinishedHandout, title: str) -> None:
        """Append a handout."""
        part = self.file.reserve()
        carrier = Carrier(self.file, handout, part)
        self._parts.append(part)
        self._add_labels(handout)
        self._add_pages(handout, carrier)
        carrier.put_elements()
        language = ""
        if handout.lang and handout.lang != self._langs[0]:
            language = f"/Lang {text_string(handout.lang)}"
            if handout.lang not in self._langs:
                self._langs.append(handout.lang)
        self._put(
            part,
            f"<</Type/StructElem/S/Part/P {self._document} 0 R/T {text_string(title)}{language}"
            f"/K[{references(carrier.branches())}]>>",
        )
        self._outline.add(title, carrier.pages[0], handout.bookmarks, carrier)
        self._claims_ua = self._claims_ua and handout.claims_ua

    def add_empty_page(self) -> None:
        """Append an empty page that lies on its paper as the last one does."""
        self._labels.add(self.pages.count, f"<</P {text_string(f'{len(self._parts)}.')}>>".encode("ascii"))
        own = self.file.reserve()
        parent = self.pages.add(own)
        self.file.put(own, b"<</Type/Page/Parent %d 0 R%b/Resources<<>>/Tabs/S>>" % (parent, self._last_lie))

    def finish(self, title: str, author: str, stamp: str, *, duplex: bool) -> int:
        """Write what holds the handouts together; returns the number of pages."""
        about = Description(title=title, author=author, subject="", langs=tuple(self._langs), stamp=stamp)
        self._outline.finish()
        self._put(self._document, f"<</Type/StructElem/S/Document/P {self._tags} 0 R/K[{references(self._parts)}]>>")
        parents = self._parents.finish()
        self._put(
            self._tags,
            f"<</Type/StructTreeRoot/K {self._document} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {self._next_key}>>",
        )
        packet = stream("/Type/Metadata/Subtype/XML", xmp_packet(about, claims_ua=self._claims_ua))
        metadata = self.file.add_stream(packet)
        sides = "/Duplex/DuplexFlipLongEdge" if duplex else ""
        catalog = (
            f"<</Type/Catalog/Pages {self.pages.finish()} 0 R/Lang {text_string(self._langs[0])}/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {self._tags} 0 R/ViewerPreferences<</DisplayDocTitle true/PickTrayByPDFSize true{sides}>>"
            f"/Metadata {metadata} 0 R/Outlines {self._outline.root} 0 R/PageMode/UseOutlines"
            f"/PageLabels {self._labels.finish()} 0 R>>"
        )
        info = self.file.add(info_dictionary(about).encode("ascii"))
        self.file.close(self.file.add(catalog.encode("ascii")), info)
        return self.pages.count

    def _put(self, number: int, text: str) -> None:
        self.file.put(number, text.encode("ascii"))

    def _add_pages(self, handout: FinishedHandout, carrier: Carrier) -> None:
        for index, page in enumerate(handout.pages):
            own_key, key = page_of(page), None
            if own_key is not None:
                key = self._next_key
                self._parents.add(key, carrier.owners_of(own_key))
                self._next_key += 1
            carrier.put_page(index, parent=self.pages.add(carrier.pages[index]), key=key)
            for link, owner in carrier.put_links(index, self._next_key):
                self._parents.add(link, owner)
                self._next_key += 1
        self._last_lie = carrier.lie(handout.pages[-1])

    def _add_labels(self, handout: FinishedHandout) -> None:
        """The handout's own labels with its number in front."""
        start, prefix = self.pages.count, f"{len(self._parts)}."
        if not handout.labels or handout.labels[0][0] != 0:
            self._labels.add(start, f"<</S/D/P {text_string(prefix)}>>".encode("ascii"))
        for index, label in handout.labels:
            own = str(label["/P"]) if "/P" in label else ""
            style = "".join(f"{key} {label[key]}" for key in ("/S", "/St") if key in label)
            self._labels.add(start + index, f"<</P {text_string(prefix + own)}{style}>>".encode("ascii"))
