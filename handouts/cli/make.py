"""`handouts make`: one handout."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handouts.cli.options import (
    WRITTEN,
    CoverPasswordOption,
    PasswordOption,
    RequestArgument,
    StrictOption,
    WorkspaceOption,
    with_request_options,
)
from handouts.errors import CannotPrintError, InputError, MissingCharacterError, Place, Problem, UsageError

if TYPE_CHECKING:
    from handouts.bench import Bench
    from handouts.build import Built
    from handouts.model import Request
    from handouts.workspace import Workspace


@with_request_options()
def make(
    request_file: RequestArgument = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.pdf",
            show_default=False,
            rich_help_panel=WRITTEN,
            help="Where to; replaces the file. Else handout.pdf, never over another.",
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            metavar="FILE.yaml",
            show_default=False,
            rich_help_panel=WRITTEN,
            help="The plan as a request file, to edit and make again.",
        ),
    ] = None,
    chart_note: Annotated[
        Path | None,
        typer.Option(
            "--chart-note",
            metavar="FILE.txt",
            show_default=False,
            rich_help_panel=WRITTEN,
            help="A note for the patient's record.",
        ),
    ] = None,
    password_file: PasswordOption = None,
    cover_password_file: CoverPasswordOption = None,
    workspace: WorkspaceOption = None,
    strict: StrictOption = False,
    **asked: Any,
) -> None:
    """Make one handout.

    Give a request file, options, or both: options go over what the file says.

    \b
    Examples:
      handouts make --routine five-minute
      handouts make --profile extension --region lower-back --minutes 10
      handouts make --exercise cobra --dose "cobra: 3 x 10 s" --date today
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.bench import Passwords
    from handouts.build import make_handout
    from handouts.cli.opening import current_folder, read_password, stamp
    from handouts.cli.reporting import put_paths, tell_warnings
    from handouts.cli.saving import plan_text, resolve_plan, trouble_with_saving
    from handouts.output import write_new, write_together
    from handouts.request import with_places
    from handouts.workspace import find_workspace

    _check_names(output, save, chart_note)
    current = current_folder()
    space = find_workspace(explicit=workspace, request=request_file, current=current)
    passwords = Passwords(
        cover=read_password(cover_password_file, "--cover-password-file"),
        handout=read_password(password_file, "--password-file"),
    )
    request, bench = resolve_request(request_file, asked, space, current)
    inputs = [request_file, password_file, cover_password_file, *_clinic_files(request, bench)]
    _refuse_inputs_as_outputs((output, save, chart_note), inputs)
    trouble = trouble_with_saving(save, request, space) if save else None
    if trouble:
        raise UsageError(trouble)
    try:
        built = make_handout(request, bench, passwords=passwords, stamp=stamp())
    except MissingCharacterError as error:
        raise _with_places(error, request_file) from error
    except InputError as error:
        if request_file is None:
            raise
        raise with_places(error, request_file, space) from error
    tell_warnings(built.warnings, strict=strict)
    beside: list[tuple[Path, bytes]] = []
    if save:
        beside.append((save, plan_text(resolve_plan(request, built), space, save, current).encode()))
    if chart_note:
        beside.append((chart_note, _note_text(built, bench).encode()))
    if output:
        written = output
        write_together([(output, built.pdf), *beside])
    else:
        written = write_new(_default_folder(space), built.pdf, beside=beside)
    put_paths([written if output else _from_here(written, current), *(path for path, _ in beside)])


def resolve_request(
    request_file: Path | None, asked: Mapping[str, Any], space: Workspace, current: Path
) -> tuple[Request, Bench]:
    """The request of the file with the options over it, and the bench in its language."""
    from handouts.bench import open_bench
    from handouts.cli.opening import today
    from handouts.request import merge_requests, read_request, request_from_options

    day: dt.date = today()
    request = request_from_options(asked, current=current, today=day)
    bench = open_bench(space, request.lang)
    if request_file is not None:
        below = read_request(request_file, space, today=day, catalog=bench.library[0])
        request = merge_requests(below, request)
        if request.lang is not None and request.lang != bench.lang:
            bench = open_bench(space, request.lang)
    return request, bench


def _with_places(error: MissingCharacterError, request_file: Path | None) -> CannotPrintError:
    """The same problems, each with the line of the request file where its character first stands."""
    lines = request_file.read_text(encoding="utf-8").splitlines() if request_file is not None else []
    problems = []
    for problem, character in zip(error.problems, error.characters, strict=True):
        found = next((number for number, line in enumerate(lines, start=1) if character in line), None)
        if found is not None:
            column = lines[found - 1].index(character) + 1
            problem = replace(problem, place=Place(file=str(request_file), line=found, column=column))  # noqa: PLW2901
        problems.append(problem)
    return CannotPrintError(problems)


def _from_here(path: Path, current: Path) -> Path:
    return path.relative_to(current) if path.is_relative_to(current) else path


def _default_folder(space: Workspace) -> Path:
    folder = space.root / "out" if space.root else None
    return folder if folder is not None and folder.is_dir() else Path()


def _clinic_files(request: Request, bench: Bench) -> list[Path]:
    settled, clinic = bench.settle(request)
    named = [settled.cover, settled.letterhead, clinic.logo if clinic else None]
    return [Path(name) for name in named if name not in (None, "none", "generated")]


def _note_text(built: Built, bench: Bench) -> str:
    from handouts.cli.opening import program_version
    from handouts.wording.chart_note import word_chart_note

    catalog, words = bench.library
    messages = bench.messages(bench.clinic(built.request.clinic))
    return word_chart_note(built.request, built.plan, catalog, words, messages, program_version=program_version())


def _check_names(output: Path | None, save: Path | None, chart_note: Path | None) -> None:
    problems = []
    named = (("-o", output, (".pdf",)), ("--save", save, (".yaml", ".yml")), ("--chart-note", chart_note, (".txt",)))
    for option, path, suffixes in named:
        if path is not None and path.suffix.lower() not in suffixes:
            hint = f"write it like {option} FILE{suffixes[0]}"
            problems.append(Problem(message=f"{option}: expected a file name ending in {suffixes[0]}", hint=hint))
        elif path is not None and any(ord(c) < 32 or ord(c) == 127 for c in os.fspath(path)):
            problems.append(Problem(message=f"{option}: the file name holds a line break or a control character"))
    if problems:
        raise UsageError(problems)


def _refuse_inputs_as_outputs(outputs: Iterable[Path | None], inputs: Iterable[Path | None]) -> None:
    read = [path for path in inputs if path is not None]
    problems = [
        Problem(message=f"{path} is read and would be replaced", hint="give the output another name")
        for path in outputs
        if path is not None and any(_is_same(path, other) for other in read)
    ]
    if problems:
        raise UsageError(problems)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return os.path.abspath(one) == os.path.abspath(other)  # noqa: PTH100 - must not follow links that do not exist
