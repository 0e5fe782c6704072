"""Builds one handout of a batch and puts it in place; whatever is wrong with it is its own outcome, not the batch's end."""

from __future__ import annotations

import errno
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
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
from handouts.nouns import dataclass
from handouts.output import WriteGroup
from handouts.regular_files import read_regular

_PACKAGE = Path(__file__).resolve().parents[1]
_CLOSE = f"close the file if it is open in a viewer, or {OutFolder.elsewhere}"
_LARGEST = 200_000_000  # bytes of a handout: whatever is larger is not what was built
_HOPELESS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)

MOST_TOGETHER = 16  # handouts; each keeps a file open until it is in its place
_LONGEST = 0.2  # seconds: as much work is lost when the run is ended


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
    """Builds orders one after the other, on benches that stay warm, and puts them in place in groups.

    Why groups: what makes a name last through a power cut takes longer than the rest of the writing, and no longer for many.
    """

    def __init__(self, benches: Benches, folder: OutFolder, manner: Manner) -> None:
        self._benches, self.folder, self._manner = benches, folder, manner

    def build(self, orders: Iterable[Order]) -> Iterator[list[Outcome]]:
        """Build the handouts, or prove that they are there, and give what came of each group once it is in place.

        A fault of a handout is its outcome, which comes last in its group: only signals get out.
        """
        group = _Group(self.folder)
        try:
            for order in orders:
                outcome = self._build(order, group)
                if outcome is not None:
                    yield [*self._put(group), outcome]
                elif group.is_due:
                    yield self._put(group)
            yield self._put(group)
        finally:
            group.close()

    def _build(self, order: Order, group: _Group) -> Outcome | None:
        """Add a handout to the group, or return what is wrong with it."""
        job = order.job
        plain = Outcome(number=order.number, output=job.output, place=job.place)
        try:
            if order.kept is not None and self._is_proven(order.kept):
                entry = replace(order.kept, source=job.source) if order.kept.source != job.source else None
                group.add(job, replace(plain, changed=False, sha256=order.kept.sha256), entry)
                return None
            return self._make(job, plain, group)
        except Exception as error:  # noqa: BLE001 - a bug must not take the other handouts with it; it is told as one
            return self._noted(_phrase_end(error, plain), job)

    def _put(self, group: _Group) -> list[Outcome]:
        """Put the group in place: what came of each of its handouts, those with faults last."""
        outcomes = []
        for job, outcome, error in group.put():
            outcomes.append(outcome if error is None else self._noted(_phrase_end(error, _unmade(outcome)), job))
        return sorted(outcomes, key=lambda outcome: bool(outcome.problems))

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

    def _make(self, job: Job, outcome: Outcome, group: _Group) -> Outcome | None:
        from handouts.binding.protection import hash_content, protect

        request = job.request
        bench = self._benches.open(job.space, request.lang)
        passwords = Passwords(cover=self._manner.passwords.cover)
        built = make_handout(request, bench, passwords=passwords, stamp=self._manner.stamp)
        if built.faults and self._manner.strict:
            told = tuple(Problem(message=f"--strict: warning: {warning}", place=job.place) for warning in built.faults)
            return self._noted(replace(outcome, problems=told, exit_code=ExitCode.CANNOT_PRINT), job)
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
        group.add(job, replace(outcome, warnings=built.warnings, sha256=sha256), entry, content)
        return None


class _Group:
    """Handouts that are finished, or proven to be there, and will be put in place together; `close` it at the end."""

    def __init__(self, folder: OutFolder) -> None:
        self._folder, self._files = folder, WriteGroup(folder.hidden)
        self._written: list[tuple[Job, Outcome, Entry]] = []
        self._there: list[tuple[Job, Outcome, Entry | None]] = []
        self._due = 0.0

    @property
    def is_due(self) -> bool:
        """Whether it is time to put it in place."""
        return len(self._written) + len(self._there) >= MOST_TOGETHER or time.monotonic() >= self._due

    def add(self, job: Job, outcome: Outcome, entry: Entry | None, content: bytes | None = None) -> None:
        """Add a handout with its line of the manifest: written, unless it is there. Raises CannotWriteError."""
        if not self._written and not self._there:
            self._due = time.monotonic() + _LONGEST
        if content is None or entry is None:
            self._there.append((job, outcome, entry))
        else:
            self._files.stage(self._folder.path / entry.output, content)
            self._written.append((job, outcome, entry))

    def put(self) -> list[tuple[Job, Outcome, CannotWriteError | None]]:
        """Put all in place: what is wrong with each. The group is empty then."""
        written, there = self._written, self._there
        wrong = self._folder.put(self._files, [entry for _, _, entry in written]) if written else []
        noted = self._note([entry for _, _, entry in there if entry is not None])
        self._clear()
        done = [(job, outcome, error) for (job, outcome, _), error in zip(written, wrong, strict=True)]
        return [*done, *((job, outcome, noted if entry is not None else None) for job, outcome, entry in there)]

    def close(self) -> None:
        """Leave nothing of it behind."""
        self._files.close()

    def _clear(self) -> None:
        self._files.discard()
        self._written, self._there = [], []

    def _note(self, entries: list[Entry]) -> CannotWriteError | None:
        try:
            if entries:
                self._folder.add(entries)
        except CannotWriteError as error:
            return error
        return None


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


def _unmade(outcome: Outcome) -> Outcome:
    return Outcome(number=outcome.number, output=outcome.output, place=outcome.place)


def _phrase_end(error: Exception, plain: Outcome) -> Outcome:
    """The outcome of an error: its problems, where it is one of ours, else the machine, a file that cannot be read, or a bug."""
    if isinstance(error, HandoutsError):
        return _phrase_problems(error, plain)
    if lacks_memory(error):
        problem = replace(NO_MEMORY, place=plain.place, hint="build it again: --resume --jobs 1")
        return replace(plain, problems=(problem,), exit_code=ExitCode.CANNOT_PRINT)
    if isinstance(error, OSError):
        return replace(plain, problems=(phrase_unread(error, plain.place),), exit_code=ExitCode.INPUT)
    return replace(plain, problems=(_phrase_bug(error, plain.place),), exit_code=ExitCode.BUG)


def _phrase_problems(error: HandoutsError, plain: Outcome) -> Outcome:
    problems = tuple(replace(problem, place=problem.place or plain.place) for problem in error.problems)
    cause = error.__cause__
    if isinstance(error, CannotWriteError):
        hint = _CLOSE if isinstance(cause, PermissionError) else OutFolder.elsewhere
        problems = tuple(replace(problem, hint=hint) for problem in problems)
    hopeless = isinstance(cause, OSError) and cause.errno in _HOPELESS
    return replace(plain, problems=problems, exit_code=error.exit_code, hopeless=hopeless)


def _phrase_bug(error: Exception, place: Place) -> Problem:
    """Why no message of the error: it could hold a patient's name."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if Path(each.filename).is_relative_to(_PACKAGE)]
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return Problem(message=f"bug: {type(error).__name__}{where}: please report it", place=place)
