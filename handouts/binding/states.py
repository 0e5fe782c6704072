"""Follows the state that a content stream paints in: its space, colours, lines, letters, clip and what makes painting harder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import field
from typing import NamedTuple

from handouts.binding.calls import INHERITED
from handouts.binding.content import last_name
from handouts.binding.faults import too_heavy
from handouts.binding.geometry import IDENTITY, Matrix, joined
from handouts.binding.paths import read_numbers
from handouts.document import Box
from handouts.nouns import dataclass

_FILL_COLOURS, _LINE_COLOURS = frozenset(b"g rg k cs sc scn".split()), frozenset(b"G RG K CS SC SCN".split())
STATE_OPERATORS = _FILL_COLOURS | _LINE_COLOURS | frozenset(b"cm w M d BT Tm Tf".split())

_LINE, _MITER = 1.0, 10.0  # at the beginning of a page (ISO 32000-1, table 52)
_SOLID = re.compile(rb"[^\[\]]*\[[\s0.]*\][^\[\]]*")  # dashes of no length
_DEEPEST = 200
"""Nested q operators; ISO 32000-1 (annex C) promises viewers no more than 28."""


class Hardship(NamedTuple):
    """What a graphics state says of painting: what it costs more, by cause, and whether it changes lines, or dashes them."""

    costs: Mapping[str, int]
    lines: bool
    dashed: bool


class Clip(NamedTuple):
    """What painting is confined to: a box on the page, and what it costs to work through its paths, in fills."""

    box: Box | None
    cost: float


@dataclass(slots=True)
class State:
    """What the next painting depends on; None where a number is not known."""

    clip: Clip
    matrix: Matrix | None
    letters: Matrix | None = IDENTITY  # the space of text inside that
    size: float | None = None  # of letters
    line: float | None = _LINE  # width
    miter: float | None = _MITER  # how many times wider than the line its corners may reach
    dashed: bool = False
    costs: Mapping[str, int] = field(default_factory=dict)
    mask: bytes | None = None
    filling: bytes | None = INHERITED  # the pattern that areas are painted with
    stroking: bytes | None = INHERITED  # and lines

    @property
    def extra(self) -> int:
        """What painting costs more, in fills of the same area."""
        return sum(self.costs.values())


class States:
    """The state as it is `now`, and those that are saved. It is copied when it changes, not when it is saved."""

    def __init__(self, first: State) -> None:
        self.now = first
        self._is_saved = False
        self._saved: list[State] = []

    def save(self) -> None:
        """Q follows."""
        if len(self._saved) >= _DEEPEST:
            raise too_heavy("saves its drawing state more often than any page needs")
        self._saved.append(self.now)
        self._is_saved = True

    def restore(self) -> None:
        """Back to what was saved."""
        self.now = self._saved.pop()
        self._is_saved = True  # perhaps more than once

    def changing(self) -> State:
        """The state as it is now, to be changed."""
        if self._is_saved:
            self.now = copy(self.now)
            self._is_saved = False
        return self.now

    def follow(self, operator: bytes, operands: bytes) -> None:
        """An instruction of STATE_OPERATORS."""
        now = self.changing()
        if operator in _FILL_COLOURS:
            now.filling = last_name(operands) if operator == b"scn" else None
        elif operator in _LINE_COLOURS:
            now.stroking = last_name(operands) if operator == b"SCN" else None
        elif operator == b"cm":
            now.matrix = joined(read_numbers(operands, 6), now.matrix)
        elif operator == b"w":
            now.line = _number(operands)
        elif operator == b"M":
            now.miter = _number(operands)
        elif operator == b"d":
            now.dashed = not _SOLID.fullmatch(operands)
        elif operator == b"BT":
            now.letters = IDENTITY
        elif operator == b"Tm":
            now.letters = joined(read_numbers(operands, 6), IDENTITY)
        elif name := last_name(operands):
            now.size = _number(operands.rpartition(name)[2])

    def change(self, name: bytes, hardship: Hardship) -> None:
        """The graphics state of this name is set."""
        now = self.changing()
        if "/SMask" in hardship.costs:
            now.mask = name if hardship.costs["/SMask"] else None
        now.costs = {**now.costs, **hardship.costs}
        now.dashed = now.dashed or hardship.dashed
        if hardship.lines:
            now.line = now.miter = None


def _number(operands: bytes) -> float | None:
    found = read_numbers(operands, 1)
    return abs(found[0]) if found else None
