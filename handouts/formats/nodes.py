"""The tree of a YAML file: scalars, sequences and mappings, each with the file, line and column it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import field
from pathlib import Path
from typing import TypeAlias

from handouts.errors import Place
from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The file (or the option) that nodes come from.

    `file` is the name as shown in problems. Paths written in the file start at `folder` and must stay inside `root`
    (None: they may lie anywhere). `overlay` is true for a clinic's file that lies over a built-in one.
    """

    file: str
    folder: Path | None = None
    root: Path | None = None
    overlay: bool = False


# Why not frozen: a catalogue has thousands of nodes, and a frozen dataclass takes twice as long to make.
@dataclass(slots=True)
class Scalar:
    """One piece of text; what it means is decided by the reader of its field.

    `private`: no problem may show it. `commented`: a comment follows it on its line, which may have been meant as a part of it.
    """

    text: str
    origin: Origin
    line: int | None
    column: int | None
    private: bool = False
    commented: bool = False

    @property
    def place(self) -> Place:
        """Where the text begins."""
        return Place(file=self.origin.file, line=self.line, column=self.column)


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    items: list[Node]
    origin: Origin
    line: int | None
    column: int | None

    @property
    def place(self) -> Place:
        """Where the list begins."""
        return Place(file=self.origin.file, line=self.line, column=self.column)


@dataclass(slots=True)
class Mapping:
    """Keys with their values, in the order of the file; `keys` says where each key stands."""

    origin: Origin
    line: int | None
    column: int | None
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return Place(file=self.origin.file, line=self.line, column=self.column)

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        for text, key in self.keys.items():
            yield key, self.values[text]


Node: TypeAlias = Scalar | Sequence | Mapping


def overlay(base: Node, over: Node, *, growing: Collection[str] = (), name: str = "") -> Node:
    """`over` lies over `base`, field by field; every node keeps the place it came from.

    Only mappings are merged, and the lists of the fields named in `growing`: what `over` lists is added to what `base` lists.
    Anything else is replaced whole: a scalar, a list, and a `{value: …, source: …}` field, whose value must never be credited
    to the source of another value. `name` is the field both stand in.
    """
    if isinstance(base, Sequence) and isinstance(over, Sequence) and name in growing:
        return _add(base, over)
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return over
    if "value" in base.values or "value" in over.values:
        return over
    merged = Mapping(base.origin, base.line, base.column, dict(base.keys), dict(base.values))
    for key, value in over:
        below = base.values.get(key.text)
        merged.keys[key.text] = key
        merged.values[key.text] = value if below is None else overlay(below, value, growing=growing, name=key.text)
    return merged


def _add(base: Sequence, over: Sequence) -> Sequence:
    known = {item.text for item in base.items if isinstance(item, Scalar)}
    added = [item for item in over.items if not (isinstance(item, Scalar) and item.text in known)]
    return Sequence([*base.items, *added], base.origin, base.line, base.column)
