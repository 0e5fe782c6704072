"""The folder a batch writes to: finished handouts are put in place together with their lines in the manifest."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from handouts.batch.manifest import MANIFEST, Entry, State, append_entries, read_manifest, sorted_lines
from handouts.batch.runs import RunFolder
from handouts.errors import CannotWriteError
from handouts.output import WriteGroup, make_folders, open_atomically, undisturbed


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
        lines = sorted_lines(self.path, without=self._is_over)
        first = next(lines, None)
        if first is not None:
            with open_atomically(self.path / MANIFEST, hidden=self.hidden) as stream:
                stream.write(first)
                stream.writelines(lines)

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

    def put(self, files: WriteGroup, entries: Sequence[Entry]) -> list[CannotWriteError | None]:
        """Put whole handouts in their places, then the lines of those that are there in the manifest, in one breath.

        `entries`: those of the files, in their order. Returns what is wrong with each; None where nothing is.
        """
        files.wait()
        try:
            with self._committing(), undisturbed():
                wrong = files.place()
                try:
                    with self.told(self.path / MANIFEST):
                        append_entries(self.path, [entry for entry, error in zip(entries, wrong, strict=True) if error is None])
                except CannotWriteError as error:
                    wrong = [each or error for each in wrong]
                return wrong
        except CannotWriteError as error:  # there is no lock
            return [error] * len(entries)

    def serve(self, parent: int) -> None:
        """Put nothing in place any more once the process `parent` has ended: another run may be at work then."""
        self._parent = parent

    @contextlib.contextmanager
    def _committing(self) -> Iterator[None]:
        with self.locked():
            if self._parent is not None and os.getppid() != self._parent:
                raise SystemExit
            yield
