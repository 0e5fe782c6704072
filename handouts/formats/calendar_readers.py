"""Readers of what a calendar needs: steps of a progression, times of the day, time zones."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

from handouts.formats import dose_text
from handouts.formats.nodes import Node, Scalar
from handouts.formats.reading import Problems, Reader, Reference, UnreadableError, lead, quoted
from handouts.formats.scalar_readers import ID_PATTERN
from handouts.model import Dose, Step

MAX_WEEKS = 26
STEP_EXAMPLES = 'write it like "week 3: hold 30 s", "week 3: 12 times" or "week 3: figure-four: 2 x 30 s"'
STEP_PATTERN = rf"(week )?[0-9]{{1,2}}: ?(hold .+|[0-9]+ (times|repetitions)|{ID_PATTERN}: ?.+)"

_STEP = (
    "(?:week )?([0-9]{1,2}) ?: *"
    rf"(?:hold (?P<hold>.+)|(?P<times>[0-9]+) (?:times|repetitions)|(?P<id>{ID_PATTERN}) ?: *(?P<dose>.+))"
)
_NO_PLACE = {"localtime", "Factory", "posixrules"}  # of this machine, or of none
_TIME = "([01]?[0-9]|2[0-3]):([0-5][0-9])"


def parse_step(text: str) -> Step | None:
    """Return the step that a short text states; None when it is not one (then show STEP_EXAMPLES).

    "week 3: hold 30 s" changes every hold, "week 3: 12 times" everything that is counted without a hold,
    "week 3: figure-four: 2 x 30 s" one exercise. Week 1 is what the plan starts with, so it is none.
    """
    match = re.fullmatch(_STEP, text.strip())
    if match is None:
        return None
    if match["hold"]:
        hold = dose_text.parse_hold(match["hold"])
        dose = Dose(hold=hold) if hold else None
    elif match["times"]:
        dose = dose_text.parse_dose(match["times"])
    else:
        dose = dose_text.parse_dose(match["dose"])
    week = int(match[1])
    if dose is None or dose.blank or not 2 <= week <= MAX_WEEKS:
        return None
    return Step(week=week, exercise=match["id"], dose=dose)


def format_step(step: Step) -> str:
    """Write a step so that `parse_step` reads it back."""
    if step.exercise is not None:
        return f"week {step.week}: {step.exercise}: {dose_text.format_dose(step.dose)}"
    if step.dose.hold is not None:
        return f"week {step.week}: hold {dose_text.format_hold(step.dose.hold)}"
    return f"week {step.week}: {step.dose.repetitions} times"


@cache
def _known_zones() -> frozenset[str]:
    """The zones of this machine; why kept: each row of a table may name one, and looking them up reads a folder."""
    import zoneinfo

    return frozenset(zoneinfo.available_timezones() - _NO_PLACE)


class StepReader(Reader[Step]):
    """A step of a progression in one short text."""

    def read(self, node: Node, problems: Problems, name: str = "") -> Step:
        step = parse_step(node.text) if isinstance(node, Scalar) else None
        if step is None or not isinstance(node, Scalar):
            self.refuse(node, problems, name, f"a change from week 2 to week {MAX_WEEKS}", STEP_EXAMPLES)
        if step.exercise is not None:
            reference = Reference(
                kind="exercise", id=step.exercise, name=name or "progression", place=node.place, private=node.private
            )
            problems.references.append(reference)
        return step

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({STEP_PATTERN})$"}


class TimeOfDay(Reader[dt.time]):
    """A time of the day, written 08:00."""

    def read(self, node: Node, problems: Problems, name: str = "") -> dt.time:
        match = re.fullmatch(_TIME, node.text.strip()) if isinstance(node, Scalar) else None
        if match is None:
            self.refuse(node, problems, name, "a time of the day", 'write it like "08:00" or "19:30"')
        return dt.time(int(match[1]), int(match[2]))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({_TIME})$"}


class TimeZone(Reader[str]):
    """A time zone of the IANA database: "Europe/London"."""

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        if not isinstance(node, Scalar) or not node.text.strip():
            self.refuse(node, problems, name, "a time zone", "write it like Europe/London")
        zone = node.text.strip()
        known = _known_zones()
        if zone not in known:
            hint = problems.suggest(zone, known) or "write it like Europe/London"
            problems.add(node.place, f"{lead(name)}there is no time zone {quoted(zone)}", hint)
            raise UnreadableError
        return zone

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Za-z]+(/[A-Za-z0-9_+-]+)*$"}
