"""Makes one of our texts into PDFs as other programs would, for `handouts check` to judge: tests/cases/other-tools/*.pdf.

Needs fpdf2 and WeasyPrint beside the development packages; the files are committed, so that tests need neither.

python scripts/make_other_pdfs.py tests/cases/other-tools
"""

from __future__ import annotations

import datetime as dt
import sys
from html import escape
from pathlib import Path

from handouts.bench import Bench
from handouts.build import make_handout
from handouts.model import Request
from handouts.texts import HandoutText
from handouts.workspace import Workspace

FONTS = Path(__file__).parents[1] / "assets" / "fonts"
STYLE = """
@font-face {{ font-family: Sample; src: url({font}) }}
@page {{ size: A4; margin: 12mm; @bottom-center {{ content: 'Page ' counter(page) ' of ' counter(pages); font-size: 9pt }} }}
body {{ font: 11pt/1.3 Sample, sans-serif; color: #333 }}
.pale {{ color: #9a9a9a; font-style: italic }} .opening {{ text-align: justify }}
"""


def word() -> HandoutText:
    """The words of a short routine."""
    return make_handout(Request(routine="five-minute", date=dt.date(2026, 3, 31)), Bench(Workspace(), "en")).text


def make_with_fpdf2(text: HandoutText, path: Path) -> None:
    """As a script would: small grey page numbers, base fonts, justified, italics."""
    from fpdf import FPDF

    class Pages(FPDF):
        def footer(self) -> None:
            self.set_y(-12)
            self.set_font("helvetica", "", 8)
            self.set_text_color(150)
            self.cell(0, 6, f"{self.page_no()}", align="C")

    pages = Pages()
    pages.set_creation_date(dt.datetime(2026, 3, 31, tzinfo=dt.UTC))
    pages.add_page()

    def say(size: float, words: str, style: str = "", align: str = "L") -> None:
        pages.set_font("helvetica", style, size)
        pages.multi_cell(0, size / 2, words, new_x="LMARGIN", new_y="NEXT", align=align)

    say(18, text.title, "B")
    say(10, text.purpose, align="J")
    for card in text.cards:
        pages.ln(4)
        say(13, f"{card.number}. {card.name}", "B")
        say(10, card.dose, "I")
        for number, step in enumerate(card.steps, start=1):
            say(10, f"{number}. {step}")
    pages.output(str(path))


def make_with_weasyprint(text: HandoutText, path: Path) -> None:
    """As a web page would be: tagged, pale italics, narrow margins, a justified opening."""
    import weasyprint

    cards = "".join(
        f'<h2>{card.number}. {escape(card.name)}</h2><p class="pale">{escape(card.dose)}</p>'
        f"<ol>{''.join(f'<li>{escape(step)}</li>' for step in card.steps)}</ol>"
        for card in text.cards
    )
    signs = "".join(f"<li>{escape(item)}</li>" for item in text.emergency.items)
    purpose = escape(f"{text.purpose} {text.purpose} {text.purpose}")
    style = STYLE.format(font=(FONTS / "AtkinsonHyperlegible-Regular.ttf").as_uri())
    page = (
        f'<html lang="en"><head><title>{escape(text.title)}</title><style>{style}</style></head><body>'
        f'<h1>{escape(text.title)}</h1><p class="opening">{purpose}</p>'
        f"<h2>{escape(text.emergency.heading)}</h2><ul>{signs}</ul>{cards}</body></html>"
    )
    weasyprint.HTML(string=page).write_pdf(path, pdf_variant="pdf/ua-1")


def make_with_reportlab(text: HandoutText, path: Path) -> None:
    """As an old report generator would: capitals, narrow lines, text over a grey box and beyond the edge."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    y = 800.0

    def say(words: str, size: float, font: str = "Times-Roman") -> None:
        nonlocal y
        if y < 40:
            canvas.showPage()
            y = 800.0
        canvas.setFont(font, size)
        canvas.drawString(30, y, words)
        y -= size * 1.05

    say(f"{text.title} for all patients".upper(), 16, "Times-Bold")
    for card in text.cards:
        say(f"{card.number} {card.name}", 13, "Times-Bold")
        say(card.dose, 11, "Times-Italic")
        for number, step in enumerate(card.steps, start=1):
            say(f"{number}) {step}", 10)
        canvas.setFillGray(0.9)
        canvas.rect(30, y - 10, 60, 18, fill=1, stroke=0)
        canvas.setFillGray(0.6)
        say("Note this", 9)
        canvas.setFillGray(0)
    canvas.save()


def main(folder: Path) -> None:
    """Make all three."""
    folder.mkdir(parents=True, exist_ok=True)
    text = word()
    make_with_fpdf2(text, folder / "fpdf2.pdf")
    make_with_weasyprint(text, folder / "weasyprint.pdf")
    make_with_reportlab(text, folder / "reportlab.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
