"""Which exercises a clinician gets, in which order, and what is refused."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_catalog import CATALOG, REASONS, dose

from handouts.errors import CannotPrintError, ExitCode, HandoutsError, InputError
from handouts.model import Catalog, Dose, Entry, Hold, HoldUnit, Level, Plan, Request, Side, Verdict
from handouts.routine import minutes_off
from handouts.rules import ConflictError
from handouts.selection import plan_handout

SECONDS_30 = Hold(count=30, unit=HoldUnit.SECONDS)


def plan(**asked: Any) -> Plan:
    return plan_handout(Request(**asked), CATALOG, REASONS)


def named(*ids: str, **stated: Any) -> tuple[Entry, ...]:
    return tuple(Entry(id=each, **stated) for each in ids)


def ids(made: Plan) -> list[str]:
    return [item.exercise.id for item in made.items]


def refused(kind: type[HandoutsError], **asked: Any) -> list[str]:
    with pytest.raises(kind) as caught:
        plan(**asked)
    assert caught.type is kind
    return [str(problem) for problem in caught.value.problems]


# ------------------------------------------------------------------------------------------ chosen unasked


def test_extension_lower_back_ten_minutes() -> None:
    made = plan(profile="extension", regions=("lower-back",), minutes=10)
    assert ids(made) == ["press-up", "bridge", "hip-flexor"]  # key first, then lying, then standing
    assert made.only_one == "press-up"
    assert made.warnings == ("3 exercises fill 5 of 10 minutes",)


def test_flexion_starts_with_its_key_exercise() -> None:
    made = plan(profile="flexion", regions=("lower-back",))
    assert ids(made) == ["knee-hug", "bridge", "childs-pose", "recumbent-bike", "wide-fold"]  # lying, kneeling, sitting, standing


def test_best_first_when_there_is_more_than_fits() -> None:
    assert ids(plan(profile="extension", minutes=3)) == ["press-up", "bridge"]  # the first key exercise, not the longer second
    preferred = ids(plan(profile="flexion"))
    assert preferred == ["knee-hug", "bridge", "figure-four", "childs-pose", "recumbent-bike"]  # the bike before neutral quad


def test_never_more_than_five_unasked_however_long_the_session() -> None:
    assert len(plan(profile="flexion", minutes=30).items) == 5


@pytest.mark.parametrize("profile", [None, "undetermined"])
def test_without_a_direction_nothing_at_the_end_of_bending_or_arching(profile: str | None) -> None:
    assert ids(plan(profile=profile, regions=("lower-back", "hip"))) == ["bridge", "figure-four", "hip-flexor", "quad"]


def test_minutes_are_filled_not_overfilled_and_never_padded() -> None:
    assert ids(plan(profile="extension", minutes=1)) == ["press-up"]
    made = plan(profile="extension", regions=("hip",), minutes=5)
    assert ids(made) == ["hip-flexor", "bridge"]
    assert made.warnings == ()


def test_open_ended_is_not_chosen_for_a_set_time() -> None:
    assert "recumbent-bike" in ids(plan(profile="flexion", positions=("seated-bike",)))
    problems = refused(CannotPrintError, profile="flexion", positions=("seated-bike",), minutes=10)
    assert "minutes (without a set time) removes 1 of 13 (without it: recumbent-bike)" in problems


def test_minutes_too_few_say_how_many_are_needed() -> None:
    asked = {"profile": "extension", "exclude": ("press-up",), "regions": ("lower-back",), "minutes": 1}
    assert refused(CannotPrintError, **asked) == [
        "1 minutes are too few for one exercise: at least 2 are needed (--minutes 2)",
    ]
    assert plan(**{**asked, "minutes": 2}).items


def test_nothing_left_says_what_removed_what_and_what_to_change() -> None:
    problems = refused(CannotPrintError, profile="extension", regions=("thigh",), positions=("supine",))
    assert problems[0].startswith("nothing is left to choose from")
    assert "position supine removes 9 of 13 (without it: quad)" in problems
    assert "region thigh removes 12 of 13 (without it: bridge)" in problems
    assert any(line.startswith("profile extension removes") for line in problems)


def test_advanced_comes_by_name_only() -> None:
    problems = refused(CannotPrintError, profile="extension", level=Level.ADVANCED)
    assert "level advanced (by name only) removes 1 of 13 (--exercise pigeon)" in problems
    assert ids(plan(profile="extension", exercises=named("pigeon"))) == ["pigeon"]


def test_nothing_asked_is_refused() -> None:
    assert "nothing is asked for" in refused(CannotPrintError)[0]


def test_blank_doses_keep_to_the_minutes_all_the_same() -> None:
    asked = {"profile": "extension", "regions": ("lower-back",), "minutes": 3}
    blank = plan(**asked, blank_doses=True)
    assert ids(blank) == ids(plan(**asked))
    assert all(item.dose.blank and item.seconds is None for item in blank.items)


# ------------------------------------------------------------------------------------------ by name, by routine


def test_the_order_of_the_clinician_stands() -> None:
    assert ids(plan(profile="extension", exercises=named("quad", "bridge", "press-up"))) == ["quad", "bridge", "press-up"]


def test_a_routine_alone_is_built_as_it_is() -> None:
    made = plan(routine="five-minute")
    assert ids(made) == ["circles", "childs-pose", "lunge", "figure-four", "twist"]
    assert 240 <= made.seconds <= 360
    assert made.warnings == ()
    assert made.profile is None


def test_a_routine_brings_its_profile_and_its_times_a_day() -> None:
    made = plan(routine="extension-starter")
    assert (made.profile, made.per_day) == ("extension", 3)


def test_avoid_by_name_lists_every_conflict_with_its_swap() -> None:
    problems = refused(
        ConflictError, profile="extension", exercises=named("childs-pose", "bridge", "wide-fold"), precautions=("glaucoma",)
    )
    assert len(problems) == 3
    assert problems[0].startswith(
        "childs-pose: avoid, by profile extension: Bending makes this profile worse [source: lift, inferred]"
    )
    assert "use --swap to print press-up instead" in problems[0]  # bridge is on the list already
    assert "use --swap to print quad instead" in problems[1]
    assert problems[2].startswith("wide-fold: avoid, by precaution glaucoma")


def test_avoid_in_a_routine_lists_every_conflict() -> None:
    problems = refused(ConflictError, routine="menu", profile="extension")
    assert [problem.split(":")[0] for problem in problems] == ["knee-hug", "childs-pose", "wide-fold"]
    assert ConflictError.exit_code is ExitCode.CANNOT_PRINT


def test_swap_puts_each_swap_in_its_place_without_doubles() -> None:
    made = plan(profile="extension", exercises=named("childs-pose", "bridge", "wide-fold"), swap=True)
    assert ids(made) == ["press-up", "bridge", "quad"]
    assert "childs-pose is replaced by press-up: Bending makes this profile worse" in made.warnings


def test_swap_prints_what_the_conflict_promised() -> None:
    asked = {"profile": "extension", "exercises": named("childs-pose", "knee-hug", "wide-fold")}
    with pytest.raises(ConflictError) as caught:
        plan(**asked)
    assert ids(plan(**asked, swap=True)) == [found.swap for found in caught.value.findings]


def test_what_has_no_swap_remains_a_conflict() -> None:
    problems = refused(ConflictError, precautions=("no-floor", "balance"), exercises=named("knee-hug", "hip-flexor"), swap=True)
    assert len(problems) == 1
    assert "(its swaps are already in the plan; use --exclude knee-hug" in problems[0]


def test_override_lets_it_through_as_a_caution_with_its_findings() -> None:
    made = plan(profile="extension", exercises=named("childs-pose", override="tolerated today"))
    (item,) = made.items
    assert (item.verdict, item.override) == (Verdict.CAUTION, "tolerated today")
    assert item.findings[0].ruling.verdict is Verdict.AVOID


def test_override_can_be_given_beside_a_routine() -> None:
    entries = {each: Entry(id=each, override="fine here") for each in ("knee-hug", "childs-pose", "wide-fold")}
    assert len(plan(routine="menu", profile="extension", entries=entries).items) == 7


def test_an_override_nobody_needs_is_told() -> None:
    made = plan(profile="extension", exercises=named("bridge", override="why not"))
    assert "override of bridge is not needed: no rule says avoid" in made.warnings


def test_unspecified_by_name_is_printed_with_a_warning_never_as_safe() -> None:
    made = plan(profile="extension", exercises=named("twist"))
    assert made.items[0].verdict is Verdict.UNSPECIFIED
    assert made.warnings == ("no source says whether these suit profile extension; your decision: twist",)


def test_more_than_five_by_name_is_told() -> None:
    six = named("bridge", "circles", "figure-four", "hip-flexor", "lunge", "quad")
    assert "6 exercises: 5 is the most advised" in plan(exercises=six).warnings
    assert (
        "9 exercises: more than 8 are seldom done" in plan(exercises=(*six, *named("twist", "pigeon", "recumbent-bike"))).warnings
    )
    assert not [line for line in plan(routine="menu").warnings if "exercises:" in line]


def test_exclude_removes_from_a_routine() -> None:
    assert ids(plan(routine="five-minute", exclude=("lunge",))) == ["circles", "childs-pose", "figure-four", "twist"]
    assert refused(CannotPrintError, exercises=named("quad"), exclude=("quad",)) == [
        "nothing is left: every exercise asked for is excluded (leave out one --exclude)"
    ]


def test_a_routine_is_shortened_from_its_end() -> None:
    made = plan(routine="five-minute", minutes=3)
    assert ids(made) == ["circles", "childs-pose", "lunge"]
    assert made.warnings == ("left out to fit 3 minutes: figure-four, twist",)
    assert ids(plan(routine="five-minute", minutes=5)) == list(CATALOG.routines["five-minute"].exercises)


def test_what_is_named_is_kept_and_the_time_is_told() -> None:
    made = plan(profile="extension", exercises=named("hip-flexor", "bridge", "quad"), minutes=3)
    assert len(made.items) == 3
    assert made.warnings == ("the session takes 6 minutes, 3 were asked for",)


# ------------------------------------------------------------------------------------------ doses, sides, notes


def one(exercise_id: str, change: Dose | None = None, **asked: Any) -> Dose:
    return plan(exercises=named(exercise_id, dose=change), **asked).items[0].dose


def test_a_plain_time_sets_the_hold_of_a_held_and_the_time_of_a_timed_exercise() -> None:
    time = Dose(hold=SECONDS_30)
    assert one("hip-flexor", time).hold == SECONDS_30
    assert one("hip-flexor", time).repetitions == 2
    assert one("hip-flexor", Dose(duration_s=60)).hold == Hold(count=60, unit=HoldUnit.SECONDS)
    assert one("circles", time).duration_s == 30
    assert one("circles", Dose(duration_s=40)).duration_s == 40
    assert (one("recumbent-bike", Dose(duration_s=300)).duration_s, one("recumbent-bike", Dose(duration_s=300)).open_ended) == (
        300,
        False,
    )


def test_repetitions_for_a_timed_exercise_are_refused_with_what_to_type() -> None:
    change = Dose(repetitions=2, hold=SECONDS_30)
    assert refused(InputError, exercises=named("circles", dose=change)) == [
        'dose of circles: it is timed, found 2 repetitions (type a time: --dose "circles: 30 s")'
    ]


def test_only_a_time_for_a_counted_exercise_is_refused() -> None:
    assert "it is counted, not held" in refused(InputError, exercises=named("press-up", dose=Dose(hold=SECONDS_30)))[0]


def test_a_dose_changes_only_what_it_states() -> None:
    changed = one("hip-flexor", Dose(repetitions=4))
    assert (changed.repetitions, changed.hold, changed.sets, changed.per_day) == (4, SECONDS_30, 1, 1)


def test_a_routines_dose_lies_between_the_exercise_and_the_clinician() -> None:
    routine = replace(CATALOG.routines["five-minute"], doses={"lunge": dose(repetitions=3, per_day=2)})
    catalog = replace(CATALOG, routines={"five-minute": routine})
    by_routine = plan_handout(Request(routine="five-minute"), catalog).items[2].dose
    assert (by_routine.repetitions, by_routine.hold, by_routine.per_day) == (3, SECONDS_30, 2)
    entries = {"lunge": Entry(id="lunge", dose=Dose(repetitions=5))}
    assert plan_handout(Request(routine="five-minute", entries=entries), catalog).items[2].dose.repetitions == 5


def test_times_a_day_and_days_hold_for_the_whole_plan() -> None:
    made = plan(routine="five-minute", times_per_day=2, days=("mon", "wed", "fri"))
    assert (made.per_day, made.days_per_week) == (2, 3)


def test_one_side_takes_half_the_time() -> None:
    made = plan(exercises=named("hip-flexor", side=Side.LEFT, note="the stiff one"))
    (item,) = made.items
    assert (item.side, item.seconds, item.note) == (Side.LEFT, 60, "the stiff one")


def test_an_exercise_without_a_dose_is_refused_unless_left_blank() -> None:
    bare = replace(CATALOG.exercises["bridge"], dose=Dose(per_day=1))
    catalog = replace(CATALOG, exercises={**CATALOG.exercises, "bridge": bare})
    request = Request(exercises=named("bridge"))
    with pytest.raises(CannotPrintError) as caught:
        plan_handout(request, catalog)
    assert [problem.message for problem in caught.value.problems] == [
        "bridge has no dose",
        "bridge: how many days a week is not stated",
    ]
    assert plan_handout(replace(request, blank_doses=True), catalog).items[0].dose.blank


# ------------------------------------------------------------------------------------------ wrong input


def test_all_unknown_ids_are_told_at_once_with_the_nearest() -> None:
    problems = refused(
        InputError,
        profile="extention",
        regions=("lowerback",),
        routine="five-minutes",
        exercises=named("press-ups"),
        exclude=("quads",),
        positions=("suppine",),
        precautions=("glaucom",),
        entries={"bridg": Entry(id="bridg", note="x")},
        days=("mon", "tues"),
        minutes=0,
    )
    assert problems == [
        'unknown profile "extention" (did you mean extension?)',
        'unknown region "lowerback" (did you mean lower-back?)',
        'unknown routine "five-minutes" (did you mean five-minute?)',
        'unknown exercise "press-ups" (did you mean press-up?)',
        'unknown exercise to exclude "quads" (did you mean quad?)',
        'unknown position "suppine" (did you mean supine?)',
        'unknown precaution "glaucom" (did you mean glaucoma?)',
        'unknown exercise in note "bridg" (did you mean bridge?)',
        'unknown day "tues" (did you mean tue?)',
        "minutes: expected 1 or more, found 0",
    ]


def test_what_is_said_beside_a_named_exercise_adds_to_it() -> None:
    entries = {"hip-flexor": Entry(id="hip-flexor", side=Side.RIGHT, dose=Dose(repetitions=3))}
    (item,) = plan(exercises=named("hip-flexor", note="slowly"), entries=entries).items
    assert (item.side, item.note, item.dose.repetitions) == (Side.RIGHT, "slowly", 3)


def test_a_side_for_an_exercise_without_sides_is_refused() -> None:
    assert refused(InputError, exercises=named("press-up", side=Side.LEFT)) == [
        "side of press-up: it has no sides, found left (leave the side out)"
    ]
    assert plan(exercises=named("press-up", side=Side.BOTH)).items


def test_a_dose_for_what_is_not_on_the_handout_is_refused() -> None:
    entries = {
        "quad": Entry(id="quad", note="slowly"),
        "knee-hug": Entry(id="knee-hug", dose=Dose(repetitions=2), side=Side.LEFT),
    }
    quad, knee_hug = refused(InputError, exercises=named("bridge"), entries=entries)
    assert quad == "note given for quad, which is not on this handout (add --exercise quad, or leave it out; on it: bridge)"
    assert knee_hug.startswith("dose and side given for knee-hug, which is not on this handout")


def test_the_same_exercise_twice_is_refused() -> None:
    assert "bridge is asked for twice" in refused(InputError, exercises=named("bridge", "bridge"))[0]


# ------------------------------------------------------------------------------------------ for every patient


def requests(catalog: Catalog) -> st.SearchStrategy[Request]:
    def some(choices: Any, most: int) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(sorted(choices)), max_size=most, unique=True).map(tuple)

    return st.builds(
        Request,
        profile=st.none() | st.sampled_from(sorted(catalog.profiles)),
        regions=some(catalog.regions, 2),
        positions=some(catalog.positions, 2),
        precautions=some(catalog.precautions, 3),
        exclude=some(catalog.exercises, 2),
        minutes=st.none() | st.integers(1, 30),
        level=st.sampled_from([None, Level.BASIC]),
    )


def check_safe_choice(request: Request, catalog: Catalog) -> None:
    """What holds for every handout nobody named the exercises of."""
    try:
        made = plan_handout(request, catalog)
    except ConflictError:
        raise
    except CannotPrintError:
        return
    assert 1 <= len(made.items) <= 5
    for item in made.items:
        assert item.verdict in (Verdict.PREFER, Verdict.NEUTRAL)
        assert item.exercise.level is Level.BASIC
        assert item.exercise.id not in request.exclude
        assert not request.regions or set(request.regions) & set(item.exercise.regions)
        if request.profile in (None, "undetermined"):
            assert not {"end-range-flexion", "end-range-extension"} & set(item.exercise.tags)
    if request.minutes:
        assert made.seconds <= request.minutes * 60 * 1.2
        assert not made.open_ended
        told = [warning for warning in made.warnings if "has no fixed time" not in warning]
        assert bool(told) == minutes_off(made.seconds, request.minutes)
    assert plan_handout(replace(request, date=dt.date(2026, 1, 1)), catalog) == made


@settings(max_examples=300, deadline=None)
@given(requests(CATALOG))
def test_what_is_chosen_unasked_is_safe_and_fits(request: Request) -> None:
    check_safe_choice(request, CATALOG)


@settings(max_examples=150, deadline=None)
@given(requests(CATALOG), st.sampled_from(sorted(CATALOG.routines)), st.booleans())
def test_a_routine_never_prints_avoid_and_has_no_doubles(request: Request, routine: str, swap: Any) -> None:
    try:
        made = plan_handout(replace(request, routine=routine, swap=swap), CATALOG)
    except CannotPrintError:
        return
    assert all(item.verdict is not Verdict.AVOID for item in made.items)
    assert len(set(ids(made))) == len(made.items)


PRINT_PLANS = """
from handouts.model import Request
from handouts.selection import plan_handout
from small_catalog import CATALOG
for profile in (None, "extension", "flexion", "undetermined"):
    print(plan_handout(Request(profile=profile, regions=("hip", "lower-back"), minutes=8, precautions=("balance",)), CATALOG))
"""


def test_the_same_request_gives_the_same_plan_in_every_process() -> None:
    here = Path(__file__).parent
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINT_PLANS],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
    assert printed.pop().count(b"Plan(") == 4
