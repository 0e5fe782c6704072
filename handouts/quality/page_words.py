"""Checks on the words of a finished PDF of which no plan is known: grade, steps, doses, totals and sides, from its text alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from handouts.quality.judged import PdfInQuestion, SeenExercise
from handouts.quality.lines import TextBlock
from handouts.quality.passages import Passage
from handouts.quality.plain_words import begins_plainly
from handouts.quality.reading import split_words
from handouts.quality.remarks import Check, Flaw, Severity, Way

MOST_STEPS, LONG_STEP = 7, 20
_FEWEST_WORDS = 4  # of a block that is read as a sentence
_LABEL = re.compile(r"\(?(\d{1,2})[.)]$")
_STEP = re.compile(r"\(?(\d{1,2})[.)]\s+(\S.*)$")
_PHONES = re.compile(r"\d{3}|\b(?:call|phone|tel)\b", re.IGNORECASE)
_DATED = re.compile(
    r"\b\d{4}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b0\b.*\b10\b"  # a scale from 0 to 10 has no unit either
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\b(?:Week|Page) \d+ (?:of|to) \d+"
)
_COUNTED = re.compile(
    r"\b\d+\s*(?:×|x\b|(?:\w+ ){0,2}(?:times?|reps?|repetitions?|sets?|seconds?|secs?|minutes?|mins?|breaths?|rounds?)\b)"
    r"|\b(?:once|twice)\b|\ba time that\b|\bas long as\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(?:a|per|each|every)\s+(?:day|week|morning|evening)\b|\bdaily\b|\btwice a\b|\bdays (?:a|per) week\b", re.IGNORECASE
)
_BOTH = re.compile(r"\b(?:each|per)\s+(?:side|way|leg|arm)\b", re.IGNORECASE)
_TOTAL = re.compile(r"=|\bin all\b|\btotal\b|\baltogether\b", re.IGNORECASE)
_SIDED = re.compile(r"\b(left|right)\s+(\w+)", re.IGNORECASE)


def gather_words(subject: PdfInQuestion, *, notes: Collection[str] = ()) -> Passage:
    """Return the sentences of a PDF as one passage; blocks that begin as `notes` do are the clinician's own, and left out."""
    texts: list[tuple[Way, str]] = []
    phones: set[Way] = set()
    for at, block in passages(subject).items():
        words = _without_label(block.text, heading=subject.is_heading(block))
        if len(split_words(words)) < _FEWEST_WORDS or words.startswith(tuple(notes)):
            continue
        texts.append((at, words))
        if _PHONES.search(words) or _DATED.search(words):
            phones.add(at)
    lang = subject.pdf.lang or ("en" if subject.english else "und")
    return Passage(lang=lang, texts=tuple(texts), phones=frozenset(phones))


def gather_lines(subject: PdfInQuestion) -> Passage:
    """Return the lines of pages that were not measured: good for single words only, for sentences are told by their look."""
    pages = enumerate(subject.pdf.pages, start=1)
    lines = ((number, line) for number, page in pages if page.sheet is None for line in page.text.splitlines())
    texts: tuple[tuple[Way, str], ...] = tuple(((page, f"line {at}"), line) for at, (page, line) in enumerate(lines, start=1))
    return Passage(lang=subject.pdf.lang or ("en" if subject.english else "und"), texts=texts, graded=False)


def passages(subject: PdfInQuestion) -> dict[Way, TextBlock]:
    """Return the blocks that are read, by page and number."""
    return {(block.page, f"passage {number}"): block for number, block in enumerate(subject.inner, start=1)}


def _without_label(text: str, *, heading: bool) -> str:
    """The words of a step or heading without its number."""
    found = _STEP.match(text)
    return found.group(2) if found else re.sub(r"^\d{1,2}\s+(?=\D)", "", text) if heading else text


def steps_of(exercise: SeenExercise) -> list[str]:
    """Return the numbered steps of an exercise: a label with its words beside it, or both in one."""
    steps: list[str] = []
    labelled = False
    for block in exercise.blocks[1:]:
        whole = _STEP.match(block.text)
        if labelled or whole:
            steps.append(whole.group(2) if whole else block.text)
        labelled = _LABEL.match(block.text) is not None
    return steps


def find_many_steps(subject: PdfInQuestion) -> Iterator[Flaw]:
    """R4: numbered steps of each exercise."""
    for exercise in subject.exercises:
        count = len(steps_of(exercise))
        if count > MOST_STEPS:
            message = f"{count} steps, {MOST_STEPS} at most"
            yield _flaw(exercise, message, "put two short ones together", found=count, limit=MOST_STEPS)


