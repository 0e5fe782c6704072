"""What a clinician should know of a finished document: each a function that gives warnings, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.model import Clinic, Kind, Plan, Request, Schedule
from handouts.settling import country_of

if TYPE_CHECKING:
    from handouts.bench import Bench
    from handouts.document import Document
    from handouts.looks import Edition
    from handouts.pages.parts import Sheets
    from handouts.texts import HandoutText

_SMALL_PRINT = 12.0
"""Points, under which an edition is never enough (APH, RNIB: 12 pt and up)."""


def of_sheets(sheets: Sheets, text: HandoutText) -> list[str]:
    """Tell what the clinic's own sheets cannot do."""
    warnings = []
    if sheets.letterhead is not None and (text.calendar or text.month) and sheets.under(landscape=True) is None:
        warnings.append("the letterhead has no landscape page, so calendar pages name the clinic instead; add one to its PDF")
    for bound, what in ((sheets.cover, "cover"), (sheets.letterhead, "letterhead")):
        if bound is not None and bound.sheet.unembedded_fonts:
            fonts = ", ".join(bound.sheet.unembedded_fonts)
            warnings.append(f"the {what} does not embed its fonts ({fonts}), so this PDF cannot claim PDF/UA; embed them")
    return warnings


def of_strength(request: Request, plan: Plan) -> list[str]:
    """Tell strength exercises that times a day or days meant for all have made more frequent than their own dose."""
    warnings = []
    for item in plan.items:
        own, now, named = item.exercise.dose, item.dose, f"{item.exercise.id} is a strength exercise"
        if item.exercise.kind is not Kind.STRENGTH:
            continue
        if request.times_per_day and (own.per_day or 1) < request.times_per_day:
            warnings.append(f"{named}, now {now.per_day} times a day (its own dose: {own.per_day or 1})")
        if request.days and (own.days_per_week or 7) < len(request.days):
            warnings.append(f"{named}, now {now.days_per_week} days a week (its own dose: {own.days_per_week})")
    return warnings


def of_booklet(asked: Request, edition: Edition) -> list[str]:
    """Tell which of the clinic's sheets a booklet leaves out."""
    if not edition.folded:
        return []
    left = [name for name in ("cover", "letterhead") if getattr(asked, name) not in (None, "none", "generated")]
    return [f"the edition {edition.id} leaves out the {name}, which is larger than its pages" for name in left]


def of_small_print(edition: Edition) -> list[str]:
    """Tell that small print is never enough."""
    small = edition.minimum.type < _SMALL_PRINT
    return [f"the edition {edition.id} is small print: give the standard sheet too"] if small else []


def of_privacy(request: Request, edition: Edition) -> list[str]:
    """Tell when a sheet that others will see names the patient."""
    if edition.shown.blank_fields or not (request.patient or request.patient_id):
        return []
    return [f"the edition {edition.id} is for others to see, and it names the patient: leave patient: out"]


def of_one_page(request: Request, text: HandoutText, document: Document) -> list[str]:
    """Tell when the weeks that were asked for on one page need more."""
    if not request.one_page or text.calendar is None:
        return []
    sheets = sum(page.width > page.height for page in document.pages) - (len(text.month.sheets) if text.month else 0)
    if sheets < 2:
        return []
    return [f"the weeks do not fit on one page, so the calendar has {sheets} (ask for fewer weeks or exercises)"]


def of_progression(request: Request, schedule: Schedule | None) -> list[str]:
    """Tell when what changes from week to week is on no page."""
    if not request.progression or schedule is not None:
        return []
    return ["the progression is printed on calendar pages only (add them: --pages handout,calendar)"]


def of_country(clinic: Clinic | None, bench: Bench) -> list[str]:
    """Tell when no country is set: then the page names the emergency numbers of several parts of the world."""
    settings = bench.workspace.settings
    if (clinic and clinic.emergency_number) or settings.emergency_number or country_of(clinic, settings):
        return []
    return ["no country is set, so the page names 112, 911 and 999 (set country: gb, for example, in handouts.yaml)"]


def of_phone(clinic: Clinic | None) -> list[str]:
    """Tell when the number that patients are to call is still the sample's."""
    if clinic is None or not clinic.has_sample_phone:
        return []
    return [f"the phone number of {clinic.id} is still the sample's: write the real one into its clinic.yaml"]
