"""The way from a request to a bound, tagged handout, for one document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from handouts import notices
from handouts.asking import gather_entries
from handouts.bench import Bench, Passwords
from handouts.errors import InputError, MissingCharacterError, Problem, Unprintable
from handouts.model import Clinic, Exercise, LetterheadMargins, Margins, Plan, Request, Schedule, Sides
from handouts.nouns import dataclass
from handouts.schedule import schedule_plan
from handouts.selection import plan_handout
from handouts.settling import DEFAULT_EDITION, DEFAULT_PAPER

if TYPE_CHECKING:
    from handouts.document import Cover, Document
    from handouts.looks import FrameInsets, Paper
    from handouts.pages.desk import Desk
    from handouts.pages.parts import Sheets
    from handouts.texts import HandoutText
    from handouts.wording.cards import DrawnPicture

UNDATED = "20000101000000"
"""The stamp of a file whose request has no date."""
AHEAD = frozenset({"calendar", "month", "diary"})  # pages that look ahead: they need to know when what is done
"""The pages that show what to do on which day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished document: its bytes, what was asked for and planned, its words, and what the clinician should know."""

    pdf: bytes
    request: Request  # settled: nothing is left to the clinic or the workspace
    plan: Plan
    schedule: Schedule | None  # where its pages show days, or it was asked for
    text: HandoutText
    document: Document
    remarks: tuple[str, ...]  # what the clinician should know of the exercises and doses; it goes into the record
    warnings: tuple[str, ...]  # the remarks, then what is to know of the file
    meant: tuple[str, ...] = ()  # those of the warnings that nothing can mend

    @property
    def faults(self) -> tuple[str, ...]:
        """The warnings that `--strict` refuses."""
        return tuple(warning for warning in self.warnings if warning not in self.meant)


def plan_request(request: Request, bench: Bench) -> Plan:
    """What the patient will do; raises as `plan_handout` does."""
    catalog, words = bench.library
    return plan_handout(request, catalog, words.vocabulary.reasons)


def schedule_request(request: Request, plan: Plan, bench: Bench) -> Schedule:
    """When the patient does what, for a settled request; weeks begin as they do in the clinic's country.

    Raises:
        InputError: a step of the progression does not fit the plan.

    """
    return schedule_plan(plan, request, first_weekday=bench.messages(bench.clinic(request.clinic)).first_weekday)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything one document is made from, checked: what is left to do is to word, set and write it."""

    request: Request  # settled, with the body its pictures show
    clinic: Clinic | None
    plan: Plan
    schedule: Schedule | None
    desk: Desk
    paper: Paper
    sheets: Sheets

    @property
    def looks_ahead(self) -> bool:
        """True where its pages show days."""
        return bool(AHEAD.intersection(self.request.pages))


def prepare_handout(request: Request, bench: Bench, *, passwords: Passwords | None = None, scheduled: bool = False) -> Prepared:
    """Plan and check one settled request, in the one order that `make_handout` and a batch share.

    `scheduled`: the days are wanted too where no page shows them, as for reminders.

    Raises:
        InputError: a rule, a step, a sheet or a picture does not fit.
        MissingCharacterError: a field holds a character that no font has.

    """
    clinic = bench.clinic(request.clinic)
    plan = plan_request(request, bench)
    ahead = scheduled or bool(AHEAD.intersection(request.pages))
    schedule = schedule_request(request, plan, bench) if ahead else None
    edition_id, paper_id = request.edition or DEFAULT_EDITION, request.paper or DEFAULT_PAPER
    desk = bench.desk(edition_id, paper_id, clinic.main_colour if clinic else None)
    body = request.body or desk.edition.pictures.body
    request, paper = replace(request, body=body), desk.edition.papers[paper_id]
    if desk.edition.folded:
        request = _without_sheets(request, edition_id)
    refuse_unprintable(request, desk)
    sheets = bind_sheets(request, clinic, bench, passwords or Passwords(), paper)
    for item in plan.items:
        gather_pictures(item.exercise, body, bench, desk)
    return Prepared(request=request, clinic=clinic, plan=plan, schedule=schedule, desk=desk, paper=paper, sheets=sheets)


