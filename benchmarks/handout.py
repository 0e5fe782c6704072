"""The handout that every engine makes: six illustrated exercises on two pages of A4, other words for each patient.

The routines of the catalogue have three, five, ten or fourteen exercises, and no edition sets six with all that must be said of
safety on two pages. So it is six exercises by name in an edition of the benchmark's own (`two-pages.yaml`).
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.figures import Drawing, draw
from benchmarks.letterhead import write_clinic
from benchmarks.peers import Supplies
from handouts.bench import Bench
from handouts.build import Prepared, make_handout, prepare_handout, word_request
from handouts.model import Dose, Entry, Hold, HoldUnit, Request
from handouts.settling import DEFAULT_PAPER
from handouts.texts import HandoutText
from handouts.workspace import builtin_root, find_workspace

EXERCISES = ("childs-pose", "butterfly", "happy-baby", "double-knee-to-chest", "single-knee-to-chest", "supine-twist")
EDITION = "two-pages"
PAGES = 2

_HOLDS = range(10, 57)  # seconds; 47 and 9 have no common factor, so 423 handouts go by before a dose comes again
_REPETITIONS = range(1, 10)
_NOTE_WORDS = tuple(
    re.findall(
        r"\w+",
        "slowly after a warm bath or short walk and stop two fingers before it hurts breathing out keep your left foot flat on "
        "the second stair while holding rail every morning until Friday then ask again if knee feels stiff use towel under heel",
    )
)
_WORDS_IN_A_NOTE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Which handout of the benchmark: on the clinic's paper or plain, with or without a new note on every card."""

    clinic: bool = False
    notes: bool = False


def write_workspace(folder: Path) -> Path:
    """A workspace with the benchmark's edition and clinic; returns its folder."""
    (folder / "templates" / "editions").mkdir(parents=True)
    shutil.copy(Path(__file__).with_name(f"{EDITION}.yaml"), folder / "templates" / "editions")
    (folder / "handouts.yaml").write_text("country: gb\n", encoding="utf-8")
    write_clinic(folder / "assets" / "clinics" / "riverside")
    return folder


def open_workspace_bench(workspace: Path) -> Bench:
    """A bench with cold caches."""
    return Bench(find_workspace(explicit=workspace), "en")


def request_handout(number: int, variant: Variant = Variant()) -> Request:
    """The request of patient `number`: a name, doses and, where wanted, notes that no other patient has."""
    entries = []
    for place, exercise in enumerate(EXERCISES):
        seconds = _HOLDS[(number + 7 * place) % len(_HOLDS)]
        dose = Dose(repetitions=_REPETITIONS[number % len(_REPETITIONS)], hold=Hold(count=seconds, unit=HoldUnit.SECONDS))
        note = write_note(number * len(EXERCISES) + place) if variant.notes else None
        entries.append(Entry(id=exercise, dose=dose, note=note))
    return Request(
        exercises=tuple(entries),
        patient=f"Patient {number:05}",
        edition=EDITION,
        paper=DEFAULT_PAPER,
        clinic="riverside" if variant.clinic else None,
    )


def write_note(seed: int) -> str:
    """Fifteen words in an order that no other seed gives."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    words = [chance.choice(_NOTE_WORDS) for _ in range(_WORDS_IN_A_NOTE - 1)]
    return " ".join([*words, f"{seed}."]).capitalize()


def word_handout(number: int, bench: Bench, variant: Variant = Variant()) -> HandoutText:
    """The words of a handout as the peers print them: they are worded before the clock runs, which favours the peers."""
    prepared = _prepare(number, bench, variant)
    text, missing = word_request(prepared.request, prepared.plan, bench, prepared.clinic, prepared.desk)
    if missing:
        raise RuntimeError(f"the benchmark lacks pictures: {missing}")
    return text


def make_ours(number: int, bench: Bench, variant: Variant = Variant()) -> bytes:
    """The handout of patient `number` by our program, from the request to the bytes."""
    return make_handout(request_handout(number, variant), bench).pdf


def gather_supplies(bench: Bench, folder: Path) -> Supplies:
    """Fonts and figures for the peers: those that our handout uses."""
    fonts = builtin_root() / "assets" / "fonts"
    drawings = {drawing.key: drawing for drawing in _draw_figures(bench)}
    return Supplies(
        regular=fonts / "AtkinsonHyperlegible-Regular.ttf",
        bold=fonts / "AtkinsonHyperlegible-Bold.ttf",
        drawings=drawings,
        folder=folder,
    )


def _prepare(number: int, bench: Bench, variant: Variant) -> Prepared:
    settled, _ = bench.settle(request_handout(number, variant))
    return prepare_handout(settled, bench)


def _draw_figures(bench: Bench) -> Iterator[Drawing]:
    prepared = _prepare(0, bench, Variant())
    text = word_handout(0, bench)
    for card in text.cards:
        for picture in card.pictures:
            figure = prepared.desk.figure(picture.figure)
            if figure is None:
                raise RuntimeError(f"there is no figure {picture.figure}")
            yield draw(replace(figure, key=picture.figure), prepared.desk.palette)
