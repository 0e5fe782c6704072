"""Reads the facts of the catalogue: exercises, routines, rules and vocabularies, in every layer of the workspace."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Any

from handouts.formats.clinical import CLINICIAN, TAGS, split
from handouts.formats.nodes import Mapping as MappingNode
from handouts.formats.nodes import Node, Sequence
from handouts.formats.readers import Problems, quoted
from handouts.model import (
    HEIGHTS,
    Catalog,
    Clock,
    Dose,
    Exercise,
    Position,
    Precaution,
    Profile,
    Routine,
    Side,
    Sides,
    Sign,
    Source,
)
from handouts.nouns import dataclass
from handouts.workspace import Digest, Workspace, gather_tree, gather_trees, read_kind

_LISTS = ("regions", "muscles", "equipment")
_GROWING = (*_LISTS, "rules", "signs")  # lists that a clinic adds to; it can take nothing out of ours
_MAPPINGS = ("profiles", "precautions", "positions", "clock", "safety", "sources", "countries")
_KINDS_OF = {
    "profiles": ("profile",),
    "precautions": ("precaution",),
    "regions": ("region",),
    "muscles": ("muscle",),
    "equipment": ("equipment",),
    "positions": ("position", "height or position"),
    "safety": ("sign",),
    "sources": ("source",),
}


@dataclass(slots=True, kw_only=True)
class RawCatalog:
    """The values of all files, as far as they could be read, with the trees they came from."""

    version: str
    exercises: dict[str, dict[str, Any]]
    routines: dict[str, dict[str, Any]]
    files: dict[str, dict[str, Any]]  # by kind: the files that hold a whole vocabulary
    trees: dict[str, Node] = field(default_factory=dict)  # of all files, for their places
    unread: set[str] = field(default_factory=set)  # files of a vocabulary that hold a fault: what they do not name may exist

    def sure_ids(self) -> dict[str, Collection[str]]:
        """Return the known ids of the kinds that were read whole: an id missing among them does not exist."""
        unsure = {kind for name in self.unread for kind in _KINDS_OF.get(name, ())}
        return {kind: ids for kind, ids in self.known_ids().items() if ids and kind not in unsure}

    def known_ids(self) -> dict[str, Collection[str]]:
        """Return the ids that exist, by the kind of reference that may name them."""
        files = self.files
        positions, sources = files["positions"].get("positions", {}), files["sources"].get("sources", {})
        return {
            "exercise": self.exercises,
            "routine": self.routines,
            "profile": files["profiles"].get("profiles", {}),
            "precaution": files["precautions"].get("precautions", {}),
            "region": files["regions"].get("regions", ()),
            "muscle": files["muscles"].get("muscles", ()),
            "equipment": files["equipment"].get("equipment", ()),
            "position": positions,
            "height or position": (*HEIGHTS, *positions) if positions else (),
            "sign": files["safety"].get("signs", {}),
            "source": (CLINICIAN, *sources) if sources else (),
            "tag": TAGS,
        }


def read_catalog(workspace: Workspace, problems: Problems) -> RawCatalog:
    """Return the values of all catalogue files, with every problem noted, ids of other files checked."""
    digest = Digest()
    trees: dict[str, Node] = {}
    folders: dict[str, dict[str, dict[str, Any]]] = {}
    for folder, kind in (("exercises", "exercise"), ("routines", "routine")):
        folders[folder] = {}
        for name, tree in gather_trees(workspace, f"catalog/{folder}", problems, digest=digest).items():
            values = read_kind(kind, tree, problems)
            check_id(values, name, tree, problems)
            folders[folder][name] = values
            trees[f"{kind} {name}"] = tree
    files: dict[str, dict[str, Any]] = {}
    unread: set[str] = set()
    for name in (*_LISTS, *_MAPPINGS):
        before = len(problems.found)
        whole = gather_tree(workspace, f"catalog/{name}.yaml", problems, digest=digest, growing=_GROWING)
        files[name] = {} if whole is None else read_kind(name, whole, problems)
        if whole is not None:
            trees[name] = whole
        if len(problems.found) > before:
            unread.add(name)
    raw = RawCatalog(
        version=digest.short(),
        exercises=folders["exercises"],
        routines=folders["routines"],
        files=files,
        trees=trees,
        unread=unread,
    )
    problems.check_references(raw.sure_ids())
    _check_exercises(raw, problems)
    _check_routines(raw, problems)
    _check_signs(workspace, raw, problems)
    _check_missing_files(workspace, raw, problems)
    return raw


def check_id(values: Mapping[str, Any], name: str, tree: Node, problems: Problems) -> None:
    """Note a problem when a file says another id than its name."""
    said = values.get("id")
    if said is not None and said != name and isinstance(tree, MappingNode):
        problems.add(tree.values["id"].place, f"id: the file is named {name}.yaml but says {quoted(said)}", f"write id: {name}")


def _check_exercises(raw: RawCatalog, problems: Problems) -> None:
    for name, values in raw.exercises.items():
        tree = raw.trees[f"exercise {name}"]
        if not isinstance(tree, MappingNode) or "sides" not in values:
            continue
        sides, named = values["sides"].value, "side_means" in tree.values
        sided = sides in (Sides.EACH, Sides.DIRECTIONS)
        if sided and not named:
            problems.add(tree.keys["sides"].place, f"sides: {sides} does not say what the side names", "add side_means")
        elif not sided and named:
            problems.add(tree.keys["side_means"].place, f"side_means: the exercise has sides {sides}", "leave side_means out")
        if not sided and "pictured_side" in tree.values:
            message = f"pictured_side: the exercise has sides {sides}"
            problems.add(tree.keys["pictured_side"].place, message, "leave pictured_side out")
        for key in ("swaps", "easier", "harder"):
            found = values.get(key)
            if found is not None and (found.value == name or (key == "swaps" and name in found.value)):
                problems.add(tree.keys[key].place, f"{key}: the exercise names itself", "name another exercise")


def _check_routines(raw: RawCatalog, problems: Problems) -> None:
    for name, values in raw.routines.items():
        tree = raw.trees[f"routine {name}"]
        listed = tree.values.get("exercises") if isinstance(tree, MappingNode) else None
        ids = [item if isinstance(item, str) else item.get("id") for item in values.get("exercises", ())]
        for twice in dict.fromkeys(each for each in ids if each is not None and ids.count(each) > 1):
            place = listed.place if listed is not None else tree.place
            if isinstance(listed, Sequence) and len(listed.items) == len(ids):
                place = listed.items[len(ids) - 1 - ids[::-1].index(twice)].place
            problems.add(place, f"exercises: {twice} is given twice", "remove one of the two, or change its dose")


def _check_signs(workspace: Workspace, raw: RawCatalog, problems: Problems) -> None:
    """Note a problem for each sign of ours that is always printed and that a clinic's file would take off the page."""
    ours = gather_tree(Workspace(builtin=workspace.builtin, current=workspace.current), "catalog/safety.yaml", Problems())
    whole = raw.trees.get("safety")
    if ours is None or whole is None:
        return
    kept = read_kind("safety", ours, Problems()).get("signs", {})
    for name, sign in raw.files["safety"].get("signs", {}).items():
        node = _descend(whole, "signs", name, "always")
        if node is not None and kept.get(name, {}).get("always") is True and sign.get("always") is False:
            problems.add(node.place, f"always: {name} is a built-in sign that every handout prints", "leave this line out")


