"""docs/batch.md names every column and every slot, and its examples work."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.batch.names import SLOTS
from handouts.cli import main
from handouts.formats.patient_rows import COLUMNS, Column
from handouts.formats.request_kinds import REQUEST_ALSO

TEXT = (Path(__file__).parents[2] / "docs" / "batch.md").read_text(encoding="utf-8")
FORMS = {
    "text": "one value",
    "flag": "`TRUE`, `FALSE` or empty",
    "ids": "`one \\| two`",
    "items": "`one \\| two`",
    "words": "`one,two,three`",
    "pairs": "`figure-four: … \\| cat-cow: …`",
}


def column_table() -> str:
    """The table of all columns, as docs/batch.md shows it."""
    also = {key: name for name, key in REQUEST_ALSO.items()}

    def line(column: Column) -> str:
        name = f"`{column.key}`" + (f" or `{also[column.key]}`" if column.key in also else "")
        words = column.description.removesuffix(" By exercise id.").replace(", or {id, dose, side, note, override}", "")
        what = words.replace("|", "\\|") or "basic or advanced."
        return f"| {name} | {FORMS[column.form]} | {what} |\n"

    return "| column | a cell | what it says |\n|---|---|---|\n" + "".join(map(line, COLUMNS.values()))


def test_the_table_names_every_column_as_it_is_read() -> None:
    assert column_table() in TEXT


def test_every_slot_of_a_name_is_listed() -> None:
    (listed,) = re.findall(r"^Slots: (.*?)\.$", TEXT, re.MULTILINE | re.DOTALL)
    assert tuple(re.findall("`{([a-z_]+)}`", listed)) == SLOTS


def test_the_examples_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], submit: Callable[..., None]
) -> None:
    monkeypatch.chdir(tmp_path)
    (table,) = re.findall(r"`patients.csv`:\n\n```csv\n(.*?)```", TEXT, re.DOTALL)
    Path("patients.csv").write_text(table, encoding="utf-8")
    (block,) = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    commands = [shlex.split(line, comments=True) for line in block.splitlines()]
    assert len(commands) >= 5
    for program, *words in commands:
        assert program == "handouts"
        assert main(words) == 0, words
    assert capsys.readouterr().out.startswith("out/patients-001.pdf\nout/patients-002.pdf\n")
    submit(Path("out/patients-001.pdf"))
    submit(Path("out/patients-002.pdf"))
    submit(Path("print.pdf"))
