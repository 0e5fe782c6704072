"""One document from the command line, whatever its pages: its request, the files it may write, and what goes wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.errors import CannotPrintError, InputError, MissingCharacterError, Place, Problem, UsageError

if TYPE_CHECKING:
    from handouts.bench import Bench
    from handouts.build import Built
    from handouts.model import Request
    from handouts.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a command is to write, the document and the files beside it, and on which terms."""

    kind: str  # of PAGE_KINDS: what the command is called for, and the default name of its file
    output: Path | None
    save: Path | None
    chart_note: Path | None
    reminders: Path | None
    name_in_reminders: bool
    password_file: Path | None
    cover_password_file: Path | None
    workspace: Path | None
    strict: bool


def make_one(kind: str, request_file: Path | None, options: Mapping[str, Any]) -> None:
    """Make a document and write it with the files beside it, all or none; then tell their paths.

    `options` are those of a request and the fields of Wanted, by name.

    Raises:
        HandoutsError: as the rooms it goes through.

    """
    from handouts.bench import Passwords
    from handouts.build import make_handout
    from handouts.cli.opening import current_folder, read_password, stamp, weak_password
    from handouts.cli.output_names import refuse_inputs
    from handouts.cli.reporting import put_paths, tell_warnings
    from handouts.cli.saving import trouble_with_saving
    from handouts.cli.strictness import refuse_findings
    from handouts.output import write_new, write_together
    from handouts.request import with_places
    from handouts.workspace import find_workspace

    own = {each.name for each in fields(Wanted)} & options.keys()
    wanted = Wanted(kind=kind, **{name: options[name] for name in own})
    asked = {name: value for name, value in options.items() if name not in own}
    _check_names(wanted)
    current = current_folder()
    if request_file is not None:
        _refuse_stray_words(request_file)
    space = find_workspace(explicit=wanted.workspace, request=request_file, current=current)
    passwords = Passwords(
        cover=read_password(wanted.cover_password_file, "--cover-password-file"),
        handout=read_password(wanted.password_file, "--password-file"),
    )
    request, bench = resolve_request(request_file, asked, space, current)
    request = _choose_pages(request, wanted, by_option=bool(asked.get("pages")))
    inputs = [request_file, wanted.password_file, wanted.cover_password_file, *_clinic_files(request, bench)]
    refuse_inputs((wanted.output, wanted.save, wanted.chart_note, wanted.reminders), inputs, space)
    trouble = trouble_with_saving(wanted.save, request, space) if wanted.save else None
    if trouble:
        raise UsageError(trouble)
    try:
        scheduled = wanted.reminders is not None
        built = make_handout(request, bench, passwords=passwords, stamp=stamp(), scheduled=scheduled)
        beside = _write_beside(wanted, request, built, bench, current)
    except MissingCharacterError as error:
        raise _with_places(error, request_file, space) from error
    except InputError as error:
        if request_file is None:
            raise
        raise with_places(error, request_file, space) from error
    tell_warnings((*built.warnings, *_unprotected(wanted, passwords.handout), *weak_password(passwords.handout)))
    if wanted.strict:
        refuse_findings(built, bench, passwords, stamp())
    if wanted.output:
        written = wanted.output
        write_together([(written, built.pdf), *beside])
    else:
        written = write_new(_default_folder(space), built.pdf, stem=wanted.kind, beside=beside)
    put_paths([written if wanted.output else _from_here(written, current), *(path for path, _ in beside)])


def _unprotected(wanted: Wanted, password: str | None) -> list[str]:
    """Tell which files about the patient the password does not protect."""
    beside = [path.name for path in (wanted.save, wanted.chart_note, wanted.reminders) if path is not None]
    if password is None or not beside:
        return []
    return [f"the password protects the PDF only, not {' or '.join(beside)}"]


def _refuse_stray_words(request_file: Path) -> None:
    """Raise UsageError for a word that is no request file, without the word: it may be the second half of a patient's name."""
    if request_file.suffix.lower() in (".yaml", ".yml"):
        return
    try:
        found = request_file.exists()
    except (OSError, ValueError):
        found = False
    if not found:
        hint = "put text with blanks in quotes; a request file ends in .yaml"
        raise UsageError(Problem(message="a word that belongs to no option, and is no file", hint=hint))


def _choose_pages(request: Request, wanted: Wanted, *, by_option: bool) -> Request:
    """The pages of the options, else of the file, else the one the command is called for.

    A file that is made for a handout gives `calendar` its plan, not its pages, and that is told.
    """
    from handouts.cli.reporting import tell

    if not request.pages:
        return replace(request, pages=(wanted.kind,))
    if wanted.kind == "handout" or by_option or "handout" not in request.pages:
        return request
    if wanted.kind not in request.pages:
        tell(f"handouts {wanted.kind}: the pages of the file are left out: {', '.join(request.pages)} (ask for them: --pages)")
        return replace(request, pages=(wanted.kind,))
    return request


def _write_beside(wanted: Wanted, request: Request, built: Built, bench: Bench, current: Path) -> list[tuple[Path, bytes]]:
    """The content of the files beside the document, by path."""
    from handouts.build import make_reminders
    from handouts.cli.saving import plan_text, resolve_plan

    beside: list[tuple[Path, bytes]] = []
    if wanted.save:
        beside.append((wanted.save, plan_text(resolve_plan(request, built), bench.workspace, wanted.save, current).encode()))
    if wanted.chart_note:
        beside.append((wanted.chart_note, _note_text(built, bench).encode()))
    if wanted.reminders:
        beside.append((wanted.reminders, make_reminders(built, bench, named=wanted.name_in_reminders)))
    return beside


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


def _with_places(error: MissingCharacterError, request_file: Path | None, space: Workspace) -> CannotPrintError:
    """The same problems, each with the line of the request file where its character first stands, else its field."""
    from handouts.request import find_part, read_lines

    lines = read_lines(request_file) if request_file is not None else []
    problems = []
    for problem, character in zip(error.problems, error.characters, strict=True):
        found = next((number for number, line in enumerate(lines, start=1) if character in line), None)
        if found is not None:
            column = lines[found - 1].index(character) + 1
            problem = replace(problem, place=Place(file=str(request_file), line=found, column=column))  # noqa: PLW2901
        elif request_file is not None and problem.about:  # it is written as an escape, or composed of several
            problem = replace(problem, place=find_part(problem.about, request_file, space))  # noqa: PLW2901
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
    return word_chart_note(
        built.request,
        built.plan,
        catalog,
        words,
        messages,
        schedule=built.schedule,
        remarks=built.remarks,
        program_version=program_version(),
    )


def _check_names(wanted: Wanted) -> None:
    from handouts.cli.output_names import trouble_with_name

    problems = []
    if wanted.name_in_reminders and not wanted.reminders:
        problems.append(Problem(message="--name-in-ics is about the file of --ics", hint="add --ics FILE.ics"))
    named = (
        ("-o", wanted.output, (".pdf",)),
        ("--save", wanted.save, (".yaml", ".yml")),
        ("--chart-note", wanted.chart_note, (".txt",)),
        ("--ics", wanted.reminders, (".ics",)),
    )
    found = (trouble_with_name(option, path, endings) for option, path, endings in named if path is not None)
    problems += [each for each in found if each is not None]
    if problems:
        raise UsageError(problems)
