"""`handouts check`: the catalogue, requests, clinic folders or finished PDFs against the rules and quality checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli.options import WorkspaceOption
from handouts.cli.reporting import put_out, tell
from handouts.cli.showing import show_outcome
from handouts.errors import ExitCode, Problem, UsageError

if TYPE_CHECKING:
    from handouts.measuring.many import Meters
    from handouts.quality.outcome import Outcome

_PAGES = (".html", ".htm")


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
    scores: Annotated[
        bool, typer.Option("--scores", help="Show the published scores of requests and PDFs, item by item, too.")
    ] = False,
    edition: Annotated[
        str | None,
        typer.Option("--edition", metavar="ID", help="Hold finished PDFs to what this edition promises.", show_default=False),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too, but those with a reason.")] = False,
    list_rules: Annotated[bool, typer.Option("--list", help="Show what is checked, and stop.")] = False,
    workspace: WorkspaceOption = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODE", help="Only this language.", show_default=False)] = None,
) -> None:
    r"""Check the catalogue, request files, clinic folders or finished PDFs.

    Each remark says where, which check, what was found and what to do. Exit code 3 when there is an error.

    \b
    Examples:
      handouts check
      handouts check request.yaml plan.pdf
      handouts check --scores --html report.html other-tool.pdf
    """
    from handouts.measuring.many import Meters

    if html is not None:
        _refuse_target(html)
    if list_rules:
        put_out(_show_rules())
        return
    if html is not None:
        from handouts.cli.output_names import refuse_inputs, refuse_names

        refuse_names([("--html", html, (".html", ".htm"))])
        refuse_inputs([html], paths or [])
    with Meters() as meter:
        if any(path.suffix.lower() == ".pdf" for path in paths or ()):
            meter.start()  # it gets ready while this process reads its own modules
        outcome = _check(paths or [], meter, workspace, lang, edition, scores=scores, pictures=html is not None)
    put_out(_as_json(outcome) if as_json else show_outcome(outcome, scores=scores))
    if html is not None:
        from handouts.cli.opening import current_folder
        from handouts.output import write_atomically
        from handouts.quality.page_report import as_html

        write_atomically(current_folder() / html, as_html(outcome).encode("utf-8"))
    from handouts.quality.remarks import Severity, count
    from handouts.quality.report import summarise

    tell(f"handouts check: {summarise(outcome.remarks)}")
    if count(outcome.remarks, Severity.ERROR) or (strict and any(remark.counts for remark in outcome.remarks)):
        raise typer.Exit(int(ExitCode.INPUT))


def _refuse_target(html: Path) -> None:
    """Raise UsageError where the report would replace something else: a PDF or a request that was to be checked, mostly."""
    if html.suffix.lower() not in _PAGES:
        message = "--html: expected a file name ending in .html"
        raise UsageError(Problem(message=message, hint="write it like --html report.html"))


def _check(
    paths: list[Path],
    meter: Meters,
    workspace: Path | None,
    lang: str | None,
    edition: str | None,
    *,
    scores: bool,
    pictures: bool,
) -> Outcome:
    from handouts.checking.finished import Asked
    from handouts.checking.paths import Checker
    from handouts.cli.opening import current_folder, today

    asked = Asked(scores=scores, pictures=pictures)
    checker = Checker(
        meter, workspace=workspace, lang=lang, current=current_folder(), today=today(), edition=edition, asked=asked
    )
    return checker.check_all(paths)


def _as_json(outcome: Outcome) -> str:
    from handouts.quality.report import as_json

    return as_json(outcome) + "\n"


def _show_rules() -> str:
    from handouts.quality.registry import list_rules

    return "".join(f"{rule.id:<4}{rule.severity:<9}{rule.what} [{rule.source}]\n" for rule in list_rules())
