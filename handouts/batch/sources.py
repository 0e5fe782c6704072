"""What a batch is asked to make: request files, folders of them, tables of patients, and the standard sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import product
from pathlib import Path

from handouts.batch.benches import Benches
from handouts.batch.names import FILE_PATTERN, ROW_PATTERN, STANDARD_PATTERN, Origin
from handouts.errors import ExitCode, HandoutsError, InputError, Place, Problem
from handouts.formats.files import list_yaml, shown_path
from handouts.formats.readers import Problems
from handouts.model import Request
from handouts.nouns import dataclass
from handouts.request import read_request
from handouts.settling import DEFAULT_EDITION, DEFAULT_PAPER
from handouts.workspace import SETTINGS_FILE

REQUEST_ENDING = ".yaml"
TABLE_ENDINGS = (".csv", ".tsv")
STANDARD = "standard"  # the source of every standard sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One handout that is asked for: its request, or what is wrong with it.

    `source` and `place` say where it stands; for a row, `cells` say where each of its values does, and `paths` how those of files
    are written; `file` is its request file.
    """

    source: str
    place: Place
    origin: Origin
    pattern: str  # of its name, unless another is asked for
    space: int
    request: Request | None
    problems: tuple[Problem, ...] = ()
    exit_code: ExitCode = ExitCode.INPUT
    cells: Mapping[str, Place] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """The standard sheets asked for: every routine in these editions, papers and languages; none: the workspace's own."""

    editions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Where sources are looked for: the current folder, the workspace named, and the day that the word today means."""

    current: Path
    workspace: Path | None
    today: dt.date


def check_sources(paths: Sequence[Path], search: Search) -> tuple[Path, ...]:
    """The files of all sources in order: folders give their request files by name.

    Raises InputError with everything that is no source: nothing at all may be missing from a batch.
    """
    problems = Problems()
    files: list[Path] = []
    for path in paths:
        full, place = search.current / path, Place(file=shown_path(path, search.current))
        try:
            if full.is_dir():
                files += _files_of(path, full, problems)
            elif not full.exists():
                problems.add(place, "there is no such file or folder", "check the path")
            elif not full.is_file():
                problems.add(place, "this is not a regular file", "name a request file, a folder or a CSV file")
            elif path.suffix.lower() not in (REQUEST_ENDING, *TABLE_ENDINGS):
                problems.add(place, "this is no request file and no table", "name a .yaml or a .csv file")
            else:
                files.append(path)
        except (OSError, ValueError):
            problems.add(place, "this cannot be looked up", "check the name and its permissions")
    if problems.found:
        raise InputError(problems.found)
    return tuple(files)


def _files_of(path: Path, full: Path, problems: Problems) -> list[Path]:
    shown = shown_path(path, None)
    before = len(problems.found)
    found = [path / each.name for each in list_yaml(full, full, shown, problems) if each.name != SETTINGS_FILE]
    if not found and len(problems.found) == before:
        problems.add(Place(file=shown), "there is no request file in this folder", "put .yaml files there, or name a CSV file")
    return found


def gather_asked(files: Sequence[Path], standard: Standard | None, benches: Benches, search: Search) -> Iterator[Asked]:
    """Everything asked for, in order, each read as it is come to. Raises InputError for a source that is wrong as a whole."""
    for path in files:
        space = benches.find_space(path, explicit=search.workspace, current=search.current)
        if path.suffix.lower() in TABLE_ENDINGS:
            yield from _read_table(path, space, benches, search)
        else:
            yield _read_file(path, space, benches, search)
    if standard is not None:
        space = benches.find_space(None, explicit=search.workspace, current=search.current)
        yield from _list_standard(standard, space, benches)


def source_name(path: Path, search: Search) -> str:
    """How the manifest names a source: from the current folder, without the folders of this machine."""
    shown = shown_path(path, search.current)
    return path.name if Path(shown).is_absolute() else Path(shown).as_posix()


def _read_file(path: Path, space: int, benches: Benches, search: Search) -> Asked:
    request: Request | None = None
    problems: tuple[Problem, ...] = ()
    catalog, _ = benches.open(space, None).library
    try:
        request = read_request(path, benches.spaces[space], today=search.today, catalog=catalog)
    except HandoutsError as error:
        problems = error.problems
    return Asked(
        source=source_name(path, search),
        place=Place(file=shown_path(path, search.current)),
        origin=Origin(stem=path.stem),
        pattern=FILE_PATTERN,
        space=space,
        request=request,
        problems=problems,
        file=path,
    )


def _read_table(path: Path, space: int, benches: Benches, search: Search) -> Iterator[Asked]:
    from handouts.batch.table import read_table

    name = source_name(path, search)
    known = benches.known(space)
    for row in read_table(path, benches.spaces[space], known, today=search.today):
        yield Asked(
            source=f"{name}:{row.place.line}",
            place=row.place,
            origin=Origin(stem=path.stem, number=row.number),
            pattern=ROW_PATTERN,
            space=space,
            request=row.request,
            problems=row.problems,
            cells=row.cells,
            paths=row.paths,
        )


def _list_standard(standard: Standard, space: int, benches: Benches) -> Iterator[Asked]:
    settings = benches.spaces[space].settings
    catalog, _ = benches.open(space, None).library
    editions = standard.editions or (settings.edition or DEFAULT_EDITION,)
    papers = standard.papers or (settings.paper or DEFAULT_PAPER,)
    langs: tuple[str | None, ...] = standard.langs or (None,)
    looks = list(product(dict.fromkeys(editions), dict.fromkeys(papers), dict.fromkeys(langs)))
    for routine, (edition, paper, lang) in product(catalog.routines, looks):
        yield Asked(
            source=STANDARD,
            place=Place(file=f"routine {routine}"),
            origin=Origin(stem=routine),
            pattern=STANDARD_PATTERN,
            space=space,
            request=Request(routine=routine, edition=edition, paper=paper, lang=lang),
        )
