"""What hypothesis makes: requests, and hostile input of every kind, for tests that anything must be told in a clear line."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from handouts.formats.strict_yaml import FORBIDDEN
from handouts.model import DAYS, PAGE_KINDS, SCORES, Dose, Entry, Hold, HoldUnit, Level, Request, Side, Step

_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# --------------------------------------------------------------------------------------------- requests

IDS = st.from_regex("[a-z]{1,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)


def texts(longest: int) -> st.SearchStrategy[str]:
    """Text that a request may hold, as reading leaves it."""
    return (
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=longest)
        .map(lambda words: unicodedata.normalize("NFC", words.replace("\u00ad", "").strip()))
        .filter(lambda words: words and not FORBIDDEN.search(words) and not _TURNS.intersection(words))
        .filter(lambda words: any(unicodedata.category(c) not in ("Cf", "Zs") for c in words))
    )


HOLDS = st.builds(Hold, count=st.integers(1, 600), unit=st.just(HoldUnit.SECONDS)) | st.builds(
    Hold, count=st.integers(1, 60), unit=st.just(HoldUnit.BREATHS)
)
OFTEN = {
    "sets": st.none() | st.integers(1, 20),
    "rest_s": st.none() | st.integers(0, 600),
    "per_day": st.none() | st.integers(1, 12),
    "days_per_week": st.none() | st.integers(1, 7),
    "blank": st.booleans(),
}
DOSES = (
    st.builds(Dose, repetitions=st.none() | st.integers(1, 100), hold=st.none() | HOLDS, **OFTEN)
    | st.builds(Dose, duration_s=st.integers(1, 7200), **OFTEN)
    | st.builds(Dose, open_ended=st.just(True), **OFTEN)
)
ENTRIES = st.builds(
    Entry,
    id=IDS,
    dose=st.none() | DOSES,
    side=st.none() | st.sampled_from(Side),
    note=st.none() | texts(400),
    override=st.none() | texts(300),
)
STEPS = (
    st.builds(Step, week=st.integers(2, 26), exercise=st.none(), dose=st.builds(Dose, hold=HOLDS))
    | st.builds(Step, week=st.integers(2, 26), exercise=st.none(), dose=st.builds(Dose, repetitions=st.integers(1, 100)))
    | st.builds(
        Step,
        week=st.integers(2, 26),
        exercise=IDS,
        dose=st.builds(Dose, sets=st.none(), repetitions=st.integers(1, 100), hold=st.none() | HOLDS)
        | st.builds(Dose, sets=st.integers(1, 20), repetitions=st.integers(1, 100)),
    )
)
NAMES = st.none() | texts(40)
LISTS = st.lists(IDS, max_size=3, unique=True).map(tuple)


def _minute(time: dt.time) -> dt.time:
    return time.replace(second=0, microsecond=0)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Any request, sound or not."""
    listed = draw(st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.id))
    others = draw(st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.id))
    named = {entry.id for entry in listed}
    said = [entry for entry in others if entry.id not in named and entry != Entry(id=entry.id)]
    return Request(
        profile=draw(st.none() | IDS),
        regions=draw(LISTS),
        routine=draw(st.none() | IDS),
        exercises=tuple(listed),
        exclude=draw(LISTS),
        minutes=draw(st.none() | st.integers(1, 240)),
        pages=draw(st.lists(st.sampled_from(PAGE_KINDS), max_size=4, unique=True).map(tuple)),
        start=draw(st.none() | st.dates(dt.date(1900, 1, 1))),
        weeks=draw(st.none() | st.integers(1, 26)),
        one_page=draw(st.booleans()),
        score=draw(st.none() | st.sampled_from(SCORES)),
        progression=draw(st.lists(STEPS, max_size=3, unique_by=str).map(tuple)),
        progression_rule=draw(st.none() | texts(200)),
        at=draw(st.lists(st.times(), max_size=3, unique_by=_minute).map(lambda found: tuple(map(_minute, found)))),
        time_zone=draw(st.none() | st.sampled_from(["Europe/London", "UTC", "America/Argentina/Buenos_Aires"])),
        positions=draw(LISTS),
        level=draw(st.none() | st.sampled_from(Level)),
        precautions=draw(LISTS),
        entries={entry.id: entry for entry in said},
        swap=draw(st.booleans()),
        patient=draw(NAMES),
        patient_id=draw(NAMES),
        clinician=draw(NAMES),
        goal=draw(NAMES),
        title=draw(NAMES),
        date=draw(st.none() | st.dates(dt.date(1000, 1, 1))),
        review=draw(st.none() | st.dates(dt.date(1000, 1, 1))),
        days=tuple(day for day in DAYS if draw(st.booleans())),
        times_per_day=draw(st.none() | st.integers(1, 12)),
        blank_doses=draw(st.booleans()),
        clinic=draw(st.none() | IDS),
        cover=draw(st.sampled_from([None, "none", "generated", "cover.pdf"])),
        letterhead=draw(st.sampled_from([None, "cover.pdf"])),
        edition=draw(st.none() | IDS),
        paper=draw(st.sampled_from([None, "a4", "letter"])),
        lang=draw(st.sampled_from([None, "en", "pt-BR"])),
    )


