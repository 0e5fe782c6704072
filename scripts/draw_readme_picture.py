"""Draw docs/handout.png, the first pages of a handout for a made-up clinic: python scripts/draw_readme_picture.py."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

from handouts.bench import Bench
from handouts.build import make_handout
from handouts.model import Request, Settings
from handouts.workspace import Workspace

_SCALE = 1.05
_GAP = 14
_ROOT = Path(__file__).parent.parent

_CLINIC = """\
name: Hillside Physiotherapy
tagline: Backs and hips
phone: 020 7946 0000
website: hillside.example
colours: {main: "#14525f"}
country: gb
"""


def draw() -> Path:
    """Make the handout, draw its first two pages side by side and return the path of the picture."""
    with tempfile.TemporaryDirectory() as folder:
        clinic = Path(folder) / "assets" / "clinics" / "hillside"
        clinic.mkdir(parents=True)
        (clinic / "clinic.yaml").write_text(_CLINIC, encoding="utf-8")
        bench = Bench(replace(Workspace(root=Path(folder)), settings=Settings()), "en")
        request = Request(
            profile="extension",
            regions=("lower-back",),
            minutes=10,
            patient="A. Sample",
            date=dt.date(2026, 3, 2),
            review=dt.date(2026, 3, 16),
            clinic="hillside",
        )
        pdf = pypdfium2.PdfDocument(make_handout(request, bench).pdf)
    pages = [pdf[index].render(scale=_SCALE).to_pil() for index in (0, 1)]
    width = sum(page.width for page in pages) + 3 * _GAP
    picture = Image.new("RGB", (width, pages[0].height + 2 * _GAP), "#c9ced1")
    left = _GAP
    for page in pages:
        picture.paste(page, (left, _GAP))
        left += page.width + _GAP
    path = _ROOT / "docs" / "handout.png"
    picture.quantize(128).save(path, optimize=True)
    return path


if __name__ == "__main__":
    print(draw())
