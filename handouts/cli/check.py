"""`handouts check`: the catalogue, requests, clinic folders or finished PDFs against the rules and quality checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli.options import WorkspaceOption
from handouts.errors import ExitCode

if TYPE_CHECKING:
    from handouts.quality.remarks import Remark


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...", help="Request files, PDFs, clinic folders or workspaces; none: all of this workspace."
        ),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One object with counts and the list, notes included.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a report as one HTML page too.", show_default=False)
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    list_rules: Annotated[bool, typer.Option("--list", help="Show what is checked, and stop.")] = False,
    workspace: WorkspaceOption = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODE", help="Only this language.", show_default=False)] = None,
) -> None:
    r"""Check the catalogue, request files, clinic folders or finished PDFs.

    Each remark is one line: place, check, what was found, what to do. Exit code 3 when there is an error.

    \b
    Examples:
      handouts check
      handouts check request.yaml plan.pdf
      handouts check --strict --html report.html
    """
    from handouts.checking.paths import Checker
    from handouts.cli.opening import current_folder, today
    from handouts.cli.reporting import put_out, tell
    from handouts.quality.remarks import Severity, count, in_order
    from handouts.quality.report import as_html, summarise
    from handouts.quality.report import as_json as to_json

    if list_rules:
        put_out(_show_rules())
        return
    current = current_folder()
    checker = Checker(workspace=workspace, lang=lang, current=current, today=today())
    remarks = in_order(checker.check_all(paths or []))
    put_out(to_json(remarks) + "\n" if as_json else _show(remarks))
    if html is not None:
        from handouts.output import write_atomically

        write_atomically(current / html, as_html(remarks).encode("utf-8"))
    tell(f"handouts check: {summarise(remarks)}")
    if count(remarks, Severity.ERROR) or (strict and count(remarks, Severity.WARNING)):
        raise typer.Exit(int(ExitCode.INPUT))


def _show(remarks: list[Remark]) -> str:
    """Notes are left out: they tell nothing that should be changed."""
    from handouts.cli.reporting import one_line
    from handouts.quality.remarks import Severity

    lines = (str(remark) for remark in remarks if remark.severity is not Severity.NOTE)
    return "".join(f"{one_line(line)}\n" for line in lines)


def _show_rules() -> str:
    from handouts.quality.registry import list_rules

    return "".join(f"{rule.id:<4}{rule.severity:<9}{rule.what} [{rule.source}]\n" for rule in list_rules())
