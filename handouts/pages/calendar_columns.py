"""The columns of a weekly calendar and the head of its table."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.document import Piece
from handouts.nouns import dataclass
from handouts.pages.desk import Desk
from handouts.pages.drawing import Drawing
from handouts.pages.flow import TooTallError
from handouts.pages.setting import measure
from handouts.pages.tables import Column, cell_attributes, lay_columns, spanned
from handouts.texts import CalendarText, DayText, WeekText

PADDING = 4.0
_PICTURE, _SMALL_PICTURE = 62.0, 46.0
_NARROWEST_DAY, _NARROW_DAY, _WIDEST_DAY = 18.5, 44.0, 58.0
"""Points of a day; the one between is the most beside rows that say more than name and dose."""

_LEAST_WORDS, _NARROWEST_WORDS = 187.0, 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarColumns:
    """The columns of one sheet: the exercise (its picture first), the session (None where there is one a day), the days."""

    width: float
    exercise: Column
    picture: float
    when: Column | None
    days: tuple[Column, ...]
    weeks: int

    @property
    def named(self) -> Column:
        """Where a row of the whole table has its name: over exercise and session."""
        return Column(left=0, width=self.days[0].left)

    @property
    def every(self) -> tuple[Column, ...]:
        """All columns."""
        return (self.exercise, *((self.when,) if self.when else ()), *self.days)

    def week(self, index: int) -> Column:
        """The columns of one week as one."""
        return spanned(self.days[7 * index : 7 * index + 7])


def count_fitting_weeks(text: CalendarText, desk: Desk, width: float) -> int:
    """How many weeks fit beside each other on a page `width` points wide; one at least."""
    room = width - _SMALL_PICTURE - _LEAST_WORDS - _when_width(text, desk)
    day = max(_NARROWEST_DAY, _day_width(text.weeks, desk, several=True))
    return max(1, int(room // (7 * day)))


def _day_width(weeks: Sequence[WeekText], desk: Desk, *, several: bool) -> float:
    """What the head of a day needs."""
    size = desk.edition.type.small
    heads = {words for week in weeks for day in week.days for words in _day_head(day, several=several)}
    return max(measure(words, desk.fonts, size, bold=True) for words in heads) + 2


def _when_width(text: CalendarText, desk: Desk) -> float:
    if text.when is None:
        return 0.0
    size = desk.edition.type.small
    labels = {session.label or "" for week in text.weeks for row in week.rows for session in row.sessions}
    return (
        max(measure(text.when, desk.fonts, size, bold=True), *(measure(label, desk.fonts, size) for label in labels))
        + 2 * PADDING
    )


def lay_calendar(text: CalendarText, weeks: Sequence[WeekText], desk: Desk, width: float) -> CalendarColumns:
    """The columns of a sheet of these weeks, `width` points wide.

    Raises:
        TooTallError: the table is too wide for the page.

    """
    when = _when_width(text, desk)
    count = 7 * len(weeks)
    several = len(weeks) > 1
    picture = _SMALL_PICTURE if several else _PICTURE
    least = _day_width(weeks, desk, several=several)
    most = _NARROW_DAY if any(row.stay or row.care for week in weeks for row in week.rows) else _WIDEST_DAY
    day = max(least, min(most, (width - picture - _LEAST_WORDS - when) / count))
    if width - when - day * count < picture + _NARROWEST_WORDS:
        raise TooTallError("the table of the calendar")
    columns = lay_columns(width - when - day * count, *((when,) if when else ()), *([day] * count))
    drawn = any(row.picture is not None for row in weeks[0].rows)
    return CalendarColumns(
        width=width,
        exercise=columns[0],
        picture=picture if drawn else 0.0,
        when=columns[1] if when else None,
        days=columns[-count:],
        weeks=len(weeks),
    )


def set_calendar_header(
    text: CalendarText, weeks: Sequence[WeekText], desk: Desk, table: CalendarColumns, *, repeated: bool
) -> Piece:
    """The head of the table, its days below their weeks where there are several; a repetition on the next page is an artifact."""
    days = tuple(day for week in weeks for day in week.days)
    key = ("calendar header", text.exercise, text.when, tuple(week.column for week in weeks), days, table, repeated)
    return desk.piece(key, table.width, lambda: _draw_header(text, weeks, desk, table, tagged=not repeated))


def _draw_header(text: CalendarText, weeks: Sequence[WeekText], desk: Desk, table: CalendarColumns, *, tagged: bool) -> Piece:
    """One row of days, or a row of weeks over one of days. A repetition on the next page is an artifact."""
    drawing = Drawing(table.width, desk.fonts)
    colours = desk.edition.colours
    style = desk.style("small", bold=True, colour=colours.on_accent)
    line, several = style.leading, len(weeks) > 1
    every: list[DayText] = [day for week in weeks for day in week.days]
    heads = [_day_head(day, several=several) for day in every]
    lines = max(len(head) for head in heads) + several
    height = line * lines + 5
    drawing.rectangle(left=0, top=0, width=table.width, height=height, fill=colours.accent)
    first = drawing.element("TR") if tagged else None
    second = drawing.element("TR") if tagged and several else None

    def head(
        words: Sequence[str], column: Column, y: float, row: int | None, *, columns: int = 1, rows: int = 1, centred: bool = True
    ) -> None:
        attributes = cell_attributes(scope="Column", columns=columns, rows=rows)
        element = drawing.element("TH", row, attributes=attributes) if row is not None else None
        inset = 0 if centred else PADDING
        left, width = column.left + inset, column.width - inset + 1
        for each in words:
            y = desk.paragraph(drawing, each, style, x=left, y=y, width=width, element=element, centred=centred)

    for words, column in ((text.exercise, table.exercise), (text.when, table.when)):
        if words is not None and column is not None:
            head((words,), column, (height - line) / 2, first, rows=2 if several else 1, centred=False)
    if several:
        for index, week in enumerate(weeks):
            head((week.column,), table.week(index), 2.5, first, columns=7)
    for own, column in zip(heads, table.days, strict=True):
        head(own, column, 2.5 + line * several, second if several else first)
    return drawing.finish(height)


def _day_head(day: DayText, *, several: bool) -> tuple[str, ...]:
    """What heads a day: "Mo 30" on one line; of several weeks a letter over the number."""
    if day.number is None:
        return (day.letter if several else day.weekday,)
    return (day.letter, day.number) if several else (f"{day.weekday}\u00a0{day.number}",)
