"""The columns of a table of patients, made from the keys of a request file, and a row as the tree of a request.

A cell of several values divides them by `|` or line breaks; "ID: value" pairs are written as on the command line. A new key
of request files is a new column by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handouts.errors import InputError, Place, Problem
from handouts.formats.calendar_readers import TimeOfDay
from handouts.formats.container_readers import Either, ListOf, MappingOf
from handouts.formats.nodes import Mapping, Node, Origin, Scalar
from handouts.formats.nodes import Sequence as List
from handouts.formats.pairs import PAIR_HINTS, split_pair
from handouts.formats.privacy import PRIVATE_KEYS
from handouts.formats.reading import Problems, Reader, quoted
from handouts.formats.request_kinds import REQUEST_ALSO, REQUEST_FIELDS
from handouts.formats.scalar_readers import Choice, Flag, Identifier
from handouts.formats.strict_csv import MAX_CELL, MAX_CELLS
from handouts.formats.strict_yaml import FORBIDDEN

_BETWEEN = re.compile(r"\||\r\n|\n|\r")
_BETWEEN_WORDS = re.compile(r"[|,;\s]+")
_LONGEST_NAME = 100  # characters: no column has as many
_FLAGS = {"true": "true", "false": "false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: the key of a request file it stands for, and how its cells are written.

    `private`: what stands in its cells is never shown in a problem.
    """

    key: str
    form: str  # "text", "flag", "ids", "items", "words" or "pairs"
    private: bool
    description: str


def _column(key: str, reader: Reader[object]) -> Column:
    form = "text"
    if isinstance(reader, MappingOf):
        form = "pairs"
    elif isinstance(reader, ListOf):
        ids = isinstance(reader.inner, (Identifier, Either))
        form = "ids" if ids else "words" if isinstance(reader.inner, (Choice, TimeOfDay)) else "items"
    elif isinstance(reader, Flag):
        form = "flag"
    return Column(key=key, form=form, private=key in PRIVATE_KEYS, description=reader.description)


COLUMNS = {key: _column(key, reader) for key, reader in REQUEST_FIELDS.items()}
COLUMN_NAMES = {name: REQUEST_ALSO.get(name, name) for name in (*REQUEST_FIELDS, *REQUEST_ALSO)}


def read_header(cells: Sequence[Scalar]) -> tuple[Column | None, ...]:
    """The columns a header names; None for empty cells at its end. "Patient ID" and "times per day" are understood too.

    Raises InputError with everything that is wrong. Names that are not known are only shown beside known ones: a first row
    without any may be a patient's.
    """
    names = [re.sub("[ -]+", "_", cell.text[:_LONGEST_NAME].strip().lower()) for cell in cells]
    problems = Problems()
    whole = Place(file=cells[0].origin.file, line=cells[0].line) if cells else Place(file="")
    if len(cells) > MAX_CELLS:
        raise InputError(Problem(message=f"more than {MAX_CELLS} columns", place=whole, hint="remove the empty ones"))
    if not any(name in COLUMN_NAMES for name in names):
        message = "the first line must name the columns, and holds no name of one"
        raise InputError(Problem(message=message, place=whole, hint=f"columns: {', '.join(COLUMNS)}"))
    while names and not names[-1]:
        names.pop()
    columns: list[Column | None] = []
    seen: dict[str, Scalar] = {}
    for name, cell in zip(names, cells, strict=False):
        key = COLUMN_NAMES.get(name)
        if not name:
            problems.add(cell.place, f"column {len(columns) + 1} has no name", "name it, or delete the column")
        elif key is None:
            near = problems.suggest(name, COLUMN_NAMES)
            shown = f" {quoted(cell.text)}" if near else ""  # Why: without a line of names, a patient stands there
            problems.add(cell.place, f"unknown column{shown}", near or f"columns: {', '.join(COLUMNS)}")
        elif key in seen:
            said = seen[key].text
            problems.add(cell.place, f"column {quoted(cell.text)} says the same as column {quoted(said)}", "keep one of them")
        else:
            seen[key] = cell
        columns.append(COLUMNS[key] if key else None)
    if problems.found:
        raise InputError(problems.found)
    return tuple(columns) + (None,) * (len(cells) - len(columns))


