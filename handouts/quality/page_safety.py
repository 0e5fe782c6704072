"""Checks on what a finished PDF says for safety, and on what it tells of the patient outside its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.quality.judged import PdfInQuestion
from handouts.quality.lines import TextBlock
from handouts.quality.reading import split_sentences
from handouts.quality.remarks import Check, Flaw, Severity

_ALARMS = (
    r"\bbladder\b|\bpee\b|\bpass(?:ing)? urine\b|\bincontinen", r"\bbowels?\b|\bpoo\b|\bstools?\b", r"\bnumb",
    r"\bsaddle\b|\bbetween your legs\b|\bgenital", r"\bemergency\b|\ba&e\b|\b(?:911|112|999)\b|\bget help now\b",
    r"\bweak(?:er|ness)?\b", r"\bchest pain\b", r"\bfever\b",
)  # fmt: skip
_FEWEST_ALARMS = 3
_SHORTEST_NAME = 3  # letters; shorter ones stand in other words
_SEEN = 0.5  # the part of words that can be seen at least
_STOP = re.compile(r"\bstop\b", re.IGNORECASE)
_WHY_STOP = re.compile(
    r"\bpains?\b|\bpainful\b|\bhurts?\b|\bsore|\bpinch|\bnumb|\btingl|\bdizz|\bfaint|\bbreath|\bworse", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:do not|don.t|need not|never|no need to|not (?:have|need) to)\s+(?:\w+\s+){0,3}(?:stop|call|phone|see|tell|go to)\b"
    r"|\b(?:is|are) (?:quite |all )?normal\b|\bnothing to worry\b",
    re.IGNORECASE,
)
"""A sentence that says the contrary of what is looked for, or that a sign means nothing."""
_AMOUNT = re.compile(
    r"\b(?P<hold>hold)\s+(?:for\s+)?(?P<held>\d+)\s+(?P<unit>seconds?|minutes?|hours?)\b"
    r"|\b(?P<count>\d+)\s+(?P<what>times a day|times|reps|repetitions|sets|rounds)\b",
    re.IGNORECASE,
)
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_MOST = {"hold": 300, "times a day": 12, "times": 100, "reps": 100, "repetitions": 100, "sets": 10, "rounds": 10}
"""Seconds of a hold, and counts, beyond which a dose is hardly meant."""
_PHONE = re.compile(r"(?:\+|\b)\d[\d ()./-]{5,}\d\b|\b(?:phone|tel|telephone|call)\b[^.\n]{0,30}(?::|\d{3})", re.IGNORECASE)
_NO_PHONE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b(?:112|911|999|000|111)\b")
"""Dates, and numbers that are not the clinic's."""
_PATIENT = re.compile(r"\b(?i:for|name|patient)\s*:\s*([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3})")
_NO_NAMES = frozenset({"From", "Date", "Phone", "Next", "Goal", "Week", "Exercise"})


def find_no_alarm(subject: PdfInQuestion) -> Iterator[Flaw]:
    """S1: the red flags on the first page after the cover, large enough; of another program's PDF the last page will do."""
    expected = subject.expected.alarms if subject.expected else ()
    pages = _first_and_last(subject)
    pages = pages[:1] if expected else pages
    if expected:
        texts = [(page, _squeezed(subject.pdf.pages[page - 1].text)) for page in pages]
        found = [page for page, text in texts if any(_squeezed(each) in text for each in expected)]
    elif not subject.english:
        return
    else:
        found = [page for page in pages if _count_alarms(" ".join(_meant(subject, page))) >= _FEWEST_ALARMS]
    if not found:
        where = "the first page" if len(pages) == 1 else "the first or the last page"
        message = f"the signs of an emergency are not on {where}"
        yield Flaw(message=message, hint="print a box with them, and whom to call", at=(pages[0],), page=pages[0])
        return
    yield from _small_alarm(subject, found[0])


def _small_alarm(subject: PdfInQuestion, page: int) -> Iterator[Flaw]:
    said = [block for block in subject.blocks[page - 1] if not block.furniture and _count_alarms(block.text)]
    limit = subject.minimum.type
    small = [block for block in said if block.size < limit - 0.05]
    if small:
        size = min(block.size for block in small)
        yield Flaw(
            message=f"the signs of an emergency are set in {size:.1f} pt, {limit:g} at least",
            hint="set them larger",
            at=(page,),
            page=page,
            boxes=tuple(block.box for block in small),
            found=size,
            limit=limit,
        )


def _count_alarms(text: str) -> int:
    return sum(re.search(alarm, text, re.IGNORECASE) is not None for alarm in _ALARMS)


def _first_and_last(subject: PdfInQuestion) -> list[int]:
    return list(dict.fromkeys((subject.covers + 1, len(subject.pdf.pages))))


