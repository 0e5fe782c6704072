"""What a request leaves open: the clinic says it, else the workspace, else a default; every key of both files matters."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from binding import samples
from making import clinic_bench, make
from PIL import Image

from handouts.build import Built
from handouts.errors import InputError
from handouts.formats.container_readers import Record
from handouts.formats.request_kinds import CLINIC, WORKSPACE
from handouts.model import Clinic, Dose, Entry, LetterheadMargins, Margins, Request, Settings
from handouts.settling import settle_request

CLINICAL = Clinic(
    id="c", name="C", phone="1", clinician="Kim", cover="/c.pdf", letterhead="/l.pdf", body="female", time_zone="Europe/Rome"
)
USUAL = Settings(
    clinic="c", clinician="Sam", paper="letter", edition="large", lang="de", cover="generated", times_per_day=2, body="male",
    time_zone="Europe/London",
)  # fmt: skip


def test_the_request_comes_first_then_the_clinic_then_the_workspace() -> None:
    asked = Request(
        clinic="d",
        clinician="Ann",
        paper="a4",
        edition="e",
        lang="fr",
        cover="none",
        letterhead="none",
        times_per_day=3,
        body="male",
        pages=("diary",),
        time_zone="Europe/Paris",
    )
    assert settle_request(asked, CLINICAL, USUAL) == asked
    by_clinic = settle_request(Request(), CLINICAL, USUAL)
    assert (by_clinic.clinician, by_clinic.cover, by_clinic.letterhead) == ("Kim", "/c.pdf", "/l.pdf")
    assert (by_clinic.body, by_clinic.time_zone) == ("female", "Europe/Rome")
    by_workspace = settle_request(Request(), None, USUAL)
    assert by_workspace == Request(
        clinic="c", clinician="Sam", paper="letter", edition="large", lang="de", cover="generated", letterhead="none",
        times_per_day=2, body="male", pages=("handout",), time_zone="Europe/London",
    )  # fmt: skip
    bare = Request(paper="a4", edition="standard", lang="en", cover="none", letterhead="none", pages=("handout",))
    assert settle_request(Request(), None, Settings()) == bare
    assert settle_request(by_clinic, None, Settings()) == by_clinic


def test_the_workspaces_times_a_day_give_way_to_what_is_said_of_each_exercise() -> None:
    said = Entry(id="cobra", dose=Dose(per_day=1))
    assert settle_request(Request(exercises=(said,)), None, USUAL).times_per_day is None
    assert settle_request(Request(exercises=(said, Entry(id="bridge"))), None, USUAL).times_per_day == 2
    assert settle_request(Request(exercises=(said,), times_per_day=4), None, USUAL).times_per_day == 4


def test_margins_of_the_first_page_and_of_the_others() -> None:
    margins = LetterheadMargins(top=50, first_top=90, left=30)
    assert margins.for_page(first=True) == Margins(top=90, bottom=56.7, left=30, right=0)
    assert margins.for_page(first=False) == Margins(top=50, bottom=56.7, left=30, right=0)


# ------------------------------------------------------------------------------------------- every key matters


def picture(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(made, "PNG")
    return made.getvalue()


NAME, PHONE = "name: Riverside", 'phone: "020 7946 0000"'
SHEET, HEAD, LOGO = "cover: cover.pdf", "letterhead: head.pdf", "logo: one.png"
# What the file holds beside name and phone, before and after the key is added or changed.
CLINIC_CHANGES = {
    "name": (NAME, "name: Lakeside"),
    "phone": (PHONE, 'phone: "020 7946 0001"'),
    "tagline": ("", "tagline: Physiotherapy"),
    "email": ("", "email: hello@riverside.example"),
    "website": ("", "website: riverside.example"),
    "address": ("", "address: [1 Sample Street]"),
    "logo": ("", LOGO),
    "logo_alt": (LOGO, f"{LOGO}\nlogo_alt: A heron"),
    "colours.main": ("", 'colours: {main: "#7a1f5c"}'),
    "cover": ("", SHEET),
    "cover_alt": (SHEET, f"{SHEET}\ncover_alt: A heron in the reeds"),
    "letterhead": ("", HEAD),
    **{
        f"margins.{key}": (HEAD, f"{HEAD}\nmargins: {{{key}: 80 mm}}")
        for key in ("top", "bottom", "first_top", "first_bottom", "left", "right")
    },
    "country": ("", "country: us"),
    "emergency_number": ("", 'emergency_number: "117"'),
    "clinician": ("", "clinician: Kim Sample"),
    "body": ("", "body: male"),
}
SETTINGS_CHANGES = {
    "clinic": ("", "clinic: riverside"),
    "country": ("", "country: us"),
    "emergency_number": ("", 'emergency_number: "117"'),
    "paper": ("", "paper: letter"),
    "edition": ("", "edition: quiet"),
    "cover": ("", "cover: generated"),
    "clinician": ("", "clinician: Kim Sample"),
    "times_per_day": ("", "times_per_day: 3"),
    "body": ("", "body: male"),
}
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30"/></svg>'
REFUSED = {"clinic.id", "workspace.lang"}  # a wrong one is refused, see below
OF_CALENDARS = {"clinic.margins.landscape", "clinic.time_zone", "workspace.time_zone"}  # see tests/test_build_calendar.py
FILES: Mapping[str, str | bytes] = {
    "assets/clinics/riverside/one.png": picture("red"),
    "assets/clinics/riverside/cover.pdf": samples.plain(),
    "assets/clinics/riverside/head.pdf": samples.plain(),
    **{f"assets/figures/male/childs-pose.{pose}.svg": SQUARE for pose in ("start", "end")},
    "templates/editions/quiet.yaml": "id: quiet\nshown: {ticks: false}\n",
}


def declared(reader: Record) -> set[str]:
    """The keys of a file, those inside its mappings too."""
    names = set()
    for key, inner in reader.fields.items():
        names |= {f"{key}.{below}" for below in inner.fields} if isinstance(inner, Record) else {key}
    return names


def test_every_declared_key_is_tried() -> None:
    tried = {
        *(f"clinic.{key}" for key in CLINIC_CHANGES),
        *(f"workspace.{key}" for key in SETTINGS_CHANGES),
        *REFUSED,
        *OF_CALENDARS,
    }
    assert tried == {*(f"clinic.{key}" for key in declared(CLINIC)), *(f"workspace.{key}" for key in declared(WORKSPACE))}


def make_with(folder: Path, own: str, settings: str, *, clinic: str | None = "riverside") -> Built:
    own = "\n".join([line for line, key in ((NAME, "name:"), (PHONE, "phone:")) if key not in own] + [own])
    at = clinic_bench(folder, f"{own}\n", {**FILES, "handouts.yaml": f"lang: en\n{settings}\n"})
    return make(Request(routine="ten-stretches", clinic=clinic), at=at)


@pytest.mark.parametrize("key", CLINIC_CHANGES)
def test_a_key_of_the_clinic_changes_the_handout(key: str, tmp_path: Path) -> None:
    before, after = (make_with(tmp_path / name, own, "") for name, own in zip("ab", CLINIC_CHANGES[key], strict=True))
    assert before.pdf != after.pdf


@pytest.mark.parametrize("key", SETTINGS_CHANGES)
def test_a_key_of_the_workspace_changes_the_handout(key: str, tmp_path: Path) -> None:
    before, after = (
        make_with(tmp_path / name, "", settings, clinic=None) for name, settings in zip("ab", SETTINGS_CHANGES[key], strict=True)
    )
    assert before.pdf != after.pdf


def test_a_wrong_id_and_an_unknown_language_are_refused(tmp_path: Path) -> None:
    at = clinic_bench(tmp_path / "a", f"{NAME}\n{PHONE}\n")
    (tmp_path / "a/assets/clinics/riverside/clinic.yaml").write_text(f"id: lakeside\n{NAME}\n{PHONE}\n")
    with pytest.raises(InputError, match="the file is named"):
        make(Request(routine="five-minute", clinic="riverside"), at=at)
    with pytest.raises(InputError, match=r"handouts\.yaml:1:7: lang: there is no language"):
        clinic_bench(tmp_path / "b", None, {"handouts.yaml": "lang: xx\n"})


def test_a_missing_country_is_told(tmp_path: Path) -> None:
    (told,) = [each for each in make_with(tmp_path / "a", "", "").warnings if "country" in each]
    assert told.startswith("no country is set, so the page names 112, 911 and 999 (set country: gb")
    with pytest.raises(InputError, match='country: no emergency number is known for country "zz"'):
        make_with(tmp_path / "b", "country: zz", "")
    assert make_with(tmp_path / "d", 'country: zz\nemergency_number: "117"', "")
    for number, (own, settings) in enumerate((("country: gb", ""), ("", "country: gb"), ("", 'emergency_number: "117"'))):
        made = make_with(tmp_path / f"c{number}", own, settings)
        assert not any("112" in each for each in made.warnings)
