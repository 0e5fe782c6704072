"""One body's artist: solves the poses of a sheet and draws its pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from handouts.errors import InputError, Place, Problem
from handouts.illustrate import overlays
from handouts.illustrate.body import Body, Ints, load_body
from handouts.illustrate.face import Face
from handouts.illustrate.goals import spread_sides
from handouts.illustrate.joints import REST
from handouts.illustrate.landmarks import Landmarks
from handouts.illustrate.paths import Path
from handouts.illustrate.props import Facet, build_props, solidify
from handouts.illustrate.raster import FINE, Frame, camera_turn, frame_around
from handouts.illustrate.rotations import Floats
from handouts.illustrate.scene import Mask, Scene, look_at
from handouts.illustrate.sheets import POSES, chain_of, fingerprint
from handouts.illustrate.skeleton import Skeleton
from handouts.illustrate.skinning import ClothedBody, Shape
from handouts.illustrate.solving import Solver, Task, joint_numbers, state_angles, stiffness_of
from handouts.illustrate.tracing import Layers, trace
from handouts.model.poses import ArrowEnd, At, Goal, PoseSheet, PoseText
from handouts.nouns import dataclass
from handouts.workspace import Workspace

STYLE = 1
"""Raise this when the drawing itself changes: every asset is then out of date."""

LAYERS = (
    "mat", "shadow", "skin", "shoe", "prop", "prop-front", "prop-shade", "pad", "pad-front", "pad-shade", "shirt", "shorts",
    "hair", "skin-shade", "shirt-shade", "shorts-shade", "hair-shade", "target", "target-hatch", "detail", "inner", "outline",
    "taper", "face", "eye", "arrow-halo", "arrow",
)  # fmt: skip
"""In drawing order."""

_ANCHOR_WEIGHT = 2.0
_MAT_MARGIN = 0.09  # metres around everything that is near the floor
_ARMS_ON_MAT = 0.18  # metres to the side of trunk and legs
_MAT_HEIGHT = 0.30  # what is higher needs no mat below it
_MOST_PIXELS = 12.0  # square metres of a picture
_BOX_MARGIN = 8.0  # millimetres around a drawing

Angles = Mapping[str, Floats]
"""Joint angles by picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """A picture's person and things in the room."""

    shape: Shape
    landmarks: Mapping[str, Floats]
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A finished picture: its layers in drawing units, and the pixels they were traced from."""

    layers: Layers
    scene: Scene

    def bounds(self) -> Floats:
        """The corners of everything drawn: [[left, top], [right, bottom]]."""
        points = np.vstack([path.points() for paths in self.layers.values() for path in paths])
        return np.array([points.min(axis=0) - _BOX_MARGIN, points.max(axis=0) + _BOX_MARGIN])


class Artist:
    """Poses and draws one body."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.landmarks = Landmarks(Skeleton(body))
        self.solver = Solver(self.landmarks)
        self._clothed: dict[bool, tuple[ClothedBody, Face]] = {}
        self._solved_starts: dict[str, Floats] = {}

    def clothed(self, *, shoes: bool) -> tuple[ClothedBody, Face]:
        """The body with its clothes on, made once."""
        if shoes not in self._clothed:
            clothed = ClothedBody(self.body, shoes=shoes)
            self._clothed[shoes] = (clothed, Face(clothed))
        return self._clothed[shoes]

    # ------------------------------------------------------------------------------------------- solving

    def solve_sheet(self, sheet: PoseSheet, starts: Mapping[str, PoseText]) -> dict[str, Floats]:
        """Solve all pictures of a sheet; later ones keep the sheet's anchor where the first has it."""
        solved: dict[str, Floats] = {}
        for picture in self._in_order(sheet, starts):
            chain = chain_of(sheet, picture, starts)
            angles = REST
            for depth, (name, _) in enumerate(chain):
                if name in solved:
                    angles = solved[name]
                elif name not in sheet.pictures and name in self._solved_starts:
                    angles = self._solved_starts[name]
                else:
                    task = self.task(sheet, chain[: depth + 1], angles, self._held(sheet, name, solved))
                    angles = self.solver.solve(task)
                    (solved if name in sheet.pictures else self._solved_starts)[name] = angles
        return {picture: solved[picture] for picture in sheet.pictures}

    @staticmethod
    def _in_order(sheet: PoseSheet, starts: Mapping[str, PoseText]) -> list[str]:
        """The first picture first: it says where the anchor is."""
        first = next(iter(sheet.pictures))
        return sorted(sheet.pictures, key=lambda name: (name != first, len(chain_of(sheet, name, starts))))

    def _held(self, sheet: PoseSheet, picture: str, solved: Angles) -> dict[str, Goal]:
        """The goal that keeps the anchor where it is in the first picture."""
        first = next(iter(sheet.pictures))
        if picture not in sheet.pictures or picture == first:
            return {}
        anchor = sheet.pictures[picture].anchor or sheet.anchor
        if anchor is None:
            return {}
        place = self.solver.view(solved[first]).point(anchor)[0]
        return {"anchor": At(place=anchor, point=(float(place[0]), None, float(place[2])), weight=_ANCHOR_WEIGHT)}

    def task(self, sheet: PoseSheet, chain: Sequence[tuple[str, PoseText]], base: Floats, held: Mapping[str, Goal]) -> Task:
        """The last pose of a chain as a task: it starts at the base's angles, and keeps the goals of all it builds on."""
        stated = base.copy()
        goals: dict[str, Goal | None] = {}
        stiff: dict[str, float] = {}
        lock: tuple[str, ...] = ()
        for number, (_, pose) in enumerate(chain):
            for layer in (pose, *([pose.bodies[self.body.id]] if self.body.id in pose.bodies else [])):
                if number == len(chain) - 1:
                    state_angles(stated, layer)
                goals.update(layer.goals)
                stiff.update(layer.stiff)
                lock = layer.lock or lock
        goals.update(held)
        in_sheet = chain[-1][0] in sheet.pictures  # Why: what a start position may overlap must not depend on who uses it
        return Task(
            stated=stated,
            goals=spread_sides(goals),
            stiffness=stiffness_of(stiff),
            locked=frozenset(number for name in lock for number in joint_numbers(name)),
            may_overlap=sheet.may_overlap if in_sheet else (),
        )

    def pose_fingerprint(self, sheet: PoseSheet, picture: str, starts: Mapping[str, PoseText]) -> str:
        """What the angles of a picture depend on: the body, its own text and that of all poses it builds on."""
        first = next(iter(sheet.pictures))
        chain = chain_of(sheet, picture, starts)
        anchored = chain_of(sheet, first, starts) if picture != first else []
        anchor = sheet.pictures[picture].anchor or sheet.anchor
        return fingerprint(self.body.digest, chain, anchored, anchor, sheet.may_overlap)

    # ------------------------------------------------------------------------------------------- drawing

    def draw_sheet(self, sheet: PoseSheet, angles: Angles, only: Sequence[str] = ()) -> dict[str, Drawn]:
        """Draw the pictures of a sheet."""
        posed = self.pose_sheet(sheet, angles)
        return {name: self._draw(sheet, name, posed) for name in only or sheet.pictures}

    def pose_sheet(self, sheet: PoseSheet, angles: Angles) -> dict[str, Posed]:
        """The person and the things of every picture, in the room."""
        return {name: self._pose(sheet, name, angles) for name in sheet.pictures}

    def see(self, sheet: PoseSheet, name: str, posed: Posed, scale: float = FINE) -> tuple[Scene, Mask]:
        """A picture as pixels, and the target area in it."""
        picture = sheet.pictures[name]
        corners = [piece for facet in posed.facets for piece in facet.pieces]
        turn = camera_turn(picture.camera or sheet.camera)
        frame = frame_around(np.vstack([*posed.shape.all_points(), *corners]), turn, scale)
        if frame.width * frame.height > _MOST_PIXELS * scale**2:
            what = (
                f"the person and the things around are farther apart than a picture can show ({_MOST_PIXELS:.0f} square metres)"
            )
            place = Place(file=f"{POSES}/{sheet.id}.yaml")
            raise InputError(Problem(message=f"{name}: {what}", place=place, hint="move the things nearer, or make them smaller"))
        scene = look_at(self.clothed(shoes=sheet.shoes)[0], posed.shape, posed.facets, frame)
        targets = sheet.targets if picture.targets is None else picture.targets
        return scene, overlays.target_mask(scene, targets, self.body)

    def drawing_fingerprint(self, sheet: PoseSheet, angles: Mapping[str, Mapping[str, float]]) -> str:
        """What the drawings of a sheet depend on: style, body, the sheet and the committed angles of all its pictures."""
        looks = {name: replace(picture, pose=PoseText()) for name, picture in sheet.pictures.items()}
        return fingerprint(STYLE, self.body.digest, replace(sheet, pictures={}), looks, angles)

    def _pose(self, sheet: PoseSheet, picture: str, angles: Angles) -> Posed:
        first = next(iter(sheet.pictures))
        view, resting = self.solver.view(angles[picture]), self.solver.view(angles[first])
        clothed, _ = self.clothed(shoes=sheet.shoes)
        landmarks = {name: view.point(name)[0] for name in self.landmarks.names}
        at_rest = {name: resting.point(name)[0] for name in self.landmarks.names}
        props = (*sheet.props, *sheet.pictures[picture].props)
        return Posed(
            shape=clothed.pose(view.frames),
            landmarks=landmarks,
            facets=build_props(props, landmarks, at_rest),
        )

    def _draw(self, sheet: PoseSheet, name: str, posed: Mapping[str, Posed]) -> Drawn:
        own = posed[name]
        scene, mask = self.see(sheet, name, own)
        frame = scene.frame
        layers = trace(scene, own.shape, self.clothed(shoes=sheet.shoes)[1])
        overlays.draw_target(layers, scene, mask)
        layers["shadow"] = overlays.draw_shadow(own.shape, _solids(own), scene)
        mat = self._mat(posed) if sheet.mat else None
        if mat is not None:
            layers["mat"] = [overlays.draw_mat(*mat, frame)]
        layers["arrow"] = [arrow for arrow in self.draw_arrows(sheet, name, posed, frame) if arrow is not None]
        layers["arrow-halo"] = layers["arrow"]
        ordered = {layer: layers[layer] for layer in LAYERS if layers.get(layer)}
        return Drawn(layers=ordered, scene=scene)

    @staticmethod
    def _mat(posed: Mapping[str, Posed]) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """One mat for all pictures, under everything near the floor; arms far out to its sides lie beside it."""
        shapes = [each.shape for each in posed.values()]
        near = [shape.points[:, 1] < _MAT_HEIGHT for shape in shapes]
        arm = [shape.parts[:, 0] > 0.5 for shape in shapes]
        whole = np.vstack([shape.points[low] for shape, low in zip(shapes, near, strict=True)])[:, [0, 2]]
        trunk = np.vstack([shape.points[low & ~arms] for shape, low, arms in zip(shapes, near, arm, strict=True)])[:, [0, 2]]
        if not len(trunk):
            return None
        low, high = whole.min(axis=0), whole.max(axis=0)
        short = int(np.argmin(trunk.max(axis=0) - trunk.min(axis=0)))
        low[short] = max(low[short], trunk[:, short].min() - _ARMS_ON_MAT)
        high[short] = min(high[short], trunk[:, short].max() + _ARMS_ON_MAT)
        (x0, z0), (x1, z1) = low - _MAT_MARGIN, high + _MAT_MARGIN
        return (float(x0), float(z0)), (float(x1), float(z1))

    @staticmethod
    def draw_arrows(sheet: PoseSheet, name: str, posed: Mapping[str, Posed], frame: Frame) -> list[Path | None]:
        """The arrows of a picture; None for one that has no length in this view."""

        def locate(end: ArrowEnd) -> Floats:
            return posed[end.picture or name].landmarks[end.place] + np.array(end.offset)

        return [overlays.draw_arrow(arrow, locate, frame) for arrow in sheet.pictures[name].arrows]


def _solids(posed: Posed) -> list[tuple[Floats, Ints]]:
    solid = solidify(posed.facets)
    return [(solid.points, solid.triangles)] if len(solid.points) else []


def open_artist(workspace: Workspace, body_id: str) -> Artist:
    """The artist of a body of the workspace. Raises InputError when there is no such body."""
    relative = f"assets/bodies/{body_id}.npz"
    path = workspace.locate(relative)
    if path is None:
        raise InputError(Problem(message=f"there is no body {relative}", hint="bodies: female, male"))
    return Artist(load_body(path, body_id, relative))
