"""Handouts made for tests, from the built-in catalogue or from a clinic's folder, and what a reader finds in them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pypdf import PdfReader

from handouts.bench import Bench, Passwords
from handouts.build import Built, make_handout
from handouts.model import Entry, Request, Settings
from handouts.workspace import Workspace, find_workspace

CLINIC = """\
name: Riverside Physio
phone: "020 7946 0000"
tagline: Physiotherapy and Pilates
email: hello@riverside.example
website: https://riverside.example
address: [1 Sample Street, Sample Town SA1 1AA]
country: gb
clinician: Sam Sample
"""


@cache
def bench() -> Bench:
    """The shared bench of the built-in workspace; its memory of pieces is warm after the first test."""
    return Bench(Workspace(settings=Settings()), "en")


def make(
    request: Request | None = None,
    *,
    at: Bench | None = None,
    passwords: Passwords | None = None,
    unfolded: bool = False,
    **fields: Any,
) -> Built:
    """One handout, for a request or for its fields."""
    return make_handout(request or Request(**fields), at or bench(), passwords=passwords, unfolded=unfolded)


def only(exercise: str, **fields: Any) -> Request:
    """A request for one exercise by name; `fields` are those of the entry."""
    return Request(exercises=(Entry(id=exercise, **fields),))


def exercise_ids() -> list[str]:
    """All exercises of the built-in catalogue."""
    found = sorted(path.stem for path in (Workspace().builtin / "catalog" / "exercises").glob("*.yaml"))
    assert len(found) >= 25
    return found


def clinic_bench(folder: Path, clinic: str | None = CLINIC, files: Mapping[str, str | bytes] | None = None) -> Bench:
    """A bench over a clinic's workspace in `folder`: its clinic.yaml (id "riverside"), and more files by path."""
    contents: dict[str, str | bytes] = {"handouts.yaml": "lang: en\n", **(files or {})}
    if clinic is not None:
        contents["assets/clinics/riverside/clinic.yaml"] = f"id: riverside\n{clinic}"
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    made = Bench(find_workspace(explicit=folder), "en")
    made.__dict__.setdefault("phrases", bench().phrases)
    if not any(name.startswith("catalog/") for name in contents):
        made.__dict__["library"] = bench().library  # nothing differs: spare the reading
    return made


def plain(text: str) -> str:
    """The text with every white space, a no-break space too, as one blank."""
    return " ".join(text.split())


def pages_of(pdf: bytes, *, password: str | None = None) -> list[str]:
    """The text of each page, as pypdf extracts it."""
    return [plain(page.extract_text()) for page in PdfReader(io.BytesIO(pdf), password=password).pages]


def text_of(pdf: bytes) -> str:
    """The text of all pages."""
    return plain(" ".join(pages_of(pdf)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stretch of text as a viewer finds it: page from 0, corners in points from the lower left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    text: str


def find_text(pdf: bytes) -> list[Found]:
    """All text with its place, by PDFium."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                words = text.get_text_bounded(left=left - 1, bottom=bottom - 1, right=right + 1, top=top + 1)
                found.append(Found(page=number, left=left, bottom=bottom, right=right, top=top, text=words))
    finally:
        document.close()
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A structure element: its type, its alternative text and its depth."""

    type: str
    alt: str | None
    depth: int


def tags_of(pdf: bytes) -> list[Tag]:
    """The structure tree in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return list(_walk(opened.Root.StructTreeRoot.K, 0))


def _walk(element: pikepdf.Object, depth: int) -> Iterator[Tag]:
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from _walk(kid, depth)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield Tag(type=str(element.S)[1:], alt=str(element.Alt) if "/Alt" in element else None, depth=depth)
        if "/K" in element:
            yield from _walk(element.K, depth + 1)


def page_size(pdf: bytes, page: int = 0) -> tuple[float, float]:
    """Width and height of a page in points."""
    box = PdfReader(io.BytesIO(pdf)).pages[page].mediabox
    return float(box.width), float(box.height)


def claims_ua(pdf: bytes) -> bool:
    """Whether the file says that it is PDF/UA-1."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return b"<pdfuaid:part>1</pdfuaid:part>" in opened.Root.Metadata.read_bytes()
