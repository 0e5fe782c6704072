"""The body that is drawn: a mesh with a skeleton, read from `assets/bodies/<id>.npz`.

`scripts/make_bodies.py` makes those files from the CC0 MakeHuman base mesh; `assets/bodies/README.md` tells their origin.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from handouts.errors import InputError, Place, Problem
from handouts.illustrate.rotations import Floats

Ints = NDArray[np.int64]

_LEAST_VERTICES = 10_000
_NEEDED_BONES = {"root", "head", *(f"{bone}.{mark}" for bone in ("upperarm01", "wrist", "upperleg01", "foot") for mark in "LR")}
_DRAWN_HEIGHT = 1.621  # metres: the body that landmarks and clothes were measured on


@dataclass(frozen=True)
class Body:
    """A mesh at rest with its bones; lengths in metres, standing on y = 0, facing +z."""

    id: str
    digest: str  # of the file
    vertices: Floats  # (n, 3)
    faces: Ints  # (m, 4), counter-clockwise seen from outside
    bone_of: Ints  # (n, 4): the bones that move each vertex
    weights: Floats  # (n, 4): how much; each row sums to 1
    heads: Floats  # (b, 3): where each bone begins
    tails: Floats  # (b, 3): where it ends
    parents: Ints  # (b,): -1 for the root
    bones: tuple[str, ...]  # a bone comes after its parent
    eyes: Floats  # (2, 3): middle of the left and the right eye

    @cached_property
    def bone(self) -> dict[str, int]:
        """The number of each bone."""
        return {name: number for number, name in enumerate(self.bones)}

    @property
    def scale(self) -> float:
        """Height beside the body that landmarks and clothes were measured on."""
        return float(self.vertices[:, 1].max()) / _DRAWN_HEIGHT

    def head(self, bone: str) -> Floats:
        """Where a bone begins."""
        return self.heads[self.bone[bone]]

    @cached_property
    def main_bone(self) -> Ints:
        """The bone that moves each vertex most."""
        return self.bone_of[np.arange(len(self.vertices)), self.weights.argmax(axis=1)]

    def weight_of(self, bones: set[int]) -> Floats:
        """How much a set of bones moves each vertex, 0 to 1."""
        return np.where(np.isin(self.bone_of, list(bones)), self.weights, 0.0).sum(axis=1)

    def bones_named(self, *starts: str, side: str | None = None) -> set[int]:
        """The bones whose names begin so, of one side if wanted."""
        ending = f".{side[0].upper()}" if side else ""
        return {number for number, name in enumerate(self.bones) if name.startswith(starts) and name.endswith(ending)}


def load_body(path: Path, body_id: str, shown: str) -> Body:
    """Read a body; `shown` is how its file is named to the user.

    Raises:
        InputError: there is no such file, or it does not hold a body.

    """
    try:
        content = path.read_bytes()
        with np.load(path, allow_pickle=False) as file:
            parts = {name: file[name] for name in file.files}
        weights = parts["weights"].astype(float)
        _check_whole(parts)
        return Body(
            id=body_id,
            digest=hashlib.sha256(content).hexdigest(),
            vertices=parts["vertices"].astype(float),
            faces=parts["faces"].astype(np.int64),
            bone_of=parts["bone_of"].astype(np.int64),
            weights=weights / weights.sum(axis=1, keepdims=True),
            heads=parts["heads"].astype(float),
            tails=parts["tails"].astype(float),
            parents=parts["parents"].astype(np.int64),
            bones=tuple(str(name) for name in parts["bones"]),
            eyes=parts["eyes"].astype(float),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile, zlib.error) as error:
        what, hint = "this is no body to draw, or it is damaged", "see assets/bodies/README.md"
        raise InputError(Problem(message=what, place=Place(file=shown), hint=hint)) from error


def _check_whole(parts: dict[str, np.ndarray]) -> None:
    """Raise ValueError when the arrays do not fit together."""
    count, bones = len(parts["vertices"]), len(parts["bones"])
    shapes = {
        "vertices": (count, 3),
        "bone_of": (count, parts["bone_of"].shape[1]),
        "weights": parts["bone_of"].shape,
        "heads": (bones, 3),
        "tails": (bones, 3),
        "parents": (bones,),
        "eyes": (2, 3),
        "faces": (len(parts["faces"]), 4),
    }
    wrong = [name for name, shape in shapes.items() if parts[name].shape != shape]
    numbers = all(np.isfinite(parts[name].astype(float)).all() for name in shapes)
    inside = numbers and parts["faces"].max() < count and parts["bone_of"].max() < bones and parts["parents"].max() < bones
    missing = _NEEDED_BONES - set(parts["bones"].tolist())
    if wrong or not inside or missing or count < _LEAST_VERTICES or not parts["weights"].sum(axis=1).all():
        raise ValueError(wrong or missing)
