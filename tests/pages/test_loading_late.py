"""Parts of ReportLab and Pillow that few handouts need are there for whoever asks, and not before."""

from __future__ import annotations

import subprocess
import sys

HEAVY = "html.parser", "PIL.ExifTags", "reportlab.platypus.tables", "babel", "yaml", "pypdf", "rich"


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_usual_pages_are_placed_without_them() -> None:
    code = (
        "import sys; from handouts.pages.composing import compose_document; from handouts.looks import *;"
        "from handouts.pages.placing import *;"
        "frames = (FrameInsets(start=0, end=0, top=0, bottom=0),);"
        "print(find_places([PieceShape(10, 2, False)], Paper(width=100, height=100), frames, frames).spots[0].y);"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert run(code) == "90\n[]\n"


def test_they_are_whole_for_whoever_asks_later() -> None:
    code = (
        "import sys, handouts.pages.desk, handouts.pages.placing, handouts.pages.setting;"
        "from reportlab.platypus import *; from reportlab.platypus.paragraph import Paragraph as P;"
        "import reportlab.platypus as whole; from reportlab.platypus import doctemplate; from PIL import Image;"
        "print(Paragraph is P, Table.__name__, whole.BaseDocTemplate is doctemplate.BaseDocTemplate,"
        " whole.Frame is handouts.pages.placing.Frame, whole.paragraph.Paragraph is P, Image.new('L', (1, 1)).size)"
    )
    assert run(code) == "True Table True True True (1, 1)\n"


def test_what_was_there_before_stays() -> None:
    code = (
        "from reportlab.platypus import Paragraph; import handouts.pages.desk, handouts.pages.placing;"
        "import reportlab.platypus.paragraph as late; print(late.Paragraph is Paragraph)"
    )
    assert run(code) == "True\n"


def test_text_that_reportlab_breaks_is_set_with_its_paragraphs() -> None:
    code = (
        "import handouts.pages; from handouts.pages.setting import Span, set_text; from handouts.pages.fonts import load_fonts;"
        "from handouts.workspace import builtin_root; fonts = load_fonts(builtin_root() / 'assets' / 'fonts');"
        "print(len(set_text([Span('a' * 200)], fonts, 12, 100)) > 5)"
    )
    assert run(code) == "True\n"
