"""Checks on the words of one handout before it is printed: reading grade, safety boxes, totals, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handouts.model import Plan, Side, Sides
from handouts.quality.passages import PASSAGE_CHECKS, Passage, unquoted
from handouts.quality.remarks import Check, Flaw, Remark, Severity, Way, look
from handouts.texts import BoxText, CardText, HandoutText

LONGEST_ALT = 250
_HOW_HARD = frozenset({"R1", "R2", "R3"})
_OWN_WORDS = "it is the clinician's own note"


def check_text(text: HandoutText, plan: Plan | None = None, *, place: str = "handout") -> list[Remark]:
    """Return what the checks say of the words of a handout.

    With its plan, totals are checked too. The clinician's own notes and goal are judged as words, but warn at most.
    """

    def located(at: Way) -> str:
        return ", ".join([place, *(str(part) for part in at)])

    remarks = look(PASSAGE_CHECKS, gather_patient_text(text), located)
    notes = look(PASSAGE_CHECKS, gather_notes(text), located, worst=Severity.WARNING)
    remarks += [replace(each, reason=_OWN_WORDS, message=unquoted(each)) if each.check in _HOW_HARD else each for each in notes]
    remarks += look(TEXT_CHECKS, text, located)
    if plan is not None:
        remarks += look((TOTALS_CHECK,), (text, plan), located)
    return remarks


def gather_patient_text(text: HandoutText) -> Passage:
    """Return all words meant for the patient, but names, addresses and the clinician's own notes."""
    texts: list[tuple[Way, str]] = [(("purpose",), text.purpose)]
    texts += [(("at a glance",), sentence) for sentence in text.glance.sentences]
    texts += [(("at a glance",), row[-1]) for row in text.glance.rows]
    phones: set[Way] = set()
    for box in (text.emergency, text.call, text.before, text.pain):
        phones.add((box.heading, "opening"))
        texts += _box(box)
    for card in text.cards:
        texts += _card(card)
    for heading, words in _standing_alone(text):
        texts.append(((heading,), words))
    phones.update({("calendar",), ("month",), ("diary",)})  # they explain a scale from 0 to 10
    phones.update({(text.signs.emergency.heading, "opening"), (text.signs.call.heading, "opening")})
    return Passage(lang=text.lang, texts=tuple(texts), phones=frozenset(phones))


def _standing_alone(text: HandoutText) -> Iterator[tuple[str, str]]:
    """What calendar, month and diary say in sentences."""
    if text.calendar is not None:
        yield "calendar", text.calendar.how
        yield from (("calendar", words) for _, words in text.calendar.progression)
        yield from (("calendar", words) for words in (text.calendar.rule, *text.calendar.advice) if words)
    if text.month is not None:
        yield "month", text.month.how
    if text.diary is not None:
        yield "diary", text.diary.how
        yield from ((text.diary.rule_heading, light.value) for light in text.diary.rule if light.value)


def gather_notes(text: HandoutText) -> Passage:
    """Return what the clinician wrote: the goal and the notes."""
    notes: list[tuple[Way, str]] = []
    notes += [((card.name, "note"), card.note.value) for card in text.cards if card.note and card.note.value]
    if text.goal and text.goal.value:
        notes.append((("goal",), text.goal.value))
    return Passage(lang=text.lang, texts=tuple(notes), phones=frozenset({("goal",)}))  # "10 km", in the patient's own words


def _box(box: BoxText) -> Iterator[tuple[Way, str]]:
    yield from (((box.heading,), item) for item in box.items)
    if box.closing:
        yield (box.heading,), box.closing


def _card(card: CardText) -> Iterator[tuple[Way, str]]:
    said = (card.dose, card.total, card.how_often, *card.steps, card.change_sides)
    fields = (
        field.value for field in (card.breathing, card.feel, card.easier, card.caution, card.stop, card.tip) if field is not None
    )
    yield from (((card.name,), words) for words in (*said, *fields) if words)


