"""The finished file: bookmarks, page labels, links, metadata, and the ties between pages and structure."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from binding import samples
from gate import submit
from making import clinic_bench, make
from pypdf import PdfReader

from handouts.model import Request

NS = {
    "dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}  # fmt: skip
TITLE = "Żółć & <Sons> (50%)"
REQUEST = Request(routine="five-minute", title=TITLE, date=dt.date(2026, 11, 22), clinic="riverside")


@pytest.fixture(scope="module", params=["none", "generated", "untagged", "tagged"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[pikepdf.Pdf, int, bytes]]:
    """The file behind each kind of cover, opened; how many cover pages it has; and its bytes."""
    tmp_path = tmp_path_factory.mktemp("clinic")
    covers = {"none": 0, "generated": 1, "untagged": 2, "tagged": 0}[request.param]
    cover = request.param
    files: dict[str, str | bytes] = {}
    if cover in ("untagged", "tagged"):
        ours = make(routine="ten-stretches")
        files["cover.pdf"] = samples.plain(pages=2) if cover == "untagged" else ours.pdf
        covers = covers or len(ours.document.pages)
        cover = str(tmp_path / "cover.pdf")
    from dataclasses import replace

    pdf = make(replace(REQUEST, cover=cover), at=clinic_bench(tmp_path, files=files)).pdf
    submit(pdf)
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
        yield opened, covers, pdf


Made = tuple[pikepdf.Pdf, int, bytes]


def test_bookmarks_lead_to_their_cards(made: Made) -> None:
    pdf, covers, content = made
    with pdf.open_outline() as outline:
        items = list(outline.root)
    assert len(items) == 5
    for item in items:
        page, fit, _left, top, _zoom = item.destination
        number = pdf.pages.index(pikepdf.Page(page))
        assert number >= covers
        assert fit == pikepdf.Name.XYZ
        assert 0 < top <= float(pdf.pages[number].mediabox[3])
        assert item.title in PdfReader(io.BytesIO(content)).pages[number].extract_text().replace("\n", " ")


def test_page_labels_leave_out_the_cover(made: Made) -> None:
    pdf, covers, _ = made
    labels = [page.label for page in pdf.pages]
    body = [str(number) for number in range(1, len(pdf.pages) - covers + 1)]
    fronts = ["Cover"] if covers == 1 else [f"Cover {number}" for number in range(1, covers + 1)]
    assert labels == fronts + body


def test_links_say_where_they_lead(made: Made) -> None:
    pdf, _, _ = made
    found = [link for page in pdf.pages for link in page.get("/Annots", []) if "/A" in link]
    assert {str(link.A.URI) for link in found} >= {"tel:02079460000", "mailto:hello@riverside.example"}
    for link in found:
        left, bottom, right, top = (float(v) for v in link.Rect)
        assert left < right
        assert bottom < top
        assert str(link.Contents)
        assert link.A.S == pikepdf.Name.URI


def test_metadata_twice_the_same(made: Made) -> None:
    pdf, _, _ = made
    info = pdf.docinfo
    assert (str(info.Title), str(info.Author), str(info.Producer)) == (TITLE, "Riverside Physio", "handouts")
    assert str(info.CreationDate) == "D:20261122000000Z"
    packet = pdf.Root.Metadata.read_bytes().decode("utf-8")
    tree = ET.fromstring(packet[packet.index("<x:xmpmeta") : packet.index("<?xpacket end")])  # noqa: S314 - our own
    assert tree.findtext(".//dc:title//rdf:li", namespaces=NS) == TITLE
    assert tree.findtext(".//dc:creator//rdf:li", namespaces=NS) == "Riverside Physio"
    assert tree.findtext(".//dc:language//rdf:li", namespaces=NS) == "en"
    assert tree.findtext(".//xmp:CreateDate", namespaces=NS) == "2026-11-22T00:00:00Z"
    assert tree.findtext(".//pdfuaid:part", namespaces=NS) == "1"
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked


def test_identifiers(made: Made) -> None:
    pdf, _, _ = made
    first, second = (bytes(part) for part in pdf.trailer.ID)
    assert first == second
    assert len(first) == 16


def test_every_mark_leads_to_its_element_and_back(made: Made) -> None:
    pdf, _, _ = made
    tree = pdf.Root.StructTreeRoot.ParentTree
    rows = {int(tree.Nums[n]): tree.Nums[n + 1] for n in range(0, len(tree.Nums), 2)}
    assert list(rows) == sorted(rows)
    keys = [int(page.StructParents) for page in pdf.pages]
    assert len(set(keys)) == len(keys) == len(pdf.pages)
    for page in pdf.pages:
        marks = set()
        for instruction in pikepdf.parse_content_stream(page):
            if str(instruction.operator) == "BDC" and isinstance(instruction.operands[1], pikepdf.Dictionary):
                found = instruction.operands[1].get("/MCID")
                if found is not None:
                    assert int(found) not in marks, "each mark once a page"
                    marks.add(int(found))
        owners = rows[int(page.StructParents)]
        for mark in marks:
            owner = owners[mark]
            kids = owner.K if isinstance(owner.K, pikepdf.Array) else [owner.K]
            assert any(
                int(kid.MCID if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid else kid) == mark
                for kid in kids
                if not isinstance(kid, pikepdf.Dictionary) or "/MCID" in kid
            )
        assert page.Tabs == pikepdf.Name.S
        for link in page.get("/Annots", []):
            assert pikepdf.Name.Link == rows[int(link.StructParent)].S
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(rows)


def test_nothing_active_travels(made: Made) -> None:
    pdf, _, _ = made
    for key in ("/OpenAction", "/AA", "/AcroForm", "/Names", "/JavaScript"):
        assert key not in pdf.Root


def test_size_is_reasonable(made: Made) -> None:
    _, covers, content = made
    assert len(content) < 230_000 + 150_000 * bool(covers)  # fourteen exercises with 33 figures
