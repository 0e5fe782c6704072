"""Fingerprints of everything that decides the bytes of a handout: when one has not changed, the file need not be built again.

Rather too much goes in than too little: every file of the catalogue, of the templates and pictures, in every layer of the
workspace; of languages, editions and clinics only those of the handout.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from handouts.errors import InputError, Place, Problem
from handouts.model import Clinic, Request
from handouts.workspace import SETTINGS_FILE, Layer, Workspace

_SHARED = ("catalog", "templates", "assets/fonts", "assets/figures", "assets/clinics")
_OF_ONE = ("catalog/words", "templates/phrases", "templates/editions", "assets/clinics")


class Fingerprints:
    """Makes fingerprints; files that many handouts share are read once."""

    def __init__(self, *, program: str, stamp: str | None, protected: bool) -> None:
        self._begin = canonical((program, stamp, protected))
        self._files: dict[str, str] = {}
        self._shared: dict[tuple[Path | None, tuple[str, ...]], str] = {}

    def of(self, request: Request, clinic: Clinic | None, workspace: Workspace) -> str:
        """The fingerprint of a settled request, 64 hexadecimal digits, equal in every folder and on every machine.

        Raises InputError when a file it is made from cannot be read.
        """
        bound = [self._file(path) for path in (request.cover, request.letterhead, clinic.logo if clinic else None)]
        named = replace(request, cover=None, letterhead=None)
        parts = (named, bound, self._workspace(workspace, (request.lang or "", request.edition or "", request.clinic or "")))
        return hashlib.sha256(self._begin + canonical(parts)).hexdigest()

    def _file(self, path: str | None) -> str | None:
        if path is None or path in ("none", "generated"):
            return path
        if path not in self._files:
            try:
                self._files[path] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
            except OSError as error:
                missing = isinstance(error, FileNotFoundError)
                message = "there is no such file" if missing else "it cannot be read"
                raise InputError(Problem(message=message, place=Place(file=path), hint="check the path")) from error
        return self._files[path]

    def _workspace(self, workspace: Workspace, own: tuple[str, ...]) -> str:
        key = (workspace.root, own)
        if key not in self._shared:
            digest = hashlib.sha256()
            for number, layer in enumerate(workspace.layers):
                for name in _list_files(layer, own):
                    content = (layer.root / name).read_bytes()
                    digest.update(canonical((number, name, hashlib.sha256(content).hexdigest())))
            self._shared[key] = digest.hexdigest()
        return self._shared[key]


def _list_files(layer: Layer, own: tuple[str, ...]) -> Iterator[str]:
    """The files of a layer that may decide a handout of this language, edition and clinic, in order."""
    if (layer.root / SETTINGS_FILE).is_file():
        yield SETTINGS_FILE
    for top in _SHARED:
        for folder, folders, files in os.walk(layer.root / top):
            folders.sort()
            for file in sorted(files):
                name = (Path(folder) / file).relative_to(layer.root).as_posix()
                if not file.startswith(".") and (layer.root / name).is_file() and _concerns(name, own):
                    yield name


def _concerns(name: str, own: tuple[str, ...]) -> bool:
    for folder in _OF_ONE:
        if name.startswith(f"{folder}/"):
            return name.removeprefix(f"{folder}/").partition("/")[0].removesuffix(".yaml") in (*own, "en")
    return True


def canonical(value: Any) -> bytes:
    """Bytes that are equal for equal values and for no others: of nouns, texts, numbers, dates and what is made of them.

    Raises:
        TypeError: the value is of a kind that has no such bytes.

    """
    if value is None or isinstance(value, (bool, int, float, dt.date, dt.time)):
        return _framed(type(value).__name__, repr(value).encode())
    if isinstance(value, Enum):
        return _framed(type(value).__name__, canonical(value.value))
    if isinstance(value, str):
        return _framed("text", value.encode("utf-8", "surrogatepass"))
    if isinstance(value, bytes):
        return _framed("bytes", value)
    if isinstance(value, (tuple, list)):
        return _framed("list", b"".join(map(canonical, value)))
    if isinstance(value, Mapping):
        return _framed("mapping", b"".join(sorted(canonical((key, item)) for key, item in value.items())))
    if is_dataclass(value):
        pairs = [(part.name, getattr(value, part.name)) for part in fields(value)]
        return _framed(type(value).__name__, canonical(pairs))
    raise TypeError(type(value).__name__)


def _framed(kind: str, content: bytes) -> bytes:
    return b"%s:%d:%s;" % (kind.encode(), len(content), content)
