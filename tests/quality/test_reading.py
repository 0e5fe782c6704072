"""The reading grade, and how far our own syllable counter can be trusted."""

from __future__ import annotations

import pytest

from handouts.quality.reading import count_syllables, grade, smog, split_sentences, split_words

# Counted by ear, in the order of the number of syllables. The first table is words that handouts use.
HANDOUT_WORDS = {
    1: """
        back bend breathe breathes chest knee knees eased pushed slipped stretched thighs through toes whole
        wrists eye shape
    """,
    2: """
        ankle ankles cushion wednesday bending buttock circles every fluid forehead gently halfway lying minutes moving muscle
        people rounded sideways table twisted
    """,
    3: """
        basically easier continued department different disagree easily exercise hospital opposite position pregnancy repeated
        suddenly surgery unsteady usual
    """,
    4: """
        automatic differently emergency exercises unsuitable usually
    """,
}
# Words the counter was not made with.
UNSEEN_WORDS = {
    1: """
        bathe bruise cheese crouch dose fifth grasp lungs nerve plank quick shoes spine squat stairs swayed
        taste weighed wheeze yawned
    """,
    2: """
        active blanket balance bladder clinic comfort cotton dental diet female headache injure journal kidney
        marble nightly ointment patience rupture salty station tablet tissue tunnel urine vision yoga
    """,
    3: """
         antibody arthritis banana bicycle diary disorder energy family gradual healthier hormonal interval
        manual medical nutrition opening quality relaxing remedy tendency unhappy
    """,
    4: """
        ability antibody activity bacteria circulation constipation evaluate experience immediate incontinence
        medication  radiator recovery variety
    """,
    5: """
         inflammatory refrigerator rehabilitate communicating university
    """,
}
UNSEEN = [(word, number) for number, words in UNSEEN_WORDS.items() for word in words.split()]


def test_every_word_of_a_handout_is_counted_right() -> None:
    words = [(word, number) for number, line in HANDOUT_WORDS.items() for word in line.split()]
    assert len(words) > 50
    assert [(word, count_syllables(word), number) for word, number in words if count_syllables(word) != number] == []


def test_unseen_words_are_wrong_for_fewer_than_one_in_ten_and_only_by_one() -> None:
    wrong = [(word, count_syllables(word), number) for word, number in UNSEEN if count_syllables(word) != number]
    assert len(UNSEEN) > 80
    assert len(wrong) < len(UNSEEN) / 10, wrong
    assert all(abs(found - number) == 1 for _, found, number in wrong), wrong


def test_the_counter_is_off_by_less_than_three_percent_over_all() -> None:
    wanted = sum(number for _, number in UNSEEN)
    assert abs(sum(count_syllables(word) for word, _ in UNSEEN) - wanted) / wanted < 0.03


def test_numbers_count_a_syllable_for_each_digit() -> None:
    assert count_syllables("30") == 2


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Lie down. Bend your knees.", ["Lie down", "Bend your knees"]),
        ("Hold for 2.5 seconds", ["Hold for 2.5 seconds"]),
        ("Missed a day? Just go on!", ["Missed a day", "Just go on"]),
        ("About 5\u00a0minutes.", ["About 5 minutes"]),
        (" … ", []),
    ],
)
def test_sentences_end_at_full_stops(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_words_are_parted_by_hyphens() -> None:
    assert split_words("five-minute don't 30") == ["five", "minute", "don't", "30"]


def test_the_grade_is_that_of_the_formula() -> None:
    # 2 sentences, 6 words, 6 syllables: 0.39 × 3 + 11.8 × 1 − 15.59
    assert grade(["Bend your knees. Hold your shins."]) == pytest.approx(0.39 * 3 + 11.8 - 15.59)
    assert grade([]) == 0.0


def test_hard_text_is_graded_hard() -> None:
    easy = "Lie on your back. Bend your knees. Pull one knee to your chest and hold it there."
    hard = "Maintain contraction of the abdominal musculature throughout the entire duration of the therapeutic manoeuvre."
    assert grade([easy]) < 3
    assert grade([hard]) > 15


def test_smog_needs_thirty_sentences() -> None:
    assert smog(["Bend your knees."] * 29) is None
    assert smog(["Bend your knees."] * 30) == pytest.approx(3.1291)
    hard = smog(["Immediate rehabilitation medication."] * 30)
    assert hard is not None
    assert hard > 12
