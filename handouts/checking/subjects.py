"""What the checks say of a workspace, a clinic or a request file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from handouts.bench import Bench
from handouts.build import make_handout, plan_request
from handouts.catalog.clinics import find_clinics
from handouts.checking.built import check_built
from handouts.checking.finished import REMARKS, Asked
from handouts.checking.pictures import check_pictures, check_strays, describe_figures, find_figures, open_desk
from handouts.checking.telling import attempt
from handouts.errors import InputError
from handouts.formats.files import shown_path
from handouts.model import BODIES, Catalog, Request, Words
from handouts.pages.logo import read_logo
from handouts.quality.catalogue import (
    DESCRIBED_CHECKS,
    STATED_CHECKS,
    Described,
    Stated,
    gather_alts,
    gather_passage,
)
from handouts.quality.looks import CLINIC_CHECKS, EDITION_CHECKS, PALETTE_CHECKS
from handouts.quality.outcome import Outcome
from handouts.quality.passages import PASSAGE_CHECKS, Passage
from handouts.quality.places import place_in
from handouts.quality.plans import PLAN_CHECKS, PlanInQuestion
from handouts.quality.remarks import Remark, Severity, look
from handouts.request import read_request, with_places
from handouts.templates import load_edition, load_palette
from handouts.texts import Phrases
from handouts.workspace import SETTINGS_FILE, list_templates

_PATIENT_WORDS = ("cautions", "signs")  # the parts of the vocabulary that are sentences for the patient


def check_workspace(bench: Bench) -> list[Remark]:
    """Return what the checks say of a whole workspace in one language: catalogue, words, templates, clinics."""
    remarks: list[Remark] = []
    library = attempt(lambda: bench.library, "catalog", remarks)
    if library is not None:
        for part in (check_exercises, check_other_words, check_routines):
            remarks += part(bench, *library)
        remarks += check_strays(bench, library[0])
    return [*remarks, *check_templates(bench), *check_clinics(bench), *_check_settings(bench)]


def _check_settings(bench: Bench) -> Iterator[Remark]:
    cover = bench.workspace.settings.cover
    if cover is not None and cover.lower().endswith(".pdf"):
        yield from _check_sheet(bench, cover, place_in(bench.workspace, SETTINGS_FILE)(("cover",)))


def check_exercises(bench: Bench, catalog: Catalog, words: Words) -> Iterator[Remark]:
    """Check facts, words and pictures of every exercise; the words beside the pictures of the workspace's own body."""
    body, desk = _usual_body(bench), open_desk(bench)
    for exercise in catalog.exercises.values():
        stated = Stated(exercise=exercise, clock=catalog.clock, sources=catalog.sources)
        yield from look(STATED_CHECKS, stated, place_in(bench.workspace, f"catalog/exercises/{exercise.id}.yaml"))
        yield from check_pictures(bench, exercise, words.exercises[exercise.id], desk)
        figures = describe_figures(exercise, find_figures(bench, exercise, body, desk, []))
        described = Described(exercise=exercise, words=words.exercises[exercise.id], lang=words.lang, figures=figures)
        place = place_in(bench.workspace, f"catalog/words/{words.lang}/{exercise.id}.yaml")
        yield from look(DESCRIBED_CHECKS, described, place)
        yield from look(PASSAGE_CHECKS, gather_passage(described), place)
        yield from look(PASSAGE_CHECKS, gather_alts(described), place, worst=Severity.WARNING)


def _usual_body(bench: Bench) -> str:
    try:
        return bench.usual_body(bench.clinic(bench.workspace.settings.clinic))
    except InputError:  # told with the templates or the clinic
        return BODIES[0]


def check_other_words(bench: Bench, _catalog: Catalog, words: Words) -> Iterator[Remark]:
    """Check the sentences of rules, signs, routines and the page."""
    folder = f"catalog/words/{words.lang}"
    for group in _PATIENT_WORDS:
        texts = tuple(((group, key), text) for key, text in getattr(words.vocabulary, group).items())
        yield from look(
            PASSAGE_CHECKS, Passage(lang=words.lang, texts=texts), place_in(bench.workspace, f"{folder}/vocabulary.yaml")
        )
    place = place_in(bench.workspace, f"{folder}/routines.yaml")
    for routine, own in words.routines.items():
        said = (("title", own.title), ("purpose", own.purpose), ("how_often", own.how_often))
        listed = tuple((("routines", routine, key), text) for key, text in said if text)
        yield from look(PASSAGE_CHECKS, Passage(lang=words.lang, texts=listed), place)
    remarks: list[Remark] = []
    phrases = attempt(lambda: bench.phrases, "templates/phrases", remarks)
    yield from remarks
    if phrases is not None:
        yield from look(
            PASSAGE_CHECKS, _pass_phrases(phrases), place_in(bench.workspace, f"templates/phrases/{phrases.lang}.yaml")
        )


