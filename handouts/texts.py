"""The words of a handout, chosen and in order, ready to be set: what `wording` hands to `pages`."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.nouns import dataclass


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
class SignsText:
    """What a page that hangs on its own says of safety: two boxes in few words, and the pain rule in a line.

    `again` says the numbers to call on pages that go on from it, `overleaf` on one that the boxes follow.
    """

    emergency: BoxText
    call: BoxText
    pain: FieldText
    again: str
    overleaf: FieldText


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceText:
    """The plan at a glance: sentences, then a table with one row for each exercise.

    `days`: a name and a box for each day, where the exercises are ticked here and not on their cards.
    """

    heading: str
    sentences: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    only_one: str | None
    tick_column: bool  # a menu: the clinician ticks what to do
    days: tuple[tuple[str, CellText], ...] = ()


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
class CellText:
    """One cell of a calendar: a box to tick or to write in, a rest day, or a day outside the plan; `alt` is read aloud."""

    state: str  # "box", "rest", "outside"
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayText:
    """The head of a day's column; `number` is None where no dates are known."""

    weekday: str  # "Mo"
    letter: str  # "M"
    number: str | None  # "30"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionText:
    """One session of an exercise: "Morning" (None where there is one a day), and a cell a day."""

    label: str | None
    cells: tuple[CellText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRowText:
    """One exercise of a week; `new` is said where its dose is new, `stay` names the dose before that.

    `care` is the clinician's note or what a rule warns of.

    `tick`: a menu, so the clinician ticks what to do.
    """

    number: int
    name: str
    dose: str
    new: str | None
    stay: str | None
    care: FieldText | None
    tick: bool
    picture: PictureText | None
    sessions: tuple[SessionText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekText:
    """One week of the calendar: its heading, its column heads, its rows and what is counted."""

    number: int
    heading: str  # "Week 1 of 4: 30 November to 6 December"
    write_in: bool  # the heading ends in a line to write the date on
    column: str  # "Week 1"
    first: str | None  # "30 November"; None where it is to be written in
    last: str | None
    days: tuple[DayText, ...]
    rows: tuple[CalendarRowText, ...]
    scores: tuple[CellText, ...]  # empty where nothing is rated
    planned: str  # "Planned: 12 sessions. Done:"
    planned_short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeadText:
    """The head of a page that hangs on its own: title, clinic, and who and when in one line."""

    title: str
    clinic: ClinicText | None
    fields: tuple[FieldText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarText:
    """The weekly calendar: a page a week, or as many weeks on a page as fit.

    `range` heads a page of several weeks, with the slots {first} and {last}; `range_open` one whose dates are written in.
    """

    head: PageHeadText
    range: str
    range_open: str
    one_page: bool
    exercise: str  # head of the first column
    when: str | None  # head of the column of sessions
    weeks: tuple[WeekText, ...]
    how: str  # one line above the table
    score: FieldText | None  # "Pain", and what 0 and 10 mean
    sessions: str
    notes: FieldText  # its value is read aloud
    progression: tuple[tuple[int, str], ...]  # the week from which each step counts, in words
    rule: str | None  # when to go on to the next step
    advice: tuple[str, ...]  # what a precaution asks for before starting


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDayText:
    """One day: its number, with its month where that begins (None: to be written in), and a box a session.

    `state` is that of a cell.
    """

    number: str | None
    state: str
    boxes: tuple[CellText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSheetText:
    """One sheet of the month view: its dates, and weeks of seven days."""

    heading: str
    weeks: tuple[tuple[MonthDayText, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthText:
    """The month view: sheets of weeks, the plan in short, and how to tick it."""

    head: PageHeadText
    weekdays: tuple[str, ...]
    plan_heading: str
    sheets: tuple[MonthSheetText, ...]
    how: str
    plan: tuple[str, ...]
    progression: tuple[str, ...]  # its steps, and when to go on to the next one
    advice: tuple[str, ...]
    planned: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryRowText:
    """One day of the diary: "1", "Mo 30 Nov", a cell a session, and the cells of each column after it."""

    number: str
    day: str | None  # None: to be written in
    done: tuple[CellText, ...]
    score: CellText | None
    places: tuple[CellText, ...]
    notes: CellText


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryText:
    """The diary: how to fill it, a row a day, and what to do next (carry on, halve, stop and call)."""

    head: PageHeadText
    heading: str
    how: str
    day: str  # heads of columns
    done: str
    score: str | None
    places: tuple[str, ...]
    notes: str
    rows: tuple[DiaryRowText, ...]
    rule_heading: str
    rule: tuple[FieldText, ...]  # four, from carry on to get help now


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderText:
    """What a phone says when a session begins, and the lines below it."""

    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverText:
    """The words of a cover made from the clinic's brand."""

    title: str
    subtitle: str
    fields: tuple[FieldText, ...]
    clinic: ClinicText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutText:
    """All words of one document, in reading order. `page_of` has the slots {page} and {pages}; `short` is the title in few words.

    `pages` says which of its parts are printed, in order. `signs` are the two safety boxes in few words, and the pain rule,
    for pages that hang on their own.
    """

    pages: tuple[str, ...]
    lang: str
    title: str
    short: str
    purpose: str
    clinic: ClinicText | None
    fields: tuple[FieldText, ...]
    goal: FieldText | None
    glance: GlanceText
    emergency: BoxText
    call: BoxText
    before: BoxText
    pain: BoxText
    more_signs: str  # where a box goes on on the next page
    cards: tuple[CardText, ...]
    signs: SignsText
    calendar: CalendarText | None
    month: MonthText | None
    diary: DiaryText | None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How a locale counts and lists: the plural form of each number from 0, as far as they go, and its patterns of lists."""

    plurals: tuple[str, ...]
    lists: Mapping[str, str]
