"""The nouns: exercises, doses, rules, requests and plans, as frozen values.

Lengths are in points, times in seconds, dates are `datetime.date`. Nothing here reads a file, a clock or the environment.
"""

from handouts.model.catalog import Catalog, Clock, Position, Precaution, Profile, Routine, Sign, Source, TagRule
from handouts.model.clinics import Clinic, LetterheadMargins, Margins, Settings
from handouts.model.exercises import (
    BODIES,
    DAYS,
    HEIGHTS,
    SIDED_PARTS,
    Dose,
    Exercise,
    Hold,
    HoldUnit,
    Kind,
    Level,
    Ruling,
    Side,
    Sides,
    Verdict,
)
from handouts.model.plans import Finding, Plan, PlannedExercise
from handouts.model.requests import PAGE_KINDS, SCORES, Entry, Request, Step
from handouts.model.schedules import Day, Schedule, ScheduledExercise, Week
from handouts.model.words import ExerciseWords, PictureWords, RoutineWords, Vocabulary, Words

__all__ = [
    "BODIES",
    "DAYS",
    "HEIGHTS",
    "PAGE_KINDS",
    "SCORES",
    "SIDED_PARTS",
    "Catalog",
    "Clinic",
    "Clock",
    "Day",
    "Dose",
    "Entry",
    "Exercise",
    "ExerciseWords",
    "Finding",
    "Hold",
    "HoldUnit",
    "Kind",
    "LetterheadMargins",
    "Level",
    "Margins",
    "PictureWords",
    "Plan",
    "PlannedExercise",
    "Position",
    "Precaution",
    "Profile",
    "Request",
    "Routine",
    "RoutineWords",
    "Ruling",
    "Schedule",
    "ScheduledExercise",
    "Settings",
    "Side",
    "Sides",
    "Sign",
    "Source",
    "Step",
    "TagRule",
    "Verdict",
    "Vocabulary",
    "Week",
    "Words",
]
