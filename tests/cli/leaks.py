"""Searches everything that comes out of the program for words that stand for what is said of a patient."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pypdf import PdfReader

from cli.conftest import files_in

WORDS = ("quorvix", "zanthum", "qz-93917", "wexlify", "plonkton", "grumblethorpe", "snarfblat", "hocwurst")
INPUTS = {"r.yaml", "p.csv", "word.txt", "handouts.yaml"}
TOLD_BY_REMINDERS = {"hocwurst"}  # when to go on, which is a part of the plan
FOR_THE_RECORD = {"x.yaml", "x.txt"}  # the saved plan and the chart note, which are asked for by name


def find_words(content: bytes, words: tuple[str, ...] = WORDS) -> list[str]:
    """The words that stand in the content as text, as UTF-16, or as hexadecimal digits of either."""
    low = content.lower()
    forms = {word: (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le")) for word in words}
    return [word for word, each in forms.items() if any(form in low or form.hex().encode() in low for form in each)]


def parts_beside_the_page(path: Path, password: str = "") -> Iterator[tuple[str, bytes]]:
    """Each string, name and stream of a PDF, decrypted and inflated; but what pages and their figures draw."""
    with pikepdf.open(path, password=password if is_locked(path) else "") as pdf:
        drawn = {each.objgen for page in pdf.pages for each in [page.Contents]}
        for item in [pdf.trailer, *pdf.objects]:
            for text in strings_of(item):
                yield f"{path.name}: {item.objgen}", text
            form = isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
            if isinstance(item, pikepdf.Stream) and item.objgen not in drawn and not form:
                yield f"{path.name}: stream {item.objgen}", item.read_bytes()


def is_locked(path: Path) -> bool:
    return bool(PdfReader(path).is_encrypted)


def strings_of(item: Any, *, inside: bool = False) -> Iterator[bytes]:
    if isinstance(item, pikepdf.Object) and item.is_indirect and inside:
        return
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in item.items():
            yield key.encode()
            yield from strings_of(value, inside=True)
    elif isinstance(item, pikepdf.Array):
        for value in item:  # type: ignore[attr-defined]
            yield from strings_of(value, inside=True)
    elif isinstance(item, pikepdf.String):
        yield bytes(item)
        yield str(item).encode()
    elif isinstance(item, pikepdf.Name):
        yield str(item).encode()


def find_leaks(folder: Path, words: tuple[str, ...] = WORDS, password: str = "") -> list[str]:
    """Where words stand that should not, in all files of the folder but inputs and the record."""
    leaks = [f"the name {name}" for name in files_in(folder) if find_words(name.encode(), words)]
    for name in files_in(folder):
        if name in INPUTS | FOR_THE_RECORD:
            continue
        content = (folder / name).read_bytes()
        told = words if not name.endswith(".ics") else tuple({*words} - TOLD_BY_REMINDERS)
        leaks += [f"{name}: {found}" for found in find_words(content, told)]
        if content.startswith(b"%PDF"):
            for where, part in parts_beside_the_page(folder / name, password):
                leaks += [f"{where}: {found}" for found in find_words(part, words)]
    return leaks
