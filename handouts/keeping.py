"""Writes what our own files say to handouts/kept: `python -m handouts.keeping`, whenever they were changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handouts import kept
from handouts.catalog.wordings import load_library
from handouts.formats.readers import Problems
from handouts.kept.plain import plain_text
from handouts.templates import load_edition, load_palette, load_phrases
from handouts.wording.grammar import babel_folder, read_grammar
from handouts.wording.locales import knows_locale
from handouts.workspace import Workspace, find_languages, list_templates, read_settings

FOLDER = Path(kept.__file__).parent


def read_all(workspace: Workspace) -> Iterator[tuple[kept.Kept, Any, Path]]:
    """All that is kept, read from the files of a workspace without any other over it."""
    ours = workspace.builtin
    yield kept.SETTINGS, read_settings(workspace, Problems()), ours
    for lang in find_languages(workspace):
        yield kept.library_of(lang), load_library(workspace, lang), ours
    for lang in list_templates(workspace, "phrases"):
        phrases = load_phrases(workspace, lang, knows_locale=knows_locale)
        yield kept.phrases_of(lang), phrases, ours
        for locale in sorted(set(phrases.locales.values())):
            yield kept.grammar_of(locale), read_grammar(locale), babel_folder()
    for edition in list_templates(workspace, "editions"):
        yield kept.edition_of(edition), load_edition(workspace, edition), ours
    for palette in list_templates(workspace, "palettes"):
        yield kept.palette_of(palette), load_palette(workspace, palette), ours


def kept_text(each: kept.Kept, value: Any, root: Path) -> str:
    """What stands in the file of a value that was read from files below `root`."""
    text = plain_text(value)
    return f"{kept.first_line(each, root, text)}\n{text}"


def write_kept(workspace: Workspace) -> list[Path]:
    """Write all kept values and return their paths."""
    paths = []
    for each, value, root in read_all(workspace):
        path = FOLDER / f"{each.name}.json"
        path.write_text(kept_text(each, value, root), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


if __name__ == "__main__":
    write_kept(Workspace())
