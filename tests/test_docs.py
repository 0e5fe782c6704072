"""The worked example of docs/own-pictures.md works as it is written: its files, then its commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from making import tags_of
from own_exercise import photo

from handouts.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "own-pictures.md"
# A path in backquotes at the end of a paragraph, then the file.
FILE = re.compile(r"`(my-clinic/[^`]+)`:?\n\n```(?:yaml|xml)\n(.*?)```", re.DOTALL)
COMMANDS = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_worked_example_of_own_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], submit: Callable[..., None]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
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
    assert said.out == "calf-stretch.pdf\n", "the check has nothing to say of the pictures"
    assert "0 errors, 0 warnings" in said.err
    submit(Path("calf-stretch.pdf"))
    alts = [tag.alt or "" for tag in tags_of(Path("calf-stretch.pdf").read_bytes()) if tag.type == "Figure"]
    assert alts[1] == "The person has stepped back with the right foot. The left knee is bent and the right heel stays down."


def run(command: str) -> None:
    program, *words = shlex.split(command)
    assert program == "handouts"
    assert main(words) == 0, command
