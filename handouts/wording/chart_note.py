"""The note for the patient's record: what was given, on which rules, in plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from handouts.model import Catalog, Finding, Plan, PlannedExercise, Request, Schedule, Side, Sides, Step, Verdict, Words
from handouts.wording.doses import word_dose
from handouts.wording.messages import Messages

_LABEL_WIDTH = 13
_BLANK = "__________"
_TOLD = (Verdict.UNSPECIFIED, Verdict.CAUTION, Verdict.AVOID)


def word_chart_note(
    request: Request,
    plan: Plan,
    catalog: Catalog,
    words: Words,
    messages: Messages,
    *,
    schedule: Schedule | None = None,
    remarks: Sequence[str] = (),
    program_version: str,
) -> str:
    """The note on a settled request, in lines that end with one line break each; for the clinician, so in their words."""
    vocabulary = words.vocabulary
    profile = vocabulary.profiles.get(plan.profile, plan.profile) if plan.profile else "not stated"
    lines = [
        "Exercise handout",
        "",
        _field("Date", _day(request.date)),
        _field("Patient", request.patient or _BLANK),
        *([_field("Number", request.patient_id)] if request.patient_id else []),
        _field("Clinician", request.clinician or _BLANK),
        _field("Profile", f"{profile} ({plan.profile})" if plan.profile else profile),
        _field("Precautions", ", ".join(f"{vocabulary.precautions.get(p, p)} ({p})" for p in plan.precautions) or "none stated"),
        *([_field("Routine", plan.routine.id)] if plan.routine else []),
        *([_field("Goal", request.goal)] if request.goal else []),
        *([_field("Pictures", f"{request.body} body")] if request.body else []),
        _field("Session", _session(plan)),
        *([_field("Days", ", ".join(request.days))] if request.days else []),
        _field("Review", _day(request.review)),
        "",
        "Exercises",
    ]
    for number, item in enumerate(plan.items, start=1):
        lines += _exercise_lines(number, item, words, messages)
    if schedule is not None:
        lines += ["", "Calendar", *_calendar_lines(request, schedule)]
    if remarks:
        lines += ["", "Remarks", *(f"- {remark}" for remark in remarks)]
    lines += [
        "",
        "Shown to the patient and done back: [ ] yes",
        "",
        f"Catalogue {catalog.version}, handouts {program_version}",
    ]
    return "".join(f"{line}\n" for line in lines)


def _field(label: str, value: str) -> str:
    return f"{label + ':':<{_LABEL_WIDTH}}{value}"


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else _BLANK


def _session(plan: Plan) -> str:
    if any(item.dose.blank for item in plan.items):
        return "doses written in by hand"
    minutes, seconds = divmod(round(plan.seconds), 60)
    counted = " and ".join(part for part in (f"{minutes} min" if minutes else "", f"{seconds} s" if seconds else "") if part)
    return f"{counted or '0 s'}{', plus what is open-ended' if plan.open_ended else ''}"


def _calendar_lines(request: Request, schedule: Schedule) -> list[str]:
    """What the calendar asks of the patient beside the doses: days, sessions, steps and what is rated."""
    dates = [day.date for week in schedule.weeks for day in week.days if day.date is not None and day.counts]
    span = f"{dates[0].isoformat()} to {dates[-1].isoformat()}" if dates else "dates written in by hand"
    counts = [week.planned for week in schedule.weeks]
    planned = "" if None in counts else f", {sum(count or 0 for count in counts)} sessions planned"
    weeks = "1 week" if len(counts) == 1 else f"{len(counts)} weeks"
    lines = [f"{', '.join(request.pages)}: {weeks}, {span}{planned}", f"Rated each day: {request.score or 'pain'}"]
    lines += [f"From week {step.week}: {_word_step(step)}" for step in schedule.steps]
    if schedule.steps:
        lines.append(f"Rule: {request.progression_rule or 'the usual one, as printed'}")
    return lines


def _word_step(step: Step) -> str:
    changes = [
        f"{step.dose.sets} sets" if step.dose.sets else "",
        f"{step.dose.repetitions} repetitions" if step.dose.repetitions else "",
        f"hold {step.dose.hold.count} {step.dose.hold.unit.value}" if step.dose.hold else "",
        f"{step.dose.duration_s} s" if step.dose.duration_s else "",
    ]
    return f"{step.exercise or 'all that are dosed so'}: {', '.join(each for each in changes if each)}"


def _exercise_lines(number: int, item: PlannedExercise, words: Words, messages: Messages) -> list[str]:
    dose = word_dose(item, words.vocabulary, messages)
    amount = " ".join(part for part in (dose.line, dose.total, dose.often) if part).replace("\u00a0", " ")
    lines = [f"{number}. {words.exercises[item.exercise.id].name} ({item.exercise.id})", f"   {amount}"]
    if item.exercise.sides is Sides.EACH:
        lines.append(f"   Side: {'both' if item.side is Side.BOTH else messages.side(item.side)}")
    lines += [f"   {_word_finding(found, words)}" for found in item.findings if found.ruling.verdict in _TOLD]
    if item.override is not None:
        avoided = any(found.ruling.verdict is Verdict.AVOID for found in item.findings)
        lead = "Given although a rule says avoid" if avoided else "Override not needed"
        lines.append(f"   {lead}: {item.override}")
    if item.note:
        lines.append(f"   Note to the patient: {item.note}")
    return lines


def _word_finding(found: Finding, words: Words) -> str:
    because = found.ruling.because
    why = words.vocabulary.reasons.get(because, because) if because else None
    said = "No source says" if found.ruling.verdict is Verdict.UNSPECIFIED else found.ruling.verdict.value.capitalize()
    rule = found.rule.replace(":", " ")
    sources = ", ".join(found.ruling.sources)
    return f"{said} ({rule}){f': {why}' if why else ''}{f' [source: {sources}]' if sources else ''}"
