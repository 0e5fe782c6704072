"""`handouts batch`: many handouts from request files, tables of patients, or every routine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from handouts.cli.batch_checks import check_merge, check_words, read_shard, refuse_print_file, refuse_unwritable_names
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
    from handouts.batch.merging import PrintFolder
    from handouts.batch.planning import BatchPlan, Terms
    from handouts.batch.sources import Search, Standard
    from handouts.cli.batch_report import Report


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
    from handouts.batch.sealing import Seal
    from handouts.batch.sources import Search
    from handouts.batch.targets import check_targets
    from handouts.bench import Passwords
    from handouts.cli.batch_report import Report
    from handouts.cli.opening import current_folder, program_version, read_password, stamp, today, weak_password
    from handouts.cli.output_names import refuse_names
    from handouts.cli.reporting import tell, tell_warnings

    check_words(sources, standard=standard, of_standard=(edition, paper, lang))
    check_merge(merge, duplex=duplex, protected=password_file is not None)
    refuse_names([("--out", out, ())])
    passwords = Passwords(
        cover=read_password(cover_password_file, "--cover-password-file"),
        handout=read_password(password_file, "--password-file"),
    )
    tell_warnings(weak_password(passwords.handout))
    if passwords.handout is not None:
        tell_warnings(["one password opens every handout of this batch"])
    terms = Terms(
        pattern=read_pattern(names) if names is not None else None, shard=read_shard(shard), passwords=passwords, out=out
    )
    check_targets(out, merge)
    run = _Run(
        benches=Benches(),
        folder=OutFolder(out, tell=tell),
        manner=Manner(program=program_version(), stamp=stamp(), passwords=passwords, seal=Seal(passwords.handout), strict=strict),
        report=Report(out, merging=merge is not None),
        search=Search(current=current_folder(), workspace=workspace, today=today()),
    )
    files, plan = run.plan(sources or (), _list_standard(edition, paper, lang) if standard else None, terms)
    refuse_unwritable_names(plan)
    if merge is not None:
        refuse_print_file(merge, out, plan, (*files, *filter(None, (cover_password_file,))))
    if (plan.faults and fail_fast) or not plan.jobs:
        run.end_unbuilt(plan, dry_run=dry_run)
    elif dry_run:
        run.list_files(plan, resume=resume)
    else:
        run.make(plan, merge, processes=jobs, resume=resume, fail_fast=fail_fast, duplex=duplex)
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

    def plan(self, sources: Sequence[Path], standard: Standard | None, terms: Terms) -> tuple[Sequence[Path], BatchPlan]:
        """Check everything; faults of single handouts are told at once. With the plan, the files that are read."""
        from handouts.batch.fingerprints import Fingerprints
        from handouts.batch.planning import plan_batch
        from handouts.batch.sources import check_sources, gather_asked
        from handouts.cli.progress import watch_checking

        files = check_sources(sources, self.search)
        if standard is not None:
            self._check_standard(standard)
        prints = Fingerprints(program=self.manner.program, stamp=self.manner.stamp, seal=self.manner.seal)
        asked = watch_checking(gather_asked(files, standard, self.benches, self.search))
        return files, plan_batch(asked, self.benches, prints, terms, self.report.take_fault)

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

        names, entries = [job.output for job in plan.jobs], read_manifest(self.folder.path)
        if resume:
            names = list_unproven(plan, self.folder, entries, self.manner)
        self.report.list_files(names, of=len(plan.jobs))

    def end_unbuilt(self, plan: BatchPlan, *, dry_run: bool) -> None:
        """Sum up where nothing is built; the manifest, if there is one, does not go on saying that it was done."""
        from handouts.batch.manifest import read_manifest
        from handouts.batch.running import note_faults

        if dry_run:
            read_manifest(self.folder.path)
        else:
            note_faults(plan, self.folder, self.manner)
        self.report.end_unbuilt(len(plan.jobs))

    def make(
        self, plan: BatchPlan, merge: Path | None, *, processes: int | None, resume: bool, fail_fast: bool, duplex: bool
    ) -> None:
        """Build everything, and bind it into one file where that is asked for."""
        from handouts.batch.merging import PrintFolder
        from handouts.batch.names import clash_key
        from handouts.cli.reporting import tell
        from handouts.output import make_folders

        if merge is None:
            self.build(plan, processes=processes, resume=resume, fail_fast=fail_fast)
            return
        make_folders({merge.parent}, [])
        press = PrintFolder(merge.parent, tell=tell)
        with press.entered({clash_key(merge.name)}):
            complete = self.build(plan, processes=processes, resume=resume, fail_fast=fail_fast)
            self.merge(plan, merge, press, duplex=duplex, complete=complete)

    def build(self, plan: BatchPlan, *, processes: int | None, resume: bool, fail_fast: bool) -> bool:
        """Build everything and tell; False when the run ended early, with handouts that were not come to."""
        from handouts.batch.running import count_processors, run_batch
        from handouts.cli.reporting import tell

        wanted = processes or count_processors()
        outcomes = run_batch(plan, self.benches, self.folder, self.manner, processes=wanted, resume=resume, tell=tell)
        with self.report.building(len(plan.jobs)), closing(outcomes):
            for outcome in outcomes:
                self.report.take_outcome(outcome)
                if outcome.problems and (fail_fast or outcome.hopeless):
                    break
        return self.report.complete

    def merge(self, plan: BatchPlan, target: Path, press: PrintFolder, *, duplex: bool, complete: bool) -> None:
        """Bind what was made into one file; nothing when the run ended early."""
        from handouts.batch.merging import merge_handouts
        from handouts.cli.reporting import put_paths, tell

        made = [(job.output, self.report.made[number]) for number, job in enumerate(plan.jobs) if number in self.report.made]
        if not complete or not made:
            tell(f"{target} is not written: {'not every handout was come to' if made else 'there is no handout'}")
            return
        lang = self.benches.open(plan.jobs[0].space, plan.jobs[0].request.lang).lang
        merge_handouts(made, self.folder.path, target, press, lang=lang, stamp=self.manner.stamp, duplex=duplex)
        put_paths([target])
        missing = len(plan.jobs) + len(plan.faults) - len(made)
        if missing:
            tell(f"{target} holds {len(made)} handouts; {missing} that failed {'is' if missing == 1 else 'are'} not in it")


def _list_standard(editions: list[str] | None, papers: list[str] | None, langs: list[str] | None) -> Standard:
    from handouts.batch.sources import Standard

    return Standard(editions=tuple(editions or ()), papers=tuple(papers or ()), langs=tuple(langs or ()))
