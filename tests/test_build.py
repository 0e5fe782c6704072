"""What a clinician asks for is what the patient gets, and every PDF passes the gate."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pikepdf
import pytest
from making import claims_ua, clinic_bench, exercise_ids, make, only, page_size, pages_of, plain, tags_of, text_of
from pypdf import PdfReader

from handouts.build import Built
from handouts.errors import CannotPrintError, InputError
from handouts.model import Entry, Request, Side, Sides
from handouts.writer.handout import claims_accessibility

Submit = Callable[[bytes], None]
A4, LETTER = (595.276, 841.89), (612.0, 792.0)


def check_all_named(made: Built) -> str:
    """The text of the handout, in which each planned exercise has its card."""
    text = text_of(made.pdf)
    for number, item in enumerate(made.plan.items, start=1):
        assert f"{number}" in text
        assert item.exercise.id in {found.exercise.id for found in made.plan.items}
    names = [tag for tag in tags_of(made.pdf) if tag.type == "H2"]
    assert len(names) >= len(made.plan.items)
    return text


def test_ten_minutes_for_an_extension_responder(submit: Submit) -> None:
    made = make(
        profile="extension", regions=("lower-back",), minutes=10, patient="Ana Sample", date=dt.date(2026, 11, 22),
        review=dt.date(2026, 12, 6), clinician="Sam Sample", goal="Walk to the park",
    )  # fmt: skip
    submit(made.pdf)
    text = check_all_named(made)
    assert claims_accessibility(made.document)
    assert claims_ua(made.pdf)
    assert made.plan.seconds <= 10 * 60
    assert "prone-press-up" in {item.exercise.id for item in made.plan.items}
    for words in ("Ana Sample", "22 November 2026", "6 December 2026", "Sam Sample", "Walk to the park", "lower back"):
        assert words in text
    for item in made.plan.items:
        name = made_name(item.exercise.id)
        assert text.count(name) >= 2, f"{name}: in the plan at a glance and on its card"


def made_name(exercise: str) -> str:
    from making import bench

    return plain(bench().library[1].exercises[exercise].name)


def test_a_flexion_responder_who_does_not_kneel(submit: Submit) -> None:
    made = make(profile="flexion", precautions=("no-kneeling",), regions=("lower-back",), minutes=15)
    submit(made.pdf)
    check_all_named(made)
    forbidden = {"kneeling", "half-kneeling", "quadruped"}
    assert made.plan.items
    assert not [item.exercise.id for item in made.plan.items if forbidden & set(item.exercise.tags)]


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_five_minutes_on_both_papers(paper: str, size: tuple[float, float], submit: Submit) -> None:
    made = make(routine="five-minute", paper=paper)
    submit(made.pdf)
    text = check_all_named(made)
    for page in range(len(made.document.pages)):
        assert page_size(made.pdf, page) == pytest.approx(size, abs=0.05)
    assert "About 5 minutes in all." in text
    assert [item.exercise.id for item in made.plan.items] == [
        "cat-cow-hip-circles", "childs-pose", "runners-lunge", "figure-four", "supine-twist",
    ]  # fmt: skip


@pytest.mark.parametrize(("routine", "count"), [("ten-stretches", 10), ("fourteen-stretches", 14)])
def test_menus_to_tick_from(routine: str, count: int, submit: Submit) -> None:
    made = make(routine=routine)
    submit(made.pdf)
    text = check_all_named(made)
    assert len(made.plan.items) == count
    assert "Do only the exercises we have ticked." in text
    assert "in all." not in text.split("Your plan at a glance")[1].split("Do No.")[0], "a menu is no session to sum up"


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("exercise", exercise_ids())
def test_every_exercise_alone(exercise: str, side: Side, submit: Submit) -> None:
    from making import bench

    fact = bench().library[0].exercises[exercise]
    if side is not Side.BOTH and fact.sides in (Sides.NONE, Sides.ALTERNATING):
        with pytest.raises((InputError, CannotPrintError)) as refused:
            make(only(exercise, side=side))
        assert exercise in str(refused.value)
        return
    made = make(only(exercise, side=side, override="asked for by the patient"))
    submit(made.pdf)
    text = text_of(made.pdf)
    assert made_name(exercise) in text
    assert claims_accessibility(made.document)
    figures = [tag for tag in tags_of(made.pdf) if tag.type == "Figure"]
    assert all(figure.alt for figure in figures)
    assert len(figures) == len(fact.pictures) + 1, "its pictures and the boxes to tick"
    if fact.sides is Sides.EACH:
        if side is not Side.BOTH:
            one = bench().library[1].vocabulary.one_side[fact.side_means or ""].format(side=side.value)
            assert plain(one) in text
        assert ("Change sides" in text) == (side is Side.BOTH)


def test_generated_cover(tmp_path, submit: Submit) -> None:
    made = make(
        Request(routine="five-minute", clinic="riverside", cover="generated", patient="Ana Sample"), at=clinic_bench(tmp_path)
    )
    submit(made.pdf)
    cover, first = pages_of(made.pdf)[:2]
    for words in ("Five-minute", "Exercises to do at home", "Ana Sample", "Riverside Physio", "020 7946 0000"):
        assert words in cover
    assert "Page 1 of" in first, "the cover is not counted"
    assert PdfReader(io.BytesIO(made.pdf)).page_labels[:2] == ["Cover", "1"]
    assert sum(tag.type == "H1" for tag in tags_of(made.pdf)) == 1


def test_clinic_brand_on_the_page(tmp_path, submit: Submit) -> None:
    made = make(Request(routine="five-minute", clinic="riverside"), at=clinic_bench(tmp_path))
    submit(made.pdf)
    first = pages_of(made.pdf)[0]
    for words in ("Riverside Physio", "Physiotherapy and Pilates", "1 Sample Street", "call 999", "Call us on 020 7946 0000"):
        assert words in first
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        found = {str(link.A.URI): str(link.Contents) for link in opened.pages[0].Annots}
    assert set(found) == {"tel:02079460000", "mailto:hello@riverside.example", "https://riverside.example"}
    assert all(found.values())


def test_blank_doses(submit: Submit) -> None:
    made = make(routine="five-minute", blank_doses=True)
    submit(made.pdf)
    text = text_of(made.pdf)
    assert "______" in text
    assert "Hold 30 seconds" not in text


def test_clinic_changes_one_dose_field(tmp_path, submit: Submit) -> None:
    overlay = {
        "catalog/exercises/figure-four.yaml": "dose: {hold: 45 s, repetitions: 3}\n",
        "catalog/words/en/figure-four.yaml": "feel: Deep in the buttock of your {leg.near}\n",
    }
    made = make(only("figure-four"), at=clinic_bench(tmp_path, None, overlay))
    submit(made.pdf)
    text = text_of(made.pdf)
    assert "Hold 45 seconds, 3 times, each side." in text
    assert "Deep in the buttock of your left leg." in text
    assert "every day" in text.lower(), "what the clinic does not change stays"
    assert "Hold 30 seconds" in text_of(make(only("figure-four")).pdf)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"paper": "a5"}, "a5"),
        ({"edition": "gigantic"}, "gigantic"),
        ({"clinic": "nowhere"}, "nowhere"),
        ({"cover": "/no/such/cover.pdf"}, "/no/such/cover.pdf"),
        ({"letterhead": "/no/such/paper.pdf"}, "/no/such/paper.pdf"),
    ],
)
def test_unknown_names_are_refused(fields: dict[str, str], named: str) -> None:
    with pytest.raises(InputError) as refused:
        make(routine="five-minute", **fields)
    assert named in str(refused.value)


def test_unknown_palette_and_language(tmp_path) -> None:
    edition = {"templates/editions/standard.yaml": "pictures: {palette: neon}\n"}
    with pytest.raises(InputError, match="neon"):
        make(only("cobra"), at=clinic_bench(tmp_path, None, edition))
    from handouts.bench import Bench
    from handouts.workspace import Workspace

    with pytest.raises(InputError, match="xx"):
        make(only("cobra"), at=Bench(Workspace(), "xx"))


def test_override_is_printed_nowhere(submit: Submit) -> None:
    entry = Entry(id="double-knee-to-chest", override="Xylophone reason")
    made = make(profile="extension", exercises=(entry,), precautions=("pregnancy",))
    submit(made.pdf)
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        for thing in opened.objects:
            assert b"Xylophone" not in (thing.read_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse())
    assert "Xylophone" not in text_of(made.pdf)
    assert "Take care:" in text_of(made.pdf)
