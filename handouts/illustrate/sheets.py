"""Pose sheets and start positions of a workspace, and the fingerprints that tell when a drawing is out of date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as MappingType
from dataclasses import asdict, is_dataclass
from typing import Any

from handouts.errors import InputError, Place, Problem, did_you_mean
from handouts.formats.nodes import Mapping, Node
from handouts.formats.pose_kinds import POSE_KINDS
from handouts.formats.readers import Problems
from handouts.model.poses import Arrow, ArrowEnd, PoseSheet, PoseText, TurnArrow
from handouts.nouns import dataclass
from handouts.workspace import Workspace, gather_tree, list_names, read_tree

POSES = "assets/poses"
_STARTS = "starts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The pose sheets by exercise, and the start positions by name."""

    sheets: MappingType[str, PoseSheet]
    starts: MappingType[str, PoseText]


def list_sheets(workspace: Workspace) -> tuple[str, ...]:
    """The exercises that have a pose sheet."""
    return tuple(name for name in list_names(workspace, POSES, "*.yaml") if name != _STARTS)


def load_sheets(workspace: Workspace, wanted: tuple[str, ...] = ()) -> Library:
    """Read pose sheets, all or those of some exercises, and the start positions.

    Raises:
        InputError: an exercise has no sheet, or with every problem of the files.

    """
    known = list_sheets(workspace)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise InputError(
            [Problem(message=f"there is no pose sheet {POSES}/{name}.yaml", hint=did_you_mean(name, known)) for name in unknown]
        )
    problems = Problems()
    tree = gather_tree(workspace, f"{POSES}/{_STARTS}.yaml", problems)
    starts: dict[str, PoseText] = read_tree(POSE_KINDS["starts"], tree, problems).get("starts", {}) if tree is not None else {}
    sheets = {}
    for name in wanted or known:
        tree = gather_tree(workspace, f"{POSES}/{name}.yaml", problems)
        before = len(problems.found)
        values = read_tree(POSE_KINDS["poses"], tree, problems) if tree is not None else {}
        if tree is None or len(problems.found) > before:
            continue
        values.pop("id", None)
        overlaps = tuple((first, second) for first, second in values.pop("may_overlap", ()))
        sheet = sheets[name] = PoseSheet(id=name, may_overlap=overlaps, **values)
        for picture, each in sheet.pictures.items():
            base = each.pose.base
            if base is not None and base not in starts and (base not in sheet.pictures or base == picture):
                hint = did_you_mean(base, [*sheet.pictures, *starts])
                place = place_of(tree, "pictures", picture, "from")
                problems.add(place, f'{picture}: there is no other picture and no start position "{base}"', hint)
            for end in (end for arrow in each.arrows for end in ends_of(arrow)):
                if end.picture is not None and end.picture not in sheet.pictures:
                    what = f'{picture}: an arrow names a picture "{end.picture}" that is not there'
                    problems.add(place_of(tree, "pictures", picture, "arrows"), what, did_you_mean(end.picture, sheet.pictures))
    if problems.found:
        raise InputError(problems.found)
    for sheet in sheets.values():
        for picture in sheet.pictures:
            chain_of(sheet, picture, starts)
    return Library(sheets=sheets, starts=starts)


def place_of(tree: Node, *keys: str) -> Place:
    """Where a value stands in a file, as far as its keys lead."""
    node = tree
    for key in keys:
        if not isinstance(node, Mapping) or key not in node.values:
            break
        node = node.values[key]
    return node.place


def ends_of(arrow: Arrow | TurnArrow) -> tuple[ArrowEnd, ...]:
    """The places an arrow speaks of."""
    return arrow.points if isinstance(arrow, Arrow) else (arrow.centre,)


def chain_of(sheet: PoseSheet, picture: str, starts: MappingType[str, PoseText]) -> list[tuple[str, PoseText]]:
    """The poses a picture builds on, from the first start position to the picture itself, each with its name.

    Raises:
        InputError: poses build on one another in a ring, or a start position does not exist.

    """
    chain: list[tuple[str, PoseText]] = []
    names: set[str] = set()
    name: str | None = picture
    while name is not None:
        in_sheet = name in sheet.pictures
        pose = sheet.pictures[name].pose if in_sheet else starts.get(name)
        if pose is None or name in names:
            what = f"there is no start position {name}" if pose is None else f"{name} builds on itself"
            raise InputError(Problem(message=f"{POSES}/{sheet.id}.yaml: {picture}: {what}"))
        names.add(name)
        chain.append((name if in_sheet else f"{_STARTS}/{name}", pose))
        name = pose.base
    return chain[::-1]


def fingerprint(*parts: Any) -> str:
    """The first 16 hexadecimal digits of a hash of values: the same for the same meaning, whatever the file's layout."""
    text = json.dumps([_plain(part) for part in parts], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"noun": type(value).__name__, **{key: _plain(each) for key, each in asdict(value).items()}}
    if isinstance(value, MappingType):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value
