"""What a clinic's own files may change, and what stays as it is built in."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Run

PRONE = ("make", "--precaution", "pregnancy", "--exercise", "cobra", "-o", "x.pdf")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def clinic(folder: Path) -> Path:
    write(folder / "handouts.yaml", "country: gb\n")
    return folder


@pytest.mark.parametrize("rules", ["[]", "[{tags: [one-leg], value: caution, because: uneven-pelvis}]"])
def test_a_clinic_adds_to_the_rules_and_takes_none_away(rules: str, run: Run, clinic: Path) -> None:
    before = run(*PRONE)
    shown = run("show", "pregnancy").out
    write(clinic / "catalog/precautions.yaml", f"precautions: {{pregnancy: {{rules: {rules}, signs: []}}}}\n")
    ran = run(*PRONE)
    assert (ran.code, ran.err) == (before.code, before.err)
    assert "cobra: avoid, by precaution pregnancy" in ran.err
    after = run("show", "pregnancy").out
    assert after.count("\nrule ") == shown.count("\nrule ") + rules.count("{")
    for sign in shown.partition("signs on the page")[2].partition("sources")[0].splitlines():
        assert sign in after


def test_a_clinic_adds_to_the_rules_of_a_profile(run: Run, clinic: Path) -> None:
    write(clinic / "catalog/profiles.yaml", "profiles: {extension: {rules: [{tags: [one-leg], value: caution}]}}\n")
    out = run("show", "extension").out
    assert "end-range-flexion, loaded-flexion" in out
    assert "one-leg" in out


def test_a_rule_is_relaxed_by_an_override_only(run: Run, clinic: Path) -> None:
    write(clinic / "catalog/precautions.yaml", "precautions: {pregnancy: {rules: []}}\n")
    assert run(*PRONE, "--override", "cobra: week 6, comfortable").code == 0


def test_a_clinic_keeps_every_sign_that_is_always_printed(run: Run, clinic: Path) -> None:
    write(clinic / "catalog/safety.yaml", "signs: {saddle-numbness: {always: false}}\n")
    ran = run("make", "--routine", "five-minute")
    assert ran.code == 3
    assert ran.err.startswith("catalog/safety.yaml:1:35: always: saddle-numbness is a built-in sign")


@pytest.mark.parametrize("kind", ["profiles", "precautions", "regions", "positions"])
@pytest.mark.parametrize("text", ["{0}: 5\n", "{0}: [\n", "{0}: {{x: 1}}\n"])
def test_a_broken_file_is_told_alone(kind: str, text: str, run: Run, clinic: Path) -> None:
    write(clinic / f"catalog/{kind}.yaml", text.format(kind))
    ran = run("make", "--routine", "five-minute")
    assert ran.code == 3
    assert ran.lines
    assert all(line.startswith(f"catalog/{kind}.yaml:") for line in ran.lines), ran.err


def test_a_broken_safety_file_is_told_alone(run: Run, clinic: Path) -> None:
    write(clinic / "catalog/safety.yaml", "signs: 5\n")
    ran = run("make", "--routine", "five-minute")
    assert [line.split(":")[0] for line in ran.lines] == ["catalog/safety.yaml"]


def test_a_routine_names_an_exercise_once(run: Run, clinic: Path) -> None:
    write(clinic / "catalog/routines/five-minute.yaml", "exercises: [figure-four, cat-cow, {id: figure-four}]\n")
    ran = run("make", "--routine", "five-minute")
    assert (ran.code, len(ran.lines)) == (3, 1)
    assert ran.err.startswith("catalog/routines/five-minute.yaml:1:35: exercises: figure-four is given twice")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("clinic: nobody", 'handouts.yaml:1:9: clinic: there is no clinic "nobody"'),
        ("edition: standart", 'handouts.yaml:1:10: edition: there is no edition "standart" (did you mean standard?)'),
        ("lang: xx", 'handouts.yaml:1:7: lang: there is no language "xx"'),
        ("paper: a5", "handouts.yaml:1:8: paper: "),
        ("country: uk", 'handouts.yaml:1:10: country: no emergency number is known for country "uk" (did you mean gb?)'),
        ("country: zz", 'handouts.yaml:1:10: country: no emergency number is known for country "zz"'),
    ],
)
def test_wrong_settings_have_their_line(line: str, told: str, run: Run, folder: Path) -> None:
    write(folder / "handouts.yaml", f"{line}\n")
    ran = run("make", "--routine", "five-minute")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(told)
    write(folder / "handouts.yaml", "")
    write(folder / "request.yaml", f"{line}\nroutine: five-minute\n")
    if not line.startswith("country"):
        assert run("make", "request.yaml").err.startswith(told.replace("handouts.yaml", "request.yaml"))


def test_a_country_of_the_clinics_own_needs_its_number(run: Run, clinic: Path) -> None:
    write(clinic / "assets/clinics/mine/clinic.yaml", 'name: Mine\nphone: "1"\ncountry: zz\n')
    ran = run("make", "--routine", "five-minute", "--clinic", "mine")
    assert (ran.code, ran.err.startswith("assets/clinics/mine/clinic.yaml:3:10: country: ")) == (3, True)
    write(clinic / "catalog/countries.yaml", 'emergency_numbers: {zz: "117"}\n')
    assert run("make", "--routine", "five-minute", "--clinic", "mine").code == 0


@pytest.mark.parametrize(
    ("margins", "told"),
    [
        ("top: 100 mm, bottom: 100 mm", "margins: top and bottom leave 79 mm to print on, 100 mm at least"),
        ("first_top: 240 mm, bottom: 60 mm", "margins: first_top and first_bottom leave no room to print on"),
        ("left: 80 mm, right: 80 mm", "margins: left and right leave 50 mm to print on, 80 mm at least"),
    ],
)
def test_margins_leave_room(margins: str, told: str, run: Run, clinic: Path) -> None:
    write(clinic / "assets/clinics/mine/clinic.yaml", f'name: Mine\nphone: "1"\nmargins: {{{margins}}}\n')
    made = run("make", "--routine", "five-minute", "--clinic", "mine")
    assert (made.code, made.err.startswith(f"assets/clinics/mine/clinic.yaml:3:10: {told}")) == (3, True), made.err
    assert f"assets/clinics/mine/clinic.yaml:3:10: F1: {told}" in run("check").out


@pytest.mark.parametrize("content", [b"no picture", b"\x89PNG\r\n\x1a\n damaged", b"x" * 10_000_001])
def test_check_opens_what_make_opens(content: bytes, run: Run, clinic: Path) -> None:
    own = clinic / "assets/clinics/mine"
    write(own / "clinic.yaml", 'name: Mine\nphone: "1"\nlogo: logo.png\ncover: cover.pdf\nletterhead: head.pdf\n')
    for name in ("logo.png", "cover.pdf", "head.pdf"):
        (own / name).write_bytes(content)
    ran = run("check")
    assert ran.code == 3
    for name in ("logo.png", "cover.pdf", "head.pdf"):
        assert any(f"{name}: F1: " in line for line in ran.out.splitlines()), (name, ran.out)


def test_a_logo_is_png_or_jpeg(run: Run, clinic: Path) -> None:
    write(clinic / "assets/clinics/mine/clinic.yaml", 'name: Mine\nphone: "1"\nlogo: logo.svg\n')
    assert "logo: expected a path to a .png or .jpg or .jpeg file" in run("check").out
