"""The fonts: which face draws which word, how wide it is, and the font programs a document embeds.

Text is written as glyph ids of the source font, so that a drawn piece is valid in every document. The common characters
of the main face come from one constant subset; its rarer ones, and the fallback face, from small subsets made for the
document. Each goes under a resource name of its own, so bytes never depend on what was drawn before.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from handouts.document import FontProgram
from handouts.pages.font_files import make_subset
from handouts.remembering import Memory

_COMMON = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0·×°½–—‘’“”…•")
"""Characters of the constant subset: what English handouts are made of."""

_NBSP, _SPACE = "\u00a0", " "

_PARTING = "\u00ad\u180e\u200b"
"""Characters besides blanks that a word may be broken at."""

_MOST_WORDS = 2_000
"""Words whose face and width are remembered: those of the whole catalogue, and of the last patients; less than 1 MB."""


class MissingGlyphError(ValueError):
    """A character that no font at hand can draw."""

    def __init__(self, character: str) -> None:
        self.character = character
        super().__init__(f"no font has the character {character!r} (U+{ord(character):04X})")


@dataclass(frozen=True)
class Face:
    """One font file: glyph ids and widths by character. `key` names its common subset, `key + "2"` its other glyphs."""

    key: str
    path: Path
    has_common: bool

    @cached_property
    def registered(self) -> str:
        """The name under which ReportLab measures this face."""
        name = f"handouts-{self.key}-{zlib.crc32(str(self.path).encode()):08x}"
        pdfmetrics.registerFont(TTFont(name, str(self.path)))
        return name

    @cached_property
    def table(self) -> TTFontFace:
        """ReportLab's reading of the font file."""
        return pdfmetrics.getFont(self.registered).face

    @cached_property
    def glyphs(self) -> Mapping[int, int]:
        """Character code to glyph id."""
        glyphs = {char: glyph for char, glyph in self.table.charToGlyph.items() if glyph}
        glyphs[ord(_NBSP)] = glyphs[ord(_SPACE)]
        return glyphs

    @cached_property
    def codes(self) -> Mapping[int, str]:
        """Character code to what stands for it in a PDF string in brackets, for `str.translate`.

        That is its glyph id in two bytes, with a backslash where PDF wants one and the per cent sign doubled, as in the
        operators of a piece. Why not in hexadecimal: half the length is deflated in half the time.
        """
        escapes = {ord(char): f"\\{char}" for char in "()\\"} | {ord("\r"): "\\r", ord("%"): "%%"}
        return {char: glyph.to_bytes(2, "big").decode("latin-1").translate(escapes) for char, glyph in self.glyphs.items()}

    def has(self, text: str) -> bool:
        """True when every character has a glyph."""
        return self._characters.issuperset(text)

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset(map(chr, self.glyphs))

    def width(self, text: str, size: float) -> float:
        """Width of the text in points."""
        return self.units(text) * size / 1000

    def units(self, text: str) -> float:
        """Width of the text in thousandths of the type size. These are whole numbers, so that sums of them are exact."""
        widths, default = self.table.charWidths, self.table.defaultWidth
        return float(sum([widths.get(ord(c), default) for c in text]))

    def split(self, text: str) -> list[tuple[str, str]]:
        """The text as runs of (resource name, characters)."""
        if not self.has_common or _COMMON.issuperset(text):
            return [(self.key, text)]
        runs: list[tuple[str, str]] = []
        for char in text:
            name = self.key if char in _COMMON else self.key + "2"
            if runs and runs[-1][0] == name:
                runs[-1] = (name, runs[-1][1] + char)
            else:
                runs.append((name, char))
        return runs


class Word(NamedTuple):
    """A word and the face that draws it."""

    face: Face
    text: str
    units: float  # width in thousandths of the type size
    blank: float  # the same of a blank after it
    whole: bool  # nothing in it parts it: no rarer blank, no soft hyphen


