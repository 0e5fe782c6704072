"""The options of `handouts batch` that are its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

_WHAT, _WHERE, _HOW, _PRINTER = "What to make", "What is written", "How", "For the printer"
_OF_STANDARD = "Of the standard sheets; may be repeated."


def _option(words: str, panel: str, metavar: str = "", flag: str | None = None, **more: Any) -> Any:
    return typer.Option(*([flag] if flag else []), help=words, rich_help_panel=panel, metavar=metavar, show_default=False, **more)


SourcesArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[SOURCE]...", help="Request files, folders of them, CSV files of patients.", show_default=False),
]
StandardOption = Annotated[bool, _option("A sheet of every routine.", _WHAT, flag="--standard")]
EditionsOption = Annotated[list[str] | None, _option(_OF_STANDARD, _WHAT, "ID", "--edition")]
PapersOption = Annotated[list[str] | None, _option(_OF_STANDARD, _WHAT, "SIZE", "--paper")]
LangsOption = Annotated[list[str] | None, _option(_OF_STANDARD, _WHAT, "CODE", "--lang")]
ShardOption = Annotated[str | None, _option("Only the I-th of N parts, for several machines.", _WHAT, "I/N", "--shard")]
OutOption = Annotated[Path, _option("The folder of all files; out if left away, made if missing.", _WHERE, "DIR", "--out")]
NamesOption = Annotated[str | None, _option('How files are named, like "{patient_id}-{lang}".', _WHERE, "PATTERN", "--names")]
DryRunOption = Annotated[bool, _option("Check everything, list the files, write nothing.", _WHERE, flag="--dry-run")]
ResumeOption = Annotated[bool, _option("Build only what is missing or has changed.", _HOW, flag="--resume")]
FailFastOption = Annotated[bool, _option("Build nothing when something is wrong.", _HOW, flag="--fail-fast")]
StrictOption = Annotated[bool, _option("A handout with a warning has failed.", _HOW, flag="--strict")]
JobsOption = Annotated[int | None, _option("Processes; else one a core.", _HOW, "N", "--jobs", min=1, max=64)]
MergeOption = Annotated[Path | None, _option("All handouts in one file as well.", _PRINTER, "FILE.pdf", "--merge")]
DuplexOption = Annotated[bool, _option("In it, each starts on the front of a sheet.", _PRINTER, flag="--duplex")]
