"""One exercise card in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from handouts.model import ExerciseWords, Plan, PlannedExercise, Ruling, Side, Sides, Verdict, Words
from handouts.nouns import dataclass
from handouts.texts import CardText, FieldText, PictureText, TickText
from handouts.wording.doses import word_dose
from handouts.wording.messages import Messages, end_sentence, sentence_case


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChoices:
    """What the edition and the request leave out or ask for."""

    breathing: bool
    every_stop: bool
    easier: bool
    ticks: bool
    tick_weeks: int
    days: tuple[str, ...]  # of the week; empty means all
    drawn: Mapping[str, Mapping[str, DrawnPicture]]  # exercise -> pose -> its picture; what is not drawn is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPicture:
    """A picture that is there: its asset key and the side that works in it.

    `unsaid`: it shows one side, and nothing says which; then its words name none.
    """

    key: str
    side: Side | None
    unsaid: bool = False


def word_card(number: int, item: PlannedExercise, plan: Plan, words: Words, messages: Messages, choices: CardChoices) -> CardText:
    """The words of one card; sides are written once, for the side the pictures show."""
    own = words.exercises[item.exercise.id]
    dose = word_dose(item, words.vocabulary, messages)
    shared_often = _often_is_shared(plan, words) and not item.dose.blank
    said = _Said(
        exercise=item.exercise.id,
        side=item.side,
        caution=_choose_caution(item, own, words),
        breathing=choices.breathing,
        every_stop=choices.every_stop,
        easier=choices.easier or _needs_easier(item, plan),
        drawn=tuple(choices.drawn.get(item.exercise.id, {}).items()),
    )
    return CardText(
        number=number,
        dose=dose.line,
        total=dose.total,
        how_often=None if shared_often else dose.often or None,
        note=FieldText(label=messages.say("card.note"), value=item.note) if item.note else None,
        ticks=word_ticks(messages, choices) if choices.ticks else None,
        **messages.kept.remember(said, lambda: _word_constant(said, item, own, messages)),
    )


class _Said(NamedTuple):
    """What the words of a card depend on, beside dose and note."""

    exercise: str
    side: Side
    caution: str | None
    breathing: bool
    every_stop: bool
    easier: bool
    drawn: tuple[tuple[str, DrawnPicture], ...]


def _word_constant(said: _Said, item: PlannedExercise, own: ExerciseWords, messages: Messages) -> dict[str, Any]:
    """The words of a card that do not change with dose and note, by the name of their field."""
    shown = said.side if said.side is not Side.BOTH else Side.LEFT
    say = messages.say

    def sided(sentence: str) -> str:
        return messages.sided(sentence, shown)

    def labelled(key: str, sentence: str | None) -> FieldText | None:
        return joined(key, (sentence,)) if sentence else None

    def joined(key: str, sentences: Sequence[str]) -> FieldText | None:
        value = " ".join(end_sentence(sentence_case(sided(sentence))) for sentence in sentences)
        return FieldText(label=say(key), value=value) if value else None

    stops = own.stop_if if said.every_stop else own.stop_if[:1]
    return {
        "name": own.name,
        "pictures": _word_pictures(item, own, messages, dict(said.drawn), shown),
        "steps": tuple(sided(step) for step in own.steps),
        "change_sides": _word_change(item, messages),
        "breathing": labelled("card.breathing", own.breathing if said.breathing else None),
        "feel": FieldText(label=say("card.feel"), value=end_sentence(sided(own.feel))),
        "caution": labelled("card.caution", said.caution),
        "tip": labelled("card.tip", own.tip if said.caution is None and not stops else None),
        "stop": joined("card.stop", stops),
        "easier": labelled("card.easier", own.easier if said.easier else None),
        "continued": say("card.continued", name=own.name),
    }


def word_ticks(messages: Messages, choices: CardChoices) -> TickText:
    """The boxes to tick: the days of the plan, a row a week."""
    days = choices.days or tuple(messages.phrases.days)
    return messages.kept.remember(
        ("ticks", days, choices.tick_weeks), lambda: _word_new_ticks(messages, days, choices.tick_weeks)
    )


def _word_new_ticks(messages: Messages, days: tuple[str, ...], weeks: int) -> TickText:
    names = messages.list([messages.phrases.day_names[day] for day in days])
    return TickText(
        label=messages.say("ticks.label"),
        days=tuple(messages.phrases.days[day] for day in days),
        rows=tuple(messages.say("ticks.week", n=week) for week in range(1, weeks + 1)),
        alt=messages.say("ticks.alt", weeks=weeks, days=names),
    )


def _word_pictures(
    item: PlannedExercise, own: ExerciseWords, messages: Messages, there: Mapping[str, DrawnPicture], shown: Side
) -> tuple[PictureText, ...]:
    return tuple(word_picture(pose, there[pose], item, own, messages, shown) for pose in item.exercise.pictures if pose in there)


def word_picture(
    pose: str, drawn: DrawnPicture, item: PlannedExercise, own: ExerciseWords, messages: Messages, shown: Side
) -> PictureText:
    """One picture of an exercise, for the side `shown`: its caption, and what is read in its place."""
    words, named = own.pictures[pose], None if drawn.unsaid else shown
    plain = f"picture.{pose}" if f"picture.{pose}" in messages.phrases.messages else "picture.middle"
    caption = messages.sided(words.caption or messages.say(plain), named)
    one_side = drawn.unsaid and item.exercise.sides is Sides.EACH
    return PictureText(
        figure=drawn.key,
        mirrored=drawn.side is not None and drawn.side is not shown,
        caption=messages.say("picture.one_side", caption=caption) if one_side else caption,
        alt=messages.sided(words.alt, named),
    )


def _word_change(item: PlannedExercise, messages: Messages) -> str | None:
    if item.exercise.sides is Sides.EACH:
        return messages.say("card.change_sides") if item.side is Side.BOTH else None
    return messages.say("card.change_direction") if item.exercise.sides is Sides.DIRECTIONS else None


def _often_is_shared(plan: Plan, words: Words) -> bool:
    """True when how often is said once for the whole plan: all exercises agree, or the routine says it in words."""
    if plan.routine is not None and words.routines[plan.routine.id].how_often:
        return True
    return plan.per_day is not None and plan.days_per_week is not None


def _needs_easier(item: PlannedExercise, plan: Plan) -> bool:
    """True for a patient with a precaution, and for an exercise given although a rule says avoid."""
    return bool(plan.precautions) or any(finding.ruling.verdict is Verdict.AVOID for finding in item.findings)


def _choose_caution(item: PlannedExercise, own: ExerciseWords, words: Words) -> str | None:
    """The one caution of the card.

    What the rules say for this patient comes first, then the exercise's own, then what a rule says of an exercise that no
    source clears.
    """
    return warn_from_rules(item, words) or own.caution or _from_rules(item, words, Verdict.UNSPECIFIED)


def warn_from_rules(item: PlannedExercise, words: Words) -> str | None:
    """What the rules warn this patient of in this exercise; side tokens are not resolved yet."""
    return _from_rules(item, words, Verdict.CAUTION, Verdict.AVOID)


def _from_rules(item: PlannedExercise, words: Words, *verdicts: Verdict) -> str | None:
    """What the rules with these verdicts advise the patient; of each rule (profile, precaution) only the strictest line."""
    worst: dict[str, Ruling] = {}
    for finding in item.findings:
        known = worst.get(finding.rule)
        if finding.ruling.verdict in verdicts and (known is None or finding.ruling.verdict is Verdict.AVOID is not known.verdict):
            worst[finding.rule] = finding.ruling
    cautions = words.vocabulary.cautions
    reasons = [ruling.because or "" for ruling in worst.values()]
    return " ".join(dict.fromkeys(cautions[reason] for reason in reasons if reason in cautions)) or None
