"""Keeps the plain web, mail and telephone links of a page and nothing else of its annotations."""

from __future__ import annotations

import re

from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, IndirectObject, PdfObject, TextStringObject

from handouts.binding.geometry import box_of, overlap
from handouts.binding.streams import resolved, whole_number
from handouts.document import Box, Link

_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[!-~]{1,2000}", re.IGNORECASE)
_MOST = 500
_UNSEEN = 2 | 32  # flags Hidden and NoView (ISO 32000-1, 12.5.3)


def plain_links(annotations: PdfObject | None, visible: Box) -> tuple[tuple[Link, ...], dict[int, int]]:
    """The links within the visible part, and which of them each annotation object became."""
    listed = resolved(annotations)
    links: list[Link] = []
    became: dict[int, int] = {}
    for raw in listed[:_MOST] if isinstance(listed, ArrayObject) else ():
        link = _plain_link(resolved(raw), visible)
        if link is None:
            continue
        if isinstance(raw, IndirectObject):
            became[raw.idnum] = len(links)
        links.append(link)
    return tuple(links), became


def _plain_link(annotation: PdfObject | None, visible: Box) -> Link | None:
    if not isinstance(annotation, DictionaryObject) or annotation.get("/Subtype") != "/Link":
        return None
    action = resolved(annotation.get("/A"))
    if not isinstance(action, DictionaryObject) or str(resolved(action.get("/S"))) != "/URI":
        return None
    uri = text_of(action.get("/URI")) or ""
    rectangle = box_of(annotation.get("/Rect"))
    if whole_number(annotation.get("/F")) & _UNSEEN or not _ADDRESS.fullmatch(uri) or rectangle is None:
        return None
    box = overlap(rectangle, visible)
    return Link(box=box, uri=uri, contents=(text_of(annotation.get("/Contents")) or uri)[:500]) if box else None


def text_of(value: PdfObject | None) -> str | None:
    """A text string without control characters; None when it is none or holds nothing."""
    value = resolved(value)
    if isinstance(value, ByteStringObject):
        words = value.decode("latin-1")
    elif isinstance(value, TextStringObject):
        words = str(value)
    else:
        return None
    return "".join(sign if sign.isprintable() else " " for sign in words).strip() or None
