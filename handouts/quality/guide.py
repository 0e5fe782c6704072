"""Writes the table of all checks for people: `python -m handouts.quality.guide docs/preflight.md` brings it up to date there."""

from __future__ import annotations

import sys
from pathlib import Path

from handouts.quality.registry import list_rules

BEGIN, END = "<!-- checks: begin -->", "<!-- checks: end -->"


def check_table() -> str:
    """Return one row for each rule, by id."""
    rows = [f"| {rule.id} | {rule.severity} | {_cell(rule.what)} | {_cell(rule.source)} |" for rule in list_rules()]
    return "\n".join(("| Check | Severity | What must hold | Source |", "|---|---|---|---|", *rows))


def with_table(text: str) -> str:
    """Return a page with the table between its two marks made new. Raises ValueError when the marks are missing."""
    before, mark, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{check_table()}\n{END}{after}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(with_table(page.read_text(encoding="utf-8")), encoding="utf-8")
