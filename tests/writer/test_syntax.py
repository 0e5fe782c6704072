"""Strings, numbers and files as PDF wants them, read back by pypdf and pikepdf."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from handouts.pdf.syntax import deflate, matrix, number, text_string
from handouts.writer.objects import ObjectFile


def read_back(token: str) -> str:
    return str(pikepdf.Object.parse(token.encode("ascii")))


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",))))
def test_text_comes_back(text: str) -> None:
    token = text_string(text)
    assert token.isascii()
    assert read_back(token) == text


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("", "()"), ("plain", "(plain)"), ("a(b)c\\d", "(a\\(b\\)c\\\\d)"), ("(((", "(\\(\\(\\()"), ("é", "<FEFF00E9>"),
        ("😀", "<FEFFD83DDE00>"), ("a\nb", "<FEFF0061000A0062>"),
    ],
)  # fmt: skip
def test_forms_of_text(text: str, token: str) -> None:
    assert text_string(text) == token


@given(st.floats(-1e6, 1e6))
def test_numbers(value: float) -> None:
    written = number(value)
    assert re.fullmatch(r"-?\d+(\.\d{1,3})?", written)
    assert float(written) == pytest.approx(value, abs=0.0006)


@given(st.lists(st.floats(-1e5, 1e5) | st.floats(-1e-9, 1e-9), min_size=6, max_size=6))
def test_a_matrix_has_no_exponent(values: list[float]) -> None:
    written = matrix(values).split(" ")
    assert all(re.fullmatch(r"-?\d+(\.\d{1,6})?", part) for part in written)
    assert [float(part) for part in written] == pytest.approx(values, abs=1e-6)


@given(st.lists(st.binary(max_size=200), max_size=12), st.text(max_size=20), st.integers(0, 40))
def test_a_file_is_read_by_both(contents: list[bytes], title: str, more: int) -> None:
    file = ObjectFile()
    root, pages, page = file.reserve(), file.reserve(), file.reserve()
    streams = [file.add_stream("/Filter/FlateDecode", deflate(content)) for content in contents]
    for index in range(more):
        file.add(f"<</Number {index}>>")
    kept = f"/Streams[{' '.join(f'{n} 0 R' for n in streams)}]"
    file.put(page, f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 100 100]/Resources<<>>>>")
    file.put(pages, f"<</Type/Pages/Count 1/Kids[{page} 0 R]>>")
    file.put(root, f"<</Type/Catalog/Pages {pages} 0 R{kept}>>")
    info = file.add(f"<</Title {text_string(title)}>>")
    pdf = file.render(root, info)
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
        assert [stream.read_bytes() for stream in opened.Root.Streams] == contents
        assert str(opened.docinfo.Title) == title
        assert not opened.get_warnings()
        assert not opened.check_pdf_syntax()
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    assert len(reader.pages) == 1
    assert [stream.get_object().get_data() for stream in reader.root_object["/Streams"]] == contents


def test_the_identifier_is_that_of_the_content() -> None:
    def identifier(content: bytes) -> bytes:
        file = ObjectFile()
        root = file.add("<</Type/Catalog>>")
        file.add_stream("", content)
        return re.search(rb"/ID\[<(\w{32})><\1>\]", file.render(root, root)).group(1)  # type: ignore[union-attr]

    assert identifier(b"one") == identifier(b"one")
    assert identifier(b"one") != identifier(b"two")
