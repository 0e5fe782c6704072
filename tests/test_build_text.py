"""What is written is what is printed, letter for letter; pictures and logos as they come."""

from __future__ import annotations

import datetime as dt
import io
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from making import CLINIC, clinic_bench, make, only, pages_of, plain, tags_of, text_of
from PIL import Image

from handouts.errors import HandoutsError, InputError
from handouts.model import Entry, Request

Submit = Callable[[bytes], None]

NAMES = [
    "Γιώργος Παπαδόπουλος",
    "Елена Щербакова",
    "Żółć Świętosława Łukasiewicz",
    "Nguyễn Thị Phương Thảo",
    "İbrahim Işık Çağlar",
    "Zoë Ångström-O'Brien",
    "Đorđe Šćepanović",
    "Ījabs Ņikitins",
]
AWKWARD = [
    "<b>bold?</b>",
    "a & b &amp; c",
    "O'Brien & Sons",
    "50% (of {part.near}) [x] \\ / %d %s",
    '"quoted" “quoted” ‘single’',
    "<!-- --> ${x}",
    "3 < 4 > 2",
    "( unbalanced \\( ",
    "<font size=99>",
    "a…b – c — d",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_in_other_letters(name: str, submit: Submit) -> None:
    made = make(routine="five-minute", patient=name, date=dt.date(2026, 11, 22))
    submit(made.pdf)
    for page in pages_of(made.pdf):
        assert name in page, "in the footer of every page"
    assert pages_of(made.pdf)[0].count(name) == 2


@pytest.mark.parametrize("text", AWKWARD)
def test_no_text_is_markup(text: str, submit: Submit) -> None:
    made = make(
        Request(
            exercises=(Entry(id="cobra", note=f"Note {text}"),),
            patient=f"P {text}",
            goal=f"Goal {text}",
            title=f"Title {text}",
            clinician=f"C {text}",
            patient_id=f"N {text}"[:40],
        )
    )
    submit(made.pdf)
    found = text_of(made.pdf)
    for label in ("Note", "P", "Goal", "Title", "C"):
        assert plain(f"{label} {text}") in found


def test_a_word_of_two_hundred_letters(submit: Submit) -> None:
    word = "abcdefghij" * 20
    made = make(Request(exercises=(Entry(id="cobra", note=word),), patient=word[:100], title=word))
    submit(made.pdf)
    found = text_of(made.pdf).replace(" ", "")
    assert found.count(word) >= 2
    assert word[:100] in found


@pytest.mark.parametrize(
    ("text", "character"), [("Smile 😀", "1F600"), ("مرحبا", "0645"), ("שלום", "05E9"), ("太郎", "592A"), ("tab\x07bell", "0007")]
)
@pytest.mark.parametrize("field", ["patient", "goal", "note"])
def test_characters_no_font_has_are_named(text: str, character: str, field: str) -> None:
    request = only("cobra", note=text) if field == "note" else Request(exercises=(Entry(id="cobra"),), **{field: text})
    with pytest.raises(HandoutsError) as refused:
        make(request)
    assert f"U+{character}" in str(refused.value)
    assert refused.value.exit_code in (3, 4)


# --------------------------------------------------------------------------------------------- figures


def test_a_missing_picture_leaves_a_clean_card_and_a_warning(tmp_path: Path, submit: Submit) -> None:
    files = {
        f"catalog/{kind}/long-bridge.yaml": (folder / "long-bridge.yaml").read_text(encoding="utf-8")
        for kind, folder in (
            (kind, Path(__file__).parents[1] / "handouts/cli/clinic_folder/catalog" / kind) for kind in ("exercises", "words/en")
        )
    }
    made = make(only("long-bridge"), at=clinic_bench(tmp_path, None, files))
    submit(made.pdf)
    assert [warning for warning in made.warnings if "long-bridge" in warning and "picture" in warning]
    assert [tag.type for tag in tags_of(made.pdf)].count("Figure") == 1, "the boxes to tick"
    assert "Hold 10 seconds" in text_of(made.pdf)


GOOD = json.loads((Path(__file__).parents[1] / "assets/figures/female/cobra.end.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        json.dumps({}),
        json.dumps({**GOOD, "format": 3}),
        json.dumps({**GOOD, "box": [1]}),
        json.dumps({**GOOD, "box": ["wide", "tall"]}),
        json.dumps({**GOOD, "side": "up"}),
        json.dumps({**GOOD, "paths": [["skin"]]}),
        json.dumps({**GOOD, "paths": [["skin", "m 1"]]}),
        json.dumps({**GOOD, "paths": [["skin", "q 1 2"]]}),
        json.dumps({**GOOD, "paths": [["skin", "m a b"]]}),
        json.dumps({**GOOD, "paths": [["skin", None]]}),
        json.dumps({**GOOD, "paths": 3}),
        b"\xff\xfe\x00",
        "[" * 100_000,
    ],
)
def test_a_damaged_picture_is_told(tmp_path: Path, content: str | bytes) -> None:
    at = clinic_bench(tmp_path, None, {"assets/figures/female/cobra.end.json": content})
    with pytest.raises(InputError, match=r"cobra\.end\.json"):
        make(only("cobra"), at=at)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("m 1 2 l 3 4 l 5 6 h m 7 8 l 9 1", "m 1 2 3 4 5 6 h m 7 8 9 1"),
        ("m 1 2 c 1 2 3 4 5 6 c 7 8 9 10 11 12 l 1 1 l -2 3", "m 1 2 c 1 2 3 4 5 6 7 8 9 10 11 12 l 1 1 -2 3"),
    ],
)
def test_format_2_leaves_out_an_operator_that_repeats(long: str, short: str, tmp_path: Path) -> None:
    pdfs = []
    for number, moves in ((1, long), (2, short)):
        drawn = {"format": number, "side": None, "box": [40, 40], "paths": [["outline", moves]], "drawn_from": "00ff"}
        at = clinic_bench(tmp_path / str(number), None, {"assets/figures/female/cobra.end.json": json.dumps(drawn)})
        pdfs.append(make(only("cobra"), at=at).pdf)
    assert pdfs[0] == pdfs[1]


