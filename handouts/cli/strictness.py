"""`--strict`: what the checks say of a document that was just made, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.cli.reporting import tell
from handouts.errors import CannotPrintError, Problem

if TYPE_CHECKING:
    from handouts.bench import Bench, Passwords
    from handouts.build import Built


def refuse_findings(built: Built, bench: Bench, passwords: Passwords, stamp: str | None) -> None:
    """Check plan, words and pages, and tell each error and each warning without a reason in one line.

    Raises:
        CannotPrintError: there is one, or making it brought a warning, so that nothing is written.

    """
    from handouts.checking.built import check_built
    from handouts.quality.remarks import in_order

    outcome = check_built(built, bench, "the handout", passwords=passwords, stamp=stamp)
    found = [remark for remark in in_order(outcome.remarks) if remark.counts]
    for line in (*found, *outcome.unmeasured):
        tell(str(line))
    counted = [_count(number, what) for number, what in ((len(built.faults), "warning"), (len(found), "finding")) if number]
    if counted:
        raise CannotPrintError(Problem(message=f"--strict: {' and '.join(counted)}, nothing is written"))


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
