"""Which locales dates, lists and plural forms can be written in."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError


def knows_locale(name: str) -> bool:
    """Tell whether there is a locale of this name: "en-GB"."""
    try:
        Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True