@pytest.mark.parametrize(
    "drawn",
    [
        {"format": 1, "paths": [["skin", "m 1 2 3 4"]]},
        {"format": 2, "paths": [["skin", "1 2"]]},
        {"format": 2, "paths": [["skin", "m 1 2 h 3 4"]]},
        {"format": 2, "paths": [["skin", "m 1 2 c 1 2 3 4 5 6 7"]]},
    ],
)
def test_numbers_without_an_operator_are_refused(drawn: dict[str, object], tmp_path: Path) -> None:
    content = json.dumps({**GOOD, **drawn})
    with pytest.raises(InputError, match="not a figure of format 1 or 2, or it is damaged"):
        make(only("cobra"), at=clinic_bench(tmp_path, None, {"assets/figures/female/cobra.end.json": content}))


def test_a_clinics_own_picture_replaces_ours(tmp_path: Path, submit: Submit) -> None:
    square = {"format": 1, "side": None, "box": [1000, 1000], "paths": [["skin", "m 100 100 l 800 0 l 0 800 l -800 0 h"]]}
    at = clinic_bench(tmp_path, None, {"assets/figures/female/cobra.end.json": json.dumps(square)})
    made = make(only("cobra"), at=at)
    submit(made.pdf)
    assert not [warning for warning in made.warnings if "picture" in warning]
    assert made.pdf != make(only("cobra")).pdf


# --------------------------------------------------------------------------------------------- logos


def picture(kind: str, mode: str, size: tuple[int, int] = (120, 60)) -> bytes:
    drawn = Image.linear_gradient("L").resize(size).convert("RGB")
    if mode == "RGBA":
        drawn.putalpha(Image.radial_gradient("L").resize(size))
    written = io.BytesIO()
    drawn.convert(mode).save(written, kind)
    return written.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60000 × 60000."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def with_logo(folder: Path, name: str, content: bytes, alt: str = "") -> bytes:
    at = clinic_bench(folder, CLINIC + f"logo: {name}\n{alt}", {f"assets/clinics/riverside/{name}": content})
    return make(Request(routine="five-minute", clinic="riverside"), at=at).pdf


@pytest.mark.parametrize(
    ("name", "kind", "mode"),
    [
        ("logo.png", "PNG", "RGBA"),
        ("logo.png", "PNG", "RGB"),
        ("logo.png", "PNG", "L"),
        ("logo.png", "PNG", "P"),
        ("logo.png", "PNG", "1"),
        ("logo.png", "PNG", "LA"),
        ("logo.jpg", "JPEG", "RGB"),
        ("logo.jpeg", "JPEG", "L"),
        ("logo.jpg", "JPEG", "CMYK"),
    ],
)
def test_logos(tmp_path: Path, submit: Submit, name: str, kind: str, mode: str) -> None:
    content = picture(kind, "RGBA" if mode == "LA" else mode)
    if mode == "LA":
        written = io.BytesIO()
        Image.open(io.BytesIO(content)).convert("LA").save(written, kind)
        content = written.getvalue()
    pdf = with_logo(tmp_path, name, content, alt="logo_alt: A river in a circle\n")
    submit(pdf)
    assert "A river in a circle" in {tag.alt for tag in tags_of(pdf)}
    assert (b"/SMask" in pdf) == (mode in ("RGBA", "LA"))


def test_a_logo_without_description_is_the_clinics_name(tmp_path: Path) -> None:
    assert "Riverside Physio" in {tag.alt for tag in tags_of(with_logo(tmp_path, "logo.png", picture("PNG", "RGB")))}


def test_a_photograph_as_logo_is_reduced(tmp_path: Path, submit: Submit) -> None:
    pdf = with_logo(tmp_path, "logo.jpg", picture("JPEG", "RGB", (3000, 2000)))
    submit(pdf)
    assert len(pdf) < 400_000


@pytest.mark.parametrize("shape", [(2000, 4), (4, 2000), (1, 1)])
def test_odd_shapes(tmp_path: Path, submit: Submit, shape: tuple[int, int]) -> None:
    submit(with_logo(tmp_path, "logo.png", picture("PNG", "RGB", shape)))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not a PNG or JPEG"),
        (b"GIF89a", "not a PNG or JPEG"),
        (picture("PNG", "RGB")[:200], "not a PNG or JPEG"),
        (picture("PNG", "RGB")[:30] + b"\0" * 100, "not a PNG or JPEG"),
        (picture("GIF", "L"), "not a PNG or JPEG"),
        (bomb(), "million pixels|not a PNG"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 10_000_001, "10 MB"),
    ],
)
def test_logos_that_cannot_be_used(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        with_logo(tmp_path, "logo.png", content)
    assert "logo.png" in str(refused.value)
