"""Clinics and the settings of a workspace."""

from __future__ import annotations

from dataclasses import field

from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Room kept free at the four edges of a page, in points."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterheadMargins:
    """Room a letterhead needs, in points; on the first page `first_top` and `first_bottom` where they are given."""

    top: float = 127.6  # 45 mm, our own default
    bottom: float = 56.7  # 20 mm, our own default
    first_top: float | None = None
    first_bottom: float | None = None
    left: float = 0.0  # a strip down the side
    right: float = 0.0
    landscape: Margins = Margins(top=85.0, bottom=42.5, left=0.0, right=0.0)  # 30 and 15 mm, our own default

    def for_page(self, *, first: bool) -> Margins:
        """Return what is kept free on the first upright page, or on the others."""
        top = self.first_top if first and self.first_top is not None else self.top
        bottom = self.first_bottom if first and self.first_bottom is not None else self.bottom
        return Margins(top=top, bottom=bottom, left=self.left, right=self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """One clinic: what is printed of it, and its own paper. Paths are full paths of checked, existing files."""

    id: str
    name: str
    phone: str
    tagline: str | None = None
    email: str | None = None
    website: str | None = None
    address: tuple[str, ...] = ()
    logo: str | None = None
    logo_alt: str | None = None
    main_colour: str | None = None  # "#rrggbb"
    cover: str | None = None  # "none", "generated" or a path
    cover_alt: str | None = None
    letterhead: str | None = None
    margins: LetterheadMargins = field(default_factory=LetterheadMargins)
    country: str | None = None
    emergency_number: str | None = None
    clinician: str | None = None
    body: str | None = None  # of BODIES: which one pictures show
    time_zone: str | None = None  # "Europe/London"

    @property
    def has_sample_phone(self) -> bool:
        """Whether the number is still that of the folder that `handouts init` makes."""
        return not set(self.phone) - set("0 -")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a workspace's `handouts.yaml` says for every request that does not say otherwise."""

    clinic: str | None = None
    country: str | None = None
    emergency_number: str | None = None
    lang: str | None = None
    paper: str | None = None
    edition: str | None = None
    cover: str | None = None  # "none", "generated" or a path
    clinician: str | None = None
    times_per_day: int | None = None
    body: str | None = None  # of BODIES
    time_zone: str | None = None
