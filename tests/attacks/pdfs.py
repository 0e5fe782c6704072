"""Hostile PDFs by kind and name."""

from __future__ import annotations

from attacks.pdf_active import ACTIVE
from attacks.pdf_bombs import BOMBS
from attacks.pdf_broken import BROKEN
from attacks.pdf_heavy import HEAVY
from attacks.pdf_loops import LOOPS
from attacks.pdf_parts import Make
from attacks.pdf_unseen import UNSEEN

KINDS: dict[str, dict[str, Make]] = {
    "PDF bomb": BOMBS, "PDF loop": LOOPS, "PDF heavy for a viewer": HEAVY, "PDF active": ACTIVE, "PDF broken": BROKEN,
    "PDF with what nobody sees": UNSEEN,
}  # fmt: skip
