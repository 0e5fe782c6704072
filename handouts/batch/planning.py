"""Checks everything that is asked for before anything is built: rules, names, sheets and letters that no font has."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import overload

from handouts.batch.benches import Benches
from handouts.batch.fingerprints import Fingerprints
from handouts.batch.names import SUFFIX, NamePattern, clash_key, safe_stem
from handouts.batch.placing import phrase_unread, place_problems
from handouts.batch.sources import Asked
from handouts.batch.targets import Marks, list_folder
from handouts.bench import Bench, Passwords
from handouts.build import prepare_handout
from handouts.errors import ExitCode, HandoutsError, InputError, Place, Problem
from handouts.model import Clinic, Request
from handouts.nouns import dataclass

_TOGETHER = 64  # jobs that are deflated at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A handout that can be built: its request, the name of its file, and the fingerprint of what decides its bytes."""

    output: str
    source: str
    place: Place
    space: int
    packed: bytes  # the request, which only whoever builds it reads
    input: str
    catalogue: str

    @property
    def request(self) -> Request:
        """What is asked for; the bytes are our own, never from a file."""
        request: Request = pickle.loads(self.packed)  # noqa: S301
        return request


class PackedJobs(Sequence[Job]):
    """Jobs in their order, some 90 bytes each: a batch is planned as a whole, however many handouts it has.

    Deflated by the dozen: in a table, one row says nearly what another does. The last dozen that was looked at is kept.
    """

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._last: list[Job] = []
        self._seen: tuple[int, list[Job]] = (-1, [])

    def append(self, job: Job) -> None:
        """Add a job."""
        self._last.append(job)
        if len(self._last) == _TOGETHER:
            self._blocks.append(zlib.compress(pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL), 1))
            self._last = []

    def __len__(self) -> int:
        return len(self._blocks) * _TOGETHER + len(self._last)

    @overload
    def __getitem__(self, index: int) -> Job: ...
    @overload
    def __getitem__(self, index: slice) -> list[Job]: ...
    def __getitem__(self, index: int | slice) -> Job | list[Job]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        block, place = divmod(index, _TOGETHER)
        return self._block(block)[place]

    def _block(self, number: int) -> list[Job]:
        if number == len(self._blocks):
            return self._last
        if self._seen[0] != number:
            self._seen = (number, pickle.loads(zlib.decompress(self._blocks[number])))  # noqa: S301 - our own bytes
        return self._seen[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A handout that cannot be made, with everything that is wrong with it.

    `output` is None when its name cannot be known; `label` is what the manifest calls it, which then holds no patient's words.
    """

    output: str | None
    label: str
    source: str
    place: Place
    problems: tuple[Problem, ...]
    exit_code: ExitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One of several parts of a batch, each made by a run of its own: every `of`-th handout from the `number`-th."""

    number: int = 1
    of: int = 1

    def holds(self, place: int) -> bool:
        """Whether the handout at this place, from 0, is of this part."""
        return place % self.of == self.number - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """What will be built, in order, what cannot be, and the paths of covers, letterheads and logos that are read.

    `names`: those of all handouts of the batch, of other parts and of faults too, as `clash_key` writes them.
    """

    jobs: PackedJobs
    faults: tuple[Fault, ...]
    read: frozenset[str] = frozenset()
    names: AbstractSet[str] = frozenset()

    @property
    def parts(self) -> Iterator[Job | Fault]:
        """Everything that was asked for of this part of the batch."""
        yield from self.jobs
        yield from self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a batch is planned: the pattern of names (None: each source's own), the part to build, passwords, the folder."""

    pattern: NamePattern | None
    shard: Shard
    passwords: Passwords
    out: Path


def plan_batch(
    asked: Iterable[Asked], benches: Benches, prints: Fingerprints, terms: Terms, tell: Callable[[Fault], None]
) -> BatchPlan:
    """Check everything that is asked for; what is wrong with one handout is told at once and kept apart.

    Raises InputError for what is wrong with the batch: a source, or two handouts with one name.
    """
    planner = _Planner(benches, prints, terms)
    jobs = PackedJobs()
    faults: list[Fault] = []
    for number, each in enumerate(asked):
        made = planner.plan(each, mine=terms.shard.holds(number))
        if isinstance(made, Job):
            jobs.append(made)
        elif made is not None:
            faults.append(made)
            tell(made)
    planner.refuse_clashes()
    return BatchPlan(jobs=jobs, faults=tuple(faults), read=frozenset(planner.read), names=frozenset(planner.places))


class _Planner:
    def __init__(self, benches: Benches, prints: Fingerprints, terms: Terms) -> None:
        self.benches, self.prints, self.terms = benches, prints, terms
        self.places: dict[str, Place] = {}  # of the first with a name, as `clash_key` writes it
        self.spelt: dict[str, str] = {}  # those names that are not written as their keys are
        self.clashes: list[Problem] = []
        self.read: set[str] = set()

    def plan(self, asked: Asked, *, mine: bool) -> Job | Fault | None:
        """The job or what is wrong with it; None where it belongs to another part of the batch."""
        output: str | None = None
        try:
            if asked.request is None:
                output = self._name(asked, Request())
                return self._fault(asked, output, asked.problems, asked.exit_code) if mine else None
            bench = self.benches.open(asked.space, asked.request.lang)
            request, clinic = bench.settle(asked.request)
            output = self._name(asked, request)
            if output is None:
                return self._fault(asked, None, self._nameless(asked, request), ExitCode.INPUT) if mine else None
            self._note_inputs(request, clinic)
            return self._check(asked, output, request, clinic, bench) if mine else None
        except HandoutsError as error:
            problems = place_problems(error, asked, self.benches.spaces[asked.space])
            if output is None and asked.request is not None:
                output = self._name(asked, asked.request)
            return self._fault(asked, output, problems, error.exit_code) if mine else None
        except OSError as error:
            return self._fault(asked, output, (phrase_unread(error, asked.place),), ExitCode.INPUT) if mine else None

    def refuse_clashes(self) -> None:
        """Raise InputError for names given twice, and for files that are read and would be replaced."""
        read = Marks(map(Path, sorted(self.read)))
        for path in list_folder(self.terms.out) if self.read else ():
            key = clash_key(path.name)
            if key in self.places and path in read:
                name, place = self.spelt.get(key, key), self.places[key]
                message = f"{read.shown(path).name} is read, and {name} would be written over it"
                self.clashes.append(Problem(message=message, place=place, hint="name another folder: --out DIR"))
        if self.clashes:
            raise InputError(self.clashes)

    def _pattern(self, asked: Asked) -> NamePattern:
        return self.terms.pattern or NamePattern(text=asked.pattern)

    def _name(self, asked: Asked, request: Request) -> str | None:
        name, _ = self._pattern(asked).fill(request, asked.origin)
        if name is not None:
            key = clash_key(name)
            if key in self.places:
                other, place = self.spelt.get(key, key), self.places[key]
                twice = f"{name} is {'the name' if name == other else f'the same name as {other}'} of {place} too"
                if self._pattern(asked).is_private:
                    twice = f"the name of its file is that of {place} too"
                hint = "choose names that differ: --names PATTERN"
                self.clashes.append(Problem(message=twice, place=asked.place, hint=hint))
            else:
                self.places[key] = asked.place
                if name != key:
                    self.spelt[key] = name
        return name

    def _nameless(self, asked: Asked, request: Request) -> tuple[Problem, ...]:
        _, empty = self._pattern(asked).fill(request, asked.origin)
        slots = " and ".join(f"{{{slot}}}" for slot in empty)
        message = f"nothing is said for {slots} of the file name" if empty else "the pattern gives no name"
        return (Problem(message=message, place=asked.place, hint="say it, or choose another pattern: --names PATTERN"),)

    def _fault(self, asked: Asked, output: str | None, problems: tuple[Problem, ...], exit_code: ExitCode) -> Fault:
        label = output or NamePattern(text=asked.pattern).fill(asked.request or Request(), asked.origin)[0]
        label = label or safe_stem(asked.origin.stem) + SUFFIX
        return Fault(output=output, label=label, source=asked.source, place=asked.place, problems=problems, exit_code=exit_code)

    def _note_inputs(self, request: Request, clinic: Clinic | None) -> None:
        for path in (request.cover, request.letterhead, clinic.logo if clinic else None):
            if path is not None and path not in ("none", "generated"):
                self.read.add(path)

    def _check(self, asked: Asked, output: str, request: Request, clinic: Clinic | None, bench: Bench) -> Job:
        prepare_handout(request, bench, passwords=self.terms.passwords)
        return Job(
            output=output,
            source=asked.source,
            place=asked.place,
            space=asked.space,
            packed=pickle.dumps(asked.request or request, pickle.HIGHEST_PROTOCOL),
            input=self.prints.of(request, clinic, bench.workspace),
            catalogue=bench.library[0].version,
        )
