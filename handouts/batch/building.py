"""Builds one handout of a batch and puts it in place; whatever is wrong with it is its own outcome, not the batch's end."""

from __future__ import annotations

import errno
import traceback
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.batch.benches import Benches
from handouts.batch.folder import OutFolder
from handouts.batch.manifest import Entry, State
from handouts.batch.placing import phrase_unread
from handouts.batch.planning import Job
from handouts.batch.sealing import Seal
from handouts.bench import Passwords
from handouts.build import Built, make_handout
from handouts.errors import NO_MEMORY, CannotWriteError, ExitCode, HandoutsError, Place, Problem, lacks_memory
from handouts.regular_files import read_regular

_PACKAGE = Path(__file__).resolve().parents[1]
_CLOSE = f"close the file if it is open in a viewer, or {OutFolder.elsewhere}"
_LARGEST = 200_000_000  # bytes of a handout: whatever is larger is not what was built
_HOPELESS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job: `changed` is false for a file proven to be there already.

    `hopeless`: the next ones would fail in the same way, as on a full disk.
    """

    number: int  # of the job, from 0
    output: str
    place: Place
    changed: bool = True
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    exit_code: ExitCode = ExitCode.DONE
    hopeless: bool = False
    sha256: str | None = None  # of the file that this run wrote or proved


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A job with its number, and what the manifest said of its output when nothing that decides it has changed since."""

    number: int
    job: Job
    kept: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How all handouts of a batch are built."""

    program: str
    stamp: str | None
    passwords: Passwords
    seal: Seal
    strict: bool


class Builder:
    """Builds orders one after the other, on benches that stay warm."""

    def __init__(self, benches: Benches, folder: OutFolder, manner: Manner) -> None:
        self._benches, self.folder, self._manner = benches, folder, manner

    def build(self, order: Order) -> Outcome:
        """Build the handout, or prove that it is there; a fault of it is the outcome. Only signals get out."""
        job = order.job
        plain = Outcome(number=order.number, output=job.output, place=job.place)
        try:
            if order.kept is not None and self._is_proven(order.kept):
                if order.kept.source != job.source:
                    self.folder.add([replace(order.kept, source=job.source)])
                return replace(plain, changed=False, sha256=order.kept.sha256)
            outcome = self._make(job, plain)
        except HandoutsError as error:
            problems = tuple(replace(problem, place=problem.place or job.place) for problem in error.problems)
            cause = error.__cause__
            if isinstance(error, CannotWriteError):
                hint = _CLOSE if isinstance(cause, PermissionError) else OutFolder.elsewhere
                problems = tuple(replace(problem, hint=hint) for problem in problems)
            hopeless = isinstance(cause, OSError) and cause.errno in _HOPELESS
            outcome = replace(plain, problems=problems, exit_code=error.exit_code, hopeless=hopeless)
        except Exception as error:  # noqa: BLE001 - a bug must not take the other handouts with it; it is told as one
            outcome = _phrase_end(error, plain)
        return self._noted(outcome, job) if outcome.problems else outcome

    def _is_proven(self, kept: Entry) -> bool:
        refused = self._manner.strict and kept.warnings
        return not refused and prove(self.folder.path, kept, self._manner)

    def _noted(self, outcome: Outcome, job: Job) -> Outcome:
        try:
            self.fail(job)
        except CannotWriteError as error:
            if outcome.hopeless:  # it is told already that nothing can be written
                return outcome
            problems = (*outcome.problems, *error.problems)
            return replace(outcome, problems=problems, exit_code=error.exit_code, hopeless=True)
        return outcome

    def fail(self, job: Job) -> None:
        """Note in the manifest that the handout could not be made."""
        self.folder.add([planned_entry(job, self._manner.program, State.FAILED)])

    def _make(self, job: Job, outcome: Outcome) -> Outcome:
        from handouts.binding.protection import hash_content, protect

        bench = self._benches.open(job.space, job.request.lang)
        passwords = Passwords(cover=self._manner.passwords.cover)
        built = make_handout(job.request, bench, passwords=passwords, stamp=self._manner.stamp)
        if built.faults and self._manner.strict:
            told = tuple(Problem(message=f"--strict: warning: {warning}", place=job.place) for warning in built.faults)
            return replace(outcome, problems=told, exit_code=ExitCode.CANNOT_PRINT)
        content, password = built.pdf, self._manner.passwords.handout
        if password is None:
            sha256 = self._manner.seal.hash(content)
        else:
            content = protect(content, user_password=password)
            sha256 = self._manner.seal.hash(hash_content(content, password=password).encode())
        entry = replace(
            planned_entry(job, self._manner.program, State.DONE),
            sha256=sha256,
            pages=count_pages(built),
            warnings=len(built.warnings),
        )
        self.folder.put(content, entry)
        return replace(outcome, warnings=built.warnings, sha256=sha256)


def planned_entry(job: Job, program: str, state: State) -> Entry:
    """What the manifest says of a job that is not done."""
    return Entry(output=job.output, state=state, source=job.source, program=program, input=job.input, catalogue=job.catalogue)


def count_pages(built: Built) -> int:
    """The pages of a handout with those of the clinic's own cover."""
    cover = built.document.cover
    return len(built.document.pages) + (len(cover.sheet.pages) if cover else 0)


def prove(folder: Path, entry: Entry, manner: Manner) -> bool:
    """Whether the file of an entry is there, whole and unchanged."""
    try:
        content = read_regular(folder / entry.output, _LARGEST)
    except OSError:
        return False
    if len(content) > _LARGEST:
        return False
    password = manner.passwords.handout
    if password is None:
        return manner.seal.hash(content) == entry.sha256
    from handouts.binding.protection import hash_content
    from handouts.errors import InputError

    try:
        return manner.seal.hash(hash_content(content, password=password).encode()) == entry.sha256
    except InputError:
        return False


def _phrase_end(error: Exception, plain: Outcome) -> Outcome:
    """The outcome of an error that is no problem of ours: of the machine, of a file that cannot be read, or a bug."""
    if lacks_memory(error):
        problem = replace(NO_MEMORY, place=plain.place, hint="build it again: --resume --jobs 1")
        return replace(plain, problems=(problem,), exit_code=ExitCode.CANNOT_PRINT)
    if isinstance(error, OSError):
        return replace(plain, problems=(phrase_unread(error, plain.place),), exit_code=ExitCode.INPUT)
    return replace(plain, problems=(_phrase_bug(error, plain.place),), exit_code=ExitCode.BUG)


def _phrase_bug(error: Exception, place: Place) -> Problem:
    """Why no message of the error: it could hold a patient's name."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if Path(each.filename).is_relative_to(_PACKAGE)]
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return Problem(message=f"bug: {type(error).__name__}{where}: please report it", place=place)
