"""Proof before the clock runs: what an engine makes is the handout, whole. A fast engine that leaves something out is no peer."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pypdf import PdfReader

from handouts.texts import HandoutText

_CURVES, _DEEPEST = ("c", "v", "y"), 6
_SPACES = re.compile(r"\s+")


class NotTheHandoutError(RuntimeError):
    """An engine's document lacks something."""


def prove_handout(name: str, pdf: bytes, text: HandoutText, *, pages: int, curves: int, tagged: bool) -> None:
    """Raise NotTheHandoutError with everything the document lacks: pages, words, pictures, tags.

    `curves`: how many the pictures of the handout have together.
    """
    faults = list(find_faults(pdf, text, pages=pages, curves=curves, tagged=tagged))
    if faults:
        raise NotTheHandoutError(f"{name}: " + "; ".join(faults))


def find_faults(pdf: bytes, text: HandoutText, *, pages: int, curves: int, tagged: bool) -> Iterator[str]:
    """What is wrong with it, in words."""
    reader = PdfReader(io.BytesIO(pdf))
    if len(reader.pages) != pages:
        yield f"{len(reader.pages)} pages instead of {pages}"
    words = _squeeze(" ".join(page.extract_text() for page in reader.pages))
    yield from (f"it does not say {said!r}" for said in _expected(text) if _squeeze(said) not in words)
    drawn = count_curves(pdf)
    if drawn < curves:
        yield f"{drawn} curves are drawn instead of the {curves} of its pictures"
    if tagged and not is_tagged(pdf):
        yield "it is not tagged"


def is_tagged(pdf: bytes) -> bool:
    """Whether it says so, claims PDF/UA-1 and has a structure."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        marked = "/MarkInfo" in root and bool(root.MarkInfo.get("/Marked", False)) and "/StructTreeRoot" in root
        claimed = "/Metadata" in root and b"pdfuaid" in bytes(root.Metadata.read_bytes())
        return marked and claimed and bool(root.StructTreeRoot.get("/K"))


def count_curves(pdf: bytes) -> int:
    """How many curves the pages draw, in themselves and in the forms they show, each time these are shown."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(_count_in(page.obj, page.obj.get("/Resources")) for page in document.pages)


def _count_in(place: pikepdf.Object, resources: pikepdf.Object | None, depth: int = 0) -> int:
    forms: Any = resources.get("/XObject", {}) if resources is not None else {}
    curves = 0
    for operands, operator in pikepdf.parse_content_stream(place):
        if str(operator) in _CURVES:
            curves += 1
        elif str(operator) == "Do" and depth < _DEEPEST:
            form = forms[str(operands[0])]
            if form.get("/Subtype") == "/Form":
                curves += _count_in(form, form.get("/Resources"), depth + 1)
    return curves


def _expected(text: HandoutText) -> Iterator[str]:
    """The patient, the exercises with their doses, a step and the note of each, and a sentence of each box."""
    yield from (field.value for field in text.fields if field.value)
    for card in text.cards:
        yield from (card.name, card.dose, card.steps[-1])
        if card.note is not None:
            yield card.note.value or ""
    for box in (text.emergency, text.call, text.before, text.pain):
        yield from (box.heading, box.items[-1])


def _squeeze(words: str) -> str:
    """Without spaces and breaks, which engines write in their own ways, and without soft hyphens."""
    return _SPACES.sub("", words.replace("\u00ad", ""))
