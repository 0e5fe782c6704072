"""The way from a request to a bound, tagged handout, for one document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.catalog.clinics import load_clinic
from handouts.catalog.wordings import load_library
from handouts.errors import InputError, MissingCharacterError, Place, Problem
from handouts.formats.readers import did_you_mean
from handouts.model import Catalog, Clinic, Plan, Request, Side, Words
from handouts.selection import plan_handout
from handouts.templates import load_edition, load_palette, load_phrases
from handouts.workspace import Workspace

if TYPE_CHECKING:
    from handouts.document import Cover, Document, ImportedSheet
    from handouts.looks import FrameInsets
    from handouts.pages.desk import Desk
    from handouts.pages.handout import Sheets
    from handouts.texts import HandoutText, Phrases

DEFAULT_EDITION, DEFAULT_PAPER, DEFAULT_LANG = "standard", "a4", "en"
_EPOCH = "20000101000000"
_LETTERHEAD_TOP, _LETTERHEAD_BOTTOM = 127.6, 56.7
"""Room kept for a letterhead whose clinic.yaml gives no margins: 45 mm and 20 mm, our own default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passwords:
    """Passwords of this run: of the clinic's cover, and to protect the handout with."""

    cover: str | None = None
    handout: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished handout: its bytes, what was planned, and what the clinician should know."""

    pdf: bytes
    plan: Plan
    document: Document
    warnings: tuple[str, ...]
    accessible: bool


class Bench:
    """What many handouts of one workspace and language share: catalogue, words, desks, a clinic's sheets."""

    def __init__(self, workspace: Workspace, lang: str) -> None:
        self.workspace = workspace
        self.lang = lang
        self._desks: dict[tuple[str, str, str | None], Desk] = {}
        self._sheets: dict[tuple[str, str | None], ImportedSheet] = {}
        self._clinics: dict[str, Clinic] = {}

    @cached_property
    def library(self) -> tuple[Catalog, Words]:
        """The catalogue and its words in the language."""
        return load_library(self.workspace, self.lang)

    @cached_property
    def phrases(self) -> Phrases:
        """The words of the page."""
        return load_phrases(self.workspace, self.lang)

    def clinic(self, clinic_id: str | None) -> Clinic | None:
        """The clinic with this id, read once."""
        if clinic_id is None:
            return None
        if clinic_id not in self._clinics:
            self._clinics[clinic_id] = load_clinic(self.workspace, clinic_id)
        return self._clinics[clinic_id]

    def desk(self, edition_id: str, paper_id: str, accent: str | None) -> Desk:
        """The desk for an edition on a paper in a clinic's colour."""
        key = (edition_id, paper_id, accent)
        if key not in self._desks:
            from handouts.looks import with_accent
            from handouts.pages.desk import Desk
            from handouts.pages.fonts import load_fonts

            edition = load_edition(self.workspace, edition_id)
            if paper_id not in edition.papers:
                hint = did_you_mean(paper_id, edition.papers)
                raise InputError(Problem(message=f'there is no paper "{paper_id}"', hint=hint))
            self._desks[key] = Desk(
                edition=with_accent(edition, accent),
                fonts=load_fonts(self.workspace.builtin / "assets" / "fonts"),
                palette=load_palette(self.workspace, edition.pictures.palette),
                find_figure=self._find_figure,
            )
        return self._desks[key]

    def _find_figure(self, key: str) -> tuple[Path, str] | None:
        relative = f"assets/figures/{key}.json"
        path = self.workspace.locate(relative)
        return (path, relative) if path else None

    def sheet(self, path: str, password: str | None) -> ImportedSheet:
        """A clinic's PDF, read and cleaned once."""
        key = (path, password)
        if key not in self._sheets:
            from handouts.binding.reading import read_sheet

            try:
                content = Path(path).read_bytes()
            except OSError as error:
                reason = "there is no such file" if isinstance(error, FileNotFoundError) else "it cannot be read"
                raise InputError(Problem(message=reason, place=Place(file=path), hint="check the path")) from error
            self._sheets[key] = read_sheet(content, name=path, password=password)
        return self._sheets[key]


def plan_request(request: Request, bench: Bench) -> Plan:
    """What the patient will do; raises as `plan_handout` does."""
    catalog, words = bench.library
    return plan_handout(request, catalog, words.vocabulary.reasons)


def make_handout(request: Request, bench: Bench, *, passwords: Passwords | None = None, stamp: str | None = None) -> Built:
    """One handout, from the request to its bytes.

    `stamp` is the date and time written into the file, "YYYYMMDDhhmmss" in UTC; without it the date of the request.

    Raises:
        InputError, CannotPrintError: as the rooms it goes through.

    """
    from handouts.pages.handout import compose_handout
    from handouts.writer.handout import claims_accessibility, write_document

    passwords = passwords or Passwords()
    settings = bench.workspace.settings
    if request.times_per_day is None:
        request = replace(request, times_per_day=settings.times_per_day)
    clinic = bench.clinic(request.clinic or settings.clinic)
    plan = plan_request(request, bench)
    accent = clinic.main_colour if clinic else None
    paper_id = request.paper or settings.paper or DEFAULT_PAPER
    desk = bench.desk(request.edition or settings.edition or DEFAULT_EDITION, paper_id, accent)
    _refuse_unprintable(request, desk)
    sheets, generated_cover = bind_sheets(request, clinic, bench, passwords)
    text, missing = word_request(
        request, plan, bench, clinic, desk, brand_header=sheets.letterhead is None, generated_cover=generated_cover
    )
    document = compose_handout(text, desk, desk.edition.papers[paper_id], sheets, stamp or _stamp(request.date))
    pdf = write_document(document)
    warnings = [*plan.warnings, *missing, *_sheet_warnings(sheets)]
    if passwords.handout is not None:
        from handouts.binding.protection import protect

        pdf = protect(pdf, user_password=passwords.handout)
    return Built(pdf=pdf, plan=plan, document=document, warnings=tuple(warnings), accessible=claims_accessibility(document))


