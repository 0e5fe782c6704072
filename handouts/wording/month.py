"""The month view in words: the days of each month in rows of a week, a box a session, and the plan in short."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from handouts.model import Day, Schedule, Week, Words
from handouts.texts import MonthDayText, MonthSheetText, MonthText, PageHeadText
from handouts.wording.calendar import list_plan, word_idle, word_sessions, word_tick
from handouts.wording.messages import Messages


def word_month(schedule: Schedule, words: Words, messages: Messages, *, head: PageHeadText) -> MonthText:
    """All words of the month view: a sheet a month; where no start is given, one sheet of weeks to write the dates in."""
    rests = any(day.counts and not week.sessions_on(index) for week in schedule.weeks for index, day in enumerate(week.days))
    counts = [week.planned for week in schedule.weeks]
    planned = None if None in counts else messages.say("month.planned", n=sum(count or 0 for count in counts))
    return MonthText(
        head=head,
        weekdays=tuple(messages.phrases.day_names[day.weekday] for day in schedule.weeks[0].days),
        sheets=_word_months(schedule, messages),
        how=messages.say("month.how" if rests else "month.how.daily", n=schedule.sessions),
        plan=list_plan(schedule.weeks[-1], words, words.vocabulary, messages, key="month.exercise"),
        planned=planned,
    )


def _word_months(schedule: Schedule, messages: Messages) -> tuple[MonthSheetText, ...]:
    days = {day.date: (week, index) for week in schedule.weeks for index, day in enumerate(week.days) if day.date and day.counts}
    if not days:
        rows = tuple(
            tuple(_word_cell(week, index, schedule, messages, number=None) for index in range(len(week.days)))
            for week in schedule.weeks
        )
        return (MonthSheetText(heading=messages.say("month.open"), weeks=rows),)
    first = next(week.days[0].date for week in schedule.weeks)
    sheets = []
    for _, group in groupby(sorted(days), key=lambda date: (date.year, date.month)):
        date = next(group)
        weeks = tuple(
            tuple(_word_date(day, date.month, days, schedule, messages) for day in row) for row in _weeks_of(date, first or date)
        )
        sheets.append(MonthSheetText(heading=messages.month(date), weeks=weeks))
    return tuple(sheets)


def _weeks_of(date: dt.date, aligned: dt.date) -> list[list[dt.date]]:
    """The weeks that hold the month of `date`; `aligned` is a day that a week begins with."""
    first = date.replace(day=1)
    start = first - dt.timedelta(days=(first - aligned).days % 7)
    weeks = []
    while start <= first or start.month == date.month:
        weeks.append([start + dt.timedelta(days=offset) for offset in range(7)])
        start += dt.timedelta(weeks=1)
    return weeks


def _word_date(
    date: dt.date, month: int, days: dict[dt.date, tuple[Week, int]], schedule: Schedule, messages: Messages
) -> MonthDayText:
    if date.month != month:
        return MonthDayText(number=None, state="outside", boxes=())
    if date not in days:
        return MonthDayText(number=f"{date.day}", state="outside", boxes=())
    week, index = days[date]
    return _word_cell(week, index, schedule, messages, number=f"{date.day}")


def _word_cell(week: Week, index: int, schedule: Schedule, messages: Messages, *, number: str | None) -> MonthDayText:
    day: Day = week.days[index]
    count = week.sessions_on(index)
    if not count:
        idle = word_idle(day, messages)
        return MonthDayText(number=number, state=idle.state, boxes=(idle,))
    names = word_sessions(schedule.sessions, messages)[:count]
    return MonthDayText(number=number, state="box", boxes=tuple(word_tick(day, name, messages) for name in names))
