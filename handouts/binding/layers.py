"""Tells which optional content (layers) of a sheet is off, so that hidden drafts don't appear in print."""

from __future__ import annotations

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from handouts.binding.streams import resolved


class Layers:
    """The layers of a document in its default configuration (ISO 32000-1, 8.11.4.3)."""

    def __init__(self, catalog: DictionaryObject) -> None:
        self._off: set[int] = set()
        settings = resolved(catalog.get("/OCProperties"))
        default = resolved(settings.get("/D")) if isinstance(settings, DictionaryObject) else None
        if not isinstance(settings, DictionaryObject) or not isinstance(default, DictionaryObject):
            return
        if default.get("/BaseState") == "/OFF":
            self._off = self._numbers(settings.get("/OCGs")) - self._numbers(default.get("/ON"))
        self._off |= self._numbers(default.get("/OFF"))

    @staticmethod
    def _numbers(groups: PdfObject | None) -> set[int]:
        groups = resolved(groups)
        return {item.idnum for item in groups if isinstance(item, IndirectObject)} if isinstance(groups, ArrayObject) else set()

    def hide(self, membership: PdfObject | None) -> bool:
        """Whether content of this group or membership dictionary (an /OC value) is not shown."""
        if not self._off or membership is None:
            return False
        if isinstance(membership, IndirectObject) and membership.idnum in self._off:
            return True
        found = resolved(membership)
        if not isinstance(found, DictionaryObject) or "/OCGs" not in found:
            return False
        raw = found.raw_get("/OCGs")
        listed = resolved(raw)
        members = [item for item in (listed if isinstance(listed, ArrayObject) else [raw]) if isinstance(item, IndirectObject)]
        off = [item.idnum in self._off for item in members]
        match found.get("/P", "/AnyOn"):
            case "/AllOn":
                return any(off)
            case "/AnyOff":
                return bool(off) and not any(off)
            case "/AllOff":
                return not all(off)
            case _:
                return bool(off) and all(off)
