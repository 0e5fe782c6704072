"""The words of a reminder on a phone: a title that tells nobody why, and the session's exercises."""

from __future__ import annotations

from handouts.texts import ReminderText
from handouts.wording.ahead import Ahead, list_plan, word_progression, word_sessions
from handouts.wording.messages import Messages


def word_reminders(ahead: Ahead, *, named: bool) -> tuple[ReminderText, ...]:
    """One reminder for each session of a day; `named`: the patient's name is in its title."""
    messages, patient = ahead.messages, ahead.request.patient if named else None
    opening = [messages.say("calendar.menu")] if ahead.is_menu else []
    ending = [*word_progression(ahead), *ahead.safety.sentences("pain-rule")[:1], messages.say("reminder.sheet")]
    if ahead.safety.phone:
        ending.append(messages.say("reminder.call", phone=ahead.safety.phone))
    reminders = []
    for number, session in enumerate(word_sessions(ahead.schedule.sessions, messages)):
        lines = list_plan(ahead, keys=("reminder.line", "reminder.line.days"), session=number)
        description = "\n".join([*opening, *lines, *ending]).replace("\u00a0", " ")
        reminders.append(ReminderText(title=_word_title(session, patient, messages), description=description))
    return tuple(reminders)


def _word_title(session: str | None, patient: str | None, messages: Messages) -> str:
    say = messages.say
    if session is None:
        return say("reminder.title.named", patient=patient) if patient else say("reminder.title")
    session = session.lower()
    if patient:
        return say("reminder.title.named.session", patient=patient, session=session)
    return say("reminder.title.session", session=session)
