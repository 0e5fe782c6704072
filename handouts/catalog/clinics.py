"""Reads a clinic's folder: assets/clinics/ID/clinic.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handouts.catalog.facts import check_id
from handouts.errors import InputError, Problem, did_you_mean
from handouts.formats.nodes import Mapping as MappingNode
from handouts.formats.nodes import Node
from handouts.formats.readers import Problems, quoted
from handouts.model import Clinic, LetterheadMargins, Margins
from handouts.workspace import Workspace, check_names, gather_tree, list_names, read_kind

CLINICS = "assets/clinics"

# Lengths in points. The least room for text is our own default: a heading, a picture and a few lines fit.
_LEAST_HEIGHT, _LEAST_WIDTH, _LEAST_LANDSCAPE = 283.5, 226.8, 396.9  # 100 mm, 80 mm, 140 mm
_SHORTEST_PAPER, _NARROWEST_PAPER = 792.0, 595.3  # US Letter is the shorter, A4 the narrower of the papers we print on
_MM = 72 / 25.4


def find_clinics(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids of all clinics in the workspace."""
    return list_names(workspace, CLINICS, "*/clinic.yaml")


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
        problems.references = [found for found in problems.references if found.kind == "country"]  # its id is checked above
        check_names(workspace, problems, number_given="emergency_number" in values)
        _check_room(_margins(values), tree, problems)
    if problems.found:
        raise InputError(problems.found)
    colours = values.get("colours", {})
    plain = {key: value for key, value in values.items() if key not in ("id", "colours", "margins")}
    return Clinic(
        id=clinic,
        main_colour=colours.get("main"),
        margins=_margins(values),
        **plain,
    )


def _margins(values: Mapping[str, Any]) -> LetterheadMargins:
    said = dict(values.get("margins", {}))
    if "landscape" in said:
        said["landscape"] = Margins(**{"left": 0.0, "right": 0.0, **said["landscape"]})
    return LetterheadMargins(**said)


def _check_room(margins: LetterheadMargins, tree: Node, problems: Problems) -> None:
    """Note margins that leave too little of the paper to print on, at their place."""
    said = tree.values.get("margins") if isinstance(tree, MappingNode) else None
    place = said.place if said is not None else tree.place
    pages = (("first_top and first_bottom", margins.for_page(first=True)), ("top and bottom", margins.for_page(first=False)))
    left = [(names, _SHORTEST_PAPER - page.top - page.bottom, _LEAST_HEIGHT) for names, page in reversed(pages)]
    if left[0][1] == left[1][1]:
        left.pop()
    left.append(("landscape", _NARROWEST_PAPER - margins.landscape.top - margins.landscape.bottom, _LEAST_LANDSCAPE))
    left.append(("left and right", _NARROWEST_PAPER - margins.left - margins.right, _LEAST_WIDTH))
    for names, room, least in left:
        if room < least:
            found = f"leave {room / _MM:.0f} mm" if room > 0 else "leave no room"
            message = f"margins: {names} {found} to print on, {least / _MM:.0f} mm at least"
            problems.add(place, message, "make them smaller")
