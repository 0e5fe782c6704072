"""The words that pose files are checked with are those the drawing room knows."""

from __future__ import annotations

from handouts.illustrate.artist import Artist
from handouts.illustrate.joints import HANDS, MIDDLE_NAMES, SIDED_NAMES
from handouts.illustrate.landmarks import FACINGS, MIDDLE_FACINGS
from handouts.illustrate.overlays import AREAS
from handouts.illustrate.props import PROP_KINDS
from handouts.model import pose_words as words


def test_joints_and_hands() -> None:
    assert (words.MIDDLE_JOINTS, words.SIDED_JOINTS) == (MIDDLE_NAMES, SIDED_NAMES)
    assert tuple(HANDS) == words.HANDS
    assert all(set(preset) <= set(SIDED_NAMES) for preset in HANDS.values())


def test_places_and_regions(artists: dict[str, Artist]) -> None:
    for artist in artists.values():
        assert set(artist.landmarks.names) == set(words.with_sides(words.MIDDLE_PLACES, words.SIDED_PLACES))
        assert set(artist.landmarks.regions) == set(words.with_sides(words.MIDDLE_REGIONS, words.SIDED_REGIONS))
        assert all(len(members) >= 20 for members in artist.landmarks.regions.values())


def test_facings_areas_and_things() -> None:
    assert (tuple(MIDDLE_FACINGS), tuple(FACINGS)) == (words.MIDDLE_FACINGS, words.SIDED_FACINGS)
    assert {name for name, area in AREAS.items() if area.sided} == set(words.SIDED_AREAS)
    assert {name for name, area in AREAS.items() if not area.sided} == set(words.MIDDLE_AREAS)
    assert set(PROP_KINDS) == set(words.THINGS)


def test_parts_of_the_body(woman: Artist) -> None:
    assert set(woman.solver.capsules.names) == set(words.with_sides(words.PARTS, words.SIDED_PARTS_OF_BODY))
