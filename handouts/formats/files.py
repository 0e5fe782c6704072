"""Reads the YAML files of a folder, and finds the files that YAML points to; whatever is wrong becomes a problem."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from handouts.errors import Place, Problem
from handouts.formats.nodes import Node, Origin, Scalar
from handouts.formats.readers import Problems, Reader, UnreadableError, quoted
from handouts.formats.strict_yaml import MAX_BYTES, parse_yaml
from handouts.regular_files import NotRegularError, OutsideError, read_regular


def shown_path(path: Path, current: Path | None) -> str:
    """Return the path as a person would write it: from the current folder if it lies there, else in full."""
    text = os.fspath(path)
    base = os.fspath(current).rstrip(os.sep) + os.sep if current is not None else None
    text = text.removeprefix(base) if base is not None else text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def read_bytes(path: Path, shown: str, problems: Problems, root: Path | None = None) -> bytes | None:
    """Return the content of a regular file, at most one byte more than a YAML file may hold; None after a problem.

    With `root`, the file lies in this folder, whatever links lead to it.
    """
    trouble, hint = "", "check the path"
    try:
        return read_regular(path, MAX_BYTES, root=root)
    except OutsideError:
        trouble, hint = "this link leads out of the workspace", "copy the file into the workspace"
    except NotRegularError:
        trouble = "this is not a regular file"
        if path.is_dir():
            trouble, hint = "this is a folder, not a file", "name a file in it"
    except (FileNotFoundError, NotADirectoryError):
        trouble = "there is no such file"
    except PermissionError:
        trouble, hint = "the file may not be read", "check its permissions"
    except (OSError, ValueError) as error:
        trouble = f"the file cannot be read: {getattr(error, 'strerror', None) or 'bad path'}"
    problems.found.append(Problem(message=trouble, place=Place(file=shown), hint=hint))
    return None


def load_tree(path: Path, origin: Origin, problems: Problems) -> Node | None:
    """Return the tree of one YAML file; None after a problem."""
    content = read_bytes(path, origin.file, problems)
    return None if content is None else parse_yaml(content, origin, problems.found)


def list_yaml(folder: Path, origin_root: Path, shown: str, problems: Problems) -> list[Path]:
    """Return the `*.yaml` files of a folder by name; none if the folder does not exist.

    Hidden files are passed over. A name that is not UTF-8, a name ending in .yml, and a link that leads out of
    `origin_root` are problems.
    """
    paths: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return paths
    except OSError as error:
        problems.add(Place(file=shown), f"the folder cannot be read: {error.strerror}", "check its permissions")
        return paths
    for entry in listed:
        if entry.name.startswith("."):
            continue
        place = Place(file=f"{shown}/{entry.name}".encode("utf-8", "backslashreplace").decode("utf-8"))
        path = Path(entry.path)
        if any(0xD800 <= ord(c) <= 0xDFFF for c in entry.name):
            problems.add(place, "the file name is not UTF-8", "rename the file")
        elif entry.name.lower().endswith(".yml") or (entry.name.lower().endswith(".yaml") and not entry.name.endswith(".yaml")):
            problems.add(place, "this file would not be read", f"rename it to {path.stem}.yaml")
        elif entry.name.endswith(".yaml"):
            if entry.is_symlink() and not _inside(path, origin_root):
                problems.add(place, "this link leads out of the workspace", "copy the file into the workspace")
            else:
                paths.append(path)
    return paths


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


class FilePath(Reader[str]):
    """A path to a file, or one of a few words instead."""

    def __init__(self, suffixes: tuple[str, ...], words: tuple[str, ...]) -> None:
        self.suffixes, self.words = suffixes, words

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        kinds = " or ".join(self.suffixes)
        expected = ", ".join([*self.words, f"a path to a {kinds} file"])
        if not isinstance(node, Scalar) or not node.text.strip():
            self.refuse(node, problems, name, expected)
        written = node.text.strip()
        if written in self.words:
            return written
        if not written.lower().endswith(self.suffixes):
            self.refuse(node, problems, name, expected)
        trouble = _trouble(written, node.origin)
        if trouble is not None:
            message, hint = trouble
            problems.add(node.place, f"{f'{name}: ' if name else ''}{quoted(written)} {message}", hint)
            raise UnreadableError
        return os.fspath(_located(written, node.origin))

    def schema(self) -> dict[str, Any]:
        path = {"type": "string", "pattern": f"({'|'.join(s.replace('.', '[.]') for s in self.suffixes)})$"}
        return {"anyOf": [{"enum": list(self.words)}, path]} if self.words else path


def file_path(*suffixes: str, words: tuple[str, ...] = ()) -> FilePath:
    """Read the full path of a file with one of these endings (".pdf"), given relative to the YAML file, inside the workspace."""
    return FilePath(suffixes, words)


def _located(written: str, origin: Origin) -> Path:
    return Path(os.path.normpath((origin.folder or Path()) / written))


def _trouble(written: str, origin: Origin) -> tuple[str, str] | None:
    """Return what is wrong with a path written in `origin`, and the cure; None when it names a readable file."""
    relative = "write it relative to this file, for example logo.png"
    if any(ord(c) < 32 for c in written):
        return "holds a control character", relative
    if origin.root is not None:
        if written.startswith(("/", "\\", "~")) or written[1:2] == ":":
            return "is an absolute path", relative
        if "\\" in written:
            return "holds a backslash", "write / between folders"
    path = _located(written, origin)
    try:
        if origin.root is not None and not path.resolve().is_relative_to(origin.root.resolve()):
            return "leads out of the workspace", "copy the file into the workspace"
        if path.is_dir():
            return "is a folder, not a file", "name a file in it"
        if not path.exists():
            return "does not exist", "check the name" if origin.root is None else "check the name; it is relative to this file"
        if not path.is_file():
            return "is not a regular file", "name a file"
        if not os.access(path, os.R_OK):
            return "may not be read", "check its permissions"
    except (OSError, RuntimeError, ValueError):
        return "cannot be looked up", "check the name and its links"
    return None
