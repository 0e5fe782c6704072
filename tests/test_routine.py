"""The order of a session and its honest clock."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_catalog import CATALOG, CLOCK, dose, exercise, held

from handouts.model import Dose, Exercise, PlannedExercise, Side, Sides
from handouts.routine import count_transfers, exercise_seconds, minutes_off, order_exercises, plan_routine, session_clock
from handouts.rules import judge

POSITIONS = CATALOG.positions


def seconds(sides: Sides, amount: Dose, side: Side = Side.BOTH) -> float | None:
    return exercise_seconds(exercise("any", sides=sides), amount, side, CLOCK)


def planned(exercise_id: str, profile: str | None = None) -> PlannedExercise:
    each = CATALOG.exercises[exercise_id]
    judged = judge(each, profile, (), CATALOG)
    time = exercise_seconds(each, each.dose, Side.BOTH, CLOCK)
    return PlannedExercise(
        exercise=each,
        dose=each.dose,
        side=Side.BOTH,
        verdict=judged.verdict,
        findings=judged.findings,
        note=None,
        override=None,
        seconds=time,
    )


@pytest.mark.parametrize(
    ("sides", "amount", "side", "expected"),
    [
        (Sides.NONE, held(1, 30), Side.BOTH, 30),
        (Sides.EACH, held(2, 30), Side.BOTH, 2 * 60 + 5),  # both sides and one change
        (Sides.EACH, held(2, 30), Side.LEFT, 60),
        (Sides.NONE, dose(repetitions=10), Side.BOTH, 50),
        (Sides.ALTERNATING, dose(repetitions=10), Side.BOTH, 100),  # there and back on both sides
        (Sides.DIRECTIONS, dose(duration_s=15), Side.BOTH, 15 + 5 + 15),
        (Sides.NONE, dose(repetitions=10, sets=3), Side.BOTH, 3 * 50 + 2 * 15),
        (Sides.NONE, replace(held(2, 30), rest_s=10), Side.BOTH, 30 + 10 + 30),
        (Sides.EACH, replace(held(2, 30), sets=2, rest_s=10), Side.BOTH, 2 * (70 + 5 + 70) + 10),
        (Sides.NONE, CATALOG.exercises["wide-fold"].dose, Side.BOTH, 8 * 6),
        (Sides.NONE, dose(open_ended=True), Side.BOTH, None),
        (Sides.NONE, replace(held(1, 30), blank=True), Side.BOTH, None),
        (Sides.NONE, dose(), Side.BOTH, None),
    ],
)
def test_what_the_clock_counts_of_one_exercise(sides: Sides, amount: Dose, side: Side, expected: float | None) -> None:
    assert seconds(sides, amount, side) == expected


def test_the_session_adds_changes_of_exercise_and_of_position() -> None:
    lying, kneeling, standing = planned("bridge"), planned("childs-pose"), planned("wide-fold")
    alone = 115 + 30 + 48  # two sets of ten bridges with a rest, one hold, eight breaths
    assert session_clock([lying, kneeling, standing], CLOCK, POSITIONS) == alone + (10 + 5) + (10 + 15)
    assert session_clock([lying, replace(lying, exercise=exercise("other"))], CLOCK, POSITIONS) == 115 + 10 + 115


def test_a_way_known_in_one_direction_counts_for_the_way_back() -> None:
    clock = replace(CLOCK, transfers={("floor", "standing"): 20})
    assert session_clock([planned("wide-fold"), planned("childs-pose")], clock, POSITIONS) == 48 + 10 + 20 + 30


def test_five_minutes_are_five_minutes() -> None:
    items = [planned(each) for each in CATALOG.routines["five-minute"].exercises]
    plan = plan_routine(items, CATALOG, routine=CATALOG.routines["five-minute"])
    assert 240 <= plan.seconds <= 360
    assert plan.warnings == ()
    assert plan.transfers == 4  # down, up for the lunge, down again, up at the end


def test_a_routine_that_does_not_keep_its_promise_says_so() -> None:
    routine = replace(CATALOG.routines["five-minute"], minutes=10)
    plan = plan_routine([planned(each) for each in routine.exercises], CATALOG, routine=routine)
    assert plan.warnings == ("routine five-minute is called 10 minutes and takes about 6",)


def test_minutes_are_kept_within_twenty_percent() -> None:
    assert not minutes_off(240, 5)
    assert not minutes_off(360, 5)
    assert minutes_off(239, 5)
    assert minutes_off(361, 5)


def test_open_ended_is_flagged_and_not_counted() -> None:
    plan = plan_routine([planned("knee-hug"), planned("recumbent-bike")], CATALOG, minutes=2)
    assert plan.open_ended
    assert plan.seconds == 65 + 10
    assert plan.warnings == ()


def test_only_the_dose_all_share_is_told_once() -> None:
    twice = replace(planned("bridge"), dose=dose(repetitions=10, per_day=2))
    plan = plan_routine([planned("quad"), twice], CATALOG)
    assert (plan.per_day, plan.days_per_week) == (None, 7)


def test_if_you_only_have_time_for_one() -> None:
    items = [planned(each, "extension") for each in ("bridge", "press-up", "hip-flexor")]
    assert plan_routine(items, CATALOG, profile="extension").only_one == "press-up"
    assert plan_routine(items[:1], CATALOG, profile="extension").only_one is None
    menu = CATALOG.routines["menu"]
    assert plan_routine([planned(each) for each in menu.exercises], CATALOG, routine=menu).only_one is None


def test_key_exercise_first_then_floor_then_standing() -> None:
    chosen = [CATALOG.exercises[each] for each in ("hip-flexor", "bridge", "press-up", "quad", "knee-hug")]
    ordered = [each.id for each in order_exercises(chosen, POSITIONS, "press-up")]
    assert ordered == ["press-up", "bridge", "knee-hug", "hip-flexor", "quad"]


def burden(order: tuple[Exercise, ...]) -> tuple[int, int]:
    return sum(one.position != other.position for one, other in pairwise(order)), count_transfers(order, POSITIONS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(CATALOG.exercises)), min_size=1, max_size=6, unique=True))
def test_no_order_with_the_same_first_has_fewer_changes(ids: list[str]) -> None:
    chosen = [CATALOG.exercises[each] for each in ids]
    ordered = order_exercises(chosen, POSITIONS, ids[0])
    every = [order for order in permutations(chosen) if order[0] is chosen[0]]
    assert ordered in every
    assert burden(ordered)[0] == min(burden(order)[0] for order in every)
    assert burden(ordered)[1] == min(burden(order)[1] for order in every)
