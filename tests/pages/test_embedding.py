"""Embedded fonts: exactly the glyphs used, the right ones, in any order of use."""

from __future__ import annotations

import io
import random
import re
import zlib

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from making import bench

from handouts.document import FontProgram
from handouts.pages.fonts import MissingGlyphError

FONTS = bench().desk("standard", "a4", None).fonts
RARE = "äöüßéçñŁżółćęąśźŠšŽžÖıș"
NOTO = "ΩπΣλЖщыАяậễữ"


def opened(program: FontProgram) -> TTFont:
    return TTFont(io.BytesIO(zlib.decompress(program.program)))


def unicode_by_code(program: FontProgram) -> dict[int, str]:
    rows = re.findall(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", zlib.decompress(program.to_unicode), re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in rows}


@settings(max_examples=30, deadline=None)
@given(rare=st.sets(st.sampled_from(RARE), min_size=1), noto=st.sets(st.sampled_from(NOTO), min_size=1))
def test_a_subset_has_exactly_the_glyphs_used(rare: set[str], noto: set[str]) -> None:
    for program in FONTS.embed({"R2": rare, "RN": noto}):
        used = rare if program.name == "R2" else noto
        mapped = unicode_by_code(program)
        assert set(mapped.values()) == used
        font = opened(program)
        assert font["maxp"].numGlyphs == len(font["glyf"].glyphOrder)
        to_glyph = zlib.decompress(program.cid_to_gid)
        own = {code: int.from_bytes(to_glyph[2 * code : 2 * code + 2], "big") for code in mapped}
        assert sorted(own.values()) == list(range(1, len(used) + 1)), "each its own glyph, after .notdef"
        nonzero = [n for n in range(0, len(to_glyph), 2) if to_glyph[n : n + 2] != b"\0\0"]
        assert len(nonzero) == len(used), "no other code leads to a glyph"


@settings(max_examples=20, deadline=None)
@given(text=st.lists(st.sampled_from(RARE), min_size=1, max_size=20), seed=st.integers(0, 9))
def test_order_of_use_does_not_matter(text: list[str], seed: int) -> None:
    shuffled = text * 2
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - shuffling, not secrecy
    assert FONTS.embed({"R2": text, "B2": "ż"}) == FONTS.embed({"B2": "ż", "R2": shuffled})


@pytest.mark.parametrize(
    ("name", "text"), [("R2", RARE), ("B2", RARE), ("RN", NOTO), ("BN", NOTO), ("R", "Hold 30 s"), ("B", "x")]
)
def test_outlines_and_widths_are_those_of_the_source(name: str, text: str) -> None:
    program = next(found for found in FONTS.embed({name: text}) if found.name == name)
    face = next(face for face in (*FONTS.regular, *FONTS.bold) if face.key == name.removesuffix("2"))
    source, subset = TTFont(face.path), opened(program)
    by_char = source.getBestCmap()
    to_glyph = zlib.decompress(program.cid_to_gid)
    widths = {int(code): float(width) for code, width in re.findall(r"(\d+)\[([\d.]+)\]", program.widths)}
    scale = 1000 / source["head"].unitsPerEm
    for char in text:
        code = face.glyphs[ord(char)]
        assert source.getGlyphName(code) == by_char[ord(char)]
        new = int.from_bytes(to_glyph[2 * code : 2 * code + 2], "big")
        assert widths[code] == pytest.approx(source["hmtx"][by_char[ord(char)]][0] * scale, abs=1)
        old_glyph, new_glyph = source["glyf"][by_char[ord(char)]], subset["glyf"][subset.getGlyphName(new)]
        assert new_glyph.numberOfContours == old_glyph.numberOfContours, char
        drawn, wanted = new_glyph.getCoordinates(subset["glyf"]), old_glyph.getCoordinates(source["glyf"])
        assert [list(part) for part in drawn] == [list(part) for part in wanted], char


@pytest.mark.parametrize(("name", "text"), [("R", "a"), ("R2", RARE), ("RN", NOTO)])
def test_a_program_holds_only_what_a_viewer_reads(name: str, text: str, caplog: pytest.LogCaptureFixture) -> None:
    font = opened(next(found for found in FONTS.embed({name: text}) if found.name == name))
    assert sorted(font.reader.keys()) == ["glyf", "head", "hhea", "hmtx", "loca", "maxp"]
    for glyph in font["glyf"].glyphs.values():
        glyph.expand(font["glyf"])
        assert not getattr(glyph, "program", None) or not glyph.program.getBytecode()
    assert not caplog.records, "no byte is left over"


def test_common_subset_is_the_same_for_everyone() -> None:
    assert FONTS.embed({"R": "a"}) == FONTS.embed({"R": "Something quite else"})
    assert FONTS.embed({}) == ()


def test_subset_tags_tell_subsets_apart() -> None:
    names = {FONTS.embed({"R2": text})[0].base_font for text in ("ż", "ó", "żó", "ł")}
    assert len(names) == 4
    assert all(re.fullmatch(r"[A-Z]{6}\+[A-Za-z]+-?[A-Za-z]*", name) for name in names), names


def test_a_word_comes_from_one_face() -> None:
    assert FONTS.face_for("Żółć", bold=False).key == "R"
    assert FONTS.face_for("Жmega", bold=False).key == "RN"
    assert FONTS.face_for("Жmega", bold=True).key == "BN"
    with pytest.raises(MissingGlyphError):
        FONTS.face_for("a漢", bold=False)


def test_runs_go_to_the_subset_that_has_them() -> None:
    face = FONTS.face_for("Żółty kot", bold=False)
    assert face.split("Żółty kot") == [("R2", "Żół"), ("R", "ty kot")]