def find_no_stop_rule(subject: PdfInQuestion) -> Iterator[Flaw]:
    """S2: when to stop, and a number to call or a line to write one on."""
    if not subject.english:
        return
    inner = range(subject.covers + 1, len(subject.pdf.pages) + 1)
    text = "\n".join(page.text for page in subject.pdf.pages[subject.covers :])
    if not any(_STOP.search(said) and _WHY_STOP.search(said) for page in inner for said in _meant(subject, page)):
        yield Flaw(message="nothing says when to stop", hint="say which pain means stop")
    if not _PHONE.search(_NO_PHONE.sub(" ", text)):
        yield Flaw(message="no phone number, and no line to write one on", hint="print the number of the clinic")


def _meant(subject: PdfInQuestion, page: int) -> list[str]:
    """The sentences of a page that do not deny what they speak of; what opens a list stays with its items."""
    seen = [block for block in subject.blocks[page - 1] if not block.furniture and _is_seen(block)]
    blocks = [block.text for block in seen]
    said: list[str] = []
    for text in blocks if subject.pdf.pages[page - 1].sheet else subject.pdf.pages[page - 1].text.splitlines():
        if said and said[-1].rstrip().endswith(":"):
            said[-1] += f" {text}"
        else:
            said.append(text)
    sentences = (sentence for text in said for sentence in split_sentences(" ".join(text.split())))
    return [sentence for sentence in sentences if not _DENIED.search(sentence)]


def _is_seen(block: TextBlock) -> bool:
    return max(run.seen for line in block.lines for run in line.runs) > _SEEN


def find_strange_doses(subject: PdfInQuestion) -> Iterator[Flaw]:
    """S3: doses that are hardly meant: holds over five minutes, more than a hundred times, more than twelve times a day."""
    if not subject.english:
        return
    for page in range(subject.covers + 1, len(subject.pdf.pages) + 1):
        for match in _AMOUNT.finditer(" ".join(subject.pdf.pages[page - 1].text.split())):
            what = (match["hold"] or match["what"]).lower()
            amount = int(match["held"] or match["count"]) * (_SECONDS[match["unit"].lower().rstrip("s")] if match["hold"] else 1)
            if amount > _MOST[what]:
                hint = "check the dose"
                yield Flaw(message=f"is this meant: {match.group().lower()}?", hint=hint, at=(page,), page=page, found=amount)


def find_patient_outside(subject: PdfInQuestion) -> Iterator[Flaw]:
    """P1: the patient's name in the metadata or in the name of the file."""
    names = {name for name in _patients(subject) if len(_squeezed(name)) >= _SHORTEST_NAME}
    told = (("the metadata", subject.pdf.metadata), ("the bookmarks and title", subject.pdf.title or ""))
    for what, text in told:
        if any(_squeezed(name) in _squeezed(text) for name in names):
            yield Flaw(message=f"{what} of the file name the patient", hint="leave the name to the page")
            break
    file = _squeezed(subject.name or "")
    if file and not (subject.expected and subject.expected.exempt) and any(_squeezed(name) in file for name in names):
        yield Flaw(message="the name of the file names the patient", hint="give it a neutral name")


def _patients(subject: PdfInQuestion) -> Iterator[str]:
    if subject.expected is not None:
        if subject.expected.patient:
            yield subject.expected.patient
        return
    first = subject.pdf.pages[subject.covers : subject.covers + 1]
    blocks = [block.text for blocks in subject.blocks[subject.covers : subject.covers + 1] for block in blocks]
    for text in blocks or [line for page in first for line in page.text.splitlines()]:
        found = _PATIENT.search(text)
        if found and found.group(1).split()[0] not in _NO_NAMES:
            yield found.group(1)


def _squeezed(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


_E = Severity.ERROR
SAFETY_CHECKS: tuple[Check[PdfInQuestion], ...] = (
    Check(
        id="S1",
        severity=_E,
        what="The signs of an emergency are on the first page after the cover, large enough to read.",
        source="red flags of cauda equina",
        find=find_no_alarm,
    ),
    Check(
        id="S2",
        severity=_E,
        what="The pages say when to stop, and whom to phone.",
        source="CDC index item 14",
        find=find_no_stop_rule,
    ),
    Check(
        id="S3",
        severity=Severity.WARNING,
        what="No dose is hardly meant: a hold of more than 5 minutes, more than 100 times, more than 12 times a day.",
        source="our own default",
        find=find_strange_doses,
    ),
    Check(
        id="P1",
        severity=_E,
        what="Neither metadata nor file name hold the patient's name.",
        source="privacy: files travel",
        find=find_patient_outside,
    ),
)
