"""Tells which optional content (layers) of a sheet is off, so that hidden drafts don't appear in print."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from handouts.binding.faults import too_heavy
from handouts.binding.streams import resolved

_MOST_ASKED = 500_000  # groups that are looked at, each as often as it is
_DEEPEST = 20
_SHOWS, _PRINTS = ("/View", "/ViewState"), ("/Print", "/PrintState")


class Layers:
    """The layers of a document in its default configuration, as a viewer would print them (ISO 32000-1, 8.11.4)."""

    def __init__(self, catalog: DictionaryObject) -> None:
        self._asked = 0
        self._off: set[int] = set()
        settings = _dictionary(catalog.get("/OCProperties"))
        default = _dictionary(settings.get("/D"))
        if default.get("/BaseState") == "/OFF":
            self._off = self._numbers(settings.get("/OCGs")) - self._numbers(default.get("/ON"))
        self._off |= self._numbers(default.get("/OFF"))
        usages = [_dictionary(usage) for usage in _listed(default.get("/AS"))]
        for event, state in (_SHOWS, _PRINTS):  # Why in this order: what is printed is what was shown, unless print has its own
            for usage in usages:
                if usage.get("/Event") == event:
                    self._switch(usage, event, state)

    def hide(self, membership: PdfObject | None) -> bool:
        """Whether content of this group or membership dictionary (an /OC value) is not shown."""
        if membership is None:
            return False
        if isinstance(membership, IndirectObject) and membership.idnum in self._off:
            return True
        found = _dictionary(membership)
        expression = resolved(found.get("/VE"))
        if isinstance(expression, ArrayObject):
            try:
                return not self._holds(expression, 0)
            except ValueError:
                return True
        if "/OCGs" not in found:
            return False
        off = [item.idnum in self._off for item in self._groups(found.raw_get("/OCGs"))]
        match found.get("/P", "/AnyOn"):
            case "/AllOn":
                return any(off)
            case "/AnyOff":
                return bool(off) and not any(off)
            case "/AllOff":
                return not all(off)
            case _:
                return bool(off) and all(off)

    def _groups(self, value: PdfObject | None) -> list[IndirectObject]:
        """The groups of an array, or the one; raises SheetError where too many have been asked for."""
        found = resolved(value)
        listed = list.__iter__(found) if isinstance(found, ArrayObject) else iter([value])
        groups = [item for item in listed if isinstance(item, IndirectObject)]
        self._count(1 + len(groups))
        return groups

    def _count(self, asked: int) -> None:
        self._asked += asked
        if self._asked > _MOST_ASKED:
            raise too_heavy("asks for its layers more often than any page needs")

    def _numbers(self, groups: PdfObject | None) -> set[int]:
        return {group.idnum for group in self._groups(groups)}

    def _switch(self, usage: DictionaryObject, event: str, state: str) -> None:
        """Switch the groups that say themselves how they are to be shown on this event."""
        if event not in _listed(usage.get("/Category")):
            return
        for group in self._groups(usage.get("/OCGs")):
            wish = _dictionary(_dictionary(_dictionary(group).get("/Usage")).get(event)).get(state)
            if wish == "/OFF":
                self._off.add(group.idnum)
            elif wish == "/ON":
                self._off.discard(group.idnum)

    def _holds(self, expression: PdfObject | None, depth: int) -> bool:
        """Whether a visibility expression is true; raises ValueError for one that can't be read."""
        found = resolved(expression)
        if isinstance(expression, IndirectObject) and not isinstance(found, ArrayObject):
            return not self._numbers(expression) <= self._off
        operator, *parts = list.__iter__(found) if isinstance(found, ArrayObject) and found else [None]
        self._count(1 + len(parts))
        if not parts or depth > _DEEPEST:
            raise ValueError("no visibility expression")
        values = (self._holds(part, depth + 1) for part in parts)
        match resolved(operator):
            case "/And":
                return all(values)
            case "/Or":
                return any(values)
            case "/Not":
                return not next(values)
            case _:
                raise ValueError("no visibility expression")


def _dictionary(value: PdfObject | None) -> DictionaryObject:
    found = resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _listed(value: PdfObject | None) -> list[Any]:
    found = resolved(value)
    return list(found) if isinstance(found, ArrayObject) else []
