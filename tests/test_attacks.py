"""Hostile files end in one clear line or in a clean handout: in bounded time and memory, and nothing of them is active in it.

`benchmarks/attack_files.py` runs all attacks on the real command and measures them; here are those that have got through, and
the quick ones.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from attacks import honest, pdfs, pictures
from attacks.attack import Lay, as_checked, as_cover, as_letterhead, as_logo, as_picture
from attacks.finished import find_active
from attacks.pdf_active import ACTIVE
from attacks.pdf_unseen import PLACE, SECRET, SHOWN, UNPAINTED, UNSEEN
from attacks.serving import MEMORY, Ended, Server
from binding import samples
from binding.sheet_writer import write_sheet

from handouts.binding import effort, read_sheet
from handouts.binding.effort import MOST_DRAWN_DOTS
from handouts.errors import InputError

Submit = Callable[..., None]


@pytest.fixture(scope="module", name="server")
def server_fixture() -> Iterator[Server]:
    with Server() as server:
        yield server


COVERS = {
    "ASCII85 of 15 MB": "holds too much in a coding that is only meant for short parts",
    "picture of 5,000,000 runs of one byte": "holds too much in a coding that is only meant for short parts",
    "deflated runs of one byte": "holds too much in a coding that is only meant for short parts",
    "five pictures in runs of one byte": "holds too much in a coding that is only meant for short parts",
    "100 images of 90 MB": "unpacks to more than 400 MB",
    "60 forms of 11 MB of blanks": "unpacks to more than 30 MB of drawing in all",
    "form of 45 MB of blanks": "unpacks to more than 30 MB of drawing in all",
    "100 fonts of 10 MB of blanks": "unpacks to more than 30 MB of drawing in all",
    "590,000 names of a graphics state in escapes": "draws more than 600000 strokes and letters",
    "590,000 turns of the page": "draws more than 600000 strokes and letters",
    "inline picture of 6,000,000 words": "holds a picture in a form that can't be read",
    "line width of 3,900,000 numbers": "draws more than 600000 strokes and letters",
    "eight pictures of 8 MB with bytes behind them": "holds more than 60 MB that have to be packed anew",
    "eight pictures in LZW": "holds too much in a coding that is only meant for short parts",
    "300 palettes of 15 MB": "holds more than 60 MB that have to be packed anew",
    "layers asked for 60,000,000 times": "asks for its layers more often than any page needs",
    "cross-reference in LZW": "is damaged",
    "cross-reference in ASCII85": "is damaged",
    "tiles of 0.001 points": "fills an area with tiles that are too small to be drawn one by one",
    "tiles of 0.06 points": "fills an area with tiles that are too small to be drawn one by one",
    "tiles as flat as 0.00005 points": "fills an area with tiles that are too small to be drawn one by one",
    "layers in expressions two to the 18": "asks for its layers more often than any page needs",
    "9,000 inline pictures of 1 MB": "draws more than 600000 strokes and letters",
    "1,000,000 operators": "draws more than 600000 strokes and letters",
    "marks with long dictionaries": "marks its content with more words than a page can need",
    "marks with deep dictionaries": "marks its content with more words than a page can need",
    "10 MB of open strings": "is damaged",
    "unicode map of 20 MB": "holds a font that says too much about its letters",
    "entry of 10 MB in hexadecimal": "holds more than a printed page can need",
    "packed entry of 10 MB": "holds more than a printed page can need",
    "mark with 9 MB of words": "marks its content with more words than a page can need",
    "unicode maps for 40 fonts": "holds a font that says too much about its letters",
    "200,000 resources": "holds more than a printed page can need",
    "20 MB of obj": "is damaged",
    "20 MB of stream": "is damaged",
    "1,000 pictures of 140,000,000 dots": f"draws pictures of more than {MOST_DRAWN_DOTS // 1_000_000} million dots in all",
    "500 inline pictures of 140,000,000 dots": f"draws pictures of more than {MOST_DRAWN_DOTS // 1_000_000} million dots in all",
    "inline picture of +60,000 × +60,000": "holds a picture in a form that can't be read",
    "inline picture of /#57 60,000": "holds a picture of too many dots",
    "inline picture with comments in its head": "holds a picture in a form that can't be read",
    "inline picture with /ID in its head": "holds a picture of too many dots",
    "inline JPEG of 65,000 × 65,000, deflated": "holds a picture in a form that can't be read",
    "JPEG of 65,000 × 65,000 behind other bytes": "holds a picture of too many dots",
    "JPEG of 65,000 × 65,000 called 9 × 9": "holds a picture of too many dots",
    "JPEG of 5,000 scans": "holds a picture in more than 100 layers",
    "JPEG 2000 of 60,000 × 60,000 called 9 × 9": "holds a picture of too many dots",
    "fax of 60,000 columns called 9": "holds a picture of too many dots",
    "program of 20,000 steps a dot": "paints over the page more often than a viewer can bear",
    "shadings over the page 2,000 times": "paints over the page more often than a viewer can bear",
    "transparent page 300,000 times": "paints over the page more often than a viewer can bear",
    "page multiplied 200 times": "paints over the page more often than a viewer can bear",
    "page multiplied 200 times, through a plain group": "paints over the page more often than a viewer can bear",
    "thin turned lines multiplied 2,000 times": "paints over the page more often than a viewer can bear",
    "picture of one dot over the page 100,000 times": "paints over the page more often than a viewer can bear",
    "picture of one dot multiplied 200 times": "paints over the page more often than a viewer can bear",
    "mask of 1,000 fills under 500 fills": "paints over the page more often than a viewer can bear",
    "mesh of 1,000,000 triangles": "paints over the page more often than a viewer can bear",
    "path of 6,000 lines 300 times": "paints over the page more often than a viewer can bear",
    "dashed lines 90,000 times": "paints over the page more often than a viewer can bear",
    "dashed lines in a form 90,000 times": "paints over the page more often than a viewer can bear",
    "3,000 clips inside each other": "paints over the page more often than a viewer can bear",
    "rectangles turned in a form, 10,000 inside each other": "paints over the page more often than a viewer can bear",
    "400 lines of letters as a clip": "paints over the page more often than a viewer can bear",
    "gradient set for a form of 5,000 fills": "paints over the page more often than a viewer can bear",
    "stencil painted with a gradient 10,000 times": "paints over the page more often than a viewer can bear",
    "letters painted with a gradient 60,000 times": "paints over the page more often than a viewer can bear",
    "tile of 1,500 fills painted 800 times": "paints over the page more often than a viewer can bear",
    "mesh of 200,000 triangles of a byte": "paints over the page more often than a viewer can bear",
    "3,000 patches of three bytes": "paints over the page more often than a viewer can bear",
    "eight inks mixed for each dot 300 times": "paints over the page more often than a viewer can bear",
    "turned picture 30,000 times": "paints over the page more often than a viewer can bear",
    "turned form of 1,000 pictures 30 times": "paints over the page more often than a viewer can bear",
    "picture through a mask 30,000 times": "paints over the page more often than a viewer can bear",
    "tiles over each other": "repeats drawings with too many strokes",
    "picture of 20 million dots tinted by a program 20 times": "draws pictures of more than 1000 million dots in all",
    "inline picture of 20 million dots tinted by a program": "draws pictures of more than 1000 million dots in all",
    "function of 20 inputs": "mixes colours of more than 8 inks",
    "picture in JBIG2": "with it (scan it again as a JPEG or a plain PDF, without the strongest compression)",
}
ALL = {name: make for makes in pdfs.KINDS.values() for name, make in makes.items()}


def assert_told(ended: Ended, folder: Path, place: str, told: str) -> None:
    """One line that says so, and nothing written."""
    assert ended.code == 3, ended
    assert (ended.out, ended.err.count("\n")) == ("", 1)
    assert place in ended.err
    assert told in ended.err
    assert ended.memory < MEMORY
    assert not list(folder.rglob("*out.pdf")) + list(folder.rglob(".handouts-*"))


@pytest.mark.parametrize("name", COVERS)
def test_a_cover_that_asks_for_too_much(name: str, server: Server, tmp_path: Path) -> None:
    assert_told(server.run(as_cover(ALL[name])(tmp_path), tmp_path), tmp_path, "cover.pdf: ", COVERS[name])


@pytest.mark.parametrize("name", ["20 MB of obj", "20 MB of trailers", "20 MB of blanks"])
def test_a_file_without_an_end_is_not_searched(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """pypdf would look for its end line by line, for seconds."""
    monkeypatch.setattr("handouts.binding.sheet.PdfReader", pytest.fail)
    with pytest.raises(InputError, match=r"x\.pdf: is damaged"):
        read_sheet(ALL[name](), name="x.pdf")


def test_a_letterhead_is_held_to_the_same(server: Server, tmp_path: Path) -> None:
    lay = as_letterhead(ALL["shadings over the page 2,000 times"])
    assert_told(server.run(lay(tmp_path), tmp_path), tmp_path, "paper.pdf: ", "paints over the page")


@pytest.mark.parametrize("name", ACTIVE)
def test_nothing_active_travels(name: str) -> None:
    """Through the reader and the writer of sheets; the whole way is one test below."""
    sheet = read_sheet(ACTIVE[name](), name="x.pdf")
    assert find_active(write_sheet(sheet)) == []


_DEFLATED = (b"x\x01", b"x^", b"x\x9c", b"x\xda")
_INLINE = re.compile(rb"ID ((?:[0-9a-f]{2})+)>")


def unpacked(content: bytes) -> bytes:
    """All objects of a PDF with their streams unpacked, pictures as they are."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        found = [each.read_raw_bytes() for each in streams]
        found += [each.read_bytes() for each in streams if each.get("/Filter") == "/FlateDecode"]
        found += [bytes.fromhex(body.decode()) for content in found for body in _INLINE.findall(content)]
        found += [zlib.decompressobj().decompress(body) for body in found if body[:2] in _DEFLATED]
        return b"\n".join([*found, *(repr(each).encode() for each in pdf.objects)])


