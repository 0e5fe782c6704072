"""What a finished PDF says of itself: its structure tree, fonts, links, title and language, read with pypdf."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from handouts.measured import Content, FinishedPdf, PageFacts, StructureElement, UnreadablePdfError

# Why: pypdf tells its repairs to a logger, which Python prints when nobody listens.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

MOST_PAGES = 2_000
_MOST_ELEMENTS = 200_000
_DEEPEST = 64  # tags that are remembered around an element
_LONGEST_PACKET = 1_000_000
_Waiting: TypeAlias = tuple[object, tuple[str, ...], int | None, int | None, int | None]
_EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")


def read_tags(content: bytes, *, password: str | None = None, with_text: bool) -> FinishedPdf:
    """Return what a PDF says of itself; `with_text`: with the words of its pages, which takes most of the time.

    Raises:
        UnreadablePdfError: it is damaged or needs a password.

    """
    try:
        return _gather(_unlocked(PdfReader(io.BytesIO(content)), password), with_text=with_text)
    except UnreadablePdfError:
        raise
    except RecursionError as error:
        raise UnreadablePdfError("it is nested too deeply") from error
    except Exception as error:  # pypdf ends on damaged files with exceptions of many kinds
        raise UnreadablePdfError("it is damaged, or no PDF") from error


def _unlocked(reader: PdfReader, password: str | None) -> PdfReader:
    if reader.is_encrypted and not reader.decrypt(password or ""):
        raise UnreadablePdfError("it is protected by a password")
    return reader


def _gather(reader: PdfReader, *, with_text: bool) -> FinishedPdf:
    if not reader.pages:
        raise UnreadablePdfError("it has no pages")
    if len(reader.pages) > MOST_PAGES:
        raise UnreadablePdfError(f"it has more than {MOST_PAGES} pages")
    root = _dict(reader.trailer.get("/Root"))
    pages = [_dict(page) for page in reader.pages]
    fonts: dict[str, None] = {}
    for page in pages:
        fonts.update(dict.fromkeys(_loose_fonts(page)))
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages) if page.indirect_reference}
    info = _dict(reader.trailer.get("/Info"))
    return FinishedPdf(
        lang=_text(root.get("/Lang")),
        title=_text(info.get("/Title")),
        shows_title=_resolve(_dict(root.get("/ViewerPreferences")).get("/DisplayDocTitle")) == True,  # noqa: E712 - a PDF boolean
        marked=_resolve(_dict(root.get("/MarkInfo")).get("/Marked")) == True,  # noqa: E712
        elements=tuple(_elements(_dict(root.get("/StructTreeRoot")), numbers)),
        pages=tuple(
            PageFacts(
                text=page.extract_text() if with_text else "", in_structure="/StructParents" in page, links=tuple(_links(page))
            )
            for page in reader.pages
        ),
        loose_fonts=tuple(fonts),
        bookmarks=_count_outline(reader.outline),
        metadata="\n".join(_metadata(info, root)),
    )


def _metadata(info: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[str]:
    yield from (said for value in info.values() if (said := _text(value)))
    packet = _resolve(root.get("/Metadata"))
    if isinstance(packet, StreamObject):
        yield packet.get_data()[:_LONGEST_PACKET].decode("utf-8", errors="replace")


def _resolve(value: object) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else getattr(value, "value", value)


def _dict(value: object) -> Mapping[str, Any]:
    found = _resolve(value)
    return found if isinstance(found, DictionaryObject) else {}


def _text(value: object) -> str | None:
    found = _resolve(value)
    return str(found).strip() or None if isinstance(found, str) else None


def _elements(root: Mapping[str, Any], numbers: Mapping[int, int]) -> Iterator[StructureElement]:
    """All elements in reading order, by the standard name of their tag; what is met twice is passed over."""
    roles = _dict(root.get("/RoleMap"))
    seen: set[int] = set()
    tables = 0
    waiting: list[_Waiting] = [(root.get("/K"), (), None, None, None)]
    while waiting:
        value, inside, table, page, parent = waiting.pop()
        found = _resolve(value)
        if isinstance(found, ArrayObject):
            waiting += [(kid, inside, table, page, parent) for kid in reversed(found)]
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
        page = _page_number(found, numbers, page)
        yield StructureElement(
            tag=tag,
            alt=_text(found.get("/Alt")),
            inside=inside,
            table=table,
            has_scope=_has_scope(found),
            content=tuple(_content(found.get("/K"), numbers, page)),
            parent=parent,
        )
        waiting.append((found.get("/K"), (*inside, tag)[-_DEEPEST:], table, page, len(seen) - 1))


def _page_number(holder: Mapping[str, Any], numbers: Mapping[int, int], otherwise: int | None) -> int | None:
    reference = holder.raw_get("/Pg") if isinstance(holder, DictionaryObject) and "/Pg" in holder else None
    return numbers.get(reference.idnum, otherwise) if isinstance(reference, IndirectObject) else otherwise


def _content(kids: object, numbers: Mapping[int, int], page: int | None) -> Iterator[Content]:
    found = _resolve(kids)
    for kid in found if isinstance(found, ArrayObject) else [found]:
        each = _resolve(kid)
        if isinstance(each, int) and page is not None:
            yield page, int(each)
        elif isinstance(each, DictionaryObject) and "/S" not in each and isinstance(_resolve(each.get("/MCID")), int):
            at = _page_number(each, numbers, page)
            if at is not None:
                yield at, int(_resolve(each["/MCID"]))


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
