"""A clinic's own pictures and the body that pictures show, from the folder to the page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from making import plain, tags_of
from own_exercise import block, exercise, photo, svg
from rendering import render_page

from cli.conftest import Run, read_text

FIGURES = "assets/figures"
OWN = ("make", "--exercise", "own-stretch", "-o", "own.pdf")
COLOURS = {"red": (255, 0, 0), "blue": (0, 0, 255), "lime": (0, 255, 0)}
Put = Callable[..., None]


@pytest.fixture
def put(folder: Path) -> Put:
    """`put({path: content})`: files of a clinic's folder, which is the current one."""

    def write(*files: dict[str, str] | dict[str, bytes]) -> None:
        for name, content in ((name, content) for each in files for name, content in each.items()):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    write({"handouts.yaml": "country: gb\n"})
    return write


def seen(pdf: Path) -> set[str]:
    """Which of the colours are in large areas of the page with the card."""
    pixels = render_page(pdf, 1, dpi=50).get_flattened_data()
    return {name for name, colour in COLOURS.items() if sum(pixel == colour for pixel in pixels) > 200}


def alts(pdf: Path) -> list[str]:
    return [tag.alt or "" for tag in tags_of(pdf.read_bytes()) if tag.type == "Figure"][:-1]  # the last: boxes to tick


# ------------------------------------------------------------------------------------------- own pictures


def test_an_svg_and_a_photo_are_printed_and_tagged(run: Run, put: Put, folder: Path, submit: Callable[..., None]) -> None:
    put(exercise(), {f"{FIGURES}/own-stretch.start.svg": block("blue")}, {f"{FIGURES}/own-stretch.end.jpg": photo("lime")})
    ran = run(*OWN)
    assert (ran.code, ran.err) == (0, "")
    submit(folder / "own.pdf")
    assert alts(folder / "own.pdf") == ["A person stretches in pose start.", "A person stretches in pose end."]
    assert "Look start" in read_text(folder / "own.pdf")
    assert "blue" in seen(folder / "own.pdf")
    assert run("check").code == 0


def test_a_picture_is_embedded_once(run: Run, put: Put, folder: Path) -> None:
    put(exercise(), {f"{FIGURES}/own-stretch.{pose}.png": photo("red", kind="PNG") for pose in ("start", "end")})
    for words in (OWN, (*OWN, "--exercise", "cobra")):
        assert run(*words).code == 0
        with pikepdf.open(folder / "own.pdf") as pdf:
            images = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
        assert len(images) == 2
    first = (folder / "own.pdf").read_bytes()
    run(*words)
    assert (folder / "own.pdf").read_bytes() == first, "same request, same bytes"


def test_an_upper_layer_and_a_body_of_its_own_win(run: Run, put: Put, folder: Path) -> None:
    put({f"{FIGURES}/cobra.{pose}.svg": block("blue") for pose in ("start", "end")})
    cobra = ("make", "--exercise", "cobra", "-o", "own.pdf")
    assert run(*cobra).code == 0
    assert seen(folder / "own.pdf") == {"blue"}, "ours lie below"
    put({f"{FIGURES}/female/cobra.{pose}.PNG": photo("red", kind="PNG") for pose in ("start", "end")})
    assert run(*cobra).code == 0
    assert seen(folder / "own.pdf") == {"red"}
    assert run(*cobra, "--body", "male").code == 0
    assert seen(folder / "own.pdf") == {"blue"}, "for both bodies"


def picture_boxes(pdf: Path) -> list[tuple[float, float]]:
    """Width and height of each picture, from its box in the structure tree."""

    def walk(element: pikepdf.Object) -> Iterator[tuple[float, float]]:
        if isinstance(element, pikepdf.Array):
            for kid in element:
                yield from walk(kid)
        elif isinstance(element, pikepdf.Dictionary):
            if element.get("/S") == "/Figure" and "/A" in element:
                left, bottom, right, top = (float(v) for v in element.A.BBox)
                yield right - left, top - bottom
            if "/K" in element:
                yield from walk(element.K)

    with pikepdf.open(pdf) as opened:
        return list(walk(opened.Root.StructTreeRoot.K))[:-1]


