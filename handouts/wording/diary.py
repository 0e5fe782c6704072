"""The diary in words: a row a day with the place of the worst pain, and what to do next."""

from __future__ import annotations

from handouts.model import Day, Request, Schedule, Week
from handouts.texts import CellText, DiaryRowText, DiaryText, FieldText, PageHeadText
from handouts.wording.calendar import word_day, word_idle, word_score, word_sessions, word_tick
from handouts.wording.messages import Messages
from handouts.wording.safety import Safety

_PLACES = ("back", "buttock", "thigh", "below_knee")
"""From the middle of the body outwards: pain that moves along it is what the rule is about."""

_STOP = "diary.stop_call"
_LIGHTS = (("carry-on", "diary.carry_on"), ("halve", "diary.halve"), ("stop-call", _STOP))


def word_diary(request: Request, schedule: Schedule, safety: Safety, messages: Messages, *, head: PageHeadText) -> DiaryText:
    """All words of the diary, a row for each day of the schedule."""
    say = messages.say
    score = word_score(request, messages)
    days = [(week, index) for week in schedule.weeks for index, day in enumerate(week.days) if day.counts]
    return DiaryText(
        head=head,
        heading=say("diary.heading"),
        how=say("diary.how") if score is None else f"{say('diary.how')} {score.label}: {score.value}.",
        day=say("diary.day"),
        done=say("diary.done"),
        score=score.label if score else None,
        places=tuple(say(f"diary.place.{place}") for place in _PLACES),
        notes=say("diary.notes"),
        rows=tuple(
            _word_row(number, week, index, schedule, messages, scored=score is not None)
            for number, (week, index) in enumerate(days, start=1)
        ),
        rule_heading=say("diary.rule"),
        rule=tuple(_word_light(tier, key, safety, messages) for tier, key in _LIGHTS),
    )


def _word_row(number: int, week: Week, index: int, schedule: Schedule, messages: Messages, *, scored: bool) -> DiaryRowText:
    day: Day = week.days[index]
    count = week.sessions_on(index)
    names = word_sessions(schedule.sessions, messages)[:count]
    weekday = messages.phrases.days[day.weekday]
    say = messages.say
    return DiaryRowText(
        number=f"{number}",
        day=f"{weekday}\u00a0{messages.short_date(day.date)}" if day.date else None,
        done=tuple(word_tick(day, name, messages) for name in names) or (word_idle(day, messages),),
        score=CellText(state="box", alt=say("calendar.rate.alt", day=word_day(day, messages))) if scored else None,
        places=tuple(CellText(state="box", alt=say("diary.tick.alt", place=say(f"diary.place.{place}"))) for place in _PLACES),
        notes=CellText(state="box", alt=say("calendar.notes.alt")),
    )


def _word_light(tier: str, key: str, safety: Safety, messages: Messages) -> FieldText:
    if key == _STOP:
        label = messages.say(_STOP, phone=safety.phone) if safety.phone else messages.say("diary.stop_call.unknown")
    else:
        label = messages.say(key)
    return FieldText(label=label, value=" ".join(safety.sentences(tier)))
