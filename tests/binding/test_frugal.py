"""Covers of a few kilobytes that kept pypdf busy for minutes are refused at once; sound ones that are packed are read."""

from __future__ import annotations

import io
import struct
import time
import zlib

import pikepdf
import pytest
from attacks.pdf_bombs import BOMBS

from binding import samples
from handouts.binding import frugal
from handouts.binding.reading import read_sheet
from handouts.errors import InputError

TOO_MUCH = "holds more than a printed page can need"
QUICK = 2.0  # seconds of the processor


def numbered(objects: dict[int, bytes], *, end: bytes = b"") -> tuple[bytes, dict[int, int]]:
    """The head of a PDF with these objects and what comes behind them, and where each lies."""
    content, places = b"%PDF-1.5\n", {}
    for number, body in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    return content + end, places


def packed(entry: bytes, count: int, *, root: bytes) -> bytes:
    """A PDF whose catalog lies in an object stream that declares `count` entries, all of them `entry`."""
    inside = zlib.compress(entry * count + b"<</Type/Catalog/Pages 2 0 R>> ", 9)
    told = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (count, len(entry) * count, len(inside))
    content, places = numbered(
        {
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
            20: told + b"stream\n" + inside + b"\nendstream",
        }
    )
    at = len(content)
    places[21] = at
    rows = b"".join(
        struct.pack(">BIH", 1, places[number], 0) if number in places else struct.pack(">BIH", 2, 20, 0) for number in range(1500)
    )
    body = zlib.compress(rows)
    head = b"<</Type/XRef/Size 1500/W[1 4 2]%b/Filter/FlateDecode/Length %d>>" % (root, len(body))
    return content + b"21 0 obj\n%bstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, body, at)


def lost(count: int, size: int) -> bytes:
    """A PDF whose page paints `count` objects that are nowhere in it, with `size` bytes of nothing to look for them in."""
    painted = b"".join(b"/A%d Do " % number for number in range(10, 10 + count))
    named = b"".join(b"/A%d %d 0 R" % (number, number) for number in range(10, 10 + count))
    content, places = numbered(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<<%b>>>>>>" % named,
            4: b"<</Length %d>>stream\n%b\nendstream" % (len(painted), painted),
        },
        end=b"a b 12 " * (size // 7) + b"\n",
    )
    rows = b"".join(b"%010d 00000 n \n" % places.get(number, 100) for number in range(1, 10 + count))
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (10 + count, rows)
    end = b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (10 + count, len(content))
    return content + table + end


@pytest.mark.parametrize("root", [b"/Root 1 0 R", b""])
def test_entries_of_object_streams_are_counted(root: bytes) -> None:
    """A file of 1 kB: pypdf reads the entries again for each object it looks for, 10 seconds each time."""
    content = packed(b"9 99999999 ", 100_000, root=root)
    assert len(content) < 3000
    start = time.process_time()
    with pytest.raises(InputError, match=TOO_MUCH):
        read_sheet(content, name="cover.pdf")
    assert time.process_time() - start < QUICK


def test_searches_for_lost_objects_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """pypdf searches the whole file for each: 100 seconds for 15 MB and 1,000 of them."""
    monkeypatch.setattr(frugal, "_MOST_SEARCHED", 20_000_000)
    start = time.process_time()
    with pytest.raises(InputError, match=TOO_MUCH):
        read_sheet(lost(900, 2_000_000), name="cover.pdf")
    assert time.process_time() - start < QUICK


def test_a_few_lost_objects_are_looked_for() -> None:
    assert len(read_sheet(lost(30, 100_000), name="cover.pdf").pages) == 1


def test_a_cover_of_packed_objects_is_read() -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.plain(pages=3))) as opened:
        opened.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"/ObjStm" in written.getvalue()
    assert len(read_sheet(written.getvalue(), name="cover.pdf").pages) == 3


@pytest.mark.parametrize("name", ["entry of 10 MB in hexadecimal", "entry of 3,000,000 escapes", "packed entry of 10 MB"])
def test_long_words_are_counted(name: str) -> None:
    """pypdf reads them byte by byte, up to nine seconds for a file."""
    content = BOMBS[name]()
    start = time.process_time()
    with pytest.raises(InputError, match=TOO_MUCH):
        read_sheet(content, name="cover.pdf")
    assert time.process_time() - start < QUICK
