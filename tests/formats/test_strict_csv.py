"""CSV is read cell by cell with places; what cannot be told apart safely is refused in one line."""

from __future__ import annotations

import csv
import io
import re
import string
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.errors import InputError
from handouts.formats.nodes import Origin, Scalar
from handouts.formats.strict_csv import MAX_BYTES, MAX_CELLS, decode_table, guess_divider, split_rows

ORIGIN = Origin(file="p.csv")
KNOWN = ("patient", "region", "minutes")


def rows(text: str) -> list[list[Scalar]]:
    return list(split_rows(text, ORIGIN, KNOWN))


def texts(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows(text)]


def refused(content: bytes) -> str:
    with pytest.raises(InputError) as caught:
        list(split_rows(decode_table(content, "p.csv"), ORIGIN, KNOWN))
    (problem,) = caught.value.problems
    return str(problem)


CELLS = st.text(alphabet=st.sampled_from(string.ascii_letters + "äßŁ漢 \t,;|\"'=+-@\n\r.0"), max_size=12)


@given(
    table=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5),
    divider=st.sampled_from(",;\t"),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_a_spreadsheet_writes_is_read_back(table: list[list[str]], divider: str, end: str, quoting: int) -> None:
    written = io.StringIO(newline="")
    if any("\n" in cell or "\r" in cell for row in table for cell in row):
        quoting = csv.QUOTE_ALL  # Python quotes only the line breaks that it writes itself
    writer = csv.writer(written, delimiter=divider, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([KNOWN, *table])
    text = written.getvalue()
    found = rows(text)
    assert [[cell.text for cell in row] for row in found] == [list(KNOWN), *([cell.strip() for cell in row] for row in table)]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for row in found:
        for number, cell in enumerate(row):
            assert cell.line is not None
            assert cell.column is not None
            before = lines[cell.line - 1][: cell.column - 1]
            assert number == 0 or before.rstrip(" ").endswith(divider), "a cell starts behind a divider"
            assert number != 0 or not before.strip(" "), "or where the line does"


def test_places_count_characters_and_lines() -> None:
    found = rows('patient;region\r\n"Ä";b\r\n"two\nlines";"x"\r\nlast;y')
    assert [(cell.text, cell.line, cell.column) for row in found[1:] for cell in row] == [
        ("Ä", 2, 1),
        ("b", 2, 5),
        ("two\nlines", 3, 1),
        ("x", 4, 8),
        ("last", 5, 1),
        ("y", 5, 6),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("patient,region\na,b", [["patient", "region"], ["a", "b"]]),
        ("patient;region\na,b;c", [["patient", "region"], ["a,b", "c"]]),
        ("patient\tregion\na;b\tc", [["patient", "region"], ["a;b", "c"]]),
        ("sep=;\r\npatient;x,y,z\r\na;b", [["patient", "x,y,z"], ["a", "b"]]),
        ('patient, "region"\n"a" , "b, c" ', [["patient", "region"], ["a", "b, c"]]),
        ('patient,region\n5" wide,"say ""hi"""', [["patient", "region"], ['5" wide', 'say "hi"']]),
        ("patient\n\n a \n", [["patient"], [""], ["a"]]),
        ("patient,region\n=1+1,-2\n+3,@x", [["patient", "region"], ["=1+1", "-2"], ["+3", "@x"]]),
    ],
)
def test_dividers_quotes_and_blanks(text: str, wanted: list[list[str]]) -> None:
    assert texts(text) == wanted


def test_the_divider_that_finds_names_counts() -> None:
    assert guess_divider("patient;note, with, many, commas", KNOWN) == ";"
    assert guess_divider("patient", KNOWN) == ","


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("patient,região\nJosé,x".encode("latin-1"), "p.csv:1:13: the file is not UTF-8 text"),
        ("patient,region\nJosé,x".encode("cp1252"), "p.csv:2:4: the file is not UTF-8 text"),
        ("patient,region\rAnn,x\rJosé,x\r".encode("cp1252"), "p.csv:3:4: the file is not UTF-8 text"),
        ("patient,region\r\nAnn,x\r\nJosé,x\r\n".encode("cp1252"), "p.csv:3:4: the file is not UTF-8 text"),
        ("patient,region\nJosé,x".encode("utf-16"), "p.csv: the file is saved as UTF-16"),
        ("patient,region\nJosé,x".encode("utf-16-le"), "p.csv: the file is saved as UTF-16"),
        (b"PK\x03\x04 and so on", "p.csv: this is a workbook, not a CSV file"),
    ],
)
def test_other_encodings_say_how_to_save(content: bytes, said: str) -> None:
    told = refused(content)
    assert told.startswith(said)
    assert "CSV UTF-8" in told
    assert "Jos" not in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('patient,region\nAnna,"x\nBob,y\n', "p.csv:2:6: these quotes are never closed"),
        ('patient,region\n"Anna" Bell,y\n', "p.csv:2:8: there is text behind closed quotes"),
        ('patient,region\n"Anna\nBob","x"y\n', "p.csv:3:9: there is text behind closed quotes"),
    ],
)
def test_quotes_out_of_order_refuse_the_file(text: str, said: str) -> None:
    told = refused(text.encode())
    assert told.startswith(said)
    assert "Anna" not in told


def test_a_mark_of_utf8_is_no_part_of_the_first_name() -> None:
    text = decode_table("\ufeffpatient,region\na,b".encode(), "p.csv")
    assert [cell.text for cell in next(split_rows(text, ORIGIN, KNOWN))] == ["patient", "region"]


def test_a_file_that_is_too_large_is_told() -> None:
    assert refused(b"a" * (MAX_BYTES + 1)) == "p.csv: the file is larger than 64 MB (split it into several files)"


@pytest.mark.parametrize("row", ["," * MAX_CELLS, '"x",' * MAX_CELLS, "," * 1_000_000, 'a,"b"' + "," * 1_000_000])
@pytest.mark.parametrize("head", ["patient,region\n", ""])
def test_a_line_of_too_many_cells_is_refused_before_it_is_held(head: str, row: str) -> None:
    text = head + row
    tracemalloc.start()
    try:
        told = refused(text.encode())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert re.fullmatch(
        rf"p\.csv:{2 if head else 1}:\d+: more than {MAX_CELLS} cells in one line \(remove the empty ones\)", told
    )
    assert most < 8 * len(text) + 500_000


def test_as_many_cells_as_are_allowed_are_read() -> None:
    assert [len(row) for row in rows("," * (MAX_CELLS - 1) + "\n" + '"",' * (MAX_CELLS - 1))] == [MAX_CELLS, MAX_CELLS]


def test_many_rows_and_many_quotes_are_quick() -> None:
    assert len(rows("patient,region\n" + "a,b\n" * 50_000)) == 50_001
    assert "never closed" in refused(b'patient\n"' + b'""' * 200_000)
