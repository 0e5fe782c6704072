"""What a checker says about a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One rule that a file breaks, once for each rule and file, with the first place as example."""

    checker: str  # integrity | page-validation | outloud | veraPDF
    rule: str
    message: str
    count: int = 1

    def __str__(self) -> str:
        times = f" ×{self.count}" if self.count > 1 else ""
        return f"{self.checker} {self.rule}{times}: {self.message}"


def fold(checker: str, found: Iterable[tuple[str, str]]) -> list[Fault]:
    """One `Fault` for each rule in (rule, message) pairs, in the order of their first appearance."""
    messages: dict[str, list[str]] = {}
    for rule, message in found:
        messages.setdefault(rule, []).append(message)
    return [Fault(checker=checker, rule=rule, message=of[0], count=len(of)) for rule, of in messages.items()]
