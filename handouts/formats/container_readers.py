"""Readers of lists and mappings; they go on with their other parts when one cannot be read."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from typing import Any, TypeVar

from handouts.formats.nodes import Mapping, Node, Scalar, Sequence
from handouts.formats.reading import Problems, Reader, UnreadableError, described, lead, quoted
from handouts.formats.scalar_readers import identifier

T = TypeVar("T")


class ListOf(Reader[tuple[T, ...]]):
    """A list of values, each given once."""

    def __init__(self, inner: Reader[T], fewest: int, most: int, *, unique: bool, or_one: bool) -> None:
        self.inner, self.fewest, self.most, self.unique, self.or_one = inner, fewest, most, unique, or_one

    def read(self, node: Node, problems: Problems, name: str = "") -> tuple[T, ...]:
        if type(node) is not Sequence:
            if not self.or_one or (type(node) is Scalar and not node.text):
                self.refuse(node, problems, name, "a list", "write it like [one, two]")
            return (self.inner.read(node, problems, name),)
        if not self.fewest <= len(node.items) <= self.most:
            wanted = f"at least {self.fewest}" if len(node.items) < self.fewest else f"at most {self.most}"
            problems.add(node.place, f"{lead(name)}expected {wanted} in the list, found {len(node.items)}")
        values: list[T] = []
        for item in node.items[: self.most]:
            try:
                value = self.inner.read(item, problems, name)
            except UnreadableError:
                continue
            if self.unique and value in values:
                problems.add(item.place, f"{lead(name)}{described(item)} is given twice", "remove one of the two")
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
    return ListOf(inner, fewest, most, unique=unique, or_one=False)


def one_or_more(inner: Reader[T], *, most: int = 200) -> ListOf[T]:
    """Read a list, or a single value in its place."""
    return ListOf(inner, 1, most, unique=True, or_one=True)


class MappingOf(Reader[dict[str, T]]):
    """A mapping whose keys are ids chosen by the author."""

    def __init__(self, inner: Reader[T], key: Reader[str], fewest: int) -> None:
        self.inner, self.key, self.fewest = inner, key, fewest

    def read(self, node: Node, problems: Problems, name: str = "") -> dict[str, T]:
        if type(node) is not Mapping:
            self.refuse(node, problems, name, "a mapping", "write lines like id: value")
        if len(node.values) < self.fewest:
            problems.add(node.place, f"{lead(name)}expected at least {self.fewest}, found {len(node.values)}")
        values: dict[str, T] = {}
        for key, value in node:
            try:
                values[self.key.read(key, problems, name)] = self.inner.read(value, problems, key.text)
            except UnreadableError:
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
        *,
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
                    f"{lead(name)}unknown key {quoted(key.text)}",
                    problems.suggest(key.text, [*self.fields, *self.also]) or f"keys: {', '.join(self.fields)}",
                )
                continue
            if known in values:
                problems.add(key.place, f"{quoted(key.text)} says the same as a key above", f"write {known}: once")
                continue
            try:
                values[known] = reader.read(value, problems, key.text)
            except UnreadableError:
                continue
        there = {self.also.get(key, key) for key in node.values}
        missing = [wanted for wanted in self.required if wanted not in there]
        if len(missing) == 1:
            problems.add(node.place, f"{lead(name)}{quoted(missing[0])} is missing", f"add a line {missing[0]}: …")
        elif missing:
            problems.add(node.place, f"{lead(name)}these keys are missing: {', '.join(missing)}", "add a line for each")
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
    return Record(required or {}, optional or {}, also or {}, lenient=lenient)


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
