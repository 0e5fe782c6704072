"""A clinic's own exercise with its own pictures, as files of its folder."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from PIL import Image

SVG = "http://www.w3.org/2000/svg"


def svg(inside: str, *, size: tuple[float, float] = (40, 30), attributes: str = "") -> str:
    """A drawing with this inside."""
    return f'<svg xmlns="{SVG}" viewBox="0 0 {size[0]:g} {size[1]:g}" {attributes}>{inside}</svg>'


def block(colour: str, size: tuple[float, float] = (40, 30)) -> str:
    """A drawing that is all of one colour."""
    return svg(f'<rect width="{size[0]:g}" height="{size[1]:g}" fill="{colour}"/>', size=size)


def photo(colour: str | tuple[int, ...] = "red", size: tuple[int, int] = (800, 600), kind: str = "JPEG", **how: object) -> bytes:
    """A picture of one colour as the bytes of a file."""
    made = io.BytesIO()
    mode = how.pop("mode", "RGB")
    Image.new(str(mode), size, colour).save(made, kind, **how)
    return made.getvalue()


def exercise(
    poses: Iterable[str] = ("start", "end"), *, sides: str = "none", extra: str = "", pictures: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Facts and words of the exercise `own-stretch`; `pictures` are the words of each pose."""
    listed = tuple(poses)
    side = "side_means: crossed-leg\n" if sides == "each-side" else ""
    facts = f"""\
id: own-stretch
kind: stretch
position: standing
regions: [thigh]
muscles: [hamstrings]
directions: [hip-flexion]
tags: [standing]
places: [standing]
sides: {sides}
{side}{extra}level: basic
dose: {{sets: 1, repetitions: 2, hold: 20 s, per_day: 1, days_per_week: 7}}
verdicts: {{extension: neutral, flexion: neutral, undetermined: neutral}}
equipment: []
swaps: []
pictures: [{", ".join(listed)}]
"""
    said = pictures or {pose: f"{{caption: Look {pose}, alt: A person stretches in pose {pose}.}}" for pose in listed}
    words = f"""\
id: own-stretch
name: Own stretch
purpose: This stretch eases the thigh.
steps: [Stand tall., Lean forward., Come back up.]
breathing: Breathe slowly.
feel: Back of the thigh
stop_if: [It hurts.]
pictures:
{"".join(f"  {pose}: {text}" + chr(10) for pose, text in said.items())}\
sources: {{purpose: clinician, steps: clinician, breathing: clinician, feel: clinician, stop_if: clinician}}
"""
    return {"catalog/exercises/own-stretch.yaml": facts, "catalog/words/en/own-stretch.yaml": words}
