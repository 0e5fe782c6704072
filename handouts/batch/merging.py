"""Binds the finished handouts of a batch into one file for the printer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from handouts.batch.runs import RunFolder
from handouts.build import UNDATED
from handouts.errors import CannotWriteError, InputError
from handouts.output import open_atomically


class PrintFolder(RunFolder):
    """The folder of the file for the printer, in use by one run."""

    elsewhere = "name another: --merge FILE.pdf"


def merge_handouts(
    made: Iterable[tuple[str, str]],
    folder: Path,
    target: Path,
    press: PrintFolder,
    *,
    lang: str,
    stamp: str | None,
    duplex: bool,
) -> int:
    """Bind the files of the folder, in this order, into `target`, and return its pages.

    `made`: the names of files with the hashes they must have, so that what another batch wrote over them is never bound.
    `press`: the folder of the target, entered. `duplex`: each handout starts on the front of a sheet. Each is a bookmark under
    the name of its file. Raises CannotWriteError when a file is not what was made, or the target cannot be written; the last
    good target then stays.
    """
    from handouts.binding.joining import JoinSource, join_handouts

    sources = [JoinSource(path=folder / output, title=Path(output).stem, sha256=sha256) for output, sha256 in made]
    try:
        with open_atomically(target, hidden=press.hidden) as stream:
            said = {"title": target.stem, "lang": lang, "author": "", "stamp": stamp or UNDATED}
            return join_handouts(sources, stream, duplex=duplex, **said)
    except InputError as error:
        problems = (replace(problem, message=f"{problem.message}; {target} is not written") for problem in error.problems)
        raise CannotWriteError(problems) from error
    except CannotWriteError as error:
        raise CannotWriteError(replace(problem, hint=press.elsewhere) for problem in error.problems) from error
