"""A whole handout in words: title, plan at a glance, safety boxes, cards and cover."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handouts.model import Catalog, Clinic, Plan, PlannedExercise, Request, Schedule, Settings, Verdict, Words
from handouts.nouns import dataclass
from handouts.routine import minutes_off
from handouts.settling import DEFAULT_PAGES
from handouts.texts import (
    BoxText,
    CellText,
    ClinicText,
    CoverText,
    FieldText,
    GlanceText,
    HandoutText,
    LinkText,
    PageHeadText,
)
from handouts.wording.ahead import Ahead
from handouts.wording.calendar import word_calendar
from handouts.wording.cards import CardChoices, word_card
from handouts.wording.diary import word_diary
from handouts.wording.doses import word_dose
from handouts.wording.messages import Messages
from handouts.wording.month import word_month
from handouts.wording.safety import Safety

_MAT_OR_BED = "mat-or-bed"  # of the equipment


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Everything beside the plan that the words depend on."""

    catalog: Catalog
    words: Words
    messages: Messages  # in the clinic's country, else in the workspace's
    clinic: Clinic | None
    settings: Settings
    choices: CardChoices
    schedule: Schedule | None  # where a calendar, a month or a diary is printed
    brand_header: bool  # False where a letterhead says who the clinic is
    brand_landscape: bool  # the same of landscape pages
    generated_cover: bool
    plan_ticks: bool = False  # boxes to tick in the plan at a glance
    short_signs: bool = False  # when to get help in few words
    blank_fields: bool = True  # lines to write on where the request does not say


def word_handout(request: Request, plan: Plan, setting: Setting) -> HandoutText:
    """All words of the handout, in reading order."""
    clinic = setting.clinic
    messages = setting.messages
    title, short, purpose = _word_title(request, plan, setting.words, messages)
    fields = _word_fields(request, messages, blank=setting.blank_fields)
    safety = Safety(plan, setting.catalog, setting.words, messages, clinic, setting.settings)
    signs = safety.boxes(short=setting.short_signs)
    brand = _word_clinic(clinic) if clinic else None
    glance = _word_glance(request, plan, setting, messages, on_bed=safety.on_bed)
    ahead = _word_ahead(request, plan, setting, safety, messages, title, brand) if setting.schedule else {}
    return HandoutText(
        pages=request.pages or DEFAULT_PAGES,
        lang=messages.phrases.lang,
        title=title,
        short=short,
        purpose=purpose,
        clinic=brand if setting.brand_header else None,
        fields=fields,
        goal=FieldText(label=messages.say("field.goal"), value=request.goal) if request.goal else None,
        glance=glance,
        emergency=signs.emergency,
        call=signs.call,
        before=BoxText(
            heading=messages.say("before.heading"),
            items=(
                *safety.sentences("before"),
                *safety.floor(),
                *((messages.say("before.ticks"),) if setting.choices.ticks or glance.days else ()),
                messages.say("before.missed"),
            ),
        ),
        pain=signs.pain,
        more_signs=messages.say("box.more"),
        cards=tuple(
            word_card(number, item, plan, setting.words, messages, setting.choices)
            for number, item in enumerate(plan.items, start=1)
        ),
        signs=signs.short,
        calendar=ahead.get("calendar"),
        month=ahead.get("month"),
        diary=ahead.get("diary"),
        footer=_word_footer(request, short, messages),
        page_of=messages.say("page.of", page="{page}", pages="{pages}"),
        cover=CoverText(title=title, subtitle=messages.say("cover.subtitle"), fields=fields, clinic=brand)
        if setting.generated_cover
        else None,
        cover_label=messages.say("page.cover"),
        author=clinic.name if clinic else messages.say("author.default"),
    )


def _word_ahead(
    request: Request,
    plan: Plan,
    setting: Setting,
    safety: Safety,
    messages: Messages,
    title: str,
    brand: ClinicText | None,
) -> dict[str, Any]:
    """The calendar, the month and the diary, those that are printed."""
    if setting.schedule is None:
        return {}
    upright = PageHeadText(title=title, clinic=brand if setting.brand_header else None, fields=_word_who(request, messages))
    landscape = replace(upright, clinic=brand if setting.brand_landscape else None)
    ahead = look_ahead(request, plan, setting.schedule, setting.words, messages, safety)
    parts: dict[str, Any] = {}
    if "calendar" in request.pages:
        parts["calendar"] = word_calendar(ahead, head=landscape, drawn=setting.choices.drawn)
    if "month" in request.pages:
        parts["month"] = word_month(ahead, head=landscape)
    if "diary" in request.pages:
        parts["diary"] = word_diary(ahead, head=upright)
    return parts


