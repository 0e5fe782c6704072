"""Pose sheets for the tests, as a person would write them."""

from __future__ import annotations

from pathlib import Path

from handouts.illustrate.sheets import Library, load_sheets
from handouts.workspace import Workspace, find_workspace

SQUAT = """\
camera: {turn: 80, rise: 10}
mat: false
targets: [{area: thigh_front.left, grow: 1.3}]
pictures:
  start: {from: standing, targets: []}
  end:
    from: start
    joints: {hip_flexion: 60, knee_flexion: 70, ankle_flexion: 20, shoulder_flexion: 80}
    goals:
      legs: none
      arms: {direction: [shoulder.both, wrist.both], to: [0, 0, 1]}
      thighs: {direction: [hip.both, knee.both], to: [0.05, -0.55, 0.83]}
      shins: {direction: [knee.both, ankle.both], to: [0, -0.92, -0.4]}
      trunk: {direction: [spine_base, chest], to: [0, 0.85, 0.5], weight: 2}
    arrows:
      - along: [{place: buttock.left, picture: start, offset: [0, 0, -0.15]}, {place: buttock.left, offset: [0, 0, -0.15]}]
"""


def make_workspace(folder: Path, **sheets: str) -> Workspace:
    """A clinic's folder with pose sheets."""
    poses = folder / "assets" / "poses"
    poses.mkdir(parents=True, exist_ok=True)
    (folder / "handouts.yaml").write_text("country: gb\n")
    for name, text in sheets.items():
        (poses / f"{name}.yaml").write_text(text)
    return find_workspace(explicit=folder)


def load(folder: Path, text: str, name: str = "squat") -> Library:
    """A library with one sheet."""
    return load_sheets(make_workspace(folder, **{name: text}), (name,))
