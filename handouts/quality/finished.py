"""A finished PDF opened for checking: its structure tree, fonts and the text of its pages, as plain values."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

# Why: pypdf tells its repairs to a logger, which Python prints when nobody listens.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_MOST_ELEMENTS = 200_000
_EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")


class UnreadablePdfError(Exception):
    """The bytes cannot be checked: damaged, or protected by a password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureElement:
    """One element of the structure tree, in reading order; `inside` are the tags around it, outermost first."""

    tag: str
    alt: str | None
    inside: tuple[str, ...]
    table: int | None  # the number of the innermost table it is in
    has_scope: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """One page: its text, whether it leads into the structure tree, and its links with what is read aloud for each."""

    text: str
    in_structure: bool
    links: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPdf:
    """What the checks look at."""

    lang: str | None
    title: str | None
    shows_title: bool
    marked: bool
    elements: tuple[StructureElement, ...]
    pages: tuple[PageFacts, ...]
    loose_fonts: tuple[str, ...]  # names of fonts that are not embedded
    bookmarks: int


def open_finished(content: bytes) -> FinishedPdf:
    """Return what can be checked in a PDF. Raises UnreadablePdfError when it is damaged or needs a password."""
    try:
        return _gather(_unlocked(PdfReader(io.BytesIO(content))))
    except UnreadablePdfError:
        raise
    except Exception as error:  # pypdf ends on damaged files with exceptions of many kinds
        raise UnreadablePdfError("it is damaged, or no PDF") from error


def _unlocked(reader: PdfReader) -> PdfReader:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadablePdfError("it is protected by a password")
    return reader


def _gather(reader: PdfReader) -> FinishedPdf:
    root = _dict(reader.trailer.get("/Root"))
    pages = [_dict(page) for page in reader.pages]
    fonts: dict[str, None] = {}
    for page in pages:
        fonts.update(dict.fromkeys(_loose_fonts(page)))
    return FinishedPdf(
        lang=_text(root.get("/Lang")),
        title=_text(_dict(reader.trailer.get("/Info")).get("/Title")),
        shows_title=_resolve(_dict(root.get("/ViewerPreferences")).get("/DisplayDocTitle")) == True,  # noqa: E712 - a PDF boolean
        marked=_resolve(_dict(root.get("/MarkInfo")).get("/Marked")) == True,  # noqa: E712
        elements=tuple(_elements(_dict(root.get("/StructTreeRoot")))),
        pages=tuple(
            PageFacts(text=page.extract_text(), in_structure="/StructParents" in page, links=tuple(_links(page)))
            for page in reader.pages
        ),
        loose_fonts=tuple(fonts),
        bookmarks=_count_outline(reader.outline),
    )


def _resolve(value: object) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else getattr(value, "value", value)


def _dict(value: object) -> Mapping[str, Any]:
    found = _resolve(value)
    return found if isinstance(found, DictionaryObject) else {}


def _text(value: object) -> str | None:
    found = _resolve(value)
    return str(found).strip() or None if isinstance(found, str) else None


def _elements(root: Mapping[str, Any]) -> Iterator[StructureElement]:
    """All elements in reading order, by the standard name of their tag; what is met twice is passed over."""
    roles = _dict(root.get("/RoleMap"))
    seen: set[int] = set()
    tables = 0
    waiting: list[tuple[object, tuple[str, ...], int | None]] = [(root.get("/K"), (), None)]
    while waiting:
        value, inside, table = waiting.pop()
        found = _resolve(value)
        if isinstance(found, ArrayObject):
            waiting += [(kid, inside, table) for kid in reversed(found)]
            continue
        if not isinstance(found, DictionaryObject) or "/S" not in found or id(found) in seen:
            continue
        seen.add(id(found))
        if len(seen) > _MOST_ELEMENTS:
            raise UnreadablePdfError("its structure has no end")
        tag = str(_resolve(found["/S"]))
        tag = str(_resolve(roles.get(tag, tag))).removeprefix("/")
        if tag == "Table":
            tables += 1
            table = tables
        yield StructureElement(tag=tag, alt=_text(found.get("/Alt")), inside=inside, table=table, has_scope=_has_scope(found))
        waiting.append((found.get("/K"), (*inside, tag), table))


def _has_scope(element: Mapping[str, Any]) -> bool:
    attributes = _resolve(element.get("/A"))
    listed = attributes if isinstance(attributes, ArrayObject) else [attributes]
    return any("/Scope" in _dict(each) for each in listed)


def _loose_fonts(page: Mapping[str, Any]) -> Iterator[str]:
    seen: set[int] = set()
    waiting: list[object] = [page.get("/Resources")]
    while waiting:
        resources = _dict(waiting.pop())
        if not resources or id(resources) in seen:
            continue
        seen.add(id(resources))
        for font in _dict(resources.get("/Font")).values():
            yield from _judge_font(_dict(font))
        for group in ("/XObject", "/Pattern"):
            waiting += [_dict(form).get("/Resources") for form in _dict(resources.get(group)).values()]


def _judge_font(font: Mapping[str, Any]) -> Iterator[str]:
    kind = str(_resolve(font.get("/Subtype")))
    if kind == "/Type3":
        return
    name = str(_resolve(font.get("/BaseFont", "a font without a name"))).removeprefix("/")
    if kind == "/Type0":
        below = _resolve(font.get("/DescendantFonts"))
        font = _dict(below[0]) if isinstance(below, ArrayObject) and below else {}
    descriptor = _dict(font.get("/FontDescriptor"))
    if not any(key in descriptor for key in _EMBEDDED):
        yield name


def _links(page: Mapping[str, Any]) -> Iterator[str | None]:
    annotations = _resolve(page.get("/Annots"))
    for each in annotations if isinstance(annotations, ArrayObject) else ():
        annotation = _dict(each)
        if _resolve(annotation.get("/Subtype")) == "/Link":
            yield _text(annotation.get("/Contents"))


def _count_outline(outline: object) -> int:
    return sum(_count_outline(item) if isinstance(item, list) else 1 for item in outline) if isinstance(outline, list) else 0
