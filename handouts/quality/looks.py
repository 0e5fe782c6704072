"""Checks on editions, palettes and a clinic's colours: type sizes, line height, margins, contrast, grey."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.looks import Edition, Ink, Minimum, Palette, as_grey, contrast
from handouts.model import Clinic
from handouts.quality.remarks import Check, Flaw, Severity, Way

PAPER = "#ffffff"
MM = 72 / 25.4
SMALLEST_LARGE = 18.0
HEADING_LARGE, TITLE_LARGE = 20.0, 22.0
LEADING_LARGE, MARGIN_LARGE = 1.25, 25.4 * MM
PLAIN_MINIMUM = Minimum(type=12.0, heading=12.0, title=12.0, leading=1.2, margin=15 * MM, picture=45 * MM)
"""What a page is held to that names no edition."""
TEXT_CONTRAST, TEXT_TARGET, LINE_CONTRAST = 4.5, 7.0, 3.0

_TEXT_PAIRS = (
    ("text", PAPER), ("text", "panel"), ("text", "urgent_panel"), ("text", "caution_panel"), ("muted", PAPER),
    ("on_accent", "accent"), ("on_urgent", "urgent"), ("accent", PAPER), ("urgent", PAPER), ("urgent", "urgent_panel"),
)  # fmt: skip
_LINES = ("outline", "inner", "detail", "face", "eye", "arrow", "target", "target-hatch", "taper")


def is_large(minimum: Minimum) -> bool:
    """Tell whether an edition promises large print."""
    return minimum.type >= SMALLEST_LARGE


def least_leading(minimum: Minimum) -> float:
    """How close lines may be, as a multiple of their size."""
    return max(minimum.leading, LEADING_LARGE if is_large(minimum) else 0.0)


def least_margin(minimum: Minimum) -> float:
    """How near to an edge something may stand, in points."""
    return max(minimum.margin, MARGIN_LARGE if is_large(minimum) else 0.0)


def find_low_promises(edition: Edition) -> Iterator[Flaw]:
    """T1: an edition that promises less than is advised; with its own reason where it gives one."""
    for name, unit, scale in (("type", "pt", 1.0), ("leading", "of the size", 1.0), ("margin", "mm", MM), ("picture", "mm", MM)):
        promised, advised = getattr(edition.minimum, name) / scale, getattr(PLAIN_MINIMUM, name) / scale
        if promised < advised - 0.01:
            message = f"minimum: {name} of {promised:.3g} {unit}, {advised:.3g} are advised"
            hint = "promise more, or say why under minimum: reason"
            at: Way = ("minimum", name)
            why = edition.minimum.reason
            severity = Severity.NOTE if why else None
            yield Flaw(message=message, hint=hint, at=at, found=promised, limit=advised, reason=why, severity=severity)


def find_small_type(edition: Edition) -> Iterator[Flaw]:
    """T1: the smallest type of an edition beside the one it promises."""
    if not is_large(edition.minimum):
        yield from _small_type(edition)


def find_small_large_print(edition: Edition) -> Iterator[Flaw]:
    """T2: the smallest type of large print."""
    if is_large(edition.minimum):
        yield from _small_type(edition)


def _small_type(edition: Edition) -> Iterator[Flaw]:
    for name in ("title", "heading", "card_name", "dose", "body", "small"):
        yield from _judge_size(edition, name, edition.minimum.type)


def find_small_headings(edition: Edition) -> Iterator[Flaw]:
    """T3: headings beside what the edition promises; large print has 20 and 22 points."""
    large, least = is_large(edition.minimum), edition.minimum
    heading = max(least.heading, HEADING_LARGE if large else 0)
    for name, limit in (
        ("heading", heading),
        ("card_name", heading),
        ("title", max(least.title, TITLE_LARGE if large else 0)),
    ):
        yield from _judge_size(edition, name, limit)


def _judge_size(edition: Edition, name: str, limit: float) -> Iterator[Flaw]:
    size = getattr(edition.type, name)
    if size < limit:
        message = f"{name} is {size:g} pt, {limit:g} at least"
        yield Flaw(message=message, hint="make it larger", at=("type", name), found=size, limit=limit)


def find_tight_lines(edition: Edition) -> Iterator[Flaw]:
    """T4: line height as a multiple of type size."""
    limit, found = least_leading(edition.minimum), edition.type.leading
    if found < limit:
        message = f"leading is {found:g}, {limit:g} at least"
        yield Flaw(message=message, hint="give lines more room", at=("type", "leading"), found=found, limit=limit)


def find_narrow_margins(edition: Edition) -> Iterator[Flaw]:
    """T8: the distance from the edges of the paper to the frames, the footer not counted."""
    limit = round(least_margin(edition.minimum) / MM, 1)
    for page, frames in (("first", edition.frames.first), ("following", edition.frames.following)):
        for edge in ("start", "end", "top", "bottom"):
            least = min(getattr(frame, edge) for frame in frames) / MM
            if round(least, 1) < limit:
                hint = "keep the edge free for thumbs and printers"
                yield Flaw(
                    message=f"{page} pages: {edge} margin {least:.1f} mm, {limit:g} at least", hint=hint, at=("frames", page)
                )


def find_pale_text(edition: Edition) -> Iterator[Flaw]:
    """C1: text on its ground, in colour."""
    for name, ground, on, ink in _pairs(edition):
        yield from _judge_text(contrast(ink, on), f"{name} on {ground}", name)


def find_pale_lines(edition: Edition) -> Iterator[Flaw]:
    """C2: lines and boxes to tick on paper."""
    ratio = contrast(edition.colours.line, PAPER)
    if ratio < LINE_CONTRAST:
        yield Flaw(
            message=f"line: contrast {ratio:.1f}, {LINE_CONTRAST:g} at least", hint="make it darker", at=("colours", "line")
        )


def find_pale_grey(edition: Edition) -> Iterator[Flaw]:
    """C3: text and lines after a photocopier."""
    for name, ground, on, ink in _pairs(edition):
        ratio = contrast(as_grey(ink), as_grey(on))
        if ratio < TEXT_CONTRAST:
            message = f"{name} on {ground}: contrast {ratio:.1f} in grey, {TEXT_CONTRAST:g} at least"
            hint = "choose a darker or a lighter colour"
            yield Flaw(message=message, hint=hint, at=("colours", name), found=ratio, limit=TEXT_CONTRAST)
    ratio = contrast(as_grey(edition.colours.line), PAPER)
    if ratio < LINE_CONTRAST:
        message = f"line: contrast {ratio:.1f} in grey, {LINE_CONTRAST:g} at least"
        yield Flaw(message=message, hint="make it darker", at=("colours", "line"))


def _pairs(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    for name, ground in _TEXT_PAIRS:
        on = ground if ground.startswith("#") else getattr(edition.colours, ground)
        yield name, "paper" if ground == PAPER else ground, on, getattr(edition.colours, name)


def _judge_text(ratio: float, what: str, name: str) -> Iterator[Flaw]:
    at: Way = ("colours", name)
    hint = "choose a darker or a lighter colour"
    if ratio < TEXT_CONTRAST:
        message = f"{what}: contrast {ratio:.1f}, {TEXT_CONTRAST:g} at least"
        yield Flaw(message=message, hint=hint, at=at, found=ratio, limit=TEXT_CONTRAST)
    elif ratio < TEXT_TARGET and name in ("text", "muted"):
        message = f"{what}: contrast {ratio:.1f}, {TEXT_TARGET:g} is the aim"
        yield Flaw(message=message, hint=hint, at=at, severity=Severity.WARNING, found=ratio, limit=TEXT_TARGET)


def find_pale_drawing(palette: Palette) -> Iterator[Flaw]:
    """C2: the lines that carry the meaning of a picture, in colour and in grey."""
    for layer, ink in _drawn(palette):
        colour = ink.stroke or ink.fill or PAPER
        ratio = min(contrast(colour, PAPER), contrast(as_grey(colour), PAPER))
        if ratio < LINE_CONTRAST:
            message = f"{layer}: contrast {ratio:.1f}, {LINE_CONTRAST:g} at least"
            yield Flaw(message=message, hint="make it darker", at=("layers", layer))


def _drawn(palette: Palette) -> Iterator[tuple[str, Ink]]:
    return ((layer, palette.layers[layer]) for layer in _LINES if layer in palette.layers)


def find_colour_alone(palette: Palette) -> Iterator[Flaw]:
    """C3: where it is felt is hatched, not only coloured."""
    if "target" in palette.layers and not palette.layers.get("target-hatch", Ink()).stroke:
        message = "the place where the stretch is felt is told by colour alone"
        yield Flaw(message=message, hint="add a stroke to target-hatch", at=("layers",))


def find_pale_brand(clinic: Clinic) -> Iterator[Flaw]:
    """C1 for a clinic: a colour too pale for text is darkened when it is printed."""
    if clinic.main_colour and contrast(clinic.main_colour, PAPER) < TEXT_CONTRAST:
        ratio = contrast(clinic.main_colour, PAPER)
        message = f"main colour {clinic.main_colour}: contrast {ratio:.1f}, {TEXT_CONTRAST:g} at least; it is printed darker"
        yield Flaw(message=message, hint="choose a darker colour", at=("colours", "main"), severity=Severity.WARNING)


def find_sample_phone(clinic: Clinic) -> Iterator[Flaw]:
    """S2 for a clinic: patients are told to call its number."""
    if clinic.has_sample_phone:
        yield Flaw(message="the phone number is still the sample's", hint="write the real one", at=("phone",))


_E, _CONTRAST = Severity.ERROR, "WCAG 2.2, contrast (minimum)"
_LARGE_PRINT = "large print guidelines of the American Council of the Blind"

PROMISES_CHECK: Check[Edition] = Check(
    id="T1",
    severity=Severity.WARNING,
    what="An edition that promises less than 12 pt, lines of 1.2, margins of 15 mm or pictures of 45 mm says why.",
    source="APH, RNIB: 12 pt and up; the others are our own defaults",
    find=find_low_promises,
)
EDITION_CHECKS: tuple[Check[Edition], ...] = (
    PROMISES_CHECK,
    Check(
        id="T1",
        severity=_E,
        what="Type is 12 pt or larger, or as large as its edition promises.",
        source="APH, RNIB: 12 pt and up",
        find=find_small_type,
    ),
    Check(id="T2", severity=_E, what="Large print is 18 pt or larger.", source=_LARGE_PRINT, find=find_small_large_print),
    Check(
        id="T3",
        severity=_E,
        what="Large print has headings of 20 pt, titles of 22.",
        source=_LARGE_PRINT,
        find=find_small_headings,
    ),
    Check(
        id="T4",
        severity=_E,
        what="Lines are 1.2 of type size apart, 1.25 in large print.",
        source=_LARGE_PRINT,
        find=find_tight_lines,
    ),
    Check(
        id="T8",
        severity=_E,
        what="Margins are 15 mm or wider, 25.4 mm in large print.",
        source=_LARGE_PRINT,
        find=find_narrow_margins,
    ),
    Check(
        id="C1", severity=_E, what="Text has a contrast of 4.5 to 1; a warning below 7.", source=_CONTRAST, find=find_pale_text
    ),
    Check(
        id="C2", severity=_E, what="Lines have a contrast of 3 to 1.", source="WCAG 2.2, non-text contrast", find=find_pale_lines
    ),
    Check(id="C3", severity=_E, what="Contrast holds in grey.", source="handouts are photocopied", find=find_pale_grey),
)

PALETTE_CHECKS: tuple[Check[Palette], ...] = (
    Check(
        id="C2",
        severity=_E,
        what="Lines have a contrast of 3 to 1.",
        source="WCAG 2.2, non-text contrast",
        find=find_pale_drawing,
    ),
    Check(id="C3", severity=_E, what="No meaning by colour alone.", source="WCAG 2.2, use of color", find=find_colour_alone),
)

CLINIC_CHECKS: tuple[Check[Clinic], ...] = (
    Check(
        id="C1", severity=_E, what="Text has a contrast of 4.5 to 1; a warning below 7.", source=_CONTRAST, find=find_pale_brand
    ),
    Check(
        id="S2",
        severity=Severity.WARNING,
        what="The clinic has a phone number of its own.",
        source="CDC index item 14",
        find=find_sample_phone,
    ),
)
