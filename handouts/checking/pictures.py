"""What the checks say of the pictures of exercises, ours and a clinic's own, in both bodies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from handouts.bench import Bench
from handouts.checking.telling import attempt
from handouts.errors import InputError
from handouts.figure_files import ENDINGS, FIGURES, PictureFile
from handouts.model import BODIES, Catalog, Exercise, ExerciseWords
from handouts.pages.desk import Desk
from handouts.pages.figures import Figure, Measure, read_figure, share_scale
from handouts.pages.own_pictures import widest_column
from handouts.pages.pictures import find_largest_scale
from handouts.quality.catalogue import Figure as Described
from handouts.quality.pictures import OWN_PICTURE_CHECKS, STRAY_CHECK, OwnPictures, StrayFile
from handouts.quality.places import place_in
from handouts.quality.remarks import Remark, look
from handouts.settling import DEFAULT_EDITION, DEFAULT_PAPER
from handouts.texts import PictureText


def open_desk(bench: Bench) -> Desk | None:
    """Return the desk of the workspace's own edition and paper; None where its templates are wrong, which is told with them."""
    settings = bench.workspace.settings
    try:
        return bench.desk(settings.edition or DEFAULT_EDITION, settings.paper or DEFAULT_PAPER, None)
    except InputError:
        return None


def find_figures(
    bench: Bench, exercise: Exercise, body: str, desk: Desk | None, remarks: list[Remark]
) -> dict[str, tuple[PictureFile, Figure | None]]:
    """Return the pictures of an exercise in this body, by pose; what cannot be read becomes a remark, its figure None."""
    files = attempt(lambda: bench.pictures.find(exercise.id, exercise.pictures, body), FIGURES, remarks) or {}
    figures = {}
    for pose, file in files.items():
        read = (
            partial(read_figure, file.path, file.shown, file.key, root=file.root)
            if file.ours
            else partial(_read_own, desk, file.key)
        )
        figures[pose] = (file, attempt(read, file.shown, remarks))
    return figures


def _read_own(desk: Desk | None, key: str) -> Figure | None:
    return desk.figure(key) if desk else None


def describe_figures(exercise: Exercise, found: Mapping[str, tuple[PictureFile, Figure | None]]) -> dict[str, Described]:
    """Return what the checks of the words need to know of the pictures."""
    return {
        pose: Described(side=(figure.side if figure else None) if file.ours else exercise.pictured_side, own=not file.ours)
        for pose, (file, figure) in found.items()
    }


def check_pictures(bench: Bench, exercise: Exercise, words: ExerciseWords, desk: Desk | None) -> list[Remark]:
    """Check that the pictures of an exercise can be read, in both bodies, and what a clinic's own ones are like."""
    remarks: list[Remark] = []
    for body in BODIES:
        found = find_figures(bench, exercise, body, desk, remarks)
        if desk is not None and any(not file.ours for file, _ in found.values()):
            own = OwnPictures(exercise=exercise, dots=_count_dots(desk, words, found))
            remarks += look(OWN_PICTURE_CHECKS, own, place_in(bench.workspace, f"catalog/exercises/{exercise.id}.yaml"))
    return list(dict.fromkeys(remarks))


def _count_dots(
    desk: Desk, words: ExerciseWords, found: Mapping[str, tuple[PictureFile, Figure | None]]
) -> dict[str, float | None]:
    """Dots an inch of each own picture where it is printed as large as this edition ever does."""
    read = {pose: figure for pose, (_, figure) in found.items() if figure is not None}
    if not read:
        return {}
    shared = share_scale(list(read.values()))
    pictures = [
        (PictureText(figure=figure.key, mirrored=False, caption=words.pictures[pose].caption or "", alt=""), figure)
        for pose, figure in zip(read, shared, strict=True)
    ]
    scale = find_largest_scale(desk, pictures, widest_column(desk.edition, len(pictures)))
    return {
        pose: 72 * own.width / (figure.width * scale) if own.measure is Measure.DOTS else None
        for (pose, own), figure in zip(read.items(), shared, strict=True)
        if own.measure is not Measure.BODY
    }


def check_strays(bench: Bench, catalog: Catalog) -> list[Remark]:
    """Check that every picture in a clinic's folder is one of an exercise."""
    expected = frozenset(f"{exercise.id}.{pose}" for exercise in catalog.exercises.values() for pose in exercise.pictures)
    remarks: list[Remark] = []
    for layer in (layer for layer in bench.workspace.layers if layer.overlay):
        for key in attempt(lambda: list(bench.pictures.every(layer)), FIGURES, remarks) or ():  # noqa: B023 - called at once
            name = key.rpartition("/")[2]
            shown = bench.pictures.shown(layer, key)
            readable = name.lower().endswith(ENDINGS)
            stray = StrayFile(stem=name.rpartition(".")[0], readable=readable, expected=expected)
            remarks += look([STRAY_CHECK], stray, partial(_whole, shown))
    return remarks


def _whole(place: str, _at: object) -> str:
    return place
