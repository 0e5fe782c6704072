"""`handouts figure`: draws the figures from poses, checks them, and shows them side by side."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli.options import WorkspaceOption
from handouts.errors import CannotPrintError, ExitCode, InputError, Problem, UsageError, did_you_mean
from handouts.model import BODIES

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from handouts.illustrate.contact_sheet import Shown
    from handouts.illustrate.studio import Job, Studio
    from handouts.pages.desk import Desk
    from handouts.workspace import Workspace

figure = typer.Typer(
    help="Draw the figures from poses written as text, check them, or show them side by side.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Exercises = Annotated[
    list[str] | None, typer.Argument(metavar="[EXERCISE]...", help="Exercises with a pose sheet; none: all of this workspace.")
]
BodyOption = Annotated[str | None, typer.Option("--body", metavar="BODY", help="female or male; else both.", show_default=False)]


@figure.command("draw")
def draw(
    exercises: Exercises = None,
    *,
    body: BodyOption = None,
    again: Annotated[bool, typer.Option("--again", help="Solve and draw anew even what is up to date.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", min=1, max=64, help="Processes; else one a core.", show_default=False),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Draw the pictures of assets/poses/EXERCISE.yaml: solve the poses, trace the figures, write the assets.

    Solved angles are kept in assets/poses/solved/ so that a redraw gives the same picture.

    \b
    Examples:
      handouts figure draw
      handouts figure draw figure-four --body female
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.cli.reporting import put_paths, tell
    from handouts.output import make_folders, write_together

    space = _open(workspace)
    studio = _open_studio(space, exercises, body)
    from handouts.illustrate.studio import home_of  # after the extra is known to be there

    homes = {exercise: home_of(space, exercise) for exercise in studio.library.sheets}
    count = 0
    for job, files in _draw_all(space, studio, jobs or os.cpu_count() or 1, again=again):
        paths = [(homes[job.exercise] / name, content) for name, content in files]
        _refuse_links(homes[job.exercise], {path.parent for path, _ in paths})
        make_folders({path.parent for path, _ in paths}, [])
        write_together(paths)
        put_paths(path for path, _ in paths)
        count += len(paths)
    tell(f"handouts figure: {count} files written" if count else "handouts figure: everything is up to date")


@figure.command("lint")
def lint(exercises: Exercises = None, *, body: BodyOption = None, workspace: WorkspaceOption = None) -> None:
    """Check poses and drawings: contact, joints, overlaps, balance, what is seen, and whether they are up to date.

    Each fault is one line. Exit code 3 when there is one.

    \b
    Example:
      handouts figure lint figure-four
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.cli.reporting import put_out, tell

    studio = _open_studio(_open(workspace), exercises, body)
    faults = [fault for job in studio.jobs for fault in studio.lint(job)]
    put_out("".join(f"{fault}\n" for fault in faults))
    checked = f"{_counted(len(studio.library.sheets), 'exercise')} on {_counted(len(_bodies(body)), 'body', 'bodies')}"
    tell(f"handouts figure: {_counted(len(faults), 'fault')} in {checked}")
    if faults:
        raise typer.Exit(int(ExitCode.INPUT))


