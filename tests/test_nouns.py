"""Our dataclasses do what those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Mapping
from dataclasses import field, fields, is_dataclass, replace

import pytest

import handouts
from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Knee:
    side: str
    angle: float = 0.0
    notes: list[str] = field(default_factory=list)
    secret: str | None = field(default=None, repr=False)

    @property
    def bent(self) -> bool:
        return self.angle > 0


@dataclass(slots=True)
class Mark:
    """Two numbers that may change."""

    x: int
    y: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    name: str


@dataclass(frozen=True, slots=True)
class Empty:
    pass


def test_values_defaults_and_properties():
    knee, other = Knee(side="left"), Knee(side="left", angle=3.0)
    assert (knee.side, knee.angle, knee.notes, knee.secret, knee.bent, other.bent) == ("left", 0.0, [], None, False, True)
    assert knee.notes is not other.notes
    assert (Mark(1).y, Mark(1, 3).y, Mark(x=4).x) == (2, 3, 4)


def test_the_first_few_and_later_ones_are_alike():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Step:
        name: str
        parts: list[str] = field(default_factory=list)
        number: int = 1

    first, *others, last = [Step(number=2, name="a") for _ in range(20)]
    assert first == last
    assert repr(first) == repr(last)
    assert len({id(each.parts) for each in (first, *others, last)}) == 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    name: str
    kept: dict[str, int] = field(init=False, compare=False, repr=False, default_factory=dict)
    stage: int = field(init=False, default=3)


def test_what_is_left_out_of_init_and_comparison_is_left_out():
    every = [Drawn(name="a") for _ in range(20)]
    every[0].kept["x"] = 1
    assert every[0] == every[-1]
    assert hash(every[0]) == hash(every[-1])
    assert repr(every[0]) == repr(every[-1]) == "Drawn(name='a', stage=3)"
    assert every[-1].kept == {}
    assert replace(every[0]).kept == {}
    for name in ("kept", "stage"):
        with pytest.raises(TypeError, match=name):
            Drawn(**{"name": "a", name: 1})


def test_wrong_arguments_are_told_with_the_name_of_the_class():
    for _ in range(2):  # when the first is made, and later
        with pytest.raises(TypeError, match=r"Knee\.__init__\(\) missing 1 required keyword-only argument: 'side'"):
            Knee()
    with pytest.raises(TypeError, match="positional"):
        Knee("left")
    with pytest.raises(TypeError, match="unexpected keyword argument 'hip'"):
        Knee(side="left", hip=1)


def test_frozen_ones_refuse_changes_and_others_take_them_but_no_new_fields():
    knee, mark = Knee(side="left"), Mark(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        knee.side = "right"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del knee.side
    mark.x = 5
    assert mark.x == 5
    with pytest.raises(AttributeError):
        mark.z = 1


def test_equality_and_hashes():
    assert Mark(1) == Mark(1, 2) != Mark(2)
    assert Mark(1) != (1, 2)
    assert Knee(side="left") == Knee(side="left") != Knee(side="right")
    with pytest.raises(TypeError, match="unhashable"):
        hash(Mark(1))
    assert Thing("a") != Thing("a")
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1


def test_shown_without_what_is_secret():
    assert repr(Knee(side="left", secret="word")) == "Knee(side='left', angle=0.0, notes=[])"


def test_copied_replaced_and_sent_to_another_process():
    knee = Knee(side="left", angle=2.0, notes=["a"])
    assert replace(knee, side="right") == Knee(side="right", angle=2.0, notes=["a"])
    for same in (copy.copy(knee), copy.deepcopy(knee), pickle.loads(pickle.dumps(knee))):  # noqa: S301
        assert same == knee
    assert dataclasses.asdict(Mark(1)) == {"x": 1, "y": 2}
    assert not hasattr(knee, "__dict__")


def every_noun() -> Mapping[str, type]:
    found = {}
    for each in pkgutil.walk_packages(handouts.__path__, "handouts."):
        if each.name == "handouts.__main__" or each.name.startswith("handouts.illustrate"):
            continue
        for value in vars(importlib.import_module(each.name)).values():
            if inspect.isclass(value) and is_dataclass(value) and value.__module__.startswith("handouts."):
                found[f"{value.__module__}.{value.__qualname__}"] = value
    return found


def test_every_noun_takes_what_its_standard_twin_would():
    nouns = every_noun()
    assert len(nouns) > 150
    for name, noun in nouns.items():
        with pytest.raises(TypeError, match=r"__init__\(\) got an unexpected keyword argument 'no_such_field'"):
            noun(no_such_field=1)  # its __init__ is written now
        parts = [(part.name, object, _as_declared(part)) for part in fields(noun)]
        twin = dataclasses.make_dataclass(noun.__name__, parts, kw_only=fields(noun)[0].kw_only)
        given, expected = (inspect.signature(each.__init__).parameters.values() for each in (noun, twin))
        assert [_plain(each) for each in given] == [_plain(each) for each in expected], name


def _as_declared(part: dataclasses.Field) -> dataclasses.Field:
    kept = {name: getattr(part, name) for name in ("default", "default_factory", "init", "repr", "compare")}
    return field(**kept)


def _plain(parameter: inspect.Parameter) -> tuple[str, object, bool]:
    return parameter.name, parameter.kind, parameter.default is parameter.empty
