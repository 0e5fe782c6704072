"""What a page says of its number, and the pages of a cover before the first one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.measured import FinishedPdf, PageFacts

_NUMBERS = re.compile(r"(\d+)\s*[^\s\d.,:-][^\d]{0,10}?(\d+)\W*$")
_MOST_PAGES = 500  # beyond which two numbers are a date or a telephone number
_LINE = 2.0  # points between the baselines of one line


def page_of(text: str) -> tuple[int, int] | None:
    """The last two numbers of a text, when they can be a page number: "2 of 4", "2/4"."""
    found = _NUMBERS.search(text.replace("\u00a0", " ").strip()[-40:])
    if found is None or not 1 <= int(found.group(1)) <= int(found.group(2)) <= _MOST_PAGES:
        return None
    return int(found.group(1)), int(found.group(2))


def number_on(page: PageFacts) -> tuple[int, int] | None:
    """What a page says of its number: what is drawn last, for that is the foot mostly, else its lowest or its highest line."""
    return next((found for text in (page.text, *_outer_lines(page)) if (found := page_of(text)) is not None), None)


def _outer_lines(page: PageFacts) -> Iterator[str]:
    runs = [run for run in page.sheet.runs if run.level and run.text.strip()] if page.sheet else []
    for outer in (min, max) if runs else ():
        baseline = outer(run.baseline for run in runs)
        line = sorted((run for run in runs if abs(run.baseline - baseline) < _LINE), key=lambda run: run.box.left)
        yield " ".join(run.text for run in line)


def count_covers(pdf: FinishedPdf) -> int:
    """The pages before the one that says it is page 1; where the first number is another, those before it are no covers."""
    for number, page in enumerate(pdf.pages):
        found = number_on(page)
        if found is not None:
            return number if found[0] == 1 else 0
    return 0
