"""Makes one of our texts into PDFs as other programs would, for `handouts check` to judge: tests/cases/other-tools/*.pdf.

Needs fpdf2, WeasyPrint and LibreOffice (`soffice`) beside the development packages; the files are committed, so that tests
need none of them.

python scripts/make_other_pdfs.py tests/cases/other-tools
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
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


def make_with_libreoffice(text: HandoutText, path: Path) -> None:
    """As a clinic with a word processor would: tagged, pictures that nobody described, small dense type, a line of capitals."""
    from PIL import Image, ImageDraw

    def step(words: str) -> str:
        return f'<li><p style="margin: 0; line-height: 100%; font-size: 10pt">{escape(words)}</p></li>'

    with tempfile.TemporaryDirectory() as folder:
        picture = Image.new("RGB", (120, 80), "white")
        ImageDraw.Draw(picture).ellipse((20, 10, 100, 70), outline="black", width=4)
        picture.save(f"{folder}/picture.png")
        cards = "".join(
            f"<h2>{card.number}. {escape(card.name)}</h2><p>{escape(card.dose)} {escape(card.total or '')}</p>"
            f'<p><img src="picture.png" width="76" height="51"></p><ol>{"".join(step(each) for each in card.steps)}</ol>'
            for card in text.cards
        )
        page = (
            f'<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body lang="en-GB">'
            f"<h1>{escape(text.title)}</h1><p>PLEASE READ ALL OF THIS BEFORE YOU BEGIN</p><p>{escape(text.purpose)}</p>{cards}"
            "</body></html>"
        )
        source = Path(folder, "libreoffice.html")
        source.write_text(page, encoding="utf-8")
        options = {"UseTaggedPDF": {"type": "boolean", "value": "true"}}
        command = ["soffice", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
        command += ["--infilter=HTML (StarWriter)", "--convert-to", f"pdf:writer_pdf_Export:{json.dumps(options)}"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True)  # noqa: S603 - our own words
        shutil.copy(source.with_suffix(".pdf"), path)


def main(folder: Path) -> None:
    """Make all four."""
    folder.mkdir(parents=True, exist_ok=True)
    text = word()
    make_with_fpdf2(text, folder / "fpdf2.pdf")
    make_with_weasyprint(text, folder / "weasyprint.pdf")
    make_with_reportlab(text, folder / "reportlab.pdf")
    make_with_libreoffice(text, folder / "libreoffice.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
