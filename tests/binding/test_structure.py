"""A tagged cover keeps its tags when they can be trusted, and is taken as a picture when they can't."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from binding import samples
from binding.sheet_writer import write_sheet
from binding.test_looks import assert_same_look
from handouts.binding import read_sheet
from handouts.document import ImportedElement, ImportedLink, ImportedMark, ImportedSheet

CONTENT = b"""/Artifact <</Type/Background>> BDC 0.9 g 0 0 595 20 re f EMC
/Titel <</MCID 0>> BDC BT /F1 24 Tf 0 g 60 700 Td (Riverside) Tj ET EMC
/P /Named BDC BT /F1 12 Tf 60 660 Td (Call ) Tj ET EMC
/Link <</MCID 2>> BDC BT /F1 12 Tf 60 640 Td (us) Tj ET EMC
/Figure <</MCID 3>> BDC q 100 0 0 80 60 400 cm /Im Do Q EMC
/TH <</MCID 4>> BDC BT /F1 12 Tf 60 300 Td (Day) Tj ET EMC
/TD <</MCID 5>> BDC BT /F1 12 Tf 60 280 Td (Monday) Tj ET EMC
/Lbl <</MCID 6>> BDC BT /F1 12 Tf 60 260 Td (1) Tj ET EMC
/LBody <</MCID 7>> BDC /Span <</ActualText (walk)>> BDC BT /F1 12 Tf 80 260 Td (wlk) Tj ET EMC EMC
"""


class Tags:
    """The parts of a tagged cover, to be changed before it is read."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.page = pdf.pages[0]
        resources = self.page.obj.Resources
        resources.Properties = Dictionary(Named=pdf.make_indirect(Dictionary(MCID=1, Lang="de")))
        resources.XObject = Dictionary(Im=next(iter(resources.XObject.values())))
        resources.Font = Dictionary(F1=next(iter(resources.Font.values())))
        self.page.obj.Contents = pdf.make_stream(CONTENT)
        self.page.obj.StructParents = 0
        action = Dictionary(S=Name.URI, URI="https://example.org")
        link = Dictionary(Subtype=Name.Link, Rect=Array([60, 636, 90, 652]), A=action, StructParent=1, Contents="Our pages")
        self.link = pdf.make_indirect(link)
        self.page.obj.Annots = Array([self.link])
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self.element("Document", self.root)
        self.title = self.element("Titel", self.document, 0)
        self.text = self.element("P", self.document, 1)
        self.anchor = self.element("Link", self.text, 2, Dictionary(Type=Name.OBJR, Obj=self.link))
        self.figure = self.element(
            "Figure", self.document, 3, Alt="The house", A=Dictionary(O=Name.Layout, BBox=Array([60, 400, 160, 480]))
        )
        self.table = self.element("Table", self.document)
        self.head = self.element(
            "TH", self.element("TR", self.table), 4, A=Array([Dictionary(O=Name.Table, Scope=Name.Column), 0])
        )
        self.cell = self.element("TD", self.element("TR", self.table), 5)
        self.item = self.element("LI", self.element("L", self.document))
        label, body = self.element("Lbl", self.item, 6), self.element("LBody", self.item, 7)
        self.root.RoleMap = Dictionary(Titel=Name("/Haupttitel"), Haupttitel=Name.H1)
        self.owners = Array([self.title, self.text, self.anchor, self.figure, self.head, self.cell, label, body])
        self.root.ParentTree = Dictionary(Nums=Array([0, self.owners, 1, self.anchor]))
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo, pdf.Root.Lang = self.root, Dictionary(Marked=True), "en-GB"

    def element(self, tag: str, parent: Object, *kids: object, **entries: object) -> Object:
        made = self.pdf.make_indirect(Dictionary(S=Name("/" + tag), P=parent, Pg=self.page.obj, K=Array(kids), **entries))
        if "/K" not in parent:
            parent.K = Array()
        parent.K.append(made)
        return made

    def content(self, old: bytes, new: bytes) -> None:
        assert old in CONTENT
        self.page.obj.Contents = self.pdf.make_stream(CONTENT.replace(old, new))


def tagged(change: Callable[[Tags], None] | None = None) -> bytes:
    def build(pdf: Pdf) -> None:
        tags = Tags(pdf)
        if change:
            change(tags)

    return samples.changed(samples.plain(title="Riverside Call us Day Monday 1 wlk"), build)


def walk(sheet: ImportedSheet) -> Iterator[ImportedElement]:
    def below(element: ImportedElement) -> Iterator[ImportedElement]:
        yield element
        for kid in element.kids:
            if isinstance(kid, ImportedElement):
                yield from below(kid)

    for element in sheet.elements or ():
        yield from below(element)


def test_tags_travel() -> None:
    sheet = read_sheet(tagged(), name="x.pdf")
    assert sheet.elements is not None
    assert sheet.lang == "en-GB"
    assert [element.tag for element in walk(sheet)] == [
        "H1",
        "P",
        "Link",
        "Figure",
        "Table",
        "TR",
        "TH",
        "TR",
        "TD",
        "L",
        "LI",
        "Lbl",
        "LBody",
    ]
    found = {element.tag: element for element in walk(sheet)}
    assert found["H1"].kids == (ImportedMark(0, 0),)
    assert found["Link"].kids == (ImportedMark(0, 2), ImportedLink(0, 0))
    assert found["Figure"].alt == "The house"
    assert found["Figure"].attributes == b"<</BBox [60 400 160 480]\n/O /Layout\n>>"
    assert found["TH"].attributes == b"<</O /Table\n/Scope /Column\n>>"
    page = sheet.pages[0]
    assert page.mark_count == 8
    assert page.content is not None
    assert page.resources is not None
    assert page.links[0].contents == "Our pages"


