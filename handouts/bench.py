"""The bench: what many handouts of one workspace and language share, each thing read once."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts import kept
from handouts.errors import InputError, Place, Problem, did_you_mean
from handouts.figure_files import PictureFiles
from handouts.model import Catalog, Clinic, Request, Words
from handouts.nouns import dataclass
from handouts.regular_files import NotRegularError, OutsideError, read_regular
from handouts.remembering import Memory
from handouts.settling import DEFAULT_EDITION, DEFAULT_LANG, country_of, settle_request
from handouts.workspace import Workspace, find_languages, list_templates

if TYPE_CHECKING:
    from handouts.document import ImportedSheet
    from handouts.looks import Edition, Palette
    from handouts.pages.desk import Desk
    from handouts.texts import Phrases
    from handouts.wording.messages import Messages


_MOST_PICTURED = 2000
"""Exercises whose pictures are known, by body and desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passwords:
    """Passwords of this run: of the clinic's cover, and to protect the handout with."""

    cover: str | None = field(default=None, repr=False)
    handout: str | None = field(default=None, repr=False)


class Bench:
    """What many handouts of one workspace and language share: catalogue, words, desks, a clinic's sheets."""

    def __init__(self, workspace: Workspace, lang: str) -> None:
        self.workspace = workspace
        self.lang = lang
        self._desks: dict[tuple[str, str, str | None], Desk] = {}
        self._sheets: dict[tuple[str, str | None], ImportedSheet] = {}
        self._clinics: dict[str, Clinic] = {}
        self._messages: dict[str | None, Messages] = {}
        self.pictured = Memory(_MOST_PICTURED)

    @cached_property
    def library(self) -> tuple[Catalog, Words]:
        """The catalogue and its words in the language."""
        found: tuple[Catalog, Words] | None = self._recall(kept.library_of(self.lang))
        if found is None:
            from handouts.catalog.wordings import load_library

            found = load_library(self.workspace, self.lang)
        return found

    @cached_property
    def phrases(self) -> Phrases:
        """The words of the page."""
        found: Phrases | None = self._recall(kept.phrases_of(self.lang))
        if found is None:
            from handouts.templates import load_phrases
            from handouts.wording.locales import knows_locale

            found = load_phrases(self.workspace, self.lang, knows_locale=knows_locale)
        return found

    def messages(self, clinic: Clinic | None) -> Messages:
        """The words of the page as they are said in the clinic's country, else in the workspace's."""
        country = country_of(clinic, self.workspace.settings)
        if country not in self._messages:
            from handouts.wording.messages import Messages

            self._messages[country] = Messages(self.phrases, country)
        return self._messages[country]

    def clinic(self, clinic_id: str | None) -> Clinic | None:
        """The clinic with this id, read once."""
        if clinic_id is None:
            return None
        if clinic_id not in self._clinics:
            from handouts.catalog.clinics import load_clinic

            self._clinics[clinic_id] = load_clinic(self.workspace, clinic_id)
        return self._clinics[clinic_id]

    def settle(self, request: Request) -> tuple[Request, Clinic | None]:
        """The request with everything said, and its clinic."""
        settings = self.workspace.settings
        clinic = self.clinic(request.clinic or settings.clinic)
        return settle_request(request, clinic, settings), clinic

    def desk(self, edition_id: str, paper_id: str, accent: str | None) -> Desk:
        """The desk for an edition on a paper in a clinic's colour."""
        key = (edition_id, paper_id, accent)
        if key not in self._desks:
            from handouts.looks import with_accent
            from handouts.pages.desk import Desk
            from handouts.pages.fonts import load_fonts

            edition = self._edition(edition_id)
            if paper_id not in edition.papers:
                hint = did_you_mean(paper_id, edition.papers)
                raise InputError(Problem(message=f'there is no paper "{paper_id}"', hint=hint))
            self._desks[key] = Desk(
                edition=with_accent(edition, accent),
                fonts=load_fonts(self.workspace.builtin / "assets" / "fonts"),
                palette=self._palette(edition.pictures.palette),
                locate_picture=self.pictures.locate,
                home_of=self.workspace.home_of,
            )
        return self._desks[key]

    def _edition(self, edition_id: str) -> Edition:
        found: Edition | None = self._recall(kept.edition_of(edition_id))
        if found is None:
            from handouts.templates import load_edition

            found = load_edition(self.workspace, edition_id)
        return found

    def _palette(self, palette_id: str) -> Palette:
        found: Palette | None = self._recall(kept.palette_of(palette_id))
        if found is None:
            from handouts.templates import load_palette

            found = load_palette(self.workspace, palette_id)
        return found

    def _recall(self, what: kept.Kept) -> Any:
        return kept.recall(what, self.workspace.builtin, self.workspace.roots_over)

    @cached_property
    def pictures(self) -> PictureFiles:
        """Where the pictures of exercises are."""
        return PictureFiles(self.workspace)

    def usual_body(self, clinic: Clinic | None = None) -> str:
        """The body that pictures show when a request does not say: the clinic's, the workspace's or the edition's."""
        settings = self.workspace.settings
        said = (clinic.body if clinic else None) or settings.body
        return said or self._edition(settings.edition or DEFAULT_EDITION).pictures.body

    def sheet(self, path: str, password: str | None) -> ImportedSheet:
        """A clinic's PDF, read and cleaned once."""
        key = (path, password)
        if key not in self._sheets:
            from handouts.binding.reading import read_sheet

            self._sheets[key] = read_sheet(self._read_sheet(path), name=path, password=password)
        return self._sheets[key]

    def _read_sheet(self, path: str) -> bytes:
        from handouts.binding.sheet import LARGEST_FILE

        try:
            return read_regular(Path(path), LARGEST_FILE, root=self.workspace.home_of(Path(path)))
        except FileNotFoundError:
            reason, hint = "there is no such file", "check the path"
        except OutsideError:
            reason, hint = "this link leads out of the workspace", "copy the file into the workspace"
        except NotRegularError:
            reason, hint = "this is not a regular file", "name a PDF"
        except (OSError, ValueError):
            reason, hint = "it cannot be read", "check the path and its permissions"
        raise InputError(Problem(message=reason, place=Place(file=path), hint=hint))


def list_languages(workspace: Workspace) -> tuple[str, ...]:
    """The languages that have both words and phrases."""
    return tuple(sorted(set(find_languages(workspace)) & set(list_templates(workspace, "phrases"))))


def open_bench(workspace: Workspace, lang: str | None) -> Bench:
    """The bench of a workspace in a language, else in the workspace's own. Raises InputError for an unknown language."""
    wanted, known = lang or workspace.settings.lang or DEFAULT_LANG, list_languages(workspace)
    if wanted not in known:
        raise InputError(Problem(message=f'there is no language "{wanted}"', hint=did_you_mean(wanted, known)))
    return Bench(workspace, wanted)
