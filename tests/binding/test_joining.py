"""Finished handouts in one print file: every page, tag, link and bookmark as it was, and what is equal stored once."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from gate.integrity import find_integrity_faults
from making import CLINIC, claims_ua, clinic_bench, make, page_size, pages_of, tags_of
from PIL import ImageChops
from rendering import render_page

from binding import samples
from handouts.binding import protect
from handouts.binding.joining import JoinSource, join_handouts
from handouts.errors import InputError
from handouts.model import Request

Submit = Callable[..., None]
FLAT = (792.0, 612.0)
A4 = (595.276, 841.89)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Finished handouts, in the order they are joined."""

    sources: tuple[JoinSource, ...]

    @property
    def pdfs(self) -> list[bytes]:
        return [source.path.read_bytes() for source in self.sources]

    @property
    def gated(self) -> list[JoinSource]:
        """Those that pass the gate alone: outloud does not take the grids of a calendar for tables."""
        return [source for source in self.sources if source.title != "Weeks"]

    @property
    def titles(self) -> list[str]:
        return [source.title for source in self.sources]


def join(sources: tuple[JoinSource, ...] | list[JoinSource], *, duplex: bool = False) -> bytes:
    target = io.BytesIO()
    told = join_handouts(
        sources, target, title="Print (file)", lang="en", author="Riverside", stamp="20260102030405", duplex=duplex
    )
    with pikepdf.open(io.BytesIO(target.getvalue())) as pdf:
        assert told == len(pdf.pages)
    return target.getvalue()


def store(folder: Path, **pdfs: bytes) -> list[JoinSource]:
    for name, pdf in pdfs.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    return [JoinSource(path=folder / f"{name}.pdf", title=name) for name in pdfs]


