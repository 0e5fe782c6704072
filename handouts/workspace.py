"""Where files are: the built-in workspace, a clinic's own folder over it, and its settings."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handouts.errors import InputError, Problem, UsageError, did_you_mean
from handouts.formats.files import list_yaml, read_bytes, shown_path
from handouts.formats.kinds import KINDS, FileKind
from handouts.formats.nodes import Node, Origin, overlay
from handouts.formats.readers import Problems, UnreadableError
from handouts.formats.strict_yaml import parse_yaml
from handouts.model import Settings

SETTINGS_FILE = "handouts.yaml"
_MISTAKEN = {"uk": "gb", "en": "gb"}  # what is often written for the code of ISO 3166


def builtin_root() -> Path:
    """Return the folder of the built-in catalog, templates and assets: in the installed package, or the source checkout."""
    package = Path(__file__).resolve().parent
    shipped = package / "_builtin"
    return shipped if shipped.is_dir() else package.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One folder of the workspace; a clinic's own is an overlay."""

    root: Path
    overlay: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The built-in folder and, over it, a clinic's (None: only the built-in one).

    `current` is only used to show paths as a person would write them.
    """

    root: Path | None = None
    builtin: Path = field(default_factory=builtin_root)
    current: Path | None = None
    settings: Settings = field(default_factory=Settings)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The folders from the lowest to the uppermost."""
        base = Layer(root=self.builtin, overlay=False)
        if self.root is None or _is_same(self.root, self.builtin):
            return (base,)
        return (base, Layer(root=self.root, overlay=True))

    def locate(self, relative: str) -> Path | None:
        """Return the uppermost existing file with this path ("assets/fonts/LICENSE"); never outside its folder."""
        for layer in reversed(self.layers):
            path = layer.root / relative
            try:
                if path.is_file() and path.resolve().is_relative_to(layer.root.resolve()):
                    return path
            except (OSError, RuntimeError, ValueError):
                continue
        return None

    def home_of(self, path: Path) -> Path | None:
        """Return the folder of the workspace that a path is in by its name, and has to be in truth; None: in neither."""
        return next((layer.root for layer in reversed(self.layers) if path.is_relative_to(layer.root)), None)

    def origin(self, path: Path, layer: Layer) -> Origin:
        """Return the origin of the nodes of a file in this layer."""
        return Origin(file=shown_path(path, self.current), folder=path.parent, root=layer.root, overlay=layer.overlay)


