"""The built-in fonts: readable by ReportLab, complete, and with their licence beside them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

FOLDER = Path(__file__).parents[1] / "assets" / "fonts"
ATKINSON = ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")
NOTO = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


def read_characters(name: str) -> set[str]:
    return {chr(code) for code in TTFontFile(FOLDER / name).charToGlyph if code != 0xFFFF}  # ends the font's table


@pytest.mark.parametrize("name", ATKINSON)
def test_first_font_has_its_characters(name: str) -> None:
    characters = read_characters(name)
    assert len(characters) == 342
    assert set("ńşčöéñ€×–’“”½°•…≤≥") <= characters


@pytest.mark.parametrize("name", NOTO)
def test_second_font_fills_the_gaps(name: str) -> None:
    assert set("άἀЖїґşİńễđơư€×–’½⅓°•…№‑−") <= read_characters(name)


@pytest.mark.parametrize("name", NOTO)
def test_second_font_has_no_arrows_and_no_hidden_controls(name: str) -> None:
    assert not read_characters(name) & set("←↑→↓\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


@pytest.mark.parametrize("name", NOTO)
def test_second_font_has_all_of_the_first_one(name: str) -> None:
    missing = read_characters(ATKINSON[0]) - read_characters(name)
    assert not {character for character in missing if character.isalnum()}


@pytest.mark.parametrize("name", ATKINSON + NOTO)
def test_font_is_small_and_listed_with_its_licence(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert len(content) < 200_000
    assert hashlib.sha256(content).hexdigest() in (FOLDER / "README.md").read_text(encoding="utf-8")
    licence = FOLDER / f"OFL-{name.partition('-')[0]}.txt"
    assert licence.read_text(encoding="utf-8").startswith("Copyright 20")
