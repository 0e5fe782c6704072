"""Readers of single values: text, ids, numbers, true or false, words of a closed list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from handouts.formats.nodes import Node, Scalar
from handouts.formats.reading import Problems, Reader, Reference, UnreadableError, lead
from handouts.formats.strict_yaml import FORBIDDEN

E = TypeVar("E", bound=StrEnum)

ID_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
MAX_ID = 60
_ID = re.compile(ID_PATTERN)
_NO_ID = re.compile(r"[\s_-]+")
_UNSEEN = ("Cf", "Zs")  # zero-width characters and blanks: nothing would be printed
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # what turns the direction of letters
_SOFT_HYPHEN = "\u00ad"  # a word would be broken there with a hyphen that is read as its own
_MOST_PARTS = 4  # characters as typed for one as composed: a letter and its marks
_SHORT = 200  # characters that are looked at in any case


def is_id(text: str) -> bool:
    """Whether the text has the form of an id."""
    return len(text) <= MAX_ID and _ID.fullmatch(text) is not None


def _write_as_id(node: Node) -> str:
    """The hint for text that has not the form of an id: how it would be written as one, where that can be said."""
    if type(node) is Scalar and len(node.text) <= MAX_ID and not node.private:
        words = _NO_ID.sub("-", node.text.strip().lower())
        if is_id(words):
            return f"small letters and hyphens only: {words}"
    return "an id looks like figure-four"


class Text(Reader[str]):
    """Text on one line, without control characters; blanks around it are dropped."""

    def __init__(self, longest: int, pattern: str | None, expected: str, hint: str | None) -> None:
        self.longest = longest
        self.pattern = pattern or None
        self.expected = expected
        self.hint = hint

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        if type(node) is not Scalar:
            self.refuse(node, problems, name, self.expected, self.hint)
        if node.commented and self.pattern is None:
            message = f'{lead(name)}" #" begins a comment, so nothing from there on would be printed'
            problems.add(node.place, message, "put the text in quotes, or the comment on a line of its own")
            raise UnreadableError
        typed = node.text.replace(_SOFT_HYPHEN, "").strip()
        if len(typed) > max(
            _MOST_PARTS * self.longest, _SHORT
        ):  # Why first: the time that composing marks takes grows as their square
            self._refuse_length(node, problems, name, len(typed))
        text = unicodedata.normalize("NFC", typed)
        if not text or all(unicodedata.category(c) in _UNSEEN for c in text):
            self.refuse(node, problems, name, self.expected, self.hint or "leave the line out if there is nothing to say")
        if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
            problems.add(node.place, f"{lead(name)}is not valid UTF-8 text", "type it anew")
            raise UnreadableError
        wrong = FORBIDDEN.search(text)
        if wrong or "\n" in text or "\t" in text or "\r" in text:
            what = f"character U+{ord(wrong.group()):04X}" if wrong else ("a tab" if "\t" in text else "a line break")
            problems.add(node.place, f"{lead(name)}{what} is not allowed in this text", "write it on one line")
            raise UnreadableError
        turned = _TURNS.search(text)
        if turned:
            message = f"{lead(name)}character U+{ord(turned.group()):04X}, which turns the direction of letters, is not allowed"
            problems.add(node.place, message, "delete it and type the text anew")
            raise UnreadableError
        if self.pattern is not None and not re.fullmatch(self.pattern, text):
            self.refuse(node, problems, name, self.expected, self.hint)
        if len(text) > self.longest:
            self._refuse_length(node, problems, name, len(text))
        return text

    def _refuse_length(self, node: Node, problems: Problems, name: str, found: int) -> NoReturn:
        message = f"{lead(name)}expected at most {self.longest} characters, found {found}"
        problems.add(node.place, message, "shorten it")
        raise UnreadableError

    def schema(self) -> dict[str, Any]:
        if self.pattern is not None:
            return {"type": "string", "pattern": f"^({self.pattern})$", "maxLength": self.longest}
        return {"type": ["string", "number", "boolean"], "maxLength": self.longest, "minLength": 1}


def text(longest: int, *, pattern: str | None = None, expected: str = "text", hint: str | None = None) -> Text:
    """One line of text of at most `longest` characters, matching `pattern` as a whole if one is given."""
    return Text(longest, pattern, expected, hint)


class Identifier(Reader[str]):
    """An id: lower-case words joined by hyphens. With a kind, the id must exist in another file."""

    def __init__(self, kind: str | None) -> None:
        self.kind = kind

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        if type(node) is not Scalar or not is_id(node.text):
            expected = f"the id of {'an' if self.kind[0] in 'aeiou' else 'a'} {self.kind}" if self.kind else "an id"
            self.refuse(node, problems, name, expected, _write_as_id(node))
        if self.kind is not None:
            problems.references.append(Reference(kind=self.kind, id=node.text, name=name, place=node.place))
        return node.text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{ID_PATTERN}$", "maxLength": MAX_ID}


def identifier() -> Identifier:
    """Read an id of its own."""
    return Identifier(None)


def reference(kind: str) -> Identifier:
    """Read the id of something in another file, checked by `Problems.check_references` when all files are read."""
    return Identifier(kind)


class Integer(Reader[int]):
    """A whole number within bounds."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def read(self, node: Node, problems: Problems, name: str = "") -> int:
        expected = f"a whole number from {self.low} to {self.high}"
        if type(node) is not Scalar or not re.fullmatch("-?[0-9]{1,9}", node.text):
            self.refuse(node, problems, name, expected, f"for example {self.low}")
        if not self.low <= int(node.text) <= self.high:
            self.refuse(node, problems, name, expected)
        return int(node.text)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


def integer(low: int, high: int) -> Integer:
    """Read a whole number from `low` to `high`."""
    return Integer(low, high)


class Number(Reader[float]):
    """A number within bounds."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def read(self, node: Node, problems: Problems, name: str = "") -> float:
        expected = f"a number from {self.low:g} to {self.high:g}"
        if type(node) is not Scalar or not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", node.text):
            self.refuse(node, problems, name, expected, f"for example {self.low:g}")
        if not self.low <= float(node.text) <= self.high:
            self.refuse(node, problems, name, expected)
        return float(node.text)

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": self.low, "maximum": self.high}


def number(low: float, high: float) -> Number:
    """Read a number from `low` to `high`, with a decimal point if need be."""
    return Number(low, high)


class Flag(Reader[bool]):
    """true or false."""

    def read(self, node: Node, problems: Problems, name: str = "") -> bool:
        if type(node) is not Scalar or node.text not in ("true", "false"):
            self.refuse(node, problems, name, "true or false", "write it without quotes")
        return node.text == "true"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


def flag() -> Flag:
    """Read true or false."""
    return Flag()


class Choice(Reader[str]):
    """One of a closed list of words."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        self.ids = ids

    def read(self, node: Node, problems: Problems, name: str = "") -> str:
        if type(node) is not Scalar or node.text not in self.ids:
            shown = ", ".join(self.ids) if len(self.ids) <= 8 else "a known word"
            near = problems.suggest(node.text, self.ids) if type(node) is Scalar else None
            hint = near if len(self.ids) > 8 or (near or "").startswith("did") else None
            self.refuse(node, problems, name, f"one of {shown}" if len(self.ids) <= 8 else shown, hint)
        return node.text

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.ids)}


def choice(ids: Iterable[str]) -> Choice:
    """One of these words."""
    return Choice(tuple(ids))


def choice_of(members: type[E]) -> Reader[E]:
    """Read a member of an enum, written as its value."""
    return choice(member.value for member in members).then(lambda word, _node, _problems: members(word))
