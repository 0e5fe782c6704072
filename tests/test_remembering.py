"""What is remembered changes nothing: the same bytes come out in every order, with little memory, and with none."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import bench

import handouts.bench
import handouts.pages.desk
import handouts.pages.fonts
import handouts.pages.placing
import handouts.remembering
import handouts.wording.messages
from handouts.bench import Bench
from handouts.build import make_handout
from handouts.model import Dose, Entry, Hold, HoldUnit, Request
from handouts.remembering import Memory


def _entries(seconds: int, note: str | None) -> dict[str, Entry]:
    dose = Dose(repetitions=3, hold=Hold(count=seconds, unit=HoldUnit.SECONDS))
    return {"standing-hip-flexor-stretch": Entry(id="standing-hip-flexor-stretch", dose=dose, note=note)}


FIRST = Request(routine="extension-starter", patient="A. Sample", entries=_entries(21, None))
ALIKE = Request(routine="extension-starter", patient="Żaneta Ωmega", entries=_entries(28, "Stop at ten."), goal="walk")
OTHER = Request(routine="flexion-starter", profile="flexion", patient="B. Example", edition="compact", paper="letter", weeks=2,
                pages=("handout", "calendar", "diary"))  # fmt: skip
CAREFUL = Request(profile="flexion", precautions=("pregnancy",), regions=("lower-back",), minutes=10, patient="C. Cautious")
REQUESTS = (FIRST, ALIKE, OTHER, CAREFUL)


def fresh_bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A bench that remembers nothing yet."""
    monkeypatch.setattr(handouts.pages.placing, "_places", Memory(handouts.pages.placing._MOST_PLACED))
    return Bench(bench().workspace, "en")


@pytest.fixture(scope="module")
def unremembered() -> list[bytes]:
    """Each handout, made with memories switched off."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handouts.remembering, "KEEPS", False)
        desk = fresh_bench(patch)
        return [make_handout(request, desk).pdf for request in REQUESTS]


@pytest.mark.parametrize("order", list(permutations(range(len(REQUESTS)))))
def test_no_order_changes_a_handout(order: tuple[int, ...], unremembered: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    shared = fresh_bench(monkeypatch)
    for number in (*order, order[0]):
        assert make_handout(REQUESTS[number], shared).pdf == unremembered[number]


@pytest.mark.parametrize("most", [2, 16])
def test_a_memory_that_is_full_changes_no_handout(most: int, unremembered: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    for module, bound in (
        (handouts.pages.desk, "_MOST_KEPT"),
        (handouts.pages.fonts, "_MOST_WORDS"),
        (handouts.pages.placing, "_MOST_PLACED"),
        (handouts.wording.messages, "_MOST_WORDED"),
        (handouts.bench, "_MOST_PICTURED"),
    ):
        assert getattr(module, bound) >= 500
        monkeypatch.setattr(module, bound, most)
    shared = fresh_bench(monkeypatch)
    for number in (0, 2, 1, 3, 0, 1, 3, 2):
        assert make_handout(REQUESTS[number], shared).pdf == unremembered[number]


def test_switched_off_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(10)
    assert [memory.remember("a", lambda number=number: number) for number in (1, 2, 3, 4)] == [1, 2, 2, 2]  # type: ignore[misc]
    monkeypatch.setattr(handouts.remembering, "KEEPS", False)
    assert [memory.remember("a", lambda: 3), memory.remember("b", lambda: 4), memory.remember("b", lambda: 5)] == [3, 4, 5]


@given(keys=st.lists(st.integers(0, 40)), most=st.integers(2, 30))
def test_a_memory_gives_what_was_made_and_never_holds_more_than_its_bound(keys: list[int], most: int) -> None:
    memory = Memory(most)
    for key in keys:
        assert memory.remember(key, lambda key=key: -key - 1) == -key - 1  # type: ignore[misc]
        assert len(memory) <= most


def test_what_is_used_stays_and_what_is_not_goes() -> None:
    memory, made = Memory(20), []

    def ask(key: object) -> None:
        memory.remember(key, lambda: made.append(key) or key)  # type: ignore[func-returns-value]

    for number in range(200):
        for key in ("often", number, number):
            ask(key)
    assert made.count("often") == made.count(0) == 2
    ask(0)
    assert made.count(0) == 3


def test_what_is_asked_for_once_is_not_kept() -> None:
    memory, made = Memory(20), []
    for number in range(10_000):
        for key in ("often", number):
            memory.remember(key, lambda key=key: made.append(key) or key)  # type: ignore[func-returns-value, misc]
        assert len(memory) <= 1
        assert len(memory._once) <= 21
    assert made.count("often") == 2


def test_memory_stays_flat_over_many_patients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handouts.pages.desk, "_MOST_KEPT", 60)
    shared = fresh_bench(monkeypatch)
    held = []
    for number in range(30):
        make_handout(Request(routine="extension-starter", patient=f"Patient {number}", goal=f"walk {number} steps"), shared)
        held.append(len(shared.desk("standard", "a4", None)._kept))
    assert 0 < max(held) <= 60
