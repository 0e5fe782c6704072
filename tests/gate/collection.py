"""The PDFs that the tests of this session made: one copy of each, with the names of the tests that made it."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from gate.check import unlock

FOLDER_VARIABLE = "HANDOUTS_GATE_FOLDER"  # one folder for all processes of a session


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """The folder of a session: SHA256.pdf beside SHA256.txt, which lists the tests."""

    folder: Path

    def add(self, content: bytes, *, test: str) -> None:
        """Keep `content` once, however often it comes."""
        name = hashlib.sha256(content).hexdigest()
        target = self.folder / f"{name}.pdf"
        if not target.exists():
            half = self.folder / f"{name}.{os.getpid()}"
            half.write_bytes(content)
            half.replace(target)
        with target.with_suffix(".txt").open("a", encoding="utf-8") as list_of_tests:
            list_of_tests.write(f"{test}\n")

    def paths(self) -> list[Path]:
        """All files, in an order that does not depend on the order of the tests."""
        return sorted(self.folder.glob("*.pdf"))

    def tests_of(self, path: Path) -> str:
        """The tests that made the file, shortened to three."""
        tests = list(dict.fromkeys(path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()))
        more = f" and {len(tests) - 3} more" if len(tests) > 3 else ""
        return ", ".join(tests[:3]) + more


def open_collection() -> Collection:
    """The collection of this session; the first process makes its folder."""
    if FOLDER_VARIABLE not in os.environ:
        os.environ[FOLDER_VARIABLE] = mkdtemp(prefix="handouts-gate-")
    return Collection(folder=Path(os.environ[FOLDER_VARIABLE]))


def close_collection() -> None:
    """Remove the folder; for the process that made it."""
    folder = os.environ.pop(FOLDER_VARIABLE, None)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def submit(pdf: bytes | Path, *, password: str = "") -> None:
    """Hand a finished PDF to the gate: it is checked at the end of the session.

    With `password`, a decrypted copy is checked. Give encrypted files without one only if they open without.
    """
    content = pdf.read_bytes() if isinstance(pdf, Path) else pdf
    test = os.environ.get("PYTEST_CURRENT_TEST", "outside a test").removesuffix(" (call)")
    open_collection().add(unlock(content, password=password), test=test)
