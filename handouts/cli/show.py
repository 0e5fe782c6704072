"""`handouts show`: one exercise in full, each clinical field with its source; or a routine, profile or precaution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli.options import WorkspaceOption
from handouts.errors import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.bench import Bench


def show(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="An exercise, routine, profile or precaution.")],
    *,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="CODE", help="The language of its words.", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Show one exercise in full, with the source of each clinical field.

    \b
    Examples:
      handouts show cobra
      handouts show five-minute
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.bench import open_bench
    from handouts.cli.opening import current_folder
    from handouts.cli.reporting import one_line, put_out
    from handouts.workspace import find_workspace

    bench = open_bench(find_workspace(explicit=workspace, current=current_folder()), lang)
    put_out("".join(f"{one_line(line).rstrip()}\n" for line in describe(wanted, bench)))


def describe(wanted: str, bench: Bench) -> Iterable[str]:
    """The lines about the exercise, routine, profile or precaution of this id. Raises InputError when there is none."""
    from handouts.cli import described
    from handouts.formats.reading import quoted

    catalog, _ = bench.library
    if wanted in catalog.exercises:
        return described.describe_exercise(catalog.exercises[wanted], bench)
    if wanted in catalog.routines:
        return described.describe_routine(catalog.routines[wanted], bench)
    if wanted in catalog.profiles:
        return described.describe_profile(catalog.profiles[wanted], bench)
    if wanted in catalog.precautions:
        return described.describe_precaution(catalog.precautions[wanted], bench)
    known = [*catalog.exercises, *catalog.routines, *catalog.profiles, *catalog.precautions]
    raise InputError(Problem(message=f"there is no {quoted(wanted)}", hint=did_you_mean(wanted, known) or "see: handouts list"))
