"""What a clinician asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from handouts.model.exercises import Dose, Level, Side
from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One exercise asked for by name, with what differs for this patient."""

    id: str
    dose: Dose | None = None  # only what differs
    side: Side | None = None
    note: str | None = None
    override: str | None = None  # the clinician's reason; recorded, never printed for the patient

    def under(self, above: Entry) -> Entry:
        """Return this entry with what `above` states laid over it."""
        return Entry(
            id=self.id,
            dose=self.dose if above.dose is None else above.dose,
            side=self.side if above.side is None else above.side,
            note=self.note if above.note is None else above.note,
            override=self.override if above.override is None else above.override,
        )


PAGE_KINDS = ("handout", "calendar", "month", "diary")
SCORES = ("pain", "comfort", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a progression: what changes from the first day of a week on, until a later step changes it again.

    `exercise` None: every exercise that is dosed this way. `dose` holds only what changes.
    """

    week: int  # of the calendar, from 2
    exercise: str | None
    dose: Dose


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a clinician asks for: the command line and the request file say the same things with the same names."""

    profile: str | None = None
    regions: tuple[str, ...] = ()
    routine: str | None = None
    exercises: tuple[Entry, ...] = ()
    exclude: tuple[str, ...] = ()
    minutes: int | None = None
    positions: tuple[str, ...] = ()
    level: Level | None = None
    precautions: tuple[str, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)  # dose, side, note, override of exercises not named
    swap: bool = False
    patient: str | None = None
    patient_id: str | None = None
    clinician: str | None = None
    goal: str | None = None
    title: str | None = None
    date: dt.date | None = None
    review: dt.date | None = None
    days: tuple[str, ...] = ()  # of DAYS
    times_per_day: int | None = None
    blank_doses: bool = False
    pages: tuple[str, ...] = ()  # of PAGE_KINDS, in order; empty: as the command says
    start: dt.date | None = None  # of the calendar; None: its dates are left to be written in
    weeks: int | None = None  # of the calendar
    calendar_weeks: bool = False  # weeks begin on the country's first weekday instead of on the first day
    one_page: bool = False  # all weeks of the calendar on one page, where they fit
    score: str | None = None  # of SCORES: what the patient rates each day
    progression: tuple[Step, ...] = ()
    progression_rule: str | None = None  # when to go on to the next step; None: the catalogue's
    at: tuple[dt.time, ...] = ()  # when the sessions of a day begin, for reminders
    time_zone: str | None = None  # "Europe/London"; None: as the clinic says, else the phone's own time
    clinic: str | None = None
    cover: str | None = None  # "none", "generated" or a path; None: as the clinic says
    letterhead: str | None = None
    edition: str | None = None
    paper: str | None = None
    body: str | None = None  # of BODIES; None: as the clinic, the workspace or the edition says
    lang: str | None = None