def make_handout(
    request: Request,
    bench: Bench,
    *,
    passwords: Passwords | None = None,
    stamp: str | None = None,
    scheduled: bool = False,
    unfolded: bool = False,
) -> Built:
    """One document, from the request to its bytes: the handout, or the pages that the request names.

    `stamp` is the date and time written into the file, "YYYYMMDDhhmmss" in UTC; without it the date of the request.
    `scheduled`: the days are wanted too where no page shows them, as for reminders. `unfolded`: the small pages of a booklet
    as they are read, not imposed on sheets.

    Raises:
        InputError, CannotPrintError: as the rooms it goes through.

    """
    from handouts.pages.composing import compose_document
    from handouts.writer.handout import write_document

    passwords = passwords or Passwords()
    asked, _ = bench.settle(request)
    prepared = prepare_handout(asked, bench, passwords=passwords, scheduled=scheduled)
    request, clinic, plan, schedule = prepared.request, prepared.clinic, prepared.plan, prepared.schedule
    desk, sheets = prepared.desk, prepared.sheets
    bound = Bound(upright=sheets.letterhead is not None, landscape=sheets.under(landscape=True) is not None)
    text, missing = word_request(
        request,
        plan,
        bench,
        clinic,
        desk,
        schedule=schedule if prepared.looks_ahead else None,
        letterhead=bound,
        generated_cover=request.cover == "generated",
    )
    document = compose_document(text, desk, prepared.paper, sheets, stamp or _stamp(request.date))
    if desk.edition.folded and not unfolded:
        from handouts.pages.imposing import impose

        document = impose(document, desk)
    pdf = write_document(document)
    remarks = (*plan.warnings, *(schedule.warnings if schedule else ()), *notices.of_strength(request, plan))
    meant = tuple(notices.of_small_print(desk.edition))
    warnings = (
        *remarks,
        *meant,
        *missing,
        *notices.of_booklet(asked, desk.edition),
        *notices.of_privacy(request, desk.edition),
        *notices.of_one_page(request, text, document),
        *notices.of_progression(request, schedule),
        *notices.of_sheets(sheets, text),
        *notices.of_country(clinic, bench),
        *notices.of_phone(clinic),
    )
    if passwords.handout is not None:
        from handouts.binding.protection import protect

        pdf = protect(pdf, user_password=passwords.handout)
    return Built(
        pdf=pdf,
        request=request,
        plan=plan,
        schedule=schedule,
        text=text,
        document=document,
        remarks=remarks,
        warnings=warnings,
        meant=meant,
    )


def make_reminders(built: Built, bench: Bench, *, named: bool = False) -> bytes:
    """The plan as a calendar file for a phone; `named`: with the patient's name in the titles.

    Raises:
        InputError: the request has no first day, or other than one time for each session of a day.

    """
    from handouts.reminders import write_reminders
    from handouts.wording.handout import look_ahead
    from handouts.wording.reminders import word_reminders
    from handouts.wording.safety import Safety

    request, plan, (catalog, words) = built.request, built.plan, bench.library
    clinic = bench.clinic(request.clinic)
    messages = bench.messages(clinic)
    schedule = built.schedule or schedule_request(request, plan, bench)
    safety = Safety(plan, catalog, words, messages, clinic, bench.workspace.settings)
    texts = word_reminders(look_ahead(request, plan, schedule, words, messages, safety), named=named)
    seconds = 0.0 if plan.open_ended else plan.seconds
    return write_reminders(request, schedule, texts, seconds=seconds, about=[item.exercise.id for item in plan.items])


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Which pages lie on a letterhead, which says who the clinic is."""

    upright: bool = False
    landscape: bool = False


def word_request(
    request: Request,
    plan: Plan,
    bench: Bench,
    clinic: Clinic | None,
    desk: Desk,
    *,
    schedule: Schedule | None = None,
    letterhead: Bound = Bound(),  # noqa: B008 - it is frozen
    generated_cover: bool = False,
) -> tuple[HandoutText, list[str]]:
    """The words of the handout, and a warning for each exercise that lacks a picture."""
    from handouts.wording.cards import CardChoices
    from handouts.wording.handout import Setting, word_handout

    catalog, words = bench.library
    ahead = bool(AHEAD.intersection(request.pages))
    shown, body = desk.edition.shown, request.body or desk.edition.pictures.body
    drawn = {item.exercise.id: gather_pictures(item.exercise, body, bench, desk) for item in plan.items}
    missing = [
        f"{item.exercise.id}: no picture for its {pose}; the card is printed without it"
        for item in plan.items
        for pose in item.exercise.pictures
        if pose not in drawn[item.exercise.id]
    ]
    setting = Setting(
        catalog=catalog,
        words=words,
        messages=bench.messages(clinic),
        clinic=clinic,
        settings=bench.workspace.settings,
        choices=CardChoices(
            breathing=shown.breathing,
            every_stop=shown.every_stop,
            easier=shown.easier,
            ticks=shown.ticks and not ahead,  # one place to tick is enough
            tick_weeks=shown.tick_weeks,
            days=request.days,
            drawn=drawn,
        ),
        schedule=schedule,
        brand_header=not letterhead.upright,
        brand_landscape=not letterhead.landscape,
        generated_cover=generated_cover,
        plan_ticks=shown.plan_ticks and not ahead,
        blank_fields=shown.blank_fields,
        short_signs=shown.short_signs,
    )
    return word_handout(request, plan, setting), missing


def gather_pictures(exercise: Exercise, body: str, bench: Bench, desk: Desk) -> Mapping[str, DrawnPicture]:
    """The pictures of an exercise by pose. Ours say which side works in them; for others the exercise does.

    Raises:
        InputError: a picture cannot be used.

    """
    return bench.pictured.remember((exercise.id, body, desk), lambda: _find_pictures(exercise, body, bench, desk))


def _find_pictures(exercise: Exercise, body: str, bench: Bench, desk: Desk) -> dict[str, DrawnPicture]:
    from handouts.wording.cards import DrawnPicture

    sided = exercise.sides in (Sides.EACH, Sides.DIRECTIONS)
    drawn = {}
    for pose, file in bench.pictures.find(exercise.id, exercise.pictures, body).items():
        figure = desk.figure(file.key)
        side = figure.side if file.ours and figure is not None else exercise.pictured_side if sided else None
        drawn[pose] = DrawnPicture(key=file.key, side=side, unsaid=sided and not file.ours and side is None)
    return drawn


def bind_sheets(request: Request, clinic: Clinic | None, bench: Bench, passwords: Passwords, paper: Paper) -> Sheets:
    """The clinic's cover and letterhead."""
    from handouts.document import Cover, Letterhead
    from handouts.pages.parts import Sheets

    cover: Cover | None = None
    if request.cover not in (None, "none", "generated"):
        sheet = bench.sheet(request.cover, passwords.cover)
        alts = _word_cover_alts(len(sheet.pages), clinic, bench)
        cover = Cover(sheet=sheet, alts=alts, width=paper.width, height=paper.height)
    if request.letterhead is None or request.letterhead == "none":
        return Sheets(cover=cover)
    margins = clinic.margins if clinic else LetterheadMargins()
    return Sheets(
        cover=cover,
        letterhead=Letterhead(sheet=bench.sheet(request.letterhead, passwords.cover)),
        first_insets=_insets(margins.for_page(first=True)),
        following_insets=_insets(margins.for_page(first=False)),
        landscape_insets=_insets(margins.landscape),
    )