def look_ahead(request: Request, plan: Plan, schedule: Schedule, words: Words, messages: Messages, safety: Safety) -> Ahead:
    """What pages that look ahead, and reminders, are worded from."""
    often = _routine_often(request, plan, words)
    return Ahead(request=request, plan=plan, schedule=schedule, words=words, messages=messages, safety=safety, often=often)


def _word_who(request: Request, messages: Messages) -> tuple[FieldText, ...]:
    """Who and when, on a page whose days have dates of their own."""
    fields = [
        FieldText(label=messages.say("field.patient"), value=request.patient),
        FieldText(label=messages.say("field.clinician.full"), value=request.clinician),
        FieldText(label=messages.say("field.review"), value=messages.date(request.review) if request.review else None),
    ]
    if request.patient_id:
        fields.insert(1, FieldText(label=messages.say("field.patient_id"), value=request.patient_id))
    return tuple(fields)


# --------------------------------------------------------------------------------------------- who and what


def _word_title(request: Request, plan: Plan, words: Words, messages: Messages) -> tuple[str, str, str]:
    """The title, the title in few words, and the purpose."""
    routine = words.routines[plan.routine.id] if plan.routine else None
    purpose_key = f"purpose.{plan.profile}"
    if purpose_key not in messages.phrases.messages or not all(_suits(item, plan) for item in plan.items):
        purpose_key = "purpose.default"
    purpose = routine.purpose if routine else messages.say(purpose_key)
    often = _routine_often(request, plan, words)
    if often:
        purpose = f"{purpose} {often}"
    if request.title:
        return request.title, request.title, purpose
    if routine and plan.routine and not _breaks_its_promise(plan):
        return routine.title, routine.short, purpose
    if plan.regions:
        regions = messages.list([words.vocabulary.regions[region].lower() for region in plan.regions])
        title = messages.say("title.region", region=regions)
    else:
        title = messages.say("title.default")
    return title, title, purpose


def _routine_often(request: Request, plan: Plan, words: Words) -> str | None:
    """How often in the routine's own words, unless the clinician says otherwise."""
    if plan.routine is None or request.times_per_day is not None or request.days:
        return None
    return words.routines[plan.routine.id].how_often


def _breaks_its_promise(plan: Plan) -> bool:
    """True when the routine's name promises minutes that the plan no longer keeps."""
    minutes = plan.routine.minutes if plan.routine else None
    return minutes is not None and minutes_off(plan.seconds, minutes)


def _suits(item: PlannedExercise, plan: Plan) -> bool:
    """True unless the profile's rule says avoid, or no source clears the exercise for it."""
    own = [finding.ruling.verdict for finding in item.findings if finding.rule == f"profile:{plan.profile}"]
    return not {Verdict.AVOID, Verdict.UNSPECIFIED}.intersection(own)


def _word_fields(request: Request, messages: Messages, *, blank: bool) -> tuple[FieldText, ...]:
    fields = [
        FieldText(label=messages.say("field.patient"), value=request.patient),
        FieldText(label=messages.say("field.date"), value=messages.date(request.date) if request.date else None),
        FieldText(label=messages.say("field.clinician"), value=request.clinician),
        FieldText(label=messages.say("field.review"), value=messages.date(request.review) if request.review else None),
    ]
    if request.patient_id:
        fields.append(FieldText(label=messages.say("field.patient_id"), value=request.patient_id))
    return tuple(field for field in fields if blank or field.value is not None)


def _word_clinic(clinic: Clinic) -> ClinicText:
    contacts = [LinkText(text=clinic.phone, uri=f"tel:{_dialled(clinic.phone)}", spoken=f"{clinic.name}, {clinic.phone}")]
    if clinic.email:
        contacts.append(LinkText(text=clinic.email, uri=f"mailto:{clinic.email}", spoken=clinic.email))
    if clinic.website:
        address = clinic.website if "://" in clinic.website else f"https://{clinic.website}"
        contacts.append(LinkText(text=clinic.website.removeprefix("https://"), uri=address, spoken=clinic.website))
    return ClinicText(
        name=clinic.name,
        tagline=clinic.tagline,
        address=clinic.address,
        contacts=tuple(contacts),
        logo=clinic.logo,
        logo_alt=clinic.logo_alt or clinic.name,
    )


def _dialled(phone: str) -> str:
    return "".join(char for char in phone if char.isdigit() or char == "+")


