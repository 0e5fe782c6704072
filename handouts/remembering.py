"""A bounded memory: what was made under a key is given again. What comes out never depends on what is in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

KEEPS = True
"""Whether memories keep anything. Tests set it to False to show that the same bytes come out without them."""


_MARKS = 2
"""Times the half of a memory: so many hashes are noted, of 60 bytes each, before they are forgotten."""


class Memory:
    """What was made under a key more than once, at most `most` of it.

    What is asked for once is nearly always of one patient only: a name, a dose. Of it a number is noted and nothing kept, so that
    it never drives out what many handouts share, and memory does not grow with patients.

    It lives in two halves: what is used moves to the younger one, and when that is full the older one is dropped. So whatever
    is used at least once in each `most` / 2 new keys stays. Why not `lru_cache` or an OrderedDict: they keep what is asked for
    once, and hash a key that is found more than once, where keys are whole texts; and one switch (`KEEPS`) rules all memories.
    """

    __slots__ = ("_half", "_older", "_once", "_younger")

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._younger: dict[Hashable, Any] = {}
        self._older: dict[Hashable, Any] = {}
        self._once: set[int] = set()  # hashes of keys that were asked for once; one that two keys share does no harm

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
            if not KEEPS or not self._was_asked_for(hash(key)):
                return kept
        if len(self._younger) >= self._half:
            self._younger, self._older = {}, self._younger
        self._younger[key] = kept
        return kept

    def _was_asked_for(self, mark: int) -> bool:
        """Whether the key with this hash was asked for before, and not long ago."""
        if mark in self._once:
            self._once.remove(mark)
            return True
        if len(self._once) >= _MARKS * self._half:
            self._once.clear()
        self._once.add(mark)
        return False
