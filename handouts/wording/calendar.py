"""The weekly calendar in words: its weeks, rows and cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handouts.model import Day, ExerciseWords, ScheduledExercise, Verdict, Week
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
from handouts.wording.ahead import (
    Ahead,
    has_rest,
    side_shown,
    word_amount,
    word_care,
    word_earlier,
    word_idle,
    word_rating,
    word_rule,
    word_score,
    word_sessions,
    word_steps,
    word_tick,
)
from handouts.wording.cards import DrawnPicture, word_picture
from handouts.wording.messages import Messages

_END = "end"
_DOUBTFUL = (Verdict.CAUTION, Verdict.AVOID)
Drawn = Mapping[str, Mapping[str, DrawnPicture]]


def word_calendar(ahead: Ahead, *, head: PageHeadText, drawn: Drawn) -> CalendarText:
    """All words of the calendar."""
    request, schedule, say = ahead.request, ahead.schedule, ahead.messages.say
    score = word_score(request, ahead.messages) if "diary" not in request.pages else None  # one place to rate is enough
    return CalendarText(
        head=head,
        range=say("calendar.weeks", first="{first}", last="{last}"),
        range_open=say("calendar.weeks.open", weeks="{weeks}"),
        one_page=request.one_page,
        exercise=say("calendar.column.exercise"),
        when=say("calendar.column.when") if schedule.sessions > 1 else None,
        weeks=tuple(_word_week(week, ahead, drawn=drawn, scored=score is not None) for week in schedule.weeks),
        how=_word_how(ahead),
        score=score,
        sessions=say("calendar.sessions"),
        notes=FieldText(label=say("calendar.notes"), value=say("calendar.notes.alt")),
        progression=word_steps(ahead),
        rule=word_rule(ahead),
        advice=word_advice(ahead),
    )


def word_advice(ahead: Ahead) -> tuple[str, ...]:
    """What the precautions ask for before starting, and where the steps are."""
    return (*ahead.safety.floor(precautions_only=True), *ahead.safety.added("before"), ahead.messages.say("calendar.sheet"))


def _word_how(ahead: Ahead) -> str:
    say = ahead.messages.say
    parts = [ahead.often] if ahead.often else []
    if ahead.is_menu:
        parts.append(say("calendar.menu"))
    parts.append(say("calendar.how.rest" if has_rest(ahead.schedule) else "calendar.how"))
    return " ".join(parts)


def _word_week(week: Week, ahead: Ahead, *, drawn: Drawn, scored: bool) -> WeekText:
    messages, weeks = ahead.messages, len(ahead.schedule.weeks)
    dates = [day.date for day in week.days if day.date is not None and day.counts]
    first, last = (messages.day_and_month(dates[0]), messages.day_and_month(dates[-1])) if dates else (None, None)
    if weeks == 1:
        key = "calendar.week.only" if dates else "calendar.week.only.open"
    else:
        key = "calendar.week" if dates else "calendar.week.open"
    return WeekText(
        number=week.number,
        heading=messages.say(key, week=week.number, weeks=weeks, first=first, last=last),
        write_in=not dates,
        column=messages.say("calendar.column.week", n=week.number),
        first=first,
        last=last,
        days=tuple(_word_column(day, messages) for day in week.days),
        rows=tuple(_word_row(number, each, week.days, ahead, drawn) for number, each in enumerate(week.exercises, start=1)),
        scores=tuple(word_rating(day, messages) for day in week.days) if scored else (),
        planned=_word_planned(week, ahead, short=False),
        planned_short=_word_planned(week, ahead, short=True),
    )


def _word_planned(week: Week, ahead: Ahead, *, short: bool) -> str:
    say = ahead.messages.say
    if week.planned is None or not ahead.counts:
        return say("calendar.planned.unknown")
    return say("calendar.planned.short", n=week.planned) if short else say("calendar.planned", n=week.planned)


def _word_column(day: Day, messages: Messages) -> DayText:
    return DayText(
        weekday=messages.phrases.days[day.weekday],
        letter=messages.day_letter(day.weekday),
        number=f"{day.date.day}" if day.date else None,
    )


def _word_row(number: int, each: ScheduledExercise, days: Sequence[Day], ahead: Ahead, drawn: Drawn) -> CalendarRowText:
    item, own, messages = each.item, ahead.words.exercises[each.item.exercise.id], ahead.messages
    return CalendarRowText(
        number=number,
        name=own.name,
        dose=word_amount(item, ahead),
        new=messages.say("calendar.new") if each.changed else None,
        stay=_word_stay(each, ahead),
        care=word_care(each, ahead),
        tick=ahead.is_menu,
        picture=_choose_picture(each, own, messages, drawn.get(item.exercise.id, {})),
        sessions=tuple(_word_session(name, each, days, messages) for name in _names(each, ahead)),
    )


def _names(each: ScheduledExercise, ahead: Ahead) -> tuple[str | None, ...]:
    return word_sessions(ahead.schedule.sessions, ahead.messages)[: each.sessions]


def _word_session(name: str | None, each: ScheduledExercise, days: Sequence[Day], messages: Messages) -> SessionText:
    cells: list[CellText] = []
    for day, planned in zip(days, each.days, strict=True):
        cells.append(word_tick(day, name, messages) if planned else word_idle(day, messages))
    return SessionText(label=name, cells=tuple(cells))


def _word_stay(each: ScheduledExercise, ahead: Ahead) -> str | None:
    """The dose before the latest step, for the patient who is not to go on yet."""
    if each.before is None:
        return None
    return ahead.messages.say("calendar.stay", dose=word_earlier(each.before, each.item, ahead))


def _choose_picture(
    each: ScheduledExercise, own: ExerciseWords, messages: Messages, drawn: Mapping[str, DrawnPicture]
) -> PictureText | None:
    """The picture that stands for an exercise: its end, else its last one.

    Where the patient's profile makes a part of the movement doubtful it is the first one: no page may show the wrong direction.
    """
    poses = [pose for pose in each.item.exercise.pictures if pose in drawn]
    if not poses:
        return None
    pose = _END if _END in poses else poses[-1]
    if any(found.rule.startswith("profile:") and found.ruling.verdict in _DOUBTFUL for found in each.item.findings):
        pose = poses[0]
    return word_picture(pose, drawn[pose], each.item, own, messages, side_shown(each))
