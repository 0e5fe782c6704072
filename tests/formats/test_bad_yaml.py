"""A wrong YAML file beside the problems it must give: tests/cases/bad-yaml/KIND--NAME.yaml and .expected.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.formats.clinical import TAGS
from handouts.formats.files import load_tree
from handouts.formats.nodes import Origin
from handouts.formats.readers import Problems, UnreadableError
from handouts.formats.schemas import ALL_KINDS

CASES = sorted((Path(__file__).parents[1] / "cases" / "bad-yaml").glob("*.yaml"))


def read_problems(path: Path) -> str:
    kind = path.stem.split("--")[0]
    problems = Problems()
    tree = load_tree(path, Origin(file=path.name, folder=path.parent, root=path.parent), problems)
    if tree is not None:
        try:
            ALL_KINDS[kind].reader.read(tree, problems)
        except UnreadableError:
            assert problems.found
    problems.check_references({"tag": TAGS})
    return "".join(f"{problem}\n" for problem in problems.found)


def test_there_are_cases() -> None:
    assert len(CASES) >= 15


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_problems_of_a_wrong_file(path: Path) -> None:
    assert read_problems(path) == path.with_suffix(".expected.txt").read_text(encoding="utf-8")
