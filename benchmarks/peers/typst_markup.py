"""Typst: one compiler that stays warm, the words as JSON in `sys.inputs`, the figures as SVG files, PDF/UA-1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import typst

from benchmarks.peers import Make, Supplies
from benchmarks.peers.words import gather_words
from handouts.texts import HandoutText

_TEMPLATE = "handout.typ"


def open_engine(supplies: Supplies) -> Make:
    """Write the template and the figures into a folder; returns the function that compiles a handout."""
    folder = supplies.folder / "typst"
    folder.mkdir()
    shutil.copy(Path(__file__).with_name(_TEMPLATE), folder)
    for drawing in supplies.drawings.values():
        (folder / f"{drawing.name}.svg").write_text(drawing.svg, encoding="utf-8")
    compiler = typst.Compiler(
        str(folder / _TEMPLATE), root=str(folder), font_paths=[str(supplies.regular.parent)], ignore_system_fonts=True
    )

    def make(text: HandoutText) -> bytes:
        words = json.dumps(gather_words(text, supplies.drawings))
        made: bytes = compiler.compile(format="pdf", sys_inputs={"words": words}, pdf_standards="ua-1")
        return made

    return make
