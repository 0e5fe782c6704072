"""A small handout of our own that passes, to plant faults in."""

from __future__ import annotations

from dataclasses import replace

from handouts.bench import Bench
from handouts.build import make_handout
from handouts.model import Clinic, Entry, Request, Settings
from handouts.workspace import Workspace


def sample_pdf() -> bytes:
    """A handout that has H1, H2, a Figure, a list with LBody, and a link, all on its first page."""
    bench = Bench(replace(Workspace(), settings=Settings(cover="none")), "en")
    logo = bench.workspace.builtin / "tests" / "gate" / "logo.png"
    bench._clinics["sample"] = Clinic(
        id="sample", name="Sample Clinic", phone="020 7946 0000", logo=str(logo), website="clinic.example"
    )
    return make_handout(Request(exercises=(Entry(id="glute-bridge"),), clinic="sample"), bench).pdf
