"""Binds the finished handouts of a batch into one file for the printer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from handouts.errors import CannotWriteError
from handouts.output import open_atomically

_EPOCH = "20000101000000"


def merge_handouts(outputs: Iterable[str], folder: Path, target: Path, *, lang: str, stamp: str | None, duplex: bool) -> int:
    """Bind the files of the folder, in this order, into `target`, and return its pages.

    `duplex`: each handout starts on the front of a sheet. Each is a bookmark under the name of its file. Raises InputError for
    a file that cannot be read, CannotWriteError when the target cannot be written; the last good target then stays.
    """
    from handouts.binding.joining import JoinSource, join_handouts

    sources = [JoinSource(path=folder / output, title=Path(output).stem) for output in outputs]
    try:
        with open_atomically(target) as stream:
            said = {"title": target.stem, "lang": lang, "author": "", "stamp": stamp or _EPOCH}
            return join_handouts(sources, stream, duplex=duplex, **said)
    except CannotWriteError as error:
        hint = "close the file if it is open in a viewer, or name another: --merge FILE.pdf"
        raise CannotWriteError(replace(problem, hint=hint) for problem in error.problems) from error
