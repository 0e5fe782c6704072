"""The diary in words: a row a day with the lowest place of the pain, and what to do next."""

from __future__ import annotations

from handouts.model import Day, Week
from handouts.texts import CellText, DiaryRowText, DiaryText, FieldText, PageHeadText
from handouts.wording.ahead import Ahead, word_idle, word_rating, word_score, word_sessions, word_tick
from handouts.wording.safety import Safety

_PLACES = ("back", "buttock", "thigh", "below_knee", "hip")
"""From the middle of the body outwards, for the rule is about pain that moves along it; then the hip, beside that line."""

_STOP = "diary.stop_call"
_LIGHTS = (
    ("carry-on", "diary.carry_on"),
    ("halve", "diary.halve"),
    ("stop-one", "diary.stop_one"),
    ("stop-call", _STOP),
    ("help-now", "diary.help_now"),
)


def word_diary(ahead: Ahead, *, head: PageHeadText) -> DiaryText:
    """All words of the diary, a row for each day of the schedule."""
    say = ahead.messages.say
    score = word_score(ahead.request, ahead.messages)
    days = [(week, index) for week in ahead.schedule.weeks for index, day in enumerate(week.days) if day.counts]
    how = [say("diary.how"), say("before.missed"), *([f"{score.label}: {score.value}."] if score else [])]
    return DiaryText(
        head=head,
        heading=say("diary.heading"),
        how=" ".join(how),
        day=say("diary.day"),
        done=say("diary.done"),
        score=score.label if score else None,
        places=tuple(say(f"diary.place.{place}") for place in _PLACES),
        notes=say("diary.notes"),
        rows=tuple(
            _word_row(number, week, index, ahead, scored=score is not None) for number, (week, index) in enumerate(days, start=1)
        ),
        rule_heading=say("diary.rule"),
        rule=tuple(_word_light(tier, key, ahead.safety, ahead) for tier, key in _LIGHTS),
    )


def _word_row(number: int, week: Week, index: int, ahead: Ahead, *, scored: bool) -> DiaryRowText:
    messages, say = ahead.messages, ahead.messages.say
    day: Day = week.days[index]
    names = word_sessions(ahead.schedule.sessions, messages)[: week.sessions_on(index)]
    weekday = messages.phrases.days[day.weekday]
    return DiaryRowText(
        number=f"{number}",
        day=f"{weekday}\u00a0{messages.short_date(day.date)}" if day.date else None,
        done=tuple(word_tick(day, name, messages) for name in names) or (word_idle(day, messages),),
        score=word_rating(day, messages) if scored else None,
        places=tuple(CellText(state="box", alt=say("diary.tick.alt", place=say(f"diary.place.{place}"))) for place in _PLACES),
        notes=CellText(state="box", alt=say("calendar.notes.alt")),
    )


def _word_stop(safety: Safety, ahead: Ahead) -> str:
    say = ahead.messages.say
    return say(_STOP, phone=safety.phone) if safety.phone else say("diary.stop_call.unknown")


def _word_light(tier: str, key: str, safety: Safety, ahead: Ahead) -> FieldText:
    say = ahead.messages.say
    label = say(key) if key != _STOP else _word_stop(safety, ahead)
    return FieldText(label=label, value=" ".join(safety.sentences(tier)))
