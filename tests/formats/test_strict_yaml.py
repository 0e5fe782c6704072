"""Strict YAML refuses what could hurt or mislead, quickly and with a place."""

from __future__ import annotations

import time

import pytest
import yaml

from handouts.errors import Problem
from handouts.formats import strict_yaml
from handouts.formats.nodes import Mapping, Node, Origin, Scalar, Sequence
from handouts.formats.strict_yaml import parse_yaml

HERE = Origin(file="x.yaml")
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "alias bomb": LAUGHS,
    "merge key bomb": "a: &a {k: v}\nb: &b {<<: [*a, *a, *a]}\n",
    "deep flow": "[" * 100_000,
    "deep block": "".join(" " * i + "a:\n" for i in range(60)),
    "recursive alias": "&a [*a]",
    "python object": "!!python/object/apply:os.system [echo]",
    "local tag": "a: !x y",
    "duplicate keys": "a: 1\na: 2\n",
    "list as key": "[1, 2]: x",
    "mapping as key": "{a: 1}: x",
    "documents": "---\na: 1\n---\nb: 2\n",
    "nul": "a: \x00",
    "escaped nul": 'a: "\\0"',
    "surrogate": 'a: "\\ud800"',
    "bell": "a: \x07",
    "line separator": "a: x\u2028y",
    "too large": "a: " + "x" * 600_000,
    "too long": "a: " + "x" * 30_000,
    "too many": "\n".join(f"k{i}: v" for i in range(26_000)),
    "tab": "a:\n\tb: 1\n",
    "open quote": 'a: "x\nb: 2\n',
    "open bracket": "a: [x\nb: 2\n",
    "colon": "a: b: c\n",
    "many anchors": "\n".join(f"k{i}: &a{i} v" for i in range(1000)),
}


def parse(content: str | bytes) -> tuple[Node | None, list[Problem]]:
    problems: list[Problem] = []
    return parse_yaml(content, HERE, problems), problems


def plain(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Mapping)
    return {key.text: plain(value) for key, value in node}


@pytest.fixture(params=["libyaml", "pure Python"])
def _both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)


@pytest.mark.usefixtures("_both_parsers")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_refused_with_a_sentence(name: str) -> None:
    start = time.perf_counter()
    _, problems = parse(HOSTILE[name])
    assert time.perf_counter() - start < 5
    assert 1 <= len(problems) <= strict_yaml.MAX_PROBLEMS
    for problem in problems:
        assert problem.place is not None
        assert problem.place.file == "x.yaml"
        assert problem.hint
        assert "\n" not in str(problem)


@pytest.mark.usefixtures("_both_parsers")
def test_every_scalar_is_text() -> None:
    tree, problems = parse("lang: no\ntime: 12:30\nphone: 0123\nver: 1.10\nnothing:\ninf: .inf\nday: 2026-02-31\n")
    assert not problems
    assert plain(tree) == {
        "lang": "no",
        "time": "12:30",
        "phone": "0123",
        "ver": "1.10",
        "nothing": "",
        "inf": ".inf",
        "day": "2026-02-31",
    }


@pytest.mark.usefixtures("_both_parsers")
def test_every_key_and_value_has_its_place() -> None:
    tree, _ = parse("\ufeffa: 1\nb:\n  - {value: ä, source: x}\n")
    assert isinstance(tree, Mapping)
    assert str(tree.keys["a"].place) == "x.yaml:1:1"
    assert str(tree.values["a"].place) == "x.yaml:1:4"
    listed = tree.values["b"]
    assert isinstance(listed, Sequence)
    inner = listed.items[0]
    assert isinstance(inner, Mapping)
    assert str(inner.values["source"].place) == "x.yaml:3:24"


def test_a_byte_order_mark_is_skipped_and_an_empty_file_is_an_empty_mapping() -> None:
    assert plain(parse(b"\xef\xbb\xbfa: 1\n")[0]) == {"a": "1"}
    assert plain(parse(b"")[0]) == {}
    assert plain(parse(b"# only a comment\n")[0]) == {}


@pytest.mark.parametrize("content", ["a: ü\n".encode("latin-1"), "a: 1\n".encode("utf-16"), b"\xff\xfe"])
def test_other_encodings_are_told(content: bytes) -> None:
    tree, problems = parse(content)
    assert tree is None
    assert "UTF-8" in str(problems[0])


def test_duplicate_keys_show_both_lines_and_all_are_told() -> None:
    _, problems = parse("a: 1\nb: 2\na: 3\nb: 4\n")
    assert [str(problem) for problem in problems] == [
        'x.yaml:3:1: "a" is given twice, in line 1 and in line 3 (remove one of the two)',
        'x.yaml:4:1: "b" is given twice, in line 2 and in line 4 (remove one of the two)',
    ]
