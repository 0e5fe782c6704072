"""PDFs whose parts lead back to themselves, or to far too many others."""

from __future__ import annotations

from attacks.pdf_parts import MARKED, TEXT, Make, with_root
from attacks.raw_pdf import BARE, FORM, PAGE, SHEET, drawing, raw, stream, tree_of


def _object_stream_loop() -> bytes:
    return raw([b"<<" + SHEET + b"/Contents 4 0 R>>", stream(b"5 0 6 9 ", b"/Type/ObjStm/N 2/First 8/Extends 4 0 R")])


def _previous_loop() -> bytes:
    body = raw([BARE % b"4 0 R", stream(TEXT)])
    at = body.rindex(b"startxref\n") + 10
    start = int(body[at:].split(b"\n")[0])
    return body.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def _long_previous(count: int) -> bytes:
    out = bytearray(raw([BARE % b"4 0 R", stream(TEXT)]))
    for _ in range(count):
        before = int(out[out.rindex(b"startxref\n") + 10 :].split(b"\n")[0])
        start = len(out)
        out += b"xref\n0 0\ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, start)
    return bytes(out)


def _deep_pages(levels: int) -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 3) for number in range(levels)]
    return tree_of([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<<" + SHEET + b">>"])


def _wide_pages(levels: int) -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R %d 0 R]>>" % (number + 3, number + 3) for number in range(levels)]
    return tree_of([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<<" + SHEET + b">>"])


def _outline_loop() -> bytes:
    return with_root(b"/Outlines 5 0 R", b"<</First 6 0 R/Last 6 0 R>>", b"<</Title(a)/Next 6 0 R/First 5 0 R/Parent 5 0 R>>")


def _outline_deep(levels: int) -> bytes:
    items = [b"<</Title(a)/First %d 0 R/Dest[3 0 R/Fit]>>" % (number + 7) for number in range(levels)]
    return with_root(b"/Outlines 5 0 R", b"<</First 6 0 R>>", *items, b"<</Title(z)>>")


def _outline_wide() -> bytes:
    """Each entry's next and first are the same: two to the power of the depth without a memory."""
    items = [b"<</Title(a)/First %d 0 R/Next %d 0 R>>" % (number + 7, number + 7) for number in range(60)]
    return with_root(b"/Outlines 5 0 R", b"<</First 6 0 R>>", *items, b"<</Title(z)>>")


def _structure_loop() -> bytes:
    return with_root(
        MARKED, b"<</Type/StructTreeRoot/K 6 0 R/ParentTree 7 0 R>>", b"<</S/P/P 5 0 R/K[6 0 R 5 0 R]>>", b"<</Kids[7 0 R]>>"
    )


def _structure_deep(levels: int) -> bytes:
    items = [b"<</S/Sect/K %d 0 R>>" % (number + 7) for number in range(levels)]
    return with_root(MARKED, b"<</Type/StructTreeRoot/K 6 0 R>>", *items, b"<</S/P>>")


def _structure_wide() -> bytes:
    items = [b"<</S/Sect/K[%d 0 R %d 0 R]>>" % (number + 7, number + 7) for number in range(40)]
    return with_root(MARKED, b"<</Type/StructTreeRoot/K 6 0 R>>", *items, b"<</S/P>>")


def _structure_many(count: int) -> bytes:
    return with_root(MARKED, b"<</Type/StructTreeRoot/K 6 0 R>>", b"<</S/Sect/K[" + b"<</S/P>>" * count + b"]>>")


def _parent_tree_wide() -> bytes:
    nodes = [b"<</Kids[%b]>>" % (b"%d 0 R " % (number + 8) * 1000) for number in range(10)]
    return with_root(
        MARKED, b"<</Type/StructTreeRoot/K 6 0 R/ParentTree 7 0 R>>", b"<</S/P/Pg 3 0 R/K 0>>", *nodes, b"<</Nums[0[6 0 R]]>>"
    )  # fmt: skip


def _roles_loop() -> bytes:
    return with_root(MARKED, b"<</Type/StructTreeRoot/K 6 0 R/RoleMap<</A/B/B/A>>>>", b"<</S/A>>")


def _mask_loop() -> bytes:
    form = stream(b"/G gs", b"/Subtype/Form/BBox[0 0 9 9]/Resources 6 0 R")
    page = b"<<" + SHEET + b"/Contents 4 0 R/Resources 6 0 R>>"
    return raw([page, stream(b"/G gs"), form, b"<</ExtGState<</G<</SMask<</S/Alpha/G 5 0 R>>>>>>>>"])


LOOPS: dict[str, Make] = {
    "page tree": lambda: raw([b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]),
    "page tree 10,000 deep": lambda: _deep_pages(10_000),
    "page tree two to the 40": lambda: _wide_pages(40),
    "one page 90,000 times": lambda: raw([BARE % b"null"], 90_000),
    "parent of itself": lambda: raw([b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>", stream(TEXT)]),
    "/Prev": _previous_loop,
    "5,000 /Prev": lambda: _long_previous(5_000),
    "contents of contents": lambda: raw([BARE % b"4 0 R", b"[4 0 R 4 0 R]"]),
    "length of itself": lambda: raw([BARE % b"4 0 R", b"<</Length 4 0 R>>\nstream\n0 0 m\nendstream"]),
    "object stream in itself": _object_stream_loop,
    "reference to itself": lambda: raw([BARE % b"4 0 R", b"4 0 R"]),
    "outline": _outline_loop,
    "outline 20,000 deep": lambda: _outline_deep(20_000),
    "outline two to the 60": _outline_wide,
    "structure": _structure_loop,
    "structure 20,000 deep": lambda: _structure_deep(20_000),
    "structure two to the 40": _structure_wide,
    "structure of 1,000,000": lambda: _structure_many(1_000_000),
    "parent tree 1000 to the 10": _parent_tree_wide,
    "role map": _roles_loop,
    "form draws itself": lambda: raw([PAGE, stream(b"/A Do"), stream(b"/A Do", FORM % 5)]),
    "forms draw each other": lambda: raw([PAGE, stream(b"/A Do"), stream(b"/A Do", FORM % 6), stream(b"/A Do", FORM % 5)]),
    "mask draws itself": _mask_loop,
    "resources in themselves": lambda: raw(
        [b"<<" + SHEET + b"/Contents 4 0 R/Resources 5 0 R>>", stream(b"/A Do"), b"<</XObject 5 0 R/A 5 0 R>>"]
    ),
    "colour space of itself": lambda: drawing(b"/C cs 1 scn", b"/ColorSpace<</C 5 0 R>>", b"[/Indexed 5 0 R 1 <0011>]"),
    "name tree": lambda: with_root(b"/Names<</Dests 5 0 R>>", b"<</Kids[5 0 R 5 0 R]>>"),
}
