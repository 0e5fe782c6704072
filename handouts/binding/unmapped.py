"""Finds fonts that don't say which characters their glyphs are, and mends what they say about that.

PDF/UA-1 (ISO 14289-1, 7.21.7) asks every font for Unicode values, even inside a picture that has its own description. A font
without any gets a map to Supplementary Private Use Area-A: characters without a meaning of their own. Such text is never offered
as a tagged cover's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from handouts.binding.streams import resolved

# Character collections whose Unicode values every reader knows (ISO 32000-1, 9.10.2).
_KNOWN_COLLECTIONS = frozenset({"GB1", "CNS1", "Japan1", "Korea1"})


_NO_CHARACTER = frozenset({b"0000", b"FEFF", b"FFFE"})  # values PDF/UA-1 forbids (ISO 14289-1, 7.21.7)
_UNKNOWN = b"FFFD"
_LONGEST_CODE, _LONGEST_TEXT = 8, 1024  # hexadecimal digits (Adobe Technical Note 5411)
_ROWS_AT_ONCE = 100

_BLANKS = b"\0\t\n\f\r "
_TOKEN = re.compile(
    rb"%[^\r\n]*+|<[" + _BLANKS + rb"]*+[0-9A-Fa-f][0-9A-Fa-f" + _BLANKS + rb"]*+>|[\[\]]|/?[^\0\t\n\f\r ()<>\[\]{}/%]++"
)
_PARTS = {b"begincodespacerange": 2, b"beginbfchar": 2, b"beginbfrange": 3}  # of a row
_OTHER_MAP = re.compile(rb"/(?:Identity-[HV]|Adobe-(?:GB1|CNS1|Japan1|Korea1)-UCS2)[" + _BLANKS + rb"]{1,9}usecmap")
_HEAD = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
)
_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"

_Row = list[bytes | list[bytes]]


def mended_map(cmap: bytes) -> bytes:
    """A ToUnicode CMap written anew: only what leads codes to characters, none to U+0000, U+FEFF or U+FFFE.

    ReportLab writes the first for code 0. Comments, names and what else a program wrote into it stay behind.
    """
    other = _OTHER_MAP.search(cmap)
    body = b"".join(_written(begin, rows) for begin, rows in _sections(cmap) if rows)
    return _HEAD + (other[0] + b"\n" if other else b"") + body + _TAIL


def _sections(cmap: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """The sections of the map in order: the word each begins with, and its rows, mended. Goes over the bytes once."""
    begin, rows, row = b"", list[bytes](), _Row()
    listed: list[bytes] | None = None
    for token in _TOKEN.finditer(cmap):
        word = token[0]
        if word in _PARTS or word.startswith(b"end"):
            yield begin, rows
            begin, rows, row, listed = word if word in _PARTS else b"", [], [], None
        elif not begin or word.startswith(b"%"):
            continue
        elif word == b"[":
            listed = []
        elif word == b"]" and listed is not None:
            row.append(listed)
            listed = None
        elif not word.startswith(b"<"):
            row, listed = [], None  # no row of codes
        else:
            (row if listed is None else listed).append(word[1:-1].translate(None, _BLANKS))
        if begin and len(row) == _PARTS[begin]:
            rows += _mended_row(begin, row)
            row = []
    yield begin, rows


def _written(begin: bytes, rows: list[bytes]) -> bytes:
    blocks = [rows[start : start + _ROWS_AT_ONCE] for start in range(0, len(rows), _ROWS_AT_ONCE)]
    end = begin.replace(b"begin", b"end")
    return b"".join(b"%d %b\n%b\n%b\n" % (len(block), begin, b"\n".join(block), end) for block in blocks)


def _mended_row(begin: bytes, row: _Row) -> list[bytes]:
    """The row as it may travel, as one row or two; none where it is no row of such a section."""
    wanted = 1 if begin == b"beginbfchar" else 2
    codes = [code for code in row[:wanted] if isinstance(code, bytes) and len(code) <= _LONGEST_CODE]
    if len(codes) < wanted:
        return []
    first, last, text = codes[0], codes[-1], row[-1]
    if begin == b"begincodespacerange":
        return [b"<%b> <%b>" % (first, last)]
    if begin == b"beginbfchar":
        return [b"<%b> <%b>" % (first, _character(text))] if isinstance(text, bytes) and len(text) <= _LONGEST_TEXT else []
    count = int(last, 16) - int(first, 16) + 1
    if isinstance(text, list):
        known = [_character(each) if len(each) <= _LONGEST_TEXT else _UNKNOWN for each in text[: max(count, 0)]]
        return [b"<%b> <%b> [%b]" % (first, last, b" ".join(b"<%b>" % each for each in known))] if known else []
    if len(text) > _LONGEST_TEXT:
        return []
    if _character(text) == text:
        return [b"<%b> <%b> <%b>" % (first, last, text)]
    alone = b"<%b> <%b> [<%b>]" % (first, first, _UNKNOWN)
    if count <= 1:
        return [alone]
    return [alone, b"<%0*X> <%b> <%04X>" % (len(first), int(first, 16) + 1, last, int(text, 16) + 1)]


def _character(text: bytes) -> bytes:
    return _UNKNOWN if text.upper() in _NO_CHARACTER else text


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
    rows = [
        b"<%02X00> <%02X%b> %b" % (page, page, b"FF" if page < 0xFF else b"FD", _utf16(0xF0000 + 256 * page))
        for page in range(256)
    ]
    codes, ranges = (b"<0000> <FFFF>", rows) if wide else (b"<00> <FF>", [b"<00> <FF> " + _utf16(0xF0000)])
    return _HEAD + _written(b"begincodespacerange", [codes]) + _written(b"beginbfrange", ranges) + _TAIL


def _utf16(point: int) -> bytes:
    return b"<" + chr(point).encode("utf-16-be").hex().upper().encode("ascii") + b">"


def has_own_letters(font: DictionaryObject) -> bool:
    """Whether the letters of a font come from the file, not from the viewer."""
    if font.get("/Subtype") == "/Type3":
        return True
    below = resolved(font.get("/DescendantFonts"))
    described = resolved(below[0]) if isinstance(below, ArrayObject) and below else font
    descriptor = resolved(described.get("/FontDescriptor")) if isinstance(described, DictionaryObject) else None
    if not isinstance(descriptor, DictionaryObject):
        return False
    return any(isinstance(resolved(descriptor.get(key)), StreamObject) for key in ("/FontFile", "/FontFile2", "/FontFile3"))
