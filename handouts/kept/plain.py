"""Nouns as JSON and back: the same values of the same types, in the same order."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

_MARK = "!"
"""What the name of a type begins with: `{"!3": [...]}` is a noun of the third kind told of in the head."""
_TUPLE, _PAIRS = "!tuple", "!pairs"


class ChangedError(Exception):
    """A noun has other fields or another name now than when the value was kept."""


def plain_text(value: Any) -> str:
    """A value as lines of JSON: first the kinds of nouns and enums in it, then the value.

    Raises:
        TypeError: there is something in it that would not come back as it was.

    """
    kinds: dict[type, int] = {}
    plain = _plain(value, kinds)
    heads = [[kind.__module__, kind.__qualname__, _names(kind)] for kind in kinds]
    return f"{json.dumps(heads)}\n{json.dumps(plain, ensure_ascii=False, indent=0)}\n"


def value_of(text: str) -> Any:
    """The value of `plain_text`; None where a noun has other fields or another name now."""
    heads, _, plain = text.partition("\n")
    try:
        makers = {f"{_MARK}{number}": _maker(*head) for number, head in enumerate(json.loads(heads))}
    except ChangedError:
        return None
    makers |= {_TUPLE: tuple, _PAIRS: dict}

    def restore(found: dict[str, Any]) -> Any:
        if len(found) == 1:
            for key, value in found.items():
                if key[:1] == _MARK:
                    return makers[key](value)
        for key, value in found.items():
            if value.__class__ is list:
                found[key] = tuple(value)
        return found

    return json.loads(plain, object_hook=restore)


def _plain(value: Any, kinds: dict[type, int], *, inside: bool = False) -> Any:
    """`inside`: it stands in a noun or a mapping, where a list means a tuple."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, Enum):
        return {f"{_MARK}{_number(type(value), kinds)}": value.value}
    if type(value) is tuple:
        items = [_plain(each, kinds) for each in value]
        return items if inside else {_TUPLE: items}
    if type(value) is dict:
        if all(type(key) is str and not key.startswith(_MARK) for key in value):
            return {key: _plain(each, kinds, inside=True) for key, each in value.items()}
        return {_PAIRS: [[_plain(key, kinds), _plain(each, kinds)] for key, each in value.items()]}
    if is_dataclass(value):
        parts = [_plain(getattr(value, name), kinds, inside=True) for name in _names(type(value))]
        return {f"{_MARK}{_number(type(value), kinds)}": parts}
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def _number(kind: type, kinds: dict[type, int]) -> int:
    return kinds.setdefault(kind, len(kinds))


def _names(kind: Any) -> list[str]:
    return [] if issubclass(kind, Enum) else [part.name for part in fields(kind)]


def _maker(module: str, name: str, names: list[str]) -> Callable[[Any], Any]:
    try:
        kind: Any = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ChangedError from error
    if issubclass(kind, Enum):
        member: Callable[[Any], Any] = kind
        return member
    if list(kind.__slots__) != names:
        raise ChangedError
    restore = kind.__setstate__

    def make(values: list[Any]) -> Any:
        noun = object.__new__(kind)
        restore(noun, [tuple(value) if value.__class__ is list else value for value in values])
        return noun

    return make
