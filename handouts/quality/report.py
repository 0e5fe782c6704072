"""A report of remarks as JSON text or as one HTML page that needs no other file."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

from handouts.quality.remarks import Remark, Severity, count, in_order

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; font-weight: bold; padding: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8a8a8a;
  overflow-wrap: anywhere }
"""


def summarise(remarks: Sequence[Remark]) -> str:
    """Return the line of counts: "2 errors, 1 warning, 3 notes"."""
    parts = []
    for severity in Severity:
        number = count(remarks, severity)
        parts.append(f"{number} {severity}{'' if number == 1 else 's'}")
    return ", ".join(parts)


def as_json(remarks: Sequence[Remark]) -> str:
    """Return the remarks as JSON: errors, warnings and notes as numbers, and the list."""
    listed = [
        {"place": each.place, "check": each.check, "severity": each.severity, "message": each.message, "hint": each.hint}
        for each in in_order(remarks)
    ]
    counts = {f"{severity}s": count(remarks, severity) for severity in Severity}
    return json.dumps({**counts, "remarks": listed}, ensure_ascii=False, indent=2)


def as_html(remarks: Sequence[Remark], title: str = "handouts check") -> str:
    """Return the remarks as one HTML page; everything found is escaped."""
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in _cells(each)) + "</tr>" for each in in_order(remarks)
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Kind", "Place", "Check", "What was found", "What to do"))
    table = f"<table><caption>Remarks</caption><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"
    body = table if remarks else "<p>Nothing was found.</p>"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body><h1>{html.escape(title)}</h1><p>{summarise(remarks)}</p>\n{body}\n</body></html>\n"
    )


def _cells(remark: Remark) -> tuple[str, ...]:
    return (remark.severity, remark.place, remark.check, remark.message, remark.hint or "")
