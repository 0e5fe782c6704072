"""What our own files say, read once and kept beside the program: it loads in a twentieth of the time that reading takes.

Each `NAME.json` here holds a value, its own hash and that of the files it was read from. It counts only as long as it is whole,
these files are there byte for byte and no workspace lies over them; else they are read as always. `python -m handouts.keeping`
writes the values anew.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from handouts.nouns import dataclass
from handouts.regular_files import NotRegularError

_LARGEST = 512_000  # bytes of one file; our own are smaller
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The name of a kept value, and the files it is read from: a folder stands for the files in it."""

    name: str
    sources: tuple[str, ...]


SETTINGS = Kept(name="settings", sources=("handouts.yaml",))


def library_of(lang: str) -> Kept:
    """The catalogue and its words in a language."""
    folders = ("catalog", "catalog/exercises", "catalog/routines", f"catalog/words/{lang}")
    return Kept(name=f"library-{lang}", sources=folders)


def phrases_of(lang: str) -> Kept:
    """The words of the page in a language."""
    return Kept(name=f"phrases-{lang}", sources=(f"templates/phrases/{lang}.yaml",))


def edition_of(edition: str) -> Kept:
    """An edition over the base of all."""
    return Kept(name=f"edition-{edition}", sources=("templates/base.yaml", f"templates/editions/{edition}.yaml"))


def palette_of(palette: str) -> Kept:
    """The colours of figures."""
    return Kept(name=f"palette-{palette}", sources=(f"templates/palettes/{palette}.yaml",))


def grammar_of(locale: str) -> Kept:
    """The plural forms and lists of a locale, "en-GB"; its files are those of Babel's folder."""
    lang, _, place = locale.partition("-")
    names = dict.fromkeys(("root", lang, f"{lang}_001", f"{lang}_{place}"))
    return Kept(name=f"grammar-{locale}", sources=tuple(f"locale-data/{name}.dat" for name in names))


def recall(kept: Kept, builtin: Path, over: Iterable[Path] = ()) -> Any:
    """The value that was kept; None where it has to be read: its files changed, or a workspace in `over` has such files too."""
    if any(os.path.lexists(root / source) for root in over for source in kept.sources):
        return None
    try:
        text = (_FOLDER / f"{kept.name}.json").read_text(encoding="utf-8")
    except (OSError, ValueError):  # Why ValueError: the name may be anything that was asked for
        return None
    first, _, rest = text.partition("\n")
    if first != first_line(kept, builtin, rest):
        return None
    from handouts.kept.plain import value_of

    return value_of(rest)


def first_line(kept: Kept, builtin: Path, rest: str) -> str | None:
    """The line above a kept value: the hash of its files, and of what is below. None where a file is missing or no plain one."""
    sources = hash_sources(kept, builtin)
    return sources and f"{sources} {hashlib.sha256(rest.encode()).hexdigest()}"


def hash_sources(kept: Kept, builtin: Path) -> str | None:
    """The hash of the files of a kept value by name and content; None where one is missing or is no plain file."""
    whole = hashlib.sha256()
    try:
        for source in kept.sources:
            for name, path in _plain_files(builtin, source):
                with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - as below
                    content = stream.read(_LARGEST)
                whole.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogatepass"))
                whole.update(content)
    except OSError:
        return None
    return whole.hexdigest()


def _plain_files(builtin: Path, source: str) -> list[tuple[str, str]]:
    """The name and the path of a file, or of each file in a folder; hidden ones are passed over, as reading does.

    Why no Path: this is done for eighty files at every start. Raises OSError where something is no plain file.
    """
    path = os.path.join(builtin, source)  # noqa: PTH118
    if not os.path.isdir(path):  # noqa: PTH112
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise NotRegularError
        return [(source, path)]
    found = []
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.is_dir(follow_symlinks=False):
                continue
            if not entry.is_file(follow_symlinks=False):
                raise NotRegularError
            found.append((f"{source}/{entry.name}", entry.path))
    return sorted(found)
