"""Reads a clinic's cover or letterhead into a clean, self-contained ImportedSheet."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pypdf import PdfReader, apply_configuration
from pypdf.generic import DictionaryObject

from handouts.binding import serialising
from handouts.binding.cleaning import Cleaner
from handouts.binding.geometry import lie_of
from handouts.binding.layers import Layers
from handouts.binding.links import plain_links
from handouts.binding.serialising import Parts
from handouts.binding.sheet import SourcePage, limits, list_pages, open_sheet, translated
from handouts.binding.streams import whole_number
from handouts.binding.structure import TaggedPage, claims_tags, language_of, read_structure
from handouts.document import ImportedPage, ImportedSheet
from handouts.nouns import dataclass


def read_sheet(data: bytes, *, name: str, password: str | None = None, max_pages: int = 8) -> ImportedSheet:
    """The sheet in the bytes of the PDF called `name` in messages; nothing active of it remains.

    Equal bytes give an equal sheet in every process. Raises InputError with one problem when it is no PDF, locked, damaged,
    longer than `max_pages`, or would overwork a viewer.
    """
    try:
        with apply_configuration(limits()):
            return _compiled(open_sheet(data, password), hashlib.sha256(data).hexdigest(), max_pages)
    except Exception as fault:  # Why: pypdf raises nearly every type of error on hostile files.
        raise translated(fault).as_input_error(name) from fault


def _compiled(reader: PdfReader, sha256: str, max_pages: int) -> ImportedSheet:
    catalog: DictionaryObject = reader.root_object
    sources = list_pages(catalog, max_pages)
    cleaner = Cleaner(Layers(catalog))
    tagged = claims_tags(catalog)
    drafts = [_drafted(cleaner, source, tagged=tagged) for source in sources]
    aspects = [draft.aspect for draft in drafts if draft.aspect is not None]
    trusted = len(aspects) == len(drafts) and not cleaner.shows_unmapped_text
    elements = read_structure(catalog, aspects) if trusted else None
    return ImportedSheet(
        pages=tuple(draft.page if elements is None else _with_marks(cleaner, draft) for draft in drafts),
        objects=cleaner.store.finished(),
        elements=elements,
        lang=language_of(catalog),
        unembedded_fonts=tuple(sorted(cleaner.unembedded)),
        sha256=sha256,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A page as a form, and what it takes to keep its marks: what the structure tree may refer to, resources, content."""

    page: ImportedPage
    resources: int
    aspect: TaggedPage | None
    marked: bytes


def _drafted(cleaner: Cleaner, source: SourcePage, *, tagged: bool) -> _Draft:
    lie = lie_of(source.get)
    contents = source.contents()
    links, became = plain_links(source.entries.get("/Annots"), lie.visible)
    redrawn, written = cleaner.drawn_page(contents, source.resources, lie.visible)
    resources = cleaner.keep(written)
    visible = lie.visible
    entries: dict[bytes, Parts] = {
        b"/Type": (b"/XObject",),
        b"/Subtype": (b"/Form",),
        b"/BBox": _numbers(visible.left, visible.bottom, visible.right, visible.top),
        b"/Matrix": _numbers(*lie.matrix),
        b"/Resources": (resources,),
    }
    if group := cleaner.entry(source.entries, "/Group", "group"):
        entries[b"/Group"] = group
    form = cleaner.keep(serialising.deflated(entries, redrawn.text))
    aspect, marked = None, b""
    if tagged:
        kept = cleaner.redrawn(contents, source.resources, lie.visible, keeps_marks=True)
        marked = kept.text
        if kept.sound:
            aspect = TaggedPage(
                number=source.number,
                parent_key=whole_number(source.entries.get("/StructParents"), -1),
                marks=frozenset(kept.marks),
                links=became,
                link_count=len(links),
                matrix=lie.matrix,
            )
    page = ImportedPage(width=lie.width, height=lie.height, form=form.index, matrix=lie.matrix, clip=visible, links=links)
    return _Draft(page=page, resources=resources.index, aspect=aspect, marked=marked)


def _with_marks(cleaner: Cleaner, draft: _Draft) -> ImportedPage:
    marks = draft.aspect.marks if draft.aspect else frozenset[int]()
    content = cleaner.keep(serialising.deflated({}, draft.marked))
    return replace(draft.page, content=content.index, resources=draft.resources, mark_count=max(marks, default=-1) + 1)


def _numbers(*values: float) -> Parts:
    return serialising.array((serialising.number(value),) for value in values)