def in_german(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = "de"


def lying(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Rotate = 90


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Made cover and letterhead, own covers with and without tags, two papers, a turned one, two languages, odd page counts."""
    folder = tmp_path_factory.mktemp("shelf")
    files = {"assets/clinics/riverside/head.pdf": samples.plain(), "flat.pdf": samples.plain(size=FLAT, pages=2)}
    at = clinic_bench(folder, CLINIC + "letterhead: head.pdf\n", files)
    plain = make(Request(routine="five-minute", clinic="riverside", letterhead="none", cover="none"), at=at).pdf
    (folder / "tagged.pdf").write_bytes(plain)
    with_head = [
        make(Request(routine="five-minute", clinic="riverside", patient=name, cover="generated"), at=at).pdf
        for name in ("Ana Sample", "Γιώργος Żółć")
    ]
    own = {
        name: make(Request(routine="extension-starter", paper="letter", clinic="riverside", cover=str(folder / name)), at=at).pdf
        for name in ("flat.pdf", "tagged.pdf")
    }
    weeks = make(Request(routine="five-minute", pages=("calendar", "month", "diary"), weeks=4), at=at).pdf
    sources = store(
        folder,
        Ana=with_head[0],
        Flat=own["flat.pdf"],
        Deutsch=samples.changed(plain, in_german),
        Turned=samples.changed(own["tagged.pdf"], lying),
        Weeks=weeks,
        Żółć=with_head[1],
    )
    shelf = Shelf(sources=tuple(sources))
    assert {page_size(weeks, number) for number in range(len(pages_of(weeks)))} == {A4, A4[::-1]}
    assert {len(pages_of(pdf)) % 2 for pdf in shelf.pdfs} == {0, 1}
    return shelf


@pytest.fixture(scope="module")
def joined(shelf: Shelf) -> bytes:
    return join(shelf.sources, duplex=True)


def places(shelf: Shelf) -> Iterator[tuple[int, bytes]]:
    """The index of each handout's first page when each starts on an odd page, and the handout."""
    start = 0
    for pdf in shelf.pdfs:
        start += start % 2
        yield start, pdf
        start += len(pages_of(pdf))


def test_each_page_looks_and_reads_as_before(shelf: Shelf, joined: bytes) -> None:
    texts, filled = pages_of(joined), set()
    for start, pdf in places(shelf):
        for number, text in enumerate(pages_of(pdf)):
            filled.add(start + number)
            assert texts[start + number] == text
            before, after = render_page(pdf, number, dpi=60), render_page(joined, start + number, dpi=60)
            assert before.size == after.size
            assert ImageChops.difference(before, after).getbbox() is None, f"page {start + number}"
    empty = set(range(len(texts))) - filled
    assert empty
    with pikepdf.open(io.BytesIO(joined)) as pdf:
        for number in empty:
            page, before = pdf.pages[number], pdf.pages[number - 1]
            assert texts[number] == ""
            assert page.mediabox == before.mediabox
            assert page.obj.get("/Rotate") == before.obj.get("/Rotate")


@pytest.mark.parametrize("which", range(6))
def test_each_handout_starts_on_an_odd_page(shelf: Shelf, which: int) -> None:
    own = pages_of(shelf.pdfs[which])
    texts = pages_of(join([shelf.sources[which]] * 4, duplex=True))
    sheets = (len(own) + 1) // 2
    assert [number for number, text in enumerate(texts) if text == own[0]] == [sheets * 2 * copy for copy in range(4)]
    assert texts[-1] == own[-1], "no empty page behind the last"


def test_accessible_one_sided_and_two_sided(shelf: Shelf, joined: bytes, submit: Submit) -> None:
    submit(join(shelf.gated))
    submit(join(shelf.gated, duplex=True))
    assert find_integrity_faults(joined) == []
    single = join(shelf.sources)
    assert claims_ua(joined)
    assert len(pages_of(single)) == sum(len(pages_of(pdf)) for pdf in shelf.pdfs)
    with pikepdf.open(io.BytesIO(joined)) as two, pikepdf.open(io.BytesIO(single)) as one:
        assert pikepdf.Name.DuplexFlipLongEdge == two.Root.ViewerPreferences.Duplex
        assert "/Duplex" not in one.Root.ViewerPreferences


def test_tags_hang_below_a_part_for_each_handout(shelf: Shelf, joined: bytes) -> None:
    wanted = [("Document", None, 0)]
    for pdf in shelf.pdfs:
        own = [(tag.type, tag.alt, tag.depth) for tag in tags_of(pdf)]
        assert own[0] == ("Document", None, 0)
        wanted += [("Part", None, 1), *((type_, alt, depth + 1) for type_, alt, depth in own[1:])]
    assert [(tag.type, tag.alt, tag.depth) for tag in tags_of(joined)] == wanted
    with pikepdf.open(io.BytesIO(joined)) as pdf:
        parts = list(pdf.Root.StructTreeRoot.K.K)
        assert [str(part.T) for part in parts] == shelf.titles
        assert [str(part.get("/Lang", "")) for part in parts] == ["", "", "de", "", "", ""]
        assert b"<rdf:li>en</rdf:li><rdf:li>de</rdf:li>" in pdf.Root.Metadata.read_bytes()


def test_bookmarks_lead_where_they_led(shelf: Shelf, joined: bytes) -> None:
    with pikepdf.open(io.BytesIO(joined)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == shelf.titles
        for item, (start, source) in zip(outline.root, places(shelf), strict=True):
            assert item.is_closed
            assert index_of(pdf, item) == start
            with pikepdf.open(io.BytesIO(source)) as before, before.open_outline() as own:
                assert own.root
                assert [(mark.title, index_of(pdf, mark) - start, list(mark.destination)[1:]) for mark in item.children] == [
                    (mark.title, index_of(before, mark), list(mark.destination)[1:]) for mark in own.root
                ]


def index_of(pdf: pikepdf.Pdf, mark: pikepdf.OutlineItem) -> int:
    return pdf.pages.index(pikepdf.Page(mark.destination[0]))


def test_links_stay(shelf: Shelf, joined: bytes) -> None:
    def links(pdf: bytes) -> list[list[tuple[str, str, list[float]]]]:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return [
                [(str(a.A.URI), str(a.Contents), [float(v) for v in a.Rect]) for a in page.obj.get("/Annots", [])]
                for page in opened.pages
            ]

    found = links(joined)
    assert sum(map(len, found)) >= 4
    for start, pdf in places(shelf):
        own = links(pdf)
        assert found[start : start + len(own)] == own


def test_labels_name_handout_and_page(shelf: Shelf, joined: bytes) -> None:
    with pikepdf.open(io.BytesIO(joined)) as pdf:
        labels = [page.label for page in pdf.pages]
    for number, (start, source) in enumerate(places(shelf), start=1):
        assert start == 0 or start % 2 == 0
        with pikepdf.open(io.BytesIO(source)) as before:
            own = [page.label for page in before.pages]
        assert labels[start : start + len(own)] == [f"{number}.{label}" for label in own]
    assert labels[0] == "1.Cover"
    assert "2.Cover 1" in labels
    assert len(set(labels)) == len(labels)


def test_what_it_says_of_itself(joined: bytes) -> None:
    with pikepdf.open(io.BytesIO(joined)) as pdf:
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == ("Print (file)", "Riverside")
        assert str(pdf.docinfo.CreationDate) == "D:20260102030405Z"
        said = pdf.Root.Metadata.read_bytes() + bytes(pdf.trailer.Info.unparse(resolved=True))
        assert b"Print (file)</rdf:li>" in said
        assert b"Ana" not in said
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("en", True)


def test_claim_needs_every_handout(shelf: Shelf, tmp_path: Path) -> None:
    at = clinic_bench(tmp_path, CLINIC, {"cover.pdf": samples.plain(font="Helvetica")})
    made = make(Request(routine="five-minute", clinic="riverside", cover=str(tmp_path / "cover.pdf")), at=at)
    assert not claims_ua(made.pdf)
    assert not claims_ua(join([*shelf.sources[:1], *store(tmp_path, odd=made.pdf)]))


def test_print_files_can_be_joined_again(shelf: Shelf, tmp_path: Path, submit: Submit) -> None:
    first = join(shelf.gated, duplex=True)
    again = join([*store(tmp_path, first=first), shelf.sources[2]])
    submit(again)
    assert pages_of(again) == pages_of(first) + pages_of(shelf.pdfs[2])


# --------------------------------------------------------------------------------------------- size, order, memory


def streams_of(pdf: bytes) -> list[bytes]:
    """The streams that carry drawings, fonts and pictures, as stored, with what their dictionaries say."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            bytes(item.read_raw_bytes()) + str(item.get("/BBox")).encode()
            for item in opened.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Type") not in ("/ObjStm", "/XRef", "/Metadata")
        ]


def test_equal_objects_are_stored_once(tmp_path: Path) -> None:
    at = clinic_bench(tmp_path, CLINIC + "letterhead: head.pdf\n", {"assets/clinics/riverside/head.pdf": samples.plain()})
    pdfs = [
        make(Request(routine="five-minute", clinic="riverside", patient=f"Patient {number}"), at=at).pdf for number in range(12)
    ]
    sources = store(tmp_path, **{f"n{number}": pdf for number, pdf in enumerate(pdfs)})
    all_of_them = join(sources)
    found = streams_of(all_of_them)
    assert len(found) > 10
    assert len(set(found)) == len(found)
    assert len(all_of_them) < sum(map(len, pdfs)) / 3
    with pikepdf.open(io.BytesIO(all_of_them)) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"]
        assert 2 <= len(fonts) <= 4, "fonts are shared as a whole, not only their programs"


def test_same_sources_same_bytes(shelf: Shelf, joined: bytes) -> None:
    assert join(list(shelf.sources), duplex=True) == joined
    code = (
        "import sys; from pathlib import Path; from handouts.binding.joining import JoinSource, join_handouts\n"
        "sources = [JoinSource(path=Path(p), title=t) for p, t in zip(sys.argv[1::2], sys.argv[2::2])]\n"
        "join_handouts(sources, sys.stdout.buffer, title='Print (file)', lang='en', author='Riverside',"
        " stamp='20260102030405', duplex=True)"
    )
    words = [word for source in shelf.sources for word in (str(source.path), source.title)]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    ran = subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True, env=environment)
    assert ran.stdout == joined


def test_each_handout_is_written_before_the_next_is_opened(shelf: Shelf) -> None:
    target, sizes = io.BytesIO(), []

    def hand_over() -> Iterator[JoinSource]:
        for source in shelf.sources:
            sizes.append(target.tell())
            yield source

    join_handouts(hand_over(), target, title="x", lang="en", author="x", stamp="20260102030405", duplex=False)
    assert sizes[1] > 50_000, "the figures and fonts of the first"
    assert sizes == sorted(set(sizes))


# --------------------------------------------------------------------------------------------- what can't be joined


def cut(pdf: bytes) -> bytes:
    return pdf[: len(pdf) // 2]


def flip(pdf: bytes, at: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ 0x55]) + pdf[at + 1 :]


def flip_inside(pdf: bytes, before: bytes) -> bytes:
    return flip(pdf, pdf.index(b"stream\n", pdf.index(before)) + 200)


def script(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].A = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def stray_mark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1] = pikepdf.Array([pdf.pages[0].obj])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut, "is damaged"),
        (lambda pdf: flip_inside(pdf, b"/Length1"), "is damaged"),
        (lambda pdf: flip_inside(pdf, b"/ObjStm"), "is damaged"),
        (lambda pdf: b"", "is empty"),
        (lambda pdf: b"hello", "is not a PDF"),
        (lambda pdf: protect(pdf, user_password="door"), "is protected with a password"),
        (lambda pdf: samples.plain(), "is not a handout of this program"),
        (lambda pdf: samples.changed(pdf, script), "is not a handout of this program"),
        (lambda pdf: samples.changed(pdf, stray_mark), "has broken tags"),
    ],
)
def test_bad_source_is_told(shelf: Shelf, tmp_path: Path, spoil: Callable[[bytes], bytes], words: str) -> None:
    sources = [*shelf.sources[:1], *store(tmp_path, bad=spoil(shelf.pdfs[2]))]
    with pytest.raises(InputError) as told:
        join(sources)
    assert str(told.value).startswith(f"{tmp_path / 'bad.pdf'}: {words}")
    assert "\n" not in str(told.value)


def test_sources_that_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for name, words in (("gone\n.pdf", "does not exist"), ("pipe.pdf", "is no file"), ("", "is no file")):
        with pytest.raises(InputError, match=words) as told:
            join([JoinSource(path=tmp_path / name, title="x")])
        assert "\n" not in str(told.value)
    with pytest.raises(ValueError, match="nothing to join"):
        join([])


def test_no_flipped_tag_slips_through(shelf: Shelf, tmp_path: Path) -> None:
    pdf = shelf.pdfs[0]  # our own writer's: all tags in one stream
    start = pdf.index(b"stream\n", pdf.index(b"/ObjStm")) + 7
    end = pdf.index(b"\nendstream", start)
    for at in range(start, end, (end - start) // 60):
        with pytest.raises(InputError):
            join(store(tmp_path, flipped=flip(pdf, at)))


def test_flipped_bytes_end_in_one_line(shelf: Shelf, tmp_path: Path) -> None:
    pdf, chance = shelf.pdfs[0], random.Random(5)  # noqa: S311 - not for secrecy
    told = []
    for _ in range(40):
        try:
            join(store(tmp_path, flipped=flip(pdf, chance.randrange(len(pdf)))))
        except InputError as error:
            told.append(str(error))
    assert len(told) >= 36, "nearly every byte stands in a stream with a checksum"
    assert not any("\n" in message for message in told)


def test_full_disk_is_not_the_fault_of_a_source(shelf: Shelf) -> None:
    class Full(io.BytesIO):
        def write(self, content: object) -> int:
            if self.tell() > 10_000:
                raise OSError(28, "No space left on device")
            return super().write(content)  # type: ignore[arg-type]

    with pytest.raises(OSError, match="No space"):
        join_handouts(shelf.sources, Full(), title="x", lang="en", author="x", stamp="20260102030405", duplex=False)
