"""What kind of character one is, in words that show neither it nor the text it stands in."""

from __future__ import annotations

import unicodedata

_FIRST_EMOJI = 0x1F000
_SCRIPTS = {"Cjk": "Chinese", "Hangul": "Korean", "Hiragana": "Japanese", "Katakana": "Japanese"}
_NO_SCRIPT = frozenset({"Modifier", "Fullwidth", "Halfwidth", "Mathematical", "Double", "Script", "Planck"})


def describe_character(character: str) -> str | None:
    """The kind in a few words: "a Hebrew letter", "an arrow"; None where there is nothing to say."""
    category, name = unicodedata.category(character), unicodedata.name(character, "")
    if category.startswith("M"):
        return "a mark over or under the letter before it"
    if category.startswith("L"):
        script = name.split(" ")[0].title()
        script = _SCRIPTS.get(script, script)
        return None if not script or script in _NO_SCRIPT else f"{'an' if script[0] in 'AEIOU' else 'a'} {script} letter"
    if "ARROW" in name:
        return "an arrow"
    if category == "Co":
        return "a sign of one font only, as Word uses for bullets"
    if category == "So" or ord(character) >= _FIRST_EMOJI:
        return "an emoji or a picture sign"
    return None


def cure(character: str) -> str:
    """What to type instead of a character that cannot be printed."""
    if unicodedata.category(character).startswith("M"):
        return "type the letter without it"
    return "write it in Latin, Greek or Cyrillic letters, without emoji or special signs"
