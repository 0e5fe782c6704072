"""The options that ask for a handout, declared once for every command that makes one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any

import typer

_WHAT, _WHO, _WHEN, _PAPER, WRITTEN = "What to do", "For whom", "On which days", "On which paper", "What is written"

Lines = list[str] | None


def _option(flag: str, words: str, panel: str, metavar: str) -> Any:
    return typer.Option(flag, help=words, rich_help_panel=panel, metavar=metavar, show_default=False)


# The names are those of the keys of a request file; the words become a Request in `request_from_options`.
_EDITION_HELP = "The look: standard, large-print, compact, black-and-white, one-per-page, pocket, poster, or your own."

REQUEST_OPTIONS: dict[str, Any] = {
    "profile": Annotated[str | None, _option("--profile", "extension, flexion or undetermined.", _WHAT, "ID")],
    "region": Annotated[Lines, _option("--region", "Part of the body; may be repeated.", _WHAT, "ID")],
    "routine": Annotated[str | None, _option("--routine", "A standard list of exercises.", _WHAT, "ID")],
    "exercise": Annotated[Lines, _option("--exercise", "An exercise by name; repeat it, in order.", _WHAT, "ID")],
    "exclude": Annotated[Lines, _option("--exclude", "An exercise to leave out; may be repeated.", _WHAT, "ID")],
    "minutes": Annotated[str | None, _option("--minutes", "How many minutes the patient will really spend.", _WHAT, "N")],
    "position": Annotated[Lines, _option("--position", "A position the patient can take; may be repeated.", _WHAT, "ID")],
    "level": Annotated[str | None, _option("--level", "basic or advanced.", _WHAT, "LEVEL")],
    "precaution": Annotated[
        Lines, _option("--precaution", "A condition that limits what is safe; may be repeated.", _WHAT, "ID")
    ],
    "dose": Annotated[Lines, _option("--dose", "Another dose; what it leaves open stays.", _WHAT, '"ID: 2 x 30 s"')],
    "side": Annotated[Lines, _option("--side", "left, right or both.", _WHAT, '"ID: left"')],
    "note": Annotated[Lines, _option("--note", "A line for the patient, printed on the card.", _WHAT, '"ID: text"')],
    "override": Annotated[
        Lines, _option("--override", "Why it is given although a rule says avoid; never printed.", _WHAT, '"ID: reason"')
    ],
    "swap": Annotated[
        bool,
        typer.Option("--swap", metavar="", help="Take the proposed swap wherever a rule says avoid.", rich_help_panel=_WHAT),
    ],
    "blank_doses": Annotated[
        bool, typer.Option("--blank-doses", metavar="", help="Leave all doses to be written in by hand.", rich_help_panel=_WHAT)
    ],
    "days": Annotated[str | None, _option("--days", "Days of the week.", _WHEN, "mon,wed,fri")],
    "times_per_day": Annotated[str | None, _option("--times-per-day", "Times a day, for all exercises.", _WHEN, "N")],
    "start": Annotated[str | None, _option("--start", "First day of the calendar: YYYY-MM-DD or today.", _WHEN, "DATE")],
    "weeks": Annotated[str | None, _option("--weeks", "Weeks of the calendar.", _WHEN, "N")],
    "calendar_weeks": Annotated[
        bool,
        typer.Option(
            "--calendar-weeks", metavar="", help="Weeks begin on Monday, or as the country's do.", rich_help_panel=_WHEN
        ),
    ],
    "one_page": Annotated[
        bool,
        typer.Option("--one-page", metavar="", help="All weeks on one page, where they fit.", rich_help_panel=_WHEN),
    ],
    "score": Annotated[str | None, _option("--score", "pain, comfort or none: rated 0 to 10 each day.", _WHEN, "WHAT")],
    "progression": Annotated[
        Lines, _option("--progression", "What changes when; may be repeated.", _WHEN, '"week 3: hold 30 s"')
    ],
    "progression_rule": Annotated[str | None, _option("--progression-rule", "When to go on to the next step.", _WHEN, "TEXT")],
    "at": Annotated[str | None, _option("--at", "When sessions begin, for reminders.", _WHEN, "08:00,19:00")],
    "time_zone": Annotated[str | None, _option("--time-zone", "Of the reminders: Europe/London.", _WHEN, "ZONE")],
    "pages": Annotated[str | None, _option("--pages", "handout, calendar, month, diary: what is printed.", _PAPER, "LIST")],
    "patient": Annotated[str | None, _option("--patient", "The patient's name as printed.", _WHO, "TEXT")],
    "patient_id": Annotated[str | None, _option("--patient-id", "The patient's number as printed.", _WHO, "TEXT")],
    "clinician": Annotated[str | None, _option("--clinician", "The clinician's name as printed.", _WHO, "TEXT")],
    "goal": Annotated[str | None, _option("--goal", "What the patient works towards.", _WHO, "TEXT")],
    "title": Annotated[str | None, _option("--title", "The title, of the file too: write no name.", _WHO, "TEXT")],
    "date": Annotated[str | None, _option("--date", "YYYY-MM-DD or today; none: a line to write it on.", _WHO, "DATE")],
    "review": Annotated[str | None, _option("--review", "When the clinician looks at it again.", _WHO, "DATE")],
    "clinic": Annotated[str | None, _option("--clinic", "A clinic of the workspace.", _PAPER, "ID")],
    "cover": Annotated[str | None, _option("--cover", "FILE.pdf, generated or none.", _PAPER, "COVER")],
    "letterhead": Annotated[str | None, _option("--letterhead", "A PDF to print on, or none.", _PAPER, "FILE.pdf")],
    "edition": Annotated[str | None, _option("--edition", _EDITION_HELP, _PAPER, "ID")],
    "paper": Annotated[str | None, _option("--paper", "a4 or letter.", _PAPER, "SIZE")],
    "body": Annotated[str | None, _option("--body", "female or male: which body the pictures show.", _PAPER, "BODY")],
    "lang": Annotated[str | None, _option("--lang", "The language of the page.", _PAPER, "CODE")],
}

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        rich_help_panel=_PAPER,
        help="The clinic's folder; else found upward from here.",
        show_default=False,
    ),
]
StrictOption = Annotated[
    bool,
    typer.Option("--strict", rich_help_panel=WRITTEN, metavar="", help="Check it; write nothing on a warning or a fault."),
]
RequestArgument = Annotated[
    Path | None,
    typer.Argument(metavar="REQUEST.yaml", help="A request file; options go over it.", show_default=False),
]
PasswordOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE",
        rich_help_panel=WRITTEN,
        help="Protect the PDF, and nothing beside it, with the first line.",
        show_default=False,
    ),
]
CoverPasswordOption = Annotated[
    Path | None,
    typer.Option(
        "--cover-password-file",
        metavar="FILE",
        rich_help_panel=_PAPER,
        help="Opens a locked cover or letterhead.",
        show_default=False,
    ),
]

SaveOption = Annotated[
    Path | None,
    typer.Option(
        "--save",
        metavar="FILE.yaml",
        show_default=False,
        rich_help_panel=WRITTEN,
        help="The plan as a request file, to edit and make again; replaces the file.",
    ),
]
ChartNoteOption = Annotated[
    Path | None,
    typer.Option(
        "--chart-note",
        metavar="FILE.txt",
        show_default=False,
        rich_help_panel=WRITTEN,
        help="A note for the patient's record; replaces the file.",
    ),
]
RemindersOption = Annotated[
    Path | None,
    typer.Option(
        "--ics",
        metavar="FILE.ics",
        show_default=False,
        rich_help_panel=WRITTEN,
        help="The same plan as reminders for a phone; needs --start.",
    ),
]
NameOption = Annotated[
    bool,
    typer.Option("--name-in-ics", metavar="", rich_help_panel=WRITTEN, help="Name the patient in the titles of reminders."),
]

_FLAGS = ("swap", "blank_doses", "calendar_weeks", "one_page", "name_in_reminders", "strict")


def with_document_options(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of a request and those of one document in place of its `**asked`.

    `kind` is what it makes, and the name of the file it writes where none is given.
    """
    where = typer.Option(
        "--output",
        "-o",
        metavar="FILE.pdf",
        show_default=False,
        rich_help_panel=WRITTEN,
        help=f"Where to; replaces the file. Else {kind}.pdf, never over another.",
    )
    document = {
        "output": Annotated[Path | None, where],
        "save": SaveOption,
        "chart_note": ChartNoteOption,
        "reminders": RemindersOption,
        "name_in_reminders": NameOption,
        "password_file": PasswordOption,
        "cover_password_file": CoverPasswordOption,
        "workspace": WorkspaceOption,
        "strict": StrictOption,
    }
    return _with_options({**REQUEST_OPTIONS, **document})


def with_request_options(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command these options of a request in place of its `**asked`."""
    return _with_options({name: REQUEST_OPTIONS[name] for name in names})


def _with_options(options: Mapping[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def dress(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command, eval_str=True)
        own = [each for each in signature.parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
        shared = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=False if name in _FLAGS else None, annotation=annotation)
            for name, annotation in options.items()
        ]
        command.__signature__ = signature.replace(parameters=sorted([*shared, *own], key=lambda each: each.kind))  # type: ignore[attr-defined]
        return command

    return dress
