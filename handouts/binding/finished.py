"""Opens a finished handout of ours and finds what a print file takes over: pages, tags, labels, bookmarks."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, NumberObject, PdfObject, StreamObject

from handouts.binding.faults import SheetError
from handouts.binding.sheet import SourcePage, list_pages
from handouts.binding.streams import resolved, unpacked_size, whole_number
from handouts.binding.structure import claims_tags, language_of, number_tree
from handouts.nouns import dataclass
from handouts.regular_files import NotRegularError, read_regular

_LARGEST_FILE = 100_000_000  # bytes: a cover and a letterhead of 20 MB each fit well
_MOST_PAGES = 1_000
_MOST_ELEMENTS = 100_000
_MOST_BOOKMARKS = 2_000
_DEEPEST_BOOKMARK = 10
_CLAIM = re.compile(rb"pdfuaid:part\s*(?:>|=\s*[\"'])\s*1\b")
_AGAIN = "make it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedBookmark:
    """An outline entry: its title as a text string, where it leads (page reference first; None: nowhere), those below it."""

    title: PdfObject
    target: ArrayObject | None
    below: tuple[FinishedBookmark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedHandout:
    """A finished handout, open. Objects are known by their numbers in its file.

    `elements` is the structure tree below its Document element, in order; `stems` are the objects above `branches`, its topmost
    elements. `owners` is the parent tree (ISO 32000-1, 14.7.4.4), `labels` pairs page indexes with the numbering from there.
    """

    pages: tuple[SourcePage, ...]
    lang: str | None
    claims_ua: bool
    stems: frozenset[int]
    branches: tuple[IndirectObject, ...]
    elements: dict[int, DictionaryObject]
    owners: dict[int, PdfObject]
    labels: tuple[tuple[int, DictionaryObject], ...]
    bookmarks: tuple[FinishedBookmark, ...]


def foreign() -> SheetError:
    """The file is sound, but nothing that our writer wrote."""
    return SheetError("is not a handout of this program", "only finished handouts can be joined")


def explained(fault: Exception) -> SheetError:
    """Whatever went wrong inside pypdf, as a fault of the handout."""
    if isinstance(fault, SheetError):
        return fault
    if isinstance(fault, LimitReachedError | OverflowError | MemoryError):
        return SheetError("holds more than a handout can need", _AGAIN)
    return SheetError("is damaged and can't be read as a PDF", _AGAIN)


def open_handout(path: Path, sha256: str | None = None) -> FinishedHandout:
    """The handout in the file, which must have this hash. To be called and used inside `limits`.

    Raises SheetError, or what pypdf raises on damage.
    """
    content = _content(path)
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise SheetError("is not what was made: it has been written over meanwhile", "let batches write to folders of their own")
    reader = PdfReader(BytesIO(content), strict=True, root_object_recovery_limit=1_000, xref_stream_maximum_entries=1_000_000)
    if reader.is_encrypted:
        raise SheetError("is protected with a password", "join handouts that are not protected")
    _check_containers(reader)
    catalog: DictionaryObject = reader.root_object
    root = resolved(catalog.get("/StructTreeRoot"))
    if not claims_tags(catalog) or not isinstance(root, DictionaryObject):
        raise foreign()
    if any(key in root for key in ("/RoleMap", "/ClassMap", "/IDTree")):
        raise foreign()
    stems, branches, lang = _find_branches(root)
    return FinishedHandout(
        pages=tuple(list_pages(catalog, _MOST_PAGES)),
        lang=lang or language_of(catalog),
        claims_ua=_claims_ua(catalog),
        stems=stems,
        branches=branches,
        elements=_list_elements(branches),
        owners=number_tree(root.get("/ParentTree")),
        labels=_list_labels(catalog),
        bookmarks=_list_bookmarks(resolved(catalog.get("/Outlines")), set(), 0),
    )


def _content(path: Path) -> bytes:
    try:
        content = read_regular(path, _LARGEST_FILE)
    except FileNotFoundError as fault:
        raise SheetError("does not exist", "check the path") from fault
    except NotRegularError as fault:
        raise SheetError("is no file", "check the path") from fault
    except (OSError, ValueError) as fault:
        raise SheetError("can't be read", "check the path and its permissions") from fault
    if len(content) > _LARGEST_FILE:
        raise SheetError(f"is larger than {_LARGEST_FILE // 1_000_000} MB", _AGAIN)
    if not content.startswith(b"%PDF-"):
        raise SheetError("is not a PDF" if content else "is empty", _AGAIN)
    return content


def _check_containers(reader: PdfReader) -> None:
    """Raise SheetError when an object stream is damaged: pypdf would make the best of it."""
    for number in sorted({container for container, _ in reader.xref_objStm.values()}):
        check_soundness(IndirectObject(number, 0, reader).get_object())


def check_soundness(stream: PdfObject | None) -> None:
    """Raise SheetError when a stream's deflated bytes don't match their checksum."""
    if not isinstance(stream, StreamObject):
        raise SheetError("is damaged and can't be read as a PDF", _AGAIN)
    filters = resolved(stream.get("/Filter"))
    first = filters[0] if isinstance(filters, ArrayObject) and filters else filters
    raw: bytes = stream._data  # noqa: SLF001 - pypdf has no other way to the coded bytes
    if str(resolved(first)) == "/FlateDecode" and unpacked_size(raw) is None:
        raise SheetError("is damaged and can't be read as a PDF", _AGAIN)


def _claims_ua(catalog: DictionaryObject) -> bool:
    packet = resolved(catalog.get("/Metadata"))
    return isinstance(packet, StreamObject) and _CLAIM.search(packet.get_data()) is not None


def kids_of(holder: DictionaryObject) -> list[PdfObject]:
    """The kids of an element, unresolved."""
    raw = holder.get("/K")
    listed = resolved(raw)
    if isinstance(listed, ArrayObject):
        return list(listed)
    return [] if raw is None or listed is None or isinstance(listed, NullObject) else [raw]


def _find_branches(root: DictionaryObject) -> tuple[frozenset[int], tuple[IndirectObject, ...], str | None]:
    """What stands above the topmost elements, these elements, and the language of the Document element."""
    top, reference = kids_of(root), root.indirect_reference
    stems = {reference.idnum} if reference else set()
    lang = None
    document = resolved(top[0]) if len(top) == 1 else None
    if isinstance(document, DictionaryObject) and document.get("/S") == "/Document":
        if document.indirect_reference:
            stems.add(document.indirect_reference.idnum)
        top, lang = kids_of(document), language_of(document)
    branches = tuple(kid for kid in top if isinstance(kid, IndirectObject))
    if not branches or len(branches) != len(top):
        raise foreign()
    return frozenset(stems), branches, lang


def _list_elements(branches: tuple[IndirectObject, ...]) -> dict[int, DictionaryObject]:
    """All elements, parents before kids; raises SheetError when one hangs in the tree twice."""
    found: dict[int, DictionaryObject] = {}
    waiting = list(reversed(branches))
    while waiting:
        reference = waiting.pop()
        element = reference.get_object()
        if not isinstance(element, DictionaryObject) or "/S" not in element:
            raise foreign()
        if reference.idnum in found or len(found) > _MOST_ELEMENTS:
            raise SheetError("has broken tags", _AGAIN)
        found[reference.idnum] = element
        for kid in reversed(kids_of(element)):
            if isinstance(kid, IndirectObject):
                waiting.append(kid)
            elif not isinstance(kid, NumberObject) and not (
                isinstance(kid, DictionaryObject) and kid.get("/Type") in ("/MCR", "/OBJR")
            ):
                raise foreign()
    return found


def _list_labels(catalog: DictionaryObject) -> tuple[tuple[int, DictionaryObject], ...]:
    tree = number_tree(catalog.get("/PageLabels"))
    found = {key: label for key, raw in tree.items() if isinstance(label := resolved(raw), DictionaryObject)}
    return tuple(sorted(found.items(), key=lambda entry: entry[0]))


def _list_bookmarks(holder: PdfObject | None, seen: set[int], depth: int) -> tuple[FinishedBookmark, ...]:
    found: list[FinishedBookmark] = []
    raw = holder.get("/First") if isinstance(holder, DictionaryObject) else None
    while isinstance(raw, IndirectObject):
        item = raw.get_object()
        if raw.idnum in seen or len(seen) > _MOST_BOOKMARKS or depth > _DEEPEST_BOOKMARK:
            raise SheetError("has broken bookmarks", _AGAIN)
        seen.add(raw.idnum)
        if not isinstance(item, DictionaryObject):
            break
        target = resolved(item.get("/Dest"))
        found.append(
            FinishedBookmark(
                title=resolved(item.get("/Title")) or NullObject(),
                target=target if isinstance(target, ArrayObject) and target else None,
                below=_list_bookmarks(item, seen, depth + 1),
            )
        )
        raw = item.get("/Next")
    return tuple(found)


def page_of(page: SourcePage) -> int | None:
    """The key of a page in the parent tree; None for a page without marks."""
    return whole_number(page.entries.get("/StructParents"), -1) if "/StructParents" in page.entries else None
