"""The small words to declare a file format with: each reads a node into a value, and describes itself as JSON Schema.

A reader never stops at the first fault: containers go on with their other parts, and `Problems` collects everything with its
place. `Unreadable` only says that this one value could not be made; its problem is already told.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Callable, Collection, Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, NoReturn, Self, TypeVar

from handouts.errors import Place, Problem
from handouts.formats.nodes import Mapping, Node, Scalar, Sequence
from handouts.formats.strict_yaml import FORBIDDEN

T = TypeVar("T")
U = TypeVar("U")
E = TypeVar("E", bound=StrEnum)

ID_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
MAX_ID = 60
_ID = re.compile(ID_PATTERN)


class Unreadable(Exception):
    """No value can be made of this node; the reason is among the problems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An id that must exist in another file, to be checked when all files are read."""

    kind: str  # "exercise", "position", "source"
    id: str
    name: str  # the field it stands in
    place: Place


@dataclass(slots=True)
class Problems:
    """What was found while reading: problems, and references still to be checked."""

    found: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # names of files that could not be parsed: their ids count as known

    def add(self, place: Place, message: str, hint: str | None = None) -> None:
        """Note one problem."""
        self.found.append(Problem(message=message, place=place, hint=hint))

    def check_references(self, known: MappingType[str, Collection[str]]) -> None:
        """Add a problem for each reference to an id that does not exist; kinds absent from `known` stay unchecked."""
        for reference in self.references:
            ids = known.get(reference.kind)
            if ids is not None and reference.id not in ids and reference.id not in self.broken:
                what = f"{_lead(reference.name)}there is no {reference.kind} {quoted(reference.id)}"
                self.add(reference.place, what, did_you_mean(reference.id, ids))


def did_you_mean(found: str, known: Iterable[str]) -> str | None:
    """Read a hint naming the nearest known id, or all of them when there are few; None when neither helps."""
    ids = sorted(known)
    near = difflib.get_close_matches(found, ids, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    return f"one of: {', '.join(ids)}" if 0 < len(ids) <= 16 else None


def quoted(text: str) -> str:
    """Return the text as found, in quotes, shortened so that a problem stays one line."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return f'"{shown[:57]}…"' if len(shown) > 60 else f'"{shown}"'


def described(node: Node) -> str:
    """Return what stands there, for a problem."""
    if isinstance(node, Scalar):
        return quoted(node.text) if node.text else "nothing"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _lead(name: str) -> str:
    return f"{name}: " if name else ""


