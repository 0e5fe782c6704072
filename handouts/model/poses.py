"""Poses as a person writes them: where the parts of the body are, how a picture is seen, and what is drawn around it.

Lengths are metres, angles degrees; x to the person's left, y up, z forward. A place is a landmark or a region of the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from handouts.nouns import dataclass

Vector = tuple[float, float, float]
LooseVector = tuple[float | None, float | None, float | None]
"""A place or direction of which some coordinates are free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFloor:
    """The lowest points of these places lie at a height: 0 for the floor, the top of a cushion or a seat."""

    places: tuple[str, ...]
    height: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Two places meet: at an offset of the first from the second, at a distance, or at the same point."""

    places: tuple[str, str]
    offset: LooseVector | None = None
    gap: float | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A place is at a point of the room."""

    place: str
    point: LooseVector
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """The line from one place to another runs in a direction."""

    places: tuple[str, str]
    to: LooseVector
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facing:
    """A part of the body (palm, sole, face, chest, …) faces a direction."""

    part: str
    to: Vector
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Two places have the same x, y or z."""

    places: tuple[str, str]
    axis: str
    weight: float = 1.0


Goal = OnFloor | Touch | At | Direction | Facing | Level


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseText:
    """A pose, or what differs in it: a base to start from, angles, hands by name, goals by name (None: not this one)."""

    base: str | None = None
    joints: Mapping[str, float] = field(default_factory=dict)
    hands: Mapping[str, str] = field(default_factory=dict)  # "left", "right" or "both" -> a preset
    goals: Mapping[str, Goal | None] = field(default_factory=dict)
    stiff: Mapping[str, float] = field(default_factory=dict)
    lock: tuple[str, ...] = ()
    bodies: Mapping[str, PoseText] = field(default_factory=dict)  # what differs for one body


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Where a picture is seen from: turned from the front towards the person's left, and raised; degrees."""

    turn: float
    rise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An area where the exercise is felt: its name with the side, larger or smaller, moved a little (metres, at rest)."""

    area: str
    grow: float = 1.0
    shift: Vector = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowEnd:
    """A point beside a place, in the pose of one picture (None: of the picture that is drawn)."""

    place: str
    offset: Vector = (0.0, 0.0, 0.0)
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """An arrow along points in the room, curved through them; `bulge` bends an arrow of two points sideways (share of length)."""

    points: tuple[ArrowEnd, ...]
    bulge: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnArrow:
    """An arrow around a place: in the plane across `axis`, from one angle to another; `both` has a head at each end."""

    centre: ArrowEnd
    axis: Vector
    radius: float
    start: float
    end: float
    both: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """An object: its kind, where it stands (a point, or an offset from a place of the first picture), turned, its size."""

    kind: str
    point: Vector = (0.0, 0.0, 0.0)
    beside: str | None = None
    turn: float = 0.0
    tilt: float = 0.0
    size: Vector | None = None
    shade: str = "prop"  # or "pad"
    places: tuple[str, ...] = ()  # a strap runs along these


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of an exercise; None means as the sheet says."""

    pose: PoseText
    camera: Camera | None = None
    targets: tuple[Target, ...] | None = None
    arrows: tuple[Arrow | TurnArrow, ...] = ()
    props: tuple[Prop, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseSheet:
    """All pictures of one exercise: seen by one camera, at one scale, by one person."""

    id: str
    camera: Camera
    pictures: Mapping[str, Picture]
    side: str | None = None  # the side that works as drawn; None: both, or neither
    anchor: str | None = None  # a place that stays where it is from picture to picture
    mat: bool = True
    shoes: bool = False
    targets: tuple[Target, ...] = ()
    props: tuple[Prop, ...] = ()
    may_overlap: tuple[tuple[str, str], ...] = ()  # limbs that are crossed or pressed together on purpose
    off_balance: bool = False  # held by something that is not drawn as a support
