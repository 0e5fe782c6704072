"""The words of a reminder on a phone: a title that tells nobody why, and the session's exercises."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model import Request, Schedule, Words
from handouts.texts import ReminderText
from handouts.wording.calendar import list_plan, word_sessions
from handouts.wording.messages import Messages


def word_reminders(
    request: Request, schedule: Schedule, words: Words, messages: Messages, *, progression: Sequence[str], named: bool
) -> tuple[ReminderText, ...]:
    """One reminder for each session of a day; `named`: the patient's name is in its title."""
    reminders = []
    for number, session in enumerate(word_sessions(schedule.sessions, messages)):
        lines = list_plan(schedule, words, messages, keys=("reminder.line", "reminder.line.days"), session=number)
        description = "\n".join([*lines, *progression, messages.say("reminder.sheet")]).replace("\u00a0", " ")
        reminders.append(
            ReminderText(title=_word_title(session, request.patient if named else None, messages), description=description)
        )
    return tuple(reminders)


def _word_title(session: str | None, patient: str | None, messages: Messages) -> str:
    say = messages.say
    if session is None:
        return say("reminder.title.named", patient=patient) if patient else say("reminder.title")
    session = session.lower()
    if patient:
        return say("reminder.title.named.session", patient=patient, session=session)
    return say("reminder.title.session", session=session)
