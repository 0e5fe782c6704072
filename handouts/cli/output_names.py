"""What is wrong with the name of a file that is to be written, told before anything is made."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.errors import Problem, UsageError

if TYPE_CHECKING:
    from handouts.workspace import Workspace

_FOLDERS = ("assets", "catalog", "schemas", "templates")  # of a workspace: what is in them is read


def trouble_with_name(option: str, path: Path, endings: tuple[str, ...] = ()) -> Problem | None:
    """Why a path is none for a file (or, without `endings`, a folder) to write; None when it is one."""
    if endings and path.suffix.lower() not in endings:
        hint = f"write it like {option} FILE{endings[0]}"
        return Problem(message=f"{option}: expected a file name ending in {endings[0]}", hint=hint)
    if any(unicodedata.category(sign) == "Cc" for sign in os.fspath(path)):
        what = "file" if endings else "folder"
        message = f"{option}: the {what} name holds a line break or a control character"
        return Problem(message=message, hint="take letters, digits, - and _")
    return None


def refuse_names(named: Iterable[tuple[str, Path | None, tuple[str, ...]]]) -> None:
    """Raise UsageError with the trouble of every option, path and its endings."""
    found = (trouble_with_name(option, path, endings) for option, path, endings in named if path is not None)
    problems = [each for each in found if each is not None]
    if problems:
        raise UsageError(problems)


def refuse_inputs(outputs: Iterable[Path | None], inputs: Iterable[Path | None], space: Workspace | None = None) -> None:
    """Raise UsageError where an output would replace something that is read: an input, or a file of the workspace."""
    read = [path for path in inputs if path is not None]
    problems = [
        Problem(message=f"{path} is read and would be replaced", hint="give the output another name")
        for path in outputs
        if path is not None and (any(_is_same(path, other) for other in read) or (space and _is_read(path, space)))
    ]
    if problems:
        raise UsageError(problems)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return os.path.abspath(one) == os.path.abspath(other)  # noqa: PTH100 - must not follow links that do not exist


def _is_read(path: Path, space: Workspace) -> bool:
    """Whether a path is one of the files that workspaces are made of; the settings also where there are none yet."""
    from handouts.workspace import SETTINGS_FILE

    if path.name.lower() == SETTINGS_FILE:
        return True
    try:
        real = ((space.current or Path()) / path).resolve()
        folders = [(layer.root / name).resolve() for layer in space.layers for name in _FOLDERS]
        return real.exists() and any(real.is_relative_to(folder) for folder in folders)
    except (OSError, RuntimeError, ValueError):
        return False
