"""Every phrase that code asks for is written, every written phrase is used, and its slots are filled."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from making import bench

from handouts.wording.messages import Messages

HOUSE = Path(__file__).parents[2] / "handouts"
SOURCES = [HOUSE / "build.py", *sorted((HOUSE / "wording").glob("*.py"))]
KEYS = frozenset(bench().phrases.messages)


def strings_in(tree: ast.AST) -> tuple[set[str], list[str]]:
    """All constant strings, and a pattern for each f-string that starts with a constant part of a key."""
    constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    patterns = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_]+" for part in node.values]
            if re.match(r"[a-z_]+\\\.", parts[0]):
                patterns.append("".join(parts))
    return constants, patterns


def prefixes_in(tree: ast.AST) -> set[str]:
    """Constants handed to a function of ours that adds the end of the key itself."""
    return {
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("_time")
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def said_in(tree: ast.AST) -> set[str]:
    """Constant keys handed to `say`, on either way of a condition."""
    found = set()
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) == "say"
            and node.args
        ):
            first = node.args[0]
            for part in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                if isinstance(part, ast.Constant):
                    found.add(part.value)
    return found


TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]


def test_there_is_something_to_compare() -> None:
    assert len(TREES) >= 5
    assert len(KEYS) > 50
    assert sum(len(said_in(tree)) for tree in TREES) > 40


def test_every_phrase_asked_for_is_written() -> None:
    asked = {key for tree in TREES for key in said_in(tree)}
    assert not asked - KEYS
    for tree in TREES:
        for pattern in strings_in(tree)[1]:
            assert any(re.fullmatch(pattern, key) for key in KEYS), pattern


def test_every_written_phrase_is_used() -> None:
    constants = {text for tree in TREES for text in strings_in(tree)[0]}
    patterns = [pattern for tree in TREES for pattern in strings_in(tree)[1]]
    prefixes = {prefix for tree in TREES for prefix in prefixes_in(tree)}
    unused = [
        key
        for key in sorted(KEYS)
        if key not in constants
        and not any(re.fullmatch(pattern, key) for pattern in patterns)
        and key.rpartition(".")[0] not in prefixes
    ]
    assert not unused


def forms_of(key: str) -> list[str]:
    phrase = bench().phrases.messages[key]
    return [phrase] if isinstance(phrase, str) else list(phrase.values())


@pytest.mark.parametrize("key", sorted(KEYS))
def test_phrases_are_well_made(key: str) -> None:
    for form in forms_of(key):
        assert form == form.strip()
        assert "  " not in form
        assert "\u00a0" not in form, "write ~ for a blank that never breaks"
        if "{n}" in form:
            assert re.search(r"\{n\}(~|\b|\s|\.|$)", form)
            assert "{n} " not in form or key == "glance.count", "a number is never parted from its unit"
    slots = [set(re.findall(r"\{(\w+)\}", form)) for form in forms_of(key)]
    assert all(found | {"n"} == slots[0] | {"n"} for found in slots), 'the forms have the same slots; "once" needs no number'


def test_plural_forms_where_english_has_them() -> None:
    for key in sorted(KEYS):
        phrase = bench().phrases.messages[key]
        if not isinstance(phrase, str):
            assert {"one", "other"} <= set(phrase), key


def test_saying() -> None:
    messages = Messages(bench().phrases, None)
    assert messages.say("dose.repetitions", n=1) == "once"
    assert messages.say("dose.repetitions", n=2) == "2\u00a0times"
    assert messages.say("dose.repetitions", n=0) == "0\u00a0times"
    assert messages.say("glance.equipment", things="{braces} ~ & %s") == "You need: {braces} ~ & %s."
    assert messages.list([]) == ""
    assert messages.list(["a mat", "a chair", "a cushion"]) == "a mat, a chair and a cushion"