def find_no_alarm(text: HandoutText) -> Iterator[Flaw]:
    """S1: the red flags."""
    if not text.emergency.items:
        yield Flaw(message="the box of emergency signs is empty", hint="see catalog/safety.yaml")


def find_no_stop_rule(text: HandoutText) -> Iterator[Flaw]:
    """S2: when to stop, and whom to call."""
    if not text.pain.items:
        yield Flaw(message="the pain rule is missing", hint="see catalog/safety.yaml")
    has_number = any(char.isdigit() for char in text.call.heading)
    if not has_number and not text.call.write_in:
        yield Flaw(message="no phone number, and no line to write one on", hint="add phone: to the clinic")


def find_cards_without_picture(text: HandoutText) -> Iterator[Flaw]:
    """G1: a picture on each card, with its caption."""
    for card in text.cards:
        if not card.pictures:
            yield Flaw(message="the card has no picture", hint="draw it, or use another exercise", at=(card.name,))
        for picture in card.pictures:
            if not picture.caption.strip():
                yield Flaw(message=f"the picture {picture.figure} has no caption", hint="add caption: …", at=(card.name,))


def find_cards_without_alt(text: HandoutText) -> Iterator[Flaw]:
    """G3: the text read in place of each picture."""
    for card in text.cards:
        for picture in card.pictures:
            if not 1 <= len(picture.alt.strip()) <= LONGEST_ALT or picture.alt.strip() == picture.caption.strip():
                message = f"alt text of {picture.figure}: 1 to {LONGEST_ALT} characters, and not the caption"
                yield Flaw(message=message, hint="say what the picture shows", at=(card.name,))


def find_loose_sheets(text: HandoutText) -> Iterator[Flaw]:
    """L5: page x of y on every page."""
    if "{page}" not in text.page_of or "{pages}" not in text.page_of:
        yield Flaw(message="the foot of the page does not say page x of y", hint="see page.of in templates/phrases")


def find_missing_totals(subject: tuple[HandoutText, Plan]) -> Iterator[Flaw]:
    """R9: the sum of both sides, and the minutes of the session."""
    text, plan = subject
    for card, item in zip(text.cards, plan.items, strict=False):
        dose, both = item.dose, item.exercise.sides in (Sides.EACH, Sides.DIRECTIONS) and item.side is Side.BOTH
        counted = not dose.blank and not dose.open_ended and (dose.repetitions is not None or dose.duration_s is not None)
        if counted and item.exercise.sides is Sides.EACH and both and card.total is None:
            yield Flaw(message="the sum of both sides is not printed", hint="print the total", at=(card.name,))
    blank = any(item.dose.blank for item in plan.items)
    menu = plan.routine is not None and plan.routine.menu
    minutes = round(plan.seconds / 60)
    if not blank and not menu and minutes and not any(f"{minutes}" in sentence for sentence in text.glance.sentences):
        yield Flaw(message=f"the {minutes} minutes of a session are not printed", hint="print them", at=("at a glance",))


_E = Severity.ERROR
TEXT_CHECKS: tuple[Check[HandoutText], ...] = (
    Check(id="S1", severity=_E, what="The emergency signs are printed.", source="red flags of cauda equina", find=find_no_alarm),
    Check(
        id="S2",
        severity=_E,
        what="The pain rule and a phone number are printed.",
        source="CDC index item 14",
        find=find_no_stop_rule,
    ),
    Check(
        id="G1",
        severity=_E,
        what="Every card has a picture with a caption.",
        source="PEMAT-P items 15, 17",
        find=find_cards_without_picture,
    ),
    Check(
        id="G3",
        severity=_E,
        what="Alt text has 1 to 250 characters and is not the caption.",
        source="PDF/UA-1",
        find=find_cards_without_alt,
    ),
    Check(id="L5", severity=_E, what="Every page says page x of y.", source="loose sheets", find=find_loose_sheets),
)

TOTALS_CHECK: Check[tuple[HandoutText, Plan]] = Check(
    id="R9",
    severity=_E,
    what="The sum of both sides and the minutes of a session are printed.",
    source="PEMAT-P item 7; CDC index item 17",
    find=find_missing_totals,
)
