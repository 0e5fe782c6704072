"""What a clinician is told about one exercise for one patient."""

from __future__ import annotations

import pytest
from small_catalog import CATALOG, REASONS

from handouts.errors import ExitCode
from handouts.model import Finding, Verdict
from handouts.rules import SEVERITY, ConflictError, bars_to_choosing, find_swap, judge, worst


def verdict(exercise: str, profile: str | None, *precautions: str) -> str:
    return judge(CATALOG.exercises[exercise], profile, precautions, CATALOG).verdict.value


def swap(exercise: str, profile: str | None, *precautions: str, taken: tuple[str, ...] = ()) -> str | None:
    return find_swap(CATALOG.exercises[exercise], profile, precautions, CATALOG, taken=taken)


@pytest.mark.parametrize(
    ("exercise", "profile", "precautions", "expected"),
    [
        ("press-up", "extension", (), "prefer"),
        ("bridge", "extension", (), "neutral"),
        ("twist", "extension", (), "unspecified"),
        ("hip-flexor", "flexion", (), "caution"),
        ("press-up", "flexion", (), "avoid"),
        ("press-up", "extension", ("no-floor",), "avoid"),  # a precaution by position beats prefer
        ("wide-fold", "flexion", ("glaucoma",), "avoid"),  # by tag
        ("recumbent-bike", "flexion", ("heart",), "caution"),  # by name
        ("quad", "extension", ("balance",), "caution"),
        ("bridge", "extension", ("balance", "glaucoma"), "neutral"),
    ],
)
def test_the_worst_rule_wins(exercise: str, profile: str, precautions: tuple[str, ...], expected: str) -> None:
    assert verdict(exercise, profile, *precautions) == expected


def test_severity_is_avoid_caution_unspecified_neutral_prefer() -> None:
    assert [each.value for each in reversed(SEVERITY)] == ["avoid", "caution", "unspecified", "neutral", "prefer"]
    assert worst([]) is Verdict.UNSPECIFIED


def test_every_rule_that_touches_an_exercise_is_found_with_its_sources() -> None:
    found = judge(CATALOG.exercises["wide-fold"], "extension", ("glaucoma", "no-kneeling"), CATALOG).findings
    assert [(each.rule, each.ruling.because, each.ruling.sources) for each in found] == [
        ("profile:extension", "bending-worsens", ("lift", "inferred")),  # its own verdict and the rule of the tag, as one
        ("precaution:glaucoma", "head-low", ("o11",)),
    ]


def test_an_exercise_without_a_verdict_for_the_profile_is_unspecified_never_safe() -> None:
    assert verdict("twist", "undetermined") == "unspecified"


def test_with_no_profile_a_profile_rule_forbids_nothing_but_a_precaution_does() -> None:
    assert verdict("childs-pose", None) == "unspecified"
    assert (verdict("knee-hug", None), verdict("knee-hug", "undetermined")) == ("caution", "avoid")
    assert verdict("childs-pose", None, "no-kneeling") == "avoid"


def test_unasked_come_only_prefer_and_neutral_and_nothing_advanced() -> None:
    assert bars_to_choosing(CATALOG.exercises["bridge"], "extension", (), CATALOG) == ()
    assert bars_to_choosing(CATALOG.exercises["pigeon"], "extension", (), CATALOG) == ("level:advanced",)
    assert bars_to_choosing(CATALOG.exercises["twist"], "extension", (), CATALOG) == ("profile:extension",)
    assert bars_to_choosing(CATALOG.exercises["quad"], "extension", ("balance",), CATALOG) == ("precaution:balance",)


@pytest.mark.parametrize("profile", [None, "undetermined"])
def test_no_end_range_unasked_while_the_direction_is_not_known(profile: str | None) -> None:
    assert bars_to_choosing(CATALOG.exercises["wide-fold"], profile, (), CATALOG) == ("profile:undetermined",)


def test_swap_is_the_first_own_one_that_is_safe() -> None:
    assert swap("childs-pose", "extension") == "bridge"  # not pigeon, which is advanced
    assert swap("knee-hug", "extension", taken=("bridge",)) == "quad"
    assert swap("knee-hug", "extension", "no-floor") == "quad"


def test_swap_falls_back_to_a_shared_region_same_position_first() -> None:
    assert swap("wide-fold", "extension", taken=("quad",)) == "hip-flexor"  # standing, before bridge on the floor
    assert swap("press-up", "flexion") == "bridge"


def test_swap_is_none_when_nothing_safe_shares_a_region() -> None:
    assert swap("knee-hug", "extension", "no-floor", "balance", taken=("hip-flexor",)) is None


def test_conflicts_are_all_listed_with_reason_source_and_what_to_type() -> None:
    judged = judge(CATALOG.exercises["wide-fold"], "extension", ("glaucoma",), CATALOG)
    first, second = judged.conflicts
    error = ConflictError(
        [first, Finding(exercise=second.exercise, rule=second.rule, ruling=second.ruling, swap="quad")], REASONS
    )
    assert error.exit_code is ExitCode.CANNOT_PRINT
    with_no_swap, with_swap = (str(problem) for problem in error.problems)
    assert with_no_swap == (
        "wide-fold: avoid, by profile extension: Bending makes this profile worse [source: lift, inferred] "
        '(no safe swap is known; use --exclude wide-fold, or --override "wide-fold: reason")'
    )
    assert with_swap == (
        "wide-fold: avoid, by precaution glaucoma: Eye pressure rises [source: o11] "
        '(use --swap to print quad instead, or --override "wide-fold: reason")'
    )
