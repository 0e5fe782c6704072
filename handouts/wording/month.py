"""The month view in words: the days of the plan in rows of a week, a box a session, and the plan in short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from handouts.model import DAYS, Day
from handouts.texts import CellText, MonthDayText, MonthSheetText, MonthText, PageHeadText
from handouts.wording.ahead import Ahead, list_plan, word_care, word_idle, word_progression, word_sessions, word_tick
from handouts.wording.calendar import word_advice

_MOST_WEEKS = 5
"""Rows on one sheet."""

_Cell = tuple[Day, int]
"""A day, and how many sessions it has."""


def word_month(ahead: Ahead, *, head: PageHeadText) -> MonthText:
    """All words of the month view: rows that begin as the country's weeks do, five a sheet at most."""
    messages, schedule = ahead.messages, ahead.schedule
    counts = [week.planned for week in schedule.weeks]
    known = ahead.counts and None not in counts
    rows = _gather_rows(ahead)
    sheets = -(-len(rows) // _MOST_WEEKS)
    size = -(-len(rows) // sheets)
    return MonthText(
        head=head,
        plan_heading=messages.say("month.plan"),
        weekdays=tuple(messages.phrases.day_names[day.weekday] for day, _ in rows[0]),
        sheets=tuple(_word_sheet(rows[at : at + size], ahead) for at in range(0, len(rows), size)),
        how=_word_how(ahead),
        plan=_list_exercises(ahead),
        progression=word_progression(ahead),
        advice=word_advice(ahead),
        planned=messages.say("month.planned", n=sum(count or 0 for count in counts)) if known else None,
    )


def _list_exercises(ahead: Ahead) -> tuple[str, ...]:
    """The exercises, each with what to take care of: the page may hang without a week's page beside it."""
    lines = list_plan(ahead, keys=("month.exercise", "month.exercise.days"))
    listed = []
    for line, each in zip(lines, ahead.schedule.weeks[0].exercises, strict=True):
        care = word_care(each, ahead)
        listed.append(
            ahead.messages.say("month.exercise.care", exercise=line, label=care.label, care=care.value) if care else line
        )
    return tuple(listed)


def _word_how(ahead: Ahead) -> str:
    messages = ahead.messages
    names = [name for name in word_sessions(ahead.schedule.sessions, messages) if name]
    parts = [ahead.often] if ahead.often else []
    if ahead.is_menu:
        parts.append(messages.say("calendar.menu"))
    if names:
        parts.append(messages.say("month.how.sessions", sessions=messages.list([name.lower() for name in names])))
    else:
        parts.append(messages.say("month.how"))
    if any(day.counts and not week.sessions_on(index) for week in ahead.schedule.weeks for index, day in enumerate(week.days)):
        parts.append(messages.say("month.how.rest"))
    return " ".join(parts)


def _gather_rows(ahead: Ahead) -> list[list[_Cell]]:
    """The days of the plan in rows of a week, those before and after it too where days have dates."""
    weeks = ahead.schedule.weeks
    dated: Mapping[dt.date, _Cell] = {
        day.date: (day, week.sessions_on(index)) for week in weeks for index, day in enumerate(week.days) if day.date
    }
    if not dated:
        return [[(day, week.sessions_on(index)) for index, day in enumerate(week.days)] for week in weeks]
    first, last = min(dated), max(dated)
    start = first - dt.timedelta(days=(first.weekday() - DAYS.index(ahead.messages.first_weekday)) % 7)
    rows = []
    while start <= last:
        dates = [start + dt.timedelta(days=offset) for offset in range(7)]
        rows.append([dated.get(date, (_outside(date), 0)) for date in dates])
        start += dt.timedelta(weeks=1)
    return [row for row in rows if any(day.counts for day, _ in row)]


def _outside(date: dt.date) -> Day:
    return Day(weekday=DAYS[date.weekday()], date=date, counts=False)


def _word_sheet(rows: Sequence[Sequence[_Cell]], ahead: Ahead) -> MonthSheetText:
    messages = ahead.messages
    dates = [day.date for row in rows for day, _ in row if day.date and day.counts]
    heading = messages.say("month.open")
    if dates:
        heading = messages.say("month.heading", first=messages.date(dates[0]), last=messages.date(dates[-1]))
    shown = rows[0][0][0].date
    return MonthSheetText(
        heading=heading,
        weeks=tuple(tuple(_word_cell(day, count, ahead, first=shown) for day, count in row) for row in rows),
    )


def _word_cell(day: Day, count: int, ahead: Ahead, *, first: dt.date | None) -> MonthDayText:
    messages, number = ahead.messages, None
    if day.date is not None:
        named = day.date.day == 1 or day.date == first
        number = messages.short_date(day.date) if named else f"{day.date.day}"
    boxes: tuple[CellText, ...] = (word_idle(day, messages),)
    if count:
        names = word_sessions(ahead.schedule.sessions, messages)[:count]
        boxes = tuple(word_tick(day, name, messages) for name in names)
    return MonthDayText(number=number, state=boxes[0].state, boxes=boxes)
