"""Checks on patient text in one language: grade, sentence length, hard words, numbers, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.nouns import dataclass
from handouts.quality.plain_words import find_jargon
from handouts.quality.reading import grade, smog, split_sentences, split_words
from handouts.quality.remarks import Check, Flaw, Remark, Severity, Way

GRADE_TARGET, GRADE_LIMIT = 6.0, 8.0
SMOG_TARGET = 8.0
MEAN_WORDS, LONG_SENTENCE, TOO_LONG_SENTENCE = 12.0, 20, 25
_SHORTER = "make two sentences of it"
_FEWEST_WORDS = 30  # under it, one long word moves the grade by a year: no grade is given

_SIDED = re.compile(r"\{(?:(\w+)\.)?(?:near|far)\}")
_SLOT = re.compile(r"\{[^{}]*\}")
_UNITS = (
    "second|minute|hour|day|week|month|year|time|session|breath|round|set|hold|exercise|step|page|box|degree|inch|foot|metre|meter|"
    "centimetre|centimeter|kilometre|kilometer|kilo|kilogram|pound|hand-width|per cent|mile|yard|lap|length|stair|floor|rep|"
    "repetition|pillow|cushion|block|person|people|place|number"
)
_NUMBER = re.compile(r"(?<![\w.,:-])\d+(?:[.,]\d+)?(?:\s*(?:[-–]|to)\s*\d+(?:[.,]\d+)?)?(?![\w])")
_UNIT_AFTER = re.compile(
    rf"(?:\s*(?:%|°|s|min|cm|mm|m|km|kg|lb|lbs|in|ft)(?!\w)|[\s-]+(?:\w+\s+)?(?:{_UNITS}|inches|feet|boxes)(?:e?s)?(?!\w))",
    re.IGNORECASE,
)
_COUNTER_BEFORE = re.compile(r"(?:number|week|day|step|page|exercise|picture|no\.|age|over|under|call)\s*$", re.IGNORECASE)
CAPITALS = re.compile(r"(?<!\w)(?:[A-Z]{2,}\W+){3}[A-Z]{2,}(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Text that belongs together, with the way to each piece of it.

    `graded`: these pieces are read one after the other, so that a grade means something. `phones`: pieces whose numbers need no
    unit, telephone numbers mostly.
    """

    lang: str
    texts: tuple[tuple[Way, str], ...]
    graded: bool = True
    phones: frozenset[Way] = frozenset()

    @property
    def plain(self) -> tuple[tuple[Way, str], ...]:
        """The texts as a patient reads them: "left knee" for a sided part, a number for a slot."""
        return tuple((at, _fill(text)) for at, text in self.texts)


def _fill(text: str) -> str:
    text = _SIDED.sub(lambda match: f"left {match.group(1)}" if match.group(1) else "left", text.replace("~", " "))
    text = _SLOT.sub(lambda match: "5" if match.group() == "{n}" else "this", text)
    return text.replace("\u00a0", " ")


def _english(passage: Passage) -> bool:
    return passage.lang.split("-")[0] == "en"


def find_hard_grade(passage: Passage) -> Iterator[Flaw]:
    """R1: Flesch-Kincaid grade of the text read as a whole; English only, from 30 words."""
    texts = [text for _, text in passage.plain]
    if not (_english(passage) and passage.graded) or sum(len(split_words(text)) for text in texts) < _FEWEST_WORDS:
        return
    found = grade(texts)
    if found > GRADE_TARGET:
        severity = Severity.ERROR if found > GRADE_LIMIT else Severity.WARNING
        hint = "use shorter sentences and shorter words"
        message = f"reads at grade {found:.1f}, {GRADE_TARGET:.0f} at most"
        yield Flaw(message=message, hint=hint, severity=severity, found=found, limit=GRADE_TARGET)


