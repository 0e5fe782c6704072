"""The desk a page is set on: fonts, edition, figures and the pieces already drawn."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from handouts.document import FontProgram, FormProgram, Page, Piece
from handouts.figure_files import PictureFile
from handouts.looks import Edition, Palette
from handouts.nouns import dataclass
from handouts.pages.drawing import Colour, Drawing
from handouts.pages.figures import Figure, draw_figure, read_figure
from handouts.pages.fonts import Fonts
from handouts.pages.setting import Line, Span, set_text
from handouts.remembering import Memory

if TYPE_CHECKING:
    from handouts.pages.logo import Logo

T = TypeVar("T")

_MOST_KEPT = 1200
"""Pieces and set cards, of some 3 kB each: those of a catalogue in a few editions, beside what is of one patient only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeStyle:
    """One way of setting text: size and leading in points, weight, colour."""

    size: float
    leading: float
    colour: Colour
    bold: bool = False


class Desk:
    """What setting needs, and a bounded memory of pieces; what is remembered never changes what is drawn."""

    def __init__(
        self,
        *,
        edition: Edition,
        fonts: Fonts,
        palette: Palette,
        locate_picture: Callable[[str], PictureFile | None],
        home_of: Callable[[Path], Path | None],
    ) -> None:
        self.edition = edition
        self.fonts = fonts
        self.palette = palette
        self._locate_picture = locate_picture
        self._home_of = home_of
        self._figures: dict[str, Figure | None] = {}
        self._logos: dict[str, Logo] = {}
        self._forms: dict[str, FormProgram] = {}
        self._kept = Memory(_MOST_KEPT)

    # ----------------------------------------------------------------------------------------- styles

    def style(self, name: str, *, bold: bool = False, colour: Colour | None = None) -> TypeStyle:
        """The type style of a named size of the edition."""
        size = getattr(self.edition.type, name)
        leading = size * (self.edition.type.leading if name in ("body", "small", "dose") else 1.18)
        return TypeStyle(size=size, leading=leading, bold=bold, colour=colour or self.edition.colours.text)

    def heading(self, name: str, colour: Colour | None = None) -> TypeStyle:
        """The bold style of a heading in a named size, never below what the edition promises for headings."""
        style = self.style(name, bold=True, colour=colour)
        larger = max(1.0, self.edition.minimum.heading / style.size)
        return replace(style, size=style.size * larger, leading=style.leading * larger)

    def set(self, text: str | Sequence[Span], style: TypeStyle, width: float) -> tuple[Line, ...]:
        """Lines of a plain string in the style's weight, or of spans with weights of their own."""
        spans = (Span(text, style.bold),) if isinstance(text, str) else text
        return set_text(spans, self.fonts, style.size, width)

    def paragraph(
        self,
        drawing: Drawing,
        text: str | Sequence[Span],
        style: TypeStyle,
        *,
        x: float,
        y: float,
        width: float,
        element: int | None,
        centred: bool = False,
    ) -> float:
        """Set and draw a paragraph below y; return the y below it."""
        return drawing.lines(
            self.set(text, style, width),
            x=x,
            y=y,
            size=style.size,
            leading=style.leading,
            colour=style.colour,
            element=element,
            centre_in=width if centred else None,
        )

    # ----------------------------------------------------------------------------------------- memory

    def piece(self, content: Hashable, width: float, draw: Callable[[], Piece]) -> Piece:
        """The piece remembered for this content and width, or drawn now."""
        return self._kept.remember((content, width), draw)

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is remembered under this key, or made now. The key must hold everything that it depends on."""
        return self._kept.remember(key, make)

    def figure(self, key: str) -> Figure | None:
        """The figure with this asset key, or None when there is no such picture.

        Raises:
            InputError: the asset is damaged.

        """
        if key not in self._figures:
            found = self._locate_picture(key)
            self._figures[key] = self._read_picture(found) if found else None
        return self._figures[key]

    def _read_picture(self, file: PictureFile) -> Figure:
        if file.ours:
            return read_figure(file.path, file.shown, file.key, root=file.root)
        from handouts.pages.own_pictures import read_own_picture

        return read_own_picture(file, self.edition)

    def form_of(self, figure: Figure) -> str:
        """The resource name of a figure in the edition's palette, its form being ready."""
        name = figure.form_name(self.palette)
        if name not in self._forms:
            self._forms[name] = draw_figure(figure, self.palette)
        return name

    def logo(self, path: str) -> Logo:
        """The logo in this file, read once.

        Raises:
            InputError: it cannot be used.

        """
        if path not in self._logos:
            from handouts.pages.logo import read_logo

            self._logos[path] = read_logo(Path(path), root=self._home_of(Path(path)))
            self._forms[self._logos[path].form.name] = self._logos[path].form
        return self._logos[path]

    def embed(self, pages: Iterable[Page]) -> tuple[tuple[FontProgram, ...], dict[str, FormProgram]]:
        """What finished pages are drawn with: fonts of just their characters, and their forms in the order of names."""
        used: dict[str, set[str]] = {}
        forms: set[str] = set()
        for placement in (placement for page in pages for placement in page.placements):
            forms |= placement.piece.forms
            for name, characters in placement.piece.glyphs.items():
                used.setdefault(name, set()).update(characters)
        return self.fonts.embed(used), self.forms(frozenset(forms))

    def forms(self, names: frozenset[str]) -> dict[str, FormProgram]:
        """The named forms, in the order of their names."""
        return {name: self._forms[name] for name in sorted(names)}
