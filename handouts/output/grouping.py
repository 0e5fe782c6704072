"""Files that are put in place at one time, each for itself: what is wrong with one keeps no other away.

Why together: to write a folder to the disk takes as long for many new names as for one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handouts.errors import CannotWriteError
from handouts.output.folders import sync_folder
from handouts.output.reasons import told
from handouts.output.signals import undisturbed
from handouts.output.staging import HIDDEN, Staged
from handouts.output.syncing import Syncing
from handouts.output.writing import Placed, put_in_place, take_back

if TYPE_CHECKING:
    from concurrent.futures import Future


class WriteGroup:
    """Whole files that are not in their places yet; `close` it in any case at the end.

    Names that they have meanwhile begin with `hidden`. Each keeps a file open where the system has files without a name.
    """

    def __init__(self, hidden: str = HIDDEN) -> None:
        self._hidden = hidden
        self._staged: dict[Staged, Future[None] | None] = {}  # with what comes of writing each to the disk, unless it is there
        self._syncing = Syncing()

    def stage(self, path: Path, content: bytes) -> None:
        """Write the content, for `path`. Raises as `write_atomically` does; nothing of it is left then.

        It goes to the disk while others are staged; `place` tells what went wrong with that.
        """
        with told(path):
            with undisturbed():
                staged = Staged(path, self._hidden)
                self._staged[staged] = None
            try:
                with staged.filling() as stream:
                    stream.write(content)
                self._staged[staged] = self._syncing.begin(staged.sync)
            except BaseException:
                with undisturbed():
                    del self._staged[staged]
                    staged.discard()
                raise

    def wait(self) -> None:
        """Return when all that was staged is on the disk, as far as it can be."""
        for synced in self._staged.values():
            if synced is not None:
                synced.exception()

    def place(self) -> list[CannotWriteError | None]:
        """Put each that is on the disk at its path, and then their folders on the disk: what is wrong with each, in order.

        To be called `undisturbed`.
        """
        done: list[Placed | CannotWriteError] = []
        for staged, synced in self._staged.items():
            try:
                with told(staged.path):
                    if synced is not None:
                        synced.result()
                done.append(put_in_place(staged))
            except CannotWriteError as error:
                done.append(error)
        refused: dict[Path, CannotWriteError] = {}
        for folder, path in {each.path.parent: each.path for each in self._staged}.items():
            try:
                with told(path):
                    sync_folder(folder)
            except CannotWriteError as error:
                refused[folder] = error
        return [_outcome(each, refused) for each in done]

    def discard(self) -> None:
        """Leave nothing hidden behind, and begin anew."""
        with undisturbed():
            for each in self._staged:
                each.discard()
            self._staged.clear()

    def close(self) -> None:
        """Leave nothing behind."""
        self.discard()
        self._syncing.end()


def _outcome(done: Placed | CannotWriteError, refused: dict[Path, CannotWriteError]) -> CannotWriteError | None:
    if isinstance(done, CannotWriteError):
        return done
    error = refused.get(done.path.parent)
    return take_back([done], error) if error is not None else None
