"""`handouts batch`: many handouts from request files, tables of patients, or every routine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from handouts.cli.batch_options import (
    DryRunOption,
    DuplexOption,
    EditionsOption,
    FailFastOption,
    JobsOption,
    LangsOption,
    MergeOption,
    NamesOption,
    OutOption,
    PapersOption,
    ResumeOption,
    ShardOption,
    SourcesArgument,
    StandardOption,
    StrictOption,
)
from handouts.cli.options import CoverPasswordOption, PasswordOption, WorkspaceOption
from handouts.errors import ExitCode, Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    from handouts.batch.benches import Benches
    from handouts.batch.building import Manner
    from handouts.batch.folder import OutFolder
    from handouts.batch.planning import BatchPlan, Shard, Terms
    from handouts.batch.sources import Search, Standard
    from handouts.cli.batch_report import Report

_MOST_SHARDS = 1000


def batch(
    sources: SourcesArgument = None,
    *,
    standard: StandardOption = False,
    edition: EditionsOption = None,
    paper: PapersOption = None,
    lang: LangsOption = None,
    shard: ShardOption = None,
    workspace: WorkspaceOption = None,
    cover_password_file: CoverPasswordOption = None,
    out: OutOption = Path("out"),
    names: NamesOption = None,
    password_file: PasswordOption = None,
    dry_run: DryRunOption = False,
    resume: ResumeOption = False,
    jobs: JobsOption = None,
    fail_fast: FailFastOption = False,
    strict: StrictOption = False,
    merge: MergeOption = None,
    duplex: DuplexOption = False,
) -> None:
    """Make many handouts: one for each request file, each row of a table of patients, or each routine.

    What is wrong with one does not keep the others from being made: it is told, and the exit code is 6.

    \b
    Examples:
      handouts batch patients.csv --out out --merge print.pdf --duplex
      handouts batch requests/ extra.yaml --out out --resume
      handouts batch --standard --paper a4 --paper letter --jobs 4
      handouts batch patients.csv --names "{patient_id}-{lang}" --dry-run
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.batch.benches import Benches
    from handouts.batch.building import Manner
    from handouts.batch.folder import OutFolder
    from handouts.batch.names import read_pattern
    from handouts.batch.planning import Terms
    from handouts.batch.sources import Search
    from handouts.bench import Passwords
    from handouts.cli.batch_report import Report
    from handouts.cli.opening import current_folder, program_version, read_password, stamp, today

    _check_words(sources, standard=standard, of_standard=(edition, paper, lang))
    _check_merge(merge, duplex=duplex, protected=password_file is not None)
    passwords = Passwords(
        cover=read_password(cover_password_file, "--cover-password-file"),
        handout=read_password(password_file, "--password-file"),
    )
    terms = Terms(
        pattern=read_pattern(names) if names is not None else None, shard=_read_shard(shard), passwords=passwords, out=out
    )
    run = _Run(
        benches=Benches(),
        folder=OutFolder(out),
        manner=Manner(program=program_version(), stamp=stamp(), passwords=passwords, strict=strict),
        report=Report(out),
        search=Search(current=current_folder(), workspace=workspace, today=today()),
    )
    plan = run.plan(sources or (), _list_standard(edition, paper, lang) if standard else None, terms)
    if merge is not None:
        _refuse_target(merge, out, plan, sources or ())
    if (plan.faults and fail_fast) or not plan.jobs:
        run.report.end_unbuilt(len(plan.jobs))
    elif dry_run:
        run.list_files(plan, resume=resume)
    else:
        complete = run.build(plan, processes=jobs, resume=resume, fail_fast=fail_fast)
        if merge is not None:
            run.merge(plan, merge, duplex=duplex, complete=complete)
    code = run.report.exit_code
    if code is not ExitCode.DONE:
        raise typer.Exit(int(code))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One run of the command: what it works with, and its steps."""

    benches: Benches
    folder: OutFolder
    manner: Manner
    report: Report
    search: Search

    def plan(self, sources: Sequence[Path], standard: Standard | None, terms: Terms) -> BatchPlan:
        """Check everything; faults of single handouts are told at once."""
        from handouts.batch.fingerprints import Fingerprints
        from handouts.batch.planning import plan_batch
        from handouts.batch.sources import check_sources, gather_asked
        from handouts.cli.progress import watch_checking

        files = check_sources(sources, self.search)
        if standard is not None:
            self._check_standard(standard)
        prints = Fingerprints(
            program=self.manner.program, stamp=self.manner.stamp, protected=self.manner.passwords.handout is not None
        )
        asked = watch_checking(gather_asked(files, standard, self.benches, self.search))
        return plan_batch(asked, self.benches, prints, terms, self.report.take_fault)

    def _check_standard(self, standard: Standard) -> None:
        """Raise UsageError for an edition, a paper or a language that nothing knows: no sheet could be made."""
        from handouts.bench import list_languages
        from handouts.formats.request_kinds import PAPERS
        from handouts.templates import list_templates

        space = self.benches.spaces[self.benches.find_space(None, explicit=self.search.workspace, current=self.search.current)]
        known: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
            ("edition", standard.editions, list_templates(space, "editions")),
            ("paper", standard.papers, PAPERS),
            ("lang", standard.langs, list_languages(space)),
        )
        problems = [
            Problem(message=f'--{option}: there is no "{word}"', hint=did_you_mean(word, ids))
            for option, words, ids in known
            for word in words
            if word not in ids
        ]
        if problems:
            raise UsageError(problems)

    def list_files(self, plan: BatchPlan, *, resume: bool) -> None:
        """Tell what would be written; nothing is."""
        from handouts.batch.manifest import read_manifest
        from handouts.batch.running import list_unproven

        names = [job.output for job in plan.jobs]
        if resume:
            names = list_unproven(plan, self.folder, read_manifest(self.folder.path), self.manner)
        self.report.list_files(names, of=len(plan.jobs))

    def build(self, plan: BatchPlan, *, processes: int | None, resume: bool, fail_fast: bool) -> bool:
        """Build everything and tell; False when the run ended early, with handouts that were not come to."""
        from handouts.batch.running import count_processors, run_batch

        outcomes = run_batch(
            plan, self.benches, self.folder, self.manner, processes=processes or count_processors(), resume=resume
        )
        with self.report.building(len(plan.jobs)), closing(outcomes):
            for outcome in outcomes:
                self.report.take_outcome(outcome)
                if outcome.problems and (fail_fast or outcome.hopeless):
                    break
        return self.report.complete

    def merge(self, plan: BatchPlan, target: Path, *, duplex: bool, complete: bool) -> None:
        """Bind what was made into one file; nothing when the run ended early."""
        from handouts.batch.merging import merge_handouts
        from handouts.cli.reporting import put_paths, tell

        outputs = [job.output for number, job in enumerate(plan.jobs) if number not in self.report.failed]
        if not complete or not outputs:
            tell(f"{target} is not written: {'not every handout was come to' if outputs else 'there is no handout'}")
            return
        lang = self.benches.open(plan.jobs[0].space, plan.jobs[0].request.lang).lang
        merge_handouts(outputs, self.folder.path, target, lang=lang, stamp=self.manner.stamp, duplex=duplex)
        put_paths([target])
        missing = len(plan.jobs) + len(plan.faults) - len(outputs)
        if missing:
            tell(f"{target} holds {len(outputs)} handouts; {missing} that failed {'is' if missing == 1 else 'are'} not in it")


def _check_words(sources: Sequence[Path] | None, *, standard: bool, of_standard: Iterable[list[str] | None]) -> None:
    if not sources and not standard:
        hint = "name request files, folders or CSV files, or say --standard"
        raise UsageError(Problem(message="handouts batch: nothing to make", hint=hint))
    if any(of_standard) and not standard:
        message = "--edition, --paper and --lang are of the standard sheets"
        raise UsageError(Problem(message=message, hint="add --standard, or write them in the requests or a column of the table"))


def _check_merge(merge: Path | None, *, duplex: bool, protected: bool) -> None:
    problems = []
    if merge is None and duplex:
        problems.append(Problem(message="--duplex is about the file of --merge", hint="add --merge FILE.pdf"))
    if merge is not None and protected:
        message = "--merge: the file for the printer would not be protected, so it does not go with --password-file"
        problems.append(Problem(message=message, hint="leave one of the two out"))
    if merge is not None and merge.suffix.lower() != ".pdf":
        problems.append(Problem(message="--merge: expected a file name ending in .pdf", hint="write it like --merge print.pdf"))
    if problems:
        raise UsageError(problems)


def _refuse_target(merge: Path, out: Path, plan: BatchPlan, sources: Sequence[Path]) -> None:
    """Raise UsageError where the file of --merge would be written over a handout or over something that is read."""
    from handouts.batch.names import clash_key

    outputs = {clash_key(job.output) for job in plan.jobs}
    inside = merge.parent.resolve() == out.resolve()
    read = {path.resolve() for path in (*map(Path, plan.read), *sources)}
    if merge.resolve() in read or (inside and clash_key(merge.name) in outputs):
        what = "is read and would be replaced" if merge.resolve() in read else "is the name of a handout"
        raise UsageError(Problem(message=f"--merge: {merge} {what}", hint="give it another name"))


def _list_standard(editions: list[str] | None, papers: list[str] | None, langs: list[str] | None) -> Standard:
    from handouts.batch.sources import Standard

    return Standard(editions=tuple(editions or ()), papers=tuple(papers or ()), langs=tuple(langs or ()))


def _read_shard(words: str | None) -> Shard:
    from handouts.batch.planning import Shard

    if words is None:
        return Shard()
    found = re.fullmatch("([0-9]{1,4})/([0-9]{1,4})", words)
    number, of = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= of <= _MOST_SHARDS:
        message = f"--shard: expected a part and the number of parts, at most {_MOST_SHARDS}"
        raise UsageError(Problem(message=message, hint="write it like 1/4"))
    return Shard(number=number, of=of)
