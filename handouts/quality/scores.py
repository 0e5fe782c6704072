"""The published scores of a handout: PEMAT-P, CDC Clear Communication Index, CERT, reading grades. Items are worded by us."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from handouts.nouns import dataclass
from handouts.quality.evidence import (
    Evidence,
    Seen,
    has_captions,
    has_headings,
    has_log,
    has_short_lists,
    has_steps,
    is_chunked,
    opens_with_purpose,
    stands_out,
    uses_bold,
)
from handouts.quality.page_words import gather_words
from handouts.quality.reading import grade, smog
from handouts.quality.remarks import Check, Flaw, Severity

WANTED = 90.0  # per cent


class State(StrEnum):
    """What software can say of one item."""

    MET = "met"
    NOT_MET = "not met"
    PERSON = "for a person to judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreItem:
    """One item of a score."""

    number: str
    what: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One score; `value`: per cent of the items that software could judge, a grade, or None where there is nothing to count."""

    id: str
    name: str
    place: str
    value: float | None
    unit: str  # "%", "grade"
    wanted: str
    items: tuple[ScoreItem, ...] = ()

    @property
    def judged(self) -> int:
        """How many items software could judge."""
        return sum(item.state is not State.PERSON for item in self.items)


def _person(_evidence: Evidence) -> bool | None:
    return None


def _clean(*checks: str) -> Seen:
    return lambda evidence: evidence.clean(*checks)


def _says(pattern: str) -> Seen:
    return lambda evidence: evidence.says(pattern)


def _says_or_person(pattern: str) -> Seen:
    """Met where the words are there; without them a person must look, for it can be said in many ways."""
    return lambda evidence: evidence.says(pattern) or None


def _unless_missing(question: Seen) -> Seen:
    """Not met where even its place is empty; whether what stands there is any good, a person must judge."""
    return lambda evidence: False if question(evidence) is False else None


_TOTAL = r"\bin all\b|\bin total\b|\baltogether\b"
_PLACE = r"\bat home\b|\bat the gym\b|\bin the (?:pool|clinic|gym)\b"
_FILLED = r"(?!next\b|date\b|from\b|for\b|phone\b)[^\W_]"
"""The first letter of what is written after a label: no line to write on, no other label."""


def _all(*questions: Seen) -> Seen:
    def see(evidence: Evidence) -> bool | None:
        answers = [question(evidence) for question in questions]
        return False if False in answers else None if None in answers else True

    return see


_STATES = {None: State.PERSON, True: State.MET, False: State.NOT_MET}
_Item = tuple[str, str, Seen]
UNDERSTANDABILITY: tuple[_Item, ...] = (
    ("1", "its purpose is plain at once", _unless_missing(opens_with_purpose)),
    ("2", "nothing distracts from the purpose", _person),
    ("3", "everyday words", _clean("R7")),
    ("4", "words of the clinic only with an explanation", _clean("R7")),
    ("5", "active voice", _all(has_steps, _clean("R6"))),
    ("6", "numbers are clear", _clean("R8")),
    ("7", "no sums to do", _all(_says_or_person(_TOTAL), _clean("R9"))),
    ("8", "short sections", is_chunked),
    ("9", "headings that inform", has_headings),
    ("10", "a logical order", _person),
    ("11", "a summary", _says(r"\bat a glance\b|\bsummary\b|\bin short\b|\bkey points\b|\byour plan\b")),
    ("12", "visual cues for key points", uses_bold),
    ("15", "pictures wherever they help", _clean("G1")),
    ("16", "pictures agree with the words", _person),
    ("17", "pictures have captions", has_captions),
    ("18", "pictures without clutter", _person),
    ("19", "simple tables with headings", lambda evidence: evidence.clean("A2") if _has_table(evidence) else None),
)
ACTIONABILITY: tuple[_Item, ...] = (
    ("20", "at least one action", has_steps),
    ("21", "speaks to the reader", _says(r"\byour?\b")),
    ("22", "actions in explicit steps", has_steps),
    ("23", "a tool, such as a list to tick", has_log),
    ("24", "says how to do any sum", _all(_says_or_person(_TOTAL), _clean("R9"))),
    ("25", "says how to use its tables and boxes", _all(has_log, _says(r"\btick (?:a|the|each|one)\b|\bfill in\b|\bmark\b"))),
    ("26", "pictures that help to act", _clean("G1")),
)
INDEX: tuple[_Item, ...] = (
    ("1", "one main message", _unless_missing(opens_with_purpose)),
    ("2", "the main message is at the top", _unless_missing(opens_with_purpose)),
    ("3", "the main message stands out", stands_out),
    ("4", "a picture with a caption shows what to do", _all(_clean("G1"), has_captions)),
    ("5", "a call to action", has_steps),
    ("6", "both in active voice", _all(has_steps, _clean("R6"))),
    ("7", "words the readers use, others explained", _clean("R7")),
    ("8", "lists, of seven items at most", has_short_lists),
    ("9", "sections with headings", _all(has_headings, is_chunked)),
    ("10", "the most important things come first", _unless_missing(_clean("S1"))),
    ("11", "says what is known and what is not", _person),
    ("12", "recommends a behaviour", has_steps),
    ("13", "says why it matters", _unless_missing(opens_with_purpose)),
    ("14", "says when, how often, and when to call", _all(_clean("S2"), _clean("S3"))),
    ("15", "familiar numbers, whole ones", lambda evidence: evidence.says(r"^(?!.*(?<![\d.])\d+\.\d+(?![\d.]))")),
    ("16", "numbers are explained", _clean("R8")),
    ("17", "no sums to do", _all(_says_or_person(_TOTAL), _clean("R9"))),
    ("18", "says what the risk is", _all(_clean("S2"), _says(r"\bstop if\b|\btake care\b|\brisk\b|\bget help\b|\bwarning\b"))),
    ("19", "says risks and benefits", _person),
    ("20", "chances also in words or pictures", _person),
)
CERT: tuple[_Item, ...] = (
    ("1", "equipment", _says(r"\byou need\b|\bequipment\b|\bno equipment\b")),
    ("2", "who provides it", _says_or_person(rf"\b(?:from|clinician|therapist|physio\w*)\s*:\s*{_FILLED}")),
    ("3", "alone or in a group", _person),
    ("4", "supervised or not", _says(r"\bat home\b|\bon your own\b|\bsupervised\b")),
    ("5", "how doing it is recorded", has_log),
    ("6", "what helps to keep going", _says(r"\bgoal\b|\bmissed a day\b|\bkeep going\b|\breward\b")),
    ("7a", "when to progress", _says(r"\bgets? easier\b|\beasy for\b|\bprogress|\bnext step\b|\bgo on to\b")),
    ("7b", "how to progress", _says(r"\badd (?:a|one|two)\b|\bharder\b|\blonger\b|\bfrom week \d")),
    ("8", "each exercise can be done from the page", _all(has_steps, _clean("G1"))),
    ("9", "what is done at home", _all(has_steps, _says_or_person(_PLACE))),
    ("10", "what there is beside exercise", _says_or_person(r"\badvice\b|\bwalk (?:a|every|each|daily|more)\b|\bkeep active\b")),
    ("11", "what to do when harm comes", _all(_clean("S1"), _clean("S2"))),
    ("12", "where it is done", _says_or_person(_PLACE)),
    ("13", "the dose", _clean("S3")),
    ("14a", "for all or made to measure", _says_or_person(rf"\bfor:\s*{_FILLED}|\bjust for you\b|\bmade for\b")),
    ("14b", "how it was made to measure", _person),
    ("15", "how the starting level was chosen", _person),
    ("16a", "how it is checked", _says_or_person(r"\b(?:next visit|review|follow.up)\b:?\s*(?:on\s+)?\w*\s*\d")),
    ("16b", "whether it was done as planned", _person),
)


