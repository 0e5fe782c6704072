"""Doses in words: the line on the card, its total, how often, and the short form of the table."""

from __future__ import annotations

from handouts.model import Dose, HoldUnit, Kind, PlannedExercise, Side, Sides, Vocabulary
from handouts.nouns import dataclass
from handouts.wording.messages import Messages, end_sentence, sentence_case


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseText:
    """One dose in words; `total` spares the patient the sum, `often` is None when the whole plan shares it."""

    line: str
    total: str | None
    short: str
    often: str


def word_dose(item: PlannedExercise, vocabulary: Vocabulary, messages: Messages) -> DoseText:
    """The dose of a planned exercise in words."""
    key = ("dose", item.exercise.id, item.side, item.dose)
    return messages.kept.remember(key, lambda: _word_new(item, vocabulary, messages))


def _word_new(item: PlannedExercise, vocabulary: Vocabulary, messages: Messages) -> DoseText:
    dose = item.dose
    if dose.blank:
        return _word_blank(item, vocabulary, messages)
    say = messages.say
    scope = _scope(item, vocabulary, messages)
    if dose.open_ended:
        line, short = f"{say('dose.open')}. {say('dose.open.more')}", say("short.open")
        return DoseText(line=line, total=None, short=short, often=word_often(dose, messages))
    if dose.duration_s is None:
        return _word_counted(item, scope, messages)
    line = _listed(_time("dose.duration", dose.duration_s, messages), scope)
    short = _listed(_short_time(dose.duration_s, messages), scope)
    sets = dose.sets or 1
    if sets > 1:
        rounds = say("dose.rounds", n=sets)
        line, short = f"{line}. {sentence_case(rounds)}", _listed(short, rounds)
    both = item.exercise.sides in (Sides.DIRECTIONS, Sides.EACH) and item.side is Side.BOTH
    total = say("total.seconds", n=2 * dose.duration_s * sets) if both else None
    return _dose_text(item, messages, line=line, short=short, total=total)


def word_often(dose: Dose, messages: Messages) -> str:
    """How often: "Once a day, every day."."""
    say = messages.say
    if dose.blank:
        return end_sentence(say("often.blank"))
    parts = []
    if dose.per_day is not None:
        parts.append(say("often.per_day", n=dose.per_day))
    if dose.days_per_week == 7:
        parts.append(say("often.every_day"))
    elif dose.days_per_week is not None:
        parts.append(say("often.days", n=dose.days_per_week))
    return end_sentence(sentence_case(", ".join(parts))) if parts else ""


def _word_counted(item: PlannedExercise, scope: str, messages: Messages) -> DoseText:
    dose, say = item.dose, messages.say
    repetitions, sets = dose.repetitions or 1, dose.sets or 1
    if dose.hold is not None:
        unit = "seconds" if dose.hold.unit is HoldUnit.SECONDS else "breaths"
        times = say("dose.repetitions", n=repetitions)
        line = _listed(say(f"dose.hold.{unit}", n=dose.hold.count), times, scope)
        short = _listed(say(f"short.hold.{unit}", n=dose.hold.count), times, scope)
        if sets > 1:
            rounds = say("dose.rounds", n=sets)
            line, short = f"{line}. {sentence_case(rounds)}", _listed(short, rounds)
    else:
        short = _listed(say("dose.repetitions.slow", n=repetitions), scope)
        if sets > 1:
            short = say("dose.sets", n=sets, what=short)
        line = sentence_case(short)
    count = repetitions * sets * (2 if item.exercise.sides is Sides.EACH and item.side is Side.BOTH else 1)
    total = None
    if count != repetitions:
        total = say("total.holds" if dose.hold is not None else "total.times", n=count)
    return _dose_text(item, messages, line=line, short=short, total=total)


def _dose_text(item: PlannedExercise, messages: Messages, *, line: str, short: str, total: str | None) -> DoseText:
    total = _with_rest(total, item.dose, messages)
    return DoseText(line=end_sentence(line), total=total, short=short, often=word_often(item.dose, messages))


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _word_blank(item: PlannedExercise, vocabulary: Vocabulary, messages: Messages) -> DoseText:
    dose, scope = item.exercise.dose, _scope(item, vocabulary, messages)
    key = "dose.blank"
    if dose.open_ended or (dose.duration_s is not None and _in_minutes(dose.duration_s)):
        key = "dose.blank.timed"
    elif dose.duration_s is not None:
        key = "dose.blank.timed.seconds"
    elif dose.hold is None and item.exercise.kind is not Kind.STRETCH:
        key = "dose.blank.counted"
    short = word_blank("short.blank", item, vocabulary, messages)
    return _dose_text(item, messages, line=_listed(messages.say(key), scope), short=short, total=None)


def word_blank(key: str, item: PlannedExercise, vocabulary: Vocabulary, messages: Messages) -> str:
    """A line to write a dose on, and the side it is for, which is the plan's: nobody writes it in by hand."""
    return _listed(messages.say(key), _scope(item, vocabulary, messages))


def _scope(item: PlannedExercise, vocabulary: Vocabulary, messages: Messages) -> str:
    sides = item.exercise.sides
    if sides is Sides.EACH:
        if item.side is Side.BOTH:
            return messages.say("dose.each_side")
        return vocabulary.one_side[item.exercise.side_means or ""].format(side=messages.side(item.side))
    if sides is Sides.DIRECTIONS:
        return messages.say("dose.each_direction")
    return messages.say("dose.to_both_sides") if sides is Sides.ALTERNATING else ""


def _in_minutes(seconds: int) -> bool:
    """Whether a time is said in minutes: from two on, in whole ones."""
    return seconds >= 120 and seconds % 60 == 0


def _time(key: str, seconds: int, messages: Messages) -> str:
    if _in_minutes(seconds):
        return messages.say(f"{key}.minutes", n=seconds // 60)
    return messages.say(f"{key}.seconds", n=seconds)


def _short_time(seconds: int, messages: Messages) -> str:
    if _in_minutes(seconds):
        return messages.say("short.duration.minutes", n=seconds // 60)
    return messages.say("short.hold.seconds", n=seconds)


def _with_rest(total: str | None, dose: Dose, messages: Messages) -> str | None:
    several = (dose.sets or 1) * (dose.repetitions or 1) > 1
    rest = messages.say("dose.rest", n=dose.rest_s) if dose.rest_s and several else None
    return " ".join(part for part in (total, rest) if part) or None