@pytest.mark.parametrize("name", UNSEEN)
def test_nothing_unseen_travels(name: str) -> None:
    given = UNSEEN[name]()
    assert SECRET in unpacked(given)
    written = unpacked(write_sheet(read_sheet(given, name="x.pdf")))
    assert SECRET not in written
    assert b" Do" in written or b" f" in written or b"Tj" in written or "never" in name


@pytest.mark.parametrize("name", UNPAINTED)
def test_nothing_unpainted_travels(name: str) -> None:
    given = UNPAINTED[name]()
    assert PLACE in unpacked(given)
    written = unpacked(write_sheet(read_sheet(given, name="x.pdf")))
    assert PLACE not in written
    assert b"9 9 re f" in written


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_travels(name: str) -> None:
    """The check of the checks above."""
    assert SECRET in unpacked(write_sheet(read_sheet(SHOWN[name](), name="x.pdf")))


WHOLE_WAY = ("script behind a web link", "attachment", "PostScript drawing", "layer that prints something else")


@pytest.mark.parametrize("name", WHOLE_WAY)
def test_nothing_active_is_in_the_handout(name: str, server: Server, tmp_path: Path, submit: Submit) -> None:
    ended = server.run(as_cover(ACTIVE[name])(tmp_path), tmp_path)
    assert (ended.code, ended.out) == (0, "out.pdf\n"), ended.err
    content = (tmp_path / "out.pdf").read_bytes()
    assert find_active(content) == []
    assert b"evil" not in content
    submit(content)


