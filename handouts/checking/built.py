"""Checks a document that was just made: its plan, its words, its finished PDF, and whether a second build is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from handouts.bench import Bench, Passwords
from handouts.build import Built, make_handout
from handouts.checking.finished import REMARKS, Asked, judge
from handouts.measuring.opening import measure_pdf
from handouts.quality.handout_words import check_text
from handouts.quality.judged import Expected, question
from handouts.quality.outcome import Outcome
from handouts.quality.plans import PLAN_CHECKS, PlanInQuestion
from handouts.quality.remarks import Remark, look
from handouts.quality.scores import ABOUT_TOOLS, ACTIONS, Score, State
from handouts.quality.twins import TWINS_CHECK, Twins
from handouts.settling import DEFAULT_EDITION, DEFAULT_PAPER

_HANDOUT = "handout"


def check_built(
    built: Built,
    bench: Bench,
    place: str,
    *,
    passwords: Passwords | None = None,
    stamp: str | None = None,
    asked: Asked = REMARKS,
) -> Outcome:
    """Return what the checks say of a document that was just made: plan, words, finished PDF, and a second build."""
    passwords = passwords or Passwords()
    remarks = look(PLAN_CHECKS, PlanInQuestion(plan=built.plan, clock=bench.library[0].clock), partial(_whole, place))
    remarks += check_text(built.text, built.plan, place=place)
    plain = replace(passwords, handout=None)
    again = make_handout(built.request, bench, passwords=plain, stamp=stamp)
    if passwords.handout is None:
        remarks += look((TWINS_CHECK,), Twins(first=built.pdf, second=again.pdf), partial(_whole, place))
    clinic = bench.clinic(built.request.clinic)
    settled = built.request
    desk = bench.desk(settled.edition or DEFAULT_EDITION, settled.paper or DEFAULT_PAPER, clinic.main_colour if clinic else None)
    if desk.edition.folded:  # pages are judged as they are read
        again = make_handout(built.request, bench, passwords=plain, stamp=stamp, unfolded=True)
    subject = question(measure_pdf(again.pdf, pictures=asked.pictures), minimum=desk.edition.minimum, expected=expect(built))
    page = judge(subject, place, asked=asked, known=remarks)
    told = page.remarks
    if not (built.text.glance.days or any(card.ticks for card in built.text.cards)):
        told = tuple(_excuse_no_boxes(each, page.scores) for each in told)
    return replace(page, remarks=(*remarks, *told))


def _excuse_no_boxes(remark: Remark, scores: Sequence[Score]) -> Remark:
    """Give a low score for actions its reason where nothing but the boxes to tick is missing, which it was made without."""
    actions = next((score for score in scores if score.id == ACTIONS), None)
    if actions is None or remark.check != "K1" or not remark.message.startswith(f"{actions.name}:"):
        return remark
    if {item.number for item in actions.items if item.state is State.NOT_MET} <= ABOUT_TOOLS:
        return replace(remark, reason="it has no boxes to tick day by day; a calendar has them")
    return remark


def expect(built: Built) -> Expected:
    """Return what the pages of a document should say."""
    text, routine = built.text, built.plan.routine
    reason = routine.reason if routine else None
    if set(text.pages) != {_HANDOUT}:
        reason = reason or "pages to tick and to write on were asked for"
    return Expected(
        exercises=tuple(card.name for card in text.cards) if _HANDOUT in text.pages else (),
        foot=text.footer,
        patient=built.request.patient,
        alarms=(text.emergency.heading, text.signs.emergency.heading),
        reason=reason,
    )


def _whole(place: str, _at: object) -> str:
    return place
