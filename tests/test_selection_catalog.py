"""What the built-in catalogue gives: the handouts a clinician asks for most."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_selection import check_safe_choice, ids, requests

from handouts.catalog.wordings import load_library
from handouts.errors import CannotPrintError
from handouts.model import Catalog, Entry, Plan, Request, Verdict
from handouts.routine import minutes_off
from handouts.rules import ConflictError, bars_to_choosing, find_swap, judge
from handouts.selection import plan_handout
from handouts.workspace import Workspace

ADVANCED = {"three-legged-dog", "kneeling-side-bend", "pigeon-pose"}
BENDING = {
    "single-knee-to-chest",
    "double-knee-to-chest",
    "childs-pose",
    "happy-baby",
    "seated-forward-bend",
    "wide-legged-forward-fold",
}
NOT_UNASKED_FOR_EXTENSION = {
    "butterfly",
    "recumbent-bike",
    "seated-spinal-twist",
    "figure-four",
    "cat-cow",
    "cat-cow-hip-circles",
}
ARCHING = {"cobra", "prone-press-up", "standing-lumbar-extension"}


@cache
def catalog() -> Catalog:
    return load_library(Workspace(), "en")[0]


def plan(request: Request) -> Plan:
    return plan_handout(request, catalog())


def test_the_catalogue_is_there() -> None:
    assert (len(catalog().exercises), len(catalog().routines), len(catalog().precautions)) == (25, 5, 23)


def test_extension_lower_back_ten_minutes() -> None:
    made = plan(Request(profile="extension", regions=("lower-back",), minutes=10))
    assert ids(made)[0] == made.only_one == "prone-press-up"
    assert not (BENDING | ADVANCED | NOT_UNASKED_FOR_EXTENSION) & set(ids(made))
    assert made.transfers == 2  # down once, up once


@pytest.mark.parametrize("minutes", [None, 2, 5, 10, 20])
def test_flexion_never_arches(minutes: int | None) -> None:
    made = plan(Request(profile="flexion", minutes=minutes))
    assert ids(made)[0] == "double-knee-to-chest"
    assert not (ARCHING | ADVANCED) & set(ids(made))


def test_flexion_without_kneeling() -> None:
    made = plan(Request(profile="flexion", precautions=("no-kneeling",)))
    assert not [item.exercise.id for item in made.items if {"kneeling", "quadruped", "half-kneeling"} & set(item.exercise.tags)]


def test_five_minutes_as_the_seed_has_them() -> None:
    made = plan(Request(routine="five-minute"))
    assert ids(made) == ["cat-cow-hip-circles", "childs-pose", "runners-lunge", "figure-four", "supine-twist"]
    assert not minutes_off(made.seconds, 5)
    assert made.warnings == ()


@pytest.mark.parametrize(
    "routine", ["five-minute", "ten-stretches", "fourteen-stretches", "extension-starter", "flexion-starter"]
)
def test_every_routine_is_built_alone_without_a_warning(routine: str) -> None:
    made = plan(Request(routine=routine))
    assert ids(made) == list(catalog().routines[routine].exercises)
    assert made.warnings == ()


def test_childs_pose_for_extension_is_refused_with_reason_source_and_swap() -> None:
    request = Request(profile="extension", exercises=(Entry(id="childs-pose"),))
    with pytest.raises(ConflictError) as caught:
        plan(request)
    (found,) = caught.value.findings
    assert (found.rule, found.ruling.because) == ("profile:extension", "bending-worsens")
    assert "lift" in found.ruling.sources
    assert found.swap
    assert ids(plan(replace(request, swap=True))) == [found.swap]
    allowed = plan(replace(request, exercises=(Entry(id="childs-pose", override="tolerated in clinic today"),)))
    assert allowed.items[0].verdict is Verdict.CAUTION


def test_a_routine_that_conflicts_lists_every_conflict() -> None:
    with pytest.raises(ConflictError) as caught:
        plan(Request(routine="ten-stretches", profile="extension"))
    assert {found.exercise for found in caught.value.findings} == BENDING & set(catalog().routines["ten-stretches"].exercises)


@pytest.mark.parametrize("profile", [None, "extension", "flexion", "undetermined"])
def test_whatever_is_avoided_for_a_profile_alone_has_a_safe_swap(profile: str | None) -> None:
    for exercise in catalog().exercises.values():
        if judge(exercise, profile, (), catalog()).verdict is Verdict.AVOID:
            swap = find_swap(exercise, profile, (), catalog())
            assert swap, exercise.id
            assert bars_to_choosing(catalog().exercises[swap], profile, (), catalog()) == ()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_is_chosen_unasked_is_safe_and_fits(data: st.DataObject) -> None:
    check_safe_choice(data.draw(requests(catalog())), catalog())


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from(["five-minute", "ten-stretches", "fourteen-stretches"]))
def test_a_swapped_routine_never_prints_avoid(data: st.DataObject, routine: str) -> None:
    try:
        made = plan(replace(data.draw(requests(catalog())), routine=routine, swap=True))
    except CannotPrintError:
        return
    assert all(item.verdict is not Verdict.AVOID for item in made.items)
    assert len(set(ids(made))) == len(made.items)
