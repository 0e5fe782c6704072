"""A clinic's SVG: what is drawn looks as SVG says, what cannot be drawn is refused with its line, and nothing takes long."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import bench
from own_exercise import SVG, svg
from PIL import Image
from rendering import render_page, worst_tile

from handouts.document import Document, Node, Page, Placement
from handouts.errors import InputError
from handouts.pages.drawing import Drawing
from handouts.pages.figures import Figure, placing_matrix
from handouts.pages.svg.numbers import IDENTITY, multiply, read_transform, write_exact, write_number
from handouts.pages.svg.paths import read_path
from handouts.pages.svg.reading import read_svg
from handouts.writer.handout import write_document


def read(text: str | bytes, folder: Path) -> Figure:
    path = folder / "own.svg"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_svg(path, "own.svg", "own.svg")


def look_at(figure: Figure, *, mirrored: bool = False) -> Image.Image:
    """The figure on a page of its own, ten pixels for each unit of its width in a drawing of 40 × 30 px."""
    desk = bench().desk("standard", "a4", None)
    scale = 400 / figure.width
    width, height = 400, round(figure.height * scale)
    drawing = Drawing(width, desk.fonts)
    assert figure.form is not None
    drawing.form(figure.form.name, placing_matrix(figure, left=0, bottom=-height, scale=scale, mirrored=mirrored), None)
    page = Page(width=width, height=height, placements=(Placement(piece=drawing.finish(height), x=0, y=0, node=None),))
    pdf = write_document(
        Document(
            title="t", lang="en", author="a", subject="s", stamp="20000101000000", pages=(page,), nodes=(Node(tag="Sect"),),
            bookmarks=(), fonts=(), forms={figure.form.name: figure.form},
        )
    )  # fmt: skip
    return render_page(pdf, 0, dpi=72)


def colours(text: str, folder: Path, *points: tuple[float, float]) -> list[tuple[int, ...]]:
    """The colours at some points of a drawing of 40 × 30 units."""
    seen = look_at(read(text, folder))
    return [seen.getpixel((round(x * 10), round(y * 10))) for x, y in points]  # type: ignore[misc]


WHITE, BLACK, RED, LIME, BLUE = (255, 255, 255), (0, 0, 0), (255, 0, 0), (0, 255, 0), (0, 0, 255)
BOX = 'x="10" y="10" width="10" height="10"'
IN, OUT = (15, 15), (27, 15)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        # defaults: black fill, no stroke
        (f"<rect {BOX}/>", BLACK),
        (f'<rect {BOX} fill="none"/>', WHITE),
        # colours, in every way they are written
        (f'<rect {BOX} fill="#f00"/>', RED),
        (f'<rect {BOX} fill="rgb(255, 0,0)"/>', RED),
        (f'<rect {BOX} fill="red"/>', RED),
        (f'<rect {BOX} style="fill:red"/>', RED),
        (f'<rect {BOX} fill="blue" style="fill: red !important"/>', RED),
        (f'<style>.a{{fill:red}}</style><rect {BOX} class="b a" fill="blue"/>', RED),
        (f"<style>/* x */ rect, .b {{ fill : red ; }}</style><rect {BOX}/>", RED),
        (f'<style>#c{{fill:red}} .a{{fill:blue}} rect{{fill:lime}}</style><rect {BOX} class="a" id="c"/>', RED),
        (f'<style>rect.a{{fill:red}}.a{{fill:blue}}</style><rect {BOX} class="a"/>', RED),
        (f'<defs><style><![CDATA[.a{{fill:red}}]]></style></defs><rect {BOX} class="a"/>', RED),
        (f'<g fill="red"><rect {BOX}/></g>', RED),
        (f'<g fill="red"><rect {BOX} fill="inherit"/></g>', RED),
        (f'<g color="red"><rect {BOX} fill="currentColor"/></g>', RED),
        # opacity is mixed with white paper
        (f'<rect {BOX} fill="red" fill-opacity=".5"/>', (255, 128, 128)),
        (f'<g opacity="50%"><rect {BOX} fill="rgba(255,0,0,1)"/></g>', (255, 128, 128)),
        (f'<rect {BOX} fill="hsla(0, 100%, 50%, 50%)"/>', (255, 128, 128)),
        (f'<rect {BOX} fill="#ff000080"/>', (255, 127, 127)),
        (f'<rect {BOX} opacity="0"/>', WHITE),
        # shown or not
        (f'<g display="none"><rect {BOX}/></g>', WHITE),
        (f'<g visibility="hidden"><rect {BOX}/></g>', WHITE),
        (f'<g visibility="hidden"><rect {BOX} visibility="visible"/></g>', BLACK),
        (f"<defs><rect {BOX}/></defs>", WHITE),
        # shapes
        ('<circle cx="15" cy="15" r="4" fill="red"/>', RED),
        ('<ellipse cx="15" cy="15" rx="4" ry="2" fill="red"/>', RED),
        ('<polygon points="10,10 20,10 20,20 10,20" fill="red"/>', RED),
        ('<line x1="10" y1="15" x2="20" y2="15" stroke="red" stroke-width="4"/>', RED),
        ('<polyline points="10,15 20,15" stroke="red" stroke-width="4" fill="none"/>', RED),
        ('<path d="M10 10h10v10h-10z" fill="red"/>', RED),
        ('<path d="m10,10 10,0 0,10 -10,0z" fill="red"/>', RED),
        ('<path d="M11 15a4 4 0 1 1 8 0 4 4 0 0 1-8 0" fill="red"/>', RED),
        ('<path d="M11 15a4 4 0 118 0a4 4 0 01-8 0" fill="red"/>', RED),
        ('<path d="M10 20Q10 10 15 10T20 20z" fill="red"/>', RED),
        ('<path d="M10 20C10 10 12 10 15 10S20 10 20 20z" fill="red"/>', RED),
        # winding
        ('<path d="M10 10h10v10h-10z M12 12h6v6h-6z" fill="red"/>', RED),
        ('<path d="M10 10h10v10h-10z M12 12h6v6h-6z" fill="red" fill-rule="evenodd"/>', WHITE),
        # transforms
        ('<rect width="10" height="10" transform="translate(10,10)" fill="red"/>', RED),
        ('<g transform="translate(10 10) scale(2)"><rect width="5" height="5" fill="red"/></g>', RED),
        ('<rect x="-20" y="10" width="10" height="10" transform="scale(-1 1)" fill="red"/>', RED),
        (f'<rect {BOX} transform="rotate(90 15 15)" fill="red"/>', RED),
        (f'<rect {BOX} transform="scale(0)"/>', WHITE),
        # what lies later covers what came before; a stroke covers its fill unless it comes first
        (f'<rect {BOX} fill="blue"/><rect {BOX} fill="red"/>', RED),
        (f'<rect {BOX} fill="blue" stroke="red" stroke-width="12"/>', RED),
        (f'<rect {BOX} fill="red" stroke="blue" stroke-width="12" paint-order="stroke"/>', RED),
        (f'<rect {BOX} fill="red" stroke-width="0" stroke="blue"/>', RED),
    ],
)  # fmt: skip
def test_a_drawing_looks_as_svg_says(inside: str, expected: tuple[int, ...], tmp_path: Path) -> None:
    marker = '<rect x="30" y="20" width="1" height="1"/>'  # so that something is always drawn
    seen, beside = colours(svg(inside + marker), tmp_path, IN, OUT)
    assert all(abs(one - other) <= 1 for one, other in zip(seen, expected, strict=True))
    assert beside == WHITE


@pytest.mark.parametrize(
    "attributes",
    [
        'viewBox="0 0 40 30"',
        'width="40" height="30"',
        'width="40px" viewBox="0 0 40 30"',
        'width="100%" height="100%" viewBox="0 0 40 30"',
        'width="400mm" height="300mm" viewBox="0 0 40 30"',
        'viewBox="100 50 40 30"',
        'width="80" height="60" viewBox="0 0 40 60" preserveAspectRatio="xMinYMin"',
    ],
)
def test_the_box_is_that_of_the_drawing(attributes: str, tmp_path: Path) -> None:
    shift = ' transform="translate(100 50)"' if "100 50" in attributes else ""
    text = f'<svg xmlns="{SVG}" {attributes}><rect {BOX} fill="red"{shift}/></svg>'
    figure = read(text, tmp_path)
    assert figure.width / figure.height == pytest.approx(4 / 3)
    seen = look_at(figure)
    half = 0.5 if "preserve" in attributes else 1
    assert seen.getpixel((round(150 * half), round(150 * half))) == RED
    assert seen.getpixel((250, 150)) == WHITE


def test_line_ends_joins_and_dashes(tmp_path: Path) -> None:
    line = '<line x1="10" y1="15" x2="20" y2="15" stroke="red" stroke-width="4"'
    assert colours(svg(f"{line}/>"), tmp_path, (21, 15)) == [WHITE]
    assert colours(svg(f'{line} stroke-linecap="square"/>'), tmp_path, (21, 16.5)) == [RED]
    assert colours(svg(f'{line} stroke-linecap="round"/>'), tmp_path, (21, 15), (21.8, 16.8)) == [RED, WHITE]
    assert colours(svg(f'{line} stroke-dasharray="2 3"/>'), tmp_path, (11, 15), (13.5, 15), (16, 15)) == [RED, WHITE, RED]
    assert colours(svg(f'{line} stroke-dasharray="2 3" stroke-dashoffset="2"/>'), tmp_path, (11, 15), (14, 15)) == [WHITE, RED]
    corner = '<path d="M10 10H20V20" fill="none" stroke="red" stroke-width="4"'
    assert colours(svg(f"{corner}/>"), tmp_path, (21.7, 8.3)) == [RED]
    assert colours(svg(f'{corner} stroke-linejoin="bevel"/>'), tmp_path, (21.7, 8.3)) == [WHITE]


def test_a_drawing_is_mirrored_true(tmp_path: Path) -> None:
    figure = read(svg(f'<rect {BOX} fill="red"/><circle cx="30" cy="25" r="3"/>'), tmp_path)
    from PIL import ImageOps

    assert worst_tile(ImageOps.mirror(look_at(figure)), look_at(figure, mirrored=True)).same


def test_programs_own_elements_and_references_never_shown_are_passed_over(tmp_path: Path) -> None:
    text = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with a drawing program -->
<svg xmlns="{SVG}" xmlns:i="http://www.inkscape.org/namespaces/inkscape" xmlns:xlink="http://www.w3.org/1999/xlink"
     viewBox="0 0 40 30" i:version="1.3" style="enable-background:new 0 0 40 30">
<title>A</title><metadata><rdf xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><x/></rdf></metadata>
<defs><linearGradient id="g" xlink:href="#h"><stop stop-color="red"/></linearGradient></defs>
<circle cx="30" cy="5" r="2" i:cx="15" i:cy="15" i:r="9" fill="blue"/>
<i:namedview i:zoom="1"><i:grid/></i:namedview>
<g i:label="Layer 1" i:groupmode="layer"><rect {BOX} style="fill:red;-inkscape-stroke:none;font-family:'x;y'"/></g></svg>"""
    assert colours(text, tmp_path, IN) == [RED]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    declared = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "latin-1": "ISO-8859-1"}[encoding]
    text = f'<?xml version="1.0" encoding="{declared}"?>' + svg(f"<title>é</title><rect {BOX}/>")
    assert read(text.encode(encoding), tmp_path).width == 40


