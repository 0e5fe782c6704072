"""`dataclass` as the standard library's, for our nouns: as strict, and made in a tenth of the time.

Why: the standard one writes up to eight methods of each class as text and compiles them when a module is loaded. For the
hundred and fifty nouns that one handout needs, that was a sixth of the time of `handouts make`. Here only `__init__` is written
as text, for nouns that are made more than a few times; the other methods need no text of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

_FEW = 8
"""So many are made without a text: to compile it takes as long as to make some thirty field by field."""

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(*, slots: bool, frozen: bool = False, kw_only: bool = False, eq: bool = True) -> Callable[[type], type]:
        """Make a class a dataclass with slots; no `__post_init__`, and no base that is a dataclass."""
        bare = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)

        def complete(cls: type) -> type:
            cls.__doc__ = cls.__doc__ or cls.__name__  # else its signature is worked out
            noun = bare(cls)
            for name, method in _methods(noun, frozen=frozen, kw_only=kw_only, eq=eq).items():
                if name not in cls.__dict__ or (name == "__hash__" and cls.__hash__ is None):
                    setattr(noun, name, method)
            return noun

        return complete


def _methods(noun: type, *, frozen: bool, kw_only: bool, eq: bool) -> dict[str, Any]:
    """The methods of a noun by name, those that only frozen or comparable ones have included."""
    methods: dict[str, Any] = {"__init__": _first_init(noun, frozen=frozen, kw_only=kw_only), "__repr__": _show}
    if frozen:
        methods |= {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
        methods |= {"__getstate__": _state_getter(noun), "__setstate__": _set_state}
    if eq:
        names = [part.name for part in fields(noun) if part.compare]
        values = attrgetter(*names) if names else type
        methods |= {"__eq__": _comparison(values), "__hash__": _hashing(values) if frozen else None}
    return methods


def _first_init(noun: type, *, frozen: bool, kw_only: bool) -> Callable[..., None]:
    made = 0

    def __init__(self: Any, *args: Any, **values: Any) -> None:  # noqa: N807 - as the method is called
        nonlocal made
        made += 1
        if args or made > _FEW or not _fill(self, values):
            init = _write_init(noun, frozen=frozen, kw_only=kw_only)
            setattr(noun, "__init__", init)  # noqa: B010 - mypy would not let a method be replaced
            init(self, *args, **values)

    return __init__


def _fill(noun: Any, values: dict[str, Any]) -> bool:
    """Set the fields of a noun; False where there is a value too many or too few, which its own `__init__` will tell."""
    used = 0
    for part in fields(noun):
        if part.init and part.name in values:
            value = values[part.name]
            used += 1
        elif part.default is not MISSING:
            value = part.default
        elif part.default_factory is not MISSING:
            value = part.default_factory()
        else:
            return False
        object.__setattr__(noun, part.name, value)
    return used == len(values)


def _write_init(noun: type, *, frozen: bool, kw_only: bool) -> Callable[..., None]:
    """Why a frozen noun is set through its slots: looking each up by its name takes a third longer."""
    names: dict[str, Any] = {"_missing": MISSING}
    parameters, lines = [], []
    for part in fields(noun):
        parameter, value = part.name, part.name
        if part.default_factory is not MISSING:
            names[f"_make_{part.name}"] = part.default_factory
            parameter, value = f"{part.name}=_missing", f"_make_{part.name}() if {part.name} is _missing else {part.name}"
        elif part.default is not MISSING:
            names[f"_default_{part.name}"] = part.default
            parameter = f"{part.name}=_default_{part.name}"
        if part.init:
            parameters.append(parameter)
        else:
            value = f"_make_{part.name}()" if part.default_factory is not MISSING else f"_default_{part.name}"
        names[f"_set_{part.name}"] = getattr(noun, part.name).__set__
        lines.append(f"    _set_{part.name}(self, {value})\n" if frozen else f"    self.{part.name} = {value}\n")
    star = ["*"] if kw_only and parameters else []
    text = f"def __init__({', '.join(['self', *star, *parameters])}):\n{''.join(lines) or '    pass'}"
    exec(text, names)  # noqa: S102 - names of fields only, as the standard library does
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{noun.__qualname__}.__init__"
    return init


def _comparison(values: Callable[[Any], Any]) -> Callable[[Any, Any], bool]:
    def __eq__(self: Any, other: object) -> bool:  # noqa: N807 - as above
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hashing(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:  # noqa: N807 - as above
        return hash(values(self))

    return __hash__


def _show(self: Any) -> str:
    shown = ", ".join(f"{part.name}={getattr(self, part.name)!r}" for part in fields(self) if part.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_setting(_self: Any, name: str, _value: Any) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state_getter(noun: type) -> Callable[[Any], tuple[Any, ...]]:
    names = [part.name for part in fields(noun)]
    values: Callable[[Any], tuple[Any, ...]] = attrgetter(*names) if names else tuple

    def __getstate__(self: Any) -> tuple[Any, ...]:  # noqa: N807 - as above
        return values(self) if len(names) > 1 else tuple(getattr(self, name) for name in names)

    return __getstate__


def _set_state(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)
