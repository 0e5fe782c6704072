"""The words of a handout, chosen and in order, ready to be set: what `wording` hands to `pages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkText:
    """A way to reach the clinic: what is printed, where it leads, and what is read aloud."""

    text: str
    uri: str | None = None
    spoken: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicText:
    """The brand header: name, tagline, address lines and contacts; `logo` is an asset path or None."""

    name: str
    tagline: str | None
    address: tuple[str, ...]
    contacts: tuple[LinkText, ...]
    logo: str | None
    logo_alt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """A label with its value, or with a line to write on when the value is None."""

    label: str
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxText:
    """A headed box: bullets and a closing line; `write_in` asks for a line to write on."""

    heading: str
    items: tuple[str, ...]
    closing: str | None = None
    write_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceText:
    """The plan at a glance: sentences, then a table with one row for each exercise."""

    heading: str
    sentences: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    only_one: str | None
    tick_column: bool  # a menu: the clinician ticks what to do


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureText:
    """One picture of a card: asset key, whether it is mirrored, its caption and its alternative text."""

    figure: str
    mirrored: bool
    caption: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TickText:
    """Boxes to tick: a label, the days, the rows (weeks), and the alternative text of all of it."""

    label: str
    days: tuple[str, ...]
    rows: tuple[str, ...]
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """Everything one exercise card says, in reading order."""

    number: int
    name: str
    pictures: tuple[PictureText, ...]
    dose: str
    total: str | None
    how_often: str | None
    steps: tuple[str, ...]
    change_sides: str | None
    breathing: FieldText | None
    feel: FieldText
    caution: FieldText | None
    tip: FieldText | None  # only where there is no caution and no reason to stop
    stop: FieldText | None  # the first reason to stop
    easier: FieldText | None  # for patients with a precaution
    note: FieldText | None
    ticks: TickText | None
    continued: str  # "Figure four (continued)"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverText:
    """The words of a cover made from the clinic's brand."""

    title: str
    subtitle: str
    fields: tuple[FieldText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutText:
    """All words of one handout, in reading order. `page_of` has the slots {page} and {pages}."""

    lang: str
    title: str
    purpose: str
    clinic: ClinicText | None
    fields: tuple[FieldText, ...]
    goal: FieldText | None
    glance: GlanceText
    emergency: BoxText
    call: BoxText
    before: BoxText
    pain: BoxText
    cards: tuple[CardText, ...]
    footer: str
    page_of: str
    cover: CoverText | None
    cover_label: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The words of the page in one language, as read from `templates/phrases/<lang>.yaml`."""

    lang: str
    locales: Mapping[str, str]  # country code, or "default" -> locale for dates: "en-GB"
    sides: Mapping[str, str]
    parts: Mapping[str, Mapping[str, str]]  # body part -> side -> words
    days: Mapping[str, str]
    day_names: Mapping[str, str]
    messages: Mapping[str, str | Mapping[str, str]]  # key -> words, or words by plural form
