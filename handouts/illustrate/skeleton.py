"""Forward kinematics: joint angles to the place and the turn of every bone.

Every rotation is written in rest axes, so no bone has a roll of its own: the world turn of a bone is `anatomy @ zero`, where
`zero` straightens the rest pose (arms away from the body, elbows bent) to standing with hanging arms, and `anatomy` is the
product of the anatomical joint turns from the pelvis out. A bone hangs on its parent by a fixed offset:
`place = parent place + parent turn @ offset`. Many poses are computed at once (first axis of every array), which makes
numerical derivatives cheap.
"""

from __future__ import annotations

import math

import numpy as np

from handouts.illustrate.body import Body, Ints
from handouts.illustrate.joints import INDEX
from handouts.illustrate.rotations import Floats, about, about_x, about_y, about_z, between, unit
from handouts.model.pose_words import SIDES
from handouts.nouns import dataclass

_DOWN = np.array([0.0, -1.0, 0.0])
_LUMBAR = (("spine05", 0.34), ("spine04", 0.33), ("spine03", 0.33))
_THORACIC = (("spine02", 0.55), ("spine01", 0.45))
_NECK = (("neck01", 0.25), ("neck02", 0.25), ("neck03", 0.2), ("head", 0.3))
_FINGER_SHARES = {"1": (1.0, 0.0), "2": (0.0, 1.0), "3": (0.0, 0.62)}  # of knuckle flexion and of curl, by phalanx
_THUMB_SHARES = {"1": 0.35, "2": 0.65, "3": 0.7}
_SPREAD = {"2": 1.0, "3": 0.25, "4": -0.4, "5": -1.0}  # of a finger beside the middle of the hand


@dataclass(frozen=True, slots=True)
class Frames:
    """Where the bones are in a batch of poses: places (B, b, 3), turns (B, b, 3, 3), anatomical turns by bone (B, 3, 3)."""

    places: Floats
    turns: Floats
    anatomy: dict[str, Floats]

    def points(self, bones: Ints, offsets: Floats) -> Floats:
        """Points fixed to bones (p,), by their offsets from the bones' beginnings at rest (p, 3): (B, p, 3)."""
        return self.places[:, bones] + np.einsum("bnij,nj->bni", self.turns[:, bones], offsets)


def sign_of(side: str) -> float:
    """+1 on the left, where x is positive, -1 on the right."""
    return 1.0 if side == "left" else -1.0


