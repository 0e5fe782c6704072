"""Handouts of one process that is warm: ours beside its peers, with and without a clinic's paper and new notes; their sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
from benchmarks.peers import CANVAS, KEPT, PEERS, TYPST, Make, Peer
from benchmarks.proofs import prove_handout
from benchmarks.report import Line
from benchmarks.rounds import Action, Series, take_turns
from handouts.bench import Bench
from handouts.build import make_handout

OURS, WITH_CLINIC, WITH_NOTES = "handouts", "handouts, cover and letterhead", "handouts, new notes"
_PLAIN, _CLINIC, _NOTES = Variant(), Variant(clinic=True), Variant(notes=True)
_OURS = {OURS: _PLAIN, WITH_CLINIC: _CLINIC, WITH_NOTES: _NOTES}
_WITH_NOTES = (CANVAS, KEPT)  # the peers that print notes too
_WARM_UPS = 5
_NEVER_TIMED = 99_000  # the number of the handout that is proved
_OF_CANVAS, _OF_CANVAS_BOUND, _OF_CANVAS_NOTES = 0.30, 0.50, 2.0
_OF_TYPST = 1 / 8
_LARGEST, _OF_SMALLEST = 120_000, 1.2  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Warm:
    """What was measured: seconds by engine, and the bytes of one handout of each."""

    seconds: dict[str, Series]
    sizes: dict[str, int]
    tagged: frozenset[str]


def measure_warm(folder: Path, *, rounds: int, runs: int) -> Warm:
    """Prove that every engine makes the whole handout, then let them take turns."""
    workspace = write_workspace(folder / "workspace")
    words = open_workspace_bench(workspace)  # a bench of its own: it must not fill the caches of ours
    peers = {peer.name: (peer, peer.open(gather_supplies(words, folder))) for peer in PEERS if peer.installed}
    for peer in PEERS:
        if peer.name not in peers:
            print(f"{peer.name} is left out: pip install 'handouts[benchmark]'", flush=True)
    benches = {name: open_workspace_bench(workspace) for name in _OURS}
    sizes = dict(_prove_all(words, peers, folder, benches))
    actions: dict[str, Action] = {}
    numbers = range(_WARM_UPS + rounds * runs)
    for name, variant in _OURS.items():
        actions[name] = _time_ours(benches[name], variant, numbers)
    for name, (_, make) in peers.items():
        actions[name] = _time_peer(make, words, _PLAIN, numbers)
    for name in _WITH_NOTES:
        actions[f"{name}, new notes"] = _time_peer(peers[name][1], words, _NOTES, numbers)
    seconds = take_turns(actions, rounds=rounds, runs=runs, warm_ups=_WARM_UPS)
    tagged = frozenset(name for name, (peer, _) in peers.items() if peer.tagged)
    return Warm(seconds=seconds, sizes=sizes, tagged=tagged)


def measure_clinic(workspace: Path, *, rounds: int, runs: int) -> tuple[Series, int]:
    """Ours on the clinic's paper alone, just before a batch of the same: its seconds, and the bytes of one."""
    bench = open_workspace_bench(workspace)
    action = _time_ours(bench, _CLINIC, range(_WARM_UPS + rounds * runs))
    series = take_turns({WITH_CLINIC: action}, rounds=rounds, runs=runs, warm_ups=_WARM_UPS)[WITH_CLINIC]
    return series, len(make_ours(_NEVER_TIMED, bench, _CLINIC))


def report_warm(warm: Warm) -> Iterator[Line]:
    """Lines 1 to 3 and 8."""
    canvas = warm.seconds[CANVAS].median
    typst = warm.seconds[TYPST].median if TYPST in warm.seconds else None
    yield _line("1", OURS, warm, canvas, _OF_CANVAS)
    if typst is not None:
        ours = warm.seconds[OURS]
        goal, ratio = "8 x faster than Typst", ours.median / typst
        yield Line(
            item="1", what=OURS, value=ours.median, unit="s", p95=ours.p95, ratio=ratio, ratio_of="Typst", goal=goal,
            met=ratio <= _OF_TYPST,
        )  # fmt: skip
    yield _line("1", OURS, warm, warm.seconds[KEPT].median, None, ratio_of="canvas, kept")
    for name in (peer.name for peer in PEERS if peer.name in warm.seconds):
        yield _line("1", name, warm, canvas, None)
    yield _line("2", WITH_CLINIC, warm, canvas, _OF_CANVAS_BOUND)
    noted = f"{CANVAS}, new notes"
    yield _line("3", WITH_NOTES, warm, warm.seconds[noted].median, _OF_CANVAS_NOTES, ratio_of="canvas with notes")
    for name in _WITH_NOTES:
        yield _line("3", f"{name}, new notes", warm, warm.seconds[noted].median, None, ratio_of="canvas with notes")
    yield from _report_sizes(warm)


def _report_sizes(warm: Warm) -> Iterator[Line]:
    ours, tagged = warm.sizes[OURS], {name: warm.sizes[name] for name in warm.sizes if name in warm.tagged}
    smallest = min(tagged, key=tagged.__getitem__) if tagged else ""
    yield Line(item="8", what=OURS, value=ours / 1000, unit="kB", goal=f"<= {_LARGEST // 1000} kB", met=ours <= _LARGEST)
    if tagged:
        ratio = ours / tagged[smallest]
        goal = f"<= {_OF_SMALLEST} x smallest tagged peer"
        yield Line(
            item="8",
            what=OURS,
            value=ours / 1000,
            unit="kB",
            ratio=ratio,
            ratio_of=smallest,
            goal=goal,
            met=ratio <= _OF_SMALLEST,
        )
    for name, size in warm.sizes.items():
        if name != OURS:
            yield Line(item="8", what=name, value=size / 1000, unit="kB")


def _line(item: str, name: str, warm: Warm, base: float, most: float | None, ratio_of: str = "canvas") -> Line:
    series = warm.seconds[name]
    ratio = series.median / base
    goal, met = ("", None) if most is None else (f"<= {most:.2f} x {ratio_of}", ratio <= most)
    return Line(
        item=item, what=name, value=series.median, unit="s", p95=series.p95, ratio=ratio, ratio_of=ratio_of, goal=goal, met=met
    )


def _time_ours(bench: Bench, variant: Variant, numbers: range) -> Action:
    requests = [request_handout(number, variant) for number in numbers]
    return lambda number: make_handout(requests[number], bench)


def _time_peer(make: Make, words: Bench, variant: Variant, numbers: range) -> Action:
    texts = [word_handout(number, words, variant) for number in numbers]
    return lambda number: make(texts[number])


def _prove_all(
    words: Bench, peers: dict[str, tuple[Peer, Make]], folder: Path, benches: dict[str, Bench]
) -> Iterator[tuple[str, int]]:
    """The size of each engine's handout, after it was looked at."""
    number = _NEVER_TIMED
    curves = sum(drawing.curves for drawing in gather_supplies(words, folder).drawings.values())
    for name, variant in _OURS.items():
        text, pdf = word_handout(number, words, variant), make_ours(number, benches[name], variant)
        prove_handout(name, pdf, text, pages=PAGES + variant.clinic, curves=curves, tagged=True)
        yield name, len(pdf)
    for name, (peer, make) in peers.items():
        for variant in (_NOTES, _PLAIN):
            text = word_handout(number, words, variant)
            pdf = make(text)
            prove_handout(name, pdf, text, pages=PAGES, curves=curves, tagged=peer.tagged)
        yield name, len(pdf)
