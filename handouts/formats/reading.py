"""What every reader is, and where it notes what is wrong.

A reader never stops at the first fault: containers go on with their other parts, and `Problems` collects everything with its
place. `UnreadableError` only says that this one value could not be made; its problem is already told.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from typing import Any, Generic, NoReturn, Self, TypeVar

from handouts.errors import Place, Problem, did_you_mean
from handouts.formats.nodes import Node, Scalar, Sequence

_MOST_HINTS = 100  # looking for a near word takes a quarter of a millisecond
_LONGEST_SHOWN = 60  # characters of what was found

T = TypeVar("T")
U = TypeVar("U")


class UnreadableError(Exception):
    """No value can be made of this node; the reason is among the problems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An id that must exist in another file, to be checked when all files are read. `private`: no problem may show it."""

    kind: str  # "exercise", "position", "source"
    id: str
    name: str  # the field it stands in
    place: Place
    private: bool = False


@dataclass(slots=True)
class Problems:
    """What was found while reading: problems, and references still to be checked."""

    found: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # names of files that could not be parsed: their ids count as known
    hints: int = 0  # near words looked for

    def add(self, place: Place, message: str, hint: str | None = None) -> None:
        """Note one problem."""
        self.found.append(Problem(message=message, place=place, hint=hint))

    def suggest(self, found: str, known: Collection[str]) -> str | None:
        """Return a hint as `did_you_mean` does; None when there have been so many that nobody reads another one."""
        self.hints += 1
        return did_you_mean(found, known) if self.hints <= _MOST_HINTS else None

    def check_references(self, known: MappingType[str, Collection[str]]) -> None:
        """Add a problem for each reference to an id that does not exist; kinds absent from `known` stay unchecked."""
        for reference in self.references:
            ids = known.get(reference.kind)
            if ids is not None and reference.id not in ids and reference.id not in self.broken:
                shown = "of this id" if reference.private else quoted(reference.id)
                what = f"{lead(reference.name)}there is no {reference.kind} {shown}"
                self.add(reference.place, what, self.suggest(reference.id, ids))


def quoted(text: str) -> str:
    """Return the text as found, in quotes, shortened so that a problem stays one line."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[: _LONGEST_SHOWN + 1])
    return f'"{shown[: _LONGEST_SHOWN - 3]}…"' if len(shown) > _LONGEST_SHOWN else f'"{shown}"'


def described(node: Node) -> str:
    """Return what stands there, for a problem."""
    if isinstance(node, Scalar):
        if not node.text.strip():
            return "nothing"
        return "text that is kept private" if node.private else quoted(node.text)
    return "a list" if isinstance(node, Sequence) else "a mapping"


def lead(name: str) -> str:
    """Return the beginning of a problem that names the field."""
    return f"{name}: " if name else ""


class Reader(Generic[T]):
    """Reads one kind of value."""

    description: str = ""

    def read(self, node: Node, problems: Problems, name: str = "") -> T:
        """Return the value of `node`; `name` is the field it stands in. Raises UnreadableError after noting why."""
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
        """Read with this reader and, when nothing was wrong, make something of the value."""
        return _Then(self, make)

    def refuse(self, node: Node, problems: Problems, name: str, expected: str, hint: str | None = None) -> NoReturn:
        """Note "expected this, found that" and raise UnreadableError."""
        problems.add(node.place, f"{lead(name)}expected {expected}, found {described(node)}", hint)
        raise UnreadableError


class _Then(Reader[U], Generic[T, U]):
    def __init__(self, inner: Reader[T], make: Callable[[T, Node, Problems], U]) -> None:
        self.inner = inner
        self.make = make
        self.description = inner.description

    def read(self, node: Node, problems: Problems, name: str = "") -> U:
        before = len(problems.found)
        value = self.inner.read(node, problems, name)
        if len(problems.found) > before:
            raise UnreadableError
        return self.make(value, node, problems)

    def schema(self) -> dict[str, Any]:
        return self.inner.schema()
