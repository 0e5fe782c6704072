"""Columns are the keys of a request file; each fault of a cell has its place, and no patient's words."""

from __future__ import annotations

import time

import pytest

from handouts.errors import InputError
from handouts.formats.nodes import Mapping, Origin, Scalar, Sequence
from handouts.formats.patient_rows import COLUMNS, read_header, row_tree
from handouts.formats.readers import Problems
from handouts.formats.request_kinds import REQUEST_FIELDS
from handouts.formats.strict_csv import split_rows

ORIGIN = Origin(file="p.csv")
EXERCISES = ("cat-cow", "figure-four")


def cells(line: str, number: int = 1) -> list[Scalar]:
    (row,) = split_rows(f"sep=;\n{line}", ORIGIN, ())
    for cell in row:
        cell.line = number
    return row


def read(header: str, line: str) -> tuple[Mapping | None, list[str]]:
    problems = Problems()
    tree = row_tree(cells(line, 2), read_header(cells(header)), ORIGIN, EXERCISES, problems)
    return tree, [str(problem) for problem in problems.found]


def plain(tree: Mapping | None) -> dict[str, object]:
    assert tree is not None
    found: dict[str, object] = {}
    for key, node in tree:
        if isinstance(node, Scalar):
            found[key.text] = node.text
        elif isinstance(node, Sequence):
            found[key.text] = [item.text for item in node.items if isinstance(item, Scalar)]
        else:
            found[key.text] = {name: value.text for name, value in node.values.items() if isinstance(value, Scalar)}
    return found


def test_every_key_of_a_request_is_a_column() -> None:
    assert list(COLUMNS) == list(REQUEST_FIELDS)
    private = {key for key, column in COLUMNS.items() if column.private}
    assert {"patient", "patient_id", "clinician", "goal", "title", "note", "override"} <= private
    assert {"progression", "progression_rule"} <= private
    assert not private & {"region", "routine", "dose", "date", "lang", "minutes"}


def test_a_row_becomes_the_tree_of_a_request() -> None:
    header = "Patient ID;Regions;exercise;dose;days;swap;times per day;Blank-Doses;at;progression"
    line = '7;lower-back|hip;"cat-cow\nfigure-four";figure-four: 2 x 30 s | cat-cow: 10;Mon, wed|FRI;TRUE;2;false'
    line += ";08:00, 19:30;week 2: hold 30 s"
    tree, said = read(header, line)
    assert not said
    assert plain(tree) == {
        "patient_id": "7",
        "region": ["lower-back", "hip"],
        "exercises": ["cat-cow", "figure-four"],
        "dose": {"figure-four": "2 x 30 s", "cat-cow": "10"},
        "days": ["mon", "wed", "fri"],
        "swap": "true",
        "times_per_day": "2",
        "blank_doses": "false",
        "at": ["08:00", "19:30"],
        "progression": ["week 2: hold 30 s"],
    }


def test_cells_that_are_empty_say_nothing() -> None:
    assert plain(read("patient;region;minutes", "Ann;;")[0]) == {"patient": "Ann"}
    assert read("patient;region", ";") == (None, [])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("patient;regoin", 'p.csv:1:9: unknown column "regoin" (did you mean region?)'),
        ("patient;Patient", 'p.csv:1:9: column "Patient" says the same as column "patient" (keep one of them)'),
        ("region;regions", 'p.csv:1:8: column "regions" says the same as column "region" (keep one of them)'),
        ("patient;;region", "p.csv:1:9: column 2 has no name (name it, or delete the column)"),
    ],
)
def test_a_header_that_is_wrong(header: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_header(cells(header))
    assert [str(problem) for problem in caught.value.problems] == [said]


def test_a_first_row_that_is_no_header_shows_no_patient() -> None:
    with pytest.raises(InputError) as caught:
        read_header(cells("Anna Bell;knee"))
    said = str(caught.value)
    assert said.startswith("p.csv:1: the first line must name the columns")
    assert "Anna" not in said


def test_empty_columns_at_the_end_are_passed_over() -> None:
    assert plain(read("patient;region;;", "Ann;hip;;")[0]) == {"patient": "Ann", "region": ["hip"]}
    assert "expected 2 cells as in the first line, found 4" in read("patient;region;;", "Ann;hip;;x")[1][0]


@pytest.mark.parametrize(
    ("header", "line", "said"),
    [
        ("patient;region", "Anna", "p.csv:2: expected 2 cells as in the first line, found 1"),
        ("patient;region", "Anna;hip;Bell", "p.csv:2: expected 2 cells as in the first line, found 3"),
        ("patient;swap", "Anna;maybe", 'p.csv:2:6: swap: expected TRUE or FALSE, found "maybe"'),
        ("patient;region", "Anna;hip, thigh", 'p.csv:2:6: region: several are divided by |, found "hip, thigh"'),
        ("patient;dose", "Anna;2 x 30 s", "p.csv:2:6: dose: expected pairs of an exercise and what is said of it"),
        (
            "patient;dose",
            "Anna;cat-caw: 10",
            'p.csv:2:6: dose: there is no exercise with the id "cat-caw" (did you mean cat-cow?)',
        ),
        ("patient;note", "Anna;bell: slow", "p.csv:2:6: note: there is no exercise with the id this"),
        ("patient;note", "Anna;Bell is slow", "p.csv:2:6: note: expected pairs of an exercise"),
        ("patient;override", "Anna;cat-cow: a|cat-cow: b", "p.csv:2:6: override: cat-cow is given twice"),
        ("patient;region", "An\0na;hip", "p.csv:2:1: patient: character U+0000 is not allowed"),
        ("patient;goal", "Anna;" + "walk " * 5000, "p.csv:2:6: goal: expected at most 20000 characters, found 24999"),
    ],
)
def test_a_cell_that_is_wrong(header: str, line: str, said: str) -> None:
    _, told = read(header, line)
    assert len(told) == 1
    assert told[0].startswith(said)
    assert "Anna" not in told[0]
    assert "bell" not in told[0].lower()


def test_time_zones_are_looked_up_once() -> None:
    """A table may name one in each of its rows, and the machine lists them in a folder."""
    reader = REQUEST_FIELDS["time_zone"]
    start = time.process_time()
    for _ in range(1000):
        assert reader.read(Scalar("Europe/London", ORIGIN, 1, 1), Problems()) == "Europe/London"
    assert time.process_time() - start < 1
