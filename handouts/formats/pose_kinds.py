"""The files figures are drawn from: pose sheets, and the start positions that sheets share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handouts.errors import did_you_mean
from handouts.formats.kinds import FileKind
from handouts.formats.nodes import Mapping, Node, Scalar, Sequence
from handouts.formats.readers import (
    Problems,
    Reader,
    UnreadableError,
    choice,
    flag,
    identifier,
    list_of,
    mapping_of,
    number,
    quoted,
    record,
    text,
)
from handouts.formats.reading import lead
from handouts.model import BODIES
from handouts.model import pose_words as words
from handouts.model.poses import (
    Arrow,
    ArrowEnd,
    At,
    Camera,
    Direction,
    Facing,
    Level,
    OnFloor,
    Picture,
    PoseText,
    Prop,
    Target,
    Touch,
    TurnArrow,
)

_ALL_SIDES = (*words.SIDES, words.BOTH)
_FREE, _NONE = "free", "none"


class Name(Reader[str]):
    """One of many known names; a wrong one gets the nearest as a hint."""

    def __init__(self, what: str, names: Iterable[str]) -> None:
        self.what, self.names = what, tuple(dict.fromkeys(names))

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        parts = node.text.split(" + ") if type(node) is Scalar else [""]
        wrong = [part for part in parts if part not in self.names]
        if wrong or (len(parts) > 1 and self.what != "place"):
            near = did_you_mean(wrong[0] if wrong else parts[0], self.names)
            self.refuse(node, problems, name, f"the name of a {self.what}", near)
        return str(node.text) if type(node) is Scalar else ""

    def schema(self) -> dict[str, Any]:
        return {"type": "string"} if self.what == "place" else {"enum": list(self.names)}


class Vector(Reader[tuple[float | None, ...]]):
    """Three numbers [x, y, z]; `free` leaves one open where that is allowed."""

    def __init__(self, most: float, *, loose: bool = False) -> None:
        self.number, self.loose = number(-most, most), loose

    def read(self, node: Node, problems: Problems, name: str = "") -> tuple[float | None, ...]:
        if type(node) is not Sequence or len(node.items) != 3:
            self.refuse(node, problems, name, "three numbers", "write them like [0.1, 0, -0.2]: left, up, forward")
        return tuple(
            None if self.loose and type(item) is Scalar and item.text == _FREE else self.number.read(item, problems, name)
            for item in node.items
        )

    def schema(self) -> dict[str, Any]:
        item = self.number.schema()
        return {
            "type": "array",
            "minItems": 3,
            "maxItems": 3,
            "items": {"anyOf": [item, {"const": _FREE}]} if self.loose else item,
        }


_PLACE = Name(
    "place",
    (
        *words.with_sides(words.MIDDLE_PLACES, words.SIDED_PLACES, _ALL_SIDES),
        *words.with_sides(words.MIDDLE_REGIONS, words.SIDED_REGIONS, _ALL_SIDES),
    ),
)
_POINT = Name("place", words.with_sides(words.MIDDLE_PLACES, words.SIDED_PLACES, _ALL_SIDES))
_FACING = Name("facing part", words.with_sides(words.MIDDLE_FACINGS, words.SIDED_FACINGS, _ALL_SIDES))
_JOINT = Name("joint", (*words.SIDED_JOINTS, *words.with_sides(words.MIDDLE_JOINTS, words.SIDED_JOINTS)))
_AREA = Name("target area", words.with_sides(words.MIDDLE_AREAS, words.SIDED_AREAS))
_PART = Name("part of the body", words.with_sides(words.PARTS, words.SIDED_PARTS_OF_BODY))
_OFFSET = Vector(3).about("Metres: to the person's left, up, forward.")
_VERBS = ("floor", "touch", "at", "direction", "facing", "level")


_GOAL_FIELDS = record(
    optional={
        "floor": list_of(_PLACE, fewest=1, most=20).about("These places lie on the floor, or at a height."),
        "height": number(-0.2, 2).about("With floor: metres above it."),
        "touch": list_of(_POINT, fewest=2, most=2).about("Two places meet."),
        "offset": Vector(3, loose=True).about("With touch: the first from the second, metres."),
        "gap": number(0, 1).about("With touch: metres between them."),
        "at": _POINT.about("This place is at a point of the room."),
        "point": Vector(3, loose=True).about("With at: metres."),
        "direction": list_of(_POINT, fewest=2, most=2).about("The line from the first to the second runs this way."),
        "facing": _FACING.about("This part faces this way."),
        "to": Vector(3, loose=True).about("With direction or facing."),
        "level": list_of(_POINT, fewest=2, most=2).about("Two places have the same coordinate."),
        "axis": choice(("x", "y", "z")).about("With level."),
        "weight": number(0.01, 20).about("How much it counts beside other goals; 1 if left out."),
    }
)
_NEEDED = {"at": ("point",), "direction": ("to",), "facing": ("to",), "level": ("axis",)}
_TAKEN = {"floor": ("height",), "touch": ("offset", "gap")}


class GoalReader(Reader[Any]):
    """One goal: exactly one of floor, touch, at, direction, facing, level, with what belongs to it; or none."""

    def read(self, node: Node, problems: Problems, name: str = "") -> Any:
        if type(node) is Scalar and node.text == _NONE:
            return None
        before = len(problems.found)
        values = _GOAL_FIELDS.read(node, problems, name)
        verbs = [verb for verb in _VERBS if verb in values]
        if len(problems.found) > before:
            raise UnreadableError
        if len(verbs) != 1:
            self.refuse(node, problems, name, f"one of {', '.join(_VERBS)}", "write one goal a line")
        verb = verbs[0]
        needed = _NEEDED.get(verb, ())
        allowed = {verb, "weight", *needed, *_TAKEN.get(verb, ())}
        for key, _ in node if isinstance(node, Mapping) else ():
            if key.text not in allowed:
                problems.add(key.place, f"{lead(name)}{quoted(key.text)} does not belong to {verb}", "remove it")
                raise UnreadableError
        for missing in (key for key in needed if key not in values):
            problems.add(node.place, f"{lead(name)}{verb} needs {quoted(missing)}", f"add {missing}: …")
            raise UnreadableError
        return self._make(verb, values, node, problems, name)

    def _make(self, verb: str, values: dict[str, Any], node: Node, problems: Problems, name: str) -> Any:
        weight = values.get("weight", 1.0)
        match verb:
            case "floor":
                return OnFloor(places=values["floor"], height=values.get("height", 0.0), weight=weight)
            case "touch":
                return Touch(places=values["touch"], offset=values.get("offset"), gap=values.get("gap"), weight=weight)
            case "at":
                return At(place=values["at"], point=values["point"], weight=weight)
            case "direction":
                return Direction(places=values["direction"], to=values["to"], weight=weight)
            case "facing":
                if None in values["to"]:
                    self.refuse(node, problems, name, "three numbers", "facing needs a whole direction")
                return Facing(part=values["facing"], to=values["to"], weight=weight)
            case _:
                return Level(places=values["level"], axis=values["axis"], weight=weight)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [_GOAL_FIELDS.schema(), {"const": _NONE}]}


_CHANGES: dict[str, Reader[Any]] = {
    "joints": mapping_of(number(-360, 360), key=_JOINT).about("Angles in degrees where the search starts; move_x … in metres."),
    "hands": mapping_of(choice(words.HANDS), key=Name("side", _ALL_SIDES)).about("Fingers by name, for left, right or both."),
    "goals": mapping_of(
        GoalReader(), key=text(40, pattern="[a-z0-9-]+", expected="a name", hint="a name looks like left-hand")
    ).about("What must come true, by names of your own; none takes a goal of the base away."),
    "stiff": mapping_of(number(0, 20), key=_JOINT).about("How firmly joints stay at their stated angle; usually 0.006 to 0.3."),
    "lock": list_of(_JOINT).about("Joints that stay exactly as stated."),
}


def _make_pose(values: dict[str, Any], _node: Node, _problems: Problems) -> PoseText:
    bodies = {body: PoseText(**values[body]) for body in BODIES if body in values}
    own = {key: values[key] for key in _CHANGES if key in values}
    return PoseText(base=values.get("from"), bodies=bodies, **own)


_POSE_FIELDS: dict[str, Reader[Any]] = {
    "from": identifier().about("A picture of this sheet, or a start position, that this pose builds on."),
    **_CHANGES,
    **{body: record(optional=_CHANGES).about(f"What differs for the {body} body.") for body in BODIES},
}
_CAMERA = record(
    required={
        "turn": number(-180, 180).about("Degrees from the front towards the person's left."),
        "rise": number(-10, 90).about("Degrees above the floor."),
    }
).then(lambda values, _node, _problems: Camera(**values))


def _make_target(values: dict[str, Any], _node: Node, _problems: Problems) -> Target:
    return Target(**values)


class TargetReader(Reader[Target]):
    """A target area: its name, or a mapping that makes it larger or moves it."""

    _FIELDS = record(
        required={"area": _AREA},
        optional={
            "grow": number(0.3, 3).about("Times as large."),
            "shift": _OFFSET.about("Moved on the resting body: outwards, up, forward; metres."),
        },
    ).then(_make_target)

    def read(self, node: Node, problems: Problems, name: str = "") -> Target:
        if type(node) is Scalar:
            return Target(area=_AREA.read(node, problems, name))
        return self._FIELDS.read(node, problems, name)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [_AREA.schema(), self._FIELDS.schema()]}


_ARROW_END = record(
    required={"place": _POINT},
    optional={"offset": _OFFSET, "picture": identifier().about("Where the place is in that picture; else in this one.")},
).then(lambda values, _node, _problems: ArrowEnd(**values))


class ArrowReader(Reader[Arrow | TurnArrow]):
    """An arrow: along points, or around a place."""

    _ALONG = record(
        required={
            "along": list_of(_ARROW_END, fewest=2, most=6, unique=False).about("Points it runs through; it ends at the last.")
        },
        optional={"bulge": number(-1, 1).about("How far an arrow of two points bends to its left, as a part of its length.")},
    ).then(lambda values, _node, _problems: Arrow(points=values["along"], bulge=values.get("bulge", 0.0)))
    _AROUND = record(
        required={
            "around": _ARROW_END,
            "axis": Vector(1).about("It turns about this direction."),
            "radius": number(0.02, 1.5).about("Metres."),
            "start": number(-720, 720).about("Degrees, from forward; from upward about a forward axis."),
            "end": number(-720, 720).about("Degrees."),
        },
        optional={"both": flag().about("true: a head at both ends.")},
    ).then(
        lambda values, _node, _problems: TurnArrow(
            centre=values["around"],
            axis=values["axis"],
            radius=values["radius"],
            start=values["start"],
            end=values["end"],
            both=values.get("both", False),
        )
    )

    def read(self, node: Node, problems: Problems, name: str = "") -> Arrow | TurnArrow:
        if isinstance(node, Mapping) and "around" in node.values:
            return self._AROUND.read(node, problems, name)
        return self._ALONG.read(node, problems, name)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self._ALONG.schema(), self._AROUND.schema()]}


_PROP = record(
    required={"kind": choice(words.THINGS).about("What it is.")},
    optional={
        "point": _OFFSET.about("Where it stands; with `beside`, moved from there."),
        "beside": _POINT.about("It stands below this place as it is in the first picture."),
        "turn": number(-360, 360).about("Degrees about the vertical."),
        "tilt": number(-180, 180).about("Degrees about its own x axis."),
        "size": _OFFSET.about("Width, height, depth in metres."),
        "shade": choice(("prop", "pad")).about("pad: dark."),
        "places": list_of(_POINT, fewest=2, most=12, unique=False).about("What a strap runs along."),
    },
).then(lambda values, _node, _problems: Prop(**values))

_TARGETS = list_of(TargetReader(), most=8)
_PROPS = list_of(_PROP, most=40, unique=False)


def _make_picture(values: dict[str, Any], node: Node, problems: Problems) -> Picture:
    rest = {key: values.pop(key) for key in ("camera", "targets", "arrows", "props", "anchor") if key in values}
    return Picture(pose=_make_pose(values, node, problems), **rest)


POSES = record(
    lenient=True,
    required={
        "camera": _CAMERA.about("Where all pictures are seen from."),
        "pictures": mapping_of(
            record(
                optional={
                    **_POSE_FIELDS,
                    "camera": _CAMERA.about("For an inset seen from elsewhere."),
                    "targets": _TARGETS.about("Areas shown here instead of the sheet's."),
                    "arrows": list_of(ArrowReader(), most=6, unique=False).about("Arrows that show the movement."),
                    "props": _PROPS.about("Things that are only in this picture."),
                    "anchor": _POINT.about("Another place that stays where it is; `anchor` of the sheet if left out."),
                }
            ).then(_make_picture),
            fewest=1,
        ).about("The pictures by name, as the exercise lists them."),
    },
    optional={
        "id": identifier().about("The name of the file without .yaml."),
        "side": choice(words.SIDES).about("The side that works as drawn; left out where both do."),
        "anchor": _POINT.about("A place that stays where it is in the first picture, from picture to picture."),
        "mat": flag().about("false: no mat under the person."),
        "shoes": flag().about("true: with shoes on."),
        "targets": _TARGETS.about("Areas where the exercise is felt, in all pictures that do not say otherwise."),
        "props": _PROPS.about("Things around the person in all pictures."),
        "may_overlap": list_of(list_of(_PART, fewest=2, most=2), most=20).about(
            "Parts that are pressed into one another on purpose."
        ),
        "off_balance": flag().about("true: held by something that is not drawn as a support."),
    },
)

STARTS = record(required={"starts": mapping_of(record(optional=_POSE_FIELDS).then(_make_pose)).about("Start positions by name.")})

POSE_KINDS: dict[str, FileKind] = {
    "poses": FileKind(reader=POSES, title="The pictures of one exercise, as poses to draw"),
    "starts": FileKind(reader=STARTS, title="Start positions that poses build on"),
}
"""Beside `KINDS`: no handout needs them, so no command but `handouts figure` and the schemas loads them."""
