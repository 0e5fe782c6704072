"""A table of patients, row by row: each a request, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from handouts.errors import InputError, Place, Problem, bounded
from handouts.formats.files import shown_path
from handouts.formats.nodes import Origin, Scalar
from handouts.formats.patient_rows import COLUMN_NAMES, read_header, row_tree
from handouts.formats.readers import Problems
from handouts.formats.strict_csv import MAX_BYTES, MAX_ROWS, decode_table, split_rows
from handouts.model import Request
from handouts.nouns import dataclass
from handouts.regular_files import read_regular
from handouts.request import read_row, root_of
from handouts.workspace import Workspace

_PATHS = ("cover", "letterhead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its number from 1 below the header (empty rows count), its line, and where each of its values stands.

    `paths`: those of files, by key, as they are written there.
    """

    number: int
    place: Place
    request: Request | None
    problems: tuple[Problem, ...]
    cells: Mapping[str, Place]
    paths: Mapping[str, str]


def read_table(
    path: Path, workspace: Workspace, known: Mapping[str, Collection[str]], *, today: dt.date | None = None
) -> Iterator[Row]:
    """The rows of a CSV file that are not empty. `known`: the ids they may name, by kind; `today`: what that word means.

    Raises InputError for what is wrong with the file as a whole: its encoding, its header, its size, quotes out of order.
    """
    current = workspace.current or Path()
    folder = current / path.parent
    origin = Origin(file=shown_path(path, workspace.current), folder=folder, root=root_of(folder, workspace))
    rows = split_rows(decode_table(_read(current / path, origin.file), origin.file), origin, COLUMN_NAMES)
    first = next(rows, None)
    if first is None or not any(cell.text for cell in first):
        message = "the file is empty" if first is None else "the first line is empty"
        hint = "name the columns in the first line: patient, routine, …"
        raise InputError(Problem(message=message, place=Place(file=origin.file), hint=hint))
    header = read_header(first)
    found = False
    for number, cells in enumerate(rows, start=1):
        if number > MAX_ROWS:
            message = f"the file holds more than {MAX_ROWS} rows"
            raise InputError(Problem(message=message, place=Place(file=origin.file), hint="split it into several files"))
        problems = Problems()
        tree = row_tree(cells, header, origin, known.get("exercise", ()), problems)
        if tree is None and not problems.found:
            continue
        found = True
        request = None
        if tree is not None:
            try:
                request = read_row(tree, problems, known, today=today)
            except InputError:
                request = None
        values = tree.values if tree is not None else {}
        yield Row(
            number=number,
            place=Place(file=origin.file, line=cells[0].line),
            request=request,
            problems=bounded(problems.found),
            cells={key: node.place for key, node in values.items()},
            paths={key: node.text for key, node in values.items() if key in _PATHS and isinstance(node, Scalar)},
        )
    if not found:
        hint = "write one patient a line below the first"
        raise InputError(Problem(message="the file holds no rows", place=Place(file=origin.file), hint=hint))


def _read(path: Path, shown: str) -> bytes:
    try:
        return read_regular(path, MAX_BYTES)
    except OSError as error:
        message = "the file may not be read" if isinstance(error, PermissionError) else "the file cannot be read"
        raise InputError(Problem(message=message, place=Place(file=shown), hint="check its permissions")) from error