@pytest.mark.parametrize("name", ACTIVE)
def test_what_is_active_would_be_found(name: str) -> None:
    """The check of the check; three say nothing that a viewer acts on."""
    silent = {"address with a line break", "web capture", "metadata of people", "base address", "signature"}
    assert name in silent or find_active(ACTIVE[name]())


SLOW_TO_MAKE = {"1,000,000 objects", "20 MB random behind a header"}
QUICK = [name for kind in ("PDF loop", "PDF heavy for a viewer", "PDF broken") for name in pdfs.KINDS[kind]]


@pytest.mark.parametrize("name", [name for name in QUICK if name not in COVERS and name not in SLOW_TO_MAKE])
def test_read_or_refused(name: str) -> None:
    try:
        sheet = read_sheet(ALL[name](), name="x.pdf")
    except InputError as error:
        told = str(error)
    else:
        told = "x.pdf: "
        assert find_active(write_sheet(sheet)) == []
    assert told.startswith("x.pdf: ")
    assert "\n" not in told


LIMITS = ("MOST_PAINTED", "MOST_DRAWN", "MOST_INVOCATIONS", "MOST_DRAWN_DOTS")
USUAL: dict[str, Callable[[], bytes]] = {
    "eight pages with pictures": lambda: samples.plain(pages=8, more=samples.pictures),
    "pictures in every coding": samples.coded_pictures,
    **honest.USUAL,
}