@pytest.mark.parametrize(
    ("first", "second", "shares"),
    [
        ((800, 600), (800, 300), (1, 1)),  # one scale: the lower one is a lower scene
        ((800, 600), (600, 450), (1, 0.75)),
        ((800, 600), (200, 150), (1, 1)),  # another camera: equally long
        ((800, 600), (250, 300), (1, 250 / 300)),
    ],
)
def test_photos_of_one_exercise_stand_at_one_scale(
    first: tuple[int, int], second: tuple[int, int], shares: tuple[float, float], run: Run, put: Put, folder: Path
) -> None:
    names = (f"{FIGURES}/own-stretch.start.jpg", f"{FIGURES}/own-stretch.end.jpg")
    put(exercise(), dict(zip(names, (photo("red", size) for size in (first, second)), strict=True)))
    assert run(*OWN).code == 0
    (wide, high), (other, low) = picture_boxes(folder / "own.pdf")
    assert wide / high == pytest.approx(first[0] / first[1], rel=0.02)
    assert other / low == pytest.approx(second[0] / second[1], rel=0.02)
    assert other / wide == pytest.approx(shares[1] / shares[0], rel=0.02)


def test_a_drawing_beside_ours_and_a_photo_is_as_long(run: Run, put: Put, folder: Path) -> None:
    put(
        exercise(("start", "middle", "end")),
        {f"{FIGURES}/own-stretch.start.svg": block("blue", (24, 18))},
        {f"{FIGURES}/own-stretch.end.jpg": photo("red", (1600, 1200))},
    )
    shutil.copy(Path(__file__).parents[2] / FIGURES / "female/cat-cow.start.json", folder / FIGURES / "own-stretch.middle.json")
    assert run(*OWN).code == 0
    widths = [width for width, _ in picture_boxes(folder / "own.pdf")]
    assert widths == pytest.approx([widths[0]] * 3, rel=0.02)


def test_a_small_photo_stays_small_and_is_told(run: Run, put: Put, folder: Path) -> None:
    put(exercise(), {f"{FIGURES}/own-stretch.start.jpg": photo("red", (150, 100)), f"{FIGURES}/own-stretch.end.jpg": photo()})
    put(exercise(("start",)))
    (folder / FIGURES / "own-stretch.end.jpg").unlink()
    assert run(*OWN).code == 0
    ((wide, _),) = picture_boxes(folder / "own.pdf")
    assert wide == pytest.approx(150 / 100 * 72, abs=1), "100 dots an inch"
    assert run("check").out.count("G6") == 1
    assert (
        "catalog/exercises/own-stretch.yaml:15:11: G6: warning: the picture start has 100 dots an inch where it is printed, "
        "150 at least (use a larger picture)"
    ) in run("check").out


# ------------------------------------------------------------------------------------------- sides

ASYMMETRIC = svg('<rect width="20" height="30" fill="red"/><rect x="20" width="20" height="30" fill="blue"/>')
SIDED_WORDS = {"start": '{alt: "The person bends their {knee.near}."}'}


def red_is_left(pdf: Path) -> bool:
    page = render_page(pdf, 1, dpi=50)
    columns: dict[str, list[int]] = {"red": [], "blue": []}
    for index, pixel in enumerate(page.get_flattened_data()):
        for name, found in columns.items():
            if pixel == COLOURS[name]:
                found.append(index % page.width)
    return max(columns["red"]) <= min(columns["blue"])


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_picture_with_a_side_is_mirrored_for_the_other(side: str, run: Run, put: Put, folder: Path) -> None:
    put(
        exercise(("start",), sides="each-side", extra="pictured_side: left\n", pictures=SIDED_WORDS),
        {f"{FIGURES}/own-stretch.start.svg": ASYMMETRIC},
    )
    assert run(*OWN, "--side", f"own-stretch: {side}").code == 0
    assert red_is_left(folder / "own.pdf") is (side == "left")
    assert alts(folder / "own.pdf") == [f"The person bends their {side} knee."]
    assert "one side shown" not in read_text(folder / "own.pdf")
    assert run("check").out == ""


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_a_picture_of_a_side_that_nothing_names_is_never_mirrored(side: str, run: Run, put: Put, folder: Path) -> None:
    put(
        exercise(("start",), sides="each-side", pictures=SIDED_WORDS),
        {f"{FIGURES}/own-stretch.start.svg": ASYMMETRIC},
    )
    assert run(*OWN, "--side", f"own-stretch: {side}").code == 0
    assert red_is_left(folder / "own.pdf")
    assert alts(folder / "own.pdf") == ["The person bends their knee."]
    assert "Start (one side shown)" in read_text(folder / "own.pdf")
    checked = run("check")
    assert checked.code == 0
    assert checked.out.startswith(
        "catalog/exercises/own-stretch.yaml:16:11: G5: warning: nothing says which side your own pictures"
    )


def test_a_side_is_refused_where_there_are_none(run: Run, put: Put) -> None:
    put(exercise(("start",), extra="pictured_side: left\n"), {f"{FIGURES}/own-stretch.start.svg": ASYMMETRIC})
    ran = run(*OWN)
    assert (ran.code, ran.err) == (
        3, "catalog/exercises/own-stretch.yaml:10:1: pictured_side: the exercise has sides none (leave pictured_side out)\n"
    )  # fmt: skip


