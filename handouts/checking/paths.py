"""Finds out what each path given to `handouts check` is, and checks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from handouts.bench import Bench, list_languages, open_bench
from handouts.checking.subjects import check_clinics, check_pdf_file, check_request_file, check_workspace
from handouts.checking.telling import told
from handouts.errors import InputError
from handouts.formats.files import shown_path
from handouts.quality.registry import UNREADABLE
from handouts.quality.remarks import Remark, Severity
from handouts.workspace import SETTINGS_FILE, Workspace, find_workspace

_CLINIC_FILE = "clinic.yaml"
_OWN_FOLDERS = ("catalog", "templates")
_CHECKED = (".yaml", ".pdf")


class Checker:
    """Checks paths one after the other, with the catalogue of each workspace read once."""

    def __init__(self, *, workspace: Path | None, lang: str | None, current: Path, today: dt.date) -> None:
        self._named = workspace
        self._lang = lang
        self._current = current
        self._today = today
        self._benches: dict[tuple[Path | None, str | None], Bench] = {}
        self._wholes: dict[Path | None, list[Remark]] = {}

    def check_all(self, paths: Sequence[Path]) -> list[Remark]:
        """Return the remarks on every path; without paths, on the whole workspace. Raises UsageError for a wrong --workspace."""
        remarks: list[Remark] = []
        for path in paths or (None,):
            try:
                remarks += self._check_whole(self._space()) if path is None else self._check(path)
            except InputError as error:
                remarks += told(error, str(path or "."))
        return remarks

    def _space(self, path: Path | None = None) -> Workspace:
        return find_workspace(explicit=self._named, request=path, current=self._current)

    def _bench(self, space: Workspace, lang: str | None) -> Bench:
        key = (space.root, lang)
        if key not in self._benches:
            self._benches[key] = open_bench(space, lang)
        return self._benches[key]

    def _check_whole(self, space: Workspace) -> list[Remark]:
        """Without --lang, every language that has words and phrases."""
        if space.root not in self._wholes:
            langs = (self._lang,) if self._lang else list_languages(space)
            self._wholes[space.root] = [each for lang in langs for each in check_workspace(self._bench(space, lang))]
        return self._wholes[space.root]

    def _check(self, path: Path) -> list[Remark]:
        full, shown = self._current / path, shown_path(path, self._current)
        if full.is_dir():
            return self._check_folder(path)
        if not full.is_file():
            return [_error(shown, "there is no such file", "check the path")]
        if path.suffix.lower() == ".pdf":
            return check_pdf_file(full, shown)
        if path.suffix.lower() not in (".yaml", ".yml"):
            return [_error(shown, "this is no request file and no PDF", "name a .yaml or a .pdf file")]
        return self._check_yaml(path)

    def _check_yaml(self, path: Path) -> list[Remark]:
        if path.name in (SETTINGS_FILE, _CLINIC_FILE):
            return self._check_folder(path.parent)
        space = self._space(path)
        for layer in space.layers:
            for folder in _OWN_FOLDERS:
                if (self._current / path).resolve().is_relative_to((layer.root / folder).resolve()):
                    inside = shown_path(
                        layer.root / (self._current / path).resolve().relative_to(layer.root.resolve()), self._current
                    )
                    return [each for each in self._check_whole(space) if each.place.split(":")[0] == inside]
        return check_request_file(path, self._bench(space, self._lang), self._today)

    def _check_folder(self, path: Path) -> list[Remark]:
        folder, shown = self._current / path, shown_path(path, self._current)
        if (folder / SETTINGS_FILE).is_file():
            return self._check_whole(find_workspace(explicit=path, current=self._current))
        if (folder / _CLINIC_FILE).is_file():
            return self._check_clinic(path)
        files = sorted(each for each in folder.iterdir() if each.suffix.lower() in _CHECKED and not each.name.startswith("."))
        if not files:
            return [_error(shown, "there is nothing to check in this folder", "name request files, PDFs, or a workspace")]
        return [remark for each in files for remark in self._check(path / each.name)]

    def _check_clinic(self, path: Path) -> list[Remark]:
        space = self._space(path / _CLINIC_FILE)
        name = (self._current / path).resolve().name
        bench = self._bench(space, self._lang)
        if not any(self._is_clinic(layer.root, path, name) for layer in space.layers):
            hint = "put the folder under assets/clinics of a workspace, or name it: --workspace DIR"
            return [_error(shown_path(path / _CLINIC_FILE, self._current), "this clinic is in no workspace", hint)]
        return list(check_clinics(bench, name))

    def _is_clinic(self, root: Path, path: Path, name: str) -> bool:
        return (self._current / path).resolve() == (root / "assets" / "clinics" / name).resolve()


def _error(place: str, message: str, hint: str) -> Remark:
    return Remark(check=UNREADABLE, severity=Severity.ERROR, place=place, message=message, hint=hint)