def _pass_phrases(phrases: Phrases) -> Passage:
    texts: list[tuple[tuple[str | int, ...], str]] = []
    for key, phrase in phrases.messages.items():
        forms = [((key,), phrase)] if isinstance(phrase, str) else [((key, form), text) for form, text in phrase.items()]
        texts += [(("messages", *at), text) for at, text in forms]
    phones = frozenset(
        at
        for at, _ in texts
        if str(at[1]).startswith(("emergency.", "call.", "signs.", "page.", "calendar.score.", "calendar.rate."))
    )
    return Passage(lang=phrases.lang, texts=tuple(texts), graded=False, phones=phones)


def check_routines(bench: Bench, catalog: Catalog, _words: Words) -> Iterator[Remark]:
    """Plan every routine and check the plan; rules count only where the routine is made for a profile."""
    for routine in catalog.routines.values():
        place = place_in(bench.workspace, f"catalog/routines/{routine.id}.yaml")
        remarks: list[Remark] = []
        plan = attempt(partial(plan_request, Request(routine=routine.id), bench), place(()), remarks)
        yield from remarks
        if plan is not None:
            checks = [check for check in PLAN_CHECKS if routine.profile or not check.needs_profile]
            yield from look(checks, PlanInQuestion(plan=plan, clock=catalog.clock), partial(_whole, place(())))


def _whole(place: str, _at: object) -> str:
    return place


def check_templates(bench: Bench) -> Iterator[Remark]:
    """Check every edition and palette."""
    space = bench.workspace
    remarks: list[Remark] = []
    for name in list_templates(space, "editions"):
        edition = attempt(partial(load_edition, space, name), f"templates/editions/{name}.yaml", remarks)
        if edition is not None:
            remarks += look(
                EDITION_CHECKS, edition, place_in(space, f"templates/editions/{name}.yaml", base="templates/base.yaml")
            )
    for name in list_templates(space, "palettes"):
        palette = attempt(partial(load_palette, space, name), f"templates/palettes/{name}.yaml", remarks)
        if palette is not None:
            remarks += look(PALETTE_CHECKS, palette, place_in(space, f"templates/palettes/{name}.yaml"))
    yield from remarks


def check_clinics(bench: Bench, only: str | None = None) -> Iterator[Remark]:
    """Check every clinic, or the one named: its file, its colours, its cover and letterhead."""
    for clinic_id in (only,) if only else find_clinics(bench.workspace):
        relative = f"assets/clinics/{clinic_id}/clinic.yaml"
        place = place_in(bench.workspace, relative)
        remarks: list[Remark] = []
        clinic = attempt(partial(bench.clinic, clinic_id), relative, remarks)
        yield from remarks
        if clinic is None:
            continue
        yield from look(CLINIC_CHECKS, clinic, place)
        if clinic.logo is not None:
            unreadable: list[Remark] = []
            attempt(partial(read_logo, Path(clinic.logo)), place(("logo",)), unreadable)
            yield from unreadable
        for key, path in (("cover", clinic.cover), ("letterhead", clinic.letterhead)):
            if path is not None and path.lower().endswith(".pdf"):
                yield from _check_sheet(bench, path, place((key,)))


def _check_sheet(bench: Bench, path: str, place: str) -> list[Remark]:
    remarks: list[Remark] = []
    sheet = attempt(lambda: bench.sheet(path, None), place, remarks)
    if sheet is not None and sheet.unembedded_fonts:
        message = f"{Path(path).name} does not embed its fonts: {', '.join(sheet.unembedded_fonts)}"
        hint = "save it with fonts embedded"
        remarks.append(Remark(check="A3", severity=Severity.WARNING, place=place, message=message, hint=hint))
    return remarks


def check_request_file(path: Path, bench: Bench, today: dt.date, *, asked: Asked = REMARKS) -> Outcome:
    """Return what the checks say of a request file: the file, its plan, its words and the handout it makes."""
    place = shown_path(path, bench.workspace.current)
    remarks: list[Remark] = []

    def make() -> Outcome:
        catalog, _ = bench.library
        request = read_request(path, bench.workspace, today=today, catalog=catalog)
        try:
            built = make_handout(request, bench)
        except InputError as error:
            raise with_places(error, path, bench.workspace) from error
        return check_built(built, bench, place, asked=asked)

    made = attempt(make, place, remarks)
    return Outcome(remarks=tuple(remarks)) if made is None else made
