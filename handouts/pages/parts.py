"""Parts of a document: pages of one kind and paper, placed, and the room a foot and a letterhead leave them."""

from __future__ import annotations

from dataclasses import replace

from handouts.document import Cover, Letterhead, Placement
from handouts.looks import FrameInsets, PageFrames, Paper
from handouts.nouns import dataclass
from handouts.pages.blocks import draw_footer, footer_height
from handouts.pages.desk import Desk
from handouts.pages.flow import Recording
from handouts.texts import HandoutText

_ABOVE_FOOT = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """A clinic's own sheets around the pages; with a letterhead the insets keep them clear of it."""

    cover: Cover | None = None
    letterhead: Letterhead | None = None
    first_insets: FrameInsets | None = None
    following_insets: FrameInsets | None = None
    landscape_insets: FrameInsets | None = None

    def under(self, *, landscape: bool) -> tuple[int, int] | None:
        """The letterhead's pages under the first page of a part and under the others; None where it has none for them.

        A landscape page needs a landscape one; an upright page takes what there is.
        """
        pages = self.letterhead.sheet.pages if self.letterhead is not None else ()
        fitting = [number for number, page in enumerate(pages) if (page.width > page.height) is landscape]
        if not fitting and not landscape:
            fitting = list(range(len(pages)))
        return (fitting[0], fitting[1 if len(fitting) > 1 else 0]) if fitting else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The paper of a part, the frames its pieces go in, and what keeps its foot clear of a letterhead."""

    paper: Paper
    first: tuple[FrameInsets, ...]
    following: tuple[FrameInsets, ...]
    clear_first: FrameInsets | None
    clear_following: FrameInsets | None
    under: tuple[int, int] | None

    @property
    def width(self) -> float:
        """Width of the first frame, in points."""
        return self.paper.width - self.first[0].start - self.first[0].end

    @property
    def height(self) -> float:
        """Height of the first frame, in points."""
        return self.paper.height - self.first[0].top - self.first[0].bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Pages of one kind, placed: what they hold, and their room."""

    recording: Recording
    room: Room


def make_room(text: HandoutText, desk: Desk, paper: Paper, sheets: Sheets, *, landscape: bool = False, columns: int = 1) -> Room:
    """The room of upright or of landscape pages; landscape pages have one frame, inside the outer edges of the upright ones.

    Frames are in so many columns.
    """
    frames = desk.edition.frames
    under = sheets.under(landscape=landscape)
    first: tuple[FrameInsets, ...]
    following: tuple[FrameInsets, ...]
    if landscape:
        paper = Paper(width=paper.height, height=paper.width)
        first = following = (_outer(frames),)
        clear_first = clear_following = sheets.landscape_insets if under else None
    else:
        first, following = frames.first, frames.following
        clear_first, clear_following = sheets.first_insets, sheets.following_insets
    tallest = max(_foot_height(text, desk, paper, clear) for clear in {clear_first, clear_following})
    foot = frames.footer_baseline + tallest + _ABOVE_FOOT
    return Room(
        paper=paper,
        first=_in_columns(_clear(first, clear_first, foot), paper, columns, frames.column_gap),
        following=_in_columns(_clear(following, clear_following, foot), paper, columns, frames.column_gap),
        clear_first=clear_first,
        clear_following=clear_following,
        under=under,
    )


def _in_columns(frames: tuple[FrameInsets, ...], paper: Paper, columns: int, gap: float) -> tuple[FrameInsets, ...]:
    """Each frame in so many columns, `gap` points apart."""
    found = []
    for frame in frames:
        width = (paper.width - frame.start - frame.end - gap * (columns - 1)) / columns
        for number in range(columns):
            start = frame.start + number * (width + gap)
            found.append(replace(frame, start=start, end=paper.width - start - width))
    return tuple(found)


def set_foot(text: HandoutText, desk: Desk, room: Room, *, opens: bool, page: int, pages: int) -> Placement:
    """The foot of one page of a part (`opens`: of its first one), clear of a letterhead's margins."""
    start, end, base = _foot_sides(desk, room.clear_first if opens else room.clear_following)
    width = room.paper.width - start - end
    piece = draw_footer(desk, text.footer, text.page_of.format(page=page, pages=pages), width)
    return Placement(piece=piece, x=start, y=base, node=None)


def _foot_height(text: HandoutText, desk: Desk, paper: Paper, clear_of: FrameInsets | None) -> float:
    """The height of a foot with a page number of two digits, in points."""
    start, end, _ = _foot_sides(desk, clear_of)
    return footer_height(desk, text.footer, text.page_of.format(page=88, pages=88), paper.width - start - end)


def _foot_sides(desk: Desk, clear_of: FrameInsets | None) -> tuple[float, float, float]:
    """Insets of a foot at its start and its end, and its base, in points."""
    frames = desk.edition.frames
    start, end, base = frames.footer_inset, frames.footer_inset, frames.footer_baseline
    if clear_of is not None:
        start, end, base = max(start, clear_of.start), max(end, clear_of.end), max(base, clear_of.bottom)
    return start, end, base


def _outer(frames: PageFrames) -> FrameInsets:
    """One frame as far out as those of the following pages."""
    every = frames.following
    return FrameInsets(
        start=min(each.start for each in every),
        end=min(each.end for each in every),
        top=min(each.top for each in every),
        bottom=min(each.bottom for each in every),
    )


def _clear(frames: tuple[FrameInsets, ...], clear_of: FrameInsets | None, foot: float) -> tuple[FrameInsets, ...]:
    """The frames, kept above the foot of the page and clear of a letterhead."""
    cleared = []
    for insets in frames:
        kept = replace(insets, bottom=max(insets.bottom, foot))
        if clear_of is not None:
            kept = FrameInsets(
                start=max(kept.start, clear_of.start),
                end=max(kept.end, clear_of.end),
                top=max(kept.top, clear_of.top),
                bottom=max(kept.bottom, clear_of.bottom + foot),
            )
        cleared.append(kept)
    return tuple(cleared)
