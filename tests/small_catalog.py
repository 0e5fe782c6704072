"""A catalogue of twelve exercises made by hand: small enough to know what a clinician should see."""

from __future__ import annotations

from handouts.model import (
    Catalog,
    Clock,
    Dose,
    Exercise,
    Hold,
    HoldUnit,
    Kind,
    Level,
    Position,
    Precaution,
    Profile,
    Routine,
    Ruling,
    Sides,
    TagRule,
    Verdict,
)

CLOCK = Clock(
    breath_s=6,
    repetition_s=5,
    change_side_s=5,
    change_exercise_s=10,
    rest_between_sets_s=15,
    transfers={("standing", "floor"): 15, ("floor", "standing"): 15, ("floor", "floor"): 5},
)
REASONS = {
    "bending-worsens": "Bending makes this profile worse.",
    "arching-worsens": "Arching makes it worse.",
    "head-low": "Eye pressure rises.",
}


def dose(**changes: object) -> Dose:
    return Dose(**{"sets": 1, "per_day": 1, "days_per_week": 7, **changes})  # type: ignore[arg-type]


def held(repetitions: int, seconds: int) -> Dose:
    return dose(repetitions=repetitions, hold=Hold(count=seconds, unit=HoldUnit.SECONDS))


def rule(verdict: str, because: str | None = None, source: str = "lift") -> Ruling:
    return Ruling(verdict=Verdict(verdict), because=because, sources=(source,))


def exercise(
    exercise_id: str,
    position: str = "supine",
    verdicts: str = "neutral neutral neutral",
    *,
    regions: tuple[str, ...] = ("lower-back",),
    tags: tuple[str, ...] = (),
    sides: Sides = Sides.NONE,
    level: Level = Level.BASIC,
    amount: Dose | None = None,
    swaps: tuple[str, ...] = (),
) -> Exercise:
    """`verdicts` are those of extension, flexion and undetermined."""
    because = {"extension": "bending-worsens", "flexion": "arching-worsens"}
    named = zip(("extension", "flexion", "undetermined"), verdicts.split(), strict=True)
    return Exercise(
        id=exercise_id,
        kind=Kind.STRETCH,
        position=position,
        regions=regions,
        muscles=(),
        directions=(),
        tags=tags,
        places=("floor",),
        sides=sides,
        side_means=None,
        level=level,
        dose=amount or held(1, 30),
        verdicts={profile: rule(word, because.get(profile) if word in ("avoid", "caution") else None) for profile, word in named},
        equipment=(),
        swaps=swaps,
        easier=None,
        harder=None,
        pictures=("start", "end"),
        pictured_side=None,
        sources={},
    )


def routine(routine_id: str, *ids: str, **changes: object) -> Routine:
    stated: dict[str, object] = {"doses": {}, "profile": None, "menu": False, "minutes": None, "per_day": None, "reason": None}
    return Routine(id=routine_id, exercises=ids, sources={}, **{**stated, **changes})  # type: ignore[arg-type]


BACK_HIP = ("lower-back", "hip")
EXERCISES = (
    exercise("recumbent-bike", "seated-bike", "unspecified prefer unspecified", amount=dose(open_ended=True)),
    exercise("bridge", amount=dose(repetitions=10, sets=2), regions=BACK_HIP),
    exercise(
        "childs-pose",
        "quadruped",
        "avoid neutral unspecified",
        tags=("end-range-flexion", "kneeling"),
        swaps=("pigeon", "bridge"),
    ),
    exercise(
        "circles",
        "quadruped",
        "caution caution unspecified",
        sides=Sides.DIRECTIONS,
        amount=dose(duration_s=15),
        regions=("hip",),
    ),
    exercise("figure-four", verdicts="unspecified neutral neutral", sides=Sides.EACH, regions=("hip",)),
    exercise("hip-flexor", "standing", "prefer caution neutral", sides=Sides.EACH, regions=BACK_HIP, amount=held(2, 30)),
    exercise("knee-hug", verdicts="avoid prefer avoid", sides=Sides.EACH, tags=("end-range-flexion",), swaps=("bridge", "quad")),
    exercise("lunge", "standing", "neutral caution unspecified", sides=Sides.EACH, regions=("hip",)),
    exercise("pigeon", "quadruped", "neutral neutral neutral", level=Level.ADVANCED, sides=Sides.EACH, regions=("hip",)),
    exercise("press-up", "prone", "prefer avoid unspecified", tags=("end-range-extension",), amount=dose(repetitions=10)),
    exercise("quad", "standing", "neutral neutral neutral", sides=Sides.EACH, regions=("thigh", "hip"), tags=("one-leg",)),
    exercise("twist", verdicts="unspecified unspecified unspecified", sides=Sides.EACH, regions=BACK_HIP),
    exercise(
        "wide-fold",
        "standing",
        "avoid neutral neutral",
        tags=("end-range-flexion", "head-down"),
        swaps=("quad",),
        amount=dose(repetitions=1, hold=Hold(count=8, unit=HoldUnit.BREATHS)),
    ),
)

CATALOG = Catalog(
    version="test",
    exercises={each.id: each for each in sorted(EXERCISES, key=lambda each: each.id)},
    routines={
        "five-minute": routine("five-minute", "circles", "childs-pose", "lunge", "figure-four", "twist", minutes=5),
        "extension-starter": routine("extension-starter", "press-up", "hip-flexor", profile="extension", per_day=3),
        "menu": routine(
            "menu", "bridge", "knee-hug", "childs-pose", "twist", "quad", "wide-fold", "press-up", menu=True, reason="choose"
        ),
    },
    profiles={
        "extension": Profile(
            id="extension",
            key_exercises=("press-up", "hip-flexor"),
            rules=(TagRule(ruling=rule("avoid", "bending-worsens", "inferred"), tags=("end-range-flexion",)),),
        ),
        "flexion": Profile(
            id="flexion",
            key_exercises=("knee-hug",),
            rules=(TagRule(ruling=rule("avoid", "arching-worsens"), tags=("end-range-extension",)),),
        ),
        "undetermined": Profile(id="undetermined", key_exercises=(), rules=()),
    },
    precautions={
        "glaucoma": Precaution(id="glaucoma", rules=(TagRule(ruling=rule("avoid", "head-low", "o11"), tags=("head-down",)),)),
        "no-kneeling": Precaution(id="no-kneeling", rules=(TagRule(ruling=rule("avoid", "kneeling"), positions=("quadruped",)),)),
        "no-floor": Precaution(
            id="no-floor", rules=(TagRule(ruling=rule("avoid", "floor"), positions=("supine", "prone", "quadruped")),)
        ),
        "balance": Precaution(id="balance", rules=(TagRule(ruling=rule("caution", "hold-on"), tags=("one-leg",)),)),
        "heart": Precaution(id="heart", rules=(TagRule(ruling=rule("caution", "heart"), exercises=("recumbent-bike",)),)),
    },
    regions=("lower-back", "hip", "thigh"),
    positions={
        each: Position(id=each, height=height)
        for each, height in {
            "supine": "floor",
            "prone": "floor",
            "quadruped": "floor",
            "standing": "standing",
            "seated-bike": "chair",
        }.items()
    },
    muscles=(),
    equipment=(),
    clock=CLOCK,
    signs={},
    sources={},
    emergency_numbers={},
)
