"""The goals of poses as they are written: places on the body, directions, contact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handouts.formats.nodes import Mapping, Node, Scalar, Sequence
from handouts.formats.readers import Problems, Reader, UnreadableError, choice, list_of, number, quoted, record
from handouts.formats.reading import lead
from handouts.model import pose_words as words
from handouts.model.poses import At, Direction, Facing, Goal, Level, OnFloor, Touch

ALL_SIDES = (*words.SIDES, words.BOTH)
_FREE, _NONE = "free", "none"


class Name(Reader[str]):
    """One of many known names, or the middle of two where it `joins`; a wrong one gets the nearest as a hint."""

    def __init__(self, what: str, names: Iterable[str], *, joins: bool = False) -> None:
        self.what, self.names, self.joins = what, tuple(dict.fromkeys(names)), joins

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        text = node.text if type(node) is Scalar else ""
        wrong = [part for part in (text.split(" + ") if self.joins else [text]) if part not in self.names]
        if wrong:
            self.refuse(node, problems, name, f"the name of a {self.what}", problems.suggest(wrong[0], self.names))
        return str(node.text) if type(node) is Scalar else ""

    def schema(self) -> dict[str, Any]:
        return {"type": "string"} if self.joins else {"enum": list(self.names)}


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
        *words.with_sides(words.MIDDLE_PLACES, words.SIDED_PLACES, ALL_SIDES),
        *words.with_sides(words.MIDDLE_REGIONS, words.SIDED_REGIONS, ALL_SIDES),
    ),
)
_POINT = Name("place", words.with_sides(words.MIDDLE_PLACES, words.SIDED_PLACES, ALL_SIDES), joins=True)
_FACING = Name("facing part", words.with_sides(words.MIDDLE_FACINGS, words.SIDED_FACINGS, ALL_SIDES))
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


class GoalReader(Reader[Goal | None]):
    """One goal: exactly one of floor, touch, at, direction, facing, level, with what belongs to it; or none."""

    def read(self, node: Node, problems: Problems, name: str = "") -> Goal | None:
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

    def _make(self, verb: str, values: dict[str, Any], node: Node, problems: Problems, name: str) -> Goal:
        weight = values.get("weight", 1.0)
        if "to" in values and not any(values["to"]) and None not in values["to"]:
            self.refuse(node, problems, name, "a direction", "one of the three numbers must not be 0")
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
