"""Fingerprints of everything that decides the bytes of a handout: when one has not changed, the file need not be built again.

Rather too much goes in than too little: every file of the catalogue, of the templates and pictures that may be read, in every
layer of the workspace; of languages, editions and clinics only those of the handout. Folders are listed as whoever reads them
does: through links, and none below them, so that links in a loop cannot be followed for ever.
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

from handouts.batch.sealing import Seal
from handouts.errors import InputError, Place, Problem
from handouts.figure_files import ENDINGS, FIGURES
from handouts.formats.files import shown_path
from handouts.model import BODIES, Clinic, Request
from handouts.regular_files import read_regular
from handouts.workspace import SETTINGS_FILE, Layer, Workspace

_ENGLISH = "templates/phrases/en.yaml"  # the language the code is written for
_YAML = (".yaml",)
_MOST_BYTES = 50_000_000  # of one file; none that is read may be larger
_FOLDERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("catalog", _YAML),
    ("catalog/exercises", _YAML),
    ("catalog/routines", _YAML),
    ("templates", _YAML),
    ("templates/palettes", _YAML),
    ("assets/fonts", (".ttf",)),
    *((f"{FIGURES}/{body}".rstrip("/"), ENDINGS) for body in ("", *BODIES)),
)

_KINDS: dict[type, tuple[bytes, tuple[str, ...]]] = {}  # of nouns: what each kind is called with its parts, and their names

_Own = tuple[str, str, str]  # language, edition, clinic


class Fingerprints:
    """Makes fingerprints; files that many handouts share are read once."""

    def __init__(self, *, program: str, stamp: str | None, seal: Seal) -> None:
        self._begin = canonical((program, stamp, seal.is_keyed))
        self._seal = seal
        self._files: dict[str, str] = {}
        self._shared: dict[tuple[Path | None, _Own], str | InputError] = {}

    def of(self, request: Request, clinic: Clinic | None, workspace: Workspace) -> str:
        """The fingerprint of a settled request, 64 hexadecimal digits, equal in every folder and on every machine.

        Raises InputError when a file it is made from cannot be read.
        """
        bound = [self._file(path) for path in (request.cover, request.letterhead, clinic.logo if clinic else None)]
        named = replace(request, cover=None, letterhead=None)
        parts = (named, bound, self._workspace(workspace, (request.lang or "", request.edition or "", request.clinic or "")))
        return self._seal.hash(self._begin + canonical(parts))

    def _file(self, path: str | None) -> str | None:
        if path is None or path in ("none", "generated"):
            return path
        if path not in self._files:
            self._files[path] = _hash_file(Path(path), path)
        return self._files[path]

    def _workspace(self, workspace: Workspace, own: _Own) -> str:
        key = (workspace.root, own)
        if key not in self._shared:
            try:
                self._shared[key] = _hash_workspace(workspace, own)
            except InputError as error:  # kept: a workspace that cannot be read is not read again for every row
                self._shared[key] = error
        known = self._shared[key]
        if isinstance(known, InputError):
            raise InputError(known.problems)
        return known


def _hash_workspace(workspace: Workspace, own: _Own) -> str:
    digest = hashlib.sha256()
    for number, layer in enumerate(workspace.layers):
        for name in _list_files(layer, own, workspace.current):
            path = layer.root / name
            digest.update(canonical((number, name, _hash_file(path, shown_path(path, workspace.current)))))
    return digest.hexdigest()


def _hash_file(path: Path, shown: str) -> str:
    try:
        return hashlib.sha256(read_regular(path, _MOST_BYTES)).hexdigest()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        message = "there is no such file" if missing else "the file cannot be read"
        hint = "check the path" if missing else "check its permissions"
        raise InputError(Problem(message=message, place=Place(file=shown), hint=hint)) from error


def _list_files(layer: Layer, own: _Own, current: Path | None) -> Iterator[str]:
    """The files of a layer that may be read for a handout of this language, edition and clinic, each once."""
    lang, edition, clinic = own
    single = (
        SETTINGS_FILE,
        f"templates/editions/{edition}.yaml",
        f"assets/clinics/{clinic}/clinic.yaml",
        *dict.fromkeys((_ENGLISH, f"templates/phrases/{lang}.yaml")),
    )
    yield from (name for name in single if _is_file(layer.root / name))
    for folder, endings in (*_FOLDERS, (f"catalog/words/{lang}", _YAML)):
        for name in _list_names(layer.root / folder, current):
            if not name.startswith(".") and name.lower().endswith(endings) and _is_file(layer.root / folder / name):
                yield f"{folder}/{name}"


def _list_names(folder: Path, current: Path | None) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is needed
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        place = Place(file=shown_path(folder, current))
        raise InputError(Problem(message="the folder cannot be read", place=place, hint="check its permissions")) from error


def _is_file(path: Path) -> bool:
    """Whether it is a file to be read; one that cannot be looked up is, so that reading tells what is wrong with it."""
    try:
        return path.is_file()
    except OSError:
        return True


def canonical(value: Any) -> bytes:
    """Bytes that are equal for equal values and for no others: of nouns, texts, numbers, dates and what is made of them.

    Raises:
        TypeError: the value is of a kind that has no such bytes.

    """
    if value is None:
        return _NONE
    if type(value) is str:
        return _framed("text", value.encode("utf-8", "surrogatepass"))
    if type(value) in _KINDS:
        return _noun(value)
    if isinstance(value, (bool, int, float, dt.date, dt.time)):
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
        names = tuple(part.name for part in fields(value))
        _KINDS[type(value)] = (f"{type(value).__name__}({','.join(names)})".encode(), names)
        return _noun(value)
    raise TypeError(type(value).__name__)


def _noun(value: Any) -> bytes:
    """The kind of a noun with the names of its parts, and what they say in this order; most say nothing."""
    kind, names = _KINDS[type(value)]
    parts = [getattr(value, name) for name in names]
    return b"%s:%s;" % (kind, b"".join([_NONE if part is None else canonical(part) for part in parts]))


def _framed(kind: str, content: bytes) -> bytes:
    return b"%s:%d:%s;" % (kind.encode(), len(content), content)


_NONE = _framed("NoneType", b"None")
