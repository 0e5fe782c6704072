"""What is fuzzed: for each kind of input a function of its bytes, which ends well or raises a problem told in lines."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handouts.batch.table import read_table
from handouts.bench import Bench, open_bench
from handouts.binding.reading import read_sheet
from handouts.build import make_handout
from handouts.errors import HandoutsError, Problem
from handouts.figure_files import PictureFile
from handouts.formats.nodes import Origin
from handouts.formats.patient_rows import COLUMNS
from handouts.formats.readers import Problems, UnreadableError
from handouts.formats.schemas import ALL_KINDS
from handouts.formats.strict_yaml import parse_yaml
from handouts.pages.own_pictures import read_own_picture
from handouts.request import known_ids, read_request
from handouts.workspace import Workspace

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases"
FOUND = CASES / "found"  # a folder for each target: what was found, to be replayed by a test

_KINDS = tuple(ALL_KINDS)
_WORDS = ("true", "false", "none", "today", "2 x 30 s", "08:00", "week 2: hold 30 s", "&a ", "*a", "!x ", "---", ">", "? ")
_PDF_WORDS = """
obj endobj stream endstream xref trailer /Type /Pages /Kids /Contents /Resources /XObject /Filter /FlateDecode /Length /Parent
/StructTreeRoot /K /MCID BT ET Tj Do BI ID EI q Q cm /Annots /A /URI /Names /MediaBox /Rotate << >> 0 R
"""
_SVG_WORDS = """
<svg <g <path d= <use href= <defs> <style> transform= rotate( matrix( viewBox= fill= stroke-width= <!DOCTYPE <!ENTITY xlink:href
M c a z 1e9 - % mm url(#
"""
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">{}</svg>'
_SHAPES = (
    '<g fill="#123456" transform="rotate(30 1 2)"><path d="M1 2h3v4z"/></g>',
    '<circle cx="5" cy="5" r="3"/><ellipse cx="9" cy="9" rx="3" ry="1"/>',
    '<path d="M1 1c1 2 3 4 5 6s7 8 9 10q1 2 3 4t5 6a5 5 0 0 1 5 5z" style="stroke: red; stroke-width: 2"/>',
    '<defs><g id="a"><line x1="1" x2="4" y1="2" y2="7" stroke="black"/></g></defs><use href="#a" x="3"/>',
    '<style>.a { fill: #eee }</style><polygon class="a" points="1,2 3,4 5,1"/><polyline points="1 2 3 4"/>',
    '<text x="3" y="4">x</text><rect width="4" height="3" rx="1"/>',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One kind of input: `run` takes its bytes and raises nothing but what is a find; `seeds` are sound and unsound samples."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    words: tuple[str, ...] = ()  # that its inputs are made of


class UnclearError(AssertionError):
    """A problem is not told as it must be."""


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzzing-"))


@cache
def _bench() -> Bench:
    return open_bench(Workspace(), None)


def _told(error: HandoutsError) -> None:
    """Raise UnclearError unless each problem is one line that can be read."""
    if not error.problems:
        raise UnclearError("refused without a word")
    for problem in error.problems:
        check_clear(problem)


def check_clear(problem: Problem) -> None:
    """Raise UnclearError for a problem of more than one line, or too long to read."""
    line = str(problem)
    if "\n" in line or not problem.message or len(line) > 2000:
        raise UnclearError(f"told in {len(line.splitlines())} lines of {len(line)} characters")


# ------------------------------------------------------------------------------------------------- YAML


def read_yaml(content: bytes) -> None:
    """The first byte says which kind of file the others are."""
    kind = _KINDS[content[0] % len(_KINDS)] if content else "request"
    problems = Problems()
    tree = parse_yaml(content[1:], Origin(file="x.yaml", folder=_folder(), root=_folder(), overlay=True), problems.found)
    if tree is not None:
        try:
            ALL_KINDS[kind].reader.read(tree, problems)
        except UnreadableError:
            if not problems.found:
                raise UnclearError("refused without a word") from None
    elif not problems.found:
        raise UnclearError("refused without a word")
    for problem in problems.found:
        check_clear(problem)


def _yaml_seeds() -> Iterator[bytes]:
    root = Workspace().builtin
    samples = {
        "exercise": root / "catalog/exercises/cobra.yaml",
        "words": root / "catalog/words/en/cobra.yaml",
        "edition": root / "templates/base.yaml",
        "safety": root / "catalog/safety.yaml",
        "routine": root / "catalog/routines/five-minute.yaml",
    }
    for path in sorted((CASES / "bad-yaml").glob("*.yaml")):
        kind = path.stem.partition("--")[0]
        yield bytes([_KINDS.index(kind)]) + path.read_bytes()
    for kind, path in samples.items():
        if path.is_file():
            yield bytes([_KINDS.index(kind)]) + path.read_bytes()


# ------------------------------------------------------------------------------------------------- tables


def read_csv(content: bytes) -> None:
    """A table of patients, row by row."""
    path = _folder() / "p.csv"
    path.write_bytes(content)
    try:
        for row in read_table(path, _bench().workspace, known_ids(_bench().library[0])):
            for problem in row.problems:
                check_clear(problem)
    except HandoutsError as error:
        _told(error)


def _csv_seeds() -> Iterator[bytes]:
    yield b"patient,exercises,note\nA. Sample,cobra | cat-cow,cobra: slowly\n"
    yield b'sep=;\r\n"patient";days;dose\r\n"A ""B""";mon,wed;figure-four: 2 x 30 s\r\n'
    yield "\ufeffPatient ID\tregions\tminutes\tswap\nx\thip\t10\tTRUE\n".encode()
    yield b"exercises,progression,at,start,weeks\ncobra,week 2: cobra: 3 x 10|week 3: hold 30 s,08:00,today,4\n"
    yield ",".join(COLUMNS).encode() + b"\n" + b",".join([b"x"] * len(COLUMNS)) + b"\n"


# ------------------------------------------------------------------------------------------------- requests


def make_request(content: bytes) -> None:
    """A request file, made into a PDF where it can be."""
    path = _folder() / "request.yaml"
    path.write_bytes(content)
    try:
        request = read_request(path, _bench().workspace, catalog=_bench().library[0])
        make_handout(request, _bench())
    except HandoutsError as error:
        _told(error)


def _request_seeds() -> Iterator[bytes]:
    for path in sorted((CASES / "bad-yaml").glob("request--*.yaml")):
        yield path.read_bytes()
    yield b"routine: five-minute\npatient: A. Sample\ngoal: Walk\npages: [calendar, month, diary]\nweeks: 4\nstart: 2026-03-31\n"
    yield b"profile: extension\nregion: lower-back\nminutes: 10\ndays: [mon, fri]\nedition: compact\npaper: letter\n"
    yield b'exercises: [cobra, {id: figure-four, side: left, dose: 2 x 30 s, note: "a & <b>"}]\nedition: pocket\n'
    yield b"exercises: [cat-cow]\nprogression: ['week 2: cat-cow: 12']\npages: [handout, calendar]\nweeks: 3\none_page: true\n"
    yield b"precaution: [no-kneeling]\nprofile: flexion\nswap: true\nblank_doses: true\nedition: large-print\ncover: generated\n"


# ------------------------------------------------------------------------------------------------- files of a clinic


def bind_cover(content: bytes) -> None:
    """A cover or letterhead."""
    try:
        read_sheet(content, name="cover.pdf")
    except HandoutsError as error:
        _told(error)


def _pdf_seeds() -> Iterator[bytes]:
    for path in sorted((CASES / "other-tools").glob("*.pdf")):
        yield path.read_bytes()
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
             "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>/Annots[6 0 R]>>",
             "<</Length 30>>stream\nq 1 0 0 1 9 9 cm /A Do Q 0 0 9 9 re f\nendstream",
             "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>stream\n0 0 m 5 5 l S\nendstream",
             "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://x.example)>>>>"]  # fmt: skip
    body = "%PDF-1.7\n" + "".join(f"{number} 0 obj{part}endobj\n" for number, part in enumerate(parts, start=1))
    yield (body + "trailer<</Root 1 0 R/Size 7>>\n%%EOF").encode()


def check_pdf(content: bytes) -> None:
    """A finished PDF: measured, judged and scored. What is raised while measuring is told as damage, as in its own process."""
    from handouts.checking.finished import Asked, judge
    from handouts.measuring.opening import measure_pdf
    from handouts.quality.judged import question

    try:
        pdf = measure_pdf(content)
    except Exception:  # noqa: BLE001 - as the process that measures does
        return
    judge(question(pdf, name="x.pdf"), "x.pdf", asked=Asked(scores=True))


def _read_picture(content: bytes, ending: str) -> None:
    path = _folder() / f"picture{ending}"
    path.write_bytes(content)
    edition = _bench().desk("standard", "a4", None).edition
    try:
        read_own_picture(PictureFile(key=path.name, path=path, shown=path.name, root=path.parent), edition)
    except HandoutsError as error:
        _told(error)


def read_drawing(content: bytes) -> None:
    """A drawing of a pose as SVG."""
    _read_picture(content, ".svg")


def _svg_seeds() -> Iterator[bytes]:
    for shapes in _SHAPES:
        yield _SVG.format(shapes).encode()


def read_photo(content: bytes) -> None:
    """A photo of a pose; the first byte says whether its name ends in .png or .jpg."""
    _read_picture(content[1:], (".png", ".jpg")[content[0] % 2 if content else 0])


def _photo_seeds() -> Iterator[bytes]:
    from PIL import Image

    for mode in ("RGB", "L", "P", "1", "RGBA", "LA", "I;16", "CMYK"):
        for number, kind in enumerate(("PNG", "JPEG")):
            written = io.BytesIO()
            try:
                Image.new(mode, (24, 16)).save(written, kind)
            except OSError:
                continue  # not every kind has every mode
            yield bytes([number]) + written.getvalue()


TARGETS = {
    "yaml": Target(run=read_yaml, seeds=_yaml_seeds, words=_WORDS),
    "csv": Target(run=read_csv, seeds=_csv_seeds, words=(*COLUMNS, "|", ",", ";", "\t", '""', "sep=;")),
    "request": Target(run=make_request, seeds=_request_seeds, words=(*_WORDS, *COLUMNS, "cobra", "handout", "diary")),
    "cover": Target(run=bind_cover, seeds=_pdf_seeds, words=tuple(_PDF_WORDS.split())),
    "check": Target(run=check_pdf, seeds=_pdf_seeds, words=tuple(_PDF_WORDS.split())),
    "svg": Target(run=read_drawing, seeds=_svg_seeds, words=tuple(_SVG_WORDS.split())),
    "photo": Target(run=read_photo, seeds=_photo_seeds, words=("IHDR", "IDAT", "PLTE", "tRNS", "iCCP", "eXIf", "acTL")),
}  # fmt: skip
