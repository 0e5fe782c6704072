"""Writes a request as YAML that reads back to the same request."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from pathlib import Path
from typing import Any

from handouts.formats.calendar_readers import format_step
from handouts.formats.dose_text import dose_fields, format_dose
from handouts.model import Dose, Entry, Request, Step

_PLAIN = re.compile("[a-z]+(-[a-z0-9]+)*")
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_PATHS = ("cover", "letterhead")
_SCHEMA = "# yaml-language-server: $schema="


def dump_request(request: Request, *, folder: Path | None = None, schema: str | None = None) -> str:
    """Return the request as a YAML file.

    `folder` is where the file will lie: paths are then written relative to it. `schema` is the path of the schema for editors.
    Details of exercises that are named stand with them, so a request reads back equal when its `entries` are only of others.
    """
    lines: list[str] = [f"{_SCHEMA}{schema}"] if schema else []
    for key, name in (("profile", "profile"), ("region", "regions"), ("routine", "routine")):
        _add(lines, key, getattr(request, name))
    if request.exercises:
        lines.append("exercises:")
        for entry in request.exercises:
            lines.append(f"  - id: {entry.id}")
            for key, value in _entry_values(entry):
                lines.extend(_nested(key, value, "    "))
    for key, name in (
        ("exclude", "exclude"),
        ("minutes", "minutes"),
        ("position", "positions"),
        ("level", "level"),
        ("precaution", "precautions"),
    ):
        _add(lines, key, getattr(request, name))
    _add_entries(lines, request)
    for key in [
        "swap",
        "patient",
        "patient_id",
        "clinician",
        "goal",
        "title",
        "date",
        "review",
        "days",
        "times_per_day",
        "blank_doses",
        "pages",
        "start",
        "weeks",
        "calendar_weeks",
        "one_page",
        "score",
        "progression",
        "progression_rule",
        "at",
        "time_zone",
        "clinic",
        "cover",
        "letterhead",
        "edition",
        "paper",
        "body",
        "lang",
    ]:
        value = getattr(request, key)
        _add(lines, key, _relative(value, folder) if key in _PATHS and value is not None else value)
    return "\n".join(lines) + "\n"


def _add_entries(lines: list[str], request: Request) -> None:
    for wanted in ("dose", "side", "note", "override"):
        said = [
            (exercise, value)
            for exercise, entry in request.entries.items()
            for key, value in _entry_values(entry)
            if key == wanted
        ]
        if said:
            lines.append(f"{wanted}:")
            for exercise, value in said:
                lines.extend(_nested(exercise, value, "  "))


def _relative(value: str, folder: Path | None) -> str:
    if folder is None or value in ("none", "generated"):
        return value
    return Path(os.path.relpath(value, folder)).as_posix()


def _add(lines: list[str], key: str, value: Any) -> None:
    if value is not None and value is not False and value != ():
        lines.append(f"{key}: {_scalar(value)}")


def _nested(key: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, dict):
        return [f"{indent}{key}: {{{', '.join(f'{name}: {_scalar(part)}' for name, part in value.items())}}}"]
    return [f"{indent}{key}: {_scalar(value)}"]


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Step):
        value = format_step(value)
    if isinstance(value, dt.time):
        value = f"{value:%H:%M}"
    if isinstance(value, tuple):
        return f"[{', '.join(_scalar(item) for item in value)}]"
    text = str(value)
    # Why JSON: its quoted strings are YAML's double-quoted ones, with the same escapes.
    return text if _PLAIN.fullmatch(text) and text not in _NOT_TEXT else json.dumps(text, ensure_ascii=False)


def _entry_values(entry: Entry) -> list[tuple[str, Any]]:
    dose = None if entry.dose is None else _dose_value(entry.dose)
    every = (("dose", dose), ("side", entry.side), ("note", entry.note), ("override", entry.override))
    return [(key, value) for key, value in every if value is not None]


def _dose_value(dose: Dose) -> str | dict[str, Any]:
    """Return the dose as a short text where one says it all, else as a mapping."""
    words = format_dose(dose)
    if words is not None:
        return words
    return {**dose_fields(dose), **({"blank": True} if dose.blank else {})}
