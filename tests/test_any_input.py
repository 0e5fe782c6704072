"""Anything may stand in any input: it is read, or told in clear lines, never anything else. Every kind has a strategy."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import strategies
from binding import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import bench, make, text_of
from own_exercise import photo, svg

from handouts.batch.table import read_table
from handouts.binding.reading import read_sheet
from handouts.cli.opening import read_password
from handouts.cli.reporting import one_line
from handouts.errors import MOST_TOLD, CannotPrintError, HandoutsError, InputError, Problem, UsageError
from handouts.figure_files import PictureFile
from handouts.formats.nodes import Origin
from handouts.formats.patient_rows import COLUMN_NAMES
from handouts.formats.readers import Problems, UnreadableError
from handouts.formats.schemas import ALL_KINDS
from handouts.formats.strict_yaml import MAX_PROBLEMS, parse_yaml
from handouts.model import Entry, Request
from handouts.pages.own_pictures import read_own_picture
from handouts.request import known_ids, request_from_options

HERE = Origin(file="x.yaml")
ONE_FOLDER = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
TEXT_OPTIONS = ("patient", "patient_id", "clinician", "goal", "title", "note", "override", "progression_rule")
OTHER_OPTIONS = (
    "date",
    "minutes",
    "days",
    "dose",
    "side",
    "at",
    "time_zone",
    "region",
    "exercise",
    "progression",
    "lang",
    "weeks",
)


def check_told(problems: Iterable[Problem], most: int = 10_000) -> None:
    """Each in one line that says where, of a length that can be read."""
    told = list(problems)
    assert 1 <= len(told) <= most
    for problem in told:
        assert problem.place is not None, problem
        line = one_line(str(problem))
        assert "\n" not in line
        assert len(line) < 2000, line


@settings(max_examples=150)
@given(content=strategies.any_yaml)
def test_any_bytes_as_yaml(content: bytes) -> None:
    problems: list[Problem] = []
    tree = parse_yaml(content, HERE, problems)
    if problems:
        check_told(problems, MAX_PROBLEMS)
    else:
        assert tree is not None


@cache
def trees(kind: str) -> st.SearchStrategy[Any]:
    return strategies.trees_of(ALL_KINDS[kind].reader.json_schema())


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_any_tree_as_any_kind_of_file(kind: str) -> None:
    @settings(max_examples=40, suppress_health_check=ONE_FOLDER)
    @given(tree=trees(kind))
    def read_it(tree: Any) -> None:
        problems = Problems()
        parsed = parse_yaml(strategies.yaml_of(tree), HERE, problems.found)
        if parsed is not None:
            try:
                ALL_KINDS[kind].reader.read(parsed, problems)
            except UnreadableError:
                assert problems.found
        if problems.found:
            check_told(problems.found)

    read_it()


@settings(max_examples=200, suppress_health_check=ONE_FOLDER)
@given(content=strategies.tables(tuple(COLUMN_NAMES)) | st.binary(max_size=100))
def test_any_table(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(content)
    try:
        for row in read_table(tmp_path / "p.csv", bench().workspace, known_ids(bench().library[0])):
            assert (row.request is None) == bool(row.problems)
            if row.problems:
                check_told(row.problems, MOST_TOLD)
    except InputError as error:
        check_told(error.problems, MOST_TOLD)


@settings(max_examples=200)
@given(options=st.dictionaries(st.sampled_from((*TEXT_OPTIONS, *OTHER_OPTIONS)), strategies.any_text))
def test_any_words_on_the_command_line(options: dict[str, str]) -> None:
    many = ("region", "exercise", "progression", "dose", "side", "note", "override")
    asked = {
        name: [f"cobra: {words}" if name in many[3:] else words] if name in many else words for name, words in options.items()
    }
    try:
        request_from_options(asked, today=None)
    except UsageError as error:
        check_told(error.problems)


@settings(max_examples=40, suppress_health_check=ONE_FOLDER)
@given(content=st.binary(max_size=200) | strategies.any_text.map(lambda words: words.encode("utf-8", "surrogatepass")))
def test_any_password_file(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(content)
    try:
        assert read_password(tmp_path / "secret", "--password-file")
    except InputError as error:
        check_told(error.problems)


def squeezed(text: str) -> str:
    """Without blanks, which lines are broken at."""
    return "".join(unicodedata.normalize("NFC", text).split())


@settings(max_examples=20, suppress_health_check=ONE_FOLDER)
@given(patient=strategies.texts(60), note=strategies.texts(120), title=strategies.texts(60))
def test_any_text_is_printed_letter_for_letter_or_refused(
    patient: str, note: str, title: str, submit: Callable[..., None]
) -> None:
    given = (patient, note, f"My plan {title}")  # a title of one odd word would be taken for the name of a file
    if any(map(lacks, given)):
        with pytest.raises(CannotPrintError, match="no font has it") as refused:
            make(asked_with(*given))
        assert len(refused.value.problems) == sum(map(lacks, given))
        given = (printable(patient), printable(note), printable(given[2]))
    made = make(asked_with(*given))
    submit(made.pdf)
    found = squeezed(text_of(made.pdf))
    for words in given:
        assert squeezed(words) in found


def asked_with(patient: str, note: str, title: str) -> Request:
    return Request(exercises=(Entry(id="cobra", note=note),), patient=patient, title=title)


def lacks(text: str) -> bool:
    return bench().desk("standard", "a4", None).fonts.missing(text) is not None


def printable(text: str) -> str:
    """What our fonts have of it."""
    return "".join(char for char in text if not lacks(char)).strip() or "A"


COVER, DRAWING = samples.plain(), svg('<g fill="#123456"><path d="M1 2h3v4z"/></g><circle r="3"/>').encode()


@settings(max_examples=150)
@given(content=strategies.damaged(COVER))
def test_a_damaged_cover(content: bytes) -> None:
    try:
        sheet = read_sheet(content, name="cover.pdf")
    except InputError as error:
        check_told(error.problems, 1)
    else:
        assert sheet.pages


@pytest.mark.parametrize(("name", "whole"), [("a.svg", DRAWING), ("a.png", photo(kind="PNG", size=(60, 40)))])
def test_a_damaged_picture(name: str, whole: bytes, tmp_path: Path) -> None:
    edition = bench().desk("standard", "a4", None).edition
    path = tmp_path / name
    file = PictureFile(key=name, path=path, shown=name, root=path.parent)

    @settings(max_examples=150)
    @given(content=strategies.damaged(whole))
    def read_it(content: bytes) -> None:
        path.write_bytes(content)
        try:
            read_own_picture(file, edition)
        except HandoutsError as error:
            check_told(error.problems)

    read_it()