@figure.command("sheet")
def sheet(
    exercises: Exercises = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.pdf", help="Where to.")],
    body: BodyOption = None,
    palette: Annotated[
        str | None, typer.Option("--palette", metavar="ID", help="colour, black-and-white or line-art.", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Show the drawings side by side on a contact sheet, as they are committed.

    \b
    Example:
      handouts figure sheet --body male --palette line-art -o male.pdf
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.cli.output_names import refuse_inputs, refuse_names
    from handouts.cli.reporting import put_paths
    from handouts.illustrate.contact_sheet import compose_contact_sheet
    from handouts.output import write_atomically
    from handouts.writer.handout import write_document

    refuse_names([("-o", output, (".pdf",))])
    space = _open(workspace)
    refuse_inputs([output], (), space)
    shown, desk = _gather(space, exercises, _bodies(body), palette)
    title = f"Figures: {', '.join(_bodies(body))}, {desk.palette.id}"
    document = compose_contact_sheet(title, shown, desk, desk.edition.papers["a4"])
    write_atomically(output, write_document(document))
    put_paths([output])


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _open(workspace: Path | None) -> Workspace:
    from handouts.cli.opening import current_folder
    from handouts.workspace import find_workspace

    return find_workspace(explicit=workspace, current=current_folder())


def _bodies(body: str | None) -> tuple[str, ...]:
    if body is not None and body not in BODIES:
        raise UsageError(Problem(message=f'--body: there is no body "{body}"', hint=did_you_mean(body, BODIES)))
    return (body,) if body else BODIES


def _open_studio(space: Workspace, exercises: list[str] | None, body: str | None) -> Studio:
    """The studio for the exercises named, else for all of the uppermost folder. Raises UsageError without the extra."""
    bodies = _bodies(body)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # Why: many threads make small matrices ten times slower
        os.environ.setdefault(name, "1")
    try:
        from handouts.illustrate.studio import Studio, own_sheets
    except ModuleNotFoundError as error:
        if error.name not in ("numpy", "scipy"):
            raise
        message, hint = f"drawing figures needs {error.name}", "install it: pip install 'handouts[illustrate]'"
        raise UsageError(Problem(message=message, hint=hint)) from error
    return Studio(space, exercises or own_sheets(space), bodies)


def _draw_all(space: Workspace, studio: Studio, processes: int, *, again: bool) -> Iterator[tuple[Job, list[tuple[str, bytes]]]]:
    """The files of each sheet on each body, in order, drawn by several processes."""
    jobs = studio.jobs
    if processes == 1 or len(jobs) == 1:
        yield from ((job, studio.draw(job, again=again)) for job in jobs)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    from handouts.output import undisturbed

    begun = (space, tuple(studio.library.sheets))
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(min(processes, len(jobs)), context, initializer=_begin, initargs=begun)
    others = set(active_children())
    ours: set[BaseProcess] = set()
    try:
        with undisturbed():  # until they mind signals in their own way
            drawn = pool.map(_draw_one, [(job, again) for job in jobs])
            ours = {*active_children()} - others  # all there will be: the pool starts them when it is given work
        yield from zip(jobs, drawn, strict=True)
    except BrokenProcessPool as error:
        message, hint = "a process that was drawing was killed, or had no memory left", "draw what is missing: --jobs 1"
        raise CannotPrintError(Problem(message=message, hint=hint)) from error
    finally:
        for process in ours:  # Why: the pool itself would wait until they have drawn what they began
            process.terminate()
        pool.shutdown(cancel_futures=True)


_asked_for: list[tuple[Workspace, tuple[str, ...]]] = []
_studios: list[Studio] = []  # of this process, as soon as there is one


def _begin(space: Workspace, exercises: tuple[str, ...]) -> None:
    """Why no studio yet: what goes wrong here breaks the pool without a word; with the first job, it is told."""
    from handouts.output import leave_signals_to_parent

    leave_signals_to_parent()
    _asked_for.append((space, exercises))


def _draw_one(work: tuple[Job, bool]) -> list[tuple[str, bytes]]:
    from handouts.illustrate.studio import Studio

    job, again = work
    if not _studios:
        _studios.append(Studio(*_asked_for[-1]))
    return _studios[0].draw(job, again=again)


def _refuse_links(root: Path, folders: set[Path]) -> None:
    """Raise UsageError where a linked folder would lead drawings out of the workspace."""
    for folder in folders:
        if not folder.resolve().is_relative_to(root.resolve()):
            message = f"{folder.relative_to(root).as_posix()} leads out of the workspace"
            raise UsageError(Problem(message=message, hint="put a real folder there, or remove the link"))


def _gather(
    space: Workspace, exercises: list[str] | None, bodies: tuple[str, ...], palette: str | None
) -> tuple[list[Shown], Desk]:
    """The committed drawings of exercises on bodies, and a desk in the palette. Raises InputError where there are none."""
    from handouts.bench import open_bench
    from handouts.illustrate.contact_sheet import Shown
    from handouts.model import Side
    from handouts.pages.desk import Desk
    from handouts.pages.fonts import load_fonts
    from handouts.settling import DEFAULT_EDITION
    from handouts.templates import load_edition, load_palette
    from handouts.wording.messages import Messages

    bench = open_bench(space, None)
    catalog, words = bench.library
    for name in exercises or ():
        if name not in catalog.exercises:
            raise InputError(Problem(message=f'there is no exercise "{name}"', hint=did_you_mean(name, catalog.exercises)))
    edition = load_edition(space, DEFAULT_EDITION)
    desk = Desk(
        edition=edition,
        fonts=load_fonts(space.builtin / "assets" / "fonts"),
        palette=load_palette(space, palette or edition.pictures.palette),
        locate_picture=bench.pictures.locate,
        home_of=space.home_of,
    )
    messages = Messages(bench.phrases, None)
    shown = []
    for exercise in (catalog.exercises[name] for name in exercises or catalog.exercises):
        for body in bodies:
            for pose, file in bench.pictures.find(exercise.id, exercise.pictures, body).items():
                drawn = desk.figure(file.key)
                if drawn is not None and file.key.partition("/")[0] not in set(BODIES) - {body}:
                    alt = messages.sided(words.exercises[exercise.id].pictures[pose].alt, drawn.side or Side.LEFT)
                    whose = f" ({body})" if len(bodies) > 1 else ""
                    shown.append(Shown(name=f"{exercise.id} {pose}{whose}", alt=alt, figure=drawn))
    if not shown:
        raise InputError(Problem(message="no drawings are there yet", hint="draw them: handouts figure draw"))
    return shown, desk
