"""The files a clinic writes itself, declared: the request, the clinic and the settings of a workspace."""

from __future__ import annotations

from functools import partial
from typing import Any

from handouts.formats.calendar_readers import MAX_WEEKS, StepReader, TimeOfDay, TimeZone
from handouts.formats.clinical import plain_dose
from handouts.formats.files import file_path
from handouts.formats.nodes import Node
from handouts.formats.quantities import date_or_today, dose_words, length
from handouts.formats.readers import (
    Problems,
    Reader,
    Reference,
    choice,
    choice_of,
    either,
    flag,
    integer,
    list_of,
    mapping_of,
    one_or_more,
    record,
    reference,
    text,
)
from handouts.model import BODIES, DAYS, PAGE_KINDS, SCORES, Level, Side

PAPERS = ("a4", "letter")


def _named(kind: str, code: str, node: Node, problems: Problems) -> str:
    """Return the code, noted as something that must exist: codes are no ids, they may hold capitals."""
    problems.references.append(Reference(kind=kind, id=code, name="lang" if kind == "language" else kind, place=node.place))
    return code


NAME = text(100)
NOTE = text(400)
LANG = text(20, pattern="[a-z]{2,3}(-[A-Za-z0-9]+)*", expected="a language code", hint="write it like en or pt-BR").then(
    partial(_named, "language")
)
COUNTRY = text(2, pattern="[a-z]{2}", expected="a country code of two letters", hint="write it like gb").then(
    partial(_named, "country")
)
PHONE = text(40, pattern="[+(]?[0-9][0-9 ()/.+-]*", expected="a phone number", hint='write it in quotes, like "020 7946 0000"')
COLOUR = text(7, pattern="#[0-9a-fA-F]{6}", expected="a colour", hint='write it in quotes, like "#1f6f5c"')
PDF = file_path(".pdf")
LETTERHEAD = file_path(".pdf", words=("none",))
COVER = file_path(".pdf", words=("none", "generated"))
PAPER = choice(PAPERS)
BODY = choice(BODIES)
TIMES_PER_DAY = integer(1, 12)
TIME_ZONE = TimeZone()
DOSE: Reader[Any] = either(dose_words(), plain_dose())

# For one exercise: what `Entry` holds beside its id.
ENTRY_FIELDS: dict[str, Reader[Any]] = {
    "dose": DOSE.about('How much: "2 x 30 s", "3 x 10", "5 min", "2 x 8 breaths", "blank".'),
    "side": choice_of(Side).about("left, right or both."),
    "note": NOTE.about("A line for the patient, printed on the card."),
    "override": text(300).about("Why it is given although a rule says avoid; for the record, never printed for the patient."),
}

REQUEST_FIELDS: dict[str, Reader[Any]] = {
    "profile": reference("profile").about("extension, flexion or undetermined."),
    "region": one_or_more(reference("region")).about("Parts of the body to choose exercises for."),
    "routine": reference("routine").about("A standard list of exercises."),
    "exercises": list_of(
        either(reference("exercise"), record(required={"id": reference("exercise")}, optional=ENTRY_FIELDS)),
        unique=False,
        most=40,
    ).about("Exercises in order: ids, or {id, dose, side, note, override}."),
    "exclude": one_or_more(reference("exercise")).about("Exercises to leave out."),
    "minutes": integer(1, 240).about("How many minutes the patient will really spend."),
    "position": one_or_more(reference("position")).about("Positions the patient can take; all if left out."),
    "level": choice_of(Level),
    "precaution": one_or_more(reference("precaution")).about("Conditions that limit what is safe."),
    **{
        key: mapping_of(reader, key=reference("exercise")).about(f"{reader.description} By exercise id.")
        for key, reader in ENTRY_FIELDS.items()
    },
    "swap": flag().about("true: take the proposed swap wherever a rule says avoid."),
    "patient": NAME.about("The patient's name as printed."),
    "patient_id": text(40).about("The patient's number as printed."),
    "clinician": NAME.about("The clinician's name as printed."),
    "goal": text(200).about("What the patient works towards."),
    "title": text(120).about("The title of the handout."),
    "date": date_or_today().about("The date of the handout; left out: a line to write it on."),
    "review": date_or_today().about("When the clinician looks at it again."),
    "days": one_or_more(choice(DAYS)).about("Days of the week."),
    "times_per_day": TIMES_PER_DAY.about("Times a day, for all exercises."),
    "blank_doses": flag().about("true: leave all doses to be written in by hand."),
    "pages": one_or_more(choice(PAGE_KINDS)).about("What is printed, in order: handout, calendar, month, diary."),
    "start": date_or_today().about("The first day of the calendar; left out: its dates are left to write in."),
    "weeks": integer(1, MAX_WEEKS).about("Weeks of the calendar."),
    "calendar_weeks": flag().about("true: weeks begin on Monday, Sunday or as the country's do; else on the first day."),
    "one_page": flag().about("true: all weeks of the calendar on one page, where they fit."),
    "score": choice(SCORES).about("What the patient rates from 0 to 10 each day: pain, comfort, or none."),
    "progression": one_or_more(StepReader(), most=40).about('What changes when: "week 3: hold 30 s", "week 4: cobra: 3 x 10".'),
    "progression_rule": text(200).about("When to go on to the next step; left out: our own rule."),
    "at": one_or_more(TimeOfDay(), most=12).about("When the sessions of a day begin, for reminders."),
    "time_zone": TIME_ZONE.about("Of the reminders: Europe/London; left out: the clinic's, else the phone's own time."),
    "clinic": reference("clinic").about("A folder of assets/clinics."),
    "cover": COVER.about("none, generated, or a PDF file."),
    "letterhead": LETTERHEAD.about("none, or a PDF file to print on."),
    "edition": reference("edition").about("The look: standard, large-print, …"),
    "paper": PAPER.about("a4 or letter."),
    "body": BODY.about("Which body the pictures show: female or male."),
    "lang": LANG.about("The language of the page."),
}
REQUEST_ALSO = {
    "regions": "region",
    "exercise": "exercises",
    "positions": "position",
    "precautions": "precaution",
}
REQUEST = record(optional=REQUEST_FIELDS, also=REQUEST_ALSO)

