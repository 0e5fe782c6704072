"""`handouts calendar`: the weekly calendar, the month view and the diary."""

from __future__ import annotations

from typing import Any

from handouts.cli.options import RequestArgument, with_document_options


@with_document_options("calendar")
def calendar(request_file: RequestArgument = None, **asked: Any) -> None:
    """Make the weekly calendar of a plan: days across, exercises down, boxes to tick.

    Give a request file, options, or both: options go over what the file says. --pages adds a month view or a diary.

    \b
    Examples:
      handouts calendar --routine five-minute --start today
      handouts calendar plan.yaml --start 2026-03-30 --weeks 4 --ics plan.ics
      handouts calendar plan.yaml --progression "week 2: hold 45 s" --weeks 2
      handouts calendar --profile flexion --pages calendar,diary
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.cli.one_document import make_one

    make_one("calendar", request_file, asked)