def _descend(node: Node | None, *keys: str) -> Node | None:
    for key in keys:
        node = node.values.get(key) if isinstance(node, MappingNode) else None
    return node


def _check_missing_files(workspace: Workspace, raw: RawCatalog, problems: Problems) -> None:
    for name in (*_LISTS, *_MAPPINGS):
        if name not in raw.trees and name not in raw.unread:
            origin = workspace.origin(workspace.builtin / "catalog" / f"{name}.yaml", workspace.layers[0])
            problems.add(MappingNode(origin, None, None).place, "there is no such file", "the catalogue is not whole")


def make_catalog(raw: RawCatalog) -> Catalog:
    """Return the nouns of values that were read without a problem."""
    files = raw.files
    clock, _ = split(files["clock"])
    profiles = files["profiles"]["profiles"]
    precautions = files["precautions"]["precautions"]
    return Catalog(
        version=raw.version,
        exercises={name: _make_exercise(name, values) for name, values in raw.exercises.items()},
        routines={name: _make_routine(name, values) for name, values in raw.routines.items()},
        profiles={
            name: Profile(id=name, key_exercises=v["key_exercises"].value, rules=v["rules"]) for name, v in profiles.items()
        },
        precautions={
            name: Precaution(id=name, rules=v["rules"], signs=v.get("signs", ()), floor_ask=v.get("floor") == "ask")
            for name, v in precautions.items()
        },
        regions=files["regions"]["regions"],
        positions={name: Position(id=name, height=v["height"]) for name, v in files["positions"]["positions"].items()},
        muscles=files["muscles"]["muscles"],
        equipment=files["equipment"]["equipment"],
        clock=Clock(
            breath_s=clock["breath"],
            repetition_s=clock["repetition"],
            change_side_s=clock["change_side"],
            change_exercise_s=clock["change_exercise"],
            rest_between_sets_s=clock["rest_between_sets"],
            transfers={(transfer["from"], transfer["to"]): transfer["value"] for transfer in clock["transfers"]},
        ),
        signs={
            name: Sign(id=name, tier=v["tier"], always=v["always"], sources=v.get("source", (CLINICIAN,)))
            for name, v in files["safety"]["signs"].items()
        },
        sources={
            CLINICIAN: Source(id=CLINICIAN, kind=CLINICIAN, title="The clinician"),
            **{
                name: Source(id=name, kind=v["kind"], title=v["title"], where=v.get("where"))
                for name, v in files["sources"]["sources"].items()
            },
        },
        emergency_numbers={name: v.value for name, v in files["countries"]["emergency_numbers"].items()},
    )


