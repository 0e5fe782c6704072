"""Turns what goes wrong while reading into remarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from handouts.errors import HandoutsError
from handouts.quality.registry import UNREADABLE
from handouts.quality.remarks import Remark, Severity

T = TypeVar("T")


def told(error: HandoutsError, place: str) -> list[Remark]:
    """Return the problems of an exception as remarks; those without a place get this one."""
    return [
        Remark(
            check=UNREADABLE,
            severity=Severity.ERROR,
            place=str(problem.place or place),
            message=problem.message,
            hint=problem.hint,
        )
        for problem in error.problems
    ]


def attempt(read: Callable[[], T], place: str, remarks: list[Remark]) -> T | None:
    """Return what is read, or None after its problems became remarks."""
    try:
        return read()
    except HandoutsError as error:
        remarks += told(error, place)
        return None
