"""The month view in words: the days of the plan in rows of a week, a box a session, and the plan in short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from handouts.model import Schedule, Week, Words
from handouts.texts import MonthDayText, MonthSheetText, MonthText, PageHeadText
from handouts.wording.calendar import list_plan, word_idle, word_sessions, word_tick
from handouts.wording.messages import Messages

_MOST_WEEKS = 5
"""Weeks on one sheet."""


def word_month(
    schedule: Schedule, words: Words, messages: Messages, *, head: PageHeadText, progression: tuple[str, ...]
) -> MonthText:
    """All words of the month view: a sheet for up to five weeks; where no start is given, dates are left to write in."""
    rests = any(day.counts and not week.sessions_on(index) for week in schedule.weeks for index, day in enumerate(week.days))
    counts = [week.planned for week in schedule.weeks]
    planned = None if None in counts else messages.say("month.planned", n=sum(count or 0 for count in counts))
    return MonthText(
        head=head,
        plan_heading=messages.say("month.plan"),
        weekdays=tuple(messages.phrases.day_names[day.weekday] for day in schedule.weeks[0].days),
        sheets=_word_sheets(schedule, messages),
        how=messages.say("month.how" if rests else "month.how.daily", n=schedule.sessions),
        plan=list_plan(schedule, words, messages, keys=("month.exercise", "month.exercise.days")),
        progression=progression,
        planned=planned,
    )


def _word_sheets(schedule: Schedule, messages: Messages) -> tuple[MonthSheetText, ...]:
    """The weeks of the plan, as evenly shared out over sheets as they can be."""
    sheets = -(-len(schedule.weeks) // _MOST_WEEKS)
    size = -(-len(schedule.weeks) // sheets)
    return tuple(_word_sheet(schedule.weeks[at : at + size], schedule, messages) for at in range(0, len(schedule.weeks), size))


def _word_sheet(weeks: Sequence[Week], schedule: Schedule, messages: Messages) -> MonthSheetText:
    dates = [day.date for week in weeks for day in week.days if day.date and day.counts]
    heading = messages.say("month.open")
    if dates:
        heading = messages.say("month.heading", first=messages.date(dates[0]), last=messages.date(dates[-1]))
    return MonthSheetText(
        heading=heading,
        weeks=tuple(
            tuple(_word_cell(week, index, schedule, messages, first=dates[:1]) for index in range(len(week.days)))
            for week in weeks
        ),
    )


def _word_cell(week: Week, index: int, schedule: Schedule, messages: Messages, *, first: Sequence[dt.date]) -> MonthDayText:
    day, count = week.days[index], week.sessions_on(index)
    number = None
    if day.date is not None:
        named = day.date.day == 1 or day.date in first
        number = messages.short_date(day.date) if named else f"{day.date.day}"
    if not count:
        idle = word_idle(day, messages)
        return MonthDayText(number=number, state=idle.state, boxes=(idle,))
    names = word_sessions(schedule.sessions, messages)[:count]
    return MonthDayText(number=number, state="box", boxes=tuple(word_tick(day, name, messages) for name in names))
