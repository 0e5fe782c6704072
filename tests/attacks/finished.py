"""What a finished PDF must never hold, wherever in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

_KEYS = frozenset(
    [
        "/JS",
        "/JavaScript",
        "/AA",
        "/OpenAction",
        "/EF",
        "/EmbeddedFiles",
        "/AF",
        "/XFA",
        "/AcroForm",
        "/RichMediaContent",
        "/3DD",
        "/OPI",
        "/Ref",
        "/Alternates",
        "/FFilter",
        "/PieceInfo",
        "/SpiderInfo",
        "/Collection",
        "/Requirements",
        "/Threads",
        "/Perms",
        "/PS",
        "/Subtype2",
        "/Trans",
        "/PresSteps",
        "/OCProperties",
        "/Movie",
        "/Sound",
        "/Rendition",
        "/Win",
        "/Encrypt",
    ]
)
_ACTIONS = frozenset(
    [
        "/JavaScript",
        "/Launch",
        "/GoToR",
        "/GoToE",
        "/SubmitForm",
        "/ImportData",
        "/ResetForm",
        "/Named",
        "/Hide",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/Trans",
        "/GoTo3DView",
        "/RichMediaExecute",
        "/SetOCGState",
        "/Thread",
    ]
)
_ADDRESSES = ("https://", "http://", "mailto:", "tel:")


def find_active(content: bytes) -> list[str]:
    """Everything active, and every reference to a file or an address that is no plain link; in a list, none of it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        trailer = [f"trailer: {key}" for key in pdf.trailer if key in _KEYS]
        return trailer + [found for whole in pdf.objects for each in _parts(whole) for found in _judge(each)]


def _parts(whole: Any) -> Iterator[Any]:
    """The dictionaries of an object that stand in it directly."""
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        kind = part._type_name if isinstance(part, pikepdf.Object) else ""
        if kind in ("dictionary", "stream"):
            yield part
            kids = [value for _, value in part.items()]
        else:
            kids = list(part) if kind == "array" else []
        waiting += [kid for kid in kids if isinstance(kid, pikepdf.Object) and not kid.is_indirect]


def _judge(part: Any) -> Iterator[str]:
    for key, value in part.items():
        if (
            key in _KEYS
            or (key == "/S" and str(value) in _ACTIONS)
            or (key == "/F" and part._type_name == "stream")
            or (key == "/URI" and not str(value).startswith(_ADDRESSES))
        ):
            yield f"{key} {value!r}"
        elif key == "/Subtype" and str(value) in ("/JavaScript", "/PS", "/FileAttachment", "/Widget", "/Screen", "/RichMedia"):
            yield f"{key} {value}"
