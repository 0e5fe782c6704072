"""Chooses unasked: only exercises safe for this patient, the key exercise first, as many as the minutes hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from handouts.errors import CannotPrintError, Problem
from handouts.model import Catalog, Exercise, PlannedExercise, Request
from handouts.routine import TOLERANCE, order_exercises, session_clock
from handouts.rules import SEVERITY, UNDETERMINED, bars_to_choosing

_NAMES_SHOWN = 4
_UNTIMED = "minutes (without a set time)"
_CHANGEABLE = ("region ", "position ", "exclude", "minutes ", "dose ")


def choose_unasked(
    candidates: Sequence[PlannedExercise], profile: str | None, request: Request, catalog: Catalog, *, most: int
) -> list[PlannedExercise]:
    """Return at most `most` of the candidates, in the order to do them.

    Best first: key exercises of the profile, then `prefer` before `neutral`, then the catalogue's order; ordered for the
    fewest changes of position. Fitted into the minutes; over by up to 20 % only where they would otherwise stay more than
    20 % short. Never padded: two right exercises beat five.

    Raises CannotPrintError when nothing is left (saying what removed what) or the minutes hold not one exercise.
    """
    if not (request.profile or request.regions or request.positions or request.level or request.minutes or request.precautions):
        hint = "give --region lower-back, --profile extension, --routine five-minute or --exercise ID"
        raise CannotPrintError(Problem(message="nothing is asked for", hint=hint))
    removed = {item.exercise.id: _removed_by(item, profile, request, catalog) for item in candidates}
    left = [item for item in candidates if not removed[item.exercise.id]]
    if not left:
        raise CannotPrintError(_explain_empty(removed))
    ranked = _rank(left, profile, catalog)
    if request.minutes is None:
        return _ordered(ranked[:most], profile, catalog)
    shortest = min(_seconds(item) for item in ranked)
    if shortest > room_for(request.minutes):
        raise CannotPrintError(least_minutes(shortest, request.minutes))
    chosen = _fill([], ranked, request.minutes * 60, profile, catalog, most)
    if _session(chosen, profile, catalog) < request.minutes * 60 * (1 - TOLERANCE):
        chosen = _fill(chosen, ranked, room_for(request.minutes), profile, catalog, min(most, len(chosen) + 1))
    return _ordered(chosen, profile, catalog)


def filters_against(exercise: Exercise, request: Request) -> tuple[str, ...]:
    """Return the names of the clinician's own filters that leave this exercise out."""
    filters = []
    if request.regions and not any(region in request.regions for region in exercise.regions):
        filters.append(f"region {', '.join(request.regions)}")
    if request.positions and exercise.position not in request.positions:
        filters.append(f"position {', '.join(request.positions)}")
    if request.level and exercise.level is not request.level:
        filters.append(f"level {request.level.value}")
    if exercise.id in request.exclude:
        filters.append("exclude")
    return tuple(filters)


def left_out_untimed(
    candidates: Sequence[PlannedExercise], profile: str | None, request: Request, catalog: Catalog
) -> tuple[str, ...]:
    """Return the key exercises that nothing but the minutes leaves out: the patient ends them by feel."""
    by_id = {item.exercise.id: item for item in candidates}
    keys = [key for key in _keys(profile, catalog) if key in by_id]
    return tuple(key for key in keys if _removed_by(by_id[key], profile, request, catalog) == (_UNTIMED,))


def room_for(minutes: int) -> float:
    """Return the seconds a session of so many minutes may take: 20 % over still counts as that long."""
    return minutes * 60 * (1 + TOLERANCE)


def least_minutes(seconds: float, asked: int) -> Problem:
    """Return the problem of minutes too few for one exercise of `seconds`, with the least that would do."""
    least = math.ceil(seconds / room_for(1))
    return Problem(
        message=f"{asked} minutes are too few for one exercise: at least {least} are needed", hint=f"--minutes {least}"
    )


def _fill(
    chosen: list[PlannedExercise],
    ranked: Sequence[PlannedExercise],
    limit: float,
    profile: str | None,
    catalog: Catalog,
    most: int,
) -> list[PlannedExercise]:
    filled = list(chosen)
    for item in ranked:
        if len(filled) < most and item not in filled and _session([*filled, item], profile, catalog) <= limit:
            filled.append(item)
    return filled


def _session(items: list[PlannedExercise], profile: str | None, catalog: Catalog) -> float:
    return session_clock(_ordered(items, profile, catalog), catalog.clock, catalog.positions)


def _ordered(items: Sequence[PlannedExercise], profile: str | None, catalog: Catalog) -> list[PlannedExercise]:
    by_id = {item.exercise.id: item for item in items}
    first = next((key for key in _keys(profile, catalog) if key in by_id), None)
    return [by_id[each.id] for each in order_exercises([item.exercise for item in items], catalog.positions, first)]


def _rank(items: Sequence[PlannedExercise], profile: str | None, catalog: Catalog) -> list[PlannedExercise]:
    keys = _keys(profile, catalog)
    return sorted(
        items,
        key=lambda item: (
            keys.index(item.exercise.id) if item.exercise.id in keys else len(keys),
            SEVERITY.index(item.verdict),
        ),
    )


def _keys(profile: str | None, catalog: Catalog) -> tuple[str, ...]:
    return catalog.profiles[profile].key_exercises if profile else ()


def _seconds(item: PlannedExercise) -> float:
    return item.seconds or 0.0


def _removed_by(item: PlannedExercise, profile: str | None, request: Request, catalog: Catalog) -> tuple[str, ...]:
    """Return the names of all filters that remove this exercise, the clinician's own first."""
    exercise = item.exercise
    filters = [*filters_against(exercise, request)]
    if not item.dose.is_complete:
        filters.append("dose (not stated)")
    elif request.minutes is not None and item.seconds is None:
        filters.append(_UNTIMED)
    bars = bars_to_choosing(exercise, profile, request.precautions, catalog, judged=item.findings)
    filters += [_BARS.get(bar, bar.replace(":", " ")) for bar in bars]
    return tuple(dict.fromkeys(filters))


_ADVANCED = "level advanced (by name only)"
_BARS = {"level:advanced": _ADVANCED, f"profile:{UNDETERMINED}": f"profile {UNDETERMINED} or not given"}


def _explain_empty(removed: Mapping[str, tuple[str, ...]]) -> list[Problem]:
    problems = [
        Problem(
            message="nothing is left to choose from: only what is right or harmless for this patient is chosen unasked",
            hint="change one of the filters below, or name what you want with --exercise ID",
        )
    ]
    for name in dict.fromkeys(name for names in removed.values() for name in names):
        count = sum(name in names for names in removed.values())
        alone = [exercise for exercise, names in removed.items() if names == (name,)]
        shown = ", ".join(alone[:_NAMES_SHOWN]) + (" …" if len(alone) > _NAMES_SHOWN else "")
        found = name.startswith(_CHANGEABLE) and alone
        hint = f"without it: {shown}" if found else f"--exercise {alone[0]}" if name == _ADVANCED and alone else None
        problems.append(Problem(message=f"{name} removes {count} of {len(removed)}", hint=hint))
    return problems