def test_ours_carry_their_side_themselves(run: Run, put: Put, folder: Path) -> None:
    put({"catalog/exercises/figure-four.yaml": "pictured_side: left\n"})
    for words in (("--side", "figure-four: left"), ()):
        run("make", "--exercise", "figure-four", *words, "-o", "own.pdf")
        assert "one side shown" not in read_text(folder / "own.pdf")
        assert "left ankle" in alts(folder / "own.pdf")[1]


# ------------------------------------------------------------------------------------------- what is wrong


def test_an_alternative_text_is_required(run: Run, put: Put) -> None:
    put(exercise(pictures={"start": "{caption: Start}", "end": "{alt: }"}))
    ran = run(*OWN)
    assert ran.code == 3
    place = "catalog/words/en/own-stretch.yaml"
    assert f'{place}:9:10: start: "alt" is missing (add a line alt: …)' in ran.lines
    assert f"{place}:10:14: alt: expected text, found nothing (leave the line out if there is nothing to say)" in ran.lines
    put(exercise(pictures={"start": "{alt: A person stands.}"}))
    ran = run(*OWN)
    assert ran.lines == [f"{place}:9:3: pictures: no words for the picture end (add end: {{alt: …}})"]


def make_trouble(kind: str, path: Path, outside: Path) -> None:
    path.unlink(missing_ok=True)
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "link out":
        outside.write_bytes(photo())
        path.symlink_to(outside)
    elif kind == "broken link":
        path.symlink_to("nowhere.jpg")
    elif kind == "ring":
        path.symlink_to(path.name)
    elif kind == "not a picture":
        path.write_bytes(b"x")
    elif kind == "active":
        path.write_text(svg('<script>alert("x")</script>'))


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("folder", "own-stretch.end.jpg", "this is a folder, not a picture"),
        ("fifo", "own-stretch.end.svg", "this is not a regular file"),
        ("link out", "own-stretch.end.jpg", "this link leads out of the workspace (copy the picture into the workspace)"),
        ("broken link", "own-stretch.end.jpg", "this link leads nowhere"),
        ("ring", "own-stretch.end.jpg", "this link leads nowhere"),
        ("not a picture", "own-stretch.end.jpg", "this is no JPEG picture, or it is damaged (save it again as PNG or JPEG)"),
        ("not a picture", "own-stretch.end.json", "this is not a figure of format 1 or 2, or it is damaged"),
        ("active", "own-stretch.end.svg", "<script> is refused: a picture may not do anything"),
    ],
)
def test_what_is_no_picture_ends_in_one_line(kind: str, name: str, said: str, run: Run, put: Put, folder: Path) -> None:
    put(exercise(), {f"{FIGURES}/own-stretch.start.svg": block("blue")})
    make_trouble(kind, folder / FIGURES / name, folder.parent / "outside.jpg")
    start = time.perf_counter()
    ran = run(*OWN)
    assert time.perf_counter() - start < 5
    assert (ran.code, ran.out, len(ran.lines)) == (3, "", 1)
    assert ran.err.startswith(f"{FIGURES}/{name}:")
    assert said in ran.err
    assert not (folder / "own.pdf").exists()
    checked = run("check")
    assert checked.code == 3
    assert len([line for line in checked.out.splitlines() if said in line and "F1" in line]) == 1


def test_two_pictures_for_one_pose_are_refused(run: Run, put: Put) -> None:
    put(exercise(), {f"{FIGURES}/own-stretch.start.{ending}": block("blue") for ending in ("svg", "jpg")})
    ran = run(*OWN)
    assert ran.code == 3
    assert ran.err == (
        f"{FIGURES}: there are 2 pictures for one pose: own-stretch.start.jpg, own-stretch.start.svg (keep one of them)\n"
    )


def test_a_file_that_no_exercise_names_is_told(run: Run, put: Put) -> None:
    names = ("own-strech.start.svg", "own-stretch.strat.svg", "own-stretch.start.webp", "female/other.start.svg")
    put(exercise(("start",)), {f"{FIGURES}/{name}": block("blue") for name in ("own-stretch.start.svg", *names)})
    out = run("check").out.splitlines()
    told = [line for line in out if "G7: warning:" in line]
    assert len(told) == len(names)
    assert f"{FIGURES}/own-strech.start.svg: G7: warning: no exercise names this picture, so it is never printed" in told[0]
    assert "did you mean own-stretch.start?" in told[0]
    assert "pictures of this kind are not read (save it as SVG, PNG or JPEG)" in next(line for line in told if "webp" in line)


# ------------------------------------------------------------------------------------------- the body


