"""Plural forms and lists from what is kept are those of Babel."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.lists import format_list

from handouts import kept
from handouts.bench import open_bench
from handouts.kept import grammar_of
from handouts.wording.grammar import babel_folder, join_list, load_grammar, read_grammar
from handouts.wording.messages import Messages
from handouts.workspace import Workspace

PHRASES = open_bench(Workspace(), "en").phrases


@pytest.mark.parametrize("locale", sorted({*PHRASES.locales.values(), "de-DE", "ja-JP", "pl-PL", "ar-EG", "fr-FR"}))
def test_lists_and_plurals(locale: str) -> None:
    known, grammar = Locale.parse(locale, sep="-"), load_grammar(locale)
    assert grammar == read_grammar(locale)
    assert [str(known.plural_form(number)) for number in range(101)] == list(grammar.plurals)
    for count in range(7):
        items = [f"thing {number}" for number in range(count)]
        assert join_list(items, grammar.lists) == format_list(items, locale=known)


def test_what_is_kept_is_used_as_long_as_babel_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.recall(grammar_of("en-GB"), babel_folder()) == read_grammar("en-GB")
    monkeypatch.setattr(kept, "hash_sources", lambda *_: None)
    assert load_grammar("en-GB") == read_grammar("en-GB")


def test_numbers_that_are_not_kept() -> None:
    messages = Messages(PHRASES, None)
    assert messages._plural_form(1_000_000) == messages._plural_form(7) == "other"
    assert messages._plural_form(-1) == str(messages.locale.plural_form(-1))
