"""The engines that make the same handout: each is written as its own experts would write it, and warms what it can keep.

An engine is a function from the words of a handout to the bytes of a PDF; `open_peers` opens those that are installed.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from benchmarks.figures import Drawing
from handouts.texts import HandoutText

Make: TypeAlias = Callable[[HandoutText], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplies:
    """What every engine gets: the two font files, the figures by key, and a folder of its own for files it needs."""

    regular: Path
    bold: Path
    drawings: dict[str, Drawing]
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """An engine by its name in the table, the module that makes its handouts, and the package it needs."""

    name: str
    module: str
    package: str
    tagged: bool
    options: tuple[str, ...] = ()

    @property
    def installed(self) -> bool:
        """Whether its package can be imported."""
        return importlib.util.find_spec(self.package) is not None

    def open(self, supplies: Supplies) -> Make:
        """The engine, ready: fonts and figures read, templates compiled where it can keep them."""
        make: Make = importlib.import_module(self.module).open_engine(supplies, *self.options)
        return make


CANVAS = "raw canvas"
KEPT = "raw canvas, figures kept deflated"
TYPST = "Typst (ua-1)"
PEERS = (
    Peer(name=CANVAS, module="benchmarks.peers.canvas", package="reportlab", tagged=False),
    Peer(name=KEPT, module="benchmarks.peers.canvas", package="reportlab", tagged=False, options=("kept",)),
    Peer(name=TYPST, module="benchmarks.peers.typst_markup", package="typst", tagged=True),
    Peer(name="WeasyPrint (ua-1)", module="benchmarks.peers.html", package="weasyprint", tagged=True),
    Peer(name="fpdf2", module="benchmarks.peers.fpdf2_cells", package="fpdf", tagged=False),
)
"""In the order of the table. The second canvas is more careful still: it deflates each figure once a run, as ours does."""
