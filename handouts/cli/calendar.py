"""`handouts calendar`: the weekly calendar, the month view and the diary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from handouts.cli.options import (
    WRITTEN,
    ChartNoteOption,
    CoverPasswordOption,
    NameOption,
    PasswordOption,
    RemindersOption,
    RequestArgument,
    SaveOption,
    StrictOption,
    WorkspaceOption,
    with_request_options,
)


@with_request_options()
def calendar(
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
            help="Where to; replaces the file. Else calendar.pdf, never over another.",
        ),
    ] = None,
    save: SaveOption = None,
    chart_note: ChartNoteOption = None,
    reminders: RemindersOption = None,
    name_in_reminders: NameOption = False,
    password_file: PasswordOption = None,
    cover_password_file: CoverPasswordOption = None,
    workspace: WorkspaceOption = None,
    strict: StrictOption = False,
    **asked: Any,
) -> None:
    """Make the weekly calendar of a plan: days across, exercises down, boxes to tick.

    Give a request file, options, or both: options go over what the file says. --pages adds a month view or a diary.

    \b
    Examples:
      handouts calendar --routine five-minute --start today
      handouts calendar plan.yaml --start 2026-03-30 --weeks 4 --ics plan.ics
      handouts calendar plan.yaml --progression "week 2: hold 45 s" --weeks 2
      handouts calendar --profile flexion --pages calendar,diary
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.cli.one_document import Wanted, make_one

    wanted = Wanted(
        kind="calendar",
        output=output,
        save=save,
        chart_note=chart_note,
        reminders=reminders,
        name_in_reminders=name_in_reminders,
    )
    make_one(
        request_file,
        asked,
        wanted,
        password_file=password_file,
        cover_password_file=cover_password_file,
        workspace=workspace,
        strict=strict,
    )
