"""A small handout drawn the way other programs draw one: without tags, its words and looks open to change, fault by fault."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from handouts.workspace import Workspace

WIDTH, HEIGHT = 595.0, 842.0
STEPS = ("Lie on your back.", "Bend your knees.", "Lift your hips slowly.")
ALARM = (
    "Get help now: go to a hospital, if:",
    "You are numb between your legs.",
    "You cannot pee, or leak pee or poo.",
    "A leg is newly weak. You have chest pain.",
)


@dataclass(kw_only=True)
class Drawn:
    """What is drawn; each field is a place to plant a fault. Lengths are points."""

    title: str = "Gentle exercises for your back"
    purpose: str = "These help to loosen a stiff back. Do them once a day."
    patient: str | None = None
    alarm: tuple[str, ...] = ALARM
    advice: tuple[str, ...] = ("Stop if your pain moves down a leg.", "Phone: 020 7946 0000")
    names: tuple[str, ...] = ("Bridge",)
    steps: tuple[str, ...] = STEPS
    dose: str = "Hold 10 seconds, 5 times, each side. That is 10 holds in all."
    passage: tuple[str, ...] = ()
    size: float = 13.0
    alarm_size: float = 13.0
    title_size: float = 24.0
    heading_size: float = 21.0
    leading: float = 1.3
    left: float = 60.0
    colour: str = "#1a1a1a"
    panel: str | None = None
    line: str = "#4a4a4a"
    line_width: float = 1.0
    picture: float = 150.0
    picture_line: float = 1.2
    justified: float | None = None  # width of the lines of the passage, but the last
    head: str | None = None  # on every page
    slant: bool = False
    underline: bool = False
    cover_up: bool = False
    split: bool = False
    reverse: bool = False
    numbered: bool = True
    pages: int = 1
    extra: list[tuple[float, float, str]] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)


@cache
def _register_fonts() -> None:
    folder = Workspace().builtin / "assets" / "fonts"
    for name, style in (("Sample", "Regular"), ("Sample-Bold", "Bold")):
        path = folder / f"AtkinsonHyperlegible-{style}.ttf"
        pdfmetrics.registerFont(TTFont(name, path))


class _Pen:
    def __init__(self, drawn: Drawn) -> None:
        _register_fonts()
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=(WIDTH, HEIGHT), invariant=True)
        self.drawn, self.y, self.page = drawn, HEIGHT - 90.0, 1

    def say(self, text: str, size: float, *, bold: bool = False, width: float | None = None) -> None:
        self.canvas.setFillColor(self.drawn.colour)
        self.canvas.setFont("Sample-Bold" if bold else "Sample", size)
        room = width - pdfmetrics.stringWidth(text, self.canvas._fontname, size) if width else 0.0
        self.canvas.drawString(self.drawn.left, self.y, text, wordSpace=room / text.count(" ") if room else None)
        self.y -= size * self.drawn.leading

    def end(self, last: int) -> None:
        if self.drawn.numbered:
            self.canvas.setFillColor("#1a1a1a")
            self.canvas.setFont("Sample", 12)
            self.canvas.drawString(440, 30, f"Page {self.page} of {last}")
        if self.drawn.head:
            self.canvas.setFillColor("#1a1a1a")
            self.canvas.setFont("Sample", 12)
            self.canvas.drawString(60, HEIGHT - 40, self.drawn.head)
        self.canvas.showPage()
        self.page, self.y = self.page + 1, HEIGHT - 90.0


def draw(drawn: Drawn | None = None) -> bytes:
    """The PDF."""
    drawn = drawn or Drawn()
    pen = _Pen(drawn)
    canvas, last = pen.canvas, drawn.pages + drawn.split
    canvas.setTitle(drawn.about.get("title", "Gentle exercises"))
    canvas.setSubject(drawn.about.get("subject", ""))
    if drawn.panel:
        canvas.setFillColor(drawn.panel)
        canvas.rect(0, 0, WIDTH, HEIGHT, fill=1, stroke=0)
    pen.say(drawn.title, drawn.title_size, bold=True)
    pen.y -= 6
    pen.say(drawn.purpose, drawn.size)
    if drawn.patient:
        pen.say(f"For: {drawn.patient}", drawn.size)
    for number, text in enumerate(drawn.alarm):
        pen.say(text, drawn.alarm_size, bold=number == 0)
    pen.y -= 14
    for text in drawn.advice:
        pen.say(text, drawn.size)
    canvas.setStrokeColor(drawn.line)
    canvas.setLineWidth(drawn.line_width)
    pen.y -= 6
    canvas.line(drawn.left, pen.y, WIDTH - drawn.left, pen.y)
    pen.y -= drawn.heading_size + 14
    for number, name in enumerate(drawn.names, start=1):
        _draw_exercise(pen, number, name, last)
    if drawn.underline:
        canvas.setLineWidth(0.8)
        canvas.setStrokeColor("#1a1a1a")
        canvas.line(60, pen.y - 2, 60 + pdfmetrics.stringWidth("Keep going.", "Sample", 13), pen.y - 2)
        pen.say("Keep going.", 13)
    if drawn.slant:
        canvas.saveState()
        canvas.transform(1, 0, 0.25, 1, 0, 0)
        pen.say("Keep going.", 13)
        canvas.restoreState()
    if drawn.cover_up:
        pen.say("Keep going.", 13)
        canvas.setFillColor("#f0f0f0")
        canvas.rect(50, pen.y + 8, 200, 30, fill=1, stroke=0)
    for x, y, text in drawn.extra:
        canvas.setFillColor("#1a1a1a")
        canvas.setFont("Sample", 13)
        canvas.drawString(x, y, text)
    pen.end(last)
    while pen.page <= last:
        pen.say("More to read.", drawn.size)
        pen.end(last)
    canvas.save()
    return pen.stream.getvalue()


def _draw_exercise(pen: _Pen, number: int, name: str, last: int) -> None:
    drawn, canvas = pen.drawn, pen.canvas
    pen.say(f"{number}. {name}", drawn.heading_size, bold=True)
    if drawn.picture:
        pen.y -= drawn.picture / 2
        canvas.setStrokeColor("#1a1a1a")
        canvas.setLineWidth(drawn.picture_line)
        form = f"F{number}"
        canvas.beginForm(form, 0, 0, drawn.picture, drawn.picture / 2)
        canvas.setStrokeColor("#1a1a1a")
        canvas.setLineWidth(drawn.picture_line)
        for step in range(10):
            canvas.line(2, 2 + step * 3, drawn.picture - 2, drawn.picture / 2 - 2 - step)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(drawn.left, pen.y)
        canvas.doForm(form)
        canvas.restoreState()
        pen.y -= 18
        pen.say("Hips up", drawn.size)
    pen.say(drawn.dose, drawn.size)
    if drawn.split:
        pen.end(last)
    steps = [f"{count}. {step}" for count, step in enumerate(drawn.steps, start=1)]
    if drawn.reverse:
        y, lines = pen.y, drawn.size * drawn.leading * 1.6
        for back, step in enumerate(reversed(steps)):
            pen.y = y - lines * (len(steps) - 1 - back)
            pen.say(step, drawn.size)
        pen.y = y - lines * len(steps)
    else:
        for step in steps:
            pen.say(step, drawn.size)
    pen.y -= 20
    for place, line in enumerate(drawn.passage, start=1):
        pen.say(line, drawn.size, width=drawn.justified if place < len(drawn.passage) else None)