def row_tree(
    cells: Sequence[Scalar], header: Sequence[Column | None], origin: Origin, exercises: Collection[str], problems: Problems
) -> Mapping | None:
    """The row as the tree of a request file; None for a row that is empty, or that has too many or too few cells.

    `exercises` are the ids that pairs may name. What is wrong is added to the problems, and left out of the tree.
    """
    if not any(cell.text for cell in cells):
        return None
    first = cells[0].place
    wanted = len([column for column in header if column])
    filled = max(number for number, cell in enumerate(cells, start=1) if cell.text)
    if filled > wanted or len(cells) < wanted:
        found = filled if filled > wanted else len(cells)
        message = f"expected {_cells(wanted)} as in the first line, found {found}"
        problems.add(Place(file=first.file, line=first.line), message, "put text that holds a divider in quotes")
        return None
    tree = Mapping(origin, first.line, first.column)
    for column, cell in zip(header, cells, strict=False):
        if column is None or not cell.text:
            continue
        cell.private = column.private
        node = _read_cell(column, cell, exercises, problems)
        if node is not None:
            tree.keys[column.key] = Scalar(column.key, origin, cell.line, cell.column)
            tree.values[column.key] = node
    return tree


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"


def _read_cell(column: Column, cell: Scalar, exercises: Collection[str], problems: Problems) -> Node | None:
    wrong = FORBIDDEN.search(cell.text)
    if wrong:
        message = f"{column.key}: character U+{ord(wrong.group()):04X} is not allowed"
        problems.add(cell.place, message, "delete it and type the text anew")
        return None
    if len(cell.text) > MAX_CELL:
        problems.add(cell.place, f"{column.key}: expected at most {MAX_CELL} characters, found {len(cell.text)}", "shorten it")
        return None
    if column.form == "pairs":
        return _read_pairs(column, cell, exercises, problems)
    if column.form == "flag":
        return _read_flag(column, cell, problems)
    if column.form == "ids":
        return _read_ids(column, cell, problems)
    if column.form == "items":
        return _listed(cell, _pieces(cell.text))
    if column.form == "words":
        return _listed(cell, [word.lower() for word in _BETWEEN_WORDS.split(cell.text) if word])
    return cell


def _read_flag(column: Column, cell: Scalar, problems: Problems) -> Scalar | None:
    word = _FLAGS.get(cell.text.lower())
    if word is None:
        problems.add(cell.place, f"{column.key}: expected TRUE or FALSE, found {quoted(cell.text)}", "or leave the cell empty")
        return None
    return Scalar(word, cell.origin, cell.line, cell.column)


def _read_ids(column: Column, cell: Scalar, problems: Problems) -> List | None:
    pieces = _pieces(cell.text)
    if any("," in piece or ";" in piece for piece in pieces):
        problems.add(cell.place, f"{column.key}: several are divided by |, found {quoted(cell.text)}", "write it like one | two")
        return None
    return _listed(cell, pieces)


def _read_pairs(column: Column, cell: Scalar, exercises: Collection[str], problems: Problems) -> Mapping:
    """Why no word of a note or a reason is shown: it may hold a patient's name."""
    pairs = Mapping(cell.origin, cell.line, cell.column)
    hint = PAIR_HINTS.get(column.key, 'write it like "figure-four: text"')
    for piece in _pieces(cell.text):
        try:
            exercise, value = split_pair(piece)
        except ValueError:
            problems.add(cell.place, f"{column.key}: expected pairs of an exercise and what is said of it", hint)
            continue
        if exercise not in exercises:
            shown = "this" if column.private else quoted(exercise)
            near = problems.suggest(exercise, exercises)
            problems.add(cell.place, f"{column.key}: there is no exercise with the id {shown}", near or "see: handouts list")
        elif exercise in pairs.values:
            problems.add(cell.place, f"{column.key}: {exercise} is given twice", "remove one of the two")
        else:
            pairs.keys[exercise] = Scalar(exercise, cell.origin, cell.line, cell.column)
            pairs.values[exercise] = Scalar(value, cell.origin, cell.line, cell.column, cell.private)
    return pairs


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in _BETWEEN.split(text) if piece.strip()]


def _listed(cell: Scalar, words: Sequence[str]) -> List:
    items: list[Node] = [Scalar(word, cell.origin, cell.line, cell.column, cell.private) for word in words]
    return List(items, cell.origin, cell.line, cell.column)