ACTIONS = "pemat-actionability"
ABOUT_TOOLS = frozenset({"23", "25"})
"""Items of its score that ask for something to fill in."""


def score_pdf(evidence: Evidence, place: str) -> tuple[Score, ...]:
    """Return all scores of a finished PDF."""
    lists = (
        ("pemat-understandability", "PEMAT-P, understandability", UNDERSTANDABILITY, "90 % or more"),
        (ACTIONS, "PEMAT-P, actionability", ACTIONABILITY, "90 % or more"),
        ("cdc-index", "CDC Clear Communication Index", INDEX, "90 or more"),
        ("cert", "CERT, completeness", CERT, "all that apply"),
    )
    scores = [_score(key, name, place, items, wanted, evidence) for key, name, items, wanted in lists]
    return (*scores, *_grades(evidence, place))


def _score(key: str, name: str, place: str, items: tuple[_Item, ...], wanted: str, evidence: Evidence) -> Score:
    answered = tuple(ScoreItem(number=number, what=what, state=_state(see(evidence))) for number, what, see in items)
    met = sum(item.state is State.MET for item in answered)
    judged = sum(item.state is not State.PERSON for item in answered)
    value = 100 * met / judged if judged else None
    return Score(id=key, name=name, place=place, value=value, unit="%", wanted=wanted, items=answered)


def _state(answer: bool | None) -> State:  # noqa: FBT001 - three values, said in order
    return _STATES[answer]


def _grades(evidence: Evidence, place: str) -> Iterator[Score]:
    texts = [text for _, text in gather_words(evidence.subject).plain] if evidence.subject.english else []
    found = grade(texts) if texts else None
    yield Score(id="fkgl", name="Flesch-Kincaid grade", place=place, value=found, unit="grade", wanted="6 or less")
    yield Score(
        id="smog", name="SMOG grade (30 sentences or more)", place=place, value=smog(texts), unit="grade", wanted="8 or less"
    )


def _has_table(evidence: Evidence) -> bool:
    return any(element.tag == "Table" for element in evidence.subject.pdf.elements)


def find_low_pemat(scores: tuple[Score, ...]) -> Iterator[Flaw]:
    """K1: PEMAT-P, of the items software can see."""
    for score in scores:
        if score.id.startswith("pemat-"):
            yield from _low(score)


def find_low_index(scores: tuple[Score, ...]) -> Iterator[Flaw]:
    """K2: the CDC index, of the items software can see."""
    for score in scores:
        if score.id == "cdc-index":
            yield from _low(score)


def _low(score: Score) -> Iterator[Flaw]:
    if score.value is not None and round(score.value) < WANTED:
        missing = ", ".join(item.number for item in score.items if item.state is State.NOT_MET)
        message = f"{score.name}: {score.value:.0f} of 100, {WANTED:.0f} at least; not met: {missing}"
        yield Flaw(message=message, hint="see the items with --scores", found=score.value, limit=WANTED)


SCORE_CHECKS: tuple[Check[tuple[Score, ...]], ...] = (
    Check(
        id="K1",
        severity=Severity.WARNING,
        what="PEMAT-P is 90 % or more of the items software can see.",
        source="AHRQ PEMAT-P",
        find=find_low_pemat,
    ),
    Check(
        id="K2",
        severity=Severity.WARNING,
        what="The CDC index is 90 or more of the items software can see.",
        source="CDC Clear Communication Index",
        find=find_low_index,
    ),
)
