"""The studio of a workspace: solves and draws the sheets that are out of date, and tells what is wrong with those committed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from handouts.errors import InputError, Place, Problem, UsageError
from handouts.illustrate.artist import Artist, open_artist
from handouts.illustrate.assets import angles_path, angles_text, as_vectors, figure_path, figure_texts, read_angles
from handouts.illustrate.joints import named_angles
from handouts.illustrate.lint import Fault, lint_sheet
from handouts.illustrate.sheets import POSES, Library, list_sheets, load_sheets
from handouts.model import BODIES
from handouts.model.poses import PoseSheet
from handouts.nouns import dataclass
from handouts.workspace import Workspace

LARGEST_FIGURE, LARGEST_TOTAL = 15_000, 1_500_000
"""Bytes of one drawing, and of all drawings of both bodies."""

Named = Mapping[str, Mapping[str, float]]
Committed = Mapping[str, tuple[str, dict[str, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One exercise to be drawn on one body."""

    exercise: str
    body: str


class Studio:
    """Draws and checks the pose sheets of a workspace."""

    def __init__(self, workspace: Workspace, exercises: Sequence[str] = (), bodies: Sequence[str] = BODIES) -> None:
        self._workspace = workspace
        self.library: Library = load_sheets(workspace, tuple(exercises))
        self._bodies = tuple(bodies)
        self._artists: dict[str, Artist] = {}

    @property
    def jobs(self) -> list[Job]:
        """Every sheet on every body."""
        return [Job(exercise=exercise, body=body) for body in self._bodies for exercise in self.library.sheets]

    def _artist(self, body: str) -> Artist:
        if body not in self._artists:
            self._artists[body] = open_artist(self._workspace, body)
        return self._artists[body]

    # ------------------------------------------------------------------------------------------- drawing

    def draw(self, job: Job, *, again: bool = False) -> list[tuple[str, bytes]]:
        """What has to be written for a sheet on a body, by path in the workspace: nothing when all is up to date.

        While no pose of the sheet has changed, its angles are kept, so that a redraw gives the same picture; `again` solves anew.
        """
        artist, sheet = self._artist(job.body), self.library.sheets[job.exercise]
        fresh = self._fingerprints(artist, sheet)
        committed = {} if again else self._committed(job)
        named: Named = {name: angles for name, (_, angles) in committed.items() if name in sheet.pictures}
        files: list[tuple[str, bytes]] = []
        if {name: solved_from for name, (solved_from, _) in committed.items()} != fresh:
            angles = artist.solve_sheet(sheet, self.library.starts)
            named = {name: named_angles(values) for name, values in angles.items()}
            files.append((angles_path(job.body, job.exercise), angles_text(named, fresh).encode()))
        drawn_from = artist.drawing_fingerprint(sheet, named)
        if not again and not files and all(self._drawn_from(job, picture) == drawn_from for picture in sheet.pictures):
            return []
        drawn = artist.draw_sheet(sheet, as_vectors(named))
        texts = figure_texts(sheet, drawn, drawn_from)
        files += [(figure_path(job.body, job.exercise, picture), text.encode()) for picture, text in texts.items()]
        return files

    def _fingerprints(self, artist: Artist, sheet: PoseSheet) -> dict[str, str]:
        return {name: artist.pose_fingerprint(sheet, name, self.library.starts) for name in sheet.pictures}

    def _committed(self, job: Job) -> Committed:
        relative = angles_path(job.body, job.exercise)
        path = self._workspace.locate(relative)
        return read_angles(path, relative) if path else {}

    def _drawn_from(self, job: Job, picture: str) -> str | None:
        """What a committed drawing was drawn from; None when there is none."""
        path = self._workspace.locate(figure_path(job.body, job.exercise, picture))
        if path is None:
            return None
        try:
            return str(json.loads(path.read_text(encoding="utf-8"))["drawn_from"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    # ------------------------------------------------------------------------------------------- checking

    def lint(self, job: Job) -> list[Fault]:
        """Everything wrong with what is committed for a sheet on a body; what is out of date is told first and alone."""
        artist, sheet = self._artist(job.body), self.library.sheets[job.exercise]
        committed = self._committed(job)
        faults = [
            Fault(exercise=job.exercise, picture=picture, body=job.body, message=message)
            for picture, message in self._check_current(artist, sheet, job, committed)
        ]
        if faults:
            return faults
        named = {name: angles for name, (_, angles) in committed.items()}
        return lint_sheet(artist, sheet, self.library.starts, as_vectors(named))

    def _check_current(self, artist: Artist, sheet: PoseSheet, job: Job, committed: Committed) -> Iterator[tuple[str, str]]:
        fresh = self._fingerprints(artist, sheet)
        again = f"draw it again: handouts figure draw {job.exercise}"
        for picture in sheet.pictures:
            if picture not in committed:
                yield picture, f"it is not solved; {again}"
            elif committed[picture][0] != fresh[picture]:
                yield picture, f"the pose was changed after it was solved; {again}"
        for picture in committed:
            if picture not in sheet.pictures:
                yield picture, f"angles are kept of a picture that is not in the sheet; {again}"
        drawn_from = artist.drawing_fingerprint(sheet, {name: angles for name, (_, angles) in committed.items()})
        for picture in sheet.pictures:
            relative = figure_path(job.body, job.exercise, picture)
            path = self._workspace.locate(relative)
            if path is None:
                yield picture, f"{relative} is missing; {again}"
            elif self._drawn_from(job, picture) != drawn_from:
                yield picture, f"{relative} is older than its pose; {again}"
            elif (size := path.stat().st_size) > LARGEST_FIGURE:
                yield picture, f"{relative} has {size} bytes, {LARGEST_FIGURE} at most"


def home_of(workspace: Workspace, exercise: str) -> Path:
    """The folder of the workspace that a sheet's drawings belong into: the one that its pose sheet lies in.

    Raises:
        UsageError: that is the installed program, which is not to be written to.

    """
    layers = [layer for layer in reversed(workspace.layers) if (layer.root / POSES / f"{exercise}.yaml").is_file()]
    root = layers[0].root if layers else workspace.layers[-1].root
    if root.name == "_builtin":
        hint = f"copy {POSES}/{exercise}.yaml into a folder of your own and name it: --workspace DIR"
        raise UsageError(Problem(message="the built-in poses cannot be drawn again in place", hint=hint))
    return root


def own_sheets(workspace: Workspace) -> tuple[str, ...]:
    """The sheets of the workspace's uppermost folder: those to draw when none is named.

    Raises:
        InputError: there are none.

    """
    upper = workspace.layers[-1].root
    own = tuple(name for name in list_sheets(workspace) if (upper / POSES / f"{name}.yaml").is_file())
    if not own:
        place = Place(file=f"{POSES}/")
        raise InputError(Problem(message="this workspace has no pose sheets", place=place, hint="see docs/own-poses.md"))
    return own
