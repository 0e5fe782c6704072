"""The plan of a handout as a request file that makes the same handout again."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.errors import Problem

if TYPE_CHECKING:
    from handouts.build import Built
    from handouts.model import Request
    from handouts.workspace import Workspace

_SCHEMA = Path("schemas", "request.schema.json")


def resolve_plan(asked: Request, built: Built) -> Request:
    """The request that names all of the plan: every exercise with its dose, side, note and override, nothing left to choose.

    A cover or letterhead that is the clinic's stays with the clinic: the plan names the clinic.
    """
    from handouts.model import Entry, Side

    plan = built.plan
    chosen = {item.exercise.id for item in plan.items}
    return replace(
        built.request,
        profile=plan.profile,
        exercises=tuple(
            Entry(
                id=item.exercise.id,
                dose=item.dose,
                side=None if item.side is Side.BOTH else item.side,
                note=item.note,
                override=item.override,
            )
            for item in plan.items
        ),
        exclude=tuple(each for each in (plan.routine.exercises if plan.routine else ()) if each not in chosen),
        positions=(),
        level=None,
        entries={},
        swap=False,
        pages=() if asked.pages == ("handout",) else asked.pages,  # so that the plan makes a calendar as well
        cover=asked.cover,
        letterhead=asked.letterhead,
    )


def plan_text(plan: Request, space: Workspace, target: Path, current: Path) -> str:
    """The resolved plan as the YAML of the file `target`."""
    from handouts.request_dump import dump_request

    folder = current / target.parent
    root = space.root
    schema = None
    if root is not None and (root / _SCHEMA).is_file():
        schema = Path(os.path.relpath(root / _SCHEMA, folder)).as_posix()
    return dump_request(plan, folder=folder, schema=schema)


def trouble_with_saving(target: Path, request: Request, space: Workspace) -> Problem | None:
    """Say why a file `target` could not name the cover or letterhead: a file in YAML must lie inside its workspace."""
    folder = ((space.current or Path()) / target.parent).resolve()
    root = space.root.resolve() if space.root else None
    inside = root if root is not None and folder.is_relative_to(root) else folder
    for option, path in (("--cover", request.cover), ("--letterhead", request.letterhead)):
        if path in (None, "none", "generated") or Path(path or "").resolve().is_relative_to(inside):
            continue
        hint = f"copy the {option[2:]} beside {target}, and name it there"
        return Problem(message=f"--save: {target} could not name the file of {option}: it lies outside {inside}", hint=hint)
    return None