class Digest:
    """A fingerprint of everything read, in the order it was read."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, name: str, content: bytes) -> None:
        """Add one file: its path inside the workspace and its bytes."""
        self._hash.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogatepass"))
        self._hash.update(content)

    def short(self) -> str:
        """Return the first 12 hexadecimal digits."""
        return self._hash.hexdigest()[:12]


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def find_workspace(*, explicit: Path | None = None, request: Path | None = None, current: Path | None = None) -> Workspace:
    """Return the workspace to use: the folder named, else upward from the request file, else upward from the current folder,
    else only the built-in one.

    Raises UsageError when the folder named is not a workspace, InputError when its settings are wrong.
    """
    root: Path | None = None
    if explicit is not None:
        root = explicit if current is None else current / explicit
        _check_named(root, explicit)
    else:
        starts = [path for path in (request.parent if request is not None else None, current) if path is not None]
        if request is not None and current is not None:
            starts[0] = current / starts[0]
        root = next((found for start in starts if (found := _upward(start)) is not None), None)
    workspace = Workspace(root=root, current=current)
    problems = Problems()
    settings = read_settings(workspace, problems)
    if problems.found:
        raise InputError(problems.found)
    return Workspace(root=root, current=current, settings=settings)


def _check_named(root: Path, named: Path) -> None:
    try:
        trouble = None if (root / SETTINGS_FILE).is_file() else f"holds no {SETTINGS_FILE}" if root.is_dir() else "is no folder"
    except (OSError, ValueError):
        trouble = "cannot be read"
    if trouble is not None:
        raise UsageError(
            Problem(
                message=f"--workspace: {shown_path(named, None)} {trouble}",
                hint="name a folder with a handouts.yaml, or make one: handouts init DIR",
            )
        )


def _upward(start: Path) -> Path | None:
    folder = Path(os.path.normpath(start))
    for candidate in (folder, *folder.parents):
        try:
            if (candidate / SETTINGS_FILE).is_file():
                return candidate
        except (OSError, ValueError):
            return None
    return None


def read_settings(workspace: Workspace, problems: Problems) -> Settings:
    """Return the settings of all layers together, field by field."""
    tree = gather_tree(workspace, SETTINGS_FILE, problems)
    if tree is None:
        return Settings()
    values: dict[str, Any] = read_kind("workspace", tree, problems)
    check_names(workspace, problems, number_given="emergency_number" in values)
    return Settings(**values)


def list_names(workspace: Workspace, folder: str, pattern: str) -> tuple[str, ...]:
    """The names of what lies in a folder of any layer: of the files `*.yaml`, or of the folders with a `*/NAME.yaml`."""
    found: set[str] = set()
    for layer in workspace.layers:
        for path in (layer.root / folder).glob(pattern):
            if path.is_file():
                found.add(path.parent.name if "/" in pattern else path.stem)
    return tuple(sorted(found))


def known_names(workspace: Workspace) -> dict[str, Collection[str]]:
    """What a request or a clinic may name beside ids of the catalogue, by kind of reference."""
    return {
        "clinic": list_names(workspace, "assets/clinics", "*/clinic.yaml"),
        "edition": list_names(workspace, "templates/editions", "*.yaml"),
        "language": list_names(workspace, "templates/phrases", "*.yaml"),
    }


def check_names(workspace: Workspace, problems: Problems, *, number_given: bool = False) -> None:
    """Note each clinic, edition, language and country that was referred to and does not exist, at its place.

    `number_given`: an emergency number is stated beside the country, so that any country will do.
    """
    problems.check_references(known_names(workspace))
    named = [found for found in problems.references if found.kind == "country"]
    if named and not number_given:
        countries = _list_countries(workspace)
        for found in named:
            if countries and found.id not in countries:
                near = _MISTAKEN.get(found.id)
                hint = f"did you mean {near}?" if near else did_you_mean(found.id, countries)
                message = f'{found.name}: no emergency number is known for country "{found.id}"'
                problems.add(found.place, message, hint or "set emergency_number too, or add it to catalog/countries.yaml")


def _list_countries(workspace: Workspace) -> Collection[str]:
    aside = Problems()
    tree = gather_tree(workspace, "catalog/countries.yaml", aside)
    return read_kind("countries", tree, aside).get("emergency_numbers", {}) if tree is not None else ()


def read_kind(kind: str, tree: Node, problems: Problems) -> dict[str, Any]:
    """Return the values of a tree by the declaration of its kind; what cannot be read is told and left out."""
    return read_tree(KINDS[kind], tree, problems)


def read_tree(kind: FileKind, tree: Node, problems: Problems) -> dict[str, Any]:
    """Return the values of a tree by a declaration; what cannot be read is told and left out."""
    try:
        values: dict[str, Any] = kind.reader.read(tree, problems)
    except UnreadableError:
        return {}
    return values


def gather_tree(
    workspace: Workspace, relative: str, problems: Problems, *, digest: Digest | None = None, growing: Collection[str] = ()
) -> Node | None:
    """One file of all layers merged into one tree, for example `catalog/clock.yaml`; None when no layer has it.

    `growing`: fields whose lists in an upper layer add to the lower ones instead of replacing them.
    """
    merged: Node | None = None
    for layer in workspace.layers:
        path = layer.root / relative
        if _is_there(path):
            tree = _read(workspace, layer, path, problems, digest)
            merged = _lay(merged, tree, growing)
    return merged


def gather_trees(workspace: Workspace, folder: str, problems: Problems, *, digest: Digest | None = None) -> dict[str, Node]:
    """All `*.yaml` files of a folder by name without ending, each merged field by field over the layers below.

    A file that cannot be parsed is told and left out; its name is kept in `problems.broken`.
    """
    trees: dict[str, Node] = {}
    for layer in workspace.layers:
        shown = shown_path(layer.root / folder, workspace.current)
        for path in list_yaml(layer.root / folder, layer.root, shown, problems):
            tree = _read(workspace, layer, path, problems, digest)
            if tree is None:
                problems.broken.add(path.stem)
            merged = _lay(trees.get(path.stem), tree, ())
            if merged is not None:
                trees[path.stem] = merged
    return trees


def _read(workspace: Workspace, layer: Layer, path: Path, problems: Problems, digest: Digest | None) -> Node | None:
    origin = workspace.origin(path, layer)
    content = read_bytes(path, origin.file, problems, layer.root)
    if content is None:
        return None
    if digest is not None:
        digest.add(path.relative_to(layer.root).as_posix(), content)
    return parse_yaml(content, origin, problems.found)


def _is_there(path: Path) -> bool:
    """Whether there is something to read; what cannot be looked up is, so that reading tells what is wrong with it."""
    try:
        return path.is_symlink() or path.exists()
    except OSError:
        return True


def _lay(below: Node | None, over: Node | None, growing: Collection[str]) -> Node | None:
    if below is None or over is None:
        return over if below is None else below
    return overlay(below, over, growing=growing)