@dataclass(frozen=True)
class Fonts:
    """The regular and the bold weight, each with its fallback."""

    regular: tuple[Face, ...]
    bold: tuple[Face, ...]
    _words: tuple[Memory, Memory] = field(
        default_factory=lambda: (Memory(_MOST_WORDS), Memory(_MOST_WORDS)), compare=False, repr=False
    )

    def word(self, text: str, *, bold: bool) -> Word:
        """The word as it is drawn. Raises MissingGlyphError as `face_for` does."""
        return self._words[bold].remember(text, lambda: self._look_up(text, bold=bold))

    def _look_up(self, text: str, *, bold: bool) -> Word:
        face = self.face_for(text, bold=bold)
        whole = not any(char.isspace() or char in _PARTING for char in text if char != _NBSP)
        return Word(face, text, face.units(text), face.units(_SPACE), whole)

    def face_for(self, word: str, *, bold: bool) -> Face:
        """The first face that has the whole word.

        Raises:
            MissingGlyphError: no face has every character; names the first character that none has, or that keeps the
                word from being drawn in one face.

        """
        faces = self.bold if bold else self.regular
        for face in faces:
            if face.has(word):
                return face
        missing = next((c for c in word if not any(face.has(c) for face in faces)), None)
        raise MissingGlyphError(missing or next(c for c in word if not faces[-1].has(c)))

    def missing(self, text: str) -> str | None:
        """The first character of the text that cannot be drawn, or None."""
        for word in text.split(_SPACE):  # as text is set: rarer blanks need a glyph as well
            try:
                self.face_for(word, bold=False)
            except MissingGlyphError as error:
                return error.character
        return None

    def lacking(self, text: str) -> set[str]:
        """The characters of the text that no face has."""
        return {c for c in text if not any(face.has(c) for face in self.regular)}

    def embed(self, used: Mapping[str, Iterable[str]]) -> tuple[FontProgram, ...]:
        """The programs for the characters used under each resource name, in a fixed order."""
        programs = []
        for face in (*self.regular, *self.bold):
            if face.has_common and face.key in used:
                programs.append(_common_program(face))
            other = face.key + "2" if face.has_common else face.key
            if other in used:
                programs.append(_make_program(face, other, frozenset(used[other])))
        return tuple(programs)


def load_fonts(folder: Path) -> Fonts:
    """The handout's fonts from a folder of static TrueType files; a file is read when its first character is needed."""

    def faces(weight: str, key: str) -> tuple[Face, ...]:
        return (
            Face(key, folder / f"AtkinsonHyperlegible-{weight}.ttf", has_common=True),
            Face(f"{key}N", folder / f"NotoSans-{weight}.ttf", has_common=False),
        )

    return Fonts(faces("Regular", "R"), faces("Bold", "B"))


@cache
def _common_program(face: Face) -> FontProgram:
    return _make_program(face, face.key, frozenset(c for c in _COMMON if face.has(c)))


def _make_program(face: Face, name: str, characters: frozenset[str]) -> FontProgram:
    table = face.table
    by_glyph: dict[int, str] = {}
    for char in sorted(characters):
        by_glyph.setdefault(face.glyphs[ord(char)], char)
    glyphs = sorted(by_glyph)
    program = make_subset(table, [ord(by_glyph[glyph]) for glyph in glyphs])
    to_subset = bytearray(2 * (glyphs[-1] + 1))
    for new, glyph in enumerate(glyphs, start=1):  # make_subset numbers glyphs in the order of its codes, after .notdef
        to_subset[2 * glyph : 2 * glyph + 2] = new.to_bytes(2, "big")
    widths = " ".join(f"{glyph}[{table.charWidths[ord(by_glyph[glyph])]:g}]" for glyph in glyphs)
    tag = "".join(chr(65 + (zlib.crc32(f"{name}{glyphs}".encode()) >> shift) % 26) for shift in range(0, 24, 4))
    return FontProgram(
        name=name,
        base_font=f"{tag}+{table.name.decode('ascii')}",
        ascent=round(table.ascent),
        descent=round(table.descent),
        cap_height=round(table.capHeight),
        italic_angle=float(table.italicAngle),
        stem_v=round(table.stemV),
        box=tuple(round(v) for v in table.bbox),
        widths=widths,
        program=zlib.compress(program, 9),
        program_length=len(program),
        cid_to_gid=zlib.compress(bytes(to_subset), 9),
        to_unicode=zlib.compress(_to_unicode(by_glyph), 9),
    )


def _to_unicode(by_glyph: Mapping[int, str]) -> bytes:
    """A ToUnicode CMap (ISO 32000-1, 9.10.3), at most 100 lines a block."""
    rows = [f"<{glyph:04X}> <{by_glyph[glyph].encode('utf-16-be').hex().upper()}>" for glyph in sorted(by_glyph)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
