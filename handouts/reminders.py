"""Reminders: the sessions of a plan as a calendar file for a phone (RFC 5545), one recurring event for each session of a day."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handouts.errors import InputError, Problem
from handouts.model import DAYS, Request, Schedule
from handouts.nouns import dataclass
from handouts.texts import ReminderText

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_PRODUCER = "-//handouts//exercise reminders//EN"
_USUAL_TIMES = {1: ("09:00",), 2: ("08:00", "19:00"), 3: ("08:00", "13:00", "19:00")}
"""When sessions begin where nobody says: our own default."""

_FIRST_HOUR, _LAST_HOUR = 8, 20
_USUAL_MINUTES, _ROUNDED_TO = 15, 5
_GUESSES = 200_000  # rounds of PBKDF2: what one guess at whose plan it is costs
_EPOCH = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One session of a day over the whole plan: its first day, its days of the week, and how often it comes in all."""

    number: int  # from 1
    first: dt.date
    weekdays: tuple[str, ...]  # of DAYS
    count: int


def gather_slots(schedule: Schedule) -> tuple[Slot, ...]:
    """The sessions of a day that recur.

    Raises:
        InputError: the plan has no first day.

    """
    slots = []
    for number in range(schedule.sessions):
        dates = [
            day.date
            for week in schedule.weeks
            for index, day in enumerate(week.days)
            if day.counts and day.date is not None and week.sessions_on(index) > number
        ]
        if dates:
            weekdays = {date.weekday() for date in dates}
            named = tuple(day for index, day in enumerate(DAYS) if index in weekdays)
            slots.append(Slot(number=number + 1, first=dates[0], weekdays=named, count=len(dates)))
    if not slots:
        raise InputError(Problem(message="reminders need the first day of the plan", hint="give one: --start 2026-03-31"))
    return tuple(slots)


def choose_times(asked: Sequence[dt.time], sessions: int) -> tuple[dt.time, ...]:
    """When the sessions of a day begin: as asked, else as is usual.

    Raises:
        InputError: other than one time for each session.

    """
    if asked:
        if len(asked) != sessions or list(asked) != sorted(asked):
            day = (
                "1 session a day needs 1 time" if sessions == 1 else f"{sessions} sessions a day need {sessions} times, in order"
            )
            found = ", ".join(f"{time:%H:%M}" for time in asked)
            raise InputError(Problem(message=f"at: {day}, found {found}", hint="write them like 08:00,19:00", about=("at", "")))
        return tuple(asked)
    if sessions in _USUAL_TIMES:
        return tuple(dt.time.fromisoformat(time) for time in _USUAL_TIMES[sessions])
    minutes = (_LAST_HOUR - _FIRST_HOUR) * 60
    at = [_FIRST_HOUR * 60 + round(minutes * index / (sessions - 1) / _ROUNDED_TO) * _ROUNDED_TO for index in range(sessions)]
    return tuple(dt.time(minute // 60, minute % 60) for minute in at)


def write_reminders(
    request: Request, schedule: Schedule, texts: Sequence[ReminderText], *, seconds: float, about: Sequence[str]
) -> bytes:
    """The calendar file of a settled request: the same request gives the same bytes.

    `seconds` is how long a session takes (0: not known); `about` tells plans of nameless patients apart. An event keeps its
    UID when the plan is made again for the same patient, so that a phone updates it. Times are of the request's zone, else
    of wherever the phone is.

    Raises:
        InputError: no first day, or other than one time for each session.

    """
    from icalendar import Calendar

    slots = gather_slots(schedule)
    times = choose_times(request.at, schedule.sessions)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    owner = _identify_owner(request, about)
    for slot in slots:
        number = slot.number - 1
        calendar.add_component(_make_event(slot, times[number], texts[number], request, seconds, owner))
    if request.time_zone:
        last = max(day.date for week in schedule.weeks for day in week.days if day.date is not None)
        calendar.add_missing_timezones(slots[0].first - dt.timedelta(days=1), last + dt.timedelta(days=366))
    return bytes(calendar.to_ical())


def _make_event(slot: Slot, at: dt.time, text: ReminderText, request: Request, seconds: float, owner: str) -> Event:
    from icalendar import Event

    zone = ZoneInfo(request.time_zone) if request.time_zone else None
    event = Event()
    event.add("uid", f"{owner}-{slot.number}@handouts")
    event.add("dtstamp", dt.datetime.combine(request.date or slot.first, dt.time(), tzinfo=dt.UTC))
    if request.date is not None:  # a later plan counts more; without its date nobody knows which is the later one
        event.add("sequence", max(0, (request.date - _EPOCH).days))
    event.add("summary", text.title)
    event.add("description", text.description)
    event.add("dtstart", dt.datetime.combine(slot.first, at, tzinfo=zone))
    event.add("duration", dt.timedelta(minutes=_minutes(seconds)))
    days = [day[:2].upper() for day in slot.weekdays]
    event.add("rrule", {"freq": "weekly", "count": slot.count, "byday": days})
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_make_alarm(text))
    return event


def _make_alarm(text: ReminderText) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text.title)
    alarm.add("trigger", dt.timedelta(0))
    return alarm


def _minutes(seconds: float) -> int:
    """Whole minutes of an event, rounded up to five; where the length is not known, as is usual."""
    if not seconds:
        return _USUAL_MINUTES
    return max(_ROUNDED_TO, -(-round(seconds / 60) // _ROUNDED_TO) * _ROUNDED_TO)


def _identify_owner(request: Request, about: Sequence[str]) -> str:
    """The same for the same patient, whatever the plan, so that a phone updates it; costly to guess a name or a number from."""
    who = request.patient_id or request.patient
    parts = ("reminder", request.clinic or "", who or "", *(() if who else about))
    return hashlib.pbkdf2_hmac("sha256", chr(0).join(parts).encode(), b"handouts", _GUESSES, dklen=16).hex()