def find_high_smog(passage: Passage) -> Iterator[Flaw]:
    """R2: SMOG of the text read as a whole; English only, from 30 sentences."""
    found = smog(text for _, text in passage.plain) if _english(passage) and passage.graded else None
    if found is not None and found > SMOG_TARGET:
        hint = "use fewer words of three and more syllables"
        message = f"SMOG grade {found:.1f}, {SMOG_TARGET:.0f} at most"
        yield Flaw(message=message, hint=hint, found=found, limit=SMOG_TARGET)


def find_long_sentences(passage: Passage) -> Iterator[Flaw]:
    """R3: words per sentence."""
    lengths = []
    for at, text in passage.plain:
        for sentence in split_sentences(text):
            words = len(split_words(sentence))
            lengths.append(words)
            if words > LONG_SENTENCE:
                severity = Severity.ERROR if words > TOO_LONG_SENTENCE else Severity.WARNING
                message = f"a sentence of {words} words, {LONG_SENTENCE} at most: {sentence[:50]}…"
                yield Flaw(message=message, hint=_SHORTER, at=at, severity=severity, found=words, limit=LONG_SENTENCE)
    if passage.graded and len(lengths) > 2 and sum(lengths) / len(lengths) > MEAN_WORDS:
        mean = sum(lengths) / len(lengths)
        message = f"{mean:.1f} words a sentence, {MEAN_WORDS:.0f} at most"
        yield Flaw(message=message, hint="use shorter sentences", severity=Severity.WARNING, found=mean, limit=MEAN_WORDS)


def find_hard_words(passage: Passage) -> Iterator[Flaw]:
    """R7: words of the clinic without an explanation; English only."""
    if _english(passage):
        for at, text in passage.plain:
            for word, plain in find_jargon(text):
                yield Flaw(message=f'"{word}" is not explained', hint=f"write: {plain}", at=at)


def find_bare_numbers(passage: Passage) -> Iterator[Flaw]:
    """R8: numbers and ranges without a unit; English only."""
    if not _english(passage):
        return
    for at, text in passage.plain:
        if at in passage.phones:
            continue
        for match in _NUMBER.finditer(text):
            if not _UNIT_AFTER.match(text[match.end() :]) and not _COUNTER_BEFORE.search(text[: match.start()]):
                yield Flaw(message=f"{match.group()} has no unit", hint="write what is counted: 10 times, 30 seconds", at=at)


def find_capitals(passage: Passage) -> Iterator[Flaw]:
    """T6: more than three words in a row in capitals."""
    for at, text in passage.plain:
        for match in CAPITALS.finditer(text):
            yield Flaw(message=f"words in capitals: {match.group()[:40]}", hint="write small letters", at=at)


def unquoted(remark: Remark) -> str:
    """What a remark says without the words it is about: a note or another program's page may name the patient."""
    return remark.message.partition(": ")[0]


PASSAGE_CHECKS: tuple[Check[Passage], ...] = (
    Check(
        id="R1",
        severity=Severity.ERROR,
        what="Patient text reads at grade 6 or below (Flesch-Kincaid); an error above grade 8.",
        source="NIH and AMA: not above 6th grade; 8 is the highest limit quoted",
        find=find_hard_grade,
    ),
    Check(
        id="R2",
        severity=Severity.WARNING,
        what="Patient text of 30 sentences or more has a SMOG grade of 8 or below.",
        source="SMOG runs about 3 grades above Flesch-Kincaid on short text",
        find=find_high_smog,
    ),
    Check(
        id="R3",
        severity=Severity.ERROR,
        what="Sentences have 20 words at most, 12 on average; an error above 25.",
        source="our own default",
        find=find_long_sentences,
    ),
    Check(
        id="R7",
        severity=Severity.ERROR,
        what="A word of the clinic is explained in brackets, or not used.",
        source="PEMAT-P items 3 and 4; CDC Clear Communication Index item 7",
        find=find_hard_words,
    ),
    Check(
        id="R8",
        severity=Severity.ERROR,
        what="Every number and range has a unit.",
        source="PEMAT-P item 6",
        find=find_bare_numbers,
    ),
    Check(
        id="T6",
        severity=Severity.ERROR,
        what="No more than three words in a row are in capitals.",
        source="clear print guidance",
        find=find_capitals,
    ),
)