# --------------------------------------------------------------------------------------------- hostile input

_WRITTEN = r"""
<b>x</b>|&amp;|{n}|{0.__class__}|%s|~|) Tj|=1+1|../x.pdf|/dev/zero|none|today|-1|1e999|.nan|cobra|figure-four: x|
week 2: hold 30 s|2 x 30 s|open-ended|08:00|2026-02-30|true||A\u202eB|A\u200dB|A\u00adB|\U0001f600|\u05d3\u05d5\u05d3|A\u3000B|
a\nb|\x00|\x1b[2J|\ud800|\uffff"""
_TEXTS = _WRITTEN.strip().replace("|\n", "|").encode().decode("unicode_escape").split("|")
NASTY = (*_TEXTS, "9" * 400, "A" + "\u0301" * 300, "W" * 3000)
"""Texts that have broken programs before, and such that nearly fit."""

any_text = st.sampled_from(NASTY) | st.text(max_size=40)
any_tree = st.recursive(
    any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=8,
)


def trees_of(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Trees that are nearly what a JSON Schema asks for: known keys and words, with anything in any place."""
    return _sound(schema, depth=0) | any_tree


def _sound(schema: Mapping[str, Any], *, depth: int) -> st.SearchStrategy[Any]:
    if "anyOf" in schema:
        return st.one_of([_sound(each, depth=depth) for each in schema["anyOf"]])
    if "enum" in schema or "const" in schema:
        return st.sampled_from([str(word) for word in schema.get("enum", [schema.get("const")])]) | any_text
    kind = schema.get("type")
    if kind == "array":
        return st.lists(st.deferred(lambda: _inside(schema["items"], depth)), max_size=4) | any_text
    if kind == "object":
        named = {key: st.deferred(lambda each=each: _inside(each, depth)) for key, each in schema.get("properties", {}).items()}
        other = schema.get("additionalProperties")
        if isinstance(other, Mapping):
            return st.dictionaries(st.sampled_from(("cobra", "knee", "x", "")) | any_text, _inside(other, depth), max_size=3)
        return _some_of(named)
    if kind in ("integer", "number"):
        return st.integers(-2, 400).map(str) | any_text
    return any_text


def _inside(schema: Mapping[str, Any], depth: int) -> st.SearchStrategy[Any]:
    return _sound(schema, depth=depth + 1) | any_text if depth < 5 else any_text


@st.composite
def _some_of(draw: st.DrawFn, named: Mapping[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """A mapping of most of the keys, and now and then of one that is not known."""
    tree = {key: draw(value) for key, value in named.items() if draw(st.integers(0, 5))}
    if not draw(st.integers(0, 9)):
        tree[draw(any_text)] = draw(any_text)
    return tree


yaml_of = json.dumps  # JSON is YAML: quoted strings with escapes, lists and mappings in brackets

YAML_SIGNS = rb"a: |- |? |[|]|{|}|&a |*a|!x |%TAG ! x\n|---\n|...\n|>\n|\"|'|\n|  |\t|#|x|:|,".decode("unicode_escape").split("|")
any_yaml = st.one_of(
    any_tree.map(yaml_of).map(lambda words: words.encode("utf-8", "surrogatepass")),
    st.binary(max_size=200),
    st.lists(st.sampled_from(YAML_SIGNS)).map(lambda parts: "".join(parts).encode()),
)

quoted_text = any_text.map(lambda words: '"' + words.replace('"', '""') + '"')
any_cell = quoted_text | st.sampled_from(("", '"', "x", "a|b", "=1", "cobra"))


@st.composite
def tables(draw: st.DrawFn, columns: tuple[str, ...]) -> bytes:
    """A table of patients: known columns, any cells, now and then torn, in another encoding or with another divider."""
    names = draw(st.lists(st.sampled_from(columns) | any_cell, max_size=5))
    rows = draw(st.lists(st.lists(any_cell, max_size=6), max_size=4))
    divider = draw(st.sampled_from(",;\t"))
    text = draw(st.sampled_from(("\n", "\r\n", "\r"))).join(divider.join(row) for row in (names, *rows))
    return text.encode(draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16"))), "surrogatepass")


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """The bytes with up to six places overwritten, cut out or doubled."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        size = draw(st.sampled_from((1, 1, 2, 8, 100)))
        what = draw(st.sampled_from(("set", "cut", "double", "digit")))
        if what == "set":
            content[at : at + size] = draw(st.binary(min_size=size, max_size=size))
        elif what == "cut":
            del content[at : at + size]
        elif what == "double":
            content[at:at] = content[at : at + size]
        else:
            content[at : at + 1] = draw(st.sampled_from((b"9999999999", b"-1", b"0", b"<<", b"/")))
    return bytes(content)
