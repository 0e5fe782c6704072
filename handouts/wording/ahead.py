"""What all pages that look ahead say: days, sessions, boxes to tick, the plan in short, the steps of a progression."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handouts.model import (
    Day,
    HoldUnit,
    Plan,
    PlannedExercise,
    Request,
    Schedule,
    ScheduledExercise,
    Side,
    Step,
    Week,
    Words,
)
from handouts.nouns import dataclass
from handouts.texts import CellText, FieldText
from handouts.wording.cards import warn_from_rules
from handouts.wording.doses import word_blank, word_dose
from handouts.wording.messages import Messages, end_sentence
from handouts.wording.safety import Safety

_SESSIONS = {2: ("session.morning", "session.evening"), 3: ("session.morning", "session.midday", "session.evening")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What pages that look ahead are worded from; `often` is how often in the routine's own words."""

    request: Request
    plan: Plan
    schedule: Schedule
    words: Words
    messages: Messages
    safety: Safety
    often: str | None

    @property
    def is_menu(self) -> bool:
        """True for a list the clinician ticks from."""
        return self.plan.routine is not None and self.plan.routine.menu

    @property
    def counts(self) -> bool:
        """True where it is known how many sessions there are: no menu, nothing left to the patient or to be written in."""
        return not self.is_menu and self.often is None


def word_score(request: Request, messages: Messages) -> FieldText | None:
    """What the patient rates each day, with what 0 and 10 mean; None where nothing is rated."""
    score = request.score or "pain"
    if score == "none":
        return None
    return FieldText(label=messages.say(f"calendar.score.{score}"), value=messages.say(f"calendar.score.{score}.scale"))


def word_sessions(count: int, messages: Messages) -> tuple[str | None, ...]:
    """What the sessions of a day are called; a single one has no name."""
    if count == 1:
        return (None,)
    if count in _SESSIONS:
        return tuple(messages.say(key) for key in _SESSIONS[count])
    return tuple(messages.say("session.number", n=number) for number in range(1, count + 1))


def word_day(day: Day, messages: Messages) -> str:
    """A day as it is read aloud: "Monday 30 November", or "Monday" where its date is to be written in."""
    return messages.full_day(day.date) if day.date else messages.phrases.day_names[day.weekday]


def word_tick(day: Day, session: str | None, messages: Messages) -> CellText:
    """A box to tick."""
    spoken = word_day(day, messages)
    if session is None:
        return CellText(state="box", alt=messages.say("calendar.box.alt", day=spoken))
    return CellText(state="box", alt=messages.say("calendar.box.alt.session", day=spoken, session=session))


def word_idle(day: Day, messages: Messages) -> CellText:
    """A rest day, or a day before the start."""
    key, state = ("calendar.rest.alt", "rest") if day.counts else ("calendar.outside.alt", "outside")
    return CellText(state=state, alt=messages.say(key, day=word_day(day, messages)))


def word_rating(day: Day, messages: Messages) -> CellText:
    """Room to rate a day."""
    if not day.counts:
        return word_idle(day, messages)
    return CellText(state="box", alt=messages.say("calendar.rate.alt", day=word_day(day, messages)))


def has_rest(schedule: Schedule) -> bool:
    """True when some exercise has a rest day."""
    return any(
        day.counts and not planned
        for week in schedule.weeks
        for each in week.exercises
        for day, planned in zip(week.days, each.days, strict=True)
    )


def word_amount(item: PlannedExercise, ahead: Ahead) -> str:
    """How much of an exercise, in short; a line to write on where it is left blank."""
    if item.dose.blank:
        return word_blank("calendar.blank", item, ahead.words.vocabulary, ahead.messages)
    return word_dose(item, ahead.words.vocabulary, ahead.messages).short


def word_earlier(before: PlannedExercise, item: PlannedExercise, ahead: Ahead) -> str:
    """The dose before a step in so many words as tell the two apart: "30 seconds" where only the hold is another."""
    messages, old, new = ahead.messages, before.dose, item.dose
    if replace(old, hold=new.hold) == new and old.hold is not None:
        unit = "seconds" if old.hold.unit is HoldUnit.SECONDS else "breaths"
        return messages.say(f"short.hold.{unit}", n=old.hold.count)
    if replace(old, repetitions=new.repetitions) == new and old.repetitions is not None:
        return messages.say("dose.repetitions", n=old.repetitions)
    return word_amount(before, ahead)