class Reader(Generic[T]):
    """Reads one kind of value."""

    description: str = ""

    def read(self, node: Node, problems: Problems, name: str = "") -> T:
        """Return the value of `node`; `name` is the field it stands in. Raises Unreadable after noting why."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value, without its description."""
        raise NotImplementedError

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value, with its description."""
        described_as = {"description": self.description} if self.description else {}
        return {**described_as, **self.schema()}

    def about(self, description: str) -> Self:
        """Return the same reader with words that an editor shows beside the field."""
        described_reader = copy.copy(self)
        described_reader.description = description
        return described_reader

    def then(self, make: Callable[[T, Node, Problems], U]) -> Reader[U]:
        """Read with this reader and, when nothing was wrong, makes something of the value."""
        return _Then(self, make)

    def refuse(self, node: Node, problems: Problems, name: str, expected: str, hint: str | None = None) -> NoReturn:
        """Note "expected this, found that" and raises Unreadable."""
        problems.add(node.place, f"{_lead(name)}expected {expected}, found {described(node)}", hint)
        raise Unreadable


class _Then(Reader[U], Generic[T, U]):
    def __init__(self, inner: Reader[T], make: Callable[[T, Node, Problems], U]) -> None:
        self.inner = inner
        self.make = make
        self.description = inner.description

    def read(self, node: Node, problems: Problems, name: str = "") -> U:
        before = len(problems.found)
        value = self.inner.read(node, problems, name)
        if len(problems.found) > before:
            raise Unreadable
        return self.make(value, node, problems)

    def schema(self) -> dict[str, Any]:
        return self.inner.schema()


class Text(Reader[str]):
    """Text on one line, without control characters; blanks around it are dropped."""

    def __init__(self, longest: int, pattern: str | None, expected: str, hint: str | None) -> None:
        self.longest = longest
        self.pattern = re.compile(pattern) if pattern else None
        self.expected = expected
        self.hint = hint

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        if type(node) is not Scalar:
            self.refuse(node, problems, name, self.expected, self.hint)
        text = node.text.strip()
        if not text:
            self.refuse(node, problems, name, self.expected, self.hint or "leave the line out if there is nothing to say")
        wrong = FORBIDDEN.search(text)
        if wrong or "\n" in text or "\t" in text or "\r" in text:
            what = f"character U+{ord(wrong.group()):04X}" if wrong else ("a tab" if "\t" in text else "a line break")
            problems.add(node.place, f"{_lead(name)}{what} is not allowed in this text", "write it on one line")
            raise Unreadable
        if self.pattern is not None and not self.pattern.fullmatch(text):
            self.refuse(node, problems, name, self.expected, self.hint)
        if len(text) > self.longest:
            message = f"{_lead(name)}expected at most {self.longest} characters, found {len(text)}"
            problems.add(node.place, message, "shorten it")
            raise Unreadable
        return text

    def schema(self) -> dict[str, Any]:
        if self.pattern is not None:
            return {"type": "string", "pattern": f"^({self.pattern.pattern})$", "maxLength": self.longest}
        return {"type": ["string", "number", "boolean"], "maxLength": self.longest, "minLength": 1}


def text(longest: int, *, pattern: str | None = None, expected: str = "text", hint: str | None = None) -> Text:
    """One line of text of at most `longest` characters, matching `pattern` as a whole if one is given."""
    return Text(longest, pattern, expected, hint)


class Identifier(Reader[str]):
    """An id: lower-case words joined by hyphens. With a kind, the id must exist in another file."""

    def __init__(self, kind: str | None) -> None:
        self.kind = kind

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        if type(node) is not Scalar or len(node.text) > MAX_ID or not _ID.fullmatch(node.text):
            self.refuse(node, problems, name, f"the id of a {self.kind}" if self.kind else "an id", "an id looks like figure-four")
        if self.kind is not None:
            problems.references.append(Reference(kind=self.kind, id=node.text, name=name, place=node.place))
        return node.text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{ID_PATTERN}$", "maxLength": MAX_ID}


def identifier() -> Identifier:
    """Read An id of its own."""
    return Identifier(None)


def reference(kind: str) -> Identifier:
    """Return the id of something in another file, checked by `Problems.check_references` when all files are read."""
    return Identifier(kind)


class Integer(Reader[int]):
    """A whole number within bounds."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def read(self, node: Node, problems: Problems, name: str = "") -> int:
        expected = f"a whole number from {self.low} to {self.high}"
        if type(node) is not Scalar or not re.fullmatch("-?[0-9]{1,9}", node.text):
            self.refuse(node, problems, name, expected, f"for example {self.low}")
        if not self.low <= int(node.text) <= self.high:
            self.refuse(node, problems, name, expected)
        return int(node.text)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


def integer(low: int, high: int) -> Integer:
    """Read a whole number from `low` to `high`."""
    return Integer(low, high)


