"""When a patient does what: the weeks of a plan, day by day."""

from __future__ import annotations

import datetime as dt

from handouts.model.plans import PlannedExercise
from handouts.model.requests import Step
from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One column of a week. `counts` is False for a day before the plan starts."""

    weekday: str  # of DAYS
    date: dt.date | None  # None: to be written in
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledExercise:
    """One exercise in one week: its dose then, how many times a day, and on which of the week's days."""

    item: PlannedExercise  # with the dose of this week
    sessions: int  # a day
    days: tuple[bool, ...]  # one for each day of the week; False: a rest day, or before the start
    changed: bool  # its dose is new this week
    before: PlannedExercise | None  # as it was before its latest step; None where no step has changed it yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of the calendar; `planned` counts its sessions, None where doses are left to be written in."""

    number: int  # from 1
    days: tuple[Day, ...]
    exercises: tuple[ScheduledExercise, ...]
    planned: int | None

    def sessions_on(self, day: int) -> int:
        """How many sessions day number `day` of the week has, from 0."""
        return max((each.sessions for each in self.exercises if each.days[day]), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A plan laid out over weeks: from its first day on, or as the country's weeks go."""

    weeks: tuple[Week, ...]
    sessions: int  # the most of one day
    steps: tuple[Step, ...]  # that change a dose, in the order of weeks
    warnings: tuple[str, ...]
