"""`handouts make`: one handout."""

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
    """Make one handout.

    Give a request file, options, or both: options go over what the file says.

    \b
    Examples:
      handouts make --routine five-minute
      handouts make --profile extension --region lower-back --minutes 10
      handouts make --exercise cobra --dose "cobra: 3 x 10 s" --date today
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.cli.one_document import Wanted, make_one

    wanted = Wanted(
        kind="handout",
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
