"""`handouts list`: the catalogue as a table, filtered as a handout would be."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handouts.cli.options import WorkspaceOption, with_request_options
from handouts.rules import SAFE, judge

if TYPE_CHECKING:
    from handouts.bench import Bench
    from handouts.model import Finding, Request

_COLUMNS = ("id", "name", "kind", "position", "regions", "level", "verdict", "why")


@with_request_options("profile", "region", "routine", "exclude", "position", "level", "precaution", "lang")
def list_exercises(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="A list of objects instead of a table.")] = False,
    workspace: WorkspaceOption = None,
    **asked: Any,
) -> None:
    """List the exercises of the catalogue.

    The verdict is for the profile and the precautions given, or for a patient whose profile is not known; the last column
    says why it is not better.

    \b
    Examples:
      handouts list
      handouts list --profile extension --region lower-back
      handouts list --precaution no-kneeling --json
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.bench import open_bench
    from handouts.cli.opening import current_folder
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
    cells = [_cells(row) for row in rows]
    if sys.stdout is not None and sys.stdout.isatty():
        _show_table(cells)
    else:
        put_out(_align(cells))


def describe_exercises(request: Request, bench: Bench) -> list[dict[str, Any]]:
    """The exercises that pass the filters, in the order of the routine or the catalogue. Raises InputError for unknown ids."""
    from handouts.asking import check_request
    from handouts.choosing import filters_against

    catalog, words = bench.library
    check_request(request, catalog)
    routine = catalog.routines[request.routine] if request.routine else None
    profile = request.profile or (routine.profile if routine else None)
    found = [catalog.exercises[each] for each in (routine.exercises if routine else catalog.exercises)]
    rows = []
    for exercise in found:
        if filters_against(exercise, request):
            continue
        judged = judge(exercise, profile, request.precautions, catalog)
        rows.append(
            {
                "id": exercise.id,
                "name": words.exercises[exercise.id].name,
                "kind": exercise.kind.value,
                "position": exercise.position,
                "regions": list(exercise.regions),
                "level": exercise.level.value,
                "verdict": judged.verdict.value,
                "because": _reasons(judged.findings, words.vocabulary.reasons),
            }
        )
    return rows


def _reasons(findings: Iterable[Finding], reasons: Mapping[str, str]) -> list[dict[str, Any]]:
    """Why the verdict is not better: every rule that says caution or avoid, or for which no source says anything."""
    return [
        {
            "rule": found.rule,
            "verdict": found.ruling.verdict.value,
            "reason": reasons.get(found.ruling.because, found.ruling.because) if found.ruling.because else None,
            "source": list(found.ruling.sources),
        }
        for found in findings
        if found.ruling.verdict not in SAFE
    ]


def _cells(row: dict[str, Any]) -> dict[str, str]:
    """One line of the table; its reasons in a few words."""
    why = "; ".join(f"{each['rule'].replace(':', ' ')}: {each['reason'] or 'no source says'}" for each in row["because"])
    return {**row, "regions": ", ".join(row["regions"]), "why": why}


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
