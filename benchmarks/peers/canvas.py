"""The floor: ReportLab's canvas as a careful programmer writes to it by hand, for this handout only, without tags.

Fonts are registered once, widths of words are kept, a figure is one operator string from the start and one form object a
document. No Platypus and no paths drawn call by call. With the option `kept`, figures are deflated once a run as well.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import TypeAlias

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObject, PDFStream
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.figures import Drawing
from benchmarks.peers import Make, Supplies
from benchmarks.peers import layout as at
from handouts.texts import BoxText, CardText, GlanceText, HandoutText

Span: TypeAlias = tuple[str, str]
"""A font and words in it."""

Run: TypeAlias = tuple[str, str, float]
"""A font, words, and points from the left edge of the line."""

REGULAR, BOLD = "Sheet", "Sheet-Bold"


def open_engine(supplies: Supplies, kept: str = "") -> Make:
    """Register the fonts; returns the function that draws a handout."""
    rl_config.useA85 = 0  # streams stay bytes: smaller, and no time for turning them into text
    pdfmetrics.registerFont(TTFont(REGULAR, supplies.regular))
    pdfmetrics.registerFont(TTFont(BOLD, supplies.bold))
    deflated = {key: zlib.compress(drawing.operators.encode("ascii")) for key, drawing in supplies.drawings.items() if kept}
    return partial(_draw, drawings=supplies.drawings, deflated=deflated)


def _draw(text: HandoutText, *, drawings: dict[str, Drawing], deflated: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(at.WIDTH, at.HEIGHT), initialFontName=REGULAR, pageCompression=1, lang=text.lang)
    canvas.setTitle(text.title)
    canvas.setAuthor(text.author)
    sheet = _Sheet(canvas, drawings, deflated)
    sheet.draw_opening(text)
    sheet.draw_plan(text.glance)
    sheet.draw_boxes([text.emergency], [at.CONTENT], columns=2, colour=at.URGENT, panel=at.URGENT_PANEL)
    sheet.draw_boxes([text.call, text.pain], at.PAIR, columns=1, colour=at.ACCENT, panel=at.PANEL)
    sheet.draw_boxes([text.before], [at.CONTENT], columns=2, colour=at.ACCENT, panel=at.PANEL)
    for place, card in enumerate(text.cards):
        if place == at.CARDS_ON_PAGE_1:
            sheet.end_page(text, 1)
        sheet.draw_card(card)
    sheet.end_page(text, 2)
    canvas.save()
    return target.getvalue()


@lru_cache(maxsize=20_000)
def _wide(word: str, font: str, size: float) -> float:
    width: float = pdfmetrics.stringWidth(word, font, size)
    return width


def wrap(spans: Sequence[Span], size: float, width: float) -> list[list[Run]]:
    """Lines no wider than `width` points; neighbours in one font are one run."""
    lines: list[list[Run]] = [[]]
    x = 0.0
    for font, words in spans:
        space = _wide(" ", font, size)
        for word in words.split(" "):
            wide = _wide(word, font, size)
            line = lines[-1]
            if line and x + wide > width:
                line = []
                lines.append(line)
                x = 0.0
            if line and line[-1][0] == font:
                line[-1] = (font, f"{line[-1][1]} {word}", line[-1][2])
            else:
                line.append((font, word, x))
            x += wide + space
    return lines


class _KeptForm(PDFObject):  # type: ignore[misc] # ReportLab ships no types
    """A form object whose stream is deflated already."""

    def __init__(self, drawing: Drawing, deflated: bytes) -> None:
        entries = {"Type": "/XObject", "Subtype": "/Form", "Filter": "/FlateDecode", "Resources": "<<>>"}
        entries["BBox"] = f"[0 0 {drawing.width:g} {drawing.height:g}]"
        self._stream = PDFStream(PDFDictionary(entries), deflated)

    def format(self, document: object) -> bytes:
        """The object as ReportLab writes it."""
        written: bytes = self._stream.format(document)
        return written


class _Sheet:
    """A canvas and how far down its page is filled: `y` is where the next thing begins, in points."""

    def __init__(self, canvas: Canvas, drawings: dict[str, Drawing], deflated: dict[str, bytes]) -> None:
        self.canvas, self.drawings, self.deflated = canvas, drawings, deflated
        self.y = at.TOP

    def text(
        self, lines: Sequence[Sequence[Run]], x: float, y: float, size: float = at.BODY, leading: float = at.LEADING
    ) -> float:
        """Draw lines, the first with its baseline `size` below `y`; returns where they end."""
        written = self.canvas.beginText(x, y - size)
        for number, line in enumerate(lines):
            for font, words, start in line:
                written.setFont(font, size)
                written.setTextOrigin(x + start, y - size - number * leading)
                written.textOut(words)
        self.canvas.drawText(written)
        return y - len(lines) * leading

    def paragraph(self, spans: Sequence[Span], x: float, y: float, width: float) -> float:
        """Wrap and draw; returns where it ends."""
        return self.text(wrap(spans, at.BODY, width), x, y)

    def line(self, font: str, words: str, x: float, y: float, size: float, colour: str = at.INK) -> None:
        """One line that fits."""
        self.canvas.setFont(font, size)
        self.canvas.setFillColor(colour)
        self.canvas.drawString(x, y - size, words)
        self.canvas.setFillColor(at.INK)

    def draw_opening(self, text: HandoutText) -> None:
        """Title, purpose, and who and when."""
        self.line(BOLD, text.title, at.LEFT, self.y, at.TITLE)
        self.y = self.paragraph([(REGULAR, text.purpose)], at.LEFT, self.y - at.TITLE - 6, at.CONTENT) - at.GAP
        for place, field in enumerate(text.fields):
            x, y = at.LEFT + (place % 2) * at.CONTENT / 2, self.y - (place // 2) * 13
            self.paragraph([(BOLD, field.label), *([(REGULAR, field.value)] if field.value else [])], x, y, at.CONTENT)
            if not field.value:
                self.canvas.line(x + 60, y - at.BODY - 2, x + at.CONTENT / 2 - 12, y - at.BODY - 2)
        self.y -= 13 * (-(-len(text.fields) // 2)) + at.GAP

    def draw_plan(self, glance: GlanceText) -> None:
        """The plan at a glance with its boxes to tick."""
        canvas = self.canvas
        self.line(BOLD, glance.heading, at.LEFT, self.y, at.HEADING, at.ACCENT)
        self.y = self.paragraph([(REGULAR, " ".join(glance.sentences))], at.LEFT, self.y - at.HEADING - 4, at.CONTENT)
        if glance.only_one:
            self.y = self.paragraph([(BOLD, glance.only_one)], at.LEFT, self.y, at.CONTENT)
        self.y -= 3
        canvas.setFillColor(at.ACCENT)
        canvas.rect(at.LEFT, self.y - at.ROW, at.CONTENT, at.ROW, stroke=0, fill=1)
        for x, words in zip(at.COLUMNS, glance.columns, strict=True):
            self.line(BOLD, words, x, self.y - 3, at.BODY, at.PAPER)
        for place, (day, _) in enumerate(glance.days):
            self.line(BOLD, day, at.DAYS + place * at.DAY, self.y - 3, at.BODY, at.PAPER)
        for cells in glance.rows:
            self.y -= at.ROW
            for font, x, words in zip((REGULAR, BOLD, REGULAR), at.COLUMNS, cells, strict=True):
                self.line(font, words, x, self.y - 3, at.BODY)
            for place in range(len(glance.days)):
                canvas.rect(at.DAYS + place * at.DAY, self.y - at.ROW + 2, 11, 11)
            canvas.line(at.LEFT, self.y - at.ROW, at.LEFT + at.CONTENT, self.y - at.ROW)
        self.y -= at.ROW + at.GAP

    def draw_boxes(self, boxes: Sequence[BoxText], widths: Sequence[float], *, columns: int, colour: str, panel: str) -> None:
        """Headed boxes of bullets side by side, equally high."""
        canvas, set_ = self.canvas, []
        for box, width in zip(boxes, widths, strict=True):
            room = width / columns - 26
            bullets = [wrap([(REGULAR, item)], at.BODY, room) for item in box.items]
            half = -(-len(bullets) // columns)
            set_.append((box, [bullets[start : start + half] for start in range(0, len(bullets), half)]))
        tall = max(
            max(sum(len(lines) for lines in column) * at.LEADING + 2 * len(column) for column in parts)
            + (14 if box.write_in else 0)
            for box, parts in set_
        )
        tall += at.HEAD + 10
        x = at.LEFT
        for (box, parts), width in zip(set_, widths, strict=True):
            canvas.setFillColor(panel)
            canvas.setStrokeColor(colour)
            canvas.rect(x, self.y - tall, width, tall, fill=1)
            canvas.setFillColor(colour)
            canvas.rect(x, self.y - at.HEAD, width, at.HEAD, fill=1, stroke=0)
            self.line(BOLD, box.heading, x + 6, self.y - 3, at.HEADING, at.PAPER)
            start = self.y - at.HEAD - 5
            if box.write_in:
                self.line(BOLD, box.write_in, x + 6, start, at.BODY)
                canvas.line(x + 46, start - at.BODY - 2, x + width - 6, start - at.BODY - 2)
                start -= 14
            for place, column in enumerate(parts):
                y, left = start, x + place * width / columns
                for lines in column:
                    self.line(REGULAR, "•", left + 8, y, at.BODY)
                    y = self.text(lines, left + 18, y) - 2
            x += width + at.GUTTER
        canvas.setStrokeColor(at.INK)
        self.y -= tall + at.GAP

    def draw_card(self, card: CardText) -> None:
        """One exercise: its head with the dose, its pictures, and its words beside them."""
        canvas = self.canvas
        canvas.setFillColor(at.PANEL)
        canvas.rect(at.LEFT, self.y - at.BAR, at.CONTENT, at.BAR, stroke=0, fill=1)
        canvas.setFillColor(at.ACCENT)
        canvas.rect(at.LEFT, self.y - at.BAR, at.BAR, at.BAR, stroke=0, fill=1)
        self.line(BOLD, str(card.number), at.LEFT + 7, self.y - 3, at.NAME, at.PAPER)
        self.line(BOLD, card.name, at.LEFT + at.BAR + 8, self.y - 3, at.NAME)
        after = at.LEFT + at.BAR + 18 + _wide(card.name, BOLD, at.NAME)
        rest = [(REGULAR, words) for words in (card.total, card.how_often) if words]
        self.paragraph([(BOLD, card.dose), *rest], after, self.y - 6, at.CONTENT)
        top = self.y - at.BAR - 6
        below_pictures = self.draw_pictures(card, top)
        y = (
            self.paragraph(
                [(BOLD if bold else REGULAR, words) for bold, words in at.tell_steps(card)], at.WORDS, top, at.WORDS_WIDE
            )
            - 2
        )
        for field in at.advice(card):
            y = self.paragraph([(BOLD, field.label), (REGULAR, field.value or "")], at.WORDS, y, at.WORDS_WIDE)
        if card.note is not None:
            lines = wrap([(BOLD, card.note.label), (REGULAR, card.note.value or "")], at.BODY, at.WORDS_WIDE - 12)
            tall = len(lines) * at.LEADING + 8
            canvas.setStrokeColor(at.ACCENT)
            canvas.rect(at.WORDS, y - tall, at.WORDS_WIDE, tall)
            self.text(lines, at.WORDS + 6, y - 3)
            canvas.setStrokeColor(at.INK)
            y -= tall
        self.y = min(below_pictures, y) - at.GAP - 3

    def draw_pictures(self, card: CardText, top: float) -> float:
        """The pictures in rows of two with their captions; returns where they end."""
        spots, bottom = at.place_pictures(card, self.drawings)
        for spot in spots:
            self.define_figure(spot.drawing)
            scale, left = spot.scale, at.LEFT + spot.x
            wide = spot.drawing.width * scale
            self.canvas.saveState()
            self.canvas.transform(
                -scale if spot.mirrored else scale, 0, 0, scale, left + (wide if spot.mirrored else 0), top - spot.below
            )
            self.canvas.doForm(spot.drawing.name)
            self.canvas.restoreState()
            self.canvas.setFont(BOLD, at.SMALL)
            self.canvas.drawCentredString(left + wide / 2, top - spot.below - at.SMALL - 1, spot.caption)
        return top - bottom

    def define_figure(self, drawing: Drawing) -> None:
        """The figure as a form object of this document; a `kept` one is not deflated again."""
        canvas = self.canvas
        if canvas.hasForm(drawing.name):
            return
        if drawing.key in self.deflated:
            canvas._doc.addForm(drawing.name, _KeptForm(drawing, self.deflated[drawing.key]))  # noqa: SLF001 - no public way
            return
        canvas.beginForm(drawing.name, 0, 0, drawing.width, drawing.height)
        canvas._code.append(drawing.operators)  # noqa: SLF001 - the usual way to write operators that one has already
        canvas.endForm()

    def end_page(self, text: HandoutText, number: int) -> None:
        """The footer, and a new page."""
        self.canvas.line(at.LEFT, at.FOOT + 12, at.LEFT + at.CONTENT, at.FOOT + 12)
        self.canvas.setFont(REGULAR, at.SMALL)
        self.canvas.drawString(at.LEFT, at.FOOT, text.footer)
        self.canvas.drawRightString(at.LEFT + at.CONTENT, at.FOOT, text.page_of.format(page=number, pages=at.PAGES))
        self.canvas.showPage()
        self.y = at.TOP