def _word_footer(request: Request, title: str, messages: Messages) -> str:
    parts = [request.patient or request.patient_id or title, messages.date(request.date) if request.date else None]
    return " · ".join(part for part in parts if part)


# --------------------------------------------------------------------------------------------- plan at a glance


def _word_glance(request: Request, plan: Plan, setting: Setting, messages: Messages, *, on_bed: bool) -> GlanceText:
    say, words = messages.say, setting.words
    menu = plan.routine is not None and plan.routine.menu
    rows = []
    for number, item in enumerate(plan.items, start=1):
        dose = word_dose(item, words.vocabulary, messages)
        amount = dose.short
        if setting.plan_ticks and item.dose.days_per_week not in (None, 7):
            amount = f"{amount}, {say('often.days', n=item.dose.days_per_week)}"
        cells = (f"{number}", words.exercises[item.exercise.id].name, amount)
        rows.append(("", *cells) if menu else cells)
    only_one = None
    if plan.only_one and len(plan.items) > 1 and not menu:
        number = next(index for index, item in enumerate(plan.items, start=1) if item.exercise.id == plan.only_one)
        only_one = say("glance.only_one", number=number, name=words.exercises[plan.only_one].name)
    columns = (say("glance.column.number"), say("glance.column.name"), say("glance.column.dose"))
    return GlanceText(
        heading=say("glance.heading"),
        sentences=tuple(_glance_sentences(request, plan, words, messages, menu=menu, on_bed=on_bed)),
        columns=(say("glance.column.tick"), *columns) if menu else columns,
        rows=tuple(rows),
        only_one=only_one,
        tick_column=menu,
        days=_word_days(request, messages) if setting.plan_ticks and not menu else (),
    )


def _word_days(request: Request, messages: Messages) -> tuple[tuple[str, CellText], ...]:
    names = messages.phrases.day_names
    return tuple(
        (messages.phrases.days[day], CellText(state="box", alt=messages.say("calendar.box.alt", day=names[day])))
        for day in request.days or names
    )


def _glance_sentences(request: Request, plan: Plan, words: Words, messages: Messages, *, menu: bool, on_bed: bool) -> list[str]:
    say = messages.say
    sentences = []
    if menu:
        sentences.append(say("glance.menu"))
    else:
        sentences.append(say("glance.count", n=len(plan.items)))
        sentences += _minutes(plan, words, messages)
    if _routine_often(request, plan, words):
        pass  # said with the purpose
    elif plan.per_day is None or plan.days_per_week is None:
        if any(not item.dose.blank for item in plan.items):
            sentences.append(say("glance.varies"))
    else:
        sentences.append(say("glance.per_day", n=plan.per_day))
        if request.days:
            names = messages.list([messages.phrases.day_names[day] for day in request.days])
            sentences.append(say("glance.days.named", days=names))
        elif plan.days_per_week == 7:
            sentences.append(say("glance.days.all"))
        else:
            sentences.append(say("glance.days.some", n=plan.days_per_week))
    things = _needed(plan)
    if things:
        known = {thing: _inside(words.vocabulary.equipment[thing]) for thing in things}
        if on_bed and _MAT_OR_BED in known:
            known[_MAT_OR_BED] = say("glance.bed")
        sentences.append(say("glance.equipment", things=messages.list([*known.values()])))
    else:
        sentences.append(say("glance.equipment.none"))
    return sentences


def _needed(plan: Plan) -> tuple[str, ...]:
    """The equipment of all exercises; "mat-or-bed" goes without saying where a mat is needed anyway."""
    things = tuple(dict.fromkeys(thing for item in plan.items for thing in item.exercise.equipment))
    return tuple(thing for thing in things if "-or-" not in thing or not set(thing.split("-or-")) & set(things))


def _minutes(plan: Plan, words: Words, messages: Messages) -> list[str]:
    if any(item.dose.blank for item in plan.items):
        return []
    minutes = round(plan.seconds / 60)
    if plan.open_ended:
        names = [words.exercises[i.exercise.id].name for i in plan.items if i.dose.open_ended]
        return [messages.say("glance.minutes.open", n=max(1, minutes), name=messages.list([_inside(n) for n in names]))]
    return [messages.say("glance.minutes", n=minutes) if minutes else messages.say("glance.seconds")]


def _inside(name: str) -> str:
    """A name inside a sentence: its first letter small."""
    return name[:1].lower() + name[1:]


# --------------------------------------------------------------------------------------------- safety
