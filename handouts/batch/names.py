"""Names of files made from a pattern: safe on every system, inside one folder, and never a patient's unless asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from handouts.errors import Problem, UsageError, did_you_mean
from handouts.formats.container_readers import ListOf, MappingOf
from handouts.formats.files import FilePath
from handouts.formats.patient_rows import COLUMNS
from handouts.formats.request_kinds import REQUEST_FIELDS
from handouts.formats.scalar_readers import Flag
from handouts.model import Request
from handouts.nouns import dataclass

SUFFIX = ".pdf"
MOST_BYTES = 150  # of a name before its ending, in UTF-8: every file system we know takes 255 with room for its own marks
LEAST_DIGITS = 3

FILE_PATTERN = "{source}"
ROW_PATTERN = "{source}-{number}"
STANDARD_PATTERN = "{routine}-{edition}-{paper}-{lang}"

# What a pattern may hold: where the request stands, and every key of a request that says one thing.
SLOTS = (
    "source",
    "number",
    *(key for key, reader in REQUEST_FIELDS.items() if not isinstance(reader, (ListOf, MappingOf, Flag, FilePath))),
)

_SLOT = re.compile(r"\{([^{}]*)\}")
_BETWEEN = re.compile(r"""[<>:"/\\|?*\s]+""")
_ENDS = " .-~"
_NO_LETTERS = ("Cc", "Cf", "Cs", "Co", "Cn")  # controls, marks of direction, halves of characters, private and unassigned ones
# Names that Windows keeps for devices, with any ending.
_DEVICES = re.compile("con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a request stands: the stem of its file, and the number of its row (0: it is the whole file)."""

    stem: str
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePattern:
    """A checked pattern such as "{patient_id}-{lang}"."""

    text: str

    @property
    def is_private(self) -> bool:
        """Whether names hold words about a patient, so that they must not be in a problem."""
        return any(slot in COLUMNS and COLUMNS[slot].private for slot in _SLOT.findall(self.text))

    def fill(self, request: Request, origin: Origin) -> tuple[str | None, tuple[str, ...]]:
        """The name of the file of a settled request; None with the slots that the request leaves empty."""
        values = {"source": origin.stem, "number": f"{origin.number:0{LEAST_DIGITS}}" if origin.number else ""}
        for slot in _SLOT.findall(self.text):
            if slot not in values:
                said = getattr(request, slot)
                values[slot] = "" if said is None else _cleaned(str(said))
        empty = tuple(slot for slot in dict.fromkeys(_SLOT.findall(self.text)) if not values[slot])
        stem = safe_stem(_filled(self.text, values))
        return (None, empty) if empty or not stem else (stem + SUFFIX, ())


def read_pattern(words: str) -> NamePattern:
    """The pattern, checked. Raises UsageError for slots that are not known and characters that no name may hold."""
    text = words.removesuffix(SUFFIX)
    for slot in _SLOT.findall(text):
        if slot not in SLOTS:
            hint = did_you_mean(slot, SLOTS) or f"slots: {', '.join(SLOTS)}"
            raise UsageError(Problem(message=f'--names: there is no slot "{{{slot}}}"', hint=hint))
    plain = _SLOT.sub("", text)
    if "{" in plain or "}" in plain:
        raise UsageError(Problem(message="--names: a brace has no partner", hint="write a slot like {number}"))
    if "/" in plain or "\\" in plain:
        raise UsageError(Problem(message="--names: a name holds no folder", hint="name the folder: --out DIR"))
    if _BETWEEN.search(plain) or any(unicodedata.category(char) in _NO_LETTERS for char in plain):
        hint = "take letters, digits, - and _"
        raise UsageError(Problem(message="--names: a blank or a character that a file name must not hold", hint=hint))
    if not text or len(plain.encode()) > MOST_BYTES // 2:
        hint = "write it like {source}-{number}"
        raise UsageError(Problem(message="--names: the pattern is empty or too long", hint=hint))
    return NamePattern(text=text)


def safe_stem(text: str) -> str:
    """The text as a part of a file name; "" when nothing of it can stand in one.

    Blanks, dividers of folders and what Windows forbids become "-"; controls and marks of direction are dropped; no dot, dash
    or blank at either end; at most MOST_BYTES bytes; not the name of a device.
    """
    stem = _cleaned(text)
    return f"_{stem}" if _DEVICES.fullmatch(stem.partition(".")[0].rstrip()) else stem


def clash_key(name: str) -> str:
    """Equal for names that a file system may take for the same: in other cases, or composed in another way."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


def _cleaned(text: str) -> str:
    kept = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in _NO_LETTERS)
    stem = unicodedata.normalize("NFC", _BETWEEN.sub("-", kept)).strip(_ENDS)
    return _shortened(stem).rstrip(_ENDS)


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: values[found[1]], pattern)


def _shortened(stem: str) -> str:
    """Cut between characters, never between a letter and the marks on it."""
    content = stem.encode()
    if len(content) <= MOST_BYTES:
        return stem
    kept = content[:MOST_BYTES].decode("utf-8", "ignore")
    while kept and unicodedata.combining(stem[len(kept)]):
        kept = kept[:-1]
    return kept
