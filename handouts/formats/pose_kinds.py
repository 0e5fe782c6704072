"""The files figures are drawn from: pose sheets, and the start positions that sheets share."""

from __future__ import annotations

from typing import Any

from handouts.formats.kinds import FileKind
from handouts.formats.nodes import Mapping, Node, Scalar
from handouts.formats.pose_goals import ALL_SIDES, GoalReader, Name, Vector
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
    record,
    text,
)
from handouts.model import BODIES
from handouts.model import pose_words as words
from handouts.model.poses import (
    Arrow,
    ArrowEnd,
    Camera,
    Picture,
    PoseText,
    Prop,
    Target,
    TurnArrow,
)

_LEAST = 0.005  # metres
_MOST_PICTURES = 6
_JOINT = Name("joint", (*words.SIDED_JOINTS, *words.with_sides(words.MIDDLE_JOINTS, words.SIDED_JOINTS)))
_AREA = Name("target area", words.with_sides(words.MIDDLE_AREAS, words.SIDED_AREAS))
_PART = Name("part of the body", words.with_sides(words.PARTS, words.SIDED_PARTS_OF_BODY))
_OFFSET = Vector(3).about("Metres: to the person's left, up, forward.")
_LANDMARK = Name("landmark", words.with_sides(words.MIDDLE_PLACES, words.SIDED_PLACES))

_CHANGES: dict[str, Reader[Any]] = {
    "joints": mapping_of(number(-360, 360), key=_JOINT).about("Angles in degrees where the search starts; move_x … in metres."),
    "hands": mapping_of(choice(words.HANDS), key=Name("side", ALL_SIDES)).about("Fingers by name, for left, right or both."),
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
    required={"place": _LANDMARK},
    optional={"offset": _OFFSET, "picture": identifier().about("Where the place is in that picture; else in this one.")},
).then(lambda values, _node, _problems: ArrowEnd(**values))


class ArrowReader(Reader[Arrow | TurnArrow]):
    """An arrow: along points, or around a place."""

    _ALONG = record(
        required={
            "along": list_of(_ARROW_END, fewest=2, most=6, unique=False).about("Points it runs through; it ends at the last.")
        },
        optional={"bulge": number(-1, 1).about("How far an arrow of two points bends to its right, as a part of its length.")},
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
        if not isinstance(node, Mapping) or "around" not in node.values:
            return self._ALONG.read(node, problems, name)
        arrow = self._AROUND.read(node, problems, name)
        if not any(arrow.axis) or arrow.start == arrow.end:
            self.refuse(node, problems, name, "an arrow that turns", "give it an axis, and an end other than its start")
        return arrow

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self._ALONG.schema(), self._AROUND.schema()]}


def _make_prop(values: dict[str, Any], node: Node, problems: Problems) -> Prop:
    """Refuse what could not be drawn: things of no size, and a strap that runs along nothing."""
    prop = Prop(**values)
    if (prop.kind == "strap") is not bool(prop.places):
        needs = "a strap needs places to run along" if prop.kind == "strap" else f"a {prop.kind} runs along no places"
        problems.add(node.place, needs, "places: [palm.left, palm.right]" if prop.kind == "strap" else "remove places")
        raise UnreadableError
    if prop.size is not None and (min(prop.size) < 0 or min(prop.size[0], prop.size[2]) < _LEAST):
        problems.add(node.place, f"size: a {prop.kind} cannot be that small", "width, height and depth in metres")
        raise UnreadableError
    return prop


_PROP = record(
    required={"kind": choice(words.THINGS).about("What it is.")},
    optional={
        "point": _OFFSET.about("Where it stands; with `beside`, moved from there."),
        "beside": _LANDMARK.about("It stands below this place as it is in the first picture."),
        "turn": number(-360, 360).about("Degrees about the vertical."),
        "tilt": number(-180, 180).about("Degrees about its own x axis."),
        "size": _OFFSET.about("Width, height, depth in metres."),
        "shade": choice(("prop", "pad")).about("pad: dark."),
        "places": list_of(_LANDMARK, fewest=2, most=12, unique=False).about("What a strap runs along."),
    },
).then(_make_prop)

_TARGETS = list_of(TargetReader(), most=8)
_PROPS = list_of(_PROP, most=40, unique=False)


def _make_picture(values: dict[str, Any], node: Node, problems: Problems) -> Picture:
    rest = {key: values.pop(key) for key in ("camera", "targets", "arrows", "props", "anchor") if key in values}
    return Picture(pose=_make_pose(values, node, problems), **rest)


def _at_most_six(pictures: dict[str, Picture], node: Node, problems: Problems) -> dict[str, Picture]:
    if len(pictures) > _MOST_PICTURES:
        problems.add(node.place, f"pictures: {len(pictures)} pictures, {_MOST_PICTURES} at most", "a card has no room for more")
    return pictures


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
                    "anchor": _LANDMARK.about("Another place that stays where it is; `anchor` of the sheet if left out."),
                }
            ).then(_make_picture),
            fewest=1,
        )
        .then(_at_most_six)
        .about("The pictures by name, as the exercise lists them; 6 at most."),
    },
    optional={
        "id": identifier().about("The name of the file without .yaml."),
        "side": choice(words.SIDES).about("The side that works as drawn; left out where both do."),
        "anchor": _LANDMARK.about("A place that stays where it is in the first picture, from picture to picture."),
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