@pytest.mark.parametrize("name", USUAL)
def test_what_clinics_send_stays_below_a_tenth_of_the_limits(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in LIMITS:
        monkeypatch.setattr(effort, limit, getattr(effort, limit) // 10)
    assert read_sheet(USUAL[name](), name="x.pdf").pages


@pytest.mark.parametrize("name", honest.FULLEST)
def test_the_fullest_that_designers_make_is_read(name: str) -> None:
    assert read_sheet(honest.FULLEST[name](), name="x.pdf").pages


PICTURES: dict[str, tuple[Lay, str, str]] = {
    "PNG strip as a logo": (as_logo(pictures.PNGS["1 × 25,000,000"]), "logo.png", "the logo is a strip"),
    "scans": (as_picture(pictures.JPEGS["5,000 scans"], ".jpg"), "childs-pose.end.jpg", "in more than 30 layers"),
    "scans of a logo": (as_logo(pictures.JPEGS["5,000 scans"], "logo.jpg"), "logo.jpg", "in more than 30 layers"),
    "progressive": (
        as_picture(pictures.JPEGS["7,000 × 7,000, progressive"], ".jpg"), "childs-pose.end.jpg",
        "is a progressive JPEG of more than 16 million dots",
    ),
    "markers": (as_picture(pictures.JPEGS["3,000,000 markers"], ".jpg"), "childs-pose.end.jpg", "in more parts than any camera"),
    "long number": (
        as_picture(pictures.DRAWINGS["number of 1.9 MB and a letter"], ".svg"), "childs-pose.end.svg:1:", "is no length",
    ),
    "enlarged": (as_picture(pictures.DRAWINGS["60 groups deep, each turned"], ".svg"), "end.svg:1:", "it is enlarged"),
    "tiny viewBox": (as_picture(pictures.DRAWINGS["tiny viewBox"], ".svg"), "childs-pose.end.svg:1:", "it is enlarged"),
    "UTF-7": (as_picture(pictures.DRAWINGS["UTF-7"], ".svg"), "childs-pose.end.svg:1:", "its encoding is not known"),
    "large figure": (as_picture(lambda: b"[" * 3_000_000, ".json"), "childs-pose.end.json", "not a figure"),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_asks_for_too_much(name: str, server: Server, tmp_path: Path) -> None:
    lay, place, told = PICTURES[name]
    assert_told(server.run(lay(tmp_path), tmp_path), tmp_path, place, told)


@pytest.mark.parametrize("name", ["4,990 × 4,990 with transparency", "4,990 × 4,990, 16 bits"])
def test_the_largest_picture_fits_into_memory(name: str, server: Server, tmp_path: Path, submit: Submit) -> None:
    for lay in (as_picture(pictures.PNGS[name], ".png"), as_logo(pictures.PNGS[name])):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        ended = server.run((*lay(folder), "--cover", "generated"), folder)
        assert ended.code == 0, ended.err
        assert ended.memory < MEMORY
        submit(folder / "out.pdf")


CHECKED = {
    "forms two to the 30": "it is damaged, or needs too much memory",
    "content deflated three times": "it is damaged, or needs too much memory",
    "program of 20,000 steps a dot": "measuring it takes longer than its pages can need",
    "JPEG of 5,000 scans": "measuring it takes longer than its pages can need",
    "without pages": "it has no pages",
    "outline two to the 60": "it is damaged",
}


@pytest.mark.parametrize("name", CHECKED)
def test_a_hostile_pdf_is_one_line_of_the_report(name: str, server: Server, tmp_path: Path) -> None:
    ended = server.run(as_checked(ALL[name])(tmp_path), tmp_path)
    assert ended.code == 3, ended
    assert ended.out.startswith(f"given.pdf: F2: cannot be checked: {CHECKED[name]}")
    assert ended.out.count("\n") == 1
    assert ended.memory < 1.2 * MEMORY  # of the process that measures: its limit is of addresses, not of what it uses
