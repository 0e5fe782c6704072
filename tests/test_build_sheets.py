"""A clinic's own cover and letterhead, and protection with a password."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from binding import samples
from making import CLINIC, Found, claims_ua, clinic_bench, find_text, make, page_size, pages_of, tags_of
from PIL import Image, ImageChops, ImageStat
from rendering import render_page, worst_tile
from reportlab.pdfgen.canvas import Canvas

from handouts.bench import Passwords
from handouts.build import Built
from handouts.errors import InputError
from handouts.model import Request
from handouts.writer.handout import claims_accessibility

Submit = Callable[..., None]


def with_cover(folder: Path, cover: bytes, *, password: str | None = None, clinic: str = "") -> Built:
    """A five-minute handout behind this cover."""
    at = clinic_bench(folder, CLINIC + clinic, {"cover.pdf": cover})
    request = Request(routine="five-minute", clinic="riverside", cover=str(folder / "cover.pdf"))
    return make(request, at=at, passwords=Passwords(cover=password))


def turned(cover: bytes, angle: int) -> bytes:
    with pikepdf.open(io.BytesIO(cover)) as pdf:
        pdf.pages[0].Rotate = angle
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def test_untagged_cover_of_another_size(tmp_path: Path, submit: Submit) -> None:
    made = with_cover(tmp_path, samples.plain(size=samples.A5))
    submit(made.pdf)
    assert page_size(made.pdf) == page_size(made.pdf, 1), "the cover is fitted to the paper"
    assert "Riverside (Clinic) 1" in pages_of(made.pdf)[0]
    assert tags_of(made.pdf)[1].type == "Figure"
    assert tags_of(made.pdf)[1].alt == "Cover of Riverside Physio"
    title = next(found for found in find_text(made.pdf) if found.page == 0 and "Riverside" in found.text)
    assert title.left == pytest.approx(62.3 * 595.276 / samples.A5[0], abs=1), "grown with the page"


def test_cover_keeps_its_own_description(tmp_path: Path, submit: Submit) -> None:
    made = with_cover(tmp_path, samples.plain(pages=2), clinic="cover_alt: A river and a footbridge\n")
    submit(made.pdf)
    assert [tag.alt for tag in tags_of(made.pdf)[1:3]] == ["A river and a footbridge", "A river and a footbridge, page 2"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_rotated_cover_is_shown_as_its_viewer_shows_it(tmp_path: Path, submit: Submit, angle: int) -> None:
    cover = turned(samples.plain(), angle)
    made = with_cover(tmp_path, cover)
    submit(made.pdf)
    alone, bound = render_page(cover, 0, dpi=72), render_page(made.pdf, 0, dpi=72)
    scale = min(bound.width / alone.width, bound.height / alone.height)
    fitted = alone.resize((round(alone.width * scale), round(alone.height * scale)))
    left, top = (bound.width - fitted.width) // 2, (bound.height - fitted.height) // 2
    part = bound.crop((left, top, left + fitted.width, top + fitted.height))
    assert difference(part, fitted) < difference(part, fitted.rotate(180)) / 3


def difference(a: Image.Image, b: Image.Image) -> float:
    """The mean difference of two pictures, in steps of 255."""
    return float(ImageStat.Stat(ImageChops.difference(a.convert("L"), b.convert("L"))).mean[0])


def test_tagged_cover_keeps_its_tags(tmp_path: Path, submit: Submit) -> None:
    ours = make(routine="five-minute", title="A cover with tags")
    made = with_cover(tmp_path, ours.pdf)
    submit(made.pdf)
    own, bound = [tag.type for tag in tags_of(ours.pdf)], [tag.type for tag in tags_of(made.pdf)]
    assert bound[1] == "Part"
    assert bound[2 : len(own) + 1] == own[1:], "the whole tree of the cover comes first"
    assert claims_accessibility(made.document)
    covers = len(ours.document.pages)
    assert "A cover with tags" in pages_of(made.pdf)[0]
    assert "Page 1 of" in pages_of(made.pdf)[covers]


def test_cover_of_several_pages(tmp_path: Path, submit: Submit) -> None:
    made = with_cover(tmp_path, samples.plain(pages=2))
    submit(made.pdf)
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert [page.label for page in pdf.pages][:4] == ["Cover 1", "Cover 2", "1", "2"]
        first = pdf.open_outline().root[0].destination
        assert pdf.pages.index(pikepdf.Page(first[0])) >= 2


def test_cover_without_its_fonts_drops_the_claim(tmp_path: Path) -> None:
    made = with_cover(tmp_path, samples.plain(font="Helvetica"))
    assert not claims_accessibility(made.document)
    assert not claims_ua(made.pdf)
    assert [warning for warning in made.warnings if "Helvetica" in warning and "PDF/UA" in warning]


def test_locked_cover(tmp_path: Path, submit: Submit) -> None:
    with pikepdf.open(io.BytesIO(samples.plain())) as pdf:
        locked = io.BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(user="door", owner="keeper"))
    with pytest.raises(InputError, match=r"cover\.pdf"):
        with_cover(tmp_path, locked.getvalue())
    with pytest.raises(InputError, match=r"cover\.pdf"):
        with_cover(tmp_path, locked.getvalue(), password="window")
    made = with_cover(tmp_path, locked.getvalue(), password="door")
    submit(made.pdf)
    assert "Riverside (Clinic) 1" in pages_of(made.pdf)[0]
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert not pdf.is_encrypted


# --------------------------------------------------------------------------------------------- letterheads


def letterhead(pages: int) -> bytes:
    """A sheet that says its name in all four corners and has a bar along the upper and lower edges."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=samples.A4, invariant=1, initialFontName=samples._font())
    for number in range(1, pages + 1):
        canvas.setFont(samples._font(), 12)
        for x in (40, 480):
            for y in (20, 810):
                canvas.drawString(x, y, f"HEAD{number}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def on_letterhead(folder: Path, pages: int, margins: str, **fields: str) -> Built:
    clinic = CLINIC + f"letterhead: head.pdf\n{margins}"
    at = clinic_bench(folder, clinic, {"assets/clinics/riverside/head.pdf": letterhead(pages)})
    return make(Request(routine="five-minute", clinic="riverside", **fields), at=at)


MM = 72 / 25.4


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("pages", [1, 2])
@pytest.mark.parametrize(
    ("margins", "first", "following"),
    [
        ("margins: {top: 30 mm, bottom: 25 mm}\n", (30, 25), (30, 25)),
        ("margins: {top: 20 mm, bottom: 15 mm, first_top: 60 mm, first_bottom: 40 mm}\n", (60, 40), (20, 15)),
        ("", (45, 20), (45, 20)),
    ],
)
def test_text_stays_inside_the_margins(
    tmp_path: Path, submit: Submit, pages: int, paper: str, margins: str, first: tuple[int, int], following: tuple[int, int]
) -> None:
    made = on_letterhead(tmp_path, pages, margins, paper=paper)
    submit(made.pdf)
    height = page_size(made.pdf)[1]
    ours: list[Found] = []
    for found in find_text(made.pdf):
        if "HEAD" in found.text:
            expected = 1 if pages == 1 or found.page == 0 else 2
            assert f"HEAD{expected}" in found.text
            continue
        ours.append(found)
        top, bottom = first if found.page == 0 else following
        assert found.top <= height - top * MM + 0.5, f"page {found.page + 1}: {found.text!r} is in the upper margin"
        assert found.bottom >= bottom * MM - 0.5, f"page {found.page + 1}: {found.text!r} is in the lower margin"
    assert len(ours) > 100
    assert {found.page for found in find_text(made.pdf) if "HEAD" in found.text} == set(range(len(made.document.pages)))


def test_letterhead_says_who_the_clinic_is(tmp_path: Path) -> None:
    made = on_letterhead(tmp_path, 1, "")
    text = pages_of(made.pdf)[0]
    assert "Physiotherapy and Pilates" not in text
    assert "Call us on 020 7946 0000" in text


def test_a_made_cover_names_the_clinic_where_the_letterhead_does_inside(tmp_path: Path, submit: Submit) -> None:
    made = on_letterhead(tmp_path, 1, "", cover="generated")
    submit(made.pdf)
    cover, first, *_ = pages_of(made.pdf)
    assert "Riverside Physio" in cover
    assert "020 7946 0000" in cover
    assert "Physiotherapy and Pilates" not in first


def test_request_can_do_without_letterhead(tmp_path: Path, submit: Submit) -> None:
    made = on_letterhead(tmp_path, 1, "", letterhead="none")
    submit(made.pdf)
    assert "HEAD" not in "".join(pages_of(made.pdf))
    assert "Physiotherapy and Pilates" in pages_of(made.pdf)[0]


def test_letterhead_is_in_the_file_once(tmp_path: Path) -> None:
    picture = samples.plain(more=samples.pictures)
    at = clinic_bench(tmp_path, CLINIC + "letterhead: head.pdf\n", {"assets/clinics/riverside/head.pdf": picture})
    bare = len(make(Request(routine="ten-stretches", clinic="riverside", letterhead="none"), at=at).pdf)
    full = len(make(Request(routine="ten-stretches", clinic="riverside"), at=at).pdf)
    assert full < bare + 2 * len(picture)


def test_body_is_the_same_on_any_letterhead(tmp_path: Path) -> None:
    """Metamorphic: between the margins another sheet changes no pixel."""
    margins = "margins: {top: 30 mm, bottom: 25 mm}\n"
    one = on_letterhead(tmp_path / "one", 1, margins)
    two = on_letterhead(tmp_path / "two", 2, margins)
    first, second = (render_page(made.pdf, 1) for made in (one, two))
    box = (0, round(31 / 25.4 * 100), first.width, first.height - round(24 / 25.4 * 100))
    assert worst_tile(first.crop(box), second.crop(box)).differing == 0
    assert not worst_tile(first, second).same, "the sheets themselves differ"


# --------------------------------------------------------------------------------------------- protection


def test_password_protects_and_keeps_it_readable_aloud(submit: Submit) -> None:
    made = make(routine="five-minute", patient="Ana Sample", passwords=Passwords(handout="pässword"))
    assert b"Ana Sample" not in made.pdf
    for wrong in ("", "password"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(made.pdf), password=wrong)
    with pikepdf.open(io.BytesIO(made.pdf), password="pässword") as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert pdf.allow.accessibility
        assert pdf.allow.print_highres
        assert not pdf.allow.modify_other
    assert "Ana Sample" in pages_of(made.pdf, password="pässword")[0]
    submit(made.pdf, password="pässword")
