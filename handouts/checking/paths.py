"""Finds out what each path given to `handouts check` is, and checks it."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.checking.finished import REMARKS, Asked, check_file, hold_to_the_usual
from handouts.checking.telling import told
from handouts.errors import InputError
from handouts.formats.files import shown_path
from handouts.looks import Minimum
from handouts.measuring.many import Meters
from handouts.quality.outcome import Outcome, together
from handouts.quality.registry import UNREADABLE
from handouts.quality.remarks import Remark, Severity
from handouts.workspace import SETTINGS_FILE, Workspace, find_workspace

if TYPE_CHECKING:
    from handouts.bench import Bench

# Why: what makes documents is imported where it is needed, so that a check of a PDF alone is quick.

_CLINIC_FILE = "clinic.yaml"
_OWN_FOLDERS = ("catalog", "templates")
_PDF = ".pdf"
_CHECKED = (".yaml", _PDF)


class Checker:
    """Checks paths one after the other, with the catalogue of each workspace read once, and PDFs by a meter.

    `edition`: the one that finished PDFs are held to; without it, the one they name.
    """

    def __init__(
        self,
        meter: Meters,
        *,
        workspace: Path | None,
        lang: str | None,
        current: Path,
        today: dt.date,
        edition: str | None = None,
        asked: Asked = REMARKS,
    ) -> None:
        self._named = workspace
        self._lang = lang
        self._current = current
        self._today = today
        self._edition = edition
        self._asked = asked
        self._meter = meter
        self._benches: dict[tuple[Path | None, str | None], Bench] = {}
        self._editions: dict[str, tuple[Minimum, bool]] = {}
        self._wholes: dict[Path | None, list[Remark]] = {}

    def check_all(self, paths: Sequence[Path]) -> Outcome:
        """Return what the checks say of every path; without paths, of the whole workspace.

        Raises:
            UsageError: a wrong --workspace.

        """
        self._meter.measure_ahead([self._current / path for path in self._pdfs(paths)], pictures=self._asked.pictures)
        outcomes: list[Outcome] = []
        for path in paths or (None,):
            try:
                outcomes.append(_remarked(self._check_whole(self._space())) if path is None else self._check(path))
            except InputError as error:
                outcomes.append(_remarked(told(error, str(path or "."))))
        return together(outcomes)

    def _pdfs(self, paths: Sequence[Path]) -> Iterator[Path]:
        """The PDFs that will be met, those in plain folders too."""
        for path in paths:
            folder = self._current / path
            if _trouble_with(folder) is not None:
                continue
            if folder.is_dir() and not any((folder / name).is_file() for name in (SETTINGS_FILE, _CLINIC_FILE)):
                yield from (path / each.name for each in _checked_files(folder) if each.suffix.lower() == _PDF)
            elif path.suffix.lower() == _PDF and folder.is_file():
                yield path

    def _space(self, path: Path | None = None) -> Workspace:
        return find_workspace(explicit=self._named, request=path, current=self._current)

    def _bench(self, space: Workspace, lang: str | None) -> Bench:
        from handouts.bench import open_bench

        key = (space.root, lang)
        if key not in self._benches:
            self._benches[key] = open_bench(space, lang)
        return self._benches[key]

    def _check_whole(self, space: Workspace) -> list[Remark]:
        """Without --lang, every language that has words and phrases."""
        from handouts.bench import list_languages
        from handouts.checking.subjects import check_workspace

        if space.root not in self._wholes:
            langs = (self._lang,) if self._lang else list_languages(space)
            self._wholes[space.root] = [each for lang in langs for each in check_workspace(self._bench(space, lang))]
        return self._wholes[space.root]

    def _check(self, path: Path) -> Outcome:
        full, shown = self._current / path, shown_path(path, self._current)
        trouble = _trouble_with(full)
        if trouble is not None:
            return _error(shown, *trouble)
        if full.is_dir():
            return self._check_folder(path)
        if path.suffix.lower() == _PDF:
            return check_file(full, shown, self._meter, hold=self._hold, notes=self._note_labels, asked=self._asked)
        if path.suffix.lower() not in (".yaml", ".yml"):
            return _error(shown, "this is no request file and no PDF", "name a .yaml or a .pdf file")
        return self._check_yaml(path)

    def _hold(self, named: str | None) -> tuple[Minimum, bool]:
        """What PDFs are held to: --edition, else the one they name where it is known here, else the usual."""
        asked = self._edition or named
        if asked is None:
            return hold_to_the_usual(named)
        from handouts.templates import load_edition
        from handouts.workspace import list_templates

        if self._edition is None and named not in list_templates(self._space(), "editions"):
            return hold_to_the_usual(named)
        if asked not in self._editions:
            edition = load_edition(self._space(), asked)
            self._editions[asked] = (edition.minimum, edition.folded)
        return self._editions[asked]

    def _note_labels(self) -> list[str]:
        """What a clinician's note begins with on our pages, in the languages of the workspace."""
        from handouts.bench import list_languages

        space = self._space()
        phrases = [self._bench(space, lang).phrases.messages.get("card.note") for lang in list_languages(space)]
        return [phrase for phrase in phrases if isinstance(phrase, str)]

    def _check_yaml(self, path: Path) -> Outcome:
        if path.name in (SETTINGS_FILE, _CLINIC_FILE):
            return self._check_folder(path.parent)
        from handouts.checking.subjects import check_request_file

        space = self._space(path)
        for layer in space.layers:
            for folder in _OWN_FOLDERS:
                if (self._current / path).resolve().is_relative_to((layer.root / folder).resolve()):
                    inside = shown_path(
                        layer.root / (self._current / path).resolve().relative_to(layer.root.resolve()), self._current
                    )
                    return _remarked(each for each in self._check_whole(space) if each.place.split(":")[0] == inside)
        return check_request_file(path, self._bench(space, self._lang), self._today, asked=self._asked)

    def _check_folder(self, path: Path) -> Outcome:
        folder, shown = self._current / path, shown_path(path, self._current)
        if (folder / SETTINGS_FILE).is_file():
            return _remarked(self._check_whole(find_workspace(explicit=path, current=self._current)))
        if (folder / _CLINIC_FILE).is_file():
            return self._check_clinic(path)
        files = _checked_files(folder)
        if not files:
            return _error(shown, "there is nothing to check in this folder", "name request files, PDFs, or a workspace")
        return together(self._check(path / each.name) for each in files)

    def _check_clinic(self, path: Path) -> Outcome:
        from handouts.checking.subjects import check_clinics

        space = self._space(path / _CLINIC_FILE)
        name = (self._current / path).resolve().name
        bench = self._bench(space, self._lang)
        if not any(self._is_clinic(layer.root, path, name) for layer in space.layers):
            hint = "put the folder under assets/clinics of a workspace, or name it: --workspace DIR"
            return _error(shown_path(path / _CLINIC_FILE, self._current), "this clinic is in no workspace", hint)
        return _remarked(check_clinics(bench, name))

    def _is_clinic(self, root: Path, path: Path, name: str) -> bool:
        return (self._current / path).resolve() == (root / "assets" / "clinics" / name).resolve()


def _trouble_with(path: Path) -> tuple[str, str] | None:
    """What keeps a path from being checked, and the cure; None for a file or folder."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "there is no such file", "check the path"
    except PermissionError:
        return "it may not be read", "check its permissions"
    except (OSError, ValueError):
        return "it cannot be looked up", "check its name and its links"
    if stat.S_ISDIR(mode):
        return None if os.access(path, os.R_OK | os.X_OK) else ("it may not be read", "check its permissions")
    return None if stat.S_ISREG(mode) else ("this is not a regular file", "name a file")


def _checked_files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.suffix.lower() in _CHECKED and not each.name.startswith("."))


def _error(place: str, message: str, hint: str) -> Outcome:
    return _remarked([Remark(check=UNREADABLE, severity=Severity.ERROR, place=place, message=message, hint=hint)])


def _remarked(remarks: Iterable[Remark]) -> Outcome:
    return Outcome(remarks=tuple(remarks))
