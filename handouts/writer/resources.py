"""Fonts, forms and a clinic's sheets as PDF objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handouts.document import FontProgram, FormProgram, ImportedSheet, Ref
from handouts.pdf.syntax import number, text_string
from handouts.writer.objects import ObjectFile


def write_fonts(file: ObjectFile, fonts: Iterable[FontProgram]) -> str:
    """Write the fonts; returns the entries of a Font resource dictionary.

    Type 0 fonts over TrueType programs (ISO 32000-1, 9.7): codes are glyph ids of the source font, CIDToGIDMap leads to
    the glyphs of the subset.
    """
    entries = []
    for font in fonts:
        program = file.add_stream(f"/Length1 {font.program_length}/Filter/FlateDecode", font.program)
        to_unicode = file.add_stream("/Filter/FlateDecode", font.to_unicode)
        to_glyph = file.add_stream("/Filter/FlateDecode", font.cid_to_gid)
        box = " ".join(str(v) for v in font.box)
        descriptor = file.add(
            f"<</Type/FontDescriptor/FontName/{font.base_font}/Flags 4/FontBBox[{box}]/ItalicAngle {number(font.italic_angle)}"
            f"/Ascent {font.ascent}/Descent {font.descent}/CapHeight {font.cap_height}/StemV {font.stem_v}"
            f"/FontFile2 {program} 0 R>>"
        )
        descendant = file.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{font.base_font}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor} 0 R/CIDToGIDMap {to_glyph} 0 R/DW 0/W[{font.widths}]>>"
        )
        own = file.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{font.base_font}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {to_unicode} 0 R>>"
        )
        entries.append(f"/{font.name} {own} 0 R")
    return "".join(entries)


def write_forms(file: ObjectFile, forms: Mapping[str, FormProgram]) -> dict[str, int]:
    """Write the forms; returns their object numbers by name."""
    numbers = {}
    for name, form in forms.items():
        inner = {str(index): file.add_stream(dictionary, stream) for index, (dictionary, stream) in enumerate(form.objects)}
        dictionary = form.dictionary % inner if inner else form.dictionary
        numbers[name] = file.add_stream(f"/Type/XObject{dictionary}", form.stream)
    return numbers


def write_sheet(file: ObjectFile, sheet: ImportedSheet) -> int:
    """Write the objects of a clinic's sheet; returns the number of its first object."""
    first = file.reserve(len(sheet.objects))
    for index, parts in enumerate(sheet.objects):
        body = b"".join(b"%d 0 R" % (first + part.index) if isinstance(part, Ref) else part for part in parts)
        file.put_raw(first + index, body)
    return first


def write_link(file: ObjectFile, own: int, corners: str, uri: str, contents: str, key: int) -> None:
    """Write a link annotation under its structure key."""
    target = "".join(char if 0x21 <= ord(char) < 0x7F and char not in "()\\<>" else _escape(char) for char in uri)
    file.put(
        own,
        f"<</Type/Annot/Subtype/Link/Rect[{corners}]/Border[0 0 0]/F 4/Contents {text_string(contents)}"
        f"/StructParent {key}/A<</S/URI/URI({target})>>>>",
    )


def _escape(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))
