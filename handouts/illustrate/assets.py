"""Writes what is committed: solved angles, and drawings as compact assets (format 2, see `assets/figures/README.md`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

import numpy as np

from handouts.errors import InputError, Place, Problem
from handouts.figure_files import FIGURES, OURS
from handouts.illustrate.artist import LAYERS, Drawn
from handouts.illustrate.joints import JOINTS, angles_from
from handouts.illustrate.paths import Path
from handouts.illustrate.rotations import Floats
from handouts.model.poses import PoseSheet

FORMAT = 2
ANGLES_FORMAT = 1
_WIDEST = 720.0  # degrees; no joint turns farther


# ------------------------------------------------------------------------------------------------ angles


def angles_path(body: str, exercise: str) -> str:
    """Where the solved angles of an exercise lie in a workspace."""
    return f"assets/poses/solved/{body}/{exercise}.json"


def angles_text(angles: Mapping[str, Mapping[str, float]], solved_from: Mapping[str, str]) -> str:
    """Solved angles by joint as a file: for each picture what it was solved from, and its angles."""
    pictures = {name: {"solved_from": solved_from[name], "angles": dict(values)} for name, values in angles.items()}
    lines = [f"{json.dumps(name)}: {json.dumps(each, separators=(', ', ': '))}" for name, each in pictures.items()]
    return f'{{"format": {ANGLES_FORMAT}, "pictures": {{\n' + ",\n".join(lines) + "\n}}\n"


def read_angles(path: FilePath, shown: str) -> dict[str, tuple[str, dict[str, float]]]:
    """Read solved angles: for each picture what it was solved from, and its angles by joint.

    Raises:
        InputError: this is not such a file.

    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != ANGLES_FORMAT:
            raise ValueError(content["format"])  # noqa: TRY301 - told with the other faults
        found = {}
        for name, each in content["pictures"].items():
            angles = {joint.name: float(each["angles"][joint.name]) for joint in JOINTS}
            if not all(abs(angle) <= _WIDEST for angle in angles.values()):
                raise ValueError(name)  # noqa: TRY301 - told with the other faults; NaN is not within any bound
            found[str(name)] = (str(each["solved_from"]), angles)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        what, hint = (
            "these are not solved angles of a pose, or they are damaged",
            "solve them again: handouts figure draw --again",
        )
        raise InputError(Problem(message=what, place=Place(file=shown), hint=hint)) from error
    return found


def as_vectors(named: Mapping[str, Mapping[str, float]]) -> dict[str, Floats]:
    """Angles by joint as the vectors the artist works with."""
    return {name: angles_from(angles) for name, angles in named.items()}


# ------------------------------------------------------------------------------------------------ drawings


def figure_path(body: str, exercise: str, picture: str) -> str:
    """Where a drawing lies in a workspace."""
    return f"{FIGURES}/{body}/{exercise}.{picture}{OURS}"


def figure_texts(sheet: PoseSheet, drawn: Mapping[str, Drawn], drawn_from: str) -> dict[str, str]:
    """The drawings of an exercise as files. Pictures seen by one camera share the height of their boxes, so floors line up."""
    bounds = {name: each.bounds() for name, each in drawn.items()}
    texts = {}
    for name, each in drawn.items():
        camera = sheet.pictures[name].camera
        beside = [bounds[other] for other in drawn if sheet.pictures[other].camera == camera]
        top = min(float(each_bounds[0, 1]) for each_bounds in beside)
        bottom = max(float(each_bounds[1, 1]) for each_bounds in beside)
        left, right = float(bounds[name][0, 0]), float(bounds[name][1, 0])
        texts[name] = _figure_text(each, sheet.side, np.array([left, top]), np.array([right, bottom]), drawn_from)
    return texts


def _figure_text(drawn: Drawn, side: str | None, low: Floats, high: Floats, drawn_from: str) -> str:
    """Whole millimetres of body, y up, from the lower left corner of the box."""
    size = np.ceil(high - low).astype(int)
    head: dict[str, Any] = {"format": FORMAT, "side": side, "box": size.tolist(), "drawn_from": drawn_from}
    layers = (layer for layer in LAYERS if layer in drawn.layers)
    lines = [json.dumps([layer, _moves(drawn.layers[layer], low, int(size[1]))]) for layer in layers]
    return json.dumps(head)[:-1] + ', "paths": [\n' + ",\n".join(lines) + "\n]}\n"


def _moves(paths: list[Path], low: Floats, height: int) -> str:
    """Paths as steps relative to where the last ended; a letter that repeats the one before is left out."""
    words: list[str] = []
    here = np.zeros(2, int)
    last = ""

    def place(point: Floats) -> Any:
        x, y = np.rint(point - low).astype(int)
        return np.array([x, height - y])

    def step(letter: str, points: list[Any]) -> None:
        nonlocal here, last
        if letter != last:
            words.append(letter)
        words.extend(str(int(value)) for point in points for value in point - here)
        here, last = points[-1], letter

    for path in paths:
        start = place(path.pieces[0][0])
        pieces = [[place(point) for point in piece[1:]] for piece in path.pieces]
        pieces = _without_specks(start, pieces)
        if not pieces or (path.closed and len(pieces) < 2):
            continue
        if path.closed:
            pieces[-1][-1] = start
        step("m", [start])
        last = "l"  # numbers after those of a move draw lines
        for piece in pieces:
            step("l" if len(piece) == 1 else "c", piece)
        if path.closed:
            words.append("h")
            last = "h"
    return " ".join(words)


def _without_specks(start: Any, pieces: list[list[Any]]) -> list[list[Any]]:
    """Leave out pieces that end where they begin on the grid of whole millimetres."""
    kept = []
    here = start
    for piece in pieces:
        if all((point == here).all() for point in piece):
            continue
        kept.append(piece)
        here = piece[-1]
    return kept
