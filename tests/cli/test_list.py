"""`handouts list`: all of the catalogue, or what fits a patient."""

from __future__ import annotations

import json

import pytest

from cli.conftest import Run


def test_all_are_listed(run: Run) -> None:
    ran = run("list")
    assert (ran.code, ran.err) == (0, "")
    head, *rows = ran.out.splitlines()
    assert head.split() == ["id", "name", "kind", "position", "regions", "level", "verdict", "why"]
    assert len(rows) == 25
    column = head.index("verdict")
    assert all(row[column - 1] == " " and row[column] != " " for row in rows)


def test_json_is_a_list_of_objects(run: Run) -> None:
    listed = json.loads(run("list", "--json").out)
    assert len(listed) == 25
    assert all(list(each) == ["id", "name", "kind", "position", "regions", "level", "verdict", "because"] for each in listed)
    cobra = next(each for each in listed if each["id"] == "cobra")
    assert (cobra["position"], cobra["level"]) == ("prone", "basic")
    assert "lower-back" in cobra["regions"]


@pytest.mark.parametrize(
    ("words", "exercise", "verdict"),
    [
        (("--profile", "extension"), "childs-pose", "avoid"),
        (("--profile", "flexion"), "cobra", "avoid"),
        (("--profile", "extension"), "prone-press-up", "prefer"),
        (("--precaution", "no-kneeling"), "cat-cow", "avoid"),
    ],
)
def test_the_verdict_is_for_the_patient(words: tuple[str, ...], exercise: str, verdict: str, run: Run) -> None:
    listed = {each["id"]: each["verdict"] for each in json.loads(run("list", "--json", *words).out)}
    assert listed[exercise] == verdict


def test_why_not_is_said(run: Run) -> None:
    words = ("--profile", "extension", "--precaution", "no-kneeling")
    listed = {each["id"]: each for each in json.loads(run("list", "--json", *words).out)}
    rules = {each["rule"]: each for each in listed["childs-pose"]["because"]}
    assert set(rules) == {"profile:extension", "precaution:no-kneeling"}
    assert rules["profile:extension"]["verdict"] == "avoid"
    assert "bending" in rules["profile:extension"]["reason"]
    assert "lift" in rules["profile:extension"]["source"]
    assert listed["prone-press-up"]["because"] == []
    row = next(line for line in run("list", *words).out.splitlines() if line.startswith("childs-pose"))
    assert "profile extension: " in row
    assert "; precaution no-kneeling: " in row


def test_filters(run: Run) -> None:
    def ids(*words: str) -> list[str]:
        return [each["id"] for each in json.loads(run("list", "--json", *words).out)]

    assert set(ids("--position", "prone")) == {"cobra", "prone-press-up"}
    assert ids("--routine", "extension-starter") == ["prone-press-up", "standing-lumbar-extension", "standing-hip-flexor-stretch"]
    assert "cobra" not in ids("--exclude", "cobra", "--region", "lower-back")
    assert "pigeon-pose" in ids("--level", "advanced")
    assert "cobra" not in ids("--level", "advanced")


def test_nothing_found_is_said(run: Run) -> None:
    ran = run("list", "--position", "prone", "--region", "calf")
    assert (ran.code, ran.out) == (0, "")
    assert ran.lines == ["no exercise is like that; leave out a filter"]
    assert run("list", "--position", "prone", "--region", "calf", "--json").out == "[]\n"


def test_unknown_ids(run: Run) -> None:
    ran = run("list", "--profile", "extention", "--region", "hips")
    assert (ran.code, ran.out) == (3, "")
    assert ran.lines == [
        'unknown profile "extention" (did you mean extension?)',
        'unknown region "hips" (did you mean hip?)',
    ]
