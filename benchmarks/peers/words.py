"""The words of a handout as plain values, for engines with a template language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from benchmarks.figures import Drawing
from benchmarks.peers import layout as at
from handouts.texts import CardText, HandoutText


def gather_words(text: HandoutText, drawings: Mapping[str, Drawing]) -> dict[str, Any]:
    """Everything the template prints; pictures with their file and their width in points."""
    glance = asdict(text.glance) | {"days": [day for day, _ in text.glance.days]}
    boxes = {name: asdict(getattr(text, name)) for name in ("emergency", "call", "before", "pain")}
    return {
        "title": text.title,
        "author": text.author,
        "lang": text.lang,
        "purpose": text.purpose,
        "footer": text.footer,
        "fields": [asdict(field) for field in text.fields],
        "glance": glance,
        "cards": [_gather_card(card, drawings) for card in text.cards],
        **boxes,
    }


def _gather_card(card: CardText, drawings: Mapping[str, Drawing]) -> dict[str, Any]:
    spots, _ = at.place_pictures(card, drawings)
    pictures = [
        {
            "file": f"{spot.drawing.name}.svg",
            "width": spot.drawing.width * spot.scale,
            "alt": picture.alt,
            "mirrored": spot.mirrored,
            "caption": spot.caption,
        }
        for spot, picture in zip(spots, card.pictures, strict=True)
    ]
    note = asdict(card.note) if card.note else None
    return {
        "number": card.number,
        "name": card.name,
        "dose": card.dose,
        "total": card.total,
        "steps": card.steps,
        "change_sides": card.change_sides,
        "advice": [asdict(field) for field in at.advice(card)],
        "pictures": pictures,
        "note": note,
    }
