"""Reads a clinic's folder: assets/clinics/ID/clinic.yaml."""

from __future__ import annotations

from handouts.catalog.facts import check_id
from handouts.errors import InputError, Problem, did_you_mean
from handouts.formats.readers import Problems, quoted
from handouts.model import Clinic, LetterheadMargins
from handouts.workspace import Workspace, gather_tree, read_kind

CLINICS = "assets/clinics"


def find_clinics(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids of all clinics in the workspace."""
    found: set[str] = set()
    for layer in workspace.layers:
        folder = layer.root / CLINICS
        if folder.is_dir():
            found.update(path.parent.name for path in folder.glob("*/clinic.yaml"))
    return tuple(sorted(found))


def load_clinic(workspace: Workspace, clinic: str) -> Clinic:
    """One clinic by its id; raises InputError when there is none, or with every problem of its file."""
    problems = Problems()
    known = find_clinics(workspace)
    if clinic not in known:
        raise InputError(Problem(message=f"there is no clinic {quoted(clinic)}", hint=did_you_mean(clinic, known)))
    tree = gather_tree(workspace, f"{CLINICS}/{clinic}/clinic.yaml", problems)
    values = {} if tree is None else read_kind("clinic", tree, problems)
    if tree is not None:
        check_id(values, clinic, tree, problems)
    if problems.found:
        raise InputError(problems.found)
    colours = values.get("colours", {})
    plain = {key: value for key, value in values.items() if key not in ("id", "colours", "margins")}
    return Clinic(
        id=clinic,
        main_colour=colours.get("main"),
        margins=LetterheadMargins(**values.get("margins", {})),
        **plain,
    )
