"""PDFs written object by object, as no honest program would."""

from __future__ import annotations

import zlib

SHEET = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
PAGE = b"<<" + SHEET + b"/Contents 4 0 R/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>>>"
BARE = b"<<" + SHEET + b"/Contents %b>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def raw(objects: list[bytes], pages: int = 1, root: bytes = CATALOG, trailer: bytes = b"") -> bytes:
    """A PDF of raw objects from number 3 on; the page tree holds object 3 `pages` times."""
    tree = b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages, b"3 0 R " * pages)
    return tree_of([root, tree, *objects], trailer)


def tree_of(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of raw objects from number 1, the catalogue, on."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start)
    return bytes(out)


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(body), body)


def packed(body: bytes, entries: bytes = b"") -> bytes:
    """A stream object, deflated."""
    return stream(zlib.compress(body, 9), entries + b"/Filter/FlateDecode")


def drawing(content: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    """A page with this content; `more` are objects from number 5 on."""
    page = b"<<" + SHEET + b"/Contents 4 0 R/Resources<<" + resources + b">>>>"
    return raw([page, packed(content), *more])


def doubling(levels: int, times: int = 2) -> bytes:
    """A form that draws a form `times` times, and so on: `times` to the power of `levels` drawings."""
    forms = [stream(b"/A Do " * times, FORM % (number + 6)) for number in range(levels)]
    return raw([PAGE, stream(b"/A Do"), *forms, stream(b"0 0 1 1 re f", FORM % 5)])


def chain(levels: int) -> bytes:
    """Forms in forms."""
    forms = [stream(b"/A Do", FORM % (number + 6)) for number in range(levels)]
    return raw([PAGE, stream(b"/A Do"), *forms, stream(b"0 0 1 1 re f", b"/Subtype/Form/BBox[0 0 9 9]")])