class Number(Reader[float]):
    """A number within bounds."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def read(self, node: Node, problems: Problems, name: str = "") -> float:
        expected = f"a number from {self.low:g} to {self.high:g}"
        if type(node) is not Scalar or not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", node.text):
            self.refuse(node, problems, name, expected, f"for example {self.low:g}")
        if not self.low <= float(node.text) <= self.high:
            self.refuse(node, problems, name, expected)
        return float(node.text)

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": self.low, "maximum": self.high}


def number(low: float, high: float) -> Number:
    """Read a number from `low` to `high`, with a decimal point if need be."""
    return Number(low, high)


class Flag(Reader[bool]):
    """true or false."""

    def read(self, node: Node, problems: Problems, name: str = "") -> bool:
        if type(node) is not Scalar or node.text not in ("true", "false"):
            self.refuse(node, problems, name, "true or false", "write it without quotes")
        return node.text == "true"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


def flag() -> Flag:
    """Read true or false."""
    return Flag()


class Choice(Reader[str]):
    """One of a closed list of words."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        self.ids = ids

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        if type(node) is not Scalar or node.text not in self.ids:
            shown = ", ".join(self.ids) if len(self.ids) <= 8 else "a known word"
            near = did_you_mean(node.text, self.ids) if type(node) is Scalar else None
            hint = near if len(self.ids) > 8 or (near or "").startswith("did") else None
            self.refuse(node, problems, name, f"one of {shown}" if len(self.ids) <= 8 else shown, hint)
        return node.text

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.ids)}


def choice(ids: Iterable[str]) -> Choice:
    """One of these words."""
    return Choice(tuple(ids))


def choice_of(members: type[E]) -> Reader[E]:
    """Read a member of an enum, written as its value."""
    return choice(member.value for member in members).then(lambda word, _node, _problems: members(word))


class ListOf(Reader[tuple[T, ...]]):
    """A list of values, each given once."""

    def __init__(self, inner: Reader[T], fewest: int, most: int, unique: bool, or_one: bool) -> None:
        self.inner, self.fewest, self.most, self.unique, self.or_one = inner, fewest, most, unique, or_one

    def read(self, node: Node, problems: Problems, name: str = "") -> tuple[T, ...]:
        if type(node) is not Sequence:
            if not self.or_one or (type(node) is Scalar and not node.text):
                self.refuse(node, problems, name, "a list", "write it like [one, two]")
            return (self.inner.read(node, problems, name),)
        if not self.fewest <= len(node.items) <= self.most:
            wanted = f"at least {self.fewest}" if len(node.items) < self.fewest else f"at most {self.most}"
            problems.add(node.place, f"{_lead(name)}expected {wanted} in the list, found {len(node.items)}")
        values: list[T] = []
        for item in node.items[: self.most]:
            try:
                value = self.inner.read(item, problems, name)
            except Unreadable:
                continue
            if self.unique and value in values:
                problems.add(item.place, f"{_lead(name)}{described(item)} is given twice", "remove one of the two")
                continue
            values.append(value)
        return tuple(values)

    def schema(self) -> dict[str, Any]:
        items = self.inner.json_schema()
        many: dict[str, Any] = {"type": "array", "items": items, "maxItems": self.most}
        if self.fewest:
            many["minItems"] = self.fewest
        if self.unique:
            many["uniqueItems"] = True
        return {"anyOf": [items, many]} if self.or_one else many


def list_of(inner: Reader[T], *, fewest: int = 0, most: int = 200, unique: bool = True) -> ListOf[T]:
    """Read a list; items that cannot be read are told and left out."""
    return ListOf(inner, fewest, most, unique, False)


def one_or_more(inner: Reader[T], *, most: int = 200) -> ListOf[T]:
    """Read a list, or a single value in its place."""
    return ListOf(inner, 1, most, True, True)


class MappingOf(Reader[dict[str, T]]):
    """A mapping whose keys are ids chosen by the author."""

    def __init__(self, inner: Reader[T], key: Reader[str], fewest: int) -> None:
        self.inner, self.key, self.fewest = inner, key, fewest

    def read(self, node: Node, problems: Problems, name: str = "") -> dict[str, T]:
        if type(node) is not Mapping:
            self.refuse(node, problems, name, "a mapping", "write lines like id: value")
        if len(node.values) < self.fewest:
            problems.add(node.place, f"{_lead(name)}expected at least {self.fewest}, found {len(node.values)}")
        values: dict[str, T] = {}
        for key, value in node:
            try:
                values[self.key.read(key, problems, name)] = self.inner.read(value, problems, key.text)
            except Unreadable:
                continue
        return values

    def schema(self) -> dict[str, Any]:
        result: dict[str, Any] = {"type": "object", "additionalProperties": self.inner.json_schema()}
        pattern = self.key.schema().get("pattern")
        if pattern:
            result["propertyNames"] = {"pattern": pattern}
        if self.fewest:
            result["minProperties"] = self.fewest
        return result


