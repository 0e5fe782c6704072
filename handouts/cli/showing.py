"""The report of `handouts check` as text: grouped and aligned on a terminal, one line a remark where a program reads it."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from handouts.cli.reporting import one_line

if TYPE_CHECKING:
    from handouts.quality.outcome import Outcome
    from handouts.quality.remarks import Remark
    from handouts.quality.scores import Score

_NARROWEST, _WIDEST = 60, 120  # columns


def show_outcome(outcome: Outcome, *, scores: bool) -> str:
    """Return the report, worst first. Notes are left out: they tell nothing that should be changed."""
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    lines = _grouped(outcome, _columns()) if on_terminal else _plain(outcome)
    parts = [*lines, *(_scores(outcome.scores) if scores else ())]
    return "".join(f"{one_line(line)}\n" for line in parts)


def _columns() -> int:
    import shutil

    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))


def _plain(outcome: Outcome) -> Iterator[str]:
    yield from (str(remark) for remark in _told(outcome.remarks))
    yield from (str(each) for each in outcome.unmeasured)


def _told(remarks: Iterable[Remark]) -> list[Remark]:
    from handouts.quality.remarks import Severity, in_order

    ordered = [remark for remark in in_order(remarks) if remark.severity is not Severity.NOTE]
    return sorted(ordered, key=lambda remark: (remark.severity is not Severity.ERROR, remark.reason is not None))


def _grouped(outcome: Outcome, columns: int) -> Iterator[str]:
    """By file; of each file the errors, then the warnings, then what is meant to be so, each rule once with all its places."""
    told = _told(outcome.remarks)
    files = dict.fromkeys([*(_file(remark.place) for remark in told), *(_file(each.place) for each in outcome.unmeasured)])
    for file in files:
        yield file
        rules: dict[tuple[object, ...], list[Remark]] = {}
        for remark in told:
            if _file(remark.place) == file:
                key = (remark.severity, remark.check, remark.rule, remark.hint, remark.reason)
                rules.setdefault(key, []).append(remark)
        for remarks in rules.values():
            yield from _entry(remarks, file, columns)
        for each in outcome.unmeasured:
            if _file(each.place) == file:
                yield from _wrapped(f"  {'not measured':<13}", f"{', '.join(each.checks)}: {each.why}", columns)
        yield ""


def _file(place: str) -> str:
    return place.split(", ", maxsplit=1)[0].split(":", maxsplit=1)[0]


def _entry(remarks: list[Remark], file: str, columns: int) -> Iterator[str]:
    """One rule that is broken: the rule, what was found where, and what to do."""
    first = remarks[0]
    kind = "meant so" if first.reason else str(first.severity)
    head = f"  {kind:<8} {first.check:<4}"
    if first.rule:
        yield from _wrapped(head, f"{first.rule} [{first.source}]", columns)
    places: dict[str, list[str]] = {}
    for remark in remarks:
        places.setdefault(remark.message, []).append(remark.place.removeprefix(file).lstrip(", :"))
    for message, found in places.items():
        where = "; ".join(filter(None, dict.fromkeys(found)))
        text = f"{where}: {message}" if where else message
        yield from _wrapped(" " * len(head) if first.rule else head, text, columns)
    if first.reason or first.hint:
        yield from _wrapped(" " * len(head), f"→ {first.reason or first.hint}", columns)


def _wrapped(head: str, text: str, columns: int) -> Iterator[str]:
    room = max(20, columns - len(head) - 1)
    for number, line in enumerate(textwrap.wrap(one_line(text), room) or [""]):
        yield f"{head if number == 0 else ' ' * len(head)} {line}"


def _scores(scores: Iterable[Score]) -> Iterator[str]:
    for place in dict.fromkeys(score.place for score in scores):
        yield ""
        yield f"Scores of {place}"
        for score in scores:
            if score.place == place:
                yield from _score(score)


def _score(score: Score) -> Iterator[str]:
    value = "cannot be told" if score.value is None else f"{score.value:.0f} %" if score.unit == "%" else f"{score.value:.1f}"
    seen = f", of {score.judged} items out of {len(score.items)} that software can judge" if score.items else ""
    yield f"  {score.name}: {value} (wanted: {score.wanted}{seen})"
    for item in score.items:
        yield f"    {item.number:<4}{item.state:<22}{item.what}"
