"""A report of the checks as JSON text, and its line of counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handouts.formats.plain_json import plain_json
from handouts.quality.outcome import Outcome
from handouts.quality.remarks import Remark, Severity, count, in_order
from handouts.quality.scores import Score

VERSION = 2


def summarise(remarks: Iterable[Remark]) -> str:
    """Return the line of counts: "2 errors, 1 warning, 3 notes"; warnings with a reason are counted apart."""
    every = in_order(remarks)
    parts = []
    for severity in Severity:
        number = count(every, severity)
        parts.append(f"{number} {severity}{'' if number == 1 else 's'}")
    meant = sum(remark.reason is not None and remark.severity is Severity.WARNING for remark in every)
    return ", ".join(parts) + (f" ({meant} of the warnings with a reason)" if meant else "")


def as_json(outcome: Outcome) -> str:
    """Return what `schemas/check-report.schema.json` describes: counts, remarks, what was not measured, and scores."""
    remarks = in_order(outcome.remarks)
    told: dict[str, Any] = {"version": VERSION}
    told |= {f"{severity}s": count(remarks, severity) for severity in Severity}
    told["remarks"] = [_remark(each) for each in remarks]
    told["not_measured"] = [{"place": each.place, "checks": list(each.checks), "why": each.why} for each in outcome.unmeasured]
    told["scores"] = [_score(each) for each in outcome.scores]
    return plain_json(told, indent=2)


def _remark(remark: Remark) -> dict[str, Any]:
    boxes = [[round(value, 1) for value in (box.left, box.bottom, box.right, box.top)] for box in remark.boxes]
    return {
        "place": remark.place,
        "check": remark.check,
        "severity": remark.severity,
        "message": remark.message,
        "hint": remark.hint,
        "reason": remark.reason,
        "rule": remark.rule,
        "source": remark.source,
        "found": None if remark.found is None else round(remark.found, 3),
        "limit": None if remark.limit is None else round(remark.limit, 3),
        "page": remark.page,
        "boxes": boxes,
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "id": score.id,
        "name": score.name,
        "place": score.place,
        "value": None if score.value is None else round(score.value, 1),
        "unit": score.unit,
        "wanted": score.wanted,
        "items": [{"number": item.number, "what": item.what, "state": item.state} for item in score.items],
    }
