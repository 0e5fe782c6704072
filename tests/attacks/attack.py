"""What an attack is: files laid out in a folder, and the command that meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Lay = Callable[[Path], tuple[str, ...]]
"""Lays files into an empty folder, and gives the words of the command that meets them there."""

CARD = ("make", "--exercise", "childs-pose", "-o", "out.pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A name among attacks of its kind, and how it is laid."""

    kind: str
    name: str
    lay: Lay


def as_cover(make: Callable[[], bytes]) -> Lay:
    """A PDF given as the cover of a handout."""

    def lay(folder: Path) -> tuple[str, ...]:
        (folder / "cover.pdf").write_bytes(make())
        return (*CARD, "--cover", "cover.pdf")

    return lay


def as_letterhead(make: Callable[[], bytes]) -> Lay:
    """A PDF given as the letterhead of a handout."""

    def lay(folder: Path) -> tuple[str, ...]:
        (folder / "paper.pdf").write_bytes(make())
        return (*CARD, "--letterhead", "paper.pdf")

    return lay


def as_checked(make: Callable[[], bytes]) -> Lay:
    """A PDF given to `handouts check`."""

    def lay(folder: Path) -> tuple[str, ...]:
        (folder / "given.pdf").write_bytes(make())
        return ("check", "given.pdf")

    return lay


def as_logo(make: Callable[[], bytes], name: str = "logo.png") -> Lay:
    """A picture named as the logo of a clinic."""

    def lay(folder: Path) -> tuple[str, ...]:
        clinic(folder, f"logo: {name}\n")
        (folder / "assets/clinics/ours" / name).write_bytes(make())
        return (*CARD, "--clinic", "ours")

    return lay


def as_picture(make: Callable[[], bytes], ending: str) -> Lay:
    """A picture in the place of one of the catalogue's."""

    def lay(folder: Path) -> tuple[str, ...]:
        workspace(folder)
        figures = folder / "assets/figures"
        figures.mkdir(parents=True)
        (figures / f"childs-pose.end{ending}").write_bytes(make())
        return CARD

    return lay


def workspace(folder: Path) -> None:
    """Make the folder a clinic's own."""
    (folder / "handouts.yaml").write_text("country: gb\n")


def clinic(folder: Path, more: str = "") -> None:
    """A workspace with one clinic."""
    workspace(folder)
    (folder / "assets/clinics/ours").mkdir(parents=True)
    (folder / "assets/clinics/ours/clinic.yaml").write_text(f"id: ours\nname: Ours\nphone: 01632 960000\n{more}")
