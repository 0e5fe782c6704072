"""The worked examples of docs/ work as they are written: their files, then their commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from making import tags_of
from own_exercise import photo

from handouts.cli import main
from handouts.formats.container_readers import ListOf, MappingOf
from handouts.formats.kinds import WORDS
from handouts.formats.request_kinds import CLINIC, REQUEST_FIELDS
from handouts.formats.scalar_readers import Text
from handouts.templates import list_templates
from handouts.workspace import Workspace

DOCS = Path(__file__).parents[1] / "docs"
# A path in backquotes at the end of a paragraph, then the file.
FILE = re.compile(r"`(my-clinic/[^`]+)`:?\n\n```(?:yaml|xml)\n(.*?)```", re.DOTALL)
COMMANDS = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_worked_example_of_own_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], submit: Callable[..., None]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (DOCS / "own-pictures.md").read_text(encoding="utf-8")
    first, *others = [line for block in COMMANDS.findall(text) for line in block.splitlines()]
    files = FILE.findall(text)
    assert [Path(name).suffix for name, _ in files] == [".yaml", ".yaml", ".svg"]
    assert len(others) == 2
    run(first)
    for name, content in files:
        assert Path(name).parent.is_dir() or name.endswith(".svg")
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")
    (named,) = re.findall(r"`(my-clinic/assets/figures/[^`]+\.jpg)`", text)
    Path(named).write_bytes(photo("gray", (1600, 1200)))
    capsys.readouterr()
    for command in others:
        run(command)
    said = capsys.readouterr()
    told = [line for line in said.out.splitlines() if "the phone number is still the sample's" not in line]
    assert told == ["calf-stretch.pdf"], "the check has nothing to say of the pictures"
    assert "0 errors, 1 warning," in said.err
    submit(Path("calf-stretch.pdf"))
    alts = [tag.alt or "" for tag in tags_of(Path("calf-stretch.pdf").read_bytes()) if tag.type == "Figure"]
    assert alts[1] == "The person has stepped back with the right foot. The left knee is bent and the right heel stays down."


def test_the_worked_example_of_own_poses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], submit: Callable[..., None]
) -> None:
    """The facts and words of the pictures' page, the pose of this one: drawn for both bodies, without a fault, and printed."""
    monkeypatch.chdir(tmp_path)
    pictures, poses = ((DOCS / name).read_text(encoding="utf-8") for name in ("own-pictures.md", "own-poses.md"))
    run("handouts init my-clinic")
    files = [(name, content) for name, content in FILE.findall(pictures + poses) if name.endswith(".yaml")]
    assert [Path(name).parts[1:3] for name, _ in files] == [("catalog", "exercises"), ("catalog", "words"), ("assets", "poses")]
    for name, content in files:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")
    commands = [line for block in COMMANDS.findall(poses) for line in block.splitlines()]
    assert [command.split()[2] for command in commands] == ["draw", "lint", "sheet"]
    for command in commands:
        run(command)
    assert "0 faults in 1 exercise on 2 bodies" in capsys.readouterr().err
    submit(Path("calf-stretch-figures.pdf"))
    for body in ("female", "male"):
        run(f"handouts make --workspace my-clinic --exercise calf-stretch --body {body} -o {body}.pdf")
        submit(Path(f"{body}.pdf"))
        alts = [tag.alt or "" for tag in tags_of(Path(f"{body}.pdf").read_bytes()) if tag.type == "Figure"]
        assert alts[1].startswith("The person has stepped back with the left foot.")
    run("handouts check my-clinic")


def run(command: str) -> None:
    program, *words = shlex.split(command)
    assert program == "handouts"
    assert main(words) == 0, command


def test_the_worked_example_of_editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, submit: Callable[..., None]) -> None:
    monkeypatch.chdir(tmp_path)
    text = (DOCS / "editions.md").read_text(encoding="utf-8")
    first, second = [line for block in COMMANDS.findall(text) for line in block.splitlines()]
    run(first)
    [(name, content)] = FILE.findall(text)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(content, encoding="utf-8")
    run(second)
    submit(Path("plan.pdf"))
    run("handouts check my-clinic")
    told = re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)
    assert sorted(told) == sorted(list_templates(Workspace(), "editions"))


def test_the_lengths_of_fields_are_those_that_are_read() -> None:
    assert length_table() in (DOCS / "hostile-input.md").read_text(encoding="utf-8")


def length_table() -> str:
    """The table of docs/hostile-input.md: text without a form of its own, and the most characters of it."""
    tables = []
    for name, fields in (("a request", REQUEST_FIELDS), ("a clinic", CLINIC.fields), ("the words of an exercise", WORDS.fields)):
        inner = {key: reader.inner if isinstance(reader, (ListOf, MappingOf)) else reader for key, reader in fields.items()}
        free = {key: reader.longest for key, reader in inner.items() if isinstance(reader, Text)}
        lines = "".join(f"| `{key}` | {longest} |\n" for key, longest in free.items())
        tables.append(f"| field of {name} | at most |\n|---|---|\n{lines}")
    return "\n".join(tables)


def test_every_promise_names_a_test_that_is_there() -> None:
    text = (DOCS / "security.md").read_text(encoding="utf-8")
    _, _, table = text.partition("| promise | tested by |\n|---|---|\n")
    rows = table.split("\n\n")[0].splitlines()
    assert len(rows) > 15
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named, row
        for file, test in named:
            assert f"\ndef {test}(" in (DOCS.parent / file).read_text(encoding="utf-8"), f"{file}::{test}"


def test_no_word_stands_for_what_is_still_to_be_written() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (*DOCS.rglob("*.md"), *DOCS.parent.glob("*.md"))}
    assert len(texts) > 10
    left = re.compile(r"^(RESULTS|TABLE|TODO|TBD|FIXME|XXX)\b.*$", re.MULTILINE)
    assert {path.name: left.findall(text) for path, text in texts.items() if left.search(text)} == {}
    assert left.search("before\n\nRESULTS\n\nafter")


def test_who_finds_a_hole_is_told_where_to_say_so() -> None:
    text = (DOCS.parent / "SECURITY.md").read_text(encoding="utf-8")
    for path in re.findall(r"\]\(([^)#]+)\)", text):
        assert (DOCS.parent / path).is_file(), path
    assert "](SECURITY.md)" in (DOCS.parent / "README.md").read_text(encoding="utf-8")
