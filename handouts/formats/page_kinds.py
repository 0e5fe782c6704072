"""The files a page is made from: editions, palettes and phrases."""

from __future__ import annotations

from typing import Any

from handouts.formats.nodes import Node
from handouts.formats.quantities import length
from handouts.formats.readers import (
    Problems,
    Reader,
    UnreadableError,
    choice,
    either,
    flag,
    identifier,
    integer,
    list_of,
    mapping_of,
    number,
    record,
    text,
)
from handouts.looks import (
    Boxes,
    Cards,
    Colours,
    Edition,
    FrameInsets,
    Ink,
    Minimum,
    PageFrames,
    Palette,
    Paper,
    Pictures,
    PictureSize,
    Shown,
    Spacing,
    TypeSizes,
)
from handouts.model import BODIES, DAYS, SIDED_PARTS
from handouts.texts import Phrases

_COLOUR = text(7, pattern="#[0-9a-fA-F]{6}", expected="a colour", hint='write it like "#14525f", in quotes')
_TYPE_SIZE = length(9, 60)
_SHORT = length(0, 200)


def _make(noun: type[Any], fields: dict[str, Reader[Any]], optional: dict[str, Reader[Any]] | None = None) -> Reader[Any]:
    """A record read into a noun whose fields have the same names."""

    def build(values: dict[str, Any], _node: Node, _problems: Problems) -> Any:
        return noun(**values)

    return record(required=fields, optional=optional, lenient=True).then(build)


_FRAME = _make(
    FrameInsets,
    {
        "start": _SHORT.about("From the edge where a line of text begins."),
        "end": _SHORT.about("From the edge where a line of text ends."),
        "top": length(0, 600).about("From the upper edge."),
        "bottom": length(0, 600).about("From the lower edge."),
    },
)

EDITION = _make(
    Edition,
    {
        "id": identifier().about("The name of the file without .yaml."),
        "folded": flag().about("Papers are small pages, eight of which are printed on a sheet that is folded to a booklet."),
        "papers": mapping_of(
            _make(Paper, {"width": length(150, 2000).about("Across."), "height": length(200, 2000).about("Down.")})
        ).about("Paper sizes by id."),
        "frames": _make(
            PageFrames,
            {
                "first": list_of(_FRAME, fewest=1, most=4, unique=False).about("Frames of the first page, filled in order."),
                "following": list_of(_FRAME, fewest=1, most=4, unique=False).about("Frames of the other pages."),
                "columns": integer(1, 4).about("Columns of each frame of a handout, filled in order."),
                "column_gap": _SHORT.about("Between them."),
                "footer_baseline": _SHORT.about("The foot of the page above the lower edge."),
                "footer_inset": _SHORT.about("The foot of the page from both sides."),
            },
        ),
        "type": _make(
            TypeSizes,
            {
                **{
                    size: _TYPE_SIZE.about("Type size; at least the minimum of the edition: 12 pt where it says nothing else.")
                    for size in ("title", "heading", "card_name", "dose", "body", "small")
                },
                "leading": number(1.2, 2).about("Line height as a multiple of the size."),
            },
        ),
        "colours": _make(Colours, dict.fromkeys(Colours.__slots__, _COLOUR)),
        "spacing": _make(Spacing, dict.fromkeys(Spacing.__slots__, _SHORT)),
        "pictures": _make(
            Pictures,
            {
                "palette": identifier().about("A file of templates/palettes."),
                "tries": list_of(
                    _make(
                        PictureSize,
                        {
                            "column": number(0.2, 0.6).about("Width of the picture column as a part of the card."),
                            "narrowest": length(50, 400).about("Least width of a picture; of tall ones, least height."),
                        },
                        {"tallest": length(30, 400).about("Height of the tallest picture; left out: that of all sizes.")},
                    ),
                    fewest=1,
                    most=6,
                ).about("Sizes, the best looking first; a later one is taken only to save a page."),
                "tallest": length(30, 400).about("Height of the tallest picture."),
                "body": choice(BODIES).about("Which body the pictures show when nobody else says."),
            },
        ),
        "cards": _make(
            Cards,
            {
                "layout": choice(("beside", "above")).about("Where the pictures stand: beside the words or above them."),
                "start": choice(("flow", "page")).about(
                    "flow: where the page goes on; page: each card on a page, or in a column, of its own."
                ),
                "steps": choice(("list", "run-in")).about("list: a line each; run-in: one after the other, to save room."),
                "dose": choice(("below", "beside")).about("How much: below the name in large type, or beside it, to save room."),
                "repeat_pictures": flag().about("Pictures again where a broken card goes on."),
            },
        ),
        "boxes": _make(Boxes, {"columns": integer(1, 2).about("Columns of a list in a box; 1: boxes never stand side by side.")}),
        "shown": _make(
            Shown,
            {
                "ticks": flag().about("Boxes to tick on each card."),
                "tick_weeks": integer(1, 6).about("Rows of boxes."),
                "plan_ticks": flag().about("Boxes to tick for a week in the plan at a glance."),
                "breathing": flag().about("How to breathe."),
                "short_signs": flag().about("When to get help in few words."),
                "blank_fields": flag().about("Lines to write who it is for, and when, where the request does not say."),
                "clinic_colour": flag().about("The clinic's colour in place of the edition's own."),
                "every_stop": flag().about("All signs to stop an exercise, not the first only."),
                "easier": flag().about("The easier way of each exercise, not only where a precaution asks for it."),
            },
        ),
        "minimum": _make(
            Minimum,
            {
                "type": length(9, 60).about("No text is smaller; `handouts check` holds the finished page to it."),
                "heading": length(9, 60).about("No heading is smaller."),
                "title": length(9, 60).about("No title is smaller."),
                "leading": number(1.1, 2).about("No lines are closer, as a multiple of the size."),
                "picture": length(30, 400).about("No picture of an exercise is smaller; its longer side counts."),
                "margin": length(0, 200).about("Nothing but the foot of the page is nearer to an edge."),
            },
            {"reason": text(300).about("Why it promises less than 12 pt, lines of 1.2, margins of 15 mm or pictures of 45 mm.")},
        ),
    },
)

