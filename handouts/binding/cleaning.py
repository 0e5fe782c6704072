"""Cleans what a page draws: contents, resources and everything they use, counted so that no viewer is overworked."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject

from handouts.binding import serialising
from handouts.binding.copying import PICTURES, Copier
from handouts.binding.effort import NO_WORK, Work, check_work
from handouts.binding.faults import too_heavy
from handouts.binding.hardship import hardship_of, is_group, surface_of
from handouts.binding.layers import Layers
from handouts.binding.lexical import decoded_name
from handouts.binding.marks import Marks
from handouts.binding.metering import Hardship, Meter
from handouts.binding.redrawing import Redrawing, Redrawn
from handouts.binding.serialising import Parts
from handouts.binding.streams import numbers, plain_bytes, resolved, whole_number
from handouts.binding.unmapped import is_unmapped
from handouts.document import Box, Ref

MOST_OPERATORS = 600_000  # instructions in all streams of a sheet
_MOST_DRAWING = 30_000_000  # bytes of all streams of instructions of a sheet, blanks between them too
DEEPEST_DRAWING = 12
_SMALLEST_TILE = 0.5  # points
_STEP = 2  # what a byte of a calculating function costs, in fills, where it colours the page
_MESH = 100  # bytes of a gradient made of triangles or patches that cost as much as one fill
_MOST_INPUTS = 8  # of a function that looks values up: it looks up two to the power of them for each dot

_DEFAULT_SPACES = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
_EMPTY: Mapping[bytes, Parts] = {}
_CALCULATING = 4  # the type of functions that are programs (ISO 32000-1, 7.10.5)


class Cleaner(Copier):
    """Copies what pages of one document draw.

    Remembers visible text in fonts without a program (`unembedded`, their names) or without Unicode values, and the work of each
    drawing.
    """

    def __init__(self, layers: Layers) -> None:
        super().__init__()
        self.unembedded: set[str] = set()
        self.shows_unmapped_text = False
        self._layers = layers
        self._works: dict[int, Work] = {}
        self._groups: set[int] = set()  # the numbers of forms that are painted as one
        self._pages = NO_WORK  # of all pages so far
        self._left = MOST_OPERATORS
        self._bytes_left = _MOST_DRAWING
        self._plain_states: list[tuple[DictionaryObject, bool]] = []
        self._drawing_depth = 0
        self._scopes: dict[int, DictionaryObject] = {}  # keeps resources alive, so that their id stays theirs

    def drawn(self, source: bytes, resources: DictionaryObject, page: Box | None = None) -> tuple[Redrawn, Parts, Work]:
        """A content stream rewritten, its resources as a direct dictionary, and the work of drawing it once.

        `page` is the part of its space that is seen, where it is a page. Raises SheetError when it draws itself, nests or repeats
        too much.
        """
        self._enter()
        redrawn = self.redrawn(source, resources, page)
        written, work = self._resources(redrawn, resources)
        self._leave()
        return redrawn, written, work

    def drawn_page(self, source: bytes, resources: DictionaryObject, page: Box) -> tuple[Redrawn, Parts]:
        """As `drawn`, and the work counts with that of the pages before."""
        redrawn, written, work = self.drawn(source, resources, page)
        self._pages = self._pages.plus(work.by_itself())
        check_work(self._pages)
        return redrawn, written

    def _enter(self) -> None:
        self._drawing_depth += 1
        if self._drawing_depth > DEEPEST_DRAWING:
            raise too_heavy(f"nests its drawings more than {DEEPEST_DRAWING} deep")

    def _leave(self) -> None:
        self._drawing_depth -= 1

    def redrawn(
        self, source: bytes, resources: DictionaryObject, page: Box | None = None, *, keeps_marks: bool = False
    ) -> Redrawn:
        """A content stream rewritten; raises SheetError when the sheet draws too much."""
        self._bytes_left -= len(source)
        if self._bytes_left < 0:
            raise too_heavy(f"unpacks to more than {_MOST_DRAWING // 1_000_000} MB of drawing in all")
        properties = _dictionary(resources.get("/Properties"))
        drawings = _dictionary(resources.get("/XObject"))
        states = _dictionary(resources.get("/ExtGState"))

        def hidden_drawing(token: bytes) -> bool:
            return self._layers.hide(_dictionary(drawings.get(decoded_name(token))).get("/OC"))

        @functools.cache
        def knows(category: str, token: bytes) -> bool:
            return decoded_name(token) in _dictionary(resources.get(category))

        @functools.cache
        def hardship(token: bytes) -> Hardship:
            return hardship_of(_dictionary(states.get(decoded_name(token))))

        redrawn = Redrawing(
            source,
            marks=Marks(properties=lambda token: properties.get(decoded_name(token)), hides=self._layers.hide, keeps=keeps_marks),
            knows=knows,
            hidden_drawing=hidden_drawing,
            meter=Meter(
                page=page if page and not self._are_plain(states) else None,
                hardship=hardship,
                surface=lambda token: surface_of(_dictionary(drawings.get(decoded_name(token)))),
            ),
            on_page=page is not None,
        ).run(self._left)
        self._left -= redrawn.operators
        return redrawn

    def _are_plain(self, states: DictionaryObject) -> bool:
        """Whether none of the graphics states makes painting harder. Remembered: pages share thousands of them."""
        for known, plain in self._plain_states:
            if known is states:
                return plain
        plain = not any(any(hardship_of(_dictionary(state)).costs.values()) for state in states.values())
        self._plain_states.append((states, plain))
        return plain

    def _resources(self, redrawn: Redrawn, resources: DictionaryObject) -> tuple[Parts, Work]:
        scope = id(resources)
        self._scopes[scope] = resources
        work = redrawn.work
        written: dict[str, dict[bytes, Parts]] = {}
        for (category, token), times in redrawn.uses.items():
            raw = _dictionary(resources.get(category)).get(decoded_name(token))
            if raw is None:
                continue
            parts = self._resource(category, raw, scope)
            if parts is None:
                continue
            written.setdefault(category, {})[token] = parts
            if category == "/Font" and token in redrawn.shown_fonts:
                self._note_font(_dictionary(raw))
            if category != "/ColorSpace":  # a colour is worked out once, not for each dot
                work = work.plus(self._work_of(category, token, parts, times, redrawn))
            check_work(work.in_a_group())  # as which it may be drawn
        spaces = _dictionary(resources.get("/ColorSpace"))
        for name in _DEFAULT_SPACES:
            if name in spaces and (default := self.entry(spaces, name, "colour")):
                written.setdefault("/ColorSpace", {})[name.encode("ascii")] = default
        categories = {name.encode("ascii"): serialising.dictionary(entries) for name, entries in written.items()}
        return serialising.dictionary(categories), work

    def _called(self, parts: Parts) -> Work:
        """The work behind references in `parts`; a mask or a pattern may hide a drawing."""
        works = [self._works[part.index] for part in parts if isinstance(part, Ref) and part.index in self._works]
        return functools.reduce(Work.plus, works, NO_WORK)

    def _work_of(self, category: str, token: bytes, parts: Parts, times: int, redrawn: Redrawn) -> Work:
        """The work of all that a stream does with a resource."""
        called = self._called(parts)
        if category == "/ExtGState":
            return called.by_itself().times(times + redrawn.called.masks[token])
        hardened = Work.of(called.fills * redrawn.called.hardened[token])
        if category == "/Font":
            return called.by_itself().times(times).plus(hardened)
        if category != "/XObject":
            return called.by_itself().times(times)
        grouped = redrawn.called.grouped[token]
        work = called.times(times - grouped).plus(called.in_a_group().times(grouped))
        as_one = any(isinstance(part, Ref) and part.index in self._groups for part in parts)
        return work if as_one else work.plus(hardened)

    def _resource(self, category: str, raw: PdfObject, scope: int) -> Parts | None:
        target = resolved(raw)
        match category:
            case "/Font":
                return self.value("font", raw)
            case "/ExtGState":
                return self.value("graphics-state", raw)
            case "/ColorSpace":
                return self.value("colour", raw)
            case "/Shading":
                return self.value("shading", raw)
            case "/Pattern":
                return self.value("tiling-pattern" if isinstance(target, StreamObject) else "shading-pattern", raw, scope)
            case _:
                if not isinstance(target, StreamObject):
                    return None
                subtype = str(resolved(target.get("/Subtype")))
                if subtype not in ("/Form", "/Image"):  # Why: the third kind is a program in PostScript
                    return None
                form = subtype == "/Form"
                inherits = form and "/Resources" not in target
                return self.value("form" if form else "image", raw, scope if inherits else 0)

    def keep(self, parts: Parts) -> Ref:
        """As the copier, and the object passes on the work of what it refers to."""
        ref = super().keep(parts)
        work = self._called(parts)
        if work != NO_WORK:
            self._works[ref.index] = work
        return ref

    def own_object(self, kind: str, target: PdfObject, context: int) -> Ref | None:
        """As the copier, and drawings are cleaned; `context` is the id of the resources a form inherits."""
        if kind in ("form", "tiling-pattern"):
            return self._drawing(kind, target, context) if isinstance(target, StreamObject) else None
        if kind == "font" and isinstance(target, DictionaryObject) and target.get("/Subtype") == "/Type3":
            return self._drawn_font(target)
        ref = super().own_object(kind, target, context)
        if ref is not None and isinstance(target, DictionaryObject):
            self._works[ref.index] = self._works.get(ref.index, NO_WORK).plus(self._own_work(kind, target))
        return ref

    def _own_work(self, kind: str, target: DictionaryObject) -> Work:
        """What the object itself costs each time it is drawn, without what it refers to."""
        if kind in PICTURES:
            return Work(dots=self.dots_of(target) if isinstance(target, StreamObject) else 0)
        if "/FunctionType" in target:  # also where a colour space names it
            if whole_number(target.get("/FunctionType")) == _CALCULATING and isinstance(target, StreamObject):
                return Work.of(len(plain_bytes(target)) * _STEP)
            domain = resolved(target.get("/Domain"))
            if isinstance(domain, ArrayObject) and len(domain) > 2 * _MOST_INPUTS:
                raise too_heavy(f"mixes colours of more than {_MOST_INPUTS} inks")
        if kind == "shading" and isinstance(target, StreamObject):
            return Work.of(len(plain_bytes(target)) // _MESH)
        return NO_WORK

    def _drawing(self, kind: str, target: StreamObject, context: int) -> Ref | None:
        if "/BBox" not in target:
            return None
        own = resolved(target.get("/Resources"))
        resources = own if isinstance(own, DictionaryObject) else self._scopes.get(context, DictionaryObject())
        redrawn, written, work = self.drawn(plain_bytes(target), resources)
        entries = {**self.entries(kind, target), b"/Resources": written}
        if kind == "form":
            entries |= {b"/Type": (b"/XObject",), b"/Subtype": (b"/Form",)}
        elif not _tiles_sensibly(target):
            raise too_heavy("fills an area with tiles that are too small to be drawn one by one")
        ref = self.keep(serialising.deflated(entries, redrawn.text))
        if is_group(target):
            self._groups.add(ref.index)
        closed = work.in_a_group() if is_group(target, isolated=True) else work
        self._works[ref.index] = closed.plus(Work(invocations=1))
        return ref

    def _drawn_font(self, target: DictionaryObject) -> Ref:
        resources = _dictionary(target.get("/Resources"))
        glyphs: dict[bytes, Parts] = {}
        made: dict[int, Ref] = {}  # one for each stream, however many letters look so
        together, heaviest = Redrawn(), NO_WORK
        self._enter()
        for name, raw in sorted(_dictionary(target.get("/CharProcs")).items()):
            glyph = resolved(raw)
            if not isinstance(glyph, StreamObject):
                continue
            if id(glyph) not in made:
                redrawn = self.redrawn(plain_bytes(glyph), resources)
                made[id(glyph)] = self.keep(serialising.deflated(_EMPTY, redrawn.text))
                together.uses.update(redrawn.uses)
                together.called.gather(redrawn.called)
                together.shown_fonts |= redrawn.shown_fonts
                heaviest = heaviest.or_more(redrawn.work.by_itself())
            glyphs[NameObject(name).renumber()] = (made[id(glyph)],)
        written, work = self._resources(together, resources)
        self._leave()
        entries = {**self.entries("font", target), b"/CharProcs": serialising.dictionary(glyphs), b"/Resources": written}
        ref = self.keep(serialising.dictionary(entries))
        self._works[ref.index] = work.plus(heaviest)
        return ref

    def _note_font(self, font: DictionaryObject) -> None:
        if is_unmapped(font):
            self.shows_unmapped_text = True
        if font.get("/Subtype") == "/Type3":
            return
        below = resolved(font.get("/DescendantFonts"))
        described = _dictionary(below[0]) if isinstance(below, ArrayObject) and below else font
        descriptor = _dictionary(described.get("/FontDescriptor"))
        if not any(isinstance(resolved(descriptor.get(key)), StreamObject) for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            self.unembedded.add(str(resolved(font.get("/BaseFont")) or "/unnamed").removeprefix("/"))


def _dictionary(value: PdfObject | None) -> DictionaryObject:
    found = resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _tiles_sensibly(pattern: StreamObject) -> bool:
    """Whether the tiles of a pattern are far enough apart to be drawn in finite time."""
    matrix = numbers(pattern.get("/Matrix"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
    steps = [resolved(pattern.get(key)) for key in ("/XStep", "/YStep")]
    return all(isinstance(step, int | float) and abs(step) * scale >= _SMALLEST_TILE for step in steps)
