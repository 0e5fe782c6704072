"""Splits a content stream into its instructions without changing a byte of them (ISO 32000-1, 7.8.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from pypdf.generic import DictionaryObject, NameObject, NumberObject, PdfObject, read_object

from handouts.binding.faults import damaged, too_heavy
from handouts.binding.inline import read_inline_head
from handouts.binding.lexical import REGULAR, SPACE, STRING, decoded_name

_OPERANDS = re.compile(
    rb"(?:[" + SPACE + rb"]++|[-+.0-9]" + REGULAR + rb"*+|/" + REGULAR + rb"*+|" + STRING
    + rb"|<<|>>|<[0-9A-Fa-f" + SPACE + rb"]*+>|[\[\]]|%[^\r\n]*+|(?:true|false|null)(?!" + REGULAR + rb"))*+"
)  # fmt: skip
_OPERATOR = re.compile(REGULAR + rb"++")
_IMAGE_END = re.compile(rb"[" + SPACE + rb"]EI(?=[" + SPACE + rb"]|$)")
_BINARY = re.compile(rb"[^\t\n\f\r -~]")
_NAME = re.compile(rb"/" + REGULAR + rb"*+")
_FILLED_STRING = re.compile(rb"\((?!\))|<[" + SPACE + rb"]*+[0-9A-Fa-f]")

_PLAIN_MARK = re.compile(rb"\s*(/[\w-]+)\s*<<\s*/MCID\s+(\d{1,9})\s*>>\s*", re.ASCII)
_STRING_SIGNS = re.compile(rb"\\[\s\S]|[()]")
_MOST_SIGNS = 1_000_000  # brackets and escapes of one string
_LETTERS = 2  # of a property list that take as long to read as one instruction
_TOKEN = 6  # instructions that take as long as one part of a property list

KNOWN_OPERATORS = frozenset(
    b"b B b* B* BT ET c cm CS cs d d0 d1 Do f F f* G g gs h i j J K k l m M n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td "
    b"TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" BI BMC BDC EMC".split()
)


class Instruction(NamedTuple):
    """One operator with its operands: `data[start:middle]` are the operands, `data[middle:end]` the operator."""

    operator: bytes
    start: int
    middle: int
    end: int


def instructions(data: bytes, limit: int) -> Iterator[Instruction]:
    """The instructions of a content stream in order; an inline image is one instruction `BI`.

    Raises SheetError when there are more than `limit`.
    """
    position, count, size = 0, 0, len(data)
    operands, operator = _OPERANDS.match, _OPERATOR.match
    start = 0
    while position < size:
        gap = operands(data, position)
        middle = gap.end() if gap else position
        found = operator(data, middle)
        if found is None:
            if middle >= size:
                return
            if data[middle] == 0x28:  # a string nested deeper than the pattern sees, or one that never ends
                position = string_end(data, middle)
            else:
                position = start = middle + 1  # a stray bracket: nothing before it can be meant
            count += 1
            if count > limit:
                raise damaged()
            continue
        end, name = found.end(), found.group()
        if name == b"BI":
            start, end = middle, _image_end(data, end)
        count += 1
        if count > limit:
            raise too_heavy(f"draws more than {limit} strokes and letters")
        yield Instruction(name, start, middle, end)
        position = start = end


def string_end(data: bytes, start: int) -> int:
    """Where the string that begins at `start` ends, however deep its brackets are."""
    depth, position = 0, start
    for count, found in enumerate(_STRING_SIGNS.finditer(data, start)):
        if count > _MOST_SIGNS:
            raise damaged()
        sign = found.group()
        if sign == b"(":
            depth += 1
        elif sign == b")":
            depth -= 1
            if not depth:
                return found.end()
        position = found.end()
    return max(position, len(data))


def _image_end(data: bytes, position: int) -> int:
    head = read_inline_head(data, position)
    begin = head.end + len("ID") + head.length
    for found in _IMAGE_END.finditer(data, begin):
        if not _BINARY.search(data, found.end(), found.end() + 40):
            return found.end()
    return len(data)


def last_name(operands: bytes) -> bytes | None:
    """The last name among operands, as written with its slash."""
    found = _NAME.match(operands, max(operands.rfind(b"/"), 0))
    return found.group() if found else None


def shows_anything(operands: bytes) -> bool:
    """Whether the operands of a text-showing operator hold at least one character."""
    return _FILLED_STRING.search(operands) is not None


def mark_effort(operands: bytes) -> int:
    """How many instructions take as long to read as the operands of this marked-content operator."""
    if b"<<" not in operands or _PLAIN_MARK.fullmatch(operands):
        return 0
    return _TOKEN * sum(map(operands.count, (b"/", b" ", b"<", b"(", b"["))) + len(operands) // _LETTERS


def marked_operands(operands: bytes) -> tuple[str, PdfObject | None]:
    """Tag and property list (a dictionary, a name, or None) of a marked-content operator."""
    if plain := _PLAIN_MARK.fullmatch(operands):
        return decoded_name(plain[1]), DictionaryObject({NameObject("/MCID"): NumberObject(int(plain[2]))})
    found = _NAME.search(operands)
    if found is None:
        return "/Span", None
    rest = operands[found.end() :].strip()
    if named := _NAME.match(rest):
        return decoded_name(found.group()), NameObject(decoded_name(named.group()))
    properties = read_object(BytesIO(rest + b" "), None) if rest else None
    return decoded_name(found.group()), properties if isinstance(properties, DictionaryObject | NameObject) else None