_MARGIN = length(0, 700)
_SIDE_MARGIN = length(0, 250)
CLINIC = record(
    lenient=True,
    required={
        "name": NAME.about("The clinic's name as printed."),
        "phone": PHONE.about("The number patients call."),
    },
    optional={
        "id": reference("clinic").about("The name of the folder."),
        "tagline": text(120).about("A line under the name."),
        "email": text(100, pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+", expected="an e-mail address"),
        "website": text(200, pattern=r"(https?://)?[A-Za-z0-9.-]+\.[a-z]{2,}(/\S*)?", expected="a web address"),
        "address": one_or_more(text(100), most=6).about("Lines of the postal address."),
        "logo": file_path(".png", ".jpg", ".jpeg").about("A PNG or JPEG picture beside this file."),
        "logo_alt": text(120).about("What the logo shows, for a reader who cannot see it."),
        "colours": record(optional={"main": COLOUR}).about("The clinic's colour as #rrggbb."),
        "cover": COVER.about("none, generated, or a PDF file."),
        "cover_alt": text(250).about("What the cover shows, for a reader who cannot see it."),
        "letterhead": PDF.about("A PDF file to print on."),
        "margins": record(
            optional={
                "top": _MARGIN.about("Kept free above, on every page."),
                "bottom": _MARGIN.about("Kept free below, on every page."),
                "first_top": _MARGIN.about("Kept free above on the first page; as top if left out."),
                "first_bottom": _MARGIN.about("Kept free below on the first page; as bottom if left out."),
                "left": _SIDE_MARGIN.about("Kept free on the left, on every page."),
                "right": _SIDE_MARGIN.about("Kept free on the right, on every page."),
                "landscape": record(
                    required={"top": _MARGIN, "bottom": _MARGIN},
                    optional={"left": _SIDE_MARGIN, "right": _SIDE_MARGIN},
                ).about("Kept free on calendar pages, where the letterhead has a landscape page."),
            }
        ).about("Room the letterhead needs."),
        "country": COUNTRY.about("For the emergency number."),
        "emergency_number": PHONE.about("Printed instead of the country's number."),
        "clinician": NAME.about("Printed when the request names no clinician."),
        "body": BODY.about("Which body the pictures show when the request does not say: female or male."),
        "time_zone": TIME_ZONE.about("Of reminders: Europe/London."),
    },
)

WORKSPACE = record(
    optional={
        "clinic": reference("clinic").about("The clinic of every request that names none."),
        "country": COUNTRY.about("For the emergency number."),
        "emergency_number": PHONE.about("Printed instead of the country's number."),
        "lang": LANG.about("The language of the page."),
        "paper": PAPER.about("a4 or letter."),
        "edition": reference("edition").about("The look: standard, large-print, …"),
        "cover": COVER.about("none, generated, or a PDF file."),
        "clinician": NAME.about("Printed when the request names no clinician."),
        "times_per_day": TIMES_PER_DAY.about("Times a day, for all exercises."),
        "body": BODY.about("Which body the pictures show when neither request nor clinic says: female or male."),
        "time_zone": TIME_ZONE.about("Of reminders: Europe/London."),
    }
)
