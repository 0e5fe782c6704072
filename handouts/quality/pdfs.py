"""Checks on a finished PDF: language, title, tags, headings, tables, pictures, fonts, page numbers, bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from handouts.measured import FinishedPdf
from handouts.quality.judged import LANGUAGE
from handouts.quality.page_numbers import count_covers, number_on
from handouts.quality.remarks import Check, Flaw, Severity

LONGEST_ALT = 250
_HEADING = re.compile(r"H([1-6])$")
_TAGGED = "save it as a tagged PDF"
_LEVELS = "begin with heading 1, and leave no level out"
_HEADERS = "make the first row or column a header"
_NUMBERED = "print page x of y at the foot of each page"


def find_no_language(pdf: FinishedPdf) -> Iterator[Flaw]:
    """A1: the language a screen reader speaks."""
    hint = "set the language of the document, like en or en-GB"
    if not pdf.lang:
        yield Flaw(message="no language is set", hint=hint)
    elif not LANGUAGE.match(pdf.lang):
        yield Flaw(message="what is set is no language", hint=hint)


def find_no_title(pdf: FinishedPdf) -> Iterator[Flaw]:
    """A1: a title, shown in place of the file name."""
    if not pdf.title:
        yield Flaw(message="no title is set", hint="set a title in the properties of the document")
    if not pdf.shows_title:
        yield Flaw(message="the window shows the file name, not the title", hint="let the viewer show the title")


def find_no_tags(pdf: FinishedPdf) -> Iterator[Flaw]:
    """A2: the file says it is tagged, has a structure, and its pages lead into it."""
    if not pdf.marked:
        yield Flaw(message="it is not marked as tagged", hint=_TAGGED)
    if not pdf.elements:
        yield Flaw(message="it has no structure for a screen reader", hint=_TAGGED)
        return
    for number, page in enumerate(pdf.pages, start=1):
        if not page.in_structure:
            yield Flaw(message="the page is not part of the structure", hint=_TAGGED, at=(number,), page=number)


def find_odd_headings(pdf: FinishedPdf) -> Iterator[Flaw]:
    """A2: headings begin with H1 and leave no level out."""
    levels = [int(found.group(1)) for each in pdf.elements if (found := _HEADING.match(each.tag))]
    if not levels:
        yield Flaw(message="there is no heading", hint=_LEVELS)
    elif levels[0] != 1:
        yield Flaw(message=f"the first heading is H{levels[0]}, not H1", hint=_LEVELS)
    for before, after in pairwise(levels):
        if after > before + 1:
            yield Flaw(message=f"heading H{after} follows H{before}", hint=_LEVELS)


def find_tables_without_header(pdf: FinishedPdf) -> Iterator[Flaw]:
    """A2: each table has header cells that say what they head."""
    for number in range(1, max((each.table or 0 for each in pdf.elements), default=0) + 1):
        headers = [each for each in pdf.elements if each.table == number and each.tag == "TH"]
        if not headers:
            yield Flaw(message=f"table {number} has no header cell", hint=_HEADERS)
        elif not all(each.has_scope for each in headers):
            yield Flaw(message=f"table {number} has a header cell without a scope", hint=_HEADERS)


def find_loose_fonts(pdf: FinishedPdf) -> Iterator[Flaw]:
    """A3: every font is in the file."""
    for name in pdf.loose_fonts:
        yield Flaw(message=f"the font {name} is not embedded", hint="embed all fonts, of cover and letterhead too")


def find_bad_alts(pdf: FinishedPdf) -> Iterator[Flaw]:
    """G3: every figure has alt text."""
    for number, figure in enumerate((each for each in pdf.elements if each.tag == "Figure"), start=1):
        if figure.alt is None:
            yield Flaw(message=f"figure {number} has no alt text", hint="say what the picture shows")
        elif len(figure.alt) > LONGEST_ALT and "Form" not in figure.inside:
            message = f"figure {number}: alt text of {len(figure.alt)} characters, {LONGEST_ALT} at most"
            yield Flaw(message=message, hint="say only what matters", severity=Severity.WARNING)


def find_unnumbered_pages(pdf: FinishedPdf) -> Iterator[Flaw]:
    """L5: the foot of every page says page x of y. Pages of a cover, in front of the first numbered one, are left out."""
    numbered, first = [number_on(page) for page in pdf.pages], count_covers(pdf)
    if not any(numbered):
        yield Flaw(message="no page says page x of y", hint=_NUMBERED)
        return
    for index, found in enumerate(numbered[first:], start=1):
        total = len(numbered) - first
        if found not in ((index, total), (index + first, len(numbered))):
            said = f"page {found[0]} of {found[1]}" if found else "no page number"
            yield Flaw(
                message=f"says {said}, is page {index} of {total}", hint=_NUMBERED, at=(index + first,), page=index + first
            )


def find_no_bookmarks(pdf: FinishedPdf) -> Iterator[Flaw]:
    """A5: bookmarks lead to the exercises."""
    if not pdf.bookmarks:
        yield Flaw(message="there are no bookmarks", hint="make one for each heading")


def find_silent_links(pdf: FinishedPdf) -> Iterator[Flaw]:
    """A5: links say where they lead."""
    for number, page in enumerate(pdf.pages, start=1):
        if any(said is None for said in page.links):
            yield Flaw(message="a link says nothing to a screen reader", hint="say where it leads", at=(number,), page=number)


_E, _W, _UA = Severity.ERROR, Severity.WARNING, "PDF/UA-1 (ISO 14289-1)"
PDF_CHECKS: tuple[Check[FinishedPdf], ...] = (
    Check(id="A1", severity=_E, what="The PDF says its language.", source=_UA, find=find_no_language),
    Check(id="A1", severity=_E, what="The PDF has a title and shows it.", source=_UA, find=find_no_title),
    Check(id="A2", severity=_E, what="The PDF is tagged, page for page.", source=_UA, find=find_no_tags),
    Check(id="A2", severity=_E, what="Headings begin with H1 and leave no level out.", source=_UA, find=find_odd_headings),
    Check(id="A2", severity=_E, what="Tables have header cells with a scope.", source=_UA, find=find_tables_without_header),
    Check(id="A3", severity=_E, what="All fonts are embedded.", source=_UA, find=find_loose_fonts),
    Check(id="A5", severity=_W, what="Bookmarks lead to the exercises.", source="long documents", find=find_no_bookmarks),
    Check(id="A5", severity=_W, what="Links say where they lead.", source=_UA, find=find_silent_links),
    Check(
        id="G3", severity=_E, what="Every figure has alt text; a warning above 250 characters.", source=_UA, find=find_bad_alts
    ),
    Check(id="L5", severity=_E, what="Every page says page x of y.", source="loose sheets", find=find_unnumbered_pages),
)
