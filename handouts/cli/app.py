"""The commands, each in a file of its own, loaded when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer
from typer.core import DEFAULT_MARKUP_MODE

from handouts.cli.reporting import Session, put_out

_COMMANDS = {
    "make": ("make:make", "Make one handout."),
    "calendar": ("calendar:calendar", "Make the weekly calendar of a plan: days across, exercises down, boxes to tick."),
    "batch": (
        "batch:batch",
        "Make many handouts: one for each request file, each row of a table of patients, or each routine.",
    ),
    "list": ("listing:list_exercises", "List the exercises of the catalogue."),
    "show": ("show:show", "Show one exercise in full, with the source of each clinical field."),
    "check": ("check:check", "Check the catalogue, request files, clinic folders or finished PDFs."),
    "init": (
        "init:init",
        "Make a folder for a clinic: settings, a clinic, a request and an exercise of its own, each ready to change.",
    ),
    "figure": ("figure:figure", "Draw the figures from poses written as text, check them, or show them side by side."),
}
"""Where each command is ("module:name"), and the first sentence of its help. Why: the others are not loaded for one."""


def open_app(args: Sequence[str] | None = None) -> typer.Typer:
    """The program with the command that these arguments name, and with no more than the names of the others.

    None: with every command. Why no Rich where no command is named and nobody looks at a terminal: to load it takes longer
    than all else that the help of the program needs.
    """
    looked_at = sys.stdout is not None and sys.stdout.isatty()
    asked = next((word for word in args if not word.startswith("-")), None) if args is not None else None
    app = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=DEFAULT_MARKUP_MODE if args is None or asked in _COMMANDS or looked_at else None,
    )
    for name, (place, summary) in _COMMANDS.items():
        if args is not None and name != asked:
            app.command(name, short_help=summary)(_only_named)
            continue
        module, _, member = place.partition(":")
        command = getattr(import_module(f"handouts.cli.{module}"), member)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    app.callback()(handouts)
    return app


def _only_named() -> None:
    """Stand for a command that is not asked for."""


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
