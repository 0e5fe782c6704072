"""Checks on what a finished page looks like: contrast in colour and in grey, and the size of pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from handouts.measured import Box, Line, Picture, Run
from handouts.quality.judged import PdfInQuestion
from handouts.quality.page_flaws import LETTERHEAD, inner_sheets, is_letterhead
from handouts.quality.remarks import Check, Flaw, Severity

MM = 72 / 25.4
TEXT_CONTRAST, TEXT_TARGET, LINE_CONTRAST = 4.5, 7.0, 3.0
NARROWEST_MM, THINNEST_PT = 45.0, 0.7
FEW = 3  # pictures of one exercise
OF_MANY = 0.6  # the share of an edition's least size that pictures in rows keep
MANY = "it is one of several that show one movement step by step"
SMALL = "its edition says how small its pictures may be"
_HIDDEN = 1.15  # a line paler than this is not meant to be seen
_ICON = 30.0  # points: smaller pictures are boxes to tick and the like
_DARKER = "choose a darker or a lighter colour"


def find_pale_text(subject: PdfInQuestion) -> Iterator[Flaw]:
    """C1: text and what lies under it."""
    yield from _pale_text(subject, 0, "")
    for page, sheet in inner_sheets(subject):
        middling = [run for run in sheet.runs if run.contrast and TEXT_CONTRAST <= run.contrast[0] < TEXT_TARGET]
        if middling:
            ratio = min(run.contrast[0] for run in middling if run.contrast)
            message = f"text with a contrast of {ratio:.1f} to 1, {TEXT_TARGET:g} is the aim"
            yield _flaw(page, (run.box for run in middling), message, ratio, TEXT_TARGET, severity=Severity.NOTE)


def find_grey_text(subject: PdfInQuestion) -> Iterator[Flaw]:
    """C3: text after a photocopier."""
    yield from _pale_text(subject, 1, " in grey")


def _pale_text(subject: PdfInQuestion, way: int, how: str) -> Iterator[Flaw]:
    for page, sheet in inner_sheets(subject):
        pale = [run for run in sheet.runs if run.contrast and run.contrast[way] < TEXT_CONTRAST]
        for own in (False, True):
            found = [run for run in pale if _is_own(run) is own]
            if found:
                ratio = min(run.contrast[way] for run in found if run.contrast)
                message = f"text with a contrast of {ratio:.1f} to 1{how}, {TEXT_CONTRAST:g} at least"
                yield _flaw(page, (run.box for run in found), message, ratio, TEXT_CONTRAST, own=own)


def _is_own(run: Run) -> bool:
    return is_letterhead(run) or run.tag == "Figure"


def find_pale_lines(subject: PdfInQuestion) -> Iterator[Flaw]:
    """C2: lines, boxes and pictures."""
    yield from _pale_lines(subject, 0, "")


def find_grey_lines(subject: PdfInQuestion) -> Iterator[Flaw]:
    """C3: lines, boxes and pictures after a photocopier."""
    yield from _pale_lines(subject, 1, " in grey")


def _pale_lines(subject: PdfInQuestion, way: int, how: str) -> Iterator[Flaw]:
    def pale(each: Line | Picture) -> bool:
        return each.contrast is not None and _HIDDEN < each.contrast[way] < LINE_CONTRAST

    for page, sheet in inner_sheets(subject):
        for what, drawn in (("a line", sheet.lines), ("a picture", sheet.pictures)):
            faulty = [each for each in drawn if pale(each)]
            for own in (False, True):
                found = [each for each in faulty if _is_beside(each) is own]
                if found:
                    ratio = min(each.contrast[way] for each in found if each.contrast)
                    message = f"{what} with a contrast of {ratio:.1f} to 1{how}, {LINE_CONTRAST:g} at least"
                    yield _flaw(page, (each.box for each in found), message, ratio, LINE_CONTRAST, own=own)


def _is_beside(each: Line | Picture) -> bool:
    """Whether a line or picture is part of a sheet under the page, or said again for the eye only."""
    return each.sheet if isinstance(each, Line) else each.artifact


def _flaw(
    page: int,
    boxes: Iterable[Box],
    message: str,
    found: float,
    limit: float,
    *,
    own: bool = False,
    severity: Severity | None = None,
) -> Flaw:
    return Flaw(
        message=message,
        hint=_DARKER,
        at=(page,),
        page=page,
        boxes=tuple(boxes),
        found=found,
        limit=limit,
        severity=Severity.WARNING if own else severity,
        reason=LETTERHEAD.replace("letterhead", "letterhead or a picture") if own else None,
    )


def find_small_pictures(subject: PdfInQuestion) -> Iterator[Flaw]:
    """G2: the larger side of the pictures on pages with exercises."""
    limit = max(NARROWEST_MM, subject.minimum.picture / MM)
    for page, pictures in _judged_pictures(subject):
        small = [each for each in pictures if _longest(each) < (limit - 0.5) * MM]
        for those, reason in _explained(subject, page, small):
            found = min(map(_longest, those)) / MM
            message = f"a picture of {found:.0f} mm, {limit:.0f} at least"
            yield _picture_flaw(page, those, message, "print it larger", found, limit, reason)


def _longest(picture: Picture) -> float:
    return max(picture.box.width, picture.box.height)


def _explained(subject: PdfInQuestion, page: int, pictures: list[Picture]) -> Iterator[tuple[list[Picture], str | None]]:
    """The pictures that are meant to be small, with the reason, and the others."""
    promised = min(subject.minimum.picture, NARROWEST_MM * MM)
    of_many = promised * OF_MANY - 0.5 * MM
    groups = [_companions(subject, page, each) for each in pictures]
    many = [
        each
        for each, group in zip(pictures, groups, strict=True)
        if len(group) >= FEW and max(map(_longest, group), default=0.0) >= of_many
    ]
    rest = [each for each in pictures if each not in many]
    least = of_many if subject.folded else promised - 0.5 * MM  # on a sheet to fold, rows cannot be told
    small = [each for each in rest if least < NARROWEST_MM * MM - MM and _longest(each) >= least]
    for those, reason in ((many, MANY), (small, SMALL), ([each for each in rest if each not in small], None)):
        if those:
            yield those, reason


def _companions(subject: PdfInQuestion, page: int, picture: Picture) -> list[Picture]:
    """The pictures of the exercise of a picture; told by the numbers of marks, so only where there are tags."""
    sheet = subject.pdf.pages[page - 1].sheet
    for exercise in subject.exercises:
        marks = [block.mark for block in exercise.blocks if block.page == page and block.mark is not None]
        if sheet and marks and picture.mark is not None and min(marks) <= picture.mark <= max(marks):
            inside = (each for each in sheet.pictures if each.mark is not None and min(marks) <= each.mark <= max(marks))
            return [each for each in inside if _longest(each) > _ICON]
    return []


def find_thin_pictures(subject: PdfInQuestion) -> Iterator[Flaw]:
    """G2: the main lines of the pictures, to a tenth of a point."""
    for page, pictures in _judged_pictures(subject):
        thin = [each for each in pictures if each.line is not None and round(each.line, 1) < THINNEST_PT]
        for those, reason in _explained(subject, page, thin):
            found = min(each.line for each in those if each.line is not None)
            message = f"a picture with lines of {found:.2f} pt, {THINNEST_PT:g} at least"
            hint = "print it larger, or with wider lines"
            yield _picture_flaw(page, those, message, hint, found, THINNEST_PT, reason)


def _picture_flaw(
    page: int, pictures: list[Picture], message: str, hint: str, found: float, limit: float, reason: str | None
) -> Flaw:
    boxes = tuple(each.box for each in pictures)
    return Flaw(message=message, hint=hint, at=(page,), page=page, boxes=boxes, found=found, limit=limit, reason=reason)


def _judged_pictures(subject: PdfInQuestion) -> Iterator[tuple[int, list[Picture]]]:
    """The pictures larger than an icon, of the pages that show exercises; without exercises, of all.

    Pictures in tables remind of an exercise shown elsewhere, those in forms are boxes to write in.
    """
    shown = {block.page for each in subject.exercises for block in each.blocks}
    aside = {
        content
        for element in subject.pdf.elements
        if element.tag == "Figure" and {"Table", "Form"}.intersection(element.inside)
        for content in element.content
    }
    for page, sheet in inner_sheets(subject):
        if not shown or page in shown:
            pictures = (each for each in sheet.pictures if each.mark is None or (page - 1, each.mark) not in aside)
            yield page, [each for each in pictures if not each.artifact and max(each.box.width, each.box.height) > _ICON]


def _check(check_id: str, what: str, source: str, find: Callable[[PdfInQuestion], Iterator[Flaw]]) -> Check[PdfInQuestion]:
    severity = Severity.WARNING if check_id == "G2" else Severity.ERROR
    return Check(id=check_id, severity=severity, what=what, source=source, find=find)


_COPIED = "handouts are photocopied"
CONTRAST_CHECKS: tuple[Check[PdfInQuestion], ...] = (
    _check("C1", "Text on a page has a contrast of 4.5 to 1 with what lies under it.", "WCAG 2.2, 1.4.3", find_pale_text),
    _check("C2", "Lines, boxes and pictures on a page have a contrast of 3 to 1.", "WCAG 2.2, 1.4.11", find_pale_lines),
    _check("C3", "Text on a page keeps 4.5 to 1 in grey.", _COPIED, find_grey_text),
    _check("C3", "Lines, boxes and pictures on a page keep 3 to 1 in grey.", _COPIED, find_grey_lines),
    _check("G2", "Pictures of exercises are 45 mm wide or high.", "our own default", find_small_pictures),
    _check("G2", "Main lines of pictures are 0.7 pt wide.", "our own default", find_thin_pictures),
)
