"""Reads the words of the catalogue in one language and checks that they fit its facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from handouts.catalog.facts import RawCatalog, check_id, make_catalog, read_catalog
from handouts.catalog.side_tokens import find_token_faults
from handouts.errors import InputError
from handouts.formats.clinical import CLINICIAN
from handouts.formats.kinds import WORDS_FIELDS
from handouts.formats.nodes import Mapping as MappingNode
from handouts.formats.nodes import Node, Scalar, Sequence
from handouts.formats.readers import Problems
from handouts.model import Catalog, ExerciseWords, PictureWords, RoutineWords, Sides, Vocabulary, Words
from handouts.workspace import Workspace, gather_tree, gather_trees, read_kind

_SIDED_FIELDS = ("purpose", "steps", "breathing", "feel", "tip", "caution", "stop_if", "easier", "harder", "pictures")
_NOT_EXERCISES = ("routines", "vocabulary")


def load_library(workspace: Workspace, lang: str) -> tuple[Catalog, Words]:
    """Return the catalogue and its words in one language; raises InputError with every problem of facts and words together."""
    problems = Problems()
    raw = read_catalog(workspace, problems)
    read = _WordsReader(workspace, lang, raw, problems)
    read.read_all()
    if problems.found:
        raise InputError(problems.found)
    return make_catalog(raw), read.make_words()


class _WordsReader:
    def __init__(self, workspace: Workspace, lang: str, raw: RawCatalog, problems: Problems) -> None:
        self.workspace, self.lang, self.raw, self.problems = workspace, lang, raw, problems
        self.exercises: dict[str, dict[str, Any]] = {}
        self.trees: dict[str, Node] = {}
        self.routines: dict[str, dict[str, Any]] = {}
        self.vocabulary: dict[str, dict[str, str]] = {}

    def read_all(self) -> None:
        folder = f"catalog/words/{self.lang}"
        checked = len(self.problems.references)
        for name, tree in gather_trees(self.workspace, folder, self.problems).items():
            if name in _NOT_EXERCISES:
                continue
            self.trees[name] = tree
            self.exercises[name] = read_kind("words", tree, self.problems)
            check_id(self.exercises[name], name, tree, self.problems)
            self._check_words(name, tree)
        sources_only = Problems(found=self.problems.found, references=self.problems.references[checked:])
        sources_only.check_references({kind: ids for kind, ids in self.raw.sure_ids().items() if kind == "source"})
        for name in self.raw.exercises:
            if name not in self.exercises and name not in self.problems.broken:
                self._tell_missing(f"{folder}/{name}.yaml", f"exercise {name} has no words in {self.lang}", "add this file")
        self._read_routine_words(f"{folder}/routines.yaml")
        self._read_vocabulary(f"{folder}/vocabulary.yaml")

    def _tell_missing(self, relative: str, message: str, hint: str) -> None:
        layer = self.workspace.layers[-1]
        self.problems.add(MappingNode(self.workspace.origin(layer.root / relative, layer), None, None).place, message, hint)

    def _check_words(self, name: str, tree: Node) -> None:
        facts = self.raw.exercises.get(name)
        if facts is None and name in self.problems.broken:
            return
        if facts is None:
            self.problems.add(tree.place, f"there is no exercise {name} for these words", "name the file like its exercise")
            return
        if not isinstance(tree, MappingNode):
            return
        if "sides" in facts:
            self._check_tokens(tree, sided=facts["sides"].value in (Sides.EACH, Sides.DIRECTIONS))
        self._check_pictures(facts.get("pictures", ()), tree)
        self._check_sources(tree)

    def _check_tokens(self, tree: MappingNode, *, sided: bool) -> None:
        for key in _SIDED_FIELDS:
            for scalar in _texts(tree.values.get(key)):
                for message, hint in find_token_faults(scalar.text, sided=sided):
                    self.problems.add(scalar.place, f"{key}: {message}", hint)

    def _check_sources(self, tree: MappingNode) -> None:
        said = tree.values.get("sources")
        if isinstance(said, MappingNode):
            for key in WORDS_FIELDS:
                there = tree.values.get(key)
                if there is not None and key not in said.values and not there.origin.overlay:
                    self.problems.add(said.place, f"sources: {key} names no source", f"add {key}: and an id")
                elif there is None and key in said.values:
                    self.problems.add(said.keys[key].place, f"sources: there is no field {key}", "leave it out")

    def _check_pictures(self, poses: tuple[str, ...], tree: MappingNode) -> None:
        pictures = tree.values.get("pictures")
        if not isinstance(pictures, MappingNode) or not poses:
            return
        for pose in poses:
            if pose not in pictures.values:
                self.problems.add(pictures.place, f"pictures: no words for the picture {pose}", f"add {pose}: {{alt: …}}")
        for key, words in pictures:
            if key.text not in poses:
                hint = f"its pictures: {', '.join(poses)}"
                self.problems.add(key.place, f"pictures: the exercise has no picture {key.text}", hint)
            if isinstance(words, MappingNode):
                alt, caption = words.values.get("alt"), words.values.get("caption")
                if isinstance(alt, Scalar) and isinstance(caption, Scalar) and alt.text.strip() == caption.text.strip():
                    self.problems.add(alt.place, "alt: says the same as the caption", "say what the picture shows")

    def _read_routine_words(self, relative: str) -> None:
        tree = gather_tree(self.workspace, relative, self.problems)
        if tree is None:
            self._tell_missing(relative, "there is no such file", "add the titles of the routines")
            return
        self.routines = read_kind("routine-words", tree, self.problems).get("routines", {})
        self._check_keys("routines", tree, self.routines, self.raw.routines, "routine")

    def _read_vocabulary(self, relative: str) -> None:
        tree = gather_tree(self.workspace, relative, self.problems)
        if tree is None:
            self._tell_missing(relative, "there is no such file", "add the words of the ids")
            return
        self.vocabulary = read_kind("vocabulary", tree, self.problems)
        needed = self._needed_words()
        for group, ids in needed.items():
            self._check_keys(group, tree, self.vocabulary.get(group, {}), ids, group)
        if "signs" in needed:
            self._check_known("signs_short", tree, needed["signs"])

    def _needed_words(self) -> dict[str, dict[str, str]]:
        """Return the ids that need words, by group of the vocabulary, each with where it is used."""
        known = self.raw.sure_ids()
        used: dict[str, dict[str, str]] = {"reason": {}, "side meaning": {}}
        for found in self.problems.references:
            if found.kind in used:
                used[found.kind].setdefault(found.id, str(found.place))
        groups = {
            "regions": "region",
            "positions": "position",
            "muscles": "muscle",
            "equipment": "equipment",
            "profiles": "profile",
            "precautions": "precaution",
            "signs": "sign",
        }
        needed = {group: dict.fromkeys(known[kind], "") for group, kind in groups.items() if kind in known}
        return {
            **needed,
            "reasons": used["reason"],
            "cautions": used["reason"],
            "side_means": used["side meaning"],
            "one_side": used["side meaning"],
        }

    def _check_keys(self, group: str, tree: Node, there: Mapping[str, Any], needed: Mapping[str, Any], what: str) -> None:
        node = tree.values.get(group) if isinstance(tree, MappingNode) else None
        place = node.place if node is not None else tree.place
        for wanted, used in needed.items():
            if wanted not in there and not (isinstance(node, MappingNode) and wanted in node.values):
                where = f", used at {used}" if isinstance(used, str) and used else ""
                self.problems.add(place, f"{group}: no words for {wanted}{where}", f"add a line {wanted}: …")
        if what in ("routine", "signs", "regions", "positions", "profiles", "precautions"):
            self._check_known(group, tree, needed)

    def _check_known(self, group: str, tree: Node, known: Collection[str]) -> None:
        """Note each key of a group that the catalogue does not have."""
        node = tree.values.get(group) if isinstance(tree, MappingNode) else None
        for key, _ in node if isinstance(node, MappingNode) else ():
            if key.text not in known:
                self.problems.add(key.place, f"{group}: there is no {key.text} in the catalogue", "check the id")

    def make_words(self) -> Words:
        return Words(
            lang=self.lang,
            exercises={name: self._make_exercise(name, values) for name, values in self.exercises.items()},
            routines={
                name: RoutineWords(
                    title=v["title"], purpose=v["purpose"], short=v.get("short", v["title"]), how_often=v.get("how_often")
                )
                for name, v in self.routines.items()
            },
            vocabulary=Vocabulary(**{key: dict(group) for key, group in self.vocabulary.items()}),
        )

    def _make_exercise(self, name: str, values: dict[str, Any]) -> ExerciseWords:
        return ExerciseWords(
            name=values["name"],
            aka=values.get("aka", ()),
            purpose=values["purpose"],
            steps=values["steps"],
            breathing=values["breathing"],
            feel=values["feel"],
            tip=values.get("tip"),
            caution=values.get("caution"),
            stop_if=values["stop_if"],
            easier=values.get("easier"),
            harder=values.get("harder"),
            pictures={
                pose: PictureWords(alt=words["alt"], caption=words.get("caption")) for pose, words in values["pictures"].items()
            },
            sources=self._sources(name, values),
        )

    def _sources(self, name: str, values: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """Return the sources of each field; what a clinic wrote over ours, without naming a source, is the clinician's."""
        tree = self.trees[name]
        if not isinstance(tree, MappingNode):
            return {}
        said = tree.values.get("sources")
        sources: dict[str, tuple[str, ...]] = {}
        for key in WORDS_FIELDS:
            field = tree.values.get(key)
            if field is None:
                continue
            source = said.values.get(key) if isinstance(said, MappingNode) else None
            theirs = field.origin.overlay and (source is None or not source.origin.overlay)
            sources[key] = (CLINICIAN,) if theirs else values["sources"][key]
        return sources


def _texts(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node, MappingNode):
        for _, value in node:
            yield from _texts(value)
