"""Checks poses on their committed angles: what a physiotherapist would call wrong and a picture would show.

Thresholds are our own, set so that what they find can be seen at 45 mm and what they pass cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
from scipy.spatial import ConvexHull, QhullError

from handouts.illustrate.artist import Angles, Artist, Posed
from handouts.illustrate.joints import HIGH, JOINTS, LOW
from handouts.illustrate.overlays import area_mask
from handouts.illustrate.raster import COARSE
from handouts.illustrate.rotations import Floats
from handouts.illustrate.scene import Mask, Scene
from handouts.illustrate.sheets import chain_of
from handouts.illustrate.solving import Task
from handouts.model.poses import PoseSheet, PoseText
from handouts.nouns import dataclass

_MISSED, _TURNED = 0.020, 20.0  # metres, degrees
_LIMIT = 0.5  # degrees past a joint's limit
_OVERLAP = 0.030
_SINKS, _FLOATS = 0.030, 0.012
_TOUCHES = 0.025  # metres from the floor or a thing: held up by it
_BALANCE = 0.020
LEAST_TARGET = 6000.0
"""Square millimetres of body: a hand seen at an angle."""
_LEAST_EACH = 1500.0  # of each area, square millimetres
_SAME = 0.92  # silhouettes that overlap more than this show the same position


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a picture of an exercise on a body."""

    exercise: str
    picture: str
    body: str
    message: str

    def __str__(self) -> str:
        """The fault in one line."""
        return f"assets/poses/{self.exercise}.yaml: {self.picture} ({self.body}): {self.message}"


def lint_sheet(artist: Artist, sheet: PoseSheet, starts: Mapping[str, PoseText], angles: Angles) -> list[Fault]:
    """Every fault of the pictures of a sheet on one body."""
    posed = artist.pose_sheet(sheet, angles)
    scenes: dict[str, tuple[Scene, Mask]] = {}
    faults = []
    for name in sheet.pictures:
        task = artist.task(sheet, chain_of(sheet, name, starts), angles[name], {})
        scenes[name] = artist.see(sheet, name, posed[name], COARSE)
        found = (
            *_check_goals(artist, task, angles[name]),
            *_check_joints(angles[name]),
            *_check_overlaps(artist, sheet, angles[name]),
            *_check_floor(posed[name]),
            *_check_balance(artist, sheet, posed[name], angles[name]),
            *_check_view(artist, sheet, name, *scenes[name]),
            *_check_arrows(artist, sheet, name, posed, scenes[name][0]),
        )
        faults += [Fault(exercise=sheet.id, picture=name, body=artist.body.id, message=message) for message in found]
    for name, message in _check_difference(sheet, scenes):
        faults.append(Fault(exercise=sheet.id, picture=name, body=artist.body.id, message=message))
    if not any(picture.arrows for picture in sheet.pictures.values()):
        first = next(iter(sheet.pictures))
        faults.append(Fault(exercise=sheet.id, picture=first, body=artist.body.id, message="no arrow shows the movement"))
    return faults


def _check_goals(artist: Artist, task: Task, angles: Floats) -> Iterator[str]:
    for miss in artist.solver.measure(angles, task.goals):
        if miss.is_angle and miss.amount > _TURNED:
            yield f"{miss.name}: {miss.amount:.0f} degrees off, {_TURNED:.0f} at most"
        elif not miss.is_angle and miss.amount > _MISSED:
            yield f"{miss.name}: missed by {miss.amount * 1000:.0f} mm, {_MISSED * 1000:.0f} at most"


def _check_joints(angles: Floats) -> Iterator[str]:
    for number, joint in enumerate(JOINTS):
        low, high = LOW[number] - _LIMIT, HIGH[number] + _LIMIT
        if not joint.is_length and not low <= angles[number] <= high:
            yield f"{joint.name} is {angles[number]:.0f} degrees, beyond its range of {joint.low:.0f} to {joint.high:.0f}"


def _check_overlaps(artist: Artist, sheet: PoseSheet, angles: Floats) -> Iterator[str]:
    allowed = {frozenset(pair) for pair in sheet.may_overlap}
    for overlap in artist.solver.capsules.find_overlaps(artist.solver.view(angles), _OVERLAP):
        if frozenset(overlap.parts) not in allowed:
            yield f"{overlap.parts[0]} is {overlap.depth * 1000:.0f} mm inside {overlap.parts[1]}"


def _check_floor(posed: Posed) -> Iterator[str]:
    lowest = float(posed.shape.points[:, 1].min())
    if lowest < -_SINKS:
        yield f"sinks {-lowest * 1000:.0f} mm into the floor"
    elif lowest > _FLOATS and not _held_by_things(posed).any():
        yield f"floats {lowest * 1000:.0f} mm above the floor, and touches no thing"


