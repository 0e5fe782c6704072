"""Plural forms and lists as a locale has them, from what is kept of Babel's data or from Babel itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from handouts.kept import grammar_of, recall
from handouts.texts import Grammar

_COUNTED = 101
"""Numbers whose plural forms are kept, from 0: more than a handout counts to."""


def babel_folder() -> Path:
    """The folder of Babel, which is not loaded for this."""
    spec = find_spec("babel")
    return Path(spec.origin).parent if spec is not None and spec.origin else Path()


def load_grammar(locale: str) -> Grammar:
    """The grammar of a locale: "en-GB". Why not always from Babel: its data take longer to load than all words to be found."""
    found: Grammar | None = recall(grammar_of(locale), babel_folder())
    return read_grammar(locale) if found is None else found


def read_grammar(locale: str) -> Grammar:
    """The grammar of a locale as Babel knows it."""
    from babel import Locale

    known = Locale.parse(locale, sep="-")
    return Grammar(
        plurals=tuple(str(known.plural_form(number)) for number in range(_COUNTED)),
        lists=dict(known.list_patterns["standard"]),
    )


def join_list(items: Sequence[str], patterns: Mapping[str, str]) -> str:
    """The items joined by the patterns of Unicode (TR 35, list patterns): of two, at the start, in the middle, at the end."""
    if len(items) < 2:
        return "".join(items)
    if len(items) == 2 and "2" in patterns:
        return patterns["2"].format(*items)
    joined = patterns["start"].format(items[0], items[1])
    for item in items[2:-1]:
        joined = patterns["middle"].format(joined, item)
    return patterns["end"].format(joined, items[-1])
