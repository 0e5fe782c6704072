"""Places on the body that poses speak of: landmarks (single points) and regions (patches of skin), by name.

A sided name ends in `.left` or `.right`. Contact with the floor is measured on regions, because a rigid point leaves soft parts
in the air or below the floor.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from handouts.illustrate.body import Body, Ints
from handouts.illustrate.rotations import Floats
from handouts.illustrate.skeleton import Frames, Skeleton, sign_of
from handouts.model.pose_words import SIDES

_SAMPLE = 40  # vertices looked at of each region
_SKIN_SAMPLE = 280  # vertices that must stay above the floor

Mask = NDArray[np.bool_]


class Landmarks:
    """The landmarks and regions of one body."""

    def __init__(self, skeleton: Skeleton) -> None:
        self._body = skeleton.body
        self._skeleton = skeleton
        self._points: dict[str, tuple[int, Floats]] = {}
        self.regions: dict[str, Ints] = {}
        for side in SIDES:
            _SidedLandmarks(self, side).find()
        self._find_middle()
        self.names = tuple(self._points)
        self.number = {name: index for index, name in enumerate(self.names)}
        self._bones = np.array([bone for bone, _ in self._points.values()])
        heads = self._body.heads[self._bones]
        self._offsets = np.array([point for _, point in self._points.values()]) - heads
        self.skin = _spread_out(self._body.vertices, _SKIN_SAMPLE)

    @property
    def body(self) -> Body:
        """The body that the landmarks lie on."""
        return self._body

    @property
    def skeleton(self) -> Skeleton:
        """The skeleton that carries the landmarks."""
        return self._skeleton

    def place(self, frames: Frames) -> Floats:
        """All landmarks of a batch of poses: (B, landmarks, 3), in the order of `names`."""
        return frames.points(self._bones, self._offsets)

    def skin_points(self, frames: Frames, vertices: Ints) -> Floats:
        """Vertices of the bare skin of a batch of poses: (B, vertices, 3)."""
        body = self._body
        moved = np.zeros((len(frames.places), len(vertices), 3))
        for k in range(body.bone_of.shape[1]):
            bones = body.bone_of[vertices, k]
            moved += body.weights[vertices, k, None] * frames.points(bones, body.vertices[vertices] - body.heads[bones])
        return moved

    # ------------------------------------------------------------------------------------------- finding them

    def add_point(self, name: str, bone: str, point: Floats) -> None:
        """Note a landmark that `bone` carries."""
        self._points[name] = (self._body.bone[bone], np.asarray(point, float))

    def add_vertex(self, name: str, vertex: int, bone: str | None = None) -> None:
        """Note a landmark on the skin; without a bone the one that moves it most carries it."""
        carrier = self._body.bone[bone] if bone else int(self._body.main_bone[vertex])
        self._points[name] = (carrier, self._body.vertices[vertex])

    def add_region(self, name: str, inside: Mask, most: int = _SAMPLE) -> None:
        """Note a region; of a large one a spread-out sample is kept."""
        members = np.flatnonzero(inside)
        if len(members) > most:
            members = members[_spread_out(self._body.vertices[members], most)]
        self.regions[name] = members

    def moved_by(self, *bones: str) -> Mask:
        """Return which vertices these bones move most."""
        return np.isin(self._body.main_bone, [self._body.bone[bone] for bone in bones])

    def _find_middle(self) -> None:
        body, scale = self._body, self._body.scale
        at = body.vertices
        middle = np.abs(at[:, 0]) < 0.02
        for name, height, back, bone in (
            ("sacrum", 0.88, True, "root"),
            ("low_back", 1.02, True, "spine03"),
            ("mid_back", 1.2, True, "spine02"),
            ("upper_back", 1.28, True, "spine01"),
            ("head_back", 1.52, True, "head"),
            ("forehead", 1.57, False, "head"),
            ("breastbone", 1.22, False, "spine02"),
            ("belly", 0.95, False, "spine04"),
            ("chin", 1.435, False, "head"),
            ("nose", 1.50, False, "head"),
        ):
            candidates = np.flatnonzero(middle & (np.abs(at[:, 1] - height * scale) < 0.015))
            depth = at[candidates, 2]
            self.add_vertex(name, int(candidates[depth.argmin() if back else depth.argmax()]), bone)
        candidates = np.flatnonzero(middle)
        self.add_vertex("crown", int(candidates[at[candidates, 1].argmax()]), "head")
        self.add_point("pelvis", "root", body.head("root"))
        self.add_point("spine_base", "root", np.array([0.0, body.head("root")[1], body.head("spine01")[2]]))
        self.add_point("waist", "spine04", body.head("spine04"))
        self.add_point("chest", "spine01", body.head("spine01"))
        self.add_point("mid_trunk", "spine02", body.head("spine02"))
        self.add_point("neck", "neck01", body.head("neck01"))
        self.add_point("head_base", "head", body.head("head"))
        self.add_point("head", "head", body.tails[body.bone["head"]])
        behind, in_front = at[:, 2] < 0.0, at[:, 2] > 0.05
        self.add_region("upper_back", self.moved_by("spine01", "spine02", "shoulder01.L", "shoulder01.R") & behind)
        self.add_region("low_back", self.moved_by("root", "spine05", "spine04") & behind)
        head = self.moved_by("head")
        self.add_region("head_back", head & (at[:, 2] < 0.02))
        self.add_region("face", head & (at[:, 2] > 0.06) & (at[:, 1] > 1.48 * scale))
        self.add_region("forehead", head & (at[:, 2] > 0.06) & (at[:, 1] > 1.54 * scale))
        self.add_region("belly", self.moved_by("root", "spine05", "spine04", "spine03") & in_front)
        self.add_region("chest_front", self.moved_by("spine02", "spine01") & in_front)


class _SidedLandmarks:
    """Finds the landmarks and regions of one side."""

    def __init__(self, landmarks: Landmarks, side: str) -> None:
        self._landmarks, self._side, self._mark = landmarks, side, side[0].upper()
        self._body, self._sign = landmarks.body, sign_of(side)
        self._at = self._body.vertices
        self._out = self._at[:, 0] * self._sign  # away from the middle

    def find(self) -> None:
        self._find_foot()
        self._find_leg()
        self._find_seat()
        self._find_arm()
        self._find_hand()
        self._find_regions()

    def _head(self, bone: str) -> Floats:
        return self._body.head(f"{bone}.{self._mark}")

    def _point(self, name: str, bone: str, point: Floats) -> None:
        self._landmarks.add_point(f"{name}.{self._side}", bone, point)

    def _vertex(self, name: str, vertex: np.intp, bone: str | None = None) -> None:
        self._landmarks.add_vertex(f"{name}.{self._side}", int(vertex), bone)

    def _own(self, *starts: str) -> Mask:
        """Return which vertices are moved most by bones of this side whose names begin so."""
        return np.isin(self._body.main_bone, list(self._body.bones_named(*starts, side=self._side)))

    def _find_foot(self) -> None:
        at, mark = self._at, self._mark
        foot = np.flatnonzero(self._own("foot", "toe"))
        ankle, ball = self._head("foot"), self._head("toe2-1")
        low = foot[at[foot, 1] < 0.02]
        heel = low[at[low, 2].argmin()]
        self._vertex("heel", heel, f"foot.{mark}")
        on_ground = np.array([ball[0], 0.0, ball[2]])
        self._point("ball", f"foot.{mark}", on_ground)
        self._point("sole", f"foot.{mark}", (at[heel] + on_ground) / 2)
        self._vertex("toe_tip", foot[at[foot, 2].argmax()], f"toe2-1.{mark}")
        nail = self._head("toe2-2") + np.array([0, 0.03, 0])
        self._vertex("toenail", foot[np.linalg.norm(at[foot] - nail, axis=1).argmin()], f"toe2-1.{mark}")
        middle = (ankle + ball) / 2
        beside = np.abs(at[foot, 2] - middle[2]) * 3 + np.abs(at[foot, 0] - middle[0]) * 2 - at[foot, 1]
        self._vertex("instep", foot[beside.argmin()], f"foot.{mark}")
        self._point("ankle", f"lowerleg02.{mark}", ankle)
        off = 3 * np.abs(at[foot, 2] - ankle[2]) + 2 * np.abs(at[foot, 1] - 0.06)
        self._vertex("outer_ankle", foot[(self._out[foot] - off).argmax()], f"foot.{mark}")
        self._vertex("inner_ankle", foot[(self._out[foot] + off).argmin()], f"foot.{mark}")

    def _around(self, height: float, within: float) -> Ints:
        """Return the vertices of this leg at a height."""
        return np.flatnonzero((np.abs(self._at[:, 1] - height) < within) & (self._out > 0.03))

    def _find_leg(self) -> None:
        at, mark = self._at, self._mark
        knee = self._head("lowerleg01")
        ring = self._around(knee[1], 0.02)
        self._vertex("kneecap", ring[at[ring, 2].argmax()], f"lowerleg01.{mark}")
        self._vertex("outer_knee", ring[self._out[ring].argmax()], f"upperleg02.{mark}")
        self._vertex("inner_knee", ring[self._out[ring].argmin()], f"upperleg02.{mark}")
        self._vertex("knee_back", ring[at[ring, 2].argmin()], f"lowerleg01.{mark}")
        self._point("knee", f"lowerleg01.{mark}", knee)
        ring = self._around(knee[1] - 0.055, 0.015)
        self._vertex("shin_top", ring[at[ring, 2].argmax()], f"lowerleg01.{mark}")
        ring = self._around(knee[1] + 0.10, 0.015)
        self._vertex("thigh_front", ring[at[ring, 2].argmax()], f"upperleg02.{mark}")
        self._vertex("thigh_back", ring[at[ring, 2].argmin()], f"upperleg02.{mark}")
        self._vertex("thigh_outer", ring[self._out[ring].argmax()], f"upperleg02.{mark}")
        ring = self._around(knee[1] - 0.17, 0.015)
        self._vertex("shin", ring[at[ring, 2].argmax()], f"lowerleg01.{mark}")
        self._vertex("calf", ring[at[ring, 2].argmin()], f"lowerleg01.{mark}")

    def _find_seat(self) -> None:
        at, out, hip = self._at, self._out, self._head("upperleg01")
        self._point("hip", f"pelvis.{self._mark}", hip)
        self._point("thigh_middle", f"upperleg02.{self._mark}", self._head("upperleg02"))
        ring = np.flatnonzero((np.abs(at[:, 1] - (hip[1] - 0.02)) < 0.02) & (np.abs(out - 0.085) < 0.03))
        self._vertex("buttock", ring[at[ring, 2].argmin()], "root")
        beside = (np.abs(out - 0.075) < 0.02) & (at[:, 1] < hip[1] - 0.03) & (at[:, 1] > hip[1] - 0.14) & (at[:, 2] < 0)
        low = np.flatnonzero(beside)
        self._vertex("sit_bone", low[(at[low, 1] * 0.6 + at[low, 2]).argmin()], "root")
        trunk = (out > 0.05) & (out < 0.25) & ~self._own("upperarm", "lowerarm", "wrist", "metacarpal", "finger")
        ring = np.flatnonzero((np.abs(at[:, 1] - (hip[1] + 0.02)) < 0.03) & trunk)
        self._vertex("hip_side", ring[out[ring].argmax()], "root")
        waist = self._body.head("spine04")[1] + 0.03
        ring = np.flatnonzero((np.abs(at[:, 1] - waist) < 0.02) & trunk)
        self._vertex("flank", ring[out[ring].argmax()], "spine04")

    def _find_arm(self) -> None:
        at, mark, out, scale = self._at, self._mark, self._out, self._body.scale
        blade = np.flatnonzero((np.abs(at[:, 1] - 1.27 * scale) < 0.02) & (np.abs(out - 0.09) < 0.03))
        self._vertex("shoulder_blade", blade[at[blade, 2].argmin()], "spine01")
        elbow = self._head("lowerarm01")
        near = np.flatnonzero(self._own("upperarm02", "lowerarm") & (np.linalg.norm(at - elbow, axis=1) < 0.06))
        self._vertex("elbow_tip", near[at[near, 2].argmin()], f"lowerarm01.{mark}")
        self._point("elbow", f"lowerarm01.{mark}", elbow)
        self._point("wrist", f"wrist.{mark}", self._head("wrist"))
        self._point("shoulder", f"shoulder01.{mark}", self._head("upperarm01"))
        side = np.flatnonzero((np.abs(at[:, 1] - 1.27 * scale) < 0.03) & (out > 0.12) & (out < 0.24))
        self._vertex("upper_arm", side[out[side].argmax()], f"upperarm01.{mark}")

    def _find_hand(self) -> None:
        mark, knuckle, wrist = self._mark, self._head("finger3-1"), self._head("wrist")
        inward = self._landmarks.skeleton.palm_at_rest(self._side)
        hand = f"wrist.{mark}"
        self._point("palm", hand, wrist * 0.35 + knuckle * 0.65 + inward * 0.017)
        self._point("palm_heel", hand, wrist * 0.85 + knuckle * 0.15 + inward * 0.022)
        self._point("knuckles", hand, knuckle + inward * 0.015)
        self._point("hand_back", hand, (wrist + knuckle) / 2 - inward * 0.015)
        for name, finger in (("fingertip", "3"), ("thumb_tip", "1")):
            bone = f"finger{finger}-3.{mark}"
            self._point(name, bone, self._body.tails[self._body.bone[bone]])

    def _find_regions(self) -> None:
        at, out, side, add = self._at, self._out, self._side, self._landmarks.add_region
        scale = self._body.scale
        trunk = self._landmarks.moved_by(
            "root", "pelvis.L", "pelvis.R", "upperleg01.L", "upperleg01.R", "spine05", "upperleg02.L", "upperleg02.R"
        )
        own = out > 0.01
        height = at[:, 1] / scale
        add(f"seat.{side}", trunk & own & (height > 0.62) & (height < 0.92) & (at[:, 2] < 0.02))
        add(f"hip_side.{side}", trunk & own & (height > 0.72) & (height < 0.90) & (out > 0.12))
        add(f"thigh_front.{side}", self._own("upperleg") & (at[:, 2] > 0.05) & (height > 0.5))
        add(f"thigh_back.{side}", self._own("upperleg") & (at[:, 2] < 0.0) & (height > 0.5) & (height < 0.75))
        foot = self._own("foot", "toe")
        add(f"foot.{side}", foot & (at[:, 1] < 0.06), 60)
        add(f"forefoot.{side}", foot & (at[:, 2] > 0.10) & (at[:, 1] < 0.06))
        add(f"heel.{side}", foot & (at[:, 2] < 0.04) & (at[:, 1] < 0.06))
        add(f"toes.{side}", self._own("toe"))
        add(f"foot_top.{side}", foot & (at[:, 1] > 0.03) & (at[:, 2] > 0.06))
        add(f"foot_outer.{side}", foot & (out > self._head("foot")[0] * self._sign + 0.015))
        knee = self._head("lowerleg01")
        around = self._own("lowerleg01", "upperleg02") & (np.abs(at[:, 1] - knee[1] + 0.01) < 0.06)
        add(f"knee_front.{side}", around & (at[:, 2] > knee[2]))
        add(f"knee_outer.{side}", around & (out > knee[0] * self._sign))
        add(f"knee_inner.{side}", around & (out < knee[0] * self._sign))
        shank = self._own("lowerleg")
        add(f"shin_front.{side}", shank & (at[:, 2] > 0.05))
        add(f"calf_back.{side}", shank & (at[:, 2] < 0.03))
        add(f"shin_outer.{side}", shank & (out > 0.14))
        add(f"hand.{side}", self._own("wrist", "metacarpal", "finger"), 60)
        add(f"fingers.{side}", self._own("finger2", "finger3", "finger4", "finger5"))
        add(f"forearm.{side}", self._own("lowerarm"))
        elbow = self._head("lowerarm01")
        add(f"elbow.{side}", self._own("upperarm02", "lowerarm") & (np.linalg.norm(at - elbow, axis=1) < 0.06))


def _spread_out(points: Floats, most: int) -> Ints:
    """Pick points far from one another, always the same ones: each next is the farthest from those picked."""
    picked = np.empty(min(most, len(points)), np.int64)
    distance = np.full(len(points), np.inf)
    following = 0
    for index in range(len(picked)):
        picked[index] = following
        distance = np.minimum(distance, np.linalg.norm(points - points[following], axis=1))
        following = int(distance.argmax())
    return picked


FACINGS: dict[str, tuple[str, Callable[[float], tuple[float, float, float]]]] = {
    "palm": ("wrist", lambda sign: (-sign, 0, 0)),
    "fingers": ("wrist", lambda _: (0, -1, 0)),
    "thumb": ("wrist", lambda _: (0, 0, 1)),
    "sole": ("foot", lambda _: (0, -1, 0)),
    "toes": ("foot", lambda _: (0, 0, 1)),
    "kneecap": ("upperleg02", lambda _: (0, 0, 1)),
    "shin": ("lowerleg02", lambda _: (0, 0, 1)),
}
"""Ways a sided part can face: the bone it belongs to and the direction in the zero pose, for the sign of the side."""

MIDDLE_FACINGS: dict[str, tuple[str, tuple[float, float, float]]] = {
    "face": ("head", (0, 0, 1)),
    "crown": ("head", (0, 1, 0)),
    "chest": ("spine01", (0, 0, 1)),
    "pelvis": ("root", (0, 0, 1)),
    "pelvis_up": ("root", (0, 1, 0)),
}
"""Ways a middle part can face."""
