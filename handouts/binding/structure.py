"""Reads the structure tree of a tagged cover, or finds that it can't be trusted (ISO 32000-1, 14.7)."""

from __future__ import annotations

import re
from dataclasses import replace

from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, IndirectObject, NumberObject, PdfObject

from handouts.binding import serialising
from handouts.binding.geometry import Matrix, box_of, carried
from handouts.binding.links import text_of
from handouts.binding.plausibility import KNOWN_TAGS, is_plausible
from handouts.binding.serialising import scalar
from handouts.binding.streams import resolved, whole_number
from handouts.document import ImportedElement, ImportedKid, ImportedLink, ImportedMark
from handouts.nouns import dataclass

_DEEPEST = 60
_MOST_ELEMENTS = 10_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")

# What of an element's attributes means something in another document, by owner.
_ATTRIBUTES = {
    "/Layout": ("/Placement", "/BBox"),
    "/List": ("/ListNumbering",),
    "/Table": ("/ColSpan", "/RowSpan", "/Scope", "/Summary"),
}


class UntrustedError(Exception):
    """The tree is broken or says what we can't carry over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedPage:
    """What the tree refers to on a page: object number, key into the parent tree, marks, links by object, and its lie."""

    number: int
    parent_key: int | None
    marks: frozenset[int]
    links: dict[int, int]
    link_count: int
    matrix: Matrix


def language_of(holder: DictionaryObject) -> str | None:
    """The language of a document or an element as BCP 47, None when it names none."""
    found = text_of(holder.get("/Lang"))
    return found if found and _LANGUAGE.fullmatch(found) else None


def claims_tags(catalog: DictionaryObject) -> bool:
    """Whether the document says that it is tagged."""
    info = resolved(catalog.get("/MarkInfo"))
    marked = resolved(info.get("/Marked")) if isinstance(info, DictionaryObject) else None
    return isinstance(marked, BooleanObject) and bool(marked.value) and "/StructTreeRoot" in catalog


def read_structure(catalog: DictionaryObject, pages: list[TaggedPage]) -> tuple[ImportedElement, ...] | None:
    """The elements below Document; None when any mark, link, role or nesting is doubtful."""
    root = resolved(catalog.get("/StructTreeRoot"))
    if not isinstance(root, DictionaryObject) or len({page.number for page in pages}) != len(pages):
        return None
    try:
        elements = _Reading(root, pages).elements()
    except UntrustedError:
        return None
    return elements if is_plausible(elements) else None


class _Reading:
    def __init__(self, root: DictionaryObject, pages: list[TaggedPage]) -> None:
        self._root = root
        self._pages = pages
        self._page_of = {page.number: index for index, page in enumerate(pages)}
        roles = resolved(root.get("/RoleMap"))
        self._roles = roles if isinstance(roles, DictionaryObject) else DictionaryObject()
        self._holders: dict[tuple[int, int], int] = {}
        self._linked: set[tuple[int, int]] = set()
        self._seen: set[int] = set()

    def elements(self) -> tuple[ImportedElement, ...]:
        kids = self._kids(self._root, None, 0, 0)
        found: list[ImportedElement] = []
        for kid in kids:
            if not isinstance(kid, ImportedElement):
                raise UntrustedError
            if kid.tag != "Document":
                found.append(kid)
            elif all(isinstance(below, ImportedElement) for below in kid.kids):
                found += [_speaking(below, kid.lang) for below in kid.kids if isinstance(below, ImportedElement)]
            else:
                raise UntrustedError
        self._check_marks()
        return tuple(found)

    def _check_marks(self) -> None:
        parents = number_tree(self._root.get("/ParentTree"))
        for index, page in enumerate(self._pages):
            if any((index, link) not in self._linked for link in range(page.link_count)):
                raise UntrustedError
            listed = resolved(parents.get(page.parent_key)) if page.parent_key is not None else None
            for mark in page.marks:
                if not isinstance(listed, ArrayObject) or mark >= len(listed):
                    raise UntrustedError
                owner = listed[mark]
                if not isinstance(owner, IndirectObject) or self._holders.get((index, mark)) != owner.idnum:
                    raise UntrustedError

    def _role(self, name: PdfObject | None) -> str:
        role, steps = str(resolved(name)), 0
        while role in self._roles and role.removeprefix("/") not in KNOWN_TAGS:
            role, steps = str(resolved(self._roles.get(role))), steps + 1
            if steps > 10:
                raise UntrustedError
        if role.removeprefix("/") not in KNOWN_TAGS:
            raise UntrustedError
        return role.removeprefix("/")

    def _kids(self, holder: DictionaryObject, page: int | None, number: int, depth: int) -> tuple[ImportedKid, ...]:
        raw = holder.get("/K")
        listed = resolved(raw)
        found = [self._kid(kid, page, number, depth) for kid in (listed if isinstance(listed, ArrayObject) else [raw])]
        return tuple(kid for kid in found if kid is not None)

    def _kid(self, raw: PdfObject | None, page: int | None, number: int, depth: int) -> ImportedKid | None:
        kid = resolved(raw)
        if isinstance(kid, NumberObject):
            return self._mark(page, int(kid), number)
        if not isinstance(kid, DictionaryObject):
            return None
        match resolved(kid.get("/Type")):
            case "/MCR":
                if "/Stm" in kid:
                    raise UntrustedError
                return self._mark(self._page(kid, page), whole_number(kid.get("/MCID"), -1), number)
            case "/OBJR":
                return self._link(kid, self._page(kid, page))
            case _:
                return self._element(kid, page, depth + 1)

    def _page(self, holder: DictionaryObject, otherwise: int | None) -> int | None:
        raw = holder.get("/Pg")
        return self._page_of.get(raw.idnum) if isinstance(raw, IndirectObject) else otherwise

    def _mark(self, page: int | None, mark: int, number: int) -> ImportedMark | None:
        if page is None or mark not in self._pages[page].marks:
            return None
        if (page, mark) in self._holders:
            raise UntrustedError
        self._holders[page, mark] = number
        return ImportedMark(page, mark)

    def _link(self, reference: DictionaryObject, page: int | None) -> ImportedLink | None:
        raw = reference.get("/Obj")
        index = self._pages[page].links.get(raw.idnum) if page is not None and isinstance(raw, IndirectObject) else None
        if page is None or index is None:
            return None
        if (page, index) in self._linked:
            raise UntrustedError
        self._linked.add((page, index))
        return ImportedLink(page, index)

    def _element(self, source: DictionaryObject, above: int | None, depth: int) -> ImportedElement:
        if depth > _DEEPEST or len(self._seen) > _MOST_ELEMENTS or id(source) in self._seen:
            raise UntrustedError
        self._seen.add(id(source))
        page = self._page(source, None)
        reference = source.indirect_reference
        kids = self._kids(source, page if page is not None else above, reference.idnum if reference else 0, depth)
        tag = self._role(source.get("/S"))
        if tag == "Link" and not any(isinstance(kid, ImportedLink) for kid in kids):
            tag = "Span"  # its target stays behind: a page of the old file, or an action
        return ImportedElement(
            tag=tag,
            page=page,
            kids=kids,
            alt=text_of(source.get("/Alt")),
            actual_text=text_of(source.get("/ActualText")),
            lang=language_of(source),
            attributes=self._attributes(source.get("/A"), page),
        )

    def _attributes(self, raw: PdfObject | None, page: int | None) -> bytes:
        listed = resolved(raw)
        found = [resolved(item) for item in (listed if isinstance(listed, ArrayObject) else [listed])]
        texts = [self._attribute(item, page) for item in found if isinstance(item, DictionaryObject)]
        kept = [text for text in texts if text]
        return kept[0] if len(kept) == 1 else b"[" + b"".join(kept) + b"]" if kept else b""

    def _attribute(self, source: DictionaryObject, page: int | None) -> bytes:
        owner = str(resolved(source.get("/O")))
        entries: dict[bytes, serialising.Parts] = {}
        for key in _ATTRIBUTES.get(owner, ()):
            value = resolved(source.get(key))
            text = scalar(value) if value is not None else None
            if key == "/BBox" and page is not None and (box := box_of(value)):
                seen = carried(box, self._pages[page].matrix)
                corners = (seen.left, seen.bottom, seen.right, seen.top)
                text = b"[" + b" ".join(serialising.number(round(corner, 4)) for corner in corners) + b"]"
            if text is not None:
                entries[key.encode("ascii")] = (text,)
        if not entries:
            return b""
        entries[b"/O"] = (owner.encode("ascii"),)
        return b"".join(part for part in serialising.dictionary(entries) if isinstance(part, bytes))


def _speaking(element: ImportedElement, lang: str | None) -> ImportedElement:
    return replace(element, lang=lang) if lang and not element.lang else element


def number_tree(raw: PdfObject | None, depth: int = 0) -> dict[int, PdfObject]:
    """The entries of a number tree by key, unresolved (ISO 32000-1, 7.9.7); what is no part of one is left out."""
    found: dict[int, PdfObject] = {}
    tree = resolved(raw)
    if not isinstance(tree, DictionaryObject) or depth > 10:
        return found
    pairs = resolved(tree.get("/Nums"))
    if isinstance(pairs, ArrayObject):
        found.update((whole_number(pairs[at], -1), pairs[at + 1]) for at in range(0, len(pairs) - 1, 2))
    kids = resolved(tree.get("/Kids"))
    for kid in kids[:1000] if isinstance(kids, ArrayObject) else ():
        found.update(number_tree(kid, depth + 1))
    return found
