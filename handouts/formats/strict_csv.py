"""Strict CSV: cells with their places, as spreadsheets write them; a file that cannot be told apart safely is refused.

Commas, semicolons and tabs divide cells (semicolons are what Excel writes where the comma is the decimal sign), quotes hold
line breaks and dividers, and a first line `sep=;` names the divider. RFC 4180 is followed otherwise.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator

from handouts.errors import InputError, Place, Problem
from handouts.formats.nodes import Origin, Scalar

MAX_BYTES = 64_000_000
MAX_ROWS = 100_000
MAX_CELLS = 200
MAX_CELL = 20_000  # characters

DIVIDERS = (",", ";", "\t")
_QUOTED = re.compile('"([^"]*+(?:""[^"]*+)*+)"')
_BREAK = re.compile("\r\n|\n|\r")
_BLANKS = re.compile(" *")
_SEP = re.compile("sep=([,;\t])(?:\r\n|\n|\r)", re.IGNORECASE)
_HOW_TO_SAVE = 'in Excel: Save As, "CSV UTF-8 (Comma delimited)"'


def decode_table(content: bytes, file: str) -> str:
    """The text of a CSV file, without a byte order mark. Raises InputError with one line on how to save it when it is none."""
    if len(content) > MAX_BYTES:
        raise _refused(file, f"the file is larger than {MAX_BYTES // 1_000_000} MB", "split it into several files")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refused(file, "this is a workbook, not a CSV file", _HOW_TO_SAVE)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        raise _refused(file, "the file is saved as UTF-16, not as UTF-8", _HOW_TO_SAVE)
    content = content.removeprefix(BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        line, begin = 1, 0
        for found in _BREAK.finditer(before):
            line, begin = line + 1, found.end()
        place = Place(file=file, line=line, column=len(before) - begin + 1)
        raise InputError(Problem(message="the file is not UTF-8 text", place=place, hint=_HOW_TO_SAVE)) from error


def split_rows(text: str, origin: Origin, known: Collection[str]) -> Iterator[list[Scalar]]:
    """The rows of the text, the header first: cells without the blanks around them, each with the place where it starts.

    `known` are the names a header may hold, in lower case: they tell which divider is meant. Raises InputError at the first
    quote that is out of order: what follows it cannot be told apart safely; and at a line of more than MAX_CELLS cells.
    """
    named = _SEP.match(text)
    start, line = (named.end(), 2) if named else (0, 1)
    divider = named[1] if named else guess_divider(text, known)
    return _Splitter(text, divider, origin).split(start, line)


def guess_divider(text: str, known: Collection[str]) -> str:
    """The divider that finds the most known names in the first line, else the one that is there most often."""
    found = _BREAK.search(text)
    first = text[: found.start()] if found else text

    def rank(divider: str) -> tuple[int, int]:
        names = [cell.strip(' "').lower() for cell in first.split(divider, MAX_CELLS)]
        return sum(name in known for name in names), len(names)

    return max(DIVIDERS, key=rank)


def _refused(file: str, message: str, hint: str) -> InputError:
    return InputError(Problem(message=message, place=Place(file=file), hint=hint))


class _Splitter:
    """Goes through the text once; rows without quotes are split whole."""

    def __init__(self, text: str, divider: str, origin: Origin) -> None:
        self.text, self.divider, self.origin = text, divider, origin
        self.plain = re.compile(f"[^{divider}\r\n]*")
        self.line = 1
        self.line_start = 0

    def split(self, start: int, line: int) -> Iterator[list[Scalar]]:
        text = self.text
        position, self.line = start, line
        while position < len(text):
            self.line_start = position
            found = _BREAK.search(text, position)
            end, after = found.span() if found else (len(text), len(text))
            if '"' in text[position:end]:
                cells, position = self._split_quoted(position)
            else:
                cells, position = self._split_plain(position, end), after
            yield cells
            self.line += 1

    def _split_plain(self, start: int, end: int) -> list[Scalar]:
        cells: list[Scalar] = []
        column = 1
        for piece in self.text[start:end].split(self.divider, MAX_CELLS):
            if len(cells) == MAX_CELLS:
                raise self._too_many(column)
            cells.append(Scalar(piece.strip(), self.origin, self.line, column))
            column += len(piece) + 1
        return cells

    def _split_quoted(self, position: int) -> tuple[list[Scalar], int]:
        """The cells of one row that holds quotes, and where the next row begins."""
        text = self.text
        cells: list[Scalar] = []
        while True:
            cell, position = self._read_cell(position)
            if len(cells) == MAX_CELLS:
                raise self._too_many(cell.column)
            cells.append(cell)
            if position < len(text) and text[position] == self.divider:
                position += 1
                continue
            found = _BREAK.match(text, position)
            return cells, found.end() if found else position

    def _read_cell(self, position: int) -> tuple[Scalar, int]:
        text = self.text
        begin = self._blanks(position)
        if not text.startswith('"', begin):
            found = self.plain.match(text, position)
            end = found.end() if found else position
            return Scalar(text[position:end].strip(), self.origin, self.line, position - self.line_start + 1), end
        line, column = self.line, begin - self.line_start + 1
        quoted = _QUOTED.match(text, begin)
        if quoted is None:
            raise self._broken(line, column, "these quotes are never closed", 'close them; write " inside quotes as ""')
        for each in _BREAK.finditer(text, begin, quoted.end()):
            self.line += 1
            self.line_start = each.end()
        end = self._blanks(quoted.end())
        if end < len(text) and text[end] != self.divider and text[end] not in "\r\n":
            message = "there is text behind closed quotes"
            raise self._broken(self.line, end - self.line_start + 1, message, 'write " inside quotes as ""')
        return Scalar(quoted[1].replace('""', '"').strip(), self.origin, line, column), end

    def _blanks(self, position: int) -> int:
        found = _BLANKS.match(self.text, position)
        return found.end() if found else position

    def _too_many(self, column: int | None) -> InputError:
        """Why at once: a line of nothing but dividers would take a hundred times its size."""
        place = Place(file=self.origin.file, line=self.line, column=column)
        return InputError(Problem(message=f"more than {MAX_CELLS} cells in one line", place=place, hint="remove the empty ones"))

    def _broken(self, line: int, column: int, message: str, hint: str) -> InputError:
        place = Place(file=self.origin.file, line=line, column=column)
        return InputError(Problem(message=message, place=place, hint=hint))
