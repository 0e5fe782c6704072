"""What is wrong with the command line of `handouts batch`, found before anything is built."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli.output_names import trouble_with_name
from handouts.errors import Problem, UsageError

if TYPE_CHECKING:
    from handouts.batch.planning import BatchPlan, Shard

_MOST_SHARDS = 1000


def check_words(sources: Sequence[Path] | None, *, standard: bool, of_standard: Iterable[list[str] | None]) -> None:
    """Raise UsageError where nothing is asked for, or options of standard sheets are given without any."""
    if not sources and not standard:
        hint = "name request files, folders or CSV files, or say --standard"
        raise UsageError(Problem(message="handouts batch: nothing to make", hint=hint))
    if any(of_standard) and not standard:
        message = "--edition, --paper and --lang are of the standard sheets"
        raise UsageError(Problem(message=message, hint="add --standard, or write them in the requests or a column of the table"))


def check_merge(merge: Path | None, *, duplex: bool, protected: bool) -> None:
    """Raise UsageError for a file for the printer that does not go with the other options, or is no PDF."""
    problems = []
    if merge is None and duplex:
        problems.append(Problem(message="--duplex is about the file of --merge", hint="add --merge FILE.pdf"))
    if merge is not None and protected:
        message = "--merge: the file for the printer would not be protected, so it does not go with --password-file"
        problems.append(Problem(message=message, hint="leave one of the two out"))
    trouble = trouble_with_name("--merge", merge, (".pdf",)) if merge is not None else None
    if trouble is not None:
        problems.append(trouble)
    elif merge is not None and any(0xD800 <= ord(sign) <= 0xDFFF for sign in merge.name):
        hint = "take letters, digits, - and _"
        problems.append(Problem(message="--merge: the file name is not UTF-8 text under this locale", hint=hint))
    if problems:
        raise UsageError(problems)


def refuse_unwritable_names(plan: BatchPlan) -> None:
    """Raise UsageError where the system cannot write the letters of a file's name, as under LC_ALL=C."""
    for job in plan.jobs:
        try:
            os.fsencode(job.output)
        except UnicodeEncodeError as error:
            message = "the name of its file holds letters that cannot be written under this locale"
            hint = "set LC_ALL=C.UTF-8, or name files without them: --names PATTERN"
            raise UsageError(Problem(message=message, place=job.place, hint=hint)) from error


def refuse_print_file(merge: Path, out: Path, plan: BatchPlan, read: Iterable[Path]) -> None:
    """Raise UsageError where the file of --merge would be written over a handout, the manifest, or something that is read."""
    from handouts.batch.manifest import MANIFEST
    from handouts.batch.names import clash_key
    from handouts.batch.targets import Marks, is_same_folder

    what = None
    if merge in Marks([*map(Path, plan.read), *read]):
        what = "is read and would be replaced"
    elif is_same_folder(merge.parent, out) and clash_key(merge.name) in {*plan.names, clash_key(MANIFEST)}:
        what = "is the name of a handout"
    elif merge in Marks([out / job.output for job in plan.jobs]):
        what = "leads to a handout"
    if what:
        raise UsageError(Problem(message=f"--merge: {merge} {what}", hint="give it another name"))


def read_shard(words: str | None) -> Shard:
    """The part of the batch that is asked for. Raises UsageError."""
    from handouts.batch.planning import Shard

    if words is None:
        return Shard()
    found = re.fullmatch("([0-9]{1,4})/([0-9]{1,4})", words)
    number, of = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= of <= _MOST_SHARDS:
        message = f"--shard: expected a part and the number of parts, at most {_MOST_SHARDS}"
        raise UsageError(Problem(message=message, hint="write it like 1/4"))
    return Shard(number=number, of=of)
