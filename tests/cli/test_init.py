"""`handouts init`: a clinic's folder that works before anything in it is changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml

from cli.conftest import Run, files_in, read_text


@pytest.fixture
def clinic(run: Run, folder: Path) -> Path:
    ran = run("init", "my-clinic")
    assert ran.code == 0, ran.err
    assert sorted(ran.out.splitlines()) == sorted(f"my-clinic/{name}" for name in files_in(folder / "my-clinic"))
    assert "handouts make my-clinic/requests/sample.yaml" in ran.err
    return folder / "my-clinic"


def test_a_name_that_is_too_long(run: Run, folder: Path) -> None:
    ran = run("init", "x" * 300)
    assert (ran.code, len(ran.lines)) == (5, 1)
    assert "cannot make this folder: the name is too long" in ran.err


def test_the_sample_request_warns_of_what_is_to_be_decided(
    clinic: Path, run: Run, folder: Path, submit: Callable[..., None]
) -> None:
    ran = run("make", "my-clinic/requests/sample.yaml")
    assert (ran.code, ran.out) == (0, "handout.pdf\n")
    assert ran.lines == [
        "warning: no source says whether these suit profile extension; your decision: long-bridge",
        "warning: no country is set, so the page names 112, 911 and 999 (set country: gb, for example, in handouts.yaml)",
        "warning: the phone number of my-clinic is still the sample's: write the real one into its clinic.yaml",
    ]
    submit(folder / "handout.pdf")
    text = read_text(folder / "handout.pdf")
    for words in ("My Clinic", "Long bridge", "Sam Sample", "Stop sooner if your back tires.", "999"):
        assert words in text


def test_every_file_fits_the_schema_it_names(clinic: Path) -> None:
    checked = 0
    for path in clinic.rglob("*.yaml"):
        first, _, _ = path.read_text().partition("\n")
        prefix, _, schema = first.partition("$schema=")
        assert prefix == "# yaml-language-server: ", path
        content = yaml.safe_load(path.read_text())
        jsonschema.validate(content, json.loads((path.parent / schema).read_text()))
        checked += 1
    assert checked == 5


def test_the_clinics_own_exercise_is_in_the_catalogue(clinic: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clinic)
    assert "long-bridge" in run("list").out
    shown = run("show", "long-bridge").out
    assert "position        supine  [clinician]" in shown
    assert "missing:" not in shown


def test_the_sample_is_chosen_only_by_name(clinic: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clinic)
    assert run("make", "--profile", "flexion", "--region", "hip", "--minutes", "20", "--save", "plan.yaml").code == 0
    assert "long-bridge" not in (clinic / "plan.yaml").read_text()
    ran = run("check")
    assert ran.code == 0
    assert "clinic.yaml:6:8: S2: warning: the phone number is still the sample's" in ran.out


def test_an_existing_folder_without_these_files_is_filled(run: Run, folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "notes.txt").write_text("mine")
    assert run("init", "mine").code == 0
    assert (folder / "mine" / "notes.txt").read_text() == "mine"


def test_nothing_is_ever_replaced(run: Run, folder: Path) -> None:
    (folder / "mine" / "requests").mkdir(parents=True)
    (folder / "mine" / "requests" / "sample.yaml").write_text("mine")
    ran = run("init", "mine")
    assert (ran.code, ran.out) == (5, "")
    assert ran.lines == ["mine: would replace requests/sample.yaml; nothing is written (name another folder)"]
    assert files_in(folder) == ["mine/requests/sample.yaml"]


def test_a_failure_leaves_no_folder_behind(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").write_text("")
    assert run("init", "file/clinic").code == 5

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = run("init", "deep/clinic")
    assert (ran.code, ran.out) == (5, "")
    assert "the disk is full" in ran.err
    assert [path.name for path in folder.iterdir()] == ["file"]
