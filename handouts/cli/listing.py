"""`handouts list`: the catalogue as a table, filtered as a handout would be."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handouts.cli.options import WorkspaceOption, with_request_options

if TYPE_CHECKING:
    from handouts.build import Bench
    from handouts.model import Exercise, Request

_COLUMNS = ("id", "name", "kind", "position", "regions", "level", "verdict")


@with_request_options("profile", "region", "routine", "exclude", "position", "level", "precaution", "lang")
def list_exercises(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="A list of objects instead of a table.")] = False,
    workspace: WorkspaceOption = None,
    **asked: Any,
) -> None:
    """List the exercises of the catalogue.

    The verdict is for the profile and the precautions given, or for a patient whose profile is not known.

    \b
    Examples:
      handouts list
      handouts list --profile extension --region lower-back
      handouts list --precaution no-kneeling --json
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.cli.opening import current_folder, open_bench
    from handouts.cli.reporting import put_out, tell
    from handouts.request import request_from_options
    from handouts.workspace import find_workspace

    current = current_folder()
    request = request_from_options(asked, current=current)
    bench = open_bench(find_workspace(explicit=workspace, current=current), request.lang)
    rows = describe_exercises(request, bench)
    if as_json:
        put_out(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return
    if not rows:
        tell("no exercise is like that; leave out a filter")
        return
    cells = [{**row, "regions": ", ".join(row["regions"])} for row in rows]
    if sys.stdout is not None and sys.stdout.isatty():
        _show_table(cells)
    else:
        put_out(_align(cells))


def describe_exercises(request: Request, bench: Bench) -> list[dict[str, Any]]:
    """The exercises that pass the filters, in the order of the routine or the catalogue. Raises InputError for unknown ids."""
    from handouts.asking import check_request
    from handouts.rules import judge

    catalog, words = bench.library
    check_request(request, catalog)
    routine = catalog.routines[request.routine] if request.routine else None
    profile = request.profile or (routine.profile if routine else None)
    found = [catalog.exercises[each] for each in (routine.exercises if routine else catalog.exercises)]
    return [
        {
            "id": exercise.id,
            "name": words.exercises[exercise.id].name,
            "kind": exercise.kind.value,
            "position": exercise.position,
            "regions": list(exercise.regions),
            "level": exercise.level.value,
            "verdict": judge(exercise, profile, request.precautions, catalog).verdict.value,
        }
        for exercise in found
        if _passes(exercise, request)
    ]


def _passes(exercise: Exercise, request: Request) -> bool:
    return (
        (not request.regions or any(region in request.regions for region in exercise.regions))
        and (not request.positions or exercise.position in request.positions)
        and (request.level is None or exercise.level is request.level)
        and exercise.id not in request.exclude
    )


def _align(rows: list[dict[str, str]]) -> str:
    table = [dict(zip(_COLUMNS, _COLUMNS, strict=True)), *rows]
    widths = {key: max(len(row[key]) for row in table) for key in _COLUMNS}
    return "".join("  ".join(f"{row[key]:<{widths[key]}}" for key in _COLUMNS).rstrip() + "\n" for row in table)


def _show_table(rows: list[dict[str, str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from handouts.cli.reporting import put_out

    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in _COLUMNS:
        table.add_column(key, overflow="fold", no_wrap=key == "id")
    for row in rows:
        table.add_row(*(Text(row[key]) for key in _COLUMNS))
    console = Console()
    with console.capture() as drawn:
        console.print(table)
    put_out(drawn.get())
