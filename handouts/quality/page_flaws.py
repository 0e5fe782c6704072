"""What checks on finished pages share: which pages and blocks they look at, and a flaw with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from handouts.measured import Run, Sheet
from handouts.quality.judged import PdfInQuestion
from handouts.quality.lines import TextBlock
from handouts.quality.remarks import Flaw

LETTERHEAD = "it is on the letterhead, which is the clinic's own"


def inner_sheets(subject: PdfInQuestion) -> Iterator[tuple[int, Sheet]]:
    """Return the measured pages after the covers, by number from 1."""
    for number, page in enumerate(subject.pdf.pages, start=1):
        if number > subject.covers and page.sheet is not None:
            yield number, page.sheet


def is_letterhead(run: Run) -> bool:
    """Whether a run is part of a sheet that lies under the page."""
    return run.sheet and run.tag == "Artifact"


def by_page(subject: PdfInQuestion, faulty: Callable[[TextBlock], bool]) -> Iterator[tuple[int, list[TextBlock]]]:
    """Return the blocks with a fault, covers and feet left out, by page."""
    found: dict[int, list[TextBlock]] = {}
    for block in subject.inner:
        if faulty(block):
            found.setdefault(block.page, []).append(block)
    yield from found.items()


def on_page(
    page: int, blocks: Iterable[TextBlock], message: str, hint: str, *, found: float | None = None, limit: float | None = None
) -> Flaw:
    """Return a flaw of blocks on one page."""
    boxes = tuple(block.box for block in blocks)
    return Flaw(message=message, hint=hint, at=(page,), page=page, boxes=boxes, found=found, limit=limit)