class Skeleton:
    """The bones of a body, ready to be bent."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self._zero = np.tile(np.eye(3), (len(body.bones), 1, 1))
        self._curl_axis: dict[str, Floats] = {}
        for side in SIDES:
            self._straighten_arm(side)
            self._straighten_leg(side)
        parents = np.maximum(body.parents, 0)
        self._offsets = body.heads - np.where(body.parents[:, None] >= 0, body.heads[parents], 0.0)

    # ------------------------------------------------------------------------------------------- anatomical zero

    def _set_zero(self, side: str, starts: tuple[str, ...], turn: Floats) -> None:
        for bone in self.body.bones_named(*starts, side=side):
            self._zero[bone] = turn

    def _straighten_arm(self, side: str) -> None:
        """Hang the arm, straighten the elbow, and turn the palm to the thigh."""
        body, sign, mark = self.body, sign_of(side), side[0].upper()
        shoulder, elbow, wrist = (body.head(f"{bone}.{mark}") for bone in ("upperarm01", "lowerarm01", "wrist"))
        index, middle, little = (body.head(f"finger{n}-1.{mark}") for n in "235")
        hang = between(elbow - shoulder, _DOWN)
        forearm = hang @ (wrist - elbow)
        hang = about_y(-math.atan2(forearm[0], forearm[2])) @ hang  # the elbow bends forward, not sideways
        lower = between(hang @ (wrist - elbow), _DOWN) @ hang
        hand = between(lower @ (middle - wrist), _DOWN) @ lower
        palm = hand @ unit(-np.cross(index - wrist, little - wrist) * sign)
        turn = math.atan2(palm[2], palm[0]) - math.atan2(0.0, -sign)
        turn = (turn + math.pi) % (2 * math.pi) - math.pi
        hand = about_y(turn) @ hand
        self._set_zero(side, ("upperarm",), hang)
        self._set_zero(side, ("lowerarm01",), lower)
        self._set_zero(side, ("lowerarm02",), about_y(turn * 0.6) @ lower)
        self._set_zero(side, ("wrist", "metacarpal", "finger"), hand)
        self._straighten_fingers(side, hand, forward=float(np.sign((hand @ (index - little))[2])))

    def _straighten_fingers(self, side: str, hand: Floats, *, forward: float) -> None:
        """Take the bend and most of the spread out of the fingers; without this hands look like claws."""
        body, mark = self.body, side[0].upper()
        beside = {"2": 1.0, "3": 0.25, "4": -0.35, "5": -1.0}
        for finger, amount in beside.items():
            for phalanx in "123":
                bone = body.bone[f"finger{finger}-{phalanx}.{mark}"]
                along = unit(hand @ (body.tails[bone] - body.heads[bone]))
                wanted = _DOWN + np.array([0.0, 0.0, 0.28 * amount * forward * (0.6 if phalanx == "1" else 0.5)])
                self._zero[bone] = between(along, wanted) @ hand
        for phalanx in "123":
            bone = body.bone[f"finger1-{phalanx}.{mark}"]
            along = unit(hand @ (body.tails[bone] - body.heads[bone]))
            self._zero[bone] = between(along, along * 0.65 + _DOWN * 0.35) @ hand
        tip = body.tails[body.bone[f"finger1-3.{mark}"]]
        root = body.head(f"finger1-1.{mark}")
        across = body.head(f"finger5-1.{mark}") - tip
        self._curl_axis[side] = unit(np.cross(hand @ (tip - root), hand @ across))

    def _straighten_leg(self, side: str) -> None:
        body, mark = self.body, side[0].upper()
        hip, knee, ankle, toe = (body.head(f"{bone}.{mark}") for bone in ("upperleg01", "lowerleg01", "foot", "toe2-1"))
        self._set_zero(side, ("upperleg",), between(knee - hip, _DOWN))
        self._set_zero(side, ("lowerleg",), between(ankle - knee, _DOWN))
        self._set_zero(side, ("foot", "toe"), about_y(-math.atan2((toe - ankle)[0], (toe - ankle)[2])))

    def palm_at_rest(self, side: str) -> Floats:
        """The direction the palm faces in the mesh as stored."""
        return self._zero[self.body.bone[f"wrist.{side[0].upper()}"]].T @ np.array([-sign_of(side), 0.0, 0.0])

    # ------------------------------------------------------------------------------------------- a pose

    def bend(self, angles: Floats) -> Frames:
        """Place the bones of a batch of poses; `angles` is (B, joints) in degrees and metres."""
        angles = np.atleast_2d(angles)
        bent = _Bending(angles)
        bent.trunk()
        for side in SIDES:
            bent.leg(side)
            bent.arm(side)
            bent.fingers(side, self._curl_axis[side])
        turns = np.empty((len(angles), len(self.body.bones), 3, 3))
        for name, bone in self.body.bone.items():
            turns[:, bone] = bent.anatomy[name] @ self._zero[bone]
        places = np.empty((len(angles), len(self.body.bones), 3))
        places[:, 0] = angles[:, [INDEX["move_x"], INDEX["move_y"], INDEX["move_z"]]]
        for bone in range(1, len(self.body.bones)):
            parent = self.body.parents[bone]
            places[:, bone] = places[:, parent] + turns[:, parent] @ self._offsets[bone]
        return Frames(places, turns, bent.anatomy)


class _Bending:
    """The anatomical turns of one batch, filled from the pelvis out."""

    def __init__(self, angles: Floats) -> None:
        self._radians = np.radians(angles)
        self.anatomy: dict[str, Floats] = {}

    def _angle(self, joint: str) -> Floats:
        return self._radians[:, INDEX[joint]]

    def trunk(self) -> None:
        root = about_y(self._angle("yaw")) @ about_x(self._angle("pitch")) @ about_y(self._angle("spin"))
        turn = self.anatomy["root"] = root @ about_z(self._angle("tilt"))
        for region, bones in (("lumbar", _LUMBAR), ("thoracic", _THORACIC), ("neck", _NECK)):
            flexion, bend, twist = (self._angle(f"{region}_{way}") for way in ("flexion", "bend", "turn"))
            for bone, share in bones:
                turn = turn @ about_x(flexion * share) @ about_z(-bend * share) @ about_y(twist * share)
                self.anatomy[bone] = turn

    def leg(self, side: str) -> None:
        sign, mark, anatomy = sign_of(side), side[0].upper(), self.anatomy
        pelvis = anatomy[f"pelvis.{mark}"] = anatomy["root"]
        swing = pelvis @ about_x(-self._angle(f"hip_flexion.{side}")) @ about_z(sign * self._angle(f"hip_abduction.{side}"))
        rotation = sign * self._angle(f"hip_rotation.{side}")
        anatomy[f"upperleg01.{mark}"] = swing @ about_y(rotation * 0.5)  # half of the twist on the first half of the thigh
        thigh = anatomy[f"upperleg02.{mark}"] = swing @ about_y(rotation)
        knee, twist = thigh @ about_x(self._angle(f"knee_flexion.{side}")), sign * self._angle(f"knee_rotation.{side}")
        anatomy[f"lowerleg01.{mark}"] = knee @ about_y(twist * 0.4)
        shank = anatomy[f"lowerleg02.{mark}"] = knee @ about_y(twist)
        ankle = shank @ about_x(-self._angle(f"ankle_flexion.{side}"))
        foot = anatomy[f"foot.{mark}"] = ankle @ about_z(-sign * self._angle(f"foot_inversion.{side}"))
        toes = foot @ about_x(-self._angle(f"toe_extension.{side}"))
        for toe in "12345":
            for phalanx in "123" if toe != "1" else "12":
                anatomy[f"toe{toe}-{phalanx}.{mark}"] = toes

    def arm(self, side: str) -> None:
        """The shoulder blade follows the arm: a quarter of what it is raised beyond 30 degrees (shoulders look dead without)."""
        sign, mark, anatomy = sign_of(side), side[0].upper(), self.anatomy
        chest = anatomy["spine01"]
        swing = about_x(-self._angle(f"shoulder_flexion.{side}")) @ about_z(sign * self._angle(f"shoulder_abduction.{side}"))
        down = -swing[:, :, 1]
        raised = np.arccos(np.clip(-down[:, 1], -1, 1))
        lift = np.clip(raised - math.radians(30), 0, None) * 0.25 * np.clip(down[:, 0] * sign * 0.7 + 1.0, 0.5, 1.2)
        reach = np.clip(down[:, 2], -0.4, 1) * np.sin(np.clip(raised, 0, math.pi / 2)) * math.radians(18)
        blade = chest @ about_z(sign * (lift + self._angle(f"shoulder_lift.{side}")))
        blade = blade @ about_y(-sign * (reach + self._angle(f"shoulder_forward.{side}")))
        anatomy[f"clavicle.{mark}"] = blade
        anatomy[f"shoulder01.{mark}"] = blade @ about_z(sign * lift * 0.5)
        rotation = -sign * self._angle(f"shoulder_rotation.{side}")
        anatomy[f"upperarm01.{mark}"] = chest @ swing @ about_y(rotation * 0.5)
        upper = anatomy[f"upperarm02.{mark}"] = chest @ swing @ about_y(rotation)
        elbow, pronation = (
            upper @ about_x(-self._angle(f"elbow_flexion.{side}")),
            -sign * self._angle(f"forearm_pronation.{side}"),
        )
        anatomy[f"lowerarm01.{mark}"] = elbow @ about_y(pronation * 0.2)
        anatomy[f"lowerarm02.{mark}"] = elbow @ about_y(pronation * 0.75)
        wrist = elbow @ about_y(pronation) @ about_z(-sign * self._angle(f"wrist_flexion.{side}"))
        anatomy[f"wrist.{mark}"] = wrist @ about_x(self._angle(f"wrist_deviation.{side}"))

    def fingers(self, side: str, curl_axis: Floats) -> None:
        """In the zero pose the palm faces the thigh, the fingers point down and the thumb forward."""
        sign, mark, anatomy = sign_of(side), side[0].upper(), self.anatomy
        hand = anatomy[f"wrist.{mark}"]
        knuckle, curl = self._angle(f"knuckle_flexion.{side}"), self._angle(f"finger_curl.{side}")
        spread, across = self._angle(f"finger_spread.{side}"), self._angle(f"thumb_across.{side}")
        for finger, amount in _SPREAD.items():
            anatomy[f"metacarpal{int(finger) - 1}.{mark}"] = hand
            turn = hand @ about_x(-spread * amount)
            for phalanx, (of_knuckle, of_curl) in _FINGER_SHARES.items():
                turn = turn @ about_z(-sign * (knuckle * of_knuckle + curl * of_curl))
                anatomy[f"finger{finger}-{phalanx}.{mark}"] = turn
        turn = hand @ about_y(-sign * across)
        for phalanx, share in _THUMB_SHARES.items():
            turn = turn @ about(curl_axis, self._angle(f"thumb_curl.{side}") * share)
            anatomy[f"finger1-{phalanx}.{mark}"] = turn
