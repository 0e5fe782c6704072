"""Every phrase the code says is in the built-in English, with the same slots, and nothing in it goes unsaid."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import handouts
from handouts.errors import InputError
from handouts.formats.phrases import find_slots
from handouts.templates import load_phrases
from handouts.texts import Phrases
from handouts.wording.locales import knows_locale
from handouts.workspace import Workspace

PACKAGE = Path(handouts.__file__).parent
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def english() -> Phrases:
    return load_phrases(Workspace(), "en", knows_locale=knows_locale)


def slots(key: str) -> set[str]:
    phrase = english().messages[key]
    return {slot for form in ([phrase] if isinstance(phrase, str) else phrase.values()) for slot in find_slots(form) or ()}


def pattern_of(node: ast.expr) -> str | None:
    """A pattern of the keys that a string or an f-string can be; None for other expressions."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z_.]+" for part in node.values)
    if isinstance(node, ast.IfExp):
        return "|".join(f"({pattern_of(each)})" for each in (node.body, node.orelse))
    return None


def said() -> Iterator[tuple[str, ast.Call]]:
    """Each key pattern that some line of code says, with its call."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and "say" in (getattr(node.func, "attr", None), getattr(node.func, "id", None)):
                pattern = pattern_of(node.args[0])
                if pattern:
                    yield pattern, node


def mentioned() -> set[str]:
    """Patterns of all strings that look like a key, wherever they stand: some keys reach `say` through a variable."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.Constant, ast.JoinedStr)):
                pattern = pattern_of(node)
                if pattern and (
                    KEY.fullmatch(pattern.replace("\\", "")) or (isinstance(node, ast.JoinedStr) and r"\." in pattern)
                ):
                    found.add(pattern)
    return found


def test_every_key_that_is_said_is_there_with_its_values() -> None:
    keys = english().messages
    calls = list(said())
    assert len(calls) > 60
    for pattern, call in calls:
        matching = [key for key in keys if re.fullmatch(pattern, key)]
        assert matching, f"line {call.lineno}: no phrase {pattern}"
        given = {keyword.arg for keyword in call.keywords}
        for key in matching:
            assert slots(key) <= given, f"line {call.lineno}: {key} needs {slots(key)}"
        assert any(given == slots(key) | ({"n"} & given) for key in matching), f"line {call.lineno}: {pattern} is given {given}"


def test_every_key_is_said() -> None:
    patterns = [pattern for pattern in mentioned() if pattern.strip("[a-z_.]+") not in ("", "\\")]
    unsaid = [key for key in english().messages if not any(re.fullmatch(pattern, key) for pattern in patterns)]
    assert unsaid == []


ENGLISH = (Workspace().builtin / "templates/phrases/en.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  field.goal:", "  field.gaol:", r"[0-9]+:3: messages: there is no phrase .field.gaol. \(did you mean field.goal"),
        ("  field.goal:", "  field.gaol:", r"[0-9]+:[0-9]+: messages: field.goal is missing"),
        ("{n}~rounds of {what}", "{n}~rounds of {waht}", r"[0-9]+:[0-9]+: dose.sets: there is no value \{waht\} here"),
        ('title.region: "Your exercises: {region}"', "title.region: Your exercises", r"does not say \{region\}"),
        ('"Week {n}"', '"Week {n"', "a { or } stands alone"),
        ('"Week {n}"', '"Week {n.real}"', "a { or } stands alone, or holds more"),
        (
            "  shin: {left: left shin, right: right shin, near: shin, far: other shin}\n",
            "",
            r"[0-9]+:[0-9]+: parts: .shin. is missing",
        ),
        ("{default: en-GB, ", "{", "locales: .default. is missing"),
        ("{default: en-GB, ", "{default: xx-YY, ", r"[0-9]+:[0-9]+: locales: there is no locale .xx-YY."),
    ],
)
def test_a_wrong_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in ENGLISH
    (tmp_path / "templates/phrases").mkdir(parents=True)
    (tmp_path / "templates/phrases/de.yaml").write_text(ENGLISH.replace(old, new).replace("lang: en", "lang: de"))
    with pytest.raises(InputError, match=rf"templates/phrases/de.yaml:.*{problem}"):
        load_phrases(Workspace(root=tmp_path, current=tmp_path), "de", knows_locale=knows_locale)