def find_long_steps(subject: PdfInQuestion) -> Iterator[Flaw]:
    """R5: words of each step."""
    for exercise in subject.exercises:
        longest = max((len(split_words(step)) for step in steps_of(exercise)), default=0)
        if longest > LONG_STEP:
            message = f"a step of {longest} words, {LONG_STEP} at most"
            yield _flaw(exercise, message, "make two steps of it", found=longest, limit=LONG_STEP)


def find_odd_starts(subject: PdfInQuestion) -> Iterator[Flaw]:
    """R6: how each step begins; English only."""
    for exercise in subject.exercises if subject.english else ():
        odd = [number for number, step in enumerate(steps_of(exercise), start=1) if not begins_plainly(step)]
        if odd:
            message = f"step {', '.join(map(str, odd))} does not begin with what to do"
            yield _flaw(exercise, message, "begin with what to do: Lie, Bend, Lift, …")


def find_missing_totals(subject: PdfInQuestion) -> Iterator[Flaw]:
    """R9: the sum, where an exercise is done on both sides; English only."""
    for exercise in subject.exercises if subject.english else ():
        if _COUNTED.search(exercise.text) and _BOTH.search(exercise.text) and not _TOTAL.search(exercise.text):
            yield _flaw(exercise, "the sum of both sides is not printed", "print the total")


def find_missing_doses(subject: PdfInQuestion) -> Iterator[Flaw]:
    """S3: how much and how often; English only."""
    if not subject.english or not subject.exercises:
        return
    for exercise in subject.exercises:
        if not _COUNTED.search(exercise.text):
            yield _flaw(exercise, "nothing says how much to do", "print how many times, or how long")
    if not any(_OFTEN.search(page.text) for page in subject.pdf.pages):
        yield Flaw(message="nothing says how often to do it", hint="print how often a day, and on which days")


def find_other_sides(subject: PdfInQuestion) -> Iterator[Flaw]:
    """G4: sides of parts of the body that most pictures name otherwise than the words do; English only."""
    figures = [(element.alt or "", element.content) for element in subject.pdf.elements if element.tag == "Figure"]
    for exercise in subject.exercises if subject.english else ():
        said = _sides(exercise.text)
        pages = {block.page - 1 for block in exercise.blocks}
        marks = [block.mark for block in exercise.blocks if block.mark is not None]
        if not marks or len(pages) != 1:
            continue
        inside = [
            alt for alt, content in figures if any(page in pages and min(marks) <= mark <= max(marks) for page, mark in content)
        ]
        common = [(sides, said[part]) for alt in inside for part, sides in _sides(alt).items() if part in said]
        others = sum(shown.isdisjoint(told) for shown, told in common)
        if others > len(common) - others:
            yield _flaw(exercise, "the pictures show another side than the steps name", "mirror the pictures, or swap the sides")


def _sides(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for side, part in _SIDED.findall(text.lower()):
        found.setdefault(part, set()).add(side)
    return found


def _flaw(exercise: SeenExercise, message: str, hint: str, *, found: float | None = None, limit: float | None = None) -> Flaw:
    first = exercise.blocks[0]
    return Flaw(
        message=message,
        hint=hint,
        at=(first.page, exercise.name),
        page=first.page,
        boxes=(first.box,),
        found=found,
        limit=limit,
    )


_E, _W = Severity.ERROR, Severity.WARNING
SIDES_CHECK: Check[PdfInQuestion] = Check(
    id="G4",
    severity=_E,
    what="Pictures and steps on the pages name the same sides.",
    source="our own rule",
    find=find_other_sides,
)
WORDS_CHECKS: tuple[Check[PdfInQuestion], ...] = (
    Check(
        id="R4",
        severity=_E,
        what="An exercise on the pages has 7 steps at most.",
        source="CDC Clear Communication Index item 8",
        find=find_many_steps,
    ),
    Check(id="R5", severity=_W, what="A step on the pages has 20 words at most.", source="our own default", find=find_long_steps),
    Check(
        id="R6",
        severity=_W,
        what="A step on the pages begins with a verb or a position.",
        source="PEMAT-P items 5 and 21",
        find=find_odd_starts,
    ),
    Check(
        id="R9",
        severity=_E,
        what="The pages print the sum of both sides.",
        source="PEMAT-P item 7; CDC index item 17",
        find=find_missing_totals,
    ),
    Check(
        id="S3",
        severity=_E,
        what="The pages say how much of each exercise to do, and how often.",
        source="CERT item 13",
        find=find_missing_doses,
    ),
)
