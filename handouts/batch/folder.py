"""The folder a batch writes to: finished handouts are put in place together with their lines in the manifest."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from handouts.batch.manifest import MANIFEST, Entry, State, append_entries, read_manifest, sorted_lines, walk_manifest
from handouts.batch.runs import RunFolder
from handouts.output import make_folders, undisturbed, write_together


class OutFolder(RunFolder):
    """A folder of handouts in use by one run."""

    elsewhere = "write elsewhere: --out DIR"

    def __init__(self, path: Path, token: str | None = None, tell: Callable[[str], None] | None = None) -> None:
        super().__init__(path, token, tell)
        self._parent: int | None = None
        self._said: dict[str, Entry] = {}
        self._renamed: frozenset[str] = frozenset()

    @contextlib.contextmanager
    def open(self, names: Collection[str] = ()) -> Iterator[dict[str, Entry]]:
        """Enter the folder, made if it is missing, to write `names`, and give what its manifest says.

        Raises CannotWriteError when the folder cannot be made, written or locked, InputError when its manifest is none.
        """
        make_folders({self.path}, [])
        with self.entered(names):
            yield self._said

    def look(self) -> None:
        """Read the manifest. Raises InputError when it is none of ours: then nothing is written."""
        self._said = read_manifest(self.path)

    def finish(self) -> None:
        """Sort the manifest."""
        content = sorted_lines(walk_manifest(self.path), without=self._is_over)
        if content:
            write_together([(self.path / MANIFEST, content)], hidden=self.hidden)

    def forget(self, outputs: Iterable[str]) -> None:
        """Leave out of the manifest, at the end, what failed under these names and is made under others now."""
        self._renamed = frozenset(outputs)

    def _is_over(self, entry: Entry) -> bool:
        failed = entry.output in self._renamed and entry.state is State.FAILED
        return failed and not os.path.lexists(self.path / entry.output)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add lines to the manifest."""
        with self.locked(), undisturbed(), self.told(self.path / MANIFEST):
            append_entries(self.path, entries)

    def put(self, content: bytes, entry: Entry) -> None:
        """Put a finished handout in its place, and its line in the manifest, in one breath. Raises CannotWriteError."""

        def note() -> None:
            with self.told(self.path / MANIFEST):
                append_entries(self.path, [entry])

        write_together([(self.path / entry.output, content)], hidden=self.hidden, under=self._committing(), then=note)

    def serve(self, parent: int) -> None:
        """Put nothing in place any more once the process `parent` has ended: another run may be at work then."""
        self._parent = parent

    @contextlib.contextmanager
    def _committing(self) -> Iterator[None]:
        with self.locked():
            if self._parent is not None and os.getppid() != self._parent:
                raise SystemExit
            yield
