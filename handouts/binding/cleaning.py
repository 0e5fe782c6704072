"""Cleans what a page draws: contents, resources and everything they use, counted so that no viewer is overworked."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from pypdf.generic import DictionaryObject, NameObject, PdfObject, StreamObject

from handouts.binding import serialising
from handouts.binding.copying import PICTURES, Copier
from handouts.binding.drawn_work import colouring, function_work, mesh_work, tiled, tinted_dots
from handouts.binding.effort import NO_WORK, Work, check_work
from handouts.binding.faults import too_heavy
from handouts.binding.geometry import IDENTITY, Matrix
from handouts.binding.hardship import hardship_of, is_group, surface_of
from handouts.binding.layers import Layers
from handouts.binding.lexical import decoded_name
from handouts.binding.marks import Marks
from handouts.binding.metering import Meter
from handouts.binding.redrawing import Redrawing, Redrawn
from handouts.binding.serialising import Parts
from handouts.binding.states import Hardship
from handouts.binding.streams import numbers, plain_bytes, resolved
from handouts.binding.unmapped import has_own_letters, is_unmapped
from handouts.document import Box, Ref

MOST_OPERATORS = 600_000  # instructions in all streams of a sheet
_MOST_DRAWING = 30_000_000  # bytes of all streams of instructions of a sheet, blanks between them too
DEEPEST_DRAWING = 12

_DEFAULT_SPACES = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
_EMPTY: Mapping[bytes, Parts] = {}


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

    def drawn(
        self, source: bytes, resources: DictionaryObject, page: Box | None = None, matrix: Matrix | None = IDENTITY
    ) -> tuple[Redrawn, Parts, Work]:
        """A content stream rewritten, its resources as a direct dictionary, and the work of drawing it once.

        `page` is the part of its space that is seen, where it is a page; `matrix` the way out of that, where it is none. Raises
        SheetError when it draws itself, nests or repeats too much.
        """
        self._enter()
        redrawn = self.redrawn(source, resources, page, matrix=matrix)
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
        self,
        source: bytes,
        resources: DictionaryObject,
        page: Box | None = None,
        *,
        matrix: Matrix | None = IDENTITY,
        keeps_marks: bool = False,
    ) -> Redrawn:
        """A content stream rewritten; raises SheetError when the sheet draws too much."""
        self._bytes_left -= len(source)
        if self._bytes_left < 0:
            raise too_heavy(f"unpacks to more than {_MOST_DRAWING // 1_000_000} MB of drawing in all")
        properties = _dictionary(resources.get("/Properties"))
        drawings = _dictionary(resources.get("/XObject"))
        states = _dictionary(resources.get("/ExtGState"))
        fonts = _dictionary(resources.get("/Font"))

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
                page=page,
                matrix=matrix,
                measures=page is not None and not self._are_plain(states),
                hardship=hardship,
                surface=lambda token: surface_of(_dictionary(drawings.get(decoded_name(token)))),
                is_embedded=lambda token: has_own_letters(_dictionary(fonts.get(decoded_name(token)))),
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
        works: dict[tuple[str, bytes], Work] = {}
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
            once = works[category, token] = colouring(resolved(raw), self._called(parts))
            work = work.plus(redrawn.called.work(category, token, once, times, as_one=self._is_one(parts)))
            check_work(work.in_a_group())  # as which it may be drawn
        work = work.plus(redrawn.called.inherited_work(works))
        check_work(work.in_a_group())
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

    def _is_one(self, parts: Parts) -> bool:
        return any(isinstance(part, Ref) and part.index in self._groups for part in parts)

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
            self._works[ref.index] = self._with_own_work(kind, target, self._works.get(ref.index, NO_WORK))
        return ref

    def _with_own_work(self, kind: str, target: DictionaryObject, called: Work) -> Work:
        """What an object costs each time it is drawn, with what it refers to."""
        if kind in PICTURES:
            return tinted_dots(self.dots_of(target), called) if isinstance(target, StreamObject) else called
        if "/FunctionType" in target:  # also where a colour space names it
            return called.plus(function_work(target))
        if kind == "shading" and isinstance(target, StreamObject):
            return called.plus(mesh_work(target))
        return called

    def _drawing(self, kind: str, target: StreamObject, context: int) -> Ref | None:
        if "/BBox" not in target:
            return None
        own = resolved(target.get("/Resources"))
        resources = own if isinstance(own, DictionaryObject) else self._scopes.get(context, DictionaryObject())
        if kind == "tiling-pattern" and tiled(target, NO_WORK) is None:
            raise too_heavy("fills an area with tiles that are too small to be drawn one by one")
        redrawn, written, work = self.drawn(plain_bytes(target), resources, matrix=_matrix_of(target, "/Matrix"))
        entries = {**self.entries(kind, target), b"/Resources": written}
        if kind == "form":
            entries |= {b"/Type": (b"/XObject",), b"/Subtype": (b"/Form",)}
        ref = self.keep(serialising.deflated(entries, redrawn.text))
        if is_group(target):
            self._groups.add(ref.index)
        closed = work.in_a_group() if is_group(target, isolated=True) else work
        if kind == "tiling-pattern":
            closed = tiled(target, closed.by_itself()) or closed
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
                redrawn = self.redrawn(plain_bytes(glyph), resources, matrix=_matrix_of(target, "/FontMatrix"))
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
        if not has_own_letters(font):
            self.unembedded.add(str(resolved(font.get("/BaseFont")) or "/unnamed").removeprefix("/"))


def _dictionary(value: PdfObject | None) -> DictionaryObject:
    found = resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _matrix_of(drawing: DictionaryObject, key: str) -> Matrix | None:
    """The way out of the space of a drawing; None where it can't be told."""
    if key not in drawing:
        return IDENTITY
    found = numbers(drawing.get(key), 6)
    if found is None:
        return None
    a, b, c, d, e, f = found
    return a, b, c, d, e, f