def _make_exercise(name: str, values: dict[str, Any]) -> Exercise:
    plain, sources = split(values)
    dose, dose_sources = plain["dose"]
    sources |= {f"dose.{key}": found for key, found in dose_sources.items()}
    sources |= {f"verdicts.{profile}": said.sources for profile, said in plain["verdicts"].items()}
    return Exercise(
        id=name,
        kind=plain["kind"],
        position=plain["position"],
        regions=plain["regions"],
        muscles=plain["muscles"],
        directions=plain["directions"],
        tags=plain["tags"],
        places=plain["places"],
        sides=plain["sides"],
        side_means=plain.get("side_means"),
        level=plain["level"],
        dose=dose,
        verdicts=plain["verdicts"],
        equipment=plain["equipment"],
        swaps=plain["swaps"],
        easier=plain.get("easier"),
        harder=plain.get("harder"),
        pictures=plain["pictures"],
        pictured_side=Side(plain["pictured_side"]) if "pictured_side" in plain else None,
        sources=sources,
    )


def _make_routine(name: str, values: dict[str, Any]) -> Routine:
    plain, sources = split(values)
    doses: dict[str, Dose] = {}
    exercises: list[str] = []
    for item in plain["exercises"]:
        exercise = item if isinstance(item, str) else item["id"]
        exercises.append(exercise)
        if not isinstance(item, str) and "dose" in item:
            doses[exercise], dose_sources = item["dose"]
            sources |= {f"dose.{exercise}.{key}": found for key, found in dose_sources.items()}
    sources["exercises"] = plain.get("source", (CLINICIAN,))
    return Routine(
        id=name,
        exercises=tuple(exercises),
        doses=doses,
        profile=plain.get("profile"),
        menu=plain["menu"],
        minutes=plain.get("minutes"),
        per_day=plain.get("per_day"),
        reason=plain.get("reason"),
        sources=sources,
    )
