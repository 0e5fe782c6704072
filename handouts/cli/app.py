"""The commands, each in a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from handouts.cli.reporting import Session, put_out

COMMANDS = {
    "make": "make.make",
    "calendar": "calendar.calendar",
    "batch": "batch.batch",
    "list": "listing.list_exercises",
    "show": "show.show",
    "check": "check.check",
    "init": "init.init",
    "figure": "figure.figure",
}
"""Each command by name, in the order of the help: its file and its function, or a Typer of more commands."""


def build_app(args: Sequence[str] = ()) -> typer.Typer:
    """The program; where the arguments begin with the name of a command, it alone, since reading all options takes a while."""
    app = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(handouts)
    named = next((word for word in args if not word.startswith("-")), None)
    for name in [named] if named in COMMANDS else COMMANDS:
        _add(app, name)
    return app


def _add(app: typer.Typer, name: str) -> None:
    file, _, function = COMMANDS[name].partition(".")
    command: Any = getattr(import_module(f"handouts.cli.{file}"), function)
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name)
    else:
        app.command(name)(command)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it with the value of the option
    if wanted:
        from handouts.cli.opening import program_version

        put_out(f"handouts {program_version()}\n")
        raise typer.Exit


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
