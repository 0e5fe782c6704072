"""Finds fonts that don't say which characters their glyphs are, and mends what they say about that.

PDF/UA-1 (ISO 14289-1, 7.21.7) asks every font for Unicode values, even inside a picture that has its own description. A font
without any gets a map to Supplementary Private Use Area-A: characters without a meaning of their own. Such text is never offered
as a tagged cover's words.
"""

from __future__ import annotations

import re
from functools import cache

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from handouts.binding.streams import resolved

# Character collections whose Unicode values every reader knows (ISO 32000-1, 9.10.2).
_KNOWN_COLLECTIONS = frozenset({"GB1", "CNS1", "Japan1", "Korea1"})


_NO_CHARACTER = frozenset({"0000", "FEFF", "FFFE"})  # values PDF/UA-1 forbids (ISO 14289-1, 7.21.7)
_UNKNOWN = "<FFFD>"
_CODE = r"<\s*([0-9A-Fa-f]+)\s*>"
_SECTION = re.compile(r"(?:\d+\s+)?(beginbfchar|beginbfrange)(.*?)(endbfchar|endbfrange)", re.DOTALL)
_PAIR = re.compile(_CODE + r"\s*" + _CODE)
_RANGE = re.compile(_CODE + r"\s*" + _CODE + r"\s*(?:" + _CODE + r"|\[([^\]]*)\])")


def mended_map(cmap: bytes) -> bytes:
    """A ToUnicode CMap in which no code leads to U+0000, U+FEFF or U+FFFE; ReportLab writes the first for code 0."""
    return _SECTION.sub(_mended_section, cmap.decode("latin-1")).encode("latin-1")


def _mended_section(section: re.Match[str]) -> str:
    begin, rows, end = section.groups()
    row, mend = (_PAIR, _mended_pair) if begin == "beginbfchar" else (_RANGE, _mended_range)
    mended = row.sub(mend, rows)
    return f"{len(row.findall(mended))} {begin}{mended}{end}"


def _mended_pair(pair: re.Match[str]) -> str:
    return f"<{pair[1]}> {_UNKNOWN}" if pair[2].upper() in _NO_CHARACTER else pair[0]


def _mended_range(row: re.Match[str]) -> str:
    first, last, start, listed = row.groups()
    if listed is not None:
        mended = re.sub(_CODE, lambda code: _UNKNOWN if code[1].upper() in _NO_CHARACTER else code[0], listed)
        return f"<{first}> <{last}> [{mended}]"
    if start.upper() not in _NO_CHARACTER:
        return row[0]
    alone = f"<{first}> <{first}> {_UNKNOWN}"
    if int(first, 16) >= int(last, 16):
        return alone
    following = f"<{int(first, 16) + 1:0{len(first)}X}> <{last}> <{int(start, 16) + 1:04X}>"
    return f"<{first}> <{first}> [{_UNKNOWN}] {following}"


def is_wide(font: DictionaryObject) -> bool:
    """Whether the codes of the font have two bytes."""
    return str(resolved(font.get("/Subtype"))) == "/Type0"


def is_unmapped(font: DictionaryObject) -> bool:
    """Whether nothing in the font says which characters it shows."""
    if isinstance(resolved(font.get("/ToUnicode")), StreamObject):
        return False
    if not is_wide(font):
        return "/Encoding" not in font or str(resolved(font.get("/Subtype"))) == "/Type3"
    below = resolved(font.get("/DescendantFonts"))
    described: PdfObject | None = resolved(below[0]) if isinstance(below, ArrayObject) and below else None
    system = resolved(described.get("/CIDSystemInfo")) if isinstance(described, DictionaryObject) else None
    return not isinstance(system, DictionaryObject) or str(resolved(system.get("/Ordering"))) not in _KNOWN_COLLECTIONS


@cache
def private_map(*, wide: bool) -> bytes:
    """A ToUnicode CMap that leads code n to U+F0000 + n."""
    rows = [f"<{page:02X}00> <{page:02X}{'FF' if page < 0xFF else 'FD'}> {_utf16(0xF0000 + 256 * page)}" for page in range(256)]
    ranges = rows if wide else [f"<00> <FF> {_utf16(0xF0000)}"]
    blocks = [ranges[start : start + 100] for start in range(0, len(ranges), 100)]
    body = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n{'<0000> <FFFF>' if wide else '<00> <FF>'}\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _utf16(point: int) -> str:
    return f"<{chr(point).encode('utf-16-be').hex().upper()}>"