PALETTE = _make(
    Palette,
    {
        "id": identifier().about("The name of the file without .yaml."),
        "layers": mapping_of(
            _make(
                Ink,
                {},
                {
                    "fill": _COLOUR,
                    "stroke": _COLOUR,
                    "width": number(0.5, 60).about("Line width in millimetres of body."),
                    "halo": number(0.5, 60).about("Width of a white edge around it, in millimetres of body."),
                },
            )
        ).about("How each layer of a figure is drawn; a layer left out is not drawn."),
    },
)

_SENTENCE = text(300)
_WORD = text(60)
_SIDES = record(
    required={"left": _WORD, "right": _WORD},
    optional={
        "near": _WORD.about("Of the side that works, where nothing says which it is."),
        "far": _WORD.about("Of the other side."),
    },
)
_DAYS = record(required=dict.fromkeys(DAYS, _WORD))
_PLURAL = record(required={"other": _SENTENCE}, optional=dict.fromkeys(("zero", "one", "two", "few", "many"), _SENTENCE))
_LOCALE = text(12, pattern="[a-z]{2,3}(-[A-Za-z0-9]+)*", expected="a locale", hint="write it like en-GB")
_COUNTRY = text(7, pattern="[a-z]{2}|default", expected="a country code of two letters, or default", hint="write it like gb")
_KEY = text(60, pattern=r"[a-z_]+(\.[a-z_]+)*", expected="a phrase key", hint="a key looks like dose.hold.seconds")


def _need_default(locales: dict[str, str], node: Node, problems: Problems) -> dict[str, str]:
    if "default" not in locales:
        problems.add(node.place, 'locales: "default" is missing', "add default: and a locale")
        raise UnreadableError
    return locales


PHRASES = _make(
    Phrases,
    {
        "lang": text(12).about("The language, as in the name of the file."),
        "locales": mapping_of(_LOCALE, key=_COUNTRY).then(_need_default).about("Locale for dates by country, and `default`."),
        "sides": _SIDES.about("Left and right."),
        "parts": record(required=dict.fromkeys(SIDED_PARTS, _SIDES)).about("Sided parts of the body, as steps name them."),
        "days": _DAYS.about("Short names of the days."),
        "day_names": _DAYS.about("Names of the days."),
        "messages": mapping_of(either(_SENTENCE, _PLURAL), key=_KEY).about("The phrases by key."),
    },
)
