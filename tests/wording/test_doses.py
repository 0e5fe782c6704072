"""Every form of dose in the words a patient reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from making import bench, plain

from handouts.model import Dose, Hold, HoldUnit, Kind, PlannedExercise, Side, Sides, Verdict
from handouts.wording.doses import DoseText, word_dose, word_often
from handouts.wording.messages import Messages

S, BREATHS = HoldUnit.SECONDS, HoldUnit.BREATHS
NONE, EACH, ALTERNATING, DIRECTIONS = Sides.NONE, Sides.EACH, Sides.ALTERNATING, Sides.DIRECTIONS


def say(
    dose: Dose, sides: Sides = NONE, side: Side = Side.BOTH, kind: Kind = Kind.STRETCH, usual: Dose | None = None
) -> DoseText:
    """The dose in words, with no-break spaces as blanks; `usual`: what the catalogue says when `dose` is left blank."""
    exercise = replace(bench().library[0].exercises["figure-four"], sides=sides, kind=kind, dose=usual or dose)
    item = PlannedExercise(
        exercise=exercise, dose=dose, side=side, verdict=Verdict.NEUTRAL, findings=(), note=None, override=None, seconds=None
    )
    text = word_dose(item, bench().library[1].vocabulary, Messages(bench().phrases, None))
    return DoseText(
        line=plain(text.line), total=plain(text.total) if text.total else None, short=plain(text.short), often=plain(text.often)
    )


def held(repetitions: int | None, count: int, unit: HoldUnit = S, **more: object) -> Dose:
    return Dose(repetitions=repetitions, hold=Hold(count=count, unit=unit), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dose", "sides", "side", "line", "total", "short"),
    [
        (held(1, 30), NONE, Side.BOTH, "Hold 30 seconds, once.", None, "30 seconds, once"),
        (held(2, 30), NONE, Side.BOTH, "Hold 30 seconds, 2 times.", None, "30 seconds, 2 times"),
        (held(1, 1), NONE, Side.BOTH, "Hold 1 second, once.", None, None),
        (held(2, 30), EACH, Side.BOTH, "Hold 30 seconds, 2 times, each side.", "That is 4 holds in all.", None),
        (held(1, 30), EACH, Side.BOTH, "Hold 30 seconds, once, each side.", "That is 2 holds in all.", None),
        (held(2, 30), EACH, Side.LEFT, "Hold 30 seconds, 2 times, left leg crossed only.", None, None),
        (held(2, 30), EACH, Side.RIGHT, "Hold 30 seconds, 2 times, right leg crossed only.", None, None),
        (held(3, 5), ALTERNATING, Side.BOTH, "Hold 5 seconds, 3 times, to both sides.", None, None),
        (held(1, 8, BREATHS), NONE, Side.BOTH, "Hold for 8 deep breaths, once.", None, "8 breaths, once"),
        (held(2, 1, BREATHS), NONE, Side.BOTH, "Hold for 1 deep breath, 2 times.", None, "1 breath, 2 times"),
        (
            held(2, 30, sets=3), NONE, Side.BOTH, None,
            "That is 6 holds in all.", None,
        ),
        (held(2, 30, sets=3), EACH, Side.BOTH, None, "That is 12 holds in all.", None),
        (held(2, 30, sets=3), EACH, Side.LEFT, None, "That is 6 holds in all.", None),
        (Dose(repetitions=10), NONE, Side.BOTH, "10 times, slowly.", None, "10 times, slowly"),
        (Dose(repetitions=1), NONE, Side.BOTH, "Once, slowly.", None, "once, slowly"),
        (Dose(repetitions=10), ALTERNATING, Side.BOTH, "10 times, slowly, to both sides.", None, None),
        (Dose(repetitions=10, sets=3), NONE, Side.BOTH, "3 rounds of 10 times, slowly.", "That is 30 times in all.", None),
        (Dose(repetitions=1, sets=3), NONE, Side.BOTH, "3 rounds of once, slowly.", "That is 3 times in all.", None),
        (Dose(repetitions=10, sets=2), EACH, Side.BOTH, None, "That is 40 times in all.", None),
        (Dose(duration_s=30), NONE, Side.BOTH, "Keep going for 30 seconds.", None, "30 seconds"),
        (Dose(duration_s=1), NONE, Side.BOTH, "Keep going for 1 second.", None, "1 second"),
        (Dose(duration_s=300), NONE, Side.BOTH, "Keep going for 5 minutes.", None, "5 minutes"),
        (Dose(duration_s=90), NONE, Side.BOTH, "Keep going for 90 seconds.", None, None),
        (Dose(duration_s=15), DIRECTIONS, Side.BOTH, "Keep going for 15 seconds, each way.", "That is 30 seconds in all.", None),
        (Dose(duration_s=15, sets=2), DIRECTIONS, Side.BOTH, None, "That is 60 seconds in all.", None),
        (Dose(duration_s=30), EACH, Side.RIGHT, "Keep going for 30 seconds, right leg crossed only.", None, None),
        (
            Dose(open_ended=True), NONE, Side.BOTH, "Start with a time that feels easy. Add a little when it gets easier.",
            None, "As long as is easy",
        ),
    ],
)  # fmt: skip
def test_words_of_a_dose(dose: Dose, sides: Sides, side: Side, line: str | None, total: str | None, short: str | None) -> None:
    text = say(dose, sides, side)
    assert line is None or text.line == line
    assert text.total == total
    assert short is None or text.short == short


def test_rest_is_told_between_repetitions() -> None:
    assert say(held(2, 30, rest_s=10)).total == "Rest 10 seconds between."
    assert say(held(2, 30, rest_s=1), EACH).total == "That is 4 holds in all. Rest 1 second between."
    assert say(held(1, 30, rest_s=10)).total is None, "nothing to rest between"


@pytest.mark.parametrize(
    ("usual", "kind", "line"),
    [
        (held(1, 30), Kind.STRETCH, "Hold ______ seconds, ______ times."),
        (Dose(duration_s=300), Kind.AEROBIC, "Keep going for ______ minutes."),
        (Dose(open_ended=True), Kind.AEROBIC, "Keep going for ______ minutes."),
        (Dose(repetitions=10), Kind.STRENGTH, "______ times, slowly."),
    ],
)
def test_blank_doses_ask_what_the_exercise_needs(usual: Dose, kind: Kind, line: str) -> None:
    text = say(replace(usual, blank=True), kind=kind, usual=usual)
    assert text.line == line
    assert set(text.short.removesuffix(", each side")) == {"_"}
    assert text.often == "______ times a day, ______ days a week."


def test_blank_doses_keep_their_side() -> None:
    text = say(Dose(blank=True), EACH, Side.LEFT, usual=held(1, 30))
    assert text.line.endswith(", left leg crossed only.")
    assert text.short.endswith("_, left leg crossed only")


@pytest.mark.parametrize(
    ("per_day", "days", "words"),
    [
        (1, 7, "Once a day, every day."),
        (3, 7, "3 times a day, every day."),
        (1, 1, "Once a day, 1 day a week."),
        (2, 3, "2 times a day, 3 days a week."),
        (1, None, "Once a day."),
        (None, 7, "Every day."),
        (None, None, ""),
    ],
)
def test_how_often(per_day: int | None, days: int | None, words: str) -> None:
    assert plain(word_often(Dose(per_day=per_day, days_per_week=days), Messages(bench().phrases, None))) == words


def test_a_number_never_parts_from_its_unit() -> None:
    exercise = bench().library[0].exercises["cobra"]
    item = PlannedExercise(
        exercise=exercise, dose=held(2, 30, rest_s=10), side=Side.BOTH, verdict=Verdict.NEUTRAL, findings=(), note=None,
        override=None, seconds=None,
    )  # fmt: skip
    text = word_dose(item, bench().library[1].vocabulary, Messages(bench().phrases, None))
    for words in (text.line, text.short, text.total or ""):
        assert not any(words[at - 1].isdigit() for at, char in enumerate(words) if char == " " and at and words[at + 1] != "×"), (
            words
        )
