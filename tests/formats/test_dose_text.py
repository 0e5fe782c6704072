"""Short texts of amounts become seconds and points, or are refused."""

from __future__ import annotations

import json
import re

import pytest

from handouts.formats.dose_text import (
    DOSE_PATTERN,
    format_seconds,
    parse_dose,
    parse_exact_seconds,
    parse_hold,
    parse_length,
    parse_seconds,
)
from handouts.formats.kinds import KINDS
from handouts.model import Dose, Hold, HoldUnit


def held(count: int) -> Hold:
    return Hold(count=count, unit=HoldUnit.SECONDS)


def breaths(count: int) -> Hold:
    return Hold(count=count, unit=HoldUnit.BREATHS)


DOSES = {
    "2 x 30 s": Dose(repetitions=2, hold=held(30)),
    "2x30s": Dose(repetitions=2, hold=held(30)),
    "2 × 30 s": Dose(repetitions=2, hold=held(30)),
    "3 x 10": Dose(sets=3, repetitions=10),
    "3×10×5 s": Dose(sets=3, repetitions=10, hold=held(5)),
    "10": Dose(repetitions=10),
    "30 s": Dose(hold=held(30)),
    "5 min": Dose(duration_s=300),
    "1 min 30 s": Dose(duration_s=90),
    "2 x 1 min": Dose(repetitions=2, hold=held(60)),
    "8 breaths": Dose(hold=breaths(8)),
    "2 x 8 breaths": Dose(repetitions=2, hold=breaths(8)),
    "open-ended": Dose(open_ended=True),
    "blank": Dose(blank=True),
}


@pytest.mark.parametrize("words", DOSES)
def test_dose(words: str) -> None:
    assert parse_dose(words) == DOSES[words]
    assert re.fullmatch(DOSE_PATTERN, words)


@pytest.mark.parametrize(
    "words", ["", "x", "30 m", "2 x", "x 2", "2 xx 3", "0", "1000", "2 x 3 x 4 x 5", "2 x 0 s", "-2", "2 x 900 s", "3 h", "٣"]
)
def test_not_a_dose(words: str) -> None:
    assert parse_dose(words) is None


def test_amounts() -> None:
    assert parse_seconds("2 min") == 120
    assert parse_seconds("30") is None
    assert parse_exact_seconds("4.5 s") == 4.5
    assert parse_hold("61 breaths") is None
    assert parse_length("25.4 mm") == pytest.approx(72)
    assert parse_length("1 in") == 72
    assert parse_length("12 pt") == 12
    assert parse_length("12") is None
    assert [format_seconds(n) for n in (30, 60, 90)] == ["30 s", "1 min", "90 s"]


def test_schemas_know_the_same_doses() -> None:
    assert (
        DOSE_PATTERN
        in json.loads(json.dumps(KINDS["request"].reader.json_schema()))["properties"]["dose"]["additionalProperties"]["anyOf"][
            0
        ]["pattern"]
    )
