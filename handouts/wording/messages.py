"""Phrases in use: plural forms, sided body parts, dates and lists as a language writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from handouts.model import DAYS, Side
from handouts.remembering import Memory
from handouts.texts import Grammar, Phrases
from handouts.wording.grammar import join_list, load_grammar

if TYPE_CHECKING:
    from babel import Locale

_TOKEN = re.compile(r"\{(?:([a-z_]+)\.)?(near|far)\}")
_NBSP = "\u00a0"

_MOST_WORDED = 500
"""Doses and cards in words, of some 2 kB each: those of a catalogue, in the doses that are usual."""


class Messages:
    """The phrases of one language for one country.

    `kept` remembers what was worded with them, under all that it depends on beside the catalogue and its words: these are one
    for all uses of it.
    """

    def __init__(self, phrases: Phrases, country: str | None) -> None:
        self.phrases = phrases
        self.kept = Memory(_MOST_WORDED)
        self._country = country

    @cached_property
    def locale(self) -> Locale:
        """Babel's locale for dates."""
        from babel import Locale

        return Locale.parse(self._locale_name, sep="-")

    @cached_property
    def _grammar(self) -> Grammar:
        return load_grammar(self._locale_name)

    @property
    def _locale_name(self) -> str:
        locales = self.phrases.locales
        return locales.get(self._country or "default", locales["default"])

    def _plural_form(self, n: int) -> str:
        known = self._grammar.plurals
        return known[n] if 0 <= n < len(known) else str(self.locale.plural_form(n))

    def say(self, key: str, n: int | None = None, **values: object) -> str:
        """The phrase with its values filled in; `n` also chooses the plural form."""
        phrase = self.phrases.messages[key]
        if not isinstance(phrase, str):
            form = self._plural_form(n if n is not None else 0)
            phrase = phrase.get(form, phrase["other"])
        return phrase.replace("~", _NBSP).format(n=n, **values)

    def side(self, side: Side) -> str:
        """The word for left or right."""
        return self.phrases.sides[side.value]

    def date(self, day: dt.date) -> str:
        """The date in full, its parts kept on one line: "22 November 2026"."""
        from babel.dates import format_date

        return str(format_date(day, "long", locale=self.locale)).replace(" ", _NBSP)

    def full_day(self, day: dt.date) -> str:
        """The day as it is read aloud: "Monday 30 November"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("MMMMEEEEd", day, locale=self.locale))

    def day_and_month(self, day: dt.date) -> str:
        """The day without its year, its parts kept on one line: "30 November"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("MMMMd", day, locale=self.locale)).replace(" ", _NBSP)

    def short_date(self, day: dt.date) -> str:
        """The day as short as it is written: "30 Nov"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("MMMd", day, locale=self.locale)).replace(" ", _NBSP)

    def day_letter(self, weekday: str) -> str:
        """The day of the week in a letter: "M"."""
        from babel.dates import get_day_names

        return str(get_day_names("narrow", "stand-alone", self.locale)[DAYS.index(weekday)])

    @property
    def first_weekday(self) -> str:
        """The day that a week begins with, of DAYS: Monday in Great Britain, Sunday in the United States."""
        return DAYS[self.locale.first_week_day]

    def list(self, items: Sequence[str]) -> str:
        """The items joined as the language joins them: "a mat, a chair and a cushion"."""
        return join_list(items, self._grammar.lists)

    def sided(self, sentence: str, side: Side | None) -> str:
        """The sentence with its side tokens resolved for the side that works: `{knee.near}` → "left knee".

        Without a side, as a language says it for either: "knee" and "other knee".
        """
        near = Side.RIGHT if side is Side.RIGHT else Side.LEFT
        far = Side.LEFT if near is Side.RIGHT else Side.RIGHT

        def resolve(match: re.Match[str]) -> str:
            part, which = match.groups()
            chosen = near if which == "near" else far
            words = self.phrases.parts[part] if part else self.phrases.sides
            return words.get(which if side is None else chosen.value, words[chosen.value])

        return _TOKEN.sub(resolve, sentence)


def sentence_case(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def end_sentence(text: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    return text if text.endswith((".", "!", "?", ":")) else text + "."
