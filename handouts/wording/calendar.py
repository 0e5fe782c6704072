"""The weekly calendar in words: its weeks, rows and cells, the steps of a progression, and the head of its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handouts.model import Day, ExerciseWords, HoldUnit, Request, Schedule, ScheduledExercise, Side, Step, Week, Words
from handouts.texts import (
    CalendarRowText,
    CalendarText,
    CellText,
    DayText,
    FieldText,
    PageHeadText,
    PictureText,
    SessionText,
    WeekText,
)
from handouts.wording.cards import DrawnPicture, word_picture
from handouts.wording.doses import word_dose
from handouts.wording.messages import Messages

_END = "end"
_SESSIONS = {2: ("session.morning", "session.evening"), 3: ("session.morning", "session.midday", "session.evening")}
Drawn = Mapping[str, Mapping[str, DrawnPicture]]


def word_calendar(
    request: Request,
    schedule: Schedule,
    words: Words,
    messages: Messages,
    *,
    head: PageHeadText,
    drawn: Drawn,
    progression: tuple[str, ...],
) -> CalendarText:
    """All words of the calendar."""
    say = messages.say
    score = word_score(request, messages)
    return CalendarText(
        head=head,
        range=say("calendar.weeks", first="{first}", last="{last}"),
        range_open=say("calendar.weeks.open", weeks="{weeks}"),
        one_page=request.one_page,
        exercise=say("calendar.column.exercise"),
        when=say("calendar.column.when") if schedule.sessions > 1 else None,
        weeks=tuple(
            _word_week(week, schedule, words, messages, drawn=drawn, scored=score is not None) for week in schedule.weeks
        ),
        how=say("calendar.how.rest" if _has_rest(schedule) else "calendar.how"),
        score=score,
        sessions=say("calendar.sessions"),
        notes=FieldText(label=say("calendar.notes"), value=say("calendar.notes.alt")),
        progression=progression,
    )


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
    state = "rest" if day.counts else "before"
    return CellText(state=state, alt=messages.say(f"calendar.{state}.alt", day=word_day(day, messages)))


def _has_rest(schedule: Schedule) -> bool:
    return any(
        day.counts and not planned
        for week in schedule.weeks
        for each in week.exercises
        for day, planned in zip(week.days, each.days, strict=True)
    )


def _word_week(week: Week, schedule: Schedule, words: Words, messages: Messages, *, drawn: Drawn, scored: bool) -> WeekText:
    say = messages.say
    dates = [day.date for day in week.days if day.date is not None and day.counts]
    first, last = (messages.day_and_month(dates[0]), messages.day_and_month(dates[-1])) if dates else (None, None)
    if len(schedule.weeks) == 1:
        key = "calendar.week.only" if dates else "calendar.week.only.open"
    else:
        key = "calendar.week" if dates else "calendar.week.open"
    return WeekText(
        number=week.number,
        heading=say(key, week=week.number, weeks=len(schedule.weeks), first=first, last=last),
        write_in=not dates,
        first=first,
        last=last,
        column=say("calendar.column.week", n=week.number),
        days=tuple(_word_column(day, messages) for day in week.days),
        rows=tuple(
            _word_row(number, each, week.days, schedule.sessions, words, messages, drawn)
            for number, each in enumerate(week.exercises, start=1)
        ),
        scores=tuple(_word_score_cell(day, messages) for day in week.days) if scored else (),
        planned=say("calendar.planned.unknown") if week.planned is None else say("calendar.planned", n=week.planned),
    )


def _word_column(day: Day, messages: Messages) -> DayText:
    return DayText(
        weekday=messages.phrases.days[day.weekday],
        date=messages.short_date(day.date) if day.date else None,
        letter=messages.day_letter(day.weekday),
        number=f"{day.date.day}" if day.date else None,
    )


def _word_row(
    number: int, each: ScheduledExercise, days: Sequence[Day], most: int, words: Words, messages: Messages, drawn: Drawn
) -> CalendarRowText:
    item, own = each.item, words.exercises[each.item.exercise.id]
    names = word_sessions(most, messages)
    return CalendarRowText(
        number=number,
        name=own.name,
        dose=word_dose(item, words.vocabulary, messages).short,
        new=messages.say("calendar.new") if each.changed else None,
        picture=_choose_picture(each, own, messages, drawn.get(item.exercise.id, {})),
        sessions=tuple(
            SessionText(
                label=name,
                cells=tuple(
                    word_tick(day, name, messages) if planned else word_idle(day, messages)
                    for day, planned in zip(days, each.days, strict=True)
                ),
            )
            for name in names[: each.sessions]
        ),
    )


def _word_score_cell(day: Day, messages: Messages) -> CellText:
    if not day.counts:
        return word_idle(day, messages)
    return CellText(state="box", alt=messages.say("calendar.rate.alt", day=word_day(day, messages)))


def _choose_picture(
    each: ScheduledExercise, own: ExerciseWords, messages: Messages, drawn: Mapping[str, DrawnPicture]
) -> PictureText | None:
    """The picture that stands for an exercise: its end, else its last one."""
    poses = [pose for pose in each.item.exercise.pictures if pose in drawn]
    if not poses:
        return None
    pose = _END if _END in poses else poses[-1]
    shown = each.item.side if each.item.side is not Side.BOTH else Side.LEFT
    return word_picture(pose, drawn[pose], each.item, own, messages, shown)


def _word_step(step: Step, schedule: Schedule, words: Words, messages: Messages) -> str:
    """One step of a progression: "From week 3: hold 30 seconds."."""
    if step.exercise is None:
        what = _word_change(step, messages)
    else:
        week = schedule.weeks[step.week - 1]
        item = next(each.item for each in week.exercises if each.item.exercise.id == step.exercise)
        dose = word_dose(item, words.vocabulary, messages).short
        what = messages.say("calendar.step.exercise", name=words.exercises[step.exercise].name, dose=dose)
    return messages.say("calendar.step", week=step.week, what=what)


def _word_change(step: Step, messages: Messages) -> str:
    hold = step.dose.hold
    if hold is None:
        return messages.say("dose.repetitions.slow", n=step.dose.repetitions)
    unit = "seconds" if hold.unit is HoldUnit.SECONDS else "breaths"
    words = messages.say(f"dose.hold.{unit}", n=hold.count)
    return words[:1].lower() + words[1:]


def word_exercise_days(each: ScheduledExercise, week: Week, messages: Messages) -> str | None:
    """The days of an exercise that is not done on all days the plan has: "Mo, We and Fr"; None for the others."""
    there = [day.weekday for index, day in enumerate(week.days) if week.sessions_on(index)]
    own = [day.weekday for day, planned in zip(week.days, each.days, strict=True) if planned]
    if own == there or not own:
        return None
    return messages.list([messages.phrases.days[weekday] for weekday in own])


def list_plan(
    schedule: Schedule, words: Words, messages: Messages, *, keys: tuple[str, str], session: int = 0
) -> tuple[str, ...]:
    """The exercises of session number `session` of a day a line each, as they are at the start of the plan.

    Each is said by the first phrase of `keys`, by the second where it has days of its own.
    """
    lines, last = [], schedule.weeks[-1]
    for number, (each, later) in enumerate(zip(schedule.weeks[0].exercises, last.exercises, strict=True), start=1):
        if each.sessions <= session:
            continue
        days = word_exercise_days(later, last, messages)
        said: dict[str, Any] = {
            "number": number,
            "name": words.exercises[each.item.exercise.id].name,
            "dose": word_dose(each.item, words.vocabulary, messages).short,
        }
        lines.append(messages.say(keys[0], **said) if days is None else messages.say(keys[1], days=days, **said))
    return tuple(lines)


def word_progression(request: Request, schedule: Schedule, words: Words, messages: Messages, *, rule: str) -> tuple[str, ...]:
    """The steps of a progression and when to go on; `rule` is said where the request has none of its own."""
    steps = [_word_step(step, schedule, words, messages) for step in schedule.steps]
    return (*steps, request.progression_rule or rule) if steps else ()
