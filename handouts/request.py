"""Reads what a clinician asks for, from a request file or from the words of the command line, into one Request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from handouts.errors import InputError, Place, Problem, UsageError
from handouts.formats.files import load_tree, read_bytes, shown_path
from handouts.formats.nodes import Mapping as MappingNode
from handouts.formats.nodes import Node, Origin, Scalar, Sequence
from handouts.formats.pairs import PAIR_HINTS, split_pair
from handouts.formats.privacy import PRIVATE_KEYS, hide, hide_private
from handouts.formats.readers import Problems, UnreadableError
from handouts.formats.request_kinds import ENTRY_FIELDS, REQUEST, REQUEST_FIELDS
from handouts.model import DAYS, Catalog, Entry, Request
from handouts.workspace import Workspace, check_names

# Keys of the file (and names of options) whose field of Request has another name.
_FIELD_NAMES = {"region": "regions", "position": "positions", "precaution": "precautions"}
_DATES = ("date", "review", "start")


def read_request(path: Path, workspace: Workspace, *, today: dt.date | None = None, catalog: Catalog | None = None) -> Request:
    """Return the request of a YAML file; `today` is what the word today means.

    With a catalogue, ids that it or the workspace does not hold are problems too, each with its place. Paths in the file are
    relative to it and must stay inside the workspace (or inside the file's own folder when it lies outside). Raises InputError
    with everything that is wrong.
    """
    problems = Problems()
    tree = _load(path, workspace, problems)
    request = Request()
    if tree is not None:
        request = _read_tree(tree, problems, today)
    if catalog is not None:
        problems.check_references(known_ids(catalog))
        check_names(workspace, problems)
    if problems.found:
        raise InputError(problems.found)
    return request


def read_row(
    tree: MappingNode, problems: Problems, known: Mapping[str, Collection[str]], *, today: dt.date | None = None
) -> Request:
    """Return the request of one row of a table, made a tree; `known` are the ids it may name.

    Raises InputError with everything that is wrong, what is among the `problems` already too.
    """
    request = _read_tree(tree, problems, today)
    problems.check_references(known)
    if problems.found:
        raise InputError(problems.found)
    return request


def known_ids(catalog: Catalog) -> dict[str, Collection[str]]:
    """Return the ids a request may name, by kind of reference."""
    return {
        "exercise": catalog.exercises,
        "routine": catalog.routines,
        "profile": catalog.profiles,
        "precaution": catalog.precautions,
        "region": catalog.regions,
        "position": catalog.positions,
    }


def read_lines(path: Path) -> list[str]:
    """Return the lines of a request file that has been read before, to find places in it; none where it cannot be any more."""
    content = read_bytes(path, "", Problems())
    return content.decode("utf-8-sig", "replace").splitlines() if content is not None else []


def with_places(error: InputError, path: Path, workspace: Workspace) -> InputError:
    """Return the same problems, each that is about a part of the request with its place in the request file."""
    tree = _load(path, workspace, Problems())
    placed = []
    for problem in error.problems:
        place = _find_part(tree, *problem.about) if problem.about and problem.place is None else None
        placed.append(replace(problem, place=place) if place else problem)
    return InputError(placed)


def find_part(about: tuple[str, str], path: Path, workspace: Workspace) -> Place | None:
    """Where the request file states the part of a problem's `about`; None where it does not."""
    return _find_part(_load(path, workspace, Problems()), *about)


def _load(path: Path, workspace: Workspace, problems: Problems) -> Node | None:
    folder = path.parent if workspace.current is None else workspace.current / path.parent
    origin = Origin(file=shown_path(path, workspace.current), folder=folder, root=root_of(folder, workspace))
    return load_tree(folder / path.name, origin, problems)


def _find_part(tree: Node | None, key: str, exercise: str) -> Place | None:
    """Where the request states this of the exercise: under the key, else in the list of exercises.

    Of a progression `exercise` is the number of its step; without an exercise the place is that of the key.
    """
    if not isinstance(tree, MappingNode):
        return None
    by_id = tree.values.get(key)
    if key == "progression" and isinstance(by_id, Sequence) and exercise.isdigit() and int(exercise) < len(by_id.items):
        return by_id.items[int(exercise)].place
    if not exercise and by_id is not None:
        return by_id.place
    if isinstance(by_id, MappingNode) and exercise in by_id.values:
        return by_id.values[exercise].place
    listed = tree.values.get("exercises") or tree.values.get("exercise")
    for item in listed.items if isinstance(listed, Sequence) else ():
        named = item.values.get("id") if isinstance(item, MappingNode) else None
        if isinstance(item, MappingNode) and isinstance(named, Scalar) and named.text == exercise and key in item.values:
            return item.values[key].place
    return None


def root_of(folder: Path, workspace: Workspace) -> Path:
    """The folder that paths written in a file of `folder` may not leave."""
    if workspace.root is not None:
        try:
            if folder.resolve().is_relative_to(workspace.root.resolve()):
                return workspace.root
        except (OSError, RuntimeError):
            return folder
    return folder


def _read_tree(tree: Node, problems: Problems, today: dt.date | None) -> Request:
    hide_private(tree)
    try:
        values: dict[str, Any] = REQUEST.read(tree, problems)
    except UnreadableError:
        return Request()
    if not isinstance(tree, MappingNode):
        return Request()
    for key in _DATES:
        if key in values:
            values[key] = _resolve_date(values[key], today, tree.values[key], problems, key)
    if "days" in values:
        values["days"] = _in_week_order(values["days"])
    listed = _gather_listed(values.pop("exercises", ()), tree, problems)
    by_id = {key: values.pop(key) for key in ENTRY_FIELDS if key in values}
    for key, wanted in by_id.items():
        for exercise in wanted:
            entry = listed.get(exercise)
            node = tree.values[key]
            if entry is not None and getattr(entry, key) is not None and isinstance(node, MappingNode):
                message = f"{key}: {exercise} has its {key} among the exercises already"
                problems.add(node.keys[exercise].place, message, "remove one of the two")
    request = Request(exercises=tuple(listed.values()), **{_FIELD_NAMES.get(key, key): value for key, value in values.items()})
    return _with_details(request, collect_entries(by_id))


def _resolve_date(value: dt.date | str, today: dt.date | None, node: Node, problems: Problems, name: str) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    if today is None:
        problems.add(node.place, f"{name}: today is not known here", "write it like 2026-03-31")
    return today


def _gather_listed(items: Iterable[str | dict[str, Any]], tree: MappingNode, problems: Problems) -> dict[str, Entry]:
    listed: dict[str, Entry] = {}
    for item in items:
        entry = Entry(id=item) if isinstance(item, str) else Entry(**item) if "id" in item else None
        if entry is None:
            continue
        if entry.id in listed:
            node = tree.values.get("exercises") or tree.values["exercise"]
            problems.add(node.place, f"exercises: {entry.id} is given twice", "remove one of the two")
        listed[entry.id] = entry
    return listed


def collect_entries(by_id: Mapping[str, Mapping[str, Any]]) -> dict[str, Entry]:
    """One entry for each exercise of `{"dose": {id: …}, "side": {id: …}, …}`."""
    entries: dict[str, Entry] = {}
    for key, wanted in by_id.items():
        for exercise, value in wanted.items():
            entries[exercise] = _detail(entries.get(exercise, Entry(id=exercise)), key, value)
    return entries


def _detail(entry: Entry, key: str, value: Any) -> Entry:
    changes: dict[str, Any] = {key: value}
    return replace(entry, **changes)


def _with_details(request: Request, entries: Mapping[str, Entry]) -> Request:
    """Return the request with these details laid over it: on the exercises it names, else among its other entries."""
    named = {entry.id for entry in request.exercises}
    others = dict(request.entries)
    for exercise, entry in entries.items():
        if exercise not in named:
            others[exercise] = others.get(exercise, Entry(id=exercise)).under(entry)
    listed = tuple(entry.under(entries[entry.id]) if entry.id in entries else entry for entry in request.exercises)
    return replace(request, exercises=listed, entries=others)


def merge_requests(below: Request, above: Request) -> Request:
    """Return what the file asks for with what the options ask for over it.

    An option that was given replaces the file's value; a list replaces the whole list. Exercises named by options keep what the
    file says of them, and details of one exercise are merged one by one.
    """
    changes: dict[str, Any] = {}
    empty = Request()
    for part in fields(Request):
        value = getattr(above, part.name)
        if part.name not in ("exercises", "entries") and value != getattr(empty, part.name):
            changes[part.name] = value
    said = {entry.id: entry for entry in below.exercises} | dict(below.entries)
    details = {entry.id: entry for entry in above.exercises} | dict(above.entries)
    if above.exercises:
        named = {entry.id for entry in above.exercises}
        changes["exercises"] = tuple(said.get(entry.id, Entry(id=entry.id)) for entry in above.exercises)
        changes["entries"] = {key: entry for key, entry in said.items() if key not in named and key in below.entries}
    return _with_details(replace(below, **changes), details)


# --------------------------------------------------------------------------------------------- words of the command line


def request_from_options(options: Mapping[str, Any], *, current: Path | None = None, today: dt.date | None = None) -> Request:
    """Return the request that the words of the command line ask for.

    `options` maps the names of the options with `_` for `-` ("region", "exercise", "patient_id") to what was typed: text, a list
    of texts for those that repeat ("ID: value" pairs for dose, side, note, override), or True for a flag; None and empty lists
    count as not given. Paths start at `current` and may lie anywhere. Raises UsageError with everything that is wrong.
    """
    problems = Problems()
    values: dict[str, Any] = {}
    by_id: dict[str, dict[str, Any]] = {}
    for option, given in options.items():
        if given is None or given is False or given in ([], ()):
            continue
        key = "exercises" if option == "exercise" else option
        origin = Origin(file=f"--{option.replace('_', '-')}", folder=current)
        try:
            if key in ENTRY_FIELDS:
                by_id[key] = _read_pairs(key, [given] if isinstance(given, str) else given, origin, problems)
            elif given is True:
                values[key] = True
            else:
                node = _option_node(key, given, origin)
                if key in PRIVATE_KEYS:
                    hide(node)
                values[key] = REQUEST_FIELDS[key].read(node, problems)
                if key in _DATES:
                    values[key] = _resolve_date(values[key], today, node, problems, key)
                elif key == "days":
                    values[key] = _in_week_order(values[key])
        except UnreadableError:
            continue
    listed: dict[str, Entry] = {}
    for exercise in values.pop("exercises", ()):
        if exercise in listed:
            problems.found.append(Problem(message=f"--exercise: {exercise} is given twice", hint="remove one of the two"))
        listed[exercise] = Entry(id=exercise)
    if problems.found:
        raise UsageError(problems.found)
    request = Request(exercises=tuple(listed.values()), **{_FIELD_NAMES.get(key, key): value for key, value in values.items()})
    return _with_details(request, collect_entries(by_id))


_COMMAS = ("days", "pages", "at")
"""Options whose values are written in one word, between commas."""


def _option_node(key: str, given: Any, origin: Origin) -> Node:
    if key in _COMMAS and isinstance(given, str):
        given = [part.strip().lower() for part in given.split(",")]
    if isinstance(given, (list, tuple)):
        return Sequence([Scalar(str(item), origin, None, None) for item in given], origin, None, None)
    return Scalar(str(given), origin, None, None)


def _read_pairs(key: str, given: Iterable[str], origin: Origin, problems: Problems) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    for words in given:
        try:
            exercise, value = split_pair(words)
        except ValueError:
            problems.add(Scalar("", origin, None, None).place, PAIR_HINTS[key])  # Why not the words: a patient's name
            continue
        if exercise in pairs:
            problems.add(Scalar("", origin, None, None).place, f"{exercise} is given twice", "remove one of the two")
            continue
        try:
            pairs[exercise] = ENTRY_FIELDS[key].read(Scalar(value, origin, None, None), problems, exercise)
        except UnreadableError:
            continue
    return pairs


def _in_week_order(days: Collection[str]) -> tuple[str, ...]:
    return tuple(day for day in DAYS if day in days)
