"""Faults planted one by one into a good tagged PDF, and who must find each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf

Change = Callable[[Pdf], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A change that makes a good file bad, and the checkers that must see it (others may)."""

    name: str
    change: Change
    found_by: frozenset[str]


PLANTED: list[Planted] = []


def found_by(*checkers: str) -> Callable[[Change], Change]:
    """Register a change under its function's name."""

    def register(change: Change) -> Change:
        PLANTED.append(Planted(name=change.__name__, change=change, found_by=frozenset(checkers)))
        return change

    return register


def plant(pdf: bytes, change: Change) -> bytes:
    """A copy of `pdf` with one fault."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        changed = BytesIO()
        opened.save(changed)
    return changed.getvalue()


def _elements(pdf: Pdf) -> Iterator[Object]:
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        kid = waiting.pop(0)
        if isinstance(kid, Array):
            waiting = list(kid) + waiting
        elif isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            waiting = [kid.get("/K", Array([])), *waiting]


def _first(pdf: Pdf, tag: str) -> Object:
    return next(element for element in _elements(pdf) if Name("/" + tag) == element.S)


def _link(pdf: Pdf) -> Object:
    return next(annotation for page in pdf.pages for annotation in page.obj.get("/Annots", Array([])))


def _fonts(pdf: Pdf) -> list[Object]:
    return [font for page in pdf.pages for font in page.obj.Resources.Font.values()]


def _descriptor(font: Object) -> Object:
    own = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return own.get("/FontDescriptor", Dictionary())


def _arrays(pdf: Pdf) -> list[tuple[Object, int]]:
    """The arrays of the ParentTree: the number array that holds each, and where in it."""
    found: list[tuple[Object, int]] = []
    waiting = [pdf.Root.StructTreeRoot.ParentTree]
    while waiting:
        node = waiting.pop()
        waiting += list(node.get("/Kids", Array([])))
        numbers = node.get("/Nums", Array([]))
        found += [(numbers, at) for at in range(1, len(numbers), 2) if isinstance(numbers[at], Array)]
    return found


Instructions = list[pikepdf.ContentStreamInstruction]


def _rewrite(pdf: Pdf, edit: Callable[[Instructions], Instructions]) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(edit(_parse(page))))


def _parse(holder: Object) -> Instructions:
    parsed = pikepdf.parse_content_stream(holder)
    return [instruction for instruction in parsed if isinstance(instruction, pikepdf.ContentStreamInstruction)]


def _is_mark(instruction: pikepdf.ContentStreamInstruction, tag: str | None = None) -> bool:
    return (
        str(instruction.operator) == "BDC"
        and isinstance(instruction.operands[1], Dictionary)
        and "/MCID" in instruction.operands[1]
        and (tag is None or instruction.operands[0] == Name("/" + tag))
    )


@found_by("page-validation", "veraPDF", "outloud")
def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@found_by("page-validation", "veraPDF", "outloud")
def not_marked(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


@found_by("page-validation", "veraPDF", "outloud")
def title_not_shown(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


@found_by("page-validation", "veraPDF", "outloud")
def no_claim(pdf: Pdf) -> None:
    _edit_metadata(pdf, rb"pdfuaid:part", rb"pdfuaid:none")


@found_by("page-validation", "veraPDF", "outloud")
def no_title(pdf: Pdf) -> None:
    _edit_metadata(pdf, rb"dc:title", rb"dc:other")


def _edit_metadata(pdf: Pdf, old: bytes, new: bytes) -> None:
    metadata = pdf.Root.Metadata.read_bytes()
    if old not in metadata:
        raise LookupError(f"no {old!r} in the metadata")
    pdf.Root.Metadata.write(re.sub(old, new, metadata))


# ---- the structure tree


@found_by("page-validation", "veraPDF", "outloud")
def picture_without_words(pdf: Pdf) -> None:
    del _first(pdf, "Figure").Alt


@found_by("page-validation", "veraPDF", "outloud")
def heading_level_skipped(pdf: Pdf) -> None:
    _first(pdf, "H2").S = Name.H4


@found_by("page-validation", "veraPDF")
def list_without_body(pdf: Pdf) -> None:
    _first(pdf, "LBody").S = Name.TD


@found_by("page-validation", "veraPDF", "outloud")
def unknown_tag(pdf: Pdf) -> None:
    _first(pdf, "LBody").S = Name("/Step")


@found_by("integrity")
def wrong_parent(pdf: Pdf) -> None:
    _first(pdf, "H2").P = _first(pdf, "H1")


@found_by("integrity")
def parent_tree_reversed(pdf: Pdf) -> None:
    numbers, at = max(_arrays(pdf), key=lambda found: len(found[0][found[1]]))
    numbers[at] = Array(list(numbers[at])[::-1])


@found_by("integrity", "veraPDF")
def no_parent_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


@found_by("integrity", "veraPDF")
def no_struct_parents(pdf: Pdf) -> None:
    del pdf.pages[0].obj.StructParents


# ---- the content


@found_by("integrity", "page-validation", "veraPDF", "outloud")
def heading_not_marked(pdf: Pdf) -> None:
    def unmark(instructions: Instructions) -> Instructions:
        start = next(at for at, instruction in enumerate(instructions) if _is_mark(instruction, "H1"))
        end = next(at for at in range(start, len(instructions)) if str(instructions[at].operator) == "EMC")
        return [instruction for at, instruction in enumerate(instructions) if at not in (start, end)]

    _rewrite(pdf, unmark)


@found_by("integrity")
def all_text_artifact(pdf: Pdf) -> None:
    def hide(instructions: Instructions) -> Instructions:
        artifact = pikepdf.ContentStreamInstruction([Name.Artifact], Operator("BMC"))
        return [artifact if _is_mark(i) and i.operands[0] != Name.Figure else i for i in instructions]

    _rewrite(pdf, hide)


@found_by("integrity")
def marks_nested(pdf: Pdf) -> None:
    def nest(instructions: Instructions) -> Instructions:
        first, second = [at for at, instruction in enumerate(instructions) if _is_mark(instruction)][:2]
        end = next(at for at in range(first, len(instructions)) if str(instructions[at].operator) == "EMC")
        close = next(at for at in range(second, len(instructions)) if str(instructions[at].operator) == "EMC")
        moved = [instruction for at, instruction in enumerate(instructions) if at != end]
        return [*moved[:close], instructions[end], *moved[close:]]

    _rewrite(pdf, nest)


@found_by("integrity")
def mark_never_closed(pdf: Pdf) -> None:
    def open_one(instructions: Instructions) -> Instructions:
        return [*instructions, pikepdf.ContentStreamInstruction([Name.Span], Operator("BMC"))]

    _rewrite(pdf, open_one)


@found_by("integrity")
def mark_renumbered(pdf: Pdf) -> None:
    def renumber(instructions: Instructions) -> Instructions:
        last = [instruction for instruction in instructions if _is_mark(instruction)][-1]
        other = pikepdf.ContentStreamInstruction([last.operands[0], Dictionary(MCID=987)], Operator("BDC"))
        return [other if instruction is last else instruction for instruction in instructions]

    _rewrite(pdf, renumber)


@found_by("integrity", "page-validation", "veraPDF", "outloud")
def line_not_marked(pdf: Pdf) -> None:
    _rewrite(pdf, lambda instructions: [*instructions, *_parse(pdf.make_stream(b"10 10 m 90 10 l S"))])


@found_by("integrity")
def form_with_marks_of_its_own(pdf: Pdf) -> None:
    form = pdf.make_stream(b"/P <</MCID 0>> BDC 0 0 5 5 re f EMC", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    pdf.pages[0].add_resource(form, Name.XObject, Name.Letterhead)
    _rewrite(pdf, lambda instructions: [*_parse(pdf.make_stream(b"/Artifact BMC /Letterhead Do EMC")), *instructions])


# ---- links


@found_by("integrity", "outloud")
def link_not_held(pdf: Pdf) -> None:
    element = _first(pdf, "Link")
    kids = list(element.K) if isinstance(element.K, Array) else [element.K]
    element.K = Array([kid for kid in kids if not isinstance(kid, Dictionary) or kid.get("/Type") != Name.OBJR])


@found_by("integrity", "page-validation", "veraPDF")
def link_without_parent(pdf: Pdf) -> None:
    del _link(pdf).StructParent


@found_by("page-validation", "veraPDF", "outloud")
def link_without_words(pdf: Pdf) -> None:
    del _link(pdf).Contents


@found_by("page-validation", "veraPDF", "outloud")
def no_tab_order(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Tabs" in page.obj:
            del page.obj.Tabs


# ---- fonts


@found_by("page-validation", "veraPDF", "outloud")
def font_not_embedded(pdf: Pdf) -> None:
    for font in _fonts(pdf):
        if "/FontFile2" in _descriptor(font):
            del _descriptor(font).FontFile2


@found_by("page-validation", "veraPDF", "outloud")
def letters_without_meaning(pdf: Pdf) -> None:
    for font in _fonts(pdf):
        if "/ToUnicode" in font:
            del font.ToUnicode


@found_by("page-validation", "veraPDF")
def wrong_widths(pdf: Pdf) -> None:
    for font in _fonts(pdf):
        if "/DescendantFonts" in font:
            font.DescendantFonts[0].W = Array([0, 65535, 123])
        elif "/Widths" in font:
            font.Widths = Array([123] * len(font.Widths))
