"""Pages as joined segments are what they would be in one; what the writer keeps with a part never changes a byte."""

from __future__ import annotations

import datetime as dt
import gc
import io
import itertools
import zlib
from dataclasses import replace

import pikepdf
import pytest
from binding import samples
from hypothesis import given
from hypothesis import strategies as st
from making import clinic_bench, make
from pypdf import PdfReader

from handouts.document import Document, Page, Piece, Placement
from handouts.model import Request
from handouts.pdf.syntax import text_string
from handouts.writer.handout import write_document
from handouts.writer.objects import ObjectFile
from handouts.writer.segments import deflate_segment, join_segments
from handouts.writer.templates import Placed

REQUESTS = (
    Request(routine="five-minute", patient="Ana Sample", date=dt.date(2026, 11, 22)),
    Request(routine="five-minute", patient="Γιώργος Żółć", goal="Walk", edition="compact"),
    Request(routine="ten-stretches", cover="generated", edition="pocket"),
)


@given(st.lists(st.binary(max_size=5000) | st.just(b"the same words again " * 900), max_size=8))
def test_joined_segments_are_their_content(contents: list[bytes]) -> None:
    joined = join_segments([deflate_segment(content) for content in contents])
    content = b"".join(contents)
    assert zlib.decompress(joined) == content
    file = ObjectFile()
    root, pages, page = file.reserve(), file.reserve(), file.reserve()
    drawn = file.add_stream("/Filter/FlateDecode", joined)
    file.put(page, f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 100 100]/Resources<<>>>>")
    file.put(pages, f"<</Type/Pages/Count 1/Kids[{page} 0 R]>>")
    file.put(root, f"<</Type/Catalog/Pages {pages} 0 R/Drawn {drawn} 0 R>>")
    pdf = file.render(root, file.add(f"<</Title {text_string('x')}>>"))
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
        assert opened.Root.Drawn.read_bytes() == content
        assert not opened.get_warnings()
    assert PdfReader(io.BytesIO(pdf), strict=True).root_object["/Drawn"].get_data() == content


def test_a_damaged_segment_is_noticed() -> None:
    joined = join_segments([deflate_segment(b"one"), deflate_segment(b"two")._replace(checksum=zlib.adler32(b"three"))])
    with pytest.raises(zlib.error):
        zlib.decompress(joined)


def test_what_is_of_one_patient_is_not_kept() -> None:
    for patient in ("Ada Sample", "Bo Example", "Cy Person", "Di Somebody"):
        make(Request(routine="five-minute", patient=patient))
    gc.collect()
    placed = [each for each in gc.get_objects() if isinstance(each, Placed)]
    assert placed
    assert all(each.is_kept for each in placed)


def forgetting(document: Document) -> Document:
    """The same document of new parts, with which nothing is kept."""
    made: dict[int, Piece] = {}

    def again(placement: Placement) -> Placement:
        piece = made.setdefault(id(placement.piece), replace(placement.piece))
        return replace(placement, piece=piece)

    def page_again(page: Page) -> Page:
        return replace(page, placements=tuple(again(placement) for placement in page.placements))

    sheets = {
        name: replace(bound, sheet=replace(bound.sheet))
        for name, bound in (("cover", document.cover), ("letterhead", document.letterhead))
        if bound is not None
    }
    return replace(
        document,
        pages=tuple(page_again(page) for page in document.pages),
        fonts=tuple(replace(font) for font in document.fonts),
        forms={name: replace(form) for name, form in document.forms.items()},
        **sheets,  # type: ignore[arg-type]
    )


def moved(document: Document) -> Document:
    """The same pieces elsewhere: every other page turned, all a little higher, and the first pages last."""
    pages = [
        replace(page, placements=tuple(replace(each, y=each.y + 1, turned=bool(number % 2)) for each in page.placements))
        for number, page in enumerate(document.pages)
    ]
    return replace(document, pages=tuple(reversed(pages)), bookmarks=())


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, ...]:
    """Documents of the same pieces, sheets, figures and fonts, at other places and with other numbers."""
    folder = tmp_path_factory.mktemp("clinic")
    tagged = make(routine="five-minute").pdf
    clinic = clinic_bench(folder, files={"cover.pdf": tagged, "letterhead.pdf": samples.plain()})
    sheets = {"cover": str(folder / "cover.pdf"), "letterhead": str(folder / "letterhead.pdf")}
    bound = make(replace(REQUESTS[0], clinic="riverside", **sheets), at=clinic).document  # type: ignore[arg-type]
    other = make(replace(REQUESTS[0], patient="Żółć", clinic="riverside"), at=clinic).document
    return (bound, moved(bound), replace(bound, cover=None), moved(other))


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_what_is_kept_changes_no_byte(order: tuple[int, ...], documents: tuple[Document, ...]) -> None:
    alone = [write_document(forgetting(document)) for document in documents]
    assert len(set(alone)) == len(alone)
    for index in (*order, *order):
        assert write_document(documents[index]) == alone[index]


@pytest.mark.parametrize("request_", REQUESTS, ids=["standard", "compact", "pocket"])
def test_a_file_is_deflated_to_its_content(request_: Request) -> None:
    made = make(request_)
    reader = PdfReader(io.BytesIO(made.pdf), strict=True)
    with pikepdf.open(io.BytesIO(made.pdf), attempt_recovery=False) as opened:
        for page, read in zip(opened.pages, reader.pages, strict=True):
            content = zlib.decompress(page.Contents.read_raw_bytes())
            assert page.Contents.read_bytes() == content
            assert read["/Contents"].get_object().get_data() == content
            assert content.count(b"BDC") + content.count(b"BMC") == content.count(b"EMC") > 0
