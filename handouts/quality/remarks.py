"""What a check is, and what it says: a flaw inside its subject becomes a remark with a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from handouts.measured import Box
from handouts.nouns import dataclass

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
    """One thing a check found in its subject; `severity` is given where it is not the one of the check.

    `found` and `limit`: what was measured and what it may be, where these are numbers. `page` from 1 and `boxes` in points from
    its lower left corner: where on a finished page. `reason`: why a warning is meant to be so; then nothing needs a change.
    """

    message: str
    hint: str | None = None
    at: Way = ()
    severity: Severity | None = None
    found: float | None = None
    limit: float | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    reason: str | None = None


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
    """One line of the report: a flaw with its place, and with the rule it breaks and where that comes from."""

    check: str
    severity: Severity
    place: str
    message: str
    hint: str | None = None
    rule: str | None = None
    source: str | None = None
    found: float | None = None
    limit: float | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    reason: str | None = None

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint and not self.reason else ""
        reason = f" (meant so: {self.reason})" if self.reason else ""
        warning = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.place}: {self.check}: {warning}{self.message}{hint}{reason}"

    @property
    def counts(self) -> bool:
        """Whether `--strict` minds it: an error, or a warning that nobody explained."""
        return self.severity is Severity.ERROR or (self.severity is Severity.WARNING and self.reason is None)


def look(
    checks: Iterable[Check[S]], subject: S, place: Callable[[Way], str], *, worst: Severity = Severity.ERROR
) -> list[Remark]:
    """Return what the checks say of one subject; `place` turns the way inside it into words, `worst` caps the severity."""
    remarks = []
    for check in checks:
        for flaw in check.find(subject):
            severity = flaw.severity or check.severity
            capped = max(severity, worst, key=list(Severity).index)
            remarks.append(_remark(check, flaw, capped, place(flaw.at)))
    return remarks


def _remark(check: Check[S], flaw: Flaw, severity: Severity, place: str) -> Remark:
    return Remark(
        check=check.id,
        severity=severity,
        place=place,
        message=flaw.message,
        hint=flaw.hint,
        rule=check.what,
        source=check.source,
        found=flaw.found,
        limit=flaw.limit,
        page=flaw.page,
        boxes=flaw.boxes,
        reason=flaw.reason,
    )


def in_order(remarks: Iterable[Remark]) -> list[Remark]:
    """Return errors, then warnings, then notes, each once, otherwise in the order found."""
    return sorted(dict.fromkeys(remarks), key=lambda remark: list(Severity).index(remark.severity))


def count(remarks: Iterable[Remark], severity: Severity) -> int:
    """Count the remarks of one severity."""
    return sum(remark.severity is severity for remark in remarks)
