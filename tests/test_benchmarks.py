"""The benchmark compares like with like: every engine that is installed makes the whole handout, and so do we."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.handout import (
    PAGES,
    Variant,
    gather_supplies,
    make_ours,
    open_workspace_bench,
    request_handout,
    word_handout,
    write_workspace,
)
from benchmarks.peers import PEERS, Peer, Supplies
from benchmarks.proofs import NotTheHandoutError, find_faults, prove_handout
from benchmarks.report import Line, print_lines
from benchmarks.rounds import take_turns
from handouts.bench import Bench

VARIANTS = (Variant(), Variant(notes=True))


class Stage(NamedTuple):
    bench: Bench
    supplies: Supplies
    curves: int


@pytest.fixture(name="stage", scope="module")
def stage_fixture(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("benchmark")
    bench = open_workspace_bench(write_workspace(folder / "workspace"))
    supplies = gather_supplies(bench, folder)
    return Stage(bench, supplies, sum(drawing.curves for drawing in supplies.drawings.values()))


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_makes_the_whole_handout(peer: Peer, stage: Stage, tmp_path: Path) -> None:
    if not peer.installed:
        pytest.skip(f"{peer.package} is not installed: pip install 'handouts[benchmark]'")
    supplies = Supplies(
        regular=stage.supplies.regular, bold=stage.supplies.bold, drawings=stage.supplies.drawings, folder=tmp_path
    )
    with warnings.catch_warnings():
        warnings.simplefilter("default")  # a peer's own warnings are no faults of ours
        make = peer.open(supplies)
        for variant in VARIANTS:
            text = word_handout(3, stage.bench, variant)
            prove_handout(peer.name, make(text), text, pages=PAGES, curves=stage.curves, tagged=peer.tagged)


@pytest.mark.parametrize("variant", [*VARIANTS, Variant(clinic=True)], ids=str)
def test_ours_is_the_whole_handout(variant: Variant, stage: Stage) -> None:
    pdf, text = make_ours(3, stage.bench, variant), word_handout(3, stage.bench, variant)
    prove_handout("ours", pdf, text, pages=PAGES + variant.clinic, curves=stage.curves, tagged=True)


def test_no_handout_is_like_another() -> None:
    doses = [tuple(entry.dose for entry in request_handout(number).exercises) for number in range(400)]
    assert len({row[0] for row in doses}) == len(doses)
    notes = {entry.note for number in range(50) for entry in request_handout(number, Variant(notes=True)).exercises}
    assert len(notes) == 50 * 6


def test_the_proof_finds_what_is_left_out(stage: Stage) -> None:
    text, other = word_handout(3, stage.bench), word_handout(4, stage.bench)
    pdf = make_ours(3, stage.bench)
    assert not list(find_faults(pdf, text, pages=PAGES, curves=stage.curves, tagged=True))
    assert len(list(find_faults(pdf, other, pages=PAGES, curves=stage.curves, tagged=True))) > 6  # name and doses
    with pytest.raises(NotTheHandoutError, match="instead of 3"):
        prove_handout("ours", pdf, text, pages=3, curves=stage.curves, tagged=True)
    with pytest.raises(NotTheHandoutError, match="curves"):
        prove_handout("ours", pdf, text, pages=PAGES, curves=stage.curves * 2, tagged=True)


def test_an_untagged_handout_is_found(stage: Stage) -> None:
    text = word_handout(3, stage.bench)
    pdf = PEERS[0].open(stage.supplies)(text)
    assert list(find_faults(pdf, text, pages=PAGES, curves=stage.curves, tagged=True)) == ["it is not tagged"]


def test_turns_are_taken_with_new_numbers() -> None:
    seen: list[tuple[str, int]] = []
    actions = {name: (lambda number, name=name: seen.append((name, number))) for name in "ab"}
    series = take_turns(actions, rounds=2, runs=2, warm_ups=1)
    assert seen == [("a", 0), ("b", 0), *[(name, n) for turn in ((1, 2), (3, 4)) for name in "ab" for n in turn]]
    assert series["a"].runs == 4
    assert 0 <= series["b"].median <= series["b"].p95


def test_the_table_says_what_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        Line(item="1", what="ours", value=0.0102, unit="s", ratio=0.4, ratio_of="canvas", goal="<= 0.30 x", met=False),
        Line(item="8", what="ours", value=119.5, unit="kB", goal="<= 120 kB", met=True),
    ]
    print_lines(lines)
    told = capsys.readouterr().out
    assert "10.2 ms" in told
    assert "0.40 x canvas" in told
    assert [line.rsplit("|", 2)[-2].strip() for line in told.splitlines()[2:]] == ["NO", "yes"]