def _word_cover_alts(pages: int, clinic: Clinic | None, bench: Bench) -> tuple[str, ...]:
    """What is said of each page of a clinic's own cover to a reader who cannot see it."""
    messages = bench.messages(clinic)
    named = messages.say("cover.alt", clinic=clinic.name) if clinic else messages.say("cover.alt.plain")
    alt = (clinic.cover_alt if clinic else None) or named
    return (alt, *(messages.say("cover.alt.page", alt=alt, n=n) for n in range(2, pages + 1)))


def refuse_unprintable(request: Request, desk: Desk) -> None:
    """Raise MissingCharacterError with every field of the request that no font can draw."""
    texts = {name: getattr(request, name) for name in ("title", "patient", "patient_id", "clinician", "goal")}
    texts["progression rule"] = request.progression_rule
    texts |= {f"note of {entry.id}": entry.note for entry in gather_entries(request).values()}
    found = [
        Unprintable(character, name, _where(character, text, desk))
        for name, text in texts.items()
        if text and (character := desk.fonts.missing(text))
    ]
    if found:
        raise MissingCharacterError(found)


def _where(character: str, text: str, desk: Desk) -> str:
    """The place of a character in its field, and how many others there cannot be printed."""
    others = len(desk.fonts.lacking(text) - {character})
    more = f"; {others} more of it cannot be printed" if others else ""
    return f"letter {text.index(character) + 1} of {len(text)}{more}"


def _insets(margins: Margins) -> FrameInsets:
    from handouts.looks import FrameInsets

    return FrameInsets(start=margins.left, end=margins.right, top=margins.top, bottom=margins.bottom)


def _without_sheets(request: Request, edition: str) -> Request:
    """The request of a booklet: no sheet of the clinic is as small as its pages.

    Raises:
        InputError: pages are asked for that no small page holds.

    """
    if AHEAD.intersection(request.pages):
        hint = "make the other pages in another edition"
        raise InputError(Problem(message=f"the edition {edition} has small pages, for the handout only", hint=hint))
    cover = request.cover if request.cover in (None, "none", "generated") else "none"
    return replace(request, cover=cover, letterhead="none")


def _stamp(date: dt.date | None) -> str:
    return f"{date:%Y%m%d}000000" if date else UNDATED