def test_tagged_looks_the_same(submit: Callable[[bytes], None]) -> None:
    for turn in (0, 90):
        original = samples.changed(tagged(), samples.page_set(Rotate=turn, CropBox=Array([20, 0, 595, 800])))
        sheet = read_sheet(original, name="x.pdf")
        assert_same_look(original, write_sheet(sheet))
        assert_same_look(original, write_sheet(sheet, tagged=True))
        submit(write_sheet(sheet, tagged=True))


def test_marks_resolve_in_what_is_written() -> None:
    with pikepdf.open(io.BytesIO(write_sheet(read_sheet(tagged(), name="x.pdf"), tagged=True))) as pdf:
        instructions = pikepdf.parse_content_stream(pdf.pages[0])
        marks = [int(i.operands[1].MCID) for i in instructions if str(i.operator) == "BDC" and "/MCID" in i.operands[1]]
        assert marks == list(range(8))
        row = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert [str(element.S) for element in row] == ["/H1", "/P", "/Link", "/Figure", "/TH", "/TD", "/Lbl", "/LBody"]
        assert [
            str(i.operands[1].ActualText) for i in instructions if len(i.operands) == 2 and "/ActualText" in repr(i.operands)
        ] == ["walk"]


def test_a_form_has_no_marks() -> None:
    sheet = read_sheet(tagged(), name="x.pdf")
    with pikepdf.open(io.BytesIO(write_sheet(sheet))) as pdf:
        form = pdf.pages[0].Resources.XObject.S.read_bytes()
    assert b"EMC" not in form
    assert b"BDC" not in form


def test_links_without_target_become_plain_text() -> None:
    def inner_link(tags: Tags) -> None:
        tags.link.A = Dictionary(S=Name.GoTo, D=Array([tags.page.obj, Name.Fit]))

    sheet = read_sheet(tagged(inner_link), name="x.pdf")
    assert sheet.elements is not None
    assert sheet.pages[0].links == ()
    assert "Span" in [element.tag for element in walk(sheet)]


def deepen(tags: Tags) -> None:
    parent = tags.document
    for _ in range(300):
        parent = tags.element("Sect", parent)


UNTRUSTED: dict[str, Callable[[Tags], None]] = {
    "not marked": lambda tags: setattr(tags.pdf.Root.MarkInfo, "Marked", False),
    "unknown role": lambda tags: setattr(tags.text, "S", Name.Absatz),
    "role loop": lambda tags: setattr(tags.root.RoleMap, "Haupttitel", Name.Titel),
    "mark without owner": lambda tags: tags.content(b"MCID 5", b"MCID 9"),
    "mark twice": lambda tags: tags.content(b"MCID 5", b"MCID 4"),
    "mark in mark": lambda tags: tags.content(b"/Span <</ActualText (walk)>>", b"/Span <</MCID 8>>"),
    "unmarked text": lambda tags: tags.content(b"/TD <</MCID 5>> BDC", b"/TD BMC"),
    "artifact in mark": lambda tags: tags.content(b"/Span <</ActualText (walk)>> BDC", b"/Artifact BMC"),
    "mark never closed": lambda tags: tags.content(b"Tj ET EMC EMC", b"Tj ET EMC"),
    "mark closed twice": lambda tags: tags.content(b"Tj ET EMC EMC", b"Tj ET EMC EMC EMC"),
    "parent tree permuted": lambda tags: tags.owners.__setitem__(5, tags.owners[4]),
    "parent tree short": lambda tags: tags.owners.__delitem__(7),
    "no parent tree": lambda tags: tags.root.__delitem__("/ParentTree"),
    "two owners": lambda tags: tags.cell.K.append(4),
    "tree loop": lambda tags: tags.text.K.append(tags.document),
    "link without element": lambda tags: tags.anchor.K.__delitem__(1),
    "picture without words": lambda tags: tags.figure.__delitem__("/Alt"),
    "heading skipped": lambda tags: setattr(tags.root.RoleMap, "Haupttitel", Name.H2),
    "head cell without scope": lambda tags: tags.head.__delitem__("/A"),
    "ragged table": lambda tags: setattr(tags.cell, "A", Dictionary(O=Name.Table, ColSpan=2)),
    "item outside a list": lambda tags: setattr(tags.text, "S", Name.LBody),
    "empty tree": lambda tags: setattr(tags.root, "K", Array()),
    "deep tree": deepen,
}


@pytest.mark.parametrize("name", UNTRUSTED)
def test_doubtful_tags_are_left_behind(name: str) -> None:
    sheet = read_sheet(tagged(UNTRUSTED[name]), name="x.pdf")
    assert sheet.elements is None
    assert sheet.pages[0].content is None
    assert sheet.pages[0].mark_count == 0
