"""Fonts, forms and a clinic's sheets as PDF objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handouts.document import FontProgram, FormProgram, ImportedSheet, ObjectPart, Ref
from handouts.pdf.syntax import number, stream, text_string
from handouts.writer.objects import Lasting, ObjectFile, make_lasting


def write_fonts(file: ObjectFile, fonts: Iterable[FontProgram]) -> str:
    """Write the fonts; returns the entries of a Font resource dictionary.

    Type 0 fonts over TrueType programs (ISO 32000-1, 9.7): codes are glyph ids of the source font, CIDToGIDMap leads to
    the glyphs of the subset.
    """
    entries = []
    for font in fonts:
        program, to_unicode, to_glyph = (file.add_lasting(body) for body in _streams_of(font))
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
        bodies = form.kept.get("bodies")
        if bodies is None:
            bodies = form.kept["bodies"] = [make_lasting(stream(*each)) for each in form.objects]
        inner = tuple(file.add_lasting(body) for body in bodies)
        last = form.kept.get("body")
        if last is None or last[0] != inner:
            named = {str(index): number for index, number in enumerate(inner)}
            dictionary = form.dictionary % named if named else form.dictionary
            last = form.kept["body"] = (inner, make_lasting(stream(f"/Type/XObject{dictionary}", form.stream)))
        numbers[name] = file.add_lasting(last[1])
    return numbers


def _streams_of(font: FontProgram) -> tuple[Lasting, Lasting, Lasting]:
    """The program of a font, its ToUnicode and its CIDToGIDMap, made once."""
    made: tuple[Lasting, Lasting, Lasting] | None = font.kept.get("streams")
    if made is None:
        made = font.kept["streams"] = (
            make_lasting(stream(f"/Length1 {font.program_length}/Filter/FlateDecode", font.program)),
            make_lasting(stream("/Filter/FlateDecode", font.to_unicode)),
            make_lasting(stream("/Filter/FlateDecode", font.cid_to_gid)),
        )
    return made


def write_sheet(file: ObjectFile, sheet: ImportedSheet) -> int:
    """Write the objects of a clinic's sheet; returns the number of its first object. The bodies are kept for that number."""
    first = file.reserve(len(sheet.objects))
    last = sheet.kept.get("bodies")
    if last is None or last[0] != first:
        last = sheet.kept["bodies"] = (first, [make_lasting(_fill(parts, first)) for parts in sheet.objects])
    for index, body in enumerate(last[1]):
        file.put_lasting(first + index, body)
    return first


def _fill(parts: Iterable[ObjectPart], first: int) -> bytes:
    return b"".join(b"%d 0 R" % (first + part.index) if isinstance(part, Ref) else part for part in parts)


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
