"""Copies the objects of a clinic's PDF that the grammar lets travel, each once, with references inside the sheet."""

from __future__ import annotations

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from handouts.binding import serialising
from handouts.binding.dots import count_dots
from handouts.binding.faults import SheetError, too_heavy
from handouts.binding.grammar import GRAMMAR
from handouts.binding.operands import bare_picture
from handouts.binding.pictures import cut_picture, cut_space
from handouts.binding.programs import used_function, used_map
from handouts.binding.serialising import ObjectStore, Parts
from handouts.binding.streams import encoded, plain_bytes, resolved
from handouts.binding.unmapped import is_unmapped, is_wide, mended_map, private_map
from handouts.document import Ref

MOST_OBJECTS = 20_000
_MOST_UNFOLDED = 2_000_000  # objects counted once for each way that leads to them
_DEEPEST = 60
_MOST_UNPACKED = 400_000_000  # bytes of all streams of a sheet together: four pictures of a whole page in print quality
_MOST_ANEW = 60_000_000  # bytes that are packed anew: a whole page in print quality
PICTURES = frozenset({"image", "soft-image", "mask"})
_MOST_MAPPED = 2_000_000  # bytes of all maps from letters; one of 65,536 codes has 1.5 MB


class Copier:
    """The copy in the making. Kinds that draw (`form`, `tiling-pattern`, Type 3 fonts) are made by the subclass."""

    def __init__(self) -> None:
        self.store = ObjectStore(MOST_OBJECTS)
        self._made: dict[tuple[int, int, str, int], Ref | None] = {}
        self._under_way: set[tuple[int, int, str, int]] = set()
        self._weights: dict[int, int] = {}
        self._private_maps: dict[bool, Ref] = {}
        self._depth = 0
        self._unpacked = 0
        self._mapped = 0
        self._anew = 0
        self._dots: dict[int, int] = {}

    def entry(self, holder: DictionaryObject, key: str, kind: str, context: int = 0) -> Parts | None:
        """The value of `key` as `kind`; None when it is missing or is none of that kind."""
        return self.value(kind, holder.raw_get(key), context) if key in holder else None

    def value(self, kind: str, value: PdfObject, context: int = 0) -> Parts | None:
        """`value` written as `kind`: directly, or as a reference when it is an object of its own.

        `context` tells copies apart that depend on where they are used. Raises SheetError for an object that refers to itself.
        """
        target = resolved(value)
        if not isinstance(target, ArrayObject | DictionaryObject):
            return self.written(kind, target)
        if not isinstance(value, IndirectObject):
            if isinstance(target, StreamObject):
                return None
            return self.written(kind, target)
        key = (value.idnum, value.generation, kind, context)
        if key in self._under_way:
            raise SheetError("draws itself recursively", "export it again from the program that made it")
        if key not in self._made:
            self._under_way.add(key)
            self._made[key] = self.own_object(kind, target, context)
            self._under_way.discard(key)
        ref = self._made[key]
        return (ref,) if ref is not None else None

    def dots_of(self, picture: StreamObject) -> int:
        """The dots of a picture that has been copied."""
        return self._dots.get(id(picture), 0)

    def own_object(self, kind: str, target: PdfObject, context: int) -> Ref | None:  # noqa: ARG002 - for drawings
        """A new object of the sheet for `target`; None when it is not of that kind."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise too_heavy("nests its drawings too deeply")
        parts = self.written(kind, target)
        self._depth -= 1
        return self.keep(parts) if parts is not None else None

    def keep(self, parts: Parts) -> Ref:
        """A new object of the sheet; raises SheetError when its references unfold to more than a page can need."""
        weight = 1 + sum(self._weights[part.index] for part in parts if isinstance(part, Ref))
        if weight > _MOST_UNFOLDED:
            raise too_heavy("refers to the same objects over and over")
        ref = self.store.add(parts)
        self._weights[ref.index] = weight
        return ref

    def written(self, kind: str, target: PdfObject | None) -> Parts | None:
        """`target` itself written as `kind`; None when it is none of that kind."""
        rule = GRAMMAR[kind]
        if isinstance(target, StreamObject):
            return self._stream(kind, target, self.entries(kind, target)) if rule.stream else None
        if isinstance(target, DictionaryObject):
            return serialising.dictionary(self.entries(kind, target)) if rule.dictionary else None
        if isinstance(target, ArrayObject):
            if rule.items is None:
                return None
            items = rule.items
            if kind == "colour":
                target = cut_space(target, self._read_anew)
            return serialising.array(self.value(items, item) or (b"null",) for item in target[: rule.most])
        if isinstance(target, NameObject) and not rule.names:
            return None
        if isinstance(target, TextStringObject | ByteStringObject) and not rule.strings:
            return None
        text = serialising.scalar(target) if rule.scalar else None
        return (text,) if text is not None else None

    def entries(self, kind: str, target: DictionaryObject) -> dict[bytes, Parts]:
        """The entries of `target` that may travel."""
        found: dict[bytes, Parts] = {}
        for key, below in GRAMMAR[kind].keys.items():
            if key in target:
                parts = self.value(below, target.raw_get(key))
                if parts is not None and parts != (b"null",):
                    found[key.encode("ascii")] = parts
        if kind == "cid-font" and target.get("/Subtype") == "/CIDFontType2":
            found.setdefault(b"/CIDToGIDMap", (b"/Identity",))  # the default, but PDF/UA-1 wants it said (7.21.3.2)
        if kind == "font" and is_unmapped(target):
            found[b"/ToUnicode"] = (self._private_map(wide=is_wide(target)),)
        return found

    def _private_map(self, *, wide: bool) -> Ref:
        if wide not in self._private_maps:
            self._private_maps[wide] = self.keep(serialising.deflated({}, private_map(wide=wide)))
        return self._private_maps[wide]

    def _read_map(self, target: StreamObject) -> bytes:
        plain = plain_bytes(target)
        self._mapped += len(plain)
        if self._mapped > _MOST_MAPPED:
            raise too_heavy("holds a font that says too much about its letters")
        return plain

    def _count_unpacked(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > _MOST_UNPACKED:
            raise too_heavy(f"unpacks to more than {_MOST_UNPACKED // 1_000_000} MB")

    def _count_anew(self, size: int) -> None:
        """Why: packing takes ten times as long as unpacking."""
        self._anew += size
        if self._anew > _MOST_ANEW:
            raise too_heavy(f"holds more than {_MOST_ANEW // 1_000_000} MB that have to be packed anew")

    def _read_anew(self, target: StreamObject) -> bytes:
        plain = plain_bytes(target)
        self._count_anew(len(plain))
        return plain

    def _stream(self, kind: str, target: StreamObject, entries: dict[bytes, Parts]) -> Parts:
        match kind:
            case "unicode-map":
                return serialising.deflated(entries, mended_map(self._read_map(target)))
            case "encoding" | "cmap":
                return serialising.deflated(entries, used_map(self._read_map(target)))
            case "function" | "colour" if "/FunctionType" in target:
                return serialising.deflated(entries, used_function(target, self._read_anew(target)))
        coded = encoded(target)
        self._count_unpacked(coded.unpacked)
        if kind in PICTURES:
            coded = cut_picture(target, coded)
        name, parameters, body, _ = coded
        if name == "/DCTDecode":
            body = bare_picture(body)
        if kind in PICTURES:
            self._dots[id(target)] = count_dots(target, name, parameters, body)
        if name is None:
            self._count_anew(len(body))
            return serialising.deflated(entries, body)
        entries[b"/Filter"] = (name.encode("ascii"),)
        if parameters is not None:
            written = self.written("parameters", parameters)
            if written is not None and written != (b"<<>>",):
                entries[b"/DecodeParms"] = written
        return serialising.stream(entries, body)
