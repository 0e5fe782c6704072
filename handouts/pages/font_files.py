"""TrueType programs as a PDF needs them: tables that a viewer reads, and no instructions.

What ISO 32000-1, 9.9 asks for is glyf, head, hhea, hmtx, loca and maxp. Names, codes and classes stand in the PDF itself.
Instructions fit outlines to the coarse dots of old screens; viewers that smooth text do without. They are a third of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from struct import unpack, unpack_from

from reportlab.pdfbase.ttfonts import TTFontFace, TTFontMaker

_COPIED = ("head", "hhea", "hmtx", "maxp")
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX, _INSTRUCTIONS = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080, 0x0100
_REPEATS = 0x08
_SIZES = tuple(
    sum(1 if flag & short else 0 if flag & same else 2 for short, same in ((0x02, 0x10), (0x04, 0x20))) for flag in range(256)
)
"""Bytes of the two coordinates of a point with this flag: short, the same as before, or long."""

_LONG_OFFSETS = 51  # in head: low byte of indexToLocFormat


def make_subset(face: TTFontFace, characters: list[int]) -> bytes:
    """A program of .notdef, the glyphs of the characters in their order, and those they are composed of."""
    tables = _read_tables(face.makeSubset(characters))
    glyphs, offsets = bytearray(), [0]
    for glyph in _split_glyphs(tables):
        glyphs += _strip_instructions(glyph)
        glyphs += bytes(-len(glyphs) % 4)
        offsets.append(len(glyphs))
    font = TTFontMaker()
    head = bytearray(tables["head"])
    head[_LONG_OFFSETS] = 1
    for tag in _COPIED:
        font.add(tag, bytes(head) if tag == "head" else tables[tag])
    font.add("glyf", bytes(glyphs))
    font.add("loca", b"".join(offset.to_bytes(4, "big") for offset in offsets))
    return bytes(font.makeStream())


def _read_tables(program: bytes) -> dict[str, bytes]:
    count = unpack_from(">H", program, 4)[0]
    rows = (unpack_from(">4s4xLL", program, 12 + 16 * index) for index in range(count))
    return {tag.decode("ascii"): program[start : start + length] for tag, start, length in rows}


def _split_glyphs(tables: dict[str, bytes]) -> Iterator[bytes]:
    loca, glyphs = tables["loca"], tables["glyf"]
    if tables["head"][_LONG_OFFSETS]:
        offsets = unpack(f">{len(loca) // 4}L", loca)
    else:
        offsets = tuple(2 * half for half in unpack(f">{len(loca) // 2}H", loca))
    return (glyphs[start:end] for start, end in pairwise(offsets))


def _strip_instructions(glyph: bytes) -> bytes:
    """A description of a glyph without its instructions."""
    if not glyph:
        return glyph
    contours = unpack_from(">h", glyph)[0]
    if contours < 0:
        return _strip_composed(bytearray(glyph))
    at = 10 + 2 * contours
    start = at + 2 + unpack_from(">H", glyph, at)[0]
    return glyph[:at] + b"\0\0" + glyph[start : _end_of_points(glyph, start, 1 + unpack_from(">H", glyph, at - 2)[0])]


def _end_of_points(glyph: bytes, at: int, points: int) -> int:
    """Where the coordinates end whose flags begin at `at`; padding may follow."""
    coordinates = 0
    while points > 0:
        flag, times = glyph[at], 1
        at += 1
        if flag & _REPEATS:
            times += glyph[at]
            at += 1
        coordinates += times * _SIZES[flag]
        points -= times
    return at + coordinates


def _strip_composed(glyph: bytearray) -> bytes:
    at, flags = 10, _MORE
    while flags & _MORE:
        flags = unpack_from(">H", glyph, at)[0]
        glyph[at] &= 0xFF ^ _INSTRUCTIONS >> 8
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return bytes(glyph[:at])
