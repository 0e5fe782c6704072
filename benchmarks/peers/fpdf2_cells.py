"""fpdf2: cells, multi-cells and rectangles, figures as SVG that is parsed once a run; without tags, which it does not write."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from fpdf import FPDF
from fpdf.svg import SVGObject

from benchmarks.peers import Make, Supplies
from benchmarks.peers import layout as at
from handouts.texts import BoxText, CardText, GlanceText, HandoutText

_FONT = "Sheet"


def open_engine(supplies: Supplies) -> Make:
    """Parse the figures; returns the function that prints a handout. Fonts are read for each document: it keeps none."""
    figures = {key: SVGObject(drawing.svg) for key, drawing in supplies.drawings.items()}
    return partial(_print_handout, supplies=supplies, figures=figures)


def _print_handout(text: HandoutText, *, supplies: Supplies, figures: dict[str, SVGObject]) -> bytes:
    sheet = _Sheet(text, supplies, figures)
    sheet.print_opening()
    sheet.print_plan(text.glance)
    sheet.print_boxes([text.emergency], [at.CONTENT], columns=2, colour=at.URGENT, panel=at.URGENT_PANEL)
    sheet.print_boxes([text.call, text.pain], at.PAIR, columns=1, colour=at.ACCENT, panel=at.PANEL)
    sheet.print_boxes([text.before], [at.CONTENT], columns=2, colour=at.ACCENT, panel=at.PANEL)
    for place, card in enumerate(text.cards):
        if place == at.CARDS_ON_PAGE_1:
            sheet.add_page()
        sheet.print_card(card)
    return bytes(sheet.output())


class _Sheet(FPDF):
    """A document whose first page is begun; y counts from the top, in points."""

    def __init__(self, text: HandoutText, supplies: Supplies, figures: dict[str, SVGObject]) -> None:
        super().__init__(unit="pt", format="A4")
        self.words, self.supplies, self.figures = text, supplies, figures
        self.set_margins(at.LEFT, at.HEIGHT - at.TOP, at.LEFT)
        self.set_auto_page_break(auto=False)
        self.add_font(_FONT, "", supplies.regular)
        self.add_font(_FONT, "B", supplies.bold)
        self.set_lang(text.lang)
        self.set_title(text.title)
        self.set_author(text.author)
        self.set_line_width(0.7)
        self.add_page()

    def footer(self) -> None:
        """The patient and the page."""
        self.line(at.LEFT, at.HEIGHT - at.FOOT - 12, at.LEFT + at.CONTENT, at.HEIGHT - at.FOOT - 12)
        self.put(self.words.footer, at.LEFT, at.HEIGHT - at.FOOT - 9)
        said = self.words.page_of.format(page=self.page_no(), pages=at.PAGES)
        self.set_xy(at.LEFT, at.HEIGHT - at.FOOT - 9)
        self.cell(at.CONTENT, at.LEADING, said, align="R")

    def put(self, words: str, x: float, y: float, *, bold: bool = False, size: float = at.BODY, colour: str = at.INK) -> None:
        """One line that fits, its upper edge at y."""
        self.set_font(_FONT, "B" if bold else "", size)
        self.set_text_color(colour)
        self.set_xy(x, y)
        self.cell(0, size * 1.2, words)

    def set_spans(self, spans: Sequence[tuple[bool, str]], x: float, y: float, width: float) -> float:
        """Run words in two weights together and break them at `width`; returns where they end."""
        self.set_text_color(at.INK)
        self.set_xy(x, y)
        said = " ".join(f"**{words}**" if bold else words for bold, words in spans if words)
        self.set_font(_FONT, "", at.BODY)
        self.multi_cell(width, at.LEADING, said, align="L", markdown=True, new_x="LEFT", new_y="NEXT", padding=0)
        end: float = self.get_y()
        return end

    def print_opening(self) -> None:
        """Title, purpose, and who and when."""
        text, y = self.words, self.get_y()
        self.put(text.title, at.LEFT, y, bold=True, size=at.TITLE)
        self.put(text.purpose, at.LEFT, y + 24)
        y += 40
        for place, field in enumerate(text.fields):
            x, down = at.LEFT + (place % 2) * at.CONTENT / 2, y + (place // 2) * 13
            self.set_spans([(True, field.label), (False, field.value or "")], x, down, at.CONTENT / 2)
            if field.value is None:
                self.line(x + 60, down + 11, x + at.CONTENT / 2 - 12, down + 11)
        self.set_y(y + 13 * (-(-len(text.fields) // 2)) + at.GAP)

    def print_plan(self, glance: GlanceText) -> None:
        """The plan at a glance with its boxes to tick."""
        y = self.get_y()
        self.put(glance.heading, at.LEFT, y, bold=True, size=at.HEADING, colour=at.ACCENT)
        y = self.set_spans([(False, " ".join(glance.sentences))], at.LEFT, y + 16, at.CONTENT)
        y = self.set_spans([(True, glance.only_one or "")], at.LEFT, y, at.CONTENT) + 3
        self.fill(at.LEFT, y, at.CONTENT, at.ROW, at.ACCENT)
        heads = [*zip(at.COLUMNS, glance.columns, strict=True)]
        for x, words in heads + [(at.DAYS + place * at.DAY, day) for place, (day, _) in enumerate(glance.days)]:
            self.put(words, x - 2, y + 2, bold=True, colour=at.PAPER)
        for cells in glance.rows:
            y += at.ROW
            for place, (x, words) in enumerate(zip(at.COLUMNS, cells, strict=True)):
                self.put(words, x - 2, y + 2, bold=place == 1)
            for place in range(len(glance.days)):
                self.rect(at.DAYS + place * at.DAY, y + 2, 11, 11)
            self.line(at.LEFT, y + at.ROW, at.LEFT + at.CONTENT, y + at.ROW)
        self.set_y(y + at.ROW + at.GAP)

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle without an edge."""
        self.set_fill_color(colour)
        self.rect(x, y, width, height, style="F")

    def print_boxes(self, boxes: Sequence[BoxText], widths: Sequence[float], *, columns: int, colour: str, panel: str) -> None:
        """Headed boxes of bullets side by side, equally high."""
        top, tall = self.get_y(), 0.0
        self.set_font(_FONT, "", at.BODY)
        for box, width in zip(boxes, widths, strict=True):
            heights = [
                float(self.multi_cell(width / columns - 26, at.LEADING, item, align="L", dry_run=True, output="HEIGHT")) + 2
                for item in box.items
            ]
            half = -(-len(heights) // columns)
            tall = max(
                tall,
                *(sum(heights[start : start + half]) + (14 if box.write_in else 0) for start in range(0, len(heights), half)),
            )
        tall += at.HEAD + 10
        x = at.LEFT
        for box, width in zip(boxes, widths, strict=True):
            self.set_draw_color(colour)
            self.set_fill_color(panel)
            self.rect(x, top, width, tall, style="DF")
            self.fill(x, top, width, at.HEAD, colour)
            self.put(box.heading, x + 4, top + 2, bold=True, size=at.HEADING, colour=at.PAPER)
            start = top + at.HEAD + 5
            if box.write_in:
                self.put(box.write_in, x + 4, start, bold=True)
                self.line(x + 46, start + 11, x + width - 6, start + 11)
                start += 14
            half, y = -(-len(box.items) // columns), start
            for place, item in enumerate(box.items):
                left = x + (place // half) * width / columns
                y = start if place % half == 0 else y + 2
                self.put("•", left + 8, y)
                y = self.set_spans([(False, item)], left + 16, y, width / columns - 24)
            x += width + at.GUTTER
        self.set_draw_color(at.INK)
        self.set_y(top + tall + at.GAP)

    def print_card(self, card: CardText) -> None:
        """One exercise: its head with the dose, its pictures, and its words beside them."""
        top = self.get_y()
        self.fill(at.LEFT, top, at.CONTENT, at.BAR, at.PANEL)
        self.fill(at.LEFT, top, at.BAR, at.BAR, at.ACCENT)
        self.put(str(card.number), at.LEFT + 4, top + 2, bold=True, size=at.NAME, colour=at.PAPER)
        self.put(card.name, at.LEFT + at.BAR + 6, top + 2, bold=True, size=at.NAME)
        after = at.LEFT + at.BAR + 18 + self.get_string_width(card.name)
        self.set_spans([(True, card.dose), (False, card.total or "")], after, top + 4, at.LEFT + at.CONTENT - after)
        y = top + at.BAR + 6
        spots, high = at.place_pictures(card, self.supplies.drawings)
        for spot in spots:
            self.print_picture(spot, y)
        words = self.set_spans(at.tell_steps(card), at.WORDS, y, at.WORDS_WIDE) + 2
        for field in at.advice(card):
            words = self.set_spans([(True, field.label), (False, field.value or "")], at.WORDS, words, at.WORDS_WIDE)
        if card.note is not None:
            spans = [(True, card.note.label), (False, card.note.value or "")]
            end = self.set_spans(spans, at.WORDS + 4, words + 4, at.WORDS_WIDE - 8) + 4
            self.set_draw_color(at.ACCENT)
            self.rect(at.WORDS, words + 1, at.WORDS_WIDE, end - words - 1)
            self.set_draw_color(at.INK)
            words = end
        self.set_y(max(words, y + high) + at.GAP + 3)

    def print_picture(self, spot: at.Spot, top: float) -> None:
        """One picture with its caption; a mirrored one is drawn with its x axis turned."""
        wide, high = spot.drawing.width * spot.scale, spot.drawing.height * spot.scale
        left, upper = at.LEFT + spot.x, top + spot.below - high
        figure = self.figures[spot.drawing.key]
        figure.width, figure.height = wide, high
        if spot.mirrored:
            with self.mirror(origin=(left + wide / 2, upper), angle=90):
                figure.draw_to_page(self, left, upper)
        else:
            figure.draw_to_page(self, left, upper)
        self.set_font(_FONT, "B", at.SMALL)
        self.set_xy(left, top + spot.below)
        self.cell(wide, at.LEADING, spot.caption, align="C")
