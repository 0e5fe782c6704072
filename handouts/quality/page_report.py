"""The report of the checks as one HTML page that needs no other file: remarks, scores, and pages with the places marked."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from handouts.quality.outcome import Outcome, PagePicture
from handouts.quality.remarks import Remark, Severity, in_order
from handouts.quality.report import summarise
from handouts.quality.scores import Score, State

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem }
caption { text-align: left; font-weight: bold; font-size: 1.15rem; padding: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #767676;
  overflow-wrap: break-word }
.place { overflow-wrap: anywhere; min-width: 9rem } .short { white-space: nowrap }
.error { color: #8f1414; font-weight: bold } .warning { color: #6b4400; font-weight: bold }
.quiet { color: #4a4a4a }
.pages { display: flex; flex-wrap: wrap; gap: 1.5rem; padding: 0; list-style: none }
.pages li { max-width: 22rem; flex: 1 1 16rem } .pages svg { width: 100%; height: auto; border: 1px solid #767676 }
@media print { .pages li { break-inside: avoid } }
"""
_STROKES = {Severity.ERROR: "#b00000", Severity.WARNING: "#a85b00", Severity.NOTE: "#005a9c"}
_DASHES = {Severity.ERROR: "", Severity.WARNING: "6 3", Severity.NOTE: "2 3"}
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_MOST_MARKS = 400  # on one page


def as_html(outcome: Outcome, title: str = "handouts check") -> str:
    """Return the whole report; everything found is escaped, nothing is loaded from elsewhere."""
    remarks = [(number, remark) for number, remark in enumerate(in_order(outcome.remarks), start=1)]
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{summarise(outcome.remarks)}</p>",
        _remark_table(remarks) if remarks else "<p>Nothing was found.</p>",
        _unmeasured_table(outcome),
        *(_score_table(score) for score in outcome.scores),
        _pages(outcome.pages, remarks),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        "<body><main>" + "\n".join(part for part in body if part) + "</main></body></html>\n"
    )


def _remark_table(remarks: Sequence[tuple[int, Remark]]) -> str:
    rows = []
    for number, each in remarks:
        kind = f"{each.severity},<br>meant so" if each.reason else str(each.severity)
        numbers = (("found", each.found), ("limit", each.limit))
        measured = ", ".join(f"{name} {round(value, 2):g}" for name, value in numbers if value is not None)
        rule = "<br>".join(escape(part) for part in (each.rule, each.source) if part)
        rows.append(
            f'<tr id="remark-{number}"><th scope="row" class="short">{number}</th><td class="short {each.severity}">{kind}</td>'
            f'<td class="place">{escape(each.place)}</td><td class="short">{escape(each.check)}</td>'
            f'<td>{escape(each.message)}<br><span class="quiet">{escape(measured)}</span></td>'
            f'<td>{escape(each.reason or each.hint or "")}</td><td class="quiet">{rule}</td></tr>'
        )
    names = ("No.", "Kind", "Place", "Check", "What was found", "What to do, or why it is meant so", "Rule and source")
    return _table("Remarks", names, rows)


def _unmeasured_table(outcome: Outcome) -> str:
    rows = [
        f'<tr><th scope="row">{escape(each.place)}</th><td>{escape(", ".join(each.checks))}</td><td>{escape(each.why)}</td></tr>'
        for each in outcome.unmeasured
    ]
    return _table("Not measured", ("Place", "Checks", "Why"), rows) if rows else ""


def _score_table(score: Score) -> str:
    value = "cannot be told" if score.value is None else f"{score.value:.0f} %" if score.unit == "%" else f"{score.value:.1f}"
    caption = f"{score.name} of {score.place}: {value} (wanted: {score.wanted})"
    if not score.items:
        return f"<p><strong>{escape(caption)}</strong></p>"
    rows = [
        f'<tr><th scope="row">{escape(item.number)}</th><td>{escape(item.what)}</td>'
        f"<td{' class=error' if item.state is State.NOT_MET else ''}>{item.state}</td></tr>"
        for item in score.items
    ]
    caption += f"; {score.judged} of {len(score.items)} items judged"
    return _table(caption, ("Item", "In short", "What software sees"), rows)


def _table(caption: str, names: Iterable[str], rows: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    lines = "\n".join(rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>\n{lines}\n</tbody></table>"


def _pages(pages: Sequence[PagePicture], remarks: Sequence[tuple[int, Remark]]) -> str:
    if not pages:
        return ""
    items = "\n".join(f"<li>{_page(page, remarks)}</li>" for page in pages)
    key = "A full line marks an error, a broken one a warning, dots a note."
    return f'<h2>Pages</h2>\n<p>{key}</p>\n<ul class="pages">{items}</ul>'


def _page(page: PagePicture, remarks: Sequence[tuple[int, Remark]]) -> str:
    here = [
        (number, each)
        for number, each in remarks
        if each.page == page.page and (each.place == page.place or each.place.startswith(f"{page.place}, "))
    ]
    picture = base64.b64encode(page.png).decode("ascii")
    said = ", ".join(f"{each.severity} {number}" for number, each in here) or "nothing was found here"
    label = escape(f"Page {page.page} of {page.place}: {said}")
    marks = "".join(_marks(page, here))
    links = ", ".join(f'<a href="#remark-{number}">{number} ({escape(each.check)})</a>' for number, each in here)
    return (
        f'<svg viewBox="0 0 {page.width:.0f} {page.height:.0f}" role="img" aria-label="{label}">'
        f'<image width="{page.width:.0f}" height="{page.height:.0f}" href="data:image/png;base64,{picture}"/>{marks}</svg>'
        f"<p>{escape(page.place)}, page {page.page}{': ' + links if links else ''}</p>"
    )


def _marks(page: PagePicture, here: Sequence[tuple[int, Remark]]) -> Iterator[str]:
    left = _MOST_MARKS
    for number, each in here:
        for box in each.boxes[:left]:
            width, height = max(0.0, box.width) + 4, max(0.0, box.height) + 4
            yield (
                f'<rect fill="none" stroke-width="2" x="{box.left - 2:.1f}" y="{page.height - box.top - 2:.1f}" '
                f'width="{width:.1f}" height="{height:.1f}" stroke="{_STROKES[each.severity]}" '
                f'stroke-dasharray="{_DASHES[each.severity]}"><title>{number}: {escape(each.message)}</title></rect>'
            )
        left = max(0, left - len(each.boxes))
