"""Reads what pages are made from: editions (differences from one base), palettes and phrases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handouts.errors import InputError, Problem, did_you_mean
from handouts.formats.nodes import Mapping, Node, Scalar, overlay
from handouts.formats.phrases import check_phrases
from handouts.formats.readers import Problems, quoted
from handouts.looks import Edition, Palette
from handouts.texts import Phrases
from handouts.workspace import Workspace, gather_tree, list_templates, read_kind

_LARGEST_SHEET = 432 * 72 / 25.4  # tabloid, in points
ENGLISH = "en"  # the language the code is written for: its keys and slots count


def load_edition(workspace: Workspace, edition_id: str) -> Edition:
    """The edition: `templates/base.yaml` under `templates/editions/<id>.yaml`, each field by field over the built-in one.

    Raises:
        InputError: there is no such edition, a file is wrong, or its frames and papers cannot be printed.

    """
    problems = Problems()
    base = gather_tree(workspace, "templates/base.yaml", problems)
    own = _named_tree(workspace, "editions", edition_id, "edition", problems)
    tree = overlay(base, own) if base is not None and own is not None else None
    edition: Edition = _read("edition", tree, problems)
    _check_frames(edition, own, tree)
    return edition


def _check_frames(edition: Edition, own: Node | None, tree: Node | None) -> None:
    """Raise InputError where words set for one frame would not fit another, or a folded page makes no sheet of paper."""
    found = {key: value for each in (tree, own) if isinstance(each, Mapping) for key, value in each.values.items()}
    widths = {round(frame.start + frame.end, 1) for frame in (*edition.frames.first, *edition.frames.following)}
    if len(widths) > 1:
        hint = "give each the same start and end together"
        raise InputError(Problem(message="frames: all must be as wide as each other", hint=hint, place=found["frames"].place))
    for paper in edition.papers.values() if edition.folded else ():
        if max(paper.width * 4, paper.height * 2) > _LARGEST_SHEET:
            message = "papers: a page of a folded edition is an eighth of a sheet, and this makes a sheet larger than A3"
            hint = "write it like {width: 74.25 mm, height: 105 mm}, for A4"
            raise InputError(Problem(message=message, hint=hint, place=found["folded"].place))


def load_palette(workspace: Workspace, palette_id: str) -> Palette:
    """The palette `templates/palettes/<id>.yaml`. Raises InputError when there is none or it is wrong."""
    problems = Problems()
    palette: Palette = _read("palette", _named_tree(workspace, "palettes", palette_id, "palette", problems), problems)
    return palette


def load_phrases(workspace: Workspace, lang: str, *, knows_locale: Callable[[str], bool]) -> Phrases:
    """The phrases `templates/phrases/<lang>.yaml`, with the keys and slots of the built-in English.

    Raises:
        InputError: there are none, they are wrong, or they name a locale that `knows_locale` does not.

    """
    problems = Problems()
    tree = _named_tree(workspace, "phrases", lang, "language", problems)
    english = Workspace(builtin=workspace.builtin, current=workspace.current)
    if tree is not None and (lang != ENGLISH or len(workspace.layers) > 1):
        reference = gather_tree(english, f"templates/phrases/{ENGLISH}.yaml", problems)
        if reference is not None:
            check_phrases(tree, reference, problems)
    _check_locales(tree, knows_locale, problems)
    phrases: Phrases = _read("phrases", tree, problems)
    return phrases


def _check_locales(tree: Node | None, knows_locale: Callable[[str], bool], problems: Problems) -> None:
    locales = tree.values.get("locales") if isinstance(tree, Mapping) else None
    for _, locale in locales if isinstance(locales, Mapping) else ():
        if isinstance(locale, Scalar) and not knows_locale(locale.text):
            problems.add(locale.place, f"locales: there is no locale {quoted(locale.text)}", "write it like en-GB")


def _named_tree(workspace: Workspace, folder: str, name: str, what: str, problems: Problems) -> Node | None:
    known = list_templates(workspace, folder)
    if name not in known:
        problems.found.append(Problem(message=f'there is no {what} "{name}"', hint=did_you_mean(name, known)))
        return None
    return gather_tree(workspace, f"templates/{folder}/{name}.yaml", problems)


def _read(kind: str, tree: Node | None, problems: Problems) -> Any:
    values = read_kind(kind, tree, problems) if tree is not None else None
    if problems.found or values is None:
        raise InputError(problems.found)
    return values
