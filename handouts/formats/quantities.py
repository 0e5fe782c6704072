"""Readers of amounts: seconds, holds, durations, doses, lengths and dates."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal

from handouts.formats import dose_text
from handouts.formats.nodes import Node, Scalar
from handouts.formats.readers import Problems, Reader
from handouts.model import Dose, Hold

TODAY: Literal["today"] = "today"


class Seconds(Reader[int]):
    """Whole seconds, written "30 s" or "2 min"."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def read(self, node: Node, problems: Problems, name: str = "") -> int:
        seconds = dose_text.parse_seconds(node.text) if isinstance(node, Scalar) else None
        if seconds is None or not self.low <= seconds <= self.high:
            self.refuse(node, problems, name, f"{self.low} to {self.high} seconds", "write it like 30 s")
        return seconds

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({dose_text.SECONDS_PATTERN})$"}


def seconds(low: int = 1, high: int = dose_text.MAX_SECONDS) -> Seconds:
    """Whole seconds from `low` to `high`."""
    return Seconds(low, high)


class ExactSeconds(Reader[float]):
    """Seconds that need not be whole, written "4.5 s" or "2 min"."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def read(self, node: Node, problems: Problems, name: str = "") -> float:
        value = dose_text.parse_exact_seconds(node.text) if isinstance(node, Scalar) else None
        if value is None or not self.low <= value <= self.high:
            self.refuse(node, problems, name, f"{self.low:g} to {self.high:g} seconds", "write it like 4.5 s")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({dose_text.EXACT_SECONDS_PATTERN})$"}


def exact_seconds(low: float, high: float) -> ExactSeconds:
    """Seconds from `low` to `high`, whole or not."""
    return ExactSeconds(low, high)


class HoldReader(Reader[Hold]):
    """A hold, written "30 s" or "8 breaths"."""

    def read(self, node: Node, problems: Problems, name: str = "") -> Hold:
        value = dose_text.parse_hold(node.text) if isinstance(node, Scalar) else None
        if value is None:
            breaths = isinstance(node, Scalar) and "breath" in node.text
            expected = f"1 to {dose_text.MAX_BREATHS} breaths" if breaths else f"1 to {dose_text.MAX_SECONDS} seconds"
            self.refuse(node, problems, name, expected, "write it like 8 breaths" if breaths else "write it like 30 s")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({dose_text.SECONDS_PATTERN}|{dose_text.BREATHS_PATTERN})$"}


def hold() -> HoldReader:
    """Read a hold of 1 to 600 seconds or 1 to 60 breaths."""
    return HoldReader()


class Duration(Reader[int | None]):
    """Whole seconds, or None for `open-ended`."""

    def read(self, node: Node, problems: Problems, name: str = "") -> int | None:
        if isinstance(node, Scalar) and node.text == dose_text.OPEN_ENDED:
            return None
        value = dose_text.parse_seconds(node.text) if isinstance(node, Scalar) else None
        if value is None or not 1 <= value <= dose_text.MAX_DURATION:
            expected = f"1 to {dose_text.MAX_DURATION} seconds or open-ended"
            self.refuse(node, problems, name, expected, "write it like 30 s, 5 min or open-ended")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({dose_text.SECONDS_PATTERN}|{dose_text.OPEN_ENDED})$"}


def duration() -> Duration:
    """How long an exercise goes on in all: 1 s to 2 hours, or None when the patient ends it by feel."""
    return Duration()


class DoseText(Reader[Dose]):
    """A whole dose in one short text."""

    def read(self, node: Node, problems: Problems, name: str = "") -> Dose:
        value = dose_text.parse_dose(node.text) if isinstance(node, Scalar) else None
        if value is None:
            self.refuse(node, problems, name, "a dose", dose_text.DOSE_EXAMPLES)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "integer"], "pattern": f"^({dose_text.DOSE_PATTERN})$"}


def dose_words() -> DoseText:
    """Read a dose written like "2 x 30 s"; see `dose_text.parse_dose` for the grammar."""
    return DoseText()


class Length(Reader[float]):
    """A length in points, written with its unit."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def read(self, node: Node, problems: Problems, name: str = "") -> float:
        value = dose_text.parse_length(node.text) if isinstance(node, Scalar) else None
        if value is None:
            self.refuse(node, problems, name, "a length", "write it like 12 mm, 1 in or 12 pt")
        if not self.low <= value <= self.high:
            expected = f"{self.low * 25.4 / 72:.4g} to {self.high * 25.4 / 72:.4g} mm"
            self.refuse(node, problems, name, expected)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({dose_text.LENGTH_PATTERN})$"}


def length(low: float = 0.0, high: float = 2000.0) -> Length:
    """Read a length from `low` to `high` points, written in mm, cm, in or pt."""
    return Length(low, high)


class Date(Reader[dt.date]):
    """A calendar day."""

    expected = "a date"
    example = "write it like 2026-03-31"

    def read(self, node: Node, problems: Problems, name: str = "") -> dt.date:
        if not isinstance(node, Scalar) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text.strip()):
            self.refuse(node, problems, name, self.expected, self.example)
        try:
            return dt.date.fromisoformat(node.text.strip())
        except ValueError:
            self.refuse(node, problems, name, "a day that exists", self.example)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


def date() -> Date:
    """Read a day written YYYY-MM-DD."""
    return Date()


class DateOrToday(Reader["dt.date | Literal['today']"]):
    """A calendar day, or the word today, which whoever knows the date resolves."""

    def read(self, node: Node, problems: Problems, name: str = "") -> dt.date | Literal["today"]:
        if isinstance(node, Scalar) and node.text.strip() == TODAY:
            return TODAY
        reader = Date()
        reader.expected, reader.example = "a date or today", "write it like 2026-03-31 or today"
        return reader.read(node, problems, name)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "format": "date"}, {"const": TODAY}]}


def date_or_today() -> DateOrToday:
    """Read a day written YYYY-MM-DD, or `today`."""
    return DateOrToday()