def mapping_of(inner: Reader[T], *, key: Reader[str] | None = None, fewest: int = 0) -> MappingOf[T]:
    """Read a mapping of ids to values of one kind."""
    return MappingOf(inner, key or identifier(), fewest)


class Record(Reader[dict[str, Any]]):
    """A mapping with known keys. What can be read is returned; the rest is told."""

    def __init__(
        self,
        required: MappingType[str, Reader[Any]],
        optional: MappingType[str, Reader[Any]],
        also: MappingType[str, str],
        lenient: bool,
    ) -> None:
        self.required, self.optional, self.also, self.lenient = dict(required), dict(optional), dict(also), lenient
        self.fields = {**self.required, **self.optional}

    def read(self, node: Node, problems: Problems, name: str = "") -> dict[str, Any]:
        if type(node) is not Mapping:
            self.refuse(node, problems, name, "a mapping", f"keys: {', '.join(self.fields)}")
        values: dict[str, Any] = {}
        for key, value in node:
            known = self.also.get(key.text, key.text)
            reader = self.fields.get(known)
            if reader is None:
                problems.add(
                    key.place,
                    f"{_lead(name)}unknown key {quoted(key.text)}",
                    did_you_mean(key.text, [*self.fields, *self.also]) or f"keys: {', '.join(self.fields)}",
                )
                continue
            if known in values:
                problems.add(key.place, f"{quoted(key.text)} says the same as a key above", f"write {known}: once")
                continue
            try:
                values[known] = reader.read(value, problems, key.text)
            except Unreadable:
                continue
        there = {self.also.get(key, key) for key in node.values}
        missing = [wanted for wanted in self.required if wanted not in there]
        if len(missing) == 1:
            problems.add(node.place, f"{_lead(name)}{quoted(missing[0])} is missing", f"add a line {missing[0]}: …")
        elif missing:
            problems.add(node.place, f"{_lead(name)}these keys are missing: {', '.join(missing)}", "add a line for each")
        return values

    def schema(self) -> dict[str, Any]:
        properties = {key: reader.json_schema() for key, reader in self.fields.items()}
        for other, known in self.also.items():
            properties[other] = {**self.fields[known].json_schema(), "description": f"The same as {known}."}
        result: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        if self.required and not self.lenient:
            result["required"] = list(self.required)
        return result


def record(
    *,
    required: MappingType[str, Reader[Any]] | None = None,
    optional: MappingType[str, Reader[Any]] | None = None,
    also: MappingType[str, str] | None = None,
    lenient: bool = False,
) -> Record:
    """Read a mapping with these keys. `also` are second names of keys.

    `lenient`: a clinic's file may hold only some of the required keys because it lies over a built-in one; the editor's
    schema then asks for none of them, and the check happens on the merged tree.
    """
    return Record(required or {}, optional or {}, also or {}, lenient)


class Either(Reader[Any]):
    """Plain text read one way, anything else another way."""

    def __init__(self, scalar: Reader[Any], other: Reader[Any]) -> None:
        self.scalar, self.other = scalar, other

    def read(self, node: Node, problems: Problems, name: str = "") -> Any:
        if type(node) is Scalar:
            return self.scalar.read(node, problems, name)
        return self.other.read(node, problems, name)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.scalar.json_schema(), self.other.json_schema()]}


def either(scalar: Reader[Any], other: Reader[Any]) -> Either:
    """`scalar` for plain text, `other` for a list or a mapping."""
    return Either(scalar, other)
