"""Judges one exercise for one patient: every rule that touches it, the worst verdict, and what to do instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handouts.errors import CannotPrintError, Problem
from handouts.model import Catalog, Exercise, Finding, Level, Ruling, TagRule, Verdict
from handouts.nouns import dataclass

UNDETERMINED = "undetermined"
END_RANGE = ("end-range-flexion", "end-range-extension")
SAFE = (Verdict.PREFER, Verdict.NEUTRAL)
SEVERITY = (Verdict.PREFER, Verdict.NEUTRAL, Verdict.UNSPECIFIED, Verdict.CAUTION, Verdict.AVOID)

_NOTHING_SAID = Ruling(verdict=Verdict.UNSPECIFIED, because=None, sources=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The worst verdict on one exercise for one patient, and every finding behind it."""

    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def conflicts(self) -> tuple[Finding, ...]:
        """The findings that say avoid."""
        return tuple(found for found in self.findings if found.ruling.verdict is Verdict.AVOID)


class ConflictError(CannotPrintError):
    """Exercises asked for by name or by routine that a rule says to avoid; `findings` lists every one, with its swap."""

    def __init__(self, findings: Sequence[Finding], reasons: Mapping[str, str] | None = None) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__([_phrase_conflict(found, reasons or {}) for found in self.findings])


def worst(verdicts: Collection[Verdict]) -> Verdict:
    """Return the verdict that counts: avoid > caution > unspecified > neutral > prefer; unspecified when there is none."""
    return max(verdicts, key=SEVERITY.index, default=Verdict.UNSPECIFIED)


def judge(exercise: Exercise, profile: str | None, precautions: Sequence[str], catalog: Catalog) -> Judgement:
    """Find every rule on `exercise` for a patient with this profile and these precautions (ids the catalogue knows).

    With no profile (None) nobody has said how the back responds: the rules of `undetermined` speak, but forbid nothing;
    their `avoid` becomes `caution`. Precautions always count in full.
    """
    of_precautions = (
        (f"precaution:{precaution}", rule.ruling)
        for precaution in precautions
        for rule in catalog.precautions[precaution].rules
        if touches(rule, exercise)
    )
    findings = [
        Finding(exercise=exercise.id, rule=rule, ruling=ruling)
        for rule, ruling in (*_merge(_profile_rulings(exercise, profile, catalog)), *_merge(of_precautions))
    ]
    return Judgement(verdict=worst([found.ruling.verdict for found in findings]), findings=tuple(findings))


def touches(rule: TagRule, exercise: Exercise) -> bool:
    """Tell whether the rule names the exercise, its start position or one of its tags."""
    tagged = bool(rule.tags) and not set(rule.tags).isdisjoint(exercise.tags)
    return tagged or exercise.id in rule.exercises or exercise.position in rule.positions


def bars_to_choosing(
    exercise: Exercise,
    profile: str | None,
    precautions: Sequence[str],
    catalog: Catalog,
    *,
    judged: Sequence[Finding] | None = None,
) -> tuple[str, ...]:
    """Say why the exercise may not be chosen unasked, as rule names; empty when it may.

    `judged`: the findings of `judge` for this profile and these precautions, where they are known.

    Only what is `prefer` or expressly `neutral` after all precautions may (reference: unspecified is not safe); nothing
    advanced; and with no profile, or `undetermined`, nothing at the end of bending or arching.
    """
    bars = []
    if exercise.level is Level.ADVANCED:
        bars.append("level:advanced")
    judged_as = profile or UNDETERMINED
    if judged_as == UNDETERMINED and any(tag in exercise.tags for tag in END_RANGE):
        bars.append(f"profile:{UNDETERMINED}")
    findings = judge(exercise, judged_as, precautions, catalog).findings if judged is None or profile is None else judged
    bars += [found.rule for found in findings if found.ruling.verdict not in SAFE]
    return tuple(dict.fromkeys(bars))


def find_swap(
    exercise: Exercise,
    profile: str | None,
    precautions: Sequence[str],
    catalog: Catalog,
    *,
    taken: Collection[str] = (),
) -> str | None:
    """Return the id of an exercise to do instead, safe for this patient and not in `taken`; None when there is none.

    First the exercise's own swaps, best first; then another of a shared region, in the same position or at the
    same height where possible.
    """
    own = [catalog.exercises[swap] for swap in exercise.swaps if swap in catalog.exercises]
    sharing = [other for other in catalog.exercises.values() if any(region in exercise.regions for region in other.regions)]
    height = catalog.positions[exercise.position].height
    sharing.sort(key=lambda other: (other.position != exercise.position, catalog.positions[other.position].height != height))
    for other in [*own, *sharing]:
        if other.id == exercise.id or other.id in taken:
            continue
        if not bars_to_choosing(other, profile, precautions, catalog):
            return other.id
    return None


def _profile_rulings(exercise: Exercise, profile: str | None, catalog: Catalog) -> Iterator[tuple[str, Ruling]]:
    judged_as = profile or UNDETERMINED
    known = catalog.profiles.get(judged_as)
    rulings = [exercise.verdicts.get(judged_as, _NOTHING_SAID)]
    rulings += [rule.ruling for rule in known.rules if touches(rule, exercise)] if known else []
    for ruling in rulings:
        softened = profile is None and ruling.verdict is Verdict.AVOID
        yield f"profile:{judged_as}", replace(ruling, verdict=Verdict.CAUTION) if softened else ruling


def _merge(rulings: Iterable[tuple[str, Ruling]]) -> Iterator[tuple[str, Ruling]]:
    """One ruling for each rule, verdict and reason, with the sources of all that say so."""
    merged: dict[tuple[str, Verdict, str | None], list[Ruling]] = {}
    for rule, ruling in rulings:
        merged.setdefault((rule, ruling.verdict, ruling.because), []).append(ruling)
    for (rule, _, _), alike in merged.items():
        sources = tuple(dict.fromkeys(source for ruling in alike for source in ruling.sources))
        yield rule, alike[0] if sources == alike[0].sources else replace(alike[0], sources=sources)


def _phrase_conflict(found: Finding, reasons: Mapping[str, str]) -> Problem:
    rule = found.rule.replace(":", " ")
    because = found.ruling.because
    why = f": {reasons.get(because, because)}" if because else ""
    sources = ", ".join(found.ruling.sources) or "not stated"
    override = f'--override "{found.exercise}: reason"'
    if found.swap:
        hint = f"use --swap to print {found.swap} instead, or {override}"
    else:
        why_none = "its swaps are already in the plan" if found.swap_in_plan else "no safe swap is known"
        hint = f"{why_none}; use --exclude {found.exercise}, or {override}"
    return Problem(message=f"{found.exercise}: avoid, by {rule}{why.rstrip('.')} [source: {sources}]", hint=hint)