def _supports(posed: Posed) -> Mask:
    """Which points of the body rest on the floor or on a thing, each judged by itself."""
    return (posed.shape.points[:, 1] < _TOUCHES) | _held_by_things(posed)


def _held_by_things(posed: Posed) -> Mask:
    points = posed.shape.points
    held = np.zeros(len(points), bool)
    for facet in posed.facets:
        if not facet.holds:
            continue
        corners = np.vstack(facet.pieces)
        low, high = corners.min(axis=0) - _TOUCHES, corners.max(axis=0) + _TOUCHES
        held |= ((points >= low) & (points <= high)).all(axis=1)
    return held


def _check_balance(artist: Artist, sheet: PoseSheet, posed: Posed, angles: Floats) -> Iterator[str]:
    """The centre of mass lies above the hull of everything that is held up."""
    if sheet.off_balance:
        return
    supports = posed.shape.points[_supports(posed)][:, [0, 2]]
    centre = artist.solver.capsules.centre_of_mass(artist.solver.view(angles))[[0, 2]]
    outside = distance_outside(centre, supports)
    if outside > _BALANCE:
        yield f"would fall over: the centre of mass is {outside * 1000:.0f} mm outside what holds it up"


def distance_outside(point: Floats, supports: Floats) -> float:
    """How far a point (2,) is outside the convex hull of others (n, 2), in their unit; 0 inside."""
    if not len(supports):
        return float("inf")
    try:
        hull = ConvexHull(supports)
    except (QhullError, ValueError):
        return float(np.linalg.norm(supports - point, axis=1).min())
    if (hull.equations[:, :2] @ point + hull.equations[:, 2]).max() <= 0:
        return 0.0
    corners = supports[hull.vertices]
    start, end = corners, np.roll(corners, -1, axis=0)
    along = end - start
    share = np.clip(((point - start) * along).sum(axis=1) / np.maximum((along * along).sum(axis=1), 1e-12), 0, 1)
    return float(np.linalg.norm(start + along * share[:, None] - point, axis=1).min())


def _check_view(artist: Artist, sheet: PoseSheet, name: str, scene: Scene, target: Mask) -> Iterator[str]:
    """The target areas are seen from the camera: all together large enough, and something of each."""
    pixel = (1000 / scene.frame.scale) ** 2
    picture = sheet.pictures[name]
    targets = sheet.targets if picture.targets is None else picture.targets
    area = float(target.sum()) * pixel
    if targets and area < LEAST_TARGET:
        names = ", ".join(each.area for each in targets)
        yield f"{area:.0f} square mm of the target area are seen ({names}), {LEAST_TARGET:.0f} at least"
    for each in targets:
        seen = float(area_mask(scene, each, artist.body).sum()) * pixel
        if seen < _LEAST_EACH:
            yield f"{seen:.0f} square mm of the target {each.area} are seen, {_LEAST_EACH:.0f} at least"


def _check_arrows(artist: Artist, sheet: PoseSheet, name: str, posed: Mapping[str, Posed], scene: Scene) -> Iterator[str]:
    for number, arrow in enumerate(artist.draw_arrows(sheet, name, posed, scene.frame), start=1):
        if arrow is None:
            yield f"arrow {number} has no length in this view"


def _check_difference(sheet: PoseSheet, scenes: Mapping[str, tuple[Scene, Mask]]) -> Iterator[tuple[str, str]]:
    """Pictures that follow one another and are seen from one side show different positions."""
    for before, name in pairwise(sheet.pictures):
        if sheet.pictures[before].camera != sheet.pictures[name].camera:
            continue
        share = silhouette_overlap(scenes[before][0], scenes[name][0])
        if share > _SAME:
            yield name, f"looks like {before}: the silhouettes share {share:.0%} of their area"


def silhouette_overlap(first: Scene, second: Scene) -> float:
    """The area two silhouettes share beside the area of both, 0 to 1, in the same place of the camera's plane."""
    frames = (first.frame, second.frame)
    left, top = min(f.left for f in frames), max(f.top for f in frames)
    offsets = [(round((f.left - left) * f.scale), round((top - f.top) * f.scale)) for f in frames]
    width = max(x + f.width for (x, _), f in zip(offsets, frames, strict=True))
    height = max(y + f.height for (_, y), f in zip(offsets, frames, strict=True))
    masks = []
    for (x, y), scene in zip(offsets, (first, second), strict=True):
        canvas = np.zeros((height, width), bool)
        canvas[y : y + scene.frame.height, x : x + scene.frame.width] = scene.body
        masks.append(canvas)
    both, either = (masks[0] & masks[1]).sum(), (masks[0] | masks[1]).sum()
    return float(both / max(int(either), 1))
