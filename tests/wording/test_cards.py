"""One card in words: sides of words and pictures agree, one piece of advice, the record stays off the page."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace

import pytest
from making import bench, exercise_ids, only, plain

from handouts.build import plan_request, word_request
from handouts.model import Entry, Request, Side, Sides, Words
from handouts.texts import CardText, FieldText, HandoutText, PictureText
from handouts.wording.cards import CardChoices, DrawnPicture, word_card
from handouts.wording.messages import Messages

SIDED = [exercise for exercise in exercise_ids() if bench().library[0].exercises[exercise].sides is Sides.EACH]


def words_of(request: Request) -> HandoutText:
    """The words of a handout, before any page is set."""
    plan = plan_request(request, bench())
    desk = bench().desk("standard", "a4", None)
    return word_request(request, plan, bench(), None, desk)[0]


def card_of(request: Request) -> CardText:
    return words_of(request).cards[0]


def all_strings(thing: object) -> list[str]:
    """Every string anywhere in the words."""
    if isinstance(thing, str):
        return [thing]
    if is_dataclass(thing):
        return [text for field in fields(thing) for text in all_strings(getattr(thing, field.name))]
    return [text for part in thing for text in all_strings(part)] if isinstance(thing, tuple) else []


def test_there_are_sided_exercises() -> None:
    assert len(SIDED) >= 10


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("exercise", SIDED)
def test_words_and_pictures_show_the_same_side(exercise: str, side: Side) -> None:
    catalog, words = bench().library
    own = words.exercises[exercise]
    shown = "right" if side is Side.RIGHT else "left"
    other = "left" if shown == "right" else "right"
    parts = bench().phrases.parts
    card = card_of(only(exercise, side=side, override="asked"))
    expected = []
    for step in own.steps:
        filled = re.sub(r"\{(\w+)\.near\}", lambda m: parts[m[1]][shown], step)
        filled = re.sub(r"\{(\w+)\.far\}", lambda m: parts[m[1]][other], filled)
        expected.append(filled.replace("{near}", shown).replace("{far}", other))
    assert list(card.steps) == expected
    assert any("near}" in step for step in (*own.steps, own.feel)), "an exercise with sides names the side that works"
    desk = bench().desk("standard", "a4", None)
    assert len(card.pictures) == len(catalog.exercises[exercise].pictures)
    for picture in card.pictures:
        drawn = desk.figure(picture.figure)
        assert drawn is not None
        assert picture.mirrored == (drawn.side is not None and drawn.side.value != shown)
        assert "{" not in picture.alt + picture.caption


def test_the_other_side_is_the_mirrored_picture() -> None:
    left, right = (card_of(only("pigeon-pose", side=side, override="asked")) for side in (Side.LEFT, Side.RIGHT))
    assert [p.figure for p in left.pictures] == [p.figure for p in right.pictures]
    assert {(a.mirrored, b.mirrored) for a, b in zip(left.pictures, right.pictures, strict=True)} == {(False, True)}
    swapped = [
        step.translate(str.maketrans({})).replace("left", "#").replace("right", "left").replace("#", "right")
        for step in left.steps
    ]
    assert swapped == list(right.steps)


def test_no_token_is_left_anywhere() -> None:
    for exercise in exercise_ids():
        text = words_of(only(exercise, override="asked"))
        assert not [part for part in all_strings(text) if part != text.page_of and re.search(r"[{}]", part)], exercise
        assert not [part for part in all_strings(text) if "~" in part]


@pytest.mark.parametrize(
    ("side", "words"),
    [
        (Side.BOTH, "Change sides and do it all again."),
        (Side.LEFT, None),
        (Side.RIGHT, None),
    ],
)
def test_what_to_do_on_the_other_side(side: Side, words: str | None) -> None:
    assert card_of(only("figure-four", side=side)).change_sides == words


def test_directions_and_exercises_without_sides() -> None:
    assert card_of(only("cat-cow-hip-circles")).change_sides == "Then go the other way round."
    assert card_of(only("glute-bridge")).change_sides is None
    assert card_of(only("supine-knee-rotations")).change_sides is None


# --------------------------------------------------------------------------------------------- advice


def card_with(exercise: str, *, precautions: tuple[str, ...] = (), **own: str | tuple[str, ...] | None) -> CardText:
    """The card of an exercise whose own words are changed."""
    words = bench().library[1]
    request = Request(exercises=(Entry(id=exercise, override="asked for"),), precautions=precautions)
    plan = plan_request(request, bench())
    changed = replace(words.exercises[exercise], **own)  # type: ignore[arg-type]
    said = Words(
        lang="en", exercises={**words.exercises, exercise: changed}, routines=words.routines, vocabulary=words.vocabulary
    )
    choices = CardChoices(breathing=False, every_stop=False, easier=False, ticks=False, tick_weeks=1, days=(), drawn={})
    return word_card(1, plan.items[0], plan, said, Messages(bench().phrases, None), choices)


OWN = {"caution": "Own caution.", "tip": "Own tip.", "stop_if": ("Own stop.",)}


def test_a_rule_for_this_patient_comes_first() -> None:
    card = card_with("cat-cow", precautions=("wrists",), **OWN)
    cautions = bench().library[1].vocabulary.cautions
    assert card.caution == FieldText(label="Take care:", value=cautions["wrist-load"])


def test_an_overridden_rule_still_warns_the_patient() -> None:
    card = card_with("childs-pose", precautions=("knee-replacement",), **OWN)
    assert card.caution is not None
    assert bench().library[1].vocabulary.cautions["weight-on-bent-knee"] in (card.caution.value or "")


@pytest.mark.parametrize(
    ("without", "printed"),
    [
        ((), {"caution": "Own caution.", "stop": "Own stop.", "tip": None}),
        (("caution",), {"caution": None, "stop": "Own stop.", "tip": None}),
        (("caution", "stop_if"), {"caution": None, "stop": None, "tip": "Own tip."}),
    ],
)
def test_caution_and_stop_before_tip(without: tuple[str, ...], printed: dict[str, str | None]) -> None:
    card = card_with("glute-bridge", **{**OWN, **{name: () if name == "stop_if" else None for name in without}})
    assert {name: getattr(card, name) and getattr(card, name).value for name in printed} == printed


def test_a_caution_never_hides_when_to_stop() -> None:
    for exercise in bench().library[0].exercises:
        assert card_of(only(exercise, override="x")).stop is not None


def test_easier_is_said_with_a_precaution_and_where_a_rule_says_avoid() -> None:
    assert card_of(only("childs-pose")).easier is None
    assert card_with("cat-cow", precautions=("wrists",)).easier is not None
    against = Request(profile="extension", exercises=(Entry(id="childs-pose", override="x"),))
    assert words_of(against).cards[0].easier is not None


def test_the_reason_of_an_override_is_in_no_word_of_the_page() -> None:
    text = words_of(Request(exercises=(Entry(id="cobra", override="Xylophone"),), profile="flexion"))
    assert all_strings(text)
    assert not [part for part in all_strings(text) if "Xylophone" in part]


def test_a_note_is_printed_on_its_card_as_written() -> None:
    card = card_of(only("cobra", note="Only to the <b>elbows</b> & no further"))
    assert card.note is not None
    assert (card.note.label, card.note.value) == ("Just for you:", "Only to the <b>elbows</b> & no further")


def test_boxes_to_tick_are_the_days_of_the_plan() -> None:
    ticks = card_of(Request(exercises=(Entry(id="cobra"),), days=("mon", "wed", "fri"))).ticks
    assert ticks is not None
    assert ticks.days == ("Mo", "We", "Fr")
    assert "Monday, Wednesday and Friday" in ticks.alt
    every = card_of(only("cobra")).ticks
    assert every is not None
    assert len(every.days) == 7


def test_how_often_stands_on_the_card_only_where_exercises_differ() -> None:
    assert card_of(only("cobra")).how_often is None
    from handouts.model import Dose

    request = Request(exercises=(Entry(id="cobra"), Entry(id="glute-bridge", dose=Dose(per_day=3))))
    often = [card.how_often for card in words_of(request).cards]
    assert plain(often[1] or "").startswith("3 times a day")


def pictures_of(exercise: str, drawn: DrawnPicture) -> tuple[PictureText, ...]:
    """The pictures of a card for the left side, whose poses all have this picture."""
    catalog, words = bench().library
    plan = plan_request(Request(exercises=(Entry(id=exercise, side=Side.LEFT),)), bench())
    poses = dict.fromkeys(catalog.exercises[exercise].pictures, drawn)
    choices = CardChoices(
        breathing=False, every_stop=False, easier=False, ticks=False, tick_weeks=1, days=(), drawn={exercise: poses}
    )
    return word_card(1, plan.items[0], plan, words, Messages(bench().phrases, None), choices).pictures


def test_a_picture_is_mirrored_to_the_side_that_is_asked_for() -> None:
    for side in (Side.LEFT, Side.RIGHT):
        pictures = pictures_of("figure-four", DrawnPicture(key="a.jpg", side=side))
        assert {picture.mirrored for picture in pictures} == {side is Side.RIGHT}
        assert "left ankle" in pictures[1].alt
        assert pictures[1].caption == "Cross"


def test_words_beside_a_picture_of_one_side_that_nothing_names_claim_no_side() -> None:
    pictures = pictures_of("figure-four", DrawnPicture(key="a.jpg", side=None, unsaid=True))
    assert [picture.mirrored for picture in pictures] == [False, False, False]
    assert [picture.caption for picture in pictures] == [
        "Start (one side shown)",
        "Cross (one side shown)",
        "Stretch (one side shown)",
    ]
    assert pictures[1].alt.startswith("The person rests their ankle across their other thigh.")
    assert not any(word in f"{picture.alt} {picture.caption}" for picture in pictures for word in ("left", "right"))
    ways = pictures_of("cat-cow-hip-circles", DrawnPicture(key="a.jpg", side=None, unsaid=True))
    assert ways[1].caption == "Hips to the side"
