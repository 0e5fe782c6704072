"""The ties inside a tagged PDF that no validator follows: marks, elements, parent tree, annotations (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from gate.faults import Fault, fold

PAINTING = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE", "Tj", "TJ", "'", '"'])
Key = tuple[int, int]  # object and generation number


@dataclass(slots=True)
class Structure:
    """What the structure tree claims: who holds which mark of which page or form, and which annotation."""

    marks: dict[tuple[Key, int], list[Key]] = field(default_factory=dict)
    annotations: dict[Key, Key] = field(default_factory=dict)
    parents: dict[int, Object] = field(default_factory=dict)


def find_integrity_faults(pdf: bytes) -> list[Fault]:
    """Everything wrong with the file's own syntax and with the ties between its content and its structure tree."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return fold("integrity", _find(opened))


def _find(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for problem in pdf.check_pdf_syntax():
        yield "syntax", problem
    root = pdf.Root.get("/StructTreeRoot")
    if root is None or "/K" not in root:
        yield "no-structure", "the file has no structure tree"
        return
    if "/ParentTree" not in root:
        yield "no-parent-tree", "the structure tree has no ParentTree"
        return
    structure = Structure()
    for number, entry in _walk_number_tree(root.ParentTree):
        if number in structure.parents:
            yield "parent-tree-key", f"ParentTree holds {number} twice"
        structure.parents[number] = entry
    if structure.parents and int(root.get("/ParentTreeNextKey", 1 << 31)) <= max(structure.parents):
        yield "parent-tree-next-key", "ParentTreeNextKey is already in use"
    yield from _read_elements(root, structure)

    drawn: set[tuple[Key, int]] = set()
    used: set[int] = set()
    for number, page in enumerate(pdf.pages, start=1):
        for rule, message in _check_page(page, structure, drawn, used):
            yield rule, f"page {number}: {message}"
    for (holder, mark), owners in structure.marks.items():
        if (holder, mark) not in drawn:
            yield "mark-not-drawn", f"element {owners[0][0]} holds mark {mark} of object {holder[0]}, which does not draw it"
    for number in structure.parents.keys() - used:
        yield "parent-tree-stray", f"ParentTree entry {number} belongs to nothing"


def _walk_number_tree(node: Object) -> Iterator[tuple[int, Object]]:
    pairs = list(node.get("/Nums", Array([])))
    yield from ((int(key), value) for key, value in zip(pairs[::2], pairs[1::2], strict=True))
    for kid in node.get("/Kids", Array([])):
        yield from _walk_number_tree(kid)


def _kids(element: Object) -> list[Object | int]:
    kids = element.get("/K", Array([]))
    return list(kids) if isinstance(kids, Array) else [kids]


def _read_elements(root: Object, structure: Structure) -> Iterator[tuple[str, str]]:
    """Fill `structure` from the tree; iterative, so that depth cannot end the walk."""
    seen: set[Key] = set()
    waiting = [(kid, root) for kid in _kids(root) if isinstance(kid, Object)]
    while waiting:
        element, parent = waiting.pop()
        own = element.objgen
        if own in seen:
            yield "element-twice", f"element {own[0]} hangs in the tree twice"
            continue
        seen.add(own)
        if "/P" not in element or element.P.objgen != parent.objgen:
            yield "element-parent", f"element {own[0]} ({element.get('/S')}) names another parent"
        for kid in _kids(element):
            if not isinstance(kid, Object):
                if "/Pg" not in element:
                    yield "element-page", f"element {own[0]} holds mark {kid} of no page"
                else:
                    structure.marks.setdefault((element.Pg.objgen, int(kid)), []).append(own)
            elif kid.get("/Type") == Name.MCR:
                holder = kid.get("/Stm", kid.get("/Pg", element.get("/Pg")))
                if holder is None:
                    yield "element-page", f"element {own[0]} holds mark {kid.MCID} of no page"
                else:
                    structure.marks.setdefault((holder.objgen, int(kid.MCID)), []).append(own)
            elif kid.get("/Type") == Name.OBJR:
                if kid.Obj.objgen in structure.annotations:
                    yield "annotation-twice", f"annotation {kid.Obj.objgen[0]} is held by two elements"
                structure.annotations[kid.Obj.objgen] = own
            else:
                waiting.append((kid, element))


def _check_page(
    page: pikepdf.Page, structure: Structure, drawn: set[tuple[Key, int]], used: set[int]
) -> Iterator[tuple[str, str]]:
    marks: list[int] = []
    yield from _read_content(page.obj, page.obj.get("/Resources", Dictionary()), marks)
    yield from _check_marks(page.obj, marks, structure, drawn, used)
    for form, resources in _walk_forms(page.obj.get("/Resources", Dictionary()), set()):
        if b"/MCID" in form.read_bytes() or "/StructParents" in form:
            marks = []
            yield from _read_content(form, resources, marks, inside=True)
            yield from _check_marks(form, marks, structure, drawn, used)
    for annotation in page.obj.get("/Annots", Array([])):
        owner = structure.annotations.get(annotation.objgen)
        if owner is None:
            yield "annotation-not-held", f"annotation {annotation.objgen[0]} has no OBJR in the structure tree"
        key = annotation.get("/StructParent")
        if key is None or int(key) not in structure.parents:
            yield "annotation-parent", f"annotation {annotation.objgen[0]} has no entry in the ParentTree"
            continue
        if int(key) in used:
            yield "parent-tree-shared", f"ParentTree entry {key} is used twice"
        used.add(int(key))
        if structure.parents[int(key)].objgen != owner:
            yield "annotation-parent", f"the ParentTree gives annotation {annotation.objgen[0]} to another element"


def _check_marks(
    holder: Object, marks: list[int], structure: Structure, drawn: set[tuple[Key, int]], used: set[int]
) -> Iterator[tuple[str, str]]:
    """The marks drawn by a page or form against the elements that hold them and the ParentTree, both ways."""
    own = holder.objgen
    for mark in {mark for mark in marks if marks.count(mark) > 1}:
        yield "mark-twice", f"mark {mark} is drawn twice"
    key = holder.get("/StructParents")
    entry = structure.parents.get(int(key)) if key is not None else None
    if key is not None and int(key) in used and (own, -1) not in drawn:
        yield "parent-tree-shared", f"ParentTree entry {key} is used twice"
    if key is not None:
        used.add(int(key))
        drawn.add((own, -1))  # a form drawn on several pages meets its own entry again
    if marks and not isinstance(entry, Array):
        yield "struct-parents", f"object {own[0]} draws marks, but has no ParentTree array"
    slots = list(entry) if isinstance(entry, Array) else []
    for mark in dict.fromkeys(marks):
        drawn.add((own, mark))
        owners = structure.marks.get((own, mark), [])
        if len(owners) != 1:
            yield "mark-owner", f"mark {mark} is held by {len(owners)} elements"
        elif slots and (mark >= len(slots) or slots[mark] is None or slots[mark].objgen != owners[0]):
            yield "parent-tree", f"the ParentTree gives mark {mark} to another element than the one that holds it"
    for mark, slot in enumerate(slots):
        if slot is not None and mark not in marks:
            yield "parent-tree-stray", f"the ParentTree has a slot for mark {mark}, which is not drawn"


def _walk_forms(resources: Object, seen: set[Key]) -> Iterator[tuple[Stream, Object]]:
    for form in resources.get("/XObject", Dictionary()).values():
        if isinstance(form, Stream) and form.get("/Subtype") == Name.Form and form.objgen not in seen:
            seen.add(form.objgen)
            own = form.get("/Resources", Dictionary())
            yield form, own
            yield from _walk_forms(own, seen)


def _read_content(holder: Object, resources: Object, marks: list[int], *, inside: bool = False) -> Iterator[tuple[str, str]]:
    """Collect the mark numbers into `marks`; `inside`: the content stands within a mark or artifact of a page."""
    stack: list[str] = []  # mark | artifact | other
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            operands = instruction.operands
            properties = operands[1] if operator == "BDC" else None
            if isinstance(properties, Name):
                properties = resources.get("/Properties", Dictionary()).get(properties)
            mark = properties.get("/MCID") if isinstance(properties, Dictionary) else None
            kind = "mark" if mark is not None else "artifact" if operands[0] == Name.Artifact else "other"
            if mark is not None:
                marks.append(int(mark))
            if kind != "other" and ("mark" in stack or "artifact" in stack):
                yield "nested-marks", f"{kind} {'' if mark is None else mark} stands inside another one"
            stack.append(kind)
        elif operator == "EMC":
            if not stack:
                yield "unbalanced-marks", "EMC without its BDC"
            else:
                stack.pop()
        elif operator in PAINTING and not inside and "mark" not in stack and "artifact" not in stack:
            yield "content-unmarked", f"{operator} paints outside every mark and artifact"
    if stack:
        yield "unbalanced-marks", f"{len(stack)} marks are never closed"