def test_the_same_file_gives_the_same_bytes_and_they_are_deflated(tmp_path: Path) -> None:
    forms = [read(svg(f"<rect {BOX}/>"), tmp_path).form for _ in range(2)]
    assert forms[0] == forms[1]
    assert forms[0] is not None
    assert zlib.decompress(forms[0].stream).decode("ascii").count("q") == 1


# ------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<text>Hold</text>", "own.svg:3: <text> is not drawn here (convert text to outlines"),
        ('<image href="x.png"/>', "own.svg:3: <image> is not drawn here (draw it as paths"),
        ('<use href="#a"/>', "own.svg:3: <use> is not drawn here (unlink clones"),
        ('<use href="https://example.org/a.svg#a"/>', "own.svg:3: <use> is not drawn here"),
        ('<a href="https://example.org"><rect width="1" height="1"/></a>', "own.svg:3: <a> is not drawn here (remove the link)"),
        ("<script>alert(1)</script>", "own.svg:3: <script> is refused: a picture may not do anything"),
        ("<defs><script>alert(1)</script></defs>", "own.svg:3: <script> is refused"),
        ("<foreignObject><p/></foreignObject>", "own.svg:3: <foreignObject> is refused"),
        ("<g><animate/></g>", "own.svg:3: <animate> is refused"),
        ('<rect width="1" height="1" onclick="x()"/>', "own.svg:3: onclick is refused"),
        ('<defs><rect onload="x()"/></defs>', "own.svg:3: onload is refused"),
        ('<svg><rect width="1" height="1"/></svg>', "own.svg:3: <svg> is not drawn here (ungroup"),
        ("<strange/>", "own.svg:3: <strange> is not drawn here"),
        ('<rect width="9" height="9" fill="url(#g)"/>', "own.svg:3: gradients and patterns are not drawn here: give it a plain"),
        ('<rect width="9" height="9" fill="url(https://example.org/#g) red"/>', "own.svg:3: gradients"),
        (
            '<rect width="9" height="9" fill="burple"/>',
            'own.svg:3: "burple" is no colour that is known here: write it as #rrggbb',
        ),
        ('<g filter="url(#f)"><rect width="1" height="1"/></g>', "own.svg:3: filter is not drawn here (remove the filter"),
        ('<g style="mask:url(#m)"/>', "own.svg:3: mask is not drawn here (release the mask)"),
        ('<g clip-path="url(#m)"/>', "own.svg:3: clip-path is not drawn here (release the clip"),
        ('<path d="M0 0h9" marker-end="url(#a)"/>', "own.svg:3: marker-end is not drawn here (turn the line"),
        ('<g style="mix-blend-mode:multiply"/>', "own.svg:3: mix-blend-mode is not drawn here"),
        ('<g style="transform:rotate(3deg)"/>', "own.svg:3: transform in a style is not read (write it as an attribute"),
        ("<style>@import url(x.css);</style>", "own.svg:3: style sheets may hold plain rules only"),
        ("<style>g > rect {fill: red}</style>", 'own.svg:3: the style rule for "g > rect" is not read'),
        ("<style>.a {fill: red</style>", "own.svg:3: the style sheet cannot be read"),
        ('<path d="M0 0 L5"/>', 'own.svg:3: path data has no number at ""'),
        ('<path d="L5 5"/>', "own.svg:3: path data begins without a move (M)"),
        ('<path d="M5 5 lorem"/>', "own.svg:3: path data has no number at"),
        ('<path d="M5 5 1e99 3"/>', "own.svg:3: 1e99 is too large a number"),
        ('<path d="M5 5a1 1 0 2 0 3 3"/>', "own.svg:3: path data has no number at"),
        ('<rect width="50%" height="1"/>', 'own.svg:3: "50%" is no length in px, pt, mm, cm or in'),
        ('<rect width="2em" height="1"/>', 'own.svg:3: "2em" is no length'),
        ('<g transform="wobble(3)"><rect width="1" height="1"/></g>', "own.svg:3: wobble with 1 numbers is no transform"),
        ('<g transform="rotate(3"><rect width="1" height="1"/></g>', 'own.svg:3: "rotate(3" is no transform'),
        ("", "own.svg:2: nothing is drawn in it (give its paths a fill or a stroke)"),
        ('<rect width="9" height="9" fill="none"/>', "own.svg:2: nothing is drawn in it"),
    ],
)
def test_what_is_not_drawn_is_refused_with_its_line(inside: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read(f'<!-- a\n--><svg xmlns="{SVG}" viewBox="0 0 40 30">\n{inside}\n</svg>', tmp_path)
    (problem,) = refused.value.problems
    assert str(problem).startswith(said)
    assert "\n" not in str(problem)
    assert problem.hint


BOMB = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "own.svg:1: this is not an SVG, or it is damaged"),
        ("not xml", "own.svg:1: this is not an SVG, or it is damaged"),
        ("<html><body/></html>", "own.svg:1: this is not an SVG (save it as plain SVG)"),
        (f'<svg xmlns="{SVG}" viewBox="0 0 4 3"><rect', "own.svg:1: this is not an SVG, or it is damaged"),
        (b"\x1f\x8b\x08\x00", "own.svg:1: this is not an SVG, or it is damaged"),
        (b'<?xml version="1.0" encoding="klingon"?><svg/>', "own.svg:1: "),
        (f"{BOMB}{svg('<title>&b;</title>')}", "own.svg:1: a DOCTYPE is never read (delete the <!DOCTYPE"),
        (f"{OUTSIDE}{svg('<title>&x;</title>')}", "own.svg:1: a DOCTYPE is never read"),
        (svg("<g/>", attributes='transform="scale(2)"'), "own.svg:1: transform of the whole drawing is not read"),
        (svg("<title>&b;</title>"), "own.svg:1: this is not an SVG, or it is damaged"),
        (f'<?xml-stylesheet href="x.css"?>{svg("")}', "own.svg:1: a style sheet in another file is never read"),
        (svg("<g>" * 100 + "</g>" * 100), "own.svg:1: more than 64 elements inside each other"),
        (svg('<rect width="1" height="1"/>' * 21_000), "own.svg:1: more than 20000 elements"),
        (svg(f'<path d="M0 0{" 1 1" * 60_000}"/>'), "own.svg:1: more than 50000 lines and curves"),
        (svg(" " * 2_000_001), "own.svg: the drawing is larger than 2 MB"),
        (svg("<style>" + ".a{fill:red}" * 2_100 + "</style>"), "own.svg:1: more than 200 rules in a style sheet"),
        (svg("<style>" + " " * 1_900_000 + "}</style>"), "own.svg:1: the style sheet cannot be read"),
        (svg(f'<rect style="fill:none;{"/*a" * 600_000}" width="4" height="4"/>'), "own.svg:1: nothing is drawn in it"),
        (f'<svg xmlns="{SVG}"><rect width="1" height="1"/></svg>', "own.svg:1: the drawing says neither viewBox nor width"),
        (f'<svg xmlns="{SVG}" viewBox="0 0 0 3"/>', "own.svg:1: the viewBox is not four numbers"),
        (f'<svg xmlns="{SVG}" viewBox="0 0 4000 3"/>', "own.svg:1: the drawing has no size, or is a strip"),
        (f'<svg xmlns="{SVG}" viewBox="0 0 1e300 1"/>', "own.svg:1: 1e300 is too large a number"),
    ],
)  # fmt: skip
def test_hostile_and_broken_files_are_refused_quickly(text: str | bytes, said: str, tmp_path: Path) -> None:
    start = time.perf_counter()
    with pytest.raises(InputError) as refused:
        read(text, tmp_path)
    assert str(refused.value).startswith(said)
    assert time.perf_counter() - start < 3