def bodies(exercise_id: str = "cobra") -> dict[str, str]:
    """Red pictures of the female body and blue ones of the male."""
    return {
        f"{FIGURES}/{body}/{exercise_id}.{pose}.svg": block(colour)
        for body, colour in (("female", "red"), ("male", "blue"))
        for pose in ("start", "end")
    }


CLINIC = 'id: c\nname: C\nphone: "020 7946 0000"\n'


@pytest.mark.parametrize(
    ("words", "clinic", "settings", "colour"),
    [
        ((), "", "", "red"),
        (("--body", "male"), "", "", "blue"),
        ((), "body: male\n", "", "blue"),
        ((), "", "body: male\n", "blue"),
        (("--body", "female"), "body: male\n", "body: male\n", "red"),
        ((), "body: female\n", "body: male\n", "red"),
    ],
)
def test_the_body_is_that_of_the_request_the_clinic_the_workspace_the_edition(
    words: tuple[str, ...], clinic: str, settings: str, colour: str, run: Run, put: Put, folder: Path
) -> None:
    put(bodies(), {"handouts.yaml": f"country: gb\nclinic: c\n{settings}", "assets/clinics/c/clinic.yaml": f"{CLINIC}{clinic}"})
    ran = run("make", "--exercise", "cobra", *words, "-o", "own.pdf", "--save", "plan.yaml", "--chart-note", "note.txt")
    assert ran.code == 0, ran.err
    assert seen(folder / "own.pdf") == {colour}
    body = "male" if colour == "blue" else "female"
    assert f"body: {body}\n" in (folder / "plan.yaml").read_text()
    assert f"Pictures:    {body} body\n" in (folder / "note.txt").read_text()
    assert run("make", "plan.yaml", "-o", "again.pdf").code == 0
    assert (folder / "again.pdf").read_bytes() == (folder / "own.pdf").read_bytes()
    present = "male" if (clinic or settings).startswith("body: male") else "female"
    assert f"present: {FIGURES}/{present}/cobra.start.svg" in run("show", "cobra").out


def test_the_edition_says_it_when_nobody_else_does(run: Run, put: Put, folder: Path) -> None:
    put(bodies(), {"templates/editions/standard.yaml": "id: standard\npictures: {body: male}\n"})
    assert run("make", "--exercise", "cobra", "-o", "own.pdf").code == 0
    assert seen(folder / "own.pdf") == {"blue"}


@pytest.mark.parametrize("body", ["female", "male"])
def test_the_body_that_is_drawn_is_shown_where_the_other_is_not(body: str, run: Run, put: Put, folder: Path) -> None:
    drawn = {name: content for name, content in bodies("own-stretch").items() if f"/{body}/" in name}
    put(exercise(), drawn)
    for asked in ("female", "male"):
        ran = run(*OWN, "--body", asked)
        assert (ran.code, ran.err) == (0, "")
        assert seen(folder / "own.pdf") == {"red" if body == "female" else "blue"}


def test_a_card_shows_one_person_where_it_can(run: Run, put: Put, folder: Path) -> None:
    files = bodies("own-stretch")
    del files[f"{FIGURES}/male/own-stretch.end.svg"]
    put(exercise(), files)
    assert run(*OWN, "--body", "male").code == 0
    assert seen(folder / "own.pdf") == {"red"}
    (folder / FIGURES / "female/own-stretch.start.svg").unlink()
    assert run(*OWN, "--body", "male").code == 0
    assert seen(folder / "own.pdf") == {"red", "blue"}, "each pose has a picture"


def test_a_body_that_is_not_known(run: Run, put: Put, folder: Path) -> None:
    ran = run("make", "--exercise", "cobra", "--body", "both")
    assert ran.code == 2
    assert ran.err.startswith("--body: ")
    assert "female" in ran.err
    put({"request.yaml": "exercises: [cobra]\nbody: man\n"})
    ran = run("make", "request.yaml")
    assert ran.code == 3
    assert ran.err.startswith("request.yaml:2:7: body: ")
    assert "--body" in run("make", "--help").out


# ------------------------------------------------------------------------------------------- speed


def test_a_handout_without_own_pictures_loads_nothing_for_them(folder: Path) -> None:
    code = (
        "import sys; from handouts.cli import main; assert main(['make', '--exercise', 'cobra', '-o', 'x.pdf']) == 0; "
        "print(*sorted(name for name in sys.modules if 'svg' in name or 'photos' in name or 'own_pictures' in name or "
        "name in ('pyexpat', 'PIL.JpegImagePlugin', 'PIL.ImageColor', 'PIL.PngImagePlugin')), sep=',')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder)
    assert done.stdout.splitlines()[-1] in ("", "x.pdf"), plain(done.stdout)
