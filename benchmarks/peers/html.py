"""WeasyPrint: HTML and a style sheet that is parsed once, fonts and pictures kept between documents, PDF/UA-1."""

from __future__ import annotations

import base64
from functools import partial
from html import escape
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks.peers import Make, Supplies
from benchmarks.peers import layout as at
from handouts.texts import BoxText, CardText, FieldText, GlanceText, HandoutText

_STYLE = """\
@font-face { font-family: Sheet; src: url(REGULAR) }
@font-face { font-family: Sheet; font-weight: bold; src: url(BOLD) }
@page { size: A4; margin: 15mm 15mm 16mm; font: 9pt Sheet;
  @bottom-left { content: string(patient); border-top: .7pt solid; width: 50%; vertical-align: top; padding-top: 4pt;
  margin-top: 12pt }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); border-top: .7pt solid; width: 50%;
  vertical-align: top;
    padding-top: 4pt; margin-top: 12pt } }
body { font: 9pt/10.8pt Sheet; color: #1a1a1a; margin: 0 }
h1 { font-size: 18pt; line-height: 20pt; margin: 0 0 3pt } h2 { font-size: 12pt; line-height: 14pt; margin: 0 0 2pt }
p { margin: 0 } .who { display: flex; flex-wrap: wrap; margin: 4pt 0 } .who p { width: 48%; height: 13pt;
  margin-right: 2% }
.line { border-bottom: .7pt solid } .patient { string-set: patient content() }
.plan h2 { color: #14525f } table { width: 100%; border-collapse: collapse; margin: 3pt 0 4pt }
th { background: #14525f; color: white; text-align: left } th, td { padding: 1pt 5pt; border-bottom: .7pt solid }
  .day { width: 11pt }
.tick { width: 9pt; height: 9pt; border: 1pt solid }
.box { border: 1pt solid #14525f; background: #eef3f4; margin-bottom: 4pt } .box h2 { background: #14525f;
  color: white; padding: 2pt 6pt }
.urgent { border-color: #8f1414; background: #fdf3f2 } .urgent h2 { background: #8f1414 }
ul { margin: 4pt 0; padding-left: 18pt } .two ul { columns: 2 } li { margin-bottom: 2pt } .pair { display: flex;
  gap: 8pt }
.pair .box:first-child { width: 274pt } .pair .box:last-child { flex: 1 }
.card + .card { margin-top: 7pt } .next { break-before: page }
.head { background: #eef3f4; height: 19pt; line-height: 19pt; margin-bottom: 5pt } .head h2 { display: inline;
  padding-right: 8pt }
.head span { background: #14525f; color: white; display: inline-block; width: 19pt; text-align: center;
  margin-right: 8pt }
.pictures { float: left; width: 26% } .words { margin-left: calc(26% + 10pt) } figure { display: inline-block;
  margin: 0 3pt 0 0; text-align: center }
.mirrored { transform: scaleX(-1) } .card::after { content: ""; display: block; clear: both }
figure img { display: block } figcaption { font-weight: bold } .note { border: 1pt solid #14525f; padding: 4pt 5pt;
  margin-top: 2pt }
"""


def open_engine(supplies: Supplies) -> Make:
    """Parse the style sheet and encode the figures; returns the function that prints a handout."""
    fonts = FontConfiguration()
    style = _STYLE.replace("REGULAR", supplies.regular.as_uri()).replace("BOLD", supplies.bold.as_uri())
    sheet = CSS(string=style, font_config=fonts)
    sources = {
        key: "data:image/svg+xml;base64," + base64.b64encode(drawing.svg.encode()).decode()
        for key, drawing in supplies.drawings.items()
    }
    images: dict[str, Any] = {}

    def make(text: HandoutText) -> bytes:
        page = HTML(string=_write_page(text, supplies, sources))
        made: bytes = page.write_pdf(stylesheets=[sheet], font_config=fonts, cache=images, pdf_variant="pdf/ua-1", pdf_tags=True)
        return made

    return make


def _write_page(text: HandoutText, supplies: Supplies, sources: dict[str, str]) -> str:
    cards = map(partial(_write_card, supplies=supplies, sources=sources), text.cards)
    return (
        f'<!DOCTYPE html><html lang="{text.lang}"><head><meta charset="utf-8"><title>{escape(text.title)}</title>'
        f'<meta name="author" content="{escape(text.author)}"></head><body><h1>{escape(text.title)}</h1>'
        f'<p>{escape(text.purpose)}</p><div class="who">{"".join(map(_write_who, text.fields))}</div>'
        f"{_write_plan(text.glance)}{_write_box(text.emergency, 'two urgent')}"
        f'<div class="pair">{_write_box(text.call)}{_write_box(text.pain)}</div>{_write_box(text.before, "two")}'
        f"{''.join(cards)}</body></html>"
    )


def _write_who(field: FieldText) -> str:
    if field.value is None:
        return f'<p class="line"><b>{escape(field.label)}</b></p>'
    return f'<p><b>{escape(field.label)}</b> <span class="patient">{escape(field.value)}</span></p>'


def _write_plan(glance: GlanceText) -> str:
    days = "".join(f'<th class="day" scope="col">{day}</th>' for day, _ in glance.days)
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in glance.columns)
    ticks = '<td><div class="tick"></div></td>' * len(glance.days)
    rows = "".join(
        f"<tr><td>{escape(number)}</td><td><b>{escape(name)}</b></td><td>{escape(dose)}</td>{ticks}</tr>"
        for number, name, dose in glance.rows
    )
    only = f"<p><b>{escape(glance.only_one)}</b></p>" if glance.only_one else ""
    return (
        f'<section class="plan"><h2>{escape(glance.heading)}</h2><p>{escape(" ".join(glance.sentences))}</p>{only}'
        f"<table><thead><tr>{head}{days}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _write_box(box: BoxText, kind: str = "") -> str:
    items = "".join(f"<li>{escape(item)}</li>" for item in box.items)
    line = f'<p class="line" style="margin:4pt 6pt 0"><b>{escape(box.write_in)}</b></p>' if box.write_in else ""
    return f'<section class="box {kind}"><h2>{escape(box.heading)}</h2>{line}<ul>{items}</ul></section>'


def _mirror(spot: at.Spot) -> str:
    return ' class="mirrored"' if spot.mirrored else ""


def _write_card(card: CardText, supplies: Supplies, sources: dict[str, str]) -> str:
    spots, _ = at.place_pictures(card, supplies.drawings)
    pictures = "".join(
        f'<figure><img src="{sources[spot.drawing.key]}" alt="{escape(picture.alt)}"{_mirror(spot)} '
        f'style="width:{spot.drawing.width * spot.scale:.2f}pt"><figcaption>{escape(spot.caption)}</figcaption></figure>'
        for spot, picture in zip(spots, card.pictures, strict=True)
    )
    steps = " ".join(f"<b>{escape(words)}</b>" if bold else escape(words) for bold, words in at.tell_steps(card))
    advice = "".join(f"<p><b>{escape(field.label)}</b> {escape(field.value or '')}</p>" for field in at.advice(card))
    note = card.note
    box = f'<p class="note"><b>{escape(note.label)}</b> {escape(note.value or "")}</p>' if note else ""
    following = "next" if card.number == at.CARDS_ON_PAGE_1 + 1 else ""
    return (
        f'<section class="card {following}"><div class="head"><span>{card.number}</span><h2>{escape(card.name)}</h2>'
        f'<b>{escape(card.dose)}</b> {escape(card.total or "")}</div><div class="pictures">{pictures}</div>'
        f'<div class="words"><p>{steps}</p>{advice}{box}</div></section>'
    )
