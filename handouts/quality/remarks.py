"""What a check is, and what it says: a flaw inside its subject becomes a remark with a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

S = TypeVar("S")

Way: TypeAlias = tuple[str | int, ...]
"""The way to a value inside a YAML file or a subject: `("steps", 2)`."""


class Severity(StrEnum):
    """How much a remark matters: an error must be cured, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing a check found in its subject; `severity` is given where it is not the one of the check."""

    message: str
    hint: str | None = None
    at: Way = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Generic[S]):
    """One check: its id, its worst severity, what must hold, where the threshold comes from, and the function that looks.

    `needs_profile`: of a plan made for nobody, it has nothing to say.
    """

    id: str
    severity: Severity
    what: str
    source: str
    find: Callable[[S], Iterator[Flaw]]
    needs_profile: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One line of the report."""

    check: str
    severity: Severity
    place: str
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        warning = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.place}: {self.check}: {warning}{self.message}{hint}"


def look(
    checks: Iterable[Check[S]], subject: S, place: Callable[[Way], str], *, worst: Severity = Severity.ERROR
) -> list[Remark]:
    """Return what the checks say of one subject; `place` turns the way inside it into words, `worst` caps the severity."""
    remarks = []
    for check in checks:
        for flaw in check.find(subject):
            severity = flaw.severity or check.severity
            capped = max(severity, worst, key=list(Severity).index)
            remarks.append(Remark(check=check.id, severity=capped, place=place(flaw.at), message=flaw.message, hint=flaw.hint))
    return remarks


def in_order(remarks: Iterable[Remark]) -> list[Remark]:
    """Return errors, then warnings, then notes, each once, otherwise in the order found."""
    return sorted(dict.fromkeys(remarks), key=lambda remark: list(Severity).index(remark.severity))


def count(remarks: Iterable[Remark], severity: Severity) -> int:
    """Count the remarks of one severity."""
    return sum(remark.severity is severity for remark in remarks)
