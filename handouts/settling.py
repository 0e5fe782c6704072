"""Settles what a request leaves open: by the clinic, else by the workspace, else by our own defaults."""

from __future__ import annotations

from dataclasses import replace

from handouts.asking import gather_entries
from handouts.model import Clinic, Request, Settings

DEFAULT_EDITION, DEFAULT_PAPER, DEFAULT_LANG = "standard", "a4", "en"
DEFAULT_PAGES = ("handout",)


def settle_request(request: Request, clinic: Clinic | None, settings: Settings) -> Request:
    """Return the request with everything said that a handout depends on; `clinic` is that of the request, else of the workspace.

    The workspace's times a day count unless the request states them for each exercise it names, as a saved plan does.
    A body that nobody names is left to the edition.
    """
    return replace(
        request,
        clinic=request.clinic or settings.clinic,
        clinician=request.clinician or (clinic.clinician if clinic else None) or settings.clinician,
        paper=request.paper or settings.paper or DEFAULT_PAPER,
        edition=request.edition or settings.edition or DEFAULT_EDITION,
        pages=request.pages or DEFAULT_PAGES,
        time_zone=request.time_zone or (clinic.time_zone if clinic else None) or settings.time_zone,
        body=request.body or (clinic.body if clinic else None) or settings.body,
        lang=request.lang or settings.lang or DEFAULT_LANG,
        cover=request.cover or (clinic.cover if clinic else None) or settings.cover or "none",
        letterhead=request.letterhead or (clinic.letterhead if clinic else None) or "none",
        times_per_day=request.times_per_day or (None if _states_how_often(request) else settings.times_per_day),
    )


def _states_how_often(request: Request) -> bool:
    gathered = gather_entries(request)
    named = [gathered[entry.id].dose for entry in request.exercises]
    return bool(named) and all(dose is not None and dose.per_day is not None for dose in named)


def country_of(clinic: Clinic | None, settings: Settings) -> str | None:
    """Return the country whose emergency number and dates are printed; None when nobody says."""
    return (clinic.country if clinic else None) or settings.country
