"""A small handout of our own that passes, to plant faults in."""

from __future__ import annotations


def sample_pdf() -> bytes:
    """A handout that has H1, H2, a Figure, a list with LBody, and a link, all on its first page."""
    raise NotImplementedError
