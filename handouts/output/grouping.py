"""Files that are put in place at one time, each for itself: what is wrong with one keeps no other away.

Why together: to write a folder to the disk takes as long for many new names as for one.
"""

from __future__ import annotations

from pathlib import Path

from handouts.errors import CannotWriteError
from handouts.output.folders import sync_folder
from handouts.output.reasons import told
from handouts.output.signals import undisturbed
from handouts.output.staging import HIDDEN, Staged
from handouts.output.writing import Placed, put_in_place, take_back


class WriteGroup:
    """Whole files that are not in their places yet; `discard` them in any case at the end.

    Names that they have meanwhile begin with `hidden`. Each keeps a file open where the system has files without a name.
    """

    def __init__(self, hidden: str = HIDDEN) -> None:
        self._hidden = hidden
        self._staged: list[Staged] = []

    def stage(self, path: Path, content: bytes) -> None:
        """Write the content to the disk, for `path`. Raises as `write_atomically` does; nothing of it is left then."""
        staged: Staged | None = None
        try:
            with told(path):
                with undisturbed():
                    staged = Staged(path, self._hidden)
                with staged.filling() as stream:
                    stream.write(content)
                with undisturbed():
                    self._staged.append(staged)
                    staged = None
        finally:
            if staged is not None:
                staged.discard()

    def place(self) -> list[CannotWriteError | None]:
        """Put each at its path, and their folders on the disk: what is wrong with each, in order; to be called `undisturbed`."""
        done: list[Placed | CannotWriteError] = []
        for each in self._staged:
            try:
                done.append(put_in_place(each))
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


def _outcome(done: Placed | CannotWriteError, refused: dict[Path, CannotWriteError]) -> CannotWriteError | None:
    if isinstance(done, CannotWriteError):
        return done
    error = refused.get(done.path.parent)
    return take_back([done], error) if error is not None else None
