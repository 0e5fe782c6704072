"""A bounded memory: what was made under a key is given again. What comes out never depends on what is in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

KEEPS = True
"""Whether memories keep anything. Tests set it to False to show that the same bytes come out without them."""


class Memory:
    """What was made under a key, at most `most` of it.

    It lives in two halves: what is used moves to the younger one, and when that is full the older one is dropped. So whatever
    is used at least once in each `most` / 2 new keys stays. Why not `lru_cache` or an OrderedDict: they hash a key more than
    once, and keys here are whole texts; and one switch (`KEEPS`) rules all memories.
    """

    __slots__ = ("_half", "_older", "_younger")

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._younger: dict[Hashable, Any] = {}
        self._older: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._younger) + len(self._older)

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under this key, or made now. The key must hold everything that it depends on; None is not kept."""
        kept: T | None = self._younger.get(key) if KEEPS else None
        if kept is not None:
            return kept
        kept = self._older.pop(key, None) if KEEPS else None
        if kept is None:
            kept = make()
        if KEEPS:
            if len(self._younger) >= self._half:
                self._younger, self._older = {}, self._younger
            self._younger[key] = kept
        return kept