def word_care(each: ScheduledExercise, ahead: Ahead) -> FieldText | None:
    """The clinician's note, else what the rules warn this patient of."""
    item, messages = each.item, ahead.messages
    if item.note:
        return FieldText(label=messages.say("card.note"), value=item.note)
    warned = warn_from_rules(item, ahead.words)
    if warned is None:
        return None
    return FieldText(label=messages.say("card.caution"), value=end_sentence(messages.sided(warned, side_shown(each))))


def side_shown(each: ScheduledExercise) -> Side:
    """The side whose words and picture stand for the exercise."""
    return each.item.side if each.item.side is not Side.BOTH else Side.LEFT


def list_plan(ahead: Ahead, *, keys: tuple[str, str], session: int = 0) -> tuple[str, ...]:
    """The exercises of session number `session` of a day a line each, as they are at the start of the plan.

    Each is said by the first phrase of `keys`, by the second where it has days of its own.
    """
    lines, last, messages = [], ahead.schedule.weeks[-1], ahead.messages
    for number, each in enumerate(ahead.schedule.weeks[0].exercises, start=1):
        if each.sessions <= session:
            continue
        days = _word_own_days(each.item, last, messages)
        said: dict[str, Any] = {
            "number": number,
            "name": ahead.words.exercises[each.item.exercise.id].name,
            "dose": word_amount(each.item, ahead),
        }
        lines.append(messages.say(keys[0], **said) if days is None else messages.say(keys[1], days=days, **said))
    return tuple(lines)


def _word_own_days(item: PlannedExercise, week: Week, messages: Messages) -> str | None:
    """The days of an exercise that is not done on all days the plan has: "Mo, We and Fr"; None for the others."""
    each = next(each for each in week.exercises if each.item.exercise.id == item.exercise.id)
    there = [day.weekday for index, day in enumerate(week.days) if week.sessions_on(index)]
    own = [day.weekday for day, planned in zip(week.days, each.days, strict=True) if planned]
    if own == there or not own:
        return None
    return messages.list([messages.phrases.days[weekday] for weekday in messages.phrases.days if weekday in own])


# --------------------------------------------------------------------------------------------- progression


def word_steps(ahead: Ahead) -> tuple[tuple[int, str], ...]:
    """The steps of a progression, each with the week from which it counts."""
    return tuple((step.week, _word_step(step, ahead)) for step in ahead.schedule.steps)


def word_rule(ahead: Ahead) -> str | None:
    """When to go on to the next step; None without a progression."""
    if not ahead.schedule.steps:
        return None
    return ahead.request.progression_rule or " ".join(ahead.safety.sentences("progression"))


def word_progression(ahead: Ahead) -> tuple[str, ...]:
    """All steps, and when to go on."""
    rule = word_rule(ahead)
    return (*(words for _, words in word_steps(ahead)), rule) if rule else ()


def _word_step(step: Step, ahead: Ahead) -> str:
    """One step: "From week 3: hold 45 seconds in exercises 2 and 4."."""
    messages, exercises = ahead.messages, ahead.schedule.weeks[step.week - 1].exercises
    if step.exercise is not None:
        item = next(each.item for each in exercises if each.item.exercise.id == step.exercise)
        name, dose = ahead.words.exercises[step.exercise].name, word_amount(item, ahead)
        what = messages.say("calendar.step.exercise", name=name, dose=dose)
    else:
        what = _word_change(step, messages)
        numbers = [f"{number}" for number, each in enumerate(exercises, start=1) if each.changed]
        if numbers:
            what = messages.say("calendar.step.numbers", n=len(numbers), what=what, numbers=messages.list(numbers))
    return messages.say("calendar.step", week=step.week, what=what)


def _word_change(step: Step, messages: Messages) -> str:
    hold = step.dose.hold
    if hold is None:
        return messages.say("dose.repetitions.slow", n=step.dose.repetitions)
    unit = "seconds" if hold.unit is HoldUnit.SECONDS else "breaths"
    words = messages.say(f"dose.hold.{unit}", n=hold.count)
    return words[:1].lower() + words[1:]
