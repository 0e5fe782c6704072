"""Where pictures are: the one file that shows a pose of an exercise in a body, of the uppermost layer that has it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from handouts.errors import InputError, Place, Problem
from handouts.formats.files import shown_path
from handouts.model import BODIES
from handouts.nouns import dataclass
from handouts.workspace import Layer, Workspace

FIGURES = "assets/figures"
OURS = ".json"
ENDINGS = (OURS, ".svg", ".png", ".jpg", ".jpeg")
_OTHER_ENDINGS = (".ai", ".avif", ".bmp", ".eps", ".gif", ".heic", ".pdf", ".svgz", ".tif", ".tiff", ".webp")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """A picture: its asset key ("female/cobra.end.json"), its path, and how it is named to the user."""

    key: str
    path: Path
    shown: str
    root: Path  # the folder it lies in, whatever links lead to it

    @property
    def ours(self) -> bool:
        """True for a drawing in our own format, which says its side and its scale itself."""
        return self.key.endswith(OURS)


class PictureFiles:
    """The pictures of a workspace: in `female/` and `male/` those of one body, beside these folders those for both."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._layers = tuple(reversed(workspace.layers))  # the uppermost first; asked once, for it looks at the disk
        self._checked: dict[tuple[Path, str], PictureFile] = {}
        self._listed: dict[tuple[Path, str], Mapping[str, tuple[str, ...]]] = {}

    def find(self, exercise: str, poses: Iterable[str], body: str) -> dict[str, PictureFile]:
        """Return the pictures of an exercise by pose, as far as there are any.

        Where the body asked for is not drawn in all poses and the other one is, the other one is shown in all of them.

        Raises:
            InputError: a file is there that is no picture in this workspace, or there are two for one pose.

        """
        wanted = tuple(poses)
        found = self._find(exercise, wanted, body)
        if len(found) < len(wanted):
            for other in BODIES:
                others = self._find(exercise, wanted, other) if other != body else {}
                found = others if len(others) == len(wanted) else {**others, **found}
        return {pose: found[pose] for pose in wanted if pose in found}

    def locate(self, key: str) -> PictureFile | None:
        """Return the picture with this asset key; None when there is none. Raises InputError as `find` does."""
        folder, _, name = key.rpartition("/")
        for layer in self._layers:
            if name in self._names(layer, folder).get(_stem(name), ()):
                return self._check(layer, key)
        return None

    def every(self, layer: Layer) -> Iterator[str]:
        """The asset keys of all picture files of one layer by name, those of kinds that are not read too."""
        for folder in ("", *BODIES):
            for name in _list_folder(layer.root / FIGURES / folder, self.shown(layer, folder)):
                if name.lower().endswith((*ENDINGS, *_OTHER_ENDINGS)):
                    yield f"{folder}/{name}".lstrip("/")

    def shown(self, layer: Layer, key: str) -> str:
        """Return how the file with this key in this layer is named to the user."""
        return shown_path(layer.root / FIGURES / key, self._workspace.current)

    def _find(self, exercise: str, poses: tuple[str, ...], body: str) -> dict[str, PictureFile]:
        found = {pose: self._seek(f"{exercise}.{pose}", body) for pose in poses}
        return {pose: file for pose, file in found.items() if file is not None}

    def _seek(self, stem: str, body: str) -> PictureFile | None:
        for layer in self._layers:
            for folder in (body, ""):
                names = self._names(layer, folder).get(stem, ())
                if len(names) > 1:
                    message = f"there are {len(names)} pictures for one pose: {', '.join(names)}"
                    place = Place(file=self.shown(layer, folder))
                    raise InputError(Problem(message=message, place=place, hint="keep one of them"))
                if names:
                    return self._check(layer, f"{folder}/{names[0]}".lstrip("/"))
        return None

    def _check(self, layer: Layer, key: str) -> PictureFile:
        known = self._checked.get((layer.root, key))
        if known is not None:
            return known
        path, shown = layer.root / FIGURES / key, self.shown(layer, key)
        trouble = _trouble(path, layer.root)
        if trouble:
            message, hint = trouble
            raise InputError(Problem(message=message, place=Place(file=shown), hint=hint))
        return self._checked.setdefault((layer.root, key), PictureFile(key=key, path=path, shown=shown, root=layer.root))

    def _names(self, layer: Layer, folder: str) -> Mapping[str, tuple[str, ...]]:
        """The names of picture files in one folder, by what stands before their ending; each folder is read once."""
        place = (layer.root, folder)
        if place not in self._listed:
            self._listed[place] = self._list(layer, folder)
        return self._listed[place]

    def _list(self, layer: Layer, folder: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in _list_folder(layer.root / FIGURES / folder, self.shown(layer, folder)):
            if name.lower().endswith(ENDINGS):
                found[_stem(name)] = (*found.get(_stem(name), ()), name)
        return found


def _list_folder(folder: Path, shown: str) -> list[str]:
    """The names in a folder without hidden ones, in order; none where there is no such folder. Raises InputError."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        message = f"the folder cannot be read: {(error.strerror or 'unknown reason').lower()}"
        raise InputError(Problem(message=message, place=Place(file=shown), hint="check its permissions")) from error
    return sorted(name for name in names if not name.startswith("."))


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _trouble(path: Path, root: Path) -> tuple[str, str] | None:
    """Return why this is no picture of the workspace, and the cure."""
    try:
        if path.is_symlink() and not path.exists():
            return "this link leads nowhere", "copy the picture into the workspace"
        if not path.resolve().is_relative_to(root.resolve()):
            return "this link leads out of the workspace", "copy the picture into the workspace"
        if path.is_dir():
            return "this is a folder, not a picture", "name the folder differently"
        if not path.is_file():
            return "this is not a regular file", "save the picture as a file"
        if not os.access(path, os.R_OK):
            return "the picture may not be read", "check its permissions"
    except (OSError, RuntimeError, ValueError):
        return "the picture cannot be looked up", "check its name and links"
    return None
