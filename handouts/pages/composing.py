"""A Document from its words: its parts placed one after the other, with a cover before them and a foot on every page."""

from __future__ import annotations

from dataclasses import replace

from handouts.document import Bookmark, Document, Node, Page, Placement
from handouts.errors import CannotPrintError, MissingCharacterError, Problem, Unprintable
from handouts.looks import Paper
from handouts.pages.desk import Desk
from handouts.pages.flow import TooTallError
from handouts.pages.fonts import MissingGlyphError
from handouts.pages.handout import place_handout
from handouts.pages.parts import Part, Sheets, make_room, set_foot
from handouts.pages.setting import TooNarrowError
from handouts.texts import HandoutText


def compose_document(text: HandoutText, desk: Desk, paper: Paper, sheets: Sheets, stamp: str) -> Document:
    """Set and place the parts that `text.pages` names, in its order.

    Raises:
        CannotPrintError: a character that no font has, a piece that is taller than a page, or a column too narrow for words.

    """
    try:
        return _Composer(desk, paper).compose(text, sheets, stamp)
    except MissingGlyphError as error:
        raise MissingCharacterError([Unprintable(error.character)]) from error
    except TooNarrowError as error:
        hint = "leave out boxes of the plan (plan_ticks: false), take fewer columns, wider frames or smaller type"
        raise CannotPrintError(Problem(message="a column of this edition is too narrow for words", hint=hint)) from error
    except TooTallError as error:
        hint = "shorten its text, leave a letterhead less room, or choose an edition with smaller type"
        raise CannotPrintError(Problem(message=f"{error.what} does not fit on one page of this paper", hint=hint)) from error


class _Composer:
    """Gathers pages, structure and bookmarks of the parts in one numbering."""

    def __init__(self, desk: Desk, paper: Paper) -> None:
        self.desk, self.paper = desk, paper
        self.pages: list[Page] = []
        self.nodes: list[Node] = []
        self.bookmarks: list[Bookmark] = []

    def compose(self, text: HandoutText, sheets: Sheets, stamp: str) -> Document:
        parts = self._place_parts(text, sheets)
        total = sum(len(part.recording.pages) for part in parts)
        for part in parts:
            self._add(part, text, total)
        covers: tuple[Page, ...] = ()
        if text.cover is not None:
            from handouts.pages.cover import compose_cover

            self.nodes.append(Node(tag="Sect", title=text.cover.title))
            covers = (compose_cover(text.cover, self.desk, self.paper, node=len(self.nodes) - 1),)
        fonts, forms = self.desk.embed((*covers, *self.pages))
        return Document(
            title=text.title,
            lang=text.lang,
            author=text.author,
            subject=text.purpose,
            edition=self.desk.edition.id,
            stamp=stamp,
            pages=(*covers, *self.pages),
            nodes=tuple(self.nodes),
            bookmarks=tuple(replace(mark, page=mark.page + len(covers)) for mark in self.bookmarks),
            fonts=fonts,
            forms=forms,
            body_start=len(covers),
            cover_label=text.cover_label,
            cover=sheets.cover,
            letterhead=sheets.letterhead,
        )

    def _place_parts(self, text: HandoutText, sheets: Sheets) -> list[Part]:
        desk, paper = self.desk, self.paper
        upright = make_room(text, desk, paper, sheets)
        landscape = make_room(text, desk, paper, sheets, landscape=True) if text.calendar or text.month else upright
        parts: list[Part] = []
        for kind in text.pages:
            opens = not parts
            if kind == "handout":
                columns = desk.edition.frames.columns
                room = make_room(text, desk, paper, sheets, columns=columns) if columns > 1 else upright
                parts.append(place_handout(text, desk, room))
            elif kind == "calendar" and text.calendar is not None:
                from handouts.pages.calendar import place_calendar

                parts += place_calendar(text.calendar, text.signs, desk, landscape, opens=opens)
            elif kind == "month" and text.month is not None:
                from handouts.pages.month import place_month

                parts += place_month(text.month, text.signs, desk, landscape, opens=opens)
            elif kind == "diary" and text.diary is not None:
                from handouts.pages.diary import is_too_wide, place_diary

                turned = is_too_wide(text.diary, desk, upright.width)
                room = make_room(text, desk, paper, sheets, landscape=True) if turned else upright
                parts.append(place_diary(text.diary, text.signs, desk, room, opens=opens))
        return parts

    def _add(self, part: Part, text: HandoutText, total: int) -> None:
        """Add the pages of a part; its structure nodes and bookmarks are counted on from those before."""
        recording, room = part.recording, part.room
        pages, nodes = len(self.pages), len(self.nodes)
        for index, placements in enumerate(recording.pages):
            opens = index == 0
            foot = set_foot(text, self.desk, room, opens=opens, page=pages + index + 1, pages=total)
            self.pages.append(
                Page(
                    width=room.paper.width,
                    height=room.paper.height,
                    placements=(*(_shifted(placement, nodes) for placement in placements), foot),
                    letterhead=room.under[0 if opens else 1] if room.under else None,
                )
            )
        self.nodes += [
            node if not nodes or node.parent is None else replace(node, parent=node.parent + nodes) for node in recording.nodes
        ]
        self.bookmarks += [replace(mark, page=mark.page + pages) for mark in recording.bookmarks]


def _shifted(placement: Placement, nodes: int) -> Placement:
    return placement if not nodes or placement.node is None else replace(placement, node=placement.node + nodes)
