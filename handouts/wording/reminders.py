"""The words of a reminder on a phone: a title that tells nobody why, and the session's exercises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
        key = "reminder.title"
        said: dict[str, Any] = {}
        if named and request.patient:
            key, said = f"{key}.named", {"patient": request.patient}
        if session is not None:
            key, said = f"{key}.session", {**said, "session": session.lower()}
        lines = list_plan(schedule, words, messages, key="reminder.line", session=number)
        description = "\n".join([*lines, *progression, messages.say("reminder.sheet")]).replace("\u00a0", " ")
        reminders.append(ReminderText(title=messages.say(key, **said), description=description))
    return tuple(reminders)
