"""One attack with hostile text or files, and files of any size for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fuzzing.arena import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A command with its files; `printed`: words that a made PDF must then hold, letter for letter."""

    kind: str
    name: str
    words: tuple[str, ...]
    files: Mapping[str, Content] = field(default_factory=dict)
    printed: str | None = None


def sparse(size: int) -> Callable[[Path], None]:
    """So many zeros, without their place on the disk."""

    def write(path: Path) -> None:
        with path.open("wb") as stream:
            stream.truncate(size)

    return write


def repeated(line: bytes, size: int) -> Callable[[Path], None]:
    """The line over and over, until there are so many bytes."""

    def write(path: Path) -> None:
        block = line * (1_000_000 // len(line))
        with path.open("wb") as stream:
            for _ in range(size // len(block) + 1):
                stream.write(block)

    return write
