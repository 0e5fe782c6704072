"""What a batch says while it runs and when it ends: paths to stdout in the order asked for, everything else to stderr."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli.progress import open_progress
from handouts.cli.reporting import StdoutClosedError, put_paths, tell
from handouts.errors import ExitCode
from handouts.nouns import dataclass

if TYPE_CHECKING:
    from handouts.batch.building import Outcome
    from handouts.batch.planning import Fault
    from handouts.cli.progress import Progress
    from handouts.errors import Place, Problem

_MOST_TOLD = 50  # faults in the summary; all of them were told before
_MOST_NAMED = 3  # outputs that have the same warning
# Where nothing could be made, the first of these that occurred says how the batch ends.
_GRAVEST = (ExitCode.BUG, ExitCode.INPUT, ExitCode.CANNOT_PRINT, ExitCode.CANNOT_WRITE)


@dataclass(slots=True)
class _Warned:
    """The outputs after the first that have the same warning: how many, and the first of them by name."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, output: str) -> None:
        self.count += 1
        if len(self.first) < _MOST_NAMED:
            self.first.append(output)


class Report:
    """Tells and counts what comes of a batch."""

    def __init__(self, out: Path, *, merging: bool) -> None:
        self._out, self._merging = out, merging
        self._faults: dict[Problem, list[Place]] = {}  # and the handouts that have them
        self._codes: set[ExitCode] = set()
        self._total = self._made = self._unchanged = self._unfit = 0
        self._hopeless = False
        self._waiting: dict[int, Path | None] = {}  # finished, but something before it is not yet
        self._next = 0
        self._warned: dict[str, _Warned] = {}
        self._progress: Progress | None = None
        self._heard = True  # somebody reads stdout
        self.failed: set[int] = set()  # numbers of jobs
        self.made: dict[int, str] = {}  # for merging: numbers of jobs with the hashes of their files, also of those there already

    @property
    def complete(self) -> bool:
        """Whether every job was come to."""
        return self._made + len(self.failed) == self._total

    @property
    def exit_code(self) -> ExitCode:
        """How the command ends: 6 where something was made and something was not."""
        if not self._codes:
            return ExitCode.DONE
        if self._hopeless:
            return ExitCode.CANNOT_WRITE
        return ExitCode.PARTLY if self._made else next(code for code in _GRAVEST if code in self._codes)

    # ----------------------------------------------------------------------------------------- while it runs

    def take_fault(self, fault: Fault) -> None:
        """Tell what is wrong with a handout that will not be built."""
        self._unfit += 1
        self._tell_problems(fault.problems, fault.place, fault.exit_code)

    @contextlib.contextmanager
    def building(self, total: int) -> Iterator[None]:
        """Show how far it is while handouts are built, and sum up at the end, however it comes."""
        self._total = total
        stopped = True
        try:
            with open_progress(total) as self._progress:
                yield
            stopped = False
        finally:
            self._progress = None
            self._put_paths(everything=True)
            self._sum_up(stopped=stopped)

    def take_outcome(self, outcome: Outcome) -> None:
        """Tell and count one handout that is finished or has failed."""
        self._waiting[outcome.number] = self._out / outcome.output if outcome.changed and not outcome.problems else None
        if outcome.problems:
            self.failed.add(outcome.number)
            self._hopeless = self._hopeless or outcome.hopeless
            self._tell_problems(outcome.problems, outcome.place, outcome.exit_code)
        else:
            self._made += 1
            self._unchanged += not outcome.changed
            if self._merging:
                self.made[outcome.number] = outcome.sha256 or ""
        for warning in outcome.warnings:
            self._tell_warning(warning, outcome.output)
        self._put_paths(everything=False)
        if self._progress is not None:
            self._progress.show(self._made + len(self.failed))

    def list_files(self, names: Sequence[str], *, of: int) -> None:
        """Tell which files would be written."""
        self._total = self._made = of
        for number, name in enumerate(names):
            self._waiting[number] = self._out / name
        self._put_paths(everything=True)
        unchanged, unfit = self._counted(of - len(names), "unchanged"), self._counted(self._unfit, "cannot be")
        parts = [f"{len(names)} would be written", *unchanged, *unfit]
        tell(f"handouts batch: {', '.join(parts)}")
        self._recall_faults()

    def end_unbuilt(self, jobs: int) -> None:
        """Sum up when nothing was built."""
        if not self._codes:
            tell("handouts batch: nothing to make in this part")
            return
        tell(f"handouts batch: nothing written, {self._unfit} of {self._unfit + jobs} failed")
        self._recall_faults()

    # ----------------------------------------------------------------------------------------- how it is said

    def _tell_problems(self, problems: Sequence[Problem], place: Place, code: ExitCode) -> None:
        """Tell what is wrong with a handout; what is wrong with a file that many share is told once, and counted."""
        self._codes.add(code)
        for problem in problems:
            if problem not in self._faults:
                tell(_with_handouts(problem, [place]))
            self._faults.setdefault(problem, []).append(place)

    def _tell_warning(self, warning: str, output: str) -> None:
        """Tell a warning with its handout; the same one again only counts, and is told at the end."""
        others = self._warned.get(warning)
        if others is None:
            self._warned[warning] = _Warned()
            tell(f"warning: {self._out / output}: {warning}")
        else:
            others.add(output)

    def _put_paths(self, *, everything: bool) -> None:
        ready: list[Path | None] = []
        if everything:
            ready = [self._waiting[number] for number in sorted(self._waiting)]
            self._waiting.clear()
        while self._next in self._waiting:
            ready.append(self._waiting.pop(self._next))
            self._next += 1
        if self._heard:
            try:
                put_paths(path for path in ready if path is not None)
            except StdoutClosedError:
                self._heard = False

    def _sum_up(self, *, stopped: bool) -> None:
        for warning, others in self._warned.items():
            if others.count:
                named = ", ".join(others.first)
                more = f" and {others.count - len(others.first)} more" if others.count > len(others.first) else ""
                tell(f"warning: also {named}{more}: {warning}")
        left = self._total - self._made - len(self.failed)
        parts = [
            f"{self._made - self._unchanged} written",
            *self._counted(self._unchanged, "unchanged"),
            *self._counted(len(self.failed) + self._unfit, "failed"),
            *self._counted(left, "not come to"),
        ]
        hint = " (build the rest: --resume)" if left else ""
        tell(f"handouts batch: {'stopped: ' if stopped else ''}{', '.join(parts)}{hint}")
        self._recall_faults()

    def _recall_faults(self) -> None:
        for problem, places in islice(self._faults.items(), _MOST_TOLD):
            tell(f"failed: {_with_handouts(problem, places)}")
        if len(self._faults) > _MOST_TOLD:
            tell("failed: and more, told above")

    @staticmethod
    def _counted(number: int, words: str) -> list[str]:
        return [f"{number} {words}"] if number else []


def _with_handouts(problem: Problem, places: Sequence[Place]) -> str:
    """The problem, and which handouts it is about where its place does not say so."""
    if problem.place is not None and problem.place.file == places[0].file and len(places) == 1:
        return str(problem)
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    return f"{problem} [{places[0]}{more}]"