def word_request(
    request: Request, plan: Plan, bench: Bench, clinic: Clinic | None, desk: Desk, *, brand_header: bool, generated_cover: bool
) -> tuple[HandoutText, list[str]]:
    """The words of the handout, and a warning for each exercise that lacks a picture."""
    from handouts.wording.cards import CardChoices, figure_key
    from handouts.wording.handout import Setting, word_handout

    catalog, words = bench.library
    shown, body = desk.edition.shown, desk.edition.pictures.body
    drawn: dict[str, Side | None] = {}
    missing = []
    for item in plan.items:
        for pose in item.exercise.pictures:
            key = figure_key(body, item.exercise.id, pose)
            figure = desk.figure(key)
            if figure is None:
                missing.append(f"{item.exercise.id}: no picture for its {pose}; the card is printed without it")
            else:
                drawn[key] = figure.side
    setting = Setting(
        catalog=catalog,
        words=words,
        phrases=bench.phrases,
        clinic=clinic,
        settings=bench.workspace.settings,
        choices=CardChoices(
            breathing=shown.breathing,
            ticks=shown.ticks,
            tick_weeks=shown.tick_weeks,
            days=request.days,
            body=body,
            drawn_sides=drawn,
        ),
        brand_header=brand_header,
        generated_cover=generated_cover,
    )
    return word_handout(request, plan, setting), missing


def bind_sheets(request: Request, clinic: Clinic | None, bench: Bench, passwords: Passwords) -> tuple[Sheets, bool]:
    """The clinic's cover and letterhead, and whether a cover is to be made from its brand instead."""
    from handouts.document import Cover, Letterhead
    from handouts.pages.handout import Sheets

    wanted = request.cover or (clinic.cover if clinic else None) or bench.workspace.settings.cover or "none"
    cover: Cover | None = None
    if wanted not in ("none", "generated"):
        sheet = bench.sheet(wanted, passwords.cover)
        alt = (clinic.cover_alt if clinic else None) or (f"Cover of {clinic.name}" if clinic else "Cover")
        cover = Cover(sheet=sheet, alts=(alt, *(f"{alt}, page {n}" for n in range(2, len(sheet.pages) + 1))))
    path = request.letterhead or (clinic.letterhead if clinic else None)
    if path is None or path == "none":
        return Sheets(cover=cover), wanted == "generated"
    letterhead = Letterhead(sheet=bench.sheet(path, passwords.cover))
    margins = clinic.margins if clinic else None
    top = margins.top if margins and margins.top is not None else _LETTERHEAD_TOP
    bottom = margins.bottom if margins and margins.bottom is not None else _LETTERHEAD_BOTTOM
    first_top = margins.first_top if margins and margins.first_top is not None else top
    first_bottom = margins.first_bottom if margins and margins.first_bottom is not None else bottom
    sheets = Sheets(
        cover=cover,
        letterhead=letterhead,
        first_insets=_insets(first_top, first_bottom),
        following_insets=_insets(top, bottom),
    )
    return sheets, wanted == "generated"


def _refuse_unprintable(request: Request, desk: Desk) -> None:
    """Raise MissingCharacterError with every field of the request that no font can draw."""
    texts = {name: getattr(request, name) for name in ("title", "patient", "patient_id", "clinician", "goal")}
    entries = {entry.id: entry for entry in (*request.exercises, *request.entries.values())}
    texts |= {f"note of {entry.id}": entry.note for entry in entries.values()}
    found = [(character, name) for name, text in texts.items() if text and (character := desk.fonts.missing(text))]
    if found:
        raise MissingCharacterError(found)


def _insets(top: float, bottom: float) -> FrameInsets:
    from handouts.looks import FrameInsets

    return FrameInsets(start=0, end=0, top=top, bottom=bottom)


def _sheet_warnings(sheets: Sheets) -> list[str]:
    warnings = []
    for bound, what in ((sheets.cover, "cover"), (sheets.letterhead, "letterhead")):
        if bound is not None and bound.sheet.unembedded_fonts:
            fonts = ", ".join(bound.sheet.unembedded_fonts)
            warnings.append(f"the {what} does not embed its fonts ({fonts}), so this PDF cannot claim PDF/UA; embed them")
    return warnings


def _stamp(date: dt.date | None) -> str:
    return f"{date:%Y%m%d}000000" if date else _EPOCH
