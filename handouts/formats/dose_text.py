"""Short texts of amounts: "2 x 30 s", "8 breaths", "2 min", "25.4 mm", parsed once into seconds and points."""

from __future__ import annotations

import re

from handouts.model import Dose, Hold, HoldUnit

MAX_SECONDS = 600
MAX_DURATION = 7200
MAX_BREATHS = 60
MAX_REPETITIONS = 100
MAX_SETS = 20

OPEN_ENDED = "open-ended"
DOSE_EXAMPLES = 'write it like "2 x 30 s", "3 x 10", "3 x 10 x 5 s", "10", "5 min", "2 x 8 breaths", "open-ended" or "blank"'

SECONDS_PATTERN = r"[0-9]+ ?min( ?[0-9]{1,2} ?s)?|[0-9]+ ?s"
EXACT_SECONDS_PATTERN = r"[0-9]+(\.[0-9]+)? ?(s|min)"
BREATHS_PATTERN = r"[0-9]+ ?breaths?"
LENGTH_PATTERN = r"-?[0-9]+(\.[0-9]+)? ?(mm|cm|in|pt)"
_COUNT = r"[0-9]{1,4}"
_AMOUNT = rf"({SECONDS_PATTERN}|{BREATHS_PATTERN})"
DOSE_PATTERN = rf"(({_COUNT} *[x×] *)?{_COUNT} *[x×] *)?({_COUNT}|{_AMOUNT})|open-ended|blank"

# Why not compiled here: most handouts are made without such a text, and would wait for it.
_SECONDS = r"(?:([0-9]{1,4}) ?min)?(?: ?([0-9]{1,4}) ?s)?"
_EXACT = r"([0-9]{1,4}(?:\.[0-9]{1,3})?) ?(s|min)"
_BREATHS = r"([0-9]{1,4}) ?breaths?"
_LENGTH = r"(-?[0-9]{1,5}(?:\.[0-9]{1,4})?) ?(mm|cm|in|pt)"
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0}


def parse_seconds(text: str) -> int | None:
    """Whole seconds of "30 s", "2 min" or "1 min 30 s"; None for anything else."""
    match = re.fullmatch(_SECONDS, text.strip())
    if not match or not (match[1] or match[2]):
        return None
    return 60 * int(match[1] or 0) + int(match[2] or 0)


def parse_exact_seconds(text: str) -> float | None:
    """Seconds of "4.5 s" or "2 min"; None for anything else."""
    match = re.fullmatch(_EXACT, text.strip())
    return float(match[1]) * (60 if match[2] == "min" else 1) if match else None


def parse_breaths(text: str) -> int | None:
    """Return the number of "8 breaths"; None for anything else."""
    match = re.fullmatch(_BREATHS, text.strip())
    return int(match[1]) if match else None


def parse_length(text: str) -> float | None:
    """Points of "12 mm", "2.5 cm", "1 in" or "12 pt"; None for anything else."""
    match = re.fullmatch(_LENGTH, text.strip())
    return float(match[1]) * _POINTS[match[2]] if match else None


def parse_hold(text: str) -> Hold | None:
    """Return a hold of 1 to 600 seconds or 1 to 60 breaths; None for anything else."""
    breaths = parse_breaths(text)
    if breaths is not None:
        return Hold(count=breaths, unit=HoldUnit.BREATHS) if 1 <= breaths <= MAX_BREATHS else None
    seconds = parse_seconds(text)
    if seconds is None or not 1 <= seconds <= MAX_SECONDS:
        return None
    return Hold(count=seconds, unit=HoldUnit.SECONDS)


def parse_dose(text: str) -> Dose | None:
    """Return the dose a short text states; None when it is not one (then show DOSE_EXAMPLES).

    "2 x 30 s": 2 repetitions held 30 s · "3 x 10": 3 sets of 10 repetitions · "3 x 10 x 5 s": sets, repetitions, hold ·
    "10": repetitions · "5 min": a duration · "30 s", "8 breaths": a hold · "open-ended" · "blank".
    A lone "30 s" is returned as a hold; whoever knows the exercise applies it as the duration when the exercise is timed.
    """
    words = text.strip()
    if words == "blank":
        return Dose(blank=True)
    if words == OPEN_ENDED:
        return Dose(open_ended=True)
    *counts, last = [part.strip() for part in re.split("[x×X]", words)]
    if not all(re.fullmatch(_COUNT, count) for count in counts) or len(counts) > 2:
        return None
    if re.fullmatch(_COUNT, last):
        return _counted([*(int(count) for count in counts), int(last)], None)
    seconds = parse_seconds(last)
    if not counts and seconds is not None and "min" in last:
        return Dose(duration_s=seconds) if 1 <= seconds <= MAX_DURATION else None
    hold = parse_hold(last)
    return None if hold is None else _counted([int(count) for count in counts], hold)


def _counted(counts: list[int], hold: Hold | None) -> Dose | None:
    if len(counts) > 2:
        return None
    sets = counts[0] if len(counts) == 2 else None
    repetitions = counts[-1] if counts else None
    if sets is not None and not 1 <= sets <= MAX_SETS:
        return None
    if repetitions is not None and not 1 <= repetitions <= MAX_REPETITIONS:
        return None
    return Dose(sets=sets, repetitions=repetitions, hold=hold)


def format_seconds(seconds: int) -> str:
    """Write "30 s" or, for whole minutes, "2 min"; `parse_seconds` reads it back."""
    return f"{seconds // 60} min" if seconds and seconds % 60 == 0 else f"{seconds} s"


def format_hold(hold: Hold) -> str:
    """Write "30 s" or "8 breaths"; `parse_hold` reads it back."""
    return f"{hold.count} breaths" if hold.unit is HoldUnit.BREATHS else f"{hold.count} s"


def format_dose(dose: Dose) -> str | None:
    """Write the short text of a dose, such as "2 x 30 s"; None when no short text says it all."""
    fields = dose_fields(dose)
    words = "blank" if dose.blank else fields.get("duration")
    if words is None:
        words = " x ".join(str(fields[key]) for key in ("sets", "repetitions", "hold") if key in fields)
    return str(words) if parse_dose(str(words)) == dose else None


def dose_fields(dose: Dose) -> dict[str, int | str]:
    """Return what a dose states as it is written in files, by the names of its fields there."""
    fields: dict[str, int | str | None] = {
        "sets": dose.sets,
        "repetitions": dose.repetitions,
        "hold": None if dose.hold is None else format_hold(dose.hold),
        "duration": OPEN_ENDED if dose.open_ended else None if dose.duration_s is None else format_seconds(dose.duration_s),
        "rest": None if dose.rest_s is None else format_seconds(dose.rest_s),
        "per_day": dose.per_day,
        "days_per_week": dose.days_per_week,
    }
    return {key: value for key, value in fields.items() if value is not None}
