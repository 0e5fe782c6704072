"""Names of files are safe on every system and inside one folder, whatever a patient is called."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.batch.names import MOST_BYTES, SLOTS, NamePattern, Origin, clash_key, read_pattern, safe_stem
from handouts.errors import UsageError
from handouts.model import Request

DEVICES = ("CON", "prn", "Aux", "NUL", "COM1", "lpt9", "COM¹", "CONIN$")


@given(st.text(max_size=300))
@example("../../etc/passwd")
@example("C:\\Windows\\x")
@example("con")
@example("\u202egpj.exe")
@example("e\u0301" * 100)
@example(".-~ .")
def test_any_text_gives_a_safe_name_or_none(text: str) -> None:
    stem = safe_stem(text)
    assert safe_stem(stem) == stem, "a safe name stays"
    if not stem:
        return
    name = f"{stem}.pdf"
    assert not re.search(r'[<>:"/\\|?*\s\x00-\x1f]', name)
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name)
    assert len(name.encode()) <= MOST_BYTES + 5
    assert len(name.encode("utf-16-le")) <= 2 * 255
    assert stem == stem.strip(" .-~")
    assert unicodedata.is_normalized("NFC", stem)
    assert PurePosixPath("out", name).parent == PurePosixPath("out")
    assert PureWindowsPath("out", name).parent == PureWindowsPath("out")
    assert stem.partition(".")[0].upper() not in {device.upper() for device in DEVICES}


@pytest.mark.parametrize("device", DEVICES)
def test_names_of_devices_are_changed(device: str) -> None:
    assert safe_stem(device) == f"_{device}"
    assert safe_stem(f"{device}.a") == f"_{device}.a"
    assert safe_stem(f"{device}x") == f"{device}x"


def test_a_name_is_cut_between_characters() -> None:
    stem = safe_stem("a" * (MOST_BYTES - 1) + "ö́x")
    assert stem == "a" * (MOST_BYTES - 1)
    assert safe_stem("q\u0323\u0307" * 60).endswith("q\u0323\u0307")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann", "ANN"), ("Zoë", "Zoe\u0308"), ("STRASSE", "straße"), ("ΣΑΣ", "σας"), ("α\u0345\u0301", "ά\u0345")],
)
def test_names_that_some_system_takes_for_the_same(one: str, other: str) -> None:
    assert clash_key(one) == clash_key(other)
    assert clash_key(one) != clash_key(f"{other}1")


def test_a_pattern_is_filled_from_the_request() -> None:
    request = Request(patient_id="A/7", patient="Ann Bell", lang="en", edition="standard", minutes=10)
    origin = Origin(stem="clinic list", number=7)
    assert read_pattern("{source}-{number}").fill(request, origin) == ("clinic-list-007.pdf", ())
    assert read_pattern("{patient_id}_{lang}.pdf").fill(request, origin) == ("A-7_en.pdf", ())
    assert read_pattern("{patient}").fill(request, origin) == ("Ann-Bell.pdf", ())
    assert read_pattern("{minutes}-{routine}-{goal}").fill(request, origin) == (None, ("routine", "goal"))


def test_only_what_is_asked_for_is_in_the_name() -> None:
    request = Request(patient="Ann Bell", patient_id="7", routine="five-minute")
    name, _ = NamePattern(text="{source}-{number}").fill(request, Origin(stem="list", number=1000))
    assert name == "list-1000.pdf"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{patientid}", '--names: there is no slot "{patientid}" (did you mean patient_id?)'),
        ("{cover}", '--names: there is no slot "{cover}"'),
        ("../{number}", "--names: a name holds no folder"),
        ("a\\{number}", "--names: a name holds no folder"),
        ("{number", "--names: a brace has no partner"),
        ("a:{number}", "--names: a blank or a character"),
        ("a {number}", "--names: a blank or a character"),
        ("\u202e{number}", "--names: a blank or a character"),
        ("", "--names: the pattern is empty or too long"),
        ("x" * 200, "--names: the pattern is empty or too long"),
    ],
)
def test_patterns_that_are_refused(words: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_pattern(words)
    assert str(caught.value).startswith(said)


def test_slots_are_keys_of_a_request() -> None:
    assert {"source", "number", "routine", "edition", "paper", "lang", "patient", "patient_id"} <= set(SLOTS)
    assert all(hasattr(Request(), slot) for slot in SLOTS if slot not in ("source", "number"))
