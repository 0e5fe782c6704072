"""The commands, each in a file of its own."""

from __future__ import annotations

from typing import Annotated

import typer

from handouts.cli.batch import batch
from handouts.cli.calendar import calendar
from handouts.cli.check import check
from handouts.cli.figure import figure
from handouts.cli.init import init
from handouts.cli.listing import list_exercises
from handouts.cli.make import make
from handouts.cli.reporting import Session, put_out
from handouts.cli.show import show

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("make")(make)
app.command("calendar")(calendar)
app.command("batch")(batch)
app.command("list")(list_exercises)
app.command("show")(show)
app.command("check")(check)
app.command("init")(init)
app.add_typer(figure, name="figure")


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it with the value of the option
    if wanted:
        from handouts.cli.opening import program_version

        put_out(f"handouts {program_version()}\n")
        raise typer.Exit


@app.callback()
def handouts(
    context: typer.Context,
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show where a bug happened.")] = False,
    version: Annotated[  # noqa: ARG001 - the callback shows it
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Exercise handouts for people with low back and hip pain: clear, safe and accessible PDFs on the clinic's own paper.

    \b
    Example:
      handouts make --routine five-minute
    """  # noqa: D301 - \b keeps the lines of the examples apart
    if isinstance(context.obj, Session):
        context.obj.debug = debug