def test_the_largest_drawing_that_is_read_takes_seconds_at_most(tmp_path: Path) -> None:
    start = time.perf_counter()
    parts = "".join(f'<path class="a b" d="M{n % 40} 0a1 2 3 0 1 4 4t1 1z" stroke="red"/>' for n in range(7_000))
    figure = read(svg(f"<style>.a{{fill:red}} path{{stroke:blue}}</style>{parts}"), tmp_path)
    assert figure.form is not None
    assert time.perf_counter() - start < 5


# ------------------------------------------------------------------------------------------- numbers

NUMBERS = st.floats(min_value=-1e7, max_value=1e7, allow_nan=False)


@given(NUMBERS)
def test_numbers_are_written_without_an_exponent(value: float) -> None:
    for text in (write_exact(value), write_number(value, 3)):
        assert "e" not in text.lower()
        assert text != "-0"
    assert float(write_exact(value)) == pytest.approx(value, rel=1e-5, abs=1e-13)


@given(NUMBERS, NUMBERS, st.floats(min_value=-720, max_value=720))
def test_a_turn_and_back_changes_nothing(x: float, y: float, turn: float) -> None:
    there, back = read_transform(f"rotate({turn:f} {x:f} {y:f})"), read_transform(f"rotate({-turn:f},{x:f},{y:f})")
    assert multiply(there, back) == pytest.approx(IDENTITY, abs=1e-5 * (1 + abs(x) + abs(y)))


@given(st.text(alphabet="MmLlHhVvCcSsQqTtAaZz0123456789.,-+e ", max_size=60))
def test_any_path_data_is_read_or_refused(data: str) -> None:
    try:
        segments = list(read_path(data))
    except ValueError:
        return
    assert all(len(numbers) == {"m": 2, "l": 2, "c": 6, "h": 0}[operator] for operator, numbers in segments)
    assert not segments or segments[0][0] == "m"


@given(st.tuples(*[st.integers(min_value=-50, max_value=50)] * 5), st.booleans(), st.booleans())
def test_an_arc_ends_where_it_is_told(values: tuple[int, ...], large: bool, sweep: bool) -> None:
    rx, ry, turn, x, y = values
    segments = list(read_path(f"M3 4A{rx} {ry} {turn} {int(large)} {int(sweep)} {x} {y}"))
    assert segments[-1][1][-2:] == pytest.approx((x, y))
